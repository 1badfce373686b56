//! Claims and their slots.

use crate::{ClaimType, Count, Edtf, Precision, Share, Span};

/// One source's assertion of one thing; never without evidence, never changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// Stable id: a hash of document, evidence, kind, type and slots.
    pub id: String,
    /// The document's id.
    pub document: String,
    /// Index of the sentence in the document, from 0.
    pub sentence: u32,
    /// What is asserted.
    pub claim_type: ClaimType,
    /// The words that assert it.
    pub evidence: Evidence,
    /// Who does it.
    pub agent: Vec<Participant>,
    /// To whom it is done.
    pub target: Vec<Participant>,
    /// Where, most specific first.
    pub place: Vec<PlaceSlot>,
    /// When.
    pub time: Option<TimeSlot>,
    /// How many.
    pub count: Option<CountSlot>,
    /// Which part.
    pub share: Option<ShareSlot>,
    /// Who says so, from the outermost relay to the origin; empty if the outlet says so itself.
    pub attribution: Vec<Attribution>,
    /// How firmly.
    pub modality: Modality,
    /// How likely the reading is right, 0 to 1.
    pub confidence: f64,
    /// What produced it, such as `toll.killed.masdar`.
    pub rule: String,
}

/// Which part of the document a span counts in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// The headline that is kept apart from the text.
    Title,
    /// The text.
    #[default]
    Text,
}

/// The words that assert a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Evidence {
    /// Where they stand.
    pub span: Span,
    /// In which part of the document; the slots' spans count there too.
    pub field: Field,
}

/// An actor in a slot.
#[derive(Clone, Debug, PartialEq)]
pub struct Participant {
    /// Id of the knowledge base, or `unlisted:` and the folded name.
    pub id: String,
    /// What sort of actor: state, armed-group, civilian, person …
    pub actor_type: String,
    /// Display name.
    pub name: String,
    /// English name, if known.
    pub name_en: Option<String>,
    /// Where it was read.
    pub span: Span,
}

/// A place in a slot.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceSlot {
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
    /// Where it was read.
    pub span: Span,
}

/// A time in a slot.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimeSlot {
    /// The date or interval.
    pub edtf: Edtf,
    /// Where it was read.
    pub span: Span,
}

/// A number in a slot.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CountSlot {
    /// The number with its bounds.
    pub count: Count,
    /// Where it was read.
    pub span: Span,
}

/// A part in a slot.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShareSlot {
    /// The part with its bounds.
    pub share: Share,
    /// Where it was read.
    pub span: Span,
}

/// One voice of a chain.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// Id of the source or actor.
    pub id: String,
    /// Display name.
    pub name: String,
    /// Id of the person who speaks for it.
    pub speaker: Option<String>,
    /// The reporting verb or phrase as written.
    pub verb: Option<String>,
    /// Where the voice is named.
    pub span: Span,
}

/// How firmly a claim is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Modality {
    /// Told as fact.
    #[default]
    Asserted,
    /// Told as not having happened.
    Denied,
    /// Unconfirmed, "it seems".
    Uncertain,
    /// About to happen, may happen.
    Possible,
    /// Intended.
    Planned,
    /// Foretold.
    Predicted,
    /// If something else happens.
    Conditional,
}

impl Modality {
    /// Every modality there is.
    pub const ALL: &'static [Self] = &[
        Self::Asserted,
        Self::Denied,
        Self::Uncertain,
        Self::Possible,
        Self::Planned,
        Self::Predicted,
        Self::Conditional,
    ];

    /// Finds a modality by its name on the wire.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|modality| modality.as_str() == name)
    }

    /// Returns the name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Asserted => "asserted",
            Self::Denied => "denied",
            Self::Uncertain => "uncertain",
            Self::Possible => "possible",
            Self::Planned => "planned",
            Self::Predicted => "predicted",
            Self::Conditional => "conditional",
        }
    }
}
