//! What can be typed about exports.

use super::{Knowledge, Publication, case::Who, confidence};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args as Group, ValueEnum};
use sijill_export::{Figures, Format};
use std::fmt::Write as _;
use std::num::NonZeroUsize;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Inputs:
  a case, what 'sijill extract' takes, or what others hand over (--from)

Examples:
  sijill export raqqa.sijill --to csv --output claims.csv
  sijill export reports/ --to parquet --output claims.parquet
  sijill export raqqa.sijill --to csv,geojson,parquet --output out/
  sijill export raqqa.sijill --to jsonl | sijill export - --from jsonl --to geojson > map.geojson
  sijill export events.csv --from acled --to jsonl --output acled.jsonl
  sijill export raqqa.sijill --to jsonl --profile internal --reason 'hand-over to counsel'

Exit codes: 0 all is done, 1 some inputs failed (the rest is done), 2 wrong usage, tables or case.";

const PROFILES: &str = "\
Profiles:
  publishing  masks the names of private persons and of hospitals, shelters, camps and homes, and
              takes their coordinates out; a mask is as long as what it hides, so offsets stay
  internal    everything; needs --reason, which goes into the file and into the log of the case";

/// Says what is dropped by which format.
pub(super) fn help() -> String {
    let mut help = format!("{EXAMPLES}\n\n{PROFILES}\n\nWhat a format drops:\n");
    for format in Format::all() {
        let drops = format.drops();
        let drops = if drops.is_empty() { "nothing".to_owned() } else { drops.join("; ") };
        let _ = writeln!(help, "  {:16}{drops}", format.name());
    }
    help.trim_end().to_owned()
}

#[derive(Debug, Group)]
pub(crate) struct Export {
    /// A case, files, directories, or - for standard input
    #[arg(required = true, value_name = "CASE|FILE|DIR|-")]
    pub(crate) inputs: Vec<PathBuf>,
    /// The format, or several with commas between; several go into a folder
    #[arg(long, value_name = "FORMAT", required = true, value_delimiter = ',', value_parser = formats())]
    pub(crate) to: Vec<Format>,
    /// What the inputs are, if they hold claims of others and no reports
    #[arg(long, value_name = "FORMAT", value_enum)]
    pub(crate) from: Option<From>,
    /// How figures that disagree become one number; name and version of the rule are written
    #[arg(long, value_name = "RULE", default_value = "conservative", value_parser = figures())]
    pub(crate) figures: Figures,
    /// For whom it is made
    #[arg(long, default_value = "publishing", value_parser = ["publishing", "internal"])]
    pub(crate) profile: String,
    /// Why private persons are not withheld
    #[arg(long, value_name = "TEXT", required_if_eq("profile", "internal"))]
    pub(crate) reason: Option<String>,
    /// Write to this file instead of standard output; a folder if several files are made
    #[arg(long, short, value_name = "FILE|DIR")]
    pub(crate) output: Option<PathBuf>,
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
    #[command(flatten)]
    pub(crate) who: Who,
    /// Neither progress nor summary
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

/// Files that hold claims already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum From {
    /// What 'sijill export --to jsonl' wrote (told by itself, unless it is standard input)
    Jsonl,
    /// A file of ACLED: each row is a document of the outlet 'acled'
    Acled,
    /// A file of UCDP GED, also without a header: each row is a document of 'ucdp-ged'
    Ged,
    /// A folder of texts with annotations, of brat or INCEpTION
    Brat,
}

fn formats() -> impl TypedValueParser<Value = Format> {
    let values = Format::all().map(|format| PossibleValue::new(format.name()).help(format.about()));
    PossibleValuesParser::new(values)
        .map(|name| Format::parse(&name).expect("only names of formats are let through"))
}

fn figures() -> impl TypedValueParser<Value = Figures> {
    PossibleValuesParser::new(Figures::ALL.map(Figures::name))
        .map(|name| name.parse().expect("only names of rules are let through"))
}
