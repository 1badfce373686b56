//! Files of UCDP GED: each row a document of the outlet `ucdp-ged`, with what it codes as claims.

use super::ReadError;
use super::rows::{self, Event, Row, month};
use crate::write::GED;
use crate::{Register, Report};
use sijill_model::{ClaimType, Edtf, EdtfDate, Participant, Precision, Span, TimeSlot};

/// Reads a file of GED; files of candidate events may have no header.
pub fn ged(bytes: &[u8], register: &dyn Register) -> (Vec<Report>, Vec<ReadError>) {
    rows::read(bytes, &GED, |row| report(row, register))
}

fn report(row: &Row<'_>, register: &dyn Register) -> Result<Report, String> {
    let (id, _) = row.cell("id").ok_or("id is empty")?;
    let (violence, violence_span) =
        row.cell("type_of_violence").ok_or("type_of_violence is empty")?;
    let (claim_type, kind_a, kind_b) = match violence {
        "1" => (ClaimType::Clash, "state-forces", "armed-group"),
        "2" => (ClaimType::Clash, "armed-group", "armed-group"),
        "3" => (ClaimType::CivilianAttack, "armed-group", "civilian"),
        other => return Err(format!("type_of_violence '{other}' is not 1, 2 or 3")),
    };
    let side_a = row.actor("side_a", kind_a, register);
    let mut side_b = row.actor("side_b", kind_b, register);
    if let (Some(side), "3") = (&mut side_b, violence) {
        civilians(side);
    }
    let event = Event {
        agent: side_a.clone().into_iter().collect(),
        target: side_b.clone().into_iter().collect(),
        place: row.place("where_coordinates", precision(row))?,
        time: Some(time(row)?),
        attribution: row.source("source_original"),
        rule: "import.ucdp-ged/1",
    };
    let document = row.document(id, "ucdp-ged", None);
    let evidence = row.cell("source_headline").or(row.cell("dyad_name"));
    let evidence = evidence.map_or(violence_span, |cell| cell.1);
    let mut claims = vec![event.claim(&document, claim_type, evidence, None)];
    let civilian = |span: Span| {
        let name = "Civilians".to_owned();
        let mut slot = Participant {
            id: String::new(),
            actor_type: String::new(),
            name: name.clone(),
            name_en: Some(name),
            span,
        };
        civilians(&mut slot);
        slot
    };
    for (column, target) in [("deaths_a", side_a), ("deaths_b", side_b.filter(|_| violence != "3"))]
    {
        if let Some((dead, span)) = row.number(column)? {
            claims.extend(event.killed(
                &document,
                (dead, dead),
                span,
                target.into_iter().collect(),
            ));
        }
    }
    if let Some((dead, span)) = row.number("deaths_civilians")? {
        claims.extend(event.killed(&document, (dead, dead), span, vec![civilian(span)]));
    }
    if let (Some((low, span)), Some((high, _))) = (row.number("low")?, row.number("high")?) {
        if high < low {
            return Err(format!("low {low} is above high {high}"));
        }
        claims.extend(event.killed(&document, (low, high), span, Vec::new()));
    }
    Ok(Report { document, claims, ..Report::default() })
}

fn civilians(slot: &mut Participant) {
    "civilians".clone_into(&mut slot.id);
    "civilian".clone_into(&mut slot.actor_type);
}

fn time(row: &Row<'_>) -> Result<TimeSlot, String> {
    let (first, span) = row.day("date_start")?.ok_or("date_start is empty")?;
    let last = row.day("date_end")?.map_or(first, |day| day.0);
    let edtf = match row.cell("date_prec").map_or("1", |cell| cell.0) {
        "4" if first.month() == last.month() && first.year() == last.year() => month(first),
        "5" => Edtf::date(EdtfDate::Year(first.year())),
        _ => Edtf::interval(EdtfDate::Day(first), EdtfDate::Day(last))
            .map_err(|error| error.to_string())?,
    };
    Ok(TimeSlot { edtf, span })
}

fn precision(row: &Row<'_>) -> Precision {
    match row.cell("where_prec").map_or("", |cell| cell.0) {
        "1" => Precision::Town,
        "2" | "3" => Precision::District,
        "4" => Precision::Region,
        "6" => Precision::Country,
        _ => Precision::Area,
    }
}
