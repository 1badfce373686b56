//! What every answer is made from: the case, and the knowledge to name and explain what it holds.

use crate::access::Access;
use crate::answers::Answers;
use crate::control::{Held, series};
use crate::corroborated::Made;
use crate::jobs::Jobs;
use crate::mask::Masks;
use crate::names::Library;
use crate::person::Person;
use crate::problem::Problem;
use sijill::Knowledge;
use sijill_store::{Access as Opening, Acts, Case, Error, Overview, Who};
use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::task::spawn_blocking;

/// How many read the file at once; more would only wait for the same cores.
const READERS: usize = 8;

/// How many of them look through the whole case at once: whoever asks for one report need not wait
/// for what keeps every core busy.
const SCANS: usize = 2;

/// How many read at once what takes no time, beside those.
const GLANCES: usize = 2;

/// How long a write waits for another process.
const WAIT: Duration = Duration::from_secs(20);

/// What the log is told of this program.
pub(crate) const PROGRAM: &str = concat!("sijill ", env!("CARGO_PKG_VERSION"));

/// An opened case and the knowledge to name and explain what it holds; cheap to clone.
#[derive(Clone)]
pub struct State {
    shared: Arc<Shared>,
    /// Who sits at this machine, where there are no users.
    local: Arc<str>,
    listening: Listening,
    limits: Limits,
}

/// From where the server is reached.
#[derive(Clone, Debug)]
enum Listening {
    /// From this machine alone.
    Loopback,
    /// From elsewhere too.
    Network {
        /// The names that it is reached by.
        names: Arc<[String]>,
        /// What is sent is encrypted before it comes here.
        is_behind_tls: bool,
    },
}

/// How long the server waits for who asks.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// For the head of a request.
    pub head: Duration,
    /// For each further part of its body.
    pub body: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { head: Duration::from_secs(20), body: Duration::from_secs(20) }
    }
}

/// The last item and the last reading.
pub(crate) type Extent = (i64, i64);

/// The same, and the last entry on a decision.
type Decided = (Extent, i64);

struct Shared {
    path: PathBuf,
    idle: Mutex<Vec<Case>>,
    turns: Semaphore,
    scans: Semaphore,
    glances: Semaphore,
    answers: Answers,
    /// One writes at a time.
    writing: Arc<Semaphore>,
    jobs: Jobs,
    access: Access,
    masks: Masks,
    /// How many passwords are checked at once: each takes 19 MB.
    checking: Semaphore,
    acts: Mutex<Arc<Acts>>,
    library: Library,
    overview: Mutex<Option<(Extent, Arc<Overview>)>>,
    held: Mutex<Option<(Decided, Arc<Vec<Held>>)>>,
    made: Mutex<Made>,
}

impl State {
    /// Opens a case; the knowledge is needed as long as the program runs.
    pub fn open(path: &Path, knowledge: &'static Knowledge) -> Result<Self, Error> {
        let case = Case::open(path, Opening::Read)?;
        let shared = Shared {
            path: path.to_owned(),
            idle: Mutex::new(vec![case]),
            turns: Semaphore::new(READERS),
            scans: Semaphore::new(SCANS),
            glances: Semaphore::new(GLANCES),
            answers: Answers::default(),
            writing: Arc::new(Semaphore::new(1)),
            jobs: Jobs::default(),
            access: Access::default(),
            masks: Masks::default(),
            checking: Semaphore::new(2),
            acts: Mutex::default(),
            library: Library::new(knowledge),
            overview: Mutex::default(),
            held: Mutex::default(),
            made: Mutex::default(),
        };
        Ok(Self {
            shared: Arc::new(shared),
            local: "local".into(),
            listening: Listening::Loopback,
            limits: Limits::default(),
        })
    }

    /// Says that it is reached from elsewhere, by which names: only users of the case come in.
    #[must_use]
    pub fn reached_by(self, names: Vec<String>, is_behind_tls: bool) -> Self {
        let listening = Listening::Network { names: names.into(), is_behind_tls };
        Self { listening, ..self }
    }

    /// Waits otherwise for who asks.
    #[must_use]
    pub fn waiting(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    pub(crate) fn limits(&self) -> Limits {
        self.limits
    }

    pub(crate) fn is_loopback(&self) -> bool {
        matches!(self.listening, Listening::Loopback)
    }

    pub(crate) fn is_behind_tls(&self) -> bool {
        matches!(self.listening, Listening::Network { is_behind_tls: true, .. })
    }

    /// Tells whether this is reached by a name.
    pub(crate) fn is_called(&self, name: &str) -> bool {
        match &self.listening {
            Listening::Loopback => false,
            Listening::Network { names, .. } => {
                names.iter().any(|known| known.eq_ignore_ascii_case(name))
            }
        }
    }

    pub(crate) fn masks(&self) -> &Masks {
        &self.shared.masks
    }

    pub(crate) fn access(&self) -> &Access {
        &self.shared.access
    }

    /// Waits for a turn to check a password.
    pub(crate) async fn checking(&self) -> Result<SemaphorePermit<'_>, Problem> {
        self.shared.checking.acquire().await.map_err(|_| Problem::internal())
    }

