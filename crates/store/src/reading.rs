//! What one version read in one document, and its digest.

use crate::mentions;
use serde_json::json;
use sha2::{Digest, Sha256};
use sijill_model::{Claim, Diagnostic, Mention, Span};
use std::fmt::Write as _;

/// What can read: a program with its tables, and the confidence below which claims are left out.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// The program, such as `sijill 0.1.0`.
    pub program: String,
    /// The hash of the knowledge tables.
    pub knowledge: String,
    /// Claims below this confidence are left out.
    pub min_confidence: f64,
}

impl Version {
    pub(crate) fn record(&self) -> serde_json::Value {
        let Self { program, knowledge, min_confidence } = self;
        json!({ "program": program, "knowledge": knowledge, "min_confidence": min_confidence })
    }
}

/// What was read in one document, ready to be kept.
#[derive(Clone, Debug)]
pub struct Reading {
    pub(crate) claims: Vec<Claim>,
    pub(crate) mentions: Vec<u8>,
    pub(crate) diagnostics: Option<String>,
    pub(crate) digest: [u8; 32],
    pub(crate) found: Found,
}

/// Under what a document is found and counted; each is a list of terms with spaces between.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The words, in order.
    pub words: String,
    /// The ids of who and what is named.
    pub names: String,
    /// What its claims can be counted under: `kind:toll`, `actor:sdf` …
    pub facets: String,
}

impl Reading {
    /// Prepares what was read, with what the document is found and counted under.
    pub fn new(
        claims: Vec<Claim>,
        mentions: &[Mention],
        diagnostics: &[Diagnostic],
        found: Found,
    ) -> Self {
        let mentions = mentions::encode(mentions);
        let diagnostics = (!diagnostics.is_empty()).then(|| notes(diagnostics));
        let digest = digest(&claims, &mentions, diagnostics.as_deref());
        Self { claims, mentions, diagnostics, digest, found }
    }
}

/// Writes diagnostics as a JSON array.
fn notes(diagnostics: &[Diagnostic]) -> String {
    let notes: Vec<_> = diagnostics
        .iter()
        .map(|note| {
            json!({
                "code": note.code.as_str(),
                "start": note.span.start,
                "end": note.span.end,
                "message": note.message,
                "hint": note.hint,
            })
        })
        .collect();
    serde_json::Value::from(notes).to_string()
}

/// Digests a reading: the claims field by field, then the mentions and diagnostics as they are kept.
///
/// Fields are separated by U+001F, claims by U+001E; what is not told is empty. docs/case.md lists
/// the fields in order.
pub(crate) fn digest(claims: &[Claim], mentions: &[u8], diagnostics: Option<&str>) -> [u8; 32] {
    let mut hasher = Sha256::new();
    let mut line = String::new();
    for claim in claims {
        line.clear();
        describe(claim, &mut line);
        hasher.update(&line);
    }
    hasher.update(mentions);
    hasher.update(diagnostics.unwrap_or_default());
    hasher.finalize().into()
}

const FIELD: char = '\u{1f}';
const CLAIM: char = '\u{1e}';

fn describe(claim: &Claim, out: &mut String) {
    let Claim { id, sentence, claim_type, evidence, modality, confidence, rule, .. } = claim;
    let field = match evidence.field {
        sijill_model::Field::Title => "title",
        sijill_model::Field::Text => "text",
    };
    text(out, id);
    write(out, format_args!("{claim_type}"));
    write(out, format_args!("{sentence}"));
    text(out, field);
    span(out, evidence.span);
    for (role, slots) in [("agent", &claim.agent), ("target", &claim.target)] {
        for slot in slots {
            text(out, role);
            for part in [&slot.id, &slot.actor_type, &slot.name] {
                text(out, part);
            }
            text(out, slot.name_en.as_deref().unwrap_or_default());
            span(out, slot.span);
        }
    }
    for slot in &claim.place {
        text(out, "place");
        text(out, slot.id.as_deref().unwrap_or_default());
        text(out, slot.precision.as_str());
        text(out, &slot.name);
        text(out, slot.name_en.as_deref().unwrap_or_default());
        if let Some((lat, lon)) = slot.point {
            write(out, format_args!("{lat:.6}"));
            write(out, format_args!("{lon:.6}"));
        }
        span(out, slot.span);
    }
    describe_figures(claim, out);
    for voice in &claim.attribution {
        text(out, "voice");
        text(out, &voice.id);
        text(out, &voice.name);
        text(out, voice.speaker.as_deref().unwrap_or_default());
        text(out, voice.verb.as_deref().unwrap_or_default());
        span(out, voice.span);
    }
    text(out, modality.as_str());
    write(out, format_args!("{confidence:.6}"));
    text(out, rule);
    out.push(CLAIM);
}

fn describe_figures(claim: &Claim, out: &mut String) {
    if let Some(slot) = claim.time {
        text(out, "time");
        write(out, format_args!("{}", slot.edtf));
        span(out, slot.span);
    }
    if let Some(slot) = claim.count {
        text(out, "count");
        for bound in [slot.count.min(), slot.count.max()] {
            text(out, &bound.map(|n| n.to_string()).unwrap_or_default());
        }
        write(out, format_args!("{}", u8::from(slot.count.approximate)));
        span(out, slot.span);
    }
    if let Some(slot) = claim.share {
        text(out, "share");
        write(out, format_args!("{:.6}", slot.share.min()));
        write(out, format_args!("{:.6}", slot.share.max()));
        write(out, format_args!("{}", u8::from(slot.share.approximate)));
        span(out, slot.span);
    }
}

fn span(out: &mut String, span: Span) {
    write(out, format_args!("{}", span.start));
    write(out, format_args!("{}", span.end));
}

fn text(out: &mut String, value: &str) {
    out.push_str(value);
    out.push(FIELD);
}

fn write(out: &mut String, value: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = out.write_fmt(value);
    out.push(FIELD);
}
