//! What a format wants to know beyond a claim.

use sijill_model::Place;

/// A party, person or voice of the tables.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Party {
    /// The type on the wire, or the kind of a source: `armed-group`, `agency` …
    pub kind: String,
    /// Its name in Arabic.
    pub name: String,
    /// Its name in English.
    pub name_en: Option<String>,
    /// ISO 3166-1 alpha-2 code.
    pub country: Option<String>,
    /// The id of what it belongs to.
    pub part_of: Option<String>,
}

/// Answers questions about ids.
pub trait Register: Sync {
    /// Finds a party, person or voice.
    fn party(&self, id: &str) -> Option<Party>;

    /// Finds a place.
    fn place(&self, id: &str) -> Option<Place>;

    /// Finds a party or voice by one of its names, with its id.
    fn named(&self, _name: &str) -> Option<(String, Party)> {
        None
    }

    /// Lists a place and what contains it, the smallest first.
    fn around(&self, id: &str) -> Vec<Place> {
        let mut found: Vec<Place> = self.place(id).into_iter().collect();
        // Tables of users may name each other in a circle.
        while let Some(parent) = found.last().and_then(|place| place.parent.as_deref())
            && found.len() < 8
            && let Some(outer) = self.place(parent)
        {
            found.push(outer);
        }
        found
    }
}

/// Knows nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoRegister;

impl Register for NoRegister {
    fn party(&self, _id: &str) -> Option<Party> {
        None
    }

    fn place(&self, _id: &str) -> Option<Place> {
        None
    }
}
