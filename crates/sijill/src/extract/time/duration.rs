//! Lengths of time: "since …", "three days ago", "the last 48 hours", "from … until …".

use super::Reader;
use super::point::{Manner, Point};
use super::resolve::{self, Dates};
use jiff::civil::Date;
use sijill_knowledge::{DateLink, DateWord, TimeUnit};
use sijill_model::EdtfDate;
use sijill_text::numeral::{self, Amount};
use sijill_text::phrases::Found;
use sijill_text::{TokenKind, letter::LAM};

/// A length of time as the words give it.
#[derive(Clone, Copy, Debug)]
struct Duration {
    unit: TimeUnit,
    number: f64,
    approximate: bool,
    next: usize,
}

impl<'a> Reader<'a> {
    /// Reads on behind "since": a date, perhaps with its end, or a length of time.
    pub(super) fn since(self, next: usize) -> Option<Point> {
        let at = self.skip(next);
        if let Some(point) = self.point(at, true) {
            let whole = self.until_tail(point, false);
            let open = whole.open || whole.next == point.next;
            // What has gone on since today is of today.
            let today = self.published.is_some() && point.day() == self.published;
            return Some(Point { open: open && !today, ..whole });
        }
        let duration = self.length(at)?;
        let point = self.count_back(duration)?;
        Some(Point { open: true, ..point })
    }

    /// Reads a length of time before publication.
    pub(super) fn ago(self, at: usize) -> Option<Point> {
        let duration = self.length(at)?;
        let behind = self.skip(duration.next);
        if let Some(of) = self.link(behind, DateLink::Of) {
            // Before something that happened, unless before now.
            let now = self.link(self.skip(of), DateLink::Now)?;
            return self.count_back(Duration { next: now, ..duration });
        }
        self.count_back(duration)
    }

    fn count_back(self, duration: Duration) -> Option<Point> {
        let point = self.relative(Manner::Counted, duration.next, |published| {
            let date = resolve::back(published, duration.unit, duration.number)?;
            Some((date, date))
        })?;
        Some(Point { approximate: duration.approximate, ..point })
    }

    /// Reads a length of time whose number is known.
    fn length(self, at: usize) -> Option<Duration> {
        let bound = numeral::bound(self.tokens, at, self.numerals);
        if let Some(found) = self.unit_word(bound.unwrap_or(at))
            && let DateWord::Unit(unit, Some(number)) = *found.value
            && !found.front.article
        {
            let duration = Duration {
                unit,
                number: number.into(),
                approximate: bound.is_some(),
                next: found.next,
            };
            return (!self.is_named(found.next)).then_some(duration);
        }
        let amount = numeral::read(self.tokens, at, self.numerals)?;
        let (number, approximate) = exact(&amount)?;
        // "Several days ago" says no number, "more than three" does.
        if amount.min.is_none() != amount.max.is_none() && bound.is_none() {
            return None;
        }
        let found = self.unit_word(self.skip(amount.tokens.end))?;
        let DateWord::Unit(unit, _) = *found.value else { return None };
        Some(Duration { unit, number, approximate, next: found.next })
    }

    /// Reads on behind "within": a length of time without an end, which may count back from now.
    pub(super) fn within(self, next: usize) -> Option<Point> {
        let duration = self.length(self.skip(next))?;
        let short = matches!(duration.unit, TimeUnit::Hour | TimeUnit::Day);
        let behind = self.skip(duration.next);
        let elsewhere = self.link(behind, DateLink::Of).is_some()
            || self.link(behind, DateLink::Last).is_some()
            || self.link(behind, DateLink::Next).is_some()
            || self.word_if(behind, |word| word == DateWord::Since).is_some()
                && self.after_waw(behind).is_none();
        if !short || elsewhere || duration.approximate {
            return None;
        }
        let point = self.up_to_now(duration)?;
        Some(Point { manner: Manner::Within, ..point })
    }

    /// Reads on behind "for the third": days in a row up to publication.
    pub(super) fn running(self, unit: TimeUnit, next: usize) -> Option<Point> {
        let ordinal = numeral::ordinal(self.tokens, self.skip(next), self.numerals)?;
        let next = self.link(self.skip(ordinal.tokens.end), DateLink::InARow)?;
        let steps = i64::from(ordinal.value) - 1;
        let days = if unit == TimeUnit::Week { 7 * steps } else { steps };
        self.relative(Manner::Other, next, |published| {
            Some(resolve::days(resolve::shift(published, -days)?, published))
        })
    }

