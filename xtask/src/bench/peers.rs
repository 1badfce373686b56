//! `cargo xtask bench peers`: other programs on the same texts, and `bench cluster`: the Python
//! package beside the program, and one executor of Spark beside two.

use super::{commit, machine, repeat_samples, stem, today};
use crate::process::{build_cli, output, root};
use crate::python;
use anyhow::Context as _;
use serde_json::Value;
use std::fmt::Write as _;
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::PathBuf;

/// What can be typed after `bench peers` and `bench cluster`.
#[derive(Debug, clap::Args)]
pub(crate) struct Peers {
    /// A corpus, one JSON object with an "id" and a "text" a line [default: the samples, many times]
    #[arg(long, value_name = "FILE")]
    corpus: Option<PathBuf>,
    /// How often each measurement is taken; the best counts
    #[arg(long, default_value_t = 3)]
    runs: usize,
    /// Add the figures to benches/record
    #[arg(long)]
    record: bool,
}

/// Runs `bench peers`.
pub(crate) fn peers(args: &Peers) -> anyhow::Result<()> {
    let environment = python::environment("peers", &root().join("benches/peers/requirements.txt"))?;
    let said = run(args, &environment, "benches/peers/peers.py")?;
    let mut table = heading(args)?;
    table.push_str(
        "\n| what | gives | s | processor, s | MB a processor second | articles |\n\
         | --- | --- | --- | --- | --- | --- |\n",
    );
    for line in said.lines() {
        let row: Value = serde_json::from_str(line).context("a row of the script is no JSON")?;
        let number = |name: &str| row[name].as_f64().unwrap_or_default();
        let cpu = number("cpu");
        writeln!(
            table,
            "| {} | {} | {:.2} | {cpu:.2} | {:.1} | {:.0} |",
            row["name"].as_str().unwrap_or_default(),
            row["gives"].as_str().unwrap_or_default(),
            number("seconds"),
            number("bytes") / 1e6 / cpu,
            number("documents") / cpu,
        )?;
    }
    keep(args, "peers.md", &table)
}

/// Runs `bench cluster`.
pub(crate) fn cluster(args: &Peers) -> anyhow::Result<()> {
    let environment = python::built("release")?;
    let said = run(args, &environment, "benches/cluster/cluster.py")?;
    let last = said.lines().last().unwrap_or_default();
    let found: Value = serde_json::from_str(last).context("the script wrote no JSON")?;
    let number = |path: &str| found.pointer(path).and_then(Value::as_f64).unwrap_or_default();
    let mut table = heading(args)?;
    table.push_str("\n| what | s | beside it |\n| --- | --- | --- |\n");
    let (program, arrow) = (number("/program"), number("/extract_arrow"));
    writeln!(table, "| the program, all cores, as a process | {program:.2} | |")?;
    writeln!(
        table,
        "| `extract_arrow`, all cores, tables loaded in {:.2} s before | {arrow:.2} | {:.2} of the \
         program's speed; {:.2} with loading |",
        number("/loading"),
        program / arrow,
        program / (arrow + number("/loading")),
    )?;
    for (what, name) in [("claims", "claims"), ("incidents of 2,000 articles", "incidents_of_2000")]
    {
        let [one, two] = [1, 2].map(|n| number(&format!("/executors_{n}/{name}")));
        writeln!(table, "| Spark, {what}, one executor | {one:.2} | |")?;
        writeln!(table, "| Spark, {what}, two executors | {two:.2} | {:.2} times |", one / two)?;
    }
    keep(args, "cluster.md", &table)
}

fn run(args: &Peers, environment: &std::path::Path, script: &str) -> anyhow::Result<String> {
    let program = build_cli("release")?;
    let folder = program.with_file_name("bench");
    fs::create_dir_all(&folder)?;
    let corpus = match &args.corpus {
        Some(corpus) => {
            corpus.canonicalize().with_context(|| format!("no {}", corpus.display()))?
        }
        None => repeat_samples(&folder.join("samples.jsonl"))?,
    };
    let mut command = python::tool(environment, "python");
    command.arg(root().join(script)).arg(corpus).arg(args.runs.max(1).to_string());
    output(command.arg(program).arg(folder))
}

fn heading(args: &Peers) -> anyhow::Result<String> {
    let corpus = args.corpus.as_deref().map_or("samples", stem);
    Ok(format!("\n## {}, {}, {}, corpus {corpus}\n", today(), commit()?, machine()))
}

fn keep(args: &Peers, name: &str, table: &str) -> anyhow::Result<()> {
    println!("{table}");
    if args.record {
        let path = root().join("benches/record").join(name);
        let mut file =
            OpenOptions::new().append(true).open(&path).context("no record to add to")?;
        file.write_all(table.as_bytes())?;
        println!("recorded in {}", path.display());
    }
    Ok(())
}
