//! `cargo xtask check` and `cargo xtask test`: what must hold before a change is taken.

use crate::process::{cargo, output, run as run_command};
use crate::{description, python, readers, tidy, web};
use anyhow::{Context as _, bail};
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::time::Instant;

/// What can be typed after `check`.
#[derive(Debug, clap::Args)]
pub(crate) struct Check {
    /// The steps to run [default: all]
    #[arg(value_parser = STEPS.map(|step| step.name))]
    steps: Vec<String>,
}

/// One thing that must hold; it says what it found in a few words.
struct Step {
    name: &'static str,
    run: fn() -> anyhow::Result<String>,
}

/// The list that continuous integration runs.
const STEPS: [Step; 9] = [
    Step { name: "format", run: format },
    Step { name: "tidy", run: tidy },
    Step { name: "lint", run: lint },
    Step { name: "docs", run: docs },
    Step { name: "tests", run: tests },
    Step { name: "description", run: description::check },
    Step { name: "readers", run: readers::check },
    Step { name: "python", run: python::check },
    Step { name: "web", run: web::check },
];

/// Everything but the Python package, which is heavy and has a step of its own.
const RUST: [&str; 3] = ["--workspace", "--exclude", "sijill-python"];

/// Runs the steps that are named.
pub(crate) fn run(args: &Check) -> anyhow::Result<()> {
    let is_wanted =
        |step: &&Step| args.steps.is_empty() || args.steps.iter().any(|name| name == step.name);
    run_steps(STEPS.iter().filter(is_wanted))
}

/// Installs what is missing and runs every step.
pub(crate) fn test() -> anyhow::Result<()> {
    install()?;
    python::install_java()?;
    web::install()?;
    run_steps(STEPS.iter())
}

/// Runs each step, also after one has failed, and sums up.
fn run_steps<'a>(steps: impl Iterator<Item = &'a Step>) -> anyhow::Result<()> {
    let mut lines = Vec::new();
    let mut failed = Vec::new();
    for step in steps {
        println!("── {}", step.name);
        let start = Instant::now();
        let outcome = (step.run)();
        let seconds = start.elapsed().as_secs();
        match outcome {
            Ok(found) => lines.push(format!("   {:8} {seconds:4} s  {found}", step.name)),
            Err(error) => {
                lines.push(format!("✗  {:8} {seconds:4} s  {error:#}", step.name));
                failed.push(step.name);
            }
        }
    }
    println!("──\n{}", lines.join("\n"));
    if !failed.is_empty() {
        bail!("failed: {}", failed.join(", "));
    }
    Ok(())
}

/// Adds the components of the toolchain that a minimal installation lacks.
fn install() -> anyhow::Result<()> {
    for (subcommand, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        if output(&mut cargo(&[subcommand, "--version"])).is_err() {
            run_command(Command::new("rustup").args(["component", "add", component]))
                .with_context(|| format!("'cargo {subcommand}' is missing; install {component}"))?;
        }
    }
    Ok(())
}

fn format() -> anyhow::Result<String> {
    run_command(&mut cargo(&["fmt", "--all", "--check"]))?;
    Ok("formatted".to_owned())
}

fn tidy() -> anyhow::Result<String> {
    tidy::run()?;
    Ok("tidy".to_owned())
}

fn lint() -> anyhow::Result<String> {
    let (build, deny) = (["clippy", "--quiet", "--all-targets"], ["--", "--deny", "warnings"]);
    run_command(&mut cargo(&[&build[..], &RUST, &deny].concat()))?;
    Ok("no warnings".to_owned())
}

fn docs() -> anyhow::Result<String> {
    let mut command = cargo(&[&["doc", "--quiet", "--no-deps"][..], &RUST].concat());
    run_command(command.env("RUSTDOCFLAGS", "--deny warnings"))?;
    Ok("no warnings".to_owned())
}

/// Runs unit, property, suite, snapshot and command-line tests; shows what fails and only that.
fn tests() -> anyhow::Result<String> {
    let mut command = cargo(&[&["test", "--quiet", "--no-fail-fast"][..], &RUST].concat());
    let mut child = command.stdout(Stdio::piped()).spawn().context("cannot start cargo")?;
    let stdout = child.stdout.take().context("cargo has no output")?;
    let (mut counts, mut shown) = ([0_u64; 3], Vec::new());
    for line in BufReader::new(stdout).lines() {
        let line = line?;
        let Some(result) = line.strip_prefix("test result: ") else {
            shown.push(line);
            continue;
        };
        for (count, what) in counts.iter_mut().zip(["passed", "failed", "ignored"]) {
            *count += number_before(result, what);
        }
        if !result.starts_with("ok") {
            println!("{}\n{line}", shown.join("\n"));
        }
        shown.clear();
    }
    let status = child.wait()?;
    let [passed, failed, ignored] = counts;
    let found = format!("{passed} tests passed, {failed} failed, {ignored} ignored");
    if !status.success() {
        // Without a result, the tests did not build: cargo has said why.
        bail!("{found}{}", if failed == 0 { "; not all tests could be built and run" } else { "" });
    }
    Ok(found)
}

fn number_before(result: &str, what: &str) -> u64 {
    let words: Vec<&str> = result.split([' ', ';']).collect();
    let at = words.iter().position(|&word| word == what);
    at.and_then(|at| words[at.checked_sub(1)?].parse().ok()).unwrap_or_default()
}
