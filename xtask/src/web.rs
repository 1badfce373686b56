//! The interface: built into `web/dist`, from where the program takes it, and tested in a browser.

use crate::process::{build_cli, output, root, run, target};
use anyhow::{Context as _, bail};
use serde_json::json;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// What the build needs.
const NODE: u32 = 20;

/// Where Debian and others put the browser.
const BROWSERS: [&str; 2] = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];

/// Builds the interface.
pub(crate) fn build() -> anyhow::Result<()> {
    let found = output(Command::new("node").arg("--version"));
    let version = found.ok().and_then(|said| {
        said.trim().trim_start_matches('v').split('.').next()?.parse::<u32>().ok()
    });
    match version {
        Some(version) if version >= NODE => {}
        Some(version) => bail!("the interface needs Node {NODE} or later, and this is {version}"),
        None => bail!("the interface needs Node {NODE} or later: install nodejs and npm"),
    }
    packages()?;
    run(Command::new("node").arg("build.mjs").current_dir(folder()))
}

/// Installs the packages of the lock file, if it changed.
fn packages() -> anyhow::Result<()> {
    let (wanted, mark) =
        (folder().join("package-lock.json"), folder().join("node_modules/.sijill"));
    let wanted = fs::read_to_string(&wanted).with_context(|| format!("{}", wanted.display()))?;
    if fs::read_to_string(&mark).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    let install = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
    run(Command::new("npm").args(install).current_dir(folder()))?;
    Ok(fs::write(mark, wanted)?)
}

/// Installs the browser if there is none.
pub(crate) fn install() -> anyhow::Result<()> {
    if std::env::var_os("CHROMIUM").is_some()
        || BROWSERS.iter().any(|path| Path::new(path).exists())
    {
        return Ok(());
    }
    let mut apt = Command::new("apt-get");
    run(apt.args(["install", "--yes", "--quiet", "chromium-headless-shell"]))
        .context("no Chromium: install it, or set CHROMIUM to where it is")
}

/// Checks the types, builds, and opens every screen over a case of the samples.
pub(crate) fn check() -> anyhow::Result<String> {
    build()?;
    let types = folder().join("node_modules/.bin/tsc");
    run(Command::new(types).arg("--noEmit").current_dir(folder()))?;
    let program = build_cli("dev")?;
    let mut served = serve(&program, &samples(&program)?, "0")?;
    let mut hostile = serve(&program, &hostile(&program)?, "0")?;
    let mut tests = Command::new("node");
    let mut guarded = serve(&program, &guarded(&program)?, "0")?;
    tests.arg("tests/check.mjs").args([&served.address, &hostile.address, &guarded.address]);
    let said = output(tests.current_dir(folder()));
    for served in [&mut served, &mut hostile, &mut guarded] {
        served.end();
    }
    Ok(said?.lines().last().unwrap_or_default().to_owned())
}

/// Makes a case of the samples, and of a file that is no report.
pub(crate) fn samples(program: &Path) -> anyhow::Result<PathBuf> {
    let case = new_case(program, "samples")?;
    let broken = case.with_file_name("broken.txt");
    fs::write(&broken, [0, 159, 146, 150].repeat(40))?;
    ingest(program, &case, "samples".as_ref())?;
    ingest(program, &case, &broken)?;
    Ok(case)
}

/// Makes a case of reports that try to be more than text, and of one in two directions.
fn hostile(program: &Path) -> anyhow::Result<PathBuf> {
    let case = new_case(program, "hostile")?;
    let attack = "<img src=x onerror=\"window.hit=1\"><script>window.hit=1</script>";
    let url = "javascript:window.hit=1";
    let line = |id: &str| {
        let text = format!("{attack} \u{202e}SDF fighters seized Raqqa\u{202c} {attack}");
        json!({"id": id, "title": attack, "text": text, "outlet": attack, "url": url}).to_string()
    };
    let lines = [line(attack), line("../../etc/passwd"), line("a?b#c&d=%2e%2e/\u{202e}txt")];
    let reports = case.with_file_name("hostile.jsonl");
    fs::write(&reports, lines.join("\n"))?;
    ingest(program, &case, &reports)?;
    ingest(program, &case, "web/tests/bidi.txt".as_ref())?;
    let named = case.with_file_name("<img src=x onerror=window.hit=1>.txt");
    fs::write(&named, [0, 159, 146, 150].repeat(40))?;
    ingest(program, &case, &named)?;
    Ok(case)
}

/// The password of all users of the case that has some; `web/tests` types it.
const PASSWORD: &str = "correct horse battery\n";

/// Makes a case of the samples with a user of each role.
pub(crate) fn guarded(program: &Path) -> anyhow::Result<PathBuf> {
    let case = new_case(program, "guarded")?;
    ingest(program, &case, "samples".as_ref())?;
    for role in ["viewer", "reviewer", "editor", "admin"] {
        let mut add = Command::new(program);
        add.args(["user", "add"]).arg(&case).args([role, "--role", role, "--by", "demo"]);
        let mut child = add.stdin(Stdio::piped()).spawn().context("cannot start the program")?;
        let mut password = child.stdin.take().context("the program takes no input")?;
        password.write_all(PASSWORD.as_bytes())?;
        drop(password);
        if !child.wait()?.success() {
            bail!("'{role}' cannot be let in");
        }
    }
    Ok(case)
}

/// Makes a case of some files.
pub(crate) fn case_of(program: &Path, name: &str, files: &[PathBuf]) -> anyhow::Result<PathBuf> {
    let case = new_case(program, name)?;
    for file in files {
        ingest(program, &case, file)?;
    }
    Ok(case)
}

/// Returns the folder of the cases that are made to be looked at.
pub(crate) fn folder_of_cases() -> anyhow::Result<PathBuf> {
    let folder = target().join("web");
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// Makes an empty case below `target`, where there may have been another.
fn new_case(program: &Path, name: &str) -> anyhow::Result<PathBuf> {
    let case = folder_of_cases()?.join(format!("{name}.sijill"));
    for end in ["", "-wal", "-shm"] {
        let mut path = case.clone().into_os_string();
        path.push(end);
        if fs::exists(&path)? {
            fs::remove_file(&path)?;
        }
    }
    output(Command::new(program).args(["case", "new"]).arg(&case).args(["--by", "demo"]))?;
    Ok(case)
}

/// Puts reports into a case; some of them fail, as they should.
fn ingest(program: &Path, case: &Path, reports: &Path) -> anyhow::Result<()> {
    let mut ingest = Command::new(program);
    ingest.arg("ingest").arg(case).arg(reports).args(["--by", "demo", "--quiet"]);
    let output = ingest.current_dir(root()).output().context("cannot start the program")?;
    if output.status.code().is_none_or(|code| code > 1) {
        bail!("'ingest' failed: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(())
}

/// A program that answers.
pub(crate) struct Served {
    child: Child,
    pub(crate) address: String,
}

impl Served {
    /// Ends it.
    pub(crate) fn end(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Serves a case; port 0 is any free one.
pub(crate) fn serve(program: &Path, case: &Path, port: &str) -> anyhow::Result<Served> {
    let mut command = Command::new(program);
    command.arg("serve").arg(case).args(["--port", port]);
    command.stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().context("cannot start the program")?;
    let stdout = child.stdout.take().context("the program has no output")?;
    let mut address = String::new();
    BufReader::new(stdout).read_line(&mut address)?;
    if address.is_empty() {
        bail!("the program does not answer");
    }
    Ok(Served { child, address: address.trim().to_owned() })
}

fn folder() -> PathBuf {
    root().join("web")
}
