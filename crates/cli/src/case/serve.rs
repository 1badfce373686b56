//! `sijill serve`: a case in the browser, on this machine only.

use super::{open, told, user};
use crate::args::case::Serve;
use crate::{Outcome, knowledge};
use anyhow::{Context as _, bail};
use sijill_server::{State, has_interface, serve};
use std::io::{self, Write as _};
use std::net::IpAddr;
use tokio::net::TcpListener;

/// Runs the command.
pub(crate) fn run(args: &Serve) -> anyhow::Result<Outcome> {
    // It is needed until the program ends.
    let knowledge = Box::leak(Box::new(knowledge::load(&args.knowledge)?));
    let state = State::open(&args.case, knowledge).map_err(|error| told(&args.case, &error))?;
    let state = state.operated_by(&user(args.by.as_deref()));
    // A proxy on this machine hands in what comes from elsewhere.
    let is_local = args.listen.is_loopback() && args.name.is_empty() && !args.behind_tls;
    let state = if is_local {
        state
    } else {
        refuse_without_users(args)?;
        state.reached_by(args.name.clone(), args.behind_tls)
    };
    let runtime = tokio::runtime::Runtime::new().context("cannot start")?;
    runtime.block_on(answer((args.listen, args.port), state))?;
    Ok(Outcome::Done)
}

/// Whoever is not on this machine has to be known.
fn refuse_without_users(args: &Serve) -> anyhow::Result<()> {
    let users = open(&args.case)?.users().map_err(|error| told(&args.case, &error))?;
    if users.users.is_empty() {
        bail!(
            "{}: a case without users is served to this machine only\n  hint: let somebody in with: \
             sijill user add {} NAME --role admin",
            args.case.display(),
            args.case.display()
        );
    }
    Ok(())
}

async fn answer(at: (IpAddr, u16), state: State) -> anyhow::Result<()> {
    let listener = TcpListener::bind(at).await.with_context(|| {
        let (listen, port) = at;
        format!("port {port} of {listen} cannot be used\n  hint: give another one with --port, or 0 for any")
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
