//! The columns of a batch of incidents.

use super::schema::{field, list, place_names, record};
use super::{ArrowError, RecordBatch, decoded};
use arrow_schema::{DataType, Schema, SchemaRef};
use std::sync::{Arc, LazyLock};

static INCIDENTS: LazyLock<SchemaRef> = LazyLock::new(|| {
    Arc::new(Schema::new(vec![
        field("id", DataType::Utf8),
        field("kind", DataType::Utf8),
        field("type", DataType::Utf8),
        field("place", record(place_names())),
        field("time", DataType::Utf8),
        texts("agent"),
        field("independent_origins", DataType::Utf8),
        texts("documents"),
        list("claims", member()),
        list("figures", figure()),
    ]))
});

/// Returns the schema of a batch of incidents.
pub fn incidents_schema() -> SchemaRef {
    INCIDENTS.clone()
}

/// Makes a batch of incidents of lines of the wire format.
pub fn incidents(lines: &[u8]) -> Result<RecordBatch, ArrowError> {
    decoded(lines, incidents_schema())
}

fn member() -> Vec<arrow_schema::Field> {
    let signal = vec![
        field("name", DataType::Utf8),
        field("value", DataType::Float64),
        field("weight", DataType::Float64),
    ];
    vec![field("id", DataType::Utf8), field("document", DataType::Utf8), list("signals", signal)]
}

fn figure() -> Vec<arrow_schema::Field> {
    vec![
        field("type", DataType::Utf8),
        texts("target"),
        field("min", DataType::Int64),
        field("max", DataType::Int64),
        field("approximate", DataType::Boolean),
        field("cumulative", DataType::Boolean),
        field("part", DataType::Boolean),
        field("origin", DataType::Utf8),
        field("document", DataType::Utf8),
        field("claim", DataType::Utf8),
    ]
}

fn texts(name: &str) -> arrow_schema::Field {
    field(name, DataType::List(Arc::new(field("element", DataType::Utf8))))
}
