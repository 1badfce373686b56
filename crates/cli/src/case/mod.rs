//! The commands on a case.

mod corroborate;
mod findings;
mod incident;
mod ingest;
mod judge;
mod query;
mod search;
mod serve;
mod users;
mod verify;

use crate::Outcome;
use crate::args::Color;
use crate::args::case::{CaseCommand, Command, Who as WhoArgs};
use crate::style::{FAINT, Paint};
use sijill_store::{Access, Case, Error, Summary, Who};
use std::env;
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

pub(crate) use findings::{Records, incidents};

/// What the case is told of the program that writes.
pub(crate) const PROGRAM: &str = concat!("sijill ", env!("CARGO_PKG_VERSION"));

/// Runs the command.
pub(crate) fn run(command: &Command, color: Color) -> anyhow::Result<Outcome> {
    match command {
        Command::Case(CaseCommand::New { case, reason, who: args }) => {
            Case::create(case, &who(args), reason.as_deref()).map_err(|e| told(case, &e))?;
            Ok(Outcome::Done)
        }
        Command::Case(CaseCommand::Show { case }) => show(case, color),
        Command::Case(CaseCommand::Log { case }) => log(case),
        Command::Ingest(args) => ingest::run(args, color),
        Command::Search(args) => search::run(args, color),
        Command::Claims(args) => query::claims(args, color),
        Command::Sources(args) => query::sources(args, color),
        Command::Timeline(args) => query::timeline(args, color),
        Command::Corroborate(args) => corroborate::run(args),
        Command::Incident(args) => incident::run(args, color),
        Command::Contradictions(args) => findings::contradictions(args, color),
        Command::Control(args) => findings::control(args, color),
        Command::Judge(args) => judge::run(args),
        Command::Judgements(args) => judge::list(args, color),
        Command::Verify(args) => verify::run(args, color),
        Command::Serve(args) => serve::run(args),
        Command::User(command) => users::run(command),
    }
}

/// Names who acts.
pub(crate) fn who(args: &WhoArgs) -> Who {
    Who { user: user(args.by.as_deref()), program: PROGRAM.to_owned() }
}

/// Returns the name that was given, or that of the user.
fn user(given: Option<&str>) -> String {
    let named = || ["USER", "LOGNAME", "USERNAME"].iter().find_map(|name| env::var(name).ok());
    let user = given.map(str::to_owned).or_else(named).filter(|user| !user.is_empty());
    user.unwrap_or_else(|| "unknown".to_owned())
}

/// Opens a case to read it.
fn open(path: &Path) -> anyhow::Result<Case> {
    open_case(path, Access::Read)
}

/// Opens a case.
pub(crate) fn open_case(path: &Path, access: Access) -> anyhow::Result<Case> {
    Case::open(path, access).map_err(|error| told(path, &error))
}

/// Opens a case to write into it.
pub(crate) fn open_to_write(path: &Path, args: &WhoArgs) -> anyhow::Result<Case> {
    let access = Access::Write { wait: Duration::from_secs(args.wait) };
    open_case(path, access)
}

/// Says which case an error is about, and what may be done.
pub(crate) fn told(path: &Path, error: &Error) -> anyhow::Error {
    let hint = error.hint().map(|hint| format!("\n  hint: {hint}")).unwrap_or_default();
    anyhow::Error::msg(format!("{}: {error}{hint}", path.display()))
}

fn show(path: &Path, color: Color) -> anyhow::Result<Outcome> {
    let summary = open(path)?.summary().map_err(|error| told(path, &error))?;
    let mut out = io::stdout().lock();
    let paint = Paint::new(color, &out);
    let Summary { states, documents, claims, bytes_received, entries, head } = summary;
    let mut line = |label: &str, value: String| {
        writeln!(out, "{} {value}", paint.paint(FAINT, format!("{label:12}")))
    };
    let items: u64 = states.iter().map(|(_, count)| count).sum();
    let states: Vec<String> =
        states.iter().map(|(state, count)| format!("{count} {state}")).collect();
    line("items", format!("{items}: {}", states.join(", ")))?;
    line("documents", documents.to_string())?;
    line("claims", claims.to_string())?;
    line("originals", format!("{bytes_received} bytes"))?;
    line("log", format!("{entries} entries, the last is {head}"))?;
    Ok(Outcome::Done)
}

fn log(path: &Path) -> anyhow::Result<Outcome> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut written = Ok(());
    let each = |entry: &str| {
        written = writeln!(out, "{entry}");
        written.is_ok()
    };
    open(path)?.log(each).map_err(|error| told(path, &error))?;
    written?;
    out.flush()?;
    Ok(Outcome::Done)
}
