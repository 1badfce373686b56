//! Places: what makes a name a place, type nouns, and names that no table holds.

use super::super::words::{Lex, NameMatch};
use sijill_knowledge::{Name, Phrase, PlaceId, PlaceType, Prep};
use sijill_model::PlaceKind;
use sijill_text::TokenKind;
use sijill_text::clitic::{Preposition, Proclitics, Pronoun};
use sijill_text::letter::{BEH, FEH, LAM, WAW};
use sijill_text::morph::Number;
use sijill_text::morph::{Gender, Pos};

use super::{Finder, PlaceRef, attached};
use std::ops::Range;

impl<'a> Finder<'a> {
    /// Judges whether the place names that match at `i` are meant as places there.
    pub(super) fn place_of(&mut self, i: usize, names: &[NameMatch]) -> PlaceRef {
        let least = names.iter().map(|n| attached(n.proclitics)).min().unwrap_or(0);
        let single = names.first().is_some_and(|n| n.end == n.start + 1);
        let knowledge = self.words.knowledge;
        let lexical = single && !self.words.lex(i).is_empty();
        let named_person = self.follows_given_name(i);
        let is_given = single && self.words.cuts(i).iter().any(|c| knowledge.is_given_name(c.word));
        let led = self.led_by_preposition(i, names);
        let listed = self.follows_place(i) || single && !lexical && self.is_annexed(i);
        let mut accepted = Vec::new();
        for name in names {
            let Name::Place { id, common } = name.name else { continue };
            if attached(name.proclitics) > least {
                continue;
            }
            let place = knowledge.gazetteer.get(id);
            let major =
                matches!(place.kind, PlaceKind::Country | PlaceKind::Region | PlaceKind::City)
                    || place.population >= 20_000
                    || (matches!(place.kind, PlaceKind::Area | PlaceKind::Water | PlaceKind::Site)
                        && !single);
            let fits = if common || lexical {
                (major && led || listed) && !common
            } else if is_given || named_person {
                major && led && !named_person
            } else {
                major || led || listed || !single
            };
            if fits {
                accepted.push(id);
            }
        }
        self.candidates(accepted)
    }

    /// "The people of Qayyara": a name with the article behind a noun without it.
    fn is_annexed(&self, i: usize) -> bool {
        let construct = |i: usize| {
            self.words.lex(i).iter().any(|lex| {
                lex.form.pos != Pos::Verb && !lex.proclitics.article && lex.pronoun.is_none()
            })
        };
        i > 0 && !self.words.all[i].after_break && self.words.has_article(i) && construct(i - 1)
    }

    pub(super) fn candidates(&mut self, ids: Vec<PlaceId>) -> PlaceRef {
        if ids.is_empty() {
            return PlaceRef::None;
        }
        let start = self.found.candidates.len() as u32;
        self.found.candidates.extend(ids);
        PlaceRef::Candidates(start, self.found.candidates.len() as u32)
    }

    pub(super) fn follows_given_name(&self, i: usize) -> bool {
        let Some(before) = i.checked_sub(1) else { return false };
        let words = self.words;
        words.all[before].kind == TokenKind::Word
            && words.lex(before).is_empty()
            && words.phrases(before).is_empty()
            && self.found.at(before).is_none_or(|m| self.is_person(self.found.get(m).entity))
            && words.cuts(before).iter().any(|c| words.knowledge.is_given_name(c.word))
    }

    /// Tells whether a preposition of place stands before word `i` or is attached to it.
    pub(super) fn led_by_preposition(&self, i: usize, names: &[NameMatch]) -> bool {
        let attached = names
            .iter()
            .any(|n| matches!(n.proclitics.preposition, Some(Preposition::Beh | Preposition::Lam)));
        attached
            || self.preposition_before(i).is_some_and(|prep| {
                matches!(prep, Prep::In | Prep::From | Prep::To | Prep::On | Prep::Between)
            })
    }

    /// Returns the preposition that ends right before word `i`.
    pub(super) fn preposition_before(&self, i: usize) -> Option<Prep> {
        // A hashtag or an opening quotation mark stands between a preposition and its name.
        let is_mark = |i: usize| matches!(self.words.all[i].sign, '#' | '«' | '"' | '“' | '(');
        let i = (0..i).rev().take_while(|&before| is_mark(before)).last().unwrap_or(i);
        for start in (i.saturating_sub(3)..i).rev() {
            for phrase in self.words.phrases(start) {
                if phrase.end as usize == i
                    && phrase.pronoun.is_none()
                    && let Phrase::Preposition(prep) = phrase.phrase
                {
                    return Some(prep);
                }
            }
        }
        None
    }

