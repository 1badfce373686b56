//! Searching: under which words a report is found.

mod stem;
mod terms;

pub use terms::{Indexer, Terms};
