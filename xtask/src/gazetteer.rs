//! Builds the gazetteer tables of `data/places`, and the ordinary words that are no names (`data/ordinary.tsv`), from
//! the open sources kept outside the repository.
//!
//! Sources: Who's On First (with GeoNames ids), the OCHA common operational dataset of Syria, Natural Earth and CLDR.
//! Hand-kept beside the output and read from there: `aliases.tsv` (names and corrections), `exonyms.tsv` (Arabic names
//! of the world's cities) and `supplement.tsv` (places no source has), which the builder checks but never writes.

mod earth;
mod latin;
mod merge;
mod names;
mod ocha;
mod ordinary;
mod overrides;
mod place;
mod table;
mod wof;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use place::{Kind, Place};

/// Builds every generated table of `data/places` (`out`) from the shared data directory.
///
/// The directory may be the one that holds `gazetteer_wof`, or its parent.
pub(crate) fn build(shared_data: &Path, out: &Path) -> anyhow::Result<()> {
    let data = data_root(shared_data)?;
    let earth = earth::read(&data)?;
    let mut corrections = overrides::read(&out.join("aliases.tsv"))?;
    let exonyms = overrides::read_exonyms(&out.join("exonyms.tsv"))?;

    let mut taken = BTreeSet::new();
    let mut tables: BTreeMap<String, Vec<Place>> = BTreeMap::new();
    for path in wof_files(&data)? {
        let country = country_of(&path)?;
        let places = country_table(&data, &path, &country, &earth, &mut corrections)
            .with_context(|| format!("building the places of \"{country}\""))?;
        let fresh = places.into_iter().filter(|place| taken.insert(place.id.clone())).collect();
        tables.insert(country.to_lowercase(), fresh);
    }
    let covered = tables.keys().map(|country| country.to_uppercase()).collect();
    let mut world = earth::countries(&data)?;
    corrections.apply("", &mut world);
    world.extend(earth::cities(&earth, &exonyms, &covered, &mut corrections));
    world.retain(|place| taken.insert(place.id.clone()));
    tables.insert("world".to_owned(), world);

    corrections.finish()?;
    close_parents(&mut tables);
    ordinary::build(&data, out.parent().unwrap_or(out), tables.values().flatten())?;
    for (name, places) in &mut tables {
        table::write(&out.join(format!("{name}.tsv")), places)?;
    }
    table::check_supplement(&out.join("supplement.tsv"), &tables)
}

fn country_table(
    data: &Path,
    path: &Path,
    country: &str,
    earth: &earth::Earth,
    corrections: &mut overrides::Overrides,
) -> anyhow::Result<Vec<Place>> {
    let mut places = wof::read(path, country)?;
    if country == "SY" {
        ocha::adopt_units(data, &mut places)?;
    }
    earth.enrich(country, &mut places);
    merge::same_ids(&mut places);
    corrections.apply(country, &mut places);
    merge::drop_capitals(&mut places);
    merge::duplicates(&mut places);
    places.retain(|place| !(place.names.is_empty() || place.stale && place.kind.is_unit()));
    if country == "SY" {
        ocha::add_neighbourhoods(data, &mut places)?;
        merge::duplicates(&mut places);
        ocha::place_in_subdistricts(data, &mut places)?;
    }
    wof::raise_seats(&mut places);
    merge::link_parents(country, &mut places);
    Ok(places)
}

/// Points every parent that no table holds at the country instead.
fn close_parents(tables: &mut BTreeMap<String, Vec<Place>>) {
    let known: BTreeSet<String> = tables.values().flatten().map(|place| place.id.clone()).collect();
    for place in tables.values_mut().flatten() {
        let dangling = place
            .parent
            .as_ref()
            .is_some_and(|parent| !known.contains(parent) || *parent == place.id);
        if dangling {
            place.parent = (place.kind != Kind::Country).then(|| format!("iso:{}", place.country));
        }
    }
}

fn data_root(shared: &Path) -> anyhow::Result<PathBuf> {
    for candidate in [shared.to_path_buf(), shared.join("data")] {
        if candidate.join("gazetteer_wof").is_dir() {
            return Ok(candidate);
        }
    }
    bail!(
        "no \"gazetteer_wof\" in {:?}; pass the directory that holds the gazetteer sources",
        shared.display()
    )
}

fn wof_files(data: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(data.join("gazetteer_wof"))? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if name.starts_with("wof_") && name.ends_with(".tsv.gz") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn country_of(path: &Path) -> anyhow::Result<String> {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let code = name.strip_prefix("wof_").and_then(|rest| rest.strip_suffix(".tsv.gz"));
    Ok(code.with_context(|| format!("\"{name}\" is not named wof_CC.tsv.gz"))?.to_uppercase())
}
