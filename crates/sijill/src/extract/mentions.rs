//! Mentions: spans that refer to actors, people and places, resolved in reading order.

use super::words::{Lex, NameMatch, Words};
use sijill_knowledge::{EntityId, EntityKind, Name, NounClass, Phrase, PlaceId, PlaceType, Prep, WordId};
use sijill_model::{PlaceKind, Span};
use sijill_text::TokenKind;
use sijill_text::clitic::{Preposition, Proclitics, Pronoun};
use sijill_text::morph::{Gender, Number, Pos};
use sijill_text::numeral::{Amount, Unit};
use std::ops::Range;

/// The number of a mention.
pub(crate) type MentionId = u32;

/// A noun phrase that refers to somebody or some place.
#[derive(Clone, Debug)]
pub(crate) struct Mention {
    /// The whole noun phrase.
    pub(crate) words: Range<usize>,
    /// The words of the name itself.
    pub(crate) span: Span,
    /// The party, person or source it refers to.
    pub(crate) entity: Option<EntityId>,
    /// The party that the person or office named belongs to.
    pub(crate) owner: Option<EntityId>,
    /// The class of people, if a noun for people heads it.
    pub(crate) people: Option<NounClass>,
    /// The place it refers to.
    pub(crate) place: PlaceRef,
    /// How many, as an index of the amounts.
    pub(crate) amount: Option<usize>,
    /// How many, told by a dual or a singular.
    pub(crate) number: Number,
    /// The grammatical gender it agrees as; `Either` if unknown.
    pub(crate) gender: Gender,
    /// It agrees as a plural of persons.
    pub(crate) plural: bool,
    /// The head noun has the article or is a name.
    pub(crate) definite: bool,
    /// What is attached to the first word.
    pub(crate) front: Proclitics,
    /// It was resolved by looking back.
    pub(crate) anaphoric: bool,
    /// "Our forces": it refers to whoever speaks.
    pub(crate) speaker: bool,
}

/// What a mention says of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PlaceRef {
    /// No place.
    None,
    /// Candidates: a range of [`Mentions::candidates`].
    Candidates(u32, u32),
    /// A name after a type noun that the gazetteer does not hold.
    Unknown(PlaceKind),
    /// The same place as an earlier mention.
    Same(MentionId),
}

/// The mentions of a text in order.
pub(crate) struct Mentions {
    pub(crate) all: Vec<Mention>,
    pub(crate) candidates: Vec<PlaceId>,
    /// For each word: the mention that covers it, plus one.
    at: Vec<u32>,
}

impl Mentions {
    /// Finds the mention that covers a word.
    pub(crate) fn at(&self, word: usize) -> Option<MentionId> {
        self.at.get(word).copied().filter(|&id| id > 0).map(|id| id - 1)
    }

    pub(crate) fn get(&self, id: MentionId) -> &Mention {
        &self.all[id as usize]
    }

    /// Follows back-references to the mention that names the place.
    pub(crate) fn place_root(&self, mut id: MentionId) -> MentionId {
        while let PlaceRef::Same(earlier) = self.get(id).place {
            id = earlier;
        }
        id
    }

    /// Lists the mentions that begin before a word, the nearest first.
    pub(crate) fn before(&self, word: usize) -> impl Iterator<Item = (MentionId, &Mention)> {
        let end = self.all.partition_point(|m| m.words.start < word);
        (0..end as u32).zip(&self.all[..end]).rev()
    }
}

/// Finds the mentions of a text.
pub(crate) fn mentions<'a>(
    words: &'a Words<'a>,
    amounts: &'a [Amount],
    amount_at: &'a [u32],
    outlet: Option<EntityId>,
) -> Mentions {
    let mut finder = Finder {
        words,
        amounts,
        amount_at,
        found: Mentions { all: Vec::new(), candidates: Vec::new(), at: vec![0; words.all.len()] },
        seen: outlet.into_iter().collect(),
    };
    let mut i = 0;
    while i < words.all.len() {
        i = finder.step(i).max(i + 1);
    }
    finder.found
}

struct Finder<'a> {
    words: &'a Words<'a>,
    amounts: &'a [Amount],
    /// For each word: the amount that begins there, plus one.
    amount_at: &'a [u32],
    found: Mentions,
    seen: Vec<EntityId>,
}

