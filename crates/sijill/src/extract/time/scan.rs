//! The pass over a text: where a date may begin, and what stands around it.

use super::heard::Heard;
use super::point::{Manner, Note, Point};
use super::{Reader, TimeMention};
use sijill_knowledge::{DateLink, DateWord};
use sijill_model::{Code, Diagnostic, Span};
use sijill_text::phrases::Found;
use sijill_text::{TokenKind, fold};

/// How many tokens before a month the day's number may begin.
const DAY_REACH: usize = 11;

/// How many words before a date may say that it comes round each year.
const ANNIVERSARY_REACH: usize = 8;

/// One pass over a text.
pub(super) struct Scan<'a, 'd> {
    reader: Reader<'a>,
    diagnostics: &'d mut Vec<Diagnostic>,
    found: Vec<TimeMention>,
    /// The token behind the last mention.
    end: usize,
    told_no_anchor: bool,
}

impl<'a, 'd> Scan<'a, 'd> {
    pub(super) fn new(reader: Reader<'a>, diagnostics: &'d mut Vec<Diagnostic>) -> Self {
        Self { reader, diagnostics, found: Vec::new(), end: 0, told_no_anchor: false }
    }

    /// Reads the whole text.
    pub(super) fn read(mut self) -> Vec<TimeMention> {
        let tokens = self.reader.tokens;
        let mut i = 0;
        while i < tokens.all.len() {
            i = match tokens.all[i].kind {
                TokenKind::Word => match self.reader.word(i) {
                    Some(found) => self.word(i, found),
                    None => i + 1,
                },
                TokenKind::Number => self.number(i),
                _ => i + 1,
            };
        }
        self.found
    }

    /// Reads on at a word that a date can begin with; returns where to go on.
    fn word(&mut self, i: usize, found: Found<'_, DateWord>) -> usize {
        let reader = self.reader;
        match *found.value {
            // The word behind takes the part of the day along.
            DateWord::Phase(_) | DateWord::Unit(..) if reader.link(i, DateLink::Part).is_some() => {
                i + 1
            }
            DateWord::Running(unit) => match reader.running(unit, found.next) {
                Some(point) => self.emit(i, point),
                None => i + 1,
            },
            DateWord::Within => match reader.within(found.next) {
                Some(point) => self.emit(i, point),
                None => i + 1,
            },
            DateWord::Feast(feast) => match reader.feast(i, feast, found.next) {
                Some(point) => self.accept(i, point),
                None => found.next,
            },
            DateWord::Since => match reader.since(found.next) {
                Some(point) => self.emit(i, point),
                None => found.next,
            },
            DateWord::Before => self.before(i, found.next),
            DateWord::After => self.after(i, found.next),
            DateWord::Latest => match reader.latest(found.next) {
                Some(point) => self.emit(i, point),
                None => self.point(i),
            },
            DateWord::Month(_)
            | DateWord::StampMonth(_)
            | DateWord::Hijri(..)
            | DateWord::Unit(..)
            | DateWord::Heard(..) => self.with_number_before(i),
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
            return self.beside_part(i, at, point);
        }
        reader.ago(at).map_or(next, |point| self.emit(i, point))
    }

    /// Reads "two days later"; a date after which something happened is passed over.
    fn after(&mut self, i: usize, next: usize) -> usize {
        let reader = self.reader;
        if reader.link(i, DateLink::Part).is_some() {
            return i + 1;
        }
        let at = reader.skip(next);
        if let Some(point) = reader.point(at, true) {
            return self.beside_part(i, at, point);
        }
        reader.later(i, at).map_or(next, |point| self.emit(i, point))
    }

    /// Before dawn today is today; before today is not.
    fn beside_part(&mut self, i: usize, at: usize, point: Point) -> usize {
        let part = self.reader.link(at, DateLink::Part).is_some() && point.day().is_some();
        if part { self.emit(i, point) } else { point.next }
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
        if reader.is_part_of_name(i, point)
            || reader.is_in_tag(i, point.next)
            || point.manner == Manner::Yearless && self.comes_round(i)
        {
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
        let whole = reader.beside_hijri(whole);
        let (start, whole) = self.hedged(start.max(self.end), whole);
        self.emit(start, whole)
    }

    /// Takes the words along that make a date approximate or uncertain.
    fn hedged(&self, mut start: usize, mut point: Point) -> (usize, Point) {
        let reader = self.reader;
        let hedge = |link| matches!(link, DateLink::About | DateLink::Perhaps);
        let of = |start| {
            let links = &reader.calendars.links;
            links.find(reader.tokens, start, |&link| hedge(link)).map(|found| *found.value)
        };
        for _ in 0..2 {
            let inner = reader.link_before(start, |link| link == DateLink::In).unwrap_or(start);
            let before = reader.link_before(start, hedge).or_else(|| {
                let outer = reader.link_before(inner, hedge)?;
                (of(outer) == Some(DateLink::Perhaps)).then_some(outer)
            });
            let Some(before) = before.filter(|&before| self.end <= before) else { break };
            match of(before) {
                Some(DateLink::About) => point.approximate = true,
                _ => point.uncertain = true,
            }
            start = before;
        }
        if let Some(next) = reader.link(reader.skip(point.next), DateLink::AboutBehind) {
            (point.approximate, point.next, point.cut) = (true, next, 0);
        }
        (start, point)
    }

    /// Tells whether a word before token `i` says that the date comes round each year.
    fn comes_round(&self, i: usize) -> bool {
        let mut at = i;
        for _ in 0..ANNIVERSARY_REACH {
            at = match self.reader.before(at) {
                Some(at) => at,
                None => return false,
            };
            if self.reader.link(at, DateLink::Anniversary).is_some() {
                return true;
            }
        }
        false
    }

    fn emit(&mut self, start: usize, point: Point) -> usize {
        let tokens = &self.reader.tokens;
        let mut span = tokens.all[start].span.cover(tokens.all[point.next - 1].span);
        span.start += self.attached_length(start);
        span.end -= u32::from(point.cut);
        if let Some(note) = point.note {
            self.note(note, span);
        }
        if let Some(edtf) = point.edtf() {
            self.found.push(TimeMention {
                tokens: start..point.next,
                span,
                edtf,
                relative: point.relative,
                counted: point.manner == Manner::Counted,
                within: point.manner == Manner::Within,
                ahead: point.ahead_edtf(),
            });
            self.reader.heard = Heard::new(point);
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
            Note::Calendars => (
                Code::CalendarMismatch,
                format!("the Hijri and the Gregorian date of '{printed}' are not the same day"),
                "compare both with the original",
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
