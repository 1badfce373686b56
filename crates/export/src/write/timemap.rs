//! TimeMap of Forensic Architecture: events, sources and associations in one JSON file.

use super::{Exporter, Gathered, WriteError};
use crate::claim::{degrees, metres};
use crate::gathered::{Happening, headline};
use crate::{Options, Report};
use serde_json::{Map, Value, json};
use sijill_model::EdtfDate;
use std::collections::BTreeMap;

/// Writes incidents as events of a TimeMap.
pub(crate) struct TimeMap<'a> {
    pub(crate) options: &'a Options,
}

impl Exporter for TimeMap<'_> {
    fn report(&mut self, _report: &Report, _out: &mut Vec<u8>) -> Result<(), WriteError> {
        Ok(())
    }

    fn finish(&mut self, gathered: &Gathered, out: &mut Vec<u8>) -> Result<(), WriteError> {
        let happenings = gathered.happenings();
        let mut sources: Map<String, Value> = Map::new();
        let mut categories: BTreeMap<&str, &str> = BTreeMap::new();
        let mut events = Vec::new();
        for happening in happenings.iter().filter(|happening| happening.has_happened()) {
            let Some(event) = event(happening, events.len()) else { continue };
            let claim_type = happening.incident.claim_type;
            categories.insert(claim_type.as_str(), claim_type.kind().as_str());
            for told in &happening.told {
                let document = &told.report.document;
                sources.insert(
                    document.id.clone(),
                    json!({
                        "id": document.id,
                        "title": headline(told.report),
                        "url": document.url,
                        "type": "Article",
                        "date": document.published.map(|day| day.to_string()),
                        "author": document.outlet,
                        "paths": [],
                    }),
                );
            }
            events.push(event);
        }
        let categories = categories.into_iter().map(|(id, kind)| {
            json!({"id": id, "title": id, "desc": kind, "mode": "CATEGORY", "filter_paths": [kind, id]})
        });
        let associations: Vec<Value> = categories.collect();
        let map = json!({
            "events": events,
            "sources": sources,
            "associations": associations,
            "sijill": self.options.remark(),
        });
        super::line(out, &map);
        Ok(())
    }
}

/// `None` of what has no day or no point that may be drawn.
fn event(happening: &Happening<'_>, number: usize) -> Option<Value> {
    let place = happening.place?;
    let (lat, lon) = place.point?;
    let off_by = metres(place.precision)?;
    let day = EdtfDate::Day(happening.time()?.start().first()?);
    let leading = happening.leading();
    let words = leading.first().map(|told| told.evidence()).unwrap_or_default();
    let mut sources: Vec<&str> =
        happening.told.iter().map(|told| told.report.document.id.as_str()).collect();
    sources.dedup();
    Some(json!({
        "id": number,
        "civId": happening.incident.id,
        "description": words,
        "date": day.to_string(),
        "time": "",
        "time_precision": happening.time()?.to_string(),
        "location": place.name_en.as_deref().unwrap_or(&place.name),
        "latitude": degrees(lat, place.precision).to_string(),
        "longitude": degrees(lon, place.precision).to_string(),
        "location_precision": format!("{off_by} m"),
        "type": happening.incident.claim_type.to_string(),
        "category": happening.incident.claim_type.as_str(),
        "associations": [happening.incident.claim_type.as_str()],
        "sources": sources,
        "colour": "",
    }))
}
