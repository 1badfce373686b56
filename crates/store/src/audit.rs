//! The audit log: append-only, each entry holding the hash of the one before it.
//!
//! An entry is RFC 8785 JSON and its hash is the SHA-256 of that text, so the log can be checked
//! without this program.

use crate::Error;
use crate::packed::hex;
use jiff::{Timestamp, Unit};
use rusqlite::{Connection, OptionalExtension as _, params};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// Who acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    /// The name of the user.
    pub user: String,
    /// The program, with its version.
    pub program: String,
}

/// What is done.
#[derive(Clone, Debug)]
pub(crate) struct Deed<'a> {
    pub(crate) action: &'a str,
    /// What it is done to: a sort and an id.
    pub(crate) target: (&'a str, String),
    pub(crate) before: Value,
    pub(crate) after: Value,
    pub(crate) reason: Option<&'a str>,
}

/// Returns the time as it is written everywhere: RFC 3339, UTC, to the millisecond.
pub(crate) fn now() -> String {
    let now = Timestamp::now();
    now.round(Unit::Millisecond).unwrap_or(now).to_string()
}

/// Appends an entry; the caller's transaction holds what it records.
pub(crate) fn append(connection: &Connection, who: &Who, deed: Deed<'_>) -> Result<i64, Error> {
    let last = head(connection)?;
    let (seq, prev) = last.map_or((1, None), |(seq, hash)| (seq + 1, Some(hex(&hash))));
    let mut entry = json!({
        "seq": seq,
        "at": now(),
        "actor": {"kind": "user", "id": who.user},
        "tool": who.program,
        "action": deed.action,
        "target": {"type": deed.target.0, "id": deed.target.1},
        "after": deed.after,
        "prev": prev,
    });
    if !deed.before.is_null() {
        entry["before"] = deed.before;
    }
    if let Some(reason) = deed.reason {
        entry["reason"] = reason.into();
    }
    let entry = canonical(&entry)?;
    let hash: [u8; 32] = Sha256::digest(&entry).into();
    let mut insert =
        connection.prepare_cached("INSERT INTO audit (seq, entry, hash) VALUES (?1, ?2, ?3)")?;
    insert.execute(params![seq, entry, hash])?;
    Ok(seq)
}

/// Returns number and hash of the last entry.
pub(crate) fn head(connection: &Connection) -> Result<Option<(i64, Vec<u8>)>, Error> {
    let mut select =
        connection.prepare_cached("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1")?;
    Ok(select.query_row([], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
}

/// Writes JSON as RFC 8785 has it: one way only.
pub(crate) fn canonical(value: &Value) -> Result<String, Error> {
    serde_json_canonicalizer::to_string(value)
        .map_err(|error| Error::damaged(format!("a record cannot be written as JSON: {error}")))
}

/// Digests a record: SHA-256 over its RFC 8785 JSON, in hexadecimal digits.
pub(crate) fn seal(record: &Value) -> Result<String, Error> {
    Ok(hex(&Sha256::digest(canonical(record)?)))
}
