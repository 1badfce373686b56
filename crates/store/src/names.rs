//! Names that fill slots, each spelled once in a case.

use crate::Error;
use rusqlite::{Connection, params};
use rustc_hash::FxHashMap;
use std::fmt::Write as _;

/// What a name is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Sort {
    Actor,
    Place,
    Voice,
}

impl Sort {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Actor => "actor",
            Self::Place => "place",
            Self::Voice => "voice",
        }
    }
}

/// A row of the table `name`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Name<'a> {
    pub(crate) sort: Sort,
    pub(crate) id: Option<&'a str>,
    /// The type of an actor, the precision of a place.
    pub(crate) name_type: &'a str,
    pub(crate) name: &'a str,
    pub(crate) name_en: Option<&'a str>,
    pub(crate) point: Option<(f64, f64)>,
}

/// The numbers of the names and terms met so far.
#[derive(Debug, Default)]
pub(crate) struct Names {
    numbers: FxHashMap<String, i64>,
    terms: FxHashMap<String, i64>,
    key: String,
}

impl Names {
    /// Reads the names of a case.
    pub(crate) fn load(connection: &Connection) -> Result<Self, Error> {
        let mut names = Self::default();
        let mut statement = connection
            .prepare("SELECT no, sort, id, type, name, name_en, lat, lon FROM name ORDER BY no")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let sort = match row.get_ref(1)?.as_str().unwrap_or_default() {
                "actor" => Sort::Actor,
                "place" => Sort::Place,
                _ => Sort::Voice,
            };
            let (id, name_en): (Option<String>, Option<String>) = (row.get(2)?, row.get(5)?);
            let (name_type, name): (String, String) = (row.get(3)?, row.get(4)?);
            let (lat, lon): (Option<f64>, Option<f64>) = (row.get(6)?, row.get(7)?);
            names.spell(&Name {
                sort,
                id: id.as_deref(),
                name_type: &name_type,
                name: &name,
                name_en: name_en.as_deref(),
                point: lat.zip(lon),
            });
            let key = names.key.clone();
            names.numbers.entry(key).or_insert(row.get(0)?);
        }
        let mut statement = connection.prepare("SELECT term, no FROM term")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            names.terms.insert(row.get(0)?, row.get(1)?);
        }
        Ok(names)
    }

    /// Returns the number of a name; writes it down if it is a new one.
    pub(crate) fn number(
        &mut self,
        connection: &Connection,
        name: &Name<'_>,
    ) -> rusqlite::Result<i64> {
        self.spell(name);
        if let Some(&number) = self.numbers.get(&self.key) {
            return Ok(number);
        }
        let mut insert = connection.prepare_cached(
            "INSERT INTO name (id, sort, type, name, name_en, lat, lon) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        insert.execute(params![
            name.id,
            name.sort.as_str(),
            name.name_type,
            name.name,
            name.name_en,
            name.point.map(|(lat, _)| lat),
            name.point.map(|(_, lon)| lon),
        ])?;
        let number = connection.last_insert_rowid();
        self.numbers.insert(self.key.clone(), number);
        Ok(number)
    }

    /// Returns the number of a term to count by; writes it down if it is a new one.
    pub(crate) fn term(&mut self, connection: &Connection, term: &str) -> rusqlite::Result<i64> {
        if let Some(&number) = self.terms.get(term) {
            return Ok(number);
        }
        connection.prepare_cached("INSERT INTO term (term) VALUES (?1)")?.execute([term])?;
        let number = connection.last_insert_rowid();
        self.terms.insert(term.to_owned(), number);
        Ok(number)
    }

    fn spell(&mut self, name: &Name<'_>) {
        let key = &mut self.key;
        key.clear();
        key.push_str(name.sort.as_str());
        for part in [name.id, Some(name.name_type), Some(name.name), name.name_en] {
            key.push('\u{1f}');
            key.push_str(part.unwrap_or("\u{1e}"));
        }
        if let Some((lat, lon)) = name.point {
            // Places of one id may be given other degrees by another version of the tables.
            // Writing to a string cannot fail.
            let _ = write!(key, "\u{1f}{:x}\u{1f}{:x}", lat.to_bits(), lon.to_bits());
        }
    }
}
