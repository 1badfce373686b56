//! One writer a format.

mod acled;
mod airwars;
mod brat;
mod columnar;
mod csv;
mod ftm;
mod ged;
mod geojson;
mod html;
mod hxl;
mod jsonl;
mod jsonld;
mod plover;
mod timemap;
mod timesketch;

pub(crate) use acled::{Acled, COLUMNS as ACLED};
pub(crate) use airwars::Airwars;
pub(crate) use brat::Brat;
pub(crate) use columnar::{Arrow, Parquet};
pub(crate) use csv::Csv;
pub(crate) use ftm::Ftm;
pub(crate) use ged::{COLUMNS as GED, Ged};
pub(crate) use geojson::GeoJson;
pub(crate) use html::Html;
pub(crate) use hxl::Hxl;
pub(crate) use jsonl::{Jsonl, VERSION};
pub(crate) use jsonld::JsonLd;
pub(crate) use plover::Plover;
pub(crate) use timemap::TimeMap;
pub(crate) use timesketch::Timesketch;

use crate::Report;
pub(crate) use crate::gathered::Gathered;
use serde_json::Value;

/// Something that could not be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot be written as {format}: {message}")]
pub struct WriteError {
    /// The format.
    pub format: &'static str,
    /// What its library says.
    pub message: String,
}

/// Writes one format: appends to a buffer that the caller owns and may empty between calls.
pub trait Exporter {
    /// Writes what stands before everything.
    fn begin(&mut self, _out: &mut Vec<u8>) -> Result<(), WriteError> {
        Ok(())
    }

    /// Writes a report, or keeps what is needed of it.
    fn report(&mut self, report: &Report, out: &mut Vec<u8>) -> Result<(), WriteError>;

    /// Hands out the files that are ready, for a format that is not one file; each once.
    fn files(&mut self) -> Vec<(String, Vec<u8>)> {
        Vec::new()
    }

    /// Writes what stands behind everything, and all incidents; `gathered` holds the reports only
    /// for a format whose unit is the incident.
    fn finish(&mut self, gathered: &Gathered, out: &mut Vec<u8>) -> Result<(), WriteError>;
}

/// Appends a value and a line end.
pub(crate) fn line(out: &mut Vec<u8>, value: &Value) {
    // A value of strings and finite numbers is always JSON.
    out.extend_from_slice(value.to_string().as_bytes());
    out.push(b'\n');
}
