//! Searching: under which words a report is found.

mod stem;
mod terms;

pub(crate) use stem::stem;
pub use terms::{Indexer, Terms};
