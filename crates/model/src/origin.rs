//! Who the first knowable source of a claim is, and which documents descend from one another.

use crate::{Field, Span};

/// Documents and claims that go back to one origin.
#[derive(Clone, Debug, PartialEq)]
pub struct OriginGroup {
    /// The first source that can be known: an id, or the outlet, or the document's own id.
    pub origin: String,
    /// How it is known.
    pub basis: Vec<OriginBasis>,
    /// The ids of the documents that tell something of this origin, the first one first.
    pub documents: Vec<String>,
    /// The ids of the claims, in the order of the documents.
    pub claims: Vec<String>,
}

/// How the origin of a claim is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum OriginBasis {
    /// The text names it.
    Chain,
    /// The passage is a copy of an older one.
    TextReuse,
    /// Nobody is named, so the outlet tells it itself.
    Outlet,
    /// Neither a source nor an outlet is known.
    Unknown,
}

impl OriginBasis {
    /// Every basis there is.
    pub const ALL: &'static [Self] = &[Self::Chain, Self::TextReuse, Self::Outlet, Self::Unknown];

    /// Finds a basis by its name on the wire.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|basis| basis.as_str() == name)
    }

    /// Returns the name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Chain => "chain",
            Self::TextReuse => "text-reuse",
            Self::Outlet => "outlet",
            Self::Unknown => "unknown",
        }
    }
}

/// A passage that stands in two documents.
#[derive(Clone, Debug, PartialEq)]
pub struct Reuse {
    /// The document that came later, as far as can be known, and where the passage stands there.
    pub copy: Passage,
    /// The document that came first, and where the passage stands there.
    pub original: Passage,
    /// Which part of the shorter document's words all shared passages make up, 0 to 1.
    pub share: f64,
    /// So much is shared that the one document is a copy of the other.
    pub is_near_copy: bool,
}

/// Where something stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The document's id.
    pub document: String,
    /// In which part of it.
    pub field: Field,
    /// From where to where, in bytes.
    pub span: Span,
    /// The same in code points, as wires count.
    pub code_points: Span,
}
