//! Loading, checking and showing the knowledge tables.

use crate::args::{self, Color};
use crate::style::{FAINT, HEADING, Paint};
use crate::{Outcome, gazetteer};
use anyhow::{Context as _, bail};
use sijill::{Knowledge, TableError, Tables};
use sijill_io::write::isolate;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Builds the knowledge from the built-in tables and what the user adds.
pub(crate) fn load(args: &args::Knowledge) -> anyhow::Result<Knowledge> {
    let directory = args.directory.as_deref();
    let mut tables = tables(directory)?;
    if let Some(file) = &args.gazetteer {
        tables.overlay(gazetteer::TABLE, gazetteer::read(file)?);
    }
    Knowledge::build(&tables).map_err(|faults| {
        let faults: Vec<String> = faults.iter().map(|fault| describe(fault, directory)).collect();
        anyhow::Error::msg(faults.join("\n"))
    })
}

/// Validates the tables and tells every fault.
pub(crate) fn check(directory: Option<&Path>) -> anyhow::Result<Outcome> {
    let tables = tables(directory)?;
    let mut out = io::stdout().lock();
    match Knowledge::build(&tables) {
        Ok(knowledge) => {
            writeln!(out, "{} tables are sound", tables.iter().count())?;
            writeln!(out, "hash {}", knowledge.hash())?;
            Ok(Outcome::Done)
        }
        Err(faults) => {
            let mut err = io::stderr().lock();
            for fault in &faults {
                writeln!(err, "error: {}", describe(fault, directory))?;
            }
            writeln!(out, "{} in {} tables", count(faults.len()), tables.iter().count())?;
            Ok(Outcome::SomeFailed)
        }
    }
}

/// Shows what the tables know of a name or id.
pub(crate) fn show(name: &str, args: &args::Knowledge, color: Color) -> anyhow::Result<Outcome> {
    let knowledge = load(args)?;
    let entries = knowledge.lookup(name);
    if entries.is_empty() {
        writeln!(io::stderr().lock(), "error: the tables do not know {}", isolate(name))?;
        writeln!(io::stderr().lock(), "  hint: add it to a table of your own, see --knowledge")?;
        return Ok(Outcome::SomeFailed);
    }
    let mut out = io::stdout().lock();
    let paint = Paint::new(color, &out);
    for entry in &entries {
        writeln!(out, "{} {}", paint.paint(HEADING, &entry.id), paint.paint(FAINT, entry.table))?;
        let names: Vec<_> = entry.names.iter().map(|name| isolate(name)).collect();
        field(&mut out, paint, "names", &names.join(", "))?;
        for (label, value) in &entry.details {
            field(&mut out, paint, label, &isolate(value))?;
        }
    }
    Ok(Outcome::Done)
}

fn field(out: &mut impl Write, paint: Paint, label: &str, value: &str) -> io::Result<()> {
    writeln!(out, "  {} {value}", paint.paint(FAINT, format!("{label:12}")))
}

fn tables(directory: Option<&Path>) -> anyhow::Result<Tables> {
    let mut tables = Tables::embedded();
    if let Some(directory) = directory {
        let mut paths = Vec::new();
        list(directory, &mut paths)?;
        if paths.is_empty() {
            bail!("'{}' holds no .tsv or .toml table", directory.display());
        }
        for path in paths {
            let content = fs::read_to_string(&path)
                .with_context(|| format!("{}: cannot be read as UTF-8", path.display()))?;
            let relative = path.strip_prefix(directory).unwrap_or(&path);
            let parts: Vec<_> = relative.iter().map(|part| part.to_string_lossy()).collect();
            tables.overlay(&parts.join("/"), content);
        }
    }
    Ok(tables)
}

/// Lists the tables below `directory` in the order of their names.
fn list(directory: &Path, paths: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    let place = || format!("{}: cannot be read", directory.display());
    let entries = fs::read_dir(directory).with_context(place)?;
    let mut entries = entries.collect::<Result<Vec<_>, _>>().with_context(place)?;
    entries.sort_unstable_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        if entry.file_name().as_encoded_bytes().starts_with(b".") {
            continue;
        }
        if entry.file_type().with_context(place)?.is_dir() {
            list(&path, paths)?;
        } else if path.extension().is_some_and(|e| e == "tsv" || e == "toml") {
            paths.push(path);
        }
    }
    Ok(())
}

/// `file:line: message` with the path as the user knows it, and the hint on a line of its own.
fn describe(fault: &TableError, directory: Option<&Path>) -> String {
    let file = match (fault.file.strip_prefix("user/"), directory) {
        (Some(relative), Some(directory)) => directory.join(relative).display().to_string(),
        _ => format!("data/{}", fault.file),
    };
    let hint = fault.hint.as_ref().map(|hint| format!("\n  hint: {hint}")).unwrap_or_default();
    format!("{file}:{}: {}{hint}", fault.line, fault.message)
}

fn count(faults: usize) -> String {
    if faults == 1 { "1 fault".to_owned() } else { format!("{faults} faults") }
}
