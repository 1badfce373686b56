//! Readers of what was exported, and of what others coded or annotated.

mod acled;
mod brat;
mod ged;
mod identity;
mod jsonl;
mod rows;

pub use acled::acled;
pub use brat::brat;
pub use ged::ged;
pub use jsonl::{Header, is_export, jsonl};

use crate::{Register, Report};

/// A format in which others hand over what they coded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coded {
    /// A file of ACLED.
    Acled,
    /// A file of UCDP GED, with or without a header.
    Ged,
}

impl Coded {
    /// Reads a file: a report for each row, whose text is the row, and what was wrong.
    pub fn read(self, bytes: &[u8], register: &dyn Register) -> (Vec<Report>, Vec<ReadError>) {
        match self {
            Self::Acled => acled(bytes, register),
            Self::Ged => ged(bytes, register),
        }
    }
}

/// A line or row that could not be read; what stands beside it is not touched by it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct ReadError {
    /// Which line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub message: String,
}
