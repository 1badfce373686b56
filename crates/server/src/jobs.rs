//! Reports that are being read into the case, and what became of them.

use crate::person::Person;
use crate::problem::Problem;
use crate::state::{PROGRAM, State, lock};
use crate::upload::Upload;
use axum::http::StatusCode;
use jiff::Timestamp;
use sijill::DEFAULT_CONFIDENCE;
use sijill_casework::{Became, Step, findings, ingest};
use sijill_store::{Totals, Version};
use std::collections::{BTreeMap, HashMap};
use std::num::NonZeroUsize;
use std::sync::Mutex;
use std::thread::available_parallelism;

/// The most jobs that wait at once.
const WAITING: usize = 4;

/// How many jobs that ended are remembered.
const REMEMBERED: usize = 50;

/// Of how many items of a job it is remembered what became of them; the case knows of all.
const ITEMS: usize = 20_000;

/// What a job is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    Reading,
    Corroborating,
    Done,
    Failed,
}

impl Phase {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Corroborating => "corroborating",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }

    fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Failed)
    }
}

/// Files that are read into the case.
#[derive(Clone, Debug)]
pub(crate) struct Job {
    pub(crate) id: u64,
    pub(crate) phase: Phase,
    pub(crate) started: String,
    pub(crate) person: String,
    pub(crate) files: usize,
    pub(crate) bytes: u64,
    pub(crate) done_bytes: u64,
    pub(crate) totals: Totals,
    pub(crate) error: Option<Problem>,
    pub(crate) items: Vec<Became>,
    /// The ids of the documents, by location.
    pub(crate) documents: HashMap<String, String>,
}

/// The jobs since the server began.
#[derive(Debug, Default)]
pub(crate) struct Jobs(Mutex<BTreeMap<u64, Job>>);

impl Jobs {
    /// Returns a job as it stands.
    pub(crate) fn get(&self, id: u64) -> Option<Job> {
        lock(&self.0).get(&id).cloned()
    }

    /// Lists the jobs, the last first, without their items.
    pub(crate) fn all(&self) -> Vec<Job> {
        let short = |job: &Job| {
            let (items, documents) = (Vec::new(), HashMap::new());
            Job {
                items,
                documents,
                error: job.error.clone(),
                started: job.started.clone(),
                person: job.person.clone(),
                ..*job
            }
        };
        lock(&self.0).values().rev().map(short).collect()
    }

    fn change(&self, id: u64, change: impl FnOnce(&mut Job)) {
        if let Some(job) = lock(&self.0).get_mut(&id) {
            change(job);
        }
    }

    fn begin(&self, upload: &Upload, person: &Person) -> Result<Job, Problem> {
        let mut jobs = lock(&self.0);
        if WAITING <= jobs.values().filter(|job| !job.phase.is_over()).count() {
            let title = "too many uploads wait to be read";
            return Err(Problem::new(StatusCode::TOO_MANY_REQUESTS, "too-often", title)
                .hint("wait until one of them is done"));
        }
        let id = jobs.last_key_value().map_or(1, |(id, _)| id + 1);
        let job = Job {
            id,
            phase: Phase::Reading,
            started: Timestamp::now().strftime("%FT%TZ").to_string(),
            person: person.name.clone(),
            files: upload.count(),
            bytes: upload.bytes,
            done_bytes: 0,
            totals: Totals::default(),
            error: None,
            items: Vec::new(),
            documents: HashMap::new(),
        };
        jobs.insert(id, job.clone());
        while REMEMBERED < jobs.len() {
            jobs.pop_first();
        }
        Ok(job)
    }
}

impl State {
    /// Begins to read what was sent; it goes on when the answer was given.
    pub(crate) fn begin(&self, upload: Upload, person: Person) -> Result<Job, Problem> {
        let job = self.jobs().begin(&upload, &person)?;
        let (state, id) = (self.clone(), job.id);
        tokio::spawn(async move {
            let outcome = state.run(id, upload, &person).await;
            state.jobs().change(id, |job| match outcome {
                Ok(()) => job.phase = Phase::Done,
                Err(problem) => {
                    job.phase = Phase::Failed;
                    job.error = Some(problem);
                }
            });
        });
        Ok(job)
    }

    async fn run(&self, id: u64, upload: Upload, person: &Person) -> Result<(), Problem> {
        self.write_in_turns(person, move |case, who, state, pause| {
            let (before, _) = case.extent()?;
            let job = sijill_casework::Job {
                knowledge: state.library().knowledge,
                program: PROGRAM,
                min_confidence: DEFAULT_CONFIDENCE,
                published: upload.published,
                outlet: upload.outlet.clone(),
                threads: available_parallelism().map_or(1, NonZeroUsize::get),
                batch: None,
            };
            let watch = |step: Step| state.jobs().change(id, |job| advance(job, step));
            let totals = ingest(case, who, &job, upload.inputs(), watch, Some(pause))?;
            let (after, _) = case.extent()?;
            let count = usize::try_from(after - before).unwrap_or_default();
            let rows = case.items(None, None, count)?.into_iter();
            let documents = rows.filter_map(|row| Some((row.location, row.document?))).collect();
            state.jobs().change(id, |job| {
                job.totals = totals;
                job.done_bytes = job.bytes;
                job.documents = documents;
                job.phase = Phase::Corroborating;
            });
            Ok(())
        })
        .await?;
        self.keep_findings(person).await
    }

    /// Keeps in the case what the reports say together.
    async fn keep_findings(&self, person: &Person) -> Result<(), Problem> {
        let (made_of, together) = self.finished().await?;
        self.write(person, move |case, who, state| {
            // Something else was written meanwhile: whoever wrote it keeps what is found.
            if state.made_of(case)? != made_of {
                return Ok(());
            }
            let version = Version {
                program: PROGRAM.to_owned(),
                knowledge: state.library().knowledge.hash().to_owned(),
                min_confidence: 0.0,
            };
            Ok(case.keep_findings(who, &version, &findings(&together.all))?)
        })
        .await
    }
}

fn advance(job: &mut Job, step: Step) {
    job.done_bytes = (job.done_bytes + step.size).min(job.bytes);
    job.totals = step.totals;
    let room = ITEMS.saturating_sub(job.items.len());
    job.items.extend(step.items.into_iter().take(room));
}
