//! Claims as rows, and rows as claims.

use crate::Error;
use crate::names::{Name, Names, Sort};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row, params};
use sijill_model::{
    Attribution, Claim, ClaimType, Count, CountSlot, Edtf, Evidence, Field, Modality, Participant,
    PlaceSlot, Precision, Share, ShareSlot, Span, TimeSlot,
};

/// Writes the claims of a reading.
pub(crate) fn write(
    connection: &Connection,
    names: &mut Names,
    reading: i64,
    claims: &[Claim],
) -> rusqlite::Result<()> {
    for claim in claims {
        let number = write_claim(connection, reading, claim)?;
        write_slots(connection, names, number, claim)?;
    }
    Ok(())
}

fn write_claim(connection: &Connection, reading: i64, claim: &Claim) -> rusqlite::Result<i64> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO claim (reading, id, kind, type, sentence, field, start, \"end\", \
         time, time_start, time_end, first_day, last_day, \
         count_min, count_max, count_approximate, count_start, count_end, \
         share_min, share_max, share_approximate, share_start, share_end, \
         modality, confidence, rule) VALUES \
         (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, \
          ?20, ?21, ?22, ?23, ?24, ?25, ?26)",
    )?;
    let Evidence { span, field } = claim.evidence;
    let time = claim.time;
    let day = |date: Option<sijill_model::Date>| date.map(|date| date.to_string());
    let first_day = day(time.and_then(|slot| slot.edtf.start().first()));
    let last_day = day(time.and_then(|slot| slot.edtf.end()?.last()));
    let (count, share) = (claim.count, claim.share);
    insert.execute(params![
        reading,
        claim.id,
        claim.claim_type.kind().as_str(),
        claim.claim_type.as_str(),
        claim.sentence,
        field_name(field),
        span.start,
        span.end,
        time.map(|slot| slot.edtf.to_string()),
        time.map(|slot| slot.span.start),
        time.map(|slot| slot.span.end),
        first_day,
        last_day,
        count.and_then(|slot| slot.count.min()).map(signed),
        count.and_then(|slot| slot.count.max()).map(signed),
        count.map(|slot| slot.count.approximate),
        count.map(|slot| slot.span.start),
        count.map(|slot| slot.span.end),
        share.map(|slot| slot.share.min()),
        share.map(|slot| slot.share.max()),
        share.map(|slot| slot.share.approximate),
        share.map(|slot| slot.span.start),
        share.map(|slot| slot.span.end),
        claim.modality.as_str(),
        claim.confidence,
        claim.rule,
    ])?;
    Ok(connection.last_insert_rowid())
}

/// SQLite counts to 2^63; nothing that a report counts comes near.
fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn write_slots(
    connection: &Connection,
    names: &mut Names,
    claim: i64,
    slots: &Claim,
) -> rusqlite::Result<()> {
    for (role, participants) in [("agent", &slots.agent), ("target", &slots.target)] {
        for (position, slot) in participants.iter().enumerate() {
            let name = Name {
                sort: Sort::Actor,
                id: Some(&slot.id),
                name_type: &slot.actor_type,
                name: &slot.name,
                name_en: slot.name_en.as_deref(),
                point: None,
            };
            write_slot(connection, names, claim, role, position, &name, slot.span, (None, None))?;
        }
    }
    for (position, slot) in slots.place.iter().enumerate() {
        let name = Name {
            sort: Sort::Place,
            id: slot.id.as_deref(),
            name_type: slot.precision.as_str(),
            name: &slot.name,
            name_en: slot.name_en.as_deref(),
            point: slot.point,
        };
        write_slot(connection, names, claim, "place", position, &name, slot.span, (None, None))?;
    }
    for (position, slot) in slots.attribution.iter().enumerate() {
        let name = Name {
            sort: Sort::Voice,
            id: Some(&slot.id),
            name_type: "",
            name: &slot.name,
            name_en: None,
            point: None,
        };
        let spoken = (slot.speaker.as_deref(), slot.verb.as_deref());
        write_slot(connection, names, claim, "voice", position, &name, slot.span, spoken)?;
    }
    Ok(())
}

#[expect(clippy::too_many_arguments, reason = "they are the columns of the row")]
fn write_slot(
    connection: &Connection,
    names: &mut Names,
    claim: i64,
    role: &str,
    position: usize,
    name: &Name<'_>,
    span: Span,
    (speaker, verb): (Option<&str>, Option<&str>),
) -> rusqlite::Result<()> {
    let name = names.number(connection, name)?;
    let mut insert = connection.prepare_cached(
        "INSERT INTO slot (claim, role, position, name, start, \"end\", speaker, verb) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    insert.execute(params![
        claim,
        role,
        position as i64,
        name,
        span.start,
        span.end,
        speaker,
        verb
    ])?;
    Ok(())
}

