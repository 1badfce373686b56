//! `confidence.tsv`: the weights as the program reads them.

use super::meanings::MEANINGS;
use super::model::Model;
use sijill::Tables;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The path below `data/`.
pub(super) const NAME: &str = "confidence.tsv";

const HEADER: &str = "feature\tweight\tmeaning\tsource\n";

/// A rule whose weight is smaller keeps the confidence that its author gave it.
const LEAST_RULE_WEIGHT: f64 = 0.05;

/// Returns the meaning of each row of the built-in table.
pub(super) fn current() -> BTreeMap<String, String> {
    let tables = Tables::embedded();
    let found = tables.iter().find(|(path, _)| path.path == NAME);
    let lines = found.map_or("", |(_, text)| text).lines().skip(1);
    let rows = lines.filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    rows.map(|row| {
        let mut cells = row.split('\t').map(|cell| cell.trim().to_owned());
        let name = cells.next().unwrap_or_default();
        (name, cells.nth(1).unwrap_or_default())
    })
    .collect()
}

/// Makes a table that takes back the built-in one: a user's rows win, but take none away.
///
/// Every feature that has a meaning here stands in it, so that one that is gone is reported.
pub(super) fn blank(current: &BTreeMap<String, String>) -> String {
    let mut table = HEADER.to_owned();
    let known = MEANINGS.iter().map(|(name, _)| *name);
    for name in current.keys().map(String::as_str).chain(known) {
        _ = writeln!(table, "{name}\t0\t\t");
    }
    table
}

/// Adds the rows of a table to those of another; the later ones win.
pub(super) fn over(table: &str, rows: &str) -> String {
    format!("{table}{}", rows.strip_prefix(HEADER).unwrap_or(rows))
}

/// Writes the weights as a table: features, then rules, each in order.
pub(super) fn render(model: &Model, current: &BTreeMap<String, String>, source: &str) -> String {
    let mut features: BTreeMap<&str, f64> = MEANINGS.iter().map(|(name, _)| (*name, 0.0)).collect();
    features.extend(model.features.iter().map(|(&name, &weight)| (name, weight)));
    let mut table = HEADER.to_owned();
    for (name, weight) in features {
        let own = || MEANINGS.iter().find(|(known, _)| *known == name).map(|(_, meaning)| *meaning);
        let meaning = meaning(current, name).or_else(own).unwrap_or_default();
        _ = writeln!(table, "{name}\t{}\t{meaning}\t{source}", number(weight));
    }
    for (id, &weight) in model.rules.iter().filter(|(_, w)| LEAST_RULE_WEIGHT <= w.abs()) {
        let name = format!("rule:{id}");
        let meaning = meaning(current, &name).unwrap_or("this rule");
        _ = writeln!(table, "{name}\t{}\t{meaning}\t{source}", number(weight));
    }
    table
}

fn meaning<'a>(current: &'a BTreeMap<String, String>, name: &str) -> Option<&'a str> {
    current.get(name).map(String::as_str).filter(|meaning| !meaning.is_empty())
}

/// Writes a weight with two decimals; nothing is never negative.
fn number(weight: f64) -> String {
    let number = format!("{weight:.2}");
    if number == "-0.00" { "0.00".to_owned() } else { number }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_what_the_program_reads() {
        let model = Model {
            features: BTreeMap::from([("alone", -2.857), ("agent", -0.001)]),
            rules: BTreeMap::from([("event.a.b".to_owned(), 0.04), ("event.a.c".to_owned(), 0.05)]),
        };
        let current = BTreeMap::from([("agent".to_owned(), "as it was".to_owned())]);
        let table = render(&model, &current, "a fit");
        assert!(table.contains("\nagent\t0.00\tas it was\ta fit\n"));
        assert!(table.contains("\nalone\t-2.86\t"));
        assert!(table.contains("\nrule:event.a.c\t0.05\tthis rule\ta fit\n"));
        assert!(!table.contains("event.a.b"));
        assert!(crate::calibrate::knowledge(&over(&blank(&self::current()), &table)).is_ok());
    }
}
