//! The tables as written, and the check of the hand-kept one.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, bail};

use super::names;
use super::place::{Kind, Place};

const HEADER: &str = "id\tnames_ar\tname_en\tlat\tlon\tkind\tparent\tcountry\tpopulation\tsource";

/// Writes one table, sorted by id.
pub(super) fn write(path: &Path, places: &mut [Place]) -> anyhow::Result<()> {
    places.sort_by(|left, right| left.id.cmp(&right.id));
    let mut out = String::from(HEADER);
    out.push('\n');
    for place in places.iter() {
        let names = distinct(&place.names).join("|");
        let latin = place.latin.join("|");
        let people = place.population.map(|people| people.to_string()).unwrap_or_default();
        let parent = place.parent.as_deref().unwrap_or_default();
        writeln!(
            out,
            "{}\t{names}\t{latin}\t{}\t{}\t{}\t{parent}\t{}\t{people}\t{}",
            place.id,
            degrees(place.lat),
            degrees(place.lon),
            place.kind.name(),
            place.country,
            place.source
        )?;
    }
    std::fs::write(path, out).with_context(|| format!("writing {path:?}"))
}

fn distinct(all: &[String]) -> Vec<&str> {
    let mut seen = BTreeSet::new();
    all.iter().filter(|name| seen.insert(names::fold(name))).map(String::as_str).collect()
}

/// Four decimals, about eleven metres, without trailing zeros.
fn degrees(value: f64) -> String {
    let text = format!("{value:.4}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// Checks the hand-kept table against the others: columns, kinds, coordinates, unique ids, known parents.
pub(super) fn check_supplement(
    path: &Path,
    tables: &BTreeMap<String, Vec<Place>>,
) -> anyhow::Result<()> {
    let mut ids: BTreeSet<&str> =
        tables.values().flatten().map(|place| place.id.as_str()).collect();
    let text = std::fs::read_to_string(path).with_context(|| format!("reading {path:?}"))?;
    let mut parents = Vec::new();
    for (at, line) in text.lines().enumerate() {
        if at == 0 || line.is_empty() {
            if at == 0 && line != HEADER {
                bail!("{path:?} line 1: the header must be {HEADER:?}");
            }
            continue;
        }
        let fields: Vec<&str> = line.split('\t').collect();
        let [id, arabic, _, lat, lon, kind, parent, ..] = fields.as_slice() else {
            bail!("{path:?} line {}: too few columns", at + 1);
        };
        let point =
            |text: &str, limit: f64| text.parse::<f64>().is_ok_and(|value| value.abs() <= limit);
        let sound = fields.len() == 10
            && Kind::parse(kind).is_some()
            && point(lat, 90.0)
            && point(lon, 180.0);
        let named = arabic.split('|').all(|name| !name.is_empty() && name == name.trim());
        if !sound || !named || !ids.insert(id) {
            bail!(
                "{path:?} line {}: bad columns, names, kind or coordinates, or an id twice: {line:?}",
                at + 1
            );
        }
        parents.push((at + 1, *parent));
    }
    for (line, parent) in parents {
        if !parent.is_empty() && !ids.contains(parent) {
            bail!("{path:?} line {line}: no place has the id of the parent {parent:?}");
        }
    }
    Ok(())
}
