//! Amounts: numbers with the words that bound them.

use super::sum::Core;
use super::table::{Bound, Reading, Role, Side};
use super::{Amount, NumeralTable, Unit, Words, ordinal};
use crate::{Span, Tokens, fold, letter::*, phrases::Found, token::TokenKind};

/// How many words may stand between a number and a bound behind what it counts.
const REACH: usize = 4;

/// Reads the amount that begins at token `at`: a number or a phrase that bounds one.
pub fn read(tokens: &Tokens<'_>, at: usize, table: &NumeralTable) -> Option<Amount> {
    Words { tokens, table }.amount(at)
}

/// Reads all amounts of a text, from left to right; they do not overlap.
pub fn amounts(tokens: &Tokens<'_>, table: &NumeralTable) -> Vec<Amount> {
    let words = Words { tokens, table };
    let mut found = Vec::new();
    let mut i = 0;
    while i < tokens.all.len() {
        let begins = match tokens.all[i].kind {
            TokenKind::Number => true,
            TokenKind::Word => table.phrases.begins(tokens.folded(i)),
            TokenKind::Sign => words.is_sign(i, '%'),
            TokenKind::Space | TokenKind::Break => false,
        };
        let amount = if begins { words.amount(i) } else { None };
        match amount {
            Some(amount) => {
                i = amount.tokens.end;
                found.push(amount);
            }
            None if begins => i = ordinal(tokens, i, table).map_or(i + 1, |o| o.tokens.end),
            None => i += 1,
        }
    }
    found
}

/// The bounds that words set around a number.
#[derive(Clone, Copy, Default)]
struct Bounds {
    lower: bool,
    upper: bool,
    about: bool,
}

impl Bounds {
    fn set(&mut self, bound: Bound) {
        match bound {
            Bound::Lower => self.lower = true,
            Bound::Upper => self.upper = true,
            Bound::About => self.about = true,
        }
    }
}

