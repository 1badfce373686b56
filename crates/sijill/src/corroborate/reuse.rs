//! Passages that stand in more than one report.
//!
//! Every run of six words has a number; of each four in a row the lowest is kept (winnowing), so
//! that a common passage of nine words or more is sure to be met. Where two reports meet, the common
//! words are followed to both sides, over small edits.

use super::sketch::{Placed, Sketch};
use rustc_hash::FxHasher;
use sijill_model::{Passage, Reuse, Span};
use std::hash::Hasher;

/// How many words have a number together.
const RUN: usize = 6;

/// Of so many numbers in a row the lowest is kept.
const WINDOW: usize = 4;

/// What stands in more reports is the frame of a page; each is compared with the first one only.
const FRAME: usize = 24;

/// How many words may be edited between two common runs of one passage.
const EDITED: usize = 6;

/// A passage has so many words in common.
const PASSAGE: usize = 11;

/// A report of which so much stands in another is a copy of it, or that of it.
const NEAR_COPY: f64 = 0.6;

/// A copy has so many words.
const COPY: usize = 14;

/// The number of a run of words: which report, and at which word.
pub(super) struct Print {
    pub(super) hash: u64,
    pub(super) report: u32,
    pub(super) at: u32,
}

/// Where two reports meet: their numbers, and at which word of each.
pub(super) type Seed = (u32, u32, u32, u32);

/// Words that stand in two reports alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Common {
    a: usize,
    b: usize,
    /// Words in `a` and `b`, edits between included.
    length_a: usize,
    length_b: usize,
    /// Words that are alike.
    alike: usize,
}

/// Finds the passages that stand in more than one report.
pub(super) fn reuses(sketches: &[&Sketch]) -> Vec<Reuse> {
    let mut prints = Vec::new();
    for (report, sketch) in (0u32..).zip(sketches) {
        fingerprint(report, &sketch.text, &mut prints);
    }
    let seeds = seeds(&mut prints);
    let pairs = seeds.chunk_by(|x, y| (x.0, x.1) == (y.0, y.1));
    pairs.filter_map(|seeds| reuse(sketches, seeds)).collect()
}

/// Finds where reports meet.
pub(super) fn seeds(prints: &mut [Print]) -> Vec<Seed> {
    prints.sort_unstable_by_key(|print| (print.hash, print.report, print.at));
    let mut seeds: Vec<Seed> = Vec::new();
    for same in prints.chunk_by(|a, b| a.hash == b.hash) {
        let ones = if same.len() > FRAME { &same[..1] } else { same };
        for (i, one) in ones.iter().enumerate() {
            let others = same[i + 1..].iter().filter(|other| other.report != one.report);
            seeds.extend(others.map(|other| (one.report, other.report, one.at, other.at)));
        }
    }
    seeds.sort_unstable();
    seeds
}

/// Appends the numbers of the runs of words of a report.
pub(super) fn fingerprint(report: u32, text: &[Placed], out: &mut Vec<Print>) {
    let hashes: Vec<u64> = text.windows(RUN).map(hash).collect();
    let mut last = None;
    for (start, window) in hashes.windows(WINDOW.min(hashes.len().max(1))).enumerate() {
        let Some(lowest) = (0..window.len()).min_by_key(|&i| (window[i], i)) else { continue };
        let at = start + lowest;
        if last.replace(at) != Some(at) {
            out.push(Print { hash: hashes[at], report, at: at as u32 });
        }
    }
}

fn hash(run: &[Placed]) -> u64 {
    let mut hasher = FxHasher::default();
    for placed in run {
        hasher.write_u32(placed.word);
    }
    hasher.finish()
}

/// Makes out what two reports have in common of the places where they meet.
pub(super) fn reuse(sketches: &[&Sketch], seeds: &[Seed]) -> Option<Reuse> {
    let (one, other) = (sketches[seeds[0].0 as usize], sketches[seeds[0].1 as usize]);
    let runs = common_runs(&one.text, &other.text, seeds);
    let passages = joined(&runs);
    let longest = *passages.iter().max_by_key(|passage| passage.alike)?;
    if longest.alike < PASSAGE {
        return None;
    }
    let alike: usize = passages.iter().map(|passage| passage.alike).sum();
    let shorter = one.text.len().min(other.text.len());
    let share = (alike as f64 / shorter as f64).min(1.0);
    let passage = |sketch: &Sketch, from: usize, length: usize| passage(sketch, from, length);
    let (a, b) =
        (passage(one, longest.a, longest.length_a), passage(other, longest.b, longest.length_b));
    let (original, copy) = if is_original(one, other) { (a, b) } else { (b, a) };
    Some(Reuse { copy, original, share, is_near_copy: share >= NEAR_COPY && alike >= COPY })
}

/// Tells which of two reports came first, as far as can be known: by the day, by one naming the
/// other's outlet as its source, and then the longer one.
fn is_original(one: &Sketch, other: &Sketch) -> bool {
    if let (Some(a), Some(b)) = (one.published, other.published)
        && a != b
    {
        return a < b;
    }
    match (other.names(one), one.names(other)) {
        (true, false) => return true,
        (false, true) => return false,
        _ => {}
    }
    (std::cmp::Reverse(one.text.len()), &one.document)
        <= (std::cmp::Reverse(other.text.len()), &other.document)
}

fn passage(sketch: &Sketch, from: usize, length: usize) -> Passage {
    let words = &sketch.text[from..from + length];
    // A passage that runs from the title into the text is told where most of it stands.
    let field = words[words.len() / 2].field;
    let mut own = words.iter().filter(|word| word.field == field);
    let first = own.next().unwrap_or(&words[0]);
    let last = own.next_back().unwrap_or(first);
    Passage {
        document: sketch.document.clone(),
        field,
        span: Span::new(first.span.start, last.span.end),
        code_points: Span::new(first.code_points.start, last.code_points.end),
    }
}

/// Follows the words to both sides of each place where two texts meet.
fn common_runs(a: &[Placed], b: &[Placed], seeds: &[Seed]) -> Vec<Common> {
    let mut runs: Vec<Common> = Vec::new();
    for &(_, _, at_a, at_b) in seeds {
        let (at_a, at_b) = (at_a as usize, at_b as usize);
        let met = |run: &Common| {
            at_a >= run.a && at_a < run.a + run.length_a && at_a - run.a == at_b.wrapping_sub(run.b)
        };
        if runs.iter().any(met) {
            continue;
        }
        let back = (0..at_a.min(at_b)).take_while(|i| a[at_a - 1 - i].word == b[at_b - 1 - i].word);
        let back = back.count();
        let ahead = a[at_a..].iter().zip(&b[at_b..]).take_while(|(x, y)| x.word == y.word).count();
        let length = back + ahead;
        runs.push(Common {
            a: at_a - back,
            b: at_b - back,
            length_a: length,
            length_b: length,
            alike: length,
        });
    }
    runs.sort_unstable();
    runs
}

/// Joins runs between which a few words were edited; what overlaps one before it is left out.
fn joined(runs: &[Common]) -> Vec<Common> {
    let mut passages: Vec<Common> = Vec::new();
    for run in runs {
        if let Some(last) = passages.last_mut() {
            let (end_a, end_b) = (last.a + last.length_a, last.b + last.length_b);
            if run.a < end_a {
                continue;
            }
            if run.a - end_a <= EDITED && run.b >= end_b && run.b - end_b <= EDITED {
                last.length_a = run.a + run.length_a - last.a;
                last.length_b = run.b + run.length_b - last.b;
                last.alike += run.alike;
                continue;
            }
        }
        passages.push(*run);
    }
    passages
}
