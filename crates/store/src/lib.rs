//! The case: one SQLite file that keeps what was received, what was read in it and what was done.
//!
//! [`Case`] opens it, [`Ingest`] fills it in batches, [`Case::verify`] checks that nothing in it
//! was changed since. [`Case::documents`], [`Case::claims`] with a [`Filter`], [`Case::sources`] and
//! [`Case::timeline`] read it, [`Case::search`] finds documents. Each write shares a transaction with its entry in the audit log.
//!
//! The crate knows no reader and no engine: a caller hands in what was received ([`Received`]) with
//! what was read in it. So a change to the reading leaves the store as it is.

mod acts;
mod audit;
mod browse;
mod case;
mod claims;
mod documents;
mod error;
mod export;
mod fault;
mod findings;
mod ingest;
mod item;
mod leb128;
mod mentions;
mod names;
mod packed;
mod query;
mod reading;
mod received;
mod search;
mod users;
mod verify;

pub use acts::{Act, Acts, Decision, Standing, Undone, Verdict};
pub use audit::Who;
pub use browse::{Counted, Item, LogEntry, Overview, Report, ReportFilter, Told, Voice};
pub use case::{Access, Case, Summary};
pub use documents::Kept;
pub use error::Error;
pub use findings::{Finding, Freshness};
pub use ingest::{Added, Ingest, Lookup, Totals};
pub use item::State;
pub use packed::{Packed, Packer};
pub use query::{Filter, NameSort, Named, Period, Source, Step};
pub use reading::{Found, Reading, Version};
pub use received::{Derived, Provenance, Received};
pub use search::{Facet, Hit, Hits, Order, Wanted};
pub use users::{Role, Token, User, Users};
pub use verify::{Fault, Verification};
