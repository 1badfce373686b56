//! Columns of batches that go from step to step.

use crate::steps::foreign;
use crate::value_error;
use arrow_array::builder::{Int64Builder, ListBuilder};
use arrow_array::cast::AsArray as _;
use arrow_array::types::Int64Type;
use arrow_array::{
    Array as _, ArrayRef, BinaryArray, Int64Array, ListArray, RecordBatch, StringArray,
};
use arrow_schema::{DataType, Field, Schema};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3_arrow::PyRecordBatch;
use sijill::Sketch;
use std::sync::Arc;

/// A batch whose columns are taken by name.
pub(crate) struct Columns(pub(crate) RecordBatch);

/// Lists of numbers.
pub(crate) struct Lists<'a>(&'a ListArray);

/// Bytes that may be null.
pub(crate) struct Optional<'a>(&'a BinaryArray);

impl Columns {
    pub(crate) fn len(&self) -> usize {
        self.0.num_rows()
    }

    fn column(&self, name: &str) -> PyResult<&ArrayRef> {
        let missing = || PyValueError::new_err(format!("the batch has no column '{name}'"));
        self.0.column_by_name(name).ok_or_else(missing)
    }

    pub(crate) fn texts(&self, name: &str) -> PyResult<&StringArray> {
        self.column(name)?.as_string_opt().ok_or_else(|| wrong(name, "text"))
    }

    pub(crate) fn integers(&self, name: &str) -> PyResult<&Int64Array> {
        self.column(name)?.as_primitive_opt::<Int64Type>().ok_or_else(|| wrong(name, "int64"))
    }

    pub(crate) fn binaries(&self, name: &str) -> PyResult<&BinaryArray> {
        self.column(name)?.as_binary_opt().ok_or_else(|| wrong(name, "binary"))
    }

    pub(crate) fn optional_binaries(&self, name: &str) -> PyResult<Optional<'_>> {
        self.binaries(name).map(Optional)
    }

    pub(crate) fn lists(&self, name: &str) -> PyResult<Lists<'_>> {
        self.column(name)?.as_list_opt().map(Lists).ok_or_else(|| wrong(name, "lists"))
    }

    pub(crate) fn sketches(&self, name: &str) -> PyResult<Vec<Sketch>> {
        let bytes = self.binaries(name)?;
        let sketch = |row| Sketch::from_bytes(bytes.value(row)).ok_or_else(foreign);
        (0..self.len()).map(sketch).collect()
    }
}

impl Lists<'_> {
    pub(crate) fn of(&self, row: usize) -> PyResult<Vec<i64>> {
        let values = self.0.value(row);
        let values =
            values.as_primitive_opt::<Int64Type>().ok_or_else(|| wrong("list", "int64"))?;
        Ok(values.values().to_vec())
    }
}

impl<'a> Optional<'a> {
    pub(crate) fn of(&self, row: usize) -> Option<&'a [u8]> {
        self.0.is_valid(row).then(|| self.0.value(row))
    }
}

fn wrong(name: &str, wanted: &str) -> PyErr {
    PyValueError::new_err(format!("column '{name}' does not hold {wanted}"))
}

pub(crate) fn texts(values: Vec<String>) -> ArrayRef {
    Arc::new(StringArray::from(values))
}

pub(crate) fn optional_texts(values: Vec<Option<String>>) -> ArrayRef {
    Arc::new(StringArray::from(values))
}

pub(crate) fn integers(values: Vec<i64>) -> ArrayRef {
    Arc::new(Int64Array::from(values))
}

pub(crate) fn binaries(values: Vec<Vec<u8>>) -> ArrayRef {
    Arc::new(BinaryArray::from_iter_values(values))
}

pub(crate) fn lists(values: Vec<Vec<i64>>) -> ArrayRef {
    let element = Field::new("element", DataType::Int64, true);
    let mut builder = ListBuilder::new(Int64Builder::new()).with_field(element);
    for list in values {
        builder.values().append_slice(&list);
        builder.append(true);
    }
    Arc::new(builder.finish())
}

pub(crate) fn to_batch<const N: usize>(columns: [(&str, ArrayRef); N]) -> PyResult<PyRecordBatch> {
    let field =
        |(name, column): &(&str, ArrayRef)| Field::new(*name, column.data_type().clone(), true);
    let schema = Schema::new(columns.iter().map(field).collect::<Vec<_>>());
    let columns = columns.into_iter().map(|(_, column)| column).collect();
    RecordBatch::try_new(Arc::new(schema), columns).map(PyRecordBatch::new).map_err(value_error)
}
