//! The row every source is turned into.

/// What sort of place a row is; the order is from the widest to the narrowest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
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

impl Kind {
    const ALL: [(Kind, &'static str); 11] = [
        (Kind::Country, "country"),
        (Kind::Region, "region"),
        (Kind::District, "district"),
        (Kind::Subdistrict, "subdistrict"),
        (Kind::City, "city"),
        (Kind::Town, "town"),
        (Kind::Village, "village"),
        (Kind::Neighbourhood, "neighbourhood"),
        (Kind::Site, "site"),
        (Kind::Water, "water"),
        (Kind::Area, "area"),
    ];

    pub(super) fn name(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    pub(super) fn parse(name: &str) -> Option<Kind> {
        Self::ALL.iter().find(|(_, known)| *known == name).map(|(kind, _)| *kind)
    }

    /// A place where people live, as opposed to a unit that contains such places.
    pub(super) fn is_settlement(self) -> bool {
        matches!(self, Kind::City | Kind::Town | Kind::Village | Kind::Neighbourhood)
    }

    pub(super) fn is_unit(self) -> bool {
        matches!(self, Kind::Region | Kind::District | Kind::Subdistrict)
    }
}

/// One place, with what is needed to merge it and to find its parent.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) id: String,
    /// Arabic names, canonical first.
    pub(super) names: Vec<String>,
    /// Latin names, preferred first.
    pub(super) latin: Vec<String>,
    pub(super) lat: f64,
    pub(super) lon: f64,
    pub(super) kind: Kind,
    pub(super) parent: Option<String>,
    pub(super) country: String,
    pub(super) population: Option<u64>,
    pub(super) source: String,
    /// Ids under which other rows know this one (Who's On First, p-codes).
    pub(super) keys: Vec<String>,
    /// Keys of the units that contain it, narrowest first.
    pub(super) within: Vec<String>,
    /// Superseded or no longer current at the source.
    pub(super) stale: bool,
    /// The seat of a unit, by a source that says so.
    pub(super) seat: bool,
}

impl Place {
    /// Distance in kilometres, good to a percent over the distances compared here.
    pub(super) fn distance(&self, lat: f64, lon: f64) -> f64 {
        let north = (self.lat - lat) * 111.2;
        let east = (self.lon - lon) * 111.2 * ((self.lat + lat) / 2.0).to_radians().cos();
        north.hypot(east)
    }

    /// Orders rows by how much they deserve to stand for a merged place.
    pub(super) fn rank(&self) -> (bool, bool, u64, std::cmp::Reverse<Kind>) {
        (
            !self.stale,
            self.id.starts_with("geonames:"),
            self.population.unwrap_or(0),
            std::cmp::Reverse(self.kind),
        )
    }

    /// Takes over what `other`, the same place, knows beyond this row.
    pub(super) fn absorb(&mut self, other: Place) {
        self.names.extend(other.names);
        self.latin.extend(other.latin);
        self.keys.push(other.id);
        self.keys.extend(other.keys);
        self.population = self.population.max(other.population);
        self.seat |= other.seat;
        if self.within.is_empty() {
            self.within = other.within;
        }
        let quarter = other.kind == Kind::Neighbourhood && other.source.starts_with("OCHA");
        if quarter && self.kind == Kind::Village {
            self.kind = Kind::Neighbourhood;
            self.parent = other.parent;
        } else if self.kind.is_settlement()
            && other.kind < self.kind
            && self.kind != Kind::Neighbourhood
        {
            self.kind = other.kind;
        }
    }
}
