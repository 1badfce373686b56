//! `cargo xtask bench`: speed and memory of `sijill extract`, beside the simplest thing there is.
//!
//! The yardstick is what Python takes to cut the same texts into words with a regular expression:
//! it moves with the machine, so the ratio can be compared between machines.

mod peers;
mod places;
mod web;

use crate::process::{build_cli, output, root};
use anyhow::{Context as _, bail};
use serde_json::json;
use sijill_io::{Inputs, documents};
use std::fs::{self, OpenOptions};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

/// How many times the samples are repeated where no corpus is given.
const REPEATS: usize = 100;

const PYTHON: &str = r#"
import json, re, sys, time
texts = [json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf8")]
start = time.perf_counter()
for text in texts:
    re.findall(r"\w+", text)
print(time.perf_counter() - start)
"#;

/// What can be typed after `bench`.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Bench {
    #[command(subcommand)]
    other: Option<Other>,
    /// A corpus, one JSON object with a "text" a line [default: the samples, many times over]
    #[arg(long, value_name = "FILE")]
    corpus: Option<PathBuf>,
    /// How often each measurement is taken; the best counts
    #[arg(long, default_value_t = 3)]
    runs: usize,
    /// Add the figures to benches/record/throughput.md
    #[arg(long)]
    record: bool,
}

/// What else is measured.
#[derive(Debug, clap::Subcommand)]
enum Other {
    /// Measure how many places of a coded data set the gazetteer finds
    Places(places::Places),
    /// Measure how quick the interface is over a large case, in a browser
    Web(web::Web),
    /// Measure other programs on the same texts
    Peers(peers::Peers),
    /// Measure the Python package and Spark with one executor and two
    Cluster(peers::Peers),
}

/// The best of some runs.
#[derive(Clone, Copy)]
struct Best {
    seconds: f64,
    /// The most memory any run held, in MB; 0 where the system does not tell.
    memory: f64,
}

/// Runs the command.
pub(crate) fn run(args: &Bench) -> anyhow::Result<()> {
    match &args.other {
        Some(Other::Places(args)) => return places::run(args),
        Some(Other::Web(args)) => return web::run(args),
        Some(Other::Peers(args)) => return peers::peers(args),
        Some(Other::Cluster(args)) => return peers::cluster(args),
        None => {}
    }
    let program = build_cli("release")?;
    let scratch = program.with_file_name("bench.jsonl");
    let corpus = match &args.corpus {
        Some(corpus) => {
            corpus.canonicalize().with_context(|| format!("no {}", corpus.display()))?
        }
        None => repeat_samples(&scratch)?,
    };
    let bytes = fs::metadata(&corpus)?.len() as f64 / 1e6;
    let name = args.corpus.as_ref().map_or("samples", |_| stem(&corpus));
    let one = measure(args.runs, || extract(&program, &corpus, 1))?;
    let two = measure(args.runs, || extract(&program, &corpus, 2))?;
    let python = measure(args.runs, || words_in_python(&corpus))?;
    let whole = measure(args.runs, || python_process(&corpus))?;
    println!("corpus      {name}, {bytes:.1} MB");
    println!(
        "1 thread    {:.2} s, {:.1} MB/s, {:.0} MB of memory",
        one.seconds,
        bytes / one.seconds,
        one.memory
    );
    println!(
        "2 threads   {:.2} s, {:.2} times as fast, {:.0} MB of memory",
        two.seconds,
        one.seconds / two.seconds,
        two.memory
    );
    println!(
        "re.findall  {:.2} s; sijill takes {:.1} times as long",
        python.seconds,
        one.seconds / python.seconds
    );
    println!(
        "python3     {:.2} s for the whole process; sijill takes {:.1} times as long",
        whole.seconds,
        one.seconds / whole.seconds
    );
    if args.record {
        let ratios =
            format!("{:.1} | {:.1}", one.seconds / python.seconds, one.seconds / whole.seconds);
        record(&format!(
            "{} | {} | {} | {name} {bytes:.0} MB | {:.2} | {:.1} | {:.2} | {:.0} | {ratios}",
            today(),
            commit()?,
            machine(),
            one.seconds,
            bytes / one.seconds,
            one.seconds / two.seconds,
            two.memory,
        ))?;
    }
    Ok(())
}

