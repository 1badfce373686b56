//! Places as the gazetteer knows them.

use std::borrow::Cow;

/// What sort of place a gazetteer row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it; data/places/README.md defines the thresholds")]
pub enum PlaceKind {
    Country,
    Region,
    District,
    Subdistrict,
    City,
    Town,
    Village,
    Neighbourhood,
    Site,
    Water,
    Area,
}

impl PlaceKind {
    /// Reads the name used in the tables.
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "country" => Self::Country,
            "region" => Self::Region,
            "district" => Self::District,
            "subdistrict" => Self::Subdistrict,
            "city" => Self::City,
            "town" => Self::Town,
            "village" => Self::Village,
            "neighbourhood" => Self::Neighbourhood,
            "site" => Self::Site,
            "water" => Self::Water,
            "area" => Self::Area,
            _ => return None,
        })
    }

    /// Returns the name used in the tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Country => "country",
            Self::Region => "region",
            Self::District => "district",
            Self::Subdistrict => "subdistrict",
            Self::City => "city",
            Self::Town => "town",
            Self::Village => "village",
            Self::Neighbourhood => "neighbourhood",
            Self::Site => "site",
            Self::Water => "water",
            Self::Area => "area",
        }
    }

    /// Returns how exactly a place of this kind says where.
    pub fn precision(self) -> Precision {
        match self {
            Self::Country => Precision::Country,
            Self::Region => Precision::Region,
            Self::District | Self::Subdistrict => Precision::District,
            Self::City | Self::Town => Precision::Town,
            Self::Village => Precision::Village,
            Self::Neighbourhood => Precision::Neighbourhood,
            Self::Site => Precision::Site,
            Self::Water | Self::Area => Precision::Area,
        }
    }
}

/// How exactly a place says where, from a site to a vague area.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are the words of SCHEMA.md")]
pub enum Precision {
    Site,
    Neighbourhood,
    Village,
    Town,
    District,
    Region,
    Country,
    Area,
}

impl Precision {
    /// Every precision there is, from the most to the least exact.
    pub const ALL: &'static [Self] = &[
        Self::Site,
        Self::Neighbourhood,
        Self::Village,
        Self::Town,
        Self::District,
        Self::Region,
        Self::Country,
        Self::Area,
    ];

    /// Finds a precision by its name on the wire.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|precision| precision.as_str() == name)
    }

    /// Returns the name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Site => "site",
            Self::Neighbourhood => "neighbourhood",
            Self::Village => "village",
            Self::Town => "town",
            Self::District => "district",
            Self::Region => "region",
            Self::Country => "country",
            Self::Area => "area",
        }
    }
}

/// A place of the gazetteer.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// The gazetteer's id, such as `geonames:172408`.
    pub id: Cow<'static, str>,
    /// The Arabic name that news uses.
    pub name: Cow<'static, str>,
    /// The English name, if known.
    pub name_en: Option<Cow<'static, str>>,
    /// Degrees north, WGS 84.
    pub lat: f64,
    /// Degrees east, WGS 84.
    pub lon: f64,
    /// What sort of place it is.
    pub kind: PlaceKind,
    /// The id of the unit that contains it.
    pub parent: Option<Cow<'static, str>>,
    /// ISO 3166-1 alpha-2 code, if it lies in one country.
    pub country: Option<Cow<'static, str>>,
    /// People who live there, if known.
    pub population: u32,
}

impl Place {
    /// Returns the name for readers of English: the Arabic one where no other is known.
    pub fn english(&self) -> &str {
        self.name_en.as_ref().unwrap_or(&self.name)
    }
}
