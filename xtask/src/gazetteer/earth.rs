//! The rest of the world: countries by CLDR, cities by Natural Earth and our own Arabic exonyms.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, bail};
use flate2::read::GzDecoder;
use serde_json::Value;

use super::names;
use super::overrides::{Exonym, Overrides};
use super::place::{Kind, Place};
use super::{latin, ocha, wof};

/// What Natural Earth tells of settlements.
pub(super) struct Earth {
    settlements: Vec<Settlement>,
}

struct Settlement {
    names: Vec<String>,
    country: String,
    lat: f64,
    lon: f64,
    people: u64,
    geonames: Option<u64>,
    capital: bool,
}

/// Reads the populated places.
pub(super) fn read(data: &Path) -> anyhow::Result<Earth> {
    let features = features(&data.join("natural_earth_2017/ne_10m_populated_places.geojson.gz"))?;
    let settlements =
        features.iter().filter_map(|feature| settlement(&feature["properties"])).collect();
    Ok(Earth { settlements })
}

fn settlement(properties: &Value) -> Option<Settlement> {
    let text = |name: &str| properties[name].as_str().unwrap_or_default().to_owned();
    Some(Settlement {
        names: vec![text("NAMEASCII"), text("NAME")],
        country: iso(&text("ISO_A2"), &text("ADM0_A3")),
        lat: properties["LATITUDE"].as_f64()?,
        lon: properties["LONGITUDE"].as_f64()?,
        people: properties["POP_MAX"].as_f64().unwrap_or(0.0).max(0.0) as u64,
        geonames: properties["GEONAMEID"].as_f64().filter(|id| *id > 0.0).map(|id| id as u64),
        capital: text("FEATURECLA").starts_with("Admin-"),
    })
}

/// Natural Earth leaves the code of some countries open.
fn iso(two: &str, three: &str) -> String {
    match (two, three) {
        (_, "FRA") => "FR",
        (_, "NOR") => "NO",
        (_, "KOS") => "XK",
        (_, "SOL") => "SO",
        (_, "CYN") => "CY",
        _ => two,
    }
    .to_owned()
}

fn features(path: &Path) -> anyhow::Result<Vec<Value>> {
    let mut text = String::new();
    GzDecoder::new(File::open(path).with_context(|| format!("reading {path:?}"))?)
        .read_to_string(&mut text)?;
    match serde_json::from_str::<Value>(&text)?["features"].take() {
        Value::Array(features) => Ok(features),
        _ => bail!("no features in {path:?}"),
    }
}

impl Earth {
    /// Gives the rows of a country the populations and seats they lack.
    pub(super) fn enrich(&self, country: &str, places: &mut [Place]) {
        for known in self.settlements.iter().filter(|known| known.country == country) {
            let id = known.geonames.map(|id| format!("geonames:{id}"));
            let wanted: Vec<String> = known.names.iter().map(|name| letters(name)).collect();
            let found = places
                .iter_mut()
                .filter(|place| place.kind.is_settlement() && place.kind != Kind::Neighbourhood)
                .filter(|place| place.distance(known.lat, known.lon) < 20.0)
                .filter(|place| {
                    id.as_ref() == Some(&place.id)
                        || place.latin.iter().any(|name| wanted.contains(&letters(name)))
                })
                .max_by(|left, right| {
                    left.rank().cmp(&right.rank()).then_with(|| right.id.cmp(&left.id))
                });
            if let Some(place) = found {
                if place.population.is_none_or(|people| people < 1000) && known.people > 0 {
                    place.population = Some(known.people);
                }
                place.seat = true;
                place.kind = place.kind.min(wof::by_population(place.population));
                if known.capital {
                    place.kind = Kind::City;
                }
            }
        }
    }
}

fn letters(name: &str) -> String {
    let plain = latin::plain_latin(name);
    let bare = plain.split_once([' ', '-']).filter(|(first, _)| {
        matches!(*first, "al" | "el" | "as" | "ad" | "ar" | "an" | "az" | "ash")
    });
    bare.map_or(plain.as_str(), |(_, rest)| rest).replace([' ', '-'], "")
}

