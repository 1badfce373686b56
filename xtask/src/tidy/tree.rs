//! The files of the repository that people write.

use anyhow::Context as _;
use std::fs;
use std::path::Path;

/// Folders that hold nothing people write.
const SKIPPED: [&str; 7] = [".git", "target", "node_modules", "dist", "gen", "corpus", "artifacts"];

/// One text file.
pub(super) struct File {
    /// Its path below the root, with slashes.
    pub(super) path: String,
    pub(super) text: String,
}

impl File {
    /// Tells whether the name ends so.
    pub(super) fn is(&self, extension: &str) -> bool {
        self.path.rsplit('.').next() == Some(extension)
    }

    /// Lists the lines with their numbers, from 1.
    pub(super) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        (1..).zip(self.text.split('\n'))
    }
}

/// Every file.
#[derive(Default)]
pub(super) struct Tree {
    pub(super) files: Vec<File>,
    /// The paths of files that are no text, such as pictures.
    others: Vec<String>,
}

impl Tree {
    /// Reads the tree below `root`, in order; what is not UTF-8 is no text.
    pub(super) fn read(root: &Path) -> anyhow::Result<Self> {
        let mut tree = Self::default();
        tree.collect(root, root)?;
        tree.files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(tree)
    }

    /// Tells whether there is such a file, or a folder with one in it.
    pub(super) fn has(&self, path: &str) -> bool {
        let folder = format!("{path}/");
        let is_there = |one: &String| one == path || one.starts_with(&folder);
        self.get(path).is_some()
            || self.below(&folder).next().is_some()
            || self.others.iter().any(is_there)
    }

    /// Finds a file by its path.
    pub(super) fn get(&self, path: &str) -> Option<&File> {
        let found = self.files.binary_search_by(|file| file.path.as_str().cmp(path));
        found.ok().map(|at| &self.files[at])
    }

    /// Lists the files below a folder, or whose path begins so.
    pub(super) fn below<'a>(&'a self, start: &'a str) -> impl Iterator<Item = &'a File> {
        self.files.iter().filter(move |file| file.path.starts_with(start))
    }

    fn collect(&mut self, root: &Path, folder: &Path) -> anyhow::Result<()> {
        let entries = fs::read_dir(folder);
        for entry in entries.with_context(|| format!("cannot read {}", folder.display()))? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if SKIPPED.contains(&&*name) {
                continue;
            }
            if path.is_dir() {
                self.collect(root, &path)?;
                continue;
            }
            let short = path.strip_prefix(root)?.to_string_lossy().replace('\\', "/");
            match fs::read_to_string(&path) {
                Ok(text) => self.files.push(File { path: short, text }),
                Err(_) => self.others.push(short),
            }
        }
        Ok(())
    }
}
