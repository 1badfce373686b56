//! Rules for the tables of `data/`.

use super::{Faults, Tree};
use crate::eval::knowledge;
use anyhow::Context as _;
use sijill::model::ClaimType;
use std::collections::BTreeSet;
use toml::Table;

pub(super) fn check(tree: &Tree, faults: &mut Faults) -> anyhow::Result<()> {
    for file in tree.below("data/").filter(|file| file.is("tsv")) {
        check_source(&file.path, &file.text, faults);
    }
    for file in tree.below("data/frames/").filter(|file| file.is("toml")) {
        let frame: Table = file.text.parse().with_context(|| file.path.clone())?;
        check_frame(&file.path, &frame, faults);
    }
    check_types(faults)
}

/// Each row says where it is from.
fn check_source(path: &str, text: &str, faults: &mut Faults) {
    let mut lines = (1..).zip(text.lines());
    let Some((_, header)) = lines.next() else { return };
    let columns: Vec<&str> = header.split('\t').collect();
    let Some(source) = columns.iter().position(|&column| column == "source") else {
        faults.add("source", path, "the table has no column 'source'");
        return;
    };
    for (number, line) in lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let place = format!("{path}:{number}");
        if columns.len() != cells.len() {
            let message = format!("{} cells in {} columns", cells.len(), columns.len());
            faults.add("source", &place, message);
        } else if cells[source].trim().is_empty() {
            faults.add("source", &place, "the row does not say where it is from");
        }
    }
}

/// A frame file is named after its type and shows what it reads and what it must not read.
fn check_frame(path: &str, frame: &Table, faults: &mut Faults) {
    let named = path.trim_start_matches("data/frames/").trim_end_matches(".toml");
    if frame.get("type").and_then(|value| value.as_str()) != Some(named) {
        faults.add("frames", path, format!("the type must be '{named}', as the file is named"));
    }
    let examples = frame.get("example").and_then(|value| value.as_array());
    let has = |key: &str| {
        let mut examples = examples.into_iter().flatten();
        examples.any(|example| {
            example.get(key).and_then(|v| v.as_array()).is_some_and(|a| !a.is_empty())
        })
    };
    if !has("claims") || !has("not") {
        faults.add(
            "frames",
            path,
            "give an example of what it reads and one of what it must not read",
        );
    }
}

fn check_types(faults: &mut Faults) -> anyhow::Result<()> {
    let knowledge = knowledge()?;
    let told: BTreeSet<ClaimType> = knowledge.frames.iter().map(|rule| rule.claim_type).collect();
    for claim_type in ClaimType::ALL.iter().filter(|claim_type| !told.contains(claim_type)) {
        let path = format!("data/frames/{claim_type}.toml");
        faults.add("frames", &path, format!("no frame reads '{claim_type}'"));
    }
    Ok(())
}
