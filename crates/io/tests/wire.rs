//! The wire format: what is written validates against the published schema and quotes the text.

mod schema;

use proptest::prelude::*;
use schema::Schema;
use serde_json::Value;
use sijill_io::write;
use sijill_model::{
    Attribution, Claim, ClaimType, Count, CountSlot, Date, Document, Edtf, EdtfDate, Evidence,
    Field, Modality, Participant, PlaceSlot, Precision, Share, ShareSlot, Span, TimeSlot,
};

const REPORT: &str = include_str!("data/report.txt");
const SCHEMA: &str = include_str!("../../../docs/claim.schema.json");

/// The span of the words `first..last` of `text`.
fn words(text: &str, first: usize, last: usize) -> Span {
    let words: Vec<&str> = text.split_whitespace().collect();
    let at = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    let end = words[last - 1];
    Span::new(at(words[first]) as u32, (at(end) + end.len()) as u32)
}

fn document() -> Document {
    let (title, text) = REPORT.split_once('\n').expect("the report has a title");
    Document {
        id: "report.txt".to_owned(),
        title: Some(title.to_owned()),
        text: text.to_owned(),
        ..Document::default()
    }
}

fn claim(document: &Document, field: Field, text: &str) -> Claim {
    let name = |first, last| words(text, first, last).of(text).to_owned();
    let participant = Participant {
        id: "sdf".to_owned(),
        actor_type: "armed-group".to_owned(),
        name: name(0, 2),
        name_en: Some("Syrian Democratic Forces".to_owned()),
        span: words(text, 0, 2),
    };
    Claim {
        id: "clm_1".to_owned(),
        document: document.id.clone(),
        sentence: 0,
        claim_type: ClaimType::Captures,
        evidence: Evidence { span: words(text, 0, 6), field },
        agent: vec![participant],
        target: Vec::new(),
        place: vec![PlaceSlot {
            id: Some("geonames:172408".to_owned()),
            name: name(3, 4),
            name_en: None,
            point: Some((35.950_000_4, 39.009_438_7)),
            precision: Precision::Town,
            span: words(text, 3, 4),
        }],
        time: Some(TimeSlot {
            edtf: Edtf::since(EdtfDate::Day(Date::constant(2017, 9, 12))),
            span: words(text, 1, 2),
        }),
        count: Count::between(Some(1873), None, false)
            .map(|count| CountSlot { count, span: words(text, 2, 3) }),
        share: Share::between(0.92, 1.0, false)
            .map(|share| ShareSlot { share, span: words(text, 2, 4) }),
        attribution: vec![Attribution {
            id: "sohr".to_owned(),
            name: name(4, 5),
            speaker: Some("rami-abdulrahman".to_owned()),
            verb: Some(name(5, 6)),
            span: words(text, 4, 5),
        }],
        modality: Modality::Asserted,
        confidence: 0.937_8,
        rule: "control.captures.verb".to_owned(),
    }
}

fn written(document: &Document, claims: &[Claim]) -> String {
    let mut out = Vec::new();
    write::claims(&mut out, document, claims);
    String::from_utf8(out).expect("the wire is UTF-8")
}

/// Asserts that `start..end` of every object counts code points of its `text` or `exact`.
fn check_quotes(value: &Value, text: &[char]) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| check_quotes(item, text)),
        Value::Object(object) => {
            if let Some(quote) = object.get("exact").or(object.get("text")) {
                let at = |key: &str| object[key].as_u64().expect("offsets are numbers") as usize;
                let slice: String = text[at("start")..at("end")].iter().collect();
                assert_eq!(quote.as_str(), Some(slice.as_str()));
            }
            object.values().for_each(|value| check_quotes(value, text));
        }
        _ => {}
    }
}

