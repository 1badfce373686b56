//! Documents and their claims, as the case has them now.

use crate::packed::Unpacker;
use crate::{Case, Error, claims, mentions};
use rusqlite::{Connection, OptionalExtension as _, Row};
use sijill_model::{Claim, Document, Mention};

/// A document of the case.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Its number in the case.
    pub no: i64,
    /// The document; its id is the case's.
    pub document: Document,
    /// The number of the reading that counts.
    pub reading: i64,
}

/// The columns that [`from_row`] reads; `d` is the document and `b` the blob of its text.
const COLUMNS: &str = "d.no, d.id, d.title, d.published, d.outlet, d.url, d.reading, \
     b.packing, b.size, b.content";

impl Case {
    /// Hands every current document to `each`, in the order in which they came.
    pub fn documents(&self, mut each: impl FnMut(Kept) -> Result<(), Error>) -> Result<(), Error> {
        let mut unpacker = Unpacker::new()?;
        let mut select = self.connection.prepare(&format!(
            "SELECT {COLUMNS} FROM document d JOIN blob b ON b.no = d.text \
             WHERE d.superseded_by IS NULL ORDER BY d.no"
        ))?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            each(from_row(row, &mut unpacker)?)?;
        }
        Ok(())
    }

    /// Finds a current document by its id.
    pub fn document(&self, id: &str) -> Result<Option<Kept>, Error> {
        let number: Option<i64> = self
            .connection
            .prepare_cached("SELECT no FROM document WHERE id = ?1 AND superseded_by IS NULL")?
            .query_row([id], |row| row.get(0))
            .optional()?;
        let mut unpacker = Unpacker::new()?;
        number.map(|number| self.kept(number, &mut unpacker)).transpose()
    }

    /// Returns the document of a number, such as that of a [`crate::Hit`].
    pub fn document_at(&self, number: i64) -> Result<Kept, Error> {
        self.kept(number, &mut Unpacker::new()?)
    }

    /// Returns the document of a number.
    pub(crate) fn kept(&self, number: i64, unpacker: &mut Unpacker) -> Result<Kept, Error> {
        let mut select = self.connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM document d JOIN blob b ON b.no = d.text WHERE d.no = ?1"
        ))?;
        let mut rows = select.query([number])?;
        match rows.next()? {
            Some(row) => from_row(row, unpacker),
            None => Err(Error::damaged(format!("document {number} is missing"))),
        }
    }

    /// Returns the bytes that a document was made of, as they were received.
    pub fn original(&self, document: i64) -> Result<Vec<u8>, Error> {
        let (packing, size, content): (String, i64, Vec<u8>) = self
            .connection
            .prepare_cached(
                "SELECT b.packing, b.size, b.content FROM document d \
                 JOIN blob b ON b.no = d.original WHERE d.no = ?1",
            )?
            .query_row([document], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        Unpacker::new()?.unpack(&packing, usize::try_from(size).unwrap_or_default(), &content)
    }

    /// Returns the claims of a reading, in order.
    pub fn claims_of(&self, reading: i64) -> Result<Vec<Claim>, Error> {
        claims_of(&self.connection, reading)
    }

    /// Returns the mentions of a reading.
    pub fn mentions_of(&self, reading: i64) -> Result<Vec<Mention>, Error> {
        let bytes: Vec<u8> = self
            .connection
            .prepare_cached("SELECT mentions FROM reading WHERE no = ?1")?
            .query_row([reading], |row| row.get(0))?;
        mentions::decode(&bytes)
    }
}

fn from_row(row: &Row<'_>, unpacker: &mut Unpacker) -> Result<Kept, Error> {
    let (packing, size): (String, i64) = (row.get(7)?, row.get(8)?);
    let content = row.get_ref(9)?.as_blob().unwrap_or_default();
    let size = usize::try_from(size).unwrap_or_default();
    let no: i64 = row.get(0)?;
    let text = String::from_utf8(unpacker.unpack(&packing, size, content)?)
        .map_err(|_| Error::damaged(format!("the text of document {no} is not UTF-8")))?;
    let published: Option<String> = row.get(3)?;
    Ok(Kept {
        no,
        document: Document {
            id: row.get(1)?,
            title: row.get(2)?,
            text,
            published: published.and_then(|date| date.parse().ok()),
            outlet: row.get(4)?,
            url: row.get(5)?,
        },
        reading: row.get(6)?,
    })
}

pub(crate) fn claims_of(connection: &Connection, reading: i64) -> Result<Vec<Claim>, Error> {
    let mut select = connection.prepare_cached(&format!(
        "SELECT {} FROM claim c JOIN reading r ON r.no = c.reading \
         JOIN document d ON d.no = r.document WHERE c.reading = ?1 ORDER BY c.no",
        claims::COLUMNS
    ))?;
    let mut rows = select.query([reading])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let (number, mut claim) = claims::from_row(row)?;
        claims::fill(connection, number, &mut claim)?;
        found.push(claim);
    }
    Ok(found)
}
