//! Tokens that concatenate to the text.

use crate::{Span, fold, letter::TATWEEL};

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Letters, with the marks and invisible controls inside them.
    Word,
    /// Digits, with separators between them.
    Number,
    /// White space and stray invisible controls within a line.
    Space,
    /// White space that holds at least one line break.
    Break,
    /// One sign of punctuation or one symbol; an emoji.
    Sign,
}

/// A piece of the text with its folded spelling.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// Where it stands in the original.
    pub span: Span,
    /// What it is made of.
    pub kind: TokenKind,
    folded: Span,
}

/// The tokens of one text; together their spans are the text.
#[derive(Clone, Debug)]
pub struct Tokens<'a> {
    /// The original text.
    pub text: &'a str,
    /// The tokens in order.
    pub all: Vec<Token>,
    folded: String,
}

impl<'a> Tokens<'a> {
    /// Cuts `text` into tokens in one pass.
    pub fn new(text: &'a str) -> Self {
        let mut tokens = Self { text, all: Vec::new(), folded: String::with_capacity(text.len()) };
        let mut start = 0;
        for (kind, piece) in pieces(text) {
            let folded_start = tokens.folded.len() as u32;
            if matches!(kind, TokenKind::Word | TokenKind::Number | TokenKind::Sign) {
                fold::fold_into(piece, &mut tokens.folded);
            }
            let end = start + piece.len() as u32;
            tokens.all.push(Token {
                span: Span::new(start, end),
                kind,
                folded: Span::new(folded_start, tokens.folded.len() as u32),
            });
            start = end;
        }
        tokens
    }

    /// Returns the folded spelling of token `i`.
    pub fn folded(&self, i: usize) -> &str {
        self.all[i].folded.of(&self.folded)
    }

    /// Returns the original spelling of token `i`.
    pub fn original(&self, i: usize) -> &'a str {
        self.all[i].span.of(self.text)
    }
}

/// Cuts `text` into pieces that concatenate to it.
fn pieces(text: &str) -> impl Iterator<Item = (TokenKind, &str)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (kind, length) = (!rest.is_empty()).then(|| next(rest))?;
        let (piece, behind) = rest.split_at(length);
        rest = behind;
        Some((kind, piece))
    })
}

/// Folds the words and numbers of `text`, with single spaces between.
pub fn folded_words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    folded_words_into(text, &mut out);
    out
}

/// Appends the words and numbers of `text`, folded, with single spaces between.
pub fn folded_words_into(text: &str, out: &mut String) {
    let begin = out.len();
    for (kind, piece) in pieces(text) {
        if matches!(kind, TokenKind::Word | TokenKind::Number) {
            let before = out.len();
            if before > begin {
                out.push(' ');
            }
            let start = out.len();
            fold::fold_into(piece, out);
            if out.len() == start {
                out.truncate(before);
            }
        }
    }
}

