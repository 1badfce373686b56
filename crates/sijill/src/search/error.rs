//! What can be wrong with a question.

use std::fmt;

/// A question that cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryError {
    /// What is wrong.
    pub fault: QueryFault,
    /// The part of the question that it is about.
    pub near: String,
}

/// The faults a question can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum QueryFault {
    /// It only says what is not wanted.
    OnlyNot,
    /// A quotation that does not end.
    Quote,
    /// A bracket without its partner.
    Bracket,
    /// A sign of the language with nothing to go with it.
    Nothing,
    /// One letter for all words that begin with it.
    Short,
    /// A field that there is none of.
    Field,
    /// A value that its field does not have.
    Value,
    /// A name that no table holds.
    Name,
    /// A day that is none.
    Day,
}

impl QueryError {
    pub(super) fn new(fault: QueryFault, near: impl Into<String>) -> Self {
        Self { fault, near: near.into() }
    }

    /// Returns what the user may do about it.
    pub fn hint(&self) -> &'static str {
        match self.fault {
            QueryFault::OnlyNot => "add a word, a name or a field that is wanted",
            QueryFault::Quote => "end it with another \"",
            QueryFault::Bracket => "write ( and ) in pairs, or put them into quotation marks",
            QueryFault::Nothing => "put a word, a name or a field behind it",
            QueryFault::Short => "write the first two letters or more",
            QueryFault::Field => {
                "the fields are kind, type, modality, actor, place, origin, outlet, named, date, \
                 published, since and until; put other words with a colon into quotation marks"
            }
            QueryFault::Value => "'sijill search --help' lists the values",
            QueryFault::Name => "try 'sijill knowledge show NAME', or look for it as a plain word",
            QueryFault::Day => "write year, month and day, as in 2017-10-18 (or 2017-10, or 2017)",
        }
    }
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { fault, near } = self;
        match fault {
            QueryFault::OnlyNot => write!(f, "'{near}' only says what is not wanted"),
            QueryFault::Quote => write!(f, "the quotation '{near}' does not end"),
            QueryFault::Bracket => write!(f, "the bracket '{near}' stands alone"),
            QueryFault::Nothing => write!(f, "nothing follows '{near}'"),
            QueryFault::Short => write!(f, "'{near}' is the beginning of too many words"),
            QueryFault::Field => write!(f, "there is no field '{near}'"),
            QueryFault::Value => write!(f, "there is no '{near}'"),
            QueryFault::Name => write!(f, "no table knows the name '{near}'"),
            QueryFault::Day => write!(f, "'{near}' is no day, month or year"),
        }
    }
}

impl std::error::Error for QueryError {}
