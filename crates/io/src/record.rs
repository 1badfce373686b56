//! One of many records of a container, read when its turn comes.

use crate::{ErrorKind, Item, Provenance, ReadError};
use sijill_model::Document;
use std::borrow::Cow;
use std::fmt;

/// What makes the item of a record, on any thread.
pub(crate) struct Later(Box<dyn FnOnce() -> Item<'static> + Send>);

impl Later {
    pub(crate) fn new(item: impl FnOnce() -> Item<'static> + Send + 'static) -> Self {
        Self(Box::new(item))
    }

    pub(crate) fn item(self) -> Item<'static> {
        (self.0)()
    }
}

impl fmt::Debug for Later {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Later")
    }
}

/// Makes the item of a record; `location` is the file with what tells the record from the others.
pub(crate) fn item(
    location: String,
    original: Vec<u8>,
    provenance: Provenance,
    document: Result<Document, ErrorKind>,
) -> Item<'static> {
    let document = document.map_err(|kind| ReadError::file(&location, kind));
    Item { location, original: Some(Cow::Owned(original)), provenance, document }
}
