//! Disks fill up, files are read-only, others write: nothing is lost, and it is said clearly.

use crate::fixture::*;
use rusqlite::Connection;
use sijill_store::{Access, Case, Error, Finding};
use std::fs;
use std::thread;
use std::time::Duration;

#[test]
fn an_ingest_that_is_dropped_leaves_whole_batches() {
    let mut case = new_case("dropped");
    let mut ingest = case.ingest(&who(), version("k1")).expect("ingest can begin").in_batches_of(3);
    for number in 0..8 {
        add(&mut ingest, numbered(number)).expect("an item can be kept");
    }
    drop(ingest);
    let items = |case: &Case| case.summary().expect("it can be counted").states;
    assert_eq!(items(&case).iter().map(|(_, count)| count).sum::<u64>(), 6);
    assert_eq!(faults(&case), [""; 0]);
    fill(&mut case, 0..8);
    let mut undisturbed = new_case("undisturbed");
    fill(&mut undisturbed, 0..8);
    assert_eq!(contents(&case), contents(&undisturbed));
}

#[test]
fn a_full_disk_keeps_the_batches_before_and_goes_on_when_there_is_room() {
    let mut undisturbed = new_case("roomy");
    fill(&mut undisturbed, 0..400);
    let mut case = new_case("full");
    let pages = fs::metadata(case.path()).expect("it is there").len() / 8192;
    case.limit_size(pages + 12).expect("a limit can be set");
    let mut ingest = case.ingest(&who(), version("k1")).expect("ingest can begin").in_batches_of(3);
    let outcome = (0..400).try_for_each(|number| add(&mut ingest, numbered(number)).map(|_| ()));
    let outcome = outcome.and_then(|()| ingest.finish().map(|_| ()));
    assert!(matches!(outcome, Err(Error::Full)), "{outcome:?}");
    let kept = case.summary().expect("it can be counted").documents;
    assert!(0 < kept && kept < 320, "{kept}");
    assert_eq!(faults(&case), [""; 0]);
    case.limit_size(1 << 20).expect("a limit can be set");
    let totals = fill(&mut case, 0..400);
    assert!(totals.balance() && 0 < totals.kept && 0 < totals.new);
    assert_eq!(contents(&case), contents(&undisturbed));
    assert_eq!(faults(&case), [""; 0]);
}

#[test]
fn two_writers_take_turns_and_the_impatient_is_told() {
    let mut first = new_case("two");
    let path = first.path().to_owned();
    let mut second = reopen(&path);
    let mut ingest = first.ingest(&who(), version("k1")).expect("ingest can begin");
    add(&mut ingest, numbered(0)).expect("an item can be kept");
    let mut other = second.ingest(&who(), version("k1")).expect("ingest can begin");
    let outcome = add(&mut other, numbered(1));
    assert!(matches!(outcome, Err(Error::Busy)), "{outcome:?}");
    drop(other);
    // Who reads sees the case as it was, and need not wait.
    let reader = Case::open(&path, Access::Read).expect("it can be opened");
    assert_eq!(reader.summary().expect("it can be counted").documents, 0);
    ingest.finish().expect("it is written");
    fill(&mut second, 1..3);
    assert_eq!(reader.summary().expect("it can be counted").documents, 3);
    assert_eq!(faults(&reader), [""; 0]);
}

/// Lists how often each name is spelled, if that is more than once.
fn names_kept_twice(case: &Case) -> i64 {
    let sql = "SELECT count(*) FROM (SELECT 1 FROM name \
               GROUP BY sort, id, type, name, name_en, lat, lon HAVING count(*) > 1)";
    let connection = Connection::open(case.path()).expect("it is a database");
    connection.query_row(sql, [], |row| row.get(0)).expect("names can be counted")
}

