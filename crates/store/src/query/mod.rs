//! What others read of a case: claims, documents, names, sources and periods.

mod filter;
mod summary;

use crate::claims;
use crate::names::Sort;
use crate::packed::Unpacker;
use crate::{Case, Error, Kept};
pub(crate) use filter::FROM;
use rusqlite::params_from_iter;
use rusqlite::types::Value;
use sijill_model::Claim;

pub use filter::Filter;
pub use summary::{Period, Source, Step};

/// A name that fills slots of a case.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    /// The id; places that are not resolved have none.
    pub id: Option<String>,
    /// What it is a name of.
    pub sort: NameSort,
    /// The type of an actor, the precision of a place.
    pub name_type: String,
    /// Display name.
    pub name: String,
    /// English name, if known.
    pub name_en: Option<String>,
    /// Degrees north and east of a place, WGS 84.
    pub point: Option<(f64, f64)>,
}

/// What a name is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NameSort {
    /// Who acts or is acted on.
    Actor,
    /// A place.
    Place,
    /// Who says something.
    Voice,
}

impl From<NameSort> for Sort {
    fn from(sort: NameSort) -> Self {
        match sort {
            NameSort::Actor => Self::Actor,
            NameSort::Place => Self::Place,
            NameSort::Voice => Self::Voice,
        }
    }
}

/// Selects the ids of the claims that are wanted; nothing if all are.
pub(crate) fn claim_ids(filter: &Filter) -> (String, Vec<Value>) {
    let condition = filter.condition();
    if condition.sql.is_empty() {
        return (String::new(), Vec::new());
    }
    (format!("SELECT c.id {FROM}{}", condition.sql), condition.values)
}

impl Case {
    /// Hands the claims that are wanted to `each`, with their document and document by document,
    /// in the order in which they came, until it returns `false`.
    pub fn claims(
        &self,
        filter: &Filter,
        mut each: impl FnMut(&Kept, &[Claim]) -> bool,
    ) -> Result<(), Error> {
        let condition = filter.condition();
        let sql = format!(
            "SELECT {}, d.no {FROM}{} ORDER BY d.no, c.no{}",
            claims::COLUMNS,
            condition.sql,
            filter.page()
        );
        let mut unpacker = Unpacker::new()?;
        let mut select = self.connection.prepare(&sql)?;
        let mut rows = select.query(params_from_iter(&condition.values))?;
        let (mut waiting, mut at): (Vec<Claim>, Option<i64>) = (Vec::new(), None);
        loop {
            let next = match rows.next()? {
                Some(row) => {
                    let (number, mut claim) = claims::from_row(row)?;
                    claims::fill(&self.connection, number, &mut claim)?;
                    Some((row.get::<_, i64>(claims::COLUMN_COUNT)?, claim))
                }
                None => None,
            };
            let document = next.as_ref().map(|(document, _)| *document);
            if let Some(done) = at.filter(|_| at != document) {
                let kept = self.kept(done, &mut unpacker)?;
                if !each(&kept, &waiting) {
                    return Ok(());
                }
                waiting.clear();
            }
            let Some((_, claim)) = next else { return Ok(()) };
            waiting.push(claim);
            at = document;
        }
    }

    /// Counts the claims that are wanted, whatever the page.
    pub fn count_claims(&self, filter: &Filter) -> Result<u64, Error> {
        let condition = filter.condition();
        let sql = format!("SELECT count(*) {FROM}{}", condition.sql);
        let count: i64 = self
            .connection
            .prepare(&sql)?
            .query_row(params_from_iter(&condition.values), |row| row.get(0))?;
        Ok(count.unsigned_abs())
    }

    /// Finds a claim by its id, with its document.
    pub fn claim(&self, id: &str) -> Result<Option<(Kept, Claim)>, Error> {
        let sql = format!(
            "SELECT {}, d.no {FROM} WHERE c.id = ?1 ORDER BY d.no LIMIT 1",
            claims::COLUMNS
        );
        let mut select = self.connection.prepare_cached(&sql)?;
        let mut rows = select.query([id])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let (number, mut claim) = claims::from_row(row)?;
        claims::fill(&self.connection, number, &mut claim)?;
        let document = row.get(claims::COLUMN_COUNT)?;
        Ok(Some((self.kept(document, &mut Unpacker::new()?)?, claim)))
    }

    /// Lists every name of a sort that fills a slot, in the order of their ids.
    pub fn names(&self, sort: NameSort) -> Result<Vec<Named>, Error> {
        let mut select = self.connection.prepare(
            "SELECT id, type, name, name_en, lat, lon FROM name WHERE sort = ?1 ORDER BY id, no",
        )?;
        let rows = select.query_map([Sort::from(sort).as_str()], |row| {
            Ok(Named {
                id: row.get(0)?,
                sort,
                name_type: row.get(1)?,
                name: row.get(2)?,
                name_en: row.get(3)?,
                point: row.get::<_, Option<f64>>(4)?.zip(row.get(5)?),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
