//! brat standoff, which INCEpTION reads too: a text and its annotations for each document.

use super::{Exporter, Gathered, WriteError};
use crate::Report;
use crate::report::Indexes;
use sijill_model::{ClaimType, Field, Kind, Modality, Span};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Writes a `.txt` and an `.ann` for each document, and an `annotation.conf`.
#[derive(Default)]
pub(crate) struct Brat {
    files: Vec<(String, Vec<u8>)>,
    names: BTreeMap<String, u32>,
}

impl Exporter for Brat {
    fn begin(&mut self, _out: &mut Vec<u8>) -> Result<(), WriteError> {
        self.files.push(("annotation.conf".to_owned(), configuration().into_bytes()));
        Ok(())
    }

    fn report(&mut self, report: &Report, _out: &mut Vec<u8>) -> Result<(), WriteError> {
        let stem = self.name(&report.document.id);
        let annotations = annotations(report);
        self.files.push((format!("{stem}.txt"), report.document.text.clone().into_bytes()));
        self.files.push((format!("{stem}.ann"), annotations.into_bytes()));
        Ok(())
    }

    fn files(&mut self) -> Vec<(String, Vec<u8>)> {
        std::mem::take(&mut self.files)
    }

    fn finish(&mut self, _gathered: &Gathered, _out: &mut Vec<u8>) -> Result<(), WriteError> {
        Ok(())
    }
}

impl Brat {
    /// Makes a file name of the id of a document, one of its own.
    fn name(&mut self, id: &str) -> String {
        let last = id.rsplit('/').next().unwrap_or(id);
        let last = last.strip_suffix(".txt").unwrap_or(last);
        let plain: String = last
            .chars()
            .map(|c| if c.is_alphanumeric() || "-_.".contains(c) { c } else { '_' })
            .collect();
        let plain = if plain.trim_matches('.').is_empty() { "document".to_owned() } else { plain };
        let count = self.names.entry(plain.clone()).or_default();
        *count += 1;
        if *count == 1 { plain } else { format!("{plain}~{count}") }
    }
}

/// The name of a type of claims in brat, such as `event-shelling`.
pub(crate) fn label(claim_type: ClaimType) -> String {
    format!("{}-{}", claim_type.kind().as_str(), claim_type.as_str())
}

/// Writes the claims of the text: brat knows no title, and no evidence that overlaps itself.
fn annotations(report: &Report) -> String {
    let indexes = Indexes::new(report);
    let mut page =
        Page { report, indexes: &indexes, out: String::new(), spans: BTreeMap::new(), next: 1 };
    let (mut events, mut attributes, mut notes) = (0, 0, 0);
    let in_text = report.claims.iter().filter(|claim| claim.evidence.field == Field::Text);
    for claim in in_text {
        let trigger = page.span(&label(claim.claim_type), claim.evidence.span);
        let mut line = format!("{}:T{trigger}", label(claim.claim_type));
        let mut argument = |role: &str, id: u32| {
            let _ = write!(line, " {role}:T{id}");
        };
        for (role, slots) in [("Agent", &claim.agent), ("Target", &claim.target)] {
            for (number, slot) in (1..).zip(slots) {
                let role = if number == 1 { role.to_owned() } else { format!("{role}{number}") };
                argument(&role, page.entity("Actor", slot.span, &slot.id));
            }
        }
        for (number, slot) in (1..).zip(&claim.place) {
            let role = if number == 1 { "Place".to_owned() } else { format!("Place{number}") };
            argument(
                &role,
                page.entity("Place", slot.span, slot.id.as_deref().unwrap_or_default()),
            );
        }
        if let Some(slot) = claim.time {
            argument("Time", page.entity("Time", slot.span, &slot.edtf.to_string()));
        }
        if let Some(slot) = claim.count {
            let text = |bound: Option<u64>| bound.map(|n| n.to_string()).unwrap_or_default();
            let about = if slot.count.approximate { "~" } else { "" };
            let note = format!("{about}{}..{}", text(slot.count.min()), text(slot.count.max()));
            argument("Count", page.entity("Quantity", slot.span, &note));
        }
        if let Some(slot) = claim.share {
            let about = if slot.share.approximate { "~" } else { "" };
            let note = format!("{about}{}..{}", slot.share.min(), slot.share.max());
            argument("Share", page.entity("Quantity", slot.span, &note));
        }
        for (number, voice) in (1..).zip(&claim.attribution) {
            let role = if number == 1 { "Source".to_owned() } else { format!("Source{number}") };
            argument(&role, page.entity("Source", voice.span, &voice.id));
        }
        events += 1;
        let _ = writeln!(page.out, "E{events}\t{line}");
        attributes += 1;
        let modality = claim.modality.as_str();
        let _ = writeln!(page.out, "A{attributes}\tModality E{events} {modality}");
        notes += 1;
        let note = format!("{} {} {:.2}", claim.id, claim.rule, claim.confidence);
        let _ = writeln!(page.out, "#{notes}\tAnnotatorNotes E{events}\t{note}");
    }
    page.out
}

/// The annotations of a text as they are written.
struct Page<'a> {
    report: &'a Report,
    indexes: &'a Indexes<'a>,
    out: String,
    spans: BTreeMap<(String, u32, u32, String), u32>,
    next: u32,
}

impl Page<'_> {
    /// Writes a span; each claim has a trigger of its own.
    fn span(&mut self, label: &str, span: Span) -> u32 {
        let id = self.next;
        self.next += 1;
        let (start, end) = self.indexes.code_points(Field::Text, span);
        let words = self.report.words(Field::Text, span);
        // A span of several lines is written as its pieces.
        let mut pieces = Vec::new();
        let mut at = start;
        for piece in words.split(['\n', '\r']) {
            let length = piece.chars().count() as u32;
            if 0 < length {
                pieces.push(format!("{at} {}", at + length));
            }
            at += length + 1;
        }
        let shown: Vec<&str> =
            words.split(['\n', '\r']).filter(|piece| !piece.is_empty()).collect();
        debug_assert!(at == end + 1, "pieces and breaks make up the span");
        let _ = writeln!(self.out, "T{id}\t{label} {}\t{}", pieces.join(";"), shown.join(" "));
        id
    }

    /// Writes who or what a slot names, once for each id.
    fn entity(&mut self, label: &str, span: Span, id: &str) -> u32 {
        let key = (label.to_owned(), span.start, span.end, id.to_owned());
        if let Some(&known) = self.spans.get(&key) {
            return known;
        }
        let number = self.span(label, span);
        self.spans.insert(key, number);
        if !id.is_empty() {
            let note = self.spans.len();
            let _ = writeln!(self.out, "#9{note:05}\tAnnotatorNotes T{number}\t{id}");
        }
        number
    }
}

/// What brat must know of the labels.
fn configuration() -> String {
    let mut out = String::from(
        "[entities]\nActor\nPlace\nTime\nQuantity\nSource\n\n[relations]\n\n[events]\n",
    );
    for kind in Kind::ALL {
        let _ = writeln!(out, "!{}", kind.as_str());
        for claim_type in ClaimType::ALL.iter().filter(|found| found.kind() == *kind) {
            let _ = writeln!(
                out,
                "\t{}\tAgent*:Actor, Target*:Actor, Place*:Place, Time?:Time, Count?:Quantity, \
                 Share?:Quantity, Source*:Source",
                label(*claim_type)
            );
        }
    }
    let modalities: Vec<&str> = Modality::ALL.iter().map(|modality| modality.as_str()).collect();
    let _ = write!(out, "\n[attributes]\nModality\tArg:<EVENT>, Value:{}\n", modalities.join("|"));
    out
}
