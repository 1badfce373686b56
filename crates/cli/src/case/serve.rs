//! `sijill serve`: a case in the browser, on this machine only.

use super::{told, user};
use crate::args::case::Serve;
use crate::{Outcome, knowledge};
use anyhow::Context as _;
use sijill_server::{State, has_interface, serve};
use std::io::{self, Write as _};
use std::net::Ipv4Addr;
use tokio::net::TcpListener;

/// Runs the command.
pub(crate) fn run(args: &Serve) -> anyhow::Result<Outcome> {
    // It is needed until the program ends.
    let knowledge = Box::leak(Box::new(knowledge::load(&args.knowledge)?));
    let state = State::open(&args.case, knowledge).map_err(|error| told(&args.case, &error))?;
    let state = state.operated_by(&user(args.by.as_deref()));
    let runtime = tokio::runtime::Runtime::new().context("cannot start")?;
    runtime.block_on(answer(args.port, state))?;
    Ok(Outcome::Done)
}

async fn answer(port: u16, state: State) -> anyhow::Result<()> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.with_context(|| {
        format!("port {port} cannot be used\n  hint: give another one with --port, or 0 for any")
    })?;
    let address = listener.local_addr()?;
    {
        let mut out = io::stdout().lock();
        writeln!(out, "http://{address}")?;
        if !has_interface() {
            writeln!(
                out,
                "the interface was not built into this program, only the API answers: run 'cargo \
                 xtask web' (needs Node 20 or later) and build again"
            )?;
        }
        out.flush()?;
    }
    let end = async {
        // Without signals there is nothing to wait for: it answers until it is killed.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    Ok(serve(listener, state, end).await?)
}
