//! What a viewer sees: no private person, no place that shelters some, and no name of a file.

use crate::person::Person;
use crate::problem::Problem;
use crate::state::{Extent, State, lock};
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State as Served};
use axum::http::header;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;
use sha2::{Digest, Sha256};
use sijill::model::{Claim, Document, Mention};
use sijill::privacy::Guard;
use sijill_casework::publish;
use sijill_io::withhold;
use sijill_store::{Case, Kept, Role};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, OnceLock};

/// How many reports are kept masked.
const KEPT: usize = 2000;

/// How a report goes by whose name is not shown.
const VEIL: &str = "report:";

/// A report as a viewer sees it.
#[derive(Debug)]
pub(crate) struct Seen {
    pub(crate) document: Document,
    pub(crate) claims: Vec<Claim>,
    pub(crate) mentions: Vec<Mention>,
}

/// The names of reports, and what they go by.
#[derive(Debug, Default)]
pub(crate) struct Veils {
    veil_of: HashMap<String, String>,
    id_of: HashMap<String, String>,
}

/// What was masked so far.
#[derive(Default)]
pub(crate) struct Masks {
    guard: OnceLock<Guard<'static>>,
    /// By reading.
    seen: Mutex<BTreeMap<i64, Arc<Seen>>>,
    veils: Mutex<Option<(Extent, Arc<Veils>)>>,
}

impl Person {
    /// Tells whether names are masked for this person.
    pub(crate) fn is_viewer(&self) -> bool {
        self.role == Role::Viewer
    }
}

impl State {
    /// Masks a report.
    pub(crate) fn seen(&self, case: &Case, kept: &Kept) -> Result<Arc<Seen>, Problem> {
        if let Some(seen) = lock(&self.masks().seen).get(&kept.reading) {
            return Ok(Arc::clone(seen));
        }
        let mut document = kept.document.clone();
        let mut claims = case.claims_of(kept.reading)?;
        let mut mentions = case.mentions_of(kept.reading)?;
        let guard = self.masks().guard.get_or_init(|| Guard::new(self.library().knowledge));
        let spans = publish::private(&document, &mentions, &claims, guard);
        withhold(&mut document, &mut claims, &mut mentions, &spans);
        // What a report is called is veiled in every answer, so that links hold.
        document.id.clone_from(&kept.document.id);
        claims.iter_mut().for_each(|claim| claim.document.clone_from(&document.id));
        let seen = Arc::new(Seen { document, claims, mentions });
        let mut all = lock(&self.masks().seen);
        if KEPT <= all.len() {
            all.clear();
        }
        all.insert(kept.reading, Arc::clone(&seen));
        Ok(seen)
    }

    /// Returns a report and claims of it as this person sees them.
    pub(crate) fn shown(
        &self,
        person: &Person,
        case: &Case,
        kept: &Kept,
        claims: &[Claim],
    ) -> Result<(Document, Vec<Claim>), Problem> {
        if !person.is_viewer() {
            return Ok((kept.document.clone(), claims.to_vec()));
        }
        let seen = self.seen(case, kept)?;
        let shown =
            claims.iter().filter_map(|claim| seen.claims.iter().find(|it| it.id == claim.id));
        Ok((seen.document.clone(), shown.cloned().collect()))
    }

    /// Returns what a report is called that this person asks for.
    pub(crate) fn unveiled(
        &self,
        person: &Person,
        case: &Case,
        id: String,
    ) -> Result<String, Problem> {
        if !person.is_viewer() {
            return Ok(id);
        }
        // By its own name it is not known to a viewer.
        Ok(self.veils(case)?.id_of.get(&id).cloned().unwrap_or_default())
    }

    fn veils(&self, case: &Case) -> Result<Arc<Veils>, Problem> {
        let extent = case.extent()?;
        let known = lock(&self.masks().veils).clone();
        if let Some((_, veils)) = known.filter(|(at, _)| *at == extent) {
            return Ok(veils);
        }
        let mut veils = Veils::default();
        for id in case.document_ids()? {
            let digest = &Sha256::digest(&id)[..12];
            let veil = format!("{VEIL}{}", URL_SAFE_NO_PAD.encode(digest));
            veils.id_of.insert(veil.clone(), id.clone());
            veils.veil_of.insert(id, veil);
        }
        let veils = Arc::new(veils);
        *lock(&self.masks().veils) = Some((extent, Arc::clone(&veils)));
        Ok(veils)
    }

    /// Takes the names of reports and single sites out of an answer.
    pub(crate) async fn veiled(&self, mut answer: Value) -> Result<Value, Problem> {
        self.read(move |case, state| {
            let veils = state.veils(case)?;
            veil(&mut answer, &veils, false);
            Ok(answer)
        })
        .await
    }
}

/// Takes out of an answer what a viewer does not see.
pub(crate) async fn conceal(
    Served(state): Served<State>,
    request: Request,
    next: Next,
) -> Response {
    let is_viewer = request.extensions().get().is_some_and(Person::is_viewer);
    let answer = next.run(request).await;
    if !is_viewer {
        return answer;
    }
    let (mut parts, body) = answer.into_parts();
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        return Problem::internal().into_response();
    };
    let Ok(value) = serde_json::from_slice(&bytes) else {
        return Problem::internal().into_response();
    };
    match state.veiled(value).await {
        Ok(value) => {
            parts.headers.remove(header::CONTENT_LENGTH);
            Response::from_parts(parts, Body::from(value.to_string()))
        }
        Err(problem) => problem.into_response(),
    }
}

/// Veils the names of reports wherever they stand, and takes sites out of what is not a claim:
/// claims were masked with their report.
fn veil(value: &mut Value, veils: &Veils, is_claim: bool) {
    match value {
        Value::String(text) => {
            if let Some(veil) = veils.veil_of.get(text) {
                text.clone_from(veil);
            }
        }
        Value::Array(all) => {
            all.retain(|one| is_claim || !is_site(one));
            all.iter_mut().for_each(|one| veil(one, veils, is_claim));
        }
        Value::Object(fields) => {
            for (name, one) in fields.iter_mut() {
                let is_claim = is_claim || name == "claim" || name == "claims";
                if !is_claim && is_site(one) {
                    *one = serde_json::json!({ "name": "withheld", "precision": "site" });
                }
                veil(one, veils, is_claim);
            }
        }
        _ => {}
    }
}

fn is_site(value: &Value) -> bool {
    value["precision"] == "site"
}
