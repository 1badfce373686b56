//! A case as its users meet it: `case`, `ingest`, `verify`.

mod corroborate;
mod findings;
mod ingest;
mod program;
mod query;
mod search;
mod trouble;
mod users;
