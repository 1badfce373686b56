//! Who is the subject of a verb: before it, behind it, or carried over from the verb before.

use super::super::Reading;
use super::super::clauses::{Boundary, preposition_at};
use super::super::mentions::{MentionId, pronoun_entity};
use super::super::words::Lex;
use sijill_knowledge::Phrase;
use sijill_text::clitic::Pronoun;
use sijill_text::morph::{Gender, Number, Person};
use std::ops::Range;

use super::agrees;

impl Reading<'_> {
    /// Finds the subject that stands before a verb in its clause.
    pub(super) fn subject_before(
        &self,
        verb: usize,
        lex: &Lex,
        sentence: &Range<usize>,
        wide: bool,
    ) -> Vec<MentionId> {
        if lex.proclitics.conjunction.is_some() {
            return Vec::new();
        }
        let own = self.clauses.start_of(verb, sentence);
        let start = if wide { self.subject_zone(verb, sentence) } else { own };
        if wide && start == own {
            return Vec::new();
        }
        if self.clauses.before[start] == Boundary::Relative {
            return Vec::new();
        }
        // An auxiliary may stand between: "the forces became they-control".
        let mut i = start;
        let mut prepositional = false;
        let mut oblique = false;
        let mut found: Vec<MentionId> = Vec::new();
        while i < verb {
            // "Between 250 and 300 thousand people fled": an amount, not a prepositional phrase.
            let counts = self.mentions.at(i).is_some_and(|id| {
                let mention = self.mentions.get(id);
                mention.words.start == i && mention.amount.is_some()
            });
            if let Some((_, end, _)) = preposition_at(self.words, i).filter(|_| !counts) {
                prepositional = true;
                i = end.max(i + 1);
                continue;
            }
            if let Some(id) = self.mentions.at(i) {
                let mention = self.mentions.get(id);
                let attached = mention.front.preposition.is_some();
                let joined = self.is_joined(id);
                oblique = prepositional || attached || joined && oblique;
                let nominative = !oblique;
                let tag =
                    mention.words.start > 0 && self.words.all[mention.words.start - 1].sign == '#';
                if tag && mention.words.end + 1 < verb && !joined {
                    // A hashtag in front is a heading, not a subject.
                    i = mention.words.end.max(i + 1);
                    continue;
                }
                if nominative && self.can_act(mention) && (found.is_empty() || joined) {
                    found.push(id);
                } else if !joined {
                    prepositional = false;
                }
                prepositional &= joined;
                i = mention.words.end.max(i + 1);
                continue;
            }
            i += 1;
        }
        let fits = |&id: &MentionId| {
            agrees(self.mentions.get(id), lex) || self.mentions.get(id).people.is_some()
        };
        // "The resistance and the army besiege": a verb in the singular agrees with one of them.
        if !found.iter().any(fits) {
            found.clear();
        } else if found.first().is_some_and(|first| !fits(first)) {
            found.retain(fits);
        }
        found
    }

    /// Finds where the noun phrase before a verb may begin: commas may set off what stands between.
    pub(super) fn subject_zone(&self, verb: usize, sentence: &Range<usize>) -> usize {
        let mut start = self.clauses.start_of(verb, sentence);
        for _ in 0..3 {
            if self.clauses.before[start] != Boundary::Comma || start == sentence.start {
                break;
            }
            let aside = self.aside_before(start, sentence);
            if let Some(aside) = aside {
                start = self.clauses.start_of(aside - 1, sentence);
                continue;
            }
            let earlier = self.clauses.start_of(start - 1, sentence);
            if (earlier..start).any(|i| self.clauses.verb(self.words, i).is_some()) {
                break;
            }
            start = earlier;
        }
        start
    }

    /// Finds the subject of a verb that names none: that of the verb before it, or who was last named.
    pub(crate) fn carried_subject(
        &self,
        verb: usize,
        lex: &Lex,
        sentence: &Range<usize>,
        depth: u8,
    ) -> Option<MentionId> {
        if depth < 3 {
            if let Some(id) = self.relative_subject(verb, lex, sentence) {
                return Some(id);
            }
            if let Some(id) = self.verb_subject_before(verb, lex, sentence) {
                return Some(id);
            }
        }
        let pronoun = match (lex.form.number, lex.form.gender) {
            (Number::Singular, Gender::Masculine) => Pronoun::He,
            (Number::Singular, _) => Pronoun::She,
            _ => Pronoun::They,
        };
        pronoun_entity(self.mentions, self.words, verb, pronoun)
    }

    /// Finds the subject of the nearest verb before that names one which agrees.
    pub(super) fn verb_subject_before(
        &self,
        verb: usize,
        lex: &Lex,
        sentence: &Range<usize>,
    ) -> Option<MentionId> {
        (sentence.start..verb).rev().find_map(|earlier| {
            let other = self.clauses.verb(self.words, earlier)?;
            let clause = self.clauses.start_of(earlier, sentence);
            let aside = self.words.phrases(clause).iter().any(|p| p.phrase == Phrase::Pronoun);
            if self.clauses.before[clause] == Boundary::Relative || aside {
                return None;
            }
            // With an object pronoun what stands before may be the object; what follows acts.
            let found = match other.pronoun {
                Some(_) => self.subject_behind(earlier, other, sentence),
                None => self.own_subject(earlier, other, sentence),
            };
            found.filter(|&id| {
                agrees(self.mentions.get(id), lex) && self.can_act(self.mentions.get(id))
            })
        })
    }

    /// "Those who freed the hostages and shot them": a verb joined to that of a relative clause has
    /// the antecedent as its subject, too.
    fn relative_subject(
        &self,
        verb: usize,
        lex: &Lex,
        sentence: &Range<usize>,
    ) -> Option<MentionId> {
        lex.proclitics.conjunction?;
        let (at, other) = (sentence.start..verb)
            .rev()
            .find_map(|i| Some((i, self.clauses.verb(self.words, i)?)))?;
        let clause = self.clauses.start_of(at, sentence);
        let same = (other.form.number, other.form.gender, other.form.tense)
            == (lex.form.number, lex.form.gender, lex.form.tense);
        if self.clauses.before[clause] != Boundary::Relative || !same {
            return None;
        }
        // "The town that they besiege": there the antecedent is the object.
        let object = other.pronoun.is_some() && other.form.number == Number::Singular;
        let own = || {
            let first = self.scan(at + 1, sentence, true).items.into_iter().next();
            first.is_some_and(|item| {
                item.prep.is_none()
                    && item.mention.is_some_and(|id| agrees(self.mentions.get(id), other))
            })
        };
        if object || other.form.number == Number::Singular && own() {
            return None;
        }
        let (id, mention) = self.mentions.before(clause).find(|(_, m)| clause < m.words.end + 3)?;
        (agrees(mention, lex) && self.can_act(mention)).then_some(id)
    }

    /// Finds the subject a verb names itself, before or behind it.
    pub(crate) fn own_subject(
        &self,
        verb: usize,
        lex: &Lex,
        sentence: &Range<usize>,
    ) -> Option<MentionId> {
        let before = self.subject_before(verb, lex, sentence, false);
        if let Some(&id) = before.first() {
            return Some(id);
        }
        let behind = self.subject_behind(verb, lex, sentence);
        behind.or_else(|| self.subject_before(verb, lex, sentence, true).first().copied())
    }

    /// Finds the subject that stands behind a verb.
    fn subject_behind(&self, verb: usize, lex: &Lex, sentence: &Range<usize>) -> Option<MentionId> {
        let third = lex.form.person == Some(Person::Third);
        (third && lex.form.number == Number::Singular)
            .then(|| self.scan(verb + 1, sentence, true))
            .and_then(|scan| scan.items.into_iter().find(|item| item.prep.is_none()))
            .and_then(|item| item.mention)
            .filter(|&id| agrees(self.mentions.get(id), lex))
    }
}
