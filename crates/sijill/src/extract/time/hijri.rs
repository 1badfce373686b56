//! Dates of the Hijri calendar, and feasts.
//!
//! Days are those of the Umm al-Qura calendar; where the moon is sighted they may lie a day apart.

use super::Reader;
use super::point::{Manner, Note, Point, Qualifier};
use super::resolve::{self, Dates};
use icu_calendar::cal::Hijri;
use icu_calendar::{Date as CalendarDate, Iso};
use jiff::civil::Date;
use sijill_knowledge::{DateLink, DateWord, Feast, TimeUnit};
use sijill_model::EdtfDate;
use sijill_text::{TokenKind, letter::HEH};

/// The Hijri years that are read.
const YEARS: std::ops::Range<i16> = 1300..1500;

/// A Hijri date named without its year may lie this many days in the future.
const AHEAD: i64 = 15;

/// Finds the day of the Gregorian calendar.
fn to_gregorian(year: i16, month: i8, day: i8) -> Option<Date> {
    let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    let calendar = Hijri::new_umm_al_qura();
    let date = CalendarDate::try_new_hijri_with_calendar(year.into(), month, day, calendar).ok()?;
    let date = date.to_calendar(Iso);
    let year = i16::try_from(date.year().extended_year()).ok()?;
    Date::new(year, date.month().ordinal as i8, date.day_of_month().0 as i8).ok()
}

/// Finds the Hijri year in which a day lies.
fn hijri_year(date: Date) -> Option<i16> {
    let (month, day) = (date.month() as u8, date.day() as u8);
    let iso = CalendarDate::try_new_iso(date.year().into(), month, day).ok()?;
    let hijri = iso.to_calendar(Hijri::new_umm_al_qura());
    i16::try_from(hijri.year().extended_year()).ok()
}

/// Returns the first and last day of a month.
fn month_of(year: i16, month: i8) -> Option<(Date, Date)> {
    let next = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    let last = resolve::shift(to_gregorian(next.0, next.1, 1)?, -1)?;
    Some((to_gregorian(year, month, 1)?, last))
}

