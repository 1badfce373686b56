//! The nouns of Sijill as plain data.
//!
//! A [`Document`] is what was published, a [`Mention`] is a span that refers to something, a
//! [`Claim`] is one source's assertion of one thing with its [`Evidence`]. Types hold their own
//! invariants in their constructors and know nothing of files, formats or clocks.

mod claim;
mod contradiction;
mod control;
mod diagnostic;
mod document;
mod edtf;
mod incident;
mod kind;
mod mention;
mod origin;
mod place;
mod quantity;

pub use claim::{
    Attribution, Claim, CountSlot, Evidence, Field, Modality, Participant, PlaceSlot, ShareSlot,
    TimeSlot,
};
pub use contradiction::{Contradiction, ContradictionType, Revision, Side};
pub use control::{ControlState, Holder};
pub use diagnostic::{Code, Diagnostic};
pub use document::Document;
pub use edtf::{Edtf, EdtfDate, EdtfError, UnknownDate};
pub use incident::{
    Figure, Incident, IncidentPlace, IndependentOrigins, Judgement, Member, Signal,
};
pub use jiff::civil::Date;
pub use kind::{ClaimType, Kind, UnknownType};
pub use mention::{Mention, MentionKind};
pub use origin::{OriginBasis, OriginGroup, Passage, Reuse};
pub use place::{Place, PlaceKind, Precision};
pub use quantity::{Count, Share};
pub use sijill_text::Span;
