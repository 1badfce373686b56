//! The day that a text prints as its own: the header of a post, the line under an article's title.

use super::heard::Heard;
use super::{Reader, TimeMention};
use jiff::civil::Date;
use sijill_knowledge::{Calendars, DateLink};
use sijill_model::{Edtf, EdtfDate, Span};
use sijill_text::numeral::NumeralTable;
use sijill_text::{TokenKind, Tokens};

/// How many tokens may stand between a date and the words that make it a stamp.
const BESIDE: usize = 4;

/// How many tokens from the start a report may say that it is urgent.
const OPENING: usize = 40;

/// How many days a stamp may lie from the day of publication that is given.
const APART: i32 = 2;

/// The day that a text tells as its own, and where.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Dateline {
    /// The day.
    pub(crate) day: Date,
    /// Where it is told.
    pub(crate) span: Span,
}

impl Dateline {
    /// Returns the day as a date of a claim.
    pub(crate) fn edtf(&self) -> Edtf {
        Edtf::date(EdtfDate::Day(self.day))
    }
}

/// Finds the day that a text prints as its own: the first one beside a word or sign of a stamp. Of
/// a text whose day of publication is known, also an urgent opening tells the day.
pub(crate) fn dateline(
    tokens: &Tokens<'_>,
    calendars: &Calendars,
    numerals: &NumeralTable,
    times: &[TimeMention],
    published: Option<Date>,
) -> Option<Dateline> {
    let reader = Reader { tokens, calendars, numerals, published, heard: Heard::default() };
    let stamp = times.iter().filter(|time| !time.relative).find_map(|time| {
        let (start @ EdtfDate::Day(day), Some(end)) = (time.edtf.start(), time.edtf.end()) else {
            return None;
        };
        let fits = published.is_none_or(|given| is_near(given, day));
        (fits && start == end && reader.is_stamp(time)).then_some(Dateline { day, span: time.span })
    });
    stamp.or_else(|| {
        let urgent = (0..tokens.all.len().min(OPENING)).find(|&i| {
            reader.kind(i) == Some(TokenKind::Word) && reader.link(i, DateLink::Urgent).is_some()
        })?;
        Some(Dateline { day: published?, span: tokens.all[urgent].span })
    })
}

fn is_near(given: Date, day: Date) -> bool {
    given.until(day).is_ok_and(|span| span.get_days().abs() <= APART)
}

impl Reader<'_> {
    /// Tells whether a sign or word of a stamp stands beside a date, or a time of the day.
    fn is_stamp(self, time: &TimeMention) -> bool {
        let before = time.tokens.start.saturating_sub(BESIDE * 2)..time.tokens.start;
        let after = time.tokens.end..(time.tokens.end + BESIDE).min(self.tokens.all.len());
        let line = |i: &usize| self.kind(*i) != Some(TokenKind::Break);
        let mut beside = before.rev().take_while(line).chain(after.take_while(line));
        beside.any(|i| match self.tokens.all[i].kind {
            TokenKind::Sign => self.is_sign(i, &['·', '•', '|']),
            TokenKind::Word => self.link(i, DateLink::Stamp).is_some(),
            _ => false,
        })
    }
}
