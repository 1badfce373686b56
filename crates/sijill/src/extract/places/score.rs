//! How well a bearer of a name fits the document.

use super::super::mentions::{Footing, Mention, Mentions, PlaceRef};
use super::super::words::Words;
use super::countries::{Countries, votes};
use super::ground::bearing;
use super::{Choice, VICINITY, nation};
use sijill_knowledge::{Entity, EntityId, Gazetteer, Knowledge, PlaceId, PlaceTypes};
use sijill_model::PlaceKind;
use std::collections::{BTreeMap, BTreeSet};

/// What a group of one country speaks for that country; a name of a place speaks up to 1.
const PARTY: f64 = 0.5;

/// From how many people a town is as well known as a country.
const METROPOLIS: u32 = 1_000_000;

/// The extent in kilometres from which a province is more than its capital and what lies around.
const WIDE: f64 = 25.0;

/// How many certain places are compared with; a long list of places says no more.
const ANCHORS: usize = 40;

/// How many places that were chosen are compared with.
const NEIGHBOURS: usize = 160;

/// A bearer must fit better than the next by this much.
const MARGIN: f64 = 0.2;

/// What the very spelling of a name speaks for its bearer.
const EXACT: f64 = 1.2;

/// Two bearers nearer than this, in kilometres, are as good as one.
const DISTINCT: f64 = 8.0;

/// How far a village that is spelled in another way may lie from a place of the document, in
/// kilometres.
const AT_HAND: f64 = 60.0;

/// What a document says of places as a whole.
pub(super) struct Context<'a> {
    pub(super) gazetteer: &'a Gazetteer,
    pub(super) place_types: &'a PlaceTypes,
    /// Weight of each country in the document: how much its names and parties speak for it.
    pub(super) countries: BTreeMap<&'a str, f64>,
    /// How many names speak for each country.
    pub(super) voters: BTreeMap<&'a str, u32>,
    /// The weight of all countries.
    pub(super) total: f64,
    /// The names that spoke, by their bearers.
    pub(super) heard: Vec<Box<[PlaceId]>>,
    /// Places that the document names without doubt.
    anchors: Vec<PlaceId>,
    /// Places that it tells with what lies around them, and all bearers of their names.
    told: Vec<(PlaceId, Box<[PlaceId]>)>,
    /// Places that were chosen so far.
    pub(super) neighbours: Vec<PlaceId>,
    /// Towns that the document may speak of.
    pub(super) towns: Vec<PlaceId>,
}

