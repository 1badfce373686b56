//! What can be typed about a case.

use super::findings;
use super::query::{self, Claims, Corroborate, Judge, Judgements, Search, Sources, Timeline};
use super::user::{self, UserCommand};
use super::{Knowledge, Publication, confidence};
use clap::{Args as Group, Subcommand};
use std::num::NonZeroUsize;
use std::path::PathBuf;

const CASE_EXAMPLES: &str = "\
Examples:
  sijill case new raqqa.sijill --reason 'Reports on the siege'
  sijill ingest raqqa.sijill reports/ posts.jsonl
  sijill case show raqqa.sijill";

const NEW_EXAMPLES: &str = "\
Example:
  sijill case new raqqa.sijill --reason 'Reports on the siege'";

const SHOW_EXAMPLES: &str = "\
Example:
  sijill case show raqqa.sijill";

const LOG_EXAMPLES: &str = "\
Examples:
  sijill case log raqqa.sijill > log.jsonl
  sijill case log raqqa.sijill | jq -r 'select(.action == \"create\").at'";

const INGEST_EXAMPLES: &str = "\
Inputs are those of 'sijill extract', see there.

Each item becomes new, revised (known bytes with another day, outlet or address), duplicate (known
bytes, from another place) or failed; what was there before, from the same place, is passed over.
So the same command may be given again: after an interruption it goes on.

Examples:
  sijill ingest raqqa.sijill reports/
  sijill ingest raqqa.sijill post.txt --published 2017-10-18 --outlet rbss
  xz -dc corpus.jsonl.xz | sijill ingest raqqa.sijill -

Exit codes: 0 all is kept, 1 some inputs failed (the rest is kept), 2 wrong usage, tables or case.";

const VERIFY_EXAMPLES: &str = "\
Computes every hash again: of the originals, the texts, the readings and the log.

Examples:
  sijill verify raqqa.sijill
  sijill verify raqqa.sijill --head 9c1185a5…   the log must hold the entry that was noted

Exit codes: 0 all is as it was written, 1 something was changed, 2 wrong usage or no case.";

const SERVE_EXAMPLES: &str = "\
The interface and the API answer on this machine only, unless --listen says otherwise: then the case
must have users ('sijill user add'), and something in front of it must encrypt (--behind-tls).

Examples:
  sijill serve raqqa.sijill
  sijill serve raqqa.sijill --port 0    any port that is free
  sijill serve raqqa.sijill --listen 10.0.0.5 --name sijill.example.org --behind-tls

Exit codes: 0 it was ended (Ctrl-C), 2 wrong usage, no case, or the port is taken.";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make a case, or show what one holds
    #[command(subcommand, after_help = CASE_EXAMPLES)]
    Case(CaseCommand),
    /// Put reports into a case and read them
    #[command(after_help = INGEST_EXAMPLES)]
    Ingest(Ingest),
    /// Find the reports of a case by words, names and what they claim
    #[command(after_help = format!("The language of questions:\n{}\n\n{}", sijill::search::SYNTAX, query::SEARCH_EXAMPLES))]
    Search(Search),
    /// Write the claims of a case
    #[command(after_help = query::CLAIMS_EXAMPLES)]
    Claims(Claims),
    /// List who says what a case holds
    #[command(after_help = query::SOURCES_EXAMPLES)]
    Sources(Sources),
    /// Count the claims of a case by the time they tell of
    #[command(after_help = query::TIMELINE_EXAMPLES)]
    Timeline(Timeline),
    /// Lay the claims of a case side by side, and keep what is found
    #[command(after_help = query::CORROBORATE_EXAMPLES)]
    Corroborate(Corroborate),
    /// Show one happening: every figure, its origin and its way side by side
    #[command(after_help = findings::INCIDENT_EXAMPLES)]
    Incident(findings::Incident),
    /// Write which claims of a case cannot both be true, and which replace one another
    #[command(after_help = findings::CONTRADICTIONS_EXAMPLES)]
    Contradictions(findings::Contradictions),
    /// Write who holds which place by the reports of a case, and since when
    #[command(after_help = findings::CONTROL_EXAMPLES)]
    Control(findings::Control),
    /// Decide which claims are about one happening, or take that back
    #[command(after_help = query::JUDGE_EXAMPLES)]
    Judge(Judge),
    /// List what people decided on the claims of a case
    #[command(after_help = query::JUDGEMENTS_EXAMPLES)]
    Judgements(Judgements),
    /// Check that nothing in a case was changed
    #[command(after_help = VERIFY_EXAMPLES)]
    Verify(Verify),
    /// Open a case in the browser: the interface and the HTTP API
    #[command(after_help = SERVE_EXAMPLES)]
    Serve(Serve),
    /// Say who may use a case that is served to others
    #[command(subcommand, after_help = user::EXAMPLES)]
    User(UserCommand),
}

