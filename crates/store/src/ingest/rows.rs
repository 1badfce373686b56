//! The rows that an ingest writes.

use crate::names::Names;
use crate::{Error, Found, Packed, Reading, Version, claims, leb128};
use rusqlite::{Connection, OptionalExtension as _, params};

/// Bytes that the case keeps.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Original {
    pub(crate) no: i64,
    pub(crate) sha256: [u8; 32],
}

/// Tells whether the same was received from the same place before.
pub(super) fn has_key(connection: &Connection, key: &[u8]) -> Result<bool, Error> {
    let mut select = connection.prepare_cached("SELECT 1 FROM item WHERE key = ?1")?;
    Ok(select.exists([key])?)
}

/// Finds bytes by their hash.
pub(super) fn find_blob(connection: &Connection, sha256: &[u8]) -> Result<Option<i64>, Error> {
    let mut select = connection.prepare_cached("SELECT no FROM blob WHERE sha256 = ?1")?;
    Ok(select.query_row([sha256], |row| row.get(0)).optional()?)
}

/// Keeps bytes, once.
pub(super) fn keep(connection: &Connection, packed: &Packed) -> Result<Original, Error> {
    let sha256 = packed.sha256;
    if let Some(no) = find_blob(connection, &sha256)? {
        return Ok(Original { no, sha256 });
    }
    let mut insert = connection.prepare_cached(
        "INSERT INTO blob (sha256, sha1, size, packing, content) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    let Packed { sha1, size, packing, content, .. } = packed;
    insert.execute(params![sha256, sha1, *size as i64, packing, content])?;
    Ok(Original { no: connection.last_insert_rowid(), sha256 })
}

/// Returns the next number of a table.
pub(super) fn next(connection: &Connection, sql: &str) -> Result<i64, Error> {
    Ok(connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}

/// Finds or writes a version.
pub(crate) fn version(connection: &Connection, version: &Version) -> Result<i64, Error> {
    let Version { program, knowledge, min_confidence } = version;
    let known = connection
        .query_row(
            "SELECT no FROM version \
             WHERE program = ?1 AND knowledge = ?2 AND min_confidence = ?3",
            params![program, knowledge, min_confidence],
            |row| row.get(0),
        )
        .optional()?;
    if let Some(known) = known {
        return Ok(known);
    }
    connection.execute(
        "INSERT INTO version (program, knowledge, min_confidence) VALUES (?1, ?2, ?3)",
        params![program, knowledge, min_confidence],
    )?;
    Ok(connection.last_insert_rowid())
}

/// Returns the id, or the id with a number behind it if another document has it.
pub(super) fn free_id(connection: &Connection, wanted: &str) -> Result<String, Error> {
    let mut select = connection
        .prepare_cached("SELECT 1 FROM document WHERE id = ?1 AND superseded_by IS NULL")?;
    let mut id = wanted.to_owned();
    let mut number = 1;
    while select.exists([&id])? {
        number += 1;
        id = format!("{wanted}~{number}");
    }
    Ok(id)
}

/// Notes that one document supersedes another, which is found no more.
pub(super) fn supersede(connection: &Connection, old: i64, new: i64) -> Result<(), Error> {
    connection
        .prepare_cached("UPDATE document SET superseded_by = ?1 WHERE no = ?2")?
        .execute([new, old])?;
    unindex(connection, old)
}

fn unindex(connection: &Connection, document: i64) -> Result<(), Error> {
    connection.prepare_cached("DELETE FROM search WHERE rowid = ?1")?.execute([document])?;
    connection.prepare_cached("DELETE FROM facet WHERE document = ?1")?.execute([document])?;
    Ok(())
}

/// Writes what was read in a document, and what it is found under.
pub(crate) fn write_reading(
    connection: &Connection,
    names: &mut Names,
    (number, document, version): (i64, i64, i64),
    reading: &Reading,
) -> Result<(), Error> {
    let Reading { claims, mentions, diagnostics, digest, .. } = reading;
    let mut insert = connection.prepare_cached(
        "INSERT INTO reading (no, document, version, claims, mentions, diagnostics, digest) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    let count = claims.len() as i64;
    insert.execute(params![number, document, version, count, mentions, diagnostics, digest])?;
    claims::write(connection, names, number, claims)?;
    index(connection, names, document, reading)
}

/// Writes what a document is found under.
fn index(
    connection: &Connection,
    names_of: &mut Names,
    document: i64,
    reading: &Reading,
) -> Result<(), Error> {
    let mut insert = connection
        .prepare_cached("INSERT INTO search (rowid, words, names) VALUES (?1, ?2, ?3)")?;
    let Found { words, names, facets } = &reading.found;
    insert.execute(params![document, words, format!("{names} {facets}")])?;
    let mut terms = Vec::new();
    for facet in facets.split(' ').filter(|facet| !facet.is_empty()) {
        leb128::write(&mut terms, names_of.term(connection, facet)?.unsigned_abs());
    }
    let mut insert =
        connection.prepare_cached("INSERT INTO facet (document, terms) VALUES (?1, ?2)")?;
    insert.execute(params![document, terms])?;
    Ok(())
}
