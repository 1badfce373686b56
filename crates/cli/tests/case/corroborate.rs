//! What the claims of a case say together, and what a person decides on it.

use crate::program::*;

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
    assert!(stale.stderr.contains("documents or judgements came since"), "{}", stale.stderr);
    done(&["corroborate", &case]);
    assert_eq!(incidents(&case), ["one", "other", "two"]);
    let nobody = sijill(&["judge", &case, "clm_none", &one[0], "--reason", "no"]);
    assert_eq!(nobody.code, Some(2));
    assert!(nobody.stderr.contains("holds neither a claim nor an incident 'clm_none'"));
    assert!(done(&["case", "log", &case]).stdout.contains(r#""reason":"two markets""#));
    done(&["verify", &case]);
}
