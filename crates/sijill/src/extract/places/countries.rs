//! How much a document speaks for each country.

use super::score::Context;
use sijill_knowledge::{Gazetteer, PlaceId};
use sijill_model::PlaceKind;

/// What speaks for a bearer that no table holds, as a weight among those it does.
const DOUBT: f64 = 8.0;

/// The weight of countries, 0 to 1 each.
pub(super) struct Countries<'a> {
    shares: Vec<(&'a str, f64)>,
    pub(super) first: f64,
}

impl Countries<'_> {
    pub(super) fn share(&self, code: &str) -> f64 {
        self.shares.iter().find(|(other, _)| *other == code).map_or(0.0, |(_, share)| *share)
    }
}

/// Lists what a name speaks for the country of each of its bearers.
pub(super) fn votes<'a>(
    gazetteer: &'a Gazetteer,
    ids: &[PlaceId],
) -> impl Iterator<Item = (PlaceId, Option<&'a str>, f64)> {
    let weight = |&id: &PlaceId| gazetteer.prominence(id).exp();
    let sum: f64 = ids.iter().map(weight).sum::<f64>() + DOUBT;
    ids.iter().map(move |&id| {
        let place = gazetteer.get(id);
        // A village has no vote: its name may be that of another one, which no table holds.
        let votes = !matches!(place.kind, PlaceKind::Village | PlaceKind::Neighbourhood);
        (id, place.country.as_deref().filter(|_| votes), gazetteer.prominence(id).exp() / sum)
    })
}

impl<'a> Context<'a> {
    pub(super) fn is_heard(&self, ids: &[PlaceId]) -> bool {
        self.heard.iter().any(|heard| **heard == *ids)
    }

    /// Tells whether bearers of a name lie in several countries, or are districts, whose names are
    /// those of much else.
    fn is_ambiguous(&self, ids: &[PlaceId]) -> bool {
        let place = |&id: &PlaceId| self.gazetteer.get(id);
        let first = ids.first().map(place);
        ids.iter().any(|id| Some(&place(id).country) != first.map(|first| &first.country))
            || ids.iter().all(|id| place(id).kind == PlaceKind::District)
    }

    /// Returns what the rest of the document speaks for each country: what a name speaks for its own
    /// bearers tells nothing of which of them is meant.
    pub(super) fn countries_beside(&self, ids: &[PlaceId]) -> Countries<'a> {
        let mut own: Vec<(&str, f64)> = Vec::new();
        let mut total = self.total;
        if self.is_ambiguous(ids) && self.is_heard(ids) {
            for (_, code, weight) in votes(self.gazetteer, ids) {
                let Some(code) = code else { continue };
                total -= weight;
                match own.iter_mut().find(|(other, _)| *other == code) {
                    Some((_, sum)) => *sum += weight,
                    None => own.push((code, weight)),
                }
            }
        }
        let beside = |code: &str, weight: f64| {
            let own = own.iter().find(|(other, _)| *other == code).map_or(0.0, |(_, own)| *own);
            f64::max(weight - own, 0.0) / f64::max(total, 1.0)
        };
        let shares: Vec<(&'a str, f64)> =
            self.countries.iter().map(|(&code, &weight)| (code, beside(code, weight))).collect();
        let first = shares.iter().map(|&(_, share)| share).fold(0.0, f64::max);
        Countries { shares, first }
    }
}
