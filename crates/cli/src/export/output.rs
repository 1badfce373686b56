//! Where an export goes.

use super::Passed;
use crate::args::export::Export;
use anyhow::Context as _;
use sijill::model::Judgement;
use sijill::{Knowledge, Sketch};
use sijill_export::{Exporter, Format, Gathered, Options, Register, Report, Tally, Unit};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Every format that was asked for, and what was written so far.
pub(super) struct Output<'a> {
    formats: Vec<Written<'a>>,
    reports: u64,
    claims: u64,
    withheld: Tally,
    /// All reports, if a format asks for incidents.
    kept: Option<(Vec<Report>, Vec<Sketch>)>,
}

/// One format and where it goes.
struct Written<'a> {
    exporter: Box<dyn Exporter + 'a>,
    buffer: Vec<u8>,
    to: Target,
}

enum Target {
    Stream(Box<dyn Write>),
    Folder(PathBuf),
}

impl<'a> Output<'a> {
    pub(super) fn open(
        args: &Export,
        options: &'a Options,
        register: &'a dyn Register,
    ) -> anyhow::Result<Self> {
        let formats = args.to.iter().map(|&format| {
            Ok(Written {
                exporter: format.exporter(options, register),
                buffer: Vec::new(),
                to: target(args, format)?,
            })
        });
        let formats = formats.collect::<anyhow::Result<_>>()?;
        let kept =
            args.to.iter().any(|format| format.unit() == Unit::Incident).then(Default::default);
        Ok(Self { formats, reports: 0, claims: 0, withheld: Tally::default(), kept })
    }

    pub(super) fn begin(&mut self) -> anyhow::Result<()> {
        self.formats.iter_mut().try_for_each(|written| {
            written.exporter.begin(&mut written.buffer)?;
            written.drain()
        })
    }

    pub(super) fn report(&mut self, passed: Passed) -> anyhow::Result<()> {
        let Passed { report, tally, sketch } = passed;
        self.reports += 1;
        self.claims += report.claims.len() as u64;
        self.withheld.add(tally);
        self.formats.iter_mut().try_for_each(|written| {
            written.exporter.report(&report, &mut written.buffer)?;
            written.drain()
        })?;
        if let Some((reports, sketches)) = &mut self.kept {
            reports.push(report);
            sketches.extend(sketch);
        }
        Ok(())
    }

    /// Ends every format and says what was written and withheld.
    pub(super) fn finish(
        &mut self,
        args: &Export,
        judgements: &[Judgement],
        knowledge: &Knowledge,
    ) -> anyhow::Result<String> {
        let (reports, sketches) = self.kept.take().unwrap_or_default();
        let together = sijill::corroborate(&sketches, judgements, knowledge);
        let gathered = Gathered::new(reports, together.incidents, together.contradictions);
        for written in &mut self.formats {
            written.exporter.finish(&gathered, &mut written.buffer)?;
            written.drain()?;
            if let Target::Stream(out) = &mut written.to {
                out.flush().context("cannot write the output")?;
            }
        }
        let Self { reports, claims, withheld, .. } = self;
        let Tally { private_persons, protected_places, coordinates, addresses } = withheld;
        let names: Vec<&str> = args.to.iter().map(|format| format.name()).collect();
        let mut summary = format!("{reports} documents, {claims} claims as {}", names.join(", "));
        if args.profile == "publishing" {
            summary.push_str(&format!(
                "; withheld: {private_persons} names of private persons, {protected_places} of \
                 protected places, {coordinates} coordinates, {addresses} addresses"
            ));
        }
        Ok(summary)
    }
}

impl Written<'_> {
    /// Writes what is ready.
    fn drain(&mut self) -> anyhow::Result<()> {
        match &mut self.to {
            Target::Stream(out) => {
                out.write_all(&self.buffer).context("cannot write the output")?;
            }
            Target::Folder(folder) => {
                for (name, bytes) in self.exporter.files() {
                    let path = folder.join(name);
                    fs::write(&path, bytes).with_context(|| cannot_write(&path))?;
                }
            }
        }
        self.buffer.clear();
        Ok(())
    }
}

/// Opens the place of a format: standard output, a file, or a file or folder in a folder.
fn target(args: &Export, format: Format) -> anyhow::Result<Target> {
    let Some(output) = &args.output else {
        return Ok(Target::Stream(Box::new(BufWriter::new(io::stdout().lock()))));
    };
    let several = 1 < args.to.len();
    let path = if several { output.join(format.file_name()) } else { output.clone() };
    let folder = if format.is_folder() { Some(path.as_path()) } else { path.parent() };
    if let Some(folder) = folder.filter(|_| several || format.is_folder()) {
        fs::create_dir_all(folder).with_context(|| cannot_write(folder))?;
    }
    if format.is_folder() {
        return Ok(Target::Folder(path));
    }
    let file = File::create(&path).with_context(|| cannot_write(&path))?;
    Ok(Target::Stream(Box::new(BufWriter::new(file))))
}

fn cannot_write(path: &Path) -> String {
    format!("{}: cannot be written", path.display())
}
