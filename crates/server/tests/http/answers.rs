//! Answers are kept while nothing changes, and never for somebody else.

use crate::fixture::{Served, who};
use serde_json::{Value, json};
use sijill_store::{Access, Case};
use std::time::Duration;

fn entries(served: &Served) -> u64 {
    served.get("/overview")["entries"].as_u64().expect("a count")
}

#[test]
fn what_is_written_is_in_the_next_answer() {
    let served = Served::new("fresh");
    let claims = served.get("/claims?limit=1");
    let id = claims["items"][0]["claim"]["id"].as_str().expect("an id").to_owned();
    let path = format!("/claims/{id}/reviews");
    for reviewer in ["a", "b", "c"] {
        let before = entries(&served);
        assert_eq!(entries(&served), before);
        served.posted(&path, &json!({ "verdict": "accept", "reviewer": reviewer }));
        assert_eq!(entries(&served), before + 1, "an old answer was given");
    }
    // Another program writes, too.
    let before = entries(&served);
    let mut case = Case::open(&served.path, Access::Write { wait: Duration::from_secs(9) })
        .expect("the case can be opened");
    case.note(&who(), "refuse", "a test").expect("it is written");
    assert_eq!(entries(&served), before + 1);
}

#[test]
fn a_judgement_is_in_the_answers_of_who_asks_nothing_else() {
    let served = Served::new("judged");
    let all = || served.get("/incidents?limit=2");
    let first = all();
    let id = |at: usize| first["items"][at]["id"].clone();
    let total = first["total"].as_u64().expect("a count");
    let merge = json!({ "same": [id(0), id(1)], "reason": "one happening", "reviewer": "a" });
    let act = served.posted("/judgements", &merge);
    while all()["total"].as_u64() == Some(total) {
        std::thread::yield_now();
    }
    served.posted(&format!("/acts/{}/undo", act["entry"]), &json!({}));
    while all()["total"].as_u64() != Some(total) {
        std::thread::yield_now();
    }
}

#[test]
fn who_has_an_answer_is_told_so_until_it_changes() {
    let served = Served::new("tags");
    for accepted in ["identity", "gzip", "br"] {
        let ask = |tag: &str| {
            let headers = [("accept-encoding", accepted), ("if-none-match", tag)];
            served.ask("GET", "/api/v1/overview", &headers, b"")
        };
        let first = ask("\"another\"");
        assert_eq!(first.status, 200);
        let tag = first.header("etag").to_owned();
        let second = ask(&tag);
        assert_eq!((second.status.as_u16(), second.body.len()), (304, 0));
        assert_eq!(second.header("etag"), tag);
        let again = ask("\"another\"");
        assert_eq!((again.status.as_u16(), &again.body), (200, &first.body), "{accepted}");
        assert_eq!(again.header("content-encoding"), first.header("content-encoding"));
        let claims = served.get("/claims?limit=1");
        let id = claims["items"][0]["claim"]["id"].as_str().expect("an id");
        let review = json!({ "verdict": "accept", "reviewer": accepted });
        served.posted(&format!("/claims/{id}/reviews"), &review);
        assert_eq!(ask(&tag).status, 200);
    }
}

#[test]
fn a_viewer_is_not_given_what_others_were() {
    let served = Served::with_users("answered");
    let ask = |role: &str| {
        let bearer = format!("Bearer {}", served.token(role));
        let headers = [("authorization", bearer.as_str())];
        served.ask("GET", "/api/v1/documents?limit=5", &headers, b"")
    };
    let id = |answer: Value| answer["items"][0]["id"].as_str().expect("an id").to_owned();
    let (first, second) = (id(ask("editor").json()), id(ask("viewer").json()));
    assert!(second.starts_with("report:") && !first.starts_with("report:"), "{first} {second}");
    assert_eq!(id(ask("reviewer").json()), first);
    // What is kept is given to nobody who is not let in.
    let answer = served.ask("GET", "/api/v1/documents?limit=5", &[], b"");
    assert_eq!(answer.status, 401);
}

#[test]
fn problems_are_not_kept() {
    let served = Served::new("problems");
    assert_eq!(served.ask("GET", "/api/v1/claims?limit=0", &[], b"").status, 400);
    assert_eq!(served.ask("GET", "/api/v1/claims?limit=0", &[], b"").status, 400);
    assert_eq!(served.ask("GET", "/api/v1/documents/none", &[], b"").status, 404);
}

#[test]
fn long_entries_of_the_log_are_shortened_in_lists_only() {
    let served = Served::new("long-log");
    let listed = served.get("/audit?limit=500");
    let listed = listed["items"].as_array().expect("entries");
    let ingest = listed.iter().find(|one| one["entry"]["action"] == "ingest").expect("an entry");
    assert_eq!(ingest["shortened"], true);
    let count = &ingest["entry"]["after"]["items"]["omitted"];
    let whole = served.get(&format!("/audit/{}", ingest["seq"]));
    assert_eq!(whole["hash"], ingest["hash"]);
    let items = whole["entry"]["after"]["items"].as_array().expect("items");
    assert_eq!(count.as_u64(), Some(items.len() as u64));
    assert_eq!(served.ask("GET", "/api/v1/audit/999999", &[], b"").status, 404);
}
