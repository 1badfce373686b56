//! Reading: every encoding gives the same text, every fault is told with its place.

use encoding_rs::WINDOWS_1256;
use proptest::prelude::*;
use sijill_io::{DateBasis, EncodingBasis, Inputs, decode, documents};
use sijill_model::Document;
use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};

const REPORT: &str = include_str!("data/report.txt");

/// An empty directory of this test's own.
fn directory(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).expect("a directory can be made");
    path
}

/// Reads `inputs`; errors as they are printed, without the directory.
fn read(root: &Path, inputs: &[&str]) -> Vec<Result<Document, String>> {
    let strip = |s: String| s.replace(&format!("{}/", root.display()), "");
    documents(Inputs::new(inputs.iter().map(|input| root.join(input))))
        .map(|read| {
            read.map(|document| Document { id: strip(document.id), ..document })
                .map_err(|error| strip(error.to_string()))
        })
        .collect()
}

fn ids(read: &[Result<Document, String>]) -> Vec<&str> {
    read.iter().map(|read| read.as_ref().map_or_else(String::as_str, |d| d.id.as_str())).collect()
}

fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(to_bytes).collect()
}

#[test]
fn every_encoding_gives_the_same_text() {
    let crlf = REPORT.replace('\n', "\r\n");
    for text in [REPORT, &crlf] {
        let marked = format!("\u{feff}{text}");
        let encoded = [
            text.as_bytes().to_vec(),
            marked.as_bytes().to_vec(),
            utf16(text, u16::to_le_bytes),
            utf16(text, u16::to_be_bytes),
            utf16(&marked, u16::to_le_bytes),
            utf16(&marked, u16::to_be_bytes),
            WINDOWS_1256.encode(text).0.into_owned(),
        ];
        for bytes in encoded {
            assert_eq!(decode(bytes).expect("it is text"), text);
        }
    }
}

#[test]
fn short_lines_of_windows_1256_are_recognised() {
    for line in REPORT.lines().flat_map(|line| line.split_inclusive('.')).map(str::trim) {
        if !line.is_empty() {
            let bytes = WINDOWS_1256.encode(line).0.into_owned();
            assert_eq!(decode(bytes).expect("it is text"), line);
        }
    }
}

#[test]
fn a_text_that_is_cut_off_inside_a_letter_stays_utf8() {
    let cut = REPORT.len() - REPORT.trim_end().len() + 3;
    let mut bytes = REPORT.as_bytes()[..REPORT.len() - cut].to_vec();
    bytes.push(0xd9);
    let text = decode(bytes).expect("it is text");
    assert!(REPORT.starts_with(text.trim_end_matches('\u{fffd}')));
}

#[test]
fn what_is_no_text_is_named() {
    let error = |bytes: &[u8]| decode(bytes.to_vec()).expect_err("it is no text").to_string();
    assert_eq!(error(b"%PDF-1.7\n\xff\xff"), "is no text: it looks like a PDF");
    assert_eq!(error(b"\xff\x00\xc1\xf5\x00\x01\x00"), "is no text: it looks like binary data");
}

#[test]
fn directories_are_read_in_order_and_only_known_files() {
    let root = directory("order");
    fs::create_dir_all(root.join("b")).expect("a directory can be made");
    for file in ["c.txt", "b/2.txt", "b/1.htm.bak", "a.TXT", ".hidden.txt", "notes.md", "meta.tsv"]
    {
        fs::write(root.join(file), "file\n").expect("a file can be written");
    }
    assert_eq!(ids(&read(&root, &["."])), ["./a.TXT", "./b/2.txt", "./c.txt"]);
    assert_eq!(ids(&read(&root, &["notes.md", "c.txt"])), ["notes.md", "c.txt"]);
}

#[test]
fn a_directory_with_nothing_to_read_is_a_fault() {
    let root = directory("nothing");
    fs::create_dir_all(root.join("inner/.git")).expect("a directory can be made");
    fs::write(root.join("inner/notes.md"), "x").expect("a file can be written");
    let fault = "inner: holds no file that can be read";
    assert_eq!(ids(&read(&root, &["inner", "gone.txt"]))[0], fault);
}

#[test]
fn the_sidecar_tells_of_the_files_beside_it() {
    let root = directory("sidecar");
    fs::write(root.join("a.txt"), "a").expect("a file can be written");
    fs::write(root.join("b.txt"), "b").expect("a file can be written");
    fs::write(root.join("c.txt"), "c").expect("a file can be written");
    let table = "file\tpublished\toutlet\r\na.txt\t2017-10-18\tafp\r\nb.txt\tsoon\t\r\n";
    fs::write(root.join("meta.tsv"), table).expect("a file can be written");
    let read = read(&root, &["a.txt", "b.txt", "c.txt"]);
    let first = read[0].as_ref().expect("the first is read");
    assert_eq!(first.published.map(|date| date.to_string()).as_deref(), Some("2017-10-18"));
    assert_eq!(first.outlet.as_deref(), Some("afp"));
    assert_eq!(ids(&read[1..]), ["meta.tsv:3: published 'soon' is not a date", "c.txt"]);
    assert_eq!(read[2].as_ref().map(|document| document.published), Ok(None));
}