    /// Tells whether the word before, across an attached "and" or a comma, ends a place.
    pub(super) fn follows_place(&self, i: usize) -> bool {
        let joined = self.words.cuts(i).iter().any(|c| c.cut.proclitics.conjunction.is_some());
        let Some(mut before) = i.checked_sub(1) else { return false };
        if matches!(self.words.all[before].sign, '،' | ',' | '-' | '(' | '/') && before > 0 {
            before -= 1;
        } else if !joined {
            return false;
        }
        self.found.at(before).is_some_and(|m| self.found.get(m).place != PlaceRef::None)
    }

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
        if let Some(end) = self.named_with_type(i, front) {
            return Some(end);
        }
        if let Some(pronoun) = lex.pronoun {
            // "its outskirts": the outskirts of the town last named.
            return match pronoun {
                Pronoun::She if types.part => self.definite_place(i, &whole_of_part(), front),
                _ => None,
            };
        }
        if article {
            return self.definite_place(i, &types, front);
        }
        // The head of the chain decides; further type nouns may follow: "villages of the country of".
        let mut kinds = types.kinds.clone();
        let mut part = types.part && kinds.is_empty();
        let mut rural = types.rural && kinds.is_empty();
        let small = |k: &PlaceKind| matches!(k, PlaceKind::Site | PlaceKind::Neighbourhood);
        if types.part && lex.form.number == Number::Plural && kinds.iter().all(small) {
            // "The quarters of the town" are the town.
            kinds.clear();
            part = true;
        }
        let mut names_unknown = types.names_unknown;
        let mut at = i + 1;
        while !self.names_place(at)
            && let Some((next, article, lex)) = self.place_type(at)
            && lex.proclitics.conjunction.is_none()
            && lex.proclitics.preposition.is_none()
            && at < i + 4
        {
            if article {
                // "the quarters of the city": the whole refers to the city.
                let end = self.definite_place(at, &next, front)?;
                let id = self.found.all.len() - 1;
                self.widen(id, i);
                return Some(end);
            }
            part |= !kinds.is_empty() && !next.kinds.is_empty();
            if next.kinds.is_empty() {
                part = true;
                rural |= next.rural;
            } else {
                kinds.clone_from(&next.kinds);
                names_unknown = next.names_unknown;
            }
            at += 1;
        }
        let at = self.skip_quotes(at);
        if at >= self.words.all.len() || self.words.all[at].after_break && at > i + 1 {
            return None;
        }
        let found = self.typed_name(i, at, &Head { kinds: &kinds, part, rural }, front);
        found.or_else(|| {
            let end = names_unknown.then(|| self.unknown_name(at, &kinds)).flatten()?;
            self.unlisted_place(i, at..end, *kinds.first()?, front)
        })
    }

    /// Reads a name that begins with its type noun: the crossing of Bab al-Hawa.
    fn named_with_type(&mut self, i: usize, front: Proclitics) -> Option<usize> {
        let long = |n: &&NameMatch| i + 1 < n.end as usize && n.proclitics.conjunction.is_none();
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
        let party = |n: &NameMatch| matches!(n.name, Name::Entity { .. }) && end <= n.end as usize;
        if self.names_at(i).iter().any(party) {
            // "The United States" is read as a name that may be both.
            return None;
        }
        let mut mention = self.blank(i..end, front);
        mention.place = self.candidates(found.into_iter().map(|f| f.0).collect());
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

    fn typed_name(
        &mut self,
        start: usize,
        at: usize,
        head: &Head<'_>,
        front: Proclitics,
    ) -> Option<usize> {
        let &Head { kinds, part, rural } = head;
        let names = self.names_at(at);
        let longest = names.first().map_or(0, |n| n.end);
        if self.words.phrases(at).iter().any(|p| longest <= p.end) {
            // "Fifteen states on …": a word of the grammar is no name.
            return None;
        }
        let bare = |n: &&NameMatch| {
            n.proclitics.preposition.is_none() && n.proclitics.conjunction.is_none()
        };
        let places: Vec<(PlaceId, usize)> = names
            .iter()
            .filter(bare)
            .filter_map(|n| match n.name {
                Name::Place { id, .. } => Some((id, n.end as usize)),
                _ => None,
            })
            .collect();
        if let Some(&(_, end)) = places.first() {
            let gazetteer = &self.words.knowledge.gazetteer;
            let fits =
                |id: &PlaceId| part || kinds.is_empty() || kinds.contains(&gazetteer.get(*id).kind);
            let mut ids: Vec<PlaceId> = places.iter().map(|p| p.0).filter(fits).collect();
            let small = |k: &PlaceKind| matches!(k, PlaceKind::Site | PlaceKind::Neighbourhood);
            if ids.is_empty() && !kinds.is_empty() && kinds.iter().all(small) {
                // A quarter or roundabout that bears the name of a place elsewhere.
                return self.unlisted_place(start, at..end, kinds[0], front);
            }
            if ids.is_empty() {
                ids = places.iter().map(|p| p.0).collect();
            }
            let mut mention = self.blank(start..end, front);
            mention.span = self.words.span(at..end);
            mention.place = self.candidates(ids);
            mention.rural = rural;
            mention.gender = Gender::Feminine;
            mention.definite = true;
            self.push(mention);
            return Some(end);
        }
        None
    }

    /// Keeps a place that no table holds, by its type noun and name.
    fn unlisted_place(
        &mut self,
        start: usize,
        name: Range<usize>,
        kind: PlaceKind,
        front: Proclitics,
    ) -> Option<usize> {
        let mut mention = self.blank(start..name.end, front);
        mention.place = PlaceRef::Unknown(kind, name.start as u32);
        mention.definite = true;
        self.push(mention);
        Some(name.end)
    }

    /// Measures an unknown name after a type noun: one or two words that no table knows as words.
    pub(super) fn unknown_name(&self, at: usize, kinds: &[PlaceKind]) -> Option<usize> {
        let words = self.words;
        if kinds.contains(&PlaceKind::Country) {
            return None;
        }
        let free = |i: usize| {
            words.all.get(i).is_some_and(|w| w.kind == TokenKind::Word && !w.after_break)
                && words.phrases(i).is_empty()
                && words.lex(i).is_empty()
        };
        // "The village of Wad an-Nura": an ordinary word and an unknown one behind it.
        let plain = words.all.get(at).is_some_and(|w| w.kind == TokenKind::Word)
            && words.phrases(at).is_empty()
            && !words.has_article(at)
            && words.lex(at).iter().any(|lex| lex.form.pos != Pos::Verb);
        if plain && free(at + 1) && words.has_article(at + 1) {
            return Some(at + 2);
        }
        let named = free(at) && !self.is_adjective_like(at) && !self.is_joined(at);
        named.then(|| {
            if free(at + 1) && !self.is_joined(at + 1) && !self.is_adjective_like(at + 1) {
                at + 2
            } else {
                at + 1
            }
        })
    }

    /// Guesses from its ending that an unknown word is an adjective of relation.
    pub(super) fn is_adjective_like(&self, i: usize) -> bool {
        let long = 3 < self.words.folded(i).chars().count();
        long && !self.words.has_article(i) && self.words.ends_like_adjective(i)
    }

    pub(super) fn is_joined(&self, i: usize) -> bool {
        let text = self.words.folded(i);
        text.starts_with([WAW, BEH, LAM, FEH])
    }

    /// Reads a type noun with the article: it refers back, or to a part of the place at hand.
    pub(super) fn definite_place(
        &mut self,
        i: usize,
        types: &PlaceType,
        front: Proclitics,
    ) -> Option<usize> {
        if types.kinds.is_empty() {
            return None;
        }
        let antecedent = self.place_antecedent(i, &types.kinds)?;
        let mut mention = self.blank(i..i + 1, front);
        mention.place = PlaceRef::Same(antecedent);
        mention.gender = Gender::Feminine;
        mention.definite = true;
        mention.anaphoric = true;
        self.push(mention);
        Some(i + 1)
    }

    pub(super) fn place_type(&self, i: usize) -> Option<(PlaceType, bool, Lex)> {
        if i >= self.words.all.len() {
            return None;
        }
        let types = &self.words.knowledge.place_types;
        self.words.lex(i).iter().find_map(|lex| {
            let nominal = lex.form.pos != Pos::Verb;
            let found = nominal.then(|| types.of_lemma(lex.lemma)).flatten()?;
            Some((found.clone(), lex.proclitics.article, *lex))
        })
    }
}

/// What the nouns before a name say of it.
struct Head<'k> {
    kinds: &'k [PlaceKind],
    part: bool,
    rural: bool,
}

/// What a part of a place may be a part of.
fn whole_of_part() -> PlaceType {
    use PlaceKind::{City, District, Region, Subdistrict, Town, Village};
    PlaceType {
        kinds: vec![City, Town, Village, Region, District, Subdistrict],
        ..PlaceType::default()
    }
}
