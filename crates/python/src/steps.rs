//! The steps of corroboration over batches, for Spark: see `sijill::distributed`.

use crate::columns::{Columns, binaries, integers, lists, texts, to_batch};
use crate::{Knowledge, documents, options, value_error};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3_arrow::{PyRecordBatch, PySchema};
use sijill::Sketch;
use sijill::distributed::{self as steps, Row, Weighed};
use sijill_io::{columnar, write};
use std::collections::BTreeMap;

/// How many reports have a word, name a place or tell of a day.
#[pyclass(frozen, module = "sijill._native")]
pub(crate) struct Rarity(steps::Rarity);

#[pymethods]
impl Rarity {
    /// Sums the counts of parts of a corpus of so many reports.
    #[new]
    fn new(reports: u64, counts: PyRecordBatch) -> PyResult<Self> {
        let counts = Columns(counts.into_inner());
        let (keys, numbers) = (counts.texts("key")?, counts.integers("number")?);
        let rows = (0..counts.len()).map(|row| (keys.value(row), numbers.value(row) as u32));
        Ok(Self(steps::Rarity::of_counts(reports, rows)))
    }
}

/// Reads documents and keeps of each what corroboration needs: with its words, and without.
#[pyfunction]
pub(crate) fn sketches(
    knowledge: &Knowledge,
    batch: PyRecordBatch,
    min_confidence: f64,
    drop: bool,
) -> PyResult<PyRecordBatch> {
    let options = options(min_confidence)?;
    let rows = columnar::documents(&batch.into_inner()).map_err(value_error)?;
    let (mut ids, mut whole, mut light) = (Vec::new(), Vec::new(), Vec::new());
    for document in documents(&rows, 0..rows.len(), drop) {
        let document = document.map_err(value_error)?;
        let extraction = sijill::extract(&document, &knowledge.0, &options);
        let mut sketch = Sketch::new(&document, &extraction, &knowledge.0);
        ids.push(document.id);
        whole.push(sketch.to_bytes());
        sketch.forget_words();
        light.push(sketch.to_bytes());
    }
    to_batch([("document", texts(ids)), ("sketch", binaries(whole)), ("light", binaries(light))])
}

/// Counts the words, places and days of a batch of sketches.
#[pyfunction]
pub(crate) fn counts(batch: PyRecordBatch) -> PyResult<PyRecordBatch> {
    let batch = Columns(batch.into_inner());
    let sketches: Vec<Sketch> = batch.sketches("sketch")?;
    let sketches: Vec<&Sketch> = sketches.iter().collect();
    let (keys, numbers): (Vec<_>, Vec<_>) =
        steps::Rarity::new(&sketches).counts().map(|(key, n)| (key, i64::from(n))).unzip();
    to_batch([("key", texts(keys)), ("number", integers(numbers))])
}

/// Lists the blocks in which the episodes of a batch of numbered sketches are compared.
#[pyfunction]
pub(crate) fn blocks(rarity: &Rarity, batch: PyRecordBatch) -> PyResult<PyRecordBatch> {
    let batch = Columns(batch.into_inner());
    let numbers = batch.integers("number")?;
    let mut rows = Vec::new();
    for (row, sketch) in batch.sketches("light")?.iter().enumerate() {
        rows.extend(steps::blocks(numbers.value(row), sketch, &rarity.0));
    }
    let episodes = rows.iter().map(|row| row.episode).collect();
    let days = rows.iter().map(|row| row.day.map_or(i64::MIN, i64::from)).collect();
    let words = rows.iter().map(|row| row.words.iter().map(|&w| i64::from(w)).collect()).collect();
    let names = rows.into_iter().map(|row| row.block).collect();
    to_batch([
        ("block", texts(names)),
        ("episode", integers(episodes)),
        ("day", integers(days)),
        ("words", lists(words)),
    ])
}

