//! Looking back: who or what a definite noun or a pronoun refers to.

use super::super::words::{Lex, Words};
use sijill_knowledge::{
    Entity, EntityId, EntityKind, LemmaId, Name, NounClass, Phrase, PlaceId, PlaceType, WordId,
};
use sijill_model::PlaceKind;
use sijill_text::clitic::{Preposition, Proclitics, Pronoun};
use sijill_text::letter::LAM;
use sijill_text::morph::{Gender, Number};

/// What has quarters.
const TOWNS: [PlaceKind; 2] = [PlaceKind::City, PlaceKind::Town];

/// Kinds of places that are parts of a larger one.
const PARTS: [PlaceKind; 2] = [PlaceKind::Neighbourhood, PlaceKind::Area];
use super::{Finder, Footing, Mention, MentionId, Mentions, PlaceRef};

impl<'a> Finder<'a> {
    /// Reads a type noun with the article: it refers back, or to a part of the place at hand.
    pub(super) fn definite_place(
        &mut self,
        i: usize,
        types: &PlaceType,
        lex: &Lex,
        front: Proclitics,
    ) -> Option<usize> {
        let small = |k: &PlaceKind| matches!(k, PlaceKind::Site | PlaceKind::Neighbourhood);
        if lex.form.number == Number::Dual && !types.kinds.iter().all(small) {
            let antecedent = self.last_of_two(i)?;
            return Some(self.push_back(i, PlaceRef::Same(antecedent), front));
        }
        if types.kinds.is_empty() || lex.form.number != Number::Singular && !types.part {
            // "The areas" are none that was told.
            return None;
        }
        if lex.form.number != Number::Singular && types.kinds.iter().all(small) {
            return self.refer_back(i, &TOWNS, None, front);
        }
        self.refer_back(i, &types.kinds, Some((lex.lemma, types.refers)), front)
    }

    /// Refers a noun to the place told of before that is of its kind or was called so.
    pub(super) fn refer_back(
        &mut self,
        i: usize,
        kinds: &[PlaceKind],
        noun: Option<(LemmaId, bool)>,
        front: Proclitics,
    ) -> Option<usize> {
        let antecedent = self.place_antecedent(i, kinds, noun)?;
        let place = self.narrowed(antecedent, kinds);
        Some(self.push_back(i, place, front))
    }

    /// Keeps a noun that refers back to a place; returns the word behind it.
    fn push_back(&mut self, i: usize, place: PlaceRef, front: Proclitics) -> usize {
        let mut mention = self.blank(i..i + 1, front);
        mention.place = place;
        mention.gender = Gender::Feminine;
        mention.definite = true;
        mention.anaphoric = true;
        self.push(mention);
        i + 1
    }

    /// "The two towns": finds the second of the last two places that "and" joins.
    fn last_of_two(&self, i: usize) -> Option<MentionId> {
        let is_place = |mention: &Mention| mention.place != PlaceRef::None;
        let mut second = None;
        for (id, mention) in self.found.before(i).take(80) {
            if let Some((last, start)) = second.take()
                && is_place(mention)
                && start <= mention.words.end + 1
            {
                return Some(last);
            }
            let joined = mention.front.conjunction.is_some();
            second = (joined && is_place(mention)).then_some((id, mention.words.start));
        }
        None
    }

