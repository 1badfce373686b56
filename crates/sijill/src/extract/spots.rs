//! What is told of a province first and of a spot in it then: one happening, there.

use super::Reading;
use super::frames::Fired;
use super::mentions::{MentionId, PlaceRef};
use super::whereabouts::Whereabouts;
use sijill_knowledge::PlaceId;
use sijill_model::{ClaimType, Kind, PlaceKind};

/// Within how many sentences a report goes on to the spot.
const GOES_ON: usize = 4;

/// How far from a town lies what is told to have happened in its countryside, in kilometres.
const COUNTRYSIDE: f64 = 35.0;

/// The town, village or site that a claim names itself.
#[derive(Clone, Copy)]
pub(crate) struct Spot {
    sort: ClaimType,
    place: PlaceId,
    mention: MentionId,
    sentence: usize,
}

impl Reading<'_> {
    /// Lists the spots of a text's claims.
    pub(super) fn spots(&self, fired: &[Fired], all: &[Whereabouts]) -> Vec<Spot> {
        let spot = |(fired, whereabouts): (&Fired, &Whereabouts)| self.spot(fired, whereabouts);
        fired.iter().zip(all).filter_map(spot).collect()
    }

    /// Gives claims that name but a province, or the land around a town, the one spot in it that the
    /// next sentences tell the same sort of thing of. For a title, those are the first of its text.
    pub(super) fn go_on_to_spots(
        &self,
        fired: &[Fired],
        all: &mut [Whereabouts],
        of_text: Option<&[Spot]>,
    ) {
        let own = self.spots(fired, all);
        for (fired, whereabouts) in fired.iter().zip(all) {
            let (Some(sort), &[only]) = (self.sort(fired), &whereabouts.mentions[..]) else {
                continue;
            };
            let wide =
                self.wide_places(only, of_text.is_some() || self.is_headline(fired.sentence));
            let inside = |spot: &&Spot| {
                spot.sort == sort && wide.iter().any(|&outer| self.lies_in(spot.place, outer))
            };
            let spots = of_text.unwrap_or(&own);
            let first = if of_text.is_some() {
                spots.iter().filter(inside).map(|spot| spot.sentence).min()
            } else {
                Some(fired.sentence)
            };
            let Some(first) = first else { continue };
            let near = |spot: &&Spot| (first..=first + GOES_ON).contains(&spot.sentence);
            let mut told = spots.iter().filter(near).filter(inside);
            if let Some(spot) = told.next()
                && told.all(|other| other.place == spot.place)
            {
                if of_text.is_some() {
                    whereabouts.spot = Some(spot.place);
                } else {
                    whereabouts.mentions.insert(0, spot.mention);
                }
            }
        }
    }

    /// Tells which sort of happening a claim is about; all violence is one sort.
    fn sort(&self, fired: &Fired) -> Option<ClaimType> {
        use ClaimType::{Airstrike, Assault, Bombing, CivilianAttack, Clash, Shelling};
        match self.words.knowledge.frames.rule(fired.rule).claim_type {
            Airstrike | Assault | Bombing | CivilianAttack | Clash | Shelling => Some(Assault),
            ClaimType::Killed | ClaimType::Injured => Some(Assault),
            other => (other.kind() == Kind::Event).then_some(other),
        }
    }

    fn spot(&self, fired: &Fired, whereabouts: &Whereabouts) -> Option<Spot> {
        use PlaceKind::{City, Neighbourhood, Site, Town, Village};
        let sort = self.sort(fired)?;
        let &mention = whereabouts.mentions.first().filter(|_| !whereabouts.carried)?;
        let place = self.resolved.place(self.mentions, mention)?;
        let kind = self.words.knowledge.gazetteer.get(place).kind;
        let narrow = matches!(kind, City | Town | Village | Neighbourhood | Site);
        let rural = self.mentions.get(self.mentions.place_root(mention)).rural;
        let told = narrow && !rural && !self.is_headline(fired.sentence);
        told.then_some(Spot { sort, place, mention, sentence: fired.sentence })
    }

    /// Lists the units that a mention may stand for as a whole: the province of a capital, the
    /// countryside of a town. A town that is called so, or outside of headlines, is only itself.
    fn wide_places(&self, id: MentionId, headline: bool) -> Vec<PlaceId> {
        use PlaceKind::{Area, Country, District, Region, Subdistrict};
        let root = self.mentions.get(self.mentions.place_root(id));
        let (Some(place), PlaceRef::Candidates(start, end)) =
            (self.resolved.place(self.mentions, id), root.place)
        else {
            return Vec::new();
        };
        let gazetteer = &self.words.knowledge.gazetteer;
        let unit = |id: PlaceId| {
            matches!(gazetteer.get(id).kind, Area | Country | Region | District | Subdistrict)
        };
        let called = root.noun.is_some() || self.mentions.get(id).anaphoric || !headline;
        if called && !root.rural && !unit(place) {
            return Vec::new();
        }
        let ids = &self.mentions.candidates[start as usize..end as usize];
        let mut wide: Vec<PlaceId> = ids
            .iter()
            .copied()
            .filter(|&id| unit(id) && (id == place || gazetteer.contains(id, place)))
            .collect();
        if root.rural {
            wide.push(place);
        }
        wide
    }

    /// Tells whether a spot lies in a unit, and is not its capital.
    fn lies_in(&self, spot: PlaceId, outer: PlaceId) -> bool {
        let gazetteer = &self.words.knowledge.gazetteer;
        let (a, b) = (gazetteer.get(spot), gazetteer.get(outer));
        match b.kind {
            PlaceKind::City | PlaceKind::Town => {
                spot != outer && gazetteer.kilometres(outer, spot) < COUNTRYSIDE
            }
            PlaceKind::Area => a.country.is_some() && a.country == b.country,
            _ => a.name != b.name && gazetteer.contains(outer, spot),
        }
    }
}
