//! Streams that may be packed, and that must not unpack without end.

use crate::ErrorKind;
use flate2::bufread::GzDecoder;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use zstd::stream::read::Decoder;

/// What unpacks to more than this …
const MOST: u64 = 1 << 30;

/// … and to so many times its size, is a bomb: text packs to a tenth, zeros to a thousandth.
const RATIO: u64 = 200;

/// Unpacks a stream if it is packed with gzip or Zstandard.
pub(crate) fn open(reader: Box<dyn Read + Send>) -> io::Result<Guard> {
    let packed = Arc::new(AtomicU64::new(0));
    let counting = Counting { inner: reader, count: Arc::clone(&packed), back: &[] };
    let mut reader = BufReader::with_capacity(64 << 10, counting);
    let head = reader.fill_buf()?;
    let inner = if head.starts_with(GZIP) {
        Inner::Gzip(Box::new(BufReader::new(Members(Some(GzDecoder::new(reader))))))
    } else if head.starts_with(DICTIONARY) || head.starts_with(ZSTD) {
        let dictionary = dictionary(&mut reader)?;
        let unpacker = Decoder::with_dictionary(reader, &dictionary)?;
        Inner::Other(Box::new(BufReader::new(unpacker)))
    } else {
        Inner::Other(Box::new(reader))
    };
    Ok(Guard { inner, packed, unpacked: 0 })
}

/// A frame of Zstandard begins so …
const ZSTD: &[u8] = b"\x28\xb5\x2f\xfd";

/// … and so one that holds the dictionary of the others.
const DICTIONARY: &[u8] = b"\x5d\x2a\x4d\x18";

/// A larger dictionary is none.
const MAX_DICTIONARY: u64 = 16 << 20;

/// Reads the dictionary that a WARC may begin with; it may be packed itself.
fn dictionary(reader: &mut Input) -> io::Result<Vec<u8>> {
    if !reader.fill_buf()?.starts_with(DICTIONARY) {
        return Ok(Vec::new());
    }
    let mut head = [0; 8];
    reader.read_exact(&mut head)?;
    let size = u64::from(u32::from_le_bytes([head[4], head[5], head[6], head[7]]));
    let mut frame = Vec::new();
    reader.take(size.min(MAX_DICTIONARY)).read_to_end(&mut frame)?;
    if !frame.starts_with(ZSTD) {
        return Ok(frame);
    }
    let mut dictionary = Vec::new();
    Decoder::with_buffer(&*frame)?.take(MAX_DICTIONARY).read_to_end(&mut dictionary)?;
    Ok(dictionary)
}

type Input = BufReader<Counting>;

enum Inner {
    /// Each record is packed by itself, so that others can be had if one is broken.
    Gzip(Box<BufReader<Members>>),
    Other(Box<dyn BufRead + Send>),
}

/// A stream that refuses to unpack to absurd sizes.
pub(crate) struct Guard {
    inner: Inner,
    packed: Arc<AtomicU64>,
    unpacked: u64,
}

impl Guard {
    /// Takes what was read already.
    pub(super) fn of(bytes: Vec<u8>) -> Self {
        let packed = Arc::new(AtomicU64::new(bytes.len() as u64));
        Self { inner: Inner::Other(Box::new(Cursor::new(bytes))), packed, unpacked: 0 }
    }

    /// Tells whether a size is absurd for what it is packed into.
    pub(crate) fn is_bomb(packed: u64, unpacked: u64) -> bool {
        MOST < unpacked && RATIO < unpacked / packed.max(1)
    }

    /// Goes on behind bytes that cannot be unpacked; tells whether anything follows.
    pub(super) fn pass_on(&mut self) -> io::Result<bool> {
        match &mut self.inner {
            Inner::Gzip(members) => members.get_mut().pass_on(),
            Inner::Other(_) => Ok(false),
        }
    }
}

impl Read for Guard {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Guard {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if Self::is_bomb(self.packed.load(Ordering::Relaxed), self.unpacked) {
            return Err(io::Error::new(io::ErrorKind::QuotaExceeded, "unpacks without end"));
        }
        match &mut self.inner {
            Inner::Gzip(members) => members.fill_buf(),
            Inner::Other(inner) => inner.fill_buf(),
        }
    }

    fn consume(&mut self, amount: usize) {
        self.unpacked += amount as u64;
        match &mut self.inner {
            Inner::Gzip(members) => members.consume(amount),
            Inner::Other(inner) => inner.consume(amount),
        }
    }
}

/// The first bytes of something that is packed with gzip.
const GZIP: &[u8] = b"\x1f\x8b\x08";

/// What is packed with gzip, one part after the other.
struct Members(Option<GzDecoder<Input>>);

impl Members {
    /// Goes on where the next part begins.
    fn pass_on(&mut self) -> io::Result<bool> {
        let Some(member) = self.0.take() else { return Ok(false) };
        let mut input = member.into_inner();
        loop {
            let bytes = input.fill_buf()?;
            if let Some(at) = memchr::memmem::find(bytes, GZIP) {
                input.consume(at);
                self.0 = Some(GzDecoder::new(input));
                return Ok(true);
            }
            // It may have begun at the end of what was read.
            let length = bytes.len();
            let begun = (1..GZIP.len()).rev().find(|&begun| bytes.ends_with(&GZIP[..begun]));
            let begun = begun.unwrap_or(0);
            if length == begun {
                return Ok(false);
            }
            input.consume(length);
            input.get_mut().back = &GZIP[..begun];
        }
    }
}

impl Read for Members {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while let Some(member) = &mut self.0 {
            let count = member.read(buffer)?;
            if count > 0 || buffer.is_empty() {
                return Ok(count);
            }
            let mut input = self.0.take().expect("it was there").into_inner();
            if !input.fill_buf()?.is_empty() {
                self.0 = Some(GzDecoder::new(input));
            }
        }
        Ok(0)
    }
}

struct Counting {
    inner: Box<dyn Read + Send>,
    count: Arc<AtomicU64>,
    /// What is read again, before the rest.
    back: &'static [u8],
}

impl Read for Counting {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let back = self.back.read(buffer)?;
        let count = self.inner.read(&mut buffer[back..])?;
        self.count.fetch_add(count as u64, Ordering::Relaxed);
        Ok(back + count)
    }
}

/// Says what the fault of a packed stream means.
pub(super) fn fault(error: io::Error, what: &'static str) -> ErrorKind {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => ErrorKind::Truncated { what },
        io::ErrorKind::QuotaExceeded => ErrorKind::Bomb,
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => {
            ErrorKind::Malformed { what, message: error.to_string() }
        }
        _ => ErrorKind::Io(error),
    }
}
