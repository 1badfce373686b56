//! The gazetteer: `places/*.tsv`.

use crate::tables::{TableError, Tables};
use crate::trie::folded_name;
use crate::tsv::rows;
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use sijill_model::{Place, PlaceKind};
use sijill_text::skeleton::skeleton;
use std::hash::{Hash as _, Hasher as _};

/// The number of a place.
pub type PlaceId = u32;

/// All places.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    places: Vec<Place>,
    parents: Vec<Option<PlaceId>>,
    common: FxHashSet<String>,
    /// The hash of a name's skeleton with each of its bearers, in order.
    alike: Vec<(u64, PlaceId)>,
}

impl Gazetteer {
    /// Reads every table and calls `name` with each Arabic name.
    pub(crate) fn parse<'t>(
        tables: &'t Tables,
        errors: &mut Vec<TableError>,
        mut name: impl FnMut(&'t str, PlaceId),
    ) -> Self {
        let mut gazetteer = Self::default();
        let mut by_id: FxHashMap<&str, PlaceId> = FxHashMap::default();
        let columns =
            ["id", "names_ar", "name_en", "lat", "lon", "kind", "parent", "country", "population"];
        for (table, text) in tables.below("places") {
            match table.path {
                "places/common_words.tsv" => {
                    for row in rows(table, text, ["word"], errors) {
                        gazetteer.common.insert(folded_name(row.cells[0]));
                    }
                    continue;
                }
                // What the gazetteer is built from, see `cargo xtask knowledge`.
                "places/aliases.tsv" | "places/exonyms.tsv" | "places/ambiguous_towns.tsv" => {
                    continue;
                }
                _ => {}
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
                let number = gazetteer.places.len() as PlaceId;
                if by_id.insert(id, number).is_some() && !table.user {
                    errors.push(row.error(format!("id '{id}' stands twice")));
                }
                let some = |s: &str| (!s.is_empty()).then(|| s.to_owned());
                gazetteer.places.push(Place {
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
                });
                for alias in names.split('|').filter(|n| !n.is_empty()) {
                    name(alias, number);
                    let hash = skeleton(&folded_name(alias)).map(|bones| hash(&bones));
                    gazetteer.alike.extend(hash.map(|hash| (hash, number)));
                }
            }
        }
        gazetteer.alike.sort_unstable();
        gazetteer.alike.dedup();
        gazetteer.parents = gazetteer
            .places
            .iter()
            .map(|p| p.parent.as_deref().and_then(|id| by_id.get(id).copied()))
            .collect();
        gazetteer
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

    /// Lists the places whose name sounds like a folded name, by number: other spellings, and names
    /// that differ in their long vowels.
    pub fn alike(&self, folded: &str) -> impl Iterator<Item = PlaceId> {
        let hash = skeleton(folded).map(|bones| hash(&bones));
        let from = hash.map_or(self.alike.len(), |h| self.alike.partition_point(|&(k, _)| k < h));
        self.alike[from..].iter().take_while(move |&&(k, _)| Some(k) == hash).map(|&(_, id)| id)
    }

    /// Tells whether a folded name is an ordinary word that only a type noun makes a place.
    pub fn is_common(&self, folded: &str) -> bool {
        self.common.contains(folded)
    }

    /// Lists all places.
    pub fn iter(&self) -> impl Iterator<Item = &Place> {
        self.places.iter()
    }
}

fn hash(text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    text.hash(&mut hasher);
    hasher.finish()
}