fn measure(runs: usize, run: impl Fn() -> anyhow::Result<Best>) -> anyhow::Result<Best> {
    let mut best = Best { seconds: f64::INFINITY, memory: 0.0 };
    for _ in 0..runs.max(1) {
        let next = run()?;
        best.seconds = best.seconds.min(next.seconds);
        best.memory = best.memory.max(next.memory);
    }
    Ok(best)
}

fn extract(program: &Path, corpus: &Path, threads: usize) -> anyhow::Result<Best> {
    let mut command = Command::new(program);
    command.args(["extract", "--quiet", "--threads", &threads.to_string()]);
    command.arg("--output").arg(program.with_file_name("bench-claims.jsonl")).arg(corpus);
    let start = Instant::now();
    let mut child = command.spawn().context("cannot start sijill")?;
    let status = format!("/proc/{}/status", child.id());
    let mut memory: f64 = 0.0;
    let ended = loop {
        if let Some(ended) = child.try_wait()? {
            break ended;
        }
        memory = memory.max(peak_memory(&status).unwrap_or_default());
        thread::sleep(Duration::from_millis(5));
    };
    let seconds = start.elapsed().as_secs_f64();
    if !ended.success() {
        bail!("sijill failed on {}", corpus.display());
    }
    Ok(Best { seconds, memory })
}

/// Reads the high-water mark of a process in MB.
fn peak_memory(status: &str) -> Option<f64> {
    let status = fs::read_to_string(status).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: f64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kilobytes / 1024.0)
}

fn words_in_python(corpus: &Path) -> anyhow::Result<Best> {
    let printed = output(Command::new("python3").args(["-c", PYTHON]).arg(corpus))?;
    Ok(Best { seconds: printed.trim().parse()?, memory: 0.0 })
}

fn python_process(corpus: &Path) -> anyhow::Result<Best> {
    let start = Instant::now();
    output(Command::new("python3").args(["-c", PYTHON]).arg(corpus))?;
    Ok(Best { seconds: start.elapsed().as_secs_f64(), memory: 0.0 })
}

fn repeat_samples(path: &Path) -> anyhow::Result<PathBuf> {
    let samples: Vec<_> =
        documents(Inputs::new(crate::demo::samples()?)).collect::<Result<_, _>>()?;
    let mut out = BufWriter::new(fs::File::create(path)?);
    for repeat in 0..REPEATS {
        for document in &samples {
            let published = document.published.map(|date| date.to_string());
            let id = format!("{repeat}-{}", document.id);
            let line = json!({
                "id": id, "text": document.text, "published": published, "outlet": document.outlet,
            });
            writeln!(out, "{line}")?;
        }
    }
    out.flush()?;
    Ok(path.to_owned())
}

/// Appends a row to the committed record.
fn record(row: &str) -> anyhow::Result<()> {
    let path = root().join("benches/record/throughput.md");
    let mut file = OpenOptions::new().append(true).open(&path).context("no record to add to")?;
    writeln!(file, "| {row} |")?;
    println!("recorded in {}", path.display());
    Ok(())
}

fn stem(path: &Path) -> &str {
    path.file_stem().and_then(|stem| stem.to_str()).unwrap_or("corpus")
}

fn today() -> String {
    jiff::Timestamp::now().to_string().chars().take(10).collect()
}

fn commit() -> anyhow::Result<String> {
    let mut git = Command::new("git");
    Ok(output(git.args(["describe", "--always", "--dirty"]).current_dir(root()))?.trim().to_owned())
}

/// Names the processor and how many cores there are.
fn machine() -> String {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let about = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = about.lines().find(|line| line.starts_with("model name"));
    let model = model.and_then(|line| Some(line.split_once(':')?.1.trim())).unwrap_or("unknown");
    format!("{model}, {cores} cores")
}