impl<'a> Context<'a> {
    pub(super) fn new(
        fields: &[(&Mentions, &Words<'_>)],
        knowledge: &'a Knowledge,
        country: Option<&'a str>,
    ) -> Self {
        let gazetteer = &knowledge.gazetteer;
        let mut context = Self {
            gazetteer,
            place_types: &knowledge.place_types,
            countries: BTreeMap::new(),
            voters: BTreeMap::new(),
            total: 0.0,
            heard: Vec::new(),
            anchors: Vec::new(),
            told: Vec::new(),
            neighbours: Vec::new(),
            towns: Vec::new(),
        };
        if let Some(country) = country {
            context.countries.insert(country, 1.0);
            context.voters.insert(country, 1);
            context.total = 1.0;
        }
        for &(mentions, words) in fields {
            for mention in &mentions.all {
                let PlaceRef::Candidates(start, end) = mention.place else { continue };
                let ids = &mentions.candidates[start as usize..end as usize];
                // A name has one vote, and what is as likely a word has none.
                if mention.footing == Footing::Word || context.is_heard(ids) {
                    continue;
                }
                context.heard.push(ids.into());
                let country = nation(words, mention);
                let of = |&id: &PlaceId| country.is_none_or(|of| gazetteer.contains(of, id));
                let told: Vec<PlaceId> = ids.iter().copied().filter(of).collect();
                context.hear(if told.is_empty() { ids } else { &told });
            }
        }
        let entities = fields.iter().flat_map(|field| &field.0.all).filter_map(|m| m.entity);
        let parties: BTreeSet<EntityId> = entities.collect();
        for party in parties {
            context.hear_party(knowledge.entities.get(party));
        }
        context.towns.sort_unstable();
        context.towns.dedup();
        context
    }

    /// A name votes for the countries of its bearers, the prominent ones more; a village that bears a
    /// name alone may still not be the one that is meant.
    fn hear(&mut self, ids: &[PlaceId]) {
        let gazetteer = self.gazetteer;
        let mut spoken: Option<&str> = None;
        for (id, code, weight) in votes(gazetteer, ids) {
            let place = gazetteer.get(id);
            if let Some(code) = code {
                *self.countries.entry(code).or_default() += weight;
                self.total += weight;
                if spoken != Some(code) {
                    *self.voters.entry(code).or_default() += 1;
                    spoken = Some(code);
                }
            }
            if matches!(place.kind, PlaceKind::City | PlaceKind::Town) {
                self.towns.push(id);
            }
        }
        if let &[only] = ids
            && !matches!(gazetteer.get(only).kind, PlaceKind::Country | PlaceKind::Village)
        {
            self.anchor(only);
        }
    }

    /// A group is told of where it fights; the forces of a state act anywhere.
    fn hear_party(&mut self, party: &'a Entity) {
        let at_home = party.type_name == "armed-group";
        let Some(code) = party.country.as_deref().filter(|_| at_home) else { return };
        *self.countries.entry(code).or_default() += PARTY;
        self.total += PARTY;
    }

    /// Adds a place that the document names without doubt.
    fn anchor(&mut self, place: PlaceId) {
        fill(&mut self.anchors, [place], ANCHORS);
    }

    /// Adds a place that the document tells with the place around it, and all that bear its name.
    pub(super) fn tell(&mut self, place: PlaceId, bearers: &[PlaceId]) {
        self.anchor(place);
        if bearers.iter().any(|&id| self.is_elsewhere(id, place))
            && !self.told.iter().any(|told| told.0 == place)
        {
            self.told.push((place, bearers.into()));
        }
    }

    /// A name means one place in a document: finds the namesake elsewhere of the `likeliest` of its
    /// bearers that the document told with the place around it.
    pub(super) fn told(&self, ids: &[PlaceId], likeliest: PlaceId) -> Option<PlaceId> {
        let same = |bearers: &[PlaceId]| bearers.iter().any(|id| ids.contains(id));
        let mut told = self.told.iter().filter(|(_, bearers)| same(bearers));
        let &(place, _) = told.next()?;
        let only = told.next().is_none();
        let known = self.gazetteer.get(likeliest).kind == PlaceKind::Country
            || self.is_metropolis(likeliest);
        (only && !known && self.is_elsewhere(likeliest, place)).then_some(place)
    }

    /// Keeps the places that were chosen: what lies near them fits better.
    pub(super) fn settle(&mut self, places: impl IntoIterator<Item = PlaceId>) {
        let gazetteer = self.gazetteer;
        let spot = |&id: &PlaceId| {
            let kind = gazetteer.get(id).kind;
            !matches!(kind, PlaceKind::Country | PlaceKind::Area | PlaceKind::Water)
        };
        self.neighbours.clone_from(&self.anchors);
        fill(&mut self.neighbours, places.into_iter().filter(spot), NEIGHBOURS);
    }

    /// Chooses among the bearers of a name, as a mention means it.
    /// What is spelled in another way comes after `exact`.
    pub(super) fn best(
        &self,
        ids: &[PlaceId],
        exact: usize,
        mention: &Mention,
        around: Option<&Around>,
    ) -> Choice {
        let mut best: Option<(f64, PlaceId)> = None;
        let mut second: Option<(f64, PlaceId)> = None;
        let country = |&id: &PlaceId| self.gazetteer.get(id).kind == PlaceKind::Country;
        if let Some(id) = ids[..exact].iter().copied().find(country)
            && mention.noun.is_none()
            && around.is_none_or(|around| self.may_lie_in(id, around))
            && !ids[..exact].iter().any(|&other| self.is_metropolis_abroad(other, id))
        {
            return Choice::Place(id);
        }
        let countries = self.countries_beside(ids);
        let metropolis = ids[..exact].iter().any(|&id| self.is_metropolis(id));
        let fits = |&id: &PlaceId| {
            let told = around.is_some_and(|around| self.gazetteer.contains(around.place, id));
            (told || self.is_plausible(id, mention.footing, self.names_city(mention), &countries))
                && !(metropolis && mention.noun.is_none() && self.is_unit(id))
                && self.is_in_town(id, ids.len() == 1)
                && around.map_or_else(|| self.is_near(id), |around| self.may_lie_in(id, around))
        };
        for (i, id) in ids.iter().copied().enumerate().filter(|(_, id)| fits(id)) {
            let mut score = self.score(id, &countries);
            if i < exact {
                score += EXACT;
            }
            if mention.rural && self.is_wide_province(id) {
                // The countryside of a capital is its province.
                score += 6.0;
            }
            if let Some(around) = around.filter(|around| around.place != id) {
                score += self.told_in(id, around);
            }
            if best.is_none_or(|(top, _)| top < score) {
                second = best.replace((score, id));
            } else if second.is_none_or(|(top, _)| top < score) {
                second = Some((score, id));
            }
        }
        let Some((top, id)) = best else { return Choice::Nowhere };
        let as_good = second.is_some_and(|(score, other)| {
            top < score + MARGIN && DISTINCT < self.gazetteer.kilometres(id, other)
        });
        if as_good { Choice::Undecided } else { Choice::Place(id) }
    }

    /// Tells whether two bearers of a name are no town and its province.
    fn is_elsewhere(&self, id: PlaceId, told: PlaceId) -> bool {
        let gazetteer = self.gazetteer;
        VICINITY < gazetteer.kilometres(id, told)
            && !gazetteer.contains(id, told)
            && !gazetteer.contains(told, id)
    }

    /// Oman is spelt as the capital of Jordan is.
    fn is_metropolis_abroad(&self, id: PlaceId, country: PlaceId) -> bool {
        let (place, country) = (self.gazetteer.get(id), self.gazetteer.get(country));
        self.is_metropolis(id) && place.country != country.country
    }

    fn is_metropolis(&self, id: PlaceId) -> bool {
        let place = self.gazetteer.get(id);
        place.kind == PlaceKind::City && METROPOLIS <= place.population
    }

    /// Tells whether a place lies in the country that the document speaks of most, near a place that
    /// it names.
    pub(super) fn is_at_hand(&self, id: PlaceId) -> bool {
        let gazetteer = self.gazetteer;
        let first = self.countries.values().copied().fold(0.0, f64::max);
        let code = gazetteer.get(id).country.as_deref();
        first <= code.and_then(|code| self.countries.get(code)).copied().unwrap_or(0.0)
            && self.neighbours.iter().any(|&other| gazetteer.kilometres(id, other) < AT_HAND)
    }

    fn score(&self, id: PlaceId, countries: &Countries<'_>) -> f64 {
        let place = self.gazetteer.get(id);
        let country = place.country.as_deref().map_or(0.0, |code| countries.share(code));
        let mut score = self.gazetteer.prominence(id) + 4.0 * country;
        if self.is_metropolis(id) {
            // Reports of any country speak of Cairo.
            score += 2.0;
        }
        for &anchor in &self.anchors {
            if anchor == id {
                // A name means one place in a document.
                score += 2.0;
            } else if self.gazetteer.contains(anchor, id) {
                score += 1.5;
            }
        }
        let others = self.neighbours.iter().filter(|&&other| other != id);
        let nearest =
            others.map(|&other| self.gazetteer.kilometres(id, other)).fold(f64::INFINITY, f64::min);
        score + 2.5 * (-nearest / 60.0).exp()
    }

    fn is_unit(&self, id: PlaceId) -> bool {
        matches!(self.gazetteer.get(id).kind, PlaceKind::District | PlaceKind::Subdistrict)
    }

    fn is_wide_province(&self, id: PlaceId) -> bool {
        self.gazetteer.get(id).kind == PlaceKind::Region && WIDE < self.gazetteer.extent(id)
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

/// Appends what a list does not hold, up to a length.
fn fill(list: &mut Vec<PlaceId>, places: impl IntoIterator<Item = PlaceId>, most: usize) {
    for place in places {
        if list.len() == most {
            return;
        }
        if !list.contains(&place) {
            list.push(place);
        }
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
