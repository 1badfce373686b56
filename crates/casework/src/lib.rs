//! Reports into a case, and its claims laid side by side: what the program and the server both do.
//!
//! [`ingest`] reads inputs on many threads and hands what came of them to the one that writes;
//! [`sketches`] and [`findings`] stand before and behind [`sijill::corroborate`]; [`publish`] finds
//! what must not be shown to everybody, [`reviewed`] puts right what people found. The crate knows
//! no terminal and no network: a caller watches a run and tells of it.

mod corroborate;
mod ingest;
pub mod ordered;
pub mod publish;
mod reviewed;

pub use corroborate::{findings, sketches};
pub use ingest::{Became, Complaint, Job, Step, ingest};
pub use reviewed::{Found, reviewed};
