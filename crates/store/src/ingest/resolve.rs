//! What an item is, in view of what the case has: the same, a copy, a correction, or new.

use super::rows::{self, Original};
use super::{Added, Ingest};
use crate::item::{Item, Made, ReceivedBy};
use crate::{Derived, Error, Received, State};
use rusqlite::{Connection, params};
use sijill_model::Document;

/// A document of the case with the same bytes.
pub(super) struct Twin {
    pub(super) no: i64,
    /// Its id and metadata; neither title nor text.
    pub(super) document: Document,
}

impl Ingest<'_> {
    /// Keeps an item of which no document could be made.
    pub(super) fn fail(
        &mut self,
        received: &Received,
        reason: &str,
        hint: Option<&str>,
    ) -> Result<Added, Error> {
        if rows::has_key(&self.case.connection, &received.key)? {
            return Ok(Added::Kept);
        }
        let original = match &received.original {
            Some(packed) => Some(rows::keep(&self.case.connection, packed)?),
            None => None,
        };
        let mut item = self.item(received, State::Failed, original)?;
        item.reason = Some(reason.to_owned());
        item.hint = hint.map(str::to_owned);
        self.seal(&item, received)?;
        Ok(Added::As(State::Failed))
    }

    /// Finds out what an item is and keeps it, unless it has to be read otherwise.
    pub(super) fn resolve(
        &mut self,
        received: &Received,
        document: &Document,
        derived: Option<&Derived>,
    ) -> Result<Added, Error> {
        let connection = &self.case.connection;
        if rows::has_key(connection, &received.key)? {
            return Ok(Added::Kept);
        }
        let original = received.original.as_ref().or(derived.map(|derived| &derived.text));
        let known = match original {
            Some(packed) => rows::find_blob(connection, &packed.sha256)?,
            None => None,
        };
        let twin = match known {
            Some(blob) => twin(connection, blob, document)?,
            None => None,
        };
        match (twin, original.zip(known)) {
            (Some(twin), Some((packed, blob))) if says_nothing_else(document, &twin.document) => {
                let original = Original { no: blob, sha256: packed.sha256 };
                let mut item = self.item(received, State::Duplicate, Some(original))?;
                item.document = Some(twin.no);
                self.seal(&item, received)?;
                Ok(Added::As(State::Duplicate))
            }
            (twin, _) => {
                // What was known and is not told again still holds, and may change what is read.
                let wanted = match &twin {
                    Some(twin) => filled(document, &twin.document),
                    None => document.clone(),
                };
                match derived {
                    Some(derived) if same_metadata(&wanted, &derived.document) => {
                        self.make(received, derived, twin.as_ref())
                    }
                    _ => Ok(Added::Read(Box::new(wanted))),
                }
            }
        }
    }

    /// Makes a document, which supersedes the one that had its bytes.
    fn make(
        &mut self,
        received: &Received,
        derived: &Derived,
        twin: Option<&Twin>,
    ) -> Result<Added, Error> {
        let version = self.version_no()?;
        let connection = &self.case.connection;
        let document = &derived.document;
        let text = rows::keep(connection, &derived.text)?;
        let original = match &received.original {
            Some(packed) => rows::keep(connection, packed)?,
            None => text,
        };
        let number = rows::next(connection, "SELECT coalesce(max(no), 0) + 1 FROM document")?;
        let reading = rows::next(connection, "SELECT coalesce(max(no), 0) + 1 FROM reading")?;
        let id = match twin {
            Some(twin) => {
                rows::supersede(connection, twin.no, number)?;
                twin.document.id.clone()
            }
            None => rows::free_id(connection, &document.id)?,
        };
        let published = document.published.map(|date| date.to_string());
        let mut insert = connection.prepare_cached(
            "INSERT INTO document (no, id, original, title, text, published, outlet, url, \
             derived_by, reading, version) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?9)",
        )?;
        let Document { title, outlet, url, .. } = document;
        insert.execute(params![
            number,
            id,
            original.no,
            title,
            text.no,
            published,
            outlet,
            url,
            version,
            reading,
        ])?;
        drop(insert);
        rows::write_reading(
            connection,
            &mut self.names,
            (reading, number, version),
            &derived.reading,
        )?;
        let state = if twin.is_some() { State::Revised } else { State::New };
        let mut item = self.item(received, state, Some(original))?;
        item.document = Some(number);
        item.made = Some(Made {
            id,
            title: title.clone(),
            text: text.sha256.to_vec(),
            published,
            outlet: outlet.clone(),
            url: url.clone(),
            supersedes: twin.map(|twin| twin.no),
            reading,
            digest: derived.reading.digest.to_vec(),
            version: self.version.clone(),
        });
        self.totals.claims += derived.reading.claims.len() as u64;
        self.batch.bytes += derived.text.size;
        self.seal(&item, received)?;
        Ok(Added::As(state))
    }

    fn item(
        &self,
        received: &Received,
        state: State,
        original: Option<Original>,
    ) -> Result<Item, Error> {
        let provenance = received.provenance.clone();
        let elsewhere = provenance.collected_at.is_some() || provenance.tool.is_some();
        Ok(Item {
            no: rows::next(&self.case.connection, "SELECT coalesce(max(no), 0) + 1 FROM item")?,
            state: state.as_str().to_owned(),
            location: received.location.clone(),
            reason: None,
            hint: None,
            original: original.map(|original| (original.no, original.sha256.to_vec())),
            document: None,
            made: None,
            received: ReceivedBy {
                at: self.started.clone(),
                collector: self.who.user.clone(),
                method: if elsewhere { "import" } else { "ingest" }.to_owned(),
                tool: provenance.tool.clone().unwrap_or_else(|| self.who.program.clone()),
            },
            provenance,
        })
    }

    /// Writes the item and adds its seal to the batch.
    fn seal(&mut self, item: &Item, received: &Received) -> Result<(), Error> {
        item.write(&self.case.connection, &received.key)?;
        if self.batch.seals.is_empty() {
            self.batch.first = item.no;
        }
        self.batch.seals.push(item.seal()?);
        self.batch.bytes += received.original.as_ref().map_or(0, |packed| packed.size);
        Ok(())
    }

    fn version_no(&mut self) -> Result<i64, Error> {
        if let Some(version) = self.version_no {
            return Ok(version);
        }
        let version = rows::version(&self.case.connection, &self.version)?;
        self.version_no = Some(version);
        Ok(version)
    }
}

