//! A case, read and never written.

use pyo3::exceptions::{PyOSError, PyValueError};
use pyo3::prelude::*;
use sijill::model::{Kind, Modality};
use sijill_io::{read, write};
use sijill_store::{Access, Error, Filter, Freshness, Kept};
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// An opened case.
#[pyclass(frozen, module = "sijill._native")]
pub(crate) struct Case {
    case: Mutex<sijill_store::Case>,
    path: PathBuf,
}

/// Id, text, title, day of publication, outlet and address of a document.
type Fields = (String, String, Option<String>, Option<String>, Option<String>, Option<String>);

#[pymethods]
impl Case {
    /// Opens a case to read it.
    #[new]
    fn new(path: PathBuf) -> PyResult<Self> {
        let case = sijill_store::Case::open(&path, Access::Read);
        let case = case.map_err(|error| told(&path, &error))?;
        Ok(Self { case: Mutex::new(case), path })
    }

    /// Returns the document of an id.
    fn document(&self, id: &str) -> PyResult<Option<Fields>> {
        let kept = self.case().document(id).map_err(|error| told(&self.path, &error))?;
        Ok(kept.map(fields))
    }

    /// Lists the ids of all documents, in the order in which they came.
    fn ids(&self, py: Python<'_>) -> PyResult<Vec<String>> {
        let mut ids = Vec::new();
        let each = |kept: Kept| {
            ids.push(kept.document.id);
            Ok(())
        };
        let walked = py.detach(|| self.case().documents(each));
        walked.map_err(|error| told(&self.path, &error))?;
        Ok(ids)
    }

    /// Returns the claims that are wanted as lines of the wire format; `wanted` holds names of
    /// fields with the values of which any will do.
    fn claims(
        &self,
        py: Python<'_>,
        wanted: Vec<(String, Vec<String>)>,
        min_confidence: Option<f64>,
    ) -> PyResult<String> {
        let mut filter = Filter { min_confidence, ..Filter::default() };
        for (field, values) in wanted {
            narrow(&mut filter, &field, values)?;
        }
        let mut lines = Vec::new();
        let each = |kept: &Kept, claims: &[_]| {
            write::claims(&mut lines, &kept.document, claims);
            true
        };
        let read = py.detach(|| self.case().claims(&filter, each));
        read.map_err(|error| told(&self.path, &error))?;
        Ok(String::from_utf8(lines)?)
    }

    /// Returns the records of a sort that were found when the case was corroborated, as JSON lines,
    /// and whether nothing came since.
    fn findings(&self, sort: &str) -> PyResult<(String, bool)> {
        let failed = |error| told(&self.path, &error);
        let case = self.case();
        let freshness = case.freshness().map_err(failed)?;
        if freshness == Freshness::Never {
            let path = self.path.display();
            return Err(PyValueError::new_err(format!(
                "{path}: its claims were not laid side by side yet\n  hint: run 'sijill \
                 corroborate {path}'"
            )));
        }
        let mut lines = String::new();
        let found = case.findings(sort, None, |record| {
            lines.push_str(record);
            lines.push('\n');
            true
        });
        found.map_err(failed)?;
        Ok((lines, freshness == Freshness::Fresh))
    }

    /// Returns the entries of the log, as JSON lines.
    fn log(&self) -> PyResult<String> {
        let mut lines = String::new();
        let read = self.case().log(|entry| {
            lines.push_str(entry);
            lines.push('\n');
            true
        });
        read.map_err(|error| told(&self.path, &error))?;
        Ok(lines)
    }
}

impl Case {
    fn case(&self) -> MutexGuard<'_, sijill_store::Case> {
        // Reading leaves nothing half done.
        self.case.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn fields(kept: Kept) -> Fields {
    let document = kept.document;
    let published = document.published.map(|day| day.to_string());
    (document.id, document.text, document.title, published, document.outlet, document.url)
}

fn narrow(filter: &mut Filter, field: &str, values: Vec<String>) -> PyResult<()> {
    let wrong = |value: &str| PyValueError::new_err(format!("there is no {field} '{value}'"));
    match field {
        "document" => filter.documents = values,
        "place" => filter.places = values,
        "actor" => filter.actors = values,
        "origin" => filter.origins = values,
        "kind" => {
            let kinds = values.iter().map(|name| Kind::parse(name).ok_or_else(|| wrong(name)));
            filter.kinds = kinds.collect::<PyResult<_>>()?;
        }
        "type" => {
            let types = values.iter().map(|name| name.parse().map_err(|_| wrong(name)));
            filter.types = types.collect::<PyResult<_>>()?;
        }
        "modality" => {
            let all = values.iter().map(|name| Modality::parse(name).ok_or_else(|| wrong(name)));
            filter.modalities = all.collect::<PyResult<_>>()?;
        }
        "since" | "until" => {
            let [day] = values.as_slice() else { return Err(wrong(&values.join(", "))) };
            let date = read::date(day).ok_or_else(|| {
                let message = format!("{field} '{day}' is no date such as 2017-10-18");
                PyValueError::new_err(message)
            })?;
            *(if field == "since" { &mut filter.since } else { &mut filter.until }) = Some(date);
        }
        _ => return Err(PyValueError::new_err(format!("claims have no field '{field}'"))),
    }
    Ok(())
}

/// Says what is wrong with a case, and what can be done.
fn told(path: &std::path::Path, error: &Error) -> PyErr {
    let hint = error.hint().map(|hint| format!("\n  hint: {hint}")).unwrap_or_default();
    PyOSError::new_err(format!("{}: {error}{hint}", path.display()))
}
