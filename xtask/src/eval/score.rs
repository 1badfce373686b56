//! Detection, slots and claim F1 of claims against gold claims.
//!
//! A claim finds a gold claim when its kind and type are accepted and the two evidence spans share
//! at least half of the shorter one. The best one-to-one assignment counts. Optional gold claims
//! are free: finding one neither helps nor hurts.

use super::slots::{self, SLOTS, Scores, f1};
use serde::Deserialize;
use sijill::model::Claim;
use sijill_text::OffsetIndex;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// What a careful reader takes from a report; each slot lists what is accepted.
#[derive(Debug, Deserialize)]
pub(crate) struct Gold {
    pub(crate) document: String,
    start: u32,
    end: u32,
    exact: String,
    kinds: Vec<String>,
    #[serde(default)]
    optional: bool,
    pub(crate) agent: Option<Vec<Vec<String>>>,
    pub(crate) target: Option<Vec<Vec<String>>>,
    pub(crate) place: Option<Vec<Vec<String>>>,
    pub(crate) time: Option<Vec<String>>,
    pub(crate) count: Option<[Option<u64>; 2]>,
    pub(crate) share: Option<[f64; 2]>,
    pub(crate) attribution: Option<Vec<Vec<String>>>,
    pub(crate) modality: Option<Vec<String>>,
}

impl Gold {
    /// Returns where the evidence stands, in code points.
    pub(crate) fn span(&self) -> (u32, u32) {
        (self.start, self.end)
    }

    /// Tells whether a claim is of an accepted kind and stands on the same words.
    pub(crate) fn is_found_by(&self, predicted: &Predicted<'_>) -> bool {
        let ((a, b), (c, d)) = (self.span(), predicted.span);
        let shared = b.min(d).saturating_sub(a.max(c));
        let shorter = (b - a).min(d - c);
        self.kinds.contains(&predicted.name) && 0 < shared && shorter <= 2 * shared
    }
}

/// A claim that was read.
pub(crate) struct Predicted<'a> {
    pub(crate) claim: &'a Claim,
    /// The text of its document.
    pub(crate) text: &'a str,
    /// Where the evidence stands, in code points.
    pub(crate) span: (u32, u32),
    name: String,
}

impl<'a> Predicted<'a> {
    /// Takes a claim with the text it was read in.
    pub(crate) fn new(claim: &'a Claim, text: &'a str, index: &OffsetIndex<'_>) -> Self {
        let span = index.span_code_points(claim.evidence.span);
        Self { claim, text, span, name: claim.claim_type.to_string() }
    }
}

/// Counts over documents.
#[derive(Debug, Default)]
pub(crate) struct Score {
    documents: usize,
    gold: usize,
    predicted: usize,
    found: usize,
    /// What the found claims are worth: each the mean of its slots.
    worth: f64,
    slots: [(f64, usize); SLOTS.len()],
    /// Every miss, wrong slot and claim too many.
    pub(crate) errors: Vec<String>,
}

