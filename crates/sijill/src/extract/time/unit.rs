//! Weeks, months and years, and parts of them.

use super::Reader;
use super::point::{Manner, Point, Qualifier};
use super::resolve;
use sijill_knowledge::{DateLink, DateWord, Phase, TimeUnit};
use sijill_model::EdtfDate;
use sijill_text::{TokenKind, clitic::strip_article};

/// The number of the season that runs into the next year.
const WINTER: i8 = 4;

impl Reader<'_> {
    /// Reads on behind a unit of time that names a day, week, month or year.
    pub(super) fn unit(
        self,
        at: usize,
        (unit, number): (TimeUnit, Option<u8>),
        article: bool,
        next: usize,
    ) -> Option<Point> {
        if unit == TimeUnit::Day && number == Some(1) && !article {
            return self.day_behind(next);
        }
        if unit == TimeUnit::Month && !article && number == Some(1) {
            let month = self.month(at).and_then(|month| self.resolve_month(month));
            return month.or_else(|| self.hijri_month(at, true));
        }
        if unit == TimeUnit::Year
            && let Some(point) =
                self.years(next, number).or_else(|| self.hijri_years(self.skip(next)))
        {
            return Some(point);
        }
        if unit == TimeUnit::Month && number == Some(2) && !article {
            return self.two_months(next).or_else(|| self.window(at));
        }
        if article && number == Some(1) {
            return self.qualified_unit(at, unit, next);
        }
        self.window(at)
    }

    /// Reads on behind the word "day".
    fn day_behind(self, next: usize) -> Option<Point> {
        let at = self.skip(next);
        match self.word(at).map(|found| (*found.value, found.next)) {
            Some((DateWord::Weekday(weekday), next)) => self.weekday(weekday, next),
            Some((DateWord::Offset(days), next)) => self.offset(at, days, next),
            Some(_) => None,
            None => self.date_beside(next),
        }
    }

    /// Reads "last week", "this month", "the coming year".
    pub(super) fn qualified_unit(self, at: usize, unit: TimeUnit, next: usize) -> Option<Point> {
        let (qualifier, next) = match self.qualifier(next) {
            (Some(qualifier), next) => (qualifier, next),
            (None, next) => {
                self.link_before(at, |link| link == DateLink::Demonstrative)?;
                (Qualifier::This, next)
            }
        };
        // The word for "year" is also "general", as in a title.
        let title = || self.link_before(at, |link| link == DateLink::Title).is_some();
        if unit == TimeUnit::Year && qualifier != Qualifier::Last && title() {
            return None;
        }
        if matches!(unit, TimeUnit::Day | TimeUnit::Hour | TimeUnit::Minute | TimeUnit::Decade) {
            return None;
        }
        if unit == TimeUnit::Year
            && let Some(year) = self.year_beside(next)
        {
            return Some(year);
        }
        self.relative(Manner::Other, next, |published| {
            resolve::whole_unit(published, unit, qualifier)
        })
    }

    /// Reads the year printed behind "last year", perhaps in parentheses.
    fn year_beside(self, next: usize) -> Option<Point> {
        let at = self.skip(next);
        let parenthesis = self.is_sign(at, &['(']);
        let year = self.year(if parenthesis { self.skip(at + 1) } else { at })?;
        Some(Point { next: self.behind_parenthesis(year.next, parenthesis), ..year })
    }

    /// Reads "of last week" behind a weekday.
    pub(super) fn weekday_of_week(self, weekday: i8, next: usize) -> Option<Point> {
        let at = self.skip(self.link(self.skip(next), DateLink::Of)?);
        let week = self.word_if(at, |word| word == DateWord::Unit(TimeUnit::Week, Some(1)))?;
        let point = self.qualified_unit(at, TimeUnit::Week, week.next)?;
        let Some((EdtfDate::Day(monday), _)) = point.dates else { return Some(point) };
        let date = resolve::shift(monday, i64::from(weekday) - 1)?;
        Some(Point { dates: Some(resolve::day(date)), ..point })
    }

    /// Reads the year or years behind the word "year".
    fn years(self, next: usize, number: Option<u8>) -> Option<Point> {
        let first = self.year(self.skip(next))?;
        if number == Some(1) {
            return Some(first);
        }
        let mut whole = first;
        while let Some(year) = self.after_waw(self.skip(whole.next)).and_then(|at| self.year(at)) {
            let (Some(a), Some(b)) = (whole.dates, year.dates) else { break };
            whole = Point { dates: Some((a.0, b.1)), manner: Manner::Range, ..year };
        }
        Some(whole)
    }

    /// Reads a year in four digits.
    pub(super) fn year(self, at: usize) -> Option<Point> {
        if self.kind(at) != Some(TokenKind::Number) {
            return None;
        }
        let digits = self.tokens.folded(at);
        let year = digits.parse().ok().filter(|y| digits.len() == 4 && (1900..2100).contains(y))?;
        let joined = |i: usize, inner: usize| {
            self.is_sign(i, &['/', '.', '%']) && self.kind(inner) == Some(TokenKind::Number)
        };
        if self.is_sign(at + 1, &['%']) || joined(at + 1, at + 2) {
            return None;
        }
        let mut next = at + 1;
        if self.kind(next) == Some(TokenKind::Word) {
            // An abbreviation of the era; other letters make it a name.
            if self.tokens.folded(next).chars().count() > 1 {
                return None;
            }
            next += 1;
        }
        let year = EdtfDate::Year(year);
        Some(Point::new((year, year), Manner::Year, next))
    }

    /// Reads on behind a part of a month or year.
    pub(super) fn phase(self, phase: Phase, next: usize) -> Option<Point> {
        let mut at = self.skip(next);
        if let Some(of) = self.link(at, DateLink::Of) {
            at = self.skip(of);
        }
        let whole = match self.word(at).map(|found| (*found.value, found)) {
            Some((DateWord::Unit(unit @ (TimeUnit::Month | TimeUnit::Year), Some(1)), found))
                if found.front.article && self.qualifier(found.next).0.is_none() =>
            {
                if self.is_described(found.next) {
                    return None;
                }
                let year =
                    if unit == TimeUnit::Year { self.years(found.next, Some(1)) } else { None };
                year.or_else(|| {
                    self.relative(Manner::Other, found.next, |published| {
                        resolve::whole_unit(published, unit, Qualifier::This)
                    })
                })
            }
            Some((
                DateWord::Month(_)
                | DateWord::Hijri(..)
                | DateWord::Heard(TimeUnit::Month | TimeUnit::Year, _)
                | DateWord::Unit(TimeUnit::Month | TimeUnit::Year, _),
                _,
            )) => self.point(at, true),
            Some((DateWord::Decade(_), _)) => {
                let decade = self.point(at, true)?;
                let (EdtfDate::Year(first), _) = decade.dates? else { return None };
                let years = resolve::part_of_decade(phase, first)?;
                return Some(Point { dates: Some(years), approximate: true, ..decade });
            }
            None => self.year(at),
            _ => None,
        }?;
        let Some((first, last)) = whole.dates else { return Some(whole) };
        if let (EdtfDate::Day(first), EdtfDate::Day(last)) = (first, last)
            && first < last
        {
            let dates = resolve::third(phase, first, last)?;
            return Some(Point { dates: Some(dates), approximate: true, ahead: None, ..whole });
        }
        if first != last || matches!(first, EdtfDate::Day(_)) {
            return None;
        }
        let (dates, approximate) = resolve::phase(phase, first)?;
        Some(Point { dates: Some(dates), approximate, ahead: None, ..whole })
    }

    /// Tells whether an adjective follows: "the school year".
    fn is_described(self, next: usize) -> bool {
        let at = self.skip(next);
        self.kind(at) == Some(TokenKind::Word) && strip_article(self.tokens.folded(at)).0
    }

    /// Reads on behind a season, which only counts with its year.
    pub(super) fn season(self, season: i8, next: usize) -> Option<Point> {
        let at = self.skip(next);
        let this = self.link(at, DateLink::Demonstrative);
        let at = this.map_or(at, |next| self.skip(next));
        let (year, next, relative) =
            match self.word_if(at, |w| matches!(w, DateWord::Unit(TimeUnit::Year, Some(1)))) {
                Some(found) => {
                    let year = self.years(found.next, Some(1)).or_else(|| {
                        let (qualifier, next) = self.qualifier(found.next);
                        let qualifier = qualifier.or(this.map(|_| Qualifier::This));
                        self.relative(Manner::Other, next, |published| {
                            resolve::whole_unit(published, TimeUnit::Year, qualifier?)
                        })
                    })?;
                    (year.dates?.0, year.next, year.relative)
                }
                None => self.year(at).and_then(|year| Some((year.dates?.0, year.next, false)))?,
            };
        let EdtfDate::Year(year) = year else { return None };
        if season == WINTER
            && let Some(point) = self.winter(year, next)
        {
            return Some(point);
        }
        let dates = resolve::season(season, year)?;
        Some(Point { relative, ..Point::new(dates, Manner::Full, next) })
    }

    /// Reads the second year of a winter: "winter 2015-2016".
    fn winter(self, year: i16, next: usize) -> Option<Point> {
        let sign = self.skip(next);
        if !self.is_sign(sign, &['-', '/', '\u{2013}']) {
            return None;
        }
        let (EdtfDate::Year(second), _) = self.year(self.skip(sign + 1))?.dates? else {
            return None;
        };
        let dates = (EdtfDate::month(year, 12)?, EdtfDate::month(second, 2)?);
        (second == year + 1).then(|| Point::new(dates, Manner::Full, self.skip(sign + 1) + 1))
    }
}
