//! What the weights are worth: on the texts they were fitted on and on texts held out.

use super::corpora::{Answer, Corpora, Told, predicted};
use super::model::{Model, Row};
use crate::eval::score::Score;
use crate::eval::slots::{f1, ratio};
use sijill_text::OffsetIndex;
use std::collections::BTreeMap;

/// The thresholds that are compared, in hundredths; at 0 nothing is left out.
const THRESHOLDS: [u8; 10] = [0, 20, 25, 30, 35, 40, 45, 50, 55, 60];

/// How many bins the reliability table has.
const BINS: usize = 10;

/// Claims with a confidence for each.
pub(super) struct Measured<'a> {
    name: &'static str,
    read: &'a [Vec<Told>],
    /// For each text, the confidence of each claim, as precise as it is printed.
    confidence: Vec<Vec<f64>>,
}

impl<'a> Measured<'a> {
    /// Takes claims with their confidences in the same order.
    pub(super) fn new(name: &'static str, read: &'a [Vec<Told>], confidence: &[f64]) -> Self {
        let mut left = confidence.iter().map(|confidence| (confidence * 100.0).round() / 100.0);
        let confidence = read.iter().map(|told| left.by_ref().take(told.len()).collect()).collect();
        Self { name, read, confidence }
    }

    /// Returns precision, recall and F1 of a set at a threshold: of sentences in which something
    /// is told, or of gold claims.
    fn score(&self, corpora: &Corpora, set: usize, threshold: f64) -> [f64; 3] {
        let (mut yes, mut told, mut both) = (0, 0, 0);
        let mut score = Score::default();
        for (i, text) in corpora.texts.iter().enumerate().filter(|(_, text)| text.set == set) {
            let claims = self.read[i].iter().zip(&self.confidence[i]);
            let mut claims = claims.filter(|(_, c)| threshold <= **c).map(|(told, _)| told);
            match &text.answer {
                Answer::Coded(label) => {
                    let is_told = claims.next().is_some();
                    yes += usize::from(*label);
                    told += usize::from(is_told);
                    both += usize::from(*label && is_told);
                }
                Answer::Gold(gold) => {
                    let index = OffsetIndex::new(&text.document.text);
                    score.add(&text.document.id, gold, &predicted(text, claims, &index));
                }
            }
        }
        if corpora.sets[set].is_gold() {
            return score.detection();
        }
        let (precision, recall) = (ratio(both, told), ratio(both, yes));
        [precision, recall, f1(precision, recall)]
    }
}

/// Says how much there was to fit on.
pub(super) fn print_rows(corpora: &Corpora, rows: &[Row]) {
    let right = rows.iter().filter(|row| row.right).count();
    let sets: Vec<&str> = corpora.sets.iter().map(|set| set.name.as_str()).collect();
    println!("{} texts of {}", corpora.texts.len(), sets.join(", "));
    println!("{} claims, {right} of them right", rows.len());
}

/// Prints the weights, the smallest first, with how many claims each bears on.
pub(super) fn print_weights(model: &Model, rows: &[Row]) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for row in rows {
        for name in row.features.iter().copied().chain([row.rule.as_str()]) {
            *counts.entry(name).or_default() += 1;
        }
    }
    let features = model.features.iter().map(|(&name, &weight)| (name, weight));
    let rules = model.rules.iter().map(|(id, &weight)| (id.as_str(), weight));
    print_group("features", features.collect(), &counts);
    print_group("rules", rules.collect(), &counts);
}

fn print_group(title: &str, mut weights: Vec<(&str, f64)>, counts: &BTreeMap<&str, usize>) {
    weights.sort_by(|a, b| a.1.total_cmp(&b.1));
    println!("\n{title:40} weight  claims");
    for (name, weight) in weights {
        println!("{name:40} {weight:+6.2} {:7}", counts.get(name).copied().unwrap_or_default());
    }
}

/// Prints precision, recall and F1 of each set at each threshold.
pub(super) fn print_thresholds(corpora: &Corpora, measured: &[Measured<'_>]) {
    for (set, of) in corpora.sets.iter().enumerate() {
        let names: Vec<String> =
            measured.iter().map(|measured| format!("{:19}", measured.name)).collect();
        println!("\n{:16} {}", of.name, names.join("  "));
        println!("{:16} {}", "threshold", ["P      R      F1   "; 3].join("  "));
        for threshold in THRESHOLDS.map(|hundredths| f64::from(hundredths) / 100.0) {
            let cells: Vec<String> = measured
                .iter()
                .map(|measured| measured.score(corpora, set, threshold))
                .map(|[precision, recall, f1]| format!("{precision:.3}  {recall:.3}  {f1:.3}"))
                .collect();
            println!("{threshold:<16.2} {}", cells.join("  "));
        }
    }
}

/// Prints how often claims of each confidence are right.
pub(super) fn print_reliability(rows: &[Row], inside: &[f64], outside: &[f64]) {
    println!("\nreliability      in sample                 held out");
    println!("confidence       claims  mean   right      claims  mean   right");
    let loss = [inside, outside].map(|confidence| log_loss(rows, confidence));
    let (inside, outside) = (bins(rows, inside), bins(rows, outside));
    let shown = |&(claims, sum, right): &(usize, f64, usize)| match claims {
        0 => format!("{claims:6}  -      -    "),
        _ => format!("{claims:6}  {:.3}  {:.3}", sum / claims as f64, ratio(right, claims)),
    };
    for (i, (inside, outside)) in inside.iter().zip(&outside).enumerate() {
        let bounds = [i, i + 1].map(|bound| format!("{:.1}", bound as f64 / BINS as f64));
        println!("{:16} {}      {}", bounds.join(" to "), shown(inside), shown(outside));
    }
    println!("{:16} {:6.3} {:26.3}", "log loss", loss[0], loss[1]);
}

/// Counts, for each bin, the claims, the sum of their confidence, and how many are right.
fn bins(rows: &[Row], confidence: &[f64]) -> [(usize, f64, usize); BINS] {
    let mut bins = [(0, 0.0, 0); BINS];
    for (row, confidence) in rows.iter().zip(confidence) {
        let bin = &mut bins[((confidence * BINS as f64) as usize).min(BINS - 1)];
        bin.0 += 1;
        bin.1 += confidence;
        bin.2 += usize::from(row.right);
    }
    bins
}

/// Returns how surprising what was observed is, on average; less is better.
fn log_loss(rows: &[Row], confidence: &[f64]) -> f64 {
    let surprise = rows.iter().zip(confidence).map(|(row, confidence)| {
        let probability = if row.right { *confidence } else { 1.0 - confidence };
        -probability.ln()
    });
    surprise.sum::<f64>() / rows.len() as f64
}
