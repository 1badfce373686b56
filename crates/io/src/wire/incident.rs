//! What corroboration makes, one JSON object a line.

use super::rounded;
use serde::Serialize;
use sijill_model as model;

/// One incident.
#[derive(Serialize)]
pub(crate) struct Incident<'a> {
    id: &'a str,
    kind: &'static str,
    #[serde(rename = "type")]
    claim_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<Place<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    time: Option<String>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    agent: &'a [String],
    independent_origins: &'static str,
    documents: &'a [String],
    claims: Vec<Member<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    figures: Vec<Figure<'a>>,
}

/// What speaks for and against two documents telling of one happening.
#[derive(Serialize)]
pub(crate) struct Compared<'a> {
    documents: [&'a str; 2],
    signals: Vec<Signal>,
}

impl<'a> Compared<'a> {
    pub(crate) fn new(documents: [&'a str; 2], signals: &[model::Signal]) -> Self {
        Self { documents, signals: signals.iter().map(Signal::new).collect() }
    }
}

impl Signal {
    fn new(signal: &model::Signal) -> Self {
        Self {
            name: signal.name,
            value: rounded(signal.value, 3),
            weight: rounded(signal.weight, 2),
        }
    }
}

#[derive(Serialize)]
pub(super) struct Place<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name_en: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lat: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lon: Option<f64>,
    precision: &'static str,
}

#[derive(Serialize)]
struct Member<'a> {
    id: &'a str,
    document: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    signals: Vec<Signal>,
}

#[derive(Serialize)]
struct Signal {
    name: &'static str,
    value: f64,
    weight: f64,
}

#[derive(Serialize)]
struct Figure<'a> {
    #[serde(rename = "type")]
    claim_type: &'static str,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    target: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    min: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max: Option<u64>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    approximate: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    cumulative: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    part: bool,
    origin: &'a str,
    document: &'a str,
    claim: &'a str,
}

impl<'a> Incident<'a> {
    pub(crate) fn new(incident: &'a model::Incident) -> Self {
        Self {
            id: &incident.id,
            kind: incident.claim_type.kind().as_str(),
            claim_type: incident.claim_type.as_str(),
            place: incident.place.as_ref().map(Place::new),
            time: incident.time.map(|time| time.to_string()),
            agent: &incident.agents,
            independent_origins: incident.independent_origins.as_str(),
            documents: &incident.documents,
            claims: incident.members.iter().map(Member::new).collect(),
            figures: incident.figures.iter().map(Figure::new).collect(),
        }
    }
}

impl<'a> Place<'a> {
    pub(super) fn new(place: &'a model::IncidentPlace) -> Self {
        Self {
            id: place.id.as_deref(),
            name: &place.name,
            name_en: place.name_en.as_deref(),
            lat: place.point.map(|(lat, _)| rounded(lat, 5)),
            lon: place.point.map(|(_, lon)| rounded(lon, 5)),
            precision: place.precision.as_str(),
        }
    }
}

impl<'a> Member<'a> {
    fn new(member: &'a model::Member) -> Self {
        Self {
            id: &member.claim,
            document: &member.document,
            signals: member.signals.iter().map(Signal::new).collect(),
        }
    }
}

impl<'a> Figure<'a> {
    fn new(figure: &'a model::Figure) -> Self {
        Self {
            claim_type: figure.claim_type.as_str(),
            target: &figure.target,
            min: figure.count.min(),
            max: figure.count.max(),
            approximate: figure.count.approximate,
            cumulative: figure.is_cumulative,
            part: figure.is_part,
            origin: &figure.origin,
            document: &figure.document,
            claim: &figure.claim,
        }
    }
}
