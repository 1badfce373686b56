//! When a claim happened: its own date, that of the happening it belongs to, or the day that the
//! text tells as its own.

mod carried;
mod own;
mod quoted;

use super::Reading;
use super::clauses::Boundary;
use super::frames::Fired;
pub(super) use quoted::count_from_saying;
use sijill_knowledge::{DateLink, VerbClass};
use sijill_model::{ClaimType, Edtf, EdtfDate, Kind, Modality, TimeSlot};
use sijill_text::morph::Pos;
use std::ops::Range;

/// How many sentences of a text are its news; what follows may be its background.
const NEWS: usize = 10;

/// How many words before a trigger may put it at another time.
const REACH: usize = 3;

impl Reading<'_> {
    /// Finds the date of everything that fired: its own, or that of the happening it is part of.
    pub(super) fn times_of(&self, fired: &[Fired]) -> Vec<Option<TimeSlot>> {
        let mut times: Vec<Option<TimeSlot>> =
            fired.iter().map(|fired| self.own_time(fired)).collect();
        self.share_times(fired, &mut times);
        self.carry_times(fired, &mut times);
        self.share_times(fired, &mut times);
        times
    }

    /// Gives a toll the date of the strike that caused it, and the strike that of its toll.
    fn share_times(&self, fired: &[Fired], times: &mut [Option<TimeSlot>]) {
        for i in (0..fired.len()).filter(|&i| fired[i].linked) {
            if times[i].is_some() {
                continue;
            }
            let is_toll = |fired: &Fired| {
                self.words.knowledge.frames.rule(fired.rule).claim_type.kind() == Kind::Toll
            };
            let (this, toll) = (&fired[i], is_toll(&fired[i]));
            let partner = |&j: &usize| {
                let other = &fired[j];
                match (toll, is_toll(other)) {
                    (true, false) => self.causes(other, this),
                    (false, true) => self.causes(this, other),
                    _ => false,
                }
            };
            let near = |&j: &usize| fired[j].trigger.word.abs_diff(this.trigger.word);
            let mut partners: Vec<usize> = (0..fired.len())
                .filter(|j| times[*j].is_some() && partner(j))
                .filter(|&j| !self.is_divided(this.trigger.word, fired[j].trigger.word))
                .collect();
            partners.sort_by_key(near);
            times[i] = partners.first().and_then(|&j| times[j]);
        }
    }

    /// Tells whether a colon, a semicolon or a line stands between two words.
    fn is_divided(&self, a: usize, b: usize) -> bool {
        (a.min(b) + 1..=a.max(b)).any(|i| self.clauses.before[i] == Boundary::Strong)
    }

    /// The day of the text, for an act that it tells as its news.
    pub(super) fn time_at_hand(
        &self,
        fired: &Fired,
        claim_type: ClaimType,
        modality: Modality,
    ) -> Option<TimeSlot> {
        let dateline = self.dateline?;
        let sentence = &self.sentences[fired.sentence];
        let told = matches!(modality, Modality::Asserted | Modality::Uncertain);
        let other_day = |slot: Edtf| slot.start() != EdtfDate::Day(dateline.day);
        let dated = self.times_in(sentence).any(|(time, _)| {
            // The day itself is no other day, wherever it is printed.
            time.span != dateline.span && other_day(time.edtf)
        });
        (self.happens(claim_type)
            && told
            && !dated
            && self.is_news(fired.sentence)
            && !self.is_at_another_time(fired, sentence))
        .then(|| TimeSlot { edtf: dateline.edtf(), span: dateline.span })
    }

    /// Tells whether a claim of this type is of a day.
    fn happens(&self, claim_type: ClaimType) -> bool {
        matches!(claim_type.kind(), Kind::Event | Kind::Toll | Kind::Damage)
            || matches!(claim_type, ClaimType::Captures | ClaimType::Loses)
    }

    /// Tells whether a sentence stands before the first one that opens the background.
    fn is_news(&self, s: usize) -> bool {
        s < NEWS && (0..=s).all(|s| !self.opens_background(s))
    }

    /// Tells whether a sentence begins like one that looks back.
    pub(super) fn opens_background(&self, s: usize) -> bool {
        let sentence = &self.sentences[s];
        let end = sentence.end.min(sentence.start + REACH);
        (sentence.start..end).any(|i| self.date_link(i, DateLink::Background))
    }

    /// Tells whether the words around a trigger put it before or after what the sentence tells:
    /// "after the fall of …", "the forces that had taken …", "the besieging forces".
    fn is_at_another_time(&self, fired: &Fired, sentence: &Range<usize>) -> bool {
        let word = fired.trigger.word;
        let lex = &fired.trigger.lex;
        let participle = matches!(lex.form.pos, Pos::ActiveParticiple | Pos::PassiveParticiple);
        if participle && lex.proclitics.article {
            return true;
        }
        let opening = self.opening_of(word, sentence);
        let relative = self.clauses.before[opening] == Boundary::Relative;
        if relative && !self.tells_result(fired, opening) {
            return true;
        }
        self.follows_other_time(fired, sentence) || self.date_link(opening, DateLink::OtherTime)
    }

    /// Tells whether "before", "after" or "since" governs the trigger.
    fn follows_other_time(&self, fired: &Fired, sentence: &Range<usize>) -> bool {
        let word = fired.trigger.word;
        let from = sentence.start.max(word.saturating_sub(REACH));
        !fired.linked
            && (from..word)
                .rev()
                .take_while(|&i| self.clauses.verb(self.words, i).is_none())
                .any(|i| self.date_link(i, DateLink::OtherTime) && !self.time_at(i))
    }

    /// Tells whether a relative clause goes on with what came of it: "which led to the death of".
    fn tells_result(&self, fired: &Fired, opening: usize) -> bool {
        let rule = self.words.knowledge.frames.rule(fired.rule);
        rule.claim_type.kind() == Kind::Toll
            || (opening..=fired.trigger.word).any(|i| {
                self.clauses
                    .verb(self.words, i)
                    .is_some_and(|lex| self.words.verb_has(lex, VerbClass::Cause))
            })
    }

    /// Returns the word at which the clause opens, commas apart.
    fn opening_of(&self, word: usize, sentence: &Range<usize>) -> usize {
        let parts =
            |&i: &usize| !matches!(self.clauses.before[i], Boundary::None | Boundary::Comma);
        (sentence.start..=word).rev().find(parts).unwrap_or(sentence.start)
    }

    /// Tells whether a phrase of the calendar tables begins at a word.
    fn date_link(&self, i: usize, link: DateLink) -> bool {
        let token = self.words.all[i].token as usize;
        let links = &self.words.knowledge.calendars.links;
        links.find(self.words.tokens, token, |&found| found == link).is_some()
    }
}
