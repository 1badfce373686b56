//! Where a claim happened: its own place, or the place at hand.

use super::Reading;
use super::frames::Fired;
use super::mentions::{Mention, MentionId, PlaceRef};
use sijill_model::{Kind, PlaceKind, PlaceSlot, Precision};
use std::ops::Range;

/// How many sentences back a place may be carried over.
const PLACE_REACH: usize = 3;

impl Reading<'_> {
    /// The places of a claim, and whether they were carried over from elsewhere.
    pub(super) fn places_of(
        &self,
        fired: &Fired,
        sentence: &Range<usize>,
    ) -> (Vec<PlaceSlot>, bool) {
        let mut own: Vec<MentionId> = fired.roles.place.clone();
        let mut carried = false;
        if own.is_empty() {
            own.extend(self.places_in(&fired.arguments.words));
        }
        if own.is_empty() {
            own.extend(self.carried_place(fired, sentence));
            carried = !own.is_empty();
        }
        for id in &mut own {
            *id = self.resolved.chains.innermost(*id);
        }
        if let [only] = own[..]
            && let Some(inner) = self.told_inside(fired, only, sentence)
        {
            own.insert(0, inner);
        }
        // "The town in the countryside of the city" is one place; "the town and the city" are two.
        let first = own.first().copied();
        own.retain(|&id| Some(id) == first || self.is_joined(id));
        let mut slots: Vec<PlaceSlot> = Vec::new();
        for id in own {
            let slot = self.place_slot(id);
            if !slots.iter().any(|s| s.id.is_some() && s.id == slot.id) {
                slots.push(slot);
            }
        }
        slots.sort_by_key(|slot| slot.precision);
        (slots, carried)
    }

    /// Finds the spot of an act in the province that the claim names: the sentence goes on to it.
    fn told_inside(
        &self,
        fired: &Fired,
        outer: MentionId,
        sentence: &Range<usize>,
    ) -> Option<MentionId> {
        let rule = self.words.knowledge.frames.rule(fired.rule);
        if !matches!(rule.claim_type.kind(), Kind::Event | Kind::Toll) {
            return None;
        }
        let gazetteer = &self.words.knowledge.gazetteer;
        let region = self.resolved.place(self.mentions, outer)?;
        let wide = |kind| matches!(kind, PlaceKind::Country | PlaceKind::Region);
        if !wide(gazetteer.get(region).kind) {
            return None;
        }
        let spot = |id: MentionId| {
            let place = self.resolved.place(self.mentions, id)?;
            let narrow = !wide(gazetteer.get(place).kind) && !self.mentions.get(id).rural;
            (narrow && gazetteer.contains(region, place)).then_some(id)
        };
        let mut spots = sentence.clone().filter_map(|i| spot(self.mentions.at(i)?));
        let first = spots.next()?;
        let place = |id| self.resolved.place(self.mentions, id);
        // Of two spots in the sentence the claim may be about either.
        spots.all(|other| place(other) == place(first)).then_some(first)
    }

    pub(super) fn places_in(&self, words: &Range<usize>) -> Vec<MentionId> {
        let first = self.place_in(words);
        first.into_iter().collect()
    }

    /// The place at hand: in the same sentence, else in one of the sentences before.
    pub(super) fn carried_place(
        &self,
        fired: &Fired,
        sentence: &Range<usize>,
    ) -> Option<MentionId> {
        let first = fired.sentence.saturating_sub(PLACE_REACH);
        let start = self.sentences[first].start;
        let word = fired.trigger.word;
        let local = |m: &Mention| m.place != PlaceRef::None && !self.is_country(m);
        let before = self
            .mentions
            .before(word)
            .take_while(|(_, m)| start <= m.words.start)
            .find(|(_, m)| local(m));
        let inside = before.filter(|(_, m)| sentence.contains(&m.words.start));
        let behind = || {
            (word..sentence.end)
                .find_map(|i| self.mentions.at(i).filter(|&id| local(self.mentions.get(id))))
        };
        inside.map(|(id, _)| id).or_else(behind).or(before.map(|(id, _)| id))
    }

    pub(super) fn is_country(&self, mention: &Mention) -> bool {
        match mention.place {
            PlaceRef::Candidates(start, end) => {
                let ids = &self.mentions.candidates[start as usize..end as usize];
                ids.iter()
                    .all(|&p| self.words.knowledge.gazetteer.get(p).kind == PlaceKind::Country)
            }
            _ => false,
        }
    }

    pub(super) fn place_slot(&self, id: MentionId) -> PlaceSlot {
        let mention = self.mentions.get(id);
        if let Some(place) = self.resolved.place(self.mentions, id) {
            let place = self.words.knowledge.gazetteer.get(place);
            let rural = self.mentions.get(self.mentions.place_root(id)).rural;
            let own = place.kind.precision();
            return PlaceSlot {
                id: Some(place.id.clone()),
                name: place.name.clone(),
                name_en: place.name_en.clone(),
                point: Some((place.lat, place.lon)),
                precision: if rural { own.max(Precision::District) } else { own },
                span: mention.span,
            };
        }
        let root = self.mentions.place_root(id);
        let (point, precision) = match self.mentions.get(root).place {
            PlaceRef::Unknown(kind, _) => self.point_around(root, kind),
            _ => (None, Precision::Area),
        };
        PlaceSlot {
            id: None,
            name: self.mentions.get(root).span.of(self.words.tokens.text).to_owned(),
            name_en: None,
            point,
            precision,
            span: mention.span,
        }
    }

    /// Where a place lies that no table holds: a quarter or site in the town at hand, a village in
    /// the district told behind it, to that precision; a province says too little.
    fn point_around(&self, id: MentionId, kind: PlaceKind) -> (Option<(f64, f64)>, Precision) {
        if matches!(kind, PlaceKind::Neighbourhood | PlaceKind::Site) {
            return (self.town_near(id), Precision::Neighbourhood);
        }
        let gazetteer = &self.words.knowledge.gazetteer;
        let around = self.resolved.chains.around(id);
        let around = around.and_then(|around| self.resolved.place(self.mentions, around));
        match around.map(|around| gazetteer.get(around)) {
            Some(place) if !matches!(place.kind, PlaceKind::Country | PlaceKind::Region) => {
                (Some((place.lat, place.lon)), Precision::District.max(place.kind.precision()))
            }
            _ => (None, kind.precision()),
        }
    }

    /// The point of the town in which a quarter lies that no table holds: the nearest one named.
    pub(super) fn town_near(&self, id: MentionId) -> Option<(f64, f64)> {
        let at = self.mentions.get(id).words.start;
        let gazetteer = &self.words.knowledge.gazetteer;
        let town = |other: MentionId| {
            let place = gazetteer.get(self.resolved.place(self.mentions, other)?);
            matches!(place.kind, PlaceKind::City | PlaceKind::Town | PlaceKind::Village)
                .then_some((place.lat, place.lon))
        };
        let behind =
            (at + 1..self.words.all.len().min(at + 8)).find_map(|i| town(self.mentions.at(i)?));
        behind.or_else(|| self.mentions.before(at).take(30).find_map(|(other, _)| town(other)))
    }
}
