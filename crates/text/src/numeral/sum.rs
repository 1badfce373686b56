//! Numbers made of several words.

use super::{Unit, Words, table::Role};
use crate::token::TokenKind;

/// A number before its bounds are read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Core {
    pub(super) min: Option<f64>,
    pub(super) max: Option<f64>,
    pub(super) unit: Unit,
    pub(super) ambiguous: bool,
    /// It stands in digits alone.
    pub(super) digits: bool,
    /// The word of scale it ends with, or 1.
    pub(super) scale: f64,
    /// The token behind it.
    pub(super) next: usize,
}

/// One word or one run of digits of a number.
#[derive(Clone, Copy)]
struct Piece {
    role: Role,
    min: f64,
    max: Option<f64>,
    scaled: f64,
    digits: bool,
    next: usize,
}

/// The sum read so far.
struct Sum {
    total: f64,
    group: f64,
    /// The value of the group before a scale, if it stands in digits.
    digits: Option<f64>,
    last: Role,
    /// Only a scale below this may follow.
    limit: f64,
    scale: f64,
    /// The token behind the last scale.
    closed: usize,
    next: usize,
}

impl Words<'_> {
    /// Reads the number that begins at token `at`, without bounds. `short` stops after one piece.
    pub(super) fn core(self, at: usize, short: bool) -> Option<Core> {
        if self.is_sign(at, '%') {
            let digits = self.digits(at + 1)?;
            let value = Some(digits.value);
            return Some(Core { unit: Unit::Percent, digits: true, ..exact(value, at + 2) });
        }
        let first = self.piece(at)?;
        let core = match first.role {
            Role::Vague | Role::Few | Role::Some | Role::ScalePlural => self.vague(first),
            Role::Fraction | Role::Whole => self.fraction(first),
            _ => self.sum(first, short),
        };
        Some(self.with_percent(core))
    }

    fn with_percent(self, core: Core) -> Core {
        if core.unit != Unit::Plain {
            return core;
        }
        let next = self.skip(core.next);
        let end = if self.is_sign(next, '%') {
            // The sign belongs to the number behind it if it touches only that one.
            (next == core.next || self.kind(next + 1) != Some(TokenKind::Number))
                .then_some(next + 1)
        } else {
            self.item(next, |role| role == Role::Percent).map(|item| item.next)
        };
        end.map_or(core, |next| Core { unit: Unit::Percent, next, ..core })
    }

    fn piece(self, at: usize) -> Option<Piece> {
        if let Some(digits) = self.digits(at) {
            let (min, max, scaled) = (digits.value, Some(digits.value), digits.scaled);
            return Some(Piece { role: Role::Unit, min, max, scaled, digits: true, next: at + 1 });
        }
        let item = self.item(at, Role::begins_number)?;
        let (role, min, max) = (item.value.role, item.value.min, item.value.max);
        Some(Piece { role, min, max, scaled: min, digits: false, next: item.next })
    }

    /// Reads the piece behind token `end`, and whether "and" stands before it.
    fn following(self, end: usize) -> Option<(Piece, bool)> {
        let next = self.skip(end);
        if next == end && self.kind(next) == Some(TokenKind::Number) {
            return None;
        }
        if self.kind(next) != Some(TokenKind::Word) {
            return None;
        }
        if self.is_waw(next) {
            return self.piece(self.skip(next + 1)).map(|piece| (piece, true));
        }
        let item = self.item(next, Role::begins_number)?;
        let joined = item.front.conjunction;
        if item.front.length > 2 || item.front.length == 2 && !joined {
            return None;
        }
        self.piece(next).map(|piece| (piece, joined))
    }

    /// Tells whether token `i` is a waw that stands alone.
    pub(super) fn is_waw(self, i: usize) -> bool {
        let mut chars = self.tokens.folded(i).chars();
        chars.next() == Some(crate::letter::WAW) && chars.next().is_none()
    }

    fn sum(self, first: Piece, short: bool) -> Core {
        let mut sum = Sum::begin(first);
        let (mut ambiguous, mut digits) = (first.role == Role::One, first.digits);
        if first.role == Role::ScaleAccusative {
            // Alone it is the dual in annexation; with more behind it, one.
            let goes_on = self.following(sum.next).is_some_and(|(_, joined)| joined);
            sum.total *= if goes_on { 1.0 } else { 2.0 };
        }
        while let Some((piece, joined)) = self.following(sum.next).filter(|_| !short) {
            if !sum.add(piece, joined) {
                sum.reopen(piece, joined);
                break;
            }
            (ambiguous, digits) = (false, false);
        }
        let part = self.item(self.skip(sum.next), |role| role == Role::Part);
        if let Some(part) = part.filter(|_| !short && sum.last == Role::Unit) {
            let value = Some(sum.group * part.value.min);
            return Core { unit: Unit::Fraction, ..exact(value, part.next) };
        }
        let value = Some(sum.total + sum.group);
        Core { ambiguous, digits, scale: sum.scale, ..exact(value, sum.next) }
    }

    /// Reads dozens, hundreds, thousands, "a few" and "several", with the scale behind them.
    fn vague(self, first: Piece) -> Core {
        let ranges = |min: f64, max: Option<f64>, next, scale| Core {
            min: Some(min),
            max,
            scale,
            ..exact(None, next)
        };
        if first.role == Role::ScalePlural {
            return ranges(2.0 * first.min, Some(10.0 * first.min - 1.0), first.next, first.min);
        }
        let known = first.role != Role::Some || first.min > 0.0;
        let follower = self.following(first.next).filter(|&(_, joined)| !joined);
        match follower.map(|(piece, _)| piece) {
            Some(piece) if matches!(piece.role, Role::ScalePlural | Role::Scale) => {
                let scale = piece.min;
                let min = if known { first.min * scale } else { 2.0 * scale };
                let max = first.max.map(|max| (max + 1.0) * scale - 1.0);
                ranges(min, max, piece.next, scale)
            }
            Some(piece) if piece.role == Role::Vague && first.role != Role::Vague => {
                let one = piece.min / 2.0;
                let min = if known { first.min } else { 2.0 } * one;
                ranges(min, first.max.map(|max| (max + 1.0) * one - 1.0), piece.next, 1.0)
            }
            Some(piece) if piece.role == Role::Ten && first.role == Role::Few => {
                ranges(10.0 + first.min, first.max.map(|max| 10.0 + max), piece.next, 1.0)
            }
            _ if known => ranges(first.min, first.max, first.next, 1.0),
            _ => exact(None, first.next),
        }
    }

    fn fraction(self, first: Piece) -> Core {
        let follower = self.following(first.next).filter(|&(_, joined)| !joined);
        if let Some((piece, _)) = follower
            && matches!(piece.role, Role::Scale)
            && first.max == Some(first.min)
        {
            return exact(Some(first.min * piece.min), piece.next);
        }
        Core {
            min: Some(first.min),
            max: first.max,
            unit: Unit::Fraction,
            ambiguous: first.role == Role::Whole,
            ..exact(None, first.next)
        }
    }
}

