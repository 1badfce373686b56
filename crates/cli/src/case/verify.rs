//! `sijill verify`: is everything in the case as it was written?

use super::told;
use crate::Outcome;
use crate::args::Color;
use crate::args::case::Verify;
use crate::style::{ERROR, GOOD, Paint};
use sijill_io::write::isolate;
use sijill_store::{Access, Case, Error, Verification};
use std::io::{self, Write as _};

/// Runs the command.
pub(crate) fn run(args: &Verify, color: Color) -> anyhow::Result<Outcome> {
    let mut out = io::stdout().lock();
    let paint = Paint::new(color, &out);
    let case = match Case::open(&args.case, Access::Read) {
        // A file that was cut off is a finding, not a failure of the check.
        Err(Error::Damaged(problem)) => {
            writeln!(out, "{} file: {problem}", paint.paint(ERROR, "wrong:"))?;
            return Ok(Outcome::SomeFailed);
        }
        outcome => outcome.map_err(|error| told(&args.case, &error))?,
    };
    let head = args.head.as_deref().map(str::to_ascii_lowercase);
    let found = case.verify(head.as_deref()).map_err(|error| told(&args.case, &error))?;
    for fault in &found.faults {
        let record = isolate(&fault.record);
        writeln!(out, "{} {record}: {}", paint.paint(ERROR, "wrong:"), isolate(&fault.problem))?;
    }
    let Verification { entries, items, blobs, bytes, readings, claims, head, .. } = &found;
    writeln!(
        out,
        "checked {entries} log entries, {items} items, {blobs} originals and texts of {bytes} \
         bytes, {readings} readings with {claims} claims"
    )?;
    writeln!(out, "head {head}")?;
    if found.faults.is_empty() {
        writeln!(out, "{}", paint.paint(GOOD, "all is as it was written"))?;
        return Ok(Outcome::Done);
    }
    Ok(Outcome::SomeFailed)
}