#[test]
fn a_sidecar_without_a_file_column_is_told_once() {
    let root = directory("sidecar-bad");
    fs::write(root.join("a.txt"), "a").expect("a file can be written");
    fs::write(root.join("b.txt"), "b").expect("a file can be written");
    fs::write(root.join("meta.tsv"), "name\tdate\n").expect("a file can be written");
    let fault = "meta.tsv:1: no column is called 'file' (found name, date)";
    assert_eq!(ids(&read(&root, &["a.txt", "b.txt"])), [fault, "a.txt", "b.txt"]);
}

#[test]
fn bad_lines_are_named_and_the_rest_goes_on() {
    let root = directory("lines");
    let lines = concat!(
        "\u{feff}{\"id\": \"one\", \"text\": \"x\", \"published\": \"2017-10-18T23:00:00Z\"}\r\n",
        "{\"id\": \"two\", \"text\": \"x\n",
        "\n",
        "{\"text\": \"x\", \"outlet\": null, \"more\": [1]}\n",
        "{\"id\": 5, \"text\": \"x\", \"published\": \"2017-02-30\"}\n",
        "{\"id\": 6, \"body\": \"x\"}\n",
        "{\"id\": 7, \"text\": \"x\"}",
    );
    fs::write(root.join("x.jsonl"), lines).expect("a file can be written");
    let expected = [
        "one",
        "x.jsonl:2: the line ends while parsing a string near 'd\": \"two\", \"text\": \"x'",
        "x.jsonl:4",
        "x.jsonl:5: published '2017-02-30' is not a date",
        "x.jsonl:6: 'text' is missing",
        "7",
    ];
    assert_eq!(ids(&read(&root, &["x.jsonl"])), expected);
}

#[test]
fn a_page_gives_its_main_content() {
    let root = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data"));
    let expected: Vec<&str> = include_str!("data/page.txt").splitn(3, '\n').collect();
    let page = read(&root, &["page.html"]).remove(0).expect("the page is read");
    assert_eq!(page.text, expected[2].trim_end());
    assert_eq!(page.title.as_deref(), Some(expected[0]));
    assert_eq!(page.outlet.as_deref(), Some(expected[1]));
    assert_eq!(page.published.map(|date| date.to_string()).as_deref(), Some("2017-09-12"));
    assert_eq!(page.url.as_deref(), Some("https://example.org/mansour"));
}

#[test]
fn items_keep_their_bytes_and_tell_how_they_were_understood() {
    let root = directory("items");
    let windows = WINDOWS_1256.encode(REPORT).0.into_owned();
    fs::write(root.join("a.txt"), &windows).expect("a file can be written");
    let table = "file\tpublished\na.txt\t2017-10-18\n";
    fs::write(root.join("meta.tsv"), table).expect("a file can be written");
    let lines = "{\"text\": \"x\", \"published\": \"2017-10-18\"}\r\n{\"text\": \n";
    fs::write(root.join("b.jsonl"), lines).expect("a file can be written");
    let mut told = Vec::new();
    let mut bytes = Vec::new();
    for piece in Inputs::new([&root]) {
        piece.items(&mut |item| {
            let p = &item.provenance;
            told.push(format!(
                "{} {:?} {:?} {:?} {:?} {}",
                item.location.rsplit('/').next().unwrap_or_default(),
                p.media_type.as_deref().unwrap_or_default(),
                p.encoding.unwrap_or_default(),
                p.encoding_by.map(EncodingBasis::as_str).unwrap_or_default(),
                p.published_by.map(DateBasis::as_str).unwrap_or_default(),
                item.document.is_ok(),
            ));
            bytes.push(item.original.map(Cow::into_owned).unwrap_or_default());
        });
    }
    let json = "\"application/json\" \"UTF-8\" \"format\"";
    assert_eq!(
        told,
        [
            "a.txt \"text/plain\" \"windows-1256\" \"guessed\" \"sidecar\" true".to_owned(),
            format!("b.jsonl:1 {json} \"field\" true"),
            format!("b.jsonl:2 {json} \"\" false"),
        ]
    );
    let line = &lines.as_bytes()[..lines.find('\r').expect("a line ends")];
    assert_eq!(bytes, [windows, line.to_vec(), b"{\"text\":".to_vec()]);
}

#[test]
fn a_page_that_nests_without_end_is_refused() {
    let root = directory("tangled");
    for (i, tag) in ["<div>", "<object></b>", "<b a=x>", "<li><ul>"].iter().enumerate() {
        let file = format!("{i}.html");
        fs::write(root.join(&file), tag.repeat(100_000)).expect("a file can be written");
        let fault = "this page has too many elements, or nests them too deeply";
        assert_eq!(ids(&read(&root, &[&file])), [format!("{file}: {fault}")]);
    }
}

proptest! {
    #[test]
    fn any_bytes_are_text_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = decode(bytes);
    }

    #[test]
    fn utf8_is_kept_as_it_is(text in "[\u{0}\r\n\ta-z\u{600}-\u{6ff}\u{1f600}-\u{1f64f}]{0,300}") {
        prop_assume!(text.chars().filter(|&c| c == '\0').count() * 4 < text.len());
        prop_assert_eq!(decode(text.clone().into_bytes()).ok(), Some(text));
    }
}
