//! The API over real HTTP on loopback.

mod api;
mod fixture;
mod guard;
mod ingest;
mod review;
