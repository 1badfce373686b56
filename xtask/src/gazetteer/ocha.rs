//! OCHA's common operational dataset of Syria: units with p-codes and the quarters of its cities.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::Context;
use flate2::read::GzDecoder;
use serde_json::Value;

use super::latin;
use super::names;
use super::place::{Kind, Place};
use super::words::word;

/// A closed line of (longitude, latitude).
pub(super) type Ring = Vec<(f64, f64)>;

const SOURCE: &str = "OCHA COD 2018";

fn folder(data: &Path) -> PathBuf {
    data.join("ocha_cod_syria_2018")
}

fn rows(path: &Path) -> anyhow::Result<Vec<BTreeMap<String, String>>> {
    let mut reader = csv::Reader::from_path(path).with_context(|| format!("reading {path:?}"))?;
    let header = reader.headers()?.clone();
    let mut out = Vec::new();
    for record in reader.records() {
        let record = record?;
        out.push(
            header
                .iter()
                .zip(record.iter())
                .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
                .collect(),
        );
    }
    Ok(out)
}

fn place(row: &BTreeMap<String, String>, kind: Kind) -> Option<Place> {
    let field = |name: &str| row.get(name).cloned().unwrap_or_default();
    let english = [field("NAME_EN"), field("NAM_EN_REF")];
    let arabic: Vec<String> = [field("NAME_AR"), field("NAM_AR_REF")]
        .into_iter()
        .map(|name| without_quarter(&name))
        .collect();
    let id = format!("ocha:{}", field("PCODE"));
    Some(Place {
        names: names::arrange(&arabic, &english[0], !kind.is_unit()),
        latin: latin::arrange_latin(&english),
        lat: field("LATITUDE").parse().ok()?,
        lon: field("LONGITUDE").parse().ok()?,
        kind,
        parent: None,
        country: "SY".to_owned(),
        population: None,
        source: SOURCE.to_owned(),
        keys: vec![],
        within: ["ADM3_PCODE", "ADM2_PCODE", "ADM1_PCODE"]
            .iter()
            .map(|name| format!("ocha:{}", field(name)))
            .filter(|key| key.len() > 5 && *key != id)
            .collect(),
        stale: false,
        seat: false,
        id,
    })
}

/// Adds the governorates, districts and subdistricts; a governorate or district that the other source has too becomes one row.
pub(super) fn adopt_units(data: &Path, places: &mut Vec<Place>) -> anyhow::Result<()> {
    for row in rows(&folder(data).join("syr_admin1.csv"))? {
        let Some(unit) = place(&row, Kind::Region) else { continue };
        let twin = places.iter_mut().find(|known| {
            known.kind == Kind::Region
                && known.names.first().map(|name| names::key(name))
                    == unit.names.first().map(|name| names::key(name))
        });
        match twin {
            Some(known) => {
                known.source =
                    format!("{}+OCHA {}", known.source, unit.id.trim_start_matches("ocha:"));
                known.keys.push(unit.id);
                known.latin = latin::arrange_latin(&[known.latin.clone(), unit.latin].concat());
            }
            None => places.push(unit),
        }
    }
    let (counties, rest): (Vec<Place>, Vec<Place>) =
        std::mem::take(places).into_iter().partition(|place| place.kind == Kind::District);
    *places = rest;
    for row in rows(&folder(data).join("syr_admin2.csv"))? {
        let Some(mut unit) = place(&row, Kind::District) else { continue };
        let twin = counties
            .iter()
            .filter(|county| {
                county.distance(unit.lat, unit.lon) < 60.0 && are_namesakes(county, &unit)
            })
            .min_by(|left, right| {
                left.distance(unit.lat, unit.lon).total_cmp(&right.distance(unit.lat, unit.lon))
            });
        if let Some(county) = twin {
            unit.keys.extend(county.keys.iter().cloned());
            unit.population = county.population;
            unit.latin = latin::arrange_latin(&[unit.latin, county.latin.clone()].concat());
        }
        places.push(unit);
    }
    for row in rows(&folder(data).join("syr_admin3.csv"))? {
        places.extend(place(&row, Kind::Subdistrict));
    }
    Ok(())
}

fn are_namesakes(left: &Place, right: &Place) -> bool {
    let arabic = left
        .names
        .iter()
        .any(|name| right.names.iter().any(|other| names::key(name) == names::key(other)));
    let letters = |name: &String| latin::plain_latin(name).replace([' ', '-'], "");
    arabic
        || left
            .latin
            .iter()
            .any(|name| right.latin.iter().any(|other| letters(name) == letters(other)))
}

