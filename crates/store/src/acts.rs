//! What people decided: on a claim, and on which claims are about one happening.
//!
//! A decision lives in the log alone, so it cannot be changed unseen, and the claim stays as it was
//! read. Undoing one is another entry, so nothing that was decided is ever lost.

mod standing;

use crate::audit::{self, Deed};
use crate::{Case, Error, Who};
use rusqlite::{Connection, OptionalExtension as _, TransactionBehavior};
use serde_json::{Map, Value, json};
use sijill_model::Judgement;
use std::collections::BTreeMap;

pub use standing::Standing;

/// The actions of decisions in the log.
const JUDGE: &str = "judge";
const REVIEW: &str = "review";
const UNDO: &str = "undo";

/// Entries begin with their action, since RFC 8785 sorts: what is received is long, and is not
/// looked into.
const DECISIONS: &str = "SELECT entry FROM audit WHERE seq > ?1 AND \
     (substr(entry, 1, 17) IN ('{\"action\":\"judge\"', '{\"action\":\"undo\",') OR \
      substr(entry, 1, 18) = '{\"action\":\"review\"') ORDER BY seq";

/// What a reviewer found of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The report says so.
    Accept,
    /// The report says so but for some slots.
    Correct,
    /// The report does not say so.
    Reject,
}

impl Verdict {
    /// Every verdict there is.
    pub const ALL: [Self; 3] = [Self::Accept, Self::Correct, Self::Reject];

    /// Returns the name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Correct => "correct",
            Self::Reject => "reject",
        }
    }

    /// Finds a verdict by its name on the wire.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.as_str() == name)
    }
}

/// What is decided.
#[derive(Clone, Debug, PartialEq)]
pub enum Decision {
    /// A claim was held against its report.
    Review {
        /// The id of the claim.
        claim: String,
        /// What was found.
        verdict: Verdict,
        /// The slots as they should be; an empty one is `null`.
        corrections: Map<String, Value>,
    },
    /// Claims are about one happening, or are not.
    Judgement(Judgement),
}

/// A decision with who made it, when and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Act {
    /// The number of its entry in the log.
    pub entry: i64,
    /// When.
    pub at: String,
    /// Who.
    pub person: String,
    /// What.
    pub decision: Decision,
    /// Why.
    pub reason: Option<String>,
    /// That it was taken back.
    pub undone: Option<Undone>,
}

/// That a decision was taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undone {
    /// The number of the entry in the log.
    pub entry: i64,
    /// When.
    pub at: String,
    /// By whom.
    pub person: String,
    /// Why.
    pub reason: Option<String>,
}

/// The decisions of a case as far as they were read; [`Case::follow`] goes on from there.
#[derive(Clone, Debug, Default)]
pub struct Acts {
    upto: i64,
    all: BTreeMap<i64, Act>,
    /// The entries of the reviews of a claim.
    of_claim: BTreeMap<String, Vec<i64>>,
    /// How many entries bear on which claims are about one happening.
    judged: u64,
    /// How many reviews say that a claim is not what was read, or take that back.
    overruled: u64,
    /// The last entry that decides something, or takes a decision back.
    decided: i64,
}

impl Acts {
    /// Finds a decision by the number of its entry.
    pub fn get(&self, entry: i64) -> Option<&Act> {
        self.all.get(&entry)
    }

    /// Lists decisions, the last first, that were made before the one of this number.
    pub fn latest(&self, before: Option<i64>) -> impl Iterator<Item = &Act> {
        self.all.range(..before.unwrap_or(i64::MAX)).rev().map(|(_, act)| act)
    }

    /// Lists the reviews of a claim in order, with those that were taken back.
    pub fn of_claim(&self, claim: &str) -> impl Iterator<Item = &Act> {
        let entries = self.of_claim.get(claim).map_or(&[][..], Vec::as_slice);
        entries.iter().filter_map(|entry| self.all.get(entry))
    }

    /// Lists the claims that were ever reviewed, in the order of their ids.
    pub fn reviewed(&self) -> impl Iterator<Item = &str> {
        self.of_claim.keys().map(String::as_str)
    }

