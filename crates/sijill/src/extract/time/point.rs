//! A date as the words give it: a day, a weekday, a month, a year or a part of one.

use super::Reader;
use super::resolve::{self, Dates};
use jiff::civil::Date;
use sijill_knowledge::{DateLink, DateWord, Phase};
use sijill_model::{Edtf, EdtfDate};
use sijill_text::TokenKind;

/// A word behind a date that says which one is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Qualifier {
    BeforeLast,
    Last,
    This,
    Next,
}

/// What is odd about a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Note {
    /// Its weekday does not fit this date, which was taken.
    Weekday(Date),
    Impossible,
    NoAnchor,
    /// Its Hijri and its Gregorian date are not the same.
    Calendars,
}

/// How a date was told, as far as the words around it ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    /// By a day and month, or a month, without a year.
    Yearless,
    /// By a weekday alone.
    Weekday,
    /// By a day, month and year.
    Full,
    /// By a year.
    Year,
    /// By its first and last day or year.
    Range,
    /// By days from today.
    Counted,
    /// By a length of time within which.
    Within,
    Other,
}

/// A date or interval that has been read up to token `next`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Point {
    /// First and last; `None` if there is no such date or nothing to count from.
    pub(super) dates: Option<Dates>,
    /// It has not ended.
    pub(super) open: bool,
    pub(super) approximate: bool,
    pub(super) uncertain: bool,
    pub(super) relative: bool,
    pub(super) manner: Manner,
    pub(super) note: Option<Note>,
    /// The next such date after publication, where the year is not told.
    pub(super) ahead: Option<Dates>,
    pub(super) next: usize,
    /// Bytes of the last token that do not belong to it.
    pub(super) cut: u8,
}

impl Point {
    pub(super) fn new(dates: Dates, manner: Manner, next: usize) -> Self {
        Self { dates: Some(dates), manner, ..Self::blank(next) }
    }

    /// A date that is not one.
    pub(super) fn impossible(next: usize) -> Self {
        Self { note: Some(Note::Impossible), ..Self::blank(next) }
    }

    fn blank(next: usize) -> Self {
        Self {
            dates: None,
            open: false,
            approximate: false,
            uncertain: false,
            relative: false,
            manner: Manner::Other,
            note: None,
            ahead: None,
            next,
            cut: 0,
        }
    }

    pub(super) fn edtf(self) -> Option<Edtf> {
        let (first, last) = self.dates?;
        let edtf = if self.open { Edtf::since(first) } else { Edtf::interval(first, last).ok()? };
        let edtf = if self.approximate { edtf.about() } else { edtf };
        Some(if self.uncertain { edtf.perhaps() } else { edtf })
    }

    /// Returns the next such date after publication.
    pub(super) fn ahead_edtf(self) -> Option<Edtf> {
        let (first, last) = self.ahead.filter(|_| !self.open)?;
        Edtf::interval(first, last).ok()
    }

    /// Returns the day if it is exactly one.
    pub(super) fn day(self) -> Option<Date> {
        match self.dates? {
            (EdtfDate::Day(first), EdtfDate::Day(last)) if first == last => Some(first),
            _ => None,
        }
    }
}

