//! Which claims are wanted.

use rusqlite::types::Value;
use sijill_model::{Date, Kind, Modality};

/// Which claims are wanted; what is left empty does not matter.
///
/// Within one field any of the values will do; the fields all have to hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Ids of claims.
    pub ids: Vec<String>,
    /// Ids of documents.
    pub documents: Vec<String>,
    /// Ids of places: of any place that a claim names. A unit does not stand for what lies in it;
    /// [`crate::Case::names`] lists what the case has, so that a caller can choose.
    pub places: Vec<String>,
    /// Ids of who does it or to whom it is done.
    pub actors: Vec<String>,
    /// Ids of who says so in the end: the innermost voice, or the outlet if no voice is named.
    pub origins: Vec<String>,
    /// Claims whose time does not end before this day; those that tell no time are left out.
    pub since: Option<Date>,
    /// Claims whose time does not begin after this day; those that tell no time are left out.
    pub until: Option<Date>,
    /// Kinds.
    pub kinds: Vec<Kind>,
    /// Types, as `kind/type`.
    pub types: Vec<sijill_model::ClaimType>,
    /// How firmly it is said.
    pub modalities: Vec<Modality>,
    /// Not less likely than this.
    pub min_confidence: Option<f64>,
    /// No more claims than this …
    pub limit: Option<u64>,
    /// … after so many others.
    pub offset: u64,
}

/// Claims `c` of the reading `r` that counts of a current document `d`.
pub(crate) const FROM: &str = "FROM claim c JOIN reading r ON r.no = c.reading \
     JOIN document d ON d.no = r.document AND d.reading = r.no AND d.superseded_by IS NULL";

/// The id of who says a claim in the end.
pub(super) const ORIGIN: &str = "coalesce((SELECT n.id FROM slot s JOIN name n ON n.no = s.name \
     WHERE s.claim = c.no AND s.role = 'voice' ORDER BY s.position DESC LIMIT 1), d.outlet)";

/// A condition with the values of its parameters, in order.
#[derive(Debug, Default)]
pub(crate) struct Condition {
    pub(crate) sql: String,
    pub(crate) values: Vec<Value>,
}

impl Condition {
    fn and(&mut self, sql: &str, values: impl IntoIterator<Item = Value>) {
        self.sql.push_str(if self.sql.is_empty() { " WHERE " } else { " AND " });
        self.sql.push_str(sql);
        self.values.extend(values);
    }

    /// Demands that `sql`, in which `{}` stands for a list, holds for one of these.
    fn any<T: AsRef<str>>(&mut self, sql: &str, wanted: impl IntoIterator<Item = T>) {
        let wanted: Vec<Value> =
            wanted.into_iter().map(|value| Value::Text(value.as_ref().to_owned())).collect();
        if wanted.is_empty() {
            return;
        }
        // One parameter for the whole list: SQLite takes no more than 32,766 of them.
        let list = serde_json::Value::from_iter(wanted.iter().map(|value| match value {
            Value::Text(text) => text.as_str(),
            _ => "",
        }));
        let list = Value::Text(list.to_string());
        let uses = sql.matches("{}").count();
        let sql = sql.replace("{}", "(SELECT value FROM json_each(?))");
        self.and(&sql, std::iter::repeat_n(list, uses));
    }
}

impl Filter {
    pub(crate) fn condition(&self) -> Condition {
        let mut condition = Condition::default();
        condition.any("c.id IN {}", &self.ids);
        condition.any("d.id IN {}", &self.documents);
        condition.any(&filled("s.role = 'place'"), &self.places);
        condition.any(&filled("s.role IN ('agent', 'target')"), &self.actors);
        condition.any(
            "(c.no IN (SELECT s.claim FROM name n JOIN slot s ON s.name = n.no \
               WHERE n.id IN {} AND s.role = 'voice' AND s.position = \
               (SELECT max(o.position) FROM slot o WHERE o.claim = s.claim AND o.role = 'voice')) \
             OR (d.outlet IN {} AND NOT EXISTS \
               (SELECT 1 FROM slot s WHERE s.claim = c.no AND s.role = 'voice')))",
            &self.origins,
        );
        let day = |date: Date| Some(Value::Text(date.to_string()));
        if let Some(since) = self.since {
            condition.and("c.time IS NOT NULL AND coalesce(c.last_day, '9999') >= ?", day(since));
        }
        if let Some(until) = self.until {
            condition.and("c.time IS NOT NULL AND coalesce(c.first_day, '') <= ?", day(until));
        }
        condition.any("c.kind IN {}", self.kinds.iter().map(|kind| kind.as_str()));
        let types = self.types.iter().map(ToString::to_string);
        condition.any("c.kind || '/' || c.type IN {}", types);
        condition.any("c.modality IN {}", self.modalities.iter().map(|modality| modality.as_str()));
        if let Some(least) = self.min_confidence {
            condition.and("c.confidence >= ?", [Value::Real(least)]);
        }
        condition
    }

    pub(super) fn page(&self) -> String {
        if self.limit.is_none() && self.offset == 0 {
            return String::new();
        }
        let limit = self.limit.map_or(-1, |limit| i64::try_from(limit).unwrap_or(i64::MAX));
        format!(" LIMIT {limit} OFFSET {}", self.offset)
    }
}

/// Demands a slot that is filled by one of a list of ids.
fn filled(role: &str) -> String {
    format!(
        "c.no IN (SELECT s.claim FROM name n JOIN slot s ON s.name = n.no \
         WHERE n.id IN {{}} AND {role})"
    )
}
