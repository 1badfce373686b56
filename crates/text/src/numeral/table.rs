//! The table of number words, with what each does in an amount.

use crate::phrases::{Attach, Phrases, Row};

/// What a word or phrase does in an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    One,
    Unit,
    Ten,
    Tens,
    Hundred,
    Hundreds,
    Scale,
    ScaleAccusative,
    ScaleDual,
    ScalePlural,
    Vague,
    Few,
    Some,
    Fraction,
    Part,
    Whole,
    Ordinal,
    Bound(Bound, Side),
    Between,
    From,
    To,
    Or,
    Percent,
}

/// Which side a phrase bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    Lower,
    Upper,
    About,
}

/// Where a bounding phrase may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    After,
    Both,
}

impl Role {
    fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "one" => Self::One,
            "unit" => Self::Unit,
            "ten" => Self::Ten,
            "tens" => Self::Tens,
            "hundred" => Self::Hundred,
            "hundreds" => Self::Hundreds,
            "scale" => Self::Scale,
            "scale_accusative" => Self::ScaleAccusative,
            "scale_dual" => Self::ScaleDual,
            "scale_plural" => Self::ScalePlural,
            "vague" => Self::Vague,
            "few" => Self::Few,
            "some" => Self::Some,
            "fraction" => Self::Fraction,
            "part" => Self::Part,
            "whole" => Self::Whole,
            "ordinal" => Self::Ordinal,
            "between" => Self::Between,
            "from" => Self::From,
            "to" => Self::To,
            "or" => Self::Or,
            "percent" => Self::Percent,
            _ => {
                let (bound, side) = name.split_once('_').unwrap_or((name, ""));
                let bound = match bound {
                    "lower" => Bound::Lower,
                    "upper" => Bound::Upper,
                    "about" => Bound::About,
                    _ => return None,
                };
                let side = match side {
                    "" => Side::Before,
                    "after" => Side::After,
                    "both" => Side::Both,
                    _ => return None,
                };
                Self::Bound(bound, side)
            }
        })
    }

    /// Tells whether a number can begin with a word of this role.
    pub(super) fn begins_number(self) -> bool {
        !matches!(
            self,
            Self::Part
                | Self::Ordinal
                | Self::Bound(..)
                | Self::Between
                | Self::From
                | Self::To
                | Self::Or
                | Self::Percent
        )
    }

    fn needs_value(self) -> bool {
        self.begins_number() && self != Self::Some || matches!(self, Self::Part | Self::Ordinal)
    }
}

/// One row of the table.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    pub(super) role: Role,
    pub(super) min: f64,
    /// `None`: open or not known.
    pub(super) max: Option<f64>,
}

/// Words of number, amount and bound.
#[derive(Clone, Debug, Default)]
pub struct NumeralTable {
    pub(super) phrases: Phrases<Reading>,
}

impl NumeralTable {
    /// Reads a table with the columns words, role, value, attach, source; `#` begins a comment.
    ///
    /// The error is the line (from 1) and what is wrong with it.
    pub fn parse(tsv: &str) -> Result<Self, (usize, String)> {
        let mut rows = Vec::new();
        for (i, line) in tsv.lines().enumerate() {
            if line.is_empty() || line.starts_with('#') || line.starts_with("words\t") {
                continue;
            }
            rows.push(row(line).map_err(|message| (i + 1, message))?);
        }
        Ok(Self { phrases: Phrases::build(rows) })
    }

    /// Tells whether an amount, a bound or an ordinal can begin with the folded `word`.
    pub fn begins(&self, word: &str) -> bool {
        self.phrases.begins(word)
    }

    /// Returns how many bytes of the folded `word` are a conjunction or preposition.
    pub fn attached(&self, word: &str) -> usize {
        self.phrases.front(word).map_or(0, |front| front.length.into())
    }
}

fn row(line: &str) -> Result<Row<Reading>, String> {
    let mut columns = line.split('\t');
    let mut column = || columns.next().unwrap_or_default();
    let (words, role, value, attach, source) = (column(), column(), column(), column(), column());
    if source.is_empty() {
        return Err("the source is missing".to_owned());
    }
    let role = Role::parse(role).ok_or_else(|| format!("no role is called '{role}'"))?;
    let (min, max) = match value {
        "" if !role.needs_value() => (0.0, None),
        value => range(value).ok_or_else(|| format!("'{value}' is no number or range"))?,
    };
    Row::new(words, Attach::parse(attach)?, Reading { role, min, max })
}

fn range(text: &str) -> Option<(f64, Option<f64>)> {
    match text.split_once('-') {
        None => number(text).map(|n| (n, Some(n))),
        Some((min, "")) => Some((number(min)?, None)),
        Some((min, max)) => Some((number(min)?, Some(number(max)?))),
    }
}

fn number(text: &str) -> Option<f64> {
    match text.split_once('/') {
        None => text.parse().ok(),
        Some((a, b)) => Some(a.parse::<f64>().ok()? / b.parse::<f64>().ok()?),
    }
    .filter(|n: &f64| n.is_finite() && *n >= 0.0)
}
