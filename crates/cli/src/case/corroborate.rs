//! `sijill corroborate`: what the claims of a case say together.

use super::{PROGRAM, open_to_write, told, who};
use crate::args::query::Corroborate;
use crate::{Outcome, knowledge};
use sijill_casework::{findings, sketches};
use sijill_store::{Error, Version};
use std::io::{self, Write as _};
use std::thread;

/// Runs `sijill corroborate`.
pub(crate) fn run(args: &Corroborate) -> anyhow::Result<Outcome> {
    let fail = |error: Error| told(&args.case, &error);
    let mut case = open_to_write(&args.case, &args.who)?;
    let knowledge = knowledge::load(&args.knowledge)?;
    let threads = args.threads.or_else(|| thread::available_parallelism().ok());
    let threads = threads.map_or(1, Into::into);
    let acts = case.acts().map_err(fail)?;
    let sketches = sketches(&case, &acts, &knowledge, threads, |_| ()).map_err(fail)?;
    let found = sijill::corroborate(&sketches, &acts.judgements(), &knowledge);
    let version = Version {
        program: PROGRAM.to_owned(),
        knowledge: knowledge.hash().to_owned(),
        min_confidence: 0.0,
    };
    let findings = findings(&found);
    case.keep_findings(&who(&args.who), &version, &findings).map_err(fail)?;
    if !args.quiet {
        let (documents, incidents) = (sketches.len(), found.incidents.len());
        let contradictions = found.contradictions.len();
        let told = format!(
            "sijill: {documents} documents, {incidents} incidents, {contradictions} contradictions\n"
        );
        io::stderr().lock().write_all(told.as_bytes())?;
    }
    Ok(Outcome::Done)
}