    /// Lists what people decided on which claims are about one happening, in order.
    pub fn judgements(&self) -> Vec<Judgement> {
        let held = self.all.values().filter(|act| act.undone.is_none());
        let judgements = held.filter_map(|act| match &act.decision {
            Decision::Judgement(judgement) => Some(judgement.clone()),
            Decision::Review { .. } => None,
        });
        judgements.collect()
    }

    /// Counts the entries that bear on which claims are about one happening: it only grows.
    pub fn judged(&self) -> u64 {
        self.judged
    }

    /// Counts the reviews that find a claim otherwise than it was read, and those that come after one
    /// of the same claim: it only grows.
    pub(crate) fn overruled(&self) -> u64 {
        self.overruled
    }

    /// Tells whether a review of this claim ever found it otherwise than it was read.
    fn is_disputed(&self, claim: &str) -> bool {
        let otherwise = |act: &Act| match &act.decision {
            Decision::Review { verdict, .. } => *verdict != Verdict::Accept,
            Decision::Judgement(_) => false,
        };
        self.of_claim(claim).any(otherwise)
    }

    /// Returns the number of the last entry that decides something or takes a decision back.
    pub fn decided(&self) -> i64 {
        self.decided
    }

    fn add(&mut self, entry: &str) -> Result<(), Error> {
        let entry: Value = serde_json::from_str(entry)
            .map_err(|_| Error::damaged("an entry of the log is no JSON"))?;
        let number = entry["seq"].as_i64().unwrap_or_default();
        self.upto = self.upto.max(number);
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let at = text(&entry["at"]).unwrap_or_default();
        let person = text(&entry["actor"]["id"]).unwrap_or_default();
        let (after, reason) = (&entry["after"], text(&entry["reason"]));
        if entry["action"] == UNDO {
            let undone = after["undone"].as_i64();
            let Some(act) = undone.and_then(|no| self.all.get(&no)) else { return Ok(()) };
            match &act.decision {
                Decision::Review { claim, .. } => {
                    self.overruled += u64::from(self.is_disputed(claim));
                }
                Decision::Judgement(_) => self.judged += 1,
            }
            let Some(act) = undone.and_then(|no| self.all.get_mut(&no)) else { return Ok(()) };
            act.undone = Some(Undone { entry: number, at, person, reason });
            self.decided = number;
            return Ok(());
        }
        let Some(decision) = decision(after) else { return Ok(()) };
        match &decision {
            Decision::Review { claim, verdict, .. } => {
                let disputed = *verdict != Verdict::Accept || self.is_disputed(claim);
                self.overruled += u64::from(disputed);
                self.of_claim.entry(claim.clone()).or_default().push(number);
            }
            Decision::Judgement(_) => self.judged += 1,
        }
        self.decided = number;
        let act = Act { entry: number, at, person, decision, reason, undone: None };
        self.all.insert(number, act);
        Ok(())
    }
}

impl Case {
    /// Tells whether something was written since the decisions were read.
    pub fn is_ahead(&self, acts: &Acts) -> Result<bool, Error> {
        Ok(acts.upto < self.last_entry()?)
    }

    /// Reads the decisions that were made since.
    pub fn follow(&self, acts: &mut Acts) -> Result<(), Error> {
        let last = self.last_entry()?;
        let mut select = self.connection.prepare_cached(DECISIONS)?;
        let mut rows = select.query([acts.upto])?;
        while let Some(row) = rows.next()? {
            acts.add(row.get_ref(0)?.as_str().unwrap_or_default())?;
        }
        acts.upto = acts.upto.max(last);
        Ok(())
    }

    fn last_entry(&self) -> Result<i64, Error> {
        Ok(audit::head(&self.connection)?.map_or(0, |(seq, _)| seq))
    }

    /// Reads all decisions.
    pub fn acts(&self) -> Result<Acts, Error> {
        let mut acts = Acts::default();
        self.follow(&mut acts)?;
        Ok(acts)
    }

