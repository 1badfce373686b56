//! Looking back: who or what a definite noun or a pronoun refers to.

use super::super::words::Words;
use sijill_knowledge::{EntityId, EntityKind, Name, NounClass, PlaceId, WordId};
use sijill_model::PlaceKind;
use sijill_text::clitic::Pronoun;
use sijill_text::morph::Gender;

use super::{Finder, MentionId, Mentions, PlaceRef};

impl<'a> Finder<'a> {
    pub(super) fn place_antecedent(&self, i: usize, kinds: &[PlaceKind]) -> Option<MentionId> {
        let gazetteer = &self.words.knowledge.gazetteer;
        // "The quarter" without a quarter before it is one of the town; "the bridge" is no place.
        let is_part_kind = 1 < kinds.len() && !kinds.contains(&PlaceKind::Site);
        let mut fallback = None;
        for (id, mention) in self.found.before(i).take(80) {
            match mention.place {
                PlaceRef::Candidates(start, end) => {
                    let ids = &self.found.candidates[start as usize..end as usize];
                    if ids.iter().any(|&p| kinds.contains(&gazetteer.get(p).kind)) {
                        return Some(id);
                    }
                    let town =
                        |p: &&PlaceId| !matches!(gazetteer.get(**p).kind, PlaceKind::Country);
                    if fallback.is_none() && is_part_kind && ids.iter().any(|p| town(&p)) {
                        fallback = Some(id);
                    }
                }
                PlaceRef::Unknown(kind, _) if kinds.contains(&kind) => return Some(id),
                _ => {}
            }
        }
        fallback
    }

    /// Finds the entity that a bare definite noun refers to: one whose name begins with it.
    pub(super) fn definite_group(&self, i: usize) -> Option<EntityId> {
        let head = self.head_word(i)?;
        let entities = &self.words.knowledge.entities;
        let near = || self.found.before(i).take(120).filter_map(|(_, m)| m.entity);
        near()
            .find(|&id| entities.has_main_head(id, head))
            .or_else(|| near().find(|&id| 1 < entities.heads_with(id, head)))
            .or_else(|| self.named_later(i, head))
            .or_else(|| near().find(|&id| 0 < entities.heads_with(id, head)))
    }

    /// Finds the group that the text first names after it has spoken of it.
    fn named_later(&self, i: usize, head: WordId) -> Option<EntityId> {
        let entities = &self.words.knowledge.entities;
        let start = self.words.names.partition_point(|n| (n.start as usize) <= i);
        self.words.names[start..].iter().find_map(|name| match name.name {
            Name::Entity { id, short: false } if entities.has_main_head(id, head) => Some(id),
            _ => None,
        })
    }

    /// Finds the people of whom "others" or "of them" speaks: those told of last. With `sure` they
    /// are people; else the name of a party will do.
    pub(super) fn people_before(&self, i: usize, sure: bool) -> Option<MentionId> {
        let reach = i.saturating_sub(60);
        let mut told = self.found.before(i).take_while(|(_, m)| reach <= m.words.start);
        let found = told.find(|(_, m)| match m.people {
            Some(NounClass::Victim | NounClass::Another) => false,
            Some(_) => m.amount.is_some() || m.plural,
            None => {
                let actor = m.entity.is_some_and(|e| {
                    self.words.knowledge.entities.get(e).kind == EntityKind::Actor
                });
                actor && (!sure || m.amount.is_some())
            }
        });
        found.map(|(id, _)| id)
    }

    /// Returns the armed group of a text that has named only one.
    pub(super) fn only_armed_group(&self) -> Option<EntityId> {
        let entities = &self.words.knowledge.entities;
        let mut groups = self.seen.iter().filter(|&&e| entities.get(e).type_name == "armed-group");
        let first = *groups.next()?;
        groups.next().is_none().then_some(first)
    }

    pub(super) fn head_word(&self, i: usize) -> Option<WordId> {
        let cuts = self.words.cuts(i);
        cuts.iter().find(|c| c.cut.proclitics.article && c.cut.pronoun.is_none()).map(|c| c.word)
    }

    /// Finds the party that a pronoun refers to.
    pub(super) fn pronoun_entity(&self, i: usize, pronoun: Pronoun) -> Option<EntityId> {
        pronoun_entity(&self.found, self.words, i, pronoun).and_then(|id| self.found.get(id).entity)
    }
}

/// Finds the party that a pronoun before word `i` refers to, by agreement and nearness.
pub(crate) fn pronoun_entity(
    mentions: &Mentions,
    words: &Words<'_>,
    i: usize,
    pronoun: Pronoun,
) -> Option<MentionId> {
    let entities = &words.knowledge.entities;
    for (id, mention) in mentions.before(i).take(24) {
        let Some(entity) = mention.entity else { continue };
        if mention.words.contains(&i) {
            continue;
        }
        let kind = entities.get(entity).kind;
        if kind == EntityKind::Source || kind == EntityKind::Class {
            continue;
        }
        let fits = match pronoun {
            Pronoun::He => mention.gender != Gender::Feminine,
            Pronoun::She => mention.gender != Gender::Masculine && kind != EntityKind::Person,
            _ => true,
        };
        if fits {
            return Some(id);
        }
    }
    None
}
