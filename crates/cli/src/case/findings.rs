//! `sijill incidents`, `contradictions` and `control`: what was found in a case, without finding it
//! anew.

mod control;
mod records;

use super::query::wanted;
use super::{open, told};
use crate::Outcome;
use crate::args::findings::{About, Contradictions, Control, Incidents, Relation, View};
use crate::args::query::Wanted;
use crate::args::{Color, Knowledge};
use anyhow::bail;
use sijill_store::{Case, Filter, Freshness};
use std::io::{self, Write as _};
use std::path::Path;

pub(crate) use records::Records;
pub(super) use records::{head, notes, number, rank, text};

/// Writes what was found in a case.
pub(crate) fn incidents(path: &Path, args: &Incidents, color: Color) -> anyhow::Result<Outcome> {
    let sorts: &[&str] = match args.view {
        View::Incidents => &["incident"],
        View::Contradictions => &["contradiction", "revision"],
        View::Origins => &["origins"],
        View::Copies => &["copy"],
        View::Control => &["control"],
        View::Compared => bail!(
            "a case does not keep which reports were compared\n  hint: give the reports themselves"
        ),
    };
    if args.view == View::Copies && !args.wanted.is_all() {
        bail!("a copied passage is about no claim\n  hint: leave the filters out");
    }
    let case = checked(path)?;
    let filter = filter(&case, path, &args.wanted, &args.knowledge)?;
    let mut records = Records::new(args.view, args.format, color);
    each(&case, path, sorts, filter.as_ref(), &mut |record| records.add(record))?;
    records.finish()
}

/// Runs `sijill contradictions`.
pub(crate) fn contradictions(args: &Contradictions, color: Color) -> anyhow::Result<Outcome> {
    let sorts: &[&str] = match args.only {
        None => &["contradiction", "revision"],
        Some(Relation::Contradiction) => &["contradiction"],
        Some(Relation::Revision) => &["revision"],
    };
    let case = checked(&args.case)?;
    let filter = filter(&case, &args.case, &args.wanted, &args.knowledge)?;
    let mut records = Records::new(View::Contradictions, args.format, color);
    let about: Vec<&str> = args.about.iter().map(|about| about.as_str()).collect();
    each(&case, &args.case, sorts, filter.as_ref(), &mut |record| {
        let passes = about.is_empty() || {
            let record: serde_json::Value = serde_json::from_str(record)?;
            about.iter().any(|about| record["type"] == *about)
        };
        if passes { records.add(record) } else { Ok(()) }
    })?;
    records.finish()
}

/// Runs `sijill control`.
pub(crate) fn control(args: &Control, color: Color) -> anyhow::Result<Outcome> {
    let case = checked(&args.case)?;
    let filter = filter(&case, &args.case, &args.wanted, &args.knowledge)?;
    let mut records = Records::new(View::Control, args.format, color);
    if args.as_of.is_none() && args.known_on.is_none() {
        each(&case, &args.case, &["control"], filter.as_ref(), &mut |record| records.add(record))?;
        return records.finish();
    }
    let mut last = control::LastWords::new(args.as_of, args.known_on);
    each(&case, &args.case, &["control"], filter.as_ref(), &mut |record| last.hear(record))?;
    last.records().try_for_each(|record| records.add(record))?;
    records.finish()
}

impl About {
    fn as_str(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Status => "status",
            Self::Actor => "actor",
            Self::Date => "date",
            Self::Control => "control",
            Self::Denial => "denial",
        }
    }
}

/// Hands every record of these sorts to `each`.
pub(super) fn each(
    case: &Case,
    path: &Path,
    sorts: &[&str],
    filter: Option<&Filter>,
    each: &mut dyn FnMut(&str) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let mut outcome = Ok(());
    for sort in sorts {
        let next = |record: &str| {
            outcome = each(record);
            outcome.is_ok()
        };
        case.findings(sort, filter, next).map_err(|error| told(path, &error))?;
    }
    outcome
}

fn filter(
    case: &Case,
    path: &Path,
    args: &Wanted,
    knowledge: &Knowledge,
) -> anyhow::Result<Option<Filter>> {
    if args.is_all() { Ok(None) } else { wanted(case, path, args, knowledge).map(Some) }
}

/// Opens a case; says so if nothing was found yet, or if what was found is out of date.
pub(super) fn checked(path: &Path) -> anyhow::Result<Case> {
    let case = open(path)?;
    match case.freshness().map_err(|error| told(path, &error))? {
        Freshness::Fresh => {}
        Freshness::Stale => writeln!(
            io::stderr().lock(),
            "warning: {}: documents, reviews or judgements came since\n  hint: run 'sijill corroborate {}' \
             again",
            path.display(),
            path.display()
        )?,
        Freshness::Never => bail!(
            "{}: its claims were not laid side by side yet\n  hint: run 'sijill corroborate {}'",
            path.display(),
            path.display()
        ),
    }
    Ok(case)
}
