//! The gazetteer: `places/*.tsv`.

use crate::place_type::LatinTypes;
use crate::spelling::Spellings;
use crate::tables::{TableError, TablePath, Tables};
use crate::tsv::{Row, each};
use rustc_hash::{FxBuildHasher, FxHashMap};
use sijill_model::{Place, PlaceKind};
use std::borrow::Cow;
use std::sync::OnceLock;

/// The number of a place.
pub type PlaceId = u32;

/// Tables of other things: ordinary words, and what the gazetteer is built from (`cargo xtask knowledge`).
const NO_PLACES: [&str; 4] = [
    "places/common_words.tsv",
    "places/aliases.tsv",
    "places/exonyms.tsv",
    "places/ambiguous_towns.tsv",
];

/// A degree of latitude.
const KILOMETRES: f64 = 111.2;

/// All places.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    places: Vec<Place>,
    parents: Vec<Option<PlaceId>>,
    countries: Vec<PlaceId>,
    /// The names of each row that was read, with its place.
    names: Vec<Names>,
    latin_types: LatinTypes,
    spellings: OnceLock<Spellings>,
    /// How far the places of a unit lie from its point, in kilometres.
    extents: Vec<f32>,
}

/// The names of a row, as the table has them: separated by bars.
#[derive(Clone, Debug)]
pub(crate) struct Names {
    pub(crate) place: PlaceId,
    arabic: Text,
    latin: Text,
}

impl Names {
    pub(crate) fn arabic(&self) -> impl Iterator<Item = &str> {
        self.arabic.split('|').filter(|name| !name.is_empty())
    }

    pub(crate) fn latin(&self) -> impl Iterator<Item = &str> {
        self.latin.split('|').filter(|name| !name.is_empty())
    }
}

/// Text of a built-in table, or a copy of a user's.
type Text = Cow<'static, str>;

/// The columns of a table of places.
const COLUMNS: [&str; 9] =
    ["id", "names_ar", "name_en", "lat", "lon", "kind", "parent", "country", "population"];

/// About how many bytes a row takes.
const ROW: usize = 100;

impl Gazetteer {
    /// Reads every table.
    pub(crate) fn parse(
        tables: &Tables,
        latin_types: LatinTypes,
        errors: &mut Vec<TableError>,
    ) -> Self {
        let mut gazetteer = Self { latin_types, ..Self::default() };
        let texts = tables.iter().filter(|(table, _)| holds_places(*table));
        let rows = texts.map(|(_, text)| text.len()).sum::<usize>() / ROW;
        gazetteer.places.reserve(rows);
        gazetteer.names.reserve(rows);
        let mut numbers = FxHashMap::with_capacity_and_hasher(rows, FxBuildHasher);
        for (table, text) in tables.built_in().filter(|(table, _)| holds_places(*table)) {
            gazetteer.read(table, text, Text::Borrowed, &mut numbers, errors);
        }
        for (table, text) in tables.users().filter(|(table, _)| holds_places(*table)) {
            let copy = |cell: &str| Text::Owned(cell.to_owned());
            gazetteer.read(table, text, copy, &mut numbers, errors);
        }
        let parent = |place: &Place| numbers.get(place.parent.as_deref()?).copied();
        gazetteer.parents = gazetteer.places.iter().map(parent).collect();
        gazetteer.extents = gazetteer.measure();
        let is_country = |&id: &PlaceId| gazetteer.get(id).kind == PlaceKind::Country;
        gazetteer.countries = (0..gazetteer.places.len() as PlaceId).filter(is_country).collect();
        gazetteer
    }

    /// Reads a table; a user's row replaces the built-in one of its id.
    fn read<'n, 't: 'n>(
        &mut self,
        table: TablePath<'t>,
        text: &'t str,
        keep: impl Fn(&'t str) -> Text,
        numbers: &mut FxHashMap<&'n str, PlaceId>,
        errors: &mut Vec<TableError>,
    ) {
        each(table, text, COLUMNS, errors, |row| {
            let place = place(&row, &keep)?;
            let [id, arabic, latin, ..] = row.cells;
            let new = self.places.len() as PlaceId;
            let number = *numbers.entry(id).or_insert(new);
            if number == new {
                self.places.push(place);
            } else if table.user {
                self.places[number as usize] = place;
            } else {
                return Err(row.error(format!("id '{id}' stands twice")));
            }
            self.names.push(Names { place: number, arabic: keep(arabic), latin: keep(latin) });
            Ok(())
        });
    }

    /// Lists the names of every row that was read, in order.
    pub(crate) fn names(&self) -> &[Names] {
        &self.names
    }

    /// Takes the words for a sort of place off a folded name in Latin letters, and says which sorts
    /// they are; `None` if there is no such word.
    pub(crate) fn strip_types(&self, name: &str) -> Option<(String, Vec<PlaceKind>)> {
        self.latin_types.strip(name)
    }

    /// Measures how far the places of each unit lie from its point: the root of the mean square.
    fn measure(&self) -> Vec<f32> {
        let mut sums = vec![(0.0_f32, 0_u32); self.places.len()];
        let parallel = |place: &Place| place.lat.to_radians().cos();
        let parallels: Vec<f64> = self.places.iter().map(parallel).collect();
        for (inner, place) in (0..).zip(&self.places) {
            let mut at = inner;
            for _ in 0..4 {
                let Some(outer) = self.parent(at) else { break };
                let unit = self.get(outer);
                let north = (place.lat - unit.lat) * KILOMETRES;
                let east = (place.lon - unit.lon) * KILOMETRES * parallels[outer as usize];
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
        self.spellings().alike(skeleton)
    }

    /// Lists the villages whose name goes on behind a word with this skeleton: "Tukhar" for "Tukhar
    /// Taymu". Words with which many names begin tell no village.
    pub fn beginning_with(&self, skeleton: &str) -> impl Iterator<Item = PlaceId> {
        self.spellings().beginning_with(skeleton)
    }

    /// Indexes the spellings when they are first asked for: most texts have none to ask for.
    fn spellings(&self) -> &Spellings {
        self.spellings.get_or_init(|| Spellings::new(self))
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

fn holds_places(table: TablePath<'_>) -> bool {
    table.is_below("places") && !NO_PLACES.contains(&table.path)
}

fn place<'t>(row: &Row<'t, 9>, keep: impl Fn(&'t str) -> Text) -> Result<Place, TableError> {
    let [id, names, name_en, lat, lon, kind, parent, country, population] = row.cells;
    let (Ok(lat), Ok(lon)) = (lat.parse::<f64>(), lon.parse::<f64>()) else {
        return Err(row.error(format!("'{lat}', '{lon}' are not degrees")));
    };
    if lat.abs() > 90.0 || lon.abs() > 180.0 {
        return Err(row.error(format!("{lat}, {lon} lies on no globe")));
    }
    let Some(kind) = PlaceKind::parse(kind) else {
        let hint = "country, region, district, subdistrict, city, town, village, neighbourhood, \
                    site, water or area";
        return Err(row.error(format!("unknown kind '{kind}'")).hint(hint));
    };
    let some = |cell: &'t str| (!cell.is_empty()).then(|| keep(cell));
    Ok(Place {
        id: keep(id),
        name: keep(names.split('|').next().unwrap_or_default()),
        // Further English names of the row are for those who edit it.
        name_en: some(name_en.split('|').next().unwrap_or_default()),
        lat,
        lon,
        kind,
        parent: some(parent),
        country: some(country),
        population: population.parse().unwrap_or(0),
    })
}
