//! Mentions in few bytes: there are a hundred of them to a report.
//!
//! First the ids: how many, then each with its length. Then each mention: its field and kind, how
//! many bytes it begins behind the one before, its length, its id and its candidates. Numbers are
//! LEB128; ids count from 1, and 0 is none.

use crate::Error;
use crate::leb128::{read, read_signed, write, write_signed};
use rustc_hash::FxHashMap;
use sijill_model::{Field, Mention, MentionKind, Span};

/// Encodes mentions.
pub(crate) fn encode(mentions: &[Mention]) -> Vec<u8> {
    let mut ids = Ids::default();
    let mut records = Vec::with_capacity(mentions.len() * 6);
    let mut last = 0;
    for mention in mentions {
        let kind = MentionKind::ALL.iter().position(|kind| *kind == mention.kind).unwrap_or(0);
        records.push((kind as u8) << 1 | u8::from(mention.field == Field::Title));
        write_signed(&mut records, i64::from(mention.span.start) - last);
        last = i64::from(mention.span.start);
        write(&mut records, mention.span.len().into());
        write(&mut records, mention.resolved.as_deref().map_or(0, |id| ids.number(id)));
        write(&mut records, mention.candidates.len() as u64);
        for candidate in &mention.candidates {
            write(&mut records, ids.number(candidate));
        }
    }
    let mut out = Vec::with_capacity(ids.bytes.len() + records.len() + 2);
    write(&mut out, ids.numbers.len() as u64);
    out.extend_from_slice(&ids.bytes);
    out.extend_from_slice(&records);
    out
}

#[derive(Default)]
struct Ids<'a> {
    numbers: FxHashMap<&'a str, u64>,
    bytes: Vec<u8>,
}

impl<'a> Ids<'a> {
    fn number(&mut self, id: &'a str) -> u64 {
        let next = self.numbers.len() as u64 + 1;
        let bytes = &mut self.bytes;
        *self.numbers.entry(id).or_insert_with(|| {
            write(bytes, id.len() as u64);
            bytes.extend_from_slice(id.as_bytes());
            next
        })
    }
}

/// Decodes mentions.
pub(crate) fn decode(bytes: &[u8]) -> Result<Vec<Mention>, Error> {
    decoded(bytes).ok_or_else(|| Error::damaged("mentions cannot be decoded"))
}

fn decoded(mut bytes: &[u8]) -> Option<Vec<Mention>> {
    let bytes = &mut bytes;
    let mut ids = Vec::new();
    for _ in 0..read(bytes)? {
        let length = read(bytes)? as usize;
        let (id, rest) = bytes.split_at_checked(length)?;
        *bytes = rest;
        ids.push(std::str::from_utf8(id).ok()?.to_owned());
    }
    let id = |number: u64| ids.get((number as usize).checked_sub(1)?).cloned();
    let mut mentions = Vec::new();
    let mut last = 0_i64;
    while let Some((&head, rest)) = bytes.split_first() {
        *bytes = rest;
        last += read_signed(bytes)?;
        let start = u32::try_from(last).ok()?;
        let end = start.checked_add(u32::try_from(read(bytes)?).ok()?)?;
        let resolved = match read(bytes)? {
            0 => None,
            number => Some(id(number)?),
        };
        let mut candidates = Vec::new();
        for _ in 0..read(bytes)? {
            candidates.push(id(read(bytes)?)?);
        }
        mentions.push(Mention {
            span: Span::new(start, end),
            field: if head & 1 == 1 { Field::Title } else { Field::Text },
            kind: *MentionKind::ALL.get(usize::from(head >> 1))?,
            resolved,
            candidates,
        });
    }
    Some(mentions)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mention(start: u32, end: u32, resolved: Option<&str>, candidates: &[&str]) -> Mention {
        Mention {
            span: Span::new(start, end),
            field: if start == 0 { Field::Title } else { Field::Text },
            kind: MentionKind::Place,
            resolved: resolved.map(str::to_owned),
            candidates: candidates.iter().map(|&id| id.to_owned()).collect(),
        }
    }

    #[test]
    fn what_is_encoded_comes_out_again() {
        let mentions = [
            mention(0, 300, Some("sdf"), &["ypg", "sdf"]),
            mention(70_000, 70_001, None, &[]),
            mention(12, 40, Some("ypg"), &["geonames:1"]),
        ];
        assert_eq!(decode(&encode(&mentions)).expect("it can be decoded"), mentions);
        assert_eq!(decode(&encode(&[])).expect("it can be decoded"), []);
    }

    #[test]
    fn bytes_that_are_cut_off_are_damaged() {
        let bytes = encode(&[mention(5, 9, Some("sdf"), &["ypg"])]);
        for end in 0..bytes.len() - 1 {
            // Cut between the ids and the record there is nothing left to miss.
            let whole = decode(&bytes[..end]).is_ok_and(|mentions| !mentions.is_empty());
            assert!(!whole, "{end}");
        }
        assert!(decode(&[1, 200, 1]).is_err());
    }
}
