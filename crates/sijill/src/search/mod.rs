//! Searching: under which words a report is found, and what a question asks for.

mod error;
mod names;
mod parse;
mod question;
mod stem;
mod terms;

pub use error::{QueryError, QueryFault};
pub use question::{Question, SYNTAX, excerpt};
pub(crate) use stem::stem;
pub use terms::{Indexer, Terms};
