//! The Python package: built into an environment of its own below `target`, and tested there.

use crate::process::{build_cli, cargo, output, root, run, target};
use anyhow::{Context as _, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const PACKAGE: &str = "sijill-python";

/// Lints the crate and what only it switches on, builds the package and runs its tests.
pub(crate) fn check() -> anyhow::Result<String> {
    let features = ["--package", PACKAGE, "--package", "sijill-io"];
    let columnar = ["--features", "sijill-io/columnar"];
    let lint = [&["clippy", "--quiet"][..], &features, &columnar, &["--", "--deny", "warnings"]];
    run(&mut cargo(&lint.concat()))?;
    let test = ["test", "--quiet", "--package", "sijill-io", "--features", "columnar", "--lib"];
    output(&mut cargo(&test))?;
    let cli = build_cli("dev")?;
    let environment = built("dev")?;
    let package = root().join("crates/python");
    let mut tests = tool(&environment, "python");
    tests.args(["-m", "pytest", "--quiet"]).env("SIJILL", cli).current_dir(&package);
    let said = output(&mut tests)?;
    Ok(said.lines().last().unwrap_or_default().to_owned())
}

/// Builds the package in a profile into the environment of its tests.
pub(crate) fn built(profile: &str) -> anyhow::Result<PathBuf> {
    let package = root().join("crates/python");
    let environment = environment("python", &package.join("requirements.txt"))?;
    let maturin = ["develop", "--quiet", "--profile", profile];
    output(tool(&environment, "maturin").args(maturin).current_dir(&package))?;
    Ok(environment)
}

/// Makes an environment of tests, or brings it up to date.
pub(crate) fn environment(name: &str, requirements: &Path) -> anyhow::Result<PathBuf> {
    let folder = target().join(name);
    let wanted = fs::read_to_string(requirements);
    let wanted = wanted.with_context(|| format!("{}", requirements.display()))?;
    let installed = folder.join("installed.txt");
    if fs::read_to_string(&installed).is_ok_and(|installed| installed == wanted) {
        return Ok(folder);
    }
    let hint = "the Python tests need python3, 3.10 or later, with its module venv";
    run(Command::new("python3").args(["-m", "venv"]).arg(&folder)).context(hint)?;
    let mut install = tool(&folder, "python");
    install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"]);
    run(install.arg(requirements))?;
    fs::write(&installed, wanted)?;
    Ok(folder)
}

/// Installs what Spark runs on, where a package manager can be asked for it.
pub(crate) fn install_java() -> anyhow::Result<()> {
    if output(Command::new("java").arg("-version")).is_ok() {
        return Ok(());
    }
    let install = ["install", "--yes", "--no-install-recommends", "default-jre-headless"];
    if run(Command::new("apt-get").args(install)).is_err() {
        bail!("the Spark tests need Java 17 or later; install it and try again");
    }
    Ok(())
}

/// Makes a command of a program of the environment, as if it were activated.
pub(crate) fn tool(environment: &Path, name: &str) -> Command {
    let mut command = Command::new(environment.join("bin").join(name));
    command.env("VIRTUAL_ENV", environment);
    command
}
