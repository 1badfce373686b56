//! The lossless format, read back.

use super::ReadError;
use crate::write::VERSION;
use crate::{Reason, Report, Withheld};
use serde::Deserialize;
use sijill_model::{
    Attribution, Claim, Count, CountSlot, Document, Evidence, Field, Mention, MentionKind,
    Modality, Participant, PlaceSlot, Precision, Share, ShareSlot, Span, TimeSlot,
};
use sijill_text::OffsetIndex;

/// What the first line says of the file.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
pub struct Header {
    /// The version of the format.
    pub version: u64,
    /// The program that wrote it.
    #[serde(default)]
    pub program: String,
    /// The digest of its tables.
    #[serde(default)]
    pub knowledge: String,
    /// For whom it was made.
    #[serde(default)]
    pub profile: String,
}

/// Tells by its head whether a file was written by `sijill export --to jsonl`.
pub fn is_export(head: &[u8]) -> bool {
    let line = head.split(|&byte| byte == b'\n').next().unwrap_or_default();
    matches!(serde_json::from_slice(line), Ok(Record::Header(_)))
}

/// Reads the reports of an export, and what was wrong with its lines.
pub fn jsonl(text: &str) -> (Header, Vec<Report>, Vec<ReadError>) {
    let (mut header, mut reports, mut errors) = (Header::default(), Vec::new(), Vec::new());
    for (line, record) in (1..).zip(text.lines()).filter(|(_, record)| !record.trim().is_empty()) {
        let read = serde_json::from_str(record).map_err(|error| error.to_string());
        let taken = read.and_then(|record| take(record, &mut header, &mut reports));
        if let Err(message) = taken {
            errors.push(ReadError { line, message });
        }
    }
    (header, reports, errors)
}

fn take(record: Record, header: &mut Header, reports: &mut Vec<Report>) -> Result<(), String> {
    match record {
        Record::Header(found) if VERSION < found.version => {
            Err(format!("version {} is newer than the {VERSION} that is known", found.version))
        }
        Record::Header(found) => {
            *header = found;
            Ok(())
        }
        Record::Document(document) => {
            reports.push(document.report()?);
            Ok(())
        }
        Record::Claim(claim) => {
            let report = of_document(reports, &claim.document)?;
            let claim = claim.claim(report)?;
            report.claims.push(claim);
            Ok(())
        }
        Record::Mention(mention) => {
            let report = of_document(reports, &mention.document)?;
            let mention = mention.mention(report)?;
            report.mentions.push(mention);
            Ok(())
        }
        // What is made of the claims is made again.
        Record::Other => Ok(()),
    }
}

/// The document that the lines are about; it stands before them.
fn of_document<'r>(reports: &'r mut [Report], id: &str) -> Result<&'r mut Report, String> {
    let last = reports.last_mut().filter(|report| report.document.id == id);
    last.ok_or_else(|| format!("'{id}' is not the document that stands before it"))
}

#[derive(Deserialize)]
#[serde(tag = "record", rename_all = "lowercase")]
enum Record {
    Header(Header),
    Document(DocumentLine),
    Claim(Box<ClaimLine>),
    Mention(MentionLine),
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
struct DocumentLine {
    id: String,
    text: String,
    title: Option<String>,
    published: Option<String>,
    outlet: Option<String>,
    url: Option<String>,
    #[serde(default)]
    withheld: Vec<WithheldLine>,
}

#[derive(Deserialize)]
struct WithheldLine {
    reason: String,
    #[serde(rename = "in")]
    field: Option<String>,
    start: u32,
    end: u32,
}

#[derive(Deserialize)]
struct ClaimLine {
    id: String,
    document: String,
    sentence: u32,
    #[serde(rename = "in")]
    field: Option<String>,
    kind: String,
    #[serde(rename = "type")]
    claim_type: String,
    evidence: QuoteLine,
    #[serde(default)]
    agent: Vec<ParticipantLine>,
    #[serde(default)]
    target: Vec<ParticipantLine>,
    #[serde(default)]
    place: Vec<PlaceLine>,
    time: Option<TimeLine>,
    count: Option<CountLine>,
    share: Option<ShareLine>,
    #[serde(default)]
    attribution: Vec<VoiceLine>,
    modality: String,
    confidence: f64,
    rule: String,
}

#[derive(Deserialize)]
struct QuoteLine {
    start: u32,
    end: u32,
    exact: String,
}

#[derive(Deserialize)]
struct ParticipantLine {
    id: String,
    #[serde(rename = "type", default)]
    actor_type: String,
    name: String,
    name_en: Option<String>,
    start: u32,
    end: u32,
}

#[derive(Deserialize)]
struct PlaceLine {
    id: Option<String>,
    name: String,
    name_en: Option<String>,
    lat: Option<f64>,
    lon: Option<f64>,
    precision: String,
    start: u32,
    end: u32,
}

#[derive(Deserialize)]
struct TimeLine {
    edtf: String,
    start: u32,
    end: u32,
}

#[derive(Deserialize)]
struct CountLine {
    min: Option<u64>,
    max: Option<u64>,
    #[serde(default)]
    approximate: bool,
    start: u32,
    end: u32,
}

#[derive(Deserialize)]
struct ShareLine {
    min: f64,
    max: f64,
    #[serde(default)]
    approximate: bool,
    start: u32,
    end: u32,
}

#[derive(Deserialize)]
struct VoiceLine {
    id: String,
    name: String,
    speaker: Option<String>,
    verb: Option<String>,
    start: u32,
    end: u32,
}

#[derive(Deserialize)]
struct MentionLine {
    document: String,
    kind: String,
    #[serde(rename = "in")]
    field: Option<String>,
    start: u32,
    end: u32,
    resolved: Option<String>,
    #[serde(default)]
    candidates: Vec<String>,
}

fn field(name: Option<&str>) -> Result<Field, String> {
    match name {
        None => Ok(Field::Text),
        Some("title") => Ok(Field::Title),
        Some(other) => Err(format!("'{other}' is no part of a document")),
    }
}

/// Converts code points back to bytes.
struct Points<'a>(OffsetIndex<'a>);

