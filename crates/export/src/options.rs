//! What whoever exports may choose.

use std::fmt;
use std::str::FromStr;

/// How figures that disagree become the numbers of a format; each rule has a version.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Figures {
    /// The smallest number that a claim allows.
    #[default]
    Conservative,
    /// The number that most independent origins give; the smaller one if they are even.
    IndependentMajority,
    /// The smallest and the largest, and the middle of what is claimed between them.
    Range,
}

impl Figures {
    /// Every rule there is.
    pub const ALL: [Self; 3] = [Self::Conservative, Self::IndependentMajority, Self::Range];

    /// Returns the name of the rule.
    pub fn name(self) -> &'static str {
        match self {
            Self::Conservative => "conservative",
            Self::IndependentMajority => "independent-majority",
            Self::Range => "range",
        }
    }
}

impl fmt::Display for Figures {
    /// Writes name and version; the version changes whenever a rule gives another number.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/1", self.name())
    }
}

impl FromStr for Figures {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|rule| rule.name() == name);
        found.ok_or_else(|| "write conservative, independent-majority or range".to_owned())
    }
}

/// For whom an export is made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Profile {
    /// For everybody: private persons and protected places are withheld.
    #[default]
    Publishing,
    /// For those who work on the case, and why.
    Internal {
        /// The reason that was given.
        reason: String,
    },
}

impl Profile {
    /// Returns the name of the profile.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Publishing => "publishing",
            Self::Internal { .. } => "internal",
        }
    }
}

/// What an export says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// How figures that disagree become one.
    pub figures: Figures,
    /// For whom it is made.
    pub profile: Profile,
    /// The program, with its version.
    pub program: String,
    /// The digest of the tables.
    pub knowledge: String,
}

impl Options {
    /// Says in a few words how the numbers came about, for a column of a fixed format.
    pub(crate) fn remark(&self) -> String {
        let Self { figures, profile, program, .. } = self;
        format!("{program}; figures={figures}; profile={}", profile.name())
    }
}
