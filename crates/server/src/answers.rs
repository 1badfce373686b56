//! Answers are kept while the case stays as it is, so that what many ask is found out once.
//!
//! An answer is kept under all that it depends on: how far the case has come in what the answer
//! tells of, what was last made of all reports, the address, whether names are masked, and how it is
//! compressed. Nothing is ever taken out because it is wrong; it is only not found any more.

use crate::corroborated::MadeOf;
use crate::etag::is_among;
use crate::person::Person;
use crate::problem::Problem;
use crate::state::{Extent, State};
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{MatchedPath, Request, State as Served};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use sijill_store::Case;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How many bytes are kept at most.
const MOST: u64 = 64 << 20;

/// What an answer takes besides its body and its address.
const OVERHEAD: usize = 512;

/// What in a case an answer hangs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Matter {
    /// The log, whatever is written into it.
    Log,
    /// What was received and read, and every decision on it.
    Decisions,
    /// What was received and read, and which claims are judged to be about one happening.
    Reports,
}

/// Addresses whose answers hang on a case alone: not on who asks, but for what is masked, and not on
/// what is running.
const LASTING: [(&str, Matter); 17] = [
    ("/api/v1/audit", Matter::Log),
    ("/api/v1/audit/{entry}", Matter::Log),
    ("/api/v1/claims", Matter::Decisions),
    ("/api/v1/claims/{id}", Matter::Decisions),
    ("/api/v1/contradictions", Matter::Reports),
    ("/api/v1/control", Matter::Decisions),
    ("/api/v1/documents", Matter::Reports),
    ("/api/v1/documents/{id}", Matter::Decisions),
    ("/api/v1/incident-points", Matter::Reports),
    ("/api/v1/incidents", Matter::Reports),
    ("/api/v1/incidents/{id}", Matter::Decisions),
    ("/api/v1/items", Matter::Reports),
    ("/api/v1/overview", Matter::Log),
    ("/api/v1/places", Matter::Reports),
    ("/api/v1/search", Matter::Reports),
    ("/api/v1/sources", Matter::Reports),
    ("/api/v1/timeline", Matter::Reports),
];

/// How far a matter has come: the last entry of the log, or the last item and reading with how much
/// was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Stand {
    Log(i64),
    Decisions(Extent, i64),
    Reports(MadeOf),
}

impl Matter {
    fn of(request: &Request) -> Option<Self> {
        let path = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
        let (_, matter) = LASTING.into_iter().find(|(lasting, _)| *lasting == path)?;
        (*request.method() == Method::GET).then_some(matter)
    }

    fn stand(self, case: &Case, state: &State) -> Result<Stand, Problem> {
        Ok(match self {
            Self::Log => Stand::Log(case.written()?),
            Self::Decisions => Stand::Decisions(case.extent()?, state.acts(case)?.decided()),
            Self::Reports => Stand::Reports(state.made_of(case)?),
        })
    }
}

/// What an answer depends on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Question {
    stand: Stand,
    /// How often something was made of all reports.
    made: u64,
    is_masked: bool,
    /// What the reader can unpack.
    accepts: Option<HeaderValue>,
    address: Box<str>,
}

/// An answer as it is sent.
#[derive(Clone, Debug)]
struct Answer {
    headers: HeaderMap,
    body: Bytes,
}

#[derive(Clone, Debug, Default)]
struct Weight;

impl Weighter<Question, Arc<Answer>> for Weight {
    fn weight(&self, question: &Question, answer: &Arc<Answer>) -> u64 {
        (question.address.len() + answer.body.len() + OVERHEAD) as u64
    }
}

/// The answers that were given, those asked for last.
pub(crate) struct Answers {
    kept: Cache<Question, Arc<Answer>, Weight>,
    made: AtomicU64,
}

impl Default for Answers {
    fn default() -> Self {
        Self { kept: Cache::with_weighter(4000, MOST, Weight), made: AtomicU64::new(0) }
    }
}

impl Answers {
    /// Says that something was made of all reports; it is called when that can be seen.
    pub(crate) fn changed(&self) {
        self.made.fetch_add(1, Ordering::Release);
    }
}

/// Answers with what was answered before, if nothing has changed; of many who ask at once for what
/// nobody asked yet, one finds it out.
pub(crate) async fn remember(
    Served(state): Served<State>,
    mut request: Request,
    next: Next,
) -> Response {
    let Some(matter) = Matter::of(&request) else { return next.run(request).await };
    let known = request.headers_mut().remove(header::IF_NONE_MATCH);
    let made = state.answers().made.load(Ordering::Acquire);
    let stand = match state.glance(move |case, state| matter.stand(case, state)).await {
        Ok(stand) => stand,
        Err(problem) => return problem.into_response(),
    };
    // What changes while it is answered is seen by who asks next.
    let question = Question::new(&request, stand, made);
    let found = state.answers().kept.get_or_insert_async(&question, async {
        let (parts, body) = next.run(request).await.into_parts();
        // Problems pass, and what breaks off is no answer.
        if parts.status != StatusCode::OK {
            return Err(Response::from_parts(parts, body));
        }
        match to_bytes(body, usize::MAX).await {
            Ok(body) => Ok(Arc::new(Answer { headers: parts.headers, body })),
            Err(_) => Err(Problem::internal().into_response()),
        }
    });
    match found.await {
        Ok(answer) => answer.sent(known.as_ref()),
        Err(response) => response,
    }
}

impl Question {
    fn new(request: &Request, stand: Stand, made: u64) -> Self {
        let address = request.uri().path_and_query().map_or("", |address| address.as_str());
        Self {
            stand,
            made,
            is_masked: request.extensions().get().is_none_or(Person::is_viewer),
            accepts: request.headers().get(header::ACCEPT_ENCODING).cloned(),
            address: address.into(),
        }
    }
}

impl Answer {
    /// Sends it, or only says that the reader has it.
    fn sent(&self, known: Option<&HeaderValue>) -> Response {
        let tag = self.headers.get(header::ETAG).and_then(|tag| tag.to_str().ok());
        let is_known = known.zip(tag).is_some_and(|(known, tag)| is_among(known, tag));
        let mut response = match is_known {
            true => StatusCode::NOT_MODIFIED.into_response(),
            false => Body::from(self.body.clone()).into_response(),
        };
        response.headers_mut().extend(self.headers.clone());
        if is_known {
            response.headers_mut().remove(header::CONTENT_LENGTH);
        }
        response
    }
}
