//! Spans that refer to something.

use crate::{Field, Span};

/// A span that refers to an actor, a place, a time or a quantity.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// Where it stands.
    pub span: Span,
    /// In which part of the document.
    pub field: Field,
    /// What sort of thing it refers to.
    pub kind: MentionKind,
    /// The id chosen, or the resolved value for times and quantities; `None` if unresolved.
    pub resolved: Option<String>,
    /// The other ids it may refer to, best first.
    pub candidates: Vec<String>,
}

/// What sort of thing a mention refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MentionKind {
    /// A party, group, state or class of people.
    Actor,
    /// A named person.
    Person,
    /// A voice: outlet, agency, monitor, office or anonymous class.
    Source,
    /// A toponym.
    Place,
    /// A date or period.
    Time,
    /// A number.
    Quantity,
}

impl MentionKind {
    /// Every kind there is.
    pub const ALL: &'static [Self] =
        &[Self::Actor, Self::Person, Self::Source, Self::Place, Self::Time, Self::Quantity];

    /// Returns the name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Actor => "actor",
            Self::Person => "person",
            Self::Source => "source",
            Self::Place => "place",
            Self::Time => "time",
            Self::Quantity => "quantity",
        }
    }
}
