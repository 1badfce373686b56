//! A case keeps what it is given, once, and finds out what was changed.

mod fixture;
mod keeping;
mod killed;
mod tampering;
mod trouble;
