//! What comes in is kept, and comes out as it was.

use crate::fixture::*;
use sijill_model::{Date, Document};
use sijill_store::{Access, Added, Case, Error, State};
use std::fs;
use std::path::Path;

#[test]
fn claims_and_mentions_come_out_as_they_went_in() {
    let mut case = new_case("round-trip");
    let document = document(2);
    let mut ingest = case.ingest(&who(), version("k1")).expect("ingest can begin");
    let received = item("2.txt", b"bytes", document.clone());
    assert_eq!(add(&mut ingest, received).expect("it is kept"), Added::As(State::New));
    assert!(ingest.finish().expect("it is written").balance());
    let mut seen = Vec::new();
    case.documents(|kept| {
        assert_eq!(case.claims_of(kept.reading)?, [claim(&document)]);
        assert_eq!(case.mentions_of(kept.reading)?, mentions());
        seen.push(kept.document);
        Ok(())
    })
    .expect("the case can be read");
    assert_eq!(seen, [document]);
    assert_eq!(faults(&case), [""; 0]);
}

#[test]
fn what_is_ingested_again_changes_nothing() {
    let mut case = new_case("again");
    let first = fill(&mut case, 0..11);
    assert_eq!((first.received, first.new, first.failed), (11, 9, 2));
    let before = (contents(&case), case.summary().expect("it can be counted"));
    let second = fill(&mut case, 0..11);
    assert_eq!((second.received, second.kept, second.new), (11, 11, 0));
    assert!(first.balance() && second.balance());
    assert_eq!((contents(&case), case.summary().expect("it can be counted")), before);
}

/// Ingests one text in several ways; returns what became of each.
fn states(name: &str, items: &[(&str, Document)]) -> (Case, Vec<Added>) {
    let mut case = new_case(name);
    let mut ingest = case.ingest(&who(), version("k1")).expect("ingest can begin");
    let added = items
        .iter()
        .map(|(location, document)| {
            add(&mut ingest, item(location, b"same bytes", document.clone())).expect("it is kept")
        })
        .collect();
    assert!(ingest.finish().expect("it is written").balance());
    assert_eq!(faults(&case), [""; 0]);
    (case, added)
}

fn told(published: Option<&str>, outlet: Option<&str>) -> Document {
    Document {
        id: "a.txt".to_owned(),
        text: "Same text.".to_owned(),
        published: published.and_then(|date| date.parse::<Date>().ok()),
        outlet: outlet.map(str::to_owned),
        ..Document::default()
    }
}

#[test]
fn the_same_bytes_from_elsewhere_are_a_duplicate() {
    let known = told(Some("2017-10-18"), Some("afp"));
    let less = told(None, None);
    let items = [("a.txt", known.clone()), ("b/a.txt", known.clone()), ("c.txt", less)];
    let (case, added) = states("duplicate", &items);
    let duplicate = Added::As(State::Duplicate);
    assert_eq!(added, [Added::As(State::New), duplicate.clone(), duplicate]);
    assert_eq!(case.summary().expect("it can be counted").documents, 1);
}

#[test]
fn another_day_supersedes_and_what_was_known_still_holds() {
    let items = [
        ("a.txt", told(None, Some("afp"))),
        ("a.txt", told(Some("2017-10-18"), None)),
        ("a.txt", told(Some("2017-10-18"), None)),
    ];
    let (case, added) = states("revised", &items);
    assert_eq!(added, [Added::As(State::New), Added::As(State::Revised), Added::Kept]);
    let mut seen = Vec::new();
    case.documents(|kept| {
        seen.push(kept.document);
        Ok(())
    })
    .expect("the case can be read");
    assert_eq!(seen, [told(Some("2017-10-18"), Some("afp"))]);
}

#[test]
fn another_outlet_is_another_document() {
    let items = [("a.txt", told(None, Some("afp"))), ("b.txt", told(None, Some("sana")))];
    let (case, added) = states("outlets", &items);
    assert_eq!(added, [Added::As(State::New), Added::As(State::New)]);
    let mut ids = Vec::new();
    case.documents(|kept| {
        ids.push(kept.document.id);
        Ok(())
    })
    .expect("the case can be read");
    assert_eq!(ids, ["a.txt", "a.txt~2"]);
    // The bytes are kept once all the same.
    assert_eq!(case.summary().expect("it can be counted").bytes_received, 10);
}

#[test]
fn a_look_up_tells_what_need_not_be_read() {
    let mut case = new_case("lookup");
    let known = told(Some("2017-10-18"), None);
    let ask = |case: &Case, location, document: &Document| {
        let lookup = case.lookup().expect("a look-up can be made");
        lookup.has(&item(location, b"same bytes", document.clone()), document).expect("it answers")
    };
    assert!(!ask(&case, "a.txt", &known));
    let mut ingest = case.ingest(&who(), version("k1")).expect("ingest can begin");
    add(&mut ingest, item("a.txt", b"same bytes", known.clone())).expect("it is kept");
    ingest.finish().expect("it is written");
    assert!(ask(&case, "a.txt", &known));
    assert!(ask(&case, "elsewhere.txt", &known));
    assert!(!ask(&case, "a.txt", &told(Some("2017-10-19"), None)));
}

#[test]
fn a_case_is_never_overwritten_and_other_files_are_none() {
    let path = scratch("exists");
    fs::write(&path, "something").expect("a file can be written");
    let made = Case::create(&path, &who(), None);
    assert!(matches!(made, Err(Error::Exists)), "{made:?}");
    assert_eq!(fs::read(&path).expect("it is still there"), b"something");
    let open = |path: &Path| Case::open(path, Access::Read);
    assert!(matches!(open(&path), Err(Error::NotACase)));
    assert!(matches!(open(&scratch("gone")), Err(Error::Missing)));
    fs::write(&path, "").expect("a file can be written");
    assert!(matches!(open(&path), Err(Error::NotACase)));
}
