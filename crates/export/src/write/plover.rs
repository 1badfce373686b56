//! PLOVER: one event a claim, with the auxiliary modes that its manual names.

use super::{Exporter, Gathered, WriteError, line};
use crate::claim::{chain, chain_names, english, place};
use crate::country::Country;
use crate::gathered::headline;
use crate::report::Indexes;
use crate::{Options, Register, Report};
use serde_json::{Value, json};
use sijill_model::{Claim, ClaimType, Date, Field, Modality, Participant, Precision};

/// Writes claims as PLOVER records.
pub(crate) struct Plover<'a> {
    pub(crate) options: &'a Options,
    pub(crate) register: &'a dyn Register,
}

impl Exporter for Plover<'_> {
    fn report(&mut self, report: &Report, out: &mut Vec<u8>) -> Result<(), WriteError> {
        let indexes = Indexes::new(report);
        for claim in &report.claims {
            if let Some(record) = self.record(report, claim, &indexes) {
                line(out, &record);
            }
        }
        Ok(())
    }

    fn finish(&mut self, _gathered: &Gathered, _out: &mut Vec<u8>) -> Result<(), WriteError> {
        Ok(())
    }
}

impl Plover<'_> {
    /// `None` of what has no event in PLOVER, or neither date nor day of publication.
    fn record(&self, report: &Report, claim: &Claim, indexes: &Indexes<'_>) -> Option<Value> {
        let (event, mode) = event(claim.claim_type)?;
        let field = claim.evidence.field;
        let published = report.document.published;
        let first = claim.time.and_then(|slot| slot.edtf.start().first());
        let last = claim.time.and_then(|slot| slot.edtf.end()?.last());
        let mut modes: Vec<&str> = mode.into_iter().collect();
        modes.extend(auxiliary(claim, published));
        let (start, end) = indexes.code_points(field, claim.evidence.span);
        let outlet = report.document.outlet.as_deref();
        let comment = json!({
            "chain": chain(claim, outlet),
            "chain_names": chain_names(claim, outlet, self.register),
            "modality": claim.modality.as_str(),
            "confidence": (claim.confidence * 100.0).round() / 100.0,
            "rule": claim.rule,
            "date_is": if first.is_some() { "of the event" } else { "of publication" },
            "export": self.options.remark(),
        });
        let mut record = json!({
            "id": claim.id,
            "date": first.or(published)?.to_string(),
            "has_event": true,
            "actor": self.entities(&claim.agent),
            "recipient": self.entities(&claim.target),
            "event": [event],
            "mode": modes,
            "context": ["military"],
            "quad_code": quad(event),
            "event_text": [report.words(field, claim.evidence.span)],
            "text_info": {"sequence": claim.sentence, "start": start, "end": end},
            "cite_info": {
                "citation": report.document.id,
                "url": report.document.url,
                "title": headline(report),
                "language": "ara",
                "publication": outlet,
                "coder": self.options.program,
                "codebook": "PLOVER",
            },
            "link": report.document.id,
            "comment": comment.to_string(),
        });
        if let Some(last) = last.filter(|last| Some(*last) != first) {
            record["enddate"] = last.to_string().into();
        }
        if let Some(location) = self.location(report, claim, field) {
            record["event_loc"] = location;
        }
        if let Some(size) = size(claim) {
            record["size"] = size;
        }
        Some(record)
    }

    fn entities(&self, slots: &[Participant]) -> Vec<Value> {
        let entity = |slot: &Participant| {
            let party = self.register.party(&slot.id);
            let country = party.and_then(|party| party.country);
            let country = country.as_deref().and_then(Country::find).map(|country| country.alpha3);
            json!({
                "code": country.unwrap_or_default(),
                "sector": sector(&slot.actor_type),
                "entity_text": english(slot),
                "identifier_id": slot.id,
                "identifier_text": slot.name,
            })
        };
        slots.iter().map(entity).collect()
    }

    fn location(&self, report: &Report, claim: &Claim, field: Field) -> Option<Value> {
        let slot = place(claim)?;
        let around = slot.id.as_deref().map(|id| self.register.around(id)).unwrap_or_default();
        let name = |precision: &[Precision]| {
            let unit = around.iter().find(|unit| precision.contains(&unit.kind.precision()));
            unit.map(|unit| unit.name_en.clone().unwrap_or_else(|| unit.name.clone()))
        };
        let country = around.iter().find_map(|unit| unit.country.as_deref());
        let country = country.and_then(Country::find);
        let geonames = slot.id.as_deref().and_then(|id| id.strip_prefix("geonames:"));
        let (code, resolution) = match slot.precision {
            Precision::Site | Precision::Neighbourhood => ("PPLX", 5),
            Precision::Village | Precision::Town => ("PPL", 4),
            Precision::District => ("ADM2", 3),
            Precision::Region | Precision::Area => ("ADM1", 2),
            Precision::Country => ("PCLI", 1),
        };
        Some(json!({
            "extracted_place": report.words(field, slot.span),
            "resolved_place": slot.name_en.as_deref().unwrap_or(&slot.name),
            "geonameid": geonames,
            "lat": slot.point.map(|point| crate::claim::degrees(point.0, slot.precision)),
            "lon": slot.point.map(|point| crate::claim::degrees(point.1, slot.precision)),
            "city": name(&[Precision::Town, Precision::Village]),
            "district": name(&[Precision::District]),
            "province": name(&[Precision::Region]),
            "country": country.map(|country| country.name),
            "country_code": country.map(|country| country.alpha3),
            "feature_class": if code.starts_with("PPL") { "P" } else { "A" },
            "feature_code": code,
            "resolution": resolution,
        }))
    }
}

