//! The field's own readers read back what is exported, in an environment of their own.

use crate::process::{build_cli, output, root};
use crate::python;

/// Exports the samples in every format and reads them with the libraries of those who use them.
pub(crate) fn check() -> anyhow::Result<String> {
    let cli = build_cli("dev")?;
    let tests = root().join("crates/export/tests/readers");
    let environment = python::environment("readers", &tests.join("requirements.txt"))?;
    let mut run = python::tool(&environment, "python");
    run.args(["-m", "pytest", "--quiet", "-p", "no:cacheprovider", "--tb=short"]);
    let said =
        output(run.env("SIJILL", cli).env("PYTHONDONTWRITEBYTECODE", "1").current_dir(&tests))?;
    Ok(said.lines().last().unwrap_or_default().to_owned())
}
