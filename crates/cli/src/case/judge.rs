//! `sijill judge` and `sijill judgements`: what a person decides on claims.

use super::query::rows::Rows;
use super::{open, open_to_write, told, who};
use crate::Outcome;
use crate::args::Color;
use crate::args::query::{Judge, Judgements};
use anyhow::bail;
use sijill::model::Judgement;
use sijill_store::{Act, Case, Decision, Error};

/// Runs `sijill judge`.
pub(crate) fn run(args: &Judge) -> anyhow::Result<Outcome> {
    let fail = |error: Error| told(&args.case, &error);
    let mut case = open_to_write(&args.case, &args.who)?;
    if let Some(number) = args.undo {
        case.undo(&who(&args.who), number, Some(&args.reason)).map_err(fail)?;
        return Ok(Outcome::Done);
    }
    let mut claims = claims(&case, args, &args.claims)?;
    let judgement = if args.apart_from.is_empty() {
        if claims.len() < 2 {
            bail!(
                "one claim alone is always about one happening\n  hint: name another, or give \
                 --apart-from"
            );
        }
        Judgement::Same { claims }
    } else {
        let others = self::claims(&case, args, &args.apart_from)?;
        // Whoever splits an incident names it, with what is taken out of it.
        claims.retain(|claim| !others.contains(claim));
        if claims.is_empty() {
            bail!("all of these claims are on both sides\n  hint: name one that is to stay");
        }
        Judgement::Different { claims, others }
    };
    case.judge(&who(&args.who), &judgement, &args.reason).map_err(fail)?;
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
                "the case holds neither a claim nor an incident '{id}'\n  hint: 'sijill claims' and \
                 'sijill incidents' write their ids"
            );
        }
        claims.extend(found);
    }
    Ok(claims)
}

/// Runs `sijill judgements`.
pub(crate) fn list(args: &Judgements, color: Color) -> anyhow::Result<Outcome> {
    let all = open(&args.case)?.acts().map_err(|error| told(&args.case, &error))?;
    let mut acts: Vec<&Act> = all.latest(None).collect();
    acts.reverse();
    let columns = ["number", "at", "by", "judgement", "claims", "others", "holds", "reason"];
    let mut rows = Rows::new(args.format, &columns, color);
    for act in acts {
        let (name, claims, others) = match &act.decision {
            Decision::Judgement(Judgement::Same { claims }) => ("same", claims, &Vec::new()),
            Decision::Judgement(Judgement::Different { claims, others }) => {
                ("different", claims, others)
            }
            Decision::Review { .. } => continue,
        };
        rows.add(vec![
            act.entry.unsigned_abs().into(),
            act.at.clone().into(),
            act.person.clone().into(),
            name.to_owned().into(),
            claims.join(" ").into(),
            Some(others.join(" ")).filter(|others| !others.is_empty()).into(),
            if act.undone.is_some() { "no" } else { "yes" }.to_owned().into(),
            act.reason.clone().into(),
        ]);
    }
    rows.write()
}