    fn place_antecedent(
        &self,
        i: usize,
        kinds: &[PlaceKind],
        noun: Option<(LemmaId, bool)>,
    ) -> Option<MentionId> {
        let gazetteer = &self.words.knowledge.gazetteer;
        let by_kind = noun.is_none_or(|(_, refers)| refers);
        let of_town = kinds.contains(&PlaceKind::City);
        // "The quarter" without a quarter before it is one of the town; "the bridge" is no place.
        let of_area = kinds.contains(&PlaceKind::Area);
        let is_part_kind = by_kind && kinds.iter().any(|kind| PARTS.contains(kind));
        let of_unit = kinds == [PlaceKind::Country] || kinds.first() == Some(&PlaceKind::District);
        if (is_part_kind || of_unit) && self.speaks_of_any(i) {
            return None;
        }
        let mut fallback = None;
        // "Its outskirts" are those of a place told right before.
        let reach = if noun.is_some() { 80 } else { 15 };
        for (id, mention) in self.found.before(i).take(reach) {
            let called = mention.noun.is_some() && mention.noun == noun.map(|(lemma, _)| lemma);
            if called && !mention.rural {
                return Some(id);
            }
            // "Damascus threatens" tells of a government.
            let acts = mention.entity.is_some() && mention.footing == Footing::Bare;
            if !by_kind || acts || mention.rural && (!of_town || self.is_around(id)) {
                continue;
            }
            match mention.place {
                PlaceRef::Candidates(start, end) => {
                    let ids = &self.found.candidates[start as usize..end as usize];
                    let kind = |p: PlaceId| gazetteer.get(p).kind;
                    let fits =
                        |p: PlaceId| kinds.contains(&kind(p)) && !(of_area && is_no_area(kind(p)));
                    // "The village" is not the city that has a village of its name somewhere.
                    let city = !of_town && ids.iter().any(|&p| kind(p) == PlaceKind::City);
                    let namesake = of_town && !mention.anaphoric;
                    // Nor is "the city" what is first of all a state.
                    let state = !kinds.contains(&PlaceKind::Country)
                        && mention.noun.is_none()
                        && ids.iter().any(|&p| kind(p) == PlaceKind::Country);
                    if state {
                        continue;
                    }
                    if !city && ids.iter().copied().any(fits)
                        || namesake && self.namesakes(mention).any(fits)
                    {
                        return Some(id);
                    }
                    let town =
                        |p: &&PlaceId| !matches!(gazetteer.get(**p).kind, PlaceKind::Country);
                    // "The region" is around a place that was called something: "the town of …".
                    let called = !of_area || mention.noun.is_some() || mention.rural;
                    if fallback.is_none() && is_part_kind && called && ids.iter().any(|p| town(&p))
                    {
                        fallback = Some(id);
                    }
                }
                PlaceRef::Unknown(kind, _) if kinds.contains(&kind) => return Some(id),
                _ => {}
            }
        }
        fallback
    }

    /// "The states of the region", "the Arab region": no region that was told.
    fn speaks_of_any(&self, i: usize) -> bool {
        let words = self.words;
        let described =
            words.all.get(i + 1).is_some_and(|word| !word.after_break) && words.has_article(i + 1);
        let states = i.checked_sub(1).and_then(|before| self.place_type(before));
        described || states.is_some_and(|(types, ..)| types.kinds == [PlaceKind::Country])
    }

    /// Tells whether a mention says where the place told right before it lies.
    fn is_around(&self, id: MentionId) -> bool {
        let Some(before) = id.checked_sub(1) else { return false };
        let (inner, outer) = (self.found.get(before), self.found.get(id));
        inner.place != PlaceRef::None && outer.words.start <= inner.words.end + 2
    }

    /// "The city", after "the countryside of Aleppo" or "Aleppo governorate", is the city.
    fn narrowed(&mut self, antecedent: MentionId, kinds: &[PlaceKind]) -> PlaceRef {
        let gazetteer = &self.words.knowledge.gazetteer;
        let mention = self.found.get(antecedent);
        let PlaceRef::Candidates(start, end) = mention.place else {
            return PlaceRef::Same(antecedent);
        };
        let fits = |&id: &PlaceId| kinds.contains(&gazetteer.get(id).kind);
        let ids = &self.found.candidates[start as usize..end as usize];
        if !mention.rural && ids.iter().any(fits) {
            return PlaceRef::Same(antecedent);
        }
        let ids: Vec<PlaceId> = self.namesakes(mention).filter(fits).collect();
        match self.candidates(ids) {
            PlaceRef::None => PlaceRef::Same(antecedent),
            place => place,
        }
    }

    /// Lists every bearer of the name that a mention of a place ends with.
    fn namesakes(&self, mention: &Mention) -> impl Iterator<Item = PlaceId> {
        let end = mention.words.end as u32;
        let names =
            mention.words.clone().flat_map(|i| self.names_at(i)).filter(move |n| n.end == end);
        names.filter_map(|n| match n.name {
            Name::Place { id, .. } => Some(id),
            _ => None,
        })
    }