#[derive(Debug, Subcommand)]
pub(crate) enum CaseCommand {
    /// Make a case: one file, in which nothing is ever overwritten
    #[command(after_help = NEW_EXAMPLES)]
    New {
        /// The file to make; nothing may be there
        #[arg(value_name = "FILE")]
        case: PathBuf,
        /// What it is for
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
        #[command(flatten)]
        who: Who,
    },
    /// Show how much of what a case holds
    #[command(after_help = SHOW_EXAMPLES)]
    Show {
        /// The case
        #[arg(value_name = "CASE")]
        case: PathBuf,
    },
    /// Write the log of a case, one JSON object a line
    #[command(after_help = LOG_EXAMPLES)]
    Log {
        /// The case
        #[arg(value_name = "CASE")]
        case: PathBuf,
    },
}

/// Who writes into a case, and how patiently.
#[derive(Clone, Debug, Group)]
pub(crate) struct Who {
    /// Who does it, for the log [default: the name of the user]
    #[arg(long, value_name = "NAME")]
    pub(crate) by: Option<String>,
    /// Wait so long while another process writes
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    pub(crate) wait: u64,
}

#[derive(Debug, Group)]
pub(crate) struct Ingest {
    /// The case
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,
    /// Files, directories, or - for standard input
    #[arg(required = true, value_name = "FILE|DIR|-")]
    pub(crate) inputs: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) publication: Publication,
    #[command(flatten)]
    pub(crate) knowledge: Knowledge,
    /// How many threads read [default: all cores]
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<NonZeroUsize>,
    /// Leave out claims below this confidence, 0 to 1
    #[arg(long, value_name = "X", default_value_t = sijill::DEFAULT_CONFIDENCE, value_parser = confidence)]
    pub(crate) min_confidence: f64,
    /// Write to the file after every so many items [default: 4000, or 24 MB]
    #[arg(long, value_name = "N")]
    pub(crate) batch: Option<NonZeroUsize>,
    #[command(flatten)]
    pub(crate) who: Who,
    /// Neither progress nor summary
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

#[derive(Debug, Group)]
pub(crate) struct Verify {
    /// The case
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,
    /// The hash of an entry that was noted elsewhere; the log must hold it
    #[arg(long, value_name = "HASH")]
    pub(crate) head: Option<String>,
}

#[derive(Debug, Group)]
pub(crate) struct Serve {
    /// The case
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,
    /// The port to answer on; 0 takes any that is free
    #[arg(long, value_name = "PORT", default_value_t = 8080)]
    pub(crate) port: u16,
    /// The address to answer on
    #[arg(long, value_name = "IP", default_value = "127.0.0.1")]
    pub(crate) listen: std::net::IpAddr,
    /// A name that it is reached by from elsewhere; may be given again
    #[arg(long, value_name = "HOST")]
    pub(crate) name: Vec<String>,
    /// What comes in was encrypted, and a proxy took that off
    #[arg(long)]
    pub(crate) behind_tls: bool,
    /// Who reviews, for the log [default: the name of the user]
    #[arg(long, value_name = "NAME")]
    pub(crate) by: Option<String>,
    #[command(flatten)]
    pub(crate) knowledge: Knowledge,
}
