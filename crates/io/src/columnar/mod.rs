//! Claims, incidents and documents as Arrow record batches, for Spark, Ray, pandas, Polars and R.
//!
//! A batch of claims mirrors the wire format of SCHEMA.md, name by name; what a line leaves out is
//! null here, and an empty list.

mod documents;
mod incidents;
mod schema;

pub use arrow_array::RecordBatch;
pub use arrow_schema::{ArrowError, SchemaRef};
pub use documents::{ColumnError, Rows, documents};
pub use incidents::{incidents, incidents_schema};
pub use schema::claims_schema;

use arrow_json::ReaderBuilder;

/// Makes a batch of claims of lines of the wire format.
pub fn claims(lines: &[u8]) -> Result<RecordBatch, ArrowError> {
    decoded(lines, claims_schema())
}

fn decoded(lines: &[u8], schema: SchemaRef) -> Result<RecordBatch, ArrowError> {
    let rows = memchr::memchr_iter(b'\n', lines).count() + 1;
    // Strict, so that a field of the wire that the schema forgets is an error and not lost.
    let builder = ReaderBuilder::new(schema.clone()).with_batch_size(rows).with_strict_mode(true);
    let mut decoder = builder.build_decoder()?;
    decoder.decode(lines)?;
    Ok(decoder.flush()?.unwrap_or_else(|| RecordBatch::new_empty(schema)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow_array::cast::AsArray as _;

    #[test]
    fn claims_keep_every_field() {
        let line = br#"{"id":"clm_1","document":"a","sentence":0,"kind":"toll","type":"killed","evidence":{"start":1,"end":4,"exact":"abc"},"place":[{"name":"x","text":"x","lat":1.5,"lon":2.5,"precision":"town","start":0,"end":1}],"count":{"min":3,"approximate":false,"text":"3","start":1,"end":2},"modality":"asserted","confidence":0.5,"rule":"r"}
"#;
        let batch = claims(line).unwrap();
        assert_eq!(batch.num_rows(), 1);
        let count = batch.column_by_name("count").unwrap().as_struct();
        assert_eq!(count.column_by_name("max").unwrap().null_count(), 1);
        assert_eq!(batch.column_by_name("share").unwrap().null_count(), 1);
    }

    #[test]
    fn incidents_keep_every_field() {
        let line = br#"{"id":"inc_1","kind":"toll","type":"killed","place":{"name":"x","precision":"town"},"time":"2017","agent":["a"],"independent_origins":"same","documents":["d"],"claims":[{"id":"clm_1","document":"d","signals":[{"name":"same-day","value":1.0,"weight":0.5}]}],"figures":[{"type":"killed","target":["t"],"min":3,"max":4,"approximate":true,"cumulative":true,"part":true,"origin":"o","document":"d","claim":"clm_1"}]}
"#;
        let batch = incidents(line).unwrap();
        assert_eq!(batch.num_rows(), 1);
        assert!(batch.columns().iter().all(|column| column.null_count() == 0));
    }

    #[test]
    fn a_field_the_schema_does_not_know_is_refused() {
        assert!(claims(b"{\"id\":\"clm_1\",\"mood\":\"grim\"}\n").is_err());
    }

    #[test]
    fn nothing_is_an_empty_batch() {
        assert_eq!(claims(b"").unwrap().num_rows(), 0);
    }
}
