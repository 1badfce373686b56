//! Claims as comma-separated values, one row a claim, for spreadsheets.
//!
//! Several fillers of a slot share a cell, with `; ` between them; what is not told is empty.

use sijill_model::{Claim, Document, Field, Participant};

/// The columns, in order.
pub const COLUMNS: [&str; 31] = [
    "id",
    "document",
    "published",
    "outlet",
    "url",
    "kind",
    "type",
    "agent_id",
    "agent",
    "target_id",
    "target",
    "place_id",
    "place",
    "place_en",
    "lat",
    "lon",
    "precision",
    "time",
    "count_min",
    "count_max",
    "count_approximate",
    "share_min",
    "share_max",
    "chain",
    "origin_id",
    "origin",
    "modality",
    "confidence",
    "in",
    "evidence",
    "rule",
];

/// Appends the header.
pub fn header(out: &mut Vec<u8>) {
    record(out, COLUMNS.map(str::to_owned));
}

/// Appends the claims of one document.
pub fn claims(out: &mut Vec<u8>, document: &Document, claims: &[Claim]) {
    for claim in claims {
        record(out, cells(document, claim));
    }
}

fn record(out: &mut Vec<u8>, cells: [String; COLUMNS.len()]) {
    let mut writer = csv::Writer::from_writer(out);
    // Writing to memory cannot fail.
    let _ = writer.write_record(cells);
    let _ = writer.flush();
}

fn cells(document: &Document, claim: &Claim) -> [String; COLUMNS.len()] {
    let field = match claim.evidence.field {
        Field::Title => document.title.as_deref().unwrap_or_default(),
        Field::Text => &document.text,
    };
    let place = claim.place.first();
    let degrees = |pick: fn((f64, f64)) -> f64| {
        place.and_then(|slot| slot.point).map(|point| format!("{:.5}", pick(point)))
    };
    let count = claim.count.map(|slot| slot.count);
    let share = claim.share.map(|slot| slot.share);
    let part = |value: f64| format!("{}", (value * 10_000.0).round() / 10_000.0);
    let origin = claim.attribution.last();
    let told = Option::unwrap_or_default;
    [
        claim.id.clone(),
        document.id.clone(),
        told(document.published.map(|day| day.to_string())),
        told(document.outlet.clone()),
        told(document.url.clone()),
        claim.claim_type.kind().as_str().to_owned(),
        claim.claim_type.as_str().to_owned(),
        list(&claim.agent, |slot| &slot.id),
        list(&claim.agent, |slot| &slot.name),
        list(&claim.target, |slot| &slot.id),
        list(&claim.target, |slot| &slot.name),
        told(place.and_then(|slot| slot.id.clone())),
        told(place.map(|slot| slot.name.clone())),
        told(place.and_then(|slot| slot.name_en.clone())),
        told(degrees(|(lat, _)| lat)),
        told(degrees(|(_, lon)| lon)),
        told(place.map(|slot| slot.precision.as_str().to_owned())),
        told(claim.time.map(|slot| slot.edtf.to_string())),
        told(count.and_then(|count| count.min()).map(|min| min.to_string())),
        told(count.and_then(|count| count.max()).map(|max| max.to_string())),
        told(count.map(|count| count.approximate.to_string())),
        told(share.map(|share| part(share.min()))),
        told(share.map(|share| part(share.max()))),
        claim.attribution.iter().map(|voice| &*voice.id).collect::<Vec<_>>().join(" > "),
        told(origin.map(|voice| voice.id.clone()).or_else(|| document.outlet.clone())),
        told(origin.map(|voice| voice.name.clone())),
        claim.modality.as_str().to_owned(),
        format!("{:.2}", claim.confidence),
        if claim.evidence.field == Field::Title { "title" } else { "text" }.to_owned(),
        claim.evidence.span.of(field).to_owned(),
        claim.rule.clone(),
    ]
}

fn list(slots: &[Participant], pick: impl Fn(&Participant) -> &String) -> String {
    slots.iter().map(|slot| pick(slot).as_str()).collect::<Vec<_>>().join("; ")
}
