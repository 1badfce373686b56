//! The native part of the Python package `sijill`: text or Arrow in, the wire format out.
//!
//! It is small on purpose: classes, types and documentation are in `python/sijill`.

mod case;
mod columns;
mod reader;
mod steps;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3_arrow::{PyRecordBatch, PySchema};
use rayon::prelude::*;
use sijill::model::Document;
use sijill::{Options, Tables};
use sijill_io::columnar::{self, ColumnError, Rows};
use sijill_io::{read, write};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// How many documents a thread takes at a time.
const GRAIN: usize = 16;

/// The tables: built once in a process, shared by all threads.
#[pyclass(frozen, module = "sijill._native")]
struct Knowledge(Arc<sijill::Knowledge>);

#[pymethods]
impl Knowledge {
    /// Builds the built-in tables with those of the user, by path, laid over them.
    #[new]
    fn new(py: Python<'_>, tables: BTreeMap<String, String>) -> PyResult<Self> {
        py.detach(|| build(tables)).map(Self)
    }

    /// Names the content of the tables.
    #[getter]
    fn hash(&self) -> &str {
        self.0.hash()
    }
}

/// Returns the built-in tables; a worker process builds them once.
#[pyfunction]
fn built_in(py: Python<'_>) -> PyResult<Knowledge> {
    static BUILT_IN: OnceLock<Arc<sijill::Knowledge>> = OnceLock::new();
    if BUILT_IN.get().is_none() {
        let knowledge = py.detach(|| build(BTreeMap::new()))?;
        let _ = BUILT_IN.set(knowledge);
    }
    Ok(Knowledge(BUILT_IN.wait().clone()))
}

fn build(tables: BTreeMap<String, String>) -> PyResult<Arc<sijill::Knowledge>> {
    let mut all = Tables::embedded();
    for (path, content) in tables {
        all.overlay(&path, content);
    }
    sijill::Knowledge::build(&all).map(Arc::new).map_err(|faults| {
        let faults: Vec<_> = faults.iter().map(ToString::to_string).collect();
        PyValueError::new_err(faults.join("\n"))
    })
}

/// Reads one document; returns its claims and its diagnostics as lines of the wire format.
#[pyfunction]
#[pyo3(signature = (knowledge, min_confidence, id, text, title, published, outlet, url))]
#[expect(clippy::too_many_arguments, reason = "the fields of a document, by name in Python")]
fn extract(
    py: Python<'_>,
    knowledge: &Knowledge,
    min_confidence: f64,
    id: String,
    text: String,
    title: Option<String>,
    published: Option<String>,
    outlet: Option<String>,
    url: Option<String>,
) -> PyResult<(String, String)> {
    let published = published.map(|day| {
        read::date(&day).ok_or_else(|| {
            PyValueError::new_err(format!("published '{day}' is no date such as 2017-10-18"))
        })
    });
    let document = Document { id, title, text, published: published.transpose()?, outlet, url };
    let options = options(min_confidence)?;
    let (claims, diagnostics) = py.detach(|| {
        let extraction = sijill::extract(&document, &knowledge.0, &options);
        let (mut claims, mut diagnostics) = (Vec::new(), Vec::new());
        write::claims(&mut claims, &document, &extraction.claims);
        write::diagnostics(&mut diagnostics, &document, &extraction.diagnostics);
        (claims, diagnostics)
    });
    Ok((String::from_utf8(claims)?, String::from_utf8(diagnostics)?))
}

