//! Where a claim stands after its reviews.

use super::{Act, Acts, Decision};
use std::collections::BTreeMap;

/// Where a claim stands after its reviews; of each person the last one counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Nobody reviewed it.
    Open,
    /// One person did.
    Once,
    /// All who did found the same.
    Agreed,
    /// Two found different things: a third has to read it.
    Disagreed,
    /// Two found different things, and whoever came last decided.
    Adjudicated,
}

impl Standing {
    /// Every standing there is.
    pub const ALL: [Self; 5] =
        [Self::Open, Self::Once, Self::Agreed, Self::Disagreed, Self::Adjudicated];

    /// Returns the name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Once => "once",
            Self::Agreed => "agreed",
            Self::Disagreed => "disagreed",
            Self::Adjudicated => "adjudicated",
        }
    }
}

impl Acts {
    /// Lists the reviews of a claim that count: the last of each person, in their order.
    pub fn counting(&self, claim: &str) -> Vec<&Act> {
        let mut last: BTreeMap<&str, &Act> = BTreeMap::new();
        for act in self.of_claim(claim).filter(|act| act.undone.is_none()) {
            last.insert(&act.person, act);
        }
        let mut counting: Vec<&Act> = last.into_values().collect();
        counting.sort_unstable_by_key(|act| act.entry);
        counting
    }

    /// Returns the review that decides on a claim: of several that agree the last one, and none
    /// while two disagree.
    pub fn ruling(&self, claim: &str) -> Option<&Act> {
        match self.standing(claim) {
            Standing::Open | Standing::Disagreed => None,
            Standing::Once | Standing::Agreed | Standing::Adjudicated => {
                self.counting(claim).last().copied()
            }
        }
    }

    /// Tells where a claim stands.
    pub fn standing(&self, claim: &str) -> Standing {
        match self.counting(claim).as_slice() {
            [] => Standing::Open,
            [_] => Standing::Once,
            [first, rest @ ..] if rest.iter().all(|act| agree(first, act)) => Standing::Agreed,
            [_, _] => Standing::Disagreed,
            _ => Standing::Adjudicated,
        }
    }
}

fn agree(one: &Act, other: &Act) -> bool {
    match (&one.decision, &other.decision) {
        (
            Decision::Review { verdict, corrections, .. },
            Decision::Review { verdict: v, corrections: c, .. },
        ) => verdict == v && corrections == c,
        _ => false,
    }
}
