//! Exports of Telegram Desktop (`result.json`): a message is a document.

use super::{Format, date, stated};
use crate::record::item;
use crate::{DateBasis, EncodingBasis, ErrorKind, Item, Piece, Provenance, ReadError};
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::{Deserializer, Value};
use sijill_model::Document;

/// The largest export that is read, in bytes.
pub(crate) const MAX_EXPORT: usize = 512 << 20;

/// The key of the array that holds the messages of a chat.
const MESSAGES: &[u8] = b"\"messages\"";

/// The key of the object that holds all chats, if not one alone was exported.
const CHATS: &[u8] = b"\"chats\"";

/// Whose messages they are.
struct Chat {
    name: Option<String>,
    /// Its number, where others stand beside it: each numbers its own messages.
    number: Option<i64>,
}

/// A message; fields that are not listed are passed over.
#[derive(Deserialize)]
struct Message {
    id: Option<i64>,
    #[serde(rename = "type")]
    kind: Option<String>,
    date: Option<String>,
    edited: Option<String>,
    #[serde(default)]
    text: Value,
    forwarded_from: Option<String>,
}

/// Cuts an export into its messages; those without words (pictures, joins) are passed over.
pub(crate) fn pieces(file: &str, bytes: &[u8]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = 0;
    let first = memchr::memmem::find(bytes, MESSAGES).unwrap_or_default();
    let is_whole = memchr::memmem::find(&bytes[..first], CHATS).is_some();
    while let Some(found) = memchr::memmem::find(&bytes[at..], MESSAGES) {
        let key = at + found;
        let after = skip(bytes, key + MESSAGES.len(), b":");
        if bytes.get(after) != Some(&b'[') {
            at = key + MESSAGES.len();
            continue;
        }
        let head = &bytes[at..key];
        let number = id(head).filter(|_| is_whole);
        let chat = Chat { name: name(head), number };
        at = messages(file, bytes, after + 1, &chat, &mut pieces);
    }
    if pieces.is_empty() {
        pieces.push(ReadError::file(file, ErrorKind::NoMessages).into());
    }
    pieces
}

/// Reads the array that begins at `at`; returns where it ends.
fn messages(
    file: &str,
    bytes: &[u8],
    mut at: usize,
    chat: &Chat,
    pieces: &mut Vec<Piece>,
) -> usize {
    loop {
        at = skip(bytes, at, b",");
        if bytes.get(at).is_none_or(|&byte| byte == b']') {
            return at.min(bytes.len());
        }
        let mut values = Deserializer::from_slice(&bytes[at..]).into_iter::<IgnoredAny>();
        let outcome = values.next();
        let length = values.byte_offset();
        if let Some(Err(error)) = outcome {
            let next = next_message(bytes, at + 1);
            let line = line_of(bytes, at);
            let kind = match next {
                None if error.is_eof() => ErrorKind::Truncated { what: "export" },
                _ => malformed(&error),
            };
            let end = next.unwrap_or_else(|| end_of_chat(bytes, at));
            pieces.push(broken(file, line, bytes[at..end].to_vec(), kind));
            at = end;
            match next {
                Some(_) => continue,
                None => return at,
            }
        }
        let original = bytes[at..at + length].to_vec();
        at += length;
        match serde_json::from_slice(&original) {
            Ok(parsed) => pieces.extend(message(file, original, parsed, chat)),
            Err(error) => {
                let line = line_of(bytes, at - length);
                pieces.push(broken(file, line, original, malformed(&error)));
            }
        }
    }
}

/// Finds the next message of the same chat behind one that is broken: each begins with its id.
fn next_message(bytes: &[u8], from: usize) -> Option<usize> {
    const ID: &[u8] = b"\"id\"";
    let chat = &bytes[from..end_of_chat(bytes, from)];
    memchr::memmem::find_iter(chat, ID).find_map(|at| {
        let before = chat[..at].trim_ascii_end();
        before.ends_with(b"{").then(|| from + before.len() - 1)
    })
}

