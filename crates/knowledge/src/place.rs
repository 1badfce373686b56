//! The gazetteer: `places/*.tsv`.

use crate::place_type::LatinTypes;
use crate::tables::{TableError, Tables};
use crate::tsv::rows;
use rustc_hash::{FxHashMap, FxHasher};
use sijill_model::{Place, PlaceKind};
use sijill_text::skeleton::skeleton_into;
use sijill_text::token::folded_words_into;
use std::hash::{Hash as _, Hasher as _};

/// The number of a place.
pub type PlaceId = u32;

/// Tables of other things: ordinary words, and what the gazetteer is built from (`cargo xtask knowledge`).
const NO_PLACES: [&str; 4] = [
    "places/common_words.tsv",
    "places/aliases.tsv",
    "places/exonyms.tsv",
    "places/ambiguous_towns.tsv",
];

/// More villages than this whose names begin with one word tell nothing of that word.
const NAMESAKES: usize = 12;

/// A degree of latitude.
const KILOMETRES: f64 = 111.2;

/// All places.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    places: Vec<Place>,
    parents: Vec<Option<PlaceId>>,
    countries: Vec<PlaceId>,
    /// The hash of a name's skeleton with each of its bearers, in order.
    alike: Vec<(u64, PlaceId)>,
    /// The same of the first word of longer names, if few names begin so.
    begun: Vec<(u64, PlaceId)>,
    /// How far the places of a unit lie from its point, in kilometres.
    extents: Vec<f32>,
}

impl Gazetteer {
    /// Reads every table and calls `name` with each Arabic name, folded.
    pub(crate) fn parse(
        tables: &Tables,
        latin_types: &LatinTypes,
        errors: &mut Vec<TableError>,
        mut name: impl FnMut(&str, PlaceId),
    ) -> Self {
        let mut gazetteer = Self::default();
        let (mut folded, mut bones) = (String::new(), Bones::default());
        let mut by_id: FxHashMap<&str, PlaceId> = FxHashMap::default();
        let columns =
            ["id", "names_ar", "name_en", "lat", "lon", "kind", "parent", "country", "population"];
        for (table, text) in tables.below("places") {
            if NO_PLACES.contains(&table.path) {
                continue;
            }
            for row in rows(table, text, columns, errors) {
                let [id, names, name_en, lat, lon, kind, parent, country, population] = row.cells;
                let (Ok(lat), Ok(lon)) = (lat.parse::<f64>(), lon.parse::<f64>()) else {
                    errors.push(row.error(format!("'{lat}', '{lon}' are not degrees")));
                    continue;
                };
                if lat.abs() > 90.0 || lon.abs() > 180.0 {
                    errors.push(row.error(format!("{lat}, {lon} lies on no globe")));
                    continue;
                }
                let Some(kind) = PlaceKind::parse(kind) else {
                    let hint = "country, region, district, subdistrict, city, town, village, \
                                neighbourhood, site, water or area";
                    errors.push(row.error(format!("unknown kind '{kind}'")).hint(hint));
                    continue;
                };
                let known = by_id.get(id).copied();
                if known.is_some() && !table.user {
                    errors.push(row.error(format!("id '{id}' stands twice")));
                }
                let number = known.unwrap_or(gazetteer.places.len() as PlaceId);
                by_id.insert(id, number);
                let some = |s: &str| (!s.is_empty()).then(|| s.to_owned());
                let place = Place {
                    id: id.to_owned(),
                    name: names.split('|').next().unwrap_or_default().to_owned(),
                    // Further English names of the row are for those who edit it.
                    name_en: some(name_en.split('|').next().unwrap_or_default()),
                    lat,
                    lon,
                    kind,
                    parent: some(parent),
                    country: some(country),
                    population: population.parse().unwrap_or(0),
                };
                // A user's row replaces the built-in one of its id.
                match gazetteer.places.get_mut(number as usize) {
                    Some(known) => *known = place,
                    None => gazetteer.places.push(place),
                }
                let arabic = names.split('|').map(|alias| (alias, true));
                let english = name_en.split('|').map(|alias| (alias, false));
                for (alias, is_arabic) in arabic.chain(english).filter(|(n, _)| !n.is_empty()) {
                    folded.clear();
                    folded_words_into(alias, &mut folded);
                    gazetteer.alike.push((bones.hash(&folded), number));
                    if kind == PlaceKind::Village
                        && let Some((first, _)) = folded.split_once(' ')
                    {
                        gazetteer.begun.push((bones.hash(first), number));
                    }
                    if is_arabic {
                        name(&folded, number);
                    } else if let Some((bare, _)) = latin_types.strip(&folded) {
                        gazetteer.alike.push((bones.hash(&bare), number));
                    }
                }
            }
        }
        gazetteer.alike.sort_unstable();
        gazetteer.alike.dedup();
        gazetteer.begun.sort_unstable();
        gazetteer.begun.dedup();
        let runs = gazetteer.begun.chunk_by(|a, b| a.0 == b.0).filter(|run| run.len() <= NAMESAKES);
        gazetteer.begun = runs.flatten().copied().collect();
        gazetteer.parents = gazetteer
            .places
            .iter()
            .map(|p| p.parent.as_deref().and_then(|id| by_id.get(id).copied()))
            .collect();
        gazetteer.extents = gazetteer.measure();
        let kind = |&id: &PlaceId| gazetteer.get(id).kind == PlaceKind::Country;
        gazetteer.countries = (0..gazetteer.places.len() as PlaceId).filter(kind).collect();
        gazetteer
    }

