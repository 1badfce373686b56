//! Points on a map (RFC 7946), with no more decimals than are known.

use super::{Exporter, Gathered, WriteError};
use crate::claim::{chain, date_precision, days, degrees, english, metres, origin, place};
use crate::{Options, Report};
use serde_json::{Value, json};
use sijill_model::Claim;

/// Writes claims as features.
pub(crate) struct GeoJson<'a> {
    pub(crate) options: &'a Options,
    /// Whether a feature stands there already.
    pub(crate) begun: bool,
}

impl Exporter for GeoJson<'_> {
    fn begin(&mut self, out: &mut Vec<u8>) -> Result<(), WriteError> {
        let Options { figures, profile, program, knowledge } = self.options;
        let about = json!({
            "program": program,
            "knowledge": knowledge,
            "figures": figures.to_string(),
            "profile": profile.name(),
        });
        let head = format!("{{\"type\":\"FeatureCollection\",\"sijill\":{about},\"features\":[");
        out.extend_from_slice(head.as_bytes());
        Ok(())
    }

    fn report(&mut self, report: &Report, out: &mut Vec<u8>) -> Result<(), WriteError> {
        // A claim without a place has nothing to draw; one whose place has no point has a null
        // geometry, so that what cannot be drawn is counted and not lost.
        for claim in report.claims.iter().filter(|claim| !claim.place.is_empty()) {
            out.extend_from_slice(if self.begun { b",\n" } else { b"\n" });
            self.begun = true;
            out.extend_from_slice(feature(report, claim).to_string().as_bytes());
        }
        Ok(())
    }

    fn finish(&mut self, _gathered: &Gathered, out: &mut Vec<u8>) -> Result<(), WriteError> {
        out.extend_from_slice(b"\n]}\n");
        Ok(())
    }
}

fn feature(report: &Report, claim: &Claim) -> Value {
    let outlet = report.document.outlet.as_deref();
    let mut properties = json!({
        "document": report.document.id,
        "kind": claim.claim_type.kind().as_str(),
        "type": claim.claim_type.as_str(),
        "modality": claim.modality.as_str(),
        "agent": claim.agent.iter().map(english).collect::<Vec<_>>(),
        "target": claim.target.iter().map(english).collect::<Vec<_>>(),
        "chain": chain(claim, outlet),
        "origin": origin(claim, outlet),
        "evidence": report.words(claim.evidence.field, claim.evidence.span),
        "confidence": (claim.confidence * 100.0).round() / 100.0,
    });
    let mut geometry = Value::Null;
    if let Some(place) = place(claim) {
        properties["place"] = place.name.as_str().into();
        properties["place_en"] = place.name_en.as_deref().into();
        properties["place_id"] = place.id.as_deref().into();
        properties["precision"] = place.precision.as_str().into();
        properties["precision_m"] = metres(place.precision).into();
        if let (Some((lat, lon)), Some(_)) = (place.point, metres(place.precision)) {
            let degrees = |value| degrees(value, place.precision);
            geometry = json!({"type": "Point", "coordinates": [degrees(lon), degrees(lat)]});
        }
    }
    if let Some(time) = claim.time {
        let (first, last) = days(time.edtf);
        properties["time"] = time.edtf.to_string().into();
        properties["date_start"] = first.into();
        properties["date_end"] = last.into();
        properties["date_precision"] = date_precision(time.edtf).into();
    }
    if let Some(slot) = claim.count {
        properties["count_min"] = slot.count.min().into();
        properties["count_max"] = slot.count.max().into();
    }
    if let Some(slot) = claim.share {
        properties["share_min"] = slot.share.min().into();
        properties["share_max"] = slot.share.max().into();
    }
    json!({"type": "Feature", "id": claim.id, "geometry": geometry, "properties": properties})
}
