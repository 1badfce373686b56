//! What is told on standard error: errors as they come, progress, and one line at the end.

use crate::args::Color;
use crate::style::{ERROR, FAINT, Paint};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use sijill_io::ReadError;
use std::fmt;
use std::io::{self, IsTerminal, Write as _};
use std::ops::AddAssign;

/// How many of what; every input is either a document or a failure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) documents: u64,
    pub(crate) failed: u64,
    pub(crate) claims: u64,
    pub(crate) diagnostics: u64,
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { documents, failed, claims, diagnostics } = *self;
        write!(
            f,
            "{}: {documents} read, {failed} failed; {}, {}",
            number(documents + failed, "input"),
            number(claims, "claim"),
            number(diagnostics, "diagnostic"),
        )
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.documents += other.documents;
        self.failed += other.failed;
        self.claims += other.claims;
        self.diagnostics += other.diagnostics;
    }
}

/// An error of one input, and what to do about it.
#[derive(Clone, Debug)]
pub(crate) struct Complaint {
    pub(crate) message: String,
    pub(crate) hint: Option<String>,
}

impl From<ReadError> for Complaint {
    fn from(error: ReadError) -> Self {
        Self { message: error.to_string(), hint: error.hint() }
    }
}

impl From<sijill_casework::Complaint> for Complaint {
    fn from(complaint: sijill_casework::Complaint) -> Self {
        let sijill_casework::Complaint { message, hint } = complaint;
        Self { message, hint }
    }
}

/// Tells of a run as it goes on.
pub(crate) struct Report {
    bar: Option<ProgressBar>,
    paint: Paint,
    quiet: bool,
}

impl Report {
    /// Makes a report without a progress bar.
    pub(crate) fn new(color: Color, quiet: bool) -> Self {
        Self { bar: None, paint: Paint::new(color, &io::stderr()), quiet }
    }

    /// Shows progress over `total` bytes, if there is a terminal to show it on.
    pub(crate) fn show_progress(&mut self, total: impl FnOnce() -> u64) {
        if self.quiet || !io::stderr().is_terminal() {
            return;
        }
        let template = "{bar:30} {bytes}/{total_bytes} {bytes_per_sec} {eta} {msg}";
        let bar = ProgressBar::with_draw_target(Some(total()), ProgressDrawTarget::stderr());
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        self.bar = Some(bar);
    }

    /// Moves the bar on.
    pub(crate) fn advance(&self, bytes: u64, message: impl FnOnce() -> String) {
        if let Some(bar) = &self.bar {
            bar.inc(bytes);
            bar.set_message(message());
        }
    }

    /// Tells of an input that failed.
    pub(crate) fn complain(&self, complaint: &Complaint) {
        let mut lines = format!("{} {}\n", self.paint.paint(ERROR, "error:"), complaint.message);
        if let Some(hint) = &complaint.hint {
            lines.push_str(&format!("  {} {hint}\n", self.paint.paint(FAINT, "hint:")));
        }
        self.say(&lines);
    }

    /// Takes the bar away and tells the totals.
    pub(crate) fn close(&self, totals: &str) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        if self.quiet {
            return;
        }
        self.say(&format!("sijill: {totals}\n"));
    }

    fn say(&self, lines: &str) {
        // There is nowhere left to complain if standard error is gone.
        let write = || {
            let _ = io::stderr().lock().write_all(lines.as_bytes());
        };
        match &self.bar {
            Some(bar) => bar.suspend(write),
            None => write(),
        }
    }
}

/// Tells of an error that ends the program.
pub(crate) fn fatal(error: &anyhow::Error) {
    let paint = Paint::new(Color::Auto, &io::stderr());
    let mut causes: Vec<String> = error.chain().map(ToString::to_string).collect();
    causes.dedup();
    for line in causes.join(": ").lines() {
        // A table has many faults; each is an error of its own.
        let line = match line.strip_prefix("  hint:") {
            Some(hint) => format!("  {}{hint}", paint.paint(FAINT, "hint:")),
            None => format!("{} {line}", paint.paint(ERROR, "error:")),
        };
        let _ = writeln!(io::stderr().lock(), "{line}");
    }
}

fn number(n: u64, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}
