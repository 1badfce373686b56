//! Claims that cannot both be true, and figures that replace one another.

use crate::{Edtf, IncidentPlace};

/// Two claims that cannot both be true, of different origins.
#[derive(Clone, Debug, PartialEq)]
pub struct Contradiction {
    /// A hash of type and claims.
    pub id: String,
    /// In what they differ.
    pub contradiction_type: ContradictionType,
    /// The claim that was told first, as far as can be known.
    pub first: Side,
    /// The claim against it.
    pub second: Side,
    /// The incident that both belong to, if they do.
    pub incident: Option<String>,
}

/// One of two claims that are held against each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// The claim's id.
    pub claim: String,
    /// The id of its document.
    pub document: String,
    /// The first source that can be known: an id, or the outlet, or the document's own id.
    pub origin: String,
    /// From the outermost relay to the origin: ids of who passed the claim on.
    pub chain: Vec<String>,
    /// When it was told.
    pub told: Option<Edtf>,
    /// Where what it tells is placed, if it is.
    pub place: Option<IncidentPlace>,
    /// The value that differs, such as `33`, `sdf` or `2017-03-21`.
    pub value: String,
}

/// A figure or finding that its own origin replaced by a newer one: no contradiction.
#[derive(Clone, Debug, PartialEq)]
pub struct Revision {
    /// A hash of the claims.
    pub id: String,
    /// In what they differ.
    pub contradiction_type: ContradictionType,
    /// The older claim.
    pub earlier: Side,
    /// What holds now.
    pub later: Side,
    /// The incident that both belong to, if they do.
    pub incident: Option<String>,
}

/// In what two claims differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ContradictionType {
    /// How many, or which share.
    Number,
    /// Whether it has happened, is over or is still to come.
    Status,
    /// Who did it, or to whom.
    Actor,
    /// When.
    Date,
    /// Who holds the place.
    Control,
    /// One says that what the other tells did not happen.
    Denial,
}

impl ContradictionType {
    /// Every type there is.
    pub const ALL: &'static [Self] =
        &[Self::Number, Self::Status, Self::Actor, Self::Date, Self::Control, Self::Denial];

    /// Finds a type by its name on the wire.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|found| found.as_str() == name)
    }

    /// Returns the name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Status => "status",
            Self::Actor => "actor",
            Self::Date => "date",
            Self::Control => "control",
            Self::Denial => "denial",
        }
    }
}
