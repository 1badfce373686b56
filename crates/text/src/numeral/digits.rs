//! Numbers written in digits.

use super::Words;
use crate::token::TokenKind;

/// A number in digits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Digits {
    pub(super) value: f64,
    /// The value if a word of scale follows: a single separator then marks decimals.
    pub(super) scaled: f64,
}

const DECIMAL_SEPARATOR: char = '\u{66B}';

impl Words<'_> {
    /// Reads number token `at`; `None` if it is part of a date, a clock time or a name.
    pub(super) fn digits(self, at: usize) -> Option<Digits> {
        if self.kind(at) != Some(TokenKind::Number) || self.is_joined(at) {
            return None;
        }
        parse(self.tokens.folded(at), self.tokens.original(at).contains(DECIMAL_SEPARATOR))
    }

    fn is_joined(self, at: usize) -> bool {
        let number = |i: Option<usize>| i.and_then(|i| self.kind(i)) == Some(TokenKind::Number);
        let word = |i: Option<usize>| i.and_then(|i| self.kind(i)) == Some(TokenKind::Word);
        let (before, further) = (at.checked_sub(1), at.checked_sub(2));
        let latin = |i: usize| self.tokens.folded(i).starts_with(|c: char| c.is_ascii_alphabetic());
        let sign = |i: usize, signs: &[char]| signs.iter().any(|&c| self.is_sign(i, c));
        let date = ['/', ':', '\\'];
        before.is_some_and(|i| {
            word(before) && latin(i)
                || sign(i, &['#', '_', '@'])
                || sign(i, &date) && number(further)
                || self.is_sign(i, '-') && word(further)
        }) || word(Some(at + 1)) && latin(at + 1)
            || sign(at + 1, &['_'])
            || sign(at + 1, &date) && number(Some(at + 2))
            || self.is_dashed(at)
    }

    /// Tells whether number `at` is one of three or more with dashes between, as in a date.
    fn is_dashed(self, at: usize) -> bool {
        let dash = |i: usize| self.is_sign(i, '-') || self.is_sign(i, '\u{2013}');
        let after = |i: usize| dash(i + 1) && self.kind(i + 2) == Some(TokenKind::Number);
        let before =
            |i: usize| i >= 2 && dash(i - 1) && self.kind(i - 2) == Some(TokenKind::Number);
        match (before(at), after(at)) {
            (true, true) => true,
            (true, false) => before(at - 2),
            (false, true) => after(at + 2),
            (false, false) => false,
        }
    }
}

/// Reads folded digits with separators; `None` if the separators are not those of a number.
fn parse(folded: &str, decimal: bool) -> Option<Digits> {
    let separators = folded.bytes().filter(|b| !b.is_ascii_digit()).count();
    let value = plain(folded, None);
    match separators {
        0 => Some(Digits { value, scaled: value }),
        1 => {
            let at = folded.find(['.', ','])?;
            let fraction = plain(folded, Some(at));
            let thousands = !decimal
                && (1..=3).contains(&at)
                && folded.len() - at == 4
                && !folded.starts_with('0');
            Some(Digits { value: if thousands { value } else { fraction }, scaled: fraction })
        }
        _ => {
            let last = folded.rfind(['.', ','])?;
            let mixed = folded[..last].contains(['.', ','])
                && folded[..last].find(['.', ',']).map(|i| folded.as_bytes()[i])
                    != Some(folded.as_bytes()[last]);
            let whole = if mixed { &folded[..last] } else { folded };
            let mut groups = whole.split(['.', ',']);
            let first = groups.next()?;
            if !(1..=3).contains(&first.len()) || groups.any(|g| g.len() != 3) {
                return None;
            }
            let value = plain(folded, mixed.then_some(last));
            Some(Digits { value, scaled: value })
        }
    }
}

/// Reads the digits; those behind byte `point` are decimals.
fn plain(folded: &str, point: Option<usize>) -> f64 {
    let (mut value, mut unit) = (0.0, 1.0);
    for (i, byte) in folded.bytes().enumerate().filter(|(_, b)| b.is_ascii_digit()) {
        let digit = f64::from(byte - b'0');
        if point.is_some_and(|point| i > point) {
            unit *= 10.0;
        }
        value = value * 10.0 + digit;
    }
    value / unit
}
