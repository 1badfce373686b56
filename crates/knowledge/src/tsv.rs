//! Rows of a tab-separated table with a header.

use crate::tables::{TableError, TablePath};

/// One row with its place in the file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<'a, const N: usize> {
    /// The cells in the order asked for.
    pub(crate) cells: [&'a str; N],
    /// Which table.
    pub(crate) table: TablePath<'a>,
    /// Line, from 1.
    pub(crate) line: usize,
}

impl<const N: usize> Row<'_, N> {
    /// Makes an error about this row.
    pub(crate) fn error(&self, message: impl Into<String>) -> TableError {
        self.table.error(self.line, message)
    }
}

/// Reads the named columns of every row; blank lines and lines that begin with `#` are skipped.
pub(crate) fn rows<'a, const N: usize>(
    table: TablePath<'a>,
    text: &'a str,
    columns: [&str; N],
    errors: &mut Vec<TableError>,
) -> Vec<Row<'a, N>> {
    let mut rows = Vec::new();
    each(table, text, columns, errors, |row| {
        rows.push(row);
        Ok(())
    });
    rows
}

/// Hands every row of a large table to `read`, and keeps the faults that it finds.
pub(crate) fn each<'a, const N: usize>(
    table: TablePath<'a>,
    text: &'a str,
    columns: [&str; N],
    errors: &mut Vec<TableError>,
    mut read: impl FnMut(Row<'a, N>) -> Result<(), TableError>,
) {
    let mut lines = text.lines().enumerate();
    let Some((_, header)) = lines.next() else {
        errors.push(table.error(1, "the table is empty"));
        return;
    };
    let names: Vec<&str> = header.trim_start_matches('\u{feff}').split('\t').collect();
    let mut places = [0; N];
    for (place, column) in places.iter_mut().zip(columns) {
        match names.iter().position(|name| *name == column) {
            Some(found) => *place = found,
            None => {
                let hint = format!("the header must name {}", columns.join(", "));
                errors.push(table.error(1, format!("no column '{column}'")).hint(hint));
                return;
            }
        }
    }
    let mut cells: Vec<&str> = Vec::with_capacity(names.len());
    for (i, line) in lines {
        if line.trim_start().is_empty() || line.starts_with('#') {
            continue;
        }
        cells.clear();
        split(line, &mut cells);
        if cells.len() != names.len() {
            let message = format!("{} cells where the header has {}", cells.len(), names.len());
            errors.push(table.error(i + 1, message).hint("cells are separated by one tab"));
            continue;
        }
        let row = Row { cells: places.map(|place| trimmed(cells[place])), table, line: i + 1 };
        errors.extend(read(row).err());
    }
}

/// Trims a cell; few need it.
fn trimmed(cell: &str) -> &str {
    match cell.as_bytes() {
        [] | [b'!'..=b'~'] | [b'!'..=b'~', .., b'!'..=b'~'] => cell,
        _ => cell.trim(),
    }
}

/// Splits a line at its tabs, byte by byte: cells are too short for a search to begin at each.
fn split<'a>(line: &'a str, cells: &mut Vec<&'a str>) {
    let mut start = 0;
    for (end, byte) in line.bytes().enumerate() {
        if byte == b'\t' {
            cells.push(&line[start..end]);
            start = end + 1;
        }
    }
    cells.push(&line[start..]);
}
