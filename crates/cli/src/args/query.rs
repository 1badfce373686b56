//! What can be asked of a case.

use super::case::Who;
use super::{Format, Knowledge, confidence};
use clap::{Args as Group, ValueEnum};
use sijill::model::{ClaimType, Date, Kind, Modality};
use std::num::NonZeroUsize;
use std::path::PathBuf;

pub(crate) const SEARCH_EXAMPLES: &str = "\
Examples:
  sijill search raqqa.sijill 'Raqqa kind:toll -modality:denied'
  sijill search raqqa.sijill 'place:Manbij (origin:sohr OR origin:sana) since:2017-01-01'
  sijill search raqqa.sijill actor:sdf --order newest --format jsonl
  sijill search raqqa.sijill date:2017-10 --facets 20 --limit 0

Exit codes: 0 all is done, 2 a question or case that cannot be used.";

pub(crate) const CLAIMS_EXAMPLES: &str = "\
Several values of one option mean any of them; different options all have to hold. A place stands
for all that lies in it. Claims that tell no time are left out by --since and --until.

Examples:
  sijill claims raqqa.sijill --place Raqqa --kind toll --since 2017-06-01
  sijill claims raqqa.sijill --actor sdf --actor isis --type control/captures --format table
  sijill claims raqqa.sijill --origin sohr --modality denied --format csv > denied.csv";

pub(crate) const SOURCES_EXAMPLES: &str = "\
A source is the last voice of a chain, or the outlet if no voice is named; 'relayed' counts the
claims that it hands on from another.

Examples:
  sijill sources raqqa.sijill
  sijill sources raqqa.sijill --kind toll --place Raqqa --format csv";

pub(crate) const TIMELINE_EXAMPLES: &str = "\
A claim is counted once, under the day, month or year that holds all of its time; what happened 'in
2016' is not counted under a day of it.

Examples:
  sijill timeline raqqa.sijill --place Raqqa
  sijill timeline raqqa.sijill --actor isis --by month --format jsonl";

pub(crate) const CORROBORATE_EXAMPLES: &str = "\
What is found is kept in the case, sealed by its log, until it is found anew; 'sijill incidents CASE'
writes it. Judgements are heeded.

Examples:
  sijill corroborate raqqa.sijill
  sijill corroborate raqqa.sijill && sijill incidents raqqa.sijill --format table";

pub(crate) const JUDGE_EXAMPLES: &str = "\
A judgement names claims (or incidents: all their claims), so that it holds however they are
clustered anew; it stands in the log, and a later one on the same claims goes before it. The next
'sijill corroborate' heeds it.

Examples:
  sijill judge raqqa.sijill inc_1a2b inc_3c4d --reason 'merge: one strike, two spellings'
  sijill judge raqqa.sijill inc_1a2b --apart-from clm_7f3k --reason 'split: a day later'
  sijill judge raqqa.sijill clm_1a2b clm_3c4d --reason 'the same strike'
  sijill judge raqqa.sijill --undo 12 --reason 'two strikes after all'";

pub(crate) const JUDGEMENTS_EXAMPLES: &str = "\
Examples:
  sijill judgements raqqa.sijill
  sijill judgements raqqa.sijill --format csv > judgements.csv";

#[derive(Debug, Group)]
pub(crate) struct Corroborate {
    /// The case
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,
    #[command(flatten)]
    pub(crate) knowledge: Knowledge,
    /// How many threads read [default: all cores]; what is found is the same with any number
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<NonZeroUsize>,
    #[command(flatten)]
    pub(crate) who: Who,
    /// No summary
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

#[derive(Debug, Group)]
pub(crate) struct Judge {
    /// The case
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,
    /// Ids of claims, or of incidents, that are about one happening
    #[arg(value_name = "ID", required_unless_present = "undo")]
    pub(crate) claims: Vec<String>,
    /// Say instead that they are not about the same happening as this one
    #[arg(long, value_name = "ID")]
    pub(crate) apart_from: Vec<String>,
    /// Take the judgement of this number back, as 'sijill judgements' writes it
    #[arg(long, value_name = "NUMBER", conflicts_with_all = ["claims", "apart_from"])]
    pub(crate) undo: Option<i64>,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: String,
    #[command(flatten)]
    pub(crate) who: Who,
}

#[derive(Debug, Group)]
pub(crate) struct Judgements {
    /// The case
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,
    /// How to write them
    #[arg(long, value_enum, default_value_t = RowFormat::Table)]
    pub(crate) format: RowFormat,
}

#[derive(Debug, Group)]
pub(crate) struct Search {
    /// The case
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,
    /// What to look for
    #[arg(value_name = "QUERY", allow_hyphen_values = true)]
    pub(crate) query: String,
    /// In which order
    #[arg(long, value_enum, default_value_t = Order::Relevance)]
    pub(crate) order: Order,
    /// How many reports to show
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(crate) limit: usize,
    /// Pass over so many first
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) offset: usize,
    /// How many values of each facet to count [default: 5 in a table, else none]
    #[arg(long, value_name = "N")]
    pub(crate) facets: Option<usize>,
    /// How to write them
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) knowledge: Knowledge,
}

