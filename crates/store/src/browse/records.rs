//! What was received, and what was done.

use super::Conditions;
use crate::{Case, Error, State};
use rusqlite::{Row, params, params_from_iter};

/// What was received, with its collection record.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "docs/case.md defines the columns of the same names")]
pub struct Item {
    pub no: i64,
    pub state: String,
    pub location: String,
    pub reason: Option<String>,
    pub hint: Option<String>,
    /// The id of the document that was made of it, or that it repeats.
    pub document: Option<String>,
    pub sha256: Option<String>,
    pub size: Option<u64>,
    pub received_at: String,
    pub collected_at: Option<String>,
    pub collector: String,
    pub method: String,
    pub tool: String,
    pub source_url: Option<String>,
    pub media_type: Option<String>,
    pub encoding: Option<String>,
    pub encoding_by: Option<String>,
    pub published_by: Option<String>,
}

/// An entry of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogEntry {
    /// Its number, from 1.
    pub seq: i64,
    /// RFC 8785 JSON.
    pub entry: String,
    /// The SHA-256 of the entry, in hexadecimal digits.
    pub hash: String,
}

const ITEM: &str = "SELECT i.no, i.state, i.location, i.reason, i.hint, d.id, \
     lower(hex(b.sha256)), b.size, i.received_at, i.collected_at, i.collector, i.method, i.tool, \
     i.source_url, i.media_type, i.encoding, i.encoding_by, i.published_by FROM item i \
     LEFT JOIN document d ON d.no = i.document LEFT JOIN blob b ON b.no = i.original WHERE 1";

impl Case {
    /// Lists items, the last first, that came before the one of this number.
    pub fn items(
        &self,
        state: Option<State>,
        before: Option<i64>,
        limit: usize,
    ) -> Result<Vec<Item>, Error> {
        let mut conditions = Conditions::default();
        if let Some(state) = state {
            conditions.add("i.state =", state.as_str().to_owned());
        }
        if let Some(no) = before {
            conditions.add("i.no <", no);
        }
        let sql = format!("{ITEM}{} ORDER BY i.no DESC LIMIT {limit}", conditions.sql);
        let mut select = self.connection.prepare_cached(&sql)?;
        let rows = select.query_map(params_from_iter(&conditions.values), item)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Lists the items that a document was made of, or that repeat it.
    pub fn items_of(&self, document: i64) -> Result<Vec<Item>, Error> {
        let mut select =
            self.connection.prepare_cached(&format!("{ITEM} AND i.document = ?1 ORDER BY i.no"))?;
        let rows = select.query_map([document], item)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Lists entries of the log, the last first, that were written before the one of this number.
    pub fn log_page(&self, before: Option<i64>, limit: usize) -> Result<Vec<LogEntry>, Error> {
        let mut select = self.connection.prepare_cached(
            "SELECT seq, entry, lower(hex(hash)) FROM audit WHERE seq < ?1 \
             ORDER BY seq DESC LIMIT ?2",
        )?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = select.query_map(params![before.unwrap_or(i64::MAX), limit], |row| {
            Ok(LogEntry { seq: row.get(0)?, entry: row.get(1)?, hash: row.get(2)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Returns the notes on a reading, a JSON array as it is kept.
    pub fn notes_of(&self, reading: i64) -> Result<Option<String>, Error> {
        let mut select =
            self.connection.prepare_cached("SELECT diagnostics FROM reading WHERE no = ?1")?;
        Ok(select.query_row([reading], |row| row.get(0))?)
    }

    /// Lists what the documents are called, those that were superseded too.
    pub fn document_ids(&self) -> Result<Vec<String>, Error> {
        let mut select = self.connection.prepare_cached("SELECT DISTINCT id FROM document")?;
        let rows = select.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Returns the numbers of the last item and the last reading: they grow with whatever is
    /// received or read anew, and with nothing else.
    pub fn extent(&self) -> Result<(i64, i64), Error> {
        let mut select = self.connection.prepare_cached(
            "SELECT (SELECT coalesce(max(no), 0) FROM item), \
             (SELECT coalesce(max(no), 0) FROM reading)",
        )?;
        Ok(select.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?)
    }

    /// Returns the number of the last entry of the log: it grows with whatever is written.
    pub fn written(&self) -> Result<i64, Error> {
        let mut select =
            self.connection.prepare_cached("SELECT coalesce(max(seq), 0) FROM audit")?;
        Ok(select.query_row([], |row| row.get(0))?)
    }

    /// Returns the hash of the last entry of the log, in hexadecimal digits.
    pub fn head(&self) -> Result<String, Error> {
        Ok(self.log_page(None, 1)?.pop().map(|entry| entry.hash).unwrap_or_default())
    }
}

fn item(row: &Row<'_>) -> rusqlite::Result<Item> {
    Ok(Item {
        no: row.get(0)?,
        state: row.get(1)?,
        location: row.get(2)?,
        reason: row.get(3)?,
        hint: row.get(4)?,
        document: row.get(5)?,
        sha256: row.get(6)?,
        size: row.get::<_, Option<i64>>(7)?.map(i64::unsigned_abs),
        received_at: row.get(8)?,
        collected_at: row.get(9)?,
        collector: row.get(10)?,
        method: row.get(11)?,
        tool: row.get(12)?,
        source_url: row.get(13)?,
        media_type: row.get(14)?,
        encoding: row.get(15)?,
        encoding_by: row.get(16)?,
        published_by: row.get(17)?,
    })
}
