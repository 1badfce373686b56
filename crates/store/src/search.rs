//! Finding documents by words and names, and counting what they tell of.

use crate::{Case, Error, leb128};
use rusqlite::types::Value;
use rusqlite::{Row, params_from_iter};
use rustc_hash::FxHashSet;
use sijill_model::Date;
use std::cmp::Ordering;

/// Which documents are wanted.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    /// What to find in the columns `words` and `names`, in the language of FTS5; `None` asks for
    /// every document.
    pub expression: Option<String>,
    /// Published on this day or later.
    pub since: Option<Date>,
    /// Published on this day or earlier.
    pub until: Option<Date>,
    /// In which order they come.
    pub order: Order,
    /// No more documents than this …
    pub limit: usize,
    /// … after so many others.
    pub offset: usize,
    /// How many values of each facet are counted; 0 counts none.
    pub values: usize,
}

/// In which order documents come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Those that fit best first; what does not tell them apart, such as a word that most of more than
    /// 10,000 documents have, finds those first that were received last.
    #[default]
    Relevance,
    /// Those published last first; those without a day last.
    Newest,
    /// Those published first first; those without a day last.
    Oldest,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hits {
    /// How many documents, on all pages.
    pub total: usize,
    /// The documents of this page.
    pub hits: Vec<Hit>,
    /// What all of them can be counted under.
    pub facets: Vec<Facet>,
}

/// A document that was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// The number of the document, for [`Case::document_at`].
    pub document: i64,
    /// How well it fits: more is better; 0 where nothing tells documents apart or no such order is
    /// asked for.
    pub score: f64,
}

/// What documents can be counted under: `kind`, `actor`, `origin` …
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facet {
    /// Its name.
    pub name: String,
    /// The values that most documents have, with how many do.
    pub values: Vec<(String, u64)>,
    /// How many values there are.
    pub total: usize,
}

/// So the language of FTS5 asks for a word.
const WORDS: &str = "words : ";

/// So many documents are ranked whatever they are found by.
const RANKED: usize = 10_000;

/// For so many documents it is faster to read all facets than to look each up.
const MANY: usize = 2000;

/// Facets in the order in which they are told.
const FACETS: [&str; 9] =
    ["kind", "type", "modality", "actor", "place", "origin", "outlet", "date", "published"];

impl Case {
    /// Finds documents.
    pub fn search(&self, wanted: &Wanted) -> Result<Hits, Error> {
        let mut hits = self.matching(wanted)?;
        let by_day = |newest: bool| {
            move |a: &(Hit, Option<String>), b: &(Hit, Option<String>)| match (&a.1, &b.1) {
                (Some(x), Some(y)) if newest => y.cmp(x),
                (Some(x), Some(y)) => x.cmp(y),
                (None, None) => Ordering::Equal,
                (None, _) => Ordering::Greater,
                (_, None) => Ordering::Less,
            }
        };
        // The sorts are stable, and the documents come in the order in which they were received.
        match wanted.order {
            Order::Relevance => hits.sort_by(|a, b| b.0.score.total_cmp(&a.0.score)),
            Order::Newest => hits.sort_by(by_day(true)),
            Order::Oldest => hits.sort_by(by_day(false)),
        }
        let page = hits.iter().skip(wanted.offset).take(wanted.limit).map(|(hit, _)| *hit);
        Ok(Hits {
            total: hits.len(),
            hits: page.collect(),
            facets: if wanted.values == 0 {
                Vec::new()
            } else {
                let documents: Vec<i64> = hits.iter().map(|(hit, _)| hit.document).collect();
                self.facets(&documents, wanted.values)?
            },
        })
    }

    /// Lists the documents that match, with their days where those are asked for.
    fn matching(&self, wanted: &Wanted) -> Result<Vec<(Hit, Option<String>)>, Error> {
        let mut found = self.unranked(wanted)?;
        if wanted.order == Order::Relevance {
            match &wanted.expression {
                Some(expression) if self.tells_apart(expression, found.len())? => {
                    self.rank(expression, &mut found)?;
                }
                _ => found.reverse(),
            }
        }
        Ok(found)
    }

