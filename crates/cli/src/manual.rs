//! Completions and manual pages, generated from the same definition as `--help`.

use crate::Outcome;
use crate::args::Args;
use anyhow::Context as _;
use clap::CommandFactory;
use clap_complete::Shell;
use clap_mangen::Man;
use std::io::{self, Write as _};
use std::path::Path;

/// Writes the completions of `shell`.
pub(crate) fn completions(shell: Shell) -> anyhow::Result<Outcome> {
    // The generator panics if a write fails, so it writes into memory.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "sijill", &mut script);
    io::stdout().lock().write_all(&script)?;
    Ok(Outcome::Done)
}

/// Writes the manual page, or all pages into a directory.
pub(crate) fn man(directory: Option<&Path>) -> anyhow::Result<Outcome> {
    match directory {
        None => {
            let mut page = Vec::new();
            Man::new(Args::command()).render(&mut page)?;
            io::stdout().lock().write_all(&page)?;
        }
        Some(directory) => {
            let place = || format!("cannot write into '{}'", directory.display());
            std::fs::create_dir_all(directory).with_context(place)?;
            clap_mangen::generate_to(Args::command(), directory).with_context(place)?;
        }
    }
    Ok(Outcome::Done)
}
