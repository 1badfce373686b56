//! Numbers in digits and in words, with the words that bound them.
//!
//! The vocabulary is a table that the caller hands in ([`NumeralTable`]). [`read`] reads the amount
//! that begins at one token, [`amounts`] all amounts of a text, [`ordinal`] an ordinal number.

mod amount;
mod digits;
mod sum;
mod table;

pub use amount::{amounts, read};
pub use table::NumeralTable;

use crate::{Span, Tokens, phrases::Found, token::TokenKind};
use std::ops::Range;
use table::{Reading, Role};

/// What an amount is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Things.
    Plain,
    /// Hundredths: 90 stands for 0.9.
    Percent,
    /// Parts of one: 0.5 is a half.
    Fraction,
}

/// A number as the words give it, with its bounds; an open side is unknown.
#[derive(Clone, Debug, PartialEq)]
pub struct Amount {
    /// The least it can be.
    pub min: Option<f64>,
    /// The most it can be.
    pub max: Option<f64>,
    /// The words say "about".
    pub approximate: bool,
    /// The words may mean something else than a number ("one of", a name).
    pub ambiguous: bool,
    /// What it is counted in.
    pub unit: Unit,
    /// Its tokens, the bounding words beside it included.
    pub tokens: Range<usize>,
    /// Where it stands; an attached conjunction or preposition stays outside.
    pub span: Span,
}

/// An ordinal number, such as "the twenty-second".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ordinal {
    /// Its value.
    pub value: u8,
    /// Its tokens.
    pub tokens: Range<usize>,
}

/// Reads the ordinal number that begins at token `at`.
pub fn ordinal(tokens: &Tokens<'_>, at: usize, table: &NumeralTable) -> Option<Ordinal> {
    let words = Words { tokens, table };
    let first = words.item(at, |role| role == Role::Ordinal)?;
    let mut value = first.value.min as u8;
    let mut end = first.next;
    if value < 10 {
        let next = words.skip(end);
        let tail = words.item(next, |role| matches!(role, Role::Ten | Role::Tens));
        if let Some(tail) = tail.filter(|t| (t.value.role == Role::Tens) == t.front.conjunction) {
            value += tail.value.min as u8;
            end = tail.next;
        }
    }
    Some(Ordinal { value, tokens: at..end })
}

/// Returns the token behind the bounding phrase ("more than", "about") that begins at token `at`.
///
/// [`read`] takes such a phrase along; this is for words that hold their number themselves, duals.
pub fn bound(tokens: &Tokens<'_>, at: usize, table: &NumeralTable) -> Option<usize> {
    let words = Words { tokens, table };
    words.bound_before(at).map(|(_, next)| words.skip(next))
}

/// The words of a text as the table reads them.
#[derive(Clone, Copy)]
struct Words<'a> {
    tokens: &'a Tokens<'a>,
    table: &'a NumeralTable,
}

impl<'a> Words<'a> {
    fn kind(self, i: usize) -> Option<TokenKind> {
        self.tokens.all.get(i).map(|token| token.kind)
    }

    /// Returns the first token from `i` on that is not a space within the line.
    fn skip(self, mut i: usize) -> usize {
        while self.kind(i) == Some(TokenKind::Space) {
            i += 1;
        }
        i
    }

    /// Tells whether token `i` is the sign `c`.
    fn is_sign(self, i: usize, c: char) -> bool {
        self.kind(i) == Some(TokenKind::Sign) && self.tokens.folded(i).starts_with(c)
    }

    /// Finds the longest word or phrase at token `at` whose role is `wanted`.
    fn item(self, at: usize, wanted: impl Fn(Role) -> bool) -> Option<Found<'a, Reading>> {
        self.table.phrases.find(self.tokens, at, |reading| wanted(reading.role))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::{fmt::Write, sync::LazyLock};

    static TABLE: LazyLock<NumeralTable> = LazyLock::new(|| {
        NumeralTable::parse(include_str!("../../../data/numerals.tsv")).expect("a valid table")
    });

    fn round(value: Option<f64>) -> String {
        value.map_or(String::new(), |v| ((v * 1000.0).round() / 1000.0).to_string())
    }

    fn show(amount: &Amount, text: &str) -> String {
        let (min, max) = (round(amount.min), round(amount.max));
        let mut out = format!("{}=", amount.span.of(text));
        if min == max && !min.is_empty() {
            out += &min;
        } else {
            write!(out, "{min}..{max}").expect("writing to a string");
        }
        let unit = match amount.unit {
            Unit::Plain => "",
            Unit::Percent => "%",
            Unit::Fraction => "/",
        };
        let mark = |on, mark| if on { mark } else { "" };
        out + mark(amount.approximate, "~") + unit + mark(amount.ambiguous, "?")
    }

    #[test]
    fn cases() {
        let mut failed = String::new();
        for line in include_str!("numeral_cases.tsv").lines().filter(|l| !l.starts_with('#')) {
            let (text, expected) = line.split_once('\t').unwrap_or((line, ""));
            let found = amounts(&Tokens::new(text), &TABLE);
            let found: Vec<_> = found.iter().map(|amount| show(amount, text)).collect();
            let found = found.join(" ; ");
            if found != expected {
                writeln!(failed, "{text}\n  wanted {expected}\n  found  {found}")
                    .expect("a string");
            }
        }
        assert!(failed.is_empty(), "\n{failed}");
    }

    #[test]
    fn faults_of_a_table_name_the_line() {
        for (row, part) in [
            ("x\tunit\t1\t\town", "letters"),
            ("\u{628}\u{628}\tnone\t1\t\town", "role"),
            ("\u{628}\u{628}\tunit\tx\t\town", "number"),
            ("\u{628}\u{628}\tunit\t1\tq\town", "made of"),
            ("\u{628}\u{628}\tunit\t1\t\t", "source"),
        ] {
            let (line, message) = NumeralTable::parse(&format!("# note\n{row}")).expect_err(row);
            assert_eq!(line, 2);
            assert!(message.contains(part), "{message}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "\\PC{0,80}|[\u{620}-\u{64a} 0-9.,%/:\\-]{0,120}") {
            check(&text);
        }

        #[test]
        fn any_words_of_the_table_are_read(
            picks in prop::collection::vec((0usize..400, 0usize..8), 0..24)
        ) {
            let words: Vec<&str> = include_str!("../../../data/numerals.tsv")
                .lines()
                .skip(1)
                .filter(|l| !l.starts_with('#'))
                .filter_map(|l| l.split('\t').next())
                .collect();
            let glue = [" ", " ", " ", "\u{648}", " \u{648}", "-", " 20 ", "%"];
            let text: String =
                picks.iter().flat_map(|&(w, g)| [words[w % words.len()], glue[g]]).collect();
            check(&text);
        }
    }

    fn check(text: &str) {
        let tokens = Tokens::new(text);
        let mut end = 0;
        for amount in amounts(&tokens, &TABLE) {
            assert!(amount.tokens.start >= end && amount.tokens.end > amount.tokens.start);
            end = amount.tokens.end;
            assert!(!amount.span.of(text).is_empty());
            if let (Some(min), Some(max)) = (amount.min, amount.max) {
                assert!(min <= max, "{amount:?} in {text}");
            }
        }
        for i in 0..tokens.all.len() {
            ordinal(&tokens, i, &TABLE);
        }
    }
}
