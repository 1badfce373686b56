//! The words of dates: months of every system, weekdays, units, and the words around them.

mod read;

use crate::tables::{TableError, TablePath};
use crate::tsv;
use read::{Read, read};
use sijill_model::Date;
use sijill_text::phrases::Phrases;

/// A word or phrase that a date can begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateWord {
    /// A month of the Gregorian calendar, 1 to 12.
    Month(i8),
    /// A month of the Hijri calendar, 1 to 12, and whether its name alone means the month.
    Hijri(i8, bool),
    /// A feast or another day of each year.
    Feast(Feast),
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
    /// The ten years from this one on.
    Decade(i16),
    /// A day, month or year counted from the one told last: "the same month", "the next day".
    Heard(TimeUnit, i8),
    /// "The same period".
    HeardPeriod,
    /// Before the number of days or weeks in a row up to now.
    Running(TimeUnit),
    /// "Within", before a duration.
    Within,
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
    /// Ten years.
    Decade,
}

/// A feast or another named day of each year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Feast {
    /// It moves with the Hijri calendar.
    pub hijri: bool,
    /// Its month, 1 to 12.
    pub month: i8,
    /// Its first day.
    pub day: i8,
    /// How many days it lasts.
    pub days: i8,
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
    /// "Before last".
    BeforeLast,
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
    /// "About".
    About,
    /// "About", behind the date.
    AboutBehind,
    /// "Perhaps".
    Perhaps,
    /// "Running": so many days in a row.
    InARow,
    /// Marks a year of the Hijri calendar.
    HijriEra,
    /// A preposition that makes a feast the time of something.
    FeastIn,
    /// Before a feast: which of its days, 0 for its eve.
    FeastDay(i8),
    /// What comes round each year.
    Anniversary,
    /// "On the night of Thursday to Friday".
    Into,
    /// What follows is before or after what the sentence tells: "after", "since".
    OtherTime,
    /// A sentence that begins so looks back.
    Background,
    /// A sentence that begins so turns to another happening.
    Elsewhere,
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
    /// Those parts of the day that belong to the night, which is of two days.
    pub nights: Phrases<()>,
    /// Days that are told without their year long after it.
    pub remembered: Vec<Date>,
}

impl Calendars {
    /// Reads the tables of `calendars/`, given as path and content; reports every fault.
    pub fn parse(files: &[(&str, &str)]) -> Result<Self, Vec<TableError>> {
        let (mut words, mut links, mut remembered) = (Vec::new(), Vec::new(), Vec::new());
        let mut nights = Vec::new();
        let mut errors = Vec::new();
        for &(path, content) in files {
            let table = TablePath { path, user: false };
            let columns = ["words", "role", "value", "attach", "source"];
            for row in tsv::rows(table, content, columns, &mut errors) {
                match read(&row) {
                    Ok(Read::Word(word)) => words.push(word),
                    Ok(Read::Link(link)) => links.push(link),
                    Ok(Read::Night(link, night)) => {
                        links.push(link);
                        nights.push(night);
                    }
                    Ok(Read::Day(day)) => remembered.push(day),
                    Err(message) => errors.push(row.error(message)),
                }
            }
        }
        if errors.is_empty() {
            let (words, links) = (Phrases::build(words), Phrases::build(links));
            Ok(Self { words, links, nights: Phrases::build(nights), remembered })
        } else {
            Err(errors)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sijill_text::Tokens;

    const FILES: [(&str, &str); 4] = [
        ("calendars/months.tsv", include_str!("../../../../data/calendars/months.tsv")),
        ("calendars/weekdays.tsv", include_str!("../../../../data/calendars/weekdays.tsv")),
        ("calendars/words.tsv", include_str!("../../../../data/calendars/words.tsv")),
        ("calendars/links.tsv", include_str!("../../../../data/calendars/links.tsv")),
    ];

    /// Every row finds itself: no phrase is hidden by another, and each month and weekday is named.
    #[test]
    fn every_row_is_found() {
        let calendars = Calendars::parse(&FILES).expect("valid tables");
        let mut seen = [[false; 13]; 2];
        for (path, content) in FILES {
            for line in content.lines().skip(1).filter(|line| !line.starts_with('#')) {
                let (words, role) = line.split_once('\t').expect("two columns");
                if role.starts_with("remembered") {
                    continue;
                }
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