    /// Finds the province told of last before a word.
    pub(super) fn province_before(&self, i: usize) -> Option<PlaceRef> {
        let gazetteer = &self.words.knowledge.gazetteer;
        self.found.before(i).take(40).find_map(|(_, mention)| match mention.place {
            PlaceRef::Candidates(start, end) => {
                let ids = &self.found.candidates[start as usize..end as usize];
                let province = |&id: &PlaceId| gazetteer.get(id).kind == PlaceKind::Region;
                ids.iter().any(province).then_some(mention.place)
            }
            _ => None,
        })
    }

    /// Finds the entity that a bare definite noun refers to: one whose name begins with it. What is
    /// called the state's own is no other group.
    pub(super) fn definite_group(&self, i: usize, ruling: bool) -> Option<EntityId> {
        let head = self.head_word(i)?;
        let entities = &self.words.knowledge.entities;
        let fits = |&id: &EntityId| !ruling || is_ruling_party(entities.get(id));
        // Of a power from elsewhere nobody says so.
        let at_home = |&id: &EntityId| !ruling || self.wages_war_at_home(id);
        let near = || {
            let told = self.found.before(i).take(120).filter_map(|(_, m)| m.entity);
            told.filter(fits).filter(at_home)
        };
        let own = self.own.filter(|&own| 0 < entities.heads_with(own, head));
        near()
            .find(|&id| entities.has_main_head(id, head))
            .or(own.filter(fits))
            .or_else(|| near().find(|&id| 1 < entities.heads_with(id, head)))
            .or_else(|| self.named_later(i, head).filter(fits))
            .or_else(|| ruling.then(|| self.forces_of_parties(head)).flatten())
    }

    /// Tells whether the word behind a noun for forces says that they are the state's.
    pub(super) fn is_ruling(&self, noun: usize) -> bool {
        let ruling = |i: usize| {
            let mut phrases = self.words.phrases(i).iter();
            phrases.any(|p| p.phrase == Phrase::Ruling && p.end as usize == noun + 2)
        };
        let behind = self.words.all.get(noun + 1).is_some_and(|word| !word.after_break);
        behind && (ruling(noun) || ruling(noun + 1))
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

    /// "The fighters", of several groups: those told of last as fighters of one.
    pub(super) fn last_fighters(&self, i: usize, mention: &Mention) -> Option<EntityId> {
        let entities = &self.words.knowledge.entities;
        // "The Kurdish fighters" are no others.
        let next = i + 1;
        let described = self
            .words
            .all
            .get(next)
            .is_some_and(|word| !word.after_break && self.words.has_article(next));
        if described {
            return None;
        }
        let armed = |&id: &EntityId| entities.get(id).type_name == "armed-group";
        let reach = i.saturating_sub(80);
        let mut told = self.found.before(i).take_while(|(_, m)| reach <= m.words.start);
        let fighters = |m: &Mention| m.people == Some(NounClass::Combatant);
        mention.plural.then(|| {
            told.find_map(|(_, m)| m.entity.or(m.owner).filter(|_| fighters(m)).filter(armed))
        })?
    }

    pub(super) fn head_word(&self, i: usize) -> Option<WordId> {
        let mut cuts = self.words.cuts(i).iter().filter(|c| c.cut.pronoun.is_none());
        let spelling = |word| self.words.knowledge.vocabulary.spelling(word);
        let definite = cuts.clone().find(|c| c.cut.proclitics.article);
        let hidden = || {
            cuts.find(|c| {
                c.cut.proclitics.preposition == Some(Preposition::Lam)
                    && spelling(c.word).starts_with(LAM)
            })
        };
        definite.or_else(hidden).map(|c| c.word)
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
        if mention.words.contains(&i) {
            continue;
        }
        // "Our aircraft … destroyed six positions": who speaks goes on acting.
        if mention.speaker && mention.entity.is_none() && pronoun == Pronoun::She {
            return Some(id);
        }
        let Some(entity) = mention.entity else { continue };
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

/// Tells whether a party is a state, its government or its forces.
pub(super) fn is_ruling_party(entity: &Entity) -> bool {
    matches!(entity.type_name.as_str(), "state" | "government" | "state-forces")
}

/// A town or a province is a region only where it was called so.
fn is_no_area(kind: PlaceKind) -> bool {
    use PlaceKind::{City, Region, Town, Village};
    matches!(kind, City | Region | Town | Village)
}
