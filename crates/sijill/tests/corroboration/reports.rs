//! The samples, read.

use super::KNOWLEDGE;
use sijill::model::{Document, Incident};
use sijill::{Corroboration, DEFAULT_CONFIDENCE, Options, Sketch, extract};
use std::fs;
use std::path::Path;

/// Lists the samples.
fn documents() -> Vec<Document> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples");
    let meta = fs::read_to_string(folder.join("meta.tsv")).expect("the samples have a table");
    let document = |row: &str| {
        let mut cells = row.split('\t');
        let mut cell = || cells.next().expect("a row has its cells");
        let (file, published, outlet) = (cell(), cell(), cell());
        Document {
            id: file.to_owned(),
            text: fs::read_to_string(folder.join(file)).expect("the sample is there"),
            published: Some(published.parse().expect("it is a date")),
            outlet: Some(outlet.to_owned()),
            ..Document::default()
        }
    };
    meta.lines().skip(1).map(document).collect()
}

/// Returns a sample.
pub(super) fn document(id: &str) -> Document {
    documents().into_iter().find(|document| document.id == id).expect("it is a sample")
}

/// Reads the samples.
pub(super) fn sketches() -> Vec<Sketch> {
    documents().iter().map(sketch).collect()
}

/// Reads a report.
pub(super) fn sketch(document: &Document) -> Sketch {
    let options = Options { min_confidence: DEFAULT_CONFIDENCE };
    Sketch::new(document, &extract(document, &KNOWLEDGE, &options), &KNOWLEDGE)
}

/// Finds the incident with most claims of a document.
pub(super) fn incident_of<'a>(found: &'a Corroboration, document: &str) -> &'a Incident {
    let own = |incident: &Incident| {
        incident.members.iter().filter(|member| member.document == document).count()
    };
    found.incidents.iter().max_by_key(|incident| own(incident)).expect("there are incidents")
}
