//! Incidents in the shape of Airwars: ranges, belligerents, every source, and a suggested grade.

use super::{Exporter, Gathered, WriteError, line};
use crate::claim::{chain_names, days, degrees, english, origin};
use crate::figures::Number;
use crate::gathered::{Happening, headline};
use crate::{Options, Register, Report};
use serde_json::{Value, json};
use sijill_model::{ClaimType, IndependentOrigins, Kind, Modality, Participant, Precision};
use std::collections::BTreeSet;

/// The rule that suggests a grade, and its version.
const GRADING: &str = "independent-origins/1";

/// Writes incidents with civilians among the harmed.
pub(crate) struct Airwars<'a> {
    pub(crate) options: &'a Options,
    pub(crate) register: &'a dyn Register,
}

impl Exporter for Airwars<'_> {
    fn report(&mut self, _report: &Report, _out: &mut Vec<u8>) -> Result<(), WriteError> {
        Ok(())
    }

    fn finish(&mut self, gathered: &Gathered, out: &mut Vec<u8>) -> Result<(), WriteError> {
        for happening in gathered.happenings() {
            if let Some(record) = self.record(&happening) {
                line(out, &record);
            }
        }
        Ok(())
    }
}

impl Airwars<'_> {
    /// `None` where no harm to civilians is told.
    fn record(&self, happening: &Happening<'_>) -> Option<Value> {
        let civilian = |told: &crate::gathered::Told<'_>| {
            let target = &told.claim.target;
            target.iter().any(|slot| matches!(slot.actor_type.as_str(), "civilian" | "person"))
        };
        if !happening.has_happened() || !happening.told.iter().any(civilian) {
            return None;
        }
        let (first, last) = happening.time().map(days).unwrap_or_default();
        let killed = self.range(happening, ClaimType::Killed);
        let injured = self.range(happening, ClaimType::Injured);
        let belligerents: Vec<&str> = happening.agents.iter().map(|agent| english(agent)).collect();
        let (grade, why) = self.grade(happening);
        let bound = |number: Option<Number>, of: fn(Number) -> u64| number.map(of);
        Some(json!({
            "incident_code": happening.incident.id,
            "date": first,
            "date_end": last,
            "date_edtf": happening.time().map(|time| time.to_string()),
            "location": self.location(happening),
            "civilians_killed_min": bound(killed, |n| n.low),
            "civilians_killed_max": bound(killed, |n| n.high),
            "civilians_injured_min": bound(injured, |n| n.low),
            "civilians_injured_max": bound(injured, |n| n.high),
            "civilians_killed": bound(killed, |n| n.best),
            "belligerents": belligerents,
            "strike_type": happening.incident.claim_type.as_str(),
            "suggested_grade": grade,
            "suggested_grade_rule": GRADING,
            "suggested_grade_because": why,
            "independent_origins": happening.incident.independent_origins.as_str(),
            "sources": self.sources(happening),
            "figures": self.options.figures.to_string(),
            "profile": self.options.profile.name(),
        }))
    }

    fn range(&self, happening: &Happening<'_>, claim_type: ClaimType) -> Option<Number> {
        let civilians: BTreeSet<&str> = happening
            .told
            .iter()
            .flat_map(|told| &told.claim.target)
            .filter(|slot| matches!(slot.actor_type.as_str(), "civilian" | "person"))
            .map(|slot| slot.id.as_str())
            .collect();
        let figures = happening.incident.figures.iter().filter(|figure| {
            figure.claim_type == claim_type
                && figure.target.iter().any(|target| civilians.contains(target.as_str()))
        });
        self.options.figures.choose(figures)
    }

    fn location(&self, happening: &Happening<'_>) -> Value {
        let Some(slot) = happening.place else { return Value::Null };
        json!({
            "name": slot.name_en.as_deref().unwrap_or(&slot.name),
            "name_ar": slot.name,
            "latitude": slot.point.map(|point| degrees(point.0, slot.precision)),
            "longitude": slot.point.map(|point| degrees(point.1, slot.precision)),
            "accuracy": match slot.precision {
                Precision::Site => "Exact location",
                Precision::Neighbourhood => "Neighbourhood/area",
                Precision::Village => "Village",
                Precision::Town => "Town",
                Precision::District => "Subdistrict/district",
                Precision::Region => "Province/governorate",
                Precision::Country => "Country",
                Precision::Area => "Area",
            },
        })
    }

    fn sources(&self, happening: &Happening<'_>) -> Vec<Value> {
        let source = |told: &crate::gathered::Told<'_>| {
            json!({
                "claim": told.claim.id,
                "title": headline(told.report),
                "url": told.report.document.url,
                "published": told.report.document.published.map(|day| day.to_string()),
                "chain": chain_names(told.claim, told.outlet(), self.register),
                "evidence": told.evidence(),
            })
        };
        happening.told.iter().map(source).collect()
    }

    /// Suggests a grade by who says what; a researcher decides.
    fn grade(&self, happening: &Happening<'_>) -> (&'static str, String) {
        let leading = happening.leading();
        let asserted = leading.iter().filter(|told| told.claim.modality == Modality::Asserted);
        let admits = asserted.clone().find(|told| {
            let origin = origin(told.claim, told.outlet());
            let did = |agent: &Participant| {
                agent.id == origin && !matches!(agent.actor_type.as_str(), "civilian" | "source")
            };
            matches!(told.claim.claim_type.kind(), Kind::Event | Kind::Toll)
                && told.claim.agent.iter().any(did)
        });
        if let Some(told) = admits {
            let origin = origin(told.claim, told.outlet());
            return ("Confirmed", format!("{origin} tells it as its own deed"));
        }
        let blamed: BTreeSet<&str> = asserted
            .clone()
            .filter(|told| told.claim.claim_type.kind() == Kind::Event)
            .filter_map(|told| told.claim.agent.first())
            .filter(|agent| !matches!(agent.actor_type.as_str(), "civilian" | "unlisted"))
            .map(|agent| agent.id.as_str())
            .collect();
        if 1 < blamed.len() {
            let blamed: Vec<&str> = blamed.into_iter().collect();
            return (
                "Contested",
                format!("several are said to have done it: {}", blamed.join(", ")),
            );
        }
        let origins: BTreeSet<&str> =
            asserted.map(|told| origin(told.claim, told.outlet())).collect();
        match happening.incident.independent_origins {
            IndependentOrigins::Separate => {
                let origins: Vec<&str> = origins.into_iter().collect();
                ("Fair", format!("separate origins: {}", origins.join(", ")))
            }
            IndependentOrigins::Same => ("Weak", "one origin".to_owned()),
            IndependentOrigins::NotEstablished => {
                ("Weak", "it is not established that the origins are independent".to_owned())
            }
        }
    }
}
