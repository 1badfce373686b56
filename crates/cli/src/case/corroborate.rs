//! `sijill corroborate` and `sijill judge`: what the claims of a case say together.

use super::{PROGRAM, open_to_write, told, who};
use crate::args::query::{Corroborate, Judge};
use crate::{Outcome, knowledge};
use anyhow::bail;
use sijill::model::Judgement;
use sijill_casework::{findings, sketches};
use sijill_store::{Case, Error, Version};
use std::io::{self, Write as _};
use std::thread;

/// Runs `sijill corroborate`.
pub(crate) fn run(args: &Corroborate) -> anyhow::Result<Outcome> {
    let fail = |error: Error| told(&args.case, &error);
    let mut case = open_to_write(&args.case, &args.who)?;
    let knowledge = knowledge::load(&args.knowledge)?;
    let threads = args.threads.or_else(|| thread::available_parallelism().ok());
    let threads = threads.map_or(1, Into::into);
    let sketches = sketches(&case, &knowledge, threads, |_| ()).map_err(fail)?;
    let judgements = case.judgements().map_err(fail)?;
    let found = sijill::corroborate(&sketches, &judgements, &knowledge);
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

/// Runs `sijill judge`.
pub(crate) fn judge(args: &Judge) -> anyhow::Result<Outcome> {
    let mut case = open_to_write(&args.case, &args.who)?;
    let claims = claims(&case, args, &args.claims)?;
    let judgement = if args.apart_from.is_empty() {
        if claims.len() < 2 {
            bail!(
                "one claim alone is always about one happening\n  hint: name another, or give --apart-from"
            );
        }
        Judgement::Same { claims }
    } else {
        Judgement::Different { claims, others: self::claims(&case, args, &args.apart_from)? }
    };
    case.judge(&who(&args.who), &judgement, &args.reason)
        .map_err(|error| told(&args.case, &error))?;
    Ok(Outcome::Done)
}

/// Finds the claims of ids: claims themselves, or all those of an incident.
fn claims(case: &Case, args: &Judge, ids: &[String]) -> anyhow::Result<Vec<String>> {
    let fail = |error: Error| told(&args.case, &error);
    let mut claims = Vec::new();
    for id in ids {
        if case.claim(id).map_err(fail)?.is_some() {
            claims.push(id.clone());
            continue;
        }
        let found = case.claims_of_finding(id).map_err(fail)?;
        if found.is_empty() {
            bail!(
                "the case holds neither a claim nor an incident '{id}'\n  hint: 'sijill claims' and 'sijill incidents' write their ids"
            );
        }
        claims.extend(found);
    }
    Ok(claims)
}
