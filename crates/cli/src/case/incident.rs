//! `sijill incident`: one happening, with every figure, its origin and its way side by side.

mod view;

use super::findings::{checked, each};
use super::told;
use crate::Outcome;
use crate::args::Color;
use crate::args::findings::Incident as Args;
use anyhow::{Context as _, bail};
use serde_json::Value;
use sijill::model::Claim;
use sijill_store::{Case, Kept};
use std::collections::BTreeMap;
use std::io::{self, Write as _};

/// One incident with all that is shown of it.
pub(crate) struct Found {
    /// The record of the incident.
    record: Value,
    /// The records of what contradicts or replaces what in it.
    pairs: Vec<Value>,
    /// Its claims, in its order, each with who told it first.
    told: Vec<Told>,
}

/// A claim with the report that tells it.
pub(crate) struct Told {
    claim: Claim,
    kept: Kept,
    origin: String,
}

/// Runs the command.
pub(crate) fn run(args: &Args, color: Color) -> anyhow::Result<Outcome> {
    let case = checked(&args.case)?;
    let record = match &args.id {
        Some(id) => named(&case, args, id)?,
        None => disputed(&case, args)?,
    };
    let found = gather(&case, args, record)?;
    let mut out = Vec::new();
    view::write(&mut out, &found, color)?;
    let mut stdout = io::stdout().lock();
    stdout.write_all(&out).and_then(|()| stdout.flush()).context("the output cannot be written")?;
    Ok(Outcome::Done)
}

/// Finds the incident of an id, or that of one of its claims.
fn named(case: &Case, args: &Args, id: &str) -> anyhow::Result<Value> {
    let mut found = Vec::new();
    each(case, &args.case, &["incident"], None, &mut |record| {
        if !record.contains(id) {
            return Ok(());
        }
        let record: Value = serde_json::from_str(record)?;
        let begins = |value: &Value| value.as_str().is_some_and(|value| value.starts_with(id));
        let mut claims = record["claims"].as_array().into_iter().flatten();
        if begins(&record["id"]) || claims.any(|claim| begins(&claim["id"])) {
            found.push(record);
        }
        Ok(())
    })?;
    if 1 < found.len() {
        bail!("{} incidents or claims begin with '{id}'\n  hint: write more of it", found.len());
    }
    found.pop().with_context(|| {
        format!(
            "no incident and no claim of one has the id '{id}'\n  hint: 'sijill incidents {}' \
             writes them",
            args.case.display()
        )
    })
}

/// Finds the incident with the most contradictions, or else with the most reports.
fn disputed(case: &Case, args: &Args) -> anyhow::Result<Value> {
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    each(case, &args.case, &["contradiction", "revision"], None, &mut |record| {
        let record: Value = serde_json::from_str(record)?;
        if let Some(incident) = record["incident"].as_str() {
            *count.entry(incident.to_owned()).or_default() += 1;
        }
        Ok(())
    })?;
    let mut best: Option<((usize, usize), Value)> = None;
    each(case, &args.case, &["incident"], None, &mut |record| {
        let record: Value = serde_json::from_str(record)?;
        let disputes = record["id"].as_str().and_then(|id| count.get(id)).copied();
        let rank = (disputes.unwrap_or(0), record["documents"].as_array().map_or(0, Vec::len));
        if best.as_ref().is_none_or(|(highest, _)| *highest < rank) {
            best = Some((rank, record));
        }
        Ok(())
    })?;
    best.map(|(_, record)| record)
        .with_context(|| format!("{}: no report of it tells of a happening", args.case.display()))
}

fn gather(case: &Case, args: &Args, record: Value) -> anyhow::Result<Found> {
    let id = record["id"].as_str().unwrap_or_default().to_owned();
    let mut pairs = Vec::new();
    each(case, &args.case, &["contradiction", "revision"], None, &mut |pair| {
        if pair.contains(&id) {
            pairs.push(serde_json::from_str(pair)?);
        }
        Ok(())
    })?;
    let members = record["claims"].as_array().into_iter().flatten();
    let ids: Vec<&str> = members.filter_map(|member| member["id"].as_str()).collect();
    let origins = origins(case, args, &ids)?;
    let mut all = Vec::new();
    for id in ids {
        let claim = case.claim(id).map_err(|error| told(&args.case, &error))?;
        // A claim that came to be superseded since is shown no more.
        if let Some((kept, claim)) = claim {
            let origin = origins.get(id).cloned().unwrap_or_default();
            all.push(Told { claim, kept, origin });
        }
    }
    Ok(Found { record, pairs, told: all })
}

/// Finds who told these claims first.
fn origins(case: &Case, args: &Args, ids: &[&str]) -> anyhow::Result<BTreeMap<String, String>> {
    let mut origins = BTreeMap::new();
    each(case, &args.case, &["origins"], None, &mut |record| {
        let record: Value = serde_json::from_str(record)?;
        let origin = record["origin"].as_str().unwrap_or_default();
        let claims = record["claims"].as_array().into_iter().flatten();
        for claim in claims.filter_map(Value::as_str).filter(|claim| ids.contains(claim)) {
            origins.insert(claim.to_owned(), origin.to_owned());
        }
        Ok(())
    })?;
    Ok(origins)
}
