//! The words of dates: months of every system, weekdays, units, and the words around them.

use crate::tables::{TableError, TablePath};
use crate::tsv::{self, Row};
use sijill_text::phrases::{self, Attach, Phrases};

/// A word or phrase that a date can begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateWord {
    /// A month of the Gregorian calendar, 1 to 12.
    Month(i8),
    /// A month of the Hijri calendar, 1 to 12.
    Hijri(i8),
    /// A month in English, 1 to 12, before its day and year.
    StampMonth(i8),
    /// A weekday, 1 for Monday to 7 for Sunday.
    Weekday(i8),
    /// A day counted from today.
    Offset(i8),
    /// A unit of time with the number its form says: 1, 2 or (plural) unsaid.
    Unit(TimeUnit, Option<u8>),
    /// A part of a month or year.
    Phase(Phase),
    /// A season, 1 for spring to 4 for winter.
    Season(i8),
    /// "Since".
    Since,
    /// "Before", "ago".
    Before,
    /// "After".
    After,
    /// "The last", before a duration.
    Latest,
}

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeUnit {
    /// Sixty seconds.
    Minute,
    /// Sixty minutes.
    Hour,
    /// A day.
    Day,
    /// Seven days.
    Week,
    /// A month of the calendar.
    Month,
    /// A year of the calendar.
    Year,
}

/// A part of a month or year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// The beginning.
    Start,
    /// The middle.
    Middle,
    /// The end.
    End,
    /// A half of a year, 1 or 2.
    Half(i8),
    /// A quarter of a year, 1 to 4.
    Quarter(i8),
}

/// What a word beside a date does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateLink {
    /// "Last".
    Last,
    /// "Current".
    This,
    /// "Next".
    Next,
    /// "Few", of hours.
    Few,
    /// "This", before a unit.
    Demonstrative,
    /// "Of", between a day and its month.
    Of,
    /// A preposition that a bare month or year may follow.
    In,
    /// "Until".
    Until,
    /// "Between".
    Between,
    /// "Now".
    Now,
    /// A part of the day.
    Part,
    /// A word after which "today" is not the day of publication.
    NotAfter,
    /// A word before which "today" is "the day".
    NotToday,
    /// A noun after which the word for "year" means "general".
    Title,
    /// A word before names that look like dates.
    Name,
    /// A word before names made of a day and a month.
    DatedName,
    /// A word beside the day that a text prints as its own.
    Stamp,
    /// A word that says that a report tells of its own day.
    Urgent,
}

/// The words of dates, found by every form they are written in.
#[derive(Clone, Debug, Default)]
pub struct Calendars {
    /// What a date can begin with.
    pub words: Phrases<DateWord>,
    /// What stands around a date.
    pub links: Phrases<DateLink>,
}

impl Calendars {
    /// Reads the tables of `calendars/`, given as path and content; reports every fault.
    pub fn parse(files: &[(&str, &str)]) -> Result<Self, Vec<TableError>> {
        let (mut words, mut links, mut errors) = (Vec::new(), Vec::new(), Vec::new());
        for &(path, content) in files {
            let table = TablePath { path, user: false };
            let columns = ["words", "role", "value", "attach", "source"];
            for row in tsv::rows(table, content, columns, &mut errors) {
                match read(&row) {
                    Ok(Read::Word(word)) => words.push(word),
                    Ok(Read::Link(link)) => links.push(link),
                    Err(message) => errors.push(row.error(message)),
                }
            }
        }
        if errors.is_empty() {
            Ok(Self { words: Phrases::build(words), links: Phrases::build(links) })
        } else {
            Err(errors)
        }
    }
}

enum Read {
    Word(phrases::Row<DateWord>),
    Link(phrases::Row<DateLink>),
}

fn read(row: &Row<'_, 5>) -> Result<Read, String> {
    let [words, role, value, attach, source] = row.cells;
    if source.is_empty() {
        return Err("the source is missing".to_owned());
    }
    let attach = Attach::parse(attach)?;
    if let Some(link) = link(role, value) {
        return phrases::Row::new(words, attach, link).map(Read::Link);
    }
    let word = word(role, value)?;
    phrases::Row::new(words, attach, word).map(Read::Word)
}

fn link(role: &str, value: &str) -> Option<DateLink> {
    Some(match (role, value) {
        ("last", "") => DateLink::Last,
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
        "hijri" => DateWord::Hijri(number(1, 12)?),
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
    let unit = match name {
        "minute" => TimeUnit::Minute,
        "hour" => TimeUnit::Hour,
        "day" => TimeUnit::Day,
        "week" => TimeUnit::Week,
        "month" => TimeUnit::Month,
        "year" => TimeUnit::Year,
        _ => return None,
    };
    Some(DateWord::Unit(unit, number))
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

#[cfg(test)]
mod tests {
    use super::*;
    use sijill_text::Tokens;

    const FILES: [(&str, &str); 4] = [
        ("calendars/months.tsv", include_str!("../../../data/calendars/months.tsv")),
        ("calendars/weekdays.tsv", include_str!("../../../data/calendars/weekdays.tsv")),
        ("calendars/words.tsv", include_str!("../../../data/calendars/words.tsv")),
        ("calendars/links.tsv", include_str!("../../../data/calendars/links.tsv")),
    ];

    /// Every row finds itself: no phrase is hidden by another, and each month and weekday is named.
    #[test]
    fn every_row_is_found() {
        let calendars = Calendars::parse(&FILES).expect("valid tables");
        let mut seen = [[false; 13]; 2];
        for (path, content) in FILES {
            for line in content.lines().skip(1).filter(|line| !line.starts_with('#')) {
                let (words, role) = line.split_once('\t').expect("two columns");
                let tokens = Tokens::new(words);
                let word = calendars.words.find(&tokens, 0, |_| true);
                let link = calendars.links.find(&tokens, 0, |_| true);
                assert!(
                    word.is_some_and(|w| w.next == tokens.all.len())
                        || link.is_some_and(|l| l.next == tokens.all.len()),
                    "{path}: {words} {role}"
                );
                match word.map(|word| *word.value) {
                    Some(DateWord::Month(n)) => seen[0][n as usize] = true,
                    Some(DateWord::Weekday(n)) => seen[1][n as usize] = true,
                    _ => {}
                }
            }
        }
        assert!(seen[0][1..].iter().all(|&seen| seen));
        assert!(seen[1][1..8].iter().all(|&seen| seen));
    }

    #[test]
    fn faults_name_file_and_line() {
        let table = "words\trole\tvalue\tattach\tsource\n\u{622}\u{628}\tmonth\t13\t\town\n";
        let faults = Calendars::parse(&[("calendars/x.tsv", table)]).expect_err("a wrong month");
        let message = faults[0].to_string();
        assert!(message.starts_with("calendars/x.tsv:2:") && message.contains("'13'"), "{message}");
    }
}