/// The modes that PLOVER names for what is not told as happening now, and no project has filled.
fn auxiliary(claim: &Claim, published: Option<Date>) -> Vec<&'static str> {
    let mut modes = match claim.modality {
        Modality::Denied => vec!["negation"],
        Modality::Planned | Modality::Predicted => vec!["future"],
        Modality::Possible => vec!["future", "hypothetical"],
        Modality::Conditional | Modality::Uncertain => vec!["hypothetical"],
        Modality::Asserted => Vec::new(),
    };
    // A year or more before the report it is history.
    let end = claim.time.and_then(|slot| slot.edtf.end()?.last());
    if let (Some(end), Some(published)) = (end, published)
        && end.until(published).is_ok_and(|span| 365 <= span.get_days())
    {
        modes.push("historical");
    }
    modes
}

/// The numbers of people that a claim tells.
fn size(claim: &Claim) -> Option<Value> {
    let count = claim.count?.count;
    let number = count.min().or(count.max())?;
    let name = match claim.claim_type {
        ClaimType::Killed | ClaimType::Execution => "dead",
        ClaimType::Injured => "injured",
        ClaimType::Arrest | ClaimType::Captured => "arrested",
        _ => return None,
    };
    Some(json!({name: number}))
}

fn sector(actor_type: &str) -> &'static str {
    match actor_type {
        "state" | "government" => "GOV",
        "state-forces" => "MIL",
        "armed-group" => "REB",
        "coalition" => "IGO",
        "civilian" => "CVL",
        "source" => "MED",
        _ => "",
    }
}

fn quad(event: &str) -> u8 {
    match event {
        "AGREE" | "CONSULT" | "SUPPORT" | "CONCEDE" => 1,
        "COOPERATE" | "AID" | "RETREAT" => 2,
        "REQUEST" | "ACCUSE" | "REJECT" | "THREATEN" | "SANCTION" => 3,
        _ => 4,
    }
}

/// The event and its mode; `None` of what PLOVER does not code.
fn event(claim_type: ClaimType) -> Option<(&'static str, Option<&'static str>)> {
    Some(match claim_type {
        ClaimType::Clash | ClaimType::Assault | ClaimType::Captures => {
            ("ASSAULT", Some("firearms"))
        }
        ClaimType::Airstrike | ClaimType::Strikes => ("ASSAULT", Some("aerial")),
        ClaimType::Shelling => ("ASSAULT", Some("heavy-weapons")),
        ClaimType::Bombing => ("ASSAULT", Some("explosives")),
        ClaimType::Execution => ("ASSAULT", Some("targeted")),
        ClaimType::Abduction => ("ASSAULT", Some("abduct")),
        ClaimType::Destruction | ClaimType::Looting => ("ASSAULT", Some("destroy")),
        ClaimType::CivilianAttack | ClaimType::Killed | ClaimType::Injured => ("ASSAULT", None),
        ClaimType::Advance | ClaimType::Deployment => ("MOBILIZE", Some("troops")),
        ClaimType::Withdrawal | ClaimType::Surrender | ClaimType::Loses => ("RETREAT", None),
        ClaimType::Evacuation | ClaimType::Release | ClaimType::Demining => {
            ("RETREAT", Some("deescalate"))
        }
        ClaimType::Siege | ClaimType::Arrest | ClaimType::Restriction | ClaimType::Captured => {
            ("COERCE", None)
        }
        ClaimType::Protest => ("PROTEST", Some("demo")),
        ClaimType::Riot => ("PROTEST", Some("riot")),
        ClaimType::Aid => ("AID", None),
        ClaimType::ArmsTransfer => ("COOPERATE", Some("military")),
        ClaimType::Supports | ClaimType::AlliedWith | ClaimType::Announce => ("SUPPORT", None),
        ClaimType::Truce
        | ClaimType::EvacuationDeal
        | ClaimType::SurrenderDeal
        | ClaimType::OtherAgreement => ("AGREE", None),
        ClaimType::Appeal => ("REQUEST", None),
        ClaimType::Threat => ("THREATEN", None),
        ClaimType::Denial | ClaimType::Rejection => ("REJECT", None),
        ClaimType::Accusation | ClaimType::Opposes => ("ACCUSE", None),
        _ => return None,
    })
}
