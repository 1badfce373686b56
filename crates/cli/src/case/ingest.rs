//! `sijill ingest`: reports into a case, read on all cores, written by one.

use super::{PROGRAM, open_to_write, told, who};
use crate::args::Color;
use crate::args::case::Ingest as IngestArgs;
use crate::report::Report;
use crate::{Outcome, knowledge};
use anyhow::bail;
use sijill_casework::{Job, ingest};
use sijill_io::Inputs;
use sijill_store::{Error, Totals};
use std::num::NonZeroUsize;
use std::thread;

/// Runs the command.
pub(crate) fn run(args: &IngestArgs, color: Color) -> anyhow::Result<Outcome> {
    let fail = |error: Error| told(&args.case, &error);
    let mut case = open_to_write(&args.case, &args.who)?;
    let knowledge = knowledge::load(&args.knowledge)?;
    let threads = args.threads.or_else(|| thread::available_parallelism().ok());
    let job = Job {
        knowledge: &knowledge,
        program: PROGRAM,
        min_confidence: args.min_confidence,
        published: args.publication.published,
        outlet: args.publication.outlet.clone(),
        threads: threads.map_or(1, NonZeroUsize::get),
        batch: args.batch.map(NonZeroUsize::get),
    };
    let inputs = Inputs::new(&args.inputs).without(&args.case);
    let mut report = Report::new(color, args.quiet);
    report.show_progress(|| inputs.total_size());
    let watch = |step: sijill_casework::Step| {
        step.complaints.into_iter().for_each(|complaint| report.complain(&complaint.into()));
        report.advance(step.size, || counted(&step.totals));
    };
    let totals = ingest(&mut case, &who(&args.who), &job, inputs, watch, None).map_err(fail)?;
    report.close(&counted(&totals));
    if !totals.balance() {
        bail!("internal error: {} items were received, and not as many kept", totals.received);
    }
    Ok(if totals.failed == 0 { Outcome::Done } else { Outcome::SomeFailed })
}

/// Says what became of how many items.
fn counted(totals: &Totals) -> String {
    let Totals { received, new, revised, duplicate, kept, failed, claims } = totals;
    format!(
        "{received} items: {new} new, {revised} revised, {duplicate} duplicate, {kept} there \
         before, {failed} failed; {claims} claims"
    )
}
