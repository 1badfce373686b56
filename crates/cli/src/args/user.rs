//! What can be typed about the users of a case.

use super::case::Who;
use clap::Subcommand;
use std::path::PathBuf;

pub(crate) const EXAMPLES: &str = "\
Roles, each of which may do what those before may:
  viewer    reads, with the names of private persons masked
  reviewer  reads everything, and decides on claims
  editor    puts reports in, and takes back what others decided
  admin     everything that can be done over the network

The password is asked for, or is the first line of standard input.

Examples:
  sijill user add raqqa.sijill amal --role reviewer
  sijill user token raqqa.sijill amal --label 'nightly export'
  sijill user list raqqa.sijill";

#[derive(Debug, Subcommand)]
pub(crate) enum UserCommand {
    /// Let somebody in, or give another role and password
    #[command(after_help = EXAMPLES)]
    Add {
        /// The case
        #[arg(value_name = "CASE")]
        case: PathBuf,
        /// The name to log in by
        #[arg(value_name = "NAME")]
        name: String,
        /// What the user may do
        #[arg(long, value_name = "ROLE", value_parser = ["viewer", "reviewer", "editor", "admin"])]
        role: String,
        #[command(flatten)]
        who: Who,
    },
    /// List who may come in
    List {
        /// The case
        #[arg(value_name = "CASE")]
        case: PathBuf,
    },
    /// Let somebody in no more, with all tokens
    Remove {
        /// The case
        #[arg(value_name = "CASE")]
        case: PathBuf,
        /// The name of the user
        #[arg(value_name = "NAME")]
        name: String,
        #[command(flatten)]
        who: Who,
    },
    /// Make a token that a program shows instead of a password; it is written once
    Token {
        /// The case
        #[arg(value_name = "CASE")]
        case: PathBuf,
        /// The name of the user
        #[arg(value_name = "NAME")]
        name: String,
        /// What it is for
        #[arg(long, value_name = "TEXT", default_value = "")]
        label: String,
        #[command(flatten)]
        who: Who,
    },
}
