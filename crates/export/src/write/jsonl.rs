//! The lossless format: one record a line, each of which says what it is.
//!
//! `header`, then for each report `document`, its `claim`s and its `mention`s. A claim is the line of
//! `sijill extract`. docs/export.schema.json is the contract.

use super::{Exporter, Gathered, WriteError, line};
use crate::report::Indexes;
use crate::{Options, Profile, Report};
use serde_json::{Map, Value, json};
use sijill_io::write;
use sijill_model::Field;

/// The version of the format, raised whenever a reader of the one before would misread it.
pub(crate) const VERSION: u64 = 1;

/// Writes the lossless format.
pub(crate) struct Jsonl<'a> {
    pub(crate) options: &'a Options,
}

impl Exporter for Jsonl<'_> {
    fn begin(&mut self, out: &mut Vec<u8>) -> Result<(), WriteError> {
        let Options { figures, profile, program, knowledge } = self.options;
        let mut header = json!({
            "record": "header",
            "version": VERSION,
            "program": program,
            "knowledge": knowledge,
            "figures": figures.to_string(),
            "profile": profile.name(),
        });
        if let Profile::Internal { reason } = profile {
            header["reason"] = reason.as_str().into();
        }
        line(out, &header);
        Ok(())
    }

    fn report(&mut self, report: &Report, out: &mut Vec<u8>) -> Result<(), WriteError> {
        let indexes = Indexes::new(report);
        line(out, &document(report, &indexes));
        let mut lines = Vec::new();
        write::claims(&mut lines, &report.document, &report.claims);
        for claim in lines.split(|&byte| byte == b'\n').filter(|line| !line.is_empty()) {
            // The line as it is, so that the two formats cannot differ.
            out.extend_from_slice(b"{\"record\":\"claim\",");
            out.extend_from_slice(&claim[1..]);
            out.push(b'\n');
        }
        for mention in &report.mentions {
            let (start, end) = indexes.code_points(mention.field, mention.span);
            let mut record = json!({
                "record": "mention",
                "document": report.document.id,
                "kind": mention.kind.as_str(),
                "start": start,
                "end": end,
                "exact": report.words(mention.field, mention.span),
            });
            let object = record.as_object_mut();
            if let Some(object) = object {
                place_in(object, mention.field);
                if let Some(resolved) = &mention.resolved {
                    object.insert("resolved".to_owned(), resolved.as_str().into());
                }
                if !mention.candidates.is_empty() {
                    object.insert("candidates".to_owned(), mention.candidates.clone().into());
                }
            }
            line(out, &record);
        }
        Ok(())
    }

    fn finish(&mut self, _gathered: &Gathered, _out: &mut Vec<u8>) -> Result<(), WriteError> {
        Ok(())
    }
}

fn document(report: &Report, indexes: &Indexes<'_>) -> Value {
    let document = &report.document;
    let mut record = json!({"record": "document", "id": document.id, "text": document.text});
    let Some(object) = record.as_object_mut() else { return record };
    let mut told = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            object.insert(name.to_owned(), value.into());
        }
    };
    told("title", document.title.clone());
    told("published", document.published.map(|day| day.to_string()));
    told("outlet", document.outlet.clone());
    told("url", document.url.clone());
    let withheld = report.withheld.iter().map(|withheld| {
        let (start, end) = indexes.code_points(withheld.field, withheld.span);
        let mut mask = Map::new();
        mask.insert("reason".to_owned(), withheld.reason.as_str().into());
        mask.insert("start".to_owned(), start.into());
        mask.insert("end".to_owned(), end.into());
        place_in(&mut mask, withheld.field);
        Value::Object(mask)
    });
    let withheld: Vec<Value> = withheld.collect();
    if !withheld.is_empty() {
        object.insert("withheld".to_owned(), withheld.into());
    }
    record
}

/// Says that offsets count in the title.
fn place_in(object: &mut Map<String, Value>, field: Field) {
    if field == Field::Title {
        object.insert("in".to_owned(), "title".into());
    }
}
