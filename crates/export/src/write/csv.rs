//! One claim a row, for spreadsheets, R and pandas.

use super::{Exporter, Gathered, WriteError};
use crate::claim::{chain, chain_names, date_precision, days, english, origin};
use crate::report::Indexes;
use crate::{Options, Register, Report};
use sijill_model::{Claim, Field, Participant};

/// The columns, in order.
pub(crate) const COLUMNS: [&str; 47] = [
    "id",
    "document",
    "title",
    "published",
    "outlet",
    "url",
    "sentence",
    "in",
    "kind",
    "type",
    "modality",
    "start",
    "end",
    "evidence",
    "agent_id",
    "agent_type",
    "agent",
    "agent_en",
    "target_id",
    "target_type",
    "target",
    "target_en",
    "place_id",
    "place",
    "place_en",
    "lat",
    "lon",
    "precision",
    "places_around",
    "time",
    "date_start",
    "date_end",
    "date_precision",
    "time_text",
    "count_min",
    "count_max",
    "count_approximate",
    "count_text",
    "share_min",
    "share_max",
    "share_approximate",
    "chain",
    "chain_names",
    "origin",
    "confidence",
    "rule",
    "export",
];

/// What separates several values of a cell.
const SEVERAL: &str = " | ";
/// What separates the voices of a chain, the outlet first.
const THROUGH: &str = " < ";

/// Writes claims as rows.
pub(crate) struct Csv<'a> {
    pub(crate) options: &'a Options,
    pub(crate) register: &'a dyn Register,
}

impl Exporter for Csv<'_> {
    fn begin(&mut self, out: &mut Vec<u8>) -> Result<(), WriteError> {
        rows(out, [COLUMNS.map(str::to_owned).to_vec()])
    }

    fn report(&mut self, report: &Report, out: &mut Vec<u8>) -> Result<(), WriteError> {
        let indexes = Indexes::new(report);
        let remark = self.options.remark();
        rows(
            out,
            report.claims.iter().map(|claim| {
                let mut row = head(report, claim, &indexes);
                row.extend(participants(&claim.agent));
                row.extend(participants(&claim.target));
                row.extend(place(claim));
                row.extend(time(report, claim));
                row.extend(numbers(report, claim));
                let outlet = report.document.outlet.as_deref();
                row.push(chain(claim, outlet).join(THROUGH));
                row.push(chain_names(claim, outlet, self.register).join(THROUGH));
                row.push(origin(claim, outlet).to_owned());
                row.push(two_decimals(claim.confidence));
                row.push(claim.rule.clone());
                row.push(remark.clone());
                row
            }),
        )
    }

    fn finish(&mut self, _gathered: &Gathered, _out: &mut Vec<u8>) -> Result<(), WriteError> {
        Ok(())
    }
}

/// Appends rows as RFC 4180 has them.
pub(crate) fn rows(
    out: &mut Vec<u8>,
    rows: impl IntoIterator<Item = Vec<String>>,
) -> Result<(), WriteError> {
    let fail =
        |error: &dyn std::fmt::Display| WriteError { format: "csv", message: error.to_string() };
    let mut writer = csv::Writer::from_writer(&mut *out);
    for row in rows {
        writer.write_record(&row).map_err(|error| fail(&error))?;
    }
    writer.flush().map_err(|error| fail(&error))
}

fn head(report: &Report, claim: &Claim, indexes: &Indexes<'_>) -> Vec<String> {
    let document = &report.document;
    let field = claim.evidence.field;
    let (start, end) = indexes.code_points(field, claim.evidence.span);
    let text = |value: Option<&str>| value.unwrap_or_default().to_owned();
    vec![
        claim.id.clone(),
        document.id.clone(),
        text(document.title.as_deref()),
        document.published.map(|day| day.to_string()).unwrap_or_default(),
        text(document.outlet.as_deref()),
        text(document.url.as_deref()),
        claim.sentence.to_string(),
        if field == Field::Title { "title" } else { "text" }.to_owned(),
        claim.claim_type.kind().as_str().to_owned(),
        claim.claim_type.as_str().to_owned(),
        claim.modality.as_str().to_owned(),
        start.to_string(),
        end.to_string(),
        report.words(field, claim.evidence.span).to_owned(),
    ]
}

fn participants(slots: &[Participant]) -> [String; 4] {
    let joined =
        |value: fn(&Participant) -> &str| slots.iter().map(value).collect::<Vec<_>>().join(SEVERAL);
    [
        joined(|slot| &slot.id),
        joined(|slot| &slot.actor_type),
        joined(|slot| &slot.name),
        joined(english),
    ]
}

fn place(claim: &Claim) -> [String; 7] {
    let Some((place, around)) = claim.place.split_first() else {
        return Default::default();
    };
    let degree = |value: Option<f64>| value.map(five_decimals).unwrap_or_default();
    let around: Vec<&str> = around.iter().map(|place| place.name.as_str()).collect();
    [
        place.id.clone().unwrap_or_default(),
        place.name.clone(),
        place.name_en.clone().unwrap_or_default(),
        degree(place.point.map(|point| point.0)),
        degree(place.point.map(|point| point.1)),
        place.precision.as_str().to_owned(),
        around.join(SEVERAL),
    ]
}

fn time(report: &Report, claim: &Claim) -> [String; 5] {
    let Some(time) = claim.time else { return Default::default() };
    let (first, last) = days(time.edtf);
    [
        time.edtf.to_string(),
        first.unwrap_or_default(),
        last.unwrap_or_default(),
        date_precision(time.edtf).to_string(),
        report.words(claim.evidence.field, time.span).to_owned(),
    ]
}

fn numbers(report: &Report, claim: &Claim) -> Vec<String> {
    let number = |value: Option<u64>| value.map(|n| n.to_string()).unwrap_or_default();
    let mut cells = vec![String::new(); 7];
    if let Some(slot) = claim.count {
        cells[0] = number(slot.count.min());
        cells[1] = number(slot.count.max());
        cells[2] = slot.count.approximate.to_string();
        cells[3] = report.words(claim.evidence.field, slot.span).to_owned();
    }
    if let Some(slot) = claim.share {
        cells[4] = four_decimals(slot.share.min());
        cells[5] = four_decimals(slot.share.max());
        cells[6] = slot.share.approximate.to_string();
    }
    cells
}

fn rounded(value: f64, decimals: i32) -> String {
    let scale = 10_f64.powi(decimals);
    ((value * scale).round() / scale + 0.0).to_string()
}

fn two_decimals(value: f64) -> String {
    rounded(value, 2)
}

fn four_decimals(value: f64) -> String {
    rounded(value, 4)
}

fn five_decimals(value: f64) -> String {
    rounded(value, 5)
}
