//! What every answer is made from: the case, and the knowledge to name and explain what it holds.

use crate::corroborated::Made;
use crate::names::Library;
use crate::problem::Problem;
use sijill::Knowledge;
use sijill_store::{Access, Case, Error, Overview};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

/// How many read the file at once; more would only wait for the same cores.
const READERS: usize = 8;

/// An opened case and the knowledge to name and explain what it holds; cheap to clone.
#[derive(Clone)]
pub struct State {
    shared: Arc<Shared>,
}

struct Shared {
    path: PathBuf,
    idle: Mutex<Vec<Case>>,
    turns: Semaphore,
    library: Library,
    overview: Mutex<Option<(String, Arc<Overview>)>>,
    made: Mutex<Made>,
}

impl State {
    /// Opens a case; the knowledge is needed as long as the program runs.
    pub fn open(path: &Path, knowledge: &'static Knowledge) -> Result<Self, Error> {
        let case = Case::open(path, Access::Read)?;
        let shared = Shared {
            path: path.to_owned(),
            idle: Mutex::new(vec![case]),
            turns: Semaphore::new(READERS),
            library: Library::new(knowledge),
            overview: Mutex::default(),
            made: Mutex::default(),
        };
        Ok(Self { shared: Arc::new(shared) })
    }

    /// Returns the name of the case: that of its file.
    pub(crate) fn name(&self) -> String {
        self.shared.path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
    }

    pub(crate) fn library(&self) -> &Library {
        &self.shared.library
    }

    /// Runs `work` on the case, away from the threads that answer.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Case, &Self) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let turn = self.shared.turns.acquire().await.map_err(|_| Problem::internal())?;
        let state = self.clone();
        let outcome = spawn_blocking(move || {
            let case = match state.take() {
                Some(case) => case,
                None => Case::open(&state.shared.path, Access::Read)?,
            };
            let outcome = work(&case, &state);
            lock(&state.shared.idle).push(case);
            outcome
        });
        let outcome = outcome.await.map_err(|_| Problem::internal())?;
        drop(turn);
        outcome
    }

    /// Counts what the case holds, or remembers it while nothing is written.
    pub(crate) fn overview(&self, case: &Case) -> Result<Arc<Overview>, Problem> {
        let head = case.head()?;
        let known = lock(&self.shared.overview).clone();
        if let Some((_, overview)) = known.filter(|(at, _)| *at == head) {
            return Ok(overview);
        }
        let overview = Arc::new(case.overview()?);
        *lock(&self.shared.overview) = Some((head, Arc::clone(&overview)));
        Ok(overview)
    }

    /// Opens the case once more, for work that takes long.
    pub(crate) fn open_again(&self) -> Result<Case, Error> {
        Case::open(&self.shared.path, Access::Read)
    }

    /// Returns what was made of all reports last.
    pub(crate) fn made(&self) -> std::sync::MutexGuard<'_, Made> {
        lock(&self.shared.made)
    }

    fn take(&self) -> Option<Case> {
        lock(&self.shared.idle).pop()
    }
}

/// Locks; what a thread that panicked left behind is whole, since it is only put in whole.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
