//! Bytes on their way into a case: hashed, and compressed if it pays.

use crate::Error;
use rusqlite::types::{ToSqlOutput, ValueRef};
use sha1::Sha1;
use sha2::{Digest, Sha256};
use std::io;
use zstd::bulk::{Compressor, Decompressor};

/// How hard zstd tries; more gains little on texts of some kilobytes, and takes twice the time.
const LEVEL: i32 = 1;

/// Bytes with their hashes, ready to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed {
    pub(crate) sha256: [u8; 32],
    pub(crate) sha1: [u8; 20],
    pub(crate) size: usize,
    pub(crate) packing: Packing,
    pub(crate) content: Vec<u8>,
}

/// How content lies in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Packing {
    /// As it is.
    Plain,
    /// One zstd frame.
    Zstd,
}

impl Packing {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Zstd => "zstd",
        }
    }

    pub(crate) fn parse(name: &str) -> Option<Self> {
        [Self::Plain, Self::Zstd].into_iter().find(|packing| packing.as_str() == name)
    }
}

impl rusqlite::ToSql for Packing {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Text(self.as_str().as_bytes())))
    }
}

impl Packed {
    /// Returns the SHA-256 of the bytes.
    pub fn sha256(&self) -> &[u8; 32] {
        &self.sha256
    }
}

/// Packs bytes; keeps what zstd needs from one to the next.
pub struct Packer {
    compressor: Compressor<'static>,
}

impl Packer {
    /// Makes a packer.
    pub fn new() -> io::Result<Self> {
        Ok(Self { compressor: Compressor::new(LEVEL)? })
    }

    /// Hashes `bytes` and compresses them if that saves a tenth.
    pub fn pack(&mut self, bytes: &[u8]) -> io::Result<Packed> {
        let compressed = self.compressor.compress(bytes)?;
        let pays = compressed.len() + bytes.len() / 10 < bytes.len();
        let (packing, content) =
            if pays { (Packing::Zstd, compressed) } else { (Packing::Plain, bytes.to_vec()) };
        Ok(Packed {
            sha256: Sha256::digest(bytes).into(),
            sha1: Sha1::digest(bytes).into(),
            size: bytes.len(),
            packing,
            content,
        })
    }
}

/// Unpacks content; keeps what zstd needs from one to the next.
pub(crate) struct Unpacker {
    decompressor: Decompressor<'static>,
}

impl Unpacker {
    pub(crate) fn new() -> Result<Self, Error> {
        Ok(Self { decompressor: Decompressor::new()? })
    }

    /// Returns the bytes that were packed; `size` bounds what is allocated.
    pub(crate) fn unpack(
        &mut self,
        packing: &str,
        size: usize,
        content: &[u8],
    ) -> Result<Vec<u8>, Error> {
        let bytes = match Packing::parse(packing) {
            Some(Packing::Plain) => content.to_vec(),
            Some(Packing::Zstd) => self
                .decompressor
                .decompress(content, size)
                .map_err(|_| Error::damaged("compressed bytes cannot be unpacked"))?,
            None => return Err(Error::damaged(format!("unknown packing '{packing}'"))),
        };
        if bytes.len() != size {
            return Err(Error::damaged(format!("{} bytes where {size} were kept", bytes.len())));
        }
        Ok(bytes)
    }
}

/// Writes bytes in hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |half: u8| char::from(DIGITS[usize::from(half)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_out_again() {
        let mut packer = Packer::new().expect("zstd is there");
        let mut unpacker = Unpacker::new().expect("zstd is there");
        for (bytes, packing) in [
            (vec![], Packing::Plain),
            (b"short".to_vec(), Packing::Plain),
            (b"again and ".repeat(100), Packing::Zstd),
        ] {
            let packed = packer.pack(&bytes).expect("it can be packed");
            assert_eq!(packed.packing, packing);
            let name = packing.as_str();
            let again = unpacker.unpack(name, packed.size, &packed.content);
            assert_eq!(again.expect("it can be unpacked"), bytes);
        }
    }

    #[test]
    fn a_frame_that_promises_less_is_damaged() {
        let packed = Packer::new().and_then(|mut p| p.pack(&[7; 4096])).expect("it can be packed");
        let mut unpacker = Unpacker::new().expect("zstd is there");
        assert!(unpacker.unpack("zstd", 4095, &packed.content).is_err());
        assert!(unpacker.unpack("zstd", 4097, &packed.content).is_err());
        assert!(unpacker.unpack("zip", 4096, &packed.content).is_err());
    }

    #[test]
    fn bytes_are_written_in_hexadecimal_digits() {
        assert_eq!(hex(&[0, 0x1f, 0xff]), "001fff");
    }
}
