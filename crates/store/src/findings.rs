//! What the claims of all documents say together.
//!
//! Findings are kept as the records that a caller writes them as, with the claims that each is
//! about. A judgement names claims, which never change, so it outlives every new clustering.

use crate::audit::{self, Deed};
use crate::packed::hex;
use crate::query::claim_ids;
use crate::{Acts, Case, Error, Filter, Version, Who, fault, ingest};
use rusqlite::{OptionalExtension as _, TransactionBehavior, params};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Something that was found, ready to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What sort: `incident`, `contradiction`, `revision`, `origins`, `copy`, `control`.
    pub sort: &'static str,
    /// Its id, if it has one.
    pub id: Option<String>,
    /// One JSON object.
    pub record: String,
    /// The ids of the claims that it is about.
    pub claims: Vec<String>,
}

/// Whether what was found is still true to the case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freshness {
    /// Nothing was found yet.
    Never,
    /// Documents, reviews or judgements came since.
    Stale,
    /// It was made of all that the case holds.
    Fresh,
}

impl Case {
    /// Keeps what was found; what was found before is kept too, and counts no more.
    pub fn keep_findings(
        &mut self,
        who: &Who,
        version: &Version,
        findings: &[Finding],
    ) -> Result<(), Error> {
        let judged = decided(&self.acts()?);
        let case = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let made_of = made_of(&case)?;
        let version_no = ingest::version(&case, version)?;
        let digest = digest(findings.iter().map(|finding| finding.record.as_str()));
        case.execute(
            "INSERT INTO corroboration (version, made_at, readings, judged, digest) \
             VALUES (?1, ?2, ?3, ?4, ?5)",
            params![version_no, audit::now(), made_of, judged.cast_signed(), digest],
        )?;
        let number = case.last_insert_rowid();
        let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
        for finding in findings {
            *counts.entry(finding.sort).or_default() += 1;
            case.prepare_cached(
                "INSERT INTO finding (corroboration, sort, id, record) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![number, finding.sort, finding.id, finding.record])?;
            let row = case.last_insert_rowid();
            let mut insert = case.prepare_cached(
                "INSERT OR IGNORE INTO finding_claim (finding, claim) VALUES (?1, ?2)",
            )?;
            for claim in &finding.claims {
                insert.execute(params![row, claim])?;
            }
            fault::point("finding");
        }
        let deed = Deed {
            action: "corroborate",
            target: ("corroboration", number.to_string()),
            before: Value::Null,
            after: json!({
                "findings": counts,
                "digest": hex(&digest),
                "readings": hex(&made_of),
                "version": version.record(),
            }),
            reason: None,
        };
        audit::append(&case, who, deed)?;
        fault::point("found");
        case.commit()?;
        fault::point("corroborated");
        Ok(())
    }

    /// Hands the records of a sort to `each` in the order in which they were kept, until it returns
    /// `false`; with a filter only those about a claim that it lets pass.
    pub fn findings(
        &self,
        sort: &str,
        filter: Option<&Filter>,
        mut each: impl FnMut(&str) -> bool,
    ) -> Result<(), Error> {
        let (about, values) = match filter {
            Some(filter) => claim_ids(filter),
            None => (String::new(), Vec::new()),
        };
        let about = if about.is_empty() {
            about
        } else {
            format!(" AND f.no IN (SELECT finding FROM finding_claim WHERE claim IN ({about}))")
        };
        let mut select = self.connection.prepare(&format!(
            "SELECT f.record FROM finding f WHERE f.sort = ? AND \
             f.corroboration = (SELECT max(no) FROM corroboration){about} ORDER BY f.no"
        ))?;
        let sort = rusqlite::types::Value::Text(sort.to_owned());
        let mut rows =
            select.query(rusqlite::params_from_iter(std::iter::once(sort).chain(values)))?;
        while let Some(row) = rows.next()? {
            if !each(row.get_ref(0)?.as_str().unwrap_or_default()) {
                break;
            }
        }
        Ok(())
    }

    /// Tells whether what was found last was made of all that the case holds.
    pub fn freshness(&self) -> Result<Freshness, Error> {
        let last: Option<(Vec<u8>, i64)> = self
            .connection
            .query_row(
                "SELECT readings, judged FROM corroboration ORDER BY no DESC LIMIT 1",
                [],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()?;
        let Some((readings, judged)) = last else { return Ok(Freshness::Never) };
        let same = readings == made_of(&self.connection)?
            && judged.unsigned_abs() == decided(&self.acts()?);
        Ok(if same { Freshness::Fresh } else { Freshness::Stale })
    }

    /// Lists the claims that the finding of an id is about, in what was found last.
    pub fn claims_of_finding(&self, id: &str) -> Result<Vec<String>, Error> {
        let mut select = self.connection.prepare_cached(
            "SELECT c.claim FROM finding f JOIN finding_claim c ON c.finding = f.no \
             WHERE f.id = ?1 AND f.corroboration = (SELECT max(no) FROM corroboration) \
             ORDER BY c.claim",
        )?;
        let claims = select.query_map([id], |row| row.get(0))?;
        Ok(claims.collect::<Result<_, _>>()?)
    }
}

/// Counts the decisions that a corroboration heeds.
fn decided(acts: &Acts) -> u64 {
    acts.judged() + acts.overruled()
}

/// Digests what a corroboration is made of: the readings that count.
fn made_of(connection: &rusqlite::Connection) -> Result<Vec<u8>, Error> {
    let mut select = connection.prepare_cached(
        "SELECT r.digest FROM document d JOIN reading r ON r.no = d.reading \
         WHERE d.superseded_by IS NULL ORDER BY d.no",
    )?;
    let mut rows = select.query([])?;
    let mut hasher = Sha256::new();
    while let Some(row) = rows.next()? {
        hasher.update(row.get_ref(0)?.as_blob().unwrap_or_default());
    }
    Ok(hasher.finalize().to_vec())
}

/// Digests records: SHA-256 over each with a line feed behind it.
pub(crate) fn digest<'r>(records: impl Iterator<Item = &'r str>) -> Vec<u8> {
    let mut hasher = Sha256::new();
    for record in records {
        hasher.update(record);
        hasher.update(b"\n");
    }
    hasher.finalize().to_vec()
}
