//! WARC 1.0 and 1.1, packed or not: each page that was answered is a document.
//!
//! Records are read one by one; a record that is broken or larger than a document may be is told and
//! passed over, and what unpacks to absurd sizes ends the file with what was before it kept.

mod digest;
mod http;
mod stream;

use crate::record::{Later, item};
use crate::{ErrorKind, MAX_DOCUMENT, Piece, Provenance, ReadError, read};
use digest::Verdict;
pub(crate) use digest::sha256;
use read::Format;
use sijill_model::Document;
use std::collections::HashMap;
use std::io::{self, BufRead, Read};
pub(crate) use stream::Guard;
use stream::open;

/// The longest line of a header.
const MAX_LINE: u64 = 64 << 10;

/// What a record begins with …
const VERSION: &str = "WARC/1.";

/// … where one stands before it.
const NEXT: &[u8] = b"\r\n\r\nWARC/1.";

/// How many lines a header may have.
const MAX_LINES: usize = 1000;

/// Iterates over the pages of a WARC file; holds one record, never the file.
pub(crate) struct Records {
    reader: Guard,
    file: String,
    /// The program that wrote the file, as it says itself.
    software: Option<String>,
    number: u64,
    /// Something was broken, and no record was met since.
    lost: bool,
    ended: bool,
}

/// A record as it was written.
struct Record {
    headers: HashMap<String, String>,
    block: Vec<u8>,
}

impl Record {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }
}

impl Records {
    pub(crate) fn new(reader: Box<dyn Read + Send>, file: String) -> Result<Self, ReadError> {
        let reader = open(reader).map_err(|error| ReadError::file(&file, error))?;
        Ok(Self { reader, file, software: None, number: 0, lost: false, ended: false })
    }

    /// Names the program that made the file, unless the file does.
    pub(crate) fn made_by(mut self, software: Option<String>) -> Self {
        self.software = software;
        self
    }

    fn record(&mut self) -> Result<Option<Record>, ErrorKind> {
        let version = loop {
            match self.line()? {
                None => return Ok(None),
                Some(line) if line.is_empty() => {}
                Some(line) if self.lost && !line.starts_with(VERSION) => {}
                Some(line) => break line,
            }
        };
        self.lost = false;
        self.number += 1;
        if !version.starts_with(VERSION) {
            let start: String = version.chars().take(20).collect();
            let message = format!("a record begins with '{start}' instead of WARC/1.0 or WARC/1.1");
            return Err(ErrorKind::Malformed { what: "WARC", message });
        }
        let mut headers = HashMap::new();
        loop {
            match self.line()? {
                None => return Err(ErrorKind::Truncated { what: "WARC" }),
                Some(line) if line.is_empty() => break,
                Some(line) if headers.len() < MAX_LINES => {
                    if let Some((name, value)) = line.split_once(':') {
                        headers.insert(name.trim().to_ascii_lowercase(), value.trim().to_owned());
                    }
                }
                Some(_) => {}
            }
        }
        let length = headers.get("content-length").and_then(|length| length.parse::<u64>().ok());
        let Some(length) = length else {
            let message = format!("record {} tells no length", self.number);
            return Err(ErrorKind::Malformed { what: "WARC", message });
        };
        let mut block = Vec::new();
        if length > MAX_DOCUMENT as u64 {
            let passed = io::copy(&mut self.reader.by_ref().take(length), &mut io::sink())?;
            self.ended |= passed < length;
            return Err(ErrorKind::TooLarge { limit: MAX_DOCUMENT });
        }
        self.reader.by_ref().take(length).read_to_end(&mut block)?;
        if (block.len() as u64) < length {
            let next = memchr::memmem::find(&block, NEXT).map(|at| block.split_off(at));
            let Some(next) = next else { return Err(ErrorKind::Truncated { what: "WARC" }) };
            self.reader = Guard::of(next);
            let message = format!("record {} is shorter than it tells", self.number);
            return Err(ErrorKind::Malformed { what: "WARC", message });
        }
        Ok(Some(Record { headers, block }))
    }

    /// Finds out what is wrong, and whether records may follow.
    fn fault(&mut self, kind: ErrorKind) -> ErrorKind {
        let (kind, is_packed) = match kind {
            ErrorKind::Io(error) => (stream::fault(error, "WARC"), true),
            kind => (kind, false),
        };
        let follows = match kind {
            // It was passed over.
            ErrorKind::TooLarge { .. } => return kind,
            ErrorKind::Malformed { .. } if !is_packed => true,
            ErrorKind::Malformed { .. } => self.reader.pass_on().unwrap_or(false),
            _ => false,
        };
        (self.lost, self.ended) = (follows, !follows);
        kind
    }

