//! One parser per format, chosen in one switch.

mod html;
mod jsonl;
mod meta;

use crate::decode::{self, Decoded};
use crate::lines::Lines;
use crate::{ErrorKind, Item, Provenance, ReadError};
use sijill_model::{Date, Document};
use std::path::Path;

pub(crate) use meta::{Meta, MetaTable};

/// The formats that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Plain text: one document a file.
    Text,
    /// A web page: its main content is the document.
    Html,
    /// One JSON object a line: one document a line.
    Jsonl,
}

impl Format {
    /// Tells the format by the extension; `None` if the extension is not known.
    pub fn of_path(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        match extension.as_str() {
            "txt" => Some(Self::Text),
            "html" | "htm" => Some(Self::Html),
            "jsonl" | "ndjson" => Some(Self::Jsonl),
            _ => None,
        }
    }

    /// Returns the media type of a document in this format.
    pub(crate) fn media_type(self) -> &'static str {
        match self {
            Self::Text => "text/plain",
            Self::Html => "text/html",
            Self::Jsonl => "application/json",
        }
    }

    /// Tells the format by the first bytes; whatever is not recognised is text.
    pub fn of_content(head: &[u8]) -> Self {
        let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
        if let Some(object) = head.strip_prefix(b"{")
            && object.trim_ascii_start().starts_with(b"\"")
        {
            return Self::Jsonl;
        }
        let lower = head[..head.len().min(64)].to_ascii_lowercase();
        if lower.starts_with(b"<!doctype html") || lower.starts_with(b"<html") {
            return Self::Html;
        }
        Self::Text
    }
}

/// Makes the document of a whole file, and notes how; its id is the file's name.
pub(crate) fn whole(
    file: &str,
    bytes: Vec<u8>,
    format: Format,
    provenance: &mut Provenance,
) -> Result<Document, ReadError> {
    provenance.media_type = Some(format.media_type().into());
    match format {
        Format::Text | Format::Jsonl => text(bytes, provenance),
        Format::Html => html::page(bytes, provenance),
    }
    .map(|document| Document { id: file.to_owned(), ..document })
    .map_err(|kind| ReadError::file(file, kind))
}

/// Hands each line to `each`.
pub(crate) fn records(lines: &Lines, each: &mut dyn FnMut(Item<'_>)) {
    jsonl::records(lines, each);
}

fn text(bytes: Vec<u8>, provenance: &mut Provenance) -> Result<Document, ErrorKind> {
    let text = noted(decode::decode_text(bytes)?, provenance);
    Ok(Document { text, ..Document::default() })
}

/// Notes how the bytes were understood and returns the text.
fn noted(decoded: Decoded, provenance: &mut Provenance) -> String {
    provenance.encoding = Some(decoded.encoding);
    provenance.encoding_by = Some(decoded.basis);
    decoded.text
}

/// Reads `2017-10-18`, also at the head of a time as in `2017-10-18T09:30:00+03:00`.
///
/// The date is kept as written: the day of publication is the day at the outlet's own place.
pub fn date(value: &str) -> Option<Date> {
    let value = value.trim();
    let (day, rest) = value.split_at_checked(10)?;
    let ends = rest.is_empty() || rest.starts_with(['T', 't', ' ']);
    let dashed = day.as_bytes()[4] == b'-' && day.as_bytes()[7] == b'-';
    if ends && dashed { day.parse().ok() } else { None }
}
