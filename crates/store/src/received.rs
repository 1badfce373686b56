//! What a caller hands in: an item as it was received, with what was made of it.

use crate::{Packed, Reading};
use sha2::{Digest, Sha256};
use sijill_model::Document;

/// One item as it was received.
#[derive(Clone, Debug)]
pub struct Received {
    pub(crate) key: [u8; 16],
    pub(crate) location: String,
    pub(crate) original: Option<Packed>,
    pub(crate) provenance: Provenance,
    pub(crate) outcome: Outcome,
}

#[derive(Clone, Debug)]
pub(crate) enum Outcome {
    /// No document could be made of it.
    Failed { reason: String, hint: Option<String> },
    /// A document that was not read.
    Unread(Box<Document>),
    /// A document that was read.
    Read(Box<Derived>),
}

/// A document with what was read in it.
#[derive(Clone, Debug)]
pub struct Derived {
    /// The document.
    pub document: Document,
    /// Its text, packed.
    pub text: Packed,
    /// What was read in it.
    pub reading: Reading,
}

/// The collection record of an item, as far as it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "docs/case.md defines the columns of the same names")]
pub struct Provenance {
    pub collected_at: Option<String>,
    pub tool: Option<String>,
    pub source_url: Option<String>,
    pub media_type: Option<String>,
    pub encoding: Option<String>,
    pub encoding_by: Option<String>,
    pub published_by: Option<String>,
    pub http_status: Option<u16>,
    pub warc_record_id: Option<String>,
    pub notes: Vec<String>,
}

impl Received {
    /// Makes an item of which no document could be made; `location` is the file, with the line or
    /// record if it is one of many.
    pub fn failed(
        location: String,
        original: Option<Packed>,
        provenance: Provenance,
        reason: String,
        hint: Option<String>,
    ) -> Self {
        let key = key(&location, original.as_ref(), ["failed", &reason, ""]);
        Self { key, location, original, provenance, outcome: Outcome::Failed { reason, hint } }
    }

    /// Makes an item of which `document` was made.
    pub fn unread(
        location: String,
        original: Option<Packed>,
        provenance: Provenance,
        document: Document,
    ) -> Self {
        let published = document.published.map(|date| date.to_string()).unwrap_or_default();
        let (outlet, url) = (document.outlet.as_deref(), document.url.as_deref());
        let told = [&published, outlet.unwrap_or_default(), url.unwrap_or_default()];
        let key = key(&location, original.as_ref(), told);
        Self { key, location, original, provenance, outcome: Outcome::Unread(document.into()) }
    }

    /// Adds what was read.
    #[must_use]
    pub fn read(self, derived: Derived) -> Self {
        Self { outcome: Outcome::Read(derived.into()), ..self }
    }

    /// Says that no document could be made of it after all.
    #[must_use]
    pub fn fail(self, reason: String, hint: Option<String>) -> Self {
        let Self { location, original, provenance, .. } = self;
        Self::failed(location, original, provenance, reason, hint)
    }

    /// Returns where it was found.
    pub fn location(&self) -> &str {
        &self.location
    }

    /// Returns why no document could be made of it, with a hint, if that is so.
    pub fn failure(&self) -> Option<(&str, Option<&str>)> {
        match &self.outcome {
            Outcome::Failed { reason, hint } => Some((reason, hint.as_deref())),
            _ => None,
        }
    }

    /// Returns the document, if one was made and not read.
    pub fn document(&self) -> Option<&Document> {
        match &self.outcome {
            Outcome::Unread(document) => Some(document),
            _ => None,
        }
    }
}

/// Says whether the same was received before: the place, the bytes and what was told of them.
fn key(location: &str, original: Option<&Packed>, told: [&str; 3]) -> [u8; 16] {
    let mut hasher = Sha256::new();
    hasher.update(location);
    hasher.update([0]);
    hasher.update(original.map_or(&[][..], |packed| &packed.sha256));
    for part in told {
        hasher.update([0]);
        hasher.update(part);
    }
    let mut key = [0; 16];
    key.copy_from_slice(&hasher.finalize()[..16]);
    key
}
