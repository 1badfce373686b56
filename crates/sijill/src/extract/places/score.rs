//! How well a bearer of a name fits the document.

use super::super::mentions::{Mentions, PlaceRef};
use sijill_knowledge::{Gazetteer, PlaceId};
use sijill_model::PlaceKind;
use std::collections::BTreeMap;

/// What speaks for a bearer that no table holds, as a weight among those it does.
const DOUBT: f64 = 8.0;

/// A small place is believed in a country that has this part of the weight of the first one.
const FOREIGN: f64 = 0.3;

/// How many places without doubt are compared with; a long list of places says no more.
const ANCHORS: usize = 40;

pub(super) struct Context<'a> {
    gazetteer: &'a Gazetteer,
    /// Weight of each country in the document, 0 to 1.
    countries: BTreeMap<&'a str, f64>,
    /// Places that the document names without doubt.
    anchors: Vec<PlaceId>,
}

impl<'a> Context<'a> {
    pub(super) fn new(
        mentions: &Mentions,
        gazetteer: &'a Gazetteer,
        country: Option<&'a str>,
    ) -> Self {
        let mut context = Self { gazetteer, countries: BTreeMap::new(), anchors: Vec::new() };
        let mut total = 0.0;
        let mut vote = |code: &'a str, weight: f64, countries: &mut BTreeMap<&'a str, f64>| {
            *countries.entry(code).or_default() += weight;
            total += weight;
        };
        if let Some(country) = country {
            vote(country, 1.0, &mut context.countries);
        }
        for mention in &mentions.all {
            let PlaceRef::Candidates(start, end) = mention.place else { continue };
            let ids = &mentions.candidates[start as usize..end as usize];
            // A name votes for the countries of its bearers, the prominent ones more; a village that
            // bears a name alone may still not be the one that is meant.
            let weights = ids.iter().map(|&id| gazetteer.prominence(id).exp());
            let sum: f64 = weights.clone().sum::<f64>() + DOUBT;
            for (&id, weight) in ids.iter().zip(weights) {
                if let Some(code) = &gazetteer.get(id).country {
                    vote(code, weight / sum, &mut context.countries);
                }
            }
            if let &[only] = ids
                && !matches!(gazetteer.get(only).kind, PlaceKind::Country | PlaceKind::Village)
            {
                context.anchor([only]);
            }
        }
        context.countries.values_mut().for_each(|weight| *weight /= total.max(1.0));
        context
    }

    /// Adds places that the document names without doubt.
    pub(super) fn anchor(&mut self, places: impl IntoIterator<Item = PlaceId>) {
        for place in places {
            if self.anchors.len() < ANCHORS && !self.anchors.contains(&place) {
                self.anchors.push(place);
            }
        }
    }

    /// Chooses among the bearers of a name; `rural` if the land around is meant.
    pub(super) fn best(
        &self,
        ids: &[PlaceId],
        rural: bool,
        around: Option<&Around>,
    ) -> Option<PlaceId> {
        let mut best: Option<(f64, PlaceId)> = None;
        for &id in ids.iter().filter(|&&id| self.is_plausible(id)) {
            let mut score = self.score(id);
            if rural && self.gazetteer.get(id).kind == PlaceKind::Region {
                // The countryside of a capital is its province.
                score += 6.0;
            }
            if let Some(around) = around.filter(|around| around.place != id) {
                score += self.told_in(id, around);
            }
            if best.is_none_or(|(top, _)| top < score) {
                best = Some((score, id));
            }
        }
        best.map(|(_, id)| id)
    }

    fn score(&self, id: PlaceId) -> f64 {
        let place = self.gazetteer.get(id);
        let country =
            place.country.as_deref().and_then(|c| self.countries.get(c)).copied().unwrap_or(0.0);
        let mut score = self.gazetteer.prominence(id) + 4.0 * country;
        let mut nearest = f64::INFINITY;
        for &anchor in &self.anchors {
            if anchor == id {
                continue;
            }
            if self.gazetteer.contains(anchor, id) {
                score += 1.5;
            }
            nearest = nearest.min(self.gazetteer.kilometres(id, anchor));
        }
        if nearest.is_finite() {
            score += 2.5 * (-nearest / 60.0).exp();
        }
        score
    }

    /// A village abroad that the document does not speak of bears the name by chance.
    fn is_plausible(&self, id: PlaceId) -> bool {
        let place = self.gazetteer.get(id);
        let small = matches!(place.kind, PlaceKind::Village | PlaceKind::Neighbourhood)
            || place.population < 20_000 && matches!(place.kind, PlaceKind::Town | PlaceKind::Site);
        let first = self.countries.values().copied().fold(0.0, f64::max);
        let share = |code: &str| self.countries.get(code).copied().unwrap_or(0.0);
        !small || place.country.as_deref().is_none_or(|code| FOREIGN * first <= share(code))
    }

    /// A place lies in the one told behind it, or near it, on the side that is told.
    fn told_in(&self, id: PlaceId, around: &Around) -> f64 {
        let gazetteer = self.gazetteer;
        let unit = gazetteer.parent(around.centre);
        let inside = gazetteer.contains(around.place, id)
            || unit.is_some_and(|unit| gazetteer.contains(unit, id));
        let near = (-gazetteer.kilometres(id, around.centre) / 25.0).exp();
        let side = match around.bearing {
            Some(told) if id != around.centre => {
                let is = bearing(gazetteer, around.centre, id);
                2.0 * (told - is).to_radians().cos()
            }
            _ => 0.0,
        };
        side + 5.0 * near + if inside { 6.0 } else { 0.0 }
    }
}

/// The place that is told behind a name.
pub(super) struct Around {
    pub(super) place: PlaceId,
    /// The town of its name, or the place itself: what directions count from.
    pub(super) centre: PlaceId,
    /// The side that is told, in degrees from north by east.
    pub(super) bearing: Option<f64>,
}

/// The bearing of one place from another, in degrees from north by east.
fn bearing(gazetteer: &Gazetteer, from: PlaceId, to: PlaceId) -> f64 {
    let (a, b) = (gazetteer.get(from), gazetteer.get(to));
    let east = (b.lon - a.lon) * ((a.lat + b.lat) / 2.0).to_radians().cos();
    east.atan2(b.lat - a.lat).to_degrees()
}
