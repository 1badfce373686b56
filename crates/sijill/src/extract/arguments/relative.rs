//! What a relative clause and an object pronoun point back to.

use super::super::Reading;
use super::super::clauses::{Boundary, preposition_at};
use super::super::mentions::{MentionId, PlaceRef, nationality, pronoun_entity};
use sijill_knowledge::{Phrase, Prep, VerbClass};
use sijill_text::clitic::Pronoun;
use sijill_text::letter::{ALEF, HEH, MEEM};
use sijill_text::morph::{Gender, Number, Pos};
use std::ops::Range;

use super::scan::Scan;
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

    /// Reads who does it from a relative clause: "an attack that the group carried out".
    pub(super) fn relative_agent(
        &self,
        scan: &Scan,
        sentence: &Range<usize>,
        arguments: &mut Arguments,
    ) {
        let Some(verb) = (scan.end..sentence.end.min(scan.end + 3))
            .find(|&i| self.clauses.verb(self.words, i).is_some())
        else {
            return;
        };
        let Some(lex) = self.clauses.verb(self.words, verb) else { return };
        if self.words.verb_has(lex, VerbClass::Hedge) {
            return self.believed_agent(verb, sentence, arguments);
        }
        // "The attack hit", "the attack was carried out against".
        let told = [VerbClass::Hit, VerbClass::Light];
        let itself = verb + 1 < sentence.end && self.is_resumed(verb + 1);
        if lex.pronoun.is_none()
            && !itself
            && told.iter().any(|&class| self.words.verb_has(lex, class))
        {
            return self.struck(verb, sentence, arguments);
        }
        let resumes = lex.pronoun.is_some() || itself;
        if !resumes || !self.words.verb_has(lex, VerbClass::Light) {
            return;
        }
        if self.tells_of_another(scan) {
            return;
        }
        let behind = self.scan(verb + 1, sentence, true);
        let own =
            behind.items.iter().find(|item| item.prep.is_none()).and_then(|item| item.mention);
        let own = own.filter(|&id| self.can_act(self.mentions.get(id)));
        // "Raids that warplanes carried out": nobody else did.
        let first = behind.items.first();
        let stranger = first.is_some_and(|item| {
            let noun = || self.words.lex(item.word).iter().any(|lex| !lex.is_finite());
            item.prep.is_none() && item.mention.is_none() && noun()
        });
        let agent = own.or_else(|| {
            (!stranger).then(|| self.carried_subject(verb, lex, sentence, 0)).flatten()
        });
        if let Some(id) = agent {
            arguments.subject = vec![id];
            for item in behind.items.iter().filter(|item| item.prep.is_some()) {
                arguments.prepositional.extend(item.prep.zip(item.mention));
            }
            arguments.words.end = behind.end.max(arguments.words.end);
        }
    }

    /// "The death of ten in an ambush that they laid": the clause is about the ambush.
    fn tells_of_another(&self, scan: &Scan) -> bool {
        let frames = &self.words.knowledge.frames;
        scan.items.last().is_some_and(|item| {
            let mut lex = self.words.lex(item.word).iter();
            item.mention.is_none()
                && item.prep.is_some()
                && lex.any(|lex| {
                    matches!(lex.form.pos, Pos::Masdar | Pos::Noun)
                        && !frames.evoked_by(lex.lemma).is_empty()
                })
        })
    }

    /// "An attack that they carried out", in Arabic "that they rose with it": the happening comes back
    /// as the pronoun on a beh.
    fn is_resumed(&self, i: usize) -> bool {
        self.words.phrases(i).iter().any(|p| {
            p.phrase == Phrase::Preposition(Prep::Beh)
                && matches!(p.pronoun, Some(Pronoun::He | Pronoun::She | Pronoun::They))
        })
    }

    /// Reads who is believed to have done it: "raids that aircraft of the … are thought to have
    /// carried out", "raids thought to be Russian".
    fn believed_agent(&self, verb: usize, sentence: &Range<usize>, arguments: &mut Arguments) {
        let that = verb + 1;
        if that >= sentence.end || self.clauses.before[that] != Boundary::That {
            return;
        }
        let next = that + 1;
        if let Some(entity) = (next < sentence.end).then(|| nationality(self.words, next)).flatten()
        {
            arguments.adjective = Some((entity, self.words.all[next].span));
            arguments.words.end = arguments.words.end.max(next + 1);
            return;
        }
        let done = (next..sentence.end.min(next + 8)).find_map(|i| {
            let lex = self.clauses.verb(self.words, i)?;
            let carries = lex.pronoun.is_some() && self.words.verb_has(lex, VerbClass::Light);
            carries.then_some((i, lex))
        });
        let Some((at, lex)) = done else { return };
        if let Some(id) = self.own_subject(at, lex, sentence) {
            arguments.subject = vec![id];
            let behind = self.scan(at + 1, sentence, true);
            for item in behind.items.iter().filter(|item| item.prep.is_some()) {
                arguments.prepositional.extend(item.prep.zip(item.mention));
            }
            arguments.words.end = arguments.words.end.max(behind.end);
        }
    }
}

/// Finds a preposition with a pronoun between two words.
fn scan_pronoun(reading: &Reading<'_>, from: usize, to: usize) -> Option<Prep> {
    (from..to).find_map(|i| match preposition_at(reading.words, i) {
        Some((prep, _, true)) => Some(prep),
        _ => None,
    })
}
