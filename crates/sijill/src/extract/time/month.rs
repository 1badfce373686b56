//! Months, days of a month, and dates in digits.

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

impl Reader<'_> {
    /// Reads a month in one or two systems, with what is behind it.
    pub(super) fn month(self, at: usize) -> Option<Month> {
        let word = |word| matches!(word, DateWord::Unit(TimeUnit::Month, Some(1)));
        let unit = self.word_if(at, word).filter(|found| !found.front.article);
        let at = unit.map_or(at, |found| self.skip(found.next));
        let found = self.word_if(at, |word| matches!(word, DateWord::Month(_)))?;
        let DateWord::Month(first) = *found.value else { return None };
        let (last, next) = self.second_name(first, found.next);
        let marked = unit.is_some() || next > found.next;
        let (year, qualifier, end) = self.year_behind(next);
        Some(Month { first, last, year, qualifier, marked: marked || end > next, next: end })
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
            YearOf::Unsaid => self.relative(Manner::Yearless, month.next, |published| {
                let find = |m| resolve::month_without_year(published, m, month.qualifier);
                let last = find(month.last)?;
                let first = find(month.first).filter(|f| f.first() <= last.last())?;
                Some((first, last))
            }),
        }
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
        self.day_number(second).map(|(day, next)| (day, next, loose))
    }

    fn day_number(self, at: usize) -> Option<(i8, usize)> {
        let (value, next) = match self.kind(at)? {
            TokenKind::Number => {
                let digits = self.tokens.folded(at);
                let joined = at > 0
                    && self.is_sign(at - 1, &['/', '.', ':'])
                    && at > 1
                    && self.kind(at - 2) == Some(TokenKind::Number);
                if digits.len() > 2 || joined {
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
                in_year(date.year())
            }),
        };
        Some(point.unwrap_or_else(|| Point::impossible(month.next)))
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

    /// Reads a date in digits with its year.
    pub(super) fn numeric_date(self, at: usize) -> Option<Point> {
        if self.kind(at) != Some(TokenKind::Number) {
            return None;
        }
        let mut groups = self.tokens.folded(at).split('.');
        let (parts, next) = match (groups.next()?, groups.next(), groups.next(), groups.next()) {
            (a, Some(b), Some(c), None) => ([a, b, c], at + 1),
            (a, None, ..) => (self.parted_date(a, at)?, at + 5),
            _ => return None,
        };
        let numbers = parts.map(|part| part.parse::<i16>().ok());
        let [Some(a), Some(b), Some(c)] = numbers else { return None };
        let year = |year: i16, text: &str| match text.len() {
            4 if (1900..2100).contains(&year) => Some(year),
            2 if (10..60).contains(&year) => Some(2000 + year),
            _ => None,
        };
        let date = if parts[0].len() == 4 {
            (year(a, parts[0])?, b, c)
        } else if b > 12 {
            (year(c, parts[2])?, a, b)
        } else {
            (year(c, parts[2])?, b, a)
        };
        let date = Date::new(date.0, i8::try_from(date.1).ok()?, i8::try_from(date.2).ok()?);
        Some(match date {
            Ok(date) => Point::new(resolve::day(date), Manner::Full, next),
            Err(_) => Point::impossible(next),
        })
    }

    /// Returns the three parts of a date with the same sign twice between them.
    fn parted_date<'s>(&'s self, first: &'s str, at: usize) -> Option<[&'s str; 3]> {
        let number = |i| self.kind(i) == Some(TokenKind::Number);
        let signs = self.is_sign(at + 1, &['/', '-', '\\']) && number(at + 2) && number(at + 4);
        let same = signs && self.tokens.folded(at + 1) == self.tokens.folded(at + 3);
        same.then(|| [first, self.tokens.folded(at + 2), self.tokens.folded(at + 4)])
    }

    /// Reads "17/10", which only counts beside a weekday or the word "day".
    pub(super) fn short_date(self, at: usize) -> Option<Point> {
        let (day, next) = self.day_number(at)?;
        let month = self.kind(next + 1).filter(|&kind| kind == TokenKind::Number);
        let month = month.and_then(|_| self.tokens.folded(next + 1).parse().ok());
        let (month, end) = (month.filter(|m| (1..=12).contains(m))?, next + 2);
        let longer =
            self.is_sign(end, &['/', '-', '.']) && self.kind(end + 1) == Some(TokenKind::Number);
        if !self.is_sign(next, &['/']) || longer || next != at + 1 {
            return None;
        }
        self.relative(Manner::Yearless, end, |published| {
            resolve::day_without_year(published, month, day, None).map(resolve::day)
        })
    }
}

fn dates_in(year: i16, month: i8, first: i8, last: i8) -> Option<Dates> {
    Some(resolve::days(Date::new(year, month, first).ok()?, Date::new(year, month, last).ok()?))
}
