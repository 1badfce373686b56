//! Whether a bearer of a name can be meant at all.

use super::super::mentions::{Footing, Mention};
use super::countries::Countries;
use super::score::{Around, Context};
use sijill_knowledge::PlaceId;
use sijill_model::PlaceKind;

/// A small place is believed in a country that has this part of the weight of the first one.
const FOREIGN: f64 = 0.3;

/// From how far, in kilometres, a village belongs to no report of other places.
const FAR: f64 = 90.0;

/// How far a quarter may lie from the point of its town, in kilometres.
const TOWN: f64 = 15.0;

impl Context<'_> {
    /// Tells whether the noun before a name says that its bearer is at least a town.
    pub(super) fn names_city(&self, mention: &Mention) -> bool {
        use PlaceKind::{City, Country, Region, Town};
        let types = mention.noun.and_then(|noun| self.place_types.of_lemma(noun));
        types.is_none_or(|types| {
            matches!(types.kinds.first(), None | Some(City | Town | Region | Country))
        })
    }

    /// A village abroad that the document does not speak of bears the name by chance; so does a
    /// larger place, the less leads to its name.
    pub(super) fn is_plausible(
        &self,
        id: PlaceId,
        footing: Footing,
        city: bool,
        countries: &Countries<'_>,
    ) -> bool {
        let place = self.gazetteer.get(id);
        let known = match footing {
            Footing::Typed if city => 0,
            // "The area of …": what is told so is told to those who live near.
            Footing::Typed => 200_000,
            Footing::Led => 20_000,
            Footing::Bare => 500_000,
            Footing::Word => u32::MAX,
        };
        let small = match place.kind {
            PlaceKind::Village
            | PlaceKind::Neighbourhood
            | PlaceKind::District
            | PlaceKind::Subdistrict => true,
            PlaceKind::Town | PlaceKind::Site => place.population < known.max(20_000),
            PlaceKind::City | PlaceKind::Region => place.population < known,
            PlaceKind::Country | PlaceKind::Water | PlaceKind::Area => false,
        };
        let share = |code: &str| match footing {
            // What nothing leads to needs another name of its country, where others are named.
            Footing::Bare
                if 1 < self.voters.len() && self.voters.get(code).is_none_or(|&n| n < 2) =>
            {
                0.0
            }
            _ => countries.share(code),
        };
        !small
            || place.country.as_deref().is_none_or(|code| FOREIGN * countries.first <= share(code))
    }

    /// A quarter is meant where its town is told of; one that is the `only` one of its name, anywhere.
    pub(super) fn is_in_town(&self, id: PlaceId, only: bool) -> bool {
        let gazetteer = self.gazetteer;
        if gazetteer.get(id).kind != PlaceKind::Neighbourhood || only {
            return true;
        }
        let parent = gazetteer.parent(id);
        self.towns.iter().any(|&town| Some(town) == parent || gazetteer.kilometres(town, id) < TOWN)
    }

    /// A village or quarter far from all other places of a document bears the name by chance.
    pub(super) fn is_near(&self, id: PlaceId) -> bool {
        let gazetteer = self.gazetteer;
        let kind = gazetteer.get(id).kind;
        let small = matches!(kind, PlaceKind::Village | PlaceKind::Neighbourhood);
        // A country has villages; a quarter is one of a town.
        let holds = |other| {
            let country = gazetteer.get(other).kind == PlaceKind::Country;
            gazetteer.contains(other, id) && !(country && kind == PlaceKind::Neighbourhood)
        };
        let mut others = self.neighbours.iter().filter(|&&other| other != id).peekable();
        !small
            || others.peek().is_none()
            || others.any(|&other| holds(other) || gazetteer.kilometres(other, id) < FAR)
    }

    /// Tells whether a place can lie in or by the one told behind it.
    pub(super) fn may_lie_in(&self, id: PlaceId, around: &Around) -> bool {
        let gazetteer = self.gazetteer;
        if id == around.place || gazetteer.contains(around.place, id) {
            return true;
        }
        let outer = gazetteer.get(around.place);
        let reach = match (outer.kind, gazetteer.get(id).kind) {
            // Rivers and deserts pass borders.
            (PlaceKind::Water, _) => return true,
            (PlaceKind::Country | PlaceKind::Area, _) => {
                return outer.country.is_none() || outer.country == gazetteer.get(id).country;
            }
            (_, PlaceKind::Region) => 75.0 + 1.5 * gazetteer.extent(id),
            (PlaceKind::Region, _) => 1.5 * gazetteer.extent(around.place),
            (_, PlaceKind::Neighbourhood) => 20.0,
            _ => 75.0,
        };
        gazetteer.kilometres(id, around.centre) <= f64::max(reach, 20.0)
    }
}
