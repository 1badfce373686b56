//! Messages of electronic mail: `.eml`, and `.mbox` with many of them.

use super::stated;
use crate::record::item;
use crate::{DateBasis, EncodingBasis, ErrorKind, MAX_DOCUMENT, Piece, Provenance, ReadError};
use encoding_rs::Encoding;
use mail_parser::{MessageParser, MimeHeaders as _};
use sijill_model::{Date, Document};
use std::borrow::Cow;
use std::io::{BufRead, BufReader, Read};

/// Makes the document of a message; its id is set by the caller.
pub(super) fn message(bytes: &[u8], provenance: &mut Provenance) -> Result<Document, ErrorKind> {
    let malformed = || ErrorKind::Malformed { what: "message", message: "it has no header".into() };
    let message = MessageParser::new().parse(bytes).ok_or_else(malformed)?;
    let bodies = (0..message.text_body_count()).filter_map(|number| message.body_text(number));
    let text = bodies.collect::<Vec<_>>().join("\n\n");
    let text = text.replace("\r\n", "\n").trim().to_owned();
    if text.is_empty() {
        return Err(ErrorKind::Empty);
    }
    let published = message.date().and_then(|date| {
        let (month, day) = (i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?);
        Date::new(i16::try_from(date.year).ok()?, month, day).ok()
    });
    provenance.published_by = published.map(|_| DateBasis::Field);
    if let Some(encoding) = charset(&message) {
        provenance.encoding = Some(encoding.name());
        provenance.encoding_by = Some(EncodingBasis::Declared);
    }
    if let Some(id) = message.message_id() {
        provenance.notes.push(format!("message id: {id}"));
    }
    let sender = message.from().and_then(|from| {
        let mailbox = from.first()?;
        mailbox.name().or(mailbox.address()).map(str::to_owned)
    });
    Ok(Document {
        title: stated(message.subject().map(str::to_owned)),
        text,
        published,
        outlet: stated(sender),
        ..Document::default()
    })
}

/// Finds the encoding that the first part with words tells.
fn charset(message: &mail_parser::Message<'_>) -> Option<&'static Encoding> {
    let part = message.text_bodies().next()?;
    let label = part.content_type()?.attribute("charset")?;
    Encoding::for_label(label.as_bytes())
}

/// Iterates over the messages of a mailbox; holds one, never the mailbox.
pub(crate) struct Mailbox {
    reader: BufReader<Box<dyn Read + Send>>,
    file: String,
    number: u64,
    /// The line that begins the next message.
    begun: Vec<u8>,
    ended: bool,
}

/// What a message begins with, behind an empty line.
const SEPARATOR: &[u8] = b"From ";

impl Mailbox {
    pub(crate) fn new(reader: Box<dyn Read + Send>, file: String) -> Self {
        Self { reader: BufReader::new(reader), file, number: 0, begun: Vec::new(), ended: false }
    }

    /// Reads up to where the next message begins.
    fn raw(&mut self) -> Result<Vec<u8>, ErrorKind> {
        let mut raw = std::mem::take(&mut self.begun);
        let mut line = Vec::new();
        let (mut after_gap, mut too_large) = (raw.is_empty(), false);
        loop {
            line.clear();
            let limit = MAX_DOCUMENT as u64 + 1;
            if self.reader.by_ref().take(limit).read_until(b'\n', &mut line)? == 0 {
                self.ended = true;
                break;
            }
            if after_gap && line.starts_with(SEPARATOR) {
                if !raw.is_empty() {
                    self.begun = line;
                    break;
                }
                raw.append(&mut line);
                after_gap = false;
                continue;
            }
            after_gap = line.trim_ascii().is_empty();
            too_large |= MAX_DOCUMENT < raw.len() + line.len();
            if !too_large && (!raw.is_empty() || !after_gap) {
                raw.extend_from_slice(&line);
            }
        }
        if too_large { Err(ErrorKind::TooLarge { limit: MAX_DOCUMENT }) } else { Ok(raw) }
    }
}

impl Iterator for Mailbox {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        if self.ended {
            return None;
        }
        self.number += 1;
        let location = format!("{}#{}", self.file, self.number);
        let raw = match self.raw() {
            Ok(raw) if raw.is_empty() => return None,
            Ok(raw) => raw,
            Err(kind) => {
                self.ended |= matches!(kind, ErrorKind::Io(_));
                return Some(ReadError::file(&location, kind).into());
            }
        };
        Some(Piece::later(raw.len() as u64, move || {
            let mut provenance =
                Provenance { media_type: Some("message/rfc822".into()), ..Provenance::default() };
            let from_line = raw.starts_with(SEPARATOR);
            let head =
                if from_line { memchr::memchr(b'\n', &raw).map_or(0, |at| at + 1) } else { 0 };
            let document = message(&unquoted(&raw[head..]), &mut provenance)
                .map(|document| Document { id: location.clone(), ..document });
            item(location, raw, provenance, document)
        }))
    }
}

/// Takes off the mark that keeps a line of a message from looking like the next one.
fn unquoted(message: &[u8]) -> Cow<'_, [u8]> {
    const QUOTED: &[u8] = b"\n>From ";
    if memchr::memmem::find(message, QUOTED).is_none() {
        return Cow::Borrowed(message);
    }
    let mut out = Vec::with_capacity(message.len());
    let mut rest = message;
    while let Some(at) = memchr::memmem::find(rest, QUOTED) {
        out.extend_from_slice(&rest[..=at]);
        rest = &rest[at + 2..];
    }
    out.extend_from_slice(rest);
    Cow::Owned(out)
}
