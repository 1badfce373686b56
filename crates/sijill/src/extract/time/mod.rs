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
//! - "three weeks ago" is approximate, and so is every date behind "about" or "more than"; months
//!   and years ago have the precision of a month or a year.

mod duration;
mod month;
mod point;
mod resolve;
mod stamp;
#[cfg(test)]
mod tests;
mod unit;

use point::{Manner, Note, Point};
use sijill_knowledge::{Calendars, DateLink, DateWord};
use sijill_model::{Code, Date, Diagnostic, Edtf, Span};
use sijill_text::letter::WAW;
use sijill_text::numeral::NumeralTable;
use sijill_text::phrases::Found;
use sijill_text::{TokenKind, Tokens, fold};
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
}

/// How many tokens before a month the day's number may begin.
const DAY_REACH: usize = 11;

/// Reads all dates of a text from left to right; they do not overlap.
pub(crate) fn times(
    tokens: &Tokens<'_>,
    calendars: &Calendars,
    numerals: &NumeralTable,
    published: Option<Date>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<TimeMention> {
    let reader = Reader { tokens, calendars, numerals, published };
    let mut scan = Scan { reader, diagnostics, found: Vec::new(), end: 0, told_no_anchor: false };
    let mut i = 0;
    while i < tokens.all.len() {
        i = match tokens.all[i].kind {
            TokenKind::Word => match reader.word(i) {
                Some(found) => scan.word(i, found),
                None => i + 1,
            },
            TokenKind::Number => scan.number(i),
            _ => i + 1,
        };
    }
    scan.found
}

/// A text with the tables to read it by.
#[derive(Clone, Copy)]
struct Reader<'a> {
    tokens: &'a Tokens<'a>,
    calendars: &'a Calendars,
    numerals: &'a NumeralTable,
    published: Option<Date>,
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

/// One pass over a text.
struct Scan<'a, 'd> {
    reader: Reader<'a>,
    diagnostics: &'d mut Vec<Diagnostic>,
    found: Vec<TimeMention>,
    /// The token behind the last mention.
    end: usize,
    told_no_anchor: bool,
}

impl Scan<'_, '_> {
    /// Reads on at a word that a date can begin with; returns where to go on.
    fn word(&mut self, i: usize, found: Found<'_, DateWord>) -> usize {
        let reader = self.reader;
        match *found.value {
            DateWord::Hijri(_) => found.next,
            DateWord::StampMonth(month) => match reader.month_first(found.next, month) {
                Some(point) => self.emit(i, point),
                None => found.next,
            },
            DateWord::Since => match reader.since(found.next) {
                Some(point) => self.emit(i, point),
                None => found.next,
            },
            DateWord::Before => self.before(i, found.next),
            DateWord::After => {
                if reader.link(i, DateLink::Part).is_some() {
                    return i + 1;
                }
                // After a date is not on it.
                let next = reader.skip(found.next);
                reader.point(next, true).map_or(found.next, |point| point.next)
            }
            DateWord::Latest => match reader.latest(found.next) {
                Some(point) => self.emit(i, point),
                None => self.point(i),
            },
            DateWord::Month(_) | DateWord::Unit(..) => self.with_number_before(i),
            _ => self.point(i),
        }
    }

    /// Reads a date in digits.
    fn number(&mut self, i: usize) -> usize {
        let reader = self.reader;
        let point = reader.numeric_date(i).or_else(|| reader.day_of_this(i)).or_else(|| {
            let year = reader.year(i)?;
            let may = |link| matches!(link, DateLink::In | DateLink::Until | DateLink::Between);
            let ends = || {
                reader.link_before(i, |link| link == DateLink::Of).is_some()
                    && reader.until_tail(year, false).next > year.next
            };
            (reader.link_before(i, may).is_some() || ends()).then_some(year)
        });
        point.map_or(i + 1, |point| self.accept(i, point))
    }

    /// Reads "three days ago"; a date before which something happened is passed over.
    fn before(&mut self, i: usize, next: usize) -> usize {
        let reader = self.reader;
        if reader.link(i, DateLink::Part).is_some() {
            return i + 1;
        }
        let at = reader.skip(next);
        if let Some(point) = reader.point(at, true) {
            return point.next;
        }
        reader.ago(at).map_or(next, |point| self.emit(i, point))
    }

    /// Reads a month or unit whose number may stand before it.
    fn with_number_before(&mut self, i: usize) -> usize {
        let reader = self.reader;
        let least = self.end.max(i.saturating_sub(DAY_REACH));
        let mut start = i;
        while start > least
            && (reader.kind(start - 1) != Some(TokenKind::Break)
                && (reader.kind(start - 1) != Some(TokenKind::Sign)
                    || reader.is_sign(start - 1, &['-', '/', '(', '\u{2013}'])))
        {
            start -= 1;
        }
        for j in start..i {
            let begins = match reader.kind(j) {
                Some(TokenKind::Number) => true,
                Some(TokenKind::Word) => reader.numerals.begins(reader.tokens.folded(j)),
                _ => false,
            };
            let point =
                if begins { reader.day_of_month(j).or_else(|| reader.window(j)) } else { None };
            if let Some(point) = point.filter(|point| point.next > i) {
                return self.accept(j, point);
            }
        }
        self.point(i)
    }

    fn point(&mut self, i: usize) -> usize {
        match self.reader.point(i, false) {
            Some(point) => self.accept(i, point),
            None => i + 1,
        }
    }

    /// Takes a date along with the words around it.
    fn accept(&mut self, i: usize, point: Point) -> usize {
        let reader = self.reader;
        if reader.is_part_of_name(i, point) || reader.is_in_tag(i, point.next) {
            return point.next;
        }
        let mut start = i;
        if let Some(this) = reader.link_before(start, |link| link == DateLink::Demonstrative) {
            start = this;
        }
        if let Some(part) = reader.link_before(start, |link| link == DateLink::Part) {
            start = part;
        }
        let between = reader.link_before(start, |link| link == DateLink::Between);
        let whole = reader.until_tail(point, between.is_some());
        let ranges = whole.next > point.next || point.manner == Manner::Range;
        if let Some(between) = between.filter(|_| ranges) {
            start = between;
        } else if ranges && let Some(from) = reader.link_before(start, |link| link == DateLink::Of)
        {
            start = from;
        }
        self.emit(start.max(self.end), whole)
    }

    fn emit(&mut self, start: usize, point: Point) -> usize {
        let tokens = &self.reader.tokens;
        let mut span = tokens.all[start].span.cover(tokens.all[point.next - 1].span);
        span.start += self.attached_length(start);
        if let Some(note) = point.note {
            self.note(note, span);
        }
        if let Some(edtf) = point.edtf() {
            self.found.push(TimeMention {
                tokens: start..point.next,
                span,
                edtf,
                relative: point.relative,
            });
            self.end = point.next;
        }
        point.next
    }

    /// Returns how many bytes of word `i` are an attached conjunction or preposition.
    fn attached_length(&self, i: usize) -> u32 {
        let Reader { tokens, calendars, numerals, .. } = self.reader;
        if tokens.all[i].kind != TokenKind::Word {
            return 0;
        }
        let word = tokens.folded(i);
        let front = calendars.words.front(word).or_else(|| calendars.links.front(word));
        let length = front.map_or_else(|| numerals.attached(word), |front| front.length.into());
        match length {
            0 => 0,
            length => fold::original_offset(tokens.original(i), length) as u32,
        }
    }

    fn note(&mut self, note: Note, span: Span) {
        let printed = span.of(self.reader.tokens.text);
        let (code, message, hint) = match note {
            Note::Weekday(date) => (
                Code::WeekdayMismatch,
                format!("the weekday of '{printed}' does not fit {date}"),
                "check the date, or the date of publication",
            ),
            Note::Impossible => (
                Code::ImpossibleDate,
                format!("'{printed}' is no date of the calendar"),
                "read the day and month in the original",
            ),
            Note::NoAnchor if self.told_no_anchor => return,
            Note::NoAnchor => {
                self.told_no_anchor = true;
                (
                    Code::NoAnchor,
                    format!("'{printed}' counts from a date of publication that is not known"),
                    "say when the document was published",
                )
            }
        };
        self.diagnostics.push(Diagnostic { code, span, message, hint: Some(hint.to_owned()) });
    }
}
