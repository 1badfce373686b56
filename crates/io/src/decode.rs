//! From bytes to text: which encoding a file is in.
//!
//! The order matters. A byte-order mark settles it. UTF-16 without a mark is looked for before
//! UTF-8, because Arabic in UTF-16 consists of bytes below 0x80 and is therefore valid UTF-8. Then
//! UTF-8, strictly; then UTF-8 with some damage (a file cut off in the middle of a letter must not
//! turn into windows-1256 as a whole); and only then a guess among the one-byte encodings.

use crate::{EncodingBasis, ErrorKind};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// How many bytes are looked at to recognise UTF-16 and a page's `charset`.
const SAMPLE: usize = 4096;

/// How many intact letters outweigh one damaged place in a text that is still taken for UTF-8.
const INTACT_FOR_ONE_DAMAGED: usize = 10;

/// Decodes text of an unknown encoding; apart from a byte-order mark nothing is taken off.
pub fn decode(bytes: Vec<u8>) -> Result<String, ErrorKind> {
    decode_text(bytes, None).map(|decoded| decoded.text)
}

/// A text and how its bytes were understood.
pub(crate) struct Decoded {
    pub(crate) text: String,
    /// The encoding by its name on the web.
    pub(crate) encoding: &'static str,
    pub(crate) basis: EncodingBasis,
}

/// Decodes text that says nothing of its encoding, unless who sent it did.
pub(crate) fn decode_text(bytes: Vec<u8>, told: Charset) -> Result<Decoded, ErrorKind> {
    decode_with(bytes, told)
}

/// Decodes a page, which may name its own encoding; who sent it knows better.
pub(crate) fn decode_html(bytes: Vec<u8>, told: Charset) -> Result<Decoded, ErrorKind> {
    let declared = told.or_else(|| declared_charset(&bytes));
    decode_with(bytes, declared)
}

/// The encoding that is told beside the bytes.
pub(crate) type Charset = Option<&'static Encoding>;

/// Finds the encoding in a media type, as in `text/html; charset=windows-1256`.
pub(crate) fn charset(media_type: &str) -> Charset {
    let parameters = media_type.split(';').skip(1).filter_map(|part| part.split_once('='));
    let mut named = parameters.filter(|(name, _)| name.trim().eq_ignore_ascii_case("charset"));
    let label = named.next()?.1.trim().trim_matches(['"', '\'']);
    // Bytes that are UTF-8 need not be told, and others are not, whatever is told.
    Encoding::for_label(label.as_bytes()).filter(|&encoding| encoding != UTF_8)
}

fn decode_with(
    mut bytes: Vec<u8>,
    declared: Option<&'static Encoding>,
) -> Result<Decoded, ErrorKind> {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        if encoding == UTF_8 {
            bytes.drain(..mark);
            return Ok(decoded(into_utf8(bytes), UTF_8, EncodingBasis::Mark));
        }
        let text = encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned();
        return Ok(decoded(text, encoding, EncodingBasis::Mark));
    }
    if let Some((text, encoding)) = utf16_without_mark(&bytes) {
        return Ok(decoded(text, encoding, EncodingBasis::HighBytes));
    }
    if let Some(what) = known_binary(&bytes) {
        return Err(ErrorKind::NotText { what });
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return Ok(decoded(text, UTF_8, EncodingBasis::Valid)),
        Err(error) => error.into_bytes(),
    };
    if is_damaged_utf8(&bytes) {
        return Ok(decoded(into_utf8(bytes), UTF_8, EncodingBasis::NearlyValid));
    }
    if memchr::memchr(0, &bytes).is_some() {
        return Err(ErrorKind::NotText { what: "binary data" });
    }
    let (encoding, basis) = match declared {
        Some(encoding) => (encoding, EncodingBasis::Declared),
        None => (guess(&bytes), EncodingBasis::Guessed),
    };
    let text = encoding.decode_without_bom_handling(&bytes).0.into_owned();
    Ok(decoded(text, encoding, basis))
}

fn decoded(text: String, encoding: &'static Encoding, basis: EncodingBasis) -> Decoded {
    Decoded { text, encoding: encoding.name(), basis }
}

fn into_utf8(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

/// Recognises UTF-16 by the high bytes, which are those of Latin (0x00) and Arabic (0x06) letters.
fn utf16_without_mark(bytes: &[u8]) -> Option<(String, &'static Encoding)> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    if sample.len() < 2 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let high = |byte: &u8| matches!(*byte, 0x00 | 0x06);
    let units = sample.len() / 2;
    let low_first = sample.iter().skip(1).step_by(2).filter(|&byte| high(byte)).count();
    let high_first = sample.iter().step_by(2).filter(|&byte| high(byte)).count();
    let (encoding, hits) =
        if low_first < high_first { (UTF_16BE, high_first) } else { (UTF_16LE, low_first) };
    if hits * 10 < units * 7 {
        return None;
    }
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    (!text.contains('\0')).then(|| (text.into_owned(), encoding))
}

/// Recognises the formats that people pass by mistake.
fn known_binary(bytes: &[u8]) -> Option<&'static str> {
    const MAGIC: &[(&[u8], &str)] = &[
        (b"%PDF-", "a PDF"),
        (b"PK\x03\x04", "a zip or office file"),
        (b"\x1f\x8b", "gzip data"),
        (b"\xfd7zXZ\0", "xz data"),
        (b"\x28\xb5\x2f\xfd", "zstd data"),
        (b"\xd0\xcf\x11\xe0", "an old office file"),
        (b"\x89PNG", "an image"),
        (b"\xff\xd8\xff", "an image"),
        (b"GIF8", "an image"),
    ];
    MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|&(_, what)| what)
}

fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut intact, mut damaged) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        intact += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        damaged += usize::from(!chunk.invalid().is_empty());
    }
    damaged * INTACT_FOR_ONE_DAMAGED <= intact
}

/// Guesses a one-byte encoding; the top-level domain tells the detector to expect Arabic.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(Some(b"sa"), Utf8Detection::Deny)
}

/// Finds `charset=…` in the head of a page, or `encoding=…` in that of a feed.
fn declared_charset(bytes: &[u8]) -> Option<&'static Encoding> {
    const KEYS: [&[u8]; 2] = [b"charset=", b"encoding="];
    let head = bytes[..bytes.len().min(SAMPLE)].to_ascii_lowercase();
    let find = |key: &&[u8]| Some(memchr::memmem::find(&head, key)? + key.len());
    let start = KEYS.iter().find_map(find)?;
    let label = head[start..].iter().skip_while(|byte| matches!(byte, b'"' | b'\''));
    let label: Vec<u8> =
        label.take_while(|b| b.is_ascii_alphanumeric() || b"-_:".contains(b)).copied().collect();
    // The page was no valid UTF-8, whatever it says.
    Encoding::for_label(&label).filter(|&encoding| encoding != UTF_8)
}
