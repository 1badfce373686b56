//! Rules for the documents that people read.

use super::tree::File;
use super::{Faults, Tree};
use crate::eval::knowledge;
use crate::subcommands;
use serde_json::Value;
use sijill::model::{Date, Document};
use sijill::{DEFAULT_CONFIDENCE, Options, extract};
use sijill_io::write;

/// Where the help of the command line is recorded.
const HELP: &str = "crates/cli/tests/snapshots/help.txt";

pub(super) fn check(tree: &Tree, faults: &mut Faults) -> anyhow::Result<()> {
    let xtask = subcommands();
    mention(tree, "CONTRIBUTING.md", "cargo xtask", xtask.iter().map(String::as_str), faults);
    match tree.get(HELP) {
        Some(help) => mention(tree, "README.md", "sijill", commands(&help.text), faults),
        None => faults.add("documents", HELP, "the help of the command line is not recorded"),
    }
    for file in tree.files.iter().filter(|file| file.is("md")) {
        check_links(tree, file, faults);
    }
    check_example(tree, faults)
}

/// Holds the claim that the README shows against the one that is read.
fn check_example(tree: &Tree, faults: &mut Faults) -> anyhow::Result<()> {
    let readme = tree.get("README.md").map_or("", |file| &file.text);
    let block = |name: &str| {
        let (_, rest) = readme.split_once(&format!("```{name}\n"))?;
        rest.split_once("```").map(|(block, _)| block)
    };
    let (Some(text), Some(json)) = (block("text"), block("json")) else {
        faults.add("documents", "README.md", "shows no text and the claim that comes of it");
        return Ok(());
    };
    let published = Some(Date::constant(2016, 2, 20));
    let document = Document { text: text.trim_end().to_owned(), published, ..Document::default() };
    let claims =
        extract(&document, &knowledge()?, &Options { min_confidence: DEFAULT_CONFIDENCE }).claims;
    let mut wire = Vec::new();
    write::claims(&mut wire, &document, &claims);
    let shown: Value = serde_json::from_str(json)?;
    let read: Value = match claims.len() {
        1 => serde_json::from_slice(&wire)?,
        _ => Value::Null,
    };
    for (key, value) in shown.as_object().into_iter().flatten() {
        if read.get(key) != Some(value) {
            let message = format!("the example's '{key}' is now {}", read[key.as_str()]);
            faults.add("documents", "README.md", message);
        }
    }
    Ok(())
}

/// Reports commands that a document does not tell of.
fn mention<'a>(
    tree: &Tree,
    path: &str,
    program: &str,
    commands: impl Iterator<Item = &'a str>,
    faults: &mut Faults,
) {
    let text = tree.get(path).map_or("", |file| &file.text);
    for command in commands.filter(|&command| command != "help") {
        let wanted = format!("{program} {command}");
        if !text.contains(&wanted) {
            faults.add("documents", path, format!("does not mention '{wanted}'"));
        }
    }
}

/// Lists the commands that a help text lists.
fn commands(help: &str) -> impl Iterator<Item = &str> {
    let list = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    list.take_while(|line| !line.is_empty()).filter_map(|line| line.split_whitespace().next())
}

/// Reports links to files that are not there.
fn check_links(tree: &Tree, file: &File, faults: &mut Faults) {
    let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    for (number, line) in file.lines() {
        for link in line.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let target = link.split('#').next().unwrap_or_default();
            if target.is_empty() || target.contains("://") {
                continue;
            }
            let path = resolve(folder, target);
            if !tree.has(&path) {
                let place = format!("{}:{number}", file.path);
                faults.add("documents", &place, format!("'{target}' is not there"));
            }
        }
    }
}

fn resolve<'a>(folder: &'a str, target: &'a str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(target.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}