impl Score {
    /// Adds one document.
    pub(crate) fn add(&mut self, document: &str, gold: &[Gold], predicted: &[Predicted<'_>]) {
        let matches = assign(gold, predicted);
        self.documents += 1;
        for (g, gold) in gold.iter().enumerate().filter(|(_, gold)| !gold.optional) {
            self.gold += 1;
            match matches.get(&g) {
                Some(&p) => self.found(document, gold, &predicted[p]),
                None => {
                    let what = format!("missed {}", gold.kinds.join("|"));
                    self.error(document, &what, &gold.exact);
                }
            }
        }
        self.count_others(document, gold, predicted, &matches);
    }

    /// Returns precision, recall and F1 of detection.
    pub(crate) fn detection(&self) -> [f64; 3] {
        let (precision, recall) =
            (slots::ratio(self.found, self.predicted), slots::ratio(self.found, self.gold));
        [precision, recall, f1(precision, recall)]
    }

    fn found(&mut self, document: &str, gold: &Gold, predicted: &Predicted<'_>) {
        let scores = slots::scores(gold, predicted);
        self.found += 1;
        self.predicted += 1;
        self.worth += slots::mean(&scores);
        for ((sum, n), score) in self.slots.iter_mut().zip(scores) {
            *sum += score.unwrap_or_default();
            *n += usize::from(score.is_some());
        }
        let wrong = differences(gold, predicted, &scores);
        if !wrong.is_empty() {
            self.error(document, &format!("slots {}", wrong.join(", ")), &gold.exact);
        }
    }

    /// Counts the claims without a match, save the same fact told as another accepted kind.
    fn count_others(
        &mut self,
        document: &str,
        gold: &[Gold],
        predicted: &[Predicted<'_>],
        matches: &BTreeMap<usize, usize>,
    ) {
        let mut taken: BTreeSet<_> =
            matches.iter().map(|(&g, &p)| (g, predicted[p].claim.claim_type.kind())).collect();
        for (p, extra) in predicted.iter().enumerate() {
            if matches.values().any(|&matched| matched == p) {
                continue;
            }
            let kind = extra.claim.claim_type.kind();
            let excuse = (0..gold.len())
                .find(|&g| gold[g].is_found_by(extra) && !taken.contains(&(g, kind)));
            if let Some(g) = excuse {
                taken.insert((g, kind));
                continue;
            }
            self.predicted += 1;
            let exact = extra.claim.evidence.span.of(extra.text);
            let what = format!("spurious {} ({})", extra.name, extra.claim.rule);
            self.error(document, &what, exact);
        }
    }

    fn error(&mut self, document: &str, what: &str, exact: &str) {
        let number: String = document.chars().take_while(char::is_ascii_digit).collect();
        let exact: String = exact.replace('\n', " ").chars().take(110).collect();
        self.errors.push(format!("{number:3} {what:44} {exact}"));
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut line = |name: &str, hits: f64| {
            let over = |n: usize| if n == 0 { 0.0 } else { hits / n as f64 };
            let (precision, recall) = (over(self.predicted), over(self.gold));
            let f1 = f1(precision, recall);
            writeln!(f, "{name:10} P {precision:.3}  R {recall:.3}  F1 {f1:.3}")
        };
        line("detection", self.found as f64)?;
        line("claim", self.worth)?;
        let slots = SLOTS.iter().zip(&self.slots).filter(|(_, (_, n))| 0 < *n);
        let slots: Vec<String> =
            slots.map(|(name, (sum, n))| format!("{name} {:.2} ({n})", sum / *n as f64)).collect();
        writeln!(f, "slots      {}", slots.join("  "))?;
        let Self { found, gold, predicted, documents, .. } = self;
        writeln!(
            f,
            "{found} of {gold} gold claims found, {predicted} predicted, {documents} documents"
        )
    }
}

/// Matches greedily by slot score, augmented to a maximum matching (Kuhn): gold index to claim.
///
/// Core claims come first, the best-scoring first, so that optional ones never take their place.
fn assign(gold: &[Gold], predicted: &[Predicted<'_>]) -> BTreeMap<usize, usize> {
    let edges: Vec<Vec<(f64, usize)>> = gold.iter().map(|gold| edges(gold, predicted)).collect();
    let best = |g: usize| edges[g].first().map_or(0.0, |edge| edge.0);
    let mut order: Vec<usize> = (0..gold.len()).collect();
    order.sort_by(|&a, &b| {
        gold[a].optional.cmp(&gold[b].optional).then(best(b).total_cmp(&best(a)))
    });
    let mut owner = vec![None; predicted.len()];
    for g in order {
        place(g, &edges, &mut owner, &mut BTreeSet::new());
    }
    owner.iter().enumerate().filter_map(|(p, g)| Some(((*g)?, p))).collect()
}

fn edges(gold: &Gold, predicted: &[Predicted<'_>]) -> Vec<(f64, usize)> {
    let finders = predicted.iter().enumerate().filter(|(_, predicted)| gold.is_found_by(predicted));
    let mut edges: Vec<(f64, usize)> =
        finders.map(|(p, finder)| (slots::mean(&slots::scores(gold, finder)), p)).collect();
    edges.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)));
    edges
}

fn place(
    g: usize,
    edges: &[Vec<(f64, usize)>],
    owner: &mut [Option<usize>],
    seen: &mut BTreeSet<usize>,
) -> bool {
    for &(_, p) in &edges[g] {
        if seen.insert(p) && owner[p].is_none_or(|other| place(other, edges, owner, seen)) {
            owner[p] = Some(g);
            return true;
        }
    }
    false
}

/// Says for each slot below 1 what it is and what it should be.
fn differences(gold: &Gold, predicted: &Predicted<'_>, scores: &Scores) -> Vec<String> {
    let claim = predicted.claim;
    let sets = |wanted: &Option<Vec<Vec<String>>>| {
        let items = wanted.iter().flatten().map(|item| item.join("|"));
        items.collect::<Vec<_>>().join(",")
    };
    let ids = |actors: &[sijill::model::Participant]| {
        actors.iter().map(|actor| actor.id.as_str()).collect::<Vec<_>>().join(",")
    };
    let mut out = Vec::new();
    for (name, _) in SLOTS.iter().zip(scores).filter(|(_, score)| score.is_some_and(|s| s < 1.0)) {
        let (told, wanted) = match *name {
            "agent" => (ids(&claim.agent), sets(&gold.agent)),
            "target" => (ids(&claim.target), sets(&gold.target)),
            "place" => {
                let names: Vec<&str> = claim.place.iter().map(|place| &*place.name).collect();
                (names.join(","), sets(&gold.place))
            }
            "time" => {
                let told = claim.time.map(|slot| slot.edtf.to_string()).unwrap_or_default();
                (told, gold.time.iter().flatten().cloned().collect::<Vec<_>>().join("|"))
            }
            "attribution" => {
                let chain: Vec<&str> = claim.attribution.iter().map(|voice| &*voice.id).collect();
                (chain.join(">"), sets(&gold.attribution).replace(',', ">"))
            }
            "modality" => {
                let wanted = gold.modality.as_ref().map_or("asserted".to_owned(), |m| m.join("|"));
                (claim.modality.as_str().to_owned(), wanted)
            }
            "count" => {
                let told = claim.count.map(|slot| [slot.count.min(), slot.count.max()]);
                (bounds(told.unwrap_or_default()), bounds(gold.count.unwrap_or_default()))
            }
            "share" => {
                let told = claim.share.map(|slot| [slot.share.min(), slot.share.max()]);
                (
                    bounds(told.unwrap_or_default().map(Some)),
                    bounds(gold.share.unwrap_or_default().map(Some)),
                )
            }
            _ => {
                out.push("evidence".to_owned());
                continue;
            }
        };
        out.push(format!("{name} [{told}] not [{wanted}]"));
    }
    out
}

fn bounds<T: ToString>(bounds: [Option<T>; 2]) -> String {
    bounds.map(|bound| bound.map(|n| n.to_string()).unwrap_or_default()).join("..")
}
