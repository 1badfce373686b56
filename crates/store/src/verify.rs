//! Checks a case against its own log: every hash is computed again, offline.

use crate::item::Item;
use crate::packed::{Unpacker, hex};
use crate::reading::digest;
use crate::{Case, Error, findings, users};
use rusqlite::{Connection, params};
use serde_json::Value;
use sha1::Sha1;
use sha2::{Digest, Sha256};

/// After so many faults the rest is not told.
const TOLD: usize = 100;

/// What was checked, and what is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verification {
    /// Entries of the log.
    pub entries: u64,
    /// Items with their collection records.
    pub items: u64,
    /// Originals and texts.
    pub blobs: u64,
    /// Bytes of these.
    pub bytes: u64,
    /// Readings.
    pub readings: u64,
    /// Claims.
    pub claims: u64,
    /// The hash of the last entry, in hexadecimal digits: note it elsewhere, and nobody can take
    /// entries off the end of the log unseen.
    pub head: String,
    /// What is wrong, the first wrong record first; the first hundred.
    pub faults: Vec<Fault>,
}

/// A record that is not what was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Which record.
    pub record: String,
    /// What is wrong with it.
    pub problem: String,
}

impl Case {
    /// Computes every hash again; with `head`, that entry must be in the log.
    pub fn verify(&self, head: Option<&str>) -> Result<Verification, Error> {
        let connection = &self.connection;
        // One view of the case, whoever writes meanwhile.
        connection.execute_batch("BEGIN")?;
        let mut check = Check { connection, found: Verification::default(), last_item: 0 };
        let outcome = check.all(head);
        connection.execute_batch("ROLLBACK")?;
        match outcome {
            Ok(()) => {}
            // A file that cannot be read to its end is a finding, not a failure of the check.
            Err(Error::Damaged(problem)) => check.fault("file", problem),
            Err(error) => return Err(error),
        }
        Ok(check.found)
    }
}

struct Check<'c> {
    connection: &'c Connection,
    found: Verification,
    last_item: i64,
}

