//! Claims and incidents in the formats of the field, and back.
//!
//! A [`Report`] is one document with what was read in it. [`Format`] lists the formats with what
//! each of them drops; [`Format::exporter`] gives the writer of one, which takes reports as they
//! come and appends to a buffer that the caller owns. What a format wants to know of a place or a
//! party beyond its claim is asked of a [`Register`].
//!
//! [`Report::withhold`] masks what must not be published: the mask is as long as what it hides, in
//! bytes and in characters, so that every offset stays true.

mod claim;
mod country;
mod figures;
mod format;
mod gathered;
mod options;
pub mod read;
mod register;
mod report;
mod withhold;
mod write;

pub use format::{Format, Unit};
pub use gathered::Gathered;
pub use options::{Figures, Options, Profile};
pub use register::{NoRegister, Party, Register};
pub use report::Report;
pub use withhold::{Reason, Tally, Withheld};
pub use write::{Exporter, WriteError};
