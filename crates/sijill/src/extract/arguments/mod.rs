//! What belongs to a trigger: its subject, object, what it is annexed to and its prepositions.

mod asides;
mod govern;
mod noun;
mod relative;
mod scan;
mod sides;
mod subject;
mod verb;

use super::Reading;
use super::mentions::{Mention, MentionId};
use super::words::Lex;
use sijill_knowledge::{EntityId, EntityKind, NounClass, Prep, VerbClass};
use sijill_model::Span;
use sijill_text::letter::WAW;
use sijill_text::morph::{Gender, Number, Person, Pos};
use std::ops::Range;

/// A word that may evoke a claim, in one reading.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Trigger {
    pub(crate) word: usize,
    /// One past the last word of the trigger.
    pub(crate) end: usize,
    pub(crate) lex: Lex,
}

/// What belongs to a trigger.
#[derive(Clone, Debug, Default)]
pub(crate) struct Arguments {
    pub(crate) subject: Vec<MentionId>,
    pub(crate) object: Vec<MentionId>,
    pub(crate) annexed: Vec<MentionId>,
    pub(crate) prepositional: Vec<(Prep, MentionId)>,
    /// The subject was carried over from another clause.
    pub(crate) subject_carried: bool,
    /// A noun phrase nobody knows fills the first bare position.
    pub(crate) unknown_first: bool,
    /// A thing stands behind what the noun is annexed to: "the army's hitting of a car".
    pub(crate) thing: bool,
    /// A vehicle, a weapon or a building stands behind the first phrase: the object of a verb.
    pub(crate) thing_behind: bool,
    pub(crate) passive: bool,
    /// One side of a fight was told whole.
    pub(crate) sided: bool,
    /// The verb or noun that governs the trigger.
    pub(crate) governor: Option<Governor>,
    /// A verb behind the noun tells what was struck.
    pub(crate) struck: bool,
    /// The subject of the verb of saying that governs the trigger.
    pub(crate) announcer: Option<MentionId>,
    /// The verb shares what follows with the verb behind it: "were killed and wounded".
    pub(crate) shared: bool,
    /// The first person: who speaks acts.
    pub(crate) first_person: bool,
    /// An adjective that tells who acts: "a Russian raid".
    pub(crate) adjective: Option<(EntityId, Span)>,
    /// First and one past the last word of the evidence.
    pub(crate) words: Range<usize>,
}

/// The verb that lends its subject to a noun, or the noun that it is annexed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Governor {
    pub(crate) word: usize,
    pub(crate) class: VerbClass,
    pub(crate) finite: bool,
}

impl Reading<'_> {
    /// Collects what belongs to a trigger.
    pub(crate) fn arguments(&self, trigger: &Trigger, sentence: &Range<usize>) -> Arguments {
        match trigger.lex.form.pos {
            Pos::Verb => self.of_verb(trigger, sentence),
            _ => self.of_noun(trigger, sentence),
        }
    }

    /// Tells whether "and" stands before a mention, attached or alone.
    pub(crate) fn is_joined(&self, id: MentionId) -> bool {
        let mention = self.mentions.get(id);
        if mention.front.conjunction.is_some() {
            return true;
        }
        let mut before = mention.words.start;
        while before > 0 && matches!(self.words.all[before - 1].sign, '«' | '"' | '“' | '”') {
            before -= 1;
        }
        before > 0 && {
            let mut letters = self.words.folded(before - 1).chars();
            letters.next() == Some(WAW) && letters.next().is_none()
        }
    }

    /// Tells whether a mention can do something: a party, a person, people; never a voice.
    pub(crate) fn can_act(&self, mention: &Mention) -> bool {
        if let Some(entity) = mention.entity {
            let entities = &self.words.knowledge.entities;
            return match entities.get(entity).kind {
                EntityKind::Actor => true,
                // Who directs a monitor or speaks for a medium is a voice as well.
                EntityKind::Person => entities
                    .owner(entity)
                    .is_none_or(|owner| entities.get(owner).kind != EntityKind::Source),
                EntityKind::Source | EntityKind::Class => false,
            };
        }
        let people = mention.people.is_some_and(|class| class != NounClass::Victim);
        people || mention.speaker
    }
}

/// Tells whether a noun phrase may be the subject of a verb form.
pub(crate) fn agrees(mention: &Mention, lex: &Lex) -> bool {
    if lex.form.person != Some(Person::Third) {
        return false;
    }
    match (lex.form.number, lex.form.gender, mention.gender) {
        (Number::Singular, Gender::Masculine, Gender::Feminine) => mention.plural,
        (Number::Singular, Gender::Feminine, Gender::Masculine) => mention.plural,
        // Fighters of a group act in the plural.
        (Number::Plural, ..) => {
            mention.plural || mention.people.is_some() || mention.entity.is_some()
        }
        _ => true,
    }
}
