//! Dates that reach the next sentence, where it goes on with the same happening.

use super::super::Reading;
use super::super::frames::Fired;
use super::super::words::Lex;
use sijill_knowledge::DateLink;
use sijill_model::{EdtfDate, Kind, Modality, TimeSlot};
use sijill_text::TokenKind;
use sijill_text::morph::Pos;

/// How many sentences behind its own a date may reach.
const SENTENCES: usize = 2;

/// How many words from a toll the happening may be named that caused it.
const CAUSE: usize = 8;

/// How many items of a list the date in its heading reaches.
const LIST: usize = 12;

impl Reading<'_> {
    /// Gives claims without a date the one of the happening that the sentences before tell of.
    pub(super) fn carry_times(&self, fired: &[Fired], times: &mut [Option<TimeSlot>]) {
        for i in 0..fired.len() {
            if times[i].is_none() {
                times[i] = self.carried_time(&fired[..i], &times[..i], &fired[i]);
            }
        }
    }

    fn carried_time(
        &self,
        before: &[Fired],
        times: &[Option<TimeSlot>],
        fired: &Fired,
    ) -> Option<TimeSlot> {
        let sentence = &self.sentences[fired.sentence];
        if self.times_in(sentence).next().is_some() {
            return None;
        }
        if let Some(slot) = self.heading_time(fired) {
            return Some(slot);
        }
        if !self.goes_on_telling(fired) {
            return None;
        }
        // A sentence that looks back or elsewhere ends the telling.
        let mut first = fired.sentence.saturating_sub(SENTENCES);
        let parts = |&s: &usize| self.opens_background(s) || self.opens_elsewhere(s);
        first = (first + 1..=fired.sentence).rfind(parts).unwrap_or(first);
        let type_of = |fired: &Fired| self.words.knowledge.frames.rule(fired.rule).claim_type;
        let told = |(earlier, time): &(&Fired, &Option<TimeSlot>)| {
            first <= earlier.sentence
                && earlier.sentence < fired.sentence
                && time.is_some()
                && self.happens(type_of(earlier))
        };
        let earlier = || before.iter().zip(times).filter(told);
        let last = earlier().next_back()?.0.sentence;
        let same = earlier().rfind(|(earlier, _)| type_of(earlier) == type_of(fired));
        // The happening of a sentence stands first in it.
        let (_, time) = same.or_else(|| earlier().find(|(earlier, _)| earlier.sentence == last))?;
        time.filter(is_of_a_day)
    }

    /// Tells whether a happening with its article stands beside a toll: "the shelling led to".
    fn names_known_cause(&self, fired: &Fired) -> bool {
        let sentence = &self.sentences[fired.sentence];
        let word = fired.trigger.word;
        let near = word.saturating_sub(CAUSE).max(sentence.start)..(word + CAUSE).min(sentence.end);
        let frames = &self.words.knowledge.frames;
        let happening = |lex: &Lex| {
            let rules = frames.evoked_by(lex.lemma);
            matches!(lex.form.pos, Pos::Masdar | Pos::Noun)
                && lex.proclitics.article
                && rules.iter().any(|&rule| frames.rule(rule).claim_type.kind() == Kind::Event)
        };
        near.into_iter().any(|i| i != word && self.words.lex(i).iter().any(happening))
    }

    /// Finds the date of a list in the line above it: "since the beginning of the month:".
    fn heading_time(&self, fired: &Fired) -> Option<TimeSlot> {
        let claim_type = self.words.knowledge.frames.rule(fired.rule).claim_type;
        let first = fired.sentence.saturating_sub(LIST);
        let heading = (first..fired.sentence).rev().find_map(|s| {
            let sentence = &self.sentences[s];
            let ends = self.words.all[sentence.end - 1].sign == ':';
            let (time, at) = self.times_in(sentence).last()?;
            let alone = (sentence.start..at.start)
                .filter(|&i| self.words.all[i].kind != TokenKind::Sign)
                .count();
            Some((time, s, ends && sentence.end <= at.end + 1 && alone <= 1))
        });
        let (time, s, heads) = heading?;
        let together = (s + 2..=fired.sentence).all(|s| !self.follows_blank_line(s));
        (heads && together && self.happens(claim_type))
            .then_some(TimeSlot { edtf: time.edtf, span: time.span })
    }

    /// Tells whether a sentence begins like one that turns to another happening.
    fn opens_elsewhere(&self, s: usize) -> bool {
        let sentence = &self.sentences[s];
        let end = sentence.end.min(sentence.start + 2);
        (sentence.start..end).any(|i| self.date_link(i, DateLink::Elsewhere))
    }

    /// Tells whether a sentence stands behind an empty line.
    fn follows_blank_line(&self, s: usize) -> bool {
        let token = self.words.all[self.sentences[s].start].token as usize;
        let tokens = self.words.tokens;
        let gap = (0..token).rev().find(|&i| tokens.all[i].kind != TokenKind::Space);
        gap.is_some_and(|i| {
            tokens.all[i].kind == TokenKind::Break && tokens.original(i).matches('\n').count() > 1
        })
    }

    /// Tells whether a claim goes on with what was told: a happening named with its article, as
    /// known.
    fn goes_on_telling(&self, fired: &Fired) -> bool {
        let claim_type = self.words.knowledge.frames.rule(fired.rule).claim_type;
        let sentence = &self.sentences[fired.sentence];
        let lex = &fired.trigger.lex;
        let known = match claim_type.kind() {
            Kind::Toll => self.names_known_cause(fired),
            _ => matches!(lex.form.pos, Pos::Masdar | Pos::Noun) && lex.proclitics.article,
        };
        let modality = self.modality(&fired.trigger, &fired.arguments, sentence);
        known
            && self.happens(claim_type)
            && matches!(modality, Modality::Asserted | Modality::Uncertain)
            && !self.opens_background(fired.sentence)
            && !self.is_at_another_time(fired, sentence)
    }
}

/// Tells whether a date is a day, a night of two days or a few days.
fn is_of_a_day(slot: &TimeSlot) -> bool {
    match (slot.edtf.start(), slot.edtf.end()) {
        (EdtfDate::Day(first), Some(EdtfDate::Day(last))) => {
            first.until(last).is_ok_and(|span| span.get_days() <= 2)
        }
        _ => false,
    }
}
