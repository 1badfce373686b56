//! Timesketch: one claim a row on a line of time.

use super::csv::rows;
use super::{Exporter, Gathered, WriteError};
use crate::claim::{chain_names, english, place};
use crate::{Options, Register, Report};
use sijill_model::{Claim, Date};

/// The columns; the first three are those that Timesketch asks for.
const COLUMNS: [&str; 14] = [
    "message",
    "datetime",
    "timestamp_desc",
    "claim_id",
    "type",
    "modality",
    "agent",
    "target",
    "place",
    "edtf",
    "chain",
    "document",
    "url",
    "export",
];

/// Writes claims as events of a timeline.
pub(crate) struct Timesketch<'a> {
    pub(crate) options: &'a Options,
    pub(crate) register: &'a dyn Register,
}

impl Exporter for Timesketch<'_> {
    fn begin(&mut self, out: &mut Vec<u8>) -> Result<(), WriteError> {
        rows(out, [COLUMNS.map(str::to_owned).to_vec()])
    }

    fn report(&mut self, report: &Report, out: &mut Vec<u8>) -> Result<(), WriteError> {
        rows(out, report.claims.iter().filter_map(|claim| self.row(report, claim)))
    }

    fn finish(&mut self, _gathered: &Gathered, _out: &mut Vec<u8>) -> Result<(), WriteError> {
        Ok(())
    }
}

impl Timesketch<'_> {
    /// `None` of a claim without any day.
    fn row(&self, report: &Report, claim: &Claim) -> Option<Vec<String>> {
        let told = claim.time.and_then(|slot| slot.edtf.start().first());
        let (day, description): (Date, &str) = match (told, report.document.published) {
            (Some(day), _) => (day, "Claimed Time"),
            (None, Some(day)) => (day, "Published Time"),
            (None, None) => return None,
        };
        let outlet = report.document.outlet.as_deref();
        let chain = chain_names(claim, outlet, self.register).join(" < ");
        let words = report.words(claim.evidence.field, claim.evidence.span);
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let names = |slots: &[sijill_model::Participant]| {
            slots.iter().map(english).collect::<Vec<_>>().join("; ")
        };
        let place = place(claim).map(|slot| slot.name_en.as_deref().unwrap_or(&slot.name));
        Some(vec![
            format!("{} ({}): {words} — {chain}", claim.claim_type, claim.modality.as_str()),
            format!("{day}T00:00:00+00:00"),
            description.to_owned(),
            claim.id.clone(),
            claim.claim_type.to_string(),
            claim.modality.as_str().to_owned(),
            names(&claim.agent),
            names(&claim.target),
            place.unwrap_or_default().to_owned(),
            claim.time.map(|slot| slot.edtf.to_string()).unwrap_or_default(),
            chain,
            report.document.id.clone(),
            report.document.url.clone().unwrap_or_default(),
            self.options.remark(),
        ])
    }
}
