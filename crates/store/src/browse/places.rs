//! Where claims are placed, counted.

use crate::query::FROM;
use crate::{Case, Error, Filter};
use rusqlite::params_from_iter;

/// A place with how much is told of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// The gazetteer's id.
    pub id: String,
    /// Display name.
    pub name: String,
    /// English name, if known.
    pub name_en: Option<String>,
    /// Degrees north and east, WGS 84.
    pub point: (f64, f64),
    /// How exactly it says where.
    pub precision: String,
    /// Claims by kind, in the order of their names.
    pub kinds: Vec<(String, u64)>,
}

impl Case {
    /// Counts the claims that are wanted by the most exact place that they name; those of no place,
    /// or of one without a point, are left out.
    pub fn places_told(&self, filter: &Filter) -> Result<Vec<Told>, Error> {
        let condition = filter.condition();
        let sql = format!(
            "WITH found AS MATERIALIZED (SELECT c.no AS claim, c.kind AS kind {FROM}{}) \
             SELECT n.id, n.type, n.name, n.name_en, n.lat, n.lon, f.kind, count(*) \
             FROM found f JOIN slot s ON s.claim = f.claim AND s.role = 'place' AND s.position = 0 \
             JOIN name n ON n.no = s.name WHERE n.id IS NOT NULL AND n.lat IS NOT NULL \
             GROUP BY n.id, f.kind ORDER BY n.id, f.kind",
            condition.sql
        );
        let mut select = self.connection.prepare_cached(&sql)?;
        let mut rows = select.query(params_from_iter(&condition.values))?;
        let mut found: Vec<Told> = Vec::new();
        while let Some(row) = rows.next()? {
            let (id, kind): (String, String) = (row.get(0)?, row.get(6)?);
            let count = row.get::<_, i64>(7)?.unsigned_abs();
            match found.last_mut().filter(|last| last.id == id) {
                Some(last) => last.kinds.push((kind, count)),
                None => found.push(Told {
                    id,
                    precision: row.get(1)?,
                    name: row.get(2)?,
                    name_en: row.get(3)?,
                    point: (row.get(4)?, row.get(5)?),
                    kinds: vec![(kind, count)],
                }),
            }
        }
        Ok(found)
    }
}
