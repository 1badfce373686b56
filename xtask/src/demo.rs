//! stub
#[derive(Debug, clap::Args)]
pub(crate) struct Demo {}
pub(crate) fn run(_: &Demo) -> anyhow::Result<()> { Ok(()) }
