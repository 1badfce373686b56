//! In which order claims are worth reviewing.

use crate::corroborated::Together;
use sijill::model::{Claim, ClaimType, IndependentOrigins};
use std::collections::{BTreeMap, HashMap};

/// What each reason adds to the value of a review, of 1.
const DISPUTED: f64 = 0.5;
const DOUBTFUL: f64 = 0.3;
const SINGLE_ORIGIN: f64 = 0.2;

/// Below this confidence a claim is called doubtful.
const LOW: f64 = 0.75;

/// A claim as it comes into the queue.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    id: String,
    claim_type: ClaimType,
    confidence: f64,
}

impl From<&Claim> for Told {
    fn from(claim: &Claim) -> Self {
        let Claim { claim_type, confidence, .. } = *claim;
        Self { id: claim.id.clone(), claim_type, confidence }
    }
}

/// A claim with what its review is worth.
#[derive(Clone, Debug)]
pub(crate) struct Queued {
    pub(crate) id: String,
    pub(crate) claim_type: ClaimType,
    /// 0 to 1.
    pub(crate) value: f64,
    /// `disputed`, `single-origin`, `low-confidence`.
    pub(crate) reasons: Vec<&'static str>,
}

/// The claims of a case, those whose review is worth most first.
#[derive(Debug, Default)]
pub(crate) struct Queue {
    pub(crate) all: Vec<Queued>,
    places: HashMap<String, usize>,
    counts: BTreeMap<ClaimType, u64>,
}

impl Queue {
    pub(crate) fn new(told: Vec<Told>, together: &Together) -> Self {
        let mut all: Vec<Queued> = told.into_iter().map(|told| weigh(told, together)).collect();
        all.sort_by(|a, b| b.value.total_cmp(&a.value).then_with(|| a.id.cmp(&b.id)));
        // Two documents may hold one claim under the same id: it is reviewed once.
        all.dedup_by(|a, b| a.id == b.id);
        let mut counts = BTreeMap::new();
        for queued in &all {
            *counts.entry(queued.claim_type).or_default() += 1;
        }
        let places = all.iter().enumerate().map(|(at, queued)| (queued.id.clone(), at)).collect();
        Self { all, places, counts }
    }

    /// Returns at which place a claim stands.
    pub(crate) fn place(&self, claim: &str) -> Option<usize> {
        self.places.get(claim).copied()
    }

    /// Counts the claims of the types that are wanted.
    pub(crate) fn count(&self, wants: impl Fn(ClaimType) -> bool) -> u64 {
        self.counts.iter().filter(|(kind, _)| wants(**kind)).map(|(_, count)| count).sum()
    }
}

/// Tells what it is worth to know whether a claim is read rightly: most where others contradict
/// it, then where it may as well be wrong as right, then where nobody else tells of it.
fn weigh(told: Told, together: &Together) -> Queued {
    let Told { id, claim_type, confidence } = told;
    let is_disputed = together.disputes(&id).next().is_some();
    let origins = together.incident_of(&id).map(|incident| incident.independent_origins);
    let is_single = origins != Some(IndependentOrigins::Separate);
    let doubt = 4.0 * confidence * (1.0 - confidence);
    let mut value = DOUBTFUL * doubt;
    let mut reasons = Vec::new();
    if is_disputed {
        value += DISPUTED;
        reasons.push("disputed");
    }
    if is_single {
        value += SINGLE_ORIGIN;
        reasons.push("single-origin");
    }
    if confidence < LOW {
        reasons.push("low-confidence");
    }
    Queued { id, claim_type, value: (value * 1000.0).round() / 1000.0, reasons }
}
