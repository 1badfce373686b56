//! What can be typed.

pub(crate) mod case;
pub(crate) mod export;
pub(crate) mod findings;
pub(crate) mod query;
pub(crate) mod user;

use clap::{Args as Group, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use sijill::model::{Date, Document};
use std::num::NonZeroUsize;
use std::path::PathBuf;

const EXIT_CODES: &str = "\
Exit codes:
  0  all is done
  1  some inputs failed, the rest is done (or: a table has faults, a name or claim is not known,
     a case is not as it was written)
  2  wrong usage, unusable knowledge tables or case, or output that cannot be written

Nothing leaves the machine: no command opens a network connection, and only 'sijill serve' answers
one, from this machine.";

const EXAMPLES: &str = "\
Examples:
  sijill extract reports/ > claims.jsonl
  sijill extract --format table --published 2017-10-18 report.txt
  sijill explain report.txt
  sijill case new raqqa.sijill
  sijill ingest raqqa.sijill reports/
  sijill search raqqa.sijill 'Raqqa kind:toll'
  sijill knowledge show SDF";

const EXTRACT_EXAMPLES: &str = "\
Inputs:
  .txt          UTF-8, UTF-16 or windows-1256; the text is kept as it is
  .html, .htm   the main content of the page, its title, date and site
  .pdf          the text layer; pictures of pages are not read
  .jsonl, .ndjson
                one document a line: {\"id\": \"1\", \"text\": \"…\", \"title\"?: \"…\",
                \"published\"?: \"2017-10-18\", \"outlet\"?: \"…\", \"url\"?: \"…\"}
  .csv          one document a row: text, and perhaps id, title, published, outlet, url; the sheets
                of auto-archiver
  .rss, .atom   one document an item
  .eml, .mbox   one document a message
  result.json   an export of Telegram Desktop: one document a message that has words
  .warc, .warc.gz, .warc.zst, .wacz
                one document a page (text or HTML that was answered); digests are checked
  meta.tsv      beside text files, pages and .eml: file, published, outlet, url
  A directory is read recursively. A file with another extension is read if it is named itself;
  its format, like that of standard input, is told by its content.

Examples:
  sijill extract reports/ > claims.jsonl
  sijill extract --format table --published 2017-10-18 --outlet asharq-al-awsat report.txt
  sijill extract corpus.jsonl --threads 4 --output claims.jsonl --diagnostics notes.jsonl
  xz -dc corpus.jsonl.xz | sijill extract - --quiet | head

Exit codes: 0 all is done, 1 some inputs failed (the rest is done), 2 wrong usage or tables.";

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  sijill explain report.txt --published 2017-10-18
  sijill explain report.txt --claim clm_7f3k --color always | less -R
  sijill explain - < report.txt";

const CHECK_EXAMPLES: &str = "\
Examples:
  sijill knowledge check             the built-in tables
  sijill knowledge check my-tables/  your own tables, on top of the built-in ones";

const SHOW_EXAMPLES: &str = "\
Examples:
  sijill knowledge show sdf
  sijill knowledge show Raqqa --knowledge my-tables/";

const PLACE_EXAMPLES: &str = "\
Examples:
  sijill place Tabqa
  sijill place Khatuniyah --near Raqqa
  sijill place Mansoura --country YE --format jsonl
  sijill place Zamzam --gazetteer SD.txt

The places are listed with the likeliest first. A name is found in either script, also in a
spelling that sounds like it; a word for the sort of place helps (\"Tabqa town\").";

const COMPLETIONS_EXAMPLE: &str = "\
Example:
  sijill completions bash > ~/.local/share/bash-completion/completions/sijill";

const MAN_EXAMPLES: &str = "\
Examples:
  sijill man | man -l -
  sijill man --directory /usr/local/share/man/man1";

/// Reads Arabic reporting on armed conflict into sourced claims
///
/// Sijill keeps, for every statement of fact in a report, what is claimed, who claims it, through
/// whom, in which words and how firmly. It records what was published; it does not judge who is
/// right.
#[derive(Debug, Parser)]
#[command(name = "sijill", version, after_help = EXAMPLES)]
#[command(after_long_help = format!("{EXAMPLES}\n\n{EXIT_CODES}"))]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// When to use colour; NO_COLOR is respected
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub(crate) color: Color,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read reports and write what they claim
    #[command(after_help = EXTRACT_EXAMPLES)]
    Extract(Extract),
    /// Show how the claims of a report came about
    #[command(after_help = EXPLAIN_EXAMPLES)]
    Explain(Explain),
    /// Read reports and write which of their claims are about one happening
    #[command(after_help = findings::INCIDENTS_EXAMPLES)]
    Incidents(findings::Incidents),
    #[command(flatten)]
    Case(case::Command),
    /// Write claims and incidents in the formats of the field
    #[command(after_help = export::help())]
    Export(export::Export),
    /// Show the places that a name may mean, and why
    #[command(after_help = PLACE_EXAMPLES)]
    Place(Place),
    /// Check the knowledge tables, or look a name up in them
    #[command(subcommand)]
    Knowledge(KnowledgeCommand),
    /// Write the completions of a shell to standard output
    #[command(
        after_help = COMPLETIONS_EXAMPLE
    )]
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Write the manual page to standard output
    #[command(
        after_help = MAN_EXAMPLES
    )]
    Man {
        /// Write a page for every command into this directory instead
        #[arg(long, value_name = "DIR")]
        directory: Option<PathBuf>,
    },
}

