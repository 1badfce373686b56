//! The sidecar `meta.tsv`: when and by whom the files beside it were published.

use super::date;
use crate::{DateBasis, ErrorKind, Provenance, ReadError, decode};
use sijill_model::{Date, Document};
use std::collections::HashMap;
use std::path::Path;

/// The name of the sidecar.
pub(crate) const FILE_NAME: &str = "meta.tsv";

/// What a row says of a file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Meta {
    published: Option<Date>,
    outlet: Option<String>,
    url: Option<String>,
}

impl Meta {
    /// Sets what the row states; the rest stays as the file itself has it.
    pub(crate) fn apply(self, document: &mut Document, provenance: &mut Provenance) {
        if self.published.is_some() {
            provenance.published_by = Some(DateBasis::Sidecar);
        }
        document.published = self.published.or(document.published);
        document.outlet = self.outlet.or(document.outlet.take());
        document.url = self.url.or(document.url.take());
    }
}

/// A value that is no date, and where it stands.
#[derive(Clone, Debug)]
struct BadRow {
    line: u64,
    value: String,
}

/// The rows of one sidecar by file name.
#[derive(Debug, Default)]
pub(crate) struct MetaTable {
    path: String,
    rows: HashMap<String, Result<Meta, BadRow>>,
}

impl MetaTable {
    /// Reads the sidecar of `directory`; a directory without one has an empty table.
    pub(crate) fn of_directory(directory: &Path) -> Result<Self, ReadError> {
        let path = directory.join(FILE_NAME);
        let name = path.to_string_lossy().into_owned();
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Ok(Self::default());
            }
            Err(error) => return Err(ReadError::file(&name, error)),
        };
        let text = decode(bytes).map_err(|kind| ReadError::file(&name, kind))?;
        Self::parse(name, &text)
    }

    /// Returns what the table says of `file`; `None` if it says nothing.
    ///
    /// A row with a fault is the fault of its file: it would otherwise be read without its date.
    pub(crate) fn row(&self, file: &str) -> Option<Result<Meta, ReadError>> {
        let row = self.rows.get(file)?.clone();
        Some(row.map_err(|bad| {
            ReadError::line(&self.path, bad.line, ErrorKind::BadDate { value: bad.value })
        }))
    }

    fn parse(path: String, text: &str) -> Result<Self, ReadError> {
        let mut lines = text.lines().zip(1..);
        let Some((header, _)) = lines.next() else {
            return Ok(Self { path, rows: HashMap::new() });
        };
        let columns: Vec<&str> = header.split('\t').map(str::trim).collect();
        let column = |name: &str| columns.iter().position(|&column| column == name);
        let Some(file) = column("file") else {
            let found = columns.join(", ");
            return Err(ReadError::line(&path, 1, ErrorKind::NoFileColumn { found }));
        };
        let (published, outlet, url) = (column("published"), column("outlet"), column("url"));
        let mut rows = HashMap::new();
        for (line, number) in lines {
            let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
            let cell = |column: Option<usize>| {
                column.and_then(|i| cells.get(i).copied()).filter(|cell| !cell.is_empty())
            };
            let Some(name) = cell(Some(file)) else { continue };
            let row = match cell(published).map(|value| (value, date(value))) {
                Some((value, None)) => Err(BadRow { line: number, value: value.to_owned() }),
                found => Ok(Meta {
                    published: found.and_then(|(_, date)| date),
                    outlet: cell(outlet).map(str::to_owned),
                    url: cell(url).map(str::to_owned),
                }),
            };
            rows.insert(name.to_owned(), row);
        }
        Ok(Self { path, rows })
    }
}
