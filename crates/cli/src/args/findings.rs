//! What can be asked of that which many reports say together.

use super::query::{RowFormat, Wanted};
use super::{Knowledge, Publication, confidence};
use clap::{Args as Group, ValueEnum};
use sijill::model::Date;
use std::num::NonZeroUsize;
use std::path::PathBuf;

pub(crate) const INCIDENTS_EXAMPLES: &str = "\
Lays the claims of reports side by side: each line is one happening, with every claim about it,
every number that is told by whom, and what joined each claim to the others. Of a case it writes
what 'sijill corroborate' found; filters say which claims have to be among those of an incident.

Examples:
  sijill incidents raqqa.sijill --place Raqqa --kind toll --format table
  sijill incidents raqqa.sijill --origin sohr --since 2017-08-01 --format csv
  sijill incidents reports/ > incidents.jsonl
  sijill incidents corpus.jsonl --view copies --format table

Exit codes: 0 all is done, 1 some inputs failed (the rest is done), 2 wrong usage, tables or case.";

pub(crate) const INCIDENT_EXAMPLES: &str = "\
Shows every figure with its origin, through whom it came, and the words; what contradicts what, side
by side; what else is told, and what joined the reports.

Examples:
  sijill incident raqqa.sijill inc_4f2a
  sijill incident raqqa.sijill clm_7f3k    the incident of this claim
  sijill incident raqqa.sijill             the one with the most contradictions";

pub(crate) const CONTRADICTIONS_EXAMPLES: &str = "\
A contradiction is between two origins; if an origin replaces what it told itself, it is a revision.
Filters say which claims have to be on one of the sides.

Examples:
  sijill contradictions raqqa.sijill
  sijill contradictions raqqa.sijill --about number --place Raqqa --format csv
  sijill contradictions raqqa.sijill --only revision --origin sohr";

pub(crate) const CONTROL_EXAMPLES: &str = "\
Writes the series of each place: from which day on which origin says that who holds it, and which
share of it. With --as-of or --known-on only the last word of each origin is written.

Examples:
  sijill control raqqa.sijill --place Raqqa
  sijill control raqqa.sijill --as-of 2017-09-30
  sijill control raqqa.sijill --as-of 2017-09-30 --known-on 2017-10-05 --format csv";

#[derive(Debug, Group)]
pub(crate) struct Incidents {
    /// A case that was corroborated; or files, directories, or - for standard input
    #[arg(required = true, value_name = "CASE|FILE|DIR|-")]
    pub(crate) inputs: Vec<PathBuf>,
    /// How to write them
    #[arg(long, value_enum, default_value_t = RowFormat::Jsonl)]
    pub(crate) format: RowFormat,
    /// What to write
    #[arg(long, value_enum, default_value_t = View::Incidents)]
    pub(crate) view: View,
    #[command(flatten)]
    pub(crate) wanted: Wanted,
    #[command(flatten)]
    pub(crate) publication: Publication,
    #[command(flatten)]
    pub(crate) knowledge: Knowledge,
    /// How many threads read [default: all cores]; the output is the same with any number
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<NonZeroUsize>,
    /// Leave out claims below this confidence, 0 to 1
    #[arg(long, value_name = "X", default_value_t = sijill::DEFAULT_CONFIDENCE, value_parser = confidence)]
    pub(crate) min_confidence: f64,
    /// Neither progress nor summary
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

/// What to write of what many reports say together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum View {
    /// Happenings, with every claim about each
    Incidents,
    /// Claims that cannot both be true, and figures that their own origin revised
    Contradictions,
    /// Who told what first
    Origins,
    /// Passages that stand in more than one report
    Copies,
    /// Who holds which place, by day and origin
    Control,
    /// All pairs of reports that were compared, with what speaks for and against each
    Compared,
}

#[derive(Debug, Group)]
pub(crate) struct Incident {
    /// A case that was corroborated
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,
    /// The id of the incident or of one of its claims; its beginning is enough
    #[arg(value_name = "ID")]
    pub(crate) id: Option<String>,
    #[command(flatten)]
    pub(crate) knowledge: Knowledge,
}

#[derive(Debug, Group)]
pub(crate) struct Contradictions {
    /// A case that was corroborated
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,
    /// Only those that differ in this
    #[arg(long, value_enum, value_name = "WHAT")]
    pub(crate) about: Vec<About>,
    /// Only contradictions, or only revisions
    #[arg(long, value_enum, value_name = "RELATION")]
    pub(crate) only: Option<Relation>,
    #[command(flatten)]
    pub(crate) wanted: Wanted,
    #[command(flatten)]
    pub(crate) knowledge: Knowledge,
    /// How to write them
    #[arg(long, value_enum, default_value_t = RowFormat::Table)]
    pub(crate) format: RowFormat,
}

/// In what claims differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum About {
    /// How many, or which share
    Number,
    /// Wholly or in part
    Status,
    /// Who did it
    Actor,
    /// When
    Date,
    /// Who holds the place
    Control,
    /// Whether it happened at all
    Denial,
}

/// How two claims that differ stand to one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Relation {
    /// Two origins; both cannot be true
    Contradiction,
    /// One origin; the later one replaces the earlier one
    Revision,
}

#[derive(Debug, Group)]
pub(crate) struct Control {
    /// A case that was corroborated
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,
    /// Who held it on this day, by the last word of each origin
    #[arg(long, value_name = "DATE", value_parser = super::published)]
    pub(crate) as_of: Option<Date>,
    /// Only by what was published up to this day
    #[arg(long, value_name = "DATE", value_parser = super::published)]
    pub(crate) known_on: Option<Date>,
    #[command(flatten)]
    pub(crate) wanted: Wanted,
    #[command(flatten)]
    pub(crate) knowledge: Knowledge,
    /// How to write it
    #[arg(long, value_enum, default_value_t = RowFormat::Table)]
    pub(crate) format: RowFormat,
}
