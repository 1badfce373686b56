//! The columns of a batch of claims.

use arrow_schema::{DataType, Field, Fields, Schema, SchemaRef};
use std::sync::{Arc, LazyLock};

static CLAIMS: LazyLock<SchemaRef> = LazyLock::new(|| Arc::new(Schema::new(claims())));

/// Returns the schema of a batch of claims; offsets are `int32`, as Spark has no unsigned numbers.
pub fn claims_schema() -> SchemaRef {
    CLAIMS.clone()
}

fn claims() -> Vec<Field> {
    vec![
        field("id", DataType::Utf8),
        field("document", DataType::Utf8),
        field("sentence", DataType::Int32),
        field("in", DataType::Utf8),
        field("kind", DataType::Utf8),
        field("type", DataType::Utf8),
        field("evidence", record([span(), vec![field("exact", DataType::Utf8)]].concat())),
        list("agent", participant()),
        list("target", participant()),
        list("place", place()),
        field("time", record([vec![field("edtf", DataType::Utf8)], read()].concat())),
        field("count", record([count(), read()].concat())),
        field("share", record([share(), read()].concat())),
        list("attribution", voice()),
        field("modality", DataType::Utf8),
        field("confidence", DataType::Float64),
        field("rule", DataType::Utf8),
    ]
}

fn participant() -> Vec<Field> {
    let names = vec![
        field("id", DataType::Utf8),
        field("type", DataType::Utf8),
        field("name", DataType::Utf8),
        field("name_en", DataType::Utf8),
    ];
    [names, read()].concat()
}

fn place() -> Vec<Field> {
    [place_names(), read()].concat()
}

/// A place, wherever it was read.
pub(super) fn place_names() -> Vec<Field> {
    vec![
        field("id", DataType::Utf8),
        field("name", DataType::Utf8),
        field("name_en", DataType::Utf8),
        field("lat", DataType::Float64),
        field("lon", DataType::Float64),
        field("precision", DataType::Utf8),
    ]
}

fn voice() -> Vec<Field> {
    let names = vec![
        field("id", DataType::Utf8),
        field("name", DataType::Utf8),
        field("speaker", DataType::Utf8),
        field("verb", DataType::Utf8),
    ];
    [names, read()].concat()
}

fn count() -> Vec<Field> {
    vec![
        field("min", DataType::Int64),
        field("max", DataType::Int64),
        field("approximate", DataType::Boolean),
    ]
}

fn share() -> Vec<Field> {
    vec![
        field("min", DataType::Float64),
        field("max", DataType::Float64),
        field("approximate", DataType::Boolean),
    ]
}

/// Where a slot was read.
fn read() -> Vec<Field> {
    [vec![field("text", DataType::Utf8)], span()].concat()
}

fn span() -> Vec<Field> {
    vec![field("start", DataType::Int32), field("end", DataType::Int32)]
}

pub(super) fn record(fields: Vec<Field>) -> DataType {
    DataType::Struct(Fields::from(fields))
}

pub(super) fn list(name: &str, fields: Vec<Field>) -> Field {
    field(name, DataType::List(Arc::new(field("element", record(fields)))))
}

/// Everything may be null: Spark cannot hold a null record whose fields may not be.
pub(super) fn field(name: &str, data_type: DataType) -> Field {
    Field::new(name, data_type, true)
}
