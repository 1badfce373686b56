//! One field of a document, its title or its text, with what is read before places are chosen.

use super::Reading;
use super::clauses::Clauses;
use super::mentions::{self, Mentions};
use super::places::Resolved;
use super::time::{self, Dateline, TimeMention};
use super::whens;
use super::words::Words;
use sijill_knowledge::{EntityId, Knowledge};
use sijill_model::{Code, Date, Diagnostic, Document, EdtfDate, Field, Span};
use sijill_text::Tokens;
use sijill_text::numeral::{self, Amount};
use sijill_text::quote::{self, Quotations};
use sijill_text::sentence;
use std::ops::Range;

/// A field with its words, dates, clauses and mentions.
pub(super) struct Parsed<'a> {
    pub(super) field: Field,
    pub(super) words: &'a Words<'a>,
    pub(super) mentions: Mentions,
    sentences: Vec<Range<usize>>,
    clauses: Clauses,
    amounts: Vec<Amount>,
    dates: Dates,
    quotations: Quotations,
}

impl<'a> Parsed<'a> {
    pub(super) fn new(
        document: &Document,
        field: Field,
        tokens: &Tokens<'_>,
        words: &'a Words<'a>,
        outlet: Option<EntityId>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        // Diagnostics are about the text; a title is too short to be odd.
        let mut aside = Vec::new();
        let diagnostics = match field {
            Field::Text => diagnostics,
            Field::Title => &mut aside,
        };
        let mut dates = dates(document, tokens, words, diagnostics);
        let amounts = numeral::amounts(tokens, &words.knowledge.numerals);
        let amount_at = index_amounts(words, &amounts, &dates.in_time);
        let sentences: Vec<Range<usize>> = sentence::sentences(tokens)
            .iter()
            .map(|s| words.of_tokens(&s.tokens))
            .filter(|s| !s.is_empty())
            .collect();
        let clauses = Clauses::new(words, &sentences, &dates.in_time);
        let mentions =
            mentions::mentions(words, &amounts, &amount_at, &dates.in_time, &clauses, outlet);
        let quotations = quote::quotations(tokens);
        note_quotations(&quotations, tokens.text, diagnostics);
        if let Some(day) = dates.day {
            let times = &mut dates.times;
            whens::count_from_saying(words, &clauses, &sentences, &quotations, day, times);
        }
        Self { field, words, mentions, sentences, clauses, amounts, dates, quotations }
    }

    pub(super) fn reading(
        &'a self,
        resolved: &'a Resolved,
        outlet: Option<EntityId>,
        off_topic: bool,
    ) -> Reading<'a> {
        Reading {
            words: self.words,
            sentences: &self.sentences,
            clauses: &self.clauses,
            mentions: &self.mentions,
            amounts: &self.amounts,
            times: &self.dates.times,
            in_time: &self.dates.in_time,
            recent: &self.dates.recent,
            day: self.dates.day,
            dateline: self.dates.dateline,
            quotations: &self.quotations,
            resolved,
            outlet,
            armed: names_armed_actor(&self.mentions, self.words.knowledge),
            off_topic,
        }
    }
}

/// Tells whether the text names a party that bears arms.
pub(super) fn names_armed_actor(mentions: &Mentions, knowledge: &Knowledge) -> bool {
    mentions.all.iter().filter_map(|m| m.entity).any(|e| {
        let name = knowledge.entities.get(e).type_name.as_str();
        matches!(name, "armed-group" | "state-forces" | "coalition")
    })
}

/// The dates of a text.
struct Dates {
    times: Vec<TimeMention>,
    /// For each word: it belongs to a date.
    in_time: Vec<bool>,
    /// The words at which a date of the last two days is told.
    recent: Vec<usize>,
    /// The day from which relative dates count.
    day: Option<Date>,
    dateline: Option<Dateline>,
}

/// Finds dates, and which words belong to one. Relative dates count from the day of publication, or
/// from the day that the text prints as its own; without either they stand for nothing, but their
/// words still are no quantities.
fn dates(
    document: &Document,
    tokens: &Tokens<'_>,
    words: &Words<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Dates {
    let knowledge = words.knowledge;
    let (calendars, numerals) = (&knowledge.calendars, &knowledge.numerals);
    let mut anchor = document.published.unwrap_or(Date::constant(2000, 1, 1));
    let noted = diagnostics.len();
    let mut times = time::times(tokens, calendars, numerals, Some(anchor), diagnostics);
    let dateline = time::dateline(tokens, calendars, numerals, &times, document.published);
    if document.published.is_none()
        && let Some(dateline) = dateline
    {
        anchor = dateline.day;
        diagnostics.truncate(noted);
        times = time::times(tokens, calendars, numerals, Some(anchor), diagnostics);
        diagnostics.push(Diagnostic {
            code: Code::AnchorInText,
            span: dateline.span,
            message: format!("dates count from {anchor}, which the text prints as its own day"),
            hint: Some("give the day with --published or in meta.tsv if it is another".to_owned()),
        });
    }
    let in_time = mark_times(words, &times);
    let eve = anchor.yesterday().unwrap_or(anchor);
    let recent = times
        .iter()
        .filter(|t| t.relative && matches!(t.edtf.start(), EdtfDate::Day(day) if eve <= day))
        .map(|t| words.of_tokens(&t.tokens).start)
        .collect();
    if document.published.is_none() && dateline.is_none() {
        if let Some(relative) = times.iter().find(|t| t.relative) {
            diagnostics.push(Diagnostic {
                code: Code::NoAnchor,
                span: relative.span,
                message: "a relative date in a document without a date of publication".to_owned(),
                hint: Some("give the date with --published or in meta.tsv".to_owned()),
            });
        }
        times.retain(|t| !t.relative);
    }
    let day = document.published.or(dateline.map(|dateline| dateline.day));
    Dates { times, in_time, recent, day, dateline }
}

fn mark_times(words: &Words<'_>, times: &[TimeMention]) -> Vec<bool> {
    let mut marked = vec![false; words.all.len()];
    for time in times {
        marked[words.of_tokens(&time.tokens)].fill(true);
    }
    marked
}

fn index_amounts(words: &Words<'_>, amounts: &[Amount], in_time: &[bool]) -> Vec<u32> {
    let mut at = vec![0; words.all.len()];
    for (i, amount) in amounts.iter().enumerate() {
        let range = words.of_tokens(&amount.tokens);
        if !in_time[range.start] {
            at[range.start] = i as u32 + 1;
        }
    }
    at
}

fn note_quotations(quotations: &Quotations, text: &str, diagnostics: &mut Vec<Diagnostic>) {
    for quotation in quotations.all.iter().filter(|q| !q.closed) {
        let mark = quotation.span.of(text).chars().next().map_or(0, char::len_utf8) as u32;
        diagnostics.push(Diagnostic {
            code: Code::OpenQuotation,
            span: Span::new(quotation.span.start, quotation.span.start + mark),
            message: "quotation mark is never closed".to_owned(),
            hint: Some("it is read to the end of its paragraph".to_owned()),
        });
    }
}
