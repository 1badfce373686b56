//! Tables with a header: a row is a document. The sheets of auto-archiver are such tables.

use super::{Format, date, stated};
use crate::record::item;
use crate::{
    DateBasis, EncodingBasis, ErrorKind, Item, MAX_DOCUMENT, Piece, Provenance, ReadError, decode,
};
use csv::{ByteRecord, Reader, ReaderBuilder};
use sijill_model::Document;
use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, Read};
use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How much of the file is looked at to tell the delimiter.
const HEAD: usize = 64 << 10;

/// Iterates over the rows of a table; holds one row, never the table.
pub(crate) struct Rows {
    reader: Reader<Tee>,
    /// The bytes of the row that is being read.
    bytes: Arc<Mutex<Vec<u8>>>,
    columns: Arc<Columns>,
    delimiter: u8,
    file: String,
    /// How many lines stand before those that the reader counts.
    before: u64,
    ended: bool,
}

impl Rows {
    /// Reads the header.
    pub(crate) fn new(reader: Box<dyn Read + Send>, file: String) -> Result<Self, ReadError> {
        let fail = |line, kind: ErrorKind| ReadError { file: file.clone(), line, kind };
        let mut reader = BufReader::with_capacity(HEAD, reader);
        let head = reader.fill_buf().map_err(|error| fail(None, error.into()))?;
        if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") {
            return Err(fail(None, ErrorKind::Utf16Lines));
        }
        let delimiter = delimiter(head);
        let bytes = Arc::new(Mutex::new(Vec::new()));
        let tee = Tee { inner: Box::new(reader), back: VecDeque::new(), bytes: Arc::clone(&bytes) };
        let mut reader = table(tee, delimiter);
        let mut header = ByteRecord::new();
        reader.read_byte_record(&mut header).map_err(|error| fail(Some(1), told(error)))?;
        let columns = Columns::find(&header).map_err(|kind| fail(Some(1), kind))?;
        let (columns, before, ended) = (Arc::new(columns), 0, false);
        let mut rows = Self { reader, bytes, columns, delimiter, file, before, ended };
        rows.taken(0);
        Ok(rows)
    }

    /// Takes the bytes from `start` to where the next row begins.
    fn taken(&mut self, start: u64) -> Vec<u8> {
        let length = (self.reader.position().byte() - start) as usize;
        let mut bytes = self.bytes();
        let length = length.min(bytes.len());
        let rest = bytes.split_off(length);
        std::mem::replace(&mut *bytes, rest)
    }

    fn bytes(&self) -> MutexGuard<'_, Vec<u8>> {
        self.bytes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes the piece of a row that takes in others; the line behind its first is read as the next.
    fn broken(&mut self, line: u64, mut row: Vec<u8>, kind: ErrorKind) -> Piece {
        let end = memchr::memchr(b'\n', &row).map_or(row.len(), |end| end + 1);
        let mut back = VecDeque::from(row.split_off(end));
        back.extend(self.bytes().drain(..));
        let nothing = Tee {
            inner: Box::new(io::empty()),
            back: VecDeque::new(),
            bytes: Arc::clone(&self.bytes),
        };
        let nothing = table(nothing, self.delimiter);
        let mut tee = mem::replace(&mut self.reader, nothing).into_inner();
        back.append(&mut tee.back);
        if back.is_empty() && !row.ends_with(b"\n") {
            // The line itself is too long to be held.
            let _ = tee.inner.skip_until(b'\n');
        }
        tee.back = back;
        self.reader = table(tee, self.delimiter);
        self.before = line;
        let error = ReadError::line(&self.file, line, kind);
        Piece::later(row.len() as u64, move || Item {
            location: error.location(),
            original: Some(row.trim_ascii_end().to_vec().into()),
            provenance: Provenance::default(),
            document: Err(error),
        })
    }
}

fn table(tee: Tee, delimiter: u8) -> Reader<Tee> {
    let mut builder = ReaderBuilder::new();
    builder.delimiter(delimiter).flexible(true).has_headers(false).from_reader(tee)
}

/// Tells whether a row of several lines is none: a quotation in it does not end, or ends within a
/// cell, since the next row begins one.
fn takes_in_others(row: &[u8], delimiter: u8) -> bool {
    if memchr::memchr(b'\n', row.trim_ascii()).is_none() {
        return false;
    }
    let (mut within, mut begins, mut was_quote) = (false, true, false);
    for &byte in row {
        let ends = byte == delimiter || byte == b'\n' || byte == b'\r';
        if mem::take(&mut was_quote) {
            within = byte == b'"';
            if !within && !ends {
                return true;
            }
        } else if within {
            was_quote = byte == b'"';
            continue;
        } else if begins && byte == b'"' {
            within = true;
        }
        begins = ends;
    }
    within && !was_quote
}

