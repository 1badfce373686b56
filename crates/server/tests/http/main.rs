//! The API over real HTTP on loopback.

mod answers;
mod api;
mod export;
mod fixture;
mod guard;
mod hostile;
mod ingest;
mod login;
mod private;
mod review;
mod roles;
mod users;
