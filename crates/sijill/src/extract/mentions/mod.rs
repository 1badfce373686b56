//! Mentions: spans that refer to actors, people and places, resolved in reading order.

mod back;
mod belonging;
mod definite;
mod forces;
mod names;
mod offices;
mod others;
mod people;
mod toponym;
mod typed;
mod units;
mod unlisted;

use super::clauses::Clauses;
use super::words::{Lex, NameMatch, Words};
pub(crate) use back::pronoun_entity;
pub(crate) use people::nationality;
use sijill_knowledge::{EntityId, LemmaId, NounClass, Phrase, PlaceId, WordId};
use sijill_model::{PlaceKind, Span};
use sijill_text::TokenKind;
use sijill_text::clitic::Proclitics;
use sijill_text::morph::{Gender, Number};
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
    /// The type noun before the name: town, quarter, crossing.
    pub(crate) noun: Option<LemmaId>,
    /// What makes the name a place's.
    pub(crate) footing: Footing,
    /// The land around the place is meant: "the countryside of Aleppo".
    pub(crate) rural: bool,
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

/// What makes a name a place's, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Footing {
    /// A type noun stands before it.
    Typed,
    /// A preposition or a list of places leads to it.
    Led,
    /// Nothing but the name.
    Bare,
    /// The name is a word of the dictionary, too.
    Word,
}

/// What a mention says of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PlaceRef {
    /// No place.
    None,
    /// Candidates: a range of [`Mentions::candidates`].
    Candidates(u32, u32),
    /// A name after a type noun that the gazetteer does not hold, and the word it begins with.
    Unknown(PlaceKind, u32),
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

    /// Lists the places that bear the name of a mention.
    pub(crate) fn bearers(&self, id: MentionId) -> &[PlaceId] {
        match self.get(id).place {
            PlaceRef::Candidates(start, end) => &self.candidates[start as usize..end as usize],
            _ => &[],
        }
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
    in_time: &'a [bool],
    clauses: &'a Clauses,
    outlet: Option<EntityId>,
) -> Mentions {
    let mut finder = Finder {
        words,
        amounts,
        amount_at,
        in_time,
        clauses,
        found: Mentions { all: Vec::new(), candidates: Vec::new(), at: vec![0; words.all.len()] },
        seen: outlet.into_iter().collect(),
        called: Vec::new(),
        own: outlet.and_then(|outlet| words.knowledge.entities.owner(outlet)),
        list: None,
        forces: Vec::new(),
        soldiers: Vec::new(),
    };
    let mut i = 0;
    while i < words.all.len() {
        i = finder.step(i).max(i + 1);
    }
    finder.settle_forces();
    finder.found
}

struct Finder<'a> {
    words: &'a Words<'a>,
    amounts: &'a [Amount],
    /// For each word: the amount that begins there, plus one.
    amount_at: &'a [u32],
    in_time: &'a [bool],
    clauses: &'a Clauses,
    found: Mentions,
    seen: Vec<EntityId>,
    /// Whom the report has called by a word that judges: "the mercenaries of …".
    called: Vec<(LemmaId, EntityId)>,
    /// The party whose organ publishes the report.
    own: Option<EntityId>,
    /// The end of the last name on a list of places, and what its noun says of them.
    list: Option<(usize, typed::Head<'a>)>,
    /// Mentions of "the army" and its like that no name explains, with their noun.
    forces: Vec<(usize, WordId)>,
    /// Mentions of soldiers of whom nobody says whose they are.
    soldiers: Vec<usize>,
}

impl<'a> Finder<'a> {
    /// Reads what begins at word `i`; returns the word to go on with.
    fn step(&mut self, i: usize) -> usize {
        if self.words.all[i].kind == TokenKind::Sign || self.in_time[i] {
            return i + 1;
        }
        if let Some(epithet) = self.words.phrases(i).iter().find(|p| p.phrase == Phrase::Epithet) {
            return epithet.end as usize;
        }
        let verb = self.clauses.verb(self.words, i).is_some();
        if !verb && let Some(end) = self.place_listed(i) {
            return end;
        }
        if !verb && let Some(end) = self.place_phrase(i) {
            return end;
        }
        if !verb && let Some(end) = self.people_phrase(i) {
            return end;
        }
        if let Some(end) = self.name(i) {
            return end;
        }
        if let Some(end) = self.nation(i) {
            return end;
        }
        self.bare_amount(i)
    }

    fn names_at(&self, i: usize) -> &'a [NameMatch] {
        self.words.names_at(i)
    }

    fn skip_quotes(&self, mut i: usize) -> usize {
        while i < self.words.all.len()
            && matches!(self.words.all[i].sign, '«' | '"' | '“' | '”' | '(' | '#')
        {
            i += 1;
        }
        i
    }

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
            self.part_of_them(&mut mention);
            self.so_many(&mut mention, amount);
            let end = mention.words.end;
            self.push(mention);
            return end;
        }
        range.end
    }

    fn blank(&self, words: Range<usize>, front: Proclitics) -> Mention {
        Mention {
            span: self.words.span(words.clone()),
            words,
            entity: None,
            owner: None,
            people: None,
            place: PlaceRef::None,
            noun: None,
            footing: Footing::Typed,
            rural: false,
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
        self.note_label(&mention);
        self.found.all.push(mention);
    }
}

/// Broken plurals of things agree as feminine singulars.
fn group_gender(lex: &Lex) -> Gender {
    if lex.form.number == Number::Plural { Gender::Feminine } else { lex.form.gender }
}

fn attached(proclitics: Proclitics) -> usize {
    usize::from(proclitics.conjunction.is_some()) + usize::from(proclitics.preposition.is_some())
}