/// Lists the pairs within whole blocks, with how many rare words each shares.
#[pyfunction]
pub(crate) fn pairs(batch: PyRecordBatch) -> PyResult<PyRecordBatch> {
    let batch = Columns(batch.into_inner());
    let (names, days) = (batch.texts("block")?, batch.integers("day")?);
    let (episodes, words) = (batch.integers("episode")?, batch.lists("words")?);
    let row = |row: usize| {
        Ok(Row {
            block: names.value(row).to_owned(),
            episode: episodes.value(row),
            day: i32::try_from(days.value(row)).ok(),
            words: words.of(row)?.into_iter().map(|word| word as u32).collect(),
        })
    };
    let rows = (0..batch.len()).map(row).collect::<PyResult<Vec<Row>>>()?;
    let pairs = steps::pairs(&rows);
    to_batch([
        ("a", integers(pairs.iter().map(|pair| pair.0).collect())),
        ("b", integers(pairs.iter().map(|pair| pair.1).collect())),
        ("shared", integers(pairs.iter().map(|pair| i64::from(pair.2)).collect())),
    ])
}

/// Lists the episodes of a batch of numbered sketches.
#[pyfunction]
pub(crate) fn episodes(batch: PyRecordBatch) -> PyResult<PyRecordBatch> {
    let batch = Columns(batch.into_inner());
    let numbers = batch.integers("number")?;
    let mut all = Vec::new();
    for (row, sketch) in batch.sketches("light")?.iter().enumerate() {
        all.extend(steps::episodes(numbers.value(row), sketch));
    }
    let (numbers, bytes) = all.into_iter().unzip();
    to_batch([("episode", integers(numbers)), ("bytes", binaries(bytes))])
}

/// Weighs pairs of episodes.
#[pyfunction]
pub(crate) fn weights(
    knowledge: &Knowledge,
    rarity: &Rarity,
    batch: PyRecordBatch,
) -> PyResult<PyRecordBatch> {
    let batch = Columns(batch.into_inner());
    let (a, b) = (batch.integers("a")?, batch.integers("b")?);
    let (one, other) = (batch.binaries("one")?, batch.binaries("other")?);
    let pair = |row| ((a.value(row), one.value(row)), (b.value(row), other.value(row)));
    let pairs = (0..batch.len()).map(pair);
    let found = steps::weights(pairs, &rarity.0, &knowledge.0).ok_or_else(foreign)?;
    let strong = |w: &Weighed| i64::from(steps::is_strong(w.weight, &knowledge.0));
    to_batch([
        ("a", integers(found.iter().map(|w| w.a).collect())),
        ("b", integers(found.iter().map(|w| w.b).collect())),
        // Bit for bit: a sum of logits must come out the same.
        ("weight", integers(found.iter().map(|w| w.weight.to_bits() as i64).collect())),
        ("strong", integers(found.iter().map(strong).collect())),
    ])
}

/// Finds what hangs together: of every number the lowest one that can be reached from it.
#[pyfunction]
pub(crate) fn components(batch: PyRecordBatch) -> PyResult<PyRecordBatch> {
    let batch = Columns(batch.into_inner());
    let (a, b) = (batch.integers("a")?, batch.integers("b")?);
    let links: Vec<_> = (0..batch.len()).map(|row| (a.value(row), b.value(row))).collect();
    let (numbers, components) = steps::components(&links).into_iter().unzip();
    to_batch([("number", integers(numbers)), ("component", integers(components))])
}

/// Lists the numbers of the runs of words of a batch of numbered sketches.
#[pyfunction]
pub(crate) fn prints(batch: PyRecordBatch) -> PyResult<PyRecordBatch> {
    let batch = Columns(batch.into_inner());
    let numbers = batch.integers("number")?;
    let (mut hashes, mut reports, mut places) = (Vec::new(), Vec::new(), Vec::new());
    for (row, sketch) in batch.sketches("sketch")?.iter().enumerate() {
        for (hash, at) in steps::prints(sketch) {
            hashes.push(hash as i64);
            reports.push(numbers.value(row));
            places.push(i64::from(at));
        }
    }
    to_batch([("hash", integers(hashes)), ("report", integers(reports)), ("at", integers(places))])
}

/// Finds where reports meet; all runs of a hash must be in one batch.
#[pyfunction]
pub(crate) fn seeds(batch: PyRecordBatch) -> PyResult<PyRecordBatch> {
    let batch = Columns(batch.into_inner());
    let (hashes, reports) = (batch.integers("hash")?, batch.integers("report")?);
    let places = batch.integers("at")?;
    let print = |row| (hashes.value(row) as u64, reports.value(row), places.value(row) as u32);
    let found = steps::seeds(&(0..batch.len()).map(print).collect::<Vec<_>>());
    to_batch([
        ("one", integers(found.iter().map(|seed| seed.0).collect())),
        ("other", integers(found.iter().map(|seed| seed.1).collect())),
        ("meet", integers(found.iter().map(|s| i64::from(s.2) << 32 | i64::from(s.3)).collect())),
    ])
}

