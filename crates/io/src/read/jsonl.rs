//! One document a line.

use super::{Format, date};
use crate::lines::Lines;
use crate::{DateBasis, EncodingBasis, ErrorKind, Item, Provenance, ReadError};
use serde::Deserialize;
use serde_json::Value;
use sijill_model::Document;

/// How many characters of a bad line are quoted.
const QUOTED: usize = 40;

/// A document on the wire; fields that are not listed are passed over.
#[derive(Deserialize)]
struct Record {
    id: Option<Id>,
    text: Option<String>,
    title: Option<String>,
    published: Option<String>,
    outlet: Option<String>,
    url: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Id {
    Name(String),
    Number(serde_json::Number),
}

impl Id {
    fn into_name(self) -> String {
        match self {
            Self::Name(name) => name,
            Self::Number(number) => number.to_string(),
        }
    }
}

pub(super) fn records(lines: &Lines, each: &mut dyn FnMut(Item<'_>)) {
    let split = lines.bytes.split(|&byte| byte == b'\n');
    for (number, line) in (lines.first..).zip(split) {
        let mark: &[u8] = if number == 1 { b"\xef\xbb\xbf" } else { b"" };
        let line = line.strip_prefix(mark).unwrap_or(line);
        if !line.trim_ascii().is_empty() {
            let fail = |kind| ReadError::line(&lines.file, number, kind);
            let document = record(line, &lines.file, number).map_err(fail);
            let dated = document.as_ref().is_ok_and(|document| document.published.is_some());
            each(Item {
                location: format!("{}:{number}", lines.file),
                original: Some(line.trim_ascii_end().into()),
                provenance: Provenance {
                    media_type: Some(Format::Jsonl.media_type().into()),
                    encoding: Some("UTF-8"),
                    encoding_by: Some(EncodingBasis::Format),
                    published_by: dated.then_some(DateBasis::Field),
                    ..Provenance::default()
                },
                document,
            });
        }
    }
}

fn record(line: &[u8], file: &str, number: u64) -> Result<Document, ErrorKind> {
    if !line.trim_ascii_start().starts_with(b"{") {
        let near = String::from_utf8_lossy(line).trim().chars().take(QUOTED).collect();
        return Err(ErrorKind::BadLine { message: "is no JSON object".to_owned(), near });
    }
    let record: Record = serde_json::from_slice(line).map_err(|error| bad_line(line, &error))?;
    let Some(text) = record.text else {
        return Err(ErrorKind::NoText { fields: fields(line) });
    };
    let published = match stated(record.published) {
        Some(value) => Some(date(&value).ok_or(ErrorKind::BadDate { value })?),
        None => None,
    };
    Ok(Document {
        id: record
            .id
            .map(Id::into_name)
            .filter(|id| !id.is_empty())
            .unwrap_or_else(|| format!("{file}:{number}")),
        title: stated(record.title),
        text,
        published,
        outlet: stated(record.outlet),
        url: stated(record.url),
    })
}

/// Takes an empty value for one that is not stated.
fn stated(value: Option<String>) -> Option<String> {
    value.filter(|value| !value.trim().is_empty())
}

fn fields(line: &[u8]) -> Vec<String> {
    match serde_json::from_slice(line) {
        Ok(Value::Object(object)) => object.into_iter().map(|(name, _)| name).collect(),
        _ => Vec::new(),
    }
}

fn bad_line(line: &[u8], error: &serde_json::Error) -> ErrorKind {
    let message = error.to_string();
    // A record is one line, so the parser's own "line 1" would only mislead.
    let message = message.split(" at line ").next().unwrap_or_default();
    let message = message.replace("EOF while", "the line ends while");
    let before = error.column().saturating_sub(QUOTED / 2 + 1).min(line.len());
    let near = String::from_utf8_lossy(&line[before..]);
    let near = near.trim_start_matches('\u{fffd}').chars().take(QUOTED).collect::<String>();
    ErrorKind::BadLine { message, near: near.trim().to_owned() }
}
