//! Months, and days of a month.

use super::Reader;
use super::point::{Manner, Point, Qualifier};
use super::resolve::{self, Dates};
use jiff::civil::Date;
use sijill_knowledge::{DateLink, DateWord, TimeUnit};
use sijill_model::EdtfDate;
use sijill_text::{TokenKind, numeral};

/// The year of a month as the words tell it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum YearOf {
    Number(i16),
    /// "Of last year".
    Relative(Qualifier),
    Unsaid,
}

/// A month, or two in a row, as the words tell them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Month {
    first: i8,
    last: i8,
    year: YearOf,
    qualifier: Option<Qualifier>,
    /// Something beside the word says that it is a month.
    pub(super) marked: bool,
    next: usize,
}

/// How many days after its anniversary a remembered day is meant again.
const RECALLED_AFTER: i64 = 20;

/// How many days ahead a plan may name a month without its year.
const AHEAD_FOR_PLANS: i64 = 300;

impl Reader<'_> {
    /// Reads a month in one or two systems, with what is behind it.
    pub(super) fn month(self, at: usize) -> Option<Month> {
        let word = |word| matches!(word, DateWord::Unit(TimeUnit::Month, Some(1)));
        let unit = self.word_if(at, word).filter(|found| !found.front.article);
        let at = unit.map_or(at, |found| self.skip(found.next));
        let found =
            self.word_if(at, |word| matches!(word, DateWord::Month(_) | DateWord::StampMonth(_)))?;
        let (DateWord::Month(first) | DateWord::StampMonth(first)) = *found.value else {
            return None;
        };
        let (last, next) = self.second_name(first, found.next);
        let marked = unit.is_some() || next > found.next;
        let (year, qualifier, end) = self.year_behind(next);
        let english = matches!(found.value, DateWord::StampMonth(_));
        let counts = !english || matches!(year, YearOf::Number(_));
        let marked = marked || end > next;
        counts.then_some(Month { first, last, year, qualifier, marked, next: end })
    }

    /// Reads two months in a row behind "the two months of".
    pub(super) fn two_months(self, next: usize) -> Option<Point> {
        let found = self.word_if(self.skip(next), |word| matches!(word, DateWord::Month(_)))?;
        let DateWord::Month(first) = *found.value else { return None };
        let (_, next) = self.second_name(first, found.next);
        let last = self.month(self.after_waw(self.skip(next))?)?;
        (last.first == first + 1).then(|| self.resolve_month(Month { first, ..last }))?
    }

    /// Reads the same month in another system, or the month behind a slash.
    fn second_name(self, first: i8, next: usize) -> (i8, usize) {
        let same = self.word_if(self.skip(next), |word| word == DateWord::Month(first));
        if let Some(found) = same {
            return (first, found.next);
        }
        let sign = self.skip(next);
        if !self.is_sign(sign, &['/', '-', '(', '\\']) {
            return (first, next);
        }
        let at = self.skip(sign + 1);
        let found = self.word_if(at, |word| matches!(word, DateWord::Month(_)));
        match found.map(|found| (*found.value, found.next)) {
            Some((DateWord::Month(second), end)) if second == first => {
                (first, self.behind_parenthesis(end, self.is_sign(sign, &['('])))
            }
            Some((DateWord::Month(second), end))
                if second > first && !self.is_sign(sign, &['(']) =>
            {
                (second, end)
            }
            _ => (first, next),
        }
    }

    fn year_behind(self, next: usize) -> (YearOf, Option<Qualifier>, usize) {
        if let (Some(qualifier), next) = self.qualifier(next) {
            return (YearOf::Unsaid, Some(qualifier), next);
        }
        let mut at = self.skip(next);
        let number =
            if self.is_sign(at, &['\u{60C}', ',', '/', '-']) { self.skip(at + 1) } else { at };
        if let Some(year) = self.year_number(number) {
            return (YearOf::Number(year), None, number + 1);
        }
        if let Some(of) = self.link(at, DateLink::Of) {
            at = self.skip(of);
        }
        let same = self.word_if(at, |word| matches!(word, DateWord::Heard(TimeUnit::Year, _)));
        if let (Some(found), Some(year)) = (same, self.heard.year)
            && let DateWord::Heard(_, count) = *found.value
        {
            return (YearOf::Number(year + i16::from(count)), None, found.next);
        }
        let unit = self.word_if(at, |word| matches!(word, DateWord::Unit(TimeUnit::Year, Some(1))));
        let Some(unit) = unit else { return (YearOf::Unsaid, None, next) };
        let behind = self.skip(unit.next);
        if let Some(year) = self.year_number(behind) {
            return (YearOf::Number(year), None, behind + 1);
        }
        match self.qualifier(unit.next) {
            (Some(qualifier), end) if unit.front.article => {
                (YearOf::Relative(qualifier), None, end)
            }
            _ => (YearOf::Unsaid, None, next),
        }
    }

    fn year_number(self, at: usize) -> Option<i16> {
        match self.year(at)?.dates? {
            (EdtfDate::Year(year), _) => Some(year),
            _ => None,
        }
    }

    pub(super) fn resolve_month(self, month: Month) -> Option<Point> {
        let both =
            |year| Some((EdtfDate::month(year, month.first)?, EdtfDate::month(year, month.last)?));
        match month.year {
            YearOf::Number(year) => Some(Point::new(both(year)?, Manner::Full, month.next)),
            YearOf::Relative(qualifier) => self.relative(Manner::Full, month.next, |published| {
                let (EdtfDate::Year(year), _) =
                    resolve::whole_unit(published, TimeUnit::Year, qualifier)?
                else {
                    return None;
                };
                both(year)
            }),
            YearOf::Unsaid => {
                let point = self.relative(Manner::Yearless, month.next, |published| {
                    let find = |m| resolve::month_without_year(published, m, month.qualifier);
                    let last = find(month.last)?;
                    let first = find(month.first).filter(|f| f.first() <= last.last())?;
                    Some((first, last))
                })?;
                let ahead = match (month.qualifier, point.dates) {
                    (None, Some((EdtfDate::Month(year, _), _))) => both(year + 1),
                    _ => None,
                };
                Some(Point { ahead: self.if_ahead(ahead), ..point })
            }
        }
    }

    /// Keeps dates that lie after publication, and not far after.
    fn if_ahead(self, dates: Option<Dates>) -> Option<Dates> {
        let (first, last) = dates?;
        let limit = resolve::shift(self.published?, AHEAD_FOR_PLANS)?;
        (first.first()? <= limit && self.published? <= last.last()?).then_some((first, last))
    }

    /// Reads one or two days with their month: "the ninth of August", "5 and 6 September".
    pub(super) fn day_of_month(self, at: usize) -> Option<Point> {
        let (first, next) = self.day_number(at)?;
        if let Some(point) = self.days_in_month((first, first), next) {
            return Some(point);
        }
        let (last, next, loose) = self.second_day(next)?;
        let between = || self.link_before(at, |link| link == DateLink::Between).is_some();
        let range = last > first && (!loose || last == first + 1 || between());
        let point = self.days_in_month((first, last), next).filter(|_| range)?;
        Some(Point { manner: Manner::Range, ..point })
    }

    /// Reads a second day before a month; "and" joins only days in a row.
    fn second_day(self, next: usize) -> Option<(i8, usize, bool)> {
        let at = self.skip(next);
        let (second, loose) = if self.is_sign(at, &['-', '\u{2013}', '/']) {
            (self.skip(at + 1), false)
        } else if let Some(until) = self.link(at, DateLink::Until) {
            (self.skip(until), false)
        } else {
            (self.after_waw(at)?, true)
        };
        self.number_of_day(second).map(|(day, next)| (day, next, loose))
    }

    pub(super) fn day_number(self, at: usize) -> Option<(i8, usize)> {
        let joined = at > 1
            && self.is_sign(at - 1, &['/', '.', ':'])
            && self.kind(at - 2) == Some(TokenKind::Number);
        if joined { None } else { self.number_of_day(at) }
    }

    fn number_of_day(self, at: usize) -> Option<(i8, usize)> {
        let (value, next) = match self.kind(at)? {
            TokenKind::Number => {
                let digits = self.tokens.folded(at);
                if digits.len() > 2 {
                    return None;
                }
                (digits.parse().ok()?, at + 1)
            }
            TokenKind::Word => match numeral::ordinal(self.tokens, at, self.numerals) {
                Some(ordinal) => (ordinal.value as i8, ordinal.tokens.end),
                None => {
                    let amount = numeral::read(self.tokens, at, self.numerals)?;
                    let value = amount.min.filter(|_| amount.min == amount.max)?;
                    let plain = amount.unit == numeral::Unit::Plain && !amount.approximate;
                    if !plain || !(1.0..=31.0).contains(&value) || value.fract() != 0.0 {
                        return None;
                    }
                    (value as i8, amount.tokens.end)
                }
            },
            _ => return None,
        };
        (1..=31).contains(&value).then_some((value, next))
    }

    fn days_in_month(self, (first, last): (i8, i8), next: usize) -> Option<Point> {
        let mut at = self.skip(next);
        if let Some(of) = self.link(at, DateLink::Of) {
            at = self.skip(of);
        } else if self.is_sign(at, &['/', '-']) {
            at = self.skip(at + 1);
        }
        let parenthesis = self.is_sign(at, &['(']);
        let at = if parenthesis { self.skip(at + 1) } else { at };
        if let Some(mut month) = self.month(at).filter(|month| month.first == month.last) {
            month.next = self.behind_parenthesis(month.next, parenthesis);
            return self.resolve_days(month, first, last);
        }
        if let Some(point) = self.hijri_days((first, last), at) {
            return Some(point);
        }
        if let Some(found) =
            self.word_if(at, |word| matches!(word, DateWord::Heard(TimeUnit::Month, _)))
        {
            return self.days_of_heard_month((first, last), *found.value, found.next);
        }
        let at = self.link(at, DateLink::Demonstrative).map_or(at, |next| self.skip(next));
        let unit = self.word_if(at, |word| word == DateWord::Unit(TimeUnit::Month, Some(1)))?;
        let point = self.qualified_unit(at, TimeUnit::Month, unit.next)?;
        let Some((EdtfDate::Month(year, month), _)) = point.dates else { return Some(point) };
        Some(match dates_in(year, month, first, last) {
            Some(dates) => Point { dates: Some(dates), ..point },
            None => Point::impossible(point.next),
        })
    }

    fn resolve_days(self, month: Month, first: i8, last: i8) -> Option<Point> {
        let in_year = |year| dates_in(year, month.first, first, last);
        let point = match month.year {
            YearOf::Number(year) => {
                in_year(year).map(|dates| Point::new(dates, Manner::Full, month.next))
            }
            YearOf::Relative(qualifier) => self.relative(Manner::Full, month.next, |published| {
                match resolve::whole_unit(published, TimeUnit::Year, qualifier)? {
                    (EdtfDate::Year(year), _) => in_year(year),
                    _ => None,
                }
            }),
            YearOf::Unsaid => self.relative(Manner::Yearless, month.next, |published| {
                let date =
                    resolve::day_without_year(published, month.first, last, month.qualifier)?;
                let remembered = self.remembered(date).filter(|_| month.qualifier.is_none());
                in_year(remembered.unwrap_or(date).year())
            }),
        };
        let ahead = match point.map(|point| (point.manner, point.dates)) {
            Some((Manner::Yearless, Some((EdtfDate::Day(day), _))))
                if month.qualifier.is_none() =>
            {
                self.if_ahead(in_year(day.year() + 1))
            }
            _ => None,
        };
        let point = point.map(|point| Point { ahead, ..point });
        Some(point.unwrap_or_else(|| Point::impossible(month.next)))
    }

    /// Finds the day that everybody remembers by its day and month, if it is long past.
    fn remembered(self, date: Date) -> Option<Date> {
        let published = self.published?;
        let past = resolve::shift(date, RECALLED_AFTER).is_none_or(|day| day < published);
        let same = |day: &&Date| day.month() == date.month() && day.day() == date.day();
        self.calendars.remembered.iter().find(same).copied().filter(|&day| past && day < date)
    }

    /// Reads "the 5th of the current (month)" without the word month.
    pub(super) fn day_of_this(self, at: usize) -> Option<Point> {
        let (day, next) = self.day_number(at)?;
        let next = self.link(self.skip(next), DateLink::This)?;
        self.link_before(at, |link| link == DateLink::In)?;
        self.relative(Manner::Other, next, |published| {
            dates_in(published.year(), published.month(), day, day)
        })
    }
}

pub(super) fn dates_in(year: i16, month: i8, first: i8, last: i8) -> Option<Dates> {
    Some(resolve::days(Date::new(year, month, first).ok()?, Date::new(year, month, last).ok()?))
}
