//! Type nouns and what they type: "the city of …", "the countryside of …", "the town".

use super::super::words::{Lex, NameMatch};
use sijill_knowledge::{LemmaId, Name, NounClass, PlaceId, PlaceType};
use sijill_model::{Place, PlaceKind};
use sijill_text::clitic::{Preposition, Proclitics, Pronoun};
use sijill_text::morph::{Gender, Number, Pos};
use std::ops::Range;

use super::Finder;

/// What the nouns before a name say of it.
#[derive(Clone, Copy)]
pub(super) struct Head<'k> {
    pub(super) noun: LemmaId,
    pub(super) kinds: &'k [PlaceKind],
    pub(super) part: bool,
    rural: bool,
    pub(super) names_unknown: bool,
    /// A noun tells a sort of place, not only a part.
    typed: bool,
    /// The noun counts more than one: "the villages of … and …".
    pub(super) several: bool,
}

impl Head<'_> {
    /// Settlements, streets and bridges are often called by an ordinary word; markets, zones and
    /// parts of places hardly ever.
    pub(super) fn is_often_named(&self) -> bool {
        let kind = self.kinds.first();
        let feature = self.names_unknown && kind == Some(&PlaceKind::Site);
        !self.part && (feature && !self.several || kind.is_some_and(is_lived_in))
    }
}

/// What a part of a place may be a part of.
const WHOLES: [PlaceKind; 6] = {
    use PlaceKind::{City, District, Region, Subdistrict, Town, Village};
    [City, Town, Village, Region, District, Subdistrict]
};

fn is_small(kind: &PlaceKind) -> bool {
    matches!(kind, PlaceKind::Site | PlaceKind::Neighbourhood)
}

/// Tells whether a noun that types `kinds` may type a place; who says a town may mean a city.
fn is_of(kinds: &[PlaceKind], kind: PlaceKind) -> bool {
    kinds.contains(&kind) || kind == PlaceKind::City && kinds.contains(&PlaceKind::Town)
}

fn is_unit(kind: &PlaceKind) -> bool {
    matches!(kind, PlaceKind::Country | PlaceKind::Region)
}

/// Tells whether a place is known beyond its surroundings.
fn is_large(place: &Place) -> bool {
    !matches!(place.kind, PlaceKind::Village | PlaceKind::Neighbourhood)
}

pub(super) fn is_lived_in(kind: &PlaceKind) -> bool {
    use PlaceKind::{City, Neighbourhood, Town, Village};
    matches!(kind, City | Town | Village | Neighbourhood)
}

impl<'a> Finder<'a> {
    /// Reads a type noun and what it types: "the city of …", "the countryside of …", "the town".
    pub(super) fn place_phrase(&mut self, i: usize) -> Option<usize> {
        let long_name = |n: &NameMatch| {
            matches!(n.name, Name::Entity { short: false, .. }) && i + 1 < n.end as usize
        };
        if self.names_at(i).iter().any(long_name) {
            return None;
        }
        let (types, article, lex) = self.place_type(i)?;
        let front = lex.proclitics;
        if let Some(end) = self.named_with_type(i, lex.lemma, front) {
            return Some(end);
        }
        if let Some(pronoun) = lex.pronoun {
            // "its outskirts": the outskirts of the town last named.
            let whole = pronoun == Pronoun::She && types.owned;
            return if whole { self.refer_back(i, &WHOLES, None, front) } else { None };
        }
        if article {
            let rural = types.rural.then(|| self.rural_side(i, front)).flatten();
            return rural
                .or_else(|| self.definite_place(i, types, &lex, front))
                .or_else(|| self.only_site(i, types, &lex, front));
        }
        let mut head = Head {
            noun: lex.lemma,
            kinds: &types.kinds,
            part: types.part && types.kinds.is_empty(),
            rural: types.rural && types.kinds.is_empty(),
            names_unknown: types.names_unknown,
            typed: !types.kinds.is_empty(),
            several: lex.form.number != Number::Singular,
        };
        if types.part && lex.form.number == Number::Plural && head.kinds.iter().all(is_small) {
            // "The quarters of the town" are the town.
            head.kinds = &[];
            head.part = true;
        }
        let (at, whole) = self.further_types(i + 1, &mut head);
        if let Some((types, lex)) = whole {
            let site = !types.refers && types.kinds.first() == Some(&PlaceKind::Site);
            if !head.several && site && head.kinds.iter().all(is_lived_in) {
                // "The Barracks quarter".
                let named = self.typed_name(i..at, &head, front, false);
                let kind = *head.kinds.first()?;
                return named.or_else(|| self.unlisted_place(i, at..at + 1, kind, &head, front));
            }
            // "the quarters of the city": the whole refers to the city.
            let end = self.definite_place(at, types, &lex, front)?;
            let id = self.found.all.len() - 1;
            self.widen(id, i);
            return Some(end);
        }
        let at = self.skip_quotes(at);
        if at >= self.words.all.len() || self.words.all[at].after_break && at > i + 1 {
            return None;
        }
        let found = self.typed_name(i..at, &head, front, false);
        let found = found.or_else(|| {
            let kind = *head.kinds.first()?;
            let end = self.unknown_name(at, &head)?;
            self.unlisted_place(i, at..end, kind, &head, front)
        });
        self.list = found.filter(|_| head.several).map(|end| (end, head));
        found
    }

