//! `sijill export`: claims out, in the formats of the field.

mod handed;
mod output;
mod source;

use crate::args::Color;
use crate::args::export::Export;
use crate::case::{PROGRAM, who};
use crate::report::Report as Progress;
use crate::{Outcome, knowledge};
use anyhow::bail;
use output::Output;
use sijill::model::Document;
use sijill::privacy::Guard;
use sijill::{Extraction, Knowledge, Sketch};
use sijill_casework::publish::{self, Tables};
use sijill_export::{Options, Profile, Register, Report, Tally, Unit, Withheld};
use source::Source;
use std::fs;
use std::io::{self, IsTerminal as _};
use std::path::Path;

/// Runs the command.
pub(crate) fn run(args: &Export, color: Color) -> anyhow::Result<Outcome> {
    refuse(args)?;
    let profile = match (args.profile.as_str(), &args.reason) {
        ("internal", Some(reason)) if !reason.trim().is_empty() => {
            Profile::Internal { reason: reason.trim().to_owned() }
        }
        ("internal", _) => bail!(
            "--profile internal needs a reason\n  hint: say why, as in --reason 'hand-over to counsel'"
        ),
        _ => Profile::Publishing,
    };
    let knowledge = knowledge::load(&args.knowledge)?;
    let options = Options {
        figures: args.figures,
        profile,
        program: PROGRAM.to_owned(),
        knowledge: knowledge.hash().to_owned(),
    };
    let source = Source::open(args)?;
    source.note(&who(&args.who), args, &options)?;
    let judgements = source.judgements()?;
    let tables = Tables::new(&knowledge);
    let mut output = Output::open(args, &options, &tables)?;
    let mut progress = Progress::new(color, args.quiet);
    let with_sketches = args.to.iter().any(|format| format.unit() == Unit::Incident);
    let censor = Censor::new(&knowledge, &options.profile, with_sketches);
    output.begin()?;
    let job = Job { args, knowledge: &knowledge, register: &tables, censor };
    let failed = source.reports(&job, &mut progress, &mut |passed| output.report(passed))?;
    let summary = output.finish(args, &judgements, &knowledge)?;
    progress.close(&summary);
    Ok(if failed == 0 { Outcome::Done } else { Outcome::SomeFailed })
}

/// Takes a report as it may be written.
type Take<'t> = dyn FnMut(Passed) -> anyhow::Result<()> + 't;

/// What every source of reports needs.
struct Job<'a> {
    args: &'a Export,
    knowledge: &'a Knowledge,
    register: &'a dyn Register,
    censor: Censor<'a>,
}

/// A report as it may be written.
pub(crate) struct Passed {
    report: Report,
    tally: Tally,
    /// What is needed to lay it beside others, made before anything was withheld.
    sketch: Option<Sketch>,
}

/// Withholds what the profile does not let through.
pub(crate) struct Censor<'k> {
    guard: Option<Guard<'k>>,
    knowledge: &'k Knowledge,
    with_sketches: bool,
}

impl<'k> Censor<'k> {
    fn new(knowledge: &'k Knowledge, profile: &Profile, with_sketches: bool) -> Self {
        let guard = (*profile == Profile::Publishing).then(|| Guard::new(knowledge));
        Self { guard, knowledge, with_sketches }
    }

    fn pass(
        &self,
        document: Document,
        extraction: Extraction,
        withheld: Vec<Withheld>,
        is_masked: bool,
    ) -> Passed {
        let sketch =
            self.with_sketches.then(|| Sketch::new(&document, &extraction, self.knowledge));
        let Extraction { claims, mentions, .. } = extraction;
        let report = Report { document, claims, mentions, withheld };
        let (report, tally) =
            if is_masked { (report, Tally::default()) } else { self.withhold(report) };
        Passed { report, tally, sketch }
    }

    fn withhold(&self, report: Report) -> (Report, Tally) {
        let Some(guard) = &self.guard else { return (report, Tally::default()) };
        publish::withhold(report, guard)
    }
}

/// Refuses to overwrite an input, and to write bytes or several files to a terminal.
fn refuse(args: &Export) -> anyhow::Result<()> {
    let Some(output) = &args.output else {
        let binary = args.to.iter().find(|format| format.is_binary());
        if let Some(format) = binary.filter(|_| io::stdout().is_terminal()) {
            bail!("{} is no text\n  hint: write it to a file with --output FILE", format.name());
        }
        if 1 < args.to.len() || args.to.iter().any(|format| format.is_folder()) {
            bail!("these are several files\n  hint: name a folder for them with --output DIR");
        }
        return Ok(());
    };
    let Ok(output) = fs::canonicalize(output) else { return Ok(()) };
    let is_output = |input: &Path| fs::canonicalize(input).is_ok_and(|input| input == output);
    match args.inputs.iter().find(|input| is_output(input.as_path())) {
        Some(input) if output.is_file() => bail!("'{}' is both input and output", input.display()),
        _ => Ok(()),
    }
}