#[test]
fn a_full_claim_is_written_as_recorded() {
    let document = document();
    let title = document.title.clone().expect("it has a title");
    let in_text = claim(&document, Field::Text, &document.text);
    let in_title = claim(&document, Field::Title, &title);
    let bare = Claim {
        agent: Vec::new(),
        place: Vec::new(),
        time: None,
        count: None,
        share: None,
        attribution: Vec::new(),
        ..in_text.clone()
    };
    let lines = written(&document, &[in_text, in_title, bare]);
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/claims.jsonl");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, &lines).expect("the record can be written");
    }
    let recorded = std::fs::read_to_string(path).expect("there is a record");
    assert_eq!(lines, recorded, "run with UPDATE=1 if it is meant");
    for line in lines.lines() {
        Schema::parse(SCHEMA).check(&serde_json::from_str(line).expect("each line is JSON"));
    }
}

#[test]
fn the_schema_knows_every_type() {
    let document = document();
    let schema = Schema::parse(SCHEMA);
    for &claim_type in ClaimType::ALL {
        let claim = Claim { claim_type, ..claim(&document, Field::Text, &document.text) };
        schema.check(&serde_json::from_str(&written(&document, &[claim])).expect("it is JSON"));
    }
}

#[test]
fn the_schema_rejects_what_is_no_claim() {
    let document = document();
    let line = written(&document, &[claim(&document, Field::Text, &document.text)]);
    let schema = Schema::parse(SCHEMA);
    let value: Value = serde_json::from_str(&line).expect("it is JSON");
    let with = |key: &str, new: Value| {
        let mut changed = value.clone();
        changed[key] = new;
        schema.faults(&changed)
    };
    assert!(schema.faults(&value).is_empty());
    assert!(!with("type", "truce".into()).is_empty());
    assert!(!with("modality", "maybe".into()).is_empty());
    assert!(!with("agent", Value::Array(Vec::new())).is_empty());
    assert!(!with("confidence", 1.5.into()).is_empty());
    assert!(!with("extra", Value::Null).is_empty());
}

/// A span of whole characters of `text`, from two positions between 0 and 1.
fn span(text: &str, (a, b): (f64, f64)) -> Span {
    let at = |position: f64| {
        let byte = (position * text.len() as f64) as usize;
        (0..=byte).rev().find(|&byte| text.is_char_boundary(byte)).unwrap_or(0) as u32
    };
    Span::new(at(a).min(at(b)), at(a).max(at(b)))
}

proptest! {
    #[test]
    fn every_span_quotes_the_text(
        text in "[\u{621}-\u{652}\u{1f600}-\u{1f64f}a-z\r\n \"\\\\\u{0}\u{200f}]{1,600}",
        spots in prop::collection::vec((0.0..=1.0, 0.0..=1.0), 8),
        (kind, low, high, share, confidence) in
            (0..ClaimType::ALL.len(), 0_u64..5000, 0_u64..5000, 0.0..=1.0, 0.0..=1.0),
    ) {
        let base = document();
        let document = Document { text: format!("{text}."), ..base };
        let text = &document.text;
        let at = |i: usize| span(text, spots[i]);
        let mut claim = claim(&document, Field::Text, REPORT);
        claim.claim_type = ClaimType::ALL[kind];
        claim.evidence.span = Span::new(at(0).start, text.len() as u32);
        claim.confidence = confidence;
        claim.agent[0].span = at(1);
        claim.place[0].span = at(2);
        claim.attribution[0].span = at(3);
        claim.time = claim.time.map(|slot| TimeSlot { span: at(4), ..slot });
        claim.count = Count::between(Some(low), Some(high), true)
            .map(|count| CountSlot { count, span: at(5) });
        claim.share = Share::between(share, 1.0, share < 0.5)
            .map(|share| ShareSlot { share, span: at(6) });
        let value = serde_json::from_str(&written(&document, &[claim])).expect("it is JSON");
        Schema::parse(SCHEMA).check(&value);
        check_quotes(&value, &text.chars().collect::<Vec<_>>());
    }
}
