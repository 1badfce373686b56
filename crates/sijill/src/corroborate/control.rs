//! Who holds what share of a place, over time and by origin.

use super::contradictions::{is_control, is_part};
use super::told::Told;
use crate::Knowledge;
use sijill_model::{ClaimType, ControlState, Date, Holder};
use std::collections::BTreeMap;

/// What one claim says of who holds a place.
struct Word {
    state: ControlState,
    /// It was taken whole, so that whoever held it holds it no more.
    is_taking: bool,
}

/// Makes the series of every place; `told` holds the claims that tell of control.
pub(super) fn series(told: &[Told<'_>], knowledge: &Knowledge) -> Vec<ControlState> {
    let mut words: Vec<Word> = told.iter().filter_map(word).collect();
    words.sort_by(|a, b| key(&a.state).cmp(&key(&b.state)));
    let mut series: Vec<Word> = Vec::new();
    for word in words {
        let of_day = series.iter_mut().rev();
        let mut of_day = of_day.take_while(|last| key(&last.state).0 == key(&word.state).0);
        if !of_day.any(|last| takes_in(last, &word, knowledge)) {
            series.push(word);
        }
    }
    series.into_iter().map(|word| word.state).collect()
}

/// Sorts by place, day and origin; then by when it was told, and the claim.
fn key(state: &ControlState) -> ((&str, Date, &str), Option<Date>, &str) {
    ((&state.place, state.since, &state.origin), state.known, &state.claim)
}

/// Takes in what the same origin tells of the same day; tells whether it could.
///
/// The same again adds nothing, nor does the loss of who does not hold it; who takes the whole
/// stands above whoever is said to hold it, and two holders beside each other contest it. What was
/// told on a later day stands for itself, since it was not known before.
fn takes_in(last: &mut Word, word: &Word, knowledge: &Knowledge) -> bool {
    if last.state.holder == word.state.holder {
        return true;
    }
    if last.state.known != word.state.known {
        return false;
    }
    let is_one = |a: &str, b: &str| is_part(a, b, knowledge) || is_part(b, a, knowledge);
    let replaces = match (&mut last.state.holder, &word.state.holder) {
        (Holder::Held { actor, share }, Holder::Held { actor: other, share: told })
            if is_one(actor, other) =>
        {
            if told.is_some() && share.is_some() {
                return false;
            }
            told.is_some() || share.is_none() && is_part(actor, other, knowledge)
        }
        (Holder::Held { .. }, Holder::Held { .. }) if last.is_taking != word.is_taking => {
            word.is_taking
        }
        (Holder::Held { actor, .. }, Holder::Held { actor: other, .. }) => {
            let mut actors = vec![actor.clone(), other.clone()];
            actors.sort_unstable();
            last.state.holder = Holder::Contested { actors };
            false
        }
        (Holder::Contested { actors }, Holder::Held { actor, .. }) => {
            if !word.is_taking && !actors.iter().any(|other| is_one(other, actor)) {
                actors.push(actor.clone());
                actors.sort_unstable();
            }
            word.is_taking
        }
        (Holder::Held { actor, .. }, Holder::Unknown { lost_by }) if !is_one(actor, lost_by) => {
            false
        }
        (Holder::Unknown { lost_by }, Holder::Held { actor, .. }) if !is_one(actor, lost_by) => {
            true
        }
        _ => return false,
    };
    if replaces {
        last.is_taking = word.is_taking;
        last.state = word.state.clone();
    }
    true
}

fn word(told: &Told<'_>) -> Option<Word> {
    let state = state(told)?;
    let whole = told.claim.share.is_none_or(|slot| slot.share.min() >= 1.0);
    Some(Word { state, is_taking: whole && told.claim.claim_type == ClaimType::Captures })
}

fn state(told: &Told<'_>) -> Option<ControlState> {
    let claim = told.claim;
    if !is_control(claim) || !told.is_told() {
        return None;
    }
    let place = claim.place.first()?;
    let since = claim.time.and_then(|time| time.edtf.start().first()).or(told.sketch.published)?;
    let actor = claim.agent.first()?.id.clone();
    let holder = match claim.claim_type {
        ClaimType::Loses => Holder::Unknown { lost_by: actor },
        _ => Holder::Held { actor, share: claim.share.map(|slot| slot.share) },
    };
    Some(ControlState {
        place: place.id.clone()?,
        name: place.name.clone(),
        since,
        known: told.sketch.published,
        origin: told.origin.id.clone(),
        holder,
        claim: claim.id.clone(),
        document: claim.document.clone(),
    })
}

/// Groups claims by place, each group in order of telling.
pub(super) fn by_place<'a>(told: &[Told<'a>]) -> BTreeMap<String, Vec<Told<'a>>> {
    let mut places: BTreeMap<String, Vec<Told<'a>>> = BTreeMap::new();
    for told in told {
        if let Some(id) = told.claim.place.first().and_then(|place| place.id.clone()) {
            places.entry(id).or_default().push(told.clone());
        }
    }
    for told in places.values_mut() {
        told.sort_by_key(|told| {
            let (unknown, day, document, start) = told.order();
            (unknown, day, document.to_owned(), start)
        });
    }
    places
}
