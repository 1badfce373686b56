//! Who holds which place as of a day, as it was known on a day.

use serde_json::Value;
use sijill::model::Date;
use std::collections::BTreeMap;

/// The last word of each origin on each place.
pub(super) struct LastWords {
    as_of: Option<String>,
    known_on: Option<String>,
    /// By place and origin: since when, when it was told, and the record.
    words: BTreeMap<(String, String), (String, String, String)>,
}

impl LastWords {
    /// Hears what holds up to the one day and was told up to the other.
    ///
    /// Days are written with the year first, so they compare as text.
    pub(super) fn new(as_of: Option<Date>, known_on: Option<Date>) -> Self {
        let day = |day: Option<Date>| day.map(|day| day.to_string());
        Self { as_of: day(as_of), known_on: day(known_on), words: BTreeMap::new() }
    }

    /// Takes in a state, unless a later one of the same origin is known.
    pub(super) fn hear(&mut self, record: &str) -> anyhow::Result<()> {
        let state: Value = serde_json::from_str(record)?;
        let text = |name: &str| state[name].as_str().unwrap_or_default().to_owned();
        let (since, known) = (text("since"), text("known"));
        let is_later = |day: &str, last: &Option<String>| last.as_deref().is_some_and(|l| l < day);
        // Nobody knows when a state without a day was told, so it is not said to have been known.
        let unknown = known.is_empty() && self.known_on.is_some();
        if is_later(&since, &self.as_of) || is_later(&known, &self.known_on) || unknown {
            return Ok(());
        }
        let heard = self.words.entry((text("place"), text("origin"))).or_default();
        if (&heard.0, &heard.1) <= (&since, &known) {
            *heard = (since, known, record.to_owned());
        }
        Ok(())
    }

    /// Lists the records, by place and origin.
    pub(super) fn records(&self) -> impl Iterator<Item = &str> {
        self.words.values().map(|(_, _, record)| record.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(as_of: &str, known_on: &str) -> Vec<String> {
        let state = |origin: &str, since: &str, known: &str, holder: &str| {
            format!(
                r#"{{"place":"p","origin":"{origin}","since":"{since}","known":"{known}","holder":["{holder}"]}}"#
            )
        };
        let mut words = LastWords::new(as_of.parse().ok(), known_on.parse().ok());
        for record in [
            state("a", "2017-06-01", "2017-06-02", "x"),
            state("a", "2017-08-01", "2017-08-01", "y"),
            state("a", "2017-06-01", "2017-09-01", "z"),
            state("b", "2017-07-01", "2017-07-01", "x"),
        ] {
            words.hear(&record).expect("it is JSON");
        }
        let holder = |record: &str| {
            let record: Value = serde_json::from_str(record).expect("it is JSON");
            format!("{} {}", record["origin"], record["holder"][0]).replace('"', "")
        };
        words.records().map(holder).collect()
    }

    #[test]
    fn a_day_has_the_last_word_of_each_origin_on_it() {
        assert_eq!(heard("2017-06-15", ""), ["a z"]);
        assert_eq!(heard("2017-08-15", ""), ["a y", "b x"]);
        assert_eq!(heard("", ""), ["a y", "b x"]);
    }

    #[test]
    fn what_was_told_later_was_not_known_then() {
        assert_eq!(heard("2017-06-15", "2017-06-30"), ["a x"]);
        assert_eq!(heard("2017-06-15", "2017-06-01"), [""; 0]);
        assert_eq!(heard("2017-07-15", "2017-09-30"), ["a z", "b x"]);
    }
}
