//! Documents as lists show them.

use super::Conditions;
use crate::packed::Unpacker;
use crate::{Case, Error};
use rusqlite::{Row, params_from_iter};

/// How many characters of a text a list shows.
const LEAD: usize = 240;

/// A current document as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "docs/case.md defines the columns of the same names")]
pub struct Report {
    pub no: i64,
    pub id: String,
    pub title: Option<String>,
    /// How the text begins.
    pub lead: String,
    pub published: Option<String>,
    pub outlet: Option<String>,
    pub url: Option<String>,
    /// How many claims were read in it.
    pub claims: u64,
    /// How many originals make it, counting those that came again from elsewhere.
    pub copies: u64,
}

/// Which documents are asked for; what is `None` does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "they are the columns of the same names")]
pub struct ReportFilter {
    pub outlet: Option<String>,
    /// The first day of publication that counts.
    pub since: Option<String>,
    /// The last day of publication that counts.
    pub until: Option<String>,
}

const SELECT: &str = "SELECT d.no, d.id, d.title, d.published, d.outlet, d.url, r.claims, \
     b.packing, b.size, b.content, (SELECT count(*) FROM item i WHERE i.document = d.no) \
     FROM document d JOIN blob b ON b.no = d.text \
     JOIN reading r ON r.no = d.reading WHERE d.superseded_by IS NULL";

const DAY: &str = "coalesce(d.published, '')";

impl Case {
    /// Lists current documents, the latest first, behind the one of which `after` tells the day
    /// and the number; and how many there are in all.
    pub fn reports(
        &self,
        filter: &ReportFilter,
        after: Option<(&str, i64)>,
        limit: usize,
    ) -> Result<(Vec<Report>, u64), Error> {
        let mut conditions = Conditions::default();
        let ReportFilter { outlet, since, until } = filter;
        for (condition, value) in
            [("d.outlet =", outlet), ("d.published >=", since), ("d.published <=", until)]
        {
            if let Some(value) = value {
                conditions.add(condition, value.clone());
            }
        }
        let count = format!(
            "SELECT count(*) FROM document d WHERE d.superseded_by IS NULL{}",
            conditions.sql
        );
        let total: i64 = self
            .connection
            .prepare_cached(&count)?
            .query_row(params_from_iter(&conditions.values), |row| row.get(0))?;
        if let Some((day, no)) = after {
            let last = conditions.values.len() + 1;
            conditions.values.push(day.to_owned().into());
            conditions.add(&format!("({DAY}, d.no) < (?{last},"), no);
            conditions.sql.push(')');
        }
        // Numbers are sorted and cut first, so that texts are only read of what is shown.
        let order = format!("ORDER BY {DAY} DESC, d.no DESC");
        let sql = format!(
            "{SELECT} AND d.no IN (SELECT d.no FROM document d \
             WHERE d.superseded_by IS NULL{} {order} LIMIT {limit}) {order}",
            conditions.sql
        );
        let mut unpacker = Unpacker::new()?;
        let mut select = self.connection.prepare_cached(&sql)?;
        let mut rows = select.query(params_from_iter(&conditions.values))?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(report(row, &mut unpacker)?);
        }
        Ok((found, total.unsigned_abs()))
    }

    /// Returns a current document as lists show it, by its number.
    pub fn report(&self, no: i64) -> Result<Option<Report>, Error> {
        let mut select = self.connection.prepare_cached(&format!("{SELECT} AND d.no = ?1"))?;
        let mut rows = select.query([no])?;
        rows.next()?.map(|row| report(row, &mut Unpacker::new()?)).transpose()
    }
}

fn report(row: &Row<'_>, unpacker: &mut Unpacker) -> Result<Report, Error> {
    let no = row.get(0)?;
    let (packing, size): (String, i64) = (row.get(7)?, row.get(8)?);
    let content = row.get_ref(9)?.as_blob().unwrap_or_default();
    let text = unpacker.unpack(&packing, usize::try_from(size).unwrap_or_default(), content)?;
    let text = String::from_utf8(text)
        .map_err(|_| Error::damaged(format!("the text of document {no} is not UTF-8")))?;
    let whole = |n: i64| n.unsigned_abs();
    Ok(Report {
        no,
        id: row.get(1)?,
        title: row.get(2)?,
        lead: text.trim_start().chars().take(LEAD).collect(),
        published: row.get(3)?,
        outlet: row.get(4)?,
        url: row.get(5)?,
        claims: whole(row.get(6)?),
        copies: whole(row.get(10)?),
    })
}
