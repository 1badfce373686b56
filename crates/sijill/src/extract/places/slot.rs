//! Places as claims keep them.

use super::super::Reading;
use super::super::mentions::{Mention, MentionId, PlaceRef};
use super::VICINITY;
use sijill_knowledge::{Name, PlaceId};
use sijill_model::{PlaceKind, PlaceSlot, Precision, Span};

/// The extent in kilometres up to which the point of a unit may stand for the land around its seat.
const NEARBY: f64 = 25.0;

impl Reading<'_> {
    pub(crate) fn place_slot(&self, id: MentionId) -> PlaceSlot {
        let mention = self.mentions.get(id);
        let root = self.mentions.get(self.mentions.place_root(id));
        if let Some(chosen) = self.resolved.place(self.mentions, id) {
            if let Some(slot) = self.offset_slot(id, chosen) {
                return slot;
            }
            return self.listed_slot(chosen, root.rural, mention.span);
        }
        let root_id = self.mentions.place_root(id);
        let (point, precision) = match self.unlisted_kind(root_id) {
            Some(kind) => self.point_around(root_id, kind),
            None => (None, Precision::Area),
        };
        PlaceSlot {
            id: None,
            name: self.own_name(root),
            name_en: None,
            point,
            precision,
            span: mention.span,
        }
    }

    /// A place that a table holds, as read at a span; `rural` if the land around it is meant.
    pub(crate) fn listed_slot(&self, id: PlaceId, rural: bool, span: Span) -> PlaceSlot {
        let place = self.words.knowledge.gazetteer.get(id);
        PlaceSlot {
            id: Some(place.id.to_string()),
            name: place.name.to_string(),
            name_en: place.name_en.as_deref().map(str::to_owned),
            point: self.has_point(id, rural).then_some((place.lat, place.lon)),
            precision: precision(place.kind, rural),
            span,
        }
    }

    /// The name of an unresolved place: as its bearers are called, else as it is written.
    fn own_name(&self, root: &Mention) -> String {
        match root.place {
            PlaceRef::Candidates(start, _) if root.noun.is_none() => {
                let first = self.mentions.candidates[start as usize];
                self.words.knowledge.gazetteer.get(first).name.to_string()
            }
            _ => root.span.of(self.words.tokens.text).to_owned(),
        }
    }

    /// The part of a province that is told has no point that anybody knows.
    fn has_point(&self, place: PlaceId, rural: bool) -> bool {
        let gazetteer = &self.words.knowledge.gazetteer;
        !rural
            || match gazetteer.get(place).kind {
                PlaceKind::Country | PlaceKind::Area | PlaceKind::Water => false,
                PlaceKind::Region => gazetteer.extent(place) <= NEARBY,
                _ => true,
            }
    }

    /// What sort of place an unresolved name is: as its type noun says, or the least of its bearers.
    fn unlisted_kind(&self, id: MentionId) -> Option<PlaceKind> {
        let gazetteer = &self.words.knowledge.gazetteer;
        match self.mentions.get(id).place {
            PlaceRef::Unknown(kind, _) => Some(kind),
            PlaceRef::Candidates(start, end) => {
                let ids = &self.mentions.candidates[start as usize..end as usize];
                ids.iter().map(|&id| gazetteer.get(id).kind).max_by_key(|kind| kind.precision())
            }
            _ => None,
        }
    }

    /// Where a place lies that no table holds: a quarter or site in the town at hand, a village in
    /// the district told behind it, to that precision; a province says too little.
    fn point_around(&self, id: MentionId, kind: PlaceKind) -> (Option<(f64, f64)>, Precision) {
        let gazetteer = &self.words.knowledge.gazetteer;
        let point = |place: PlaceId| (gazetteer.get(place).lat, gazetteer.get(place).lon);
        let around = self.resolved.chains.around(id);
        let around = around.and_then(|around| self.resolved.place(self.mentions, around));
        if self.mentions.get(id).noun.is_none() && around.is_none() {
            return (None, kind.precision());
        }
        if matches!(kind, PlaceKind::Neighbourhood | PlaceKind::Site) {
            if let Some(town) = self.named_after(id) {
                return (Some(point(town)), Precision::Town);
            }
            let town = around.filter(|&around| is_town(gazetteer.get(around).kind));
            let town = town.or_else(|| self.town_near(id));
            return (town.map(point), Precision::Neighbourhood);
        }
        match around {
            Some(place) if !is_wide(gazetteer.get(place).kind) => {
                let own = gazetteer.get(place).kind.precision();
                (Some(point(place)), Precision::District.max(own))
            }
            _ => (None, kind.precision()),
        }
    }

    /// The crossing, bridge or hospital that bears the name of a town stands there.
    fn named_after(&self, id: MentionId) -> Option<PlaceId> {
        let gazetteer = &self.words.knowledge.gazetteer;
        let mention = self.mentions.get(id);
        let types = self.words.knowledge.place_types.of_lemma(mention.noun?)?;
        if types.kinds.first() != Some(&PlaceKind::Site) {
            return None;
        }
        let near = self.town_near(id)?;
        let (start, end) = (mention.words.start as u32, mention.words.end as u32);
        let names = self.words.names.iter().filter(|n| start <= n.start && n.end == end);
        let bearers = names.filter_map(|n| match n.name {
            Name::Place { id, .. } => Some(id),
            Name::Entity { .. } | Name::Phrase(_) => None,
        });
        let town = |town: &PlaceId| {
            is_town(gazetteer.get(*town).kind) && gazetteer.kilometres(*town, near) < VICINITY
        };
        bearers.into_iter().find(town)
    }

    /// The town in which a quarter lies that no table holds: the nearest one named.
    fn town_near(&self, id: MentionId) -> Option<PlaceId> {
        let at = self.mentions.get(id).words.start;
        let gazetteer = &self.words.knowledge.gazetteer;
        let town = |other: MentionId| {
            let place = self.resolved.place(self.mentions, other)?;
            is_town(gazetteer.get(place).kind).then_some(place)
        };
        let behind =
            (at + 1..self.words.all.len().min(at + 8)).find_map(|i| town(self.mentions.at(i)?));
        behind.or_else(|| self.mentions.before(at).take(30).find_map(|(other, _)| town(other)))
    }
}

fn is_town(kind: PlaceKind) -> bool {
    matches!(kind, PlaceKind::City | PlaceKind::Town | PlaceKind::Village)
}

fn is_wide(kind: PlaceKind) -> bool {
    use PlaceKind::{Area, Country, Region, Water};
    matches!(kind, Country | Region | Area | Water)
}

/// How exactly a place says where; the land around it, less so.
fn precision(kind: PlaceKind, rural: bool) -> Precision {
    match kind.precision() {
        Precision::Country if rural => Precision::Area,
        own if rural => own.max(Precision::District),
        own => own,
    }
}
