//! `cargo xtask bench web`: how quick the interface is over a large case, in a browser.

use crate::process::{build_cli, output, root};
use crate::web;
use anyhow::Context as _;
use serde_json::Value;
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// How many bytes the long report has, at least.
const LONG: usize = 200_000;

/// What can be typed after `bench web`.
#[derive(Debug, clap::Args)]
pub(crate) struct Web {
    /// The case, made with `sijill case new` and `sijill ingest`
    #[arg(long, value_name = "FILE")]
    case: PathBuf,
    /// Open every screen over a copy of the case too: accessible, by keyboard, asking nobody else
    #[arg(long)]
    screens: bool,
    /// Add the figures to benches/record/interface.md
    #[arg(long)]
    record: bool,
    /// What the machine is called in the record
    #[arg(long, default_value = "")]
    machine: String,
}

/// Runs the command.
pub(crate) fn run(args: &Web) -> anyhow::Result<()> {
    web::build()?;
    let program = build_cli("release")?;
    let long = web::case_of(&program, "long", &[long_report()?])?;
    let mut served = web::serve(&program, &args.case, "0")?;
    let mut report = web::serve(&program, &long, "0")?;
    let mut bench = Command::new("node");
    bench.arg("tests/bench.mjs").args([&served.address, &report.address]);
    let said = output(bench.current_dir(root().join("web")));
    report.end();
    let screens = match args.screens {
        true => Some(looked(&args.case, &program)),
        false => None,
    };
    served.end();
    let said = said?;
    let mut found: Value =
        serde_json::from_str(said.trim()).context("the benchmark says no JSON")?;
    found["screens"] = screens.transpose()?.unwrap_or_default();
    println!("{}", serde_json::to_string_pretty(&found)?);
    if args.record { record(&found, &args.machine) } else { Ok(()) }
}

/// Opens every screen over a copy of the case, since some of them decide on claims.
fn looked(case: &Path, program: &Path) -> anyhow::Result<Value> {
    let copy = web::folder_of_cases()?.join("large.sijill");
    for end in ["-wal", "-shm"] {
        let mut path = copy.clone().into_os_string();
        path.push(end);
        if fs::exists(&path)? {
            fs::remove_file(&path)?;
        }
    }
    fs::copy(case, &copy).with_context(|| format!("cannot copy {}", case.display()))?;
    let mut served = web::serve(program, &copy, "0")?;
    let mut look = Command::new("node");
    look.arg("tests/large.mjs").arg(&served.address);
    let said = output(look.current_dir(root().join("web")));
    served.end();
    serde_json::from_str(said?.trim()).context("the look at the screens says no JSON")
}

/// Makes one long report of the samples, as often as it takes.
fn long_report() -> anyhow::Result<PathBuf> {
    let mut names: Vec<PathBuf> = fs::read_dir(root().join("samples"))?
        .map(|entry| Ok(entry?.path()))
        .collect::<anyhow::Result<_>>()?;
    names.retain(|path| path.extension().is_some_and(|end| end == "txt"));
    names.sort();
    let mut text = String::new();
    for path in names.iter().cycle() {
        if text.len() >= LONG {
            break;
        }
        text.push_str(fs::read_to_string(path)?.trim());
        text.push_str("\n\n");
    }
    let path = web::folder_of_cases()?.join("long-report.txt");
    fs::write(&path, text)?;
    Ok(path)
}

/// Adds a row to the record.
fn record(found: &Value, machine: &str) -> anyhow::Result<()> {
    let path = root().join("benches/record/interface.md");
    let number = |path: &str| found.pointer(path).and_then(Value::as_f64).unwrap_or_default();
    let seconds = |what: &str| number(&format!("/{what}/middle")) / 1000.0;
    let times = |what: &str| number(&format!("/{what}/middle")) / number("/nothing/middle");
    let row = format!(
        "| {} | {} | {machine} | {} | {:.2} (×{:.1}) | {} (×{:.1}), {} | {}: {:.2} (×{:.1}) | {} kB, {}: {:.2} (×{:.1}) |\n",
        said(Command::new("date").arg("+%F"))?,
        said(Command::new("git").args(["rev-parse", "--short", "HEAD"]).current_dir(root()))?,
        number("/documents"),
        seconds("first"),
        times("first"),
        number("/readers/p95"),
        number("/readers/p95") / number("/emptyReaders/p95"),
        number("/readers/first/p95"),
        number("/points"),
        seconds("map"),
        times("map"),
        (number("/long/bytes") / 1000.0).round(),
        number("/long/spans"),
        seconds("reader"),
        times("reader"),
    );
    append(&path, &row)
}

fn said(command: &mut Command) -> anyhow::Result<String> {
    Ok(output(command)?.trim().to_owned())
}

fn append(path: &Path, row: &str) -> anyhow::Result<()> {
    let mut file = OpenOptions::new().append(true).open(path)?;
    Ok(file.write_all(row.as_bytes())?)
}
