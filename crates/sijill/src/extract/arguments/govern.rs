//! The verb or noun that governs a noun: it lends its subject and colours what is told.

use super::super::Reading;
use super::super::clauses::{Boundary, preposition_at};
use super::super::mentions::PlaceRef;
use super::super::words::Lex;
use sijill_knowledge::{NounClass, Phrase, Prep, VerbClass};
use sijill_text::TokenKind;
use sijill_text::morph::{Pos, Voice};
use std::ops::Range;

use super::{Arguments, Governor, Trigger};

impl Reading<'_> {
    /// Finds the verb that lends its subject to a noun and takes both into the evidence.
    pub(super) fn govern(
        &self,
        trigger: &Trigger,
        sentence: &Range<usize>,
        arguments: &mut Arguments,
    ) {
        let Some(governor) = self.governor(trigger.word, sentence) else { return };
        arguments.governor = Some(governor);
        let lends = matches!(
            governor.class,
            VerbClass::Light
                | VerbClass::Receive
                | VerbClass::Aspect
                | VerbClass::Able
                | VerbClass::Try
                | VerbClass::Fail
                | VerbClass::Cause
        );
        if !lends {
            if governor.class == VerbClass::Say
                && governor.finite
                && let Some(lex) = self.clauses.verb(self.words, governor.word)
                && let Some(id) = self.own_subject(governor.word, lex, sentence)
            {
                arguments.announcer = Some(id);
            }
            return;
        }
        // "left a dead and six wounded": the wounded are told by their own words.
        let joined = self.mentions.at(trigger.word).is_some_and(|id| self.is_joined(id));
        if !joined {
            arguments.words.start = arguments.words.start.min(governor.word);
        }
        let mut governor = governor;
        if !governor.finite {
            // "was able to achieve an advance": the verb governs the noun that governs.
            let own = self.mentions.at(governor.word + 1).filter(|&id| {
                self.can_act(self.mentions.get(id)) && governor.word + 1 < trigger.word
            });
            if let Some(id) = own {
                if arguments.subject.is_empty() {
                    arguments.subject.push(id);
                }
                return;
            }
            match self.governor(governor.word, sentence).filter(|g| g.finite) {
                Some(outer) => governor = outer,
                None => return,
            }
            if governor.class == VerbClass::Say {
                return;
            }
            arguments.words.start = arguments.words.start.min(governor.word);
        }
        if let Some(auxiliary) = self.auxiliary_before(governor.word, sentence) {
            arguments.words.start = arguments.words.start.min(auxiliary);
        }
        let Some(lex) = self.clauses.verb(self.words, governor.word) else { return };
        let forced = (governor.class == VerbClass::Cause)
            .then_some(lex.pronoun)
            .flatten()
            .and_then(|pronoun| self.object_pronoun(governor.word, pronoun, arguments));
        if let Some(id) = forced {
            // "The raids forced it to withdraw": whom it forced does it.
            arguments.subject = vec![id];
            return;
        }
        let mut subject = self.subject_before(governor.word, lex, sentence, false);
        if subject.is_empty() {
            let scan = self.scan(governor.word + 1, &(sentence.start..trigger.word), true);
            let mut open = true;
            for item in &scan.items {
                // "Which carried out four raids": how many raids is no one.
                let counts = item.mention.is_some_and(|id| {
                    let mention = self.mentions.get(id);
                    mention.words.end == trigger.word
                        && mention.entity.is_none()
                        && mention.people.is_none()
                });
                if counts {
                    continue;
                }
                if item.prep.is_none()
                    && let Some(id) = item.mention
                    && open
                {
                    subject.push(id);
                } else if item.prep == Some(Prep::Beh) && governor.class == VerbClass::Cause {
                    subject.extend(item.mention);
                } else if !subject.is_empty() {
                    open = item.prep.is_some() && item.mention.is_some();
                }
            }
            // "a joint force of marines and SDF": the parts act.
            if subject.is_empty() && scan.items.iter().any(|item| item.prep.is_none()) {
                subject.extend(
                    scan.items
                        .iter()
                        .filter(|i| matches!(i.prep, Some(Prep::From | Prep::For)))
                        .filter_map(|i| i.mention),
                );
            }
        } else {
            arguments.words.start =
                arguments.words.start.min(self.mentions.get(subject[0]).words.start);
        }
        if subject.is_empty() && governor.class != VerbClass::Cause {
            subject = self.subject_before(governor.word, lex, sentence, true);
        }
        // "The clashes go on": what goes on is the subject.
        let goes_on = governor.word + 1 == trigger.word
            && governor.class == VerbClass::Aspect
            && trigger.lex.proclitics.article
            && trigger.lex.proclitics.preposition.is_none()
            && !self.words.knowledge.lexicon.lemma(lex.lemma).transitive;
        let open = governor.class != VerbClass::Cause
            && !self.impersonal(lex)
            && !goes_on
            && !self.is_done_by_craft(governor.word);
        if subject.is_empty() && open {
            subject.extend(self.carried_subject(governor.word, lex, sentence, 0));
            arguments.subject_carried = !subject.is_empty();
        }
        if governor.class == VerbClass::Receive {
            if subject.is_empty() || arguments.subject_carried {
                let start = self.clauses.start_of(governor.word, sentence);
                let place = self
                    .mentions
                    .before(governor.word)
                    .find(|(_, m)| start <= m.words.start && m.place != PlaceRef::None);
                subject.extend(place.map(|(id, _)| id));
            }
            arguments.object.splice(0..0, subject);
        } else if arguments.subject.is_empty() {
            arguments.subject = subject;
        }
    }

    /// "The warplanes carried out raids": craft whose owner is not told act for nobody told before.
    pub(super) fn is_done_by_craft(&self, verb: usize) -> bool {
        let i = verb + 1;
        let craft = |lex: &Lex| {
            let class = self.words.knowledge.lexicon.lemma(lex.lemma).noun;
            class == Some(NounClass::Platform) && lex.proclitics.preposition.is_none()
        };
        i < self.words.all.len()
            && self.clauses.before[i] == Boundary::None
            && self.mentions.at(i).is_none()
            && self.words.lex(i).iter().any(craft)
    }

    /// Finds the verb or cue that takes "that" and the verb at `word`: "is about to", "was able to".
    pub(super) fn auxiliary_before(&self, word: usize, sentence: &Range<usize>) -> Option<usize> {
        let that = word.checked_sub(1).filter(|&i| i > sentence.start)?;
        if self.clauses.before[that] != Boundary::That {
            return None;
        }
        let start = self.clauses.start_of(that - 1, sentence);
        (start..that).find(|&i| {
            let cue = self.words.phrases(i).iter().any(|p| matches!(p.phrase, Phrase::Modality(_)));
            cue || self.clauses.verb(self.words, i).is_some_and(|lex| {
                [VerbClass::Able, VerbClass::Aspect, VerbClass::Try, VerbClass::Fail]
                    .into_iter()
                    .any(|class| self.words.verb_has(lex, class))
            })
        })
    }

    /// A passive auxiliary has the noun itself as its subject: "was completed", "took place".
    pub(super) fn impersonal(&self, lex: &Lex) -> bool {
        lex.form.voice == Voice::Passive || self.words.verb_has(lex, VerbClass::Impersonal)
    }

    /// Finds the verb or noun that governs the noun at `word`.
    pub(super) fn governor(&self, word: usize, sentence: &Range<usize>) -> Option<Governor> {
        const CLASSES: [VerbClass; 8] = [
            VerbClass::Receive,
            VerbClass::Able,
            VerbClass::Aspect,
            VerbClass::Try,
            VerbClass::Fail,
            VerbClass::Cause,
            VerbClass::Light,
            VerbClass::Say,
        ];
        let mut i = word;
        let mut nouns = 0;
        let mut prepositions = 0;
        let mut reach = 16;
        while i > sentence.start && word - i < reach {
            if let Some(start) = self.aside_before(i, sentence) {
                reach += i - start;
                i = start;
            }
            if self.clauses.before[i] != Boundary::None
                && !matches!(self.clauses.before[i], Boundary::Comma)
                && i != word
            {
                return None;
            }
            if matches!(
                self.clauses.before[i],
                Boundary::That | Boundary::Relative | Boundary::Subordinate
            ) {
                return None;
            }
            i -= 1;
            if let Some(id) = self.mentions.at(i) {
                let start = self.mentions.get(id).words.start;
                if self.clauses.verb(self.words, start).is_none() {
                    i = start;
                    continue;
                }
            }
            if let Some(lex) = self.clauses.verb(self.words, i) {
                let class = CLASSES.into_iter().find(|&class| self.words.verb_has(lex, class))?;
                return Some(Governor { word: i, class, finite: true });
            }
            if self.time_at(i) || self.words.all[i].kind != TokenKind::Word {
                continue;
            }
            if preposition_at(self.words, i).is_some() {
                prepositions += 1;
                if prepositions > 2 {
                    return None;
                }
                continue;
            }
            let masdar = self
                .words
                .lex(i)
                .iter()
                .find(|lex| lex.form.pos == Pos::Masdar && !lex.proclitics.article);
            if let Some(lex) = masdar
                && ((i + 1..word).all(|at| self.is_adjective(at))
                    || self.mentions.at(i + 1).is_some())
            {
                let class = [
                    VerbClass::Aspect,
                    VerbClass::Light,
                    VerbClass::Cause,
                    VerbClass::Try,
                    VerbClass::Fail,
                ]
                .into_iter()
                .find(|&class| self.words.verb_has(lex, class));
                if let Some(class) = class {
                    return Some(Governor { word: i, class, finite: false });
                }
            }
            if masdar.is_some() {
                return None;
            }
            if self.is_adjective(i) {
                continue;
            }
            nouns += 1;
            if nouns > 3 {
                return None;
            }
        }
        None
    }
}
