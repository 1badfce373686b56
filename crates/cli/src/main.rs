//! The command line of Sijill: parse, dispatch, map the outcome to an exit code.

mod args;
mod case;
mod explain;
mod export;
mod extract;
mod gazetteer;
mod incidents;
mod knowledge;
mod manual;
mod place;
mod report;
mod style;

use args::{Args, Command};
use clap::Parser;
use std::io;
use std::process::ExitCode;

/// How a command ended; anything worse is an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// All is done.
    Done,
    /// Some inputs failed, the rest is done.
    SomeFailed,
}

fn main() -> ExitCode {
    let args = Args::parse();
    match run(args) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::SomeFailed) => ExitCode::from(1),
        // Whoever reads our output may stop when they have seen enough.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            report::fatal(&error);
            ExitCode::from(2)
        }
    }
}

fn run(args: Args) -> anyhow::Result<Outcome> {
    let color = args.color;
    match args.command {
        Command::Extract(args) => extract::run(&args, color),
        Command::Explain(args) => explain::run(&args, color),
        Command::Incidents(args) => incidents::run(&args, color),
        Command::Export(args) => export::run(&args, color),
        Command::Case(args) => case::run(&args, color),
        Command::Place(args) => place::run(&args, color),
        Command::Knowledge(args::KnowledgeCommand::Check { directory }) => {
            knowledge::check(directory.as_deref())
        }
        Command::Knowledge(args::KnowledgeCommand::Show { name, knowledge }) => {
            knowledge::show(&name, &knowledge, color)
        }
        Command::Completions { shell } => manual::completions(shell),
        Command::Man { directory } => manual::man(directory.as_deref()),
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let broken = |cause: &io::Error| cause.kind() == io::ErrorKind::BrokenPipe;
    error.chain().any(|cause| cause.downcast_ref::<io::Error>().is_some_and(broken))
}
