//! Dates and intervals in a text, as EDTF.
//!
//! One pass looks for words that a date can begin with; what follows is read by a small grammar
//! (`point`: a date; `month`: a day of a month; `duration`: a length of time). Relative words count
//! from the date of publication. What is tied to an event ("since the town fell") has no date.
//!
//! How words become EDTF where the words leave room:
//! - a weekday is the last such day not after publication;
//! - a day without a year is the nearest one that does not lie more than a month in the future;
//! - the beginning, middle or end of a month is that month, of a year January, June or December,
//!   approximately;
//! - "last week" is Monday to Sunday of the week before; "the last hours" are the day of
//!   publication and the day before;
//! - a date beside "about" or "more than" is approximate, one beside "perhaps" uncertain; months and
//!   years ago have the precision of a month or a year;
//! - "the same month", "the next day", "two days later" count from the date told last.

mod day;
mod duration;
mod heard;
mod hijri;
mod month;
mod point;
mod resolve;
mod scan;
mod stamp;
#[cfg(test)]
mod tests;
mod unit;

use heard::Heard;
use scan::Scan;
use sijill_knowledge::{Calendars, DateLink, DateWord};
use sijill_model::{Date, Diagnostic, Edtf, Span};
use sijill_text::letter::WAW;
use sijill_text::numeral::NumeralTable;
use sijill_text::phrases::Found;
use sijill_text::{TokenKind, Tokens};
pub(crate) use stamp::{Dateline, dateline};
use std::ops::Range;

/// A date or interval that the text tells.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TimeMention {
    /// Its tokens.
    pub(crate) tokens: Range<usize>,
    /// Where it stands; an attached conjunction or preposition stays outside.
    pub(crate) span: Span,
    /// What it says.
    pub(crate) edtf: Edtf,
    /// It counts from the date of publication.
    pub(crate) relative: bool,
    /// It counts days from today ("yesterday", "three days ago").
    pub(crate) counted: bool,
    /// A length of time within which something was counted ("within 72 hours").
    pub(crate) within: bool,
    /// The next such date after publication, where the year is not told.
    pub(crate) ahead: Option<Edtf>,
}

/// Reads all dates of a text from left to right; they do not overlap.
pub(crate) fn times(
    tokens: &Tokens<'_>,
    calendars: &Calendars,
    numerals: &NumeralTable,
    published: Option<Date>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<TimeMention> {
    let heard = Heard::default();
    Scan::new(Reader { tokens, calendars, numerals, published, heard }, diagnostics).read()
}

/// A text with the tables to read it by.
#[derive(Clone, Copy)]
struct Reader<'a> {
    tokens: &'a Tokens<'a>,
    calendars: &'a Calendars,
    numerals: &'a NumeralTable,
    published: Option<Date>,
    /// The date told last.
    heard: Heard,
}

impl<'a> Reader<'a> {
    fn kind(self, i: usize) -> Option<TokenKind> {
        self.tokens.all.get(i).map(|token| token.kind)
    }

    /// Returns the first token from `i` on that is not a space within the line.
    fn skip(self, mut i: usize) -> usize {
        while self.kind(i) == Some(TokenKind::Space) {
            i += 1;
        }
        i
    }

    fn is_sign(self, i: usize, signs: &[char]) -> bool {
        self.kind(i) == Some(TokenKind::Sign) && self.tokens.original(i).starts_with(signs)
    }

    /// Finds the word or number before token `i` in the same line, no sign between.
    fn before(self, i: usize) -> Option<usize> {
        let mut j = i.checked_sub(1)?;
        while self.kind(j) == Some(TokenKind::Space) {
            j = j.checked_sub(1)?;
        }
        matches!(self.kind(j), Some(TokenKind::Word | TokenKind::Number)).then_some(j)
    }

    fn word(self, i: usize) -> Option<Found<'a, DateWord>> {
        self.calendars.words.find(self.tokens, i, |_| true)
    }

    fn word_if(self, i: usize, wanted: impl Fn(DateWord) -> bool) -> Option<Found<'a, DateWord>> {
        self.calendars.words.find(self.tokens, i, |&word| wanted(word))
    }

    /// Returns the token behind the link word at token `i`.
    fn link(self, i: usize, link: DateLink) -> Option<usize> {
        self.calendars.links.find(self.tokens, i, |&l| l == link).map(|found| found.next)
    }

    /// Finds where a link phrase begins that ends right before token `i`.
    fn link_before(self, i: usize, wanted: impl Fn(DateLink) -> bool) -> Option<usize> {
        let (mut start, mut best) = (i, None);
        for _ in 0..4 {
            start = match self.before(start) {
                Some(start) if self.kind(start) == Some(TokenKind::Word) => start,
                _ => break,
            };
            let found = self.calendars.links.find(self.tokens, start, |&link| wanted(link));
            if found.is_some_and(|found| self.skip(found.next) == i) {
                best = Some(start);
            }
        }
        best
    }

    /// Tells whether an underscore joins the tokens from `start` to `end` to a tag.
    fn is_in_tag(self, start: usize, end: usize) -> bool {
        start > 0 && self.is_sign(start - 1, &['_']) || self.is_sign(end, &['_'])
    }

    /// Tells whether a waw begins token `i` or stands there alone; returns where its word begins.
    fn after_waw(self, i: usize) -> Option<usize> {
        if self.kind(i) != Some(TokenKind::Word) {
            return None;
        }
        let rest = self.tokens.folded(i).strip_prefix(WAW)?;
        Some(if rest.is_empty() { self.skip(i + 1) } else { i })
    }
}
