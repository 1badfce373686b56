//! Reports into a case, and what is told of it.

use crate::program::*;
use std::fs;

fn totals(run: &Run) -> &str {
    run.stderr.lines().last().unwrap_or_default().split(';').next().unwrap_or_default()
}

#[test]
fn every_item_has_a_state_and_the_totals_balance() {
    let case = new_case("states");
    let run = sijill(&["ingest", &case, "reports", "batch.jsonl", "windows-1256.txt", "gone.txt"]);
    assert_eq!(run.code, Some(1));
    let told = "sijill: 12 items: 7 new, 0 revised, 0 duplicate, 0 there before, 5 failed";
    assert_eq!(totals(&run), told);
    let shown = done(&["case", "show", &case]).stdout;
    assert!(shown.contains("12: 7 new, 0 revised, 0 duplicate, 5 failed\n"), "{shown}");
    let again = sijill(&["ingest", &case, "reports", "batch.jsonl", "windows-1256.txt"]);
    let told = "sijill: 11 items: 0 new, 0 revised, 0 duplicate, 11 there before, 0 failed";
    assert_eq!((again.code, totals(&again)), (Some(0), told));
    done(&["verify", &case]);
}

#[test]
fn the_same_report_from_elsewhere_is_a_duplicate_and_a_day_revises_it() {
    let case = new_case("elsewhere");
    let folder = scratch("elsewhere");
    fs::create_dir_all(&folder).expect("a folder can be made");
    let copy = format!("{folder}/copy.txt");
    fs::copy(data("report.txt"), &copy).expect("a file can be copied");
    done(&["ingest", &case, "report.txt"]);
    let run = done(&["ingest", &case, &copy]);
    assert_eq!(
        totals(&run),
        "sijill: 1 items: 0 new, 0 revised, 1 duplicate, 0 there before, 0 failed"
    );
    let run = done(&["ingest", &case, "report.txt", "--published", "2017-09-12"]);
    assert_eq!(
        totals(&run),
        "sijill: 1 items: 0 new, 1 revised, 0 duplicate, 0 there before, 0 failed"
    );
    assert!(done(&["case", "show", &case]).stdout.contains("documents    1\n"));
    done(&["verify", &case]);
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let digests = |threads: &str| {
        let case = new_case(&format!("threads-{threads}"));
        done(&["ingest", &case, &samples(), "--threads", threads, "--batch", "7"]);
        let log = done(&["case", "log", &case]).stdout;
        let entries = log.lines().filter(|line| line.contains("\"action\":\"ingest\"")).count();
        assert_eq!(entries, 8, "50 samples in batches of 7");
        done(&["case", "show", &case]).stdout.lines().take(4).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(digests("1"), digests("3"));
}

#[test]
fn the_log_tells_who_did_what() {
    let case = scratch("log.sijill");
    done(&["case", "new", &case, "--reason", "a trial", "--by", "somebody"]);
    done(&["ingest", &case, "reports"]);
    let log = done(&["case", "log", &case]).stdout;
    let lines: Vec<&str> = log.lines().collect();
    assert_eq!(lines.len(), 2);
    assert!(lines[0].contains(r#""action":"create","actor":{"id":"somebody","kind":"user"}"#));
    assert!(lines[0].contains(r#""reason":"a trial""#));
    assert!(lines[1].contains(r#""actor":{"id":"tester","kind":"user"}"#));
    let head = done(&["verify", &case]).stdout;
    let head = head.lines().find_map(|line| line.strip_prefix("head ")).expect("a head is told");
    done(&["ingest", &case, "page.html"]);
    done(&["verify", &case, "--head", head]);
    let other = sijill(&["verify", &case, "--head", "00"]);
    assert_eq!(other.code, Some(1));
    assert!(
        other.stdout.starts_with("wrong: log: no entry has the hash '00'\n"),
        "{}",
        other.stdout
    );
}

#[test]
fn what_is_no_case_is_refused_with_a_hint() {
    let case = new_case("refused");
    let again = sijill(&["case", "new", &case]);
    assert_eq!(again.code, Some(2));
    let told = format!(
        "error: {case}: is there already\n  hint: choose another name; a case is never overwritten\n"
    );
    assert_eq!(again.stderr, told);
    let report = sijill(&["verify", "report.txt"]);
    assert_eq!(report.code, Some(2));
    assert!(report.stderr.starts_with("error: report.txt: is no case\n"), "{}", report.stderr);
    let gone = sijill(&["ingest", "gone.sijill", "report.txt"]);
    assert_eq!(gone.code, Some(2));
    assert!(gone.stderr.starts_with("error: gone.sijill: there is no such case\n"));
    let entry = fs::read(data("report.txt")).expect("it is still there");
    assert!(!entry.starts_with(b"SQLite"));
}