impl Reader<'_> {
    /// Reads days with the Hijri month behind them, and the Gregorian date that is set beside it.
    pub(super) fn hijri_days(self, (first, last): (i8, i8), at: usize) -> Option<Point> {
        let (month, next) = self.hijri_name(at)?;
        let (year, qualifier, next) = self.hijri_year_behind(next);
        let days =
            |year| Some((to_gregorian(year, month, first)?, to_gregorian(year, month, last)?));
        let point = match year {
            Some(year) => match days(year) {
                Some((first, last)) => Point::new(resolve::days(first, last), Manner::Full, next),
                None => Point::impossible(next),
            },
            None => self.relative(Manner::Yearless, next, |published| {
                nearest(published, qualifier, days)
            })?,
        };
        Some(self.beside_gregorian(point))
    }

    /// Reads a Hijri month that begins at token `at`.
    pub(super) fn hijri_month(self, at: usize, bare: bool) -> Option<Point> {
        let (month, next) = self.hijri_name(at)?;
        let (year, qualifier, end) = self.hijri_year_behind(next);
        let alone = self.word_if(at, |word| matches!(word, DateWord::Hijri(_, true)));
        let within = |link| matches!(link, DateLink::In | DateLink::Until);
        let told = alone.is_some_and(|found| {
            bare || found.front.preposition || self.link_before(at, within).is_some()
        });
        let unit = self.word_if(at, |w| w == DateWord::Unit(TimeUnit::Month, Some(1))).is_some();
        let named = unit || told || end > next || self.after_month_word(at);
        if !named {
            return None;
        }
        match year {
            Some(year) => {
                let (first, last) = month_of(year, month)?;
                Some(Point::new(resolve::days(first, last), Manner::Full, end))
            }
            None => self.relative(Manner::Yearless, end, |published| {
                nearest(published, qualifier, |year| month_of(year, month))
            }),
        }
    }

    /// Tells whether the word "month" stands before token `at`.
    fn after_month_word(self, at: usize) -> bool {
        let month = |i| self.word_if(i, |w| w == DateWord::Unit(TimeUnit::Month, Some(1)));
        self.before(at).is_some_and(|i| month(i).is_some_and(|found| self.skip(found.next) == at))
    }

    /// Reads the name of a Hijri month, perhaps behind the word "month".
    fn hijri_name(self, at: usize) -> Option<(i8, usize)> {
        let unit = self.word_if(at, |w| w == DateWord::Unit(TimeUnit::Month, Some(1)));
        let at = unit.map_or(at, |found| self.skip(found.next));
        let found = self.word_if(at, |word| matches!(word, DateWord::Hijri(..)))?;
        match *found.value {
            DateWord::Hijri(month, _) => Some((month, found.next)),
            _ => None,
        }
    }

    fn hijri_year_behind(self, next: usize) -> (Option<i16>, Option<Qualifier>, usize) {
        let mut at = self.skip(next);
        if self.is_sign(at, &['\u{60C}', ',', '/', '-']) {
            at = self.skip(at + 1);
        }
        if let Some(of) = self.link(at, DateLink::Of) {
            at = self.skip(of);
        }
        if let Some(found) = self.word_if(at, |w| w == DateWord::Unit(TimeUnit::Year, Some(1))) {
            at = self.skip(found.next);
        }
        if let Some((year, next)) = self.hijri_number(at) {
            return (Some(year), None, next);
        }
        let (qualifier, end) = self.qualifier(next);
        (None, qualifier, end)
    }

    /// Reads the number of a Hijri year with the letter or word of its era.
    fn hijri_number(self, at: usize) -> Option<(i16, usize)> {
        if self.kind(at) != Some(TokenKind::Number) {
            return None;
        }
        let year = self.tokens.folded(at).parse().ok().filter(|year| YEARS.contains(year))?;
        Some((year, self.hijri_era(at + 1).unwrap_or(at + 1)))
    }

    /// Returns the token behind the letter or word of the Hijri era.
    fn hijri_era(self, at: usize) -> Option<usize> {
        let at = self.skip(at);
        let letter =
            self.kind(at) == Some(TokenKind::Word) && self.tokens.folded(at).chars().eq([HEH]);
        if letter { Some(at + 1) } else { self.link(at, DateLink::HijriEra) }
    }

    /// Reads a year of the Hijra, which runs through two others.
    pub(super) fn hijri_years(self, at: usize) -> Option<Point> {
        let (year, next) = self.hijri_number(at)?;
        self.hijri_era(at + 1)?;
        let (first, last) = (month_of(year, 1)?.0, month_of(year, 12)?.1);
        let years = (EdtfDate::Year(first.year()), EdtfDate::Year(last.year()));
        Some(Point::new(years, Manner::Full, next))
    }

    /// Reads a date in digits of the Hijri calendar.
    pub(super) fn numeric_hijri(self, [a, b, c]: [i16; 3], next: usize) -> Option<Point> {
        let (year, month, day) = match (YEARS.contains(&a), YEARS.contains(&c)) {
            (true, false) => (a, b, c),
            (false, true) => (c, b, a),
            _ => return None,
        };
        let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        let next = self.hijri_era(next).unwrap_or(next);
        Some(self.beside_gregorian(match to_gregorian(year, month, day) {
            Some(day) => Point::new(resolve::day(day), Manner::Full, next),
            None => Point::impossible(next),
        }))
    }

    /// Takes the Gregorian date that stands beside a Hijri one.
    fn beside_gregorian(self, hijri: Point) -> Point {
        let Some(beside) = self.beside(hijri.next) else { return hijri };
        if self.hijri_name(beside).is_some() {
            return hijri;
        }
        let Some(point) = self.point(beside, false).filter(|p| p.day().is_some()) else {
            return hijri;
        };
        Point { note: clash(hijri, point).or(point.note), ..point }
    }

    /// Takes the Hijri date along that stands beside a Gregorian one.
    pub(super) fn beside_hijri(self, point: Point) -> Point {
        let Some(beside) = self.beside(point.next) else { return point };
        let words = self.day_number(beside).and_then(|(day, next)| {
            let at = self.skip(next);
            let of = self.link(at, DateLink::Of).map_or(at, |of| self.skip(of));
            self.hijri_days((day, day), of)
        });
        match words.filter(|hijri| hijri.day().is_some()) {
            Some(hijri) => {
                Point { note: clash(hijri, point).or(point.note), next: hijri.next, ..point }
            }
            None => point,
        }
    }

    /// Returns where the same day in another calendar may stand.
    fn beside(self, next: usize) -> Option<usize> {
        let at = self.skip(next);
        if let Some(of) = self.link(at, DateLink::Of) {
            return Some(self.skip(of));
        }
        self.is_sign(at, &['/', '-', '(']).then(|| self.skip(at + 1))
    }

    /// Reads a feast, if it tells when something happened.
    pub(super) fn feast(self, at: usize, feast: Feast, next: usize) -> Option<Point> {
        let of_day = |link: DateLink| matches!(link, DateLink::FeastDay(_));
        let before = self.link_before(at, of_day);
        let links = &self.calendars.links;
        let nth = before.and_then(|i| links.find(self.tokens, i, |&link| of_day(link)));
        let nth = nth.and_then(|found| match *found.value {
            DateLink::FeastDay(n) => Some(n),
            _ => None,
        });
        let told =
            nth.is_some() || self.link_before(at, |link| link == DateLink::FeastIn).is_some();
        let at = self.skip(next);
        let of = self.link(at, DateLink::Of).map_or(at, |of| self.skip(of));
        let year = self.word_if(of, |w| w == DateWord::Unit(TimeUnit::Year, Some(1)));
        let year = self.year(year.map_or(of, |found| self.skip(found.next)));
        let (qualifier, end) = self.qualifier(next);
        if !told && year.is_none() && qualifier.is_none() {
            return None;
        }
        let days = |first: Date| match nth {
            Some(n) => resolve::shift(first, i64::from(n) - 1).map(|day| (day, day)),
            None => Some((first, resolve::shift(first, i64::from(feast.days) - 1)?)),
        };
        if let Some(Point { dates: Some((EdtfDate::Year(year), _)), next, .. }) = year {
            let (first, last) = days(feast.in_year(year)?)?;
            return Some(Point::new(resolve::days(first, last), Manner::Full, next));
        }
        self.relative(Manner::Other, end, |published| {
            nearest(published, qualifier, |year| days(feast.in_own_year(year)?))
        })
    }
}

