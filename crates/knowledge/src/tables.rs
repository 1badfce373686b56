//! The tables as text, before they are read.

use std::collections::BTreeMap;

mod embedded {
    include!(concat!(env!("OUT_DIR"), "/embedded.rs"));
}

/// Table files by their path below `data/`, such as `actors.tsv` or `frames/event/shelling.toml`.
#[derive(Clone, Debug, Default)]
pub struct Tables {
    files: BTreeMap<&'static str, &'static str>,
    user: BTreeMap<String, String>,
}

impl Tables {
    /// Returns the tables built into the program.
    pub fn embedded() -> Self {
        Self { files: embedded::EMBEDDED.iter().copied().collect(), user: BTreeMap::new() }
    }

    /// Adds a user's table: rows replace built-in rows with the same key, new rows are added, and
    /// a frame file of the same path replaces the built-in one.
    pub fn overlay(&mut self, path: &str, content: String) {
        if path.ends_with(".toml") {
            self.files.remove(path);
        }
        self.user.insert(path.to_owned(), content);
    }

    /// Keeps only the tables at one of these paths or below them.
    pub fn only(mut self, paths: &[&str]) -> Self {
        let kept = |table: TablePath<'_>| paths.iter().any(|path| table.is_below(path));
        self.files.retain(|path, _| kept(TablePath { path, user: false }));
        self.user.retain(|path, _| kept(TablePath { path, user: true }));
        self
    }

    /// Lists path and content of every table: the built-in ones in order, then the user's.
    pub fn iter(&self) -> impl Iterator<Item = (TablePath<'_>, &str)> {
        let built_in = self.files.iter().map(|(path, text)| (TablePath::built_in(path), *text));
        built_in.chain(self.users())
    }

    /// Lists path and content of the built-in tables.
    pub(crate) fn built_in(&self) -> impl Iterator<Item = (TablePath<'static>, &'static str)> {
        self.files.iter().map(|(path, text)| (TablePath::built_in(path), *text))
    }

    /// Lists path and content of the user's tables.
    pub(crate) fn users(&self) -> impl Iterator<Item = (TablePath<'_>, &str)> {
        self.user.iter().map(|(path, text)| (TablePath { path, user: true }, &**text))
    }

    /// Lists the tables whose path is `path` or lies below the folder `path`.
    pub(crate) fn below<'a>(
        &'a self,
        path: &'a str,
    ) -> impl Iterator<Item = (TablePath<'a>, &'a str)> {
        self.iter().filter(move |(table, _)| table.is_below(path))
    }
}

/// Where a table comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TablePath<'a> {
    /// Path below `data/` or below the user's directory.
    pub path: &'a str,
    /// The user brought it.
    pub user: bool,
}

impl<'a> TablePath<'a> {
    fn built_in(path: &'a str) -> Self {
        Self { path, user: false }
    }

    /// Tells whether the path is `path` or lies below the folder `path`.
    pub(crate) fn is_below(self, path: &str) -> bool {
        self.path.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// Makes an error about a line of this table, from 1.
    pub(crate) fn error(self, line: usize, message: impl Into<String>) -> TableError {
        let file = if self.user { format!("user/{}", self.path) } else { self.path.to_owned() };
        TableError { file, line, message: message.into(), hint: None }
    }
}

/// A fault in a table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {message}{}", hint.as_ref().map(|h| format!(" ({h})")).unwrap_or_default())]
pub struct TableError {
    /// Path below `data/`, or below the user's directory after `user/`.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// What is wrong, quoting the value.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl TableError {
    /// Adds what to do about it.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}
