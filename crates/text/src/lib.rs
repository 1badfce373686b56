//! Arabic text, without a domain.
//!
//! This crate knows letters, marks, words, sentences, quotation marks and numbers. It knows nothing
//! of actors, places or war, and it holds no vocabulary: word lists are handed in by the caller.
//!
//! Every position is a UTF-8 byte offset into the original text ([`Span`]). Folding never changes
//! the original: folded spellings live beside it, and [`fold::original_offset`] leads back.

pub mod clitic;
pub mod fold;
pub mod letter;
pub mod morph;
pub mod numeral;
pub mod offsets;
pub mod phrases;
pub mod quote;
pub mod sentence;
pub mod skeleton;
pub mod span;
pub mod token;

pub use offsets::OffsetIndex;
pub use span::Span;
pub use token::{Token, TokenKind, Tokens};