    /// Names who sits at this machine, for the log.
    #[must_use]
    pub fn operated_by(self, name: &str) -> Self {
        Self { local: name.into(), ..self }
    }

    /// Returns who sits at this machine.
    pub(crate) fn local(&self) -> &str {
        &self.local
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
        self.read_in(&self.shared.turns, work).await
    }

    /// Does the same for work that looks through the whole case.
    pub(crate) async fn scan<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Case, &Self) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        self.read_in(&self.shared.scans, work).await
    }

    /// Does the same for work that takes no time, which need not wait for what takes some.
    pub(crate) async fn glance<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Case, &Self) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        self.read_in(&self.shared.glances, work).await
    }

    async fn read_in<T: Send + 'static>(
        &self,
        turns: &Semaphore,
        work: impl FnOnce(&Case, &Self) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let turn = turns.acquire().await.map_err(|_| Problem::internal())?;
        let state = self.clone();
        let outcome = spawn_blocking(move || {
            let case = match state.take() {
                Some(case) => case,
                None => Case::open(&state.shared.path, Opening::Read)?,
            };
            let outcome = work(&case, &state);
            lock(&state.shared.idle).push(case);
            outcome
        });
        let outcome = outcome.await.map_err(|_| Problem::internal())?;
        drop(turn);
        outcome
    }

    /// Runs `work` on the case opened to be written, away from the threads that answer.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        person: &Person,
        work: impl FnOnce(&mut Case, &Who, &Self) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        self.write_in_turns(person, |case, who, state, _| work(case, who, state)).await
    }

    /// Does the same for work that takes long: it pauses where others may write.
    pub(crate) async fn write_in_turns<T: Send + 'static>(
        &self,
        person: &Person,
        work: impl FnOnce(&mut Case, &Who, &Self, &dyn Fn()) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let writing = Arc::clone(&self.shared.writing);
        let turn = Arc::clone(&writing).acquire_owned().await.map_err(|_| Problem::internal())?;
        let who = Who { user: person.name.clone(), program: PROGRAM.to_owned() };
        let (state, runtime) = (self.clone(), Handle::current());
        let outcome = spawn_blocking(move || {
            let turn = Cell::new(Some(turn));
            let pause = || {
                drop(turn.take());
                turn.set(runtime.block_on(Arc::clone(&writing).acquire_owned()).ok());
            };
            let mut case = Case::open(&state.shared.path, Opening::Write { wait: WAIT })?;
            work(&mut case, &who, &state, &pause)
        });
        outcome.await.map_err(|_| Problem::internal())?
    }

    /// Returns the answers that were given before.
    pub(crate) fn answers(&self) -> &Answers {
        &self.shared.answers
    }

    /// Returns what is being read into the case.
    pub(crate) fn jobs(&self) -> &Jobs {
        &self.shared.jobs
    }

    /// Returns what people decided; only what was decided since is read.
    pub(crate) fn acts(&self, case: &Case) -> Result<Arc<Acts>, Problem> {
        let mut acts = lock(&self.shared.acts);
        if case.is_ahead(&acts)? {
            case.follow(Arc::make_mut(&mut acts))?;
        }
        Ok(Arc::clone(&acts))
    }

    /// Counts what the case holds, or remembers it while nothing is received or read.
    pub(crate) fn overview(&self, case: &Case) -> Result<Arc<Overview>, Problem> {
        let extent = case.extent()?;
        let known = lock(&self.shared.overview).clone();
        if let Some((_, overview)) = known.filter(|(at, _)| *at == extent) {
            return Ok(overview);
        }
        let overview = Arc::new(case.overview()?);
        *lock(&self.shared.overview) = Some((extent, Arc::clone(&overview)));
        Ok(overview)
    }

    /// Returns everything that is told of control, as it stands after reviews, or remembers it in
    /// the same way.
    pub(crate) fn held(&self, case: &Case) -> Result<Arc<Vec<Held>>, Problem> {
        let (extent, acts) = (case.extent()?, self.acts(case)?);
        let decided = acts.decided();
        let known = lock(&self.shared.held).clone();
        if let Some((_, held)) = known.filter(|(at, _)| *at == (extent, decided)) {
            return Ok(held);
        }
        let held = Arc::new(series(case, &acts, self.library().knowledge)?);
        *lock(&self.shared.held) = Some(((extent, decided), Arc::clone(&held)));
        Ok(held)
    }

    /// Opens the case once more, for work that takes long.
    pub(crate) fn open_again(&self) -> Result<Case, Error> {
        Case::open(&self.shared.path, Opening::Read)
    }

    /// Returns what was made of all reports last.
    pub(crate) fn made(&self) -> MutexGuard<'_, Made> {
        lock(&self.shared.made)
    }

    fn take(&self) -> Option<Case> {
        lock(&self.shared.idle).pop()
    }
}

/// Locks; what a thread that panicked left behind is whole, since it is only put in whole.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
