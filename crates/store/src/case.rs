//! A case: opening it, making it, and what it holds.

use crate::audit::{self, Deed};
use crate::packed::hex;
use crate::{Error, State, Who};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use serde_json::{Value, json};
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Marks a SQLite file as a case: "SIJL".
const APPLICATION: i64 = 0x5349_4a4c;

/// The mark as it stands in the head of the file.
const MARK: [u8; 4] = *b"SIJL";

/// The schema that this program writes.
const SCHEMA: i64 = 1;

/// What is kept in memory of the file, in KiB.
const CACHE: i64 = 64 << 10;

/// How many statements are kept prepared.
const STATEMENTS: usize = 128;

/// After how many pages the write-ahead log is taken over into the file.
const CHECKPOINT: i64 = 8 << 10;

/// What a caller may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Only read, also from a medium that cannot be written.
    Read,
    /// Write, and wait so long for others who do.
    Write {
        /// How long to wait.
        wait: Duration,
    },
}

/// One SQLite file that keeps what was received, what was read in it and what was done.
#[derive(Debug)]
pub struct Case {
    pub(crate) connection: Connection,
    path: PathBuf,
}

impl Case {
    /// Makes a case where there is nothing.
    pub fn create(path: &Path, who: &Who, reason: Option<&str>) -> Result<Self, Error> {
        OpenOptions::new().write(true).create_new(true).open(path).map_err(|error| {
            if error.kind() == ErrorKind::AlreadyExists { Error::Exists } else { error.into() }
        })?;
        let made = Self::fill(path, who, reason);
        if made.is_err() {
            // It was made a moment ago, by us, and holds nothing.
            let _ = fs::remove_file(path);
        }
        made
    }

    fn fill(path: &Path, who: &Who, reason: Option<&str>) -> Result<Self, Error> {
        let mut connection =
            Connection::open_with_flags(path, flags(OpenFlags::SQLITE_OPEN_READ_WRITE))?;
        connection.pragma_update(None, "page_size", 8192)?;
        let case = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        case.execute_batch(include_str!("schema.sql"))?;
        case.pragma_update(None, "application_id", APPLICATION)?;
        case.pragma_update(None, "user_version", SCHEMA)?;
        let deed = Deed {
            action: "create",
            target: ("case", "case".to_owned()),
            before: Value::Null,
            after: json!({ "schema": SCHEMA }),
            reason,
        };
        audit::append(&case, who, deed)?;
        case.commit()?;
        drop(connection);
        Self::open(path, Access::Write { wait: Duration::ZERO })
    }

    /// Opens a case.
    pub fn open(path: &Path, access: Access) -> Result<Self, Error> {
        let metadata = fs::metadata(path).map_err(|error| match error.kind() {
            ErrorKind::NotFound => Error::Missing,
            _ => error.into(),
        })?;
        if !metadata.is_file() || metadata.len() == 0 {
            return Err(Error::NotACase);
        }
        let connection = match access {
            Access::Read => open_to_read(path)?,
            // A file that is handed over as read-only stays as it is, whoever may write it.
            Access::Write { .. } if metadata.permissions().readonly() => {
                return Err(Error::ReadOnly);
            }
            Access::Write { wait } => {
                let connection =
                    Connection::open_with_flags(path, flags(OpenFlags::SQLITE_OPEN_READ_WRITE))?;
                connection.busy_timeout(wait)?;
                check_kind(&connection)?;
                connection.pragma_update(None, "journal_mode", "wal")?;
                connection.pragma_update(None, "synchronous", "normal")?;
                connection.pragma_update(None, "wal_autocheckpoint", CHECKPOINT)?;
                connection
            }
        };
        connection.pragma_update(None, "foreign_keys", false)?;
        connection.pragma_update(None, "cache_size", -CACHE)?;
        connection.pragma_update(None, "temp_store", "memory")?;
        // Else every statement is planned anew whenever another value is bound.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        Ok(Self { connection, path: path.to_owned() })
    }

