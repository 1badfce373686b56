//! Who holds what share of a place, over time and by origin.

use super::contradictions::is_control;
use super::told::Told;
use sijill_model::{ClaimType, ControlState, Date, Holder};
use std::collections::BTreeMap;

/// Makes the series of every place; `told` holds the claims that tell of control.
pub(super) fn series(told: &[Told<'_>]) -> Vec<ControlState> {
    let mut states: Vec<ControlState> = told.iter().filter_map(state).collect();
    states.sort_by(|a, b| key(a).cmp(&key(b)));
    let mut series: Vec<ControlState> = Vec::new();
    for state in states {
        let last = series.last_mut().filter(|last| key(last).0 == key(&state).0);
        if !last.is_some_and(|last| takes_in(last, &state)) {
            series.push(state);
        }
    }
    series
}

/// Sorts by place, day and origin; then by when it was told, and the claim.
fn key(state: &ControlState) -> ((&str, Date, &str), Option<Date>, &str) {
    ((&state.place, state.since, &state.origin), state.known, &state.claim)
}

/// Takes in what the same origin tells of the same day: the same again, or a second holder beside
/// the first; tells whether it could.
fn takes_in(last: &mut ControlState, state: &ControlState) -> bool {
    match (&mut last.holder, &state.holder) {
        (ours, theirs) if ours == theirs => true,
        (Holder::Held { actor, .. }, Holder::Held { actor: other, .. }) if actor != other => {
            let actors = vec![actor.clone(), other.clone()];
            last.holder = Holder::Contested { actors };
            true
        }
        (Holder::Contested { actors }, Holder::Held { actor, .. }) => {
            if !actors.contains(actor) {
                actors.push(actor.clone());
            }
            true
        }
        _ => false,
    }
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
