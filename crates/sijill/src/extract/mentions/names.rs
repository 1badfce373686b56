//! Names of actors, persons, sources and places that stand by themselves.

use super::super::words::NameMatch;
use sijill_knowledge::{EntityId, EntityKind, Name, NounClass};
use sijill_text::TokenKind;
use sijill_text::clitic::Proclitics;
use sijill_text::letter::{NOON, WAW, YEH};
use sijill_text::morph::{Gender, Number};
use sijill_text::numeral::Unit;

use super::people::nationality_of_any;
use super::{Finder, Mention, PlaceRef, attached, group_gender};

impl<'a> Finder<'a> {
    /// Reads a name that stands without a type noun.
    pub(super) fn name(&mut self, i: usize) -> Option<usize> {
        let names = self.names_at(i);
        let end = names.first()?.end as usize;
        if end == i + 1 && self.is_adjective_here(i) {
            return None;
        }
        if names.iter().all(|n| {
            self.words
                .phrases(i)
                .iter()
                .any(|p| n.end <= p.end && attached(p.proclitics) <= attached(n.proclitics))
        }) && !names.iter().any(|n| matches!(n.name, Name::Entity { .. }))
        {
            return None;
        }
        let entity = self.entity_of(names);
        let (place, footing) = self.place_of(i, names);
        if entity.is_none() && place == PlaceRef::None {
            return None;
        }
        let front = self.front(names);
        let mut mention = self.blank(i..end, front);
        mention.definite = true;
        self.set_entity(&mut mention, entity);
        if mention.people.is_some() {
            self.count_name(&mut mention, i, end);
        }
        let medium = entity.is_some_and(|id| {
            names.iter().any(|n| n.end as usize == end && self.is_quoted_medium(id, n))
        });
        let elsewhere = medium || self.is_dateline(i, end);
        mention.place = if elsewhere { PlaceRef::None } else { place };
        mention.footing = footing;
        if place != PlaceRef::None && end > i + 1 {
            mention.noun = self.place_type(i).map(|(_, _, lex)| lex.lemma);
        }
        self.agree(&mut mention, i);
        if entity.is_some() && self.is_person(entity) {
            mention.owner = entity.and_then(|e| self.words.knowledge.entities.owner(e));
        }
        let end = mention.words.end;
        self.push(mention);
        Some(end)
    }

    /// "The Americans": the plural of a nationality with the article is the state that acts, where
    /// it describes no noun.
    pub(super) fn nation(&mut self, i: usize) -> Option<usize> {
        let sound = self.words.folded(i).ends_with([NOON]) && self.words.has_article(i);
        let entity = sound.then(|| nationality_of_any(self.words, i)).flatten()?;
        let before = i.checked_sub(1).filter(|_| !self.words.all[i].after_break);
        let describes = before.is_some_and(|before| {
            self.found.at(before).is_some()
                || self.clauses.verb(self.words, before).is_none()
                    && self.words.lex(before).iter().any(|lex| !lex.is_finite())
        });
        if describes {
            return None;
        }
        let mut mention = self.blank(i..i + 1, self.front_of(i));
        mention.definite = true;
        mention.plural = true;
        self.set_entity(&mut mention, Some(entity));
        self.push(mention);
        Some(i + 1)
    }

    pub(super) fn is_person(&self, entity: Option<EntityId>) -> bool {
        entity.is_some_and(|e| self.words.knowledge.entities.get(e).kind == EntityKind::Person)
    }

    pub(super) fn entity_of(&mut self, names: &[NameMatch]) -> Option<EntityId> {
        let least = names.iter().map(|n| attached(n.proclitics)).min()?;
        // A description of a party that the text has named is that party.
        for name in names {
            if let Name::Entity { id, short: true } = name.name
                && attached(name.proclitics) == least
                && (self.seen.contains(&id) || self.wages_war_here(id))
            {
                return Some(id);
            }
        }
        for name in names {
            if let Name::Entity { id, short } = name.name
                && attached(name.proclitics) == least
                && (!short || self.seen.contains(&id) || self.is_quoted_medium(id, name))
            {
                return Some(id);
            }
        }
        None
    }

