//! `sijill incidents CASE`: what was found in a case, without finding it anew.

use super::{open, told};
use crate::Outcome;
use crate::args::{Color, Format, View};
use crate::style::{FAINT, HEADING, Paint};
use anyhow::{Context as _, bail};
use serde_json::Value;
use sijill_io::write::isolate;
use sijill_store::{Case, Freshness};
use std::io::{self, Write};
use std::path::Path;

/// Writes what was found in a case.
pub(crate) fn incidents(
    path: &Path,
    view: View,
    format: Format,
    color: Color,
) -> anyhow::Result<Outcome> {
    let sorts: &[&str] = match view {
        View::Incidents => &["incident"],
        View::Contradictions => &["contradiction", "revision"],
        View::Origins => &["origins"],
        View::Copies => &["copy"],
        View::Control => &["control"],
        View::Compared => bail!(
            "a case does not keep which reports were compared\n  hint: give the reports themselves"
        ),
    };
    let case = open(path)?;
    check(&case, path)?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    let paint = Paint::new(color, &io::stdout());
    let mut written = Ok(());
    let mut each = |record: &str| {
        written = match format {
            Format::Table if view == View::Incidents => match serde_json::from_str(record) {
                Ok(record) => incident(&mut out, paint, &record),
                Err(_) => Ok(()),
            },
            _ => writeln!(out, "{record}"),
        };
        written.is_ok()
    };
    for sort in sorts {
        case.findings(sort, None, &mut each).map_err(|error| told(path, &error))?;
    }
    written.and_then(|()| out.flush()).context("the output cannot be written")?;
    Ok(Outcome::Done)
}

/// Says so if nothing was found yet, or if what was found is out of date.
fn check(case: &Case, path: &Path) -> anyhow::Result<()> {
    match case.freshness().map_err(|error| told(path, &error))? {
        Freshness::Fresh => {}
        Freshness::Stale => writeln!(
            io::stderr().lock(),
            "warning: {}: documents or judgements came since\n  hint: run 'sijill corroborate {}' \
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
    Ok(())
}

/// Shows an incident: every figure with its origin and document.
fn incident(out: &mut impl Write, paint: Paint, record: &Value) -> io::Result<()> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let head = format!("{}/{}", text(&record["kind"]), text(&record["type"]));
    let (place, time) = (text(&record["place"]["name"]), text(&record["time"]));
    let about =
        format!("{}  origins: {}", text(&record["id"]), text(&record["independent_origins"]));
    let head = paint.paint(HEADING, head);
    writeln!(out, "{head}  {}  {time}  {}", isolate(&place), paint.paint(FAINT, about))?;
    for figure in record["figures"].as_array().into_iter().flatten() {
        let number = match (figure["min"].as_u64(), figure["max"].as_u64()) {
            (Some(min), Some(max)) if min == max => min.to_string(),
            (Some(min), Some(max)) => format!("{min}–{max}"),
            (Some(min), None) => format!("≥{min}"),
            (None, Some(max)) => format!("≤{max}"),
            (None, None) => String::new(),
        };
        let told = format!("{} in {}", text(&figure["origin"]), text(&figure["document"]));
        let what = text(&figure["type"]);
        writeln!(out, "  {what:9} {number:>9}  {}", paint.paint(FAINT, told))?;
    }
    let documents = record["documents"].as_array().into_iter().flatten();
    let documents = documents.map(text).collect::<Vec<_>>().join(" ");
    writeln!(out, "  {}", paint.paint(FAINT, documents))
}
