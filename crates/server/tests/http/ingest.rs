//! Files that are sent, and what becomes of them.

use crate::fixture::{Part, Served};
use serde_json::{Value, json};
use sijill_store::{Access, Case, Freshness};
use std::fs;
use std::path::Path;

fn file<'a>(name: &'a str, content: &'a [u8]) -> Part<'a> {
    Part { name: "file", file: Some(name), content }
}

fn sample() -> Vec<u8> {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples");
    let mut names: Vec<_> = fs::read_dir(samples).expect("samples").flatten().collect();
    names.sort_by_key(|entry| entry.file_name());
    let mut texts = names.iter().map(|entry| entry.path());
    let path = texts.find(|path| path.extension().is_some_and(|it| it == "txt"));
    let mut text = fs::read(path.expect("a sample")).expect("it can be read");
    text.extend_from_slice(b"\n.");
    text
}

fn states(job: &Value) -> Vec<(&str, &str)> {
    let items = job["items"].as_array().into_iter().flatten();
    items.filter_map(|it| Some((it["location"].as_str()?, it["state"].as_str()?))).collect()
}

#[test]
fn files_are_read_as_the_program_reads_them() {
    let served = Served::new("ingest");
    let before = served.get("/overview");
    let text = sample();
    let parts = [
        Part { name: "published", file: None, content: b"2017-10-18" },
        file("north/report.txt", &text),
        file("north/copy.txt", &text),
        file("north/picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0\0\0"),
    ];
    let job = served.job(&served.upload(&parts));
    assert_eq!(job["state"], "done", "{job}");
    assert_eq!(
        states(&job),
        [
            ("north/report.txt", "new"),
            ("north/copy.txt", "duplicate"),
            ("north/picture.txt", "failed")
        ]
    );
    let first = &job["items"][0];
    assert!(first["claims"].as_u64() > Some(0));
    assert!(job["items"][2]["reason"].as_str().is_some_and(|reason| reason.contains("no text")));
    assert_eq!(job["done_bytes"], job["bytes"]);
    let document = served.get("/documents/north%2Freport.txt");
    assert_eq!(first["document"], document["id"]);
    assert_eq!(document["published"], "2017-10-18");
    let after = served.get("/overview");
    let claims = |overview: &Value| overview["claims"].as_u64().expect("a count");
    assert_eq!(claims(&after), claims(&before) + first["claims"].as_u64().expect("a count"));

    // The same once more changes nothing.
    let again = served.job(&served.upload(&parts));
    assert!(states(&again).iter().all(|(_, state)| *state == "kept"), "{again}");
    assert_eq!(served.get("/overview")["claims"], after["claims"]);
    assert_eq!(served.get("/jobs")["items"].as_array().map(Vec::len), Some(2));

    let case = Case::open(&served.path, Access::Read).expect("the case can be opened");
    assert_eq!(case.freshness().expect("it is told"), Freshness::Fresh);
    assert_eq!(case.verify(None).expect("it can be checked").faults, []);
}

#[test]
fn a_folder_brings_its_sidecar_and_a_name_leads_nowhere() {
    let served = Served::new("folder");
    let text = sample();
    let sidecar = b"file\tpublished\toutlet\na.txt\t2016-02-20\trbss\n";
    let name = "../../../tmp/<img src=x onerror=alert(1)>.txt";
    let jsonl = json!({ "id": "one", "text": "x" }).to_string();
    let job = served.job(&served.upload(&[
        file("folder/meta.tsv", sidecar),
        file("folder/a.txt", &text),
        file(name, b"a text of no claim"),
        file("posts.jsonl", jsonl.as_bytes()),
    ]));
    assert_eq!(job["state"], "done", "{job}");
    assert_eq!(
        states(&job),
        [
            ("folder/a.txt", "new"),
            ("tmp/<img src=x onerror=alert(1)>.txt", "new"),
            ("posts.jsonl:1", "new")
        ]
    );
    let document = served.get("/documents/folder%2Fa.txt");
    assert_eq!(
        (&document["published"], &document["outlet"]),
        (&json!("2016-02-20"), &json!("rbss"))
    );
    assert!(!Path::new("/tmp/<img src=x onerror=alert(1)>.txt").exists());
}

#[test]
fn uploads_that_make_no_sense_are_refused() {
    let served = Served::new("uploads");
    let part = |name, content| Part { name, file: None, content };
    let entries = served.get("/overview")["entries"].clone();
    for (parts, status) in [
        (vec![], 400),
        (vec![part("published", b"yesterday"), file("a.txt", b"x")], 400),
        (vec![part("secret", b"x")], 400),
        (vec![part("outlet", &[b'x'; 4000])], 413),
        (vec![part("outlet", b"\xff"), file("a.txt", b"x")], 400),
    ] {
        let answer = served.upload(&parts);
        assert_eq!(answer.status, status, "{}", String::from_utf8_lossy(&answer.body));
        assert_eq!(answer.header("content-type"), "application/problem+json");
    }
    let large = vec![b'x'; (64 << 20) + 1];
    assert_eq!(served.upload(&[file("large.txt", &large)]).status, 413);
    let plain = served.ask("POST", "/api/v1/ingest", &[("content-type", "text/plain")], b"x");
    assert_eq!(
        (plain.status.as_u16(), plain.header("content-type")),
        (400, "application/problem+json")
    );
    assert_eq!(served.ask("GET", "/api/v1/jobs/99", &[], b"").status, 404);
    assert_eq!(served.get("/overview")["entries"], entries);
}
