//! What people found of a claim, told beside it wherever it is shown.

use crate::person::Person;
use serde::Serialize;
use serde_json::{Map, Value};
use sijill_store::{Acts, Decision, Standing};
use utoipa::ToSchema;

/// What people found of a claim, which stays as it was read.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Ruling {
    /// `once`, `agreed`, `disagreed` or `adjudicated`.
    state: &'static str,
    /// `accept`, `correct` or `reject`; left out while two disagree.
    #[serde(skip_serializing_if = "Option::is_none")]
    verdict: Option<&'static str>,
    /// The slots as they should be; viewers are not told, since a mask does not reach what a
    /// reviewer typed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    corrections: Option<Map<String, Value>>,
    /// Why; not told to viewers either.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

impl Ruling {
    /// Tells what was found of a claim, if anybody reviewed it.
    pub(crate) fn of(claim: &str, acts: &Acts, person: &Person) -> Option<Self> {
        let standing = acts.standing(claim);
        if standing == Standing::Open {
            return None;
        }
        let mut ruling =
            Self { state: standing.as_str(), verdict: None, corrections: None, reason: None };
        let Some(act) = acts.ruling(claim) else { return Some(ruling) };
        if let Decision::Review { verdict, corrections, .. } = &act.decision {
            ruling.verdict = Some(verdict.as_str());
            if !person.is_viewer() {
                ruling.corrections = Some(corrections.clone()).filter(|slots| !slots.is_empty());
                ruling.reason.clone_from(&act.reason);
            }
        }
        Some(ruling)
    }
}
