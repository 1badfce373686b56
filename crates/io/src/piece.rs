//! A piece of the input: small enough to hold, large enough to be worth handing to a thread.

use crate::input::read_bounded;
use crate::lines::Lines;
use crate::read::{self, Format, Meta};
use crate::record::Later;
use crate::{Inputs, Item, Provenance, ReadError};
use sijill_model::Document;
use std::borrow::Cow;
use std::fs::File;
use std::path::PathBuf;

/// A piece of the input; reading the pieces in order gives the documents in order.
#[derive(Debug)]
pub struct Piece {
    pub(crate) work: Work,
    pub(crate) size: u64,
}

#[derive(Debug)]
pub(crate) enum Work {
    /// A file that is opened when the piece is read.
    File { path: PathBuf, file: String, format: Format, meta: Option<Meta> },
    /// A whole document already in memory.
    Bytes { file: String, bytes: Vec<u8>, format: Format, meta: Option<Meta> },
    /// Complete lines.
    Lines(Lines),
    /// A record of a container.
    Later(Later),
    /// An input that cannot be read at all.
    Fault(ReadError),
}

impl Piece {
    /// Returns the number of bytes it stands for, for a progress bar.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Decodes and parses; hands each document, or what was wrong with it, to `each`.
    pub fn read(self, each: &mut dyn FnMut(Result<Document, ReadError>)) {
        self.items(&mut |item| each(item.document));
    }

    /// Decodes and parses; hands each item to `each` with the bytes as they were received.
    pub fn items(self, each: &mut dyn FnMut(Item<'_>)) {
        match self.work {
            Work::Fault(error) => each(error.into()),
            Work::Lines(lines) => read::records(&lines, each),
            Work::Later(record) => each(record.item()),
            Work::Bytes { file, bytes, format, meta } => each(whole(file, bytes, format, meta)),
            Work::File { path, file, format, meta } => {
                each(match File::open(path).map_err(Into::into).and_then(read_bounded) {
                    Ok(bytes) => whole(file, bytes, format, meta),
                    Err(kind) => ReadError::file(&file, kind).into(),
                });
            }
        }
    }
}

impl From<ReadError> for Piece {
    fn from(error: ReadError) -> Self {
        Self { work: Work::Fault(error), size: 0 }
    }
}

impl From<Lines> for Piece {
    fn from(lines: Lines) -> Self {
        Self { size: lines.bytes.len() as u64, work: Work::Lines(lines) }
    }
}

/// Makes the item of a whole file.
fn whole(file: String, bytes: Vec<u8>, format: Format, meta: Option<Meta>) -> Item<'static> {
    let mut provenance = Provenance::default();
    let mut document = read::whole(&file, bytes.clone(), format, &mut provenance);
    if let (Ok(document), Some(meta)) = (&mut document, meta) {
        meta.apply(document, &mut provenance);
    }
    Item { location: file, original: Some(Cow::Owned(bytes)), provenance, document }
}

/// Reads all documents in order, one piece at a time.
pub fn documents(inputs: Inputs) -> impl Iterator<Item = Result<Document, ReadError>> {
    inputs.flat_map(|piece| {
        let mut read = Vec::new();
        piece.read(&mut |document| read.push(document));
        read
    })
}