#[test]
fn two_writers_by_turns_make_the_case_that_one_makes() {
    let mut undisturbed = new_case("by-one");
    fill(&mut undisturbed, 0..60);
    let mut first = new_case("by-turns");
    let mut second = reopen(first.path());
    let begin = "ingest can begin";
    let mut one = first.ingest(&who(), version("k1")).expect(begin).in_batches_of(3);
    let mut other = second.ingest(&who(), version("k1")).expect(begin).in_batches_of(3);
    for number in 0..60 {
        let writer = if number / 3 % 2 == 0 { &mut one } else { &mut other };
        add(writer, numbered(number)).expect("an item can be kept");
    }
    let totals = [one, other].map(|ingest| ingest.finish().expect("it is written"));
    assert!(totals.iter().all(|totals| totals.balance() && totals.received == 30), "{totals:?}");
    assert_eq!(contents(&first), contents(&undisturbed));
    assert_eq!(names_kept_twice(&first), 0);
    assert_eq!(faults(&first), [""; 0]);
}

#[test]
fn two_writers_at_once_keep_each_item_once() {
    let case = new_case("at-once");
    let path = case.path().to_owned();
    let write = || {
        let patient = Access::Write { wait: Duration::from_secs(600) };
        fill(&mut Case::open(&path, patient).expect("it can be opened"), 0..60)
    };
    let totals = thread::scope(|scope| {
        let both = [scope.spawn(write), scope.spawn(write)];
        both.map(|writer| writer.join().expect("nobody gives up"))
    });
    assert!(totals.iter().all(|totals| totals.balance() && totals.received == 60), "{totals:?}");
    assert_eq!(totals[0].kept + totals[1].kept, 60, "{totals:?}");
    let mut undisturbed = new_case("not-at-once");
    fill(&mut undisturbed, 0..60);
    let sorted = |case: &Case| {
        let summary = case.summary().expect("it can be counted");
        (summary.states, summary.documents, summary.claims, summary.bytes_received)
    };
    assert_eq!(sorted(&case), sorted(&undisturbed));
    assert_eq!(names_kept_twice(&case), 0);
    assert_eq!(faults(&case), [""; 0]);
}

#[test]
fn a_read_only_file_is_read_and_not_written() {
    let mut case = new_case("read-only");
    fill(&mut case, 0..4);
    let path = case.path().to_owned();
    drop(case);
    let mut permissions = fs::metadata(&path).expect("it is there").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).expect("it can be made read-only");
    let bytes = fs::read(&path).expect("it can be read");
    let write = Case::open(&path, Access::Write { wait: Duration::ZERO });
    assert!(matches!(write, Err(Error::ReadOnly)), "{write:?}");
    let read = Case::open(&path, Access::Read).expect("it can be read");
    assert_eq!(faults(&read), [""; 0]);
    drop(read);
    assert_eq!(fs::read(&path).expect("it can be read"), bytes);
}

#[test]
fn a_disk_that_fills_up_under_a_corroboration_keeps_the_one_before() {
    let mut case = new_case("full-findings");
    fill(&mut case, 0..6);
    let finding =
        |record: String| Finding { sort: "incident", id: None, record, claims: Vec::new() };
    let small = [finding("{\"run\":1}".to_owned())];
    case.keep_findings(&who(), &version("k1"), &small).expect("they can be kept");
    let found = |case: &Case| {
        let mut found = Vec::new();
        let each = |record: &str| {
            found.push(record.to_owned());
            true
        };
        case.findings("incident", None, each).expect("findings can be read");
        found
    };
    let large: Vec<Finding> =
        (0..400).map(|n| finding(format!("{{\"run\":\"{n:0>900}\"}}"))).collect();
    // As many pages as there are, and a few more.
    let pages = fs::metadata(case.path()).expect("it is there").len() / 8192;
    case.limit_size(pages + 20).expect("a limit can be set");
    let outcome = case.keep_findings(&who(), &version("k1"), &large);
    assert!(matches!(outcome, Err(Error::Full)), "{outcome:?}");
    assert_eq!(found(&case), ["{\"run\":1}"]);
    assert_eq!(faults(&case), [""; 0]);
    case.limit_size(1 << 20).expect("a limit can be set");
    case.keep_findings(&who(), &version("k1"), &large).expect("they can be kept");
    assert_eq!(found(&case).len(), large.len());
    assert_eq!(faults(&case), [""; 0]);
}