/// Adds the quarters of the cities and the larger areas that group them.
pub(super) fn add_neighbourhoods(data: &Path, places: &mut Vec<Place>) -> anyhow::Result<()> {
    let mut areas: BTreeMap<String, Vec<Place>> = BTreeMap::new();
    let mut quarters = Vec::new();
    for row in rows(&folder(data).join("city_neighbourhoods.csv"))? {
        let field = |name: &str| row.get(name).cloned().unwrap_or_default();
        let Some(mut quarter) = place(&row, Kind::Neighbourhood) else { continue };
        let city = names::key(&field("ADM4_AR"));
        quarter.parent = places
            .iter()
            .filter(|place| matches!(place.kind, Kind::City | Kind::Town | Kind::Village))
            .filter(|place| {
                place.names.iter().any(|name| names::key(name) == city)
                    && place.distance(quarter.lat, quarter.lon) < 20.0
            })
            .max_by(|left, right| {
                left.rank().cmp(&right.rank()).then_with(|| right.id.cmp(&left.id))
            })
            .map(|place| place.id.clone());
        let area: BTreeMap<String, String> = [
            ("NAME_AR", "AREA_AR"),
            ("NAME_EN", "AREA_EN"),
            ("PCODE", "AREA_PCODE"),
            ("LATITUDE", "LATITUDE"),
            ("LONGITUDE", "LONGITUDE"),
            ("ADM3_PCODE", "ADM3_PCODE"),
        ]
        .iter()
        .map(|(name, from)| ((*name).to_owned(), field(from)))
        .collect();
        if let Some(mut area) = place(&area, Kind::Neighbourhood)
            .filter(|area| !area.names.is_empty() && area.id.len() > 5)
        {
            area.parent.clone_from(&quarter.parent);
            areas.entry(format!("{} {}", area.id, field("ADM4_PCODE"))).or_default().push(area);
        }
        quarters.push(quarter);
    }
    for group in areas.into_values() {
        let many = group.len() as f64;
        let mean = |value: fn(&Place) -> f64| group.iter().map(value).sum::<f64>() / many;
        let (lat, lon) = (mean(|place| place.lat), mean(|place| place.lon));
        let known = quarters.iter().any(|quarter: &Place| {
            quarter.parent == group[0].parent && are_namesakes(quarter, &group[0])
        });
        if let Some(area) = group.into_iter().next().filter(|_| !known) {
            quarters.push(Place { lat, lon, ..area });
        }
    }
    places.extend(quarters.into_iter().filter(|quarter| !quarter.names.is_empty()));
    super::merge::same_ids(places);
    Ok(())
}

/// Finds the subdistrict around every settlement.
pub(super) fn place_in_subdistricts(data: &Path, places: &mut [Place]) -> anyhow::Result<()> {
    let path = folder(data).join("syr_admin3.geojson.gz");
    let mut text = String::new();
    GzDecoder::new(File::open(&path).with_context(|| format!("reading {path:?}"))?)
        .read_to_string(&mut text)?;
    let shapes: Vec<(String, Vec<Ring>)> = serde_json::from_str::<Value>(&text)?["features"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|feature| {
            Some((
                format!("ocha:{}", feature["properties"]["PCODE"].as_str()?),
                rings(&feature["geometry"]),
            ))
        })
        .collect();
    for place in places.iter_mut().filter(|place| !place.kind.is_unit() && place.parent.is_none()) {
        if let Some((id, _)) =
            shapes.iter().find(|(_, rings)| contains(rings, place.lon, place.lat))
        {
            place.within.insert(0, id[..11.min(id.len())].to_owned());
            place.within.insert(0, id.clone());
        }
    }
    Ok(())
}

/// All rings of a polygon or multipolygon, as (longitude, latitude).
pub(super) fn rings(geometry: &Value) -> Vec<Ring> {
    let ring = |value: &Value| -> Ring {
        value
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|point| Some((point[0].as_f64()?, point[1].as_f64()?)))
            .collect()
    };
    let polygons: Vec<&Value> = match geometry["type"].as_str() {
        Some("MultiPolygon") => geometry["coordinates"].as_array().into_iter().flatten().collect(),
        Some("Polygon") => vec![&geometry["coordinates"]],
        _ => vec![],
    };
    polygons
        .into_iter()
        .flat_map(|polygon| polygon.as_array().into_iter().flatten().map(ring))
        .collect()
}

/// The even-odd rule over all rings.
fn contains(rings: &[Ring], x: f64, y: f64) -> bool {
    let mut inside = false;
    for ring in rings {
        for (at, (x1, y1)) in ring.iter().enumerate() {
            let (x2, y2) = ring[(at + 1) % ring.len()];
            if (*y1 > y) != (y2 > y) && x < (x2 - x1) * (y - y1) / (y2 - y1) + x1 {
                inside = !inside;
            }
        }
    }
    inside
}

/// Takes the word for a quarter off the front of a name.
fn without_quarter(name: &str) -> String {
    let rest = name.strip_prefix(word("quarter")).and_then(|rest| rest.strip_prefix(' '));
    rest.unwrap_or(name).to_owned()
}