impl Reader<'_> {
    /// Makes a point that counts from the date of publication.
    pub(super) fn relative(
        self,
        manner: Manner,
        next: usize,
        dates: impl FnOnce(Date) -> Option<Dates>,
    ) -> Option<Point> {
        let blank = Point { note: Some(Note::NoAnchor), ..Point::blank(next) };
        let Some(published) = self.published else { return Some(Point { manner, ..blank }) };
        dates(published).map(|dates| Point { relative: true, ..Point::new(dates, manner, next) })
    }

    /// Reads the date that begins at token `at`; a bare year or month only if `bare` allows.
    pub(super) fn point(self, at: usize, bare: bool) -> Option<Point> {
        match self.kind(at)? {
            TokenKind::Number => self
                .numeric_date(at)
                .or_else(|| self.day_of_month(at))
                .or_else(|| if bare { self.year(at) } else { None }),
            TokenKind::Word => self.word_point(at, bare),
            _ => None,
        }
    }

    fn word_point(self, at: usize, bare: bool) -> Option<Point> {
        if let Some(next) = self.link(at, DateLink::Part) {
            let next = self.skip(next);
            let again = self.link(next, DateLink::Part).is_some();
            let point = if again { None } else { self.point(next, false) };
            if point.is_some() || self.word(at).is_none() {
                return point;
            }
        }
        let Some(found) = self.word(at) else {
            let number = self.numerals.begins(self.tokens.folded(at));
            return if number { self.day_of_month(at) } else { None };
        };
        match *found.value {
            DateWord::Weekday(weekday) => self.weekday(weekday, found.next),
            DateWord::Offset(days) => self.offset(at, days, found.next),
            DateWord::Month(_) => self
                .month_first(at)
                .or_else(|| self.bare_month(at, bare || found.front.preposition)),
            DateWord::Unit(unit, number) => {
                self.unit(at, (unit, number), found.front.article, found.next)
            }
            DateWord::Phase(phase) => self.phase(phase, found.next),
            DateWord::Latest => self.phase(Phase::End, found.next),
            DateWord::Season(season) => self.season(season, found.next),
            DateWord::StampMonth(_) => self.month_first(at),
            DateWord::Hijri(..) => self.hijri_month(at, bare),
            DateWord::Feast(feast) => self.feast(at, feast, found.next),
            DateWord::Decade(first) => Some(decade(first, found.next)),
            DateWord::Heard(unit, count) => self.heard_date(at, unit, count, found.next),
            DateWord::HeardPeriod => self.heard_period(at, found.next),
            DateWord::Since
            | DateWord::Before
            | DateWord::After
            | DateWord::Running(_)
            | DateWord::Within => None,
        }
    }

    /// Reads on behind a weekday: a qualifier, the date, or a second weekday.
    pub(super) fn weekday(self, weekday: i8, next: usize) -> Option<Point> {
        let (qualifier, next) = self.qualifier(next);
        if let Some(date) = self.date_beside(next) {
            let mismatch = date.day().filter(|d| d.weekday().to_monday_one_offset() != weekday);
            return Some(Point { note: mismatch.map(Note::Weekday).or(date.note), ..date });
        }
        if qualifier.is_none() {
            let point = self.weekday_pair(weekday, next);
            if let Some(point) = point.or_else(|| self.weekday_of_week(weekday, next)) {
                return Some(point);
            }
        }
        self.relative(Manner::Weekday, next, |published| {
            resolve::weekday(published, weekday, qualifier).map(resolve::day)
        })
    }

    /// Reads a night or list of two weekdays in a row: "Saturday/Sunday", "Saturday and Sunday".
    fn weekday_pair(self, first: i8, next: usize) -> Option<Point> {
        let at = self.skip(next);
        let sign = self.is_sign(at, &['/', '-', '\u{2013}']);
        let second = if sign {
            self.skip(at + 1)
        } else if let Some(next) = self.link(at, DateLink::Into) {
            self.skip(next)
        } else {
            self.after_waw(at).unwrap_or(at)
        };
        let found = self.word_if(second, |word| word == DateWord::Weekday(first % 7 + 1))?;
        let (qualifier, next) = self.qualifier(found.next);
        self.relative(Manner::Other, next, |published| {
            let last = resolve::weekday(published, first % 7 + 1, qualifier)?;
            Some(resolve::days(resolve::shift(last, -1)?, last))
        })
    }

    /// Reads the date behind a weekday or "today", perhaps in parentheses.
    pub(super) fn date_beside(self, next: usize) -> Option<Point> {
        let mut at = self.skip(next);
        let parenthesis = self.is_sign(at, &['(']);
        if parenthesis || self.is_sign(at, &['\u{60C}', ',', '-']) {
            at = self.skip(at + 1);
        }
        if let Some(of) = self.link(at, DateLink::Of) {
            at = self.skip(of);
        }
        let mut date = self
            .short_date(at)
            .or_else(|| self.numeric_date(at))
            .or_else(|| self.day_of_month(at))
            .or_else(|| self.month_first(at))?;
        date.next = self.behind_parenthesis(date.next, parenthesis);
        (date.day().is_some() || date.note.is_some()).then_some(date)
    }

    /// Returns the token behind a closing parenthesis if one was opened.
    pub(super) fn behind_parenthesis(self, next: usize, open: bool) -> usize {
        let end = self.skip(next);
        if open && self.is_sign(end, &[')']) { end + 1 } else { next }
    }

    /// Reads on behind a day counted from today; a weekday beside it weighs more.
    pub(super) fn offset(self, at: usize, days: i8, next: usize) -> Option<Point> {
        if days >= 0 && !self.is_today(at, next) || self.is_before_event(at, next) {
            return None;
        }
        let base = self.published.and_then(|published| resolve::shift(published, days.into()));
        let mut beside = self.skip(next);
        let parenthesis = self.is_sign(beside, &['(']);
        if parenthesis || self.is_sign(beside, &['\u{60C}']) {
            beside = self.skip(beside + 1);
        }
        if let Some(found) = self.word_if(beside, |word| matches!(word, DateWord::Weekday(_)))
            && let DateWord::Weekday(weekday) = *found.value
        {
            let mut point = self.weekday(weekday, found.next)?;
            point.next = self.behind_parenthesis(point.next, parenthesis);
            let (Manner::Weekday, Some(base)) = (point.manner, base) else { return Some(point) };
            let date = resolve::weekday_beside(base, weekday)?;
            let note = (date != base).then_some(Note::Weekday(date));
            return Some(Point { dates: Some(resolve::day(date)), note, ..point });
        }
        if let Some(date) = self.date_beside(next).filter(|date| date.day().is_some()) {
            return Some(date);
        }
        self.relative(Manner::Counted, next, |_| base.map(resolve::day))
    }

    /// Tells whether "shortly before" goes on to what it was before.
    fn is_before_event(self, at: usize, next: usize) -> bool {
        self.word_if(at, |word| word == DateWord::Before).is_some()
            && self.link(self.skip(next), DateLink::Of).is_some()
    }

    /// Tells whether "the day" or "tomorrow" at token `at` counts from publication.
    fn is_today(self, at: usize, next: usize) -> bool {
        let next = self.skip(next);
        let not_before = |link| matches!(link, DateLink::NotAfter | DateLink::Until);
        self.link(next, DateLink::NotToday).is_none() && self.link_before(at, not_before).is_none()
    }

    fn bare_month(self, at: usize, bare: bool) -> Option<Point> {
        let month = self.month(at)?;
        let before = |link| matches!(link, DateLink::In | DateLink::Until | DateLink::Between);
        (bare || month.marked || self.link_before(at, before).is_some())
            .then(|| self.resolve_month(month))?
    }

    /// Reads a qualifier behind token `next`, and returns the token behind it.
    pub(super) fn qualifier(self, next: usize) -> (Option<Qualifier>, usize) {
        let at = self.skip(next);
        let found = self.calendars.links.find(self.tokens, at, |link| {
            matches!(link, DateLink::BeforeLast | DateLink::Last | DateLink::This | DateLink::Next)
        });
        match found.map(|found| (*found.value, found.next)) {
            Some((DateLink::BeforeLast, next)) => (Some(Qualifier::BeforeLast), next),
            Some((DateLink::Last, next)) => (Some(Qualifier::Last), next),
            Some((DateLink::This, next)) => (Some(Qualifier::This), next),
            Some((DateLink::Next, next)) => (Some(Qualifier::Next), next),
            _ => (None, next),
        }
    }

    /// Tells whether the word before a date makes it part of a name.
    pub(super) fn is_part_of_name(self, at: usize, point: Point) -> bool {
        let dated = |link| matches!(link, DateLink::DatedName);
        let any = |link| matches!(link, DateLink::DatedName | DateLink::Name);
        let at = self.before(at).filter(|&before| self.is_article(before)).unwrap_or(at);
        match point.manner {
            Manner::Yearless => self.link_before(at, any).is_some(),
            Manner::Full => self.link_before(at, dated).is_some(),
            Manner::Weekday => self.link_before(at, |link| link == DateLink::Name).is_some(),
            _ => false,
        }
    }
}

/// Returns the ten years from `first` on.
fn decade(first: i16, next: usize) -> Point {
    Point::new((EdtfDate::Year(first), EdtfDate::Year(first + 9)), Manner::Other, next)
}
