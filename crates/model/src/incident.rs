//! Claims that are about the same happening.

use crate::{ClaimType, Count, Edtf, Precision};

/// Claims judged to be about one happening; it refers to them and never changes them.
///
/// A claim belongs to one incident; a document that tells of several happenings to several.
#[derive(Clone, Debug, PartialEq)]
pub struct Incident {
    /// A hash of the happening's first claim: it stays while reports of the same are added.
    pub id: String,
    /// What sort of happening most of its claims tell.
    pub claim_type: ClaimType,
    /// Where, as most of its claims tell it.
    pub place: Option<IncidentPlace>,
    /// When, as most of its claims tell it.
    pub time: Option<Edtf>,
    /// The ids of who did it, the most named first.
    pub agents: Vec<String>,
    /// The ids of its documents, in order.
    pub documents: Vec<String>,
    /// Its claims in the order of their documents, each with what joined it to the others.
    pub members: Vec<Member>,
    /// Every number that is told of it, by origin.
    pub figures: Vec<Figure>,
    /// Whether what is told of it comes from more than one origin.
    pub independent_origins: IndependentOrigins,
}

/// A place as a claim names it.
#[derive(Clone, Debug, PartialEq)]
pub struct IncidentPlace {
    /// The gazetteer's id; `None` if the name is not resolved.
    pub id: Option<String>,
    /// Display name.
    pub name: String,
    /// English name, if known.
    pub name_en: Option<String>,
    /// Degrees north and east, WGS 84.
    pub point: Option<(f64, f64)>,
    /// How exactly it says where.
    pub precision: Precision,
}

/// One claim of an incident.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The claim's id.
    pub claim: String,
    /// The id of its document.
    pub document: String,
    /// What joined it to the others, the strongest first; empty where it stands alone.
    pub signals: Vec<Signal>,
}

/// Something that speaks for or against two reports telling of one happening.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Signal {
    /// Its name in `corroboration.tsv`, such as `same-day`.
    pub name: &'static str,
    /// How far it holds: 1, or how many, how rare or how alike.
    pub value: f64,
    /// How much it speaks for it, in logits; against it if negative.
    pub weight: f64,
}

/// A number that is told of an incident.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// What is counted.
    pub claim_type: ClaimType,
    /// Of whom: the ids of the targets.
    pub target: Vec<String>,
    /// How many.
    pub count: Count,
    /// The number covers a longer time or a larger area than the incident, or sums up several.
    pub is_cumulative: bool,
    /// The number is of some of those that another number of the same document counts.
    pub is_part: bool,
    /// The claim that tells it.
    pub claim: String,
    /// The document that tells it.
    pub document: String,
    /// The first source that can be known: an id, or the outlet, or the document's own id.
    pub origin: String,
}

/// Whether claims come from more than one origin; never a number of articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum IndependentOrigins {
    /// All go back to one.
    Same,
    /// At least two know it from different origins, as far as they say.
    Separate,
    /// They do not say from where they know it.
    NotEstablished,
}

impl IndependentOrigins {
    /// Every answer there is.
    pub const ALL: &'static [Self] = &[Self::Same, Self::Separate, Self::NotEstablished];

    /// Finds an answer by its name on the wire.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|origins| origins.as_str() == name)
    }

    /// Returns the name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Separate => "separate",
            Self::NotEstablished => "not_established",
        }
    }
}

/// What a person decided on claims; it outlives every new clustering.
///
/// Merging two incidents is [`Judgement::Same`] of their claims, splitting one is
/// [`Judgement::Different`] of the claims that are taken out and those that stay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// These claims are about one happening.
    Same {
        /// Ids of claims.
        claims: Vec<String>,
    },
    /// None of these claims is about the same happening as any of those.
    Different {
        /// Ids of claims.
        claims: Vec<String>,
        /// Ids of the other claims.
        others: Vec<String>,
    },
}
