//! What can go wrong with a case, each with a hint that can be acted on.

use rusqlite::ErrorCode;
use std::io;

/// A case that cannot be opened, read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A new case where there is something already.
    #[error("is there already")]
    Exists,
    /// No such file.
    #[error("there is no such case")]
    Missing,
    /// A file that is no case.
    #[error("is no case")]
    NotACase,
    /// A case of a later program.
    #[error("was made by a later version of sijill (schema {found}; this one knows {known})")]
    Later {
        /// The schema of the file.
        found: i64,
        /// The schema that this program writes.
        known: i64,
    },
    /// A file that must not be written.
    #[error("is read-only")]
    ReadOnly,
    /// Another process writes.
    #[error("is being written by another process")]
    Busy,
    /// No room is left.
    #[error("the disk is full")]
    Full,
    /// The file is not what was written.
    #[error("is damaged: {0}")]
    Damaged(String),
    /// An entry of the log that decides nothing.
    #[error("has no decision in entry {entry} of its log")]
    NoDecision {
        /// The number of the entry.
        entry: i64,
    },
    /// A decision that was taken back.
    #[error("has taken back what entry {entry} of its log decides")]
    Undone {
        /// The number of the entry.
        entry: i64,
    },
    /// The operating system does not hand it out.
    #[error("cannot be used: {0}")]
    Io(#[from] io::Error),
    /// Anything else that the database tells.
    #[error("database error: {0}")]
    Database(rusqlite::Error),
}

impl Error {
    /// Returns what the user may do about it.
    pub fn hint(&self) -> Option<&'static str> {
        Some(match self {
            Self::Exists => "choose another name; a case is never overwritten",
            Self::Missing => "make one with: sijill case new FILE",
            Self::NotACase => "name a file that 'sijill case new' made",
            Self::Later { .. } => "use the version that made it, or a later one",
            Self::ReadOnly => "copy the file, or allow writing to it",
            Self::Busy => "wait until the other process ends, or give --wait SECONDS",
            Self::Full => {
                "what was written before is kept; make room and run the same command again"
            }
            Self::Damaged(_) => "go back to a copy; 'sijill verify' says what is wrong",
            Self::NoDecision { .. } => "only reviews and judgements can be undone",
            Self::Undone { .. } => "decide again",
            Self::Io(_) | Self::Database(_) => return None,
        })
    }

    /// Makes the error of a record that cannot be read.
    pub(crate) fn damaged(what: impl Into<String>) -> Self {
        Self::Damaged(what.into())
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::ReadOnly) => Self::ReadOnly,
            Some(ErrorCode::NotADatabase) => Self::NotACase,
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged(error.to_string()),
            _ => match error {
                rusqlite::Error::FromSqlConversionFailure(..)
                | rusqlite::Error::InvalidColumnType(..)
                | rusqlite::Error::IntegralValueOutOfRange(..) => Self::Damaged(error.to_string()),
                _ => Self::Database(error),
            },
        }
    }
}
