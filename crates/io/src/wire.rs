//! The wire types of SCHEMA.md, field for field in its order.
//!
//! They borrow from the claim and the document and live for one line. Offsets count code points.

mod corroboration;
mod incident;

pub(crate) use corroboration::{ControlState, OriginGroup, Pair, Reuse};
pub(crate) use incident::{Compared, Incident};

use serde::Serialize;
use sijill_model as model;
use sijill_text::{OffsetIndex, Span};

/// One line of `--format jsonl`.
#[derive(Serialize)]
pub(crate) struct Claim<'a> {
    id: &'a str,
    document: &'a str,
    sentence: u32,
    /// `title` if all offsets count there.
    #[serde(rename = "in", skip_serializing_if = "Option::is_none")]
    field: Option<&'static str>,
    kind: &'static str,
    #[serde(rename = "type")]
    claim_type: &'static str,
    evidence: Quote<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    agent: Vec<Participant<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    target: Vec<Participant<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    place: Vec<Place<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    time: Option<Time<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<Count<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    share: Option<Share<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attribution: Vec<Attribution<'a>>,
    modality: &'static str,
    confidence: f64,
    rule: &'a str,
}

/// A span with its words, as a W3C TextPositionSelector and TextQuoteSelector in one.
#[derive(Serialize)]
pub(crate) struct Quote<'a> {
    start: u32,
    end: u32,
    exact: &'a str,
}

/// Where a slot was read, and its words.
#[derive(Serialize)]
struct Read<'a> {
    text: &'a str,
    start: u32,
    end: u32,
}

#[derive(Serialize)]
struct Participant<'a> {
    id: &'a str,
    #[serde(rename = "type", skip_serializing_if = "str::is_empty")]
    actor_type: &'a str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name_en: Option<&'a str>,
    #[serde(flatten)]
    read: Read<'a>,
}

#[derive(Serialize)]
struct Place<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name_en: Option<&'a str>,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    lat: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lon: Option<f64>,
    precision: &'static str,
    start: u32,
    end: u32,
}

#[derive(Serialize)]
struct Time<'a> {
    edtf: String,
    #[serde(flatten)]
    read: Read<'a>,
}

#[derive(Serialize)]
struct Count<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    min: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max: Option<u64>,
    approximate: bool,
    #[serde(flatten)]
    read: Read<'a>,
}

#[derive(Serialize)]
struct Share<'a> {
    min: f64,
    max: f64,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    approximate: bool,
    #[serde(flatten)]
    read: Read<'a>,
}

#[derive(Serialize)]
struct Attribution<'a> {
    id: &'a str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    verb: Option<&'a str>,
    #[serde(flatten)]
    read: Read<'a>,
}

/// One line of `--diagnostics`.
#[derive(Serialize)]
pub(crate) struct Diagnostic<'a> {
    document: &'a str,
    code: &'static str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<&'a str>,
    #[serde(flatten)]
    quote: Quote<'a>,
}

/// One field of a document with the index that counts its code points.
pub(crate) struct Source<'a> {
    text: &'a str,
    index: OffsetIndex<'a>,
}

impl<'a> Source<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, index: OffsetIndex::new(text) }
    }

    fn quote(&self, span: Span) -> Quote<'a> {
        let Read { text, start, end } = self.read(span);
        Quote { start, end, exact: text }
    }

    fn read(&self, span: Span) -> Read<'a> {
        let (start, end) = self.index.span_code_points(span);
        Read { text: span.of(self.text), start, end }
    }
}

impl<'a> Claim<'a> {
    pub(crate) fn new(claim: &'a model::Claim, source: &Source<'a>) -> Self {
        let participant = |slot: &'a model::Participant| Participant::new(slot, source);
        Self {
            id: &claim.id,
            document: &claim.document,
            sentence: claim.sentence,
            field: (claim.evidence.field == model::Field::Title).then_some("title"),
            kind: claim.claim_type.kind().as_str(),
            claim_type: claim.claim_type.as_str(),
            evidence: source.quote(claim.evidence.span),
            agent: claim.agent.iter().map(participant).collect(),
            target: claim.target.iter().map(participant).collect(),
            place: claim.place.iter().map(|slot| Place::new(slot, source)).collect(),
            time: claim
                .time
                .map(|slot| Time { edtf: slot.edtf.to_string(), read: source.read(slot.span) }),
            count: claim.count.map(|slot| Count::new(slot, source)),
            share: claim.share.map(|slot| Share::new(slot, source)),
            attribution: claim.attribution.iter().map(|a| Attribution::new(a, source)).collect(),
            modality: claim.modality.as_str(),
            confidence: rounded(claim.confidence, 2),
            rule: &claim.rule,
        }
    }
}

impl<'a> Participant<'a> {
    fn new(slot: &'a model::Participant, source: &Source<'a>) -> Self {
        Self {
            id: &slot.id,
            actor_type: &slot.actor_type,
            name: &slot.name,
            name_en: slot.name_en.as_deref(),
            read: source.read(slot.span),
        }
    }
}

impl<'a> Place<'a> {
    fn new(slot: &'a model::PlaceSlot, source: &Source<'a>) -> Self {
        let Read { text, start, end } = source.read(slot.span);
        Self {
            id: slot.id.as_deref(),
            name: &slot.name,
            name_en: slot.name_en.as_deref(),
            text,
            lat: slot.point.map(|(lat, _)| rounded(lat, 5)),
            lon: slot.point.map(|(_, lon)| rounded(lon, 5)),
            precision: slot.precision.as_str(),
            start,
            end,
        }
    }
}

impl<'a> Count<'a> {
    fn new(slot: model::CountSlot, source: &Source<'a>) -> Self {
        let model::CountSlot { count, span } = slot;
        let approximate = count.approximate;
        Self { min: count.min(), max: count.max(), approximate, read: source.read(span) }
    }
}

impl<'a> Share<'a> {
    fn new(slot: model::ShareSlot, source: &Source<'a>) -> Self {
        let model::ShareSlot { share, span } = slot;
        Self {
            min: rounded(share.min(), 4),
            max: rounded(share.max(), 4),
            approximate: share.approximate,
            read: source.read(span),
        }
    }
}

impl<'a> Attribution<'a> {
    fn new(slot: &'a model::Attribution, source: &Source<'a>) -> Self {
        Self {
            id: &slot.id,
            name: &slot.name,
            speaker: slot.speaker.as_deref(),
            verb: slot.verb.as_deref(),
            read: source.read(slot.span),
        }
    }
}

impl<'a> Diagnostic<'a> {
    pub(crate) fn new(
        document: &'a str,
        diagnostic: &'a model::Diagnostic,
        source: &Source<'a>,
    ) -> Self {
        Self {
            document,
            code: diagnostic.code.as_str(),
            message: &diagnostic.message,
            hint: diagnostic.hint.as_deref(),
            quote: source.quote(diagnostic.span),
        }
    }
}

/// Rounds to so many decimals; the shortest way to write the result has no more of them.
fn rounded(value: f64, decimals: i32) -> f64 {
    let scale = 10_f64.powi(decimals);
    (value * scale).round() / scale + 0.0
}