    /// "The coalition", unnamed, is that of the war which the report's parties wage.
    fn wages_war_here(&self, id: EntityId) -> bool {
        let entities = &self.words.knowledge.entities;
        let entity = entities.get(id);
        let party = |other: EntityId| {
            let party = entities.get(other);
            let war =
                matches!(party.type_name.as_str(), "armed-group" | "government" | "state-forces");
            war && party.country == entity.country
        };
        entity.type_name == "coalition"
            && entity.country.is_some()
            && self.words.names.iter().any(|name| match name.name {
                Name::Entity { id: other, short: false } => party(other),
                _ => false,
            })
    }

    /// Reads the number that a noun for civilians tells: dual, singular or a numeral behind it.
    fn count_name(&self, mention: &mut Mention, i: usize, end: usize) {
        if let Some(lex) = self.words.noun(i, |class| class.is_people()) {
            mention.number = self.number_of(i, lex);
            mention.definite = lex.proclitics.article;
        }
        let behind = self.amount_at.get(end).copied().unwrap_or(0);
        if behind > 0 && !self.words.all[end].after_break {
            let amount = behind as usize - 1;
            let words = self.words.of_tokens(&self.amounts[amount].tokens);
            let numeral = self.words.all[end].kind == TokenKind::Word && words.len() == 1;
            if numeral && self.amounts[amount].unit == Unit::Plain {
                mention.amount = Some(amount);
                mention.words.end = end + 1;
            }
        }
    }

    /// "Beirut - …": the place from which a report is filed is not where things happen.
    fn is_dateline(&self, i: usize, end: usize) -> bool {
        let sign = |i: usize| self.words.all.get(i).map_or('\0', |w| w.sign);
        let opens = self.words.all[i].after_break;
        opens && matches!(sign(end), '-' | '–' | '—' | ':' | '\u{640}' | '/' | '(')
    }

    /// A medium's short name between quotation marks is its name.
    fn is_quoted_medium(&self, id: EntityId, name: &NameMatch) -> bool {
        let sign = |i: usize| self.words.all.get(i).map_or('\0', |w| w.sign);
        let before = (name.start as usize).checked_sub(1).map_or('\0', sign);
        self.words.knowledge.entities.get(id).kind == EntityKind::Source
            && matches!(before, '«' | '"' | '“' | '”')
            && matches!(sign(name.end as usize), '»' | '"' | '”' | '“')
    }

    pub(super) fn set_entity(&mut self, mention: &mut Mention, entity: Option<EntityId>) {
        mention.entity = entity;
        if let Some(id) = entity {
            if !self.seen.contains(&id) {
                self.seen.push(id);
            }
            let entity = self.words.knowledge.entities.get(id);
            if entity.type_name == "civilian" {
                mention.people = Some(NounClass::Civilian);
                mention.plural = true;
            }
            mention.plural |= entity.kind == EntityKind::Class;
        }
    }

    pub(super) fn front(&self, names: &[NameMatch]) -> Proclitics {
        names.iter().map(|n| n.proclitics).min_by_key(|&p| attached(p)).unwrap_or_default()
    }

    /// Finds the gender that the first word of a name agrees as.
    pub(super) fn agree(&self, mention: &mut Mention, i: usize) {
        if mention.entity.is_none() {
            mention.gender = Gender::Feminine;
            return;
        }
        if let Some(lex) = self.words.noun(i, |_| true) {
            mention.gender = group_gender(lex);
            let sound = self.words.folded(i).ends_with([NOON]);
            mention.plural |= sound && lex.form.number != Number::Singular;
        } else if self.words.folded(i).ends_with([NOON]) {
            // A sound plural that the lexicon does not hold: the Houthis.
            let mut letters = self.words.folded(i).chars().rev().skip(1);
            mention.plural |= matches!(letters.next(), Some(WAW | YEH));
        }
    }
}
