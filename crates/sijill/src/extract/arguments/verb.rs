//! What belongs to a verb: subject, object, and the noun phrase its relative clause is about.

use super::super::Reading;
use super::super::clauses::{Boundary, is_marked_passive, preposition_at};
use super::super::mentions::{MentionId, PlaceRef};
use sijill_knowledge::{EntityKind, NounClass, Prep, VerbClass};
use sijill_text::clitic::Pronoun;
use sijill_text::morph::{Gender, Number, Person, Voice};
use std::ops::Range;

use super::{Arguments, Governor, Trigger, agrees};

impl Reading<'_> {
    pub(super) fn of_verb(&self, trigger: &Trigger, sentence: &Range<usize>) -> Arguments {
        let scan = self.scan(trigger.end, sentence, true);
        let form = trigger.lex.form;
        let mut arguments = Arguments { words: trigger.word..scan.end, ..Arguments::default() };
        let mut bare: Vec<Vec<MentionId>> = Vec::new();
        let mut open_object = None;
        for item in &scan.items {
            match (item.prep, item.mention) {
                (Some(Prep::For), Some(id)) if open_object == Some(item.word) => {
                    // "shelled a camp of the …": whose it is suffers.
                    bare.push(vec![id]);
                }
                (Some(prep), Some(id)) => arguments.prepositional.push((prep, id)),
                (None, Some(id)) => {
                    let joined = self.is_joined(id);
                    match bare.last_mut() {
                        Some(group) if joined => group.push(id),
                        _ => bare.push(vec![id]),
                    }
                }
                (None, None) => {
                    open_object = Some(item.word + 1);
                    if bare.is_empty() && !arguments.unknown_first {
                        arguments.unknown_first = true;
                    }
                }
                (Some(_), None) => {}
            }
        }
        arguments.first_person = form.person == Some(Person::First);
        let inflected = arguments.first_person
            || form.person == Some(Person::Third) && form.number != Number::Singular;
        let mut before = self.subject_before(trigger.word, &trigger.lex, sentence, false);
        let behind = bare.first().is_some_and(|group| {
            let first = self.mentions.get(group[0]);
            self.can_act(first) && agrees(first, &trigger.lex) && !inflected
        });
        if before.is_empty() && !behind {
            before = self.subject_before(trigger.word, &trigger.lex, sentence, true);
        }
        let transitive = self.words.knowledge.lexicon.lemma(trigger.lex.lemma).transitive;
        arguments.passive = form.voice == Voice::Passive
            || is_marked_passive(self.words, trigger.word)
            || form.voice != Voice::Active
                && transitive
                && !inflected
                && before.is_empty()
                && trigger.lex.pronoun.is_none()
                && bare.len() == 1
                && self.is_patient_like(bare[0][0]);
        // "eight people were killed": the people stand before a verb that has no object.
        arguments.passive |= form.voice != Voice::Active
            && transitive
            && bare.is_empty()
            && trigger.lex.pronoun.is_none()
            && before.len() == 1
            && !arguments.unknown_first
            && {
                let mention = self.mentions.get(before[0]);
                mention.amount.is_some() || mention.people.is_some_and(NounClass::is_private)
            };
        // "stormed the camp and arrested five": the subject goes on, the counted are the object.
        let joined = trigger.lex.proclitics.conjunction.is_some()
            && (form.number, form.gender) == (Number::Singular, Gender::Feminine);
        let carried = (joined && before.is_empty() && bare.len() == 1)
            .then(|| self.carried_subject(trigger.word, &trigger.lex, sentence, 0))
            .flatten()
            .filter(|&id| self.mentions.get(id).gender == Gender::Feminine)
            .filter(|_| self.is_patient_like(bare[0][0]));
        if let Some(id) = carried {
            arguments.passive = false;
            arguments.subject_carried = true;
            arguments.subject = vec![id];
            arguments.object = bare.into_iter().next().unwrap_or_default();
            return arguments;
        }
        let mut bare = bare.into_iter();
        if !inflected && before.is_empty() && !arguments.unknown_first {
            // Two bare phrases: subject and object. One: subject, unless a pronoun is the object.
            arguments.subject = bare.next().unwrap_or_default();
        } else if !before.is_empty() {
            arguments.subject = before;
            let first = self.mentions.get(arguments.subject[0]).words.start;
            if self.clauses.start_of(trigger.word, sentence) <= first {
                arguments.words.start = first;
            }
        }
        arguments.object = bare.next().unwrap_or_default();
        self.relative_antecedent(trigger, sentence, &mut arguments);
        if arguments.subject.is_empty() && !arguments.unknown_first && !arguments.passive {
            if arguments.first_person {
                return arguments;
            }
            if let Some(id) = self.carried_subject(trigger.word, &trigger.lex, sentence, 0) {
                arguments.subject = vec![id];
                arguments.subject_carried = true;
            }
        }
        self.lean_on_verb(trigger.word, sentence, &mut arguments);
        arguments
    }

    /// Takes the evidence back to the auxiliary before a verb: "is about to", "became".
    pub(super) fn lean_on_verb(
        &self,
        word: usize,
        sentence: &Range<usize>,
        arguments: &mut Arguments,
    ) {
        let start = self.clauses.start_of(word, sentence);
        for v in (start..word).rev() {
            let Some(lex) = self.clauses.verb(self.words, v) else { continue };
            let class = [VerbClass::Able, VerbClass::Aspect, VerbClass::Try, VerbClass::Fail]
                .into_iter()
                .find(|&class| self.words.verb_has(lex, class));
            if let Some(class) = class {
                arguments.governor = Some(Governor { word: v, class, finite: true });
                arguments.words.start = arguments.words.start.min(v);
            }
            return;
        }
        if let Some(auxiliary) = self.auxiliary_before(word, sentence) {
            arguments.words.start = arguments.words.start.min(auxiliary);
        }
    }

    /// Tells whether a bare noun phrase after a verb is more likely who suffers than who acts.
    pub(super) fn is_patient_like(&self, id: MentionId) -> bool {
        let mention = self.mentions.get(id);
        match mention.people {
            Some(class) if class.is_private() => true,
            Some(NounClass::Combatant | NounClass::Official) => {
                mention.amount.is_some() || mention.number != Number::Plural || !mention.plural
            }
            _ => {
                mention.amount.is_some()
                    || mention.entity.is_some_and(|e| {
                        self.words.knowledge.entities.get(e).kind == EntityKind::Person
                    })
            }
        }
    }

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
}

/// Finds a preposition with a pronoun between two words.
fn scan_pronoun(reading: &Reading<'_>, from: usize, to: usize) -> Option<Prep> {
    (from..to).find_map(|i| match preposition_at(reading.words, i) {
        Some((prep, _, true)) => Some(prep),
        _ => None,
    })
}