    /// Reads on behind "after": so many days after the date told last, and not in the future.
    pub(super) fn later(self, from: usize, at: usize) -> Option<Point> {
        let duration = self.length(at)?;
        let days = match duration.unit {
            TimeUnit::Day => duration.number,
            TimeUnit::Week => 7.0 * duration.number,
            _ => return None,
        };
        let behind = self.skip(duration.next);
        let of = self.link(behind, DateLink::Of).or_else(|| self.link(behind, DateLink::Into));
        if of.is_some() || days > 60.0 || duration.approximate {
            return None;
        }
        let day = resolve::shift(self.heard.day_near(from)?, days as i64)?;
        if self.published.is_some_and(|published| published < day) {
            return None;
        }
        let point = Point::new(resolve::day(day), Manner::Other, duration.next);
        Some(Point { relative: self.heard.relative, ..point })
    }

    fn unit_word(self, at: usize) -> Option<Found<'a, DateWord>> {
        self.word_if(at, |word| matches!(word, DateWord::Unit(..)))
    }

    /// Tells whether a name or number behind a unit makes it that month, day or year.
    fn is_named(self, next: usize) -> bool {
        let at = self.skip(next);
        let numbered = self.kind(at) == Some(TokenKind::Number);
        numbered
            || self.word(at).is_some_and(|found| {
                matches!(
                    found.value,
                    DateWord::Hijri(..) | DateWord::Month(_) | DateWord::Weekday(_)
                )
            })
    }

    /// Reads on behind "the last": a length of time up to publication.
    pub(super) fn latest(self, next: usize) -> Option<Point> {
        let duration = self.length(self.skip(next)).filter(|duration| duration.number > 1.0)?;
        self.up_to_now(duration)
    }

    /// Reads "the past five days", "the last 48 hours", "the last few hours".
    pub(super) fn window(self, at: usize) -> Option<Point> {
        if let Some((unit, next)) = self.plural(at) {
            return self.window_behind(unit, next);
        }
        let amount = numeral::read(self.tokens, at, self.numerals)?;
        let (number, approximate) = exact(&amount)?;
        let found = self.unit_word(self.skip(amount.tokens.end))?;
        let DateWord::Unit(unit, _) = *found.value else { return None };
        let next = self.link(self.skip(found.next), DateLink::Last)?;
        self.up_to_now(Duration { unit, number, approximate, next })
    }

    /// Returns a unit that has no number or a dual's, with the token behind it.
    fn plural(self, at: usize) -> Option<((TimeUnit, Option<u8>), usize)> {
        let found = self.unit_word(at)?;
        match *found.value {
            DateWord::Unit(unit, number) => Some(((unit, number), found.next)),
            _ => None,
        }
    }

    fn window_behind(self, (unit, number): (TimeUnit, Option<u8>), next: usize) -> Option<Point> {
        let mut at = self.skip(next);
        let (mut number, mut approximate) = (number.map(f64::from), false);
        let few = self.link(at, DateLink::Few);
        if let Some(next) = few {
            at = self.skip(next);
        } else if number.is_none() {
            let start = if self.is_article(at) { self.skip(at + 1) } else { at };
            if let Some(amount) = numeral::read(self.tokens, start, self.numerals) {
                let (value, about) = exact(&amount)?;
                (number, approximate) = (Some(value), about);
                at = self.skip(amount.tokens.end);
            }
        }
        let next = self.link(at, DateLink::Last)?;
        let number = match unit {
            TimeUnit::Hour => number.unwrap_or(24.0),
            _ => number?,
        };
        self.up_to_now(Duration { unit, number, approximate, next })
    }

    /// Tells whether word `i` is an article that stands alone, as before digits.
    pub(super) fn is_article(self, i: usize) -> bool {
        self.kind(i) == Some(TokenKind::Word)
            && self.tokens.folded(i).len() <= 4
            && self.tokens.folded(i).ends_with(LAM)
            && self.kind(self.skip(i + 1)) == Some(TokenKind::Number)
    }

    fn up_to_now(self, duration: Duration) -> Option<Point> {
        let point = self.relative(Manner::Other, duration.next, |published| {
            window_until(published, duration.unit, duration.number)
        })?;
        Some(Point { approximate: duration.approximate, ..point })
    }

    /// Extends a date to an interval if its end follows; `between` lets "and" join the two.
    pub(super) fn until_tail(self, from: Point, between: bool) -> Point {
        self.interval(from, between).unwrap_or(from)
    }

    fn interval(self, from: Point, between: bool) -> Option<Point> {
        let (first, _) = from.dates?;
        let at = self.skip(from.next);
        let to = if let Some(next) = self.link(at, DateLink::Until) {
            let at = self.skip(next);
            let today = self.word_if(at, |word| word == DateWord::Offset(0));
            let now = self.link(at, DateLink::Now).or(today.map(|found| found.next));
            // "Until today" goes on; "until today, Friday" ends there.
            if let Some(to) = today.and_then(|found| self.weekday_of_today(found.next)) {
                let (last, _) = to.dates?;
                let dates = Some((start_before(from, first, last)?, last));
                return Some(Point { dates, relative: true, ..to });
            }
            if let Some(next) = now {
                return Some(Point { open: true, next, ..from });
            }
            self.point(at, true)?
        } else if between {
            self.point(self.after_waw(at)?, true)?
        } else if from.manner == Manner::Year && self.is_sign(at, &['-', '\u{2013}']) {
            self.year(self.skip(at + 1))?
        } else {
            return None;
        };
        let (_, last) = to.dates?;
        let first = start_before(from, first, last)?;
        Some(Point {
            dates: Some((first, last)),
            approximate: from.approximate || to.approximate,
            relative: from.relative || to.relative,
            manner: Manner::Other,
            note: from.note.or(to.note),
            ..to
        })
    }
}

