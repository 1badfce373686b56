//! Who is logged in; it is forgotten when the server ends.

use super::secrets::{digest, random};
use crate::state::lock;
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// The name of the cookie.
pub(crate) const COOKIE: &str = "sijill_session";

/// How long a session lasts at most …
pub(crate) const LIFE: Duration = Duration::from_secs(12 * 60 * 60);

/// … and how long if nothing is asked.
const IDLE: Duration = Duration::from_secs(2 * 60 * 60);

/// The most sessions at once; the oldest ends for a new one.
const MOST: usize = 1000;

/// Somebody who is logged in.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    pub(crate) user: String,
    /// What the password was checked against: with another one the session ends.
    pub(crate) sealed: String,
    /// What a page of ours sends with whatever changes something.
    pub(crate) csrf: String,
    begun: Instant,
    seen: Instant,
}

/// Everybody who is logged in, by the digest of the id that the browser holds.
#[derive(Debug, Default)]
pub(crate) struct Sessions(Mutex<BTreeMap<Vec<u8>, Session>>);

impl Sessions {
    /// Begins a session under an id of its own: one that a browser came with is never taken over.
    pub(crate) fn begin(&self, user: &str, sealed: &str) -> Option<(String, Session)> {
        let (id, csrf, now) = (random()?, random()?, Instant::now());
        let (user, sealed) = (user.to_owned(), sealed.to_owned());
        let session = Session { user, sealed, csrf, begun: now, seen: now };
        let mut all = lock(&self.0);
        all.retain(|_, session| session.holds());
        if MOST <= all.len() {
            let oldest = all.iter().min_by_key(|(_, it)| it.seen).map(|(id, _)| id.clone());
            oldest.and_then(|id| all.remove(&id));
        }
        all.insert(digest(id.as_bytes()), session.clone());
        Some((id, session))
    }

    /// Finds a session that still holds.
    pub(crate) fn find(&self, id: &str) -> Option<Session> {
        let mut all = lock(&self.0);
        let session = all.get_mut(&digest(id.as_bytes())).filter(|session| session.holds())?;
        session.seen = Instant::now();
        Some(session.clone())
    }

    /// Ends a session.
    pub(crate) fn end(&self, id: &str) {
        lock(&self.0).remove(&digest(id.as_bytes()));
    }
}

impl Session {
    fn holds(&self) -> bool {
        self.begun.elapsed() < LIFE && self.seen.elapsed() < IDLE
    }
}
