//! Quotations between marks of all kinds, nested, mismatched and unclosed.

use crate::{Span, Tokens, token::TokenKind};
use std::ops::Range;

/// A quotation with its marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// Where it stands, the marks included.
    pub span: Span,
    /// Its tokens, the marks included.
    pub tokens: Range<usize>,
    /// How many quotations it stands inside of.
    pub depth: u8,
    /// Whether a mark closes it, perhaps some lines further on; otherwise it ends with its line.
    pub closed: bool,
}

/// The quotations of one text, in the order in which they begin.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quotations {
    /// All of them, outer before inner.
    pub all: Vec<Quotation>,
}

impl Quotations {
    /// Finds the innermost quotation that token `i` stands in.
    pub fn innermost(&self, i: usize) -> Option<&Quotation> {
        let behind = self.all.partition_point(|quotation| quotation.tokens.start <= i);
        let mut depth = u8::MAX;
        for quotation in self.all[..behind].iter().rev() {
            if quotation.tokens.contains(&i) {
                return Some(quotation);
            }
            // Whatever lies before an outermost quotation ends before it.
            depth = depth.min(quotation.depth);
            if depth == 0 {
                return None;
            }
        }
        None
    }
}

/// Quotations deeper than this are not told apart.
const DEEPEST: usize = 16;

/// A quotation that its line leaves open may be closed within this many more lines.
const LINES: u32 = 12;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    Guillemet,
    Curly,
    Straight,
    Single,
}

/// What the spaces around a mark say.
#[derive(Clone, Copy)]
struct Context {
    opens: bool,
    closes: bool,
}

/// Finds all quotations in one pass.
pub fn quotations(tokens: &Tokens<'_>) -> Quotations {
    let mut reader = Reader { tokens, found: Vec::new(), open: Vec::new(), line: 0, carried: None };
    for (i, token) in tokens.all.iter().enumerate() {
        match token.kind {
            TokenKind::Break => reader.end_line(i),
            TokenKind::Sign => reader.sign(i),
            _ => {}
        }
    }
    reader.end_line(tokens.all.len());
    Quotations { all: reader.found }
}

struct Reader<'a> {
    tokens: &'a Tokens<'a>,
    found: Vec<Quotation>,
    /// The open quotations: family and index into `found`.
    open: Vec<(Family, usize)>,
    /// First token of this line.
    line: usize,
    /// A quotation that a line before left open: family, index into `found`, lines it may last.
    carried: Option<(Family, usize, u32)>,
}

