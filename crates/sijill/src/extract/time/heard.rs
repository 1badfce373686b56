//! The date told last, from which "the same month" and "the next day" count.

use super::Reader;
use super::point::{Manner, Point};
use super::resolve::{self, Dates};
use jiff::civil::Date;
use sijill_knowledge::{DateWord, TimeUnit};
use sijill_model::EdtfDate;

/// How many tokens back a day may have been told that is counted from.
const DAY_NEAR: usize = 150;

/// How many tokens back a month or year may have been told.
const MONTH_NEAR: usize = 400;

/// The day, month and year told last, and behind which token.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Heard {
    whole: Option<(Dates, bool)>,
    day: Option<Date>,
    month: Option<(i16, i8)>,
    pub(super) year: Option<i16>,
    pub(super) relative: bool,
    at: usize,
}

impl Heard {
    /// Makes what is heard of a date; an interval of several days leaves no day.
    pub(super) fn new(point: Point) -> Self {
        let (relative, at) = (point.relative, point.next);
        let whole = point.dates.map(|dates| (dates, point.open));
        let blank = Self { whole, relative, at, ..Self::default() };
        let Some((first, last)) = point.dates else { return blank };
        let last = if point.open { first } else { last };
        let year = Some(last.last().map_or(0, Date::year)).filter(|&year| year > 0);
        match last {
            EdtfDate::Day(day) => {
                let month = Some((day.year(), day.month()));
                let day = Some(day).filter(|_| first == last && !point.open);
                Self { day, month, year, ..blank }
            }
            EdtfDate::Month(year, month) => {
                Self { month: Some((year, month)), year: Some(year), ..blank }
            }
            EdtfDate::Year(_) => Self { year, ..blank },
        }
    }

    /// Returns the day, if it was told shortly before token `at`.
    pub(super) fn day_near(self, at: usize) -> Option<Date> {
        self.day.filter(|_| at <= self.at + DAY_NEAR)
    }
}

impl Reader<'_> {
    /// Reads "the same day", "the next day", "the same year".
    pub(super) fn heard_date(
        self,
        at: usize,
        unit: TimeUnit,
        count: i8,
        next: usize,
    ) -> Option<Point> {
        let near = at <= self.heard.at + MONTH_NEAR;
        let date = match unit {
            TimeUnit::Day => EdtfDate::Day(resolve::shift(self.heard.day_near(at)?, count.into())?),
            TimeUnit::Month => {
                let (year, month) = self.heard.month.filter(|_| near)?;
                resolve::shift_months(Date::new(year, month, 1).ok()?, count.into())?
            }
            TimeUnit::Year => {
                EdtfDate::Year(self.heard.year.filter(|_| near)?.checked_add(count.into())?)
            }
            _ => return None,
        };
        let point = Point::new((date, date), Manner::Other, next);
        Some(Point { relative: self.heard.relative, ..point })
    }

    /// Reads "the same period".
    pub(super) fn heard_period(self, at: usize, next: usize) -> Option<Point> {
        let (dates, open) = self.heard.whole.filter(|_| at <= self.heard.at + DAY_NEAR)?;
        let point = Point::new(dates, Manner::Other, next);
        Some(Point { open, relative: self.heard.relative, ..point })
    }

    /// Reads days of the month told last: "the 25th of the same month".
    pub(super) fn days_of_heard_month(
        self,
        (first, last): (i8, i8),
        word: DateWord,
        next: usize,
    ) -> Option<Point> {
        let DateWord::Heard(_, count) = word else { return None };
        let point = self.heard_date(next, TimeUnit::Month, count, next)?;
        let Some((EdtfDate::Month(year, month), _)) = point.dates else { return None };
        let in_month = |day| Date::new(year, month, day).ok();
        Some(match (in_month(first), in_month(last)) {
            (Some(first), Some(last)) => Point { dates: Some(resolve::days(first, last)), ..point },
            _ => Point::impossible(next),
        })
    }
}
