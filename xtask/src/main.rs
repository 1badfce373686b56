//! All automation of the project: `cargo xtask help`.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "these commands talk to whoever typed them"
)]

mod bench;
mod calibrate;
mod check;
mod demo;
mod description;
mod dist;
mod eval;
mod gazetteer;
mod process;
mod python;
mod readers;
mod suite;
mod tidy;
mod web;

use clap::{CommandFactory, Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// All automation of the project
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build, read the samples and show who claims what, and who contradicts whom
    Demo(demo::Demo),
    /// Run everything that must hold before a change is taken; install what it needs
    Test,
    /// Run single steps of what `test` runs
    Check(check::Check),
    /// Check what no compiler checks: crate graph, vocabulary, tables, documents
    Tidy,
    /// Build the gazetteer tables of data/places from their open sources
    Knowledge {
        /// The directory that holds the sources (see data/places/README.md)
        #[arg(long, value_name = "DIR")]
        from: PathBuf,
    },
    /// Run the literate cases of tests/suite and the examples of the frames
    Suite(suite::Suite),
    /// Build the interface that 'sijill serve' shows; the next build of the program takes it in
    Web,
    /// Score what is read against what a careful reader takes from the same reports
    Eval(eval::Eval),
    /// Fit the weights of data/confidence.tsv on texts that others coded
    Calibrate(calibrate::Calibrate),
    /// Measure speed and memory of `sijill extract`
    Bench(bench::Bench),
    /// Build the binary that is published, with its manual pages and completions
    Dist,
}

fn main() -> ExitCode {
    match run(Args::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Demo(args) => demo::run(&args),
        Command::Test => check::test(),
        Command::Check(args) => check::run(&args),
        Command::Tidy => tidy::run(),
        Command::Knowledge { from } => {
            gazetteer::build(&from, &process::root().join("data/places"))
        }
        Command::Suite(args) => suite::run(&args),
        Command::Web => web::build(),
        Command::Eval(args) => eval::run(&args),
        Command::Calibrate(args) => calibrate::run(&args),
        Command::Bench(args) => bench::run(&args),
        Command::Dist => dist::run(),
    }
}

/// Lists the names of all subcommands.
fn subcommands() -> Vec<String> {
    Args::command().get_subcommands().map(|command| command.get_name().to_owned()).collect()
}
