//! stub
#[derive(Debug, clap::Args)]
pub(crate) struct Bench {}
pub(crate) fn run(_: &Bench) -> anyhow::Result<()> { Ok(()) }