    fn line(&mut self) -> Result<Option<String>, ErrorKind> {
        let mut line = Vec::new();
        if self.reader.by_ref().take(MAX_LINE).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        if !line.ends_with(b"\n") && (line.len() as u64) < MAX_LINE {
            return Err(ErrorKind::Truncated { what: "WARC" });
        }
        Ok(Some(String::from_utf8_lossy(line.trim_ascii_end()).into_owned()))
    }

    /// Makes a piece of a record, if it is one of a page.
    fn piece(&mut self, record: Record) -> Option<Piece> {
        let Record { headers, block } = &record;
        match headers.get("warc-type")?.as_str() {
            "warcinfo" => {
                let told = String::from_utf8_lossy(block);
                let line = told.lines().find_map(|line| line.strip_prefix("software:"));
                self.software = line.map(|line| line.trim().to_owned());
                None
            }
            "response" | "resource" | "conversion" => {
                let (file, number) = (self.file.clone(), self.number);
                let software = self.software.clone();
                // What is no page is passed over here, before it costs a thread anything.
                if let Ok(None) = http::message(&record) {
                    return None;
                }
                let size = record.block.len() as u64;
                Some(Piece::later(size, move || page(&file, number, record, software)))
            }
            _ => None,
        }
    }
}

impl Iterator for Records {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        while !self.ended {
            match self.record() {
                Ok(None) => return None,
                Ok(Some(record)) => {
                    if let Some(piece) = self.piece(record) {
                        return Some(piece);
                    }
                }
                Err(kind) => {
                    // What is broken is told once, however many bytes it has.
                    let told = self.lost;
                    let kind = self.fault(kind);
                    if !told {
                        let location = format!("{}#{}", self.file, self.number.max(1));
                        return Some(ReadError::file(&location, kind).into());
                    }
                }
            }
        }
        None
    }
}

/// Makes the item of a page.
fn page(file: &str, number: u64, record: Record, software: Option<String>) -> crate::Item<'static> {
    let header = |name| record.header(name).map(str::to_owned);
    let id = header("warc-record-id");
    let location = match &id {
        Some(id) => format!("{file}#{}", id.trim_matches(['<', '>'])),
        None => format!("{file}#{number}"),
    };
    let url = header("warc-target-uri").map(|url| url.trim_matches(['<', '>']).to_owned());
    let mut provenance = Provenance {
        source_url: url.clone(),
        collected_at: header("warc-date"),
        tool: software,
        warc_record_id: id,
        ..Provenance::default()
    };
    let message = match http::message(&record).and_then(|found| found.ok_or(ErrorKind::Empty)) {
        Ok(message) => message,
        Err(kind) => return item(location, record.block, provenance, Err(kind)),
    };
    provenance.http_status = message.status;
    let body = &record.block[message.body..];
    let document = check(&record, body, &message, &mut provenance).and_then(|()| {
        let bytes = message.decoded(body)?;
        let document = read::content(bytes, message.format, message.charset, &mut provenance)?;
        let own = document.url.clone().filter(|own| own.starts_with("http"));
        Ok(Document {
            id: url.clone().unwrap_or_else(|| location.clone()),
            url: own.or_else(|| url.clone()),
            ..document
        })
    });
    let original = body.to_vec();
    item(location, original, provenance, document)
}

/// Checks the digests that the record tells, and notes what came of it.
fn check(
    record: &Record,
    body: &[u8],
    message: &http::Message,
    provenance: &mut Provenance,
) -> Result<(), ErrorKind> {
    let unchunked = message.unchunked(body);
    let digests = [
        ("warc-block-digest", "block", vec![&record.block[..]]),
        // Some programs digest the body as it was sent, some without the marks of its chunks.
        ("warc-payload-digest", "payload", vec![body, &unchunked]),
    ];
    for (header, what, candidates) in digests {
        let Some(told) = record.header(header) else { continue };
        match digest::check(told, &candidates) {
            Verdict::Holds => provenance.notes.push(format!("{what} digest checked: {told}")),
            Verdict::Unknown => provenance.notes.push(format!("{what} digest not checked: {told}")),
            Verdict::Differs(found) => {
                return Err(ErrorKind::Digest { what, told: told.to_owned(), found });
            }
        }
    }
    Ok(())
}

impl Piece {
    /// Makes a piece that is read when its turn comes.
    pub(crate) fn later(
        size: u64,
        item: impl FnOnce() -> crate::Item<'static> + Send + 'static,
    ) -> Self {
        Self { work: crate::piece::Work::Later(Later::new(item)), size }
    }
}

/// Tells the format of a media type; `None` is no report.
fn format(media_type: &str) -> Option<Format> {
    match media_type.split(';').next()?.trim().to_ascii_lowercase().as_str() {
        "text/html" | "application/xhtml+xml" => Some(Format::Html),
        "text/plain" => Some(Format::Text),
        _ => None,
    }
}
