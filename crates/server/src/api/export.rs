//! The case in a format of the field, as it may be published.

use crate::page::Asked;
use crate::problem::Problem;
use crate::state::State as Served;
use axum::extract::State;
use axum::http::{HeaderName, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use sijill::privacy::Guard;
use sijill_casework::publish::{Tables, withhold};
use sijill_export::{
    Exporter, Figures, Format, Gathered, Options, Profile, Report, Tally, Unit, WriteError,
};
use sijill_store::Case;
use std::io::{Cursor, Write as _};
use utoipa::IntoParams;
use zip::write::{SimpleFileOptions, ZipWriter};

/// Says how much was withheld.
const WITHHELD: HeaderName = HeaderName::from_static("sijill-withheld");

/// Which format is wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// A format of `sijill export`; one that is a folder comes as a ZIP file.
    format: String,
    /// How figures that disagree become one number: `conservative`, `independent-majority` or
    /// `range`; `conservative` if it is not said. Name and version are written into the file.
    figures: Option<String>,
}

/// The case in a format of the field
///
/// Private persons and protected places are withheld, and the header `Sijill-Withheld` tells how
/// many; whoever needs them exports with the program and gives a reason, which the log keeps.
#[utoipa::path(
    get,
    path = "/export",
    operation_id = "getExport",
    tag = "export",
    params(Wanted),
    responses(
        (status = 200, body = [u8], content_type = "application/octet-stream"),
        (status = 400, body = Problem),
        (status = 503, body = Problem)
    )
)]
pub(crate) async fn export(
    State(state): State<Served>,
    Asked(wanted): Asked<Wanted>,
) -> Result<Response, Problem> {
    let format = Format::parse(&wanted.format).ok_or_else(|| {
        let names: Vec<&str> = Format::all().map(Format::name).collect();
        let problem = Problem::bad(format!("there is no format '{}'", wanted.format));
        problem.hint(format!("ask for one of {}", names.join(", ")))
    })?;
    let figures = match wanted.figures.as_deref().filter(|name| !name.is_empty()) {
        Some(name) => name.parse::<Figures>().map_err(|hint| {
            Problem::bad(format!("there is no rule '{name}' for figures")).hint(hint)
        })?,
        None => Figures::default(),
    };
    let together =
        if format.unit() == Unit::Incident { Some(state.together().await?) } else { None };
    state
        .read(move |case, state| {
            let knowledge = state.library().knowledge;
            let options = Options {
                figures,
                profile: Profile::Publishing,
                program: concat!("sijill ", env!("CARGO_PKG_VERSION")).to_owned(),
                knowledge: knowledge.hash().to_owned(),
            };
            let tables = Tables::new(knowledge);
            let mut written = Written::new(format.exporter(&options, &tables));
            let (reports, tally) = written.reports(case, &Guard::new(knowledge))?;
            let found = together.map(|together| together.all.clone()).unwrap_or_default();
            written.finish(&Gathered::new(reports, found.incidents, found.contradictions))?;
            Ok(answer(format, written.bytes(format)?, tally))
        })
        .await
}

/// A format and what was written so far.
struct Written<'a> {
    exporter: Box<dyn Exporter + 'a>,
    buffer: Vec<u8>,
    files: Vec<(String, Vec<u8>)>,
}

impl<'a> Written<'a> {
    fn new(exporter: Box<dyn Exporter + 'a>) -> Self {
        Self { exporter, buffer: Vec::new(), files: Vec::new() }
    }

    /// Writes every report of the case as it may be published.
    fn reports(&mut self, case: &Case, guard: &Guard<'_>) -> Result<(Vec<Report>, Tally), Problem> {
        self.exporter.begin(&mut self.buffer).map_err(unwritten)?;
        let (mut reports, mut tally, mut outcome) = (Vec::new(), Tally::default(), Ok(()));
        case.documents(|kept| {
            let claims = case.claims_of(kept.reading)?;
            let mentions = case.mentions_of(kept.reading)?;
            let report = Report { document: kept.document, claims, mentions, withheld: Vec::new() };
            let (report, withheld) = withhold(report, guard);
            tally.add(withheld);
            if outcome.is_ok() {
                outcome = self.exporter.report(&report, &mut self.buffer);
                self.files.extend(self.exporter.files());
            }
            reports.push(report);
            Ok(())
        })?;
        outcome.map_err(unwritten)?;
        Ok((reports, tally))
    }

    fn finish(&mut self, gathered: &Gathered) -> Result<(), Problem> {
        self.exporter.finish(gathered, &mut self.buffer).map_err(unwritten)?;
        self.files.extend(self.exporter.files());
        Ok(())
    }

    /// Returns the file, or an archive of the files.
    fn bytes(self, format: Format) -> Result<Vec<u8>, Problem> {
        if !format.is_folder() {
            return Ok(self.buffer);
        }
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in self.files {
            let begun = archive.start_file(name, SimpleFileOptions::default());
            begun.map_err(|_| Problem::internal())?;
            archive.write_all(&bytes).map_err(|_| Problem::internal())?;
        }
        Ok(archive.finish().map_err(|_| Problem::internal())?.into_inner())
    }
}

fn unwritten(error: WriteError) -> Problem {
    let status = axum::http::StatusCode::INTERNAL_SERVER_ERROR;
    Problem::new(status, "unwritten", format!("the case {error}"))
}

fn answer(format: Format, bytes: Vec<u8>, tally: Tally) -> Response {
    let file = format.file_name();
    let (file, kind) = match file.rsplit_once('.') {
        None => (format!("{file}.zip"), "application/zip"),
        Some((_, ending)) => {
            let kind = match ending {
                "jsonl" => "application/x-ndjson",
                "csv" => "text/csv; charset=utf-8",
                "json" => "application/json",
                "geojson" => "application/geo+json",
                "jsonld" => "application/ld+json",
                "parquet" => "application/vnd.apache.parquet",
                "arrow" => "application/vnd.apache.arrow.file",
                _ => "application/octet-stream",
            };
            (file.to_owned(), kind)
        }
    };
    let Tally { private_persons, protected_places, coordinates, addresses } = tally;
    let withheld = format!(
        "private-persons={private_persons}, protected-places={protected_places}, \
         coordinates={coordinates}, addresses={addresses}"
    );
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{file}\"")),
        (WITHHELD, withheld),
    ];
    (headers, bytes).into_response()
}