impl Check<'_> {
    fn all(&mut self, head: Option<&str>) -> Result<(), Error> {
        self.connection.execute_batch(
            "CREATE TEMP TABLE reread (document INTEGER, reading INTEGER PRIMARY KEY)",
        )?;
        let outcome = self.log(head);
        let is_read = outcome.is_ok();
        self.heed("log", outcome)?;
        let outcome = self.blobs();
        self.heed("originals and texts", outcome)?;
        let outcome = self.readings();
        self.heed("readings", outcome)?;
        if is_read {
            let outcome = self.strays();
            self.heed("records", outcome)?;
        }
        let outcome = self.users();
        self.heed("users", outcome)?;
        self.structure()
    }

    /// Takes what cannot be read to its end for a fault, so that the rest is checked too.
    fn heed(&mut self, what: &str, outcome: Result<(), Error>) -> Result<(), Error> {
        match outcome {
            Err(Error::Damaged(problem)) => {
                self.fault(what, problem);
                Ok(())
            }
            outcome => outcome,
        }
    }

    fn fault(&mut self, record: impl Into<String>, problem: impl Into<String>) {
        if self.found.faults.len() < TOLD {
            self.found.faults.push(Fault { record: record.into(), problem: problem.into() });
        }
    }

    /// Follows the chain from its beginning, and compares what each entry seals.
    fn log(&mut self, head: Option<&str>) -> Result<(), Error> {
        let connection = self.connection;
        let mut select = connection.prepare("SELECT seq, entry, hash FROM audit ORDER BY seq")?;
        let mut rows = select.query([])?;
        let (mut prev, mut met) = (None, head.is_none());
        while let Some(row) = rows.next()? {
            let (seq, hash): (i64, Vec<u8>) = (row.get(0)?, row.get(2)?);
            let name = format!("log entry {seq}");
            self.found.entries += 1;
            if seq != self.found.entries as i64 {
                self.fault(&name, format!("entry {} is missing", self.found.entries));
                self.found.entries = seq.unsigned_abs();
            }
            let text = row.get_ref(1)?.as_bytes().unwrap_or_default();
            if Sha256::digest(text).as_slice() != hash {
                self.fault(&name, "its text does not have the hash that is kept");
            }
            match serde_json::from_slice::<Value>(text) {
                Ok(entry) => {
                    if entry["seq"] != seq {
                        self.fault(&name, format!("it says that it is entry {}", entry["seq"]));
                    }
                    if entry["prev"].as_str() != prev.as_deref() {
                        self.fault(&name, "it does not hold the hash of the entry before it");
                    }
                    self.sealed(&name, &entry)?;
                }
                Err(_) => self.fault(&name, "it is no JSON"),
            }
            let hash = hex(&hash);
            met |= head == Some(&hash);
            prev = Some(hash);
        }
        self.found.head = prev.unwrap_or_default();
        if self.found.entries == 0 {
            self.fault("log", "it has no entry");
        }
        if let (Some(head), false) = (head, met) {
            self.fault("log", format!("no entry has the hash '{head}'"));
        }
        Ok(())
    }

    /// Compares the records that an entry seals with those of the case.
    fn sealed(&mut self, name: &str, entry: &Value) -> Result<(), Error> {
        let after = &entry["after"];
        match entry["action"].as_str() {
            Some("ingest") => {
                let first = after["first"].as_i64().unwrap_or_default();
                if first != self.last_item + 1 {
                    self.fault(
                        name,
                        format!("it seals items from {first}, not from {}", self.last_item + 1),
                    );
                }
                let seals = after["items"].as_array().map_or(&[][..], Vec::as_slice);
                for (no, seal) in (first..).zip(seals) {
                    self.found.items += 1;
                    self.last_item = no;
                    self.item(no, seal.as_str().unwrap_or_default())?;
                }
            }
            Some("reread") => {
                for reading in after["readings"].as_array().map_or(&[][..], Vec::as_slice) {
                    self.reread(name, reading)?;
                }
            }
            Some("corroborate") => {
                let number = entry["target"]["id"].as_str().unwrap_or_default();
                self.findings(number, after["digest"].as_str().unwrap_or_default())?;
            }
            _ => {}
        }
        Ok(())
    }

    /// Compares what was found with the digest that was sealed.
    fn findings(&mut self, number: &str, sealed: &str) -> Result<(), Error> {
        let mut select = self
            .connection
            .prepare_cached("SELECT record FROM finding WHERE corroboration = ?1 ORDER BY no")?;
        let records = select.query_map([number.parse::<i64>().unwrap_or_default()], |row| {
            row.get::<_, String>(0)
        })?;
        let records = records.collect::<Result<Vec<_>, _>>()?;
        if hex(&findings::digest(records.iter().map(String::as_str))) != sealed {
            self.fault(format!("corroboration {number}"), "its findings were changed");
        }
        Ok(())
    }

    fn item(&mut self, no: i64, seal: &str) -> Result<(), Error> {
        match Item::read(self.connection, no) {
            Ok(item) => {
                if item.seal()? != seal {
                    let name = format!("item {no} ({})", item.location);
                    self.fault(name, "its record or that of its document was changed");
                }
            }
            Err(Error::Database(rusqlite::Error::QueryReturnedNoRows)) => {
                self.fault(format!("item {no}"), "it, its document or its reading is missing");
            }
            Err(error) => return Err(error),
        }
        Ok(())
    }

    /// Checks `[reading, document, digest]` of a document that was read again.
    fn reread(&mut self, name: &str, entry: &Value) -> Result<(), Error> {
        let (reading, document) = (entry[0].as_i64(), entry[1].as_i64());
        let (Some(reading), Some(document)) = (reading, document) else {
            self.fault(name, "it does not say which document was read again");
            return Ok(());
        };
        let mut select = self
            .connection
            .prepare_cached("SELECT hex(digest) FROM reading WHERE no = ?1 AND document = ?2")?;
        let mut rows = select.query([reading, document])?;
        let digest: Option<String> = rows.next()?.map(|row| row.get(0)).transpose()?;
        let sealed = entry[2].as_str().unwrap_or_default();
        if !digest.is_some_and(|digest| digest.eq_ignore_ascii_case(sealed)) {
            self.fault(format!("reading {reading}"), "it is missing, or its digest was changed");
        }
        drop(rows);
        self.connection
            .prepare_cached(
                "INSERT OR IGNORE INTO temp.reread (document, reading) VALUES (?1, ?2)",
            )?
            .execute([document, reading])?;
        Ok(())
    }

    /// Hashes every original and every text.
    fn blobs(&mut self) -> Result<(), Error> {
        let mut unpacker = Unpacker::new()?;
        let connection = self.connection;
        let mut select = connection
            .prepare("SELECT no, sha256, sha1, size, packing, content FROM blob ORDER BY no")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let (no, size): (i64, i64) = (row.get(0)?, row.get(3)?);
            let (sha256, sha1): (Vec<u8>, Vec<u8>) = (row.get(1)?, row.get(2)?);
            let packing: String = row.get(4)?;
            let content = row.get_ref(5)?.as_blob().unwrap_or_default();
            self.found.blobs += 1;
            self.found.bytes += size.unsigned_abs();
            let size = usize::try_from(size).unwrap_or_default();
            let problem = match unpacker.unpack(&packing, size, content) {
                Err(error) => Some(error.to_string()),
                Ok(bytes) if Sha256::digest(&bytes).as_slice() != sha256 => {
                    Some("its bytes do not have the SHA-256 that is kept".to_owned())
                }
                Ok(bytes) if Sha1::digest(&bytes).as_slice() != sha1 => {
                    Some("its bytes do not have the SHA-1 that is kept".to_owned())
                }
                Ok(_) => None,
            };
            if let Some(problem) = problem {
                let name = self.blob_name(no, &sha256)?;
                self.fault(name, problem);
            }
        }
        Ok(())
    }

    /// Says of which item a blob is the original or the text.
    fn blob_name(&self, no: i64, sha256: &[u8]) -> Result<String, Error> {
        let mut select = self.connection.prepare_cached(
            "SELECT CASE WHEN i.original = ?1 THEN 'original' ELSE 'text' END, i.no, i.location \
             FROM item i LEFT JOIN document d ON d.no = i.document \
             WHERE i.original = ?1 OR d.text = ?1 ORDER BY i.no LIMIT 1",
        )?;
        let mut rows = select.query([no])?;
        let hash = hex(sha256);
        Ok(match rows.next()? {
            Some(row) => {
                let (part, item, location): (String, i64, String) =
                    (row.get(0)?, row.get(1)?, row.get(2)?);
                format!("{part} of item {item} ({location}), sha256 {hash}")
            }
            None => format!("blob {no}, sha256 {hash}"),
        })
    }

    /// Computes the digest of every reading from its claims.
    fn readings(&mut self) -> Result<(), Error> {
        let connection = self.connection;
        let mut select = connection
            .prepare("SELECT no, claims, mentions, diagnostics, digest FROM reading ORDER BY no")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let (no, count): (i64, i64) = (row.get(0)?, row.get(1)?);
            let (mentions, kept): (Vec<u8>, Vec<u8>) = (row.get(2)?, row.get(4)?);
            let diagnostics: Option<String> = row.get(3)?;
            self.found.readings += 1;
            let problem = match crate::documents::claims_of(connection, no) {
                Err(Error::Damaged(problem)) => Some(problem),
                Err(error) => return Err(error),
                Ok(claims) => {
                    self.found.claims += claims.len() as u64;
                    if claims.len() as i64 != count {
                        Some(format!("it has {} claims where {count} were kept", claims.len()))
                    } else if digest(&claims, &mentions, diagnostics.as_deref()).as_slice() != kept
                    {
                        Some("its claims, mentions or diagnostics were changed".to_owned())
                    } else {
                        None
                    }
                }
            };
            if let Some(problem) = problem {
                let name = self.reading_name(no)?;
                self.fault(name, problem);
            }
        }
        Ok(())
    }

    fn reading_name(&self, no: i64) -> Result<String, Error> {
        let mut select = self.connection.prepare_cached(
            "SELECT d.id FROM reading r JOIN document d ON d.no = r.document WHERE r.no = ?1",
        )?;
        let mut rows = select.query([no])?;
        let id: Option<String> = rows.next()?.map(|row| row.get(0)).transpose()?;
        Ok(match id {
            Some(id) => format!("reading {no} of document {id}"),
            None => format!("reading {no}"),
        })
    }

    /// Finds rows that no entry of the log speaks of, and pointers that no entry set.
    fn strays(&mut self) -> Result<(), Error> {
        let checks = [
            ("item", "it is not in the log", "SELECT no FROM item WHERE no > ?1 LIMIT 1"),
            (
                "document",
                "no item made it",
                "SELECT no FROM document WHERE ?1 >= 0 AND no NOT IN (SELECT document FROM item \
                 WHERE state IN ('new', 'revised')) LIMIT 1",
            ),
            (
                "reading",
                "it is not in the log",
                "SELECT r.no FROM reading r WHERE ?1 >= 0 AND r.no NOT IN \
                 (SELECT reading FROM temp.reread) AND \
                 r.no <> (SELECT min(no) FROM reading WHERE document = r.document) LIMIT 1",
            ),
            (
                "document",
                "its reading is not the one that counts",
                "SELECT d.no FROM document d WHERE ?1 >= 0 AND d.reading <> \
                 (SELECT max(no) FROM reading WHERE document = d.no) LIMIT 1",
            ),
        ];
        for (table, problem, sql) in checks {
            let mut select = self.connection.prepare(sql)?;
            let mut rows = select.query(params![self.last_item])?;
            let no: Option<i64> = rows.next()?.map(|row| row.get(0)).transpose()?;
            if let Some(no) = no {
                self.fault(format!("{table} {no}"), problem);
            }
        }
        Ok(())
    }

    /// Compares who is let in with what the log says.
    fn users(&mut self) -> Result<(), Error> {
        let connection = self.connection;
        users::check(connection, |record, problem| self.fault(record, problem))
    }

    /// Lets SQLite check its own structure, last: what it finds names no record.
    fn structure(&mut self) -> Result<(), Error> {
        let sound: String =
            self.connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
        if sound != "ok" {
            self.fault("file", sound);
        }
        let mut select = self.connection.prepare("PRAGMA foreign_key_check")?;
        let mut rows = select.query([])?;
        if let Some(row) = rows.next()? {
            let (table, no): (String, Option<i64>) = (row.get(0)?, row.get(1)?);
            let no = no.map(|no| format!(" {no}")).unwrap_or_default();
            self.fault(format!("{table}{no}"), "it refers to a row that is missing");
        }
        Ok(())
    }
}