/// Finds the first day of a feast.
trait OfYear {
    /// In a year of the Gregorian calendar.
    fn in_year(self, year: i16) -> Option<Date>;
    /// In a year of the Hijri calendar; one of the Gregorian calendar that begins in it.
    fn in_own_year(self, year: i16) -> Option<Date>;
}

impl OfYear for Feast {
    fn in_year(self, year: i16) -> Option<Date> {
        if !self.hijri {
            return Date::new(year, self.month, self.day).ok();
        }
        let first = hijri_year(Date::new(year, 1, 1).ok()?)?;
        let days = (first..=first + 1).filter_map(|year| to_gregorian(year, self.month, self.day));
        days.into_iter().find(|day| day.year() == year)
    }

    fn in_own_year(self, year: i16) -> Option<Date> {
        if self.hijri {
            return to_gregorian(year, self.month, self.day);
        }
        let first = to_gregorian(year, 1, 1)?;
        let in_year = |year| Date::new(year, self.month, self.day).ok();
        in_year(first.year()).filter(|&day| first <= day).or_else(|| in_year(first.year() + 1))
    }
}

/// Finds the nearest of the days that come once in a Hijri year.
fn nearest(
    published: Date,
    qualifier: Option<Qualifier>,
    days: impl Fn(i16) -> Option<(Date, Date)>,
) -> Option<Dates> {
    let year = hijri_year(published)?;
    let mut candidates = (year - 2..=year + 1).filter_map(days);
    let found = match qualifier {
        Some(Qualifier::BeforeLast) => None,
        Some(Qualifier::Last) => candidates.rfind(|(_, last)| *last < published),
        Some(Qualifier::Next) => candidates.find(|(first, _)| published < *first),
        Some(Qualifier::This) | None => {
            let latest = resolve::shift(published, AHEAD)?;
            candidates.rfind(|(first, _)| *first <= latest)
        }
    };
    found.map(|(first, last)| resolve::days(first, last))
}

/// Tells whether two dates that should be the same lie more than a day apart.
fn clash(hijri: Point, gregorian: Point) -> Option<Note> {
    let apart = hijri.day()?.until(gregorian.day()?).ok()?.get_days().abs();
    (apart > 1).then_some(Note::Calendars)
}
