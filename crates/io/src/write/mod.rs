//! Writers: the wire format, and a table for eyes.

pub mod csv;
mod isolate;
mod layout;
mod table;

use crate::wire::{self, Source};
use serde::Serialize;
use sijill_model::{
    Claim, Contradiction, ControlState, Diagnostic, Document, Field, Incident, OriginGroup, Reuse,
    Revision, Signal,
};
use std::cell::OnceCell;

pub use isolate::isolate;
pub use layout::{columns, count_words, share_words, wrap};
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

/// Appends pairs of documents with what speaks for and against their telling of one happening.
pub fn compared(out: &mut Vec<u8>, pairs: &[(String, String, Vec<Signal>)]) {
    for (one, other, signals) in pairs {
        line(out, &wire::Compared::new([one, other], signals));
    }
}

/// Appends contradictions and revisions, one JSON object a line.
pub fn contradictions(out: &mut Vec<u8>, found: &[Contradiction], revised: &[Revision]) {
    for contradiction in found {
        line(out, &wire::Pair::contradiction(contradiction));
    }
    for revision in revised {
        line(out, &wire::Pair::revision(revision));
    }
}

/// Appends groups of documents with one origin, one JSON object a line.
pub fn origin_groups(out: &mut Vec<u8>, groups: &[OriginGroup]) {
    for group in groups {
        line(out, &wire::OriginGroup::new(group));
    }
}

/// Appends passages that stand in more than one document, one JSON object a line.
pub fn reuses(out: &mut Vec<u8>, reuses: &[Reuse]) {
    for reuse in reuses {
        line(out, &wire::Reuse::new(reuse));
    }
}

/// Appends who holds which place, one JSON object a line.
pub fn control(out: &mut Vec<u8>, states: &[ControlState]) {
    for state in states {
        line(out, &wire::ControlState::new(state));
    }
}

fn line(out: &mut Vec<u8>, record: &impl Serialize) {
    serde_json::to_writer(&mut *out, record).expect("a record of strings and numbers is JSON");
    out.push(b'\n');
}