/// Returns where the messages of the next chat begin, or the export ends.
fn end_of_chat(bytes: &[u8], from: usize) -> usize {
    memchr::memmem::find(&bytes[from..], MESSAGES).map_or(bytes.len(), |at| from + at)
}

fn line_of(bytes: &[u8], at: usize) -> u64 {
    1 + memchr::memchr_iter(b'\n', &bytes[..at]).count() as u64
}

fn malformed(error: &serde_json::Error) -> ErrorKind {
    let message = error.to_string();
    // The place is told as that in the file.
    let message = message.split(" at line ").next().unwrap_or_default().to_owned();
    ErrorKind::Malformed { what: "message", message }
}

/// Makes the piece of a message that cannot be read.
fn broken(file: &str, line: u64, original: Vec<u8>, kind: ErrorKind) -> Piece {
    let error = ReadError::line(file, line, kind);
    Piece::later(original.len() as u64, move || Item {
        location: error.location(),
        original: Some(original.into()),
        provenance: Provenance::default(),
        document: Err(error),
    })
}

fn message(file: &str, original: Vec<u8>, message: Message, chat: &Chat) -> Option<Piece> {
    if message.kind.as_deref() == Some("service") || words(&message.text).trim().is_empty() {
        return None;
    }
    let (file, outlet) = (file.to_owned(), chat.name.clone());
    let chat = chat.number.map_or_else(String::new, |number| format!("{number}/"));
    Some(Piece::later(original.len() as u64, move || {
        let mut provenance = Provenance {
            media_type: Some(Format::Telegram.media_type().into()),
            encoding: Some("UTF-8"),
            encoding_by: Some(EncodingBasis::Format),
            tool: Some("Telegram Desktop".to_owned()),
            ..Provenance::default()
        };
        let id = message.id.map_or_else(String::new, |id| id.to_string());
        let location = format!("{file}#{chat}{id}");
        let document = document(&message, &location, outlet, &mut provenance);
        item(location, original, provenance, document)
    }))
}

fn document(
    message: &Message,
    location: &str,
    outlet: Option<String>,
    provenance: &mut Provenance,
) -> Result<Document, ErrorKind> {
    let published = match stated(message.date.clone()) {
        Some(value) => Some(date(&value).ok_or(ErrorKind::BadDate { value })?),
        None => None,
    };
    provenance.published_by = published.map(|_| DateBasis::Field);
    let notes = [("forwarded from", &message.forwarded_from), ("edited", &message.edited)];
    for (label, value) in notes {
        provenance.notes.extend(value.as_ref().map(|value| format!("{label}: {value}")));
    }
    let text = words(&message.text);
    Ok(Document { id: location.to_owned(), text, published, outlet, ..Document::default() })
}

/// Joins the parts of a text: links and emphasis are objects of their own.
fn words(text: &Value) -> String {
    match text {
        Value::String(text) => text.clone(),
        Value::Array(parts) => parts.iter().map(words).collect(),
        Value::Object(part) => part.get("text").map(words).unwrap_or_default(),
        _ => String::new(),
    }
}

/// Finds the name of a chat in what stands before its messages.
fn name(head: &[u8]) -> Option<String> {
    stated(value(head, b"\"name\""))
}

/// Finds the number of a chat in what stands before its messages.
fn id(head: &[u8]) -> Option<i64> {
    value(head, b"\"id\"")
}

/// Finds the last value of a key.
fn value<T: DeserializeOwned>(head: &[u8], key: &[u8]) -> Option<T> {
    let at = memchr::memmem::rfind(head, key)? + key.len();
    let mut values = Deserializer::from_slice(&head[skip(head, at, b":")..]).into_iter();
    values.next()?.ok()
}

/// Passes over white space and these signs.
fn skip(bytes: &[u8], from: usize, signs: &[u8]) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    let passed = |byte: &&u8| byte.is_ascii_whitespace() || signs.contains(byte);
    from + rest.iter().take_while(passed).count()
}