fn next(rest: &str) -> (TokenKind, usize) {
    let mut chars = rest.chars();
    let Some(first) = chars.next() else { return (TokenKind::Space, 0) };
    if first == ' ' && chars.next().is_some_and(is_letter) {
        // Nearly every space.
        (TokenKind::Space, 1)
    } else if first.is_ascii_alphabetic() {
        (TokenKind::Word, latin(rest))
    } else if is_letter(first) || first == TATWEEL {
        (TokenKind::Word, word(rest))
    } else if first.is_numeric() && digit(first) {
        (TokenKind::Number, number(rest))
    } else if first.is_whitespace() || first.is_control() || fold::is_ignorable(first) {
        let length = run(rest, |c| c.is_whitespace() || c.is_control() || fold::is_ignorable(c));
        let breaks = rest[..length].contains(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']);
        (if breaks { TokenKind::Break } else { TokenKind::Space }, length)
    } else {
        let marks = run(&rest[first.len_utf8()..], |c| {
            fold::is_ignorable(c)
                && !matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
        });
        (TokenKind::Sign, first.len_utf8() + marks)
    }
}

/// Measures a word, with the gaps that a writer put into it.
fn word(rest: &str) -> usize {
    let basic = fold::basic_run(rest);
    if ends_before_ascii(rest, basic) {
        return basic;
    }
    // Another script begins another word, also where the space is missing: pages lose it.
    let inside = |c: char| !c.is_ascii() && is_letter(c) || fold::is_ignorable(c);
    let mut end = run(rest, inside);
    while rest[..end].ends_with(TATWEEL) {
        let gap = fold::gap(&rest[..end], &rest[end..]);
        if gap == 0 {
            break;
        }
        end += gap + run(&rest[end + gap..], inside);
    }
    end
}

/// Measures a word in Latin letters; a capital behind a small letter begins another.
fn latin(rest: &str) -> usize {
    let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let hump = |pair: &[u8]| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase();
    if let Some(small) = rest.as_bytes()[..letters].windows(2).position(hump) {
        return small + 1;
    }
    if ends_before_ascii(rest, letters) {
        return letters;
    }
    let mut small = false;
    let end = rest.find(|c: char| {
        let begins = small && c.is_ascii_uppercase();
        small = c.is_ascii_lowercase();
        begins || !is_letter(c) && !fold::is_ignorable(c) || matches!(c, '\u{621}'..='\u{64A}')
    });
    let run = run(rest, |c| is_letter(c) || fold::is_ignorable(c));
    end.unwrap_or(rest.len()).min(run)
}

/// Tells whether a word of whole letters ends at byte `end` for certain: no mark or control follows.
fn ends_before_ascii(rest: &str, end: usize) -> bool {
    rest.as_bytes().get(end).is_none_or(u8::is_ascii)
}

/// Measures a run of letters; trailing directional controls stay outside of it.
fn run(rest: &str, inside: impl Fn(char) -> bool) -> usize {
    let length = rest.find(|c| !inside(c)).unwrap_or(rest.len());
    let is_word = rest.starts_with(|c| is_letter(c) || c == TATWEEL);
    if !is_word {
        return length;
    }
    let trimmed = rest[..length].trim_end_matches(|c| {
        matches!(c, '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
    });
    trimmed.len()
}

/// Measures a number: digits with single separators between digits.
fn number(rest: &str) -> usize {
    let mut end = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        if digit(c) {
            end = i + c.len_utf8();
        } else if matches!(c, '.' | ',' | '\u{66B}' | '\u{66C}') {
            if !chars.peek().is_some_and(|&(_, c)| digit(c)) {
                break;
            }
        } else {
            break;
        }
    }
    end
}

fn digit(c: char) -> bool {
    matches!(c, '0'..='9' | '\u{660}'..='\u{669}' | '\u{6F0}'..='\u{6F9}')
}

fn is_letter(c: char) -> bool {
    match c {
        '\u{621}'..='\u{63F}' | '\u{641}'..='\u{64A}' => true,
        '\0'..='\x7F' => c.is_ascii_alphabetic(),
        _ => c.is_alphabetic() && !fold::is_ignorable(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn tokens_concatenate_to_the_text(text in "\\PC{0,120}|[\u{600}-\u{6ff}\u{200c}-\u{200f}\u{202a}-\u{202e}0-9.,% \r\n«»😀_#]{0,120}") {
            let tokens = Tokens::new(&text);
            let joined: String = (0..tokens.all.len()).map(|i| tokens.original(i)).collect();
            prop_assert_eq!(joined, text);
        }

        #[test]
        fn folded_tokens_equal_the_folded_slice(text in "[\u{600}-\u{6ff}\u{200e}a-z0-9., ]{0,60}") {
            let tokens = Tokens::new(&text);
            for i in 0..tokens.all.len() {
                if tokens.all[i].kind == TokenKind::Word {
                    prop_assert_eq!(tokens.folded(i), fold::folded(tokens.original(i)));
                }
            }
        }
    }
}
