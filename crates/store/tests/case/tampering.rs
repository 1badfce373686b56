//! Whatever is changed behind the program's back is found, and named.

use crate::fixture::*;
use rusqlite::Connection;
use sijill_model::Judgement;
use sijill_store::{Case, Finding, Freshness};

/// Changes a case as somebody with a database program would; says what is found.
fn changed(name: &str, sql: &str) -> Vec<String> {
    let mut case = new_case(name);
    fill(&mut case, 0..8);
    assert_eq!(faults(&case), [""; 0]);
    let path = case.path().to_owned();
    drop(case);
    let connection = Connection::open(&path).expect("it is a database");
    connection.pragma_update(None, "foreign_keys", false).expect("keys can be left alone");
    connection.execute_batch(sql).expect("it can be changed");
    drop(connection);
    faults(&reopen(&path))
}

fn first(name: &str, sql: &str) -> String {
    changed(name, sql).into_iter().next().unwrap_or_default()
}

#[test]
fn a_flipped_byte_in_an_original_is_found() {
    let flip = "UPDATE blob SET content = CAST(replace(content, 'Report', 'report') AS BLOB) \
                WHERE no = 1";
    let found = first("original", flip);
    assert!(found.starts_with("original of item 1 (reports/0.txt), sha256 "), "{found}");
    assert!(found.ends_with("its bytes do not have the SHA-256 that is kept"), "{found}");
}

#[test]
fn a_compressed_original_is_checked_too() {
    let sql = "UPDATE blob SET content = CAST(substr(content, 1, length(content) - 4) || 'zzzz' \
               AS BLOB) WHERE packing = 'zstd'";
    assert!(first("compressed", sql).contains("of item"), "no fault is told");
    let sha1 = first("sha1", "UPDATE blob SET sha1 = zeroblob(20) WHERE no = 2");
    assert!(sha1.ends_with("its bytes do not have the SHA-1 that is kept"), "{sha1}");
}

#[test]
fn a_changed_log_is_found() {
    let flip = "UPDATE audit SET entry = replace(entry, 'tester', 'Tester') WHERE seq = 2";
    assert_eq!(first("log", flip), "log entry 2: its text does not have the hash that is kept");
    let gone = "DELETE FROM audit WHERE seq = 2";
    assert_eq!(first("log-gap", gone), "log entry 3: entry 2 is missing");
    let hash = "UPDATE audit SET hash = zeroblob(32) WHERE seq = 1";
    assert_eq!(
        first("log-hash", hash),
        "log entry 1: its text does not have the hash that is kept"
    );
}

#[test]
fn a_log_that_was_cut_off_does_not_hold_the_head_that_was_noted() {
    let mut case = new_case("cut-off");
    fill(&mut case, 0..8);
    let head = case.summary().expect("it can be counted").head;
    let noted = |case: &Case| case.verify(Some(&head)).expect("it can be checked").faults;
    assert_eq!(noted(&case), []);
    let path = case.path().to_owned();
    drop(case);
    let last = "PRAGMA foreign_keys = OFF; DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit); \
                DELETE FROM item WHERE no > 6; DELETE FROM document WHERE no NOT IN \
                (SELECT document FROM item WHERE document IS NOT NULL); \
                DELETE FROM reading WHERE document NOT IN (SELECT no FROM document); \
                DELETE FROM claim WHERE reading NOT IN (SELECT no FROM reading); \
                DELETE FROM slot WHERE claim NOT IN (SELECT no FROM claim); \
                DELETE FROM facet WHERE document NOT IN (SELECT no FROM document);";
    Connection::open(&path).and_then(|c| c.execute_batch(last)).expect("it can be changed");
    let case = reopen(&path);
    assert_eq!(faults(&case), [""; 0], "nothing inside of the case tells");
    assert!(noted(&case)[0].problem.starts_with("no entry has the hash"));
}