impl Iterator for Rows {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        if self.ended {
            return None;
        }
        let position = self.reader.position().clone();
        let mut row = ByteRecord::new();
        let outcome = self.reader.read_byte_record(&mut row);
        let line = self.before + row.position().map_or(position.line(), csv::Position::line);
        match outcome {
            Ok(true) => {}
            Ok(false) => {
                self.ended = true;
                return None;
            }
            Err(error) => {
                let kind = told(error);
                if let ErrorKind::TooLarge { .. } = kind {
                    let row = mem::take(&mut *self.bytes());
                    return Some(self.broken(line, row, kind));
                }
                self.ended = true;
                return Some(ReadError::line(&self.file, line, kind).into());
            }
        }
        let original = self.taken(position.byte());
        if takes_in_others(&original, self.delimiter) {
            let message = "a quotation mark in it has no other".to_owned();
            let kind = ErrorKind::Malformed { what: "row", message };
            return Some(self.broken(line, original, kind));
        }
        let original = original.trim_ascii_end().to_vec();
        let location = format!("{}:{line}", self.file);
        let columns = Arc::clone(&self.columns);
        Some(Piece::later(original.len() as u64, move || {
            let mut provenance = columns.provenance(&row);
            let document = columns.document(&row, &location, &mut provenance);
            item(location, original, provenance, document)
        }))
    }
}

/// Keeps what was read, so that a row can be kept as it came.
struct Tee {
    inner: Box<dyn BufRead + Send>,
    /// What is read again, before the rest.
    back: VecDeque<u8>,
    bytes: Arc<Mutex<Vec<u8>>>,
}

impl Read for Tee {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut bytes = self.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        if MAX_DOCUMENT < bytes.len() {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let count = match self.back.read(buffer)? {
            0 => self.inner.read(buffer)?,
            count => count,
        };
        bytes.extend_from_slice(&buffer[..count]);
        Ok(count)
    }
}

fn told(error: csv::Error) -> ErrorKind {
    match error.into_kind() {
        csv::ErrorKind::Io(error) if error.kind() == io::ErrorKind::FileTooLarge => {
            ErrorKind::TooLarge { limit: MAX_DOCUMENT }
        }
        csv::ErrorKind::Io(error) => ErrorKind::Io(error),
        other => ErrorKind::Malformed { what: "table", message: format!("{other:?}") },
    }
}

/// Tells by the header what stands between the cells.
fn delimiter(head: &[u8]) -> u8 {
    let header = head.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let count = |sign: u8| header.iter().filter(|&&byte| byte == sign).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|&sign| count(sign)).unwrap_or(b',')
}

/// Which column holds what.
#[derive(Debug, Default)]
struct Columns {
    id: Option<usize>,
    text: usize,
    title: Option<usize>,
    published: Option<usize>,
    outlet: Option<usize>,
    url: Option<usize>,
    archived: Option<Archived>,
}

/// The columns that auto-archiver fills.
#[derive(Debug, Default)]
struct Archived {
    status: usize,
    date: Option<usize>,
    location: Option<usize>,
    hash: Option<usize>,
}

impl Columns {
    fn find(header: &ByteRecord) -> Result<Self, ErrorKind> {
        let names: Vec<String> = header
            .iter()
            .map(|name| {
                String::from_utf8_lossy(name).trim_start_matches('\u{feff}').trim().to_lowercase()
            })
            .collect();
        let find = |wanted: &[&str]| {
            wanted.iter().find_map(|wanted| names.iter().position(|name| name == wanted))
        };
        let text = find(&["text", "text content", "content", "body", "message", "full_text"]);
        let text = text.ok_or_else(|| ErrorKind::NoTextColumn { found: names.join(", ") })?;
        Ok(Self {
            id: find(&["id"]),
            text,
            title: find(&["title", "upload title", "headline", "subject"]),
            published: find(&["published", "upload timestamp", "published_at", "date"]),
            outlet: find(&["outlet", "source", "publisher", "channel"]),
            url: find(&["url", "link"]),
            archived: find(&["archive status"]).map(|status| Archived {
                status,
                date: find(&["archive date"]),
                location: find(&["archive location"]),
                hash: find(&["hash"]),
            }),
        })
    }

    fn provenance(&self, row: &ByteRecord) -> Provenance {
        let mut provenance = Provenance {
            media_type: Some(Format::Csv.media_type().into()),
            encoding: Some("UTF-8"),
            encoding_by: Some(EncodingBasis::Valid),
            ..Provenance::default()
        };
        if let Some(archived) = &self.archived {
            provenance.tool = Some("auto-archiver".to_owned());
            provenance.collected_at = cell(row, archived.date);
            provenance.source_url = cell(row, self.url);
            for (label, column) in [
                ("archive status", Some(archived.status)),
                ("archive location", archived.location),
                ("hash", archived.hash),
            ] {
                provenance.notes.extend(cell(row, column).map(|told| format!("{label}: {told}")));
            }
        }
        provenance
    }

    fn document(
        &self,
        row: &ByteRecord,
        location: &str,
        provenance: &mut Provenance,
    ) -> Result<Document, ErrorKind> {
        let bytes = row.get(self.text).unwrap_or_default();
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => super::noted(decode::decode_text(bytes.to_vec(), None)?, provenance),
        };
        if text.trim().is_empty() {
            return Err(ErrorKind::Empty);
        }
        let published = match cell(row, self.published) {
            Some(value) => Some(date(&value).ok_or(ErrorKind::BadDate { value })?),
            None => None,
        };
        provenance.published_by = published.map(|_| DateBasis::Field);
        Ok(Document {
            id: cell(row, self.id).unwrap_or_else(|| location.to_owned()),
            title: cell(row, self.title),
            text,
            published,
            outlet: cell(row, self.outlet),
            url: cell(row, self.url),
        })
    }
}

/// Returns a cell, unless it is empty.
fn cell(row: &ByteRecord, column: Option<usize>) -> Option<String> {
    let bytes = row.get(column?)?.to_vec();
    stated(decode::decode(bytes).ok())
}
