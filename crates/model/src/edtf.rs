//! Dates as EDTF (ISO 8601-2, level 1).

use jiff::civil::Date;
use std::fmt;
use std::str::FromStr;

/// A calendar date of day, month or year precision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EdtfDate {
    /// `2017-10-17`
    Day(Date),
    /// `2017-10`
    Month(i16, i8),
    /// `2017`
    Year(i16),
}

impl EdtfDate {
    /// Makes a month; `None` if there is no such month.
    pub fn month(year: i16, month: i8) -> Option<Self> {
        ((1..=12).contains(&month) && (0..=9999).contains(&year))
            .then_some(Self::Month(year, month))
    }

    /// Returns the first day.
    pub fn first(self) -> Option<Date> {
        match self {
            Self::Day(date) => Some(date),
            Self::Month(year, month) => Date::new(year, month, 1).ok(),
            Self::Year(year) => Date::new(year, 1, 1).ok(),
        }
    }

    /// Returns the last day.
    pub fn last(self) -> Option<Date> {
        match self {
            Self::Day(date) => Some(date),
            Self::Month(..) => self.first().map(Date::last_of_month),
            Self::Year(year) => Date::new(year, 12, 31).ok(),
        }
    }
}

impl fmt::Display for EdtfDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Day(date) => {
                write!(f, "{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
            }
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Year(year) => write!(f, "{year:04}"),
        }
    }
}

/// A date or an interval, with the qualifiers the words give it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Edtf {
    start: EdtfDate,
    end: End,
    /// The words say "about" (`~`).
    pub approximate: bool,
    /// The words say "perhaps" (`?`; `%` with "about").
    pub uncertain: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum End {
    Same,
    Open,
    At(EdtfDate),
}

/// An interval that ends before it starts.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("interval '{start}/{end}' ends before it starts")]
pub struct EdtfError {
    start: EdtfDate,
    end: EdtfDate,
}

impl Edtf {
    /// Makes a single date.
    pub fn date(date: EdtfDate) -> Self {
        Self { start: date, end: End::Same, approximate: false, uncertain: false }
    }

    /// Makes an interval that has begun and not ended (`2017-09/..`).
    pub fn since(start: EdtfDate) -> Self {
        Self { end: End::Open, ..Self::date(start) }
    }

    /// Makes an interval; equal ends give a single date.
    pub fn interval(start: EdtfDate, end: EdtfDate) -> Result<Self, EdtfError> {
        if start == end {
            return Ok(Self::date(start));
        }
        match (start.first(), end.last()) {
            (Some(first), Some(last)) if first <= last => {
                Ok(Self { end: End::At(end), ..Self::date(start) })
            }
            _ => Err(EdtfError { start, end }),
        }
    }

    /// Marks the date as approximate.
    #[must_use]
    pub fn about(self) -> Self {
        Self { approximate: true, ..self }
    }

    /// Marks the date as uncertain.
    #[must_use]
    pub fn perhaps(self) -> Self {
        Self { uncertain: true, ..self }
    }

    /// Moves an interval of days as far as `to` lies from `from`; `None` for months and years.
    pub fn moved(self, from: Date, to: Date) -> Option<Self> {
        let span = from.until(to).ok()?;
        let moved = |date| match date {
            EdtfDate::Day(day) => day.checked_add(span).ok().map(EdtfDate::Day),
            EdtfDate::Month(..) | EdtfDate::Year(_) => None,
        };
        let end = match self.end {
            End::At(end) => End::At(moved(end)?),
            end => end,
        };
        Some(Self { start: moved(self.start)?, end, ..self })
    }

    /// Returns the first date.
    pub fn start(self) -> EdtfDate {
        self.start
    }

    /// Returns the last date; `None` if the interval is open.
    pub fn end(self) -> Option<EdtfDate> {
        match self.end {
            End::Same => Some(self.start),
            End::Open => None,
            End::At(end) => Some(end),
        }
    }
}

/// Words that are no date or interval as this type writes them.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is no date (write 2017, 2017-10, 2017-10-17, 2017-09/2017-10 or 2017-09/..)")]
pub struct UnknownDate(pub String);

impl FromStr for EdtfDate {
    type Err = UnknownDate;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let digits = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
        let parts: Vec<&str> = s.split('-').filter(digits).collect();
        let date = match (parts.as_slice(), s.len()) {
            ([year], 4) => year.parse().ok().map(Self::Year),
            ([year, month], 7) if year.len() == 4 => {
                year.parse().ok().zip(month.parse().ok()).and_then(|(y, m)| Self::month(y, m))
            }
            ([year, _, _], 10) if year.len() == 4 => s.parse().ok().map(Self::Day),
            _ => None,
        };
        date.ok_or_else(|| UnknownDate(s.to_owned()))
    }
}

impl FromStr for Edtf {
    type Err = UnknownDate;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let (start, end) = s.split_once('/').map_or((s, None), |(start, end)| (start, Some(end)));
        let exact = start.trim_end_matches(['~', '?', '%']);
        let mark = &start[exact.len()..];
        let (approximate, uncertain) = match mark {
            "" => (false, false),
            "~" => (true, false),
            "?" => (false, true),
            "%" => (true, true),
            _ => return Err(UnknownDate(s.to_owned())),
        };
        let start = exact.parse()?;
        let edtf = match end {
            None => Self::date(start),
            Some("..") => Self::since(start),
            Some(end) => {
                let end = end.strip_suffix(mark).unwrap_or(end).parse()?;
                Self::interval(start, end).map_err(|_| UnknownDate(s.to_owned()))?
            }
        };
        Ok(Self { approximate, uncertain, ..edtf })
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = match (self.approximate, self.uncertain) {
            (true, true) => "%",
            (true, false) => "~",
            (false, true) => "?",
            (false, false) => "",
        };
        match self.end {
            End::Same => write!(f, "{}{mark}", self.start),
            End::Open => write!(f, "{}{mark}/..", self.start),
            End::At(end) => write!(f, "{}{mark}/{end}{mark}", self.start),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        for written in [
            "2017",
            "2017-10",
            "2017-10-17",
            "2017~",
            "2017-08-09/2017-10-16",
            "2017-09/..",
            "2017-08~/2017-09~",
            "2016/2017-03-01",
            "2017-10~/..",
            "2017-10-17?",
            "2017%/2018%",
            "0999",
        ] {
            let edtf: Edtf = written.parse().expect("it is a date");
            assert_eq!(edtf.to_string(), written);
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for wrong in [
            "",
            "17",
            "2017-13",
            "2017-02-30",
            "2017-1-1",
            "../2017",
            "2017-10/2016",
            "2017/",
            "2017-10-17T09",
            "+017",
            "2017-+1",
            "2017~?",
            "2017/2018?",
        ] {
            assert!(wrong.parse::<Edtf>().is_err(), "{wrong}");
        }
    }
}