impl<'a> Finder<'a> {
    /// Reads what begins at word `i`; returns the word to go on with.
    fn step(&mut self, i: usize) -> usize {
        if self.words.all[i].kind == TokenKind::Sign {
            return i + 1;
        }
        if let Some(end) = self.place_phrase(i) {
            return end;
        }
        if let Some(end) = self.people_phrase(i) {
            return end;
        }
        if let Some(end) = self.name(i) {
            return end;
        }
        self.bare_amount(i)
    }

    fn names_at(&self, i: usize) -> &'a [NameMatch] {
        let names = &self.words.names;
        let start = names.partition_point(|n| (n.start as usize) < i);
        let end = names.partition_point(|n| (n.start as usize) <= i);
        &names[start..end]
    }

    // ---- names --------------------------------------------------------------------------------

    /// Reads a name that stands without a type noun.
    fn name(&mut self, i: usize) -> Option<usize> {
        let names = self.names_at(i);
        let end = names.first()?.end as usize;
        if end == i + 1 && self.is_adjective_here(i) {
            return None;
        }
        if names.iter().all(|n| self.words.phrases(i).iter().any(|p| p.end >= n.end))
            && !names.iter().any(|n| matches!(n.name, Name::Entity { .. }))
        {
            return None;
        }
        let entity = self.entity_of(names);
        let place = self.place_of(i, names);
        if entity.is_none() && place == PlaceRef::None {
            return None;
        }
        let front = self.front(names);
        let mut mention = self.blank(i..end, front);
        mention.definite = true;
        self.set_entity(&mut mention, entity);
        mention.place = place;
        self.agree(&mut mention, i);
        if entity.is_some() && self.is_person(entity) {
            mention.owner = entity.and_then(|e| self.words.knowledge.entities.owner(e));
        }
        self.push(mention);
        Some(end)
    }

    fn is_person(&self, entity: Option<EntityId>) -> bool {
        entity.is_some_and(|e| self.words.knowledge.entities.get(e).kind == EntityKind::Person)
    }

    fn entity_of(&mut self, names: &[NameMatch]) -> Option<EntityId> {
        let least = names.iter().map(|n| attached(n.proclitics)).min()?;
        for name in names {
            if let Name::Entity { id, short } = name.name
                && attached(name.proclitics) == least
                && (!short || self.seen.contains(&id))
            {
                return Some(id);
            }
        }
        None
    }

    fn set_entity(&mut self, mention: &mut Mention, entity: Option<EntityId>) {
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

    fn front(&self, names: &[NameMatch]) -> Proclitics {
        names.iter().map(|n| n.proclitics).min_by_key(|&p| attached(p)).unwrap_or_default()
    }

    // ---- places -------------------------------------------------------------------------------

    /// Judges whether the place names that match at `i` are meant as places there.
    fn place_of(&mut self, i: usize, names: &[NameMatch]) -> PlaceRef {
        let least = names.iter().map(|n| attached(n.proclitics)).min().unwrap_or(0);
        let single = names.first().is_some_and(|n| n.end == n.start + 1);
        let knowledge = self.words.knowledge;
        let lexical = single && !self.words.lex(i).is_empty();
        let named_person = self.follows_given_name(i);
        let is_given = single && self.words.cuts(i).iter().any(|c| knowledge.is_given_name(c.word));
        let led = self.led_by_preposition(i, names);
        let listed = self.follows_place(i);
        let mut accepted = Vec::new();
        for name in names {
            let Name::Place { id, common } = name.name else { continue };
            if attached(name.proclitics) > least {
                continue;
            }
            let place = knowledge.gazetteer.get(id);
            let major = matches!(place.kind, PlaceKind::Country | PlaceKind::Region | PlaceKind::City)
                || place.population >= 20_000
                || (matches!(place.kind, PlaceKind::Area | PlaceKind::Water | PlaceKind::Site)
                    && !single);
            let fits = if common || lexical {
                major && (led || listed) && !common
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

    fn candidates(&mut self, ids: Vec<PlaceId>) -> PlaceRef {
        if ids.is_empty() {
            return PlaceRef::None;
        }
        let start = self.found.candidates.len() as u32;
        self.found.candidates.extend(ids);
        PlaceRef::Candidates(start, self.found.candidates.len() as u32)
    }

    fn follows_given_name(&self, i: usize) -> bool {
        let Some(before) = i.checked_sub(1) else { return false };
        let words = self.words;
        words.all[before].kind == TokenKind::Word
            && words.lex(before).is_empty()
            && words.phrases(before).is_empty()
            && self.found.at(before).is_none_or(|m| self.is_person(self.found.get(m).entity))
            && words.cuts(before).iter().any(|c| words.knowledge.is_given_name(c.word))
    }

    /// Tells whether a preposition of place stands before word `i` or is attached to it.
    fn led_by_preposition(&self, i: usize, names: &[NameMatch]) -> bool {
        let attached = names
            .iter()
            .any(|n| matches!(n.proclitics.preposition, Some(Preposition::Beh | Preposition::Lam)));
        attached || self.preposition_before(i).is_some_and(|prep| {
            matches!(prep, Prep::In | Prep::From | Prep::To | Prep::On | Prep::Between)
        })
    }

    /// Returns the preposition that ends right before word `i`.
    fn preposition_before(&self, i: usize) -> Option<Prep> {
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
    fn follows_place(&self, i: usize) -> bool {
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
    fn place_phrase(&mut self, i: usize) -> Option<usize> {
        let (types, article, lex) = self.place_type(i)?;
        let front = lex.proclitics;
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
        let mut part = types.part;
        let mut at = i + 1;
        while let Some((next, article, lex)) = self.place_type(at)
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
            } else {
                kinds.clone_from(&next.kinds);
            }
            at += 1;
        }
        let at = self.skip_quotes(at);
        if at >= self.words.all.len() || self.words.all[at].after_break && at > i + 1 {
            return None;
        }
        self.typed_name(i, at, &kinds, part, front)
    }

    fn typed_name(
        &mut self,
        start: usize,
        at: usize,
        kinds: &[PlaceKind],
        part: bool,
        front: Proclitics,
    ) -> Option<usize> {
        let names = self.names_at(at);
        let bare = |n: &&NameMatch| n.proclitics.preposition.is_none() && n.proclitics.conjunction.is_none();
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
            let fits = |id: &PlaceId| part || kinds.is_empty() || kinds.contains(&gazetteer.get(*id).kind);
            let mut ids: Vec<PlaceId> = places.iter().map(|p| p.0).filter(fits).collect();
            if ids.is_empty() {
                ids = places.iter().map(|p| p.0).collect();
            }
            let mut mention = self.blank(start..end, front);
            mention.span = self.words.span(at..end);
            mention.place = self.candidates(ids);
            mention.gender = Gender::Feminine;
            mention.definite = true;
            self.push(mention);
            return Some(end);
        }
        let kind = *kinds.first()?;
        let end = self.unknown_name(at, kinds)?;
        let mut mention = self.blank(start..end, front);
        // An unknown name keeps its type noun: the quarter is called "Hayy al-…".
        mention.span = self.words.span(start..end);
        mention.place = PlaceRef::Unknown(kind);
        mention.gender = Gender::Either;
        mention.definite = true;
        self.push(mention);
        Some(end)
    }

    /// Measures an unknown name after a type noun: one or two words that no table knows as words.
    fn unknown_name(&self, at: usize, kinds: &[PlaceKind]) -> Option<usize> {
        let words = self.words;
        if kinds.contains(&PlaceKind::Country) {
            return None;
        }
        let free = |i: usize| {
            words.all.get(i).is_some_and(|w| w.kind == TokenKind::Word && !w.after_break)
                && words.phrases(i).is_empty()
                && words.lex(i).is_empty()
        };
        let named = free(at) && !self.is_adjective_like(at);
        named.then(|| if free(at + 1) && !self.is_joined(at + 1) && !self.is_adjective_like(at + 1) { at + 2 } else { at + 1 })
    }

    /// Guesses from its ending that an unknown word is an adjective of relation.
    fn is_adjective_like(&self, i: usize) -> bool {
        let text = self.words.folded(i);
        let bare = text.strip_suffix('ه').unwrap_or(text);
        !text.starts_with("\u{627}\u{644}") && bare.ends_with('ي') && bare.chars().count() > 3
    }

    fn is_joined(&self, i: usize) -> bool {
        let text = self.words.folded(i);
        text.starts_with(['و', 'ب', 'ل', 'ف'])
    }

    /// Reads a type noun with the article: it refers back, or to a part of the place at hand.
    fn definite_place(&mut self, i: usize, types: &PlaceType, front: Proclitics) -> Option<usize> {
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

    fn place_antecedent(&self, i: usize, kinds: &[PlaceKind]) -> Option<MentionId> {
        let gazetteer = &self.words.knowledge.gazetteer;
        let mut fallback = None;
        for (id, mention) in self.found.before(i).take(80) {
            match mention.place {
                PlaceRef::Candidates(start, end) => {
                    let ids = &self.found.candidates[start as usize..end as usize];
                    if ids.iter().any(|&p| kinds.contains(&gazetteer.get(p).kind)) {
                        return Some(id);
                    }
                    let town = |p: &&PlaceId| !matches!(gazetteer.get(**p).kind, PlaceKind::Country);
                    if fallback.is_none() && kinds.len() > 1 && ids.iter().any(|p| town(&p)) {
                        fallback = Some(id);
                    }
                }
                PlaceRef::Unknown(kind) if kinds.contains(&kind) => return Some(id),
                _ => {}
            }
        }
        fallback
    }

    fn place_type(&self, i: usize) -> Option<(PlaceType, bool, Lex)> {
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

    fn skip_quotes(&self, mut i: usize) -> usize {
        while i < self.words.all.len() && matches!(self.words.all[i].sign, '«' | '"' | '“' | '”') {
            i += 1;
        }
        i
    }

    // ---- people -------------------------------------------------------------------------------

    /// Reads a noun for people or a group, with its number and what it belongs to.
    fn people_phrase(&mut self, i: usize) -> Option<usize> {
        let (amount, noun) = self.counted_noun(i)?;
        if amount.is_none() && self.names_at(noun).iter().any(|n| n.end as usize > noun + 1) {
            return None;
        }
        if amount.is_none() && self.names_at(noun).iter().any(|n| matches!(n.name, Name::Entity { short: false, .. })) {
            return None;
        }
        if amount.is_some()
            && let Some(end) = self.counted_party(i, noun, amount)
        {
            return Some(end);
        }
        if amount.is_none() && self.is_adjective_here(noun) {
            return None;
        }
        let is_group = |class: NounClass| class.is_people() || class == NounClass::Group;
        let lex = *self.words.noun(noun, is_group)?;
        let class = self.words.knowledge.lexicon.lemma(lex.lemma).noun?;
        let front = if amount.is_some() { self.front_of(i) } else { lex.proclitics };
        let mut mention = self.blank(i..noun + 1, front);
        mention.span = self.words.span(noun..noun + 1);
        mention.people = (class != NounClass::Group).then_some(class);
        mention.amount = amount;
        mention.number = lex.form.number;
        mention.gender = lex.form.gender;
        mention.plural = class != NounClass::Group && lex.form.number != Number::Singular;
        if class == NounClass::Group {
            mention.gender = group_gender(&lex);
        }
        mention.definite = lex.proclitics.article || lex.pronoun.is_some();
        if amount.is_none()
            && let Some(after) = self.amount_after(noun)
        {
            mention.amount = Some(after);
            mention.words.end = noun + 2;
        }
        let end = self.belonging(&mut mention, noun, &lex, class);
        if class == NounClass::Combatant && mention.entity.is_none() && lex.proclitics.article {
            mention.entity = self.only_armed_group();
            mention.anaphoric = mention.entity.is_some();
        }
        if class == NounClass::Group && mention.entity.is_none() && !mention.speaker {
            if !lex.proclitics.article {
                return None;
            }
            mention.entity = self.definite_group(noun);
            mention.anaphoric = mention.entity.is_some();
            mention.entity?;
        }
        mention.words.end = mention.words.end.max(end);
        let end = mention.words.end;
        self.push(mention);
        Some(end)
    }

    /// Reads "17 of the forces of …": an amount and the party whose members it counts.
    fn counted_party(&mut self, i: usize, noun: usize, amount: Option<usize>) -> Option<usize> {
        let names: Vec<NameMatch> =
            self.names_at(noun).iter().filter(|n| attached(n.proclitics) == 0).copied().collect();
        let entity = self.entity_of(&names)?;
        if self.words.knowledge.entities.get(entity).kind != EntityKind::Actor {
            return None;
        }
        let end = names[0].end as usize;
        let mut mention = self.blank(i..end, self.front_of(i));
        mention.span = self.words.span(noun..end);
        self.set_entity(&mut mention, Some(entity));
        mention.people = mention.people.or(Some(NounClass::Combatant));
        mention.amount = amount;
        mention.plural = true;
        self.push(mention);
        Some(end)
    }

    /// Tells whether a word that may be an adjective or a noun for people describes the noun before.
    fn is_adjective_here(&self, i: usize) -> bool {
        let Some(before) = i.checked_sub(1) else { return false };
        let words = self.words;
        let plain = |i: usize, article: bool| {
            words.lex(i).iter().any(|lex| {
                lex.proclitics.article == article && lex.form.pos != Pos::Verb
            })
        };
        let adjective = words.lex(i).iter().find(|lex| {
            words.knowledge.lexicon.lemma(lex.lemma).noun == Some(NounClass::Adjective)
                && lex.proclitics.preposition.is_none()
                && lex.proclitics.conjunction.is_none()
        });
        adjective.is_some_and(|lex| {
            let nominal = words.noun(before, |_| true).is_some()
                || words.lex(before).iter().any(|l| l.form.pos == Pos::Masdar);
            nominal && plain(before, lex.proclitics.article) && !words.all[i].after_break
        })
    }

    /// Finds the noun that an amount at `i` counts, or the noun at `i` itself.
    fn counted_noun(&self, i: usize) -> Option<(Option<usize>, usize)> {
        let amount = self.amount_at[i];
        if amount == 0 {
            return Some((None, i));
        }
        let amount = amount as usize - 1;
        if self.amounts[amount].unit != Unit::Plain {
            return None;
        }
        let mut noun = self.words.of_tokens(&self.amounts[amount].tokens).end;
        let of = self.words.phrases(noun.min(self.words.all.len().saturating_sub(1)));
        if of.iter().any(|p| p.phrase == Phrase::Preposition(Prep::From) && p.pronoun.is_none()) {
            noun += 1;
        }
        let is_people = |class: NounClass| class.is_people() || class == NounClass::Group;
        let party = self.names_at(noun).iter().any(|n| matches!(n.name, Name::Entity { .. }));
        if party && of.iter().any(|p| p.phrase == Phrase::Preposition(Prep::From)) {
            return Some((Some(amount), noun));
        }
        (noun < self.words.all.len() && self.words.noun(noun, is_people).is_some())
            .then_some((Some(amount), noun))
    }

    fn amount_after(&self, noun: usize) -> Option<usize> {
        let amount = *self.amount_at.get(noun + 1)?;
        let article = self.words.cuts(noun + 1).iter().any(|c| c.cut.proclitics.article);
        (amount > 0 && article).then(|| amount as usize - 1)
    }

    /// Reads what people or a group belong to; returns the end of the phrase.
    fn belonging(&mut self, mention: &mut Mention, noun: usize, lex: &Lex, class: NounClass) -> usize {
        let mut end = mention.words.end;
        if let Some(pronoun) = lex.pronoun {
            mention.speaker = matches!(pronoun, Pronoun::We | Pronoun::I);
            if class != NounClass::Civilian && matches!(pronoun, Pronoun::He | Pronoun::She | Pronoun::They) {
                let owner = self.pronoun_entity(noun, pronoun);
                self.set_belonging(mention, owner, class);
                mention.anaphoric = true;
            }
            return end;
        }
        // Adjectives may stand between: "local fighters of …".
        let mut at = end;
        while at < self.words.all.len() && at < end + 3 && self.is_adjective(at) {
            at += 1;
        }
        let mut annexed = at == noun + 1 && !lex.proclitics.article;
        for phrase in self.words.phrases(at.min(self.words.all.len().saturating_sub(1))) {
            let of = matches!(phrase.phrase, Phrase::Preposition(Prep::From | Prep::For | Prep::In));
            if of && phrase.pronoun.is_none() && phrase.proclitics.conjunction.is_none() && at < self.words.all.len() {
                at = phrase.end as usize;
                annexed = true;
                break;
            }
        }
        let start = self.skip_quotes(at);
        if start >= self.words.all.len() || self.words.all[start].after_break {
            return end;
        }
        if end < at || start == end {
            // "American soldiers": the adjective tells whose they are.
            let told = (end..(at + 1).min(end + 2)).find_map(|i| Some((i, nationality(self.words, i)?)));
            if let Some((i, state)) = told
                && class != NounClass::Civilian
            {
                self.set_belonging(mention, Some(state), class);
                return i + 1;
            }
        }
        // A chain of people nouns: "fighters of the members of …" is rare, "leader of organisation" common.
        let names = self.names_at(start);
        let with_lam = |n: &&NameMatch| {
            n.proclitics.conjunction.is_none()
                && (n.proclitics.preposition.is_none() && annexed
                    || n.proclitics.preposition == Some(Preposition::Lam))
        };
        let names: Vec<NameMatch> = names.iter().filter(with_lam).copied().collect();
        let owner = self.entity_of(&names);
        if let Some(owner) = owner {
            let kind = self.words.knowledge.entities.get(owner).kind;
            let class_of_people = self.words.knowledge.entities.get(owner).type_name == "civilian";
            if kind == EntityKind::Person && class != NounClass::Official || class_of_people {
                return end;
            }
            end = names[0].end as usize;
            self.set_belonging(mention, Some(owner), class);
            if let Some(person) = self.person_at(end) {
                mention.owner = mention.entity;
                self.set_entity(mention, Some(person.0));
                end = person.1;
            }
            return end;
        }
        if annexed && let Some(found) = self.group_at(start) {
            self.set_belonging(mention, Some(found), class);
            return start + 1;
        }
        end
    }

    /// Finds a bare definite group at a word: "fighters of the organisation".
    fn group_at(&self, i: usize) -> Option<EntityId> {
        let lex = self.words.noun(i, |class| class == NounClass::Group)?;
        lex.proclitics.article.then(|| self.definite_group(i)).flatten()
    }

    fn person_at(&mut self, at: usize) -> Option<(EntityId, usize)> {
        let mut at = at;
        for _ in 0..2 {
            at = self.skip_quotes(at);
            let word = self.words.all.get(at)?;
            if word.sign == '،' || word.sign == '»' {
                at += 1;
            }
        }
        if at >= self.words.all.len() {
            return None;
        }
        let names: Vec<NameMatch> =
            self.names_at(at).iter().filter(|n| attached(n.proclitics) == 0).copied().collect();
        let entity = self.entity_of(&names)?;
        self.is_person(Some(entity)).then(|| (entity, names[0].end as usize))
    }

    fn set_belonging(&mut self, mention: &mut Mention, owner: Option<EntityId>, class: NounClass) {
        if class == NounClass::Civilian {
            return;
        }
        mention.entity = owner;
        if class == NounClass::Official {
            mention.owner = owner;
        }
        if let Some(owner) = owner
            && !self.seen.contains(&owner)
        {
            self.seen.push(owner);
        }
    }

    fn is_adjective(&self, i: usize) -> bool {
        self.words.noun(i, |class| class == NounClass::Adjective).is_some()
            && self.words.phrases(i).is_empty()
            && !self.words.all[i].after_break
    }

    // ---- looking back -------------------------------------------------------------------------

    /// Finds the entity that a bare definite noun refers to: one whose name begins with it.
    fn definite_group(&self, i: usize) -> Option<EntityId> {
        let head = self.head_word(i)?;
        let entities = &self.words.knowledge.entities;
        let near = || self.found.before(i).take(120).filter_map(|(_, m)| m.entity);
        near()
            .find(|&id| entities.has_main_head(id, head))
            .or_else(|| near().find(|&id| entities.has_head(id, head)))
    }

    /// Returns the armed group of a text that has named only one.
    fn only_armed_group(&self) -> Option<EntityId> {
        let entities = &self.words.knowledge.entities;
        let mut groups = self.seen.iter().filter(|&&e| entities.get(e).type_name == "armed-group");
        let first = *groups.next()?;
        groups.next().is_none().then_some(first)
    }

    fn head_word(&self, i: usize) -> Option<WordId> {
        let cuts = self.words.cuts(i);
        cuts.iter().find(|c| c.cut.proclitics.article && c.cut.pronoun.is_none()).map(|c| c.word)
    }

    /// Finds the party that a pronoun refers to.
    fn pronoun_entity(&self, i: usize, pronoun: Pronoun) -> Option<EntityId> {
        pronoun_entity(&self.found, self.words, i, pronoun).and_then(|id| self.found.get(id).entity)
    }

    // ---- amounts without a noun ---------------------------------------------------------------

    /// Keeps an amount that counts nothing named: "the killing of 17 and the injury of 20".
    fn bare_amount(&mut self, i: usize) -> usize {
        let amount = self.amount_at[i];
        if amount == 0 {
            return i + 1;
        }
        let amount = amount as usize - 1;
        let range = self.words.of_tokens(&self.amounts[amount].tokens);
        if self.amounts[amount].unit == Unit::Plain && !self.amounts[amount].ambiguous {
            let mut mention = self.blank(range.clone(), self.front_of(i));
            mention.amount = Some(amount);
            mention.number = Number::Plural;
            self.push(mention);
        }
        range.end
    }

    // ---- small parts --------------------------------------------------------------------------

    fn blank(&self, words: Range<usize>, front: Proclitics) -> Mention {
        Mention {
            span: self.words.span(words.clone()),
            words,
            entity: None,
            owner: None,
            people: None,
            place: PlaceRef::None,
            amount: None,
            number: Number::Plural,
            gender: Gender::Either,
            plural: false,
            definite: false,
            front,
            anaphoric: false,
            speaker: false,
        }
    }

    fn front_of(&self, i: usize) -> Proclitics {
        self.words
            .cuts(i)
            .iter()
            .map(|c| c.cut.proclitics)
            .max_by_key(|p| usize::from(p.preposition.is_some()))
            .unwrap_or_default()
    }

    /// Finds the gender that the first word of a name agrees as.
    fn agree(&self, mention: &mut Mention, i: usize) {
        if mention.entity.is_none() {
            mention.gender = Gender::Feminine;
            return;
        }
        if let Some(lex) = self.words.noun(i, |_| true) {
            mention.gender = group_gender(lex);
        }
    }

    fn widen(&mut self, id: usize, start: usize) {
        self.found.all[id].words.start = start;
        for word in start..self.found.all[id].words.end {
            self.found.at[word] = id as u32 + 1;
        }
    }

    fn push(&mut self, mention: Mention) {
        let id = self.found.all.len() as u32 + 1;
        for word in mention.words.clone() {
            self.found.at[word] = id;
        }
        self.found.all.push(mention);
    }
}

/// Finds the party that an adjective at a word stands for.
pub(crate) fn nationality(words: &Words<'_>, i: usize) -> Option<EntityId> {
    let plain = |p: Proclitics| p.conjunction.is_none() && p.preposition.is_none() && !p.future;
    if words.all.get(i)?.after_break {
        return None;
    }
    words.cuts(i).iter().filter(|c| plain(c.cut.proclitics) && c.cut.pronoun.is_none()).find_map(|c| {
        words.knowledge.nationalities.get(c.word)
    })
}

/// What a part of a place may be a part of.
fn whole_of_part() -> PlaceType {
    use PlaceKind::{City, District, Region, Subdistrict, Town, Village};
    PlaceType { kinds: vec![City, Town, Village, Region, District, Subdistrict], part: false }
}

/// Broken plurals of things agree as feminine singulars.
fn group_gender(lex: &Lex) -> Gender {
    if lex.form.number == Number::Plural { Gender::Feminine } else { lex.form.gender }
}

fn attached(proclitics: Proclitics) -> usize {
    usize::from(proclitics.conjunction.is_some()) + usize::from(proclitics.preposition.is_some())
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
