//! Looks up what a case has, beside the ingest that fills it.

use super::resolve::{says_nothing_else, twin};
use super::rows::{find_blob, has_key};
use crate::{Access, Case, Error, Received};
use rusqlite::Connection;
use sijill_model::Document;
use std::sync::{Mutex, PoisonError};

/// Tells which items need not be read, because the case has them; any thread may ask.
///
/// It sees what is committed. An item that is in the batch under way is read once more, for nothing.
pub struct Lookup {
    connection: Option<Mutex<Connection>>,
}

impl Case {
    /// Makes a look-up; that of a case without items asks nobody.
    pub fn lookup(&self) -> Result<Lookup, Error> {
        let filled = self.connection.prepare("SELECT 1 FROM item LIMIT 1")?.exists([])?;
        let connection = match filled {
            true => Some(Mutex::new(Case::open(self.path(), Access::Read)?.connection)),
            false => None,
        };
        Ok(Lookup { connection })
    }
}

impl Lookup {
    /// Tells whether the case has these bytes, with all that is told of the document.
    pub fn has(&self, received: &Received, document: &Document) -> Result<bool, Error> {
        let Some(connection) = &self.connection else { return Ok(false) };
        let connection = connection.lock().unwrap_or_else(PoisonError::into_inner);
        if has_key(&connection, &received.key)? {
            return Ok(true);
        }
        let Some(packed) = &received.original else { return Ok(false) };
        let Some(blob) = find_blob(&connection, &packed.sha256)? else { return Ok(false) };
        let twin = twin(&connection, blob, document)?;
        Ok(twin.is_some_and(|twin| says_nothing_else(document, &twin.document)))
    }
}
