//! An item as the case keeps it, and the seal that the log holds of it.

use crate::packed::hex;
use crate::{Error, Provenance, Version, audit};
use rusqlite::{Connection, Row, params};
use serde_json::{Value, json};
use std::fmt;

/// What became of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// A document was made of it.
    New,
    /// The bytes were known; other metadata make a document that supersedes the one before.
    Revised,
    /// Bytes and metadata were known.
    Duplicate,
    /// No document could be made of it.
    Failed,
}

impl State {
    /// Every state there is.
    pub const ALL: &'static [Self] = &[Self::New, Self::Revised, Self::Duplicate, Self::Failed];

    /// Returns the name in the file.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Revised => "revised",
            Self::Duplicate => "duplicate",
            Self::Failed => "failed",
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A row of the table `item` with what its seal covers.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub(crate) no: i64,
    pub(crate) state: String,
    pub(crate) location: String,
    pub(crate) reason: Option<String>,
    pub(crate) hint: Option<String>,
    /// Number and SHA-256.
    pub(crate) original: Option<(i64, Vec<u8>)>,
    /// What was made of it, or what it repeats.
    pub(crate) document: Option<i64>,
    /// What was made of it.
    pub(crate) made: Option<Made>,
    pub(crate) received: ReceivedBy,
    pub(crate) provenance: Provenance,
}

/// When, by whom and how it came here.
#[derive(Clone, Debug)]
pub(crate) struct ReceivedBy {
    pub(crate) at: String,
    pub(crate) collector: String,
    pub(crate) method: String,
    pub(crate) tool: String,
}

/// The document that was made of an item, as the seal covers it.
#[derive(Clone, Debug)]
pub(crate) struct Made {
    pub(crate) id: String,
    pub(crate) title: Option<String>,
    /// The SHA-256 of the text.
    pub(crate) text: Vec<u8>,
    pub(crate) published: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) supersedes: Option<i64>,
    pub(crate) reading: i64,
    pub(crate) digest: Vec<u8>,
    pub(crate) version: Version,
}

impl Item {
    /// Returns the seal: the SHA-256 of everything the case keeps of this item.
    pub(crate) fn seal(&self) -> Result<String, Error> {
        let Provenance { http_status, notes, .. } = &self.provenance;
        audit::seal(&json!({
            "item": self.no,
            "state": self.state,
            "location": self.location,
            "reason": self.reason,
            "hint": self.hint,
            "original": self.original.as_ref().map(|(_, sha256)| hex(sha256)),
            "document": self.document,
            "made": self.made.as_ref().map(Made::record),
            "received_at": self.received.at,
            "collector": self.received.collector,
            "method": self.received.method,
            "tool": self.received.tool,
            "collected_at": self.provenance.collected_at,
            "source_url": self.provenance.source_url,
            "media_type": self.provenance.media_type,
            "encoding": self.provenance.encoding,
            "encoding_by": self.provenance.encoding_by,
            "published_by": self.provenance.published_by,
            "http_status": http_status,
            "warc_record_id": self.provenance.warc_record_id,
            "notes": notes,
        }))
    }

    /// Writes the row.
    pub(crate) fn write(&self, connection: &Connection, key: &[u8]) -> Result<(), Error> {
        let mut insert = connection.prepare_cached(
            "INSERT INTO item (no, key, state, location, reason, hint, original, document, \
             received_at, collected_at, collector, method, tool, source_url, media_type, encoding, \
             encoding_by, published_by, http_status, warc_record_id, notes) VALUES (?1, ?2, ?3, \
             ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21)",
        )?;
        let Provenance { notes, .. } = &self.provenance;
        insert.execute(params![
            self.no,
            key,
            self.state,
            self.location,
            self.reason,
            self.hint,
            self.original.as_ref().map(|(no, _)| no),
            self.document,
            self.received.at,
            self.provenance.collected_at,
            self.received.collector,
            self.received.method,
            self.received.tool,
            self.provenance.source_url,
            self.provenance.media_type,
            self.provenance.encoding,
            self.provenance.encoding_by,
            self.provenance.published_by,
            self.provenance.http_status,
            self.provenance.warc_record_id,
            (!notes.is_empty()).then(|| json!(notes).to_string()),
        ])?;
        Ok(())
    }