impl Words<'_> {
    fn amount(self, at: usize) -> Option<Amount> {
        if let Some(item) = self.item(at, |role| matches!(role, Role::Between | Role::From)) {
            return self.span_of_two(at, item);
        }
        let mut bounds = Bounds::default();
        let mut start = at;
        // "At least about": more than two do not stand together.
        for _ in 0..2 {
            let Some((bound, next)) = self.bound_before(start) else { break };
            bounds.set(bound);
            start = self.skip(next);
        }
        let start = if start == at { at } else { self.number_start(start) };
        let core = self.core(start, false)?;
        let core = self.second_of_two(core).unwrap_or(core);
        let next = self.bounds_behind(core.next, &mut bounds);
        Some(self.finish(at, core, bounds, next))
    }

    pub(super) fn bound_before(self, at: usize) -> Option<(Bound, usize)> {
        let item =
            self.item(at, |role| matches!(role, Role::Bound(_, Side::Before | Side::Both)))?;
        match item.value.role {
            Role::Bound(_, Side::Both) if self.has_number_before(at) => None,
            Role::Bound(bound, _) => Some((bound, item.next)),
            _ => None,
        }
    }

    /// Skips an article or preposition that stands alone before a number.
    fn number_start(self, at: usize) -> usize {
        let alone = self.kind(at) == Some(TokenKind::Word)
            && self.tokens.folded(at).chars().all(|c| matches!(c, ALEF | LAM | BEH));
        if alone { self.skip(at + 1) } else { at }
    }

    /// Reads "between X and Y" and "from X to Y".
    fn span_of_two(self, at: usize, item: Found<'_, Reading>) -> Option<Amount> {
        let start = self.number_start(self.skip(item.next));
        let between = item.value.role == Role::Between;
        // "Between a hundred and fifty …": the first number may have swallowed the second.
        for short in [false, true] {
            let first = self.core(start, short)?;
            let second =
                if between { self.joined_core(first.next) } else { self.core_after_to(first.next) };
            if let Some(core) = second.and_then(|second| between_cores(first, second)) {
                let mut bounds = Bounds::default();
                let next = self.bounds_behind(core.next, &mut bounds);
                return Some(self.finish(at, core, bounds, next));
            }
        }
        None
    }

    fn joined_core(self, end: usize) -> Option<Core> {
        let next = self.skip(end);
        if self.kind(next) != Some(TokenKind::Word) {
            return None;
        }
        if self.is_waw(next) {
            return self.core(self.number_start(self.skip(next + 1)), false);
        }
        let item = self.item(next, Role::begins_number)?;
        if item.front.conjunction { self.core(next, false) } else { None }
    }

    fn core_after_to(self, end: usize) -> Option<Core> {
        let to = self.item(self.skip(end), |role| role == Role::To)?;
        self.core(self.number_start(self.skip(to.next)), false)
    }

    /// Reads the second number of "X-Y", "X to Y" and "X or Y".
    fn second_of_two(self, first: Core) -> Option<Core> {
        let next = self.skip(first.next);
        let second = if first.digits && self.is_dash(next) {
            let number = self.skip(next + 1);
            // Both sides of the dash alike: "20-30", "20 - 30".
            ((number == next + 1) == (next == first.next)).then(|| self.core(number, false))??
        } else {
            let link = self.item(next, |role| matches!(role, Role::To | Role::Or))?;
            self.core(self.skip(link.next), false)?
        };
        between_cores(first, second)
    }

    fn is_dash(self, i: usize) -> bool {
        ['-', '\u{2013}', '\u{2014}', '\u{2212}'].iter().any(|&c| self.is_sign(i, c))
    }

    /// Reads bounds behind a number or what it counts; returns the end of those beside it.
    fn bounds_behind(self, end: usize, bounds: &mut Bounds) -> usize {
        let behind = |role| matches!(role, Role::Bound(_, Side::After | Side::Both));
        let mut at = self.skip(end);
        for passed in 0..=REACH {
            if self.kind(at) != Some(TokenKind::Word) {
                break;
            }
            if let Some(item) = self.item(at, behind) {
                let Role::Bound(bound, side) = item.value.role else { break };
                if passed == 0 || side == Side::Both {
                    bounds.set(bound);
                }
                return if passed == 0 { item.next } else { end };
            }
            if passed > 0 && self.item(at, Role::begins_number).is_some() {
                break;
            }
            at = self.skip(at + 1);
        }
        end
    }

    /// Tells whether a bound at token `at` may belong to a number before it.
    fn has_number_before(self, at: usize) -> bool {
        let mut words = 0;
        for i in (0..at).rev() {
            match self.tokens.all[i].kind {
                TokenKind::Number => return true,
                TokenKind::Word => {
                    if self.item(i, Role::begins_number).is_some() {
                        return true;
                    }
                    words += 1;
                }
                TokenKind::Space => {}
                TokenKind::Sign | TokenKind::Break => return false,
            }
            if words > REACH {
                return false;
            }
        }
        false
    }

    fn finish(self, at: usize, core: Core, bounds: Bounds, next: usize) -> Amount {
        let ceiling = match core.unit {
            Unit::Plain => None,
            Unit::Percent => Some(100.0),
            Unit::Fraction => Some(1.0),
        };
        let (mut min, mut max) = (core.min, core.max);
        if bounds.lower {
            max = ceiling.map(|ceiling: f64| ceiling.max(min.unwrap_or(0.0)));
        } else if bounds.upper {
            min = ceiling.map(|_| 0.0);
        }
        let mut span = self.tokens.all[at].span.cover(self.tokens.all[next - 1].span);
        span.start += self.attached_length(at);
        Amount {
            min,
            max,
            approximate: bounds.about,
            ambiguous: core.ambiguous,
            unit: core.unit,
            tokens: at..next,
            span: Span::new(span.start, span.end),
        }
    }

    /// Returns how many bytes of word `at` are an attached conjunction or preposition.
    fn attached_length(self, at: usize) -> u32 {
        if self.kind(at) != Some(TokenKind::Word) {
            return 0;
        }
        let front =
            self.table.phrases.front(self.tokens.folded(at)).map_or(0, |front| front.length);
        if front == 0 {
            return 0;
        }
        fold::original_offset(self.tokens.original(at), front.into()) as u32
    }
}

/// Joins two numbers to a range; the scale behind the second counts for the first as well.
fn between_cores(first: Core, second: Core) -> Option<Core> {
    let (mut min, max) = (first.min?, second.max?);
    if second.scale > 1.0 && first.scale <= 1.0 && min * second.scale < max {
        min *= second.scale;
    }
    let alike = first.unit == second.unit || first.unit == Unit::Plain;
    (alike && min < max).then_some(Core {
        min: Some(min),
        ambiguous: false,
        digits: false,
        ..second
    })
}
