//! Colour, and whether to use it.

use crate::args::Color;
use anstyle::{AnsiColor, Style};
use std::fmt::Display;
use std::io::IsTerminal;

pub(crate) const HEADING: Style = Style::new().bold();
pub(crate) const FAINT: Style = Style::new().dimmed();
pub(crate) const ERROR: Style = AnsiColor::Red.on_default().bold();
pub(crate) const GOOD: Style = AnsiColor::Green.on_default();
pub(crate) const BAD: Style = AnsiColor::Yellow.on_default();
pub(crate) const WORDS: Style = AnsiColor::Cyan.on_default();

/// Styles text, or leaves it plain.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paint {
    on: bool,
}

impl Paint {
    /// Decides for a stream.
    pub(crate) fn new(color: Color, stream: &impl IsTerminal) -> Self {
        let plain = || {
            let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
            set("NO_COLOR") || std::env::var_os("TERM").is_some_and(|term| term == "dumb")
        };
        let on = match color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => stream.is_terminal() && !plain(),
        };
        Self { on }
    }

    /// Tells whether escape sequences are wanted.
    pub(crate) fn is_on(self) -> bool {
        self.on
    }

    /// Returns `text` in a style.
    pub(crate) fn paint(self, style: Style, text: impl Display) -> String {
        if self.on { format!("{style}{text}{style:#}") } else { text.to_string() }
    }
}
