//! Sentences of prose, headlines, lists and posts.

use crate::{Span, Tokens, token::TokenKind};
use std::ops::Range;

/// A sentence as a range of tokens, without the spaces around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Where it stands.
    pub span: Span,
    /// The line it stands in, from 0.
    pub paragraph: u32,
}

/// Sentences of more tokens than this are cut at a semicolon or comma.
const LONG: usize = 400;
/// Sentences of more tokens than this are cut at any space.
const ENDLESS: usize = 800;

const SEMICOLON: char = '\u{61B}';
const COMMA: char = '\u{60C}';
const QUESTION: char = '\u{61F}';
const ELLIPSIS: char = '\u{2026}';

/// Cuts a text into sentences; they do not overlap and leave out nothing but white space.
pub fn sentences(tokens: &Tokens<'_>) -> Vec<Sentence> {
    let mut cutter = Cutter { tokens, found: Vec::new(), start: 0, paragraph: 0, first: 0 };
    let mut i = 0;
    while i < tokens.all.len() {
        i = match tokens.all[i].kind {
            TokenKind::Break if !cutter.runs_over(i) => {
                cutter.end_line(i);
                i + 1
            }
            TokenKind::Sign => match cutter.boundary(i) {
                Some(end) => {
                    cutter.close(end);
                    end
                }
                None => i + 1,
            },
            _ => i + 1,
        };
    }
    cutter.end_line(tokens.all.len());
    cutter.found
}

struct Cutter<'a> {
    tokens: &'a Tokens<'a>,
    found: Vec<Sentence>,
    start: usize,
    paragraph: u32,
    /// Index of the first sentence of this paragraph.
    first: usize,
}

