//! The message inside a record: headers and body.

use super::stream::fault;
use super::{Format, Record, format};
use crate::decode::{Charset, charset};
use crate::{ErrorKind, MAX_DOCUMENT};
use flate2::read::{MultiGzDecoder, ZlibDecoder};
use std::borrow::Cow;
use std::io::Read;
use zstd::stream::read::Decoder;

/// How many bytes of Brotli are unpacked at a time.
const BUFFER: usize = 4096;

/// How many headers an answer may have.
const MAX_HEADERS: usize = 256;

/// What the headers say of the body.
pub(super) struct Message {
    pub(super) status: Option<u16>,
    pub(super) format: Format,
    /// Where the body begins in the block.
    pub(super) body: usize,
    is_chunked: bool,
    coding: String,
    /// The encoding that the server told.
    pub(super) charset: Charset,
}

/// Reads the headers; `None` if the record is no page, or an answer that tells of a fault.
///
/// Servers write headers as they please: what is odd is passed over, as browsers do.
pub(super) fn message(record: &Record) -> Result<Option<Message>, ErrorKind> {
    let media_type = record.header("content-type").unwrap_or_default();
    if record.header("warc-type") != Some("response") {
        let (is_chunked, coding) = (false, String::new());
        return Ok(format(media_type).map(|format| Message {
            status: None,
            format,
            body: 0,
            is_chunked,
            coding,
            charset: charset(media_type),
        }));
    }
    if !media_type.starts_with("application/http") {
        return Ok(None);
    }
    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut response = httparse::Response::new(&mut headers);
    let mut config = httparse::ParserConfig::default();
    config
        .allow_spaces_after_header_name_in_responses(true)
        .allow_obsolete_multiline_headers_in_responses(true)
        .ignore_invalid_headers_in_responses(true);
    let broken = |message| ErrorKind::Malformed { what: "answer of a server", message };
    let body = match config.parse_response(&mut response, &record.block) {
        Ok(httparse::Status::Complete(body)) => body,
        Ok(httparse::Status::Partial) => return Err(broken("its headers do not end".to_owned())),
        Err(error) => return Err(broken(error.to_string())),
    };
    let status = response.code;
    let header = |name: &str| {
        let found = response.headers.iter().find(|header| header.name.eq_ignore_ascii_case(name));
        found.map(|header| String::from_utf8_lossy(header.value).trim().to_ascii_lowercase())
    };
    if !status.is_some_and(|status| (200..300).contains(&status)) || body == record.block.len() {
        return Ok(None);
    }
    let media_type = header("content-type").unwrap_or_default();
    Ok(format(&media_type).map(|format| Message {
        status,
        format,
        charset: charset(&media_type),
        body,
        is_chunked: header("transfer-encoding").is_some_and(|coding| coding.contains("chunked")),
        coding: header("content-encoding").unwrap_or_default(),
    }))
}

impl Message {
    /// Returns the body without the marks of its chunks.
    pub(super) fn unchunked<'b>(&self, body: &'b [u8]) -> Cow<'b, [u8]> {
        match self.is_chunked.then(|| chunks(body)).flatten() {
            Some(whole) => Cow::Owned(whole),
            // Many programs join the chunks and leave the header as it was.
            None => Cow::Borrowed(body),
        }
    }

    /// Returns the page as its author wrote it.
    pub(super) fn decoded(&self, body: &[u8]) -> Result<Vec<u8>, ErrorKind> {
        let body = self.unchunked(body);
        let reader: Box<dyn Read> = match self.coding.as_str() {
            // Many programs unpack the body and leave the header as it was.
            "gzip" | "x-gzip" if body.starts_with(b"\x1f\x8b") => {
                Box::new(MultiGzDecoder::new(&*body))
            }
            "deflate" if body.first().is_some_and(|byte| byte & 0x0f == 8) => {
                Box::new(ZlibDecoder::new(&*body))
            }
            "br" if std::str::from_utf8(&body).is_err() => {
                Box::new(brotli_decompressor::Decompressor::new(&*body, BUFFER))
            }
            "zstd" if std::str::from_utf8(&body).is_err() => {
                Box::new(Decoder::with_buffer(&*body).map_err(|error| fault(error, "page"))?)
            }
            _ => return Ok(body.into_owned()),
        };
        let mut bytes = Vec::new();
        reader
            .take(MAX_DOCUMENT as u64 + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| fault(error, "page"))?;
        if MAX_DOCUMENT < bytes.len() {
            return Err(ErrorKind::TooLarge { limit: MAX_DOCUMENT });
        }
        Ok(bytes)
    }
}

/// Joins the chunks of a body; `None` if there are none.
fn chunks(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::with_capacity(body.len());
    loop {
        let end = memchr::memmem::find(body, b"\r\n")?;
        let size = std::str::from_utf8(&body[..end]).ok()?.split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        body = &body[end + 2..];
        if size == 0 {
            return Some(whole);
        }
        let (chunk, rest) = body.split_at_checked(size)?;
        whole.extend_from_slice(chunk);
        body = rest.strip_prefix(b"\r\n")?;
    }
}