    /// Tells whether a case lies here, by the first bytes of the file.
    pub fn is_at(path: &Path) -> bool {
        let mut head = [0; 72];
        let read = fs::File::open(path).and_then(|mut file| file.read_exact(&mut head));
        read.is_ok() && head.starts_with(b"SQLite format 3\0") && head[68..72] == MARK
    }

    /// Returns where the case lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Lets the file grow to no more than `pages` pages of 8 KiB, as a disk without room would.
    pub fn limit_size(&self, pages: u64) -> Result<(), Error> {
        let pages = i64::try_from(pages).unwrap_or(i64::MAX);
        Ok(self.connection.pragma_update(None, "max_page_count", pages)?)
    }

    /// Hands the entries of the audit log to `each`, until it returns `false`.
    pub fn log(&self, mut each: impl FnMut(&str) -> bool) -> Result<(), Error> {
        let mut select = self.connection.prepare("SELECT entry FROM audit ORDER BY seq")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            if !each(row.get_ref(0)?.as_str().unwrap_or_default()) {
                break;
            }
        }
        Ok(())
    }

    /// Counts what the case holds.
    pub fn summary(&self) -> Result<Summary, Error> {
        let count = |sql: &str| -> Result<u64, Error> {
            Ok(self.connection.query_row(sql, [], |row| row.get::<_, i64>(0))?.unsigned_abs())
        };
        let mut states = Vec::new();
        for state in State::ALL {
            let sql = format!("SELECT count(*) FROM item WHERE state = '{state}'");
            states.push((*state, count(&sql)?));
        }
        let current = "FROM document WHERE superseded_by IS NULL";
        let head = audit::head(&self.connection)?;
        Ok(Summary {
            states,
            documents: count(&format!("SELECT count(*) {current}"))?,
            claims: count(&format!(
                "SELECT coalesce(sum(claims), 0) FROM reading WHERE no IN (SELECT reading {current})"
            ))?,
            bytes_received: count(
                "SELECT coalesce(sum(b.size), 0) FROM blob b WHERE b.no IN \
                                   (SELECT original FROM item)",
            )?,
            entries: head.as_ref().map_or(0, |(seq, _)| seq.unsigned_abs()),
            head: head.map(|(_, hash)| hex(&hash)).unwrap_or_default(),
        })
    }
}

/// What a case holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// How many items are in which state.
    pub states: Vec<(State, u64)>,
    /// Documents that no other supersedes.
    pub documents: u64,
    /// Claims of these documents.
    pub claims: u64,
    /// Bytes of originals, each counted once.
    pub bytes_received: u64,
    /// Entries of the audit log.
    pub entries: u64,
    /// The hash of the last entry, in hexadecimal digits.
    pub head: String,
}

fn flags(access: OpenFlags) -> OpenFlags {
    access | OpenFlags::SQLITE_OPEN_NO_MUTEX
}

/// Opens a case that is only read. A write-ahead log needs a file of shared memory beside it; where
/// none can be made, and nothing is left in the log, the file alone is all there is.
fn open_to_read(path: &Path) -> Result<Connection, Error> {
    let read_only = flags(OpenFlags::SQLITE_OPEN_READ_ONLY);
    let connection = Connection::open_with_flags(path, read_only)?;
    connection.busy_timeout(Duration::from_secs(10))?;
    let outcome = check_kind(&connection);
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    match outcome {
        Err(Error::Database(error)) if fs::metadata(&log).map_or(true, |log| log.len() == 0) => {
            let path = path.to_str().ok_or(Error::Database(error))?;
            let escaped = path.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
            let uri = format!("file:{escaped}?immutable=1");
            let connection =
                Connection::open_with_flags(uri, read_only | OpenFlags::SQLITE_OPEN_URI)?;
            check_kind(&connection)?;
            Ok(connection)
        }
        outcome => outcome.map(|()| connection),
    }
}

fn check_kind(connection: &Connection) -> Result<(), Error> {
    let pragma = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    if pragma("application_id")? != APPLICATION {
        return Err(Error::NotACase);
    }
    let found = pragma("user_version")?;
    if SCHEMA < found {
        return Err(Error::Later { found, known: SCHEMA });
    }
    Ok(())
}
