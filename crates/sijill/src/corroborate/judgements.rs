//! What people decided, put above what was read.

use super::Compared;
use super::clusters::{DIFFERENT, Link, SAME};
use rustc_hash::FxHashMap;
use sijill_model::Judgement;
use std::collections::BTreeMap;

/// Adds what people decided to the links; of two judgements on a pair the later one counts.
///
/// A judgement names claims, which never change, so it holds however they are clustered anew. It
/// reaches as far as the episodes of its claims, in every report that prints the same text.
pub(super) fn apply(judgements: &[Judgement], compared: &Compared<'_>, links: &mut Vec<Link>) {
    if judgements.is_empty() {
        return;
    }
    // A text that was printed twice has its claims twice, by the same ids.
    let mut episodes_of: FxHashMap<&str, Vec<u32>> = FxHashMap::default();
    for (at, node) in (0u32..).zip(&compared.nodes) {
        let claims = &compared.sketch(at).claims;
        for &i in &node.episode.claims {
            episodes_of.entry(claims[i as usize].id.as_str()).or_default().push(at);
        }
    }
    let episodes = |claims: &[String]| -> Vec<u32> {
        let found = claims.iter().filter_map(|id| episodes_of.get(id.as_str()));
        let mut found: Vec<u32> = found.flatten().copied().collect();
        found.sort_unstable();
        found.dedup();
        found
    };
    let mut decided: BTreeMap<(u32, u32), f64> = BTreeMap::new();
    for judgement in judgements {
        let (ones, others, weight) = match judgement {
            Judgement::Same { claims } => {
                let all = episodes(claims);
                (all.clone(), all, SAME)
            }
            Judgement::Different { claims, others } => {
                (episodes(claims), episodes(others), DIFFERENT)
            }
        };
        for &a in &ones {
            for &b in others.iter().filter(|b| **b != a) {
                decided.insert((a.min(b), a.max(b)), weight);
            }
        }
    }
    links.retain(|link| !decided.contains_key(&(link.a, link.b)));
    links.extend(decided.into_iter().map(|((a, b), weight)| Link { a, b, weight }));
}
