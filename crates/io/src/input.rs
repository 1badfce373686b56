//! What the user names: files, directories and standard input, cut into pieces in order.

mod walk;

use crate::lines::LineRuns;
use crate::piece::Work;
use crate::read::{self, Format, Meta, MetaTable};
use crate::{ErrorKind, MAX_DOCUMENT, Piece, ReadError};
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};
use walk::{Found, Walk};

/// The name that documents of standard input go by.
pub const STDIN: &str = "stdin";

/// How many bytes tell a format.
const HEAD: u64 = 4096;

/// Iterates over the pieces of files, directories and `-`.
///
/// Directories are read recursively, in the order of their names, known extensions only; hidden
/// files and `meta.tsv` are passed over. A file that is named itself is read whatever it is called.
pub struct Inputs {
    walk: Walk,
    /// The container that is being read.
    records: Option<read::Pieces>,
    /// A piece that waits behind the fault of the sidecar beside it.
    waiting: Option<Piece>,
    /// The sidecar tables read so far, by directory.
    metas: HashMap<PathBuf, MetaTable>,
    /// What files are called that lie under other names.
    names: HashMap<PathBuf, String>,
}

impl Inputs {
    /// Begins with what the user named.
    pub fn new<P: Into<PathBuf>>(names: impl IntoIterator<Item = P>) -> Self {
        let names = names.into_iter().map(Into::into).collect();
        Self {
            walk: Walk::new(names),
            records: None,
            waiting: None,
            metas: HashMap::new(),
            names: HashMap::new(),
        }
    }

    /// Begins with files that are called otherwise than they lie, as those that were sent from
    /// elsewhere: the name tells the format, and is what documents and errors go by.
    pub fn named(files: impl IntoIterator<Item = (PathBuf, String)>) -> Self {
        let files: Vec<(PathBuf, String)> = files.into_iter().collect();
        let inputs = Self::new(files.iter().map(|(path, _)| path));
        Self { names: files.into_iter().collect(), ..inputs }
    }

    /// Returns what a file goes by.
    fn name(&self, path: &Path) -> String {
        match self.names.get(path) {
            Some(name) => name.clone(),
            None => path.to_string_lossy().into_owned(),
        }
    }

    /// Passes over `path` in directories: the program's own output must not become its input.
    #[must_use]
    pub fn without(mut self, path: &Path) -> Self {
        self.walk.exclude(path);
        self
    }

    /// Returns the bytes that will be read, as far as the file system tells.
    pub fn total_size(&self) -> u64 {
        let sizes = self.walk.clone().filter_map(|found| match found.ok()? {
            Found::Stdin => None,
            Found::File { path, .. } => std::fs::metadata(path).ok().map(|file| file.len()),
        });
        sizes.sum()
    }

    fn open(&mut self, found: Found) -> Result<Option<Piece>, ReadError> {
        let found = match found {
            Found::File { path, .. } if self.names.contains_key(&path) => {
                Found::File { format: Format::of_path(Path::new(&self.name(&path))), path }
            }
            found => found,
        };
        match found {
            Found::Stdin => self.stream(Box::new(io::stdin()), STDIN.to_owned(), None),
            Found::File { path, format: Some(format) } if format.is_container() => {
                let file = self.name(&path);
                self.records = Some(if format == Format::Wacz {
                    read::wacz(&path, file)?
                } else {
                    let open = File::open(&path);
                    let reader = open.map_err(|error| ReadError::file(&file, error))?;
                    container(Box::new(reader), file, format)?
                });
                Ok(None)
            }
            Found::File { path, format: Some(format) } => {
                let meta = self.meta(&path)?;
                let size = std::fs::metadata(&path).map_or(0, |file| file.len());
                let file = self.name(&path);
                Ok(Some(Piece { work: Work::File { path, file, format, meta }, size }))
            }
            Found::File { path, format: None } => {
                let meta = self.meta(&path)?;
                let file = self.name(&path);
                let mut reader =
                    File::open(&path).map_err(|error| ReadError::file(&file, error))?;
                let mut head = [0; 4];
                let is_zip =
                    reader.read(&mut head).is_ok_and(|count| head[..count] == *b"PK\x03\x04");
                if is_zip && read::is_wacz(&path) {
                    self.records = Some(read::wacz(&path, file)?);
                    return Ok(None);
                }
                let whole = Cursor::new(head).take(4).chain(reader);
                self.stream(Box::new(whole), file, meta)
            }
        }
    }