    /// Measures how far the places of each unit lie from its point: the root of the mean square.
    fn measure(&self) -> Vec<f32> {
        let mut sums = vec![(0.0_f32, 0_u32); self.places.len()];
        for (inner, place) in (0..).zip(&self.places) {
            let mut at = inner;
            for _ in 0..4 {
                let Some(outer) = self.parent(at) else { break };
                let unit = self.get(outer);
                let north = (place.lat - unit.lat) * KILOMETRES;
                let east = (place.lon - unit.lon) * KILOMETRES * unit.lat.to_radians().cos();
                let (sum, count) = &mut sums[outer as usize];
                *sum += (north * north + east * east) as f32;
                *count += 1;
                at = outer;
            }
        }
        let root = |(sum, count): (f32, u32)| (sum / count.max(1) as f32).sqrt();
        sums.into_iter().map(root).collect()
    }

    /// Returns how far the places of a unit lie from its point, in kilometres; 0 if it holds none.
    pub fn extent(&self, id: PlaceId) -> f64 {
        f64::from(self.extents[id as usize])
    }

    /// Returns a place.
    pub fn get(&self, id: PlaceId) -> &Place {
        &self.places[id as usize]
    }

    /// Returns the unit that contains a place.
    pub fn parent(&self, id: PlaceId) -> Option<PlaceId> {
        self.parents[id as usize]
    }

    /// Tells whether `outer` contains `inner`, at any depth.
    pub fn contains(&self, outer: PlaceId, inner: PlaceId) -> bool {
        let mut at = inner;
        for _ in 0..8 {
            match self.parent(at) {
                Some(parent) if parent == outer => return true,
                Some(parent) => at = parent,
                None => return false,
            }
        }
        false
    }

    /// Lists the places whose name has this skeleton, by number: other spellings in either script.
    pub fn alike(&self, skeleton: &str) -> impl Iterator<Item = PlaceId> {
        bearers(&self.alike, hash(skeleton))
    }

    /// Lists the villages whose name goes on behind a word with this skeleton: "Tukhar" for "Tukhar
    /// Taymu". Words with which many names begin tell no village.
    pub fn beginning_with(&self, skeleton: &str) -> impl Iterator<Item = PlaceId> {
        bearers(&self.begun, hash(skeleton))
    }

    /// Tells how likely a bearer of a name is meant when nothing else is known, as a logit.
    pub fn prominence(&self, id: PlaceId) -> f64 {
        let place = self.get(id);
        let kind = match place.kind {
            PlaceKind::Country => 4.0,
            PlaceKind::City => 3.0,
            PlaceKind::Region | PlaceKind::Town => 2.2,
            PlaceKind::Site | PlaceKind::Water | PlaceKind::Area => 2.0,
            PlaceKind::Village => 0.4,
            // A district or a quarter is called so; its bare name is the town's.
            PlaceKind::District | PlaceKind::Neighbourhood => 0.2,
            PlaceKind::Subdistrict => 0.0,
        };
        kind + f64::from(place.population.max(1)).ln() / 8.0
    }

    /// Returns the distance over the ground, in kilometres (haversine, a sphere of 6,371 km).
    pub fn kilometres(&self, a: PlaceId, b: PlaceId) -> f64 {
        let (a, b) = (self.get(a), self.get(b));
        let (la, lb) = (a.lat.to_radians(), b.lat.to_radians());
        let h = ((lb - la) / 2.0).sin().powi(2)
            + la.cos() * lb.cos() * ((b.lon - a.lon).to_radians() / 2.0).sin().powi(2);
        2.0 * 6371.0 * h.sqrt().asin()
    }

    /// Returns the country with an ISO 3166-1 code of two letters.
    pub fn country(&self, code: &str) -> Option<PlaceId> {
        self.countries.iter().copied().find(|&id| self.get(id).country.as_deref() == Some(code))
    }

    /// Lists all places.
    pub fn iter(&self) -> impl Iterator<Item = &Place> {
        self.places.iter()
    }
}

fn bearers(index: &[(u64, PlaceId)], hash: u64) -> impl Iterator<Item = PlaceId> {
    let from = index.partition_point(|&(key, _)| key < hash);
    index[from..].iter().take_while(move |&&(key, _)| key == hash).map(|&(_, id)| id)
}

fn hash(text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    text.hash(&mut hasher);
    hasher.finish()
}

/// Hashes skeletons without keeping them.
#[derive(Default)]
struct Bones(String);

impl Bones {
    fn hash(&mut self, folded: &str) -> u64 {
        self.0.clear();
        skeleton_into(folded, &mut self.0);
        hash(&self.0)
    }
}
