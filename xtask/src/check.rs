//! stub
#[derive(Debug, clap::Args)]
pub(crate) struct Check {}
pub(crate) fn run(_: &Check) -> anyhow::Result<()> { Ok(()) }
pub(crate) fn test() -> anyhow::Result<()> { Ok(()) }