    /// Tells the format of a stream by its head; a stream is never opened twice, it may be a pipe.
    fn stream(
        &mut self,
        mut reader: Box<dyn Read + Send>,
        file: String,
        meta: Option<Meta>,
    ) -> Result<Option<Piece>, ReadError> {
        let mut head = Vec::new();
        let fail = |kind| ReadError::file(&file, kind);
        reader.by_ref().take(HEAD).read_to_end(&mut head).map_err(|error| fail(error.into()))?;
        if head.is_empty() && file == STDIN {
            return Ok(None);
        }
        let format = Format::of_content(&head);
        let whole = Cursor::new(head).chain(reader);
        if format.is_container() {
            self.records = Some(container(Box::new(whole), file, format)?);
            return Ok(None);
        }
        let bytes = read_bounded(whole).map_err(fail)?;
        let size = bytes.len() as u64;
        Ok(Some(Piece { work: Work::Bytes { file, bytes, format, meta }, size }))
    }

    /// Looks a file up in the sidecar beside it.
    fn meta(&self, path: &Path) -> Result<Option<Meta>, ReadError> {
        let name = PathBuf::from(self.name(path));
        let file = name.file_name().map(|name| name.to_string_lossy());
        file.and_then(|file| self.metas.get(directory(path))?.row(&file)).transpose()
    }

    /// Reads the sidecar beside a file, once; a fault of the table itself is told once as well.
    fn load_sidecar(&mut self, found: &Found) -> Result<(), ReadError> {
        match found {
            Found::File { path, format } if !format.is_some_and(Format::is_container) => {
                let directory = directory(path);
                if self.metas.contains_key(directory) {
                    return Ok(());
                }
                let table = MetaTable::of_directory(directory);
                let (table, outcome) = match table {
                    Ok(table) => (table, Ok(())),
                    Err(error) => (MetaTable::default(), Err(error)),
                };
                self.metas.insert(directory.to_owned(), table);
                outcome
            }
            _ => Ok(()),
        }
    }
}

impl Iterator for Inputs {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        loop {
            if let Some(records) = &mut self.records {
                match records.next() {
                    Some(piece) => return Some(piece),
                    None => self.records = None,
                }
            }
            if let Some(piece) = self.waiting.take() {
                return Some(piece);
            }
            let found = match self.walk.next()? {
                Ok(found) => found,
                Err(error) => return Some(error.into()),
            };
            let sidecar = self.load_sidecar(&found);
            let piece = self.open(found).unwrap_or_else(|error| Some(error.into()));
            match (sidecar, piece) {
                (Ok(()), None) => {}
                (Ok(()), Some(piece)) => return Some(piece),
                (Err(error), piece) => {
                    self.waiting = piece;
                    return Some(error.into());
                }
            }
        }
    }
}

/// Opens a container; its records are cut as they are asked for.
fn container(
    reader: Box<dyn Read + Send>,
    file: String,
    format: Format,
) -> Result<read::Pieces, ReadError> {
    if format == Format::Jsonl {
        let lines = LineRuns::new(reader, file);
        return Ok(Box::new(lines.map(|run| run.map_or_else(Piece::from, Piece::from))));
    }
    read::container(reader, file, format)
}

fn directory(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new(""))
}

/// Reads everything, up to the largest document there may be.
pub(crate) fn read_bounded(reader: impl Read) -> Result<Vec<u8>, ErrorKind> {
    read_up_to(reader, MAX_DOCUMENT)
}

/// Reads everything, up to so many bytes.
pub(crate) fn read_up_to(reader: impl Read, limit: usize) -> Result<Vec<u8>, ErrorKind> {
    let mut bytes = Vec::new();
    reader.take(limit as u64 + 1).read_to_end(&mut bytes)?;
    if limit < bytes.len() {
        return Err(ErrorKind::TooLarge { limit });
    }
    Ok(bytes)
}