#[test]
fn changed_records_are_named() {
    let cases = [
        ("location", "UPDATE item SET location = 'x' WHERE no = 2", "item 2 (x): its record"),
        ("reason", "UPDATE item SET reason = 'x' WHERE no = 5", "item 5 (reports/4.txt): its"),
        ("outlet", "UPDATE document SET outlet = 'x' WHERE no = 2", "item 2 (reports/1.txt): its"),
        ("notes", "UPDATE item SET notes = '[]' WHERE no = 1", "item 1 (reports/0.txt): its"),
        (
            "hidden",
            "UPDATE document SET superseded_by = 3 WHERE no = 1",
            "item 3 (reports/2.txt): its record",
        ),
        ("deleted", "DELETE FROM item WHERE no = 3", "item 3: it, its document or its reading"),
        (
            "count",
            "UPDATE claim SET count_min = 50 WHERE no = 2",
            "reading 2 of document 1.txt: its claims, mentions or diagnostics were changed",
        ),
        (
            "actor",
            "UPDATE name SET id = 'sdf' WHERE id = 'isis'",
            "reading 1 of document 0.txt: its claims",
        ),
        (
            "slot",
            "DELETE FROM slot WHERE claim = 4 AND role = 'target'",
            "reading 4 of document 3.txt: its claims",
        ),
        (
            "claim",
            "DELETE FROM claim WHERE no = 3",
            "reading 3 of document 2.txt: it has 0 claims where 1 were kept",
        ),
        (
            "modality",
            "UPDATE claim SET modality = 'sure' WHERE no = 1",
            "reading 1 of document 0.txt: claim 1 has an unknown modality",
        ),
        (
            "mentions",
            "UPDATE reading SET mentions = zeroblob(1) WHERE no = 6",
            "reading 6 of document 6.txt: its claims, mentions",
        ),
    ];
    for (name, sql, expected) in cases {
        let found = first(name, sql);
        assert!(found.starts_with(expected), "{name}: {found}");
    }
}

#[test]
fn changed_findings_are_found() {
    let mut case = new_case("findings");
    fill(&mut case, 0..3);
    let finding = |id: &str| Finding {
        sort: "incident",
        id: Some(id.to_owned()),
        record: format!("{{\"id\": \"{id}\"}}"),
        claims: vec!["clm_1".to_owned()],
    };
    assert_eq!(case.freshness().expect("it is told"), Freshness::Never);
    let findings = [finding("a"), finding("b")];
    case.keep_findings(&who(), &version("k1"), &findings).expect("they are kept");
    assert_eq!(case.freshness().expect("it is told"), Freshness::Fresh);
    let same = Judgement::Same { claims: vec!["x".to_owned(), "y".to_owned()] };
    case.judge(&who(), &same, "they are one").expect("it is kept");
    assert_eq!(case.judgements().expect("they are kept"), std::slice::from_ref(&same));
    assert_eq!(case.freshness().expect("it is told"), Freshness::Stale);
    case.keep_findings(&who(), &version("k1"), &findings).expect("they are kept");
    let entry =
        case.acts().expect("they are kept").latest(None).next().expect("there is one").entry;
    case.undo(&who(), entry, Some("they are two")).expect("it is kept");
    assert!(case.undo(&who(), entry, Some("again")).is_err());
    assert_eq!(case.judgements().expect("they are kept"), []);
    assert_eq!(case.freshness().expect("it is told"), Freshness::Stale);
    case.judge(&who(), &same, "they are one after all").expect("it is kept");
    assert_eq!(case.freshness().expect("it is told"), Freshness::Stale);
    assert_eq!(faults(&case), [""; 0]);
    let path = case.path().to_owned();
    drop(case);
    let connection = Connection::open(&path).expect("it is a database");
    connection.execute("UPDATE finding SET record = '{}' WHERE id = 'b'", []).expect("it changes");
    drop(connection);
    assert_eq!(
        faults(&reopen(&path)),
        [
            "corroboration 1: its findings were changed",
            "corroboration 2: its findings were changed"
        ]
    );
}

#[test]
fn rows_that_no_entry_speaks_of_are_found() {
    let stray = "INSERT INTO item (key, state, location, document, received_at, collector, method, \
                 tool) VALUES (x'00', 'duplicate', 'x', 1, '', '', '', '')";
    assert_eq!(first("stray-item", stray), "item 9: it is not in the log");
    let reading = "INSERT INTO reading (document, version, claims, mentions, digest) \
                   SELECT document, version, 0, mentions, digest FROM reading WHERE no = 1";
    let found = changed("stray-reading", reading);
    assert!(found.contains(&"reading 8: it is not in the log".to_owned()), "{found:?}");
    let document = "INSERT INTO document (id, original, text, derived_by, reading, version) \
                    SELECT 'x', original, text, derived_by, reading, version FROM document \
                    WHERE no = 1";
    assert_eq!(first("stray-document", document), "document 8: no item made it");
}
