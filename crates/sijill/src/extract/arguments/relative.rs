//! What a relative clause and an object pronoun point back to.

use super::super::Reading;
use super::super::clauses::{Boundary, preposition_at};
use super::super::mentions::{MentionId, PlaceRef, pronoun_entity};
use sijill_knowledge::{Phrase, Prep};
use sijill_text::clitic::Pronoun;
use sijill_text::letter::{ALEF, HEH, MEEM};
use sijill_text::morph::{Gender, Number};
use std::ops::Range;

use super::{Arguments, Trigger, agrees};

impl Reading<'_> {
    /// Gives a verb of a relative clause the noun phrase that the clause is about.
    pub(super) fn relative_antecedent(
        &self,
        trigger: &Trigger,
        sentence: &Range<usize>,
        arguments: &mut Arguments,
    ) {
        let clause = self.clauses.start_of(trigger.word, sentence);
        let relative = self.clauses.before[clause] == Boundary::Relative && clause < trigger.word;
        let pronoun = trigger.lex.pronoun;
        if !relative {
            if let Some(pronoun) = pronoun
                && let Some(id) = self.object_pronoun(trigger.word, pronoun, arguments)
            {
                if arguments.subject.is_empty() {
                    arguments.subject.append(&mut arguments.object);
                }
                arguments.object.insert(0, id);
            }
            return;
        }
        let Some((antecedent, mention)) =
            self.mentions.before(clause).find(|(_, m)| m.words.end + 3 > clause)
        else {
            return;
        };
        let resumed = scan_pronoun(self, trigger.end, arguments.words.end);
        arguments.words.start = arguments.words.start.min(clause);
        if pronoun.is_some() {
            if arguments.subject.is_empty() {
                arguments.subject.append(&mut arguments.object);
            }
            arguments.object = vec![antecedent];
            arguments.words.start = mention.words.start;
        } else if let Some(prep) = resumed {
            arguments.prepositional.push((prep, antecedent));
            arguments.words.start = mention.words.start;
        } else if arguments.subject.is_empty()
            || arguments.object.is_empty()
                && !agrees(self.mentions.get(arguments.subject[0]), &trigger.lex)
        {
            if self.can_act(mention) {
                arguments.object.append(&mut arguments.subject);
                arguments.subject = vec![antecedent];
                arguments.words.start = mention.words.start;
            }
        } else if arguments.object.is_empty() && mention.place != PlaceRef::None {
            // The place whose part is lost: "the town of which the group lost more than half".
            arguments.object = vec![antecedent];
            arguments.words.start = mention.words.start;
        }
    }

    pub(super) fn object_pronoun(
        &self,
        word: usize,
        pronoun: Pronoun,
        arguments: &Arguments,
    ) -> Option<MentionId> {
        let agents = &arguments.subject;
        let near = self.mentions.before(word).take(16).find(|(id, m)| {
            !agents.contains(id)
                && (m.entity.is_some() || m.people.is_some() || m.place != PlaceRef::None)
                && match pronoun {
                    Pronoun::He => m.gender != Gender::Feminine && !m.plural,
                    Pronoun::She => m.gender != Gender::Masculine && !m.plural,
                    Pronoun::They => {
                        let two_women = (m.number, m.gender) == (Number::Dual, Gender::Feminine);
                        (m.plural || m.people.is_some()) && !two_women
                    }
                    _ => false,
                }
        });
        near.map(|(id, _)| id)
    }

    /// "He said that they …": finds whom the pronoun on "that" before a verb stands for.
    pub(super) fn that_pronoun(&self, verb: usize, sentence: &Range<usize>) -> Option<MentionId> {
        let clause = self.clauses.start_of(verb, sentence);
        let that = self.words.phrases(clause).iter().any(|p| p.phrase == Phrase::That);
        if !that || verb < clause {
            return None;
        }
        let mut letters = self.words.folded(clause).chars().rev();
        let pronoun = match (letters.next()?, letters.next()?) {
            (HEH, _) => Pronoun::He,
            (ALEF, HEH) => Pronoun::She,
            (MEEM, HEH) => Pronoun::They,
            _ => return None,
        };
        pronoun_entity(self.mentions, self.words, clause, pronoun)
    }
}

/// Finds a preposition with a pronoun between two words.
fn scan_pronoun(reading: &Reading<'_>, from: usize, to: usize) -> Option<Prep> {
    (from..to).find_map(|i| match preposition_at(reading.words, i) {
        Some((prep, _, true)) => Some(prep),
        _ => None,
    })
}
