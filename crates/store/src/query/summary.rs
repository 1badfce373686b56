//! Who says how much, and how much is told of which time.

use super::Filter;
use super::filter::{FROM, ORIGIN};
use crate::{Case, Error};
use rusqlite::params_from_iter;
use sijill_model::Kind;

/// Somebody who says something, with how much it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The id of the source; of an outlet that speaks for itself, the outlet as it is kept.
    /// `None` gathers what nobody is named for.
    pub id: Option<String>,
    /// Display name, if a claim names it.
    pub name: Option<String>,
    /// Claims that it is the origin of.
    pub claims: u64,
    /// Documents that hold them.
    pub documents: u64,
    /// Outlets that printed them.
    pub outlets: u64,
    /// Claims that it hands on from another voice.
    pub relayed: u64,
    /// The first day of publication.
    pub first: Option<String>,
    /// The last day of publication.
    pub last: Option<String>,
}

/// How finely time is cut.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Step {
    /// Days.
    #[default]
    Day,
    /// Months.
    Month,
    /// Years.
    Year,
}

/// A period with how many claims tell of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// The day, month or year that holds the whole time of the claims, or years as in
    /// `2016/2018`; `None` gathers claims that tell no time.
    pub period: Option<String>,
    /// How many claims of each kind, in the order of the kinds.
    pub kinds: Vec<(Kind, u64)>,
    /// Documents that hold them.
    pub documents: u64,
    /// Who says them in the end, counted once each.
    pub origins: u64,
}

impl Period {
    /// Returns how many claims there are.
    pub fn claims(&self) -> u64 {
        self.kinds.iter().map(|(_, count)| count).sum()
    }
}

impl Case {
    /// Lists who says the claims that are wanted, those who say most first.
    pub fn sources(&self, filter: &Filter) -> Result<Vec<Source>, Error> {
        let condition = filter.condition();
        let (values, condition) = (condition.values, condition.sql);
        let sql = format!(
            "WITH found AS MATERIALIZED (SELECT c.no AS claim, d.no AS document, d.outlet AS outlet, \
               d.published AS published, {ORIGIN} AS origin {FROM}{condition}), \
             relayed AS (SELECT n.id AS voice, count(DISTINCT s.claim) AS claims \
               FROM found f JOIN slot s ON s.claim = f.claim AND s.role = 'voice' \
               JOIN name n ON n.no = s.name WHERE n.id IS NOT f.origin GROUP BY n.id), \
             said AS (SELECT origin, count(*) AS claims, count(DISTINCT document) AS documents, \
               count(DISTINCT outlet) AS outlets, min(published) AS first, max(published) AS last \
               FROM found GROUP BY origin) \
             SELECT coalesce(a.origin, b.voice) AS id, \
               (SELECT min(name) FROM name WHERE name.id = coalesce(a.origin, b.voice)), \
               coalesce(a.claims, 0) AS claims, coalesce(a.documents, 0), coalesce(a.outlets, 0), \
               coalesce(b.claims, 0) AS handed_on, a.first, a.last \
             FROM said a FULL JOIN relayed b ON b.voice = a.origin \
             ORDER BY claims DESC, handed_on DESC, id"
        );
        let mut select = self.connection.prepare(&sql)?;
        let rows = select.query_map(params_from_iter(&values), |row| {
            let count = |column| row.get(column).map(i64::unsigned_abs);
            Ok(Source {
                id: row.get(0)?,
                name: row.get(1)?,
                claims: count(2)?,
                documents: count(3)?,
                outlets: count(4)?,
                relayed: count(5)?,
                first: row.get(6)?,
                last: row.get(7)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Counts the claims that are wanted by the time they tell of, in order.
    ///
    /// A claim is counted once: under the day, month or year that holds all of its time, if that
    /// is not finer than `step`. What happened "in 2016" is never counted under a day of it.
    pub fn timeline(&self, filter: &Filter, step: Step) -> Result<Vec<Period>, Error> {
        let condition = filter.condition();
        let sql = format!(
            "WITH found AS MATERIALIZED (SELECT {} AS period, c.kind AS kind, \
               d.no AS document, {ORIGIN} AS origin {FROM}{}), \
             told AS (SELECT period, count(DISTINCT document) AS documents, \
               count(DISTINCT origin) AS origins FROM found GROUP BY period) \
             SELECT f.period, f.kind, count(*), t.documents, t.origins \
             FROM found f JOIN told t ON t.period IS f.period \
             GROUP BY f.period, f.kind ORDER BY f.period IS NULL, f.period",
            period(step),
            condition.sql
        );
        let mut select = self.connection.prepare(&sql)?;
        let mut rows = select.query(params_from_iter(&condition.values))?;
        let mut periods: Vec<Period> = Vec::new();
        while let Some(row) = rows.next()? {
            let (period, kind): (Option<String>, String) = (row.get(0)?, row.get(1)?);
            let kind = Kind::parse(&kind)
                .ok_or_else(|| Error::damaged(format!("a claim is of unknown kind '{kind}'")))?;
            let count = |column| row.get(column).map(i64::unsigned_abs);
            if periods.last().is_none_or(|last| last.period != period) {
                let (documents, origins) = (count(3)?, count(4)?);
                periods.push(Period { period, kinds: Vec::new(), documents, origins });
            }
            if let Some(last) = periods.last_mut() {
                last.kinds.push((kind, count(2)?));
            }
        }
        periods.iter_mut().for_each(|period| period.kinds.sort_unstable());
        Ok(periods)
    }
}

/// Names the period of a claim: the smallest unit of the calendar that holds all of its time.
fn period(step: Step) -> String {
    let mut cases = String::from("CASE WHEN c.time IS NULL THEN NULL ");
    for (length, finest) in [(10, Step::Day), (7, Step::Month), (4, Step::Year)] {
        let wanted = match step {
            Step::Day => true,
            Step::Month => finest != Step::Day,
            Step::Year => finest == Step::Year,
        };
        if wanted {
            cases.push_str(&format!(
                "WHEN substr(c.first_day, 1, {length}) = substr(c.last_day, 1, {length}) \
                 THEN substr(c.first_day, 1, {length}) "
            ));
        }
    }
    cases.push_str(
        "ELSE coalesce(substr(c.first_day, 1, 4), '..') || '/' || \
         coalesce(substr(c.last_day, 1, 4), '..') END",
    );
    cases
}
