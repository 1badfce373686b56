//! One parser per format, chosen in one switch.

mod feed;
mod html;
mod jsonl;
mod mail;
mod markup;
mod meta;
mod pdf;
mod sheet;
mod telegram;
mod wacz;
mod warc;

use crate::decode::{self, Charset, Decoded};
use crate::input::{read_bounded, read_up_to};
use crate::lines::Lines;
use crate::{ErrorKind, Item, Piece, Provenance, ReadError};
use sijill_model::{Date, Document};
use std::fs::File;
use std::io::Read;
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
    /// A table with a header: one document a row.
    Csv,
    /// RSS or Atom: one document an item.
    Feed,
    /// An export of Telegram Desktop: one document a message.
    Telegram,
    /// A message of electronic mail.
    Mail,
    /// A mailbox: one document a message.
    Mailbox,
    /// Pages as they are printed: the text layer is the document.
    Pdf,
    /// Pages as a crawler received them: one document a page.
    Warc,
    /// A zip of WARC files.
    Wacz,
}

/// The records of a container.
pub(crate) type Pieces = Box<dyn Iterator<Item = Piece> + Send>;

impl Format {
    /// Tells the format by the extension; `None` if the extension is not known.
    pub fn of_path(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_str()?.to_ascii_lowercase();
        if name == TELEGRAM {
            return Some(Self::Telegram);
        }
        let name = name
            .strip_suffix(".gz")
            .or(name.strip_suffix(".zst"))
            .filter(|name| name.ends_with(".warc"))
            .unwrap_or(&name);
        let (_, extension) = name.rsplit_once('.')?;
        match extension {
            "txt" => Some(Self::Text),
            "html" | "htm" => Some(Self::Html),
            "jsonl" | "ndjson" => Some(Self::Jsonl),
            "csv" => Some(Self::Csv),
            "rss" | "atom" => Some(Self::Feed),
            "pdf" => Some(Self::Pdf),
            "eml" => Some(Self::Mail),
            "mbox" => Some(Self::Mailbox),
            "warc" => Some(Self::Warc),
            "wacz" => Some(Self::Wacz),
            _ => None,
        }
    }

    /// Tells whether the format holds many documents, of which each is received on its own.
    pub(crate) fn is_container(self) -> bool {
        !matches!(self, Self::Text | Self::Html | Self::Mail | Self::Pdf)
    }

    /// Returns the media type of a document in this format.
    pub(crate) fn media_type(self) -> &'static str {
        match self {
            Self::Text => "text/plain",
            Self::Html => "text/html",
            Self::Jsonl | Self::Telegram => "application/json",
            Self::Csv => "text/csv",
            Self::Feed => "application/xml",
            Self::Mail | Self::Mailbox => "message/rfc822",
            Self::Pdf => "application/pdf",
            Self::Warc => "application/warc",
            Self::Wacz => "application/wacz",
        }
    }

    /// Tells the format by the first bytes; whatever is not recognised is text.
    pub fn of_content(head: &[u8]) -> Self {
        let warc: [&[u8]; 4] = [b"WARC/1.", b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"\x5d\x2a\x4d\x18"];
        if warc.iter().any(|mark| head.starts_with(mark)) {
            return Self::Warc;
        }
        if head.starts_with(b"%PDF-") {
            return Self::Pdf;
        }
        if head.starts_with(b"From ") {
            return Self::Mailbox;
        }
        let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
        if let Some(object) = head.strip_prefix(b"{")
            && object.trim_ascii_start().starts_with(b"\"")
        {
            let first = object.split(|&byte| byte == b'\n').next().unwrap_or_default();
            return if first.trim_ascii().is_empty() { Self::Telegram } else { Self::Jsonl };
        }
        let lower = head[..head.len().min(64)].to_ascii_lowercase();
        if lower.starts_with(b"<!doctype html") || lower.starts_with(b"<html") {
            return Self::Html;
        }
        let is_feed = |name: &[u8]| memchr::memmem::find(head, name).is_some();
        if head.starts_with(b"<") && [&b"<rss"[..], b"<feed", b"<rdf:RDF"].into_iter().any(is_feed)
        {
            return Self::Feed;
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
    content(bytes, format, None, provenance)
        .map(|document| Document { id: file.to_owned(), ..document })
        .map_err(|kind| ReadError::file(file, kind))
}

/// Makes the document of the bytes of one, of which the encoding may be told; the caller gives it an
/// id.
pub(crate) fn content(
    bytes: Vec<u8>,
    format: Format,
    told: Charset,
    provenance: &mut Provenance,
) -> Result<Document, ErrorKind> {
    provenance.media_type = Some(format.media_type().into());
    match format {
        Format::Html => html::page(bytes, told, provenance),
        Format::Pdf => pdf::document(&bytes, provenance),
        Format::Mail => mail::message(&bytes, provenance),
        _ => text(bytes, told, provenance),
    }
}

/// Cuts a container into its records.
pub(crate) fn container(
    reader: Box<dyn Read + Send>,
    file: String,
    format: Format,
) -> Result<Pieces, ReadError> {
    let fail = |kind| ReadError::file(&file, kind);
    Ok(match format {
        Format::Csv => Box::new(sheet::Rows::new(reader, file)?),
        Format::Mailbox => Box::new(mail::Mailbox::new(reader, file)),
        Format::Warc => Box::new(warc::Records::new(reader, file)?),
        Format::Telegram => {
            let bytes = read_up_to(reader, telegram::MAX_EXPORT).map_err(fail)?;
            Box::new(telegram::pieces(&file, &bytes).into_iter())
        }
        _ => {
            let bytes = read_bounded(reader).map_err(fail)?;
            Box::new(feed::pieces(&file, bytes)?.into_iter())
        }
    })
}

/// Cuts a WACZ into its pages.
pub(crate) fn wacz(path: &Path, file: String) -> Result<Pieces, ReadError> {
    Ok(Box::new(wacz::Wacz::new(path, file)?))
}

/// Tells whether a zip is a WACZ.
pub(crate) fn is_wacz(path: &Path) -> bool {
    File::open(path).is_ok_and(wacz::has_package)
}

/// The file that Telegram Desktop exports to.
const TELEGRAM: &str = "result.json";

/// Hands each line to `each`.
pub(crate) fn records(lines: &Lines, each: &mut dyn FnMut(Item<'_>)) {
    jsonl::records(lines, each);
}

fn text(bytes: Vec<u8>, told: Charset, provenance: &mut Provenance) -> Result<Document, ErrorKind> {
    let text = noted(decode::decode_text(bytes, told)?, provenance);
    Ok(Document { text, ..Document::default() })
}

/// Notes how the bytes were understood and returns the text.
fn noted(decoded: Decoded, provenance: &mut Provenance) -> String {
    provenance.encoding = Some(decoded.encoding);
    provenance.encoding_by = Some(decoded.basis);
    decoded.text
}

/// Takes an empty value for one that is not stated.
fn stated(value: Option<String>) -> Option<String> {
    value.map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
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
