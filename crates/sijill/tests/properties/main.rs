//! What must hold of any text: reading is total, quotes truly, and always says the same.

#![expect(clippy::disallowed_methods, reason = "the tests read the samples and run in threads")]

mod invariants;

use proptest::prelude::*;
use sijill::model::{Date, Document};
use sijill::{Extraction, Knowledge, Options, Tables, extract};
use std::path::Path;
use std::sync::OnceLock;
use std::{fs, thread};

const OPTIONS: Options = Options { min_confidence: 0.0 };

/// What mutations insert: marks, tatweel, line ends, directions, joiners, quotation marks that are
/// never closed, digits of three scripts, shaped letters, emoji, a mark without a letter.
const INSERTS: &[&str] = &[
    "\u{64b}",
    "\u{651}",
    "\u{640}",
    "\u{670}",
    "\r\n",
    "\n\n",
    "\u{200f}",
    "\u{202b}",
    "\u{202c}",
    "\u{2067}",
    "\u{200c}",
    "\u{200d}",
    "«",
    "»",
    "“",
    "\"",
    "(",
    "،",
    "؛",
    "؟",
    ".",
    "…",
    ":",
    "-",
    "%",
    "٪",
    "12",
    "\u{663}",
    "\u{6f7}",
    "\u{fee3}",
    "\u{fefb}",
    "\u{fdfa}",
    "😀",
    "👩‍🚒",
    "#",
    "@",
    "_",
    "|",
    " ",
    "\t",
    "\u{a0}",
    "\u{feff}",
    "\u{0}",
    "\u{621}",
    "\u{648}",
    "\u{628}",
    "\u{644}",
];

fn knowledge() -> &'static Knowledge {
    static KNOWLEDGE: OnceLock<Knowledge> = OnceLock::new();
    KNOWLEDGE.get_or_init(|| Knowledge::build(&Tables::embedded()).expect("the tables are sound"))
}

/// The texts of the samples.
fn samples() -> &'static [String] {
    static SAMPLES: OnceLock<Vec<String>> = OnceLock::new();
    SAMPLES.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples");
        let entries = fs::read_dir(folder).expect("the samples are there");
        let mut paths: Vec<_> = entries.map(|entry| entry.expect("readable").path()).collect();
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
        paths.sort();
        paths.iter().map(|path| fs::read_to_string(path).expect("a sample is UTF-8")).collect()
    })
}

fn document(title: Option<String>, text: String) -> Document {
    let published = Some(Date::constant(2017, 10, 18));
    Document { id: "d".to_owned(), title, text, published, ..Document::default() }
}

fn read(document: &Document) -> Extraction {
    let extraction = extract(document, knowledge(), &OPTIONS);
    invariants::hold(document, &extraction);
    extraction
}

/// Changes of a text at a place between 0 and 1.
#[derive(Clone, Debug)]
enum Change {
    Insert(f64, usize),
    Delete(f64),
    Repeat(f64, usize),
    Cut(f64),
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        4 => (0.0..1.0, 0..INSERTS.len()).prop_map(|(at, what)| Change::Insert(at, what)),
        2 => (0.0..1.0).prop_map(Change::Delete),
        1 => (0.0..1.0, 1..40_usize).prop_map(|(at, length)| Change::Repeat(at, length)),
        1 => (0.5..1.0).prop_map(Change::Cut),
    ]
}

fn apply(chars: &mut Vec<char>, change: &Change) {
    let place = |at: f64| (at * chars.len() as f64) as usize;
    match *change {
        Change::Insert(at, what) => {
            let at = place(at);
            chars.splice(at..at, INSERTS[what].chars());
        }
        Change::Delete(at) => {
            let at = place(at);
            chars.drain(at..(at + 1).min(chars.len()));
        }
        Change::Repeat(at, length) => {
            let at = place(at);
            let again = chars[at..(at + length).min(chars.len())].to_vec();
            chars.splice(at..at, again);
        }
        Change::Cut(at) => chars.truncate(place(at)),
    }
}

/// Some lines of a sample, changed here and there.
fn mutated() -> impl Strategy<Value = String> {
    let window = (0..samples().len(), 0.0..1.0, 20..600_usize);
    (window, prop::collection::vec(change(), 0..12)).prop_map(|((which, at, length), changes)| {
        let all: Vec<char> = samples()[which].chars().collect();
        let start = (at * all.len() as f64) as usize;
        let mut chars = all[start..(start + length).min(all.len())].to_vec();
        changes.iter().for_each(|change| apply(&mut chars, change));
        chars.into_iter().collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(text in any::<String>(), title in any::<Option<String>>()) {
        read(&document(title, text));
    }

    #[test]
    fn any_arabic_is_read(text in "[\u{600}-\u{6ff}\u{fb50}-\u{fdff}\u{fe70}-\u{feff}0-9a-z «».,:%#\r\n]{0,300}") {
        read(&document(None, text));
    }

    #[test]
    fn changed_samples_are_read(text in mutated(), title in prop::option::of(mutated())) {
        let document = document(title, text);
        let first = read(&document);
        prop_assert_eq!(first, read(&document), "the same text reads the same twice");
    }
}

#[test]
fn samples_read_the_same_in_threads_with_knowledge_of_their_own() {
    let here: Vec<Extraction> =
        samples().iter().map(|text| read(&document(None, text.clone()))).collect();
    let there = thread::spawn(|| {
        let knowledge = Knowledge::build(&Tables::embedded()).expect("the tables are sound");
        let read = |text: &String| extract(&document(None, text.clone()), &knowledge, &OPTIONS);
        samples().iter().map(read).collect::<Vec<Extraction>>()
    });
    assert!(here == there.join().expect("no panic"), "two builds of the tables read differently");
}

#[test]
fn an_empty_text_gives_an_empty_reading() {
    for text in ["", " ", "\r\n", "\u{feff}", "\u{640}\u{64b}"] {
        assert!(read(&document(Some(text.to_owned()), text.to_owned())).claims.is_empty());
    }
}

#[test]
fn a_weaker_claim_can_be_left_out() {
    let document = document(None, samples()[0].clone());
    let all = read(&document).claims;
    let strong = extract(&document, knowledge(), &Options { min_confidence: 0.99 }).claims;
    assert!(strong.iter().all(|claim| all.contains(claim)), "a threshold only leaves out");
    assert!(strong.len() < all.len(), "not every claim is as sure as that");
}
