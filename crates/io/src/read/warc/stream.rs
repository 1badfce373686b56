//! Streams that may be packed, and that must not unpack without end.

use crate::ErrorKind;
use flate2::bufread::MultiGzDecoder;
use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// What unpacks to more than this …
const MOST: u64 = 1 << 30;

/// … and to so many times its size, is a bomb: text packs to a tenth, zeros to a thousandth.
const RATIO: u64 = 200;

/// Unpacks a stream if it is packed with gzip.
pub(crate) fn open(reader: Box<dyn Read + Send>) -> io::Result<Guard> {
    let packed = Arc::new(AtomicU64::new(0));
    let counting = Counting { inner: reader, count: Arc::clone(&packed) };
    let mut reader = BufReader::with_capacity(64 << 10, counting);
    let is_packed = reader.fill_buf()?.starts_with(b"\x1f\x8b");
    let inner: Box<dyn BufRead + Send> = if is_packed {
        Box::new(BufReader::new(MultiGzDecoder::new(reader)))
    } else {
        Box::new(reader)
    };
    Ok(Guard { inner, packed, unpacked: 0 })
}

/// A stream that refuses to unpack to absurd sizes.
pub(crate) struct Guard {
    inner: Box<dyn BufRead + Send>,
    packed: Arc<AtomicU64>,
    unpacked: u64,
}

impl Guard {
    /// Tells whether a size is absurd for what it is packed into.
    pub(crate) fn is_bomb(packed: u64, unpacked: u64) -> bool {
        MOST < unpacked && RATIO < unpacked / packed.max(1)
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
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.unpacked += amount as u64;
        self.inner.consume(amount);
    }
}

struct Counting {
    inner: Box<dyn Read + Send>,
    count: Arc<AtomicU64>,
}

impl Read for Counting {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.count.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
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
