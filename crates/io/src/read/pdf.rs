//! The text layer of a PDF, in the order in which it is read.
//!
//! A PDF places glyphs; most programs place Arabic from the left, and as the shaped forms of
//! letters. So glyphs are taken by where they stand: lines from the top, each line from the left,
//! and what is written from the right is turned around.

mod layout;

use super::stated;
use crate::{EncodingBasis, ErrorKind, Provenance};
use flate2::read::ZlibDecoder;
use layout::{Glyph, laid_out};
use pdf_extract::{Document as Pdf, MediaBox, OutputDev, OutputError, Transform};
use sijill_model::Document;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use unicode_normalization::UnicodeNormalization as _;

/// Streams that unpack to more than this, all together, …
const MOST: u64 = 256 << 20;

/// … and to so many times the size of the file, are a bomb.
const RATIO: u64 = 200;

/// Makes the document of a PDF; the caller gives it an id.
///
/// The day on which the file was made is noted and is no day of publication: it may have been
/// printed years later.
pub(super) fn document(bytes: &[u8], provenance: &mut Provenance) -> Result<Document, ErrorKind> {
    if is_bomb(bytes) {
        return Err(ErrorKind::Bomb);
    }
    // The format has many corners, and what reads it gives up by panicking.
    let read = catch_unwind(AssertUnwindSafe(|| read(bytes)));
    let read = read.unwrap_or_else(|_| Err("a font or stream of it is damaged".to_owned()));
    let read = read.map_err(|message| ErrorKind::Malformed { what: "PDF", message })?;
    provenance.encoding_by = Some(EncodingBasis::Format);
    if let Some(made) = stated(read.made) {
        provenance.notes.push(format!("file made: {made}"));
    }
    if read.text.trim().is_empty() {
        return Err(ErrorKind::NoTextLayer);
    }
    Ok(Document { title: stated(read.title), text: read.text, ..Document::default() })
}

/// What a PDF holds.
struct Contents {
    text: String,
    title: Option<String>,
    made: Option<String>,
}

fn read(bytes: &[u8]) -> Result<Contents, String> {
    let pdf = Pdf::load_mem(bytes).map_err(|error| error.to_string())?;
    let mut pages = Pages::default();
    pdf_extract::output_doc(&pdf, &mut pages).map_err(|error| error.to_string())?;
    let info = |name: &[u8]| {
        let (_, info) = pdf.dereference(pdf.trailer.get(b"Info").ok()?).ok()?;
        let (_, value) = pdf.dereference(info.as_dict().ok()?.get(name).ok()?).ok()?;
        value.as_str().ok().map(written)
    };
    Ok(Contents { text: pages.text, title: info(b"Title"), made: info(b"CreationDate") })
}

/// Reads a string of the format: UTF-16 behind its mark, else bytes.
fn written(bytes: &[u8]) -> String {
    let Some(units) = bytes.strip_prefix(b"\xfe\xff") else {
        return String::from_utf8_lossy(bytes).into_owned();
    };
    let units = units.chunks_exact(2).map(|unit| u16::from_be_bytes([unit[0], unit[1]]));
    char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// Tells whether the streams of a PDF unpack to absurd sizes; none of them is kept.
fn is_bomb(bytes: &[u8]) -> bool {
    let most = MOST.max(RATIO * bytes.len() as u64);
    let mut unpacked = 0;
    for at in memchr::memmem::find_iter(bytes, b"stream") {
        let rest = &bytes[at + b"stream".len()..];
        let rest = rest.strip_prefix(b"\r").unwrap_or(rest);
        let Some(packed) = rest.strip_prefix(b"\n") else { continue };
        let mut stream = ZlibDecoder::new(packed).take(most + 1 - unpacked);
        let mut buffer = [0; 1 << 14];
        while let Ok(count @ 1..) = stream.read(&mut buffer) {
            unpacked += count as u64;
        }
        if most < unpacked {
            return true;
        }
    }
    false
}

/// Takes the glyphs of each page.
#[derive(Default)]
struct Pages {
    height: f64,
    glyphs: Vec<Glyph>,
    text: String,
}

impl OutputDev for Pages {
    fn begin_page(
        &mut self,
        _: u32,
        page: &MediaBox,
        _: Option<(f64, f64, f64, f64)>,
    ) -> Result<(), OutputError> {
        self.height = page.ury;
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        let text = laid_out(std::mem::take(&mut self.glyphs));
        if !self.text.is_empty() && !text.is_empty() {
            self.text.push_str("\n\n");
        }
        self.text.push_str(&text);
        Ok(())
    }

    fn output_character(
        &mut self,
        at: &Transform,
        width: f64,
        _: f64,
        size: f64,
        text: &str,
    ) -> Result<(), OutputError> {
        let size = size * at.m21.hypot(at.m22);
        let text: String = text.nfkc().filter(|c| !c.is_control()).collect();
        if !text.is_empty() {
            let (x, y) = (at.m31, self.height - at.m32);
            self.glyphs.push(Glyph::new(text, (x, y), width, size));
        }
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}
