//! Numbers with bounds.

/// A whole number with bounds; an open side is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Count {
    min: Option<u64>,
    max: Option<u64>,
    /// The words say "about".
    pub approximate: bool,
}

impl Count {
    /// Makes a count of exactly `n`.
    pub fn exactly(n: u64) -> Self {
        Self { min: Some(n), max: Some(n), approximate: false }
    }

    /// Makes a count between bounds; `None` if both are open or they run backwards.
    pub fn between(min: Option<u64>, max: Option<u64>, approximate: bool) -> Option<Self> {
        match (min, max) {
            (None, None) => None,
            (Some(min), Some(max)) if max < min => None,
            _ => Some(Self { min, max, approximate }),
        }
    }

    /// Returns the lower bound.
    pub fn min(self) -> Option<u64> {
        self.min
    }

    /// Returns the upper bound.
    pub fn max(self) -> Option<u64> {
        self.max
    }
}

/// A part of one, with bounds between 0 and 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    min: f64,
    max: f64,
    /// The words say "about".
    pub approximate: bool,
}

impl Share {
    /// Makes a share between bounds; `None` if they leave 0..=1 or run backwards.
    pub fn between(min: f64, max: f64, approximate: bool) -> Option<Self> {
        (0.0 <= min && min <= max && max <= 1.0).then_some(Self { min, max, approximate })
    }

    /// Returns the lower bound.
    pub fn min(self) -> f64 {
        self.min
    }

    /// Returns the upper bound.
    pub fn max(self) -> f64 {
        self.max
    }
}
