//! Writers: the wire format, and a table for eyes.

pub mod csv;
mod isolate;
mod table;

use crate::wire::{self, Source};
use serde::Serialize;
use sijill_model::{Claim, Diagnostic, Document, Field, Incident};
use std::cell::OnceCell;

pub use isolate::isolate;
pub use table::Table;

/// Appends the claims of one document, one JSON object a line, as SCHEMA.md has it.
pub fn claims(out: &mut Vec<u8>, document: &Document, claims: &[Claim]) {
    let (title, text) = (OnceCell::new(), OnceCell::new());
    for claim in claims {
        let source = match claim.evidence.field {
            Field::Title => {
                title.get_or_init(|| Source::new(document.title.as_deref().unwrap_or_default()))
            }
            Field::Text => text.get_or_init(|| Source::new(&document.text)),
        };
        line(out, &wire::Claim::new(claim, source));
    }
}

/// Appends the notes on one document, one JSON object a line.
pub fn diagnostics(out: &mut Vec<u8>, document: &Document, diagnostics: &[Diagnostic]) {
    if diagnostics.is_empty() {
        return;
    }
    let source = Source::new(&document.text);
    for diagnostic in diagnostics {
        line(out, &wire::Diagnostic::new(&document.id, diagnostic, &source));
    }
}

/// Appends incidents, one JSON object a line.
pub fn incidents(out: &mut Vec<u8>, incidents: &[Incident]) {
    for incident in incidents {
        line(out, &wire::Incident::new(incident));
    }
}

fn line(out: &mut Vec<u8>, record: &impl Serialize) {
    serde_json::to_writer(&mut *out, record).expect("a record of strings and numbers is JSON");
    out.push(b'\n');
}
