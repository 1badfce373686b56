//! `cargo xtask dist`: the binary that is published, with its manual pages and completions.

use crate::process::{build_cli, output, root, run as run_command};
use std::fs;
use std::process::Command;

const SHELLS: [&str; 5] = ["bash", "elvish", "fish", "powershell", "zsh"];

/// Builds with the `dist` profile and gathers everything below `target/package`.
pub(crate) fn run() -> anyhow::Result<()> {
    let program = build_cli("dist")?;
    let version = env!("CARGO_PKG_VERSION");
    let name = format!("sijill-{version}-{}-{}", std::env::consts::ARCH, std::env::consts::OS);
    let package = program.with_file_name("").join("../package").join(name);
    fs::create_dir_all(package.join("completions"))?;
    fs::create_dir_all(package.join("man"))?;
    let package = package.canonicalize()?;
    let size = fs::copy(&program, package.join(program.file_name().unwrap_or_default()))?;
    for file in ["README.md", "CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE", "NOTICE"] {
        fs::copy(root().join(file), package.join(file))?;
    }
    for shell in SHELLS {
        let script = output(Command::new(&program).args(["completions", shell]))?;
        fs::write(package.join("completions").join(format!("sijill.{shell}")), script)?;
    }
    run_command(Command::new(&program).args(["man", "--directory"]).arg(package.join("man")))?;
    println!("{}: the program has {:.1} MB", package.display(), size as f64 / 1e6);
    Ok(())
}
