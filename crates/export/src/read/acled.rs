//! Files of ACLED: each row a document of the outlet `acled`, with what it codes as claims.

use super::ReadError;
use super::rows::{self, Event, Row, month};
use crate::write::ACLED;
use crate::{Register, Report};
use sijill_model::{ClaimType, Edtf, EdtfDate, Precision, TimeSlot};

/// Reads a file of ACLED.
pub fn acled(bytes: &[u8], register: &dyn Register) -> (Vec<Report>, Vec<ReadError>) {
    rows::read(bytes, &ACLED, |row| report(row, register))
}

fn report(row: &Row<'_>, register: &dyn Register) -> Result<Report, String> {
    let (id, _) = row.cell("event_id_cnty").ok_or("event_id_cnty is empty")?;
    let day = row.day("event_date")?.ok_or("event_date is empty")?;
    let (sub_type, sub_span) = row.cell("sub_event_type").ok_or("sub_event_type is empty")?;
    let claim_type = claim_type(sub_type);
    let claim_type = claim_type.ok_or_else(|| format!("unknown sub_event_type '{sub_type}'"))?;
    let precision = row.cell("time_precision").map_or("1", |cell| cell.0);
    let date = Edtf::date(EdtfDate::Day(day.0));
    let edtf = match precision {
        "1" => date,
        "2" => date.about(),
        _ => month(day.0),
    };
    let event = Event {
        agent: row.actor("actor1", actor_type(row, "inter1"), register).into_iter().collect(),
        target: row.actor("actor2", actor_type(row, "inter2"), register).into_iter().collect(),
        place: row.place(
            "location",
            match row.cell("geo_precision").map_or("1", |cell| cell.0) {
                "1" => Precision::Town,
                "2" => Precision::District,
                _ => Precision::Region,
            },
        )?,
        time: Some(TimeSlot { edtf, span: day.1 }),
        attribution: row.source("source"),
        rule: "import.acled/1",
    };
    let document = row.document(id, "acled", None);
    let evidence = row.cell("notes").map_or(sub_span, |notes| notes.1);
    let mut claims = vec![event.claim(&document, claim_type, evidence, None)];
    if let Some((dead, span)) = row.number("fatalities")? {
        claims.extend(event.killed(&document, (dead, dead), span, Vec::new()));
    }
    Ok(Report { document, claims, ..Report::default() })
}

/// What sort of actor a code or its text stands for.
fn actor_type(row: &Row<'_>, column: &str) -> &'static str {
    match row.cell(column).map_or("", |cell| cell.0) {
        "1" | "State forces" => "state-forces",
        "2" | "3" | "4" | "Rebel group" | "Political militia" | "Identity militia" => "armed-group",
        "5" | "6" | "7" | "Rioters" | "Protesters" | "Civilians" => "civilian",
        _ => "unlisted",
    }
}

fn claim_type(sub_event_type: &str) -> Option<ClaimType> {
    Some(match sub_event_type {
        "Armed clash" => ClaimType::Clash,
        "Government regains territory"
        | "Non-state actor overtakes territory"
        | "Non-violent transfer of territory" => ClaimType::Captures,
        "Air/drone strike" => ClaimType::Airstrike,
        "Shelling/artillery/missile attack" => ClaimType::Shelling,
        "Suicide bomb" | "Remote explosive/landmine/IED" | "Grenade" => ClaimType::Bombing,
        "Chemical weapon" | "Sexual violence" | "Attack" => ClaimType::CivilianAttack,
        "Abduction/forced disappearance" => ClaimType::Abduction,
        "Peaceful protest" | "Protest with intervention" | "Excessive force against protesters" => {
            ClaimType::Protest
        }
        "Violent demonstration" | "Mob violence" => ClaimType::Riot,
        "Agreement" => ClaimType::OtherAgreement,
        "Arrests" => ClaimType::Arrest,
        "Disrupted weapons use" => ClaimType::Demining,
        "Looting/property destruction" => ClaimType::Looting,
        "Change to group/activity" | "Headquarters or base established" => ClaimType::Deployment,
        "Other" => ClaimType::Announce,
        _ => return None,
    })
}