impl Reader<'_> {
    /// Reads the weekday behind "today".
    fn weekday_of_today(self, next: usize) -> Option<Point> {
        let found = self.word_if(self.skip(next), |word| matches!(word, DateWord::Weekday(_)))?;
        self.relative(Manner::Other, found.next, |published| Some(resolve::day(published)))
    }
}

/// Moves a start that was told without year or week to the nearest one before the end.
fn start_before(from: Point, first: EdtfDate, last: EdtfDate) -> Option<EdtfDate> {
    let end = last.last()?;
    match (from.manner, first) {
        (Manner::Weekday, EdtfDate::Day(date)) if date > end => {
            resolve::shift(date, -7).map(EdtfDate::Day)
        }
        (Manner::Yearless, EdtfDate::Day(date)) => {
            [end.year(), end.year() - 1].into_iter().find_map(|year| {
                let date = Date::new(year, date.month(), date.day()).ok()?;
                (date <= end).then_some(EdtfDate::Day(date))
            })
        }
        (Manner::Yearless, EdtfDate::Month(_, month)) => {
            [end.year(), end.year() - 1].into_iter().find_map(|year| {
                EdtfDate::month(year, month).filter(|month| month.first() <= Some(end))
            })
        }
        _ => (first.first()? <= end).then_some(first),
    }
}

fn window_until(published: Date, unit: TimeUnit, number: f64) -> Option<Dates> {
    let first = match unit {
        TimeUnit::Minute => EdtfDate::Day(published),
        TimeUnit::Hour => resolve::back(published, TimeUnit::Day, (number / 24.0).ceil())?,
        unit => resolve::back(published, unit, number)?,
    };
    let last = match first {
        EdtfDate::Day(_) => EdtfDate::Day(published),
        EdtfDate::Month(..) => EdtfDate::month(published.year(), published.month())?,
        EdtfDate::Year(_) => EdtfDate::Year(published.year()),
    };
    Some((first, last))
}

/// Returns the one number of an amount, and whether it is approximate.
fn exact(amount: &Amount) -> Option<(f64, bool)> {
    match (amount.min, amount.max) {
        (Some(min), Some(max)) if min == max => Some((min, amount.approximate)),
        (Some(one), None) | (None, Some(one)) => Some((one, true)),
        _ => None,
    }
    .filter(|_| amount.unit == numeral::Unit::Plain)
}
