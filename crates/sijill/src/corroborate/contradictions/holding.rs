//! Who is said to hold a place, and how much of it.

use super::super::told::{Told, span_of};
use super::{Conflicts, Of, may_be_one, side};
use crate::Knowledge;
use sijill_model::{ClaimType, ContradictionType, Modality, Participant, Precision};

/// How many days may lie between two tellings of who holds a place.
const CONTROL_DAYS: i32 = 3;

impl Conflicts {
    /// Holds who is said to hold one place against each other; `told` is in order of telling.
    pub(in super::super) fn of_place(
        &mut self,
        told: &[Told<'_>],
        place: &str,
        knowledge: &Knowledge,
    ) {
        for (i, a) in told.iter().enumerate() {
            for b in &told[i + 1..] {
                let (Some(told_a), Some(told_b)) = (a.told_on(), b.told_on()) else { continue };
                if told_b - told_a > CONTROL_DAYS {
                    break;
                }
                self.takings((a, b), told, place, knowledge);
                if a.origin.id != b.origin.id {
                    self.control(a, b, place, knowledge);
                }
            }
        }
    }

    fn control(&mut self, a: &Told<'_>, b: &Told<'_>, place: &str, knowledge: &Knowledge) {
        let (Some(first), Some(second)) = (a.claim.agent.first(), b.claim.agent.first()) else {
            return;
        };
        let one_party = may_be_one(&a.claim.agent, &b.claim.agent, knowledge)
            || self.allies.joins(&a.claim.agent, &b.claim.agent);
        let denied = |told: &Told<'_>| told.claim.modality == Modality::Denied;
        if denied(a) || denied(b) {
            let same = a.claim.claim_type == b.claim.claim_type && one_party;
            if same && denied(a) != denied(b) {
                let value = |told: &Told<'_>| if denied(told) { "denied" } else { "asserted" };
                let sides = (side(a, value(a)), side(b, value(b)));
                self.contradict(ContradictionType::Denial, sides, Of::Place(place));
            }
            return;
        }
        if one_party {
            self.shares(a, b, place);
            return;
        }
        let loses = |told: &Told<'_>| told.claim.claim_type == ClaimType::Loses;
        let partly = |told: &Told<'_>| told.claim.share.is_some_and(|slot| slot.share.max() < 1.0);
        if loses(a) || loses(b) || partly(a) || partly(b) || succeeds(a, b) {
            return;
        }
        if !is_party(first) || !is_party(second) || may_be_shared(a, b) {
            return;
        }
        let sides = (side(a, &first.id), side(b, &second.id));
        self.contradict(ContradictionType::Control, sides, Of::Place(place));
    }

    /// Holds the parts of a place that one party is said to hold against each other.
    fn shares(&mut self, a: &Told<'_>, b: &Told<'_>, place: &str) {
        let (Some(x), Some(y)) = (a.claim.share, b.claim.share) else { return };
        let loses = |told: &Told<'_>| told.claim.claim_type == ClaimType::Loses;
        let apart = x.share.max() < y.share.min() || y.share.max() < x.share.min();
        if !apart || loses(a) != loses(b) {
            return;
        }
        let whole = x.share.min() >= 1.0 || y.share.min() >= 1.0;
        let found = if whole { ContradictionType::Status } else { ContradictionType::Number };
        let value = |share: sijill_model::Share| format!("{:.0}%", share.min() * 100.0);
        let sides = (side(a, &value(x.share)), side(b, &value(y.share)));
        self.contradict(found, sides, Of::Place(place));
    }
}

/// Tells whether somebody is named who can hold a place: a person speaks of it, and what is told in
/// one word that no table knows ("the rebels") may be whoever else is named.
fn is_party(actor: &Participant) -> bool {
    let is_unknown = actor.id.strip_prefix("unlisted:").is_some_and(|name| !name.contains(' '));
    actor.actor_type != "person" && !is_unknown
}

/// Tells whether both may hold a part of it: of a province or a country each has what it has, unless
/// it is said to have all.
fn may_be_shared(a: &Told<'_>, b: &Told<'_>) -> bool {
    let is_wide = |told: &Told<'_>| {
        told.claim.place.first().is_some_and(|slot| slot.precision > Precision::District)
    };
    let whole = |told: &Told<'_>| told.claim.share.is_some_and(|slot| slot.share.min() >= 1.0);
    is_wide(a) && is_wide(b) && !whole(a) && !whole(b)
}

/// Tells whether the one may have held the place after the other: who takes a place holds it from
/// that day, who is said to hold it holds it on the day of telling.
fn succeeds(a: &Told<'_>, b: &Told<'_>) -> bool {
    let taken = |told: &Told<'_>| {
        let is_taking = told.claim.claim_type == ClaimType::Captures;
        told.claim.time.filter(|_| is_taking).and_then(|time| span_of(time.edtf).0)
    };
    match (taken(a), taken(b)) {
        (Some(first), Some(second)) => first != second,
        (Some(day), None) => b.told_on().is_none_or(|told| day > told),
        (None, Some(day)) => a.told_on().is_none_or(|told| day > told),
        (None, None) => false,
    }
}