impl<'a> Points<'a> {
    fn of(report: &'a Report, field: Field) -> Self {
        Self(OffsetIndex::new(report.text(field)))
    }

    fn span(&self, start: u32, end: u32) -> Result<Span, String> {
        let byte = |point| self.0.byte_of_code_point(point);
        match (byte(start), byte(end)) {
            (Some(first), Some(last)) if first <= last => Ok(Span::new(first, last)),
            _ => Err(format!("{start} to {end} lies outside of the text")),
        }
    }
}

impl DocumentLine {
    fn report(self) -> Result<Report, String> {
        let published = self
            .published
            .map(|day| day.parse().map_err(|_| format!("published '{day}' is not a date")));
        let mut report = Report {
            document: Document {
                id: self.id,
                title: self.title,
                text: self.text,
                published: published.transpose()?,
                outlet: self.outlet,
                url: self.url,
            },
            ..Report::default()
        };
        for line in self.withheld {
            let field = field(line.field.as_deref())?;
            let span = Points::of(&report, field).span(line.start, line.end)?;
            let reason = Reason::parse(&line.reason);
            let reason = reason.ok_or_else(|| format!("'{}' is no reason", line.reason))?;
            report.withheld.push(Withheld { field, span, reason });
        }
        Ok(report)
    }
}

impl ClaimLine {
    fn claim(self, report: &Report) -> Result<Claim, String> {
        let field = field(self.field.as_deref())?;
        let points = Points::of(report, field);
        let claim_type = format!("{}/{}", self.kind, self.claim_type);
        let span = points.span(self.evidence.start, self.evidence.end)?;
        if report.words(field, span) != self.evidence.exact {
            return Err(format!("the words of '{}' are not those of the text", self.id));
        }
        let participants = |slots: Vec<ParticipantLine>| {
            slots.into_iter().map(|slot| slot.participant(&points)).collect::<Result<Vec<_>, _>>()
        };
        Ok(Claim {
            claim_type: claim_type.parse().map_err(|error| format!("{error}"))?,
            evidence: Evidence { span, field },
            agent: participants(self.agent)?,
            target: participants(self.target)?,
            place: self.place.into_iter().map(|p| p.place(&points)).collect::<Result<_, _>>()?,
            time: self.time.map(|time| time.time(&points)).transpose()?,
            count: self.count.map(|count| count.count(&points)).transpose()?,
            share: self.share.map(|share| share.share(&points)).transpose()?,
            attribution: self
                .attribution
                .into_iter()
                .map(|voice| voice.voice(&points))
                .collect::<Result<_, _>>()?,
            modality: Modality::parse(&self.modality)
                .ok_or_else(|| format!("'{}' is no modality", self.modality))?,
            id: self.id,
            document: self.document,
            sentence: self.sentence,
            confidence: self.confidence,
            rule: self.rule,
        })
    }
}

impl ParticipantLine {
    fn participant(self, points: &Points<'_>) -> Result<Participant, String> {
        let Self { id, actor_type, name, name_en, start, end } = self;
        Ok(Participant { id, actor_type, name, name_en, span: points.span(start, end)? })
    }
}

impl PlaceLine {
    fn place(self, points: &Points<'_>) -> Result<PlaceSlot, String> {
        let precision = Precision::parse(&self.precision);
        Ok(PlaceSlot {
            precision: precision.ok_or_else(|| format!("'{}' is no precision", self.precision))?,
            point: self.lat.zip(self.lon),
            span: points.span(self.start, self.end)?,
            id: self.id,
            name: self.name,
            name_en: self.name_en,
        })
    }
}

impl TimeLine {
    fn time(self, points: &Points<'_>) -> Result<TimeSlot, String> {
        let edtf = self.edtf.parse().map_err(|error| format!("{error}"))?;
        Ok(TimeSlot { edtf, span: points.span(self.start, self.end)? })
    }
}

impl CountLine {
    fn count(self, points: &Points<'_>) -> Result<CountSlot, String> {
        let count = Count::between(self.min, self.max, self.approximate);
        let count = count.ok_or("a count needs bounds that do not run backwards")?;
        Ok(CountSlot { count, span: points.span(self.start, self.end)? })
    }
}

impl ShareLine {
    fn share(self, points: &Points<'_>) -> Result<ShareSlot, String> {
        let share = Share::between(self.min, self.max, self.approximate);
        let share = share.ok_or("a share lies between 0 and 1")?;
        Ok(ShareSlot { share, span: points.span(self.start, self.end)? })
    }
}

impl VoiceLine {
    fn voice(self, points: &Points<'_>) -> Result<Attribution, String> {
        let Self { id, name, speaker, verb, start, end } = self;
        Ok(Attribution { id, name, speaker, verb, span: points.span(start, end)? })
    }
}

impl MentionLine {
    fn mention(self, report: &Report) -> Result<Mention, String> {
        let field = field(self.field.as_deref())?;
        let kind = MentionKind::ALL.iter().find(|kind| kind.as_str() == self.kind);
        Ok(Mention {
            span: Points::of(report, field).span(self.start, self.end)?,
            field,
            kind: *kind.ok_or_else(|| format!("'{}' is no kind of mention", self.kind))?,
            resolved: self.resolved,
            candidates: self.candidates,
        })
    }
}
