//! Claims as people found them: what was rejected is left out, what was corrected is put right.

use sijill::Knowledge;
use sijill::model::{
    Attribution, Claim, ClaimType, Count, CountSlot, Edtf, Modality, Participant, PlaceSlot, Share,
    ShareSlot, Span, TimeSlot,
};
use sijill_store::{Acts, Decision, Verdict};
use std::ops::AddAssign;

/// How many claims people found otherwise than they were read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Claims that are left out, since their report does not tell them.
    pub rejected: u64,
    /// Claims some slots of which are put right.
    pub corrected: u64,
}

impl AddAssign for Found {
    fn add_assign(&mut self, other: Self) {
        self.rejected += other.rejected;
        self.corrected += other.corrected;
    }
}

/// Returns claims as they stand after their reviews; a claim on which two disagree is left as it
/// was read.
pub fn reviewed(claims: Vec<Claim>, acts: &Acts, knowledge: &Knowledge) -> (Vec<Claim>, Found) {
    let mut found = Found::default();
    let each = claims.into_iter().filter_map(|mut claim| {
        let Some(act) = acts.ruling(&claim.id) else { return Some(claim) };
        let Decision::Review { verdict, corrections, .. } = &act.decision else {
            return Some(claim);
        };
        match verdict {
            Verdict::Accept => {}
            Verdict::Correct => {
                let names = Names { knowledge, span: claim.evidence.span };
                for (slot, value) in corrections {
                    names.put(&mut claim, slot, value);
                }
                found.corrected += 1;
            }
            Verdict::Reject => {
                found.rejected += 1;
                return None;
            }
        }
        Some(claim)
    });
    let claims = each.collect();
    (claims, found)
}

type Value = serde_json::Value;

/// Fills slots by what a reviewer says; the words that tell it are those of the whole claim.
struct Names<'k> {
    knowledge: &'k Knowledge,
    span: Span,
}

impl Names<'_> {
    fn put(&self, claim: &mut Claim, slot: &str, value: &Value) {
        let span = self.span;
        match slot {
            "agent" => claim.agent = self.parties(value),
            "target" => claim.target = self.parties(value),
            "place" => claim.place = self.places(value),
            "origin" => {
                claim.attribution.pop();
                claim.attribution.extend(self.voices(value));
            }
            "time" => {
                let time = value.as_str().and_then(|text| text.parse::<Edtf>().ok());
                claim.time = time.map(|edtf| TimeSlot { edtf, span });
            }
            "count" => claim.count = count(value).map(|count| CountSlot { count, span }),
            "share" => claim.share = share(value).map(|share| ShareSlot { share, span }),
            "modality" => {
                let modality = value.as_str().and_then(Modality::parse);
                claim.modality = modality.unwrap_or(claim.modality);
            }
            "type" => {
                let name = value.as_str().and_then(|text| text.parse::<ClaimType>().ok());
                claim.claim_type = name.unwrap_or(claim.claim_type);
            }
            _ => {}
        }
    }

    /// Lists the ids of a correction. A name that no table knows is left out: it was typed by
    /// somebody, stands in no report, and nobody can tell whether it may be shown.
    fn ids<'v>(&self, value: &'v Value) -> impl Iterator<Item = &'v str> {
        value.as_array().into_iter().flatten().filter_map(|one| one["id"].as_str())
    }

    fn parties(&self, value: &Value) -> Vec<Participant> {
        let entities = &self.knowledge.entities;
        let known = self.ids(value).filter_map(|id| {
            let entity = entities.get(entities.find(id)?);
            Some(Participant {
                id: id.to_owned(),
                actor_type: entity.type_name.clone(),
                name: entity.names.first().cloned().unwrap_or_default(),
                name_en: entity.names_en.first().cloned(),
                span: self.span,
            })
        });
        known.collect()
    }

    fn voices(&self, value: &Value) -> Vec<Attribution> {
        let parties = self.parties(value).into_iter();
        let voices = parties.map(|Participant { id, name, span, .. }| Attribution {
            id,
            name,
            speaker: None,
            verb: None,
            span,
        });
        voices.collect()
    }

    fn places(&self, value: &Value) -> Vec<PlaceSlot> {
        let known = self.ids(value).filter_map(|id| {
            let place = self.knowledge.gazetteer.iter().find(|place| place.id == id)?;
            Some(PlaceSlot {
                id: Some(place.id.to_string()),
                name: place.name.to_string(),
                name_en: place.name_en.as_deref().map(str::to_owned),
                point: Some((place.lat, place.lon)),
                precision: place.kind.precision(),
                span: self.span,
            })
        });
        known.collect()
    }
}

fn count(value: &Value) -> Option<Count> {
    let bound = |name: &str| value[name].as_u64();
    Count::between(bound("min"), bound("max"), value["approximate"] == true)
}

fn share(value: &Value) -> Option<Share> {
    Share::between(value["min"].as_f64()?, value["max"].as_f64()?, value["approximate"] == true)
}