    /// Keeps what a person decided, and returns the number of its entry in the log.
    ///
    /// What overrides a reading needs a reason; the caller sees to it that there is one.
    pub fn decide(
        &mut self,
        who: &Who,
        decision: &Decision,
        reason: Option<&str>,
    ) -> Result<i64, Error> {
        let case = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let (action, target, after) = match decision {
            Decision::Review { claim, verdict, corrections } => {
                let mut after = json!({ "claim": claim, "verdict": verdict.as_str() });
                if !corrections.is_empty() {
                    after["corrections"] = corrections.clone().into();
                }
                (REVIEW, ("claim", claim.clone()), after)
            }
            Decision::Judgement(Judgement::Same { claims }) => {
                (JUDGE, ("claims", claims.join(" ")), json!({ "same": claims }))
            }
            Decision::Judgement(Judgement::Different { claims, others }) => {
                let after = json!({ "different": claims, "from": others });
                (JUDGE, ("claims", claims.join(" ")), after)
            }
        };
        let deed = Deed { action, target, before: Value::Null, after, reason };
        let entry = audit::append(&case, who, deed)?;
        case.commit()?;
        Ok(entry)
    }

    /// Takes back what was decided in an entry of the log.
    pub fn undo(&mut self, who: &Who, entry: i64, reason: Option<&str>) -> Result<i64, Error> {
        let case = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let decided = decided(&case, entry)?.ok_or(Error::NoDecision { entry })?;
        if is_undone(&case, entry)? {
            return Err(Error::Undone { entry });
        }
        let deed = Deed {
            action: UNDO,
            target: ("entry", entry.to_string()),
            before: decided,
            after: json!({ "undone": entry }),
            reason,
        };
        let undone = audit::append(&case, who, deed)?;
        case.commit()?;
        Ok(undone)
    }

    /// Keeps what a person decided on which claims are about one happening.
    pub fn judge(&mut self, who: &Who, judgement: &Judgement, reason: &str) -> Result<i64, Error> {
        self.decide(who, &Decision::Judgement(judgement.clone()), Some(reason))
    }

    /// Lists what people decided on which claims are about one happening, in order.
    pub fn judgements(&self) -> Result<Vec<Judgement>, Error> {
        Ok(self.acts()?.judgements())
    }
}

/// Reads what an entry of the log decides.
fn decision(after: &Value) -> Option<Decision> {
    let list = |name: &str| -> Option<Vec<String>> {
        let ids = after[name].as_array()?.iter();
        Some(ids.filter_map(|id| id.as_str().map(str::to_owned)).collect())
    };
    if let Some(claim) = after["claim"].as_str() {
        let verdict = Verdict::parse(after["verdict"].as_str()?)?;
        let corrections = after["corrections"].as_object().cloned().unwrap_or_default();
        return Some(Decision::Review { claim: claim.to_owned(), verdict, corrections });
    }
    Some(Decision::Judgement(match (list("same"), list("different"), list("from")) {
        (Some(claims), _, _) => Judgement::Same { claims },
        (_, Some(claims), Some(others)) => Judgement::Different { claims, others },
        _ => return None,
    }))
}

/// Returns what an entry decides, if it is a decision.
fn decided(connection: &Connection, entry: i64) -> Result<Option<Value>, Error> {
    let mut select = connection.prepare_cached("SELECT entry FROM audit WHERE seq = ?1")?;
    let entry: Option<String> = select.query_row([entry], |row| row.get(0)).optional()?;
    let entry: Value = serde_json::from_str(entry.as_deref().unwrap_or("null"))
        .map_err(|_| Error::damaged("an entry of the log is no JSON"))?;
    let is_decision = entry["action"] == JUDGE || entry["action"] == REVIEW;
    Ok(is_decision.then(|| entry["after"].clone()))
}

fn is_undone(connection: &Connection, entry: i64) -> Result<bool, Error> {
    let mut select = connection.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM audit WHERE seq > ?1 AND \
         substr(entry, 1, 17) = '{\"action\":\"undo\",' AND \
         json_extract(entry, '$.after.undone') = ?1)",
    )?;
    Ok(select.query_row([entry], |row| row.get(0))?)
}
