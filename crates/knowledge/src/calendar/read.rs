//! Rows of the calendar tables.

use super::{DateLink, DateWord, Feast, Phase, TimeUnit};
use crate::tsv::Row;
use sijill_model::Date;
use sijill_text::phrases::{self, Attach};

pub(super) enum Read {
    Word(phrases::Row<DateWord>),
    Link(phrases::Row<DateLink>),
    /// A part of the night: a link, and what tells of the night.
    Night(phrases::Row<DateLink>, phrases::Row<()>),
    Day(Date),
}

pub(super) fn read(row: &Row<'_, 5>) -> Result<Read, String> {
    let [words, role, value, attach, source] = row.cells;
    if source.is_empty() {
        return Err("the source is missing".to_owned());
    }
    let attach = Attach::parse(attach)?;
    if role == "remembered" {
        return value.parse().map(Read::Day).map_err(|_| format!("'{value}' is no day"));
    }
    if (role, value) == ("part", "night") {
        let link = phrases::Row::new(words, attach, DateLink::Part)?;
        return phrases::Row::new(words, attach, ()).map(|night| Read::Night(link, night));
    }
    if let Some(link) = link(role, value) {
        return phrases::Row::new(words, attach, link).map(Read::Link);
    }
    let word = word(role, value)?;
    phrases::Row::new(words, attach, word).map(Read::Word)
}

fn link(role: &str, value: &str) -> Option<DateLink> {
    Some(match (role, value) {
        ("last", "") => DateLink::Last,
        ("last", "before") => DateLink::BeforeLast,
        ("this", "") => DateLink::This,
        ("next", "") => DateLink::Next,
        ("few", "") => DateLink::Few,
        ("demonstrative", "") => DateLink::Demonstrative,
        ("of", "") => DateLink::Of,
        ("in", "") => DateLink::In,
        ("until", "") => DateLink::Until,
        ("between", "") => DateLink::Between,
        ("now", "") => DateLink::Now,
        ("part", "") => DateLink::Part,
        ("not_after", "") => DateLink::NotAfter,
        ("not_today", "") => DateLink::NotToday,
        ("title", "") => DateLink::Title,
        ("name", "") => DateLink::Name,
        ("name", "month") => DateLink::DatedName,
        ("about", "") => DateLink::About,
        ("about", "behind") => DateLink::AboutBehind,
        ("perhaps", "") => DateLink::Perhaps,
        ("in_a_row", "") => DateLink::InARow,
        ("hijri_era", "") => DateLink::HijriEra,
        ("feast_in", "") => DateLink::FeastIn,
        ("feast_day", day) => DateLink::FeastDay(day.parse().ok().filter(|n| (0..10).contains(n))?),
        ("anniversary", "") => DateLink::Anniversary,
        ("other_time", "") => DateLink::OtherTime,
        ("background", "") => DateLink::Background,
        ("elsewhere", "") => DateLink::Elsewhere,
        ("into", "") => DateLink::Into,
        ("stamp", "") => DateLink::Stamp,
        ("urgent", "") => DateLink::Urgent,
        _ => return None,
    })
}

fn word(role: &str, value: &str) -> Result<DateWord, String> {
    let number = |least: i8, most: i8| {
        let number = value.parse().ok().filter(|n| (least..=most).contains(n));
        number.ok_or_else(|| format!("'{value}' is no whole number from {least} to {most}"))
    };
    Ok(match role {
        "month" => DateWord::Month(number(1, 12)?),
        "stamp_month" => DateWord::StampMonth(number(1, 12)?),
        "hijri" => hijri(value).ok_or_else(|| format!("'{value}' is no Hijri month"))?,
        "feast" => feast(value).ok_or_else(|| format!("'{value}' is no feast"))?,
        "decade" => DateWord::Decade(decade(value).ok_or_else(|| format!("no decade '{value}'"))?),
        "heard" if value == "period" => DateWord::HeardPeriod,
        "heard" => counted(value, DateWord::Heard)?,
        "running" => counted(value, |unit, _| DateWord::Running(unit))?,
        "within" => DateWord::Within,
        "weekday" => DateWord::Weekday(number(1, 7)?),
        "offset" => DateWord::Offset(number(-9, 9)?),
        "season" => DateWord::Season(number(1, 4)?),
        "unit" => unit(value).ok_or_else(|| format!("'{value}' is no unit of time"))?,
        "phase" => DateWord::Phase(phase(value).ok_or_else(|| format!("no phase '{value}'"))?),
        "since" => DateWord::Since,
        "before" => DateWord::Before,
        "after" => DateWord::After,
        "latest" => DateWord::Latest,
        _ => return Err(format!("no role is called '{role}' with the value '{value}'")),
    })
}

fn unit(value: &str) -> Option<DateWord> {
    let (name, number) = match value.split_once(' ') {
        Some((name, number)) => (name, Some(number.parse().ok()?)),
        None => (value, None),
    };
    Some(DateWord::Unit(unit_name(name)?, number))
}

fn unit_name(name: &str) -> Option<TimeUnit> {
    Some(match name {
        "minute" => TimeUnit::Minute,
        "hour" => TimeUnit::Hour,
        "day" => TimeUnit::Day,
        "week" => TimeUnit::Week,
        "month" => TimeUnit::Month,
        "year" => TimeUnit::Year,
        "decade" => TimeUnit::Decade,
        _ => return None,
    })
}

/// Reads a unit and how many of it, such as `day -1`.
fn counted(value: &str, make: impl Fn(TimeUnit, i8) -> DateWord) -> Result<DateWord, String> {
    let parts = value.split_once(' ');
    let read = parts.and_then(|(unit, n)| Some(make(unit_name(unit)?, n.parse().ok()?)));
    read.ok_or_else(|| format!("'{value}' is no unit and number"))
}

/// Reads a Hijri month; `bare` if its name alone means the month.
fn hijri(value: &str) -> Option<DateWord> {
    let (number, bare) = match value.strip_suffix(" bare") {
        Some(number) => (number, true),
        None => (value, false),
    };
    let month = number.parse().ok().filter(|n| (1..=12).contains(n))?;
    Some(DateWord::Hijri(month, bare))
}

/// Reads the first day of a feast and its length in days: `hijri 10-01 3`.
fn feast(value: &str) -> Option<DateWord> {
    let mut parts = value.split(' ');
    let hijri = match parts.next()? {
        "hijri" => true,
        "gregorian" => false,
        _ => return None,
    };
    let (month, day) = parts.next()?.split_once('-')?;
    let (month, day) = (month.parse().ok()?, day.parse().ok()?);
    let days = parts.next()?.parse().ok()?;
    let fits = (1..=12).contains(&month) && (1..=31).contains(&day) && (1..=10).contains(&days);
    fits.then_some(DateWord::Feast(Feast { hijri, month, day, days }))
}

fn decade(value: &str) -> Option<i16> {
    value.parse().ok().filter(|year| (1900..2100).contains(year) && year % 10 == 0)
}

fn phase(value: &str) -> Option<Phase> {
    let part = |from: usize| value.get(from..).and_then(|n| n.parse().ok());
    Some(match value {
        "start" => Phase::Start,
        "middle" => Phase::Middle,
        "end" => Phase::End,
        "h1" | "h2" => Phase::Half(part(1)?),
        "q1" | "q2" | "q3" | "q4" => Phase::Quarter(part(1)?),
        _ => return None,
    })
}
