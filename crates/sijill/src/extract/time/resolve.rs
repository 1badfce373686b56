//! Arithmetic from words to dates.

use super::point::Qualifier;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use sijill_knowledge::{Phase, TimeUnit};
use sijill_model::EdtfDate;

/// First and last date, which may be the same.
pub(super) type Dates = (EdtfDate, EdtfDate);

/// A day named without its year may lie this far in the future.
const AHEAD: i32 = 31;

pub(super) fn day(date: Date) -> Dates {
    (EdtfDate::Day(date), EdtfDate::Day(date))
}

pub(super) fn days(from: Date, to: Date) -> Dates {
    (EdtfDate::Day(from), EdtfDate::Day(to))
}

pub(super) fn shift(date: Date, days: i64) -> Option<Date> {
    date.checked_add(days.days()).ok()
}

/// Returns the month `months` away.
pub(super) fn shift_months(date: Date, months: i64) -> Option<EdtfDate> {
    let date = date.first_of_month().checked_add(months.months()).ok()?;
    EdtfDate::month(date.year(), date.month())
}

pub(super) fn shift_years(date: Date, years: i64) -> Option<EdtfDate> {
    let year = i64::from(date.year()) + years;
    (1..=9999).contains(&year).then_some(EdtfDate::Year(year as i16))
}

/// Finds the weekday (1 for Monday) that is meant by one who writes on day `from`.
pub(super) fn weekday(from: Date, weekday: i8, qualifier: Option<Qualifier>) -> Option<Date> {
    let back = i64::from((from.weekday().to_monday_one_offset() - weekday).rem_euclid(7));
    match qualifier {
        Some(Qualifier::BeforeLast) => shift(from, if back == 0 { -14 } else { -back - 7 }),
        Some(Qualifier::Last) if back == 0 => shift(from, -7),
        Some(Qualifier::Next) => shift(from, 7 - back),
        _ => shift(from, -back),
    }
}

/// Finds the weekday that is meant beside a day counted from publication, `base`.
///
/// Pages bear the date on which they were fetched or, in another time zone, the day before: what
/// happened lies at most a day behind `base`.
pub(super) fn weekday_beside(base: Date, weekday: i8) -> Option<Date> {
    let back = i64::from((base.weekday().to_monday_one_offset() - weekday).rem_euclid(7));
    shift(base, if back == 6 { 1 } else { -back })
}

/// Finds the year of a day and month told without one.
pub(super) fn day_without_year(
    from: Date,
    month: i8,
    day: i8,
    qualifier: Option<Qualifier>,
) -> Option<Date> {
    let in_year = |year| Date::new(year, month, day).ok();
    let years = [from.year() + 1, from.year(), from.year() - 1];
    let candidates = years.into_iter().filter_map(in_year);
    match qualifier {
        Some(Qualifier::This) => in_year(from.year()),
        Some(Qualifier::Last) => candidates.filter(|&date| date < from).max(),
        Some(Qualifier::BeforeLast) => None,
        Some(Qualifier::Next) => candidates.filter(|&date| date > from).min(),
        None => {
            let latest = shift(from, AHEAD.into())?;
            candidates.filter(|&date| date <= latest).max()
        }
    }
}

/// Finds the year of a month told without one.
pub(super) fn month_without_year(
    from: Date,
    month: i8,
    qualifier: Option<Qualifier>,
) -> Option<EdtfDate> {
    let year = from.year();
    let ahead = Date::new(year, month, 1).ok()? > shift(from, AHEAD.into())?;
    let year = match qualifier {
        Some(Qualifier::BeforeLast) => return None,
        Some(Qualifier::Last) if month >= from.month() => year - 1,
        Some(Qualifier::Next) if month <= from.month() => year + 1,
        None if ahead => year - 1,
        _ => year,
    };
    EdtfDate::month(year, month)
}

