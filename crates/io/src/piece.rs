//! A piece of the input: small enough to hold, large enough to be worth handing to a thread.

use crate::input::read_bounded;
use crate::lines::Lines;
use crate::read::{self, Format, Meta};
use crate::{Inputs, ReadError};
use sijill_model::Document;
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
        match self.work {
            Work::Fault(error) => each(Err(error)),
            Work::Lines(lines) => read::records(&lines, each),
            Work::Bytes { file, bytes, format, meta } => {
                each(read::whole(&file, bytes, format).map(|document| with_meta(document, meta)));
            }
            Work::File { path, file, format, meta } => {
                let bytes = File::open(path).map_err(Into::into).and_then(read_bounded);
                let document = bytes
                    .map_err(|kind| ReadError::file(&file, kind))
                    .and_then(|bytes| read::whole(&file, bytes, format));
                each(document.map(|document| with_meta(document, meta)));
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

fn with_meta(mut document: Document, meta: Option<Meta>) -> Document {
    if let Some(meta) = meta {
        meta.apply(&mut document);
    }
    document
}

/// Reads all documents in order, one piece at a time.
pub fn documents(inputs: Inputs) -> impl Iterator<Item = Result<Document, ReadError>> {
    inputs.flat_map(|piece| {
        let mut read = Vec::new();
        piece.read(&mut |document| read.push(document));
        read
    })
}
