//! Who's On First: the rows of one country.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

use anyhow::Context;
use flate2::read::GzDecoder;

use super::latin;
use super::names;
use super::place::{Kind, Place};

/// GeoNames ids below this are slips of the import, except in Iran, whose places came first.
const LEAST_GEONAMES_ID: u64 = 45_000;

/// Reads every row of a country, also those without an Arabic name: a correction may give them one.
pub(super) fn read(path: &Path, country: &str) -> anyhow::Result<Vec<Place>> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b'\t')
        .quoting(false)
        .flexible(true)
        .from_reader(GzDecoder::new(File::open(path)?));
    let columns: BTreeMap<String, usize> =
        reader.headers()?.iter().enumerate().map(|(at, name)| (name.to_owned(), at)).collect();
    let column = |name: &str| {
        columns.get(name).copied().with_context(|| format!("no column \"{name}\" in {path:?}"))
    };
    let fields = Fields {
        id: column("wof_id")?,
        placetype: column("placetype")?,
        name: column("name")?,
        lat: column("lat")?,
        lon: column("lon")?,
        region: column("region_id")?,
        county: column("county_id")?,
        locality: column("locality_id")?,
        population: column("population")?,
        geonames: column("gn_id")?,
        current: column("current")?,
        superseded: column("superseded")?,
        arabic: column("ar")?,
        english: column("en")?,
    };
    let mut places = Vec::new();
    for record in reader.records() {
        places.extend(fields.place(&record?, country));
    }
    Ok(places)
}

struct Fields {
    id: usize,
    placetype: usize,
    name: usize,
    lat: usize,
    lon: usize,
    region: usize,
    county: usize,
    locality: usize,
    population: usize,
    geonames: usize,
    current: usize,
    superseded: usize,
    arabic: usize,
    english: usize,
}

impl Fields {
    fn place(&self, record: &csv::StringRecord, country: &str) -> Option<Place> {
        let field = |at: usize| record.get(at).unwrap_or_default();
        let population = field(self.population).parse().ok().filter(|people| *people > 0);
        let kind = match field(self.placetype) {
            "region" | "macroregion" => Kind::Region,
            "county" | "localadmin" | "macrocounty" => Kind::District,
            "locality" | "borough" => by_population(population),
            "neighbourhood" | "microhood" | "macrohood" => Kind::Neighbourhood,
            "campus" => Kind::Site,
            _ => return None,
        };
        let name = field(self.name);
        let raw: Vec<String> =
            field(self.arabic).split('|').chain([name]).map(str::to_owned).collect();
        let latin: Vec<String> = field(self.english)
            .split('|')
            .chain([name])
            .chain(field(self.arabic).split('|'))
            .map(str::to_owned)
            .collect();
        let wof = format!("wof:{}", field(self.id));
        let geonames = field(self.geonames)
            .parse::<u64>()
            .ok()
            .filter(|id| *id >= LEAST_GEONAMES_ID || country == "IR");
        let names = names::arrange(&raw, name, !kind.is_unit());
        let unit = |at: usize| {
            Some(format!("wof:{}", field(at))).filter(|key| *key != wof && key.len() > 4)
        };
        Some(Place {
            names,
            latin: latin::arrange_latin(&latin),
            lat: field(self.lat).parse().ok()?,
            lon: field(self.lon).parse().ok()?,
            kind,
            parent: None,
            country: country.to_owned(),
            population: population.filter(|_| kind != Kind::Site),
            source: if geonames.is_some() { "WOF/GeoNames" } else { "WOF" }.to_owned(),
            keys: vec![wof.clone()],
            within: [unit(self.locality), unit(self.county), unit(self.region)]
                .into_iter()
                .flatten()
                .collect(),
            stale: field(self.current) == "0" || !field(self.superseded).is_empty(),
            seat: false,
            id: geonames.map_or(wof, |id| format!("geonames:{id}")),
        })
    }
}

/// The kind of a settlement by the number of its people.
pub(super) fn by_population(population: Option<u64>) -> Kind {
    match population.unwrap_or(0) {
        100_000.. => Kind::City,
        10_000.. => Kind::Town,
        _ => Kind::Village,
    }
}

/// Makes the namesake of a region inside it a city, and the namesake of a district a town.
pub(super) fn raise_seats(places: &mut [Place]) {
    let mut best: BTreeMap<usize, (u64, bool, std::cmp::Reverse<usize>)> = BTreeMap::new();
    let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, place) in places.iter().enumerate() {
        if place.kind.is_settlement() && place.kind != Kind::Neighbourhood {
            for name in place.names.iter().take(2) {
                by_name.entry(names::key(name)).or_default().push(at);
            }
        }
    }
    for (at, unit) in places.iter().enumerate().filter(|(_, place)| place.kind.is_unit()) {
        for other in
            unit.names.first().and_then(|name| by_name.get(&names::key(name))).into_iter().flatten()
        {
            let place = &places[*other];
            let inside = place.within.iter().any(|key| *key == unit.id || unit.keys.contains(key));
            if inside {
                let claim = (
                    place.population.unwrap_or(0),
                    place.id.starts_with("geonames:"),
                    std::cmp::Reverse(*other),
                );
                let held = best.entry(at).or_insert(claim);
                *held = (*held).max(claim);
            }
        }
    }
    for (unit, (_, _, std::cmp::Reverse(seat))) in best {
        let raised = if places[unit].kind == Kind::Region { Kind::City } else { Kind::Town };
        let place = &mut places[seat];
        place.kind = place.kind.min(raised);
    }
    for place in places.iter_mut().filter(|place| place.seat && place.kind == Kind::Village) {
        place.kind = Kind::Town;
    }
}
