//! Conversion of byte offsets to code points and UTF-16 units.
//!
//! Inside, every offset is a UTF-8 byte. The wire and Python count code points, browsers count
//! UTF-16 units: both are reached from here and nowhere else.

use crate::Span;

/// How many bytes lie between two checkpoints.
const STEP: usize = 256;

/// An index over one text that converts offsets in about constant time.
#[derive(Clone, Debug)]
pub struct OffsetIndex<'a> {
    text: &'a str,
    /// For each multiple of [`STEP`]: code points and UTF-16 units that begin before it.
    checkpoints: Vec<(u32, u32)>,
}

impl<'a> OffsetIndex<'a> {
    /// Indexes `text` in one pass.
    pub fn new(text: &'a str) -> Self {
        let mut checkpoints = Vec::with_capacity(text.len() / STEP + 1);
        let (mut points, mut units) = (0, 0);
        for (i, byte) in text.bytes().enumerate() {
            if i % STEP == 0 {
                checkpoints.push((points, units));
            }
            points += u32::from(begins_char(byte));
            units += utf16_units(byte);
        }
        Self { text, checkpoints }
    }

    /// Converts a byte offset to a count of code points.
    pub fn code_points(&self, byte: u32) -> u32 {
        self.count(byte).0
    }

    /// Converts a byte offset to a count of UTF-16 units.
    pub fn utf16(&self, byte: u32) -> u32 {
        self.count(byte).1
    }

    /// Converts a span to code points, as `(start, end)`.
    pub fn span_code_points(&self, span: Span) -> (u32, u32) {
        (self.code_points(span.start), self.code_points(span.end))
    }

    /// Converts a count of code points back to a byte offset; `None` behind the end of the text.
    pub fn byte_of_code_point(&self, point: u32) -> Option<u32> {
        let block = self.checkpoints.partition_point(|&(points, _)| points <= point).max(1) - 1;
        let mut points = self.checkpoints.get(block).map_or(0, |c| c.0);
        let start = block * STEP;
        for (i, &byte) in self.text.as_bytes()[start.min(self.text.len())..].iter().enumerate() {
            if begins_char(byte) {
                if points == point {
                    return Some((start + i) as u32);
                }
                points += 1;
            }
        }
        (points == point).then_some(self.text.len() as u32)
    }

    fn count(&self, byte: u32) -> (u32, u32) {
        let byte = (byte as usize).min(self.text.len());
        let block = (byte / STEP).min(self.checkpoints.len().saturating_sub(1));
        let (mut points, mut units) = self.checkpoints.get(block).copied().unwrap_or_default();
        for &b in &self.text.as_bytes()[block * STEP..byte] {
            points += u32::from(begins_char(b));
            units += utf16_units(b);
        }
        (points, units)
    }
}

fn begins_char(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

fn utf16_units(byte: u8) -> u32 {
    u32::from(begins_char(byte)) + u32::from(byte >= 0xF0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn agrees_with_counting(text in "\\PC*{0,200}|[ا-ي\u{64b}-\u{652}😀\r\n a-z]{0,700}") {
            let index = OffsetIndex::new(&text);
            for (points, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(index.code_points(byte as u32), points as u32);
                prop_assert_eq!(index.byte_of_code_point(points as u32), Some(byte as u32));
                prop_assert_eq!(index.utf16(byte as u32), text[..byte].encode_utf16().count() as u32);
            }
            let points = text.chars().count() as u32;
            prop_assert_eq!(index.code_points(text.len() as u32), points);
            prop_assert_eq!(index.byte_of_code_point(points), Some(text.len() as u32));
            prop_assert_eq!(index.byte_of_code_point(points + 1), None);
        }
    }
}
