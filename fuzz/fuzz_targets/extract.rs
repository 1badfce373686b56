//! Any bytes are decoded, read and held against the invariants.

#![no_main]

#[path = "../../crates/sijill/tests/properties/invariants.rs"]
mod invariants;

use libfuzzer_sys::fuzz_target;
use sijill::model::{Date, Document};
use sijill::{Knowledge, Options, Tables};
use std::sync::LazyLock;

static KNOWLEDGE: LazyLock<Knowledge> =
    LazyLock::new(|| Knowledge::build(&Tables::embedded()).expect("the tables are sound"));

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = sijill_io::decode(bytes.to_vec()) else { return };
    let (title, text) = match text.split_once('\u{1}') {
        Some((title, text)) => (Some(title.to_owned()), text.to_owned()),
        None => (None, text),
    };
    let published = Some(Date::constant(2017, 10, 18));
    let document = Document { title, text, published, ..Document::default() };
    let options = Options { min_confidence: 0.0 };
    let extraction = sijill::extract(&document, &KNOWLEDGE, &options);
    invariants::hold(&document, &extraction);
    assert_eq!(extraction, sijill::extract(&document, &KNOWLEDGE, &options));
});
