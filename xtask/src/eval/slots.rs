//! How well the slots of a claim agree with those of a gold claim.

use super::score::{Gold, Predicted};
use sijill_text::clitic::strip_article;
use sijill_text::fold::folded;

/// The slots that are scored, in the order they are printed.
pub(crate) const SLOTS: [&str; 9] =
    ["agent", "target", "place", "time", "count", "share", "attribution", "modality", "evidence"];

/// A score from 0 to 1 for each slot that the gold states.
pub(crate) type Scores = [Option<f64>; SLOTS.len()];

/// Returns the mean over the slots that are stated.
pub(crate) fn mean(scores: &Scores) -> f64 {
    let stated = || scores.iter().flatten();
    stated().sum::<f64>() / stated().count() as f64
}

/// Scores the slots of a claim that finds a gold claim.
pub(crate) fn scores(gold: &Gold, predicted: &Predicted<'_>) -> Scores {
    let claim = predicted.claim;
    let actors = |wanted: &Option<Vec<Vec<String>>>, slot: &[sijill::model::Participant]| {
        let wanted = wanted.as_ref()?;
        Some(of_sets(wanted, slot.len(), |id, i| slot[i].id == id))
    };
    let place = gold.place.as_ref().map(|wanted| {
        of_sets(wanted, claim.place.len(), |name, i| {
            let words = claim.place[i].span.of(predicted.text);
            is_same_place(name, &claim.place[i].name) || is_same_place(name, words)
        })
    });
    let time = gold.time.as_ref().map(|wanted| {
        let told = claim.time.map(|slot| slot.edtf.to_string()).unwrap_or_default();
        truth(wanted.contains(&told))
    });
    let count = gold.count.map(|wanted| {
        let told = claim.count.map(|slot| [slot.count.min(), slot.count.max()]);
        truth(told.unwrap_or_default() == wanted)
    });
    let share = gold.share.map(|[min, max]| {
        truth(claim.share.is_some_and(|slot| {
            (slot.share.min() - min).abs() < 0.005 && (slot.share.max() - max).abs() < 0.005
        }))
    });
    let modality = claim.modality.as_str();
    let accepted = match &gold.modality {
        Some(wanted) => wanted.iter().any(|name| name == modality),
        None => modality == "asserted",
    };
    [
        actors(&gold.agent, &claim.agent),
        actors(&gold.target, &claim.target),
        place,
        time,
        count,
        share,
        gold.attribution.as_ref().map(|wanted| attribution(wanted, predicted)),
        Some(truth(accepted)),
        Some(evidence(gold.span(), predicted.span)),
    ]
}

/// Scores a chain: the origin counts; a relay that is missing halves it.
fn attribution(wanted: &[Vec<String>], predicted: &Predicted<'_>) -> f64 {
    let chain = &predicted.claim.attribution;
    let is = |id: &String, voice: &sijill::model::Attribution| {
        !id.is_empty() && (voice.id == *id || voice.speaker.as_ref() == Some(id))
    };
    let Some((origin, relays)) = wanted.split_last() else { return truth(chain.is_empty()) };
    let Some((told, before)) = chain.split_last() else {
        return truth(origin.iter().any(String::is_empty));
    };
    if !origin.iter().any(|id| is(id, told)) {
        return 0.0;
    }
    let told = |relay: &Vec<String>| relay.iter().any(|id| before.iter().any(|v| is(id, v)));
    if relays.iter().all(told) { 1.0 } else { 0.5 }
}

/// Returns the F1 of two sets; an item that accepts "" may be absent.
fn of_sets(wanted: &[Vec<String>], told: usize, is: impl Fn(&str, usize) -> bool) -> f64 {
    let is_needed = |item: &Vec<String>| !item.iter().any(String::is_empty);
    let needed = wanted.iter().filter(|item| is_needed(item)).count();
    let mut left: Vec<usize> = (0..told).collect();
    let mut hits = 0;
    for item in wanted {
        let hit = left.iter().position(|&i| item.iter().any(|id| !id.is_empty() && is(id, i)));
        if let Some(at) = hit {
            left.remove(at);
            hits += usize::from(is_needed(item));
        }
    }
    if needed == 0 {
        return if left.is_empty() { 1.0 } else { 0.5 };
    }
    f1(ratio(hits, hits + left.len()), ratio(hits, needed))
}

fn is_same_place(wanted: &str, told: &str) -> bool {
    let words = |name: &str| -> Vec<String> {
        let name = folded(name);
        let words = name.split(|c: char| !c.is_alphanumeric() && c != '_');
        words.filter(|word| !word.is_empty()).map(|w| strip_article(w).1.to_owned()).collect()
    };
    let (wanted, told) = (words(wanted), words(told));
    let within =
        |a: &[String], b: &[String]| !a.is_empty() && a.iter().all(|word| b.contains(word));
    !wanted.is_empty() && (within(&wanted, &told) || within(&told, &wanted))
}

fn evidence(gold: (u32, u32), told: (u32, u32)) -> f64 {
    let shared = gold.1.min(told.1).saturating_sub(gold.0.max(told.0));
    let whole = gold.1.max(told.1) - gold.0.min(told.0);
    match ratio(shared as usize, whole as usize) {
        share if 0.5 <= share => 1.0,
        share if 0.25 <= share => 0.5,
        _ => 0.0,
    }
}

fn truth(holds: bool) -> f64 {
    f64::from(u8::from(holds))
}

/// Divides; nothing of nothing is nothing.
pub(crate) fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// Returns the harmonic mean of precision and recall.
pub(crate) fn f1(precision: f64, recall: f64) -> f64 {
    if precision + recall == 0.0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) }
}
