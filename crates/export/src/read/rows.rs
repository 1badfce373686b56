//! Rows of a table that others coded, as documents whose text is the row.

use super::ReadError;
use super::identity::identify;
use crate::{Register, Report};
use sijill_model::{
    Attribution, Claim, ClaimType, Count, CountSlot, Date, Document, Edtf, EdtfDate, Evidence,
    Field, Modality, Participant, PlaceSlot, Precision, Span, TimeSlot,
};

/// A row as a document: each cell that is not empty has a line, and so a span.
pub(super) struct Row<'a> {
    columns: &'a [String],
    cells: Vec<String>,
    spans: Vec<Span>,
    text: String,
}

impl<'a> Row<'a> {
    fn new(columns: &'a [String], record: &csv::StringRecord) -> Self {
        let cells: Vec<String> = record.iter().map(|cell| cell.trim().to_owned()).collect();
        let (mut text, mut spans) = (String::new(), Vec::new());
        for (column, cell) in columns.iter().zip(&cells) {
            if cell.is_empty() {
                spans.push(Span::new(0, 0));
                continue;
            }
            text.push_str(column);
            text.push_str(": ");
            let start = text.len() as u32;
            text.push_str(cell);
            spans.push(Span::new(start, text.len() as u32));
            text.push('\n');
        }
        Self { columns, cells, spans, text }
    }

    /// A cell that is not empty, with its place in the text.
    pub(super) fn cell(&self, column: &str) -> Option<(&str, Span)> {
        let at = self.columns.iter().position(|name| name == column)?;
        let cell = self.cells.get(at).filter(|cell| !cell.is_empty())?;
        Some((cell, self.spans[at]))
    }

    pub(super) fn number(&self, column: &str) -> Result<Option<(u64, Span)>, String> {
        let Some((cell, span)) = self.cell(column) else { return Ok(None) };
        let number = cell.parse().map_err(|_| format!("{column} '{cell}' is no whole number"));
        Ok(Some((number?, span)))
    }

    /// A day, also at the head of a time.
    pub(super) fn day(&self, column: &str) -> Result<Option<(Date, Span)>, String> {
        let Some((cell, span)) = self.cell(column) else { return Ok(None) };
        let day = sijill_io::read::date(cell);
        let day = day.ok_or_else(|| format!("{column} '{cell}' is no date such as 2017-10-18"));
        Ok(Some((day?, span)))
    }

    /// Makes the document, published on a day by whoever coded it.
    pub(super) fn document(&self, id: &str, outlet: &str, published: Option<Date>) -> Document {
        Document {
            id: format!("{outlet}:{id}"),
            text: self.text.clone(),
            published,
            outlet: Some(outlet.to_owned()),
            ..Document::default()
        }
    }

    /// An actor by its English name; the tables may know it.
    pub(super) fn actor(
        &self,
        column: &str,
        default_type: &str,
        register: &dyn Register,
    ) -> Option<Participant> {
        let (name, span) = self.cell(column)?;
        let known = register.named(name);
        let id = known.as_ref().map(|(id, _)| id.clone());
        let party = known.map(|(_, party)| party);
        Some(Participant {
            id: id.unwrap_or_else(|| format!("unlisted:{}", sijill_text::fold::folded(name))),
            actor_type: party.as_ref().map_or(default_type, |party| &party.kind).to_owned(),
            name: party.map_or_else(|| name.to_owned(), |party| party.name),
            name_en: Some(name.to_owned()),
            span,
        })
    }

    /// Where, by name and degrees.
    pub(super) fn place(
        &self,
        name: &str,
        precision: Precision,
    ) -> Result<Option<PlaceSlot>, String> {
        let Some((name, span)) = self.cell(name) else { return Ok(None) };
        let degree = |column: &str, most: f64| {
            let Some((cell, _)) = self.cell(column) else { return Ok(None) };
            let value: Option<f64> = cell.parse().ok().filter(|value: &f64| value.abs() <= most);
            value.map(Some).ok_or_else(|| format!("{column} '{cell}' is no degree"))
        };
        let point = degree("latitude", 90.0)?.zip(degree("longitude", 180.0)?);
        let (id, name_en) = (None, Some(name.to_owned()));
        Ok(Some(PlaceSlot { id, name: name.to_owned(), name_en, point, precision, span }))
    }