/// The columns that [`from_row`] reads, in its order; `c` is the claim and `d` its document.
pub(crate) const COLUMNS: &str = "c.no, d.id, c.id, c.kind, c.type, c.sentence, c.field, c.start, \
     c.\"end\", c.time, c.time_start, c.time_end, c.count_min, c.count_max, c.count_approximate, \
     c.count_start, c.count_end, c.share_min, c.share_max, c.share_approximate, c.share_start, \
     c.share_end, c.modality, c.confidence, c.rule";

/// How many columns there are.
pub(crate) const COLUMN_COUNT: usize = 25;

/// Reads a claim without its participants, places and voices.
pub(crate) fn from_row(row: &Row<'_>) -> Result<(i64, Claim), Error> {
    let number: i64 = row.get(0)?;
    let wrong = |column: &str| Error::damaged(format!("claim {number} has an unknown {column}"));
    let (kind, name) = (text(row, 3)?, text(row, 4)?);
    let claim_type = ClaimType::ALL
        .iter()
        .copied()
        .find(|t| t.as_str() == name && t.kind().as_str() == kind)
        .ok_or_else(|| wrong("type"))?;
    let time = match row.get_ref(9)? {
        ValueRef::Null => None,
        _ => {
            let edtf: Edtf = text(row, 9)?.parse().map_err(|_| wrong("time"))?;
            Some(TimeSlot { edtf, span: span(row, 10)? })
        }
    };
    let approximate: Option<bool> = row.get(14)?;
    let count = approximate.map(|approximate| {
        let bound = |bound: Option<i64>| bound.map(i64::unsigned_abs);
        let (min, max) = (bound(row.get(12)?), bound(row.get(13)?));
        let count = Count::between(min, max, approximate).ok_or_else(|| wrong("count"))?;
        Ok::<_, Error>(CountSlot { count, span: span(row, 15)? })
    });
    let approximate: Option<bool> = row.get(19)?;
    let share = approximate.map(|approximate| {
        let share = Share::between(row.get(17)?, row.get(18)?, approximate);
        let share = share.ok_or_else(|| wrong("share"))?;
        Ok::<_, Error>(ShareSlot { share, span: span(row, 20)? })
    });
    let field = if text(row, 6)? == "title" { Field::Title } else { Field::Text };
    Ok((
        number,
        Claim {
            id: row.get(2)?,
            document: row.get(1)?,
            sentence: row.get(5)?,
            claim_type,
            evidence: Evidence { span: span(row, 7)?, field },
            agent: Vec::new(),
            target: Vec::new(),
            place: Vec::new(),
            time,
            count: count.transpose()?,
            share: share.transpose()?,
            attribution: Vec::new(),
            modality: Modality::parse(text(row, 22)?).ok_or_else(|| wrong("modality"))?,
            confidence: row.get(23)?,
            rule: row.get(24)?,
        },
    ))
}

/// Fills the slots of a claim.
pub(crate) fn fill(connection: &Connection, number: i64, claim: &mut Claim) -> Result<(), Error> {
    let mut select = connection.prepare_cached(
        "SELECT s.role, n.id, n.type, n.name, n.name_en, n.lat, n.lon, s.start, s.\"end\", \
         s.speaker, s.verb FROM slot s JOIN name n ON n.no = s.name \
         WHERE s.claim = ?1 ORDER BY s.role, s.position",
    )?;
    let mut rows = select.query([number])?;
    while let Some(row) = rows.next()? {
        let (span, name) = (span(row, 7)?, row.get(3)?);
        let participant = |name| {
            Ok::<_, Error>(Participant {
                id: row.get(1)?,
                actor_type: row.get(2)?,
                name,
                name_en: row.get(4)?,
                span,
            })
        };
        match text(row, 0)? {
            "agent" => claim.agent.push(participant(name)?),
            "target" => claim.target.push(participant(name)?),
            "place" => claim.place.push(PlaceSlot {
                id: row.get(1)?,
                name,
                name_en: row.get(4)?,
                point: row.get::<_, Option<f64>>(5)?.zip(row.get(6)?),
                precision: Precision::parse(text(row, 2)?).ok_or_else(|| {
                    Error::damaged(format!("claim {number} has a place of unknown precision"))
                })?,
                span,
            }),
            _ => claim.attribution.push(Attribution {
                id: row.get(1)?,
                name,
                speaker: row.get(9)?,
                verb: row.get(10)?,
                span,
            }),
        }
    }
    Ok(())
}

fn text<'r>(row: &'r Row<'_>, column: usize) -> Result<&'r str, Error> {
    let value = row.get_ref(column)?;
    value.as_str().map_err(|_| Error::damaged(format!("column {column} of a claim is no text")))
}

fn span(row: &Row<'_>, column: usize) -> Result<Span, Error> {
    let (start, end): (u32, u32) = (row.get(column)?, row.get(column + 1)?);
    if end < start {
        return Err(Error::damaged("a span ends before it starts"));
    }
    Ok(Span::new(start, end))
}

pub(crate) fn field_name(field: Field) -> &'static str {
    match field {
        Field::Title => "title",
        Field::Text => "text",
    }
}
