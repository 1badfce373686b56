//! Claims as Arrow IPC and Parquet: the wire format of a claim, column by column, with the
//! publication of its document beside it.

use super::{Exporter, Gathered, WriteError};
use crate::{Options, Report};
use arrow_array::{ArrayRef, RecordBatch, StringArray};
use arrow_ipc::writer::FileWriter;
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use sijill_io::columnar::claims_schema;
use std::collections::HashMap;
use std::fmt::Display;
use std::sync::Arc;

/// Columns of the document beside those of the claim.
const DOCUMENT: [&str; 4] = ["title", "published", "outlet", "url"];

/// Reports are gathered until they have so many claims.
const BATCH: usize = 8192;

/// Gathers claims into batches.
struct Batches {
    schema: SchemaRef,
    lines: Vec<u8>,
    columns: [Vec<Option<String>>; DOCUMENT.len()],
}

impl Batches {
    fn new(options: &Options) -> Self {
        let mut fields = claims_schema().fields().to_vec();
        fields.extend(DOCUMENT.map(|name| Arc::new(Field::new(name, DataType::Utf8, true))));
        let about = [
            ("sijill.program", options.program.clone()),
            ("sijill.knowledge", options.knowledge.clone()),
            ("sijill.figures", options.figures.to_string()),
            ("sijill.profile", options.profile.name().to_owned()),
        ];
        let about: HashMap<_, _> = about.map(|(key, value)| (key.to_owned(), value)).into();
        let schema = Arc::new(Schema::new(fields).with_metadata(about));
        Self { schema, lines: Vec::new(), columns: Default::default() }
    }

    fn len(&self) -> usize {
        self.columns[0].len()
    }

    fn add(&mut self, report: &Report) {
        let document = &report.document;
        sijill_io::write::claims(&mut self.lines, document, &report.claims);
        let published = document.published.map(|day| day.to_string());
        let values =
            [document.title.clone(), published, document.outlet.clone(), document.url.clone()];
        for (column, value) in self.columns.iter_mut().zip(values) {
            column.extend(std::iter::repeat_n(value, report.claims.len()));
        }
    }

    /// Takes what was gathered.
    fn take(&mut self) -> Result<RecordBatch, String> {
        let claims = sijill_io::columnar::claims(&self.lines).map_err(|error| error.to_string())?;
        self.lines.clear();
        let mut arrays = claims.columns().to_vec();
        for column in &mut self.columns {
            arrays.push(Arc::new(StringArray::from(std::mem::take(column))) as ArrayRef);
        }
        RecordBatch::try_new(self.schema.clone(), arrays).map_err(|error| error.to_string())
    }
}

/// Writes a Parquet file.
pub(crate) struct Parquet {
    batches: Batches,
    writer: Option<ArrowWriter<Vec<u8>>>,
}

impl Parquet {
    pub(crate) fn new(options: &Options) -> Self {
        Self { batches: Batches::new(options), writer: None }
    }

    fn flush(&mut self) -> Result<(), WriteError> {
        let fail = |error: &dyn Display| fail("parquet", error);
        let batch = self.batches.take().map_err(|error| fail(&error))?;
        let writer = self.writer.as_mut().ok_or_else(|| fail(&"it was not begun"))?;
        writer.write(&batch).map_err(|error| fail(&error))
    }
}

impl Exporter for Parquet {
    fn begin(&mut self, _out: &mut Vec<u8>) -> Result<(), WriteError> {
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
        let writer =
            ArrowWriter::try_new(Vec::new(), self.batches.schema.clone(), Some(properties));
        self.writer = Some(writer.map_err(|error| fail("parquet", &error))?);
        Ok(())
    }

    fn report(&mut self, report: &Report, out: &mut Vec<u8>) -> Result<(), WriteError> {
        self.batches.add(report);
        if BATCH <= self.batches.len() {
            self.flush()?;
        }
        // What is ready moves on, so that a corpus need not fit into memory.
        if let Some(writer) = &mut self.writer {
            out.append(writer.inner_mut());
        }
        Ok(())
    }

    fn finish(&mut self, _gathered: &Gathered, out: &mut Vec<u8>) -> Result<(), WriteError> {
        self.flush()?;
        if let Some(writer) = self.writer.take() {
            let mut rest = writer.into_inner().map_err(|error| fail("parquet", &error))?;
            out.append(&mut rest);
        }
        Ok(())
    }
}

/// Writes an Arrow IPC file, which pyarrow, pandas, Polars and R call Feather.
pub(crate) struct Arrow {
    batches: Batches,
    writer: Option<FileWriter<Vec<u8>>>,
}

impl Arrow {
    pub(crate) fn new(options: &Options) -> Self {
        Self { batches: Batches::new(options), writer: None }
    }

    fn flush(&mut self) -> Result<(), WriteError> {
        let fail = |error: &dyn Display| fail("arrow", error);
        let batch = self.batches.take().map_err(|error| fail(&error))?;
        let writer = self.writer.as_mut().ok_or_else(|| fail(&"it was not begun"))?;
        writer.write(&batch).map_err(|error| fail(&error))
    }
}

impl Exporter for Arrow {
    fn begin(&mut self, _out: &mut Vec<u8>) -> Result<(), WriteError> {
        let writer = FileWriter::try_new(Vec::new(), &self.batches.schema);
        self.writer = Some(writer.map_err(|error| fail("arrow", &error))?);
        Ok(())
    }

    fn report(&mut self, report: &Report, out: &mut Vec<u8>) -> Result<(), WriteError> {
        self.batches.add(report);
        if BATCH <= self.batches.len() {
            self.flush()?;
        }
        if let Some(writer) = &mut self.writer {
            out.append(writer.get_mut());
        }
        Ok(())
    }

    fn finish(&mut self, _gathered: &Gathered, out: &mut Vec<u8>) -> Result<(), WriteError> {
        self.flush()?;
        if let Some(mut writer) = self.writer.take() {
            writer.finish().map_err(|error| fail("arrow", &error))?;
            out.append(writer.get_mut());
        }
        Ok(())
    }
}

fn fail(format: &'static str, error: &dyn Display) -> WriteError {
    WriteError { format, message: error.to_string() }
}
