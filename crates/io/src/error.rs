//! What can go wrong while reading, each with a hint that can be acted on.

use std::fmt;

/// An input that could not be read; the inputs beside it are not touched by it.
#[derive(Debug, thiserror::Error)]
#[error("{place}: {kind}", place = Place(.file, *.line))]
pub struct ReadError {
    /// The file as the user named it, or [`crate::STDIN`].
    pub file: String,
    /// The line, from 1, if the fault lies in one.
    pub line: Option<u64>,
    /// What is wrong.
    pub kind: ErrorKind,
}

/// The faults an input can have.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The operating system does not hand it out.
    #[error("cannot be read: {}", describe(.0))]
    Io(#[from] std::io::Error),
    /// A file or line is larger than [`crate::MAX_DOCUMENT`].
    #[error("is larger than the {} MB that one document may have", .limit >> 20)]
    TooLarge {
        /// The largest size, in bytes.
        limit: usize,
    },
    /// The bytes are no text.
    #[error("is no text: it looks like {what}")]
    NotText {
        /// What the bytes look like.
        what: &'static str,
    },
    /// A directory that holds nothing to read.
    #[error("holds no file that can be read")]
    NothingInside,
    /// A page in which no article was found.
    #[error("no text was found on this page")]
    NoContent,
    /// A page that no article would look like.
    #[error("this page has too many elements, or nests them too deeply")]
    Tangled,
    /// A line that is not one JSON object of the right shape.
    #[error("{message}{}", quoted(.near))]
    BadLine {
        /// What is wrong with it.
        message: String,
        /// The words around the fault.
        near: String,
    },
    /// A record without `text`.
    #[error("'text' is missing")]
    NoText {
        /// The fields that the record has.
        fields: Vec<String>,
    },
    /// A date that is none.
    #[error("published '{value}' is not a date")]
    BadDate {
        /// The value as written.
        value: String,
    },
    /// A sidecar table that does not say which file its rows are about.
    #[error("no column is called 'file' (found {found})")]
    NoFileColumn {
        /// The columns it has.
        found: String,
    },
    /// A table without a column that holds the report.
    #[error("no column is called 'text' (found {found})")]
    NoTextColumn {
        /// The columns it has.
        found: String,
    },
    /// A record in which nothing is written.
    #[error("holds no text")]
    Empty,
    /// A PDF whose pages are pictures.
    #[error("has no text layer: its pages are pictures")]
    NoTextLayer,
    /// An export without messages.
    #[error("is no export of Telegram Desktop: it holds no messages")]
    NoMessages,
    /// XML that is no feed.
    #[error("is no feed: it has neither 'rss' nor 'feed' nor 'rdf:RDF'")]
    NoFeed,
    /// A file that breaks off.
    #[error("the {what} breaks off in the middle of a record")]
    Truncated {
        /// What it should be.
        what: &'static str,
    },
    /// A file that is not what it should be.
    #[error("is no {what} that can be read: {message}")]
    Malformed {
        /// What it should be.
        what: &'static str,
        /// What is wrong with it.
        message: String,
    },
    /// Bytes that are not those of which the digest was taken.
    #[error("the {what} bytes have the digest '{found}', and '{told}' is told: they were changed")]
    Digest {
        /// Which bytes.
        what: &'static str,
        /// The digest that is told.
        told: String,
        /// The digest that they have.
        found: String,
    },
    /// Something that a list names and that is not there.
    #[error("is listed and is not there")]
    Missing,
    /// A page that is packed in a way that is not read.
    #[error("is packed with '{coding}', which is not read")]
    Coded {
        /// The name of the coding.
        coding: String,
    },
    /// A small file that unpacks to an enormous one.
    #[error("unpacks to more than 200 times its size: it looks like a zip bomb")]
    Bomb,
    /// Lines in UTF-16, which cannot be cut without reading all of them.
    #[error("is UTF-16")]
    Utf16Lines,
}

impl ReadError {
    /// Makes the error of a whole file.
    pub(crate) fn file(file: &str, kind: impl Into<ErrorKind>) -> Self {
        Self { file: file.to_owned(), line: None, kind: kind.into() }
    }

    /// Makes the error of one line.
    pub(crate) fn line(file: &str, line: u64, kind: impl Into<ErrorKind>) -> Self {
        Self { file: file.to_owned(), line: Some(line), kind: kind.into() }
    }

    /// Returns the file, with the line if the fault lies in one.
    pub fn location(&self) -> String {
        Place(&self.file, self.line).to_string()
    }

    /// Returns what the user may do about it.
    pub fn hint(&self) -> Option<String> {
        let hint = match &self.kind {
            ErrorKind::Io(error) if error.kind() == std::io::ErrorKind::NotFound => {
                "check the spelling of the path"
            }
            ErrorKind::Io(_) => return None,
            ErrorKind::TooLarge { .. } => "split it, one document a file or line",
            ErrorKind::NotText { .. } => "convert it to .txt or .html first",
            ErrorKind::NothingInside => {
                "in a directory only .txt, .html, .htm, .pdf, .jsonl, .ndjson, .csv, .rss, .atom, \
                 .eml, .mbox, .warc, .warc.gz, .warc.zst, .wacz and result.json are read; name other files one by one"
            }
            ErrorKind::NoContent | ErrorKind::Tangled => "save the text of the article as .txt",
            ErrorKind::BadLine { .. } => {
                "write one object a line, such as {\"id\": \"1\", \"text\": \"…\"}"
            }
            ErrorKind::NoText { fields } => return Some(rename_hint(fields)),
            ErrorKind::BadDate { .. } => "write year, month and day, as in 2017-10-18",
            ErrorKind::NoFileColumn { .. } => {
                "the first line of meta.tsv names the columns: file, published, outlet, url"
            }
            ErrorKind::NoTextColumn { .. } => {
                "the first line names the columns: text, and perhaps id, title, published, outlet, url"
            }
            ErrorKind::Empty => "there is nothing to read in it; the rest goes on",
            ErrorKind::NoTextLayer => "recognise its letters first, as ocrmypdf does",
            ErrorKind::NoMessages => {
                "export the chat from Telegram Desktop as machine-readable JSON"
            }
            ErrorKind::NoFeed => "save the feed itself, or the page as .html",
            ErrorKind::Truncated { .. } => {
                "what stands before it is read; get the file again, and read it again"
            }
            ErrorKind::Malformed { .. } => "get the file again, or save its text as .txt",
            ErrorKind::Digest { .. } => "go back to whoever collected it",
            ErrorKind::Missing => "go back to whoever made the file",
            ErrorKind::Coded { .. } => "save the page as .html",
            ErrorKind::Bomb => "nothing more of it is read; do not trust the file",
            ErrorKind::Utf16Lines => "convert it to UTF-8, for example with iconv",
        };
        Some(hint.to_owned())
    }
}

/// `file:line`, or the file alone.
struct Place<'a>(&'a str, Option<u64>);

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.1 {
            Some(line) => write!(f, "{}:{line}", self.0),
            None => f.write_str(self.0),
        }
    }
}

/// The system's message in the house style: lower case, without the error number.
fn describe(error: &std::io::Error) -> String {
    let message = error.to_string();
    let message = message.split(" (os error").next().unwrap_or_default();
    let mut chars = message.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

fn quoted(words: &str) -> String {
    if words.is_empty() { String::new() } else { format!(" near '{words}'") }
}

fn rename_hint(fields: &[String]) -> String {
    if fields.is_empty() {
        return "give each object a field 'text' that holds the report".to_owned();
    }
    format!("rename the field that holds the report to 'text'; it has '{}'", fields.join("', '"))
}
