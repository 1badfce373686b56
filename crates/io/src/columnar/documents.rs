//! Documents from the columns of a batch.

use crate::read::date;
use arrow_array::cast::AsArray as _;
use arrow_array::{Array, ArrayRef, RecordBatch, StringArray};
use arrow_schema::DataType;
use sijill_model::Document;

/// Why a batch or a row of it is no document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ColumnError {
    /// A column that must be there is not.
    #[error("the batch has no column '{name}' (its columns are {columns})")]
    Missing {
        /// What was looked for.
        name: &'static str,
        /// What is there.
        columns: String,
    },
    /// A column holds something else than text.
    #[error("column '{name}' holds {found}, not text")]
    WrongType {
        /// The column.
        name: &'static str,
        /// What it holds.
        found: String,
    },
    /// A row whose day of publication cannot be read.
    #[error("row {row}, '{id}': published '{value}' is no date such as 2017-10-18")]
    BadDate {
        /// The row, from 0.
        row: usize,
        /// The document's id.
        id: String,
        /// What stands there.
        value: String,
    },
}

/// The documents of a batch, by row.
pub struct Rows {
    ids: StringArray,
    texts: StringArray,
    titles: Option<StringArray>,
    published: Option<StringArray>,
    outlets: Option<StringArray>,
    urls: Option<StringArray>,
}

/// Finds the columns of documents in a batch: `id` and `text`, and `title`, `published`, `outlet`
/// and `url` where they are. Other columns are passed over.
pub fn documents(batch: &RecordBatch) -> Result<Rows, ColumnError> {
    Ok(Rows {
        ids: required(batch, "id")?,
        texts: required(batch, "text")?,
        titles: column(batch, "title")?,
        published: column(batch, "published")?,
        outlets: column(batch, "outlet")?,
        urls: column(batch, "url")?,
    })
}

impl Rows {
    /// Counts the rows.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Tells whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Makes the document of a row; a null text is an empty one.
    pub fn document(&self, row: usize) -> Result<Document, ColumnError> {
        let id = cell(&self.ids, row).unwrap_or_default();
        let told = |column: &Option<StringArray>| {
            let value = cell(column.as_ref()?, row)?;
            // Blank is not told.
            (!value.trim().is_empty()).then(|| value.to_owned())
        };
        let published = told(&self.published).map(|value| {
            date(&value).ok_or_else(|| ColumnError::BadDate { row, id: id.to_owned(), value })
        });
        Ok(Document {
            id: id.to_owned(),
            title: told(&self.titles),
            text: cell(&self.texts, row).unwrap_or_default().to_owned(),
            published: published.transpose()?,
            outlet: told(&self.outlets),
            url: told(&self.urls),
        })
    }
}

fn cell(column: &StringArray, row: usize) -> Option<&str> {
    column.is_valid(row).then(|| column.value(row))
}

fn required(batch: &RecordBatch, name: &'static str) -> Result<StringArray, ColumnError> {
    column(batch, name)?.ok_or_else(|| {
        let schema = batch.schema();
        let columns: Vec<_> = schema.fields().iter().map(|field| field.name().as_str()).collect();
        ColumnError::Missing { name, columns: columns.join(", ") }
    })
}

/// Takes a column as text; dates and numbers are written as text first.
fn column(batch: &RecordBatch, name: &'static str) -> Result<Option<StringArray>, ColumnError> {
    let Some(array) = batch.column_by_name(name) else { return Ok(None) };
    let wrong = || ColumnError::WrongType { name, found: array.data_type().to_string() };
    let is_text = array.data_type().is_string()
        || matches!(array.data_type(), DataType::Dictionary(_, value) if value.is_string());
    let is_like_text = matches!(
        array.data_type(),
        DataType::Null | DataType::Date32 | DataType::Date64 | DataType::Timestamp(..)
    ) || array.data_type().is_integer();
    if !is_text && !is_like_text {
        return Err(wrong());
    }
    let text: ArrayRef = arrow_cast::cast(array, &DataType::Utf8).map_err(|_| wrong())?;
    Ok(text.as_string_opt::<i32>().cloned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow_array::{Date32Array, Float64Array, Int64Array, LargeStringArray};
    use std::sync::Arc;

    fn batch(columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
        RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(n, c)| (n, c, true)))
            .unwrap()
    }

    #[test]
    fn columns_of_any_width_are_read() {
        let rows = documents(&batch(vec![
            ("id", Arc::new(Int64Array::from(vec![7, 8]))),
            ("text", Arc::new(LargeStringArray::from(vec![Some("a"), None]))),
            ("published", Arc::new(Date32Array::from(vec![Some(17_457), None]))),
            ("score", Arc::new(Float64Array::from(vec![1.0, 2.0]))),
        ]))
        .unwrap();
        let first = rows.document(0).unwrap();
        assert_eq!((first.id.as_str(), first.text.as_str()), ("7", "a"));
        assert_eq!(first.published.map(|day| day.to_string()).as_deref(), Some("2017-10-18"));
        let second = rows.document(1).unwrap();
        assert_eq!((second.text.as_str(), second.published), ("", None));
    }

    #[test]
    fn a_missing_column_is_named_with_those_that_are_there() {
        let batch = batch(vec![("body", Arc::new(StringArray::from(vec!["a"])))]);
        let error = documents(&batch).err().unwrap().to_string();
        assert_eq!(error, "the batch has no column 'id' (its columns are body)");
    }

    #[test]
    fn a_bad_date_names_row_and_value() {
        let rows = documents(&batch(vec![
            ("id", Arc::new(StringArray::from(vec!["a"]))),
            ("text", Arc::new(StringArray::from(vec!["b"]))),
            ("published", Arc::new(StringArray::from(vec!["18 October"]))),
        ]))
        .unwrap();
        let error = rows.document(0).err().unwrap().to_string();
        assert_eq!(error, "row 0, 'a': published '18 October' is no date such as 2017-10-18");
    }
}
