//! `cargo xtask bench places`: how many places of a coded data set the gazetteer finds.
//!
//! The yardstick is UCDP GED: each row has the text of its place in Latin letters, the units that
//! contain it and a point. The text is looked up as a person would look it up, near the first unit.

use super::{commit, machine, today};
use crate::process::root;
use anyhow::Context as _;
use sijill::{Hints, Knowledge, Tables};
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::time::Instant;

/// How far the place that is found may lie from the coded point, in kilometres.
const NEAR: f64 = 10.0;

/// The tables of places, and those of the words in their names.
const GAZETTEER: [&str; 3] = ["places", "place_types.tsv", "latin_place_types.tsv"];

/// What can be typed after `bench places`.
#[derive(Debug, clap::Args)]
pub(crate) struct Places {
    /// Events of UCDP GED with the columns where_coordinates, adm_1, latitude and longitude
    #[arg(long, value_name = "FILE")]
    ged: PathBuf,
    /// The country of the events
    #[arg(long, value_name = "CC", default_value = "SY")]
    country: String,
    /// List the places that are not found, or found elsewhere
    #[arg(long)]
    errors: bool,
    /// Add the figures to benches/record/places.md
    #[arg(long)]
    record: bool,
}

/// Runs the command.
pub(crate) fn run(args: &Places) -> anyhow::Result<()> {
    let before = memory();
    let (knowledge, loaded) = ready(&Tables::embedded())?;
    let start = Instant::now();
    knowledge.places_named("", Hints::default());
    let (asked, held) = (start.elapsed().as_millis(), memory() - before);
    println!("tables      ready in {loaded} ms, {held:.0} MB of memory");
    let (_, alone) = ready(&Tables::embedded().only(&GAZETTEER))?;
    println!("gazetteer   ready in {alone} ms, spellings {asked} ms after the first question");
    let mut reader = csv::Reader::from_path(&args.ged)
        .with_context(|| format!("cannot read {}", args.ged.display()))?;
    let mut missed: BTreeMap<String, usize> = BTreeMap::new();
    let (mut rows, mut found) = (0, 0);
    for row in reader.deserialize() {
        let row: BTreeMap<String, String> = row?;
        let cell = |name: &str| row.get(name).map(String::as_str).unwrap_or_default();
        let text = cell("where_coordinates");
        let point: (f64, f64) = (cell("latitude").parse()?, cell("longitude").parse()?);
        rows += 1;
        match distance(&knowledge, text, [cell("adm_1"), cell("adm_2")], &args.country, point) {
            Some(distance) if distance <= NEAR => found += 1,
            Some(distance) => {
                *missed.entry(format!("{text}: found {distance:.0} km away")).or_default() += 1;
            }
            None => *missed.entry(format!("{text}: not found")).or_default() += 1,
        }
    }
    let rate = 100.0 * f64::from(found) / f64::from(rows.max(1));
    println!("places      {found} of {rows} rows within {NEAR} km, {rate:.1} %");
    if args.errors {
        let mut missed: Vec<_> = missed.into_iter().collect();
        missed.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        missed.iter().for_each(|(text, count)| println!("{count:6}  {text}"));
    }
    if args.record {
        record(&format!(
            "{} | {} | {} | {rows} | {rate:.1} | {alone} | {asked} | {loaded} | {held:.0}",
            today(),
            commit()?,
            machine()
        ))?;
    }
    Ok(())
}

/// Reads and indexes tables; returns what they say and how many milliseconds it took.
fn ready(tables: &Tables) -> anyhow::Result<(Knowledge, u128)> {
    let start = Instant::now();
    let knowledge = Knowledge::build(tables);
    let knowledge = knowledge.map_err(|faults| anyhow::anyhow!("{}", faults[0]))?;
    Ok((knowledge, start.elapsed().as_millis()))
}

/// Looks a place up within its units, the larger first; returns how far from the point the likeliest
/// one lies.
fn distance(
    knowledge: &Knowledge,
    text: &str,
    units: [&str; 2],
    country: &str,
    (lat, lon): (f64, f64),
) -> Option<f64> {
    let country = Some(country);
    let mut near = None;
    for unit in units.into_iter().filter(|unit| !unit.is_empty()) {
        let found = knowledge.places_named(unit, Hints { near, country });
        near = found.first().map(|bearer| bearer.id).or(near);
    }
    let bearers = knowledge.places_named(text, Hints { near, country });
    let place = knowledge.gazetteer.get(bearers.first()?.id);
    let (la, lb) = (place.lat.to_radians(), lat.to_radians());
    let h = ((lb - la) / 2.0).sin().powi(2)
        + la.cos() * lb.cos() * ((lon - place.lon).to_radians() / 2.0).sin().powi(2);
    Some(2.0 * 6371.0 * h.sqrt().asin())
}

/// Returns what this process holds, in MB; 0 where the system does not tell.
fn memory() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kilobytes.unwrap_or_default() / 1024.0
}

/// Adds a row to the first table of the record.
fn record(row: &str) -> anyhow::Result<()> {
    let path = root().join("benches/record/places.md");
    let text = fs::read_to_string(&path).context("no record to add to")?;
    let (table, rest) = text.split_once("\n\n## ").context("no table to add to")?;
    fs::write(&path, format!("{table}\n| {row} |\n\n## {rest}"))?;
    println!("recorded in {}", path.display());
    Ok(())
}