    /// Reads further type nouns: "villages of the country of"; the last but directions decides. Ends
    /// before a type noun with the article, which is returned.
    fn further_types(
        &self,
        from: usize,
        head: &mut Head<'a>,
    ) -> (usize, Option<(&'a PlaceType, Lex)>) {
        let mut at = from;
        while (!self.names_place(at) || self.refers_to_place(at))
            && let Some((next, article, lex)) = self.place_type(at)
            && lex.proclitics.conjunction.is_none()
            && lex.proclitics.preposition.is_none()
            && at < from + 3
        {
            if article {
                return (at, Some((next, lex)));
            }
            head.part |= !head.kinds.is_empty() && !next.kinds.is_empty();
            if next.kinds.is_empty() {
                head.part = true;
                head.rural |= next.rural;
            } else {
                head.kinds = &next.kinds;
                head.typed = true;
                head.several = lex.form.number != Number::Singular;
                head.noun = lex.lemma;
                head.names_unknown = next.names_unknown;
            }
            at += 1;
        }
        (at, None)
    }

    /// Reads a name that begins with its type noun: the crossing of Bab al-Hawa.
    fn named_with_type(&mut self, i: usize, noun: LemmaId, front: Proclitics) -> Option<usize> {
        let joined = front.conjunction.is_some();
        let long =
            |n: &&NameMatch| i + 1 < n.end as usize && n.proclitics.conjunction.is_some() == joined;
        let found: Vec<(PlaceId, usize)> = self
            .names_at(i)
            .iter()
            .filter(long)
            .filter_map(|n| match n.name {
                Name::Place { id, common: false } => Some((id, n.end as usize)),
                _ => None,
            })
            .collect();
        let end = found.first()?.1;
        // The Red Sea is first of all a sea, and no governorate.
        let kind = |id: PlaceId| self.words.knowledge.gazetteer.get(id).kind;
        let sort = |f: &&(PlaceId, usize)| {
            let types = self.words.knowledge.place_types.of_lemma(noun);
            types.is_some_and(|types| types.kinds.first() == Some(&kind(f.0)))
        };
        let of_sort: Vec<(PlaceId, usize)> = found.iter().filter(sort).copied().collect();
        let found = if of_sort.is_empty() { found } else { of_sort };
        if end == i + 2 && self.refers_to_place(i + 1) {
            // "The centre of the city" is in any city.
            return None;
        }
        let party = |n: &NameMatch| matches!(n.name, Name::Entity { .. }) && end <= n.end as usize;
        if self.names_at(i).iter().any(party) {
            // "The United States" is read as a name that may be both.
            return None;
        }
        let mut mention = self.blank(i..end, front);
        mention.place = self.candidates(found.into_iter().map(|f| f.0).collect());
        mention.noun = Some(noun);
        mention.definite = true;
        self.push(mention);
        Some(end)
    }

    /// Tells whether a name that is no ordinary word begins at a word: "the city of al-Mayadin".
    fn names_place(&self, i: usize) -> bool {
        self.names_at(i).iter().any(|n| {
            matches!(n.name, Name::Place { common: false, .. })
                && n.proclitics.preposition.is_none()
                && n.proclitics.conjunction.is_none()
        })
    }

    /// Lists the places whose name begins at a word with just that attached, and whether the name is
    /// an ordinary word.
    pub(super) fn places_named(
        &self,
        at: usize,
        attached: Option<Preposition>,
        joined: bool,
    ) -> impl Iterator<Item = (PlaceId, usize, bool)> + use<'a> {
        let fits = move |n: &&NameMatch| {
            n.proclitics.preposition == attached && n.proclitics.conjunction.is_some() == joined
        };
        self.names_at(at).iter().filter(fits).filter_map(|n| match n.name {
            Name::Place { id, common } => Some((id, n.end as usize, common)),
            _ => None,
        })
    }