/// Returns the week, month or year that a qualifier names.
pub(super) fn whole_unit(from: Date, unit: TimeUnit, qualifier: Qualifier) -> Option<Dates> {
    let steps = match qualifier {
        Qualifier::BeforeLast => -2,
        Qualifier::Last => -1,
        Qualifier::This => 0,
        Qualifier::Next => 1,
    };
    match unit {
        TimeUnit::Week => {
            let monday = shift(from, -i64::from(from.weekday().since(Weekday::Monday)))?;
            let first = shift(monday, 7 * steps)?;
            Some(days(first, shift(first, 6)?))
        }
        TimeUnit::Month => shift_months(from, steps).map(|month| (month, month)),
        TimeUnit::Year => shift_years(from, steps).map(|year| (year, year)),
        TimeUnit::Decade | TimeUnit::Day | TimeUnit::Hour | TimeUnit::Minute => None,
    }
}

/// More units than this are not counted back.
const FAR: f64 = 10_000.0;

/// Returns the date `number` units before `from`.
pub(super) fn back(from: Date, unit: TimeUnit, number: f64) -> Option<EdtfDate> {
    // No one counts the days of an age: beyond this it is a figure of speech.
    let whole = (0.0..=FAR).contains(&number).then_some(number as i64)?;
    match unit {
        TimeUnit::Minute => Some(EdtfDate::Day(from)),
        TimeUnit::Hour => shift(from, -(whole / 24)).map(EdtfDate::Day),
        TimeUnit::Day => shift(from, -whole).map(EdtfDate::Day),
        TimeUnit::Week => shift(from, -7 * whole).map(EdtfDate::Day),
        TimeUnit::Month => shift_months(from, -whole),
        TimeUnit::Year => shift_years(from, -whole),
        TimeUnit::Decade => shift_years(from, -10 * whole),
    }
}

/// Returns the part of a month or year that a phase names, and whether it is approximate.
pub(super) fn phase(phase: Phase, whole: EdtfDate) -> Option<(Dates, bool)> {
    if let (EdtfDate::Month(..), Phase::Half(half)) = (whole, phase) {
        let (first, last) = (whole.first()?, whole.last()?);
        let middle = shift(first, 14)?;
        let half = if half == 1 { days(first, middle) } else { days(shift(middle, 1)?, last) };
        return Some((half, false));
    }
    let EdtfDate::Year(year) = whole else { return Some(((whole, whole), false)) };
    let month = |month| EdtfDate::month(year, month);
    let (first, last, about) = match phase {
        Phase::Start => (1, 1, true),
        Phase::Middle => (6, 6, true),
        Phase::End => (12, 12, true),
        Phase::Half(n) => (6 * n - 5, 6 * n, false),
        Phase::Quarter(n) => (3 * n - 2, 3 * n, false),
    };
    Some(((month(first)?, month(last)?), about))
}

/// Returns the months of a season; a winter runs into the next year, so it is only its year.
pub(super) fn season(season: i8, year: i16) -> Option<Dates> {
    if season == 4 {
        return Some((EdtfDate::Year(year), EdtfDate::Year(year)));
    }
    let first = 3 * season;
    Some((EdtfDate::month(year, first)?, EdtfDate::month(year, first + 2)?))
}

/// Returns the part that a phase names of a month whose days are known.
pub(super) fn third(phase: Phase, first: Date, last: Date) -> Option<Dates> {
    let (tenth, twentieth) = (shift(first, 9)?, shift(first, 19)?);
    Some(match phase {
        Phase::Start => days(first, tenth),
        Phase::Middle => days(shift(tenth, 1)?, twentieth),
        Phase::End => days(shift(twentieth, 1)?, last),
        Phase::Half(1) => days(first, shift(first, 14)?),
        Phase::Half(_) => days(shift(first, 15)?, last),
        Phase::Quarter(_) => return None,
    })
}

/// Returns the years that a phase names of a decade.
pub(super) fn part_of_decade(phase: Phase, first: i16) -> Option<Dates> {
    let (from, to) = match phase {
        Phase::Start => (0, 3),
        Phase::Middle => (4, 6),
        Phase::End => (7, 9),
        Phase::Half(1) => (0, 4),
        Phase::Half(_) => (5, 9),
        Phase::Quarter(_) => return None,
    };
    Some((EdtfDate::Year(first + from), EdtfDate::Year(first + to)))
}
