//! What the claims of a case say together, and what a person decides on it.

use crate::program::*;
use sijill_store::{Access, Case, Decision, Verdict, Who};
use std::path::Path;
use std::time::Duration;

/// The documents of each incident, in order.
fn incidents(case: &str) -> Vec<String> {
    let run = done(&["incidents", case]);
    let documents = |line: &str| {
        let line: serde_json::Value = serde_json::from_str(line).expect("a line is JSON");
        let documents = line["documents"].as_array().expect("an incident has documents").iter();
        documents.filter_map(|id| id.as_str()).collect::<Vec<_>>().join(" ")
    };
    let mut incidents: Vec<String> = run.stdout.lines().map(documents).collect();
    incidents.sort_unstable();
    incidents.dedup();
    incidents
}

fn claims(case: &str, document: &str) -> Vec<String> {
    let run = done(&["claims", case, "--document", document]);
    let id = |line: &str| {
        let line: serde_json::Value = serde_json::from_str(line).expect("a line is JSON");
        line["id"].as_str().expect("a claim has an id").to_owned()
    };
    run.stdout.lines().map(id).collect()
}

#[test]
fn incidents_are_kept_and_judgements_outlive_them() {
    let case = new_case("incidents");
    done(&["ingest", &case, "same.jsonl"]);
    let early = sijill(&["incidents", &case]);
    assert_eq!(early.code, Some(2));
    assert!(
        early.stderr.contains("were not laid side by side yet\n  hint: run 'sijill corroborate")
    );
    done(&["corroborate", &case]);
    assert_eq!(incidents(&case), ["one two", "other"]);
    let table = done(&["incidents", &case, "--format", "table"]).stdout;
    assert!(table.contains("sohr in two"), "{table}");
    let found = done(&["incidents", &case, "--view", "contradictions"]).stdout;
    assert!(found.contains(r#""relation":"contradiction","type":"number""#), "{found}");
    let (one, two) = (claims(&case, "one"), claims(&case, "two"));
    let mut judge = vec!["judge", &case, "--reason", "two markets"];
    judge.extend(one.iter().map(String::as_str));
    for claim in &two {
        judge.extend(["--apart-from", claim]);
    }
    done(&judge);
    let stale = done(&["incidents", &case]);
    assert!(
        stale.stderr.contains("documents, reviews or judgements came since"),
        "{}",
        stale.stderr
    );
    done(&["corroborate", &case]);
    assert_eq!(incidents(&case), ["one", "other", "two"]);
    // Taken back, it counts no more; it stays in the log.
    let list = done(&["judgements", &case, "--format", "csv"]).stdout;
    let row = list.lines().nth(1).expect("there is one judgement");
    let number = row.split(',').next().expect("it has a number");
    assert!(row.ends_with(",yes,two markets"), "{list}");
    done(&["judge", &case, "--undo", number, "--reason", "one market"]);
    assert!(done(&["judgements", &case, "--format", "csv"]).stdout.contains(",no,two markets"));
    assert!(
        done(&["incidents", &case]).stderr.contains("documents, reviews or judgements came since")
    );
    done(&["corroborate", &case]);
    assert_eq!(incidents(&case), ["one two", "other"]);
    let again = sijill(&["judge", &case, "--undo", number, "--reason", "again"]);
    assert_eq!(again.code, Some(2), "{}", again.stderr);
    let nobody = sijill(&["judge", &case, "clm_none", &one[0], "--reason", "no"]);
    assert_eq!(nobody.code, Some(2));
    assert!(nobody.stderr.contains("holds neither a claim nor an incident 'clm_none'"));
    assert!(done(&["case", "log", &case]).stdout.contains(r#""reason":"two markets""#));
    done(&["verify", &case]);
}

#[test]
fn what_a_reviewer_rejects_is_laid_beside_nothing() {
    let case = new_case("rejected");
    done(&["ingest", &case, "same.jsonl"]);
    done(&["corroborate", &case]);
    let before = done(&["incidents", &case]).stdout;
    let one = claims(&case, "one");
    let held = |stdout: &str| one.iter().filter(|claim| stdout.contains(claim.as_str())).count();
    assert!(0 < held(&before));
    let who = Who { user: "reviewer".to_owned(), program: "test".to_owned() };
    let write = Access::Write { wait: Duration::ZERO };
    let decide = |deed: &mut dyn FnMut(&mut Case)| {
        deed(&mut Case::open(Path::new(&case), write).expect("it can be opened"));
        let stale = done(&["incidents", &case]).stderr;
        assert!(stale.contains("documents, reviews or judgements came since"), "{stale}");
        done(&["corroborate", &case]);
        done(&["incidents", &case]).stdout
    };
    let mut entries = Vec::new();
    let rejected = decide(&mut |case| {
        for claim in &one {
            let (claim, corrections) = (claim.clone(), serde_json::Map::new());
            let verdict = Verdict::Reject;
            let review = Decision::Review { claim, verdict, corrections };
            entries.push(case.decide(&who, &review, Some("it says no such thing")).expect("kept"));
        }
    });
    assert_eq!(held(&rejected), 0, "{rejected}");
    let again = decide(&mut |case| {
        for &entry in &entries {
            case.undo(&who, entry, Some("it does")).expect("it is taken back");
        }
    });
    assert_eq!(again, before);
    done(&["verify", &case]);
}

/// Returns the id of the incident of these documents.
fn incident(case: &str, documents: &[&str]) -> String {
    let run = done(&["incidents", case]);
    let lines = run.stdout.lines().map(|line| serde_json::from_str(line).expect("a line is JSON"));
    let found = lines
        .into_iter()
        .find(|line: &serde_json::Value| line["documents"] == serde_json::json!(documents));
    found.expect("there is one")["id"].as_str().expect("it has an id").to_owned()
}

#[test]
fn incidents_are_merged_and_split_by_their_ids() {
    let case = new_case("merged");
    done(&["ingest", &case, "same.jsonl"]);
    done(&["corroborate", &case]);
    let (both, other) = (incident(&case, &["one", "two"]), incident(&case, &["other"]));
    done(&["judge", &case, &both, &other, "--reason", "merge"]);
    done(&["corroborate", &case]);
    assert_eq!(incidents(&case), ["one other two"]);
    let all = incident(&case, &["one", "other", "two"]);
    let two = claims(&case, "two");
    let mut split = vec!["judge", &case, &all, "--reason", "split"];
    for claim in &two {
        split.extend(["--apart-from", claim]);
    }
    done(&split);
    done(&["corroborate", &case]);
    assert_eq!(incidents(&case), ["one other", "two"]);
    // A report that comes later is clustered with all; what was decided still holds.
    let late = format!("{}.jsonl", scratch("late"));
    let text = std::fs::read_to_string(data("same.jsonl")).expect("it is there");
    let line = text.lines().next().expect("it has lines").replace("\"one\"", "\"late\"");
    std::fs::write(&late, line.replace("2017-09-13", "2017-09-14")).expect("it can be written");
    done(&["ingest", &case, &late]);
    done(&["corroborate", &case]);
    let now = incidents(&case);
    let apart = |documents: &String| !(documents.contains("one") && documents.contains("two"));
    assert!(now.iter().all(apart), "{now:?}");
    assert!(now.iter().any(|d| d.contains("one") && d.contains("other")), "{now:?}");
}
