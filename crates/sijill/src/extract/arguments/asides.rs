//! What stands between commas inside a clause, and where the clause goes on behind it.

use super::super::Reading;
use super::super::clauses::{Boundary, preposition_at};
use super::super::words::{Lex, PhraseMatch};
use sijill_knowledge::Phrase;
use sijill_text::morph::{Pos, Tense};
use std::ops::Range;

use super::scan::{Item, Scan};

impl Reading<'_> {
    /// Skips "…, and it is a …," after a noun; returns the word behind the closing comma.
    pub(super) fn parenthesis(&self, i: usize, sentence: &Range<usize>) -> Option<usize> {
        let limit = sentence.end.min(i + 20);
        let end = (i..limit).find(|&at| matches!(self.words.all[at].sign, '،' | ','))? + 1;
        let pronoun = self
            .words
            .phrases(i)
            .iter()
            .any(|p| p.phrase == Phrase::Pronoun && p.proclitics.conjunction.is_some());
        // "…, backed by aircraft, on the town": a participle, and a preposition behind it.
        let participle = self.words.lex(i).iter().any(|lex| {
            matches!(lex.form.pos, Pos::PassiveParticiple | Pos::ActiveParticiple)
                && !lex.proclitics.article
        });
        let resumes = end < sentence.end && preposition_at(self.words, end).is_some();
        (pronoun || participle && resumes).then_some(end)
    }

    /// Skips what two commas set off between a verb and what belongs to it: "…, without a fight, of
    /// the town", "…, which led the attack, of the area"; returns the word behind.
    pub(super) fn interlude(
        &self,
        i: usize,
        sentence: &Range<usize>,
        scan: &Scan,
    ) -> Option<usize> {
        let comma = |at: usize| matches!(self.words.all[at].sign, '،' | ',');
        if i == 0 || !comma(i - 1) {
            return None;
        }
        let end = (i..sentence.end.min(i + 20)).find(|&at| comma(at))? + 1;
        let relative = self.clauses.before[i] == Boundary::Relative;
        let quiet = |at: usize| {
            let particle = !self.words.phrases(at).is_empty();
            let verb = !particle && self.clauses.verb(self.words, at).is_some();
            let inner = matches!(self.clauses.before[at], Boundary::That | Boundary::Subordinate);
            !verb && !inner
        };
        let opens = |lex: &Lex| {
            let participle = matches!(lex.form.pos, Pos::PassiveParticiple | Pos::ActiveParticiple);
            lex.proclitics.preposition.is_some()
                || participle && lex.proclitics.conjunction.is_none()
        };
        let leads = |p: &PhraseMatch| {
            matches!(p.phrase, Phrase::Preposition(_) | Phrase::Modality(_)) || self.cites(p)
        };
        let described = self.time_at(i)
            || self.words.lex(i).iter().any(opens)
            || self.words.phrases(i).iter().any(leads);
        let aside = relative || described && (i..end).all(quiet);
        let resumes = end < sentence.end
            && (preposition_at(self.words, end).is_some()
                || self.time_at(end)
                || self.is_owned(end)
                || described && !relative && self.opens_object(end, scan));
        (aside && resumes).then_some(end)
    }

    /// Tells whether a noun phrase at a word can be the object that a verb still waits for.
    pub(super) fn opens_object(&self, i: usize, scan: &Scan) -> bool {
        let bare = |item: &&Item| item.prep.is_none() && item.mention.is_some();
        let counted = || self.amounts.iter().any(|a| self.words.of_tokens(&a.tokens).start == i);
        scan.items.iter().filter(bare).count() < 2 && (self.is_plain_noun(i) || counted())
    }

    /// Tells whether a noun stands at a word that nothing governs or joins, and no verb.
    pub(super) fn is_plain_noun(&self, i: usize) -> bool {
        let plain = |lex: &Lex| {
            let front = lex.proclitics;
            !lex.is_finite() && front.preposition.is_none() && front.conjunction.is_none()
        };
        self.clauses.verb(self.words, i).is_none()
            && self.words.phrases(i).is_empty()
            && self.words.lex(i).iter().any(plain)
    }

    /// Tells whether a word is a noun with its pronoun: "its grip", "his death".
    pub(super) fn is_owned(&self, i: usize) -> bool {
        self.words.lex(i).iter().any(|lex| !lex.is_finite() && lex.pronoun.is_some())
    }

    /// Skips "…, riding in pickups," between a subject and its object; returns the word behind.
    pub(super) fn circumstantial(
        &self,
        i: usize,
        sentence: &Range<usize>,
        scan: &Scan,
    ) -> Option<usize> {
        let bare = |item: &&Item| item.prep.is_none() && item.mention.is_some();
        let lex = self.clauses.verb(self.words, i)?;
        if lex.form.tense != Some(Tense::Present)
            || lex.proclitics.conjunction.is_some()
            || scan.items.iter().filter(bare).count() != 1
        {
            return None;
        }
        let limit = sentence.end.min(i + 20);
        let end = (i..limit).find(|&at| matches!(self.words.all[at].sign, '،' | ','))? + 1;
        let object = self.mentions.get(self.mentions.at(end).filter(|_| end < sentence.end)?);
        let front = object.front;
        (front.conjunction.is_none() && front.preposition.is_none() && object.words.start == end)
            .then_some(end)
    }

    /// Finds where an aside began that ends before word `i`: "…, which is an alliance of …,".
    pub(super) fn aside_before(&self, i: usize, sentence: &Range<usize>) -> Option<usize> {
        if self.clauses.before[i] != Boundary::Comma {
            return None;
        }
        let from = sentence.start.max(i.saturating_sub(20));
        let comma = |at: usize| matches!(self.words.all[at].sign, '،' | ',');
        // "…, which leads them, founded": a relative clause between two commas.
        let inner = (from + 1..i.saturating_sub(1)).rev().find(|&at| comma(at));
        if let Some(start) = inner.map(|at| at + 1)
            && self.clauses.before[start] == Boundary::Relative
        {
            return Some(start);
        }
        (from..i.saturating_sub(1)).rev().find(|&start| {
            self.clauses.before[start] == Boundary::Comma
                && self.parenthesis(start, sentence) == Some(i)
        })
    }
}
