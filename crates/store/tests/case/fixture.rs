//! Cases and items to fill them with; no reader and no engine is needed.

use sijill_model::{
    Attribution, Claim, ClaimType, Count, CountSlot, Document, Evidence, Field, Mention,
    MentionKind, Modality, Participant, PlaceSlot, Precision, Share, ShareSlot, Span, TimeSlot,
};
use sijill_store::{
    Access, Added, Case, Derived, Error, Found, Ingest, Packer, Provenance, Reading, Received,
    Totals, Version, Who,
};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

pub(crate) fn who() -> Who {
    Who { user: "tester".to_owned(), program: "test 1".to_owned() }
}

pub(crate) fn version(knowledge: &str) -> Version {
    Version { program: "test 1".to_owned(), knowledge: knowledge.to_owned(), min_confidence: 0.4 }
}

/// A path at which nothing is.
pub(crate) fn scratch(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.sijill"));
    for end in ["", "-wal", "-shm"] {
        let mut path = path.clone().into_os_string();
        path.push(end);
        let _ = fs::remove_file(path);
    }
    path
}

pub(crate) fn new_case(name: &str) -> Case {
    Case::create(&scratch(name), &who(), None).expect("a case can be made")
}

pub(crate) fn reopen(path: &Path) -> Case {
    Case::open(path, Access::Write { wait: Duration::ZERO }).expect("the case can be opened")
}

/// A document of its number.
pub(crate) fn document(number: usize) -> Document {
    Document {
        id: format!("{number}.txt"),
        title: number.is_multiple_of(2).then(|| format!("Title {number}")),
        text: format!("Report {number} tells of 5 killed. ").repeat(1 + number % 3),
        published: "2017-10-18".parse().ok(),
        ..Document::default()
    }
}

/// A claim that fills every slot.
pub(crate) fn claim(document: &Document) -> Claim {
    let span = |start, end| Span::new(start, end);
    let participant = |id: &str, at| Participant {
        id: id.to_owned(),
        actor_type: "armed-group".to_owned(),
        name: id.to_uppercase(),
        name_en: (id == "sdf").then(|| "Forces".to_owned()),
        span: span(at, at + 3),
    };
    Claim {
        id: format!("clm_{}", document.text.len()),
        document: document.id.clone(),
        sentence: 3,
        claim_type: ClaimType::Killed,
        evidence: Evidence { span: span(0, 6), field: Field::Text },
        agent: vec![participant("sdf", 0), participant("ypg", 4)],
        target: vec![participant("isis", 8)],
        place: vec![PlaceSlot {
            id: Some("geonames:1".to_owned()),
            name: "Place".to_owned(),
            name_en: None,
            point: Some((35.951_234_567, 39.01)),
            precision: Precision::Town,
            span: span(1, 2),
        }],
        time: Some(TimeSlot { edtf: "2017-08-09~/..".parse().expect("a date"), span: span(2, 9) }),
        count: Count::between(Some(5), None, true)
            .map(|count| CountSlot { count, span: span(3, 4) }),
        share: Share::between(0.1 + 0.2, 1.0, false)
            .map(|share| ShareSlot { share, span: span(5, 6) }),
        attribution: vec![Attribution {
            id: "sohr".to_owned(),
            name: "Observatory".to_owned(),
            speaker: Some("director".to_owned()),
            verb: None,
            span: span(7, 8),
        }],
        modality: Modality::Uncertain,
        confidence: 1.0 / 3.0,
        rule: "toll.killed.verb".to_owned(),
    }
}

pub(crate) fn mentions() -> Vec<Mention> {
    vec![Mention {
        span: Span::new(0, 6),
        field: Field::Text,
        kind: MentionKind::Actor,
        resolved: Some("sdf".to_owned()),
        candidates: vec!["ypg".to_owned()],
    }]
}

/// An item of bytes that make this document.
pub(crate) fn item(location: &str, bytes: &[u8], document: Document) -> Received {
    let original = Packer::new().and_then(|mut p| p.pack(bytes)).expect("bytes can be packed");
    let provenance = Provenance {
        media_type: Some("text/plain".to_owned()),
        notes: vec!["a note".to_owned()],
        ..Provenance::default()
    };
    let derived = derive(&document);
    Received::unread(location.to_owned(), Some(original), provenance, document).read(derived)
}

pub(crate) fn derive(document: &Document) -> Derived {
    let text = Packer::new().and_then(|mut p| p.pack(document.text.as_bytes()));
    let found = Found {
        words: document.text.to_lowercase().replace('.', ""),
        names: "sdf".to_owned(),
        facets: "kind:toll".to_owned(),
    };
    Derived {
        document: document.clone(),
        text: text.expect("a text can be packed"),
        reading: Reading::new(vec![claim(document)], &mentions(), &[], found),
    }
}

/// The item of a number; every fifth is one that cannot be read.
pub(crate) fn numbered(number: usize) -> Received {
    let location = format!("reports/{number}.txt");
    if number % 5 == 4 {
        let original = Packer::new().and_then(|mut p| p.pack(&[number as u8; 40]));
        let reason = "is no text: it looks like binary data".to_owned();
        let (original, provenance) = (original.ok(), Provenance::default());
        return Received::failed(location, original, provenance, reason, None);
    }
    let document = document(number);
    item(&location, document.text.clone().as_bytes(), document)
}

/// Hands an item in, and reads it again as often as the case asks for it.
pub(crate) fn add(ingest: &mut Ingest<'_>, received: Received) -> Result<Added, Error> {
    let mut received = received;
    loop {
        match ingest.add(&received)? {
            Added::Read(document) => received = received.read(derive(&document)),
            added => return Ok(added),
        }
    }
}

/// Ingests items of these numbers.
pub(crate) fn fill(case: &mut Case, numbers: impl Iterator<Item = usize>) -> Totals {
    let mut ingest = case.ingest(&who(), version("k1")).expect("ingest can begin").in_batches_of(3);
    for number in numbers {
        add(&mut ingest, numbered(number)).expect("an item can be kept");
    }
    ingest.finish().expect("the last batch can be written")
}

/// Everything the case holds that does not depend on when it was written.
pub(crate) fn contents(case: &Case) -> Vec<String> {
    let mut contents = Vec::new();
    case.documents(|kept| {
        contents.push(format!("{} {:?}", kept.no, kept.document));
        contents.push(format!("{:?}", case.claims_of(kept.reading)?));
        contents.push(format!("{:?}", case.mentions_of(kept.reading)?));
        Ok(())
    })
    .expect("documents can be read");
    let summary = case.summary().expect("the case can be counted");
    contents.push(format!("{:?} {}", summary.states, summary.bytes_received));
    contents
}

/// What is wrong, as it is told.
pub(crate) fn faults(case: &Case) -> Vec<String> {
    let found = case.verify(None).expect("the case can be checked");
    found.faults.iter().map(|fault| format!("{}: {}", fault.record, fault.problem)).collect()
}
