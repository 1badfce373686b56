//! What a reviewer says a claim should be, checked slot by slot.

use crate::names::Library;
use crate::problem::Problem;
use serde_json::{Map, Value, json};
use sijill::model::{ClaimType, Count, Edtf, Modality, Share};

/// The most parties or places that fill a slot.
const MOST: usize = 50;

/// The most letters of a name or id.
const NAME: usize = 200;

/// Slots that hold a list, slots that hold one value, and those that no claim lacks.
const LISTS: [&str; 4] = ["agent", "origin", "place", "target"];

/// Checks corrections and writes them in one way, so that two reviewers who mean the same agree.
pub(crate) fn checked(
    sent: &Map<String, Value>,
    library: &Library,
) -> Result<Map<String, Value>, Problem> {
    let mut checked = Map::new();
    for (slot, value) in sent {
        let made = match slot.as_str() {
            name if LISTS.contains(&name) => list(value, library)?,
            "time" => nullable(value, time),
            "count" => nullable(value, count),
            "share" => nullable(value, share),
            "modality" => value.as_str().and_then(Modality::parse).map(|it| it.as_str().into()),
            "type" => value
                .as_str()
                .and_then(|text| text.parse::<ClaimType>().ok())
                .map(|it| it.to_string().into()),
            _ => return Err(unknown(slot)),
        };
        let made = made.ok_or_else(|| wrong(slot, value))?;
        checked.insert(slot.clone(), made);
    }
    Ok(checked)
}

fn unknown(slot: &str) -> Problem {
    Problem::bad(format!("'{slot}' is no slot that can be corrected"))
        .hint("correct agent, target, place, time, count, share, origin, modality or type")
}

fn wrong(slot: &str, value: &Value) -> Problem {
    let text = value.to_string();
    let shown: String = text.chars().take(NAME).collect();
    Problem::bad(format!("'{shown}' cannot be '{slot}'")).hint(match slot {
        "time" => "write EDTF, as in 2017-03-21 or 2017-03/2017-04, or null",
        "count" => "write {\"min\": 33, \"max\": 40, \"approximate\": false}, or null",
        "share" => "write {\"min\": 0.8, \"max\": 0.9}, of 1, or null",
        "modality" => {
            "one of asserted, denied, uncertain, possible, planned, predicted, conditional"
        }
        "type" => "write kind and type, as in toll/killed",
        _ => "write a list of {\"id\": …, \"name\": …} with either of them",
    })
}

fn nullable(value: &Value, made: impl Fn(&Value) -> Option<Value>) -> Option<Value> {
    if value.is_null() { Some(Value::Null) } else { made(value) }
}

fn time(value: &Value) -> Option<Value> {
    Some(value.as_str()?.parse::<Edtf>().ok()?.to_string().into())
}

fn count(value: &Value) -> Option<Value> {
    let number = |name: &str| match &value[name] {
        Value::Null => Some(None),
        number => number.as_u64().map(Some),
    };
    let approximate = value["approximate"].as_bool().unwrap_or_default();
    let count = Count::between(number("min")?, number("max")?, approximate)?;
    Some(json!({ "min": count.min(), "max": count.max(), "approximate": approximate }))
}

fn share(value: &Value) -> Option<Value> {
    let approximate = value["approximate"].as_bool().unwrap_or_default();
    let share = Share::between(value["min"].as_f64()?, value["max"].as_f64()?, approximate)?;
    Some(json!({ "min": share.min(), "max": share.max(), "approximate": approximate }))
}

/// Reads who or where; an empty list says that the report does not tell it.
fn list(value: &Value, library: &Library) -> Result<Option<Value>, Problem> {
    let all = match value {
        Value::Null => &[][..],
        Value::Array(all) if all.len() <= MOST => all,
        _ => return Ok(None),
    };
    let mut made = Vec::new();
    for one in all {
        let text = |name: &str| {
            let text = one[name].as_str().map(str::trim).filter(|text| !text.is_empty());
            text.filter(|text| text.chars().count() <= NAME)
        };
        let (id, name) = (text("id"), text("name"));
        if id.is_none() && name.is_none() {
            return Ok(None);
        }
        if let Some(id) = id.filter(|id| library.name(id).is_none() && name.is_none()) {
            return Err(Problem::bad(format!("no table knows the id '{id}'"))
                .hint("give the name as the report spells it"));
        }
        made.push(match id {
            // The name of an id is that of the tables.
            Some(id) if library.name(id).is_some() => json!({ "id": id }),
            _ => json!({ "name": name }),
        });
    }
    Ok(Some(made.into()))
}