impl Reader<'_> {
    fn sign(&mut self, i: usize) {
        let Some(c) = self.tokens.original(i).chars().next() else { return };
        let context = self.context(i);
        match c {
            '\u{AB}' | '\u{BB}' | '\u{2039}' | '\u{203A}' => self.guillemet(i, c, context),
            '\u{201C}'..='\u{201F}' | '\u{2033}' | '\u{301D}'..='\u{301F}' => {
                self.double(i, Family::Curly, c, context);
            }
            '"' | '\u{FF02}' => self.double(i, Family::Straight, c, context),
            '\'' | '\u{2018}'..='\u{201B}' => self.single(i, context),
            _ => {}
        }
    }

    fn context(&self, i: usize) -> Context {
        let kind = |i: usize| self.tokens.all.get(i).map(|token| token.kind);
        let white = |kind| matches!(kind, None | Some(TokenKind::Space | TokenKind::Break));
        let text = |kind| matches!(kind, Some(TokenKind::Word | TokenKind::Number));
        let before = i.checked_sub(1).and_then(kind);
        let after = kind(i + 1);
        Context { opens: !text(before) && !white(after), closes: !white(before) && !text(after) }
    }

    fn guillemet(&mut self, i: usize, c: char, context: Context) {
        let left = matches!(c, '\u{AB}' | '\u{2039}');
        let open = self.position(Family::Guillemet);
        match open {
            None if left => self.push(i, Family::Guillemet),
            None if self.is_line_start(i) && self.carried.is_some() => {
                self.push(i, Family::Guillemet);
            }
            None if context.opens && !context.closes && self.carried.is_none() => {
                self.push(i, Family::Guillemet);
            }
            None => self.close_carried(i, Family::Guillemet),
            // Marks turned the wrong way round: »…«.
            Some(at) if left && context.closes && !context.opens => self.close(at, i),
            Some(_) if left => self.push(i, Family::Guillemet),
            Some(at) => self.close(at, i),
        }
    }

    fn double(&mut self, i: usize, family: Family, c: char, context: Context) {
        let other = if family == Family::Curly { Family::Straight } else { Family::Curly };
        let nests = c == '\u{201C}' && context.opens && !context.closes;
        match self.position(family) {
            Some(_) if nests => self.push(i, family),
            Some(at) => self.close(at, i),
            None if context.closes && !context.opens => match self.position(other) {
                Some(at) => self.close(at, i),
                None => self.close_carried(i, family),
            },
            None => self.push(i, family),
        }
    }

    /// Single marks are apostrophes unless the spaces around them say otherwise.
    fn single(&mut self, i: usize, context: Context) {
        match self.position(Family::Single) {
            Some(at) if context.closes => self.close(at, i),
            None if context.opens && !context.closes => self.push(i, Family::Single),
            _ => {}
        }
    }

    fn position(&self, family: Family) -> Option<usize> {
        self.open.iter().rposition(|&(open, _)| open == family)
    }

    fn is_line_start(&self, i: usize) -> bool {
        self.tokens.all[self.line..i].iter().all(|token| token.kind == TokenKind::Space)
    }

    fn push(&mut self, i: usize, family: Family) {
        self.carried = self.carried.filter(|carried| carried.0 != family);
        if self.open.len() < DEEPEST {
            let depth = self.open.len() as u8;
            self.open.push((family, self.found.len()));
            let span = self.tokens.all[i].span;
            self.found.push(Quotation { span, tokens: i..i + 1, depth, closed: false });
        }
    }

    /// Closes the open quotation number `at` with the mark `i`, and what is open inside it.
    fn close(&mut self, at: usize, i: usize) {
        for (_, index) in self.open.drain(at + 1..) {
            end(&mut self.found[index], self.tokens, i);
        }
        if let Some((_, index)) = self.open.pop() {
            end(&mut self.found[index], self.tokens, i + 1);
            self.found[index].closed = true;
        }
    }

    /// Closes a quotation that a line before left open: its mark comes only now.
    fn close_carried(&mut self, i: usize, family: Family) {
        let Some((_, index, _)) = self.carried.take().filter(|carried| carried.0 == family) else {
            return;
        };
        if !self.open.is_empty() {
            return;
        }
        let until = self.found[index].tokens.end;
        end(&mut self.found[index], self.tokens, i + 1);
        self.found[index].closed = true;
        // What was found in between stands inside.
        for inner in self.found[index + 1..].iter_mut().filter(|q| q.tokens.start >= until) {
            inner.depth = inner.depth.saturating_add(1);
        }
    }

    fn end_line(&mut self, i: usize) {
        let mut last = i;
        while last > self.line && self.tokens.all[last - 1].kind == TokenKind::Space {
            last -= 1;
        }
        self.carried = match self.open.first() {
            Some(&(family, index)) => Some((family, index, LINES)),
            None => self.carried.filter(|carried| carried.2 > 0).map(|(f, i, n)| (f, i, n - 1)),
        };
        for (_, index) in self.open.drain(..) {
            end(&mut self.found[index], self.tokens, last);
        }
        self.line = i + 1;
    }
}

fn end(quotation: &mut Quotation, tokens: &Tokens<'_>, end: usize) {
    quotation.tokens.end = end.max(quotation.tokens.start + 1);
    quotation.span = quotation.span.cover(tokens.all[quotation.tokens.end - 1].span);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::fmt::Write;

    fn show(text: &str) -> String {
        let found = quotations(&Tokens::new(text));
        let show = |q: &Quotation| {
            format!("{}{}{}", q.depth, if q.closed { "" } else { "!" }, q.span.of(text))
        };
        found.all.iter().map(show).collect::<Vec<_>>().join(" ; ")
    }

    #[test]
    fn cases() {
        let mut failed = String::new();
        for line in include_str!("quote_cases.tsv").lines().filter(|l| !l.starts_with('#')) {
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

    const TEXT: &str = "\\PC{0,80}|[\u{628}\u{62a} a.\n\"'\u{bb}\u{ab}\u{201c}\u{201d}]{0,120}";

    proptest! {
        #[test]
        fn quotations_nest(text in TEXT) {
            let tokens = Tokens::new(&text);
            let found = quotations(&tokens);
            for (i, outer) in found.all.iter().enumerate() {
                prop_assert!(!outer.tokens.is_empty());
                prop_assert_eq!(outer.span.start, tokens.all[outer.tokens.start].span.start);
                prop_assert_eq!(outer.span.end, tokens.all[outer.tokens.end - 1].span.end);
                for inner in &found.all[i + 1..] {
                    let behind = inner.tokens.start >= outer.tokens.end;
                    let inside = inner.tokens.end <= outer.tokens.end;
                    prop_assert!(inner.tokens.start >= outer.tokens.start);
                    prop_assert!(behind || inside);
                }
            }
            for i in 0..tokens.all.len() {
                let around = found.all.iter().filter(|q| q.tokens.contains(&i));
                let depth = around.map(|q| q.depth).max();
                prop_assert_eq!(found.innermost(i).map(|q| q.depth), depth);
            }
        }
    }
}