impl Cutter<'_> {
    fn kind(&self, i: usize) -> Option<TokenKind> {
        self.tokens.all.get(i).map(|token| token.kind)
    }

    fn sign(&self, i: usize) -> Option<char> {
        match self.kind(i) {
            Some(TokenKind::Sign) => self.tokens.original(i).chars().next(),
            _ => None,
        }
    }

    fn is_white(&self, i: usize) -> bool {
        matches!(self.kind(i), None | Some(TokenKind::Space | TokenKind::Break))
    }

    /// Tells whether a sentence runs on over the line break `i`, which a comma stands before.
    fn runs_over(&self, i: usize) -> bool {
        let breaks = self.tokens.original(i).matches('\n').count();
        let mut before = i;
        while before > self.start && self.kind(before - 1) == Some(TokenKind::Space) {
            before -= 1;
        }
        breaks <= 1
            && before > self.start
            && matches!(self.sign(before - 1), Some(COMMA | ','))
            && matches!(self.kind(i + 1), Some(TokenKind::Word | TokenKind::Number))
    }

    /// Returns the end of the sentence if the sign at `i` ends one.
    fn boundary(&self, i: usize) -> Option<usize> {
        let sign = self.sign(i)?;
        if is_bullet(sign) {
            // The bullet opens the next item.
            return (i > self.start).then_some(i);
        }
        if !is_terminal(sign) {
            return None;
        }
        let mut end = i + 1;
        while self.sign(end).is_some_and(is_terminal) {
            end += 1;
        }
        let dots = sign == '.' && end == i + 1;
        while self.sign(end).is_some_and(is_closing) && !self.opens_quote(end) {
            end += 1;
        }
        let ends = match self.kind(end) {
            None | Some(TokenKind::Space | TokenKind::Break) => !(dots && self.is_short(i)),
            Some(TokenKind::Sign) => self.sign(end).is_some_and(is_opening),
            _ if dots => self.parts_words(i, end),
            _ => end > i + 1 || self.is_long_word(end),
        };
        ends.then_some(end)
    }

    /// Tells whether the quotation mark `i`, which may open or close, opens.
    fn opens_quote(&self, i: usize) -> bool {
        matches!(self.sign(i), Some('"' | '\''))
            && matches!(self.kind(i + 1), Some(TokenKind::Word | TokenKind::Number))
    }

    /// Tells whether the period `i` stands behind an abbreviation or the number of a list item.
    fn is_short(&self, i: usize) -> bool {
        let Some(before) = i.checked_sub(1).filter(|&before| before >= self.start) else {
            return false;
        };
        match self.kind(before) {
            Some(TokenKind::Word) => {
                let counted = before >= 2
                    && self.kind(before - 1) == Some(TokenKind::Space)
                    && self.kind(before - 2) == Some(TokenKind::Number);
                self.is_letter(before) && !counted
            }
            Some(TokenKind::Number) => {
                (self.start..before).all(|j| self.is_white(j)) && self.found.len() == self.first
            }
            _ => false,
        }
    }

    fn is_letter(&self, i: usize) -> bool {
        let mut letters = self.tokens.folded(i).chars();
        letters.next().is_some() && letters.next().is_none()
    }

    fn is_long_word(&self, i: usize) -> bool {
        self.kind(i) == Some(TokenKind::Word)
            && !self.is_letter(i)
            && self.tokens.folded(i).chars().next().is_some_and(|c| !c.is_ascii())
    }

    /// Tells whether a period without a space behind it parts two sentences.
    fn parts_words(&self, i: usize, next: usize) -> bool {
        let Some(before) = i.checked_sub(1).filter(|&before| before >= self.start) else {
            return false;
        };
        match self.kind(before) {
            // What stands behind an Arabic word is no part of an address.
            Some(TokenKind::Word) if self.is_long_word(before) => {
                matches!(self.kind(next), Some(TokenKind::Number))
                    || self.kind(next) == Some(TokenKind::Word) && !self.is_letter(next)
            }
            Some(TokenKind::Number) => {
                self.tokens.folded(before).len() > 1 && self.is_long_word(next)
            }
            Some(TokenKind::Sign) => self.is_long_word(next),
            _ => false,
        }
    }

    fn end_line(&mut self, end: usize) {
        self.close(end);
        self.paragraph += u32::from(self.found.len() > self.first);
        self.first = self.found.len();
    }

    /// Ends a sentence before token `end`.
    fn close(&mut self, end: usize) {
        let (mut from, mut to) = (self.start, end);
        while from < to && self.is_white(from) {
            from += 1;
        }
        while to > from && self.is_white(to - 1) {
            to -= 1;
        }
        self.start = end;
        if from == to {
            return;
        }
        let only_signs =
            (from..to).all(|i| !matches!(self.kind(i), Some(TokenKind::Word | TokenKind::Number)));
        if only_signs && self.found.len() > self.first {
            if let Some(last) = self.found.last_mut() {
                last.tokens.end = to;
                last.span = last.span.cover(self.tokens.all[to - 1].span);
            }
            return;
        }
        while to - from > LONG {
            let cut = self.cut(from, to);
            if cut >= to {
                break;
            }
            self.push(from..cut);
            from = cut;
            while from < to && self.is_white(from) {
                from += 1;
            }
        }
        self.push(from..to);
    }

    fn push(&mut self, tokens: Range<usize>) {
        let mut end = tokens.end;
        while end > tokens.start && self.is_white(end - 1) {
            end -= 1;
        }
        if end > tokens.start {
            let all = &self.tokens.all;
            let span = all[tokens.start].span.cover(all[end - 1].span);
            let tokens = tokens.start..end;
            self.found.push(Sentence { tokens, span, paragraph: self.paragraph });
        }
    }

    /// Finds where to cut a sentence that is too long; `to` if nowhere.
    fn cut(&self, from: usize, to: usize) -> usize {
        let behind = |i: usize| i + 1;
        let last = |range: Range<usize>, c: char| range.rev().find(|&i| self.sign(i) == Some(c));
        last(from + LONG / 4..from + LONG, SEMICOLON)
            .or_else(|| last(from + LONG / 4..from + LONG, COMMA))
            .map(behind)
            .or_else(|| {
                let until = to.min(from + ENDLESS);
                (from + LONG..until)
                    .find(|&i| matches!(self.sign(i), Some(SEMICOLON | COMMA)))
                    .map(behind)
            })
            .or_else(|| {
                let until = to.min(from + ENDLESS);
                let space = |i: &usize| self.kind(*i) == Some(TokenKind::Space);
                (to > until).then(|| (from + 1..until).rev().find(space).unwrap_or(until))
            })
            .unwrap_or(to)
    }
}

