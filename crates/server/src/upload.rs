//! Files that a browser sends: kept beside each other under numbers until they are read.
//!
//! What a file is called is only ever text. Nothing that is sent is executed, and no name that is
//! sent leads anywhere on this machine.

use crate::problem::Problem;
use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::http::StatusCode;
use sijill::model::Date;
use sijill_io::{Inputs, MAX_DOCUMENT};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;
use tempfile::TempDir;
use tokio::fs::File;
use tokio::io::AsyncWriteExt as _;
use tokio::time::timeout;

/// The most bytes of one request.
pub(crate) const REQUEST: usize = 256 << 20;

/// The most files of one request.
const FILES: usize = 2000;

/// The most letters of a name.
const NAME: usize = 1000;

/// The most bytes of what is said of all files.
const WORD: usize = 1000;

/// How long the next part of a body may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// The sidecar that says when and by whom files were published.
const SIDECAR: &str = "meta.tsv";

/// Files that were sent, and what was said of them; they vanish with it.
pub(crate) struct Upload {
    directory: TempDir,
    /// The number of each folder that the names tell of.
    folders: BTreeMap<String, usize>,
    files: Vec<(PathBuf, String)>,
    pub(crate) bytes: u64,
    pub(crate) published: Option<Date>,
    pub(crate) outlet: Option<String>,
}

impl Upload {
    /// Receives files.
    pub(crate) async fn receive(mut multipart: Multipart) -> Result<Self, Problem> {
        let directory = tempfile::Builder::new().prefix("sijill-").tempdir();
        let mut upload = Self {
            directory: directory.map_err(|_| no_room())?,
            folders: BTreeMap::new(),
            files: Vec::new(),
            bytes: 0,
            published: None,
            outlet: None,
        };
        while let Some(field) = patiently(multipart.next_field()).await? {
            upload.field(field).await?;
        }
        if upload.files.is_empty() {
            return Err(Problem::bad("no file was sent").hint("send parts of the name `file`"));
        }
        Ok(upload)
    }

    /// Returns how many files there are.
    pub(crate) fn count(&self) -> usize {
        self.files.len()
    }

    /// Returns the files to be read, under the names that they were sent with.
    pub(crate) fn inputs(&self) -> Inputs {
        Inputs::named(self.files.iter().cloned())
    }

    async fn field(&mut self, mut field: Field<'_>) -> Result<(), Problem> {
        match field.name().unwrap_or_default() {
            "file" => self.file(field).await,
            "published" => {
                let word = word(&mut field).await?;
                let day = sijill_io::read::date(&word);
                if day.is_none() && !word.is_empty() {
                    return Err(Problem::bad(format!("'{word}' of 'published' is no day"))
                        .hint("write year, month and day, as in 2017-10-18"));
                }
                self.published = day;
                Ok(())
            }
            "outlet" => {
                self.outlet = Some(word(&mut field).await?).filter(|word| !word.is_empty());
                Ok(())
            }
            name => {
                let name: String = name.chars().take(50).collect();
                Err(Problem::bad(format!("'{name}' is no part that is known"))
                    .hint("send `published`, `outlet` and `file`"))
            }
        }
    }

    async fn file(&mut self, mut field: Field<'_>) -> Result<(), Problem> {
        if FILES <= self.files.len() {
            return Err(too_large(format!("more than {FILES} files were sent at once")));
        }
        let name = plain(field.file_name().unwrap_or_default());
        let name = if name.is_empty() { format!("{}", self.files.len() + 1) } else { name };
        let path = self.place(&name)?;
        let mut file = File::create(&path).await.map_err(|_| no_room())?;
        let mut size = 0;
        while let Some(part) = patiently(field.chunk()).await? {
            size += part.len();
            if MAX_DOCUMENT < size {
                let most = MAX_DOCUMENT >> 20;
                return Err(too_large(format!("'{name}' is larger than {most} MB")));
            }
            file.write_all(&part).await.map_err(|_| no_room())?;
        }
        file.flush().await.map_err(|_| no_room())?;
        self.bytes += size as u64;
        if path.file_name().is_some_and(|name| name != SIDECAR) {
            self.files.push((path, name));
        }
        Ok(())
    }

    /// Chooses where a file lies: files of one folder stand together, beside their sidecar.
    fn place(&mut self, name: &str) -> Result<PathBuf, Problem> {
        let (folder, last) = name.rsplit_once('/').unwrap_or(("", name));
        let number = self.folders.len();
        let number = *self.folders.entry(folder.to_owned()).or_insert(number);
        let directory = self.directory.path().join(number.to_string());
        std::fs::create_dir_all(&directory).map_err(|_| no_room())?;
        Ok(match last {
            SIDECAR => directory.join(SIDECAR),
            _ => directory.join(self.files.len().to_string()),
        })
    }
}

/// Reads what is said of all files.
async fn word(field: &mut Field<'_>) -> Result<String, Problem> {
    let mut word = Vec::new();
    while let Some(part) = patiently(field.chunk()).await? {
        word.extend_from_slice(&part);
        if WORD < word.len() {
            return Err(too_large("what is said of the files is too long".to_owned()));
        }
    }
    let word = String::from_utf8(word).map_err(|_| Problem::bad("a part is no UTF-8"))?;
    Ok(plain(&word))
}

/// Waits for what a browser sends, but not for ever.
async fn patiently<T>(part: impl Future<Output = Result<T, MultipartError>>) -> Result<T, Problem> {
    let Ok(part) = timeout(PATIENCE, part).await else {
        return Err(too_slow());
    };
    part.map_err(|error| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => {
            too_large(format!("more than {} MB were sent at once", REQUEST >> 20))
        }
        status if status.is_server_error() => too_slow(),
        status => Problem::new(status, "bad-request", error.body_text()),
    })
}

/// Writes a name as a path that leads nowhere but down, without signs that nobody sees.
fn plain(name: &str) -> String {
    let is_seen = |c: &char| {
        !c.is_control()
            && !matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let name: String = name.replace('\\', "/").chars().filter(is_seen).take(NAME).collect();
    let steps = name.split('/').map(str::trim).filter(|step| !matches!(*step, "" | "." | ".."));
    steps.collect::<Vec<_>>().join("/")
}

fn too_large(title: String) -> Problem {
    Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", title)
        .hint("send it in parts, or use 'sijill ingest'")
}

fn too_slow() -> Problem {
    let title = "the rest of the files did not come";
    Problem::new(StatusCode::REQUEST_TIMEOUT, "too-slow", title)
}

fn no_room() -> Problem {
    let title = "the files cannot be kept while they are read";
    Problem::new(StatusCode::INSUFFICIENT_STORAGE, "full", title).hint("make room for them")
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_name_leads_nowhere_but_down() {
        for (sent, kept) in [
            ("../../etc/passwd", "etc/passwd"),
            ("C:\\reports\\a.txt", "C:/reports/a.txt"),
            ("/abs/./a.txt", "abs/a.txt"),
            ("a\u{0}\n\u{202e}b.txt", "ab.txt"),
            ("..", ""),
            ("<img src=x>.txt", "<img src=x>.txt"),
        ] {
            assert_eq!(plain(sent), kept);
        }
    }
}
