//! What the samples say together, as the program tells it.

use super::show::Lines;
use crate::process::output;
use std::path::Path;
use std::process::Command;

/// Corroborates a case and writes what was found: what contradicts what, who holds the places, and
/// one happening with every figure side by side.
pub(super) fn write(lines: &mut Lines, program: &Path, case: &Path) -> anyhow::Result<()> {
    let sijill = |command: &str, more: &[&str]| {
        output(Command::new(program).arg(command).arg(case).args(more))
    };
    sijill("corroborate", &["--quiet", "--by", "demo"])?;
    lines.heading("Which claims cannot both be true, and which replace one another");
    lines.add(sijill("contradictions", &["--format", "table"])?);
    lines.heading("Who held which place on 30 September 2017, as it was known in October");
    let days = ["--as-of", "2017-09-30", "--known-on", "2017-10-31"];
    lines.add(sijill("control", &days)?);
    lines.heading("The happening that is told most differently");
    lines.add(sijill("incident", &[])?);
    Ok(())
}