/// Finds the document with these bytes that may be the same item: bytes that another outlet or
/// another address has are another item.
pub(super) fn twin(
    connection: &Connection,
    original: i64,
    document: &Document,
) -> Result<Option<Twin>, Error> {
    let mut select = connection.prepare_cached(
        "SELECT no, id, published, outlet, url FROM document \
         WHERE original = ?1 AND superseded_by IS NULL ORDER BY no",
    )?;
    let mut rows = select.query([original])?;
    while let Some(row) = rows.next()? {
        let published: Option<String> = row.get(2)?;
        let twin = Twin {
            no: row.get(0)?,
            document: Document {
                id: row.get(1)?,
                published: published.and_then(|date| date.parse().ok()),
                outlet: row.get(3)?,
                url: row.get(4)?,
                ..Document::default()
            },
        };
        if agree(&document.outlet, &twin.document.outlet)
            && agree(&document.url, &twin.document.url)
        {
            return Ok(Some(twin));
        }
    }
    Ok(None)
}

fn agree<T: PartialEq>(a: &Option<T>, b: &Option<T>) -> bool {
    a.is_none() || b.is_none() || a == b
}

/// Tells whether all that is told of a document is known already.
pub(super) fn says_nothing_else(told: &Document, known: &Document) -> bool {
    (told.published.is_none() || told.published == known.published)
        && (told.outlet.is_none() || told.outlet == known.outlet)
        && (told.url.is_none() || told.url == known.url)
}

/// Fills what is not told with what is known.
fn filled(told: &Document, known: &Document) -> Document {
    Document {
        published: told.published.or(known.published),
        outlet: told.outlet.clone().or_else(|| known.outlet.clone()),
        url: told.url.clone().or_else(|| known.url.clone()),
        ..told.clone()
    }
}

fn same_metadata(a: &Document, b: &Document) -> bool {
    a.published == b.published && a.outlet == b.outlet && a.url == b.url
}
