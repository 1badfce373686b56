//! Running other programs from the root of the repository.

use anyhow::{Context as _, bail};
use std::path::PathBuf;
use std::process::Command;

/// Returns the root of the repository.
pub(crate) fn root() -> PathBuf {
    let manifest = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().map_or(manifest.clone(), PathBuf::from)
}

/// Makes a command of the same cargo that runs us.
pub(crate) fn cargo(args: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
    command.args(args).current_dir(root());
    command
}

/// Runs a command whose output goes where ours goes.
pub(crate) fn run(command: &mut Command) -> anyhow::Result<()> {
    let shown = describe(command);
    let status = command.status().with_context(|| format!("cannot start '{shown}'"))?;
    if !status.success() {
        bail!("'{shown}' failed");
    }
    Ok(())
}

/// Runs a command and returns what it prints.
pub(crate) fn output(command: &mut Command) -> anyhow::Result<String> {
    let shown = describe(command);
    let output = command.output().with_context(|| format!("cannot start '{shown}'"))?;
    if !output.status.success() {
        // Some say on their output what went wrong.
        let said = [&output.stdout, &output.stderr].map(|said| String::from_utf8_lossy(said));
        bail!("'{shown}' failed: {}\n{}", said[0].trim(), said[1].trim());
    }
    Ok(String::from_utf8(output.stdout)?)
}

/// Builds the command line in a profile and returns where it is.
pub(crate) fn build_cli(profile: &str) -> anyhow::Result<PathBuf> {
    run(&mut cargo(&["build", "--quiet", "--profile", profile, "--package", "sijill-cli"]))?;
    let folder = if profile == "dev" { "debug" } else { profile };
    let name = format!("sijill{}", std::env::consts::EXE_SUFFIX);
    Ok(target().join(folder).join(name))
}

/// Returns the folder that cargo builds in.
pub(crate) fn target() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or("target".into(), PathBuf::from);
    root().join(target)
}

fn describe(command: &Command) -> String {
    let program = PathBuf::from(command.get_program());
    let mut words = vec![program.file_stem().unwrap_or_default().to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|arg| arg.to_string_lossy().into_owned()));
    words.join(" ")
}
