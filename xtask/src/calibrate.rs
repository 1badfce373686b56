//! `cargo xtask calibrate`: fits `data/confidence.tsv` on texts that others coded.
//!
//! A claim's confidence is the sigmoid of the logit its rule's author gave, plus the weights of the
//! features that hold, plus the weight of its rule (see docs/calibration.md).

mod corpora;
mod logistic;
mod meanings;
mod measure;
mod model;
mod table;

use crate::process::root;
use anyhow::{Context as _, bail};
use corpora::{Corpora, Told};
use measure::Measured;
use model::{Model, Penalties, Row};
use sijill::{Knowledge, Tables};
use std::fs;
use std::path::PathBuf;

/// In how many parts the texts are cut; each is measured with weights fitted on the others.
const FOLDS: u64 = 5;

/// What can be typed after `calibrate`.
#[derive(Debug, clap::Args)]
pub(crate) struct Calibrate {
    /// Sentences that others coded: lines of {id, text, label}, where the label "yes" says that an
    /// event is told
    #[arg(long, value_name = "NAME=FILE", value_parser = pair::<PathBuf>)]
    coded: Vec<(String, PathBuf)>,
    /// The types of claims that tell what NAME codes [built in: assault and protest]
    #[arg(long, value_name = "NAME=KIND/TYPE,…", value_parser = pair::<String>)]
    coded_types: Vec<(String, String)>,
    /// A directory of gold claims, one .jsonl a report [default: tests/gold]
    #[arg(long, value_name = "DIR", requires = "reports")]
    gold: Vec<PathBuf>,
    /// The reports of each --gold, in the same order [default: samples]
    #[arg(long, value_name = "DIR", requires = "gold")]
    reports: Vec<PathBuf>,
    /// How strongly the weight of a feature is drawn to 0
    #[arg(long, value_name = "X", default_value_t = 1.0)]
    feature_penalty: f64,
    /// How strongly the weight of a rule is drawn to 0
    #[arg(long, value_name = "X", default_value_t = 1.0)]
    rule_penalty: f64,
    /// What the column "source" says of every weight
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "fitted on arabic_event_gsr (visible half), sample and seed gold"
    )]
    source: String,
    /// Write the table [default: data/confidence.tsv]
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true)]
    write: Option<Option<PathBuf>>,
}

/// Runs the command.
pub(crate) fn run(args: &Calibrate) -> anyhow::Result<()> {
    if args.write.is_some() && args.coded.is_empty() {
        bail!("write no table without coded texts (--coded)");
    }
    let current = table::current();
    let blank = table::blank(&current);
    let corpora = corpora(args)?;
    let knowledge = knowledge(&blank)?;
    let read = corpora.read(&knowledge);
    let rows = rows(&corpora, &read, &knowledge);
    let penalties = Penalties { feature: args.feature_penalty, rule: args.rule_penalty };
    let model = Model::fit(&rows.iter().collect::<Vec<_>>(), penalties)?;
    let written = table::render(&model, &current, &args.source);

    let inside: Vec<f64> = rows.iter().map(|row| model.confidence(row)).collect();
    let outside = held_out(&rows, penalties)?;
    let again = corpora.read(&self::knowledge(&table::over(&blank, &written))?);
    let as_read: Vec<f64> = again.iter().flatten().map(|told| told.claim.confidence).collect();
    measure::print_rows(&corpora, &rows);
    measure::print_weights(&model, &rows);
    let measured = [
        Measured::new("in sample", &read, &inside),
        Measured::new("held out", &read, &outside),
        Measured::new("read again", &again, &as_read),
    ];
    measure::print_thresholds(&corpora, &measured);
    measure::print_reliability(&rows, &inside, &outside);
    let Some(path) = &args.write else { return Ok(()) };
    let path = path.clone().unwrap_or_else(|| root().join("data").join(table::NAME));
    fs::write(&path, written).with_context(|| format!("cannot write {}", path.display()))
}

fn corpora(args: &Calibrate) -> anyhow::Result<Corpora> {
    if args.gold.len() != args.reports.len() {
        bail!("give one --reports for each --gold");
    }
    let mut corpora = Corpora::default();
    for (name, path) in &args.coded {
        let own = args.coded_types.iter().rev().find(|(other, _)| other == name);
        let types = corpora::types(name, own.map(|(_, types)| types.as_str()))?;
        corpora.add_coded(name, path, types)?;
    }
    let mut pairs: Vec<(PathBuf, PathBuf)> =
        args.gold.iter().cloned().zip(args.reports.iter().cloned()).collect();
    if pairs.is_empty() {
        pairs.push((root().join("tests/gold"), root().join("samples")));
    }
    for (gold, reports) in pairs {
        corpora.add_gold(&gold, &reports)?;
    }
    Ok(corpora)
}

/// Builds the embedded tables with these weights.
fn knowledge(weights: &str) -> anyhow::Result<Knowledge> {
    let mut tables = Tables::embedded();
    tables.overlay(table::NAME, weights.to_owned());
    Knowledge::build(&tables).map_err(|faults| {
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        anyhow::anyhow!("the tables have faults:\n{}", faults.join("\n"))
    })
}

/// Makes a row of each claim, in the order of the texts.
fn rows(corpora: &Corpora, read: &[Vec<Told>], knowledge: &Knowledge) -> Vec<Row> {
    let mut rows = Vec::new();
    for (text, told) in corpora.texts.iter().zip(read) {
        let right = corpora::right(text, told);
        for (told, right) in told.iter().zip(right) {
            let rule = knowledge.frames.iter().find(|rule| rule.id == told.claim.rule);
            rows.push(Row {
                fold: fold(&text.document.id),
                rule: told.claim.rule.clone(),
                author: rule.map_or(0.5, |rule| rule.confidence),
                features: told.features.clone(),
                right,
            });
        }
    }
    rows
}

/// Returns the confidence that each claim gets from weights fitted without its part of the texts.
fn held_out(rows: &[Row], penalties: Penalties) -> anyhow::Result<Vec<f64>> {
    let mut confidence = vec![0.0; rows.len()];
    for fold in 0..FOLDS {
        let others: Vec<&Row> = rows.iter().filter(|row| row.fold != fold).collect();
        let model = Model::fit(&others, penalties)?;
        for (row, confidence) in rows.iter().zip(&mut confidence).filter(|(r, _)| r.fold == fold) {
            *confidence = model.confidence(row);
        }
    }
    Ok(confidence)
}

/// Tells which part a text belongs to, the same on every machine (FNV-1a).
fn fold(id: &str) -> u64 {
    let hash = id.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    (hash >> 32) % FOLDS
}

fn pair<T: From<String>>(value: &str) -> Result<(String, T), String> {
    match value.split_once('=') {
        Some((name, rest)) if !name.is_empty() && !rest.is_empty() => {
            Ok((name.to_owned(), rest.to_owned().into()))
        }
        _ => Err(format!("no name in '{value}' (write NAME=…)")),
    }
}
