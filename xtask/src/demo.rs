//! `cargo xtask demo`: the samples are read, and what they claim lies side by side.

mod findings;
mod show;
mod summary;
mod told;

use crate::eval::knowledge;
use crate::process::{build_cli, root};
use crate::web::{self, Served};
use anyhow::Context as _;
use show::Lines;
use sijill::model::{Claim, Diagnostic, Document};
use sijill::{DEFAULT_CONFIDENCE, Options, extract};
use sijill_io::{Inputs, documents};
use std::fs;
use std::io::{self, BufRead as _, Write as _};
use std::path::{Path, PathBuf};
use told::Told;

/// What can be typed after `demo`.
#[derive(Debug, clap::Args)]
pub(crate) struct Demo {
    /// End after the summary instead of asking what to look at
    #[arg(long)]
    once: bool,
}

/// A report with what was read in it.
struct Report {
    document: Document,
    claims: Vec<Claim>,
    diagnostics: Vec<Diagnostic>,
}

/// Runs the command.
pub(crate) fn run(args: &Demo) -> anyhow::Result<()> {
    // The program takes the interface in that is there when it is built.
    let interface = if args.once { Ok(()) } else { web::build() };
    let program = build_cli("release")?;
    let case = web::samples(&program)?;
    let knowledge = knowledge()?;
    let options = Options { min_confidence: DEFAULT_CONFIDENCE };
    let mut reports = Vec::new();
    for document in documents(Inputs::new(samples()?)) {
        let document = document?;
        let extraction = extract(&document, &knowledge, &options);
        let (claims, diagnostics) = (extraction.claims, extraction.diagnostics);
        reports.push(Report { document, claims, diagnostics });
    }
    let told: Vec<Told<'_>> = reports
        .iter()
        .flat_map(|report| report.claims.iter().map(|claim| Told { report, claim }))
        .collect();
    let mut lines = Lines::default();
    summary::write(&mut lines, &reports, &told, &knowledge);
    findings::write(&mut lines, &program, &case)?;
    say(lines)?;
    if args.once {
        return Ok(());
    }
    let served = open(&program, &case, interface);
    let outcome = answer(&told, &program);
    if let Some(mut served) = served {
        served.end();
    }
    outcome
}

/// Answers a case of the samples in the browser while the demo runs.
fn open(program: &Path, case: &Path, interface: anyhow::Result<()>) -> Option<Served> {
    if let Err(error) = interface {
        println!("\nWithout the interface, only the API answers: {error:#}");
    }
    // The usual port may be taken; then any other does.
    let served = web::serve(program, case, "8080").or_else(|_| web::serve(program, case, "0"));
    match served {
        Ok(served) => {
            println!("\nThe same in the browser: {}", served.address);
            Some(served)
        }
        Err(error) => {
            println!("\nThe interface cannot be opened: {error:#}");
            None
        }
    }
}

/// Lists the sample reports in order.
pub(crate) fn samples() -> anyhow::Result<Vec<PathBuf>> {
    let folder = root().join("samples");
    let entries = fs::read_dir(&folder).with_context(|| format!("no {}", folder.display()))?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    Ok(paths)
}

/// Asks what to look at until nothing is asked for.
fn answer(told: &[Told<'_>], program: &Path) -> anyhow::Result<()> {
    println!("Go on with your own reports: {} extract FILES", program.display());
    let mut typed = String::new();
    loop {
        print!("\nA report's number, a source, a party, a place or a word (Enter ends): ");
        io::stdout().flush()?;
        typed.clear();
        if io::stdin().lock().read_line(&mut typed)? == 0 || typed.trim().is_empty() {
            println!();
            return Ok(());
        }
        let mut lines = Lines::default();
        let found = told.iter().filter(|told| told.is_about(typed.trim()));
        let count = found.inspect(|told| show::claim(&mut lines, told)).count();
        lines.add(format!("{count} claims"));
        say(lines)?;
    }
}

/// Prints; a reader who has seen enough may stop.
fn say(lines: Lines) -> anyhow::Result<()> {
    match io::stdout().write_all(lines.text().as_bytes()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        outcome => Ok(outcome?),
    }
}
