//! Rules for the claims of `tests/gold`.

use super::tree::File;
use super::{Faults, Tree};
use serde::Deserialize;
use sijill::model::ClaimType;
use std::collections::BTreeSet;

/// What is checked of a gold claim; the rest is checked where it is scored.
#[derive(Deserialize)]
struct Row {
    document: String,
    n: usize,
    start: usize,
    end: usize,
    exact: String,
    kinds: Vec<String>,
}

pub(super) fn check(tree: &Tree, faults: &mut Faults) {
    let types: BTreeSet<String> = ClaimType::ALL.iter().map(ToString::to_string).collect();
    for file in tree.below("tests/gold/").filter(|file| file.is("jsonl")) {
        let Some(report) = report(tree, file) else {
            faults.add("gold", &file.path, "no report bears this name");
            continue;
        };
        let text: Vec<char> = report.text.chars().collect();
        for (number, line) in file.lines().filter(|(_, line)| !line.is_empty()) {
            let wrong = match serde_json::from_str::<Row>(line) {
                Ok(row) => wrong(&row, number, &report.path, &text, &types),
                Err(error) => Some(error.to_string()),
            };
            if let Some(wrong) = wrong {
                faults.add("gold", &format!("{}:{number}", file.path), wrong);
            }
        }
    }
}

/// Finds the report of a file of claims: among those of other wars, or among the samples.
fn report<'a>(tree: &'a Tree, file: &File) -> Option<&'a File> {
    let (folder, name) = file.path.rsplit_once('/')?;
    let reports = if folder == "tests/gold/claims" { "tests/gold/reports" } else { "samples" };
    tree.get(&format!("{reports}/{}", name.replace(".jsonl", ".txt")))
}

fn wrong(
    row: &Row,
    number: usize,
    report: &str,
    text: &[char],
    types: &BTreeSet<String>,
) -> Option<String> {
    let quoted: Option<String> = text.get(row.start..row.end).map(|slice| slice.iter().collect());
    if !report.ends_with(&format!("/{}", row.document)) {
        return Some(format!("the claim names the document '{}'", row.document));
    }
    if row.n + 1 != number {
        return Some(format!("the claim bears the number {}", row.n));
    }
    if quoted.as_ref() != Some(&row.exact) {
        return Some(format!("'{}' does not stand at {}..{}", row.exact, row.start, row.end));
    }
    let unknown = row.kinds.iter().find(|kind| !types.contains(*kind))?;
    Some(format!("'{unknown}' is no type of claim"))
}