    /// Reads the row of a number, with the document that was made of it.
    pub(crate) fn read(connection: &Connection, no: i64) -> Result<Self, Error> {
        let mut select = connection.prepare_cached(
            "SELECT i.no, i.state, i.location, i.reason, i.hint, i.original, b.sha256, i.document, \
             i.received_at, i.collector, i.method, i.tool, i.collected_at, i.source_url, \
             i.media_type, i.encoding, i.encoding_by, i.published_by, i.http_status, \
             i.warc_record_id, i.notes FROM item i LEFT JOIN blob b ON b.no = i.original \
             WHERE i.no = ?1",
        )?;
        let mut item = select.query_row([no], Self::from_row)?;
        if matches!(item.state.as_str(), "new" | "revised")
            && let Some(document) = item.document
        {
            item.made = Some(Made::read(connection, document)?);
        }
        Ok(item)
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let notes: Option<String> = row.get(20)?;
        let original: Option<i64> = row.get(5)?;
        Ok(Self {
            no: row.get(0)?,
            state: row.get(1)?,
            location: row.get(2)?,
            reason: row.get(3)?,
            hint: row.get(4)?,
            original: original.zip(row.get(6)?),
            document: row.get(7)?,
            made: None,
            received: ReceivedBy {
                at: row.get(8)?,
                collector: row.get(9)?,
                method: row.get(10)?,
                tool: row.get(11)?,
            },
            provenance: Provenance {
                collected_at: row.get(12)?,
                tool: None,
                source_url: row.get(13)?,
                media_type: row.get(14)?,
                encoding: row.get(15)?,
                encoding_by: row.get(16)?,
                published_by: row.get(17)?,
                http_status: row.get(18)?,
                warc_record_id: row.get(19)?,
                notes: notes
                    .and_then(|notes| serde_json::from_str(&notes).ok())
                    .unwrap_or_default(),
            },
        })
    }
}

impl Made {
    fn record(&self) -> Value {
        json!({
            "id": self.id,
            "title": self.title,
            "text": hex(&self.text),
            "published": self.published,
            "outlet": self.outlet,
            "url": self.url,
            "supersedes": self.supersedes,
            "reading": self.reading,
            "digest": hex(&self.digest),
            "version": self.version.record(),
        })
    }

    /// Reads what was made at first: the first reading, whatever was read since.
    fn read(connection: &Connection, document: i64) -> Result<Self, Error> {
        let mut select = connection.prepare_cached(
            "SELECT d.id, d.title, b.sha256, d.published, d.outlet, d.url, \
             (SELECT old.no FROM document old WHERE old.superseded_by = d.no), \
             r.no, r.digest, v.program, v.knowledge, v.min_confidence \
             FROM document d JOIN blob b ON b.no = d.text \
             JOIN reading r ON r.no = (SELECT min(no) FROM reading WHERE document = d.no) \
             JOIN version v ON v.no = d.derived_by WHERE d.no = ?1",
        )?;
        Ok(select.query_row([document], |row| {
            Ok(Self {
                id: row.get(0)?,
                title: row.get(1)?,
                text: row.get(2)?,
                published: row.get(3)?,
                outlet: row.get(4)?,
                url: row.get(5)?,
                supersedes: row.get(6)?,
                reading: row.get(7)?,
                digest: row.get(8)?,
                version: Version {
                    program: row.get(9)?,
                    knowledge: row.get(10)?,
                    min_confidence: row.get(11)?,
                },
            })
        })?)
    }
}