/// In which order reports come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Order {
    /// Those that fit best first
    Relevance,
    /// Those published last first
    Newest,
    /// Those published first first
    Oldest,
}

/// How to write rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum RowFormat {
    /// A table for eyes
    Table,
    /// One JSON object a line
    Jsonl,
    /// Comma-separated values, with a header
    Csv,
}

#[derive(Debug, Group)]
pub(crate) struct Claims {
    #[command(flatten)]
    pub(crate) filter: Filter,
    /// How to write them
    #[arg(long, value_enum, default_value_t = RowFormat::Jsonl)]
    pub(crate) format: RowFormat,
    /// No more claims than this
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<u64>,
    /// Pass over so many first
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) offset: u64,
}

#[derive(Debug, Group)]
pub(crate) struct Sources {
    #[command(flatten)]
    pub(crate) filter: Filter,
    /// How to write them
    #[arg(long, value_enum, default_value_t = RowFormat::Table)]
    pub(crate) format: RowFormat,
}

#[derive(Debug, Group)]
pub(crate) struct Timeline {
    #[command(flatten)]
    pub(crate) filter: Filter,
    /// How finely to cut time
    #[arg(long, value_enum, default_value_t = Step::Day)]
    pub(crate) by: Step,
    /// How to write it
    #[arg(long, value_enum, default_value_t = RowFormat::Table)]
    pub(crate) format: RowFormat,
}

/// How finely to cut time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Step {
    /// By the day
    Day,
    /// By the month
    Month,
    /// By the year
    Year,
}

/// Which claims of a case are wanted.
#[derive(Debug, Group)]
pub(crate) struct Filter {
    /// The case
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,
    #[command(flatten)]
    pub(crate) wanted: Wanted,
    /// Leave out claims below this confidence, 0 to 1
    #[arg(long, value_name = "X", value_parser = confidence)]
    pub(crate) min_confidence: Option<f64>,
    #[command(flatten)]
    pub(crate) knowledge: Knowledge,
}

/// What wanted claims are about.
#[derive(Clone, Debug, Default, Group)]
pub(crate) struct Wanted {
    /// Only claims placed here or in what it contains, by id or name
    #[arg(long, value_name = "PLACE")]
    pub(crate) place: Vec<String>,
    /// Only claims whose agent or target this is, by id or name
    #[arg(long, value_name = "ACTOR")]
    pub(crate) actor: Vec<String>,
    /// Only claims of this origin: the last voice of the chain, or the outlet, by id or name; of a
    /// party also those of its offices and of who speaks for it
    #[arg(long, value_name = "SOURCE")]
    pub(crate) origin: Vec<String>,
    /// Only claims of this document, by its id
    #[arg(long, value_name = "ID")]
    pub(crate) document: Vec<String>,
    /// Only claims whose time does not end before this day
    #[arg(long, value_name = "DATE", value_parser = super::published)]
    pub(crate) since: Option<Date>,
    /// Only claims whose time does not begin after this day
    #[arg(long, value_name = "DATE", value_parser = super::published)]
    pub(crate) until: Option<Date>,
    /// Only claims of this kind, such as toll
    #[arg(long, value_name = "KIND", value_parser = kind)]
    pub(crate) kind: Vec<Kind>,
    /// Only claims of this type, such as toll/killed
    #[arg(long = "type", value_name = "KIND/TYPE")]
    pub(crate) claim_type: Vec<ClaimType>,
    /// Only claims of this modality, such as denied
    #[arg(long, value_name = "MODALITY", value_parser = modality)]
    pub(crate) modality: Vec<Modality>,
}

impl Wanted {
    /// Tells whether nothing is asked for, so that every claim is wanted.
    pub(crate) fn is_all(&self) -> bool {
        let Self { place, actor, origin, document, since, until, kind, claim_type, modality } =
            self;
        [place, actor, origin, document].iter().all(|list| list.is_empty())
            && since.is_none()
            && until.is_none()
            && kind.is_empty()
            && claim_type.is_empty()
            && modality.is_empty()
    }
}

fn kind(value: &str) -> Result<Kind, String> {
    Kind::parse(value).ok_or_else(|| one_of(Kind::ALL.iter().map(|kind| kind.as_str())))
}

fn modality(value: &str) -> Result<Modality, String> {
    let all = Modality::ALL.iter().map(|modality| modality.as_str());
    Modality::parse(value).ok_or_else(|| one_of(all))
}

fn one_of<'a>(values: impl Iterator<Item = &'a str>) -> String {
    format!("there is none of that name (there are {})", values.collect::<Vec<_>>().join(", "))
}
