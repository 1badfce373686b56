//! The case in a format of the field, as it may be published.

use crate::page::Asked;
use crate::problem::Problem;
use crate::state::State as Served;
use axum::extract::State;
use axum::http::{HeaderName, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use sijill::model::Claim;
use sijill::privacy::Guard;
use sijill::{Corroboration, Knowledge};
use sijill_casework::publish::{Tables, withhold};
use sijill_casework::{Found, reviewed};
use sijill_export::{
    Exporter, Figures, Format, Gathered, Options, Profile, Report, Tally, Unit, WriteError,
};
use sijill_store::{Acts, Case};
use std::collections::HashMap;
use std::io::{Cursor, Write as _};
use utoipa::IntoParams;
use zip::write::{SimpleFileOptions, ZipWriter};

/// Says how much was withheld.
const WITHHELD: HeaderName = HeaderName::from_static("sijill-withheld");

/// Says how many claims people found otherwise than they were read.
const REVIEWED: HeaderName = HeaderName::from_static("sijill-reviewed");

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
/// Claims that reviewers rejected are left out and those that they corrected are put right, as the
/// header `Sijill-Reviewed` tells.
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
            let acts = state.acts(case)?;
            let (reports, tally, reviewed) = written.reports(case, &acts, knowledge)?;
            let mut found = together.map(|together| together.all.clone()).unwrap_or_default();
            settle(&mut found, &reports);
            written.finish(&Gathered::new(reports, found.incidents, found.contradictions))?;
            Ok(answer(format, written.bytes(format)?, tally, reviewed))
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
    fn reports(
        &mut self,
        case: &Case,
        acts: &Acts,
        knowledge: &Knowledge,
    ) -> Result<(Vec<Report>, Tally, Found), Problem> {
        self.exporter.begin(&mut self.buffer).map_err(unwritten)?;
        let guard = &Guard::new(knowledge);
        let (mut reports, mut tally, mut outcome) = (Vec::new(), Tally::default(), Ok(()));
        let mut found = Found::default();
        case.documents(|kept| {
            let (claims, reviewed) = reviewed(case.claims_of(kept.reading)?, acts, knowledge);
            found += reviewed;
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
        Ok((reports, tally, found))
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

/// Brings what reports say together in line with claims that were rejected or corrected since.
fn settle(found: &mut Corroboration, reports: &[Report]) {
    let claims = reports.iter().flat_map(|report| &report.claims);
    let claims: HashMap<&str, &Claim> = claims.map(|claim| (claim.id.as_str(), claim)).collect();
    let is_there = |id: &String| claims.contains_key(id.as_str());
    for incident in &mut found.incidents {
        incident.members.retain(|member| is_there(&member.claim));
        incident.figures.retain_mut(|figure| {
            let claim = claims.get(figure.claim.as_str());
            claim.and_then(|claim| claim.count).is_some_and(|slot| {
                figure.count = slot.count;
                true
            })
        });
    }
    found.incidents.retain(|incident| !incident.members.is_empty());
    found.contradictions.retain(|one| is_there(&one.first.claim) && is_there(&one.second.claim));
}

fn unwritten(error: WriteError) -> Problem {
    let status = axum::http::StatusCode::INTERNAL_SERVER_ERROR;
    Problem::new(status, "unwritten", format!("the case {error}"))
}

fn answer(format: Format, bytes: Vec<u8>, tally: Tally, reviewed: Found) -> Response {
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
    let Found { rejected, corrected } = reviewed;
    let reviewed = format!("rejected={rejected}, corrected={corrected}");
    let headers = [
        (REVIEWED, reviewed),
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{file}\"")),
        (WITHHELD, withheld),
    ];
    (headers, bytes).into_response()
}
