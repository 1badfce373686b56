//! Files of every format that the program reads, as batches of documents.

use crate::columns::{optional_texts, texts, to_batch};
use pyo3::prelude::*;
use pyo3_arrow::PyRecordBatch;
use sijill::model::Document;
use sijill_io::{Inputs, ReadError, documents};
use std::path::PathBuf;

/// The documents of some files, one batch after the other.
#[pyclass(unsendable, module = "sijill._native")]
pub(crate) struct Reader {
    documents: Box<dyn Iterator<Item = Result<Document, ReadError>>>,
    rows: usize,
}

#[pymethods]
impl Reader {
    /// Begins with what the user named, with so many documents in a batch.
    #[new]
    fn new(paths: Vec<PathBuf>, rows: usize) -> Self {
        Self { documents: Box::new(documents(Inputs::new(paths))), rows: rows.max(1) }
    }

    /// Reads the next batch, and tells what could not be read among it; `None` if all is read.
    fn next(&mut self) -> PyResult<Option<(PyRecordBatch, Vec<String>)>> {
        let (mut read, mut faults) = (Vec::new(), Vec::new());
        for document in self.documents.by_ref().take(self.rows) {
            match document {
                Ok(document) => read.push(document),
                Err(fault) => faults.push(fault.to_string()),
            }
        }
        if read.is_empty() && faults.is_empty() {
            return Ok(None);
        }
        let column =
            |of: fn(&Document) -> Option<String>| optional_texts(read.iter().map(of).collect());
        let batch = to_batch([
            ("id", texts(read.iter().map(|document| document.id.clone()).collect())),
            ("text", texts(read.iter().map(|document| document.text.clone()).collect())),
            ("title", column(|document| document.title.clone())),
            ("published", column(|document| document.published.map(|day| day.to_string()))),
            ("outlet", column(|document| document.outlet.clone())),
            ("url", column(|document| document.url.clone())),
        ]);
        batch.map(|batch| Some((batch, faults)))
    }
}