    /// Lists the documents that match in the order in which they were received.
    fn unranked(&self, wanted: &Wanted) -> Result<Vec<(Hit, Option<String>)>, Error> {
        let (mut conditions, mut values) = (Vec::new(), Vec::new());
        let dated = wanted.order != Order::Relevance || wanted.since.or(wanted.until).is_some();
        let from = match &wanted.expression {
            // What was superseded is not in the index, and a word may be in most documents.
            Some(expression) if !dated => {
                let mut select = self.connection.prepare_cached(
                    "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid",
                )?;
                let rows = select.query_map([expression], |row| {
                    Ok((Hit { document: row.get(0)?, score: 0.0 }, None))
                })?;
                return Ok(rows.collect::<Result<_, _>>()?);
            }
            Some(expression) => {
                conditions.push("search MATCH ?");
                values.push(Value::Text(expression.clone()));
                "SELECT d.no, d.published FROM search s JOIN document d ON d.no = s.rowid"
            }
            None => "SELECT d.no, d.published FROM document d",
        };
        conditions.push("d.superseded_by IS NULL");
        for (day, condition) in
            [(wanted.since, "d.published >= ?"), (wanted.until, "d.published <= ?")]
        {
            if let Some(day) = day {
                conditions.push(condition);
                values.push(Value::Text(day.to_string()));
            }
        }
        let sql = format!("{from} WHERE {} ORDER BY d.no", conditions.join(" AND "));
        let mut select = self.connection.prepare_cached(&sql)?;
        let rows = select.query_map(params_from_iter(values), |row| {
            Ok((Hit { document: row.get(0)?, score: 0.0 }, row.get(1)?))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Tells whether one document fits better than another: not what is asked for by names alone, nor
    /// by words that most of very many documents have; to weigh these takes longest and tells least.
    fn tells_apart(&self, expression: &str, found: usize) -> Result<bool, Error> {
        if !expression.contains(WORDS) {
            return Ok(false);
        }
        let mut last =
            self.connection.prepare_cached("SELECT coalesce(max(no), 0) FROM document")?;
        let documents: i64 = last.query_row([], |row| row.get(0))?;
        Ok(found <= RANKED || 2 * found as i64 <= documents)
    }

    /// Says of each how well it fits; `found` is in order.
    fn rank(&self, expression: &str, found: &mut [(Hit, Option<String>)]) -> Result<(), Error> {
        let mut select = self.connection.prepare_cached(
            "SELECT rowid, -rank FROM search WHERE search MATCH ? ORDER BY rowid",
        )?;
        let mut rows = select.query([expression])?;
        let mut hits = found.iter_mut().map(|(hit, _)| hit).peekable();
        while let Some(row) = rows.next()? {
            let document: i64 = row.get(0)?;
            if let Some(hit) = hits.next_if(|hit| hit.document == document) {
                hit.score = row.get(1)?;
            }
        }
        Ok(())
    }

    /// Counts what these documents can be counted under.
    fn facets(&self, documents: &[i64], values: usize) -> Result<Vec<Facet>, Error> {
        let last: i64 = self
            .connection
            .prepare_cached("SELECT coalesce(max(no), 0) FROM term")?
            .query_row([], |row| row.get(0))?;
        let mut counts = vec![0_u64; usize::try_from(last).unwrap_or_default() + 1];
        let mut count = |row: &Row<'_>| -> Result<(), Error> {
            let mut terms = row.get_ref(0)?.as_blob().unwrap_or_default();
            while let Some(term) = leb128::read(&mut terms) {
                if let Some(count) = counts.get_mut(term as usize) {
                    *count += 1;
                }
            }
            Ok(())
        };
        if documents.len() < MANY {
            let mut select =
                self.connection.prepare_cached("SELECT terms FROM facet WHERE document = ?1")?;
            for document in documents {
                let mut rows = select.query([document])?;
                rows.next()?.map_or(Ok(()), &mut count)?;
            }
        } else {
            let wanted: FxHashSet<i64> = documents.iter().copied().collect();
            let mut select = self.connection.prepare_cached("SELECT terms, document FROM facet")?;
            let mut rows = select.query([])?;
            while let Some(row) = rows.next()? {
                if wanted.contains(&row.get(1)?) {
                    count(row)?;
                }
            }
        }
        self.named(&counts, values)
    }

    /// Puts counts under the names of their facets.
    fn named(&self, counts: &[u64], values: usize) -> Result<Vec<Facet>, Error> {
        let mut facets: Vec<Facet> = FACETS
            .iter()
            .map(|&name| Facet { name: name.to_owned(), values: Vec::new(), total: 0 })
            .collect();
        let mut select = self.connection.prepare_cached("SELECT no, term FROM term")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let number: i64 = row.get(0)?;
            let count = usize::try_from(number).ok().and_then(|no| counts.get(no)).copied();
            let Some(count) = count.filter(|&count| count > 0) else { continue };
            let term = row.get_ref(1)?.as_str().unwrap_or_default();
            let Some((name, value)) = term.split_once(':') else { continue };
            if let Some(facet) = facets.iter_mut().find(|facet| facet.name == name) {
                facet.values.push((value.to_owned(), count));
            }
        }
        for facet in &mut facets {
            facet.total = facet.values.len();
            facet.values.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            facet.values.truncate(values);
        }
        facets.retain(|facet| facet.total > 0);
        Ok(facets)
    }
}