    /// Who is named as the source, if it is one.
    pub(super) fn source(&self, column: &str) -> Vec<Attribution> {
        let Some((name, span)) = self.cell(column) else { return Vec::new() };
        // Several sources are no chain: which of them told what is not known.
        if name.contains([';', '|']) || name.contains("///") {
            return Vec::new();
        }
        let id = format!("unlisted:{}", sijill_text::fold::folded(name));
        vec![Attribution { id, name: name.to_owned(), speaker: None, verb: None, span }]
    }
}

/// What a coder says of an event, before it becomes claims.
pub(super) struct Event {
    pub(super) agent: Vec<Participant>,
    pub(super) target: Vec<Participant>,
    pub(super) place: Option<PlaceSlot>,
    pub(super) time: Option<TimeSlot>,
    pub(super) attribution: Vec<Attribution>,
    pub(super) rule: &'static str,
}

impl Event {
    /// Makes a claim with these words as its evidence.
    pub(super) fn claim(
        &self,
        document: &Document,
        claim_type: ClaimType,
        evidence: Span,
        count: Option<CountSlot>,
    ) -> Claim {
        let mut claim = Claim {
            id: String::new(),
            document: document.id.clone(),
            sentence: 0,
            claim_type,
            evidence: Evidence { span: evidence, field: Field::Text },
            agent: self.agent.clone(),
            target: self.target.clone(),
            place: self.place.clone().into_iter().collect(),
            time: self.time,
            count,
            share: None,
            attribution: self.attribution.clone(),
            modality: Modality::Asserted,
            confidence: 1.0,
            rule: self.rule.to_owned(),
        };
        claim.id = identify(&claim);
        claim
    }

    /// Makes a toll of so many killed; none of nobody.
    pub(super) fn killed(
        &self,
        document: &Document,
        (low, high): (u64, u64),
        span: Span,
        target: Vec<Participant>,
    ) -> Option<Claim> {
        let count = Count::between(Some(low), Some(high), false).filter(|_| 0 < high)?;
        let toll = Self {
            agent: Vec::new(),
            target,
            place: self.place.clone(),
            time: self.time,
            attribution: self.attribution.clone(),
            rule: self.rule,
        };
        Some(toll.claim(document, ClaimType::Killed, span, Some(CountSlot { count, span })))
    }
}

/// A day, or the month it stands for.
pub(super) fn month(day: Date) -> Edtf {
    Edtf::date(EdtfDate::Month(day.year(), day.month()))
}

/// Reads a table; `expected` are its columns where the first row is no header.
pub(super) fn read(
    bytes: &[u8],
    expected: &[&str],
    mut each: impl FnMut(&Row<'_>) -> Result<Report, String>,
) -> (Vec<Report>, Vec<ReadError>) {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
    let (mut columns, mut reports, mut errors) = (Vec::new(), Vec::new(), Vec::new());
    for record in reader.records() {
        let line = |record: &csv::StringRecord| {
            record.position().map_or(0, |at| usize::try_from(at.line()).unwrap_or_default())
        };
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(0, |at| at.line() as usize);
                errors.push(ReadError { line, message: error.to_string() });
                continue;
            }
        };
        if columns.is_empty() {
            let is_header = record.iter().any(|cell| expected.contains(&cell.trim()));
            if is_header {
                columns = record.iter().map(|cell| cell.trim().to_owned()).collect();
                continue;
            }
            columns = expected.iter().map(|&name| name.to_owned()).collect();
        }
        if record.len() != columns.len() {
            let message = format!("{} cells where the table has {}", record.len(), columns.len());
            errors.push(ReadError { line: line(&record), message });
            continue;
        }
        match each(&Row::new(&columns, &record)) {
            Ok(report) => reports.push(report),
            Err(message) => errors.push(ReadError { line: line(&record), message }),
        }
    }
    (reports, errors)
}
