//! Readers that make documents of files, and writers that put claims on the wire.
//!
//! [`Inputs`] walks what a user names (files, directories, `-`) and cuts it into [`Piece`]s: a
//! whole file, or a run of complete lines of a `.jsonl` file. Cutting is cheap and keeps order;
//! [`Piece::read`] does the work (decoding, parsing) and may run on another thread; [`Piece::items`]
//! also hands out the bytes as they were received and how they were understood. [`documents`] does
//! both steps in turn for callers who need no threads. Containers (tables, feeds, mailboxes, exports of
//! Telegram, WARC and WACZ) are cut into their records, of which one is held at a time.
//!
//! The writers append to a `Vec<u8>` that the caller owns: [`write::claims`] and
//! [`write::diagnostics`] are the wire format of SCHEMA.md, one JSON object a line, and
//! [`write::Table`] is for eyes. The serde types of the wire live here and nowhere else.

#[cfg(feature = "columnar")]
pub mod columnar;
mod decode;
mod error;
mod input;
mod item;
mod lines;
mod piece;
pub mod read;
mod record;
mod wire;
mod withhold;
pub mod write;

pub use decode::decode;
pub use error::{ErrorKind, ReadError};
pub use input::{Inputs, STDIN};
pub use item::{DateBasis, EncodingBasis, Item, Provenance};
pub use piece::{Piece, documents};
pub use sijill_text::OffsetIndex;
pub use withhold::{Reason, Tally, Withheld, withhold};

/// The largest document, page or line that is read, in bytes.
pub const MAX_DOCUMENT: usize = 64 << 20;
