//! Ingest: items go into the case in batches, each a transaction with its entry in the log.
//!
//! Whatever ends the process, the batches before are kept. The same command run again finds them
//! and goes on: an item that was received from the same place with the same bytes and metadata is
//! kept once, so the case in the end is the one that an undisturbed run makes.

mod lookup;
mod resolve;
mod rows;

use crate::audit::{self, Deed};
use crate::names::Names;
use crate::received::Outcome;
use crate::{Case, Error, Received, State, Version, Who, fault};
use rusqlite::Connection;
use serde_json::{Value, json};
use sijill_model::Document;

pub use lookup::Lookup;
pub(crate) use rows::version;

/// A batch is written when it holds so many items …
const BATCH_ITEMS: usize = 4000;

/// … or so many bytes.
const BATCH_BYTES: usize = 24 << 20;

/// How many items were received, and what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Items that were handed in.
    pub received: u64,
    /// … of which a document was made.
    pub new: u64,
    /// … whose bytes were known, and whose other metadata made a document that supersedes one.
    pub revised: u64,
    /// … whose bytes and metadata were known, from another place.
    pub duplicate: u64,
    /// … that were received before, from the same place.
    pub kept: u64,
    /// … of which no document could be made.
    pub failed: u64,
    /// Claims of the new and revised documents.
    pub claims: u64,
}

impl Totals {
    /// Tells whether every item that was received has become something.
    pub fn balance(&self) -> bool {
        self.received == self.new + self.revised + self.duplicate + self.kept + self.failed
    }
}

/// What became of an item that was handed in.
#[derive(Clone, Debug, PartialEq)]
pub enum Added {
    /// It is in the case now, in this state.
    As(State),
    /// It was in the case, from the same place.
    Kept,
    /// It has to be read as this document, and handed in again.
    Read(Box<Document>),
}

/// An ingest that is going on.
pub struct Ingest<'c> {
    case: &'c mut Case,
    who: Who,
    started: String,
    version: Version,
    version_no: Option<i64>,
    names: Names,
    /// What the case was like when the names were read.
    seen: i64,
    batch: Batch,
    batch_items: usize,
    totals: Totals,
}

/// What waits to be committed.
#[derive(Default)]
struct Batch {
    open: bool,
    seals: Vec<String>,
    first: i64,
    bytes: usize,
}

impl Case {
    /// Begins to ingest items that `version` read.
    pub fn ingest(&mut self, who: &Who, version: Version) -> Result<Ingest<'_>, Error> {
        let seen = data_version(&self.connection)?;
        let names = Names::load(&self.connection)?;
        Ok(Ingest {
            case: self,
            who: who.clone(),
            started: audit::now(),
            version,
            version_no: None,
            names,
            seen,
            batch: Batch::default(),
            batch_items: BATCH_ITEMS,
            totals: Totals::default(),
        })
    }
}

impl Ingest<'_> {
    /// Writes after every so many items instead.
    #[must_use]
    pub fn in_batches_of(mut self, items: usize) -> Self {
        self.batch_items = items.max(1);
        self
    }

    /// Returns what has become of the items so far.
    pub fn totals(&self) -> Totals {
        self.totals
    }

    /// Puts one item into the case.
    pub fn add(&mut self, received: &Received) -> Result<Added, Error> {
        self.begin()?;
        let added = match &received.outcome {
            Outcome::Failed { reason, hint } => self.fail(received, reason, hint.as_deref())?,
            Outcome::Unread(document) => self.resolve(received, document, None)?,
            Outcome::Read(derived) => self.resolve(received, &derived.document, Some(derived))?,
        };
        if let Added::Read(_) = added {
            return Ok(added);
        }
        self.totals.received += 1;
        match &added {
            Added::As(State::New) => self.totals.new += 1,
            Added::As(State::Revised) => self.totals.revised += 1,
            Added::As(State::Duplicate) => self.totals.duplicate += 1,
            Added::As(State::Failed) => self.totals.failed += 1,
            Added::Kept | Added::Read(_) => self.totals.kept += 1,
        }
        fault::point("item");
        if self.batch_items <= self.batch.seals.len() || BATCH_BYTES <= self.batch.bytes {
            self.commit()?;
        }
        Ok(added)
    }

    /// Writes what was put in so far.
    pub fn flush(&mut self) -> Result<(), Error> {
        self.commit()
    }

    /// Writes what is left and returns what became of all items.
    pub fn finish(mut self) -> Result<Totals, Error> {
        self.commit()?;
        Ok(self.totals)
    }

    fn begin(&mut self) -> Result<(), Error> {
        if !self.batch.open {
            let connection = &self.case.connection;
            connection.execute_batch("BEGIN IMMEDIATE")?;
            self.batch.open = true;
            let now = data_version(connection)?;
            if now != self.seen {
                // Another process has written names since.
                self.names = Names::load(connection)?;
                self.seen = now;
            }
        }
        Ok(())
    }

    fn commit(&mut self) -> Result<(), Error> {
        if !self.batch.open {
            return Ok(());
        }
        let connection = &self.case.connection;
        if let Some(last) = self.batch.seals.len().checked_sub(1) {
            let first = self.batch.first;
            let deed = Deed {
                action: "ingest",
                target: ("items", format!("{first}-{}", first + last as i64)),
                before: Value::Null,
                after: json!({ "first": first, "items": self.batch.seals }),
                reason: None,
            };
            audit::append(connection, &self.who, deed)?;
        }
        fault::point("commit");
        connection.execute_batch("COMMIT")?;
        self.batch = Batch::default();
        fault::point("batch");
        Ok(())
    }
}

/// Returns a number that is another one as soon as others have written.
fn data_version(connection: &Connection) -> Result<i64, Error> {
    Ok(connection.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0))?)
}

impl Drop for Ingest<'_> {
    fn drop(&mut self) {
        if self.batch.open {
            // What is not committed was never there; the file says so even if this fails.
            let _ = self.case.connection.execute_batch("ROLLBACK");
        }
    }
}