    /// Reads the name behind type nouns.
    pub(super) fn typed_name(
        &mut self,
        nouns: Range<usize>,
        head: &Head<'a>,
        front: Proclitics,
        joined: bool,
    ) -> Option<usize> {
        let (start, at) = (nouns.start, nouns.end);
        let longest = self.names_at(at).first().map_or(0, |n| n.end);
        if self.words.phrases(at).iter().any(|p| longest <= p.end) {
            // "Fifteen states on …": a word of the grammar is no name.
            return None;
        }
        let words = self.words;
        let lexical = !words.lex(at).is_empty() && longest as usize <= at + 1;
        let adjective = lexical
            && !words.has_article(at)
            && words.noun(at, |class| class == NounClass::Adjective).is_some();
        if adjective && at > start {
            // "A small town" is not the town of that name.
            return None;
        }
        let gazetteer = &self.words.knowledge.gazetteer;
        let places: Vec<(PlaceId, usize)> = self
            .places_named(at, None, joined)
            .filter(|&(.., common)| !common || head.typed)
            .filter(|&(id, end, _)| !self.is_begun(gazetteer.get(id), end))
            .filter(|&(_, end, _)| at + 1 < end || self.words.has_article(at) || !self.is_typed(at))
            .map(|(id, end, _)| (id, end))
            .collect();
        let &(_, end) = places.first()?;
        let kinds = head.kinds;
        let fits =
            |id: &PlaceId| head.part || kinds.is_empty() || is_of(kinds, gazetteer.get(*id).kind);
        let mut ids: Vec<PlaceId> = places.iter().map(|p| p.0).filter(fits).collect();
        let short = end == at + 1;
        let ordinary = short && words.knowledge.is_ordinary(words.folded(at));
        let construct = short
            && words.knowledge.is_ordinary(words.folded(at))
            && !words.has_article(at)
            && words.all.get(end).is_some_and(|word| !word.after_break)
            && words.has_article(end)
            && words.phrases(end).is_empty();
        if construct && at > start {
            // "Farms of wind power" are none of the town that is called power.
            return None;
        }
        let told_where = !head.part
            && !self.refers_to_place(end)
            && self.places_named(end, Some(Preposition::Beh), false).next().is_some();
        if ordinary && !told_where && !head.is_often_named() {
            // "The labour market", "the trade zone": there is a quarter of that name, but few speak of it.
            ids.retain(|&id| is_large(gazetteer.get(id)));
            if ids.is_empty() {
                return None;
            }
        }
        let small_ones = || places.iter().all(|&(id, _)| !is_large(gazetteer.get(id)));
        if ids.is_empty() && kinds.first().is_some_and(is_unit) && small_ones() {
            // "The states of the alliance": a village of that name is no state.
            return None;
        }
        if ids.is_empty() && ordinary && !head.is_often_named() {
            return None;
        }
        if ids.is_empty() && !kinds.is_empty() && kinds.iter().all(is_small) {
            // A quarter or roundabout that bears the name of a place elsewhere.
            return self.unlisted_place(start, at..end, kinds[0], head, front);
        }
        if ids.is_empty() {
            ids = places.iter().map(|p| p.0).collect();
        }
        let mut mention = self.blank(start..end, front);
        mention.span = self.words.span(at..end);
        if start == at {
            self.leave_conjunction(&mut mention);
        }
        mention.place = self.candidates(ids);
        mention.noun = Some(head.noun);
        mention.rural = head.rural;
        mention.gender = Gender::Feminine;
        mention.definite = true;
        self.push(mention);
        Some(end)
    }

    pub(super) fn place_type(&self, i: usize) -> Option<(&'a PlaceType, bool, Lex)> {
        if i >= self.words.all.len() {
            return None;
        }
        let types = &self.words.knowledge.place_types;
        self.words.lex(i).iter().find_map(|lex| {
            let nominal = lex.form.pos != Pos::Verb;
            let found = nominal.then(|| types.of_lemma(lex.lemma)).flatten()?;
            // The noun for a body types no place.
            (!found.body).then_some((found, lex.proclitics.article, *lex))
        })
    }
}