/// Makes out what pairs of reports have in common where they meet, as far as it matters.
#[pyfunction]
pub(crate) fn reuses(batch: PyRecordBatch) -> PyResult<PyRecordBatch> {
    let batch = Columns(batch.into_inner());
    let (one, other) = (batch.integers("one")?, batch.integers("other")?);
    let meets = batch.lists("meets")?;
    let (sketches, others) = (batch.sketches("sketch")?, batch.sketches("sketch_other")?);
    let (mut firsts, mut seconds, mut found) = (Vec::new(), Vec::new(), Vec::new());
    for row in 0..batch.len() {
        let meets = meets.of(row)?;
        let meets: Vec<_> = meets.iter().map(|meet| ((meet >> 32) as u32, *meet as u32)).collect();
        if let Some((reuse, _)) = steps::reuse(&sketches[row], &others[row], &meets) {
            firsts.push(one.value(row));
            seconds.push(other.value(row));
            found.push(reuse);
        }
    }
    to_batch([("a", integers(firsts)), ("b", integers(seconds)), ("reuse", binaries(found))])
}

/// Finds the origins of the claims of reports that copied from one another.
#[pyfunction]
pub(crate) fn origins(reports: PyRecordBatch, reuses: PyRecordBatch) -> PyResult<PyRecordBatch> {
    let (reports, reuses) = (Columns(reports.into_inner()), Columns(reuses.into_inner()));
    let reuse = reuses.binaries("reuse")?;
    let bytes: Vec<&[u8]> = (0..reuses.len()).map(|row| reuse.value(row)).collect();
    let found = steps::origins(&reports.sketches("light")?, &bytes).ok_or_else(foreign)?;
    let numbers = reports.integers("number")?;
    let numbers = (0..reports.len()).map(|row| numbers.value(row)).collect();
    to_batch([("number", integers(numbers)), ("origins", binaries(found))])
}

/// Puts together the incidents of some components: the reports with their wanted episodes and
/// origins, and the links between them.
#[pyfunction]
pub(crate) fn incidents(
    knowledge: &Knowledge,
    rarity: &Rarity,
    reports: PyRecordBatch,
    links: PyRecordBatch,
) -> PyResult<PyRecordBatch> {
    let (reports, links) = (Columns(reports.into_inner()), Columns(links.into_inner()));
    let (numbers, wanted) = (reports.integers("number")?, reports.lists("episodes")?);
    let origins = reports.optional_binaries("origins")?;
    let mut episodes = Vec::new();
    // In order, each once: a report tells of several happenings.
    let mut by_number = BTreeMap::new();
    for (row, sketch) in reports.sketches("light")?.into_iter().enumerate() {
        episodes.extend(wanted.of(row)?);
        by_number.insert(numbers.value(row), (sketch, origins.of(row)));
    }
    let sketches: Vec<_> =
        by_number.into_iter().map(|(number, (sketch, bytes))| (number, sketch, bytes)).collect();
    let (a, b, bits) = (links.integers("a")?, links.integers("b")?, links.integers("weight")?);
    let link = |row: usize| {
        let weight = f64::from_bits(bits.value(row) as u64);
        Weighed { a: a.value(row), b: b.value(row), weight }
    };
    let links: Vec<Weighed> = (0..links.len()).map(link).collect();
    let found = steps::incidents(&sketches, &episodes, &links, &rarity.0, &knowledge.0);
    let found: Vec<_> =
        found.ok_or_else(foreign)?.into_iter().map(|(_, incident)| incident).collect();
    let mut lines = Vec::new();
    write::incidents(&mut lines, &found);
    columnar::incidents(&lines).map(PyRecordBatch::new).map_err(value_error)
}

/// Returns the schema of a batch of incidents.
#[pyfunction]
pub(crate) fn incidents_schema() -> PySchema {
    PySchema::new(columnar::incidents_schema())
}

/// The error of bytes that another version wrote.
pub(crate) fn foreign() -> PyErr {
    let message = "the bytes are no sketch of this version\n  hint: give every worker the same \
                   version of sijill, and make sketches that were kept anew";
    PyValueError::new_err(message)
}