fn exact(value: Option<f64>, next: usize) -> Core {
    Core {
        min: value,
        max: value,
        unit: Unit::Plain,
        ambiguous: false,
        digits: false,
        scale: 1.0,
        next,
    }
}

impl Sum {
    fn begin(first: Piece) -> Self {
        let scale = match first.role {
            Role::Scale | Role::ScaleAccusative => Some(first.min),
            Role::ScaleDual => Some(first.min / 2.0),
            _ => None,
        };
        let mut sum = Self {
            total: 0.0,
            group: 0.0,
            digits: None,
            last: Role::Scale,
            limit: f64::INFINITY,
            scale: 1.0,
            closed: first.next,
            next: first.next,
        };
        match scale {
            Some(scale) => sum.close(first.min, scale),
            None => sum.open(first),
        }
        sum
    }

    /// Adds a piece if it can stand there.
    fn add(&mut self, piece: Piece, joined: bool) -> bool {
        use Role::{Fraction, Hundred, Hundreds, One, Scale, ScaleAccusative, ScaleDual};
        use Role::{ScalePlural, Ten, Tens, Unit};
        let value = piece.min;
        let words = self.digits.is_none() && !piece.digits;
        let below_ten = words && (1.0..10.0).contains(&(self.group % 100.0));
        match (self.last, piece.role, joined) {
            (_, Scale | ScaleAccusative | ScalePlural, false)
                if value < self.limit && self.group > 0.0 =>
            {
                self.close(self.digits.unwrap_or(self.group) * value, value);
            }
            (Scale, Scale | ScaleAccusative, true) if value < self.limit => {
                self.close(value, value);
            }
            (Scale, ScaleDual, true) if value < self.limit => self.close(value, value / 2.0),
            (Scale, Fraction, true) if piece.max == Some(value) => {
                self.total += value * self.limit;
                self.last = Fraction;
            }
            // "Two million and half a million", with the scale said again.
            (Fraction, Scale, false) if value == self.limit => {}
            (Unit, Ten, false) | (Unit, Tens, true) if below_ten => {
                self.group += value;
                self.last = piece.role;
            }
            (Unit, Hundred, false) if words && (3.0..10.0).contains(&self.group) => {
                self.group *= value;
                self.last = Hundred;
            }
            (Hundred | Hundreds, One | Unit | Ten | Tens, true) if words => {
                self.group += value;
                self.last = if piece.role == One { Unit } else { piece.role };
            }
            (Scale, One | Unit | Ten | Tens | Hundred | Hundreds, true) if value < self.limit => {
                self.open(piece);
            }
            _ => return false,
        }
        self.next = piece.next;
        if self.last == Role::Scale {
            self.closed = piece.next;
        }
        true
    }

    /// Begins a group below the last scale.
    fn open(&mut self, piece: Piece) {
        self.group = piece.min;
        self.digits = piece.digits.then_some(piece.scaled);
        self.last = if piece.role == Role::One { Role::Unit } else { piece.role };
        self.scale = 1.0;
    }

    /// Gives a group back that belongs to the next number: "200 thousand and 5 thousand".
    fn reopen(&mut self, piece: Piece, joined: bool) {
        let scale = matches!(piece.role, Role::Scale | Role::ScaleAccusative | Role::ScalePlural);
        if scale
            && !joined
            && self.limit.is_finite()
            && !matches!(self.last, Role::Scale | Role::Fraction)
        {
            self.group = 0.0;
            self.scale = self.limit;
            self.next = self.closed;
        }
    }

    /// Ends a group with its scale.
    fn close(&mut self, value: f64, scale: f64) {
        self.total += value;
        (self.group, self.digits) = (0.0, None);
        (self.limit, self.scale, self.last) = (scale, scale, Role::Scale);
    }
}