/// Reads a batch of documents on all cores and returns a batch of claims, in the order of the rows.
///
/// A row that is no document is an error, or left out if `drop` says so.
#[pyfunction]
fn extract_arrow(
    py: Python<'_>,
    knowledge: &Knowledge,
    batch: PyRecordBatch,
    min_confidence: f64,
    drop: bool,
) -> PyResult<PyRecordBatch> {
    let options = options(min_confidence)?;
    let batch = batch.into_inner();
    let claims = py.detach(|| -> PyResult<_> {
        let rows = columnar::documents(&batch).map_err(value_error)?;
        let starts: Vec<usize> = (0..rows.len()).step_by(GRAIN).collect();
        let parts: Result<Vec<Vec<u8>>, ColumnError> = starts
            .into_par_iter()
            .map(|start| {
                let range = start..rows.len().min(start + GRAIN);
                read_rows(&rows, range, &knowledge.0, &options, drop)
            })
            .collect();
        columnar::claims(&parts.map_err(value_error)?.concat()).map_err(value_error)
    })?;
    Ok(PyRecordBatch::new(claims))
}

fn read_rows(
    rows: &Rows,
    range: Range<usize>,
    knowledge: &sijill::Knowledge,
    options: &Options,
    drop: bool,
) -> Result<Vec<u8>, ColumnError> {
    let mut lines = Vec::new();
    for document in documents(rows, range, drop) {
        let document = document?;
        let extraction = sijill::extract(&document, knowledge, options);
        write::claims(&mut lines, &document, &extraction.claims);
    }
    Ok(lines)
}

/// Lists the documents of some rows; one that is none is left out if `drop` says so.
fn documents(
    rows: &Rows,
    range: Range<usize>,
    drop: bool,
) -> impl Iterator<Item = Result<Document, ColumnError>> {
    range.map(|row| rows.document(row)).filter(move |document| document.is_ok() || !drop)
}

/// Makes a batch of claims of lines of the wire format.
#[pyfunction]
fn to_arrow(lines: &str) -> PyResult<PyRecordBatch> {
    columnar::claims(lines.as_bytes()).map(PyRecordBatch::new).map_err(value_error)
}

/// Returns the schema of a batch of claims.
#[pyfunction]
fn claims_schema() -> PySchema {
    PySchema::new(columnar::claims_schema())
}

fn options(min_confidence: f64) -> PyResult<Options> {
    if (0.0..=1.0).contains(&min_confidence) {
        Ok(Options { min_confidence })
    } else {
        let message = format!("min_confidence {min_confidence} is not between 0 and 1");
        Err(PyValueError::new_err(message))
    }
}

fn value_error(error: impl std::error::Error) -> PyErr {
    PyValueError::new_err(error.to_string())
}

#[pymodule]
fn _native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("DEFAULT_CONFIDENCE", sijill::DEFAULT_CONFIDENCE)?;
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_class::<Knowledge>()?;
    module.add_function(wrap_pyfunction!(built_in, module)?)?;
    module.add_function(wrap_pyfunction!(extract, module)?)?;
    module.add_function(wrap_pyfunction!(extract_arrow, module)?)?;
    module.add_function(wrap_pyfunction!(to_arrow, module)?)?;
    module.add_function(wrap_pyfunction!(claims_schema, module)?)?;
    module.add_class::<case::Case>()?;
    module.add_class::<reader::Reader>()?;
    module.add_class::<steps::Rarity>()?;
    module.add_function(wrap_pyfunction!(steps::sketches, module)?)?;
    module.add_function(wrap_pyfunction!(steps::counts, module)?)?;
    module.add_function(wrap_pyfunction!(steps::blocks, module)?)?;
    module.add_function(wrap_pyfunction!(steps::pairs, module)?)?;
    module.add_function(wrap_pyfunction!(steps::episodes, module)?)?;
    module.add_function(wrap_pyfunction!(steps::weights, module)?)?;
    module.add_function(wrap_pyfunction!(steps::components, module)?)?;
    module.add_function(wrap_pyfunction!(steps::prints, module)?)?;
    module.add_function(wrap_pyfunction!(steps::seeds, module)?)?;
    module.add_function(wrap_pyfunction!(steps::reuses, module)?)?;
    module.add_function(wrap_pyfunction!(steps::origins, module)?)?;
    module.add_function(wrap_pyfunction!(steps::incidents, module)?)?;
    module.add_function(wrap_pyfunction!(steps::incidents_schema, module)?)
}