fn is_terminal(c: char) -> bool {
    matches!(
        c,
        '.' | '!' | '?' | QUESTION | ELLIPSIS | '\u{6D4}' | '\u{203C}' | '\u{2049}' | '\u{203D}'
    )
}

fn is_closing(c: char) -> bool {
    matches!(
        c,
        '\u{BB}' | '\u{201D}' | '\u{2019}' | '\u{203A}' | '"' | '\'' | ')' | ']' | '\u{201C}'
    )
}

fn is_opening(c: char) -> bool {
    matches!(c, '\u{AB}' | '\u{201E}' | '\u{2018}' | '"' | '(' | '[' | '\u{2039}' | '#')
}

fn is_bullet(c: char) -> bool {
    matches!(
        c,
        '\u{2022}'
            | '\u{25AA}'
            | '\u{25AB}'
            | '\u{25CF}'
            | '\u{25CB}'
            | '\u{25A0}'
            | '\u{25A1}'
            | '\u{25FC}'
            | '\u{25FE}'
            | '\u{2666}'
            | '\u{25C6}'
            | '\u{25BA}'
            | '\u{25C4}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::fmt::Write;

    fn show(text: &str) -> String {
        let found = sentences(&Tokens::new(text));
        let found: Vec<_> = found.iter().map(|sentence| sentence.span.of(text)).collect();
        found.join(" | ")
    }

    #[test]
    fn long_sentences_are_cut_at_commas() {
        let text = "ab cd ".repeat(80) + "ab\u{60C} " + &"cd ef ".repeat(300);
        let tokens = Tokens::new(&text);
        let found = sentences(&tokens);
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found[0].span.of(&text).ends_with(COMMA));
        assert!(found.iter().all(|sentence| sentence.tokens.len() <= ENDLESS));
    }

    #[test]
    fn cases() {
        let mut failed = String::new();
        for line in include_str!("sentence_cases.tsv").lines().filter(|l| !l.starts_with('#')) {
            let (text, expected) = line.split_once('\t').unwrap_or((line, ""));
            let (text, expected) = (text.replace("\\n", "\n"), expected.replace("\\n", "\n"));
            let found = show(&text);
            if found != expected {
                writeln!(failed, "{text}\n  wanted {expected}\n  found  {found}")
                    .expect("a string");
            }
        }
        assert!(failed.is_empty(), "\n{failed}");
    }

    const TEXT: &str = "\\PC{0,80}|\
        [\u{628}\u{62a} a1.!,\u{60c}\u{61f}\n\"\u{bb}\u{ab}\u{2022}\u{1f534}-]{0,160}";

    proptest! {
        #[test]
        fn sentences_cover_the_text(text in TEXT) {
            let tokens = Tokens::new(&text);
            let found = sentences(&tokens);
            let (mut end, mut paragraph) = (0, 0);
            for sentence in &found {
                prop_assert!(sentence.tokens.start >= end && !sentence.tokens.is_empty());
                prop_assert!(tokens.all[end..sentence.tokens.start].iter().all(is_white));
                prop_assert!(!is_white(&tokens.all[sentence.tokens.start]));
                prop_assert!(!is_white(&tokens.all[sentence.tokens.end - 1]));
                prop_assert_eq!(sentence.span.start, tokens.all[sentence.tokens.start].span.start);
                prop_assert_eq!(sentence.span.end, tokens.all[sentence.tokens.end - 1].span.end);
                prop_assert!(sentence.paragraph >= paragraph);
                (end, paragraph) = (sentence.tokens.end, sentence.paragraph);
            }
            prop_assert!(tokens.all[end..].iter().all(is_white));
        }
    }

    fn is_white(token: &crate::Token) -> bool {
        matches!(token.kind, TokenKind::Space | TokenKind::Break)
    }
}
