//! How firmly a clause is said: negation, hedges, conditions, intentions, forecasts.

use super::Reading;
use super::arguments::{Arguments, Trigger};
use super::clauses::Boundary;
use super::words::Lex;
use sijill_knowledge::{NounClass, Phrase, VerbClass};
use sijill_model::Modality;
use sijill_text::clitic::Preposition;
use sijill_text::morph::{Pos, Tense};
use std::ops::Range;

/// How far before a trigger a cue may stand and still govern it, in words.
const REACH: usize = 8;

impl Reading<'_> {
    /// Finds how firmly a trigger is told.
    pub(crate) fn modality(
        &self,
        trigger: &Trigger,
        arguments: &Arguments,
        sentence: &Range<usize>,
    ) -> Modality {
        self.firmness(trigger, arguments, sentence).0
    }

    /// Finds how firmly a trigger is told, and by which words.
    pub(super) fn firmness(
        &self,
        trigger: &Trigger,
        arguments: &Arguments,
        sentence: &Range<usize>,
    ) -> (Modality, Option<Range<usize>>) {
        let word = |i: usize| i..i + 1;
        let cue = self
            .cue_before(trigger, arguments, sentence)
            .filter(|(modality, _)| {
                *modality != Modality::Denied || !self.is_more(trigger, sentence)
            })
            .or_else(|| self.quality_behind(trigger, sentence));
        let governor = || {
            let governor = arguments.governor?;
            let modality = match governor.class {
                VerbClass::Fail => Modality::Denied,
                VerbClass::Try => Modality::Planned,
                _ => return None,
            };
            Some((modality, word(governor.word)))
        };
        let future = || {
            let verb = match arguments.governor {
                _ if trigger.lex.proclitics.future => trigger.word,
                Some(governor) if self.is_future(governor.word) => governor.word,
                _ => return None,
            };
            Some((Modality::Predicted, word(verb)))
        };
        let purpose = || {
            let purpose = self.is_purpose(trigger, arguments, sentence);
            let own = purpose.then_some(trigger.word);
            let verb = own.or_else(|| self.purpose_before(trigger, sentence))?;
            Some((Modality::Planned, word(verb)))
        };
        let question = || {
            let asks = self.is_question(sentence);
            asks.then(|| (Modality::Uncertain, word(sentence.end - 1)))
        };
        let denied = || Some((Modality::Denied, word(self.denied_by(trigger, sentence)?)));
        let found = cue
            .or_else(denied)
            .or_else(governor)
            .or_else(future)
            .or_else(purpose)
            .or_else(question);
        match found {
            Some((modality, words)) => (modality, Some(words)),
            None => (Modality::default(), None),
        }
    }

    /// "The capture was not merely a gain", "not only posts were hit": what is denied is that it is all.
    fn is_more(&self, trigger: &Trigger, sentence: &Range<usize>) -> bool {
        let behind = trigger.end..sentence.end.min(trigger.end + REACH);
        let own = |i: &usize| {
            self.clauses.before[*i] == Boundary::None && self.clauses.verb(self.words, *i).is_none()
        };
        let only = |i: usize| self.words.phrases(i).iter().any(|p| p.phrase == Phrase::Only);
        behind.take_while(own).any(only)
    }

    /// "A possible air strike": the adjective behind a noun, or behind another adjective of it.
    fn quality_behind(
        &self,
        trigger: &Trigger,
        sentence: &Range<usize>,
    ) -> Option<(Modality, Range<usize>)> {
        if trigger.lex.form.pos == Pos::Verb {
            return None;
        }
        for i in trigger.word + 1..sentence.end.min(trigger.word + 3) {
            for phrase in self.words.phrases(i) {
                let agrees = phrase.proclitics.article == trigger.lex.proclitics.article;
                if let (Phrase::Quality(modality), true) = (phrase.phrase, agrees) {
                    return Some((modality, i..phrase.end as usize));
                }
            }
            if self.words.noun(i, |class| class == NounClass::Adjective).is_none() {
                break;
            }
        }
        None
    }

    fn is_future(&self, verb: usize) -> bool {
        self.clauses.verb(self.words, verb).is_some_and(|lex| lex.proclitics.future)
    }

    /// A verbal noun with lam, or a verb with it, tells what something is for.
    fn is_purpose(
        &self,
        trigger: &Trigger,
        arguments: &Arguments,
        sentence: &Range<usize>,
    ) -> bool {
        let lam = trigger.lex.proclitics.preposition == Some(Preposition::Lam);
        let received = arguments.governor.is_some_and(|g| {
            matches!(g.class, VerbClass::Receive | VerbClass::Cause | VerbClass::Light)
        });
        // "The town subject to its control": a participle takes what it is for as its complement.
        let complement = trigger.word.checked_sub(1).is_some_and(|i| {
            sentence.contains(&i)
                && self
                    .words
                    .lex(i)
                    .iter()
                    .any(|lex| lex.form.pos == Pos::ActiveParticiple && lex.proclitics.article)
        });
        lam && !received
            && !complement
            && matches!(trigger.lex.form.pos, Pos::Masdar | Pos::Verb)
            && !self.is_suffered(trigger, sentence)
    }

    /// "Denied (the news of) a withdrawal": the verb denies, whoever its subject is.
    fn denied_by(&self, trigger: &Trigger, sentence: &Range<usize>) -> Option<usize> {
        let start = self.clauses.start_of(trigger.word, sentence);
        let (at, lex) = (start..trigger.word)
            .rev()
            .find_map(|i| Some((i, self.clauses.verb(self.words, i)?)))?;
        let masdar = trigger.lex.form.pos == Pos::Masdar;
        (masdar && self.words.verb_has(lex, VerbClass::Deny)).then_some(at)
    }

    /// "In order to be able to launch an attack": the verb that governs says what it is for.
    fn purpose_before(&self, trigger: &Trigger, sentence: &Range<usize>) -> Option<usize> {
        let start = self.clauses.start_of(trigger.word, sentence);
        let (at, lex) = (start..trigger.word)
            .rev()
            .find_map(|i| Some((i, self.clauses.verb(self.words, i)?)))?;
        let purpose = lex.proclitics.preposition == Some(Preposition::Lam)
            && lex.form.tense == Some(Tense::Present);
        (purpose && trigger.lex.form.pos != Pos::Verb).then_some(at)
    }

    /// A long subject may part the verb from what its bearer suffers: "was exposed, …, to abduction".
    fn is_suffered(&self, trigger: &Trigger, sentence: &Range<usize>) -> bool {
        let receives = |lex: &Lex| self.words.verb_has(lex, VerbClass::Receive);
        let tells = |i: usize| {
            // "With the exposure of … to an attempt": the noun of such a verb does as well.
            let noun = self.words.lex(i).iter().find(|lex| lex.form.pos == Pos::Masdar);
            self.clauses.verb(self.words, i).or(noun.filter(|lex| receives(lex)))
        };
        let nearest = (sentence.start..trigger.word).rev().find_map(tells);
        trigger.lex.form.pos == Pos::Masdar && nearest.is_some_and(receives)
    }

    /// Finds the nearest cue that governs the trigger.
    fn cue_before(
        &self,
        trigger: &Trigger,
        arguments: &Arguments,
        sentence: &Range<usize>,
    ) -> Option<(Modality, Range<usize>)> {
        let head = arguments.words.start.min(trigger.word);
        let limit = sentence.start.max(head.saturating_sub(REACH));
        let mut clauses = 0;
        for i in (limit..trigger.word).rev() {
            for phrase in self.words.phrases(i) {
                let end = phrase.end as usize;
                let Phrase::Modality(cue) = phrase.phrase else { continue };
                if end > trigger.word || phrase.pronoun.is_some() {
                    continue;
                }
                if let Some(then) = cue.then
                    && !self
                        .words
                        .cuts(end)
                        .iter()
                        .any(|c| c.cut.proclitics.preposition == Some(then))
                {
                    continue;
                }
                let Some(modality) = cue.modality else { continue };
                if self.reaches(i, end, trigger, arguments, modality, clauses) {
                    return Some((modality, i..end));
                }
            }
            match self.clauses.before[i] {
                Boundary::Strong | Boundary::Subordinate => return None,
                Boundary::Comma | Boundary::Relative | Boundary::JoinedVerb => clauses += 1,
                Boundary::That | Boundary::None => {}
            }
        }
        None
    }

    fn reaches(
        &self,
        start: usize,
        end: usize,
        trigger: &Trigger,
        arguments: &Arguments,
        modality: Modality,
        clauses: usize,
    ) -> bool {
        let verb = arguments.governor.filter(|g| g.finite).map_or(trigger.word, |g| g.word);
        let one_word = end == start + 1;
        let short = one_word && self.words.folded(start).chars().count() <= 3;
        if short {
            // A particle governs the next word only.
            let next = end == verb || end == trigger.word;
            if modality == Modality::Possible {
                // With a past tense the same particle affirms.
                let present = self
                    .clauses
                    .verb(self.words, end)
                    .is_some_and(|lex| lex.form.tense == Some(Tense::Present));
                return next && present;
            }
            return next || modality == Modality::Conditional && clauses == 0;
        }
        match modality {
            Modality::Denied => end + 2 >= verb.min(trigger.word) && clauses == 0,
            // An intention or a danger is that of the next verb or noun; its bearer may stand between.
            Modality::Planned | Modality::Possible => {
                let head = verb.min(trigger.word);
                let between = (end..head).filter(|&i| self.mentions.at(i).is_none()).count();
                clauses == 0 && between <= 2
            }
            _ => clauses == 0,
        }
    }

    fn is_question(&self, sentence: &Range<usize>) -> bool {
        let asks = self
            .words
            .phrases(sentence.start)
            .iter()
            .any(|p| matches!(p.phrase, Phrase::Modality(cue) if cue.modality.is_none()));
        asks || self.words.all[sentence.end - 1].sign == '؟'
    }
}
