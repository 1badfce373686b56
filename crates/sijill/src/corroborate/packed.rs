//! A sketch as bytes, so that it can go from one process to another of the same version.

use super::episode::{Episode, Spot};
use super::origins::Origin;
use super::sketch::{Placed, Sketch};
use sijill_model::{
    Attribution, Claim, Count, CountSlot, Edtf, Evidence, Field, Modality, OriginBasis,
    Participant, Passage, PlaceSlot, Precision, Reuse, Share, ShareSlot, Span, TimeSlot,
};
use std::str::FromStr as _;

/// What can be written as bytes and read back; reading is `None` where the bytes are none of ours.
pub(super) trait Pack: Sized {
    fn pack(&self, out: &mut Vec<u8>);
    fn unpack(bytes: &mut &[u8]) -> Option<Self>;
}

/// Writes a value.
pub(super) fn packed(value: &impl Pack) -> Vec<u8> {
    let mut out = Vec::new();
    value.pack(&mut out);
    out
}

/// Reads a value that takes up all bytes.
pub(super) fn unpacked<T: Pack>(mut bytes: &[u8]) -> Option<T> {
    let value = T::unpack(&mut bytes)?;
    bytes.is_empty().then_some(value)
}

impl Sketch {
    /// Writes it as bytes that [`Sketch::from_bytes`] of the same version reads.
    pub fn to_bytes(&self) -> Vec<u8> {
        packed(self)
    }

    /// Reads what [`Sketch::to_bytes`] of the same version wrote.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        unpacked(bytes)
    }
}

macro_rules! numbers {
    ($($number:ty),*) => { $(
        impl Pack for $number {
            fn pack(&self, out: &mut Vec<u8>) {
                out.extend(self.to_le_bytes());
            }

            fn unpack(bytes: &mut &[u8]) -> Option<Self> {
                let (number, rest) = bytes.split_first_chunk()?;
                *bytes = rest;
                Some(Self::from_le_bytes(*number))
            }
        }
    )* };
}

numbers!(u8, u16, u32, u64, i32, f64);

impl Pack for bool {
    fn pack(&self, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }

    fn unpack(bytes: &mut &[u8]) -> Option<Self> {
        Some(u8::unpack(bytes)? == 1)
    }
}

impl Pack for String {
    fn pack(&self, out: &mut Vec<u8>) {
        (self.len() as u32).pack(out);
        out.extend(self.as_bytes());
    }

    fn unpack(bytes: &mut &[u8]) -> Option<Self> {
        let length = u32::unpack(bytes)? as usize;
        let (text, rest) = bytes.split_at_checked(length)?;
        *bytes = rest;
        Self::from_utf8(text.to_vec()).ok()
    }
}

impl<T: Pack> Pack for Option<T> {
    fn pack(&self, out: &mut Vec<u8>) {
        self.is_some().pack(out);
        if let Some(value) = self {
            value.pack(out);
        }
    }

    fn unpack(bytes: &mut &[u8]) -> Option<Self> {
        Some(if bool::unpack(bytes)? { Some(T::unpack(bytes)?) } else { None })
    }
}

impl<T: Pack> Pack for Vec<T> {
    fn pack(&self, out: &mut Vec<u8>) {
        (self.len() as u32).pack(out);
        self.iter().for_each(|value| value.pack(out));
    }

    fn unpack(bytes: &mut &[u8]) -> Option<Self> {
        let length = u32::unpack(bytes)?;
        (0..length).map(|_| T::unpack(bytes)).collect()
    }
}

impl<A: Pack, B: Pack> Pack for (A, B) {
    fn pack(&self, out: &mut Vec<u8>) {
        self.0.pack(out);
        self.1.pack(out);
    }

    fn unpack(bytes: &mut &[u8]) -> Option<Self> {
        Some((A::unpack(bytes)?, B::unpack(bytes)?))
    }
}

macro_rules! records {
    ($($record:ident { $($field:ident),* })*) => { $(
        impl Pack for $record {
            fn pack(&self, out: &mut Vec<u8>) {
                $(self.$field.pack(out);)*
            }

            fn unpack(bytes: &mut &[u8]) -> Option<Self> {
                $(let $field = Pack::unpack(bytes)?;)*
                Some(Self { $($field),* })
            }
        }
    )* };
}

records! {
    Sketch { document, outlet, published, claims, episodes, words, text, named, by_night, parts, behind, voices }
    Episode {
        claims, days, told, month_days, weekdays, spots, toponyms, is_wide, main_spot, words, names,
        events, killed, injured, agents
    }
    Spot { id, point }
    Placed { word, is_name, field, span, code_points }
    Origin { id, basis, is_known, voice }
    Reuse { copy, original, share, is_near_copy }
    Passage { document, field, span, code_points }
    Claim {
        id, document, sentence, claim_type, evidence, agent, target, place, time, count, share,
        attribution, modality, confidence, rule
    }
    Evidence { span, field }
    Participant { id, actor_type, name, name_en, span }
    PlaceSlot { id, name, name_en, point, precision, span }
    TimeSlot { edtf, span }
    CountSlot { count, span }
    ShareSlot { share, span }
    Attribution { id, name, speaker, verb, span }
    Span { start, end }
}

/// What has a name on the wire goes by that name.
macro_rules! named {
    ($($name:ty: $write:expr, $read:expr;)*) => { $(
        impl Pack for $name {
            fn pack(&self, out: &mut Vec<u8>) {
                $write(self).to_string().pack(out);
            }

            fn unpack(bytes: &mut &[u8]) -> Option<Self> {
                $read(&String::unpack(bytes)?)
            }
        }
    )* };
}

named! {
    sijill_model::ClaimType: Self::to_string, |name: &str| Self::from_str(name).ok();
    sijill_model::Date: Self::to_string, |name: &str| name.parse().ok();
    Edtf: Self::to_string, |name: &str| Self::from_str(name).ok();
    Modality: |value: &Self| value.as_str(), Self::parse;
    OriginBasis: |value: &Self| value.as_str(), Self::parse;
    Precision: |value: &Self| value.as_str(), Self::parse;
}

impl Pack for Field {
    fn pack(&self, out: &mut Vec<u8>) {
        (*self == Self::Title).pack(out);
    }

    fn unpack(bytes: &mut &[u8]) -> Option<Self> {
        Some(if bool::unpack(bytes)? { Self::Title } else { Self::Text })
    }
}

impl Pack for Count {
    fn pack(&self, out: &mut Vec<u8>) {
        (self.min(), self.max()).pack(out);
        self.approximate.pack(out);
    }

    fn unpack(bytes: &mut &[u8]) -> Option<Self> {
        let (min, max) = Pack::unpack(bytes)?;
        Self::between(min, max, bool::unpack(bytes)?)
    }
}

impl Pack for Share {
    fn pack(&self, out: &mut Vec<u8>) {
        (self.min(), self.max()).pack(out);
        self.approximate.pack(out);
    }

    fn unpack(bytes: &mut &[u8]) -> Option<Self> {
        let (min, max) = Pack::unpack(bytes)?;
        Self::between(min, max, bool::unpack(bytes)?)
    }
}
