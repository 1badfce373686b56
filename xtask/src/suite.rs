//! `cargo xtask suite`: the literate cases and the examples of the frames.

use crate::process::{cargo, run as run_command};

/// What can be typed after `suite`.
#[derive(Debug, clap::Args)]
pub(crate) struct Suite {
    /// Rewrite expectations that fail to what was read; judge the difference before you keep it
    #[arg(long)]
    update: bool,
    /// Only cases whose file, line or heading contains this, such as `toll` or `killed.toml`
    filter: Option<String>,
}

/// Runs the command.
pub(crate) fn run(args: &Suite) -> anyhow::Result<()> {
    let mut command =
        cargo(&["test", "--quiet", "--package", "sijill", "--test", "suite", "--no-fail-fast"]);
    command.args(["--", "--nocapture"]).env("RUST_BACKTRACE", "0");
    if let Some(filter) = &args.filter {
        command.env("SIJILL_SUITE_FILTER", filter);
    }
    if args.update {
        command.env("SIJILL_SUITE_UPDATE", "1");
    }
    run_command(&mut command)
}
