//! Rows as a table for eyes, JSON lines or comma-separated values.

use crate::Outcome;
use crate::args::Color;
use crate::args::query::RowFormat;
use crate::style::{HEADING, Paint};
use anyhow::Context as _;
use sijill_io::write::isolate;
use std::io::{self, Write as _};

/// A value of a row; what is not told is `None`.
pub(crate) enum Cell {
    Text(Option<String>),
    Number(u64),
}

impl From<Option<String>> for Cell {
    fn from(text: Option<String>) -> Self {
        Self::Text(text)
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(Some(text))
    }
}

impl From<u64> for Cell {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl Cell {
    fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone().unwrap_or_default(),
            Self::Number(number) => number.to_string(),
        }
    }
}

/// Rows of the same columns.
pub(crate) struct Rows<'a> {
    format: RowFormat,
    columns: &'a [&'a str],
    rows: Vec<Vec<Cell>>,
    paint: Paint,
}

impl<'a> Rows<'a> {
    /// Begins with no row.
    pub(crate) fn new(format: RowFormat, columns: &'a [&'a str], color: Color) -> Self {
        Self { format, columns, rows: Vec::new(), paint: Paint::new(color, &io::stdout()) }
    }

    /// Adds a row.
    pub(crate) fn add(&mut self, row: Vec<Cell>) {
        self.rows.push(row);
    }

    /// Writes all of them to standard output.
    pub(crate) fn write(self) -> anyhow::Result<Outcome> {
        let mut out = io::BufWriter::new(io::stdout().lock());
        match self.format {
            RowFormat::Csv => self.csv(&mut out),
            RowFormat::Jsonl => self.jsonl(&mut out),
            RowFormat::Table => self.table(&mut out),
        }
        .and_then(|()| out.flush())
        .context("the output cannot be written")?;
        Ok(Outcome::Done)
    }

    fn csv(&self, out: &mut impl io::Write) -> io::Result<()> {
        let mut writer = csv::Writer::from_writer(out);
        writer.write_record(self.columns)?;
        for row in &self.rows {
            writer.write_record(row.iter().map(Cell::text))?;
        }
        writer.flush()
    }

    fn jsonl(&self, out: &mut impl io::Write) -> io::Result<()> {
        for row in &self.rows {
            let mut line = serde_json::Map::new();
            for (column, cell) in self.columns.iter().zip(row) {
                let value = match cell {
                    Cell::Text(None) => continue,
                    Cell::Text(Some(text)) => text.as_str().into(),
                    Cell::Number(number) => (*number).into(),
                };
                line.insert((*column).to_owned(), value);
            }
            writeln!(out, "{}", serde_json::Value::Object(line))?;
        }
        Ok(())
    }

    fn table(&self, out: &mut impl io::Write) -> io::Result<()> {
        let width = |text: &str| console::measure_text_width(text);
        let mut widths: Vec<usize> = self.columns.iter().map(|column| width(column)).collect();
        for row in &self.rows {
            for (widest, cell) in widths.iter_mut().zip(row) {
                *widest = (*widest).max(width(&cell.text()));
            }
        }
        let mut line = |cells: Vec<(String, bool)>, heading: bool| {
            let mut line = String::new();
            for ((cell, right), widest) in cells.iter().zip(&widths) {
                let padding = " ".repeat(widest.saturating_sub(width(cell)));
                let cell = isolate(cell);
                line.push_str(&if *right {
                    format!("{padding}{cell}  ")
                } else {
                    format!("{cell}{padding}  ")
                });
            }
            let line = line.trim_end();
            if heading {
                writeln!(out, "{}", self.paint.paint(HEADING, line))
            } else {
                writeln!(out, "{line}")
            }
        };
        let is_number =
            |i: usize| self.rows.first().is_some_and(|row| matches!(row[i], Cell::Number(_)));
        line(
            self.columns.iter().enumerate().map(|(i, c)| ((*c).to_owned(), is_number(i))).collect(),
            true,
        )?;
        for row in &self.rows {
            line(
                row.iter().enumerate().map(|(i, cell)| (cell.text(), is_number(i))).collect(),
                false,
            )?;
        }
        Ok(())
    }
}
