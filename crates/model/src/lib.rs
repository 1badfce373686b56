//! The nouns of Sijill as plain data.
//!
//! A [`Document`] is what was published, a [`Mention`] is a span that refers to something, a
//! [`Claim`] is one source's assertion of one thing with its [`Evidence`]. Types hold their own
//! invariants in their constructors and know nothing of files, formats or clocks.

mod claim;
mod diagnostic;
mod document;
mod edtf;
mod kind;
mod mention;
mod place;
mod quantity;

pub use claim::{
    Attribution, Claim, CountSlot, Evidence, Field, Modality, Participant, PlaceSlot, ShareSlot,
    TimeSlot,
};
pub use diagnostic::{Code, Diagnostic};
pub use document::Document;
pub use edtf::{Edtf, EdtfDate, EdtfError, UnknownDate};
pub use jiff::civil::Date;
pub use kind::{ClaimType, Kind, UnknownType};
pub use mention::{Mention, MentionKind};
pub use place::{Place, PlaceKind, Precision};
pub use quantity::{Count, Share};
pub use sijill_text::Span;
