//! An item as it was received: its bytes, where they came from, and how they were understood.

use crate::ReadError;
use sijill_model::Document;
use std::borrow::Cow;

/// One item of the input: what was received and the document that was made of it.
#[derive(Debug)]
pub struct Item<'a> {
    /// Where it was found: the file as the user named it, with the line if it is one of many.
    pub location: String,
    /// The bytes as received, the smallest part of the input that makes the document; `None` if
    /// they could not be had.
    pub original: Option<Cow<'a, [u8]>>,
    /// What is known of the bytes.
    pub provenance: Provenance,
    /// The document, or what was wrong.
    pub document: Result<Document, ReadError>,
}

impl From<ReadError> for Item<'_> {
    fn from(error: ReadError) -> Self {
        Self {
            location: error.location(),
            original: None,
            provenance: Provenance::default(),
            document: Err(error),
        }
    }
}

/// Where bytes came from and how they were understood, as far as it is known.
///
/// Whoever collected the item may have told when, from where and with what (auto-archiver sheets,
/// WARC records); a reader fills what its format holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Provenance {
    /// The media type of the bytes, such as `text/html`.
    pub media_type: Option<Cow<'static, str>>,
    /// The encoding of the text, by its name on the web.
    pub encoding: Option<&'static str>,
    /// How the encoding was found.
    pub encoding_by: Option<EncodingBasis>,
    /// How the day of publication was found.
    pub published_by: Option<DateBasis>,
    /// The address that was asked for; the document has the one that answered.
    pub source_url: Option<String>,
    /// When it was collected, RFC 3339, as whoever collected it tells.
    pub collected_at: Option<String>,
    /// The program that collected it, with its version.
    pub tool: Option<String>,
    /// The status of the answer.
    pub http_status: Option<u16>,
    /// The id of the WARC record.
    pub warc_record_id: Option<String>,
    /// What else a reader of the record should know, such as a digest that was checked.
    pub notes: Vec<String>,
}

/// How an encoding was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EncodingBasis {
    /// A byte-order mark says so.
    Mark,
    /// The high bytes are those of Latin and Arabic letters in UTF-16.
    HighBytes,
    /// The bytes are valid.
    Valid,
    /// Nearly all of the bytes are valid.
    NearlyValid,
    /// The page or message names it.
    Declared,
    /// The frequencies of letters suggest it.
    Guessed,
    /// The format knows no other.
    Format,
}

impl EncodingBasis {
    /// Returns the name in records.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Mark => "byte-order-mark",
            Self::HighBytes => "high-bytes",
            Self::Valid => "valid",
            Self::NearlyValid => "nearly-valid",
            Self::Declared => "declared",
            Self::Guessed => "guessed",
            Self::Format => "format",
        }
    }
}

/// How a day of publication was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DateBasis {
    /// The user gave it for all inputs.
    Given,
    /// The table `meta.tsv` beside the file has it.
    Sidecar,
    /// A field of the record has it.
    Field,
    /// The page says so in its metadata.
    Page,
}

impl DateBasis {
    /// Returns the name in records.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Sidecar => "sidecar",
            Self::Field => "field",
            Self::Page => "page",
        }
    }
}
