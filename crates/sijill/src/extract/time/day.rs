//! Dates in digits, and dates that begin with the month.

use super::Reader;
use super::point::{Manner, Point};
use super::resolve;
use jiff::civil::Date;
use sijill_knowledge::DateWord;
use sijill_text::TokenKind;

impl Reader<'_> {
    /// Reads "October 26, 2024", in English or Arabic.
    ///
    /// Pages lose the space behind the year: what other digits stand in its token is cut off.
    pub(super) fn month_first(self, at: usize) -> Option<Point> {
        let found =
            self.word_if(at, |w| matches!(w, DateWord::Month(_) | DateWord::StampMonth(_)))?;
        let (DateWord::Month(month) | DateWord::StampMonth(month)) = *found.value else {
            return None;
        };
        let day = self.skip(found.next);
        if self.kind(day) != Some(TokenKind::Number) || self.tokens.folded(day).len() > 2 {
            return None;
        }
        let comma = self.skip(day + 1);
        let parted = self.is_sign(comma, &[',', '\u{60C}']);
        let year = if parted { self.skip(comma + 1) } else { comma };
        if self.kind(year) != Some(TokenKind::Number) {
            return None;
        }
        let digits = self.tokens.folded(year);
        let (number, rest) = digits.split_at_checked(4)?;
        let number = number.parse().ok().filter(|year| (1900..2100).contains(year))?;
        let glued = matches!(found.value, DateWord::StampMonth(_)) && parted;
        let alone = rest.is_empty() || glued && self.tokens.original(year).is_ascii();
        if !alone {
            return None;
        }
        let date = Date::new(number, month, self.tokens.folded(day).parse().ok()?).ok()?;
        let cut = u8::try_from(rest.len()).ok()?;
        Some(Point { cut, ..Point::new(resolve::day(date), Manner::Full, year + 1) })
    }

    /// Reads a date in digits with its year.
    pub(super) fn numeric_date(self, at: usize) -> Option<Point> {
        if self.kind(at) != Some(TokenKind::Number) {
            return None;
        }
        let mut groups = self.tokens.folded(at).split('.');
        let (parts, next) = match (groups.next()?, groups.next(), groups.next(), groups.next()) {
            (a, Some(b), Some(c), None) => ([a, b, c], at + 1),
            (a, None, ..) => self.parted_date(a, at)?,
            _ => return None,
        };
        self.date_of(parts, next)
    }

    /// Tells which of three numbers are year, month and day.
    fn date_of(self, parts: [&str; 3], next: usize) -> Option<Point> {
        let numbers = parts.map(|part| part.parse::<i16>().ok());
        let [Some(a), Some(b), Some(c)] = numbers else { return None };
        if let Some(point) = self.numeric_hijri([a, b, c], next) {
            return Some(point);
        }
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

    /// Returns the three parts of a date with the same sign twice between them, and what is behind.
    fn parted_date<'s>(&'s self, first: &'s str, at: usize) -> Option<([&'s str; 3], usize)> {
        let part = |sign: usize, wanted: &[char]| {
            let number = self.skip(sign + 1);
            let found = self.is_sign(sign, wanted) && self.kind(number) == Some(TokenKind::Number);
            found.then_some(number)
        };
        let sign = self.skip(at + 1);
        let second = part(sign, &['/', '-', '\\', '_'])?;
        let between = self.tokens.folded(sign).chars().next()?;
        // Spaces stand only around slashes; around hyphens they make a range.
        if between != '/' && second != at + 2 {
            return None;
        }
        let third = part(self.skip(second + 1), &[between])?;
        Some(([first, self.tokens.folded(second), self.tokens.folded(third)], third + 1))
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
