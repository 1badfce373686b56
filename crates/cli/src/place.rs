//! `sijill place`: the places that a name may mean, and why.

use crate::args::{Color, Format, Place};
use crate::style::{FAINT, HEADING, Paint};
use crate::{Outcome, knowledge};
use anyhow::bail;
use serde_json::json;
use sijill::{Bearer, Hints, Knowledge};
use sijill_io::write::isolate;
use std::io::{self, Write};

/// Runs the command.
pub(crate) fn run(args: &Place, color: Color) -> anyhow::Result<Outcome> {
    let knowledge = knowledge::load(&args.knowledge)?;
    let near = args.near.as_deref().map(|name| find(&knowledge, name)).transpose()?;
    let hints = Hints { near, country: args.country.as_deref() };
    let mut bearers = knowledge.places_named(&args.name, hints);
    let mut err = io::stderr().lock();
    if bearers.is_empty() {
        writeln!(err, "error: no table knows the place {}", isolate(&args.name))?;
        writeln!(err, "  hint: add it with --gazetteer, or to places/*.tsv of your own tables")?;
        return Ok(Outcome::SomeFailed);
    }
    let all = bearers.len();
    if args.limit > 0 {
        bearers.truncate(args.limit);
    }
    let mut out = io::stdout().lock();
    let paint = Paint::new(color, &out);
    for bearer in &bearers {
        match args.format {
            Format::Table => show(&mut out, paint, &knowledge, bearer)?,
            Format::Jsonl => writeln!(out, "{}", line(&knowledge, bearer))?,
        }
    }
    if bearers.len() < all && args.format == Format::Table {
        writeln!(err, "{} more: --limit 0 shows all", all - bearers.len())?;
    }
    Ok(Outcome::Done)
}

/// Finds the place that `--near` names.
fn find(knowledge: &Knowledge, name: &str) -> anyhow::Result<u32> {
    let of_id = (0..).zip(knowledge.gazetteer.iter()).find(|(_, place)| place.id == name);
    if let Some((id, _)) = of_id {
        return Ok(id);
    }
    match knowledge.places_named(name, Hints::default()).first() {
        Some(bearer) => Ok(bearer.id),
        None => bail!("no table knows the place {} of --near", isolate(name)),
    }
}

fn show(
    out: &mut impl Write,
    paint: Paint,
    knowledge: &Knowledge,
    bearer: &Bearer,
) -> io::Result<()> {
    let place = knowledge.gazetteer.get(bearer.id);
    let english = place.name_en.as_deref().unwrap_or_default();
    let name = isolate(&place.name);
    writeln!(out, "{} {} {english}", paint.paint(HEADING, &place.id), name)?;
    let mut field = |label: &str, value: &str| {
        writeln!(out, "  {} {value}", paint.paint(FAINT, format!("{label:8}")))
    };
    let units: Vec<_> = units(knowledge, bearer.id).map(|unit| isolate(unit)).collect();
    field("kind", place.kind.as_str())?;
    if !units.is_empty() {
        field("in", &units.join(", "))?;
    }
    field("at", &format!("{:.4}, {:.4}", place.lat, place.lon))?;
    let reasons: Vec<_> = bearer.reasons.iter().map(|reason| isolate(reason)).collect();
    field("because", &reasons.join(", "))
}

fn line(knowledge: &Knowledge, bearer: &Bearer) -> serde_json::Value {
    let place = knowledge.gazetteer.get(bearer.id);
    json!({
        "id": place.id,
        "name": place.name,
        "name_en": place.name_en,
        "kind": place.kind.as_str(),
        "in": units(knowledge, bearer.id).collect::<Vec<_>>(),
        "country": place.country,
        "population": place.population,
        "lat": place.lat,
        "lon": place.lon,
        "score": (bearer.score * 100.0).round() / 100.0,
        "because": bearer.reasons,
    })
}

/// Lists the units that contain a place, the smallest first.
fn units(knowledge: &Knowledge, id: u32) -> impl Iterator<Item = &str> {
    let parents = std::iter::successors(knowledge.gazetteer.parent(id), |&unit| {
        knowledge.gazetteer.parent(unit)
    });
    parents.take(8).map(|unit| &*knowledge.gazetteer.get(unit).name)
}
