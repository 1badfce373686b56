//! Walks directories in the order of their names.

use crate::read::Format;
use crate::{ErrorKind, ReadError};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

/// Something to read.
#[derive(Clone, Debug)]
pub(crate) enum Found {
    Stdin,
    /// A file; its format is told by its content if the name does not tell it.
    File {
        path: PathBuf,
        format: Option<Format>,
    },
}

/// Iterates over what lies below the names; a directory is listed when it is reached.
#[derive(Clone, Debug)]
pub(crate) struct Walk {
    /// What is left, last first.
    stack: Vec<Step>,
    exclude: Option<PathBuf>,
}

#[derive(Clone, Debug)]
enum Step {
    Named(PathBuf),
    Directory(PathBuf),
    File(PathBuf, Format),
}

impl Walk {
    pub(crate) fn new(names: Vec<PathBuf>) -> Self {
        Self { stack: names.into_iter().rev().map(Step::Named).collect(), exclude: None }
    }

    pub(crate) fn exclude(&mut self, path: &Path) {
        self.exclude = fs::canonicalize(path).ok();
    }

    fn named(&mut self, path: PathBuf) -> Option<Result<Found, ReadError>> {
        if path.as_os_str() == "-" {
            return Some(Ok(Found::Stdin));
        }
        match fs::metadata(&path) {
            Err(error) => Some(Err(fault(&path, error))),
            Ok(metadata) if metadata.is_dir() => {
                let before = self.stack.len();
                match self.list(&path) {
                    Ok(()) if self.stack.len() == before => {
                        Some(Err(fault(&path, ErrorKind::NothingInside)))
                    }
                    Ok(()) => None,
                    Err(error) => Some(Err(error)),
                }
            }
            Ok(_) => Some(Ok(Found::File { format: Format::of_path(&path), path })),
        }
    }

    /// Puts the entries of a directory on the stack.
    fn list(&mut self, directory: &Path) -> Result<(), ReadError> {
        let fail = |error| fault(directory, ErrorKind::Io(error));
        let entries = fs::read_dir(directory).map_err(fail)?;
        let entries = entries.collect::<Result<Vec<_>, _>>().map_err(fail)?;
        let mut names: Vec<_> = entries.into_iter().map(|entry| entry.file_name()).collect();
        names.sort_unstable();
        let steps = names.iter().rev().filter_map(|name| self.step(directory, name));
        let steps: Vec<Step> = steps.collect();
        self.stack.extend(steps);
        Ok(())
    }

    fn step(&self, directory: &Path, name: &OsStr) -> Option<Step> {
        if name.as_encoded_bytes().starts_with(b".") {
            return None;
        }
        let path = directory.join(name);
        let kind = fs::symlink_metadata(&path).ok()?.file_type();
        if kind.is_dir() {
            return Some(Step::Directory(path));
        }
        // A link to a file is followed; a link to a directory might lead round in a circle.
        let format = Format::of_path(&path)?;
        let is_file = fs::metadata(&path).is_ok_and(|metadata| metadata.is_file());
        (is_file && !self.is_excluded(&path)).then_some(Step::File(path, format))
    }

    fn is_excluded(&self, path: &Path) -> bool {
        self.exclude.as_ref().is_some_and(|exclude| {
            exclude.file_name() == path.file_name()
                && fs::canonicalize(path).is_ok_and(|path| path == *exclude)
        })
    }
}

impl Iterator for Walk {
    type Item = Result<Found, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.stack.pop()? {
                Step::Named(path) => {
                    if let Some(found) = self.named(path) {
                        return Some(found);
                    }
                }
                Step::Directory(path) => {
                    if let Err(error) = self.list(&path) {
                        return Some(Err(error));
                    }
                }
                Step::File(path, format) => {
                    return Some(Ok(Found::File { path, format: Some(format) }));
                }
            }
        }
    }
}

fn fault(path: &Path, kind: impl Into<ErrorKind>) -> ReadError {
    ReadError::file(&path.to_string_lossy(), kind)
}
