//! Contradictions, revisions, origins, copies and control, one JSON object a line.

use super::incident::Place;
use super::rounded;
use serde::Serialize;
use sijill_model as model;

/// Two claims that cannot both be true, or of which one replaces the other.
#[derive(Serialize)]
pub(crate) struct Pair<'a> {
    id: &'a str,
    /// `contradiction` or `revision`.
    relation: &'static str,
    #[serde(rename = "type")]
    pair_type: &'static str,
    /// Where it is about: the place of the first side that has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<Place<'a>>,
    first: Side<'a>,
    second: Side<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    incident: Option<&'a str>,
}

#[derive(Serialize)]
struct Side<'a> {
    claim: &'a str,
    document: &'a str,
    origin: &'a str,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    chain: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    told: Option<String>,
    value: &'a str,
}

/// Documents and claims that go back to one origin.
#[derive(Serialize)]
pub(crate) struct OriginGroup<'a> {
    origin: &'a str,
    basis: Vec<&'static str>,
    documents: &'a [String],
    claims: &'a [String],
}

/// A passage that stands in two documents; offsets count code points.
#[derive(Serialize)]
pub(crate) struct Reuse<'a> {
    copy: Passage<'a>,
    original: Passage<'a>,
    share: f64,
    near_copy: bool,
}

#[derive(Serialize)]
struct Passage<'a> {
    document: &'a str,
    #[serde(rename = "in", skip_serializing_if = "Option::is_none")]
    field: Option<&'static str>,
    start: u32,
    end: u32,
}

/// Who holds a place from a day on, as one origin tells it.
#[derive(Serialize)]
pub(crate) struct ControlState<'a> {
    place: &'a str,
    name: &'a str,
    since: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    known: Option<String>,
    origin: &'a str,
    /// `held`, `contested` or `unknown`.
    state: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    holder: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lost_by: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    share: Option<Share>,
    document: &'a str,
    claim: &'a str,
}

#[derive(Serialize)]
struct Share {
    min: f64,
    max: f64,
}

impl<'a> Pair<'a> {
    pub(crate) fn contradiction(found: &'a model::Contradiction) -> Self {
        Self {
            id: &found.id,
            relation: "contradiction",
            pair_type: found.contradiction_type.as_str(),
            place: found.first.place.as_ref().or(found.second.place.as_ref()).map(Place::new),
            first: Side::new(&found.first),
            second: Side::new(&found.second),
            incident: found.incident.as_deref(),
        }
    }

    pub(crate) fn revision(found: &'a model::Revision) -> Self {
        Self {
            id: &found.id,
            relation: "revision",
            pair_type: found.contradiction_type.as_str(),
            place: found.earlier.place.as_ref().or(found.later.place.as_ref()).map(Place::new),
            first: Side::new(&found.earlier),
            second: Side::new(&found.later),
            incident: found.incident.as_deref(),
        }
    }
}

impl<'a> Side<'a> {
    fn new(side: &'a model::Side) -> Self {
        Self {
            claim: &side.claim,
            document: &side.document,
            origin: &side.origin,
            chain: &side.chain,
            told: side.told.map(|told| told.to_string()),
            value: &side.value,
        }
    }
}

impl<'a> OriginGroup<'a> {
    pub(crate) fn new(group: &'a model::OriginGroup) -> Self {
        Self {
            origin: &group.origin,
            basis: group.basis.iter().map(|basis| basis.as_str()).collect(),
            documents: &group.documents,
            claims: &group.claims,
        }
    }
}

impl<'a> Reuse<'a> {
    pub(crate) fn new(reuse: &'a model::Reuse) -> Self {
        Self {
            copy: Passage::new(&reuse.copy),
            original: Passage::new(&reuse.original),
            share: rounded(reuse.share, 3),
            near_copy: reuse.is_near_copy,
        }
    }
}

impl<'a> Passage<'a> {
    fn new(passage: &'a model::Passage) -> Self {
        Self {
            document: &passage.document,
            field: (passage.field == model::Field::Title).then_some("title"),
            start: passage.code_points.start,
            end: passage.code_points.end,
        }
    }
}

impl<'a> ControlState<'a> {
    pub(crate) fn new(state: &'a model::ControlState) -> Self {
        let (name, holder, lost_by, share) = match &state.holder {
            model::Holder::Held { actor, share } => ("held", vec![actor.as_str()], None, *share),
            model::Holder::Contested { actors } => {
                ("contested", actors.iter().map(String::as_str).collect(), None, None)
            }
            model::Holder::Unknown { lost_by } => {
                ("unknown", Vec::new(), Some(lost_by.as_str()), None)
            }
        };
        Self {
            place: &state.place,
            name: &state.name,
            since: state.since.to_string(),
            known: state.known.map(|day| day.to_string()),
            origin: &state.origin,
            state: name,
            holder,
            lost_by,
            share: share
                .map(|share| Share { min: rounded(share.min(), 4), max: rounded(share.max(), 4) }),
            document: &state.document,
            claim: &state.claim,
        }
    }
}