#[derive(Debug, Group)]
pub(crate) struct Extract {
    /// Files, directories, or - for standard input
    #[arg(required = true, value_name = "FILE|DIR|-")]
    pub(crate) inputs: Vec<PathBuf>,
    /// How to write the claims
    #[arg(long, value_enum, default_value_t = Format::Jsonl)]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) publication: Publication,
    #[command(flatten)]
    pub(crate) knowledge: Knowledge,
    /// How many threads read [default: all cores]; the output is the same with any number
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<NonZeroUsize>,
    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Write oddities of the content (such as a weekday that does not fit its date) to this file,
    /// one JSON object a line
    #[arg(long, value_name = "FILE")]
    pub(crate) diagnostics: Option<PathBuf>,
    /// Leave out claims below this confidence, 0 to 1; 0 gives all that was read
    #[arg(long, value_name = "X", default_value_t = sijill::DEFAULT_CONFIDENCE, value_parser = confidence)]
    pub(crate) min_confidence: f64,
    /// Neither progress nor summary
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

#[derive(Debug, Group)]
pub(crate) struct Explain {
    /// A file, or - for standard input
    #[arg(value_name = "FILE|-")]
    pub(crate) input: PathBuf,
    /// Tell the story of this claim only; the beginning of its id is enough
    #[arg(long, value_name = "ID")]
    pub(crate) claim: Option<String>,
    #[command(flatten)]
    pub(crate) publication: Publication,
    #[command(flatten)]
    pub(crate) knowledge: Knowledge,
}

#[derive(Debug, Group)]
pub(crate) struct Place {
    /// The name, in Arabic or Latin letters
    pub(crate) name: String,
    /// A place that contains it or lies near it
    #[arg(long, value_name = "PLACE")]
    pub(crate) near: Option<String>,
    /// Only places of this country, by its ISO 3166 code of two letters
    #[arg(long, value_name = "CC", value_parser = country)]
    pub(crate) country: Option<String>,
    /// How many places to show; 0 shows all
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(crate) limit: usize,
    /// How to write them
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) knowledge: Knowledge,
}

#[derive(Debug, Subcommand)]
pub(crate) enum KnowledgeCommand {
    /// Validate the tables; every fault is told with its file and line
    #[command(after_help = CHECK_EXAMPLES)]
    Check {
        /// A directory of your own tables, laid over the built-in ones
        #[arg(value_name = "DIR")]
        directory: Option<PathBuf>,
    },
    /// Show what the tables know of a name, in Arabic or Latin letters, or of an id
    #[command(after_help = SHOW_EXAMPLES)]
    Show {
        /// The name or id
        name: String,
        #[command(flatten)]
        knowledge: Knowledge,
    },
}

/// Where user tables are.
#[derive(Debug, Group)]
pub(crate) struct Knowledge {
    /// Lay the .tsv and .toml tables below this directory over the built-in ones
    #[arg(long = "knowledge", value_name = "DIR")]
    pub(crate) directory: Option<PathBuf>,
    /// Add places: a dump of GeoNames (SY.txt), or a table with the columns name, lat and lon, and
    /// perhaps id, name_en, kind, parent, country and population
    #[arg(long, value_name = "FILE")]
    pub(crate) gazetteer: Option<PathBuf>,
}

/// What is known of the publication of all inputs.
#[derive(Clone, Debug, Group)]
pub(crate) struct Publication {
    /// The day of publication of all inputs; it stands above what they say themselves
    #[arg(long, value_name = "DATE", value_parser = published)]
    pub(crate) published: Option<Date>,
    /// The id or name of the outlet of all inputs; it stands above what they say themselves
    #[arg(long, value_name = "ID")]
    pub(crate) outlet: Option<String>,
}

impl Publication {
    /// Sets what was typed.
    pub(crate) fn apply(&self, document: &mut Document) {
        if self.published.is_some() {
            document.published = self.published;
        }
        if self.outlet.is_some() {
            document.outlet.clone_from(&self.outlet);
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// One JSON object a line
    Jsonl,
    /// A table for eyes
    Table,
}

fn published(value: &str) -> Result<Date, String> {
    sijill_io::read::date(value)
        .ok_or_else(|| "not a date (write year, month and day, as in 2017-10-18)".to_owned())
}

fn confidence(value: &str) -> Result<f64, String> {
    let confidence = value.parse().ok().filter(|value| (0.0..=1.0).contains(value));
    confidence.ok_or_else(|| "not a number between 0 and 1 (such as 0.6)".to_owned())
}

fn country(value: &str) -> Result<String, String> {
    let code = value.to_ascii_uppercase();
    let is_code = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase());
    is_code.then_some(code).ok_or_else(|| "not a code of two letters (such as SY)".to_owned())
}
