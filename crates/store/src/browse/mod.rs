//! Reading a case page by page, as lists on a screen ask for it.

mod overview;
mod places;
mod records;
mod reports;

use rusqlite::types::Value;

pub use overview::{Counted, Overview, Voice};
pub use places::Told;
pub use records::{Item, LogEntry};
pub use reports::{Report, ReportFilter};

/// Conditions, each behind an `AND`, and what they are compared with.
#[derive(Debug, Default)]
struct Conditions {
    sql: String,
    values: Vec<Value>,
}

impl Conditions {
    /// Adds a condition that ends in a comparison.
    fn add(&mut self, condition: &str, value: impl Into<Value>) {
        self.values.push(value.into());
        self.sql.push_str(&format!(" AND {condition} ?{}", self.values.len()));
    }
}
