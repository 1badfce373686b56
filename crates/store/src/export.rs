//! Noting in the log that what a case holds was given away.

use crate::audit::{self, Deed};
use crate::{Case, Error, Who};
use rusqlite::TransactionBehavior;
use serde_json::{Value, json};

impl Case {
    /// Notes that the case was exported, in which format and profile, and why.
    pub fn note_export(
        &mut self,
        who: &Who,
        format: &str,
        profile: &str,
        reason: &str,
    ) -> Result<(), Error> {
        let write = TransactionBehavior::Immediate;
        let transaction = self.connection.transaction_with_behavior(write)?;
        let deed = Deed {
            action: "export",
            target: ("case", "case".to_owned()),
            before: Value::Null,
            after: json!({"format": format, "profile": profile}),
            reason: Some(reason),
        };
        audit::append(&transaction, who, deed)?;
        Ok(transaction.commit()?)
    }
}
