//! The date that belongs to a claim among those of its sentence.
//!
//! A date says when the clause happened in which it stands. It reaches the clauses that go on with
//! the telling, but not what is said on that day, what was before or after, nor, out of a relative
//! clause, what the clause around it tells.

use super::super::Reading;
use super::super::clauses::Boundary;
use super::super::frames::Fired;
use super::super::time::TimeMention;
use super::super::words::Lex;
use sijill_knowledge::{DateLink, Phrase, VerbClass};
use sijill_model::{Kind, Modality, TimeSlot};
use sijill_text::TokenKind;
use sijill_text::letter::WAW;
use sijill_text::morph::Pos;
use std::ops::Range;

/// What is added to the distance of a date outside of the evidence.
const APART: usize = 100;

/// How many words behind the evidence a date may stand.
const BEHIND: usize = 12;

/// How many words before the trigger a date may stand.
const BEFORE: usize = 45;

/// How many words behind a trigger may put it at a time that is not read.
const ADVERB: usize = 2;

/// How far behind a noun the relative clause may begin that tells when it was.
const ANTECEDENT: usize = 2;

impl Reading<'_> {
    /// Finds the date of the clause in which a claim is told.
    pub(super) fn own_time(&self, fired: &Fired) -> Option<TimeSlot> {
        let sentence = &self.sentences[fired.sentence];
        let kind = self.words.knowledge.frames.rule(fired.rule).claim_type.kind();
        let planned = matches!(
            self.modality(&fired.trigger, &fired.arguments, sentence),
            Modality::Planned | Modality::Predicted | Modality::Possible
        );
        let topic = fired.trigger.lex.form.pos != Pos::Verb && self.is_topic(fired, sentence);
        let ranked = self.times_in(sentence).filter_map(|(time, at)| {
            // "Within 72 hours" tells when what was counted happened, not how long a march took.
            if time.within && kind != Kind::Toll {
                return None;
            }
            // What is planned lies ahead of yesterday.
            let last = time.edtf.end().and_then(|end| end.last());
            let past = time.counted && last.is_some() && last < self.day;
            if planned && past && at.end <= fired.trigger.word {
                return None;
            }
            // A relation holds beyond the day on which it shows.
            if kind == Kind::Relation && time.edtf.end().is_some() {
                return None;
            }
            let rank = self.rank(fired, kind, time, &at, sentence)?;
            // Of a case that is spoken of only its own date counts.
            (rank < APART || !topic).then_some((rank, time))
        });
        let (_, time) = ranked.min_by_key(|(rank, _)| *rank)?;
        let planned = |modality| {
            matches!(modality, Modality::Planned | Modality::Predicted | Modality::Possible)
        };
        let edtf = match time.ahead {
            Some(ahead) if planned(self.modality(&fired.trigger, &fired.arguments, sentence)) => {
                ahead
            }
            _ => time.edtf,
        };
        Some(TimeSlot { edtf, span: time.span })
    }

    /// Lists the dates of a sentence with their words.
    pub(super) fn times_in<'s>(
        &'s self,
        sentence: &'s Range<usize>,
    ) -> impl Iterator<Item = (&'s TimeMention, Range<usize>)> {
        let from = self.words.all[sentence.start].span.start;
        let first = self.times.partition_point(|time| time.span.start < from);
        let times = self.times[first..].iter().map(|t| (t, self.words.of_tokens(&t.tokens)));
        times.take_while(|(_, at)| at.start < sentence.end).filter(|(_, at)| at.end <= sentence.end)
    }

    /// Tells how far a date is from a claim it can belong to.
    fn rank(
        &self,
        fired: &Fired,
        kind: Kind,
        time: &TimeMention,
        at: &Range<usize>,
        sentence: &Range<usize>,
    ) -> Option<usize> {
        let word = fired.trigger.word;
        // A toll is counted since a day, whoever counts it in whichever clause.
        let since = kind == Kind::Toll && time.edtf.end().is_none();
        let inside = fired.arguments.words.start <= at.start && at.end <= fired.arguments.words.end;
        let distance = if at.end <= word {
            word - at.end + self.crossings_before(fired, kind, at, sentence)?
        } else if fired.trigger.end <= at.start {
            let end = fired.arguments.words.end.max(fired.trigger.end);
            if end + BEHIND < at.start || self.parts_before(fired.trigger.end, time, at.start) {
                return None;
            }
            // Inside of the evidence the phrases of the trigger were followed up to the date.
            let apart = if inside || since { 0 } else { self.crossings_behind(fired, kind, at)? };
            at.start - fired.trigger.end + apart
        } else {
            0
        };
        Some(if inside { distance } else { APART + distance })
    }

    /// Weighs what stands between a date and the trigger behind it; nothing where it parts them.
    fn crossings_before(
        &self,
        fired: &Fired,
        kind: Kind,
        at: &Range<usize>,
        sentence: &Range<usize>,
    ) -> Option<usize> {
        let word = fired.trigger.word;
        let adverb = (fired.trigger.end..sentence.end.min(fired.trigger.end + ADVERB))
            .any(|i| self.date_link(i, DateLink::OtherTime));
        if BEFORE < word - at.end || adverb || self.follows_other_time(fired, sentence) {
            return None;
        }
        let said = self.content_of_saying(at, sentence);
        if said.is_some_and(|content| content <= word) && kind != Kind::Statement {
            return None;
        }
        let confined = self.is_confined(at, sentence);
        let saying = kind != Kind::Statement && self.is_of_saying(at, sentence);
        let mut weight = 0;
        for i in at.end..=word {
            weight += match self.clauses.before[i] {
                Boundary::None => 0,
                Boundary::JoinedVerb if self.tells_result(fired, i) => 10,
                _ if confined => return None,
                // Behind its first comma a saying goes on with what else was said.
                Boundary::Comma if saying && at.end + 1 < i => return None,
                Boundary::Comma => 2,
                Boundary::JoinedVerb | Boundary::That => 10,
                Boundary::Strong => 40,
                Boundary::Relative if self.tells_result(fired, i) => 10,
                Boundary::Relative => return None,
                Boundary::Subordinate if self.date_link(i, DateLink::OtherTime) => return None,
                Boundary::Subordinate => 20,
            };
        }
        Some(weight)
    }

    /// Tells whether a date stands in a clause that speaks of another time or thing than the
    /// sentence around it.
    fn is_confined(&self, at: &Range<usize>, sentence: &Range<usize>) -> bool {
        let opening = self.opening_of(at.start, sentence);
        match self.clauses.before[opening] {
            Boundary::Relative => true,
            Boundary::Subordinate => self.date_link(opening, DateLink::OtherTime),
            _ => false,
        }
    }

    /// Weighs what stands between a trigger and the date behind it; nothing where it parts them.
    fn crossings_behind(&self, fired: &Fired, kind: Kind, at: &Range<usize>) -> Option<usize> {
        let (from, words_end) = (fired.trigger.end, fired.arguments.words.end);
        let noun = fired.trigger.lex.form.pos != Pos::Verb;
        let (mut weight, mut subordinate) = (0, false);
        for i in from..=at.start {
            let near = noun && i <= from + ANTECEDENT;
            match self.clauses.before[i] {
                Boundary::That if near && self.hedges(i - 1) => {}
                Boundary::That | Boundary::Strong => return None,
                Boundary::Subordinate => subordinate = true,
                Boundary::Relative if !near => return None,
                Boundary::JoinedVerb if kind != Kind::Toll => return None,
                Boundary::JoinedVerb | Boundary::Comma => weight += 3,
                Boundary::Relative | Boundary::None => {}
            }
            if i == at.start {
                break;
            }
            let joined = self.clauses.before[i] == Boundary::JoinedVerb;
            let keeps = |lex: &Lex| near || self.tells_of_noun_before(i, lex, words_end, noun);
            let verb = self.clauses.verb(self.words, i).filter(|_| !joined);
            if verb.is_some_and(|lex| subordinate || !keeps(lex)) {
                return None;
            }
        }
        Some(weight)
    }

    /// Tells whether what stands before a date keeps it from a trigger that ends at word `from`.
    fn parts_before(&self, from: usize, time: &TimeMention, at: usize) -> bool {
        // "…, and today": the date opens the next clause.
        let joined = self.words.all[at].span.start < time.span.start;
        joined && self.opens_clause(at) || (from..at).any(|i| self.parts(i))
    }

    /// Tells whether a word stands behind a comma or another sign, joined by "and".
    fn opens_clause(&self, i: usize) -> bool {
        i > 0
            && self.words.all[i - 1].kind == TokenKind::Sign
            && self.words.folded(i).starts_with(WAW)
    }

    /// Tells whether a verb only says that the happening named right before it took place: "a
    /// campaign that they carried out", "raids that, it is thought, aircraft carried out".
    fn tells_of_noun_before(&self, i: usize, lex: &Lex, words_end: usize, noun: bool) -> bool {
        let light = self.words.verb_has(lex, VerbClass::Light);
        light && (noun || lex.pronoun.is_some() && i <= words_end + ANTECEDENT)
    }

    /// Tells whether a date behind a word is not of what stands before it: "after", "to be opened
    /// on", "according to what it said on".
    fn parts(&self, i: usize) -> bool {
        let other = |phrase: Phrase| match phrase {
            Phrase::Modality(cue) => cue.modality == Some(Modality::Planned),
            Phrase::Relay => true,
            _ => false,
        };
        self.words.phrases(i).iter().any(|p| other(p.phrase) || self.cites(p))
            || self.date_link(i, DateLink::OtherTime) && !self.time_at(i)
    }

    /// Tells whether a word is a verb that makes less than a fact of what follows.
    fn hedges(&self, i: usize) -> bool {
        let hedge = |lex: &&Lex| {
            self.words.verb_has(lex, VerbClass::Hedge)
                || self.words.verb_has(lex, VerbClass::Impersonal)
        };
        self.clauses.verb(self.words, i).filter(hedge).is_some()
            || self.words.phrases(i).iter().any(|p| matches!(p.phrase, Phrase::Modality(_)))
    }

    /// Finds where the words begin that are said or shown on a date: behind "that", a colon or the
    /// verb of what was shown, if the date's clause has a verb of saying.
    fn content_of_saying(&self, at: &Range<usize>, sentence: &Range<usize>) -> Option<usize> {
        let begins = |&i: &usize| {
            let colon = i > at.end && self.words.all[i - 1].sign == ':';
            let verb = self.clauses.verb(self.words, i);
            let acts = verb.is_some_and(|lex| !self.words.verb_has(lex, VerbClass::Say));
            colon
                || self.clauses.before[i] == Boundary::That
                || acts && self.clauses.before[i] != Boundary::JoinedVerb
        };
        let content = (at.end..sentence.end).find(begins)?;
        let opening = self.opening_of(at.start, sentence);
        let says = |i| {
            let verb = self.clauses.verb(self.words, i);
            verb.is_some_and(|lex| self.words.verb_has(lex, VerbClass::Say))
        };
        (opening..content).any(says).then_some(content)
    }

    /// Tells whether the verb before a date, in its clause, is one of saying, and nothing that was
    /// said stands between the two.
    fn is_of_saying(&self, at: &Range<usize>, sentence: &Range<usize>) -> bool {
        let opening = self.opening_of(at.start, sentence);
        let frames = &self.words.knowledge.frames;
        let told = |lex: &Lex| {
            lex.form.pos == Pos::Masdar
                && (self.words.verb_has(lex, VerbClass::Light)
                    || !frames.evoked_by(lex.lemma).is_empty())
        };
        for i in (opening..at.start).rev() {
            if let Some(lex) = self.clauses.verb(self.words, i) {
                return self.words.verb_has(lex, VerbClass::Say);
            }
            if self.words.lex(i).iter().any(told) {
                return false;
            }
        }
        false
    }
}
