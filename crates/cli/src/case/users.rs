//! `sijill user`: who may use a case that is served to others.

use super::{open, open_to_write, told, who};
use crate::Outcome;
use crate::args::user::UserCommand;
use anyhow::{Context as _, bail};
use sijill_server::{MIN_PASSWORD, is_user_name, new_token, sealed_password};
use sijill_store::{Error, Role, User};
use std::io::{self, BufRead as _, IsTerminal as _, Write as _};
use std::path::Path;

/// Runs the command.
pub(crate) fn run(command: &UserCommand) -> anyhow::Result<Outcome> {
    match command {
        UserCommand::Add { case: path, name, role, who: args } => {
            let role = Role::parse(role).with_context(|| format!("'{role}' is no role"))?;
            check(name)?;
            let fail = |error: Error| told(path, &error);
            let mut case = open_to_write(path, args)?;
            let password = password(name)?;
            let password = sealed_password(&password).context("the password cannot be sealed")?;
            case.set_user(&who(args), name, &User { role, password }).map_err(fail)?;
        }
        UserCommand::List { case: path } => list(path)?,
        UserCommand::Remove { case: path, name, who: args } => {
            let mut case = open_to_write(path, args)?;
            if !case.end_user(&who(args), name).map_err(|error| told(path, &error))? {
                bail!("there is no user '{name}'\n  hint: 'sijill user list' lists them");
            }
        }
        UserCommand::Token { case: path, name, label, who: args } => {
            let mut case = open_to_write(path, args)?;
            let (token, hash) = new_token().context("no token can be made")?;
            let added = case.add_token(&who(args), name, label, &hash);
            if !added.map_err(|error| told(path, &error))? {
                bail!("there is no user '{name}'\n  hint: let them in with 'sijill user add'");
            }
            writeln!(io::stdout().lock(), "{token}")?;
        }
    }
    Ok(Outcome::Done)
}

/// Refuses names that cannot be told apart in a log.
fn check(name: &str) -> anyhow::Result<()> {
    if !is_user_name(name) {
        bail!(
            "'{name}' is no name of a user\n  \
             hint: write up to 100 letters, digits, spaces and . - _ @"
        );
    }
    Ok(())
}

/// Asks for a password, or takes a line of what is handed in.
fn password(name: &str) -> anyhow::Result<String> {
    let password = if io::stdin().is_terminal() {
        let first = rpassword::prompt_password(format!("Password of {name}: "))?;
        if rpassword::prompt_password("Once more: ")? != first {
            bail!("the passwords differ");
        }
        first
    } else {
        let mut line = String::new();
        io::stdin().lock().read_line(&mut line).context("no password can be read")?;
        line.trim_end_matches(['\n', '\r']).to_owned()
    };
    if password.chars().count() < MIN_PASSWORD {
        bail!("the password is too short\n  hint: take {MIN_PASSWORD} letters or more");
    }
    Ok(password)
}

fn list(path: &Path) -> anyhow::Result<()> {
    let all = open(path)?.users().map_err(|error| told(path, &error))?;
    let mut out = io::stdout().lock();
    for (name, user) in &all.users {
        let tokens = all.tokens.iter().filter(|token| token.user == *name);
        let labels: Vec<&str> = tokens.map(|token| token.label.as_str()).collect();
        let labels = match labels.as_slice() {
            [] => String::new(),
            labels => format!("  tokens: {}", labels.join(", ")),
        };
        writeln!(out, "{:8}  {name}{labels}", user.role.as_str())?;
    }
    Ok(())
}
