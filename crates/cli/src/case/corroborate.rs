//! `sijill corroborate` and `sijill judge`: what the claims of a case say together.

use super::{PROGRAM, open_to_write, told, who};
use crate::args::query::{Corroborate, Judge};
use crate::{Outcome, knowledge};
use anyhow::bail;
use sijill::model::Judgement;
use sijill::{Corroboration, Extraction, Knowledge, Sketch};
use sijill_io::write;
use sijill_store::{Case, Error, Finding, Kept, Version};
use std::io::{self, Write as _};
use std::slice::from_ref as slice;
use std::sync::mpsc::sync_channel;
use std::sync::{Mutex, PoisonError};
use std::thread;

/// How many documents wait for each thread.
const WAITING: usize = 16;

/// Runs `sijill corroborate`.
pub(crate) fn run(args: &Corroborate) -> anyhow::Result<Outcome> {
    let fail = |error: Error| told(&args.case, &error);
    let mut case = open_to_write(&args.case, &args.who)?;
    let knowledge = knowledge::load(&args.knowledge)?;
    let threads = args.threads.or_else(|| thread::available_parallelism().ok());
    let sketches = sketches(&case, &knowledge, threads.map_or(1, Into::into)).map_err(fail)?;
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

/// Makes the sketches of all documents, on many threads; one reads the case.
fn sketches(case: &Case, knowledge: &Knowledge, threads: usize) -> Result<Vec<Sketch>, Error> {
    let (documents, queue) = sync_channel::<(Kept, Extraction)>(threads * WAITING);
    let queue = Mutex::new(queue);
    let made = Mutex::new(Vec::new());
    let read = thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let next = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    let Ok((kept, extraction)) = next else { return };
                    let sketch = Sketch::new(&kept.document, &extraction, knowledge);
                    let mut made = made.lock().unwrap_or_else(PoisonError::into_inner);
                    made.push((kept.no, sketch));
                }
            });
        }
        let read = case.documents(|kept| {
            let extraction = Extraction {
                claims: case.claims_of(kept.reading)?,
                mentions: case.mentions_of(kept.reading)?,
                diagnostics: Vec::new(),
            };
            // Nobody hangs up before all is sent.
            let _ = documents.send((kept, extraction));
            Ok(())
        });
        drop(documents);
        read
    });
    read?;
    let mut made = made.into_inner().unwrap_or_else(PoisonError::into_inner);
    made.sort_unstable_by_key(|(number, _)| *number);
    Ok(made.into_iter().map(|(_, sketch)| sketch).collect())
}

/// Makes of what was found the records that the case keeps.
fn findings(found: &Corroboration) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut keep = |sort, id: Option<&String>, claims, write: &dyn Fn(&mut Vec<u8>)| {
        let mut record = Vec::new();
        write(&mut record);
        findings.push(finding(sort, id.cloned(), record, claims));
    };
    for one in &found.incidents {
        let claims = one.members.iter().map(|member| member.claim.clone()).collect();
        keep("incident", Some(&one.id), claims, &|out| write::incidents(out, slice(one)));
    }
    for one in &found.contradictions {
        let claims = vec![one.first.claim.clone(), one.second.claim.clone()];
        let id = Some(&one.id);
        keep("contradiction", id, claims, &|out| write::contradictions(out, slice(one), &[]));
    }
    for one in &found.revisions {
        let claims = vec![one.earlier.claim.clone(), one.later.claim.clone()];
        let id = Some(&one.id);
        keep("revision", id, claims, &|out| write::contradictions(out, &[], slice(one)));
    }
    for one in &found.origin_groups {
        keep("origins", None, one.claims.clone(), &|out| write::origin_groups(out, slice(one)));
    }
    for one in &found.reuses {
        keep("copy", None, Vec::new(), &|out| write::reuses(out, slice(one)));
    }
    for one in &found.control {
        let claims = vec![one.claim.clone()];
        keep("control", None, claims, &|out| write::control(out, slice(one)));
    }
    findings
}

fn finding(
    sort: &'static str,
    id: Option<String>,
    record: Vec<u8>,
    claims: Vec<String>,
) -> Finding {
    let record = String::from_utf8_lossy(&record).trim_end().to_owned();
    Finding { sort, id, record, claims }
}