/// Every country and territory of CLDR that Natural Earth draws.
pub(super) fn countries(data: &Path) -> anyhow::Result<Vec<Place>> {
    let mut centres: BTreeMap<String, (f64, f64, f64)> = BTreeMap::new();
    for feature in features(&data.join("natural_earth_2017/ne_50m_admin_0_countries.geojson.gz"))? {
        let text = |name: &str| feature["properties"][name].as_str().unwrap_or_default().to_owned();
        if matches!(text("ADM0_A3").as_str(), "SOL" | "CYN") {
            continue;
        }
        let code = iso(&text("ISO_A2"), &text("ADM0_A3"));
        for ring in ocha::rings(&feature["geometry"]) {
            let (area, lon, lat) = centroid(&ring);
            let best = centres.entry(code.clone()).or_insert((area, lon, lat));
            if area > best.0 {
                *best = (area, lon, lat);
            }
        }
    }
    let english = territories(data, "en")?;
    let arabic = territories(data, "ar")?;
    let mut out = Vec::new();
    for (code, (_, lon, lat)) in &centres {
        let forms = |names: &BTreeMap<String, String>| -> Vec<String> {
            let alternatives = names
                .iter()
                .filter(|(key, _)| key.starts_with(&format!("{code}-alt-")))
                .map(|(_, name)| name.clone());
            names.get(code).cloned().into_iter().chain(alternatives).collect()
        };
        let names: Vec<String> =
            forms(&arabic).iter().flat_map(|name| names::clean(name)).collect();
        if names.is_empty() {
            continue;
        }
        out.push(Place {
            id: format!("iso:{code}"),
            names,
            latin: latin::arrange_latin(&forms(&english)),
            lat: *lat,
            lon: *lon,
            kind: Kind::Country,
            parent: None,
            country: code.clone(),
            population: None,
            source: "CLDR".to_owned(),
            keys: vec![],
            within: vec![],
            stale: false,
            seat: false,
        });
    }
    Ok(out)
}

/// Area and centroid of a ring in degrees.
fn centroid(ring: &[(f64, f64)]) -> (f64, f64, f64) {
    let (mut area, mut x, mut y) = (0.0, 0.0, 0.0);
    for (at, (x1, y1)) in ring.iter().enumerate() {
        let (x2, y2) = ring[(at + 1) % ring.len()];
        let cross = x1 * y2 - x2 * y1;
        area += cross;
        x += (x1 + x2) * cross;
        y += (y1 + y2) * cross;
    }
    if area == 0.0 {
        (0.0, 0.0, 0.0)
    } else {
        (area.abs() / 2.0, x / (3.0 * area), y / (3.0 * area))
    }
}

fn territories(data: &Path, language: &str) -> anyhow::Result<BTreeMap<String, String>> {
    let archive = data.join("cldr_arabic/cldr_ar.tar.xz");
    let output = Command::new("tar")
        .arg("-xJOf")
        .arg(&archive)
        .arg(format!("{language}/territories.json"))
        .output()
        .with_context(|| format!("unpacking {archive:?} with tar"))?;
    if !output.status.success() {
        bail!("tar could not unpack {archive:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
    let json: Value = serde_json::from_slice(&output.stdout)?;
    let names = json["main"][language]["localeDisplayNames"]["territories"].as_object();
    let names =
        names.with_context(|| format!("no territories for \"{language}\" in {archive:?}"))?;
    Ok(names
        .iter()
        .filter_map(|(code, name)| Some((code.clone(), name.as_str()?.to_owned())))
        .collect())
}

/// The cities of the countries without a table of their own, by their Arabic exonyms.
pub(super) fn cities(
    earth: &Earth,
    exonyms: &[Exonym],
    covered: &BTreeSet<String>,
    problems: &mut Overrides,
) -> Vec<Place> {
    let mut out = Vec::new();
    for exonym in exonyms {
        if covered.contains(&exonym.country) {
            problems.report(format!(
                "exonyms.tsv line {}: \"{}\" has a table of its own; use aliases.tsv",
                exonym.line, exonym.country
            ));
            continue;
        }
        let wanted = letters(&exonym.name);
        let found = earth
            .settlements
            .iter()
            .filter(|known| {
                known.country == exonym.country
                    && known.names.iter().any(|name| letters(name) == wanted)
            })
            .max_by_key(|known| known.people);
        let Some(known) = found else {
            problems.report(format!(
                "exonyms.tsv line {}: Natural Earth has no \"{}\" in \"{}\"",
                exonym.line, exonym.name, exonym.country
            ));
            continue;
        };
        let slug = wanted.replace(|letter: char| !letter.is_ascii_alphanumeric(), "");
        let id = known.geonames.map_or_else(
            || format!("ne:{}-{slug}", exonym.country.to_lowercase()),
            |id| format!("geonames:{id}"),
        );
        out.push(Place {
            id,
            names: exonym.names.clone(),
            latin: latin::arrange_latin(std::slice::from_ref(&exonym.name)),
            lat: known.lat,
            lon: known.lon,
            kind: if known.capital { Kind::City } else { wof::by_population(Some(known.people)) },
            parent: Some(format!("iso:{}", exonym.country)),
            country: exonym.country.clone(),
            population: Some(known.people).filter(|people| *people > 0),
            source: "Natural Earth".to_owned(),
            keys: vec![],
            within: vec![],
            stale: false,
            seat: false,
        });
    }
    out
}
