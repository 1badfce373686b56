//! Records of what was found, as lines, rows or blocks for eyes.

use crate::Outcome;
use crate::args::Color;
use crate::args::findings::View;
use crate::args::query::RowFormat;
use crate::case::query::rows::{Cell, Rows};
use crate::style::{FAINT, HEADING, Paint};
use anyhow::{Context as _, bail};
use serde_json::Value;
use sijill::model::Count;
use sijill_io::write::{columns as width_of, count_words, isolate};
use std::io::{self, Write};

/// Writes records to standard output.
pub(crate) struct Records {
    view: View,
    paint: Paint,
    to: To,
}

/// How records are written.
enum To {
    Lines(io::BufWriter<io::StdoutLock<'static>>),
    Rows(Rows<'static>),
    /// What more than one report tells stands before the rest.
    Blocks {
        many: Vec<u8>,
        one: Vec<u8>,
    },
}

impl Records {
    /// Begins with no record.
    pub(crate) fn new(view: View, format: RowFormat, color: Color) -> Self {
        let to = match (format, view) {
            (RowFormat::Jsonl, _) => To::Lines(io::BufWriter::new(io::stdout().lock())),
            (RowFormat::Table, View::Incidents | View::Contradictions) => {
                To::Blocks { many: Vec::new(), one: Vec::new() }
            }
            _ => To::Rows(Rows::new(format, columns(view), color)),
        };
        Self { view, paint: Paint::new(color, &io::stdout()), to }
    }

    /// Adds a record: one JSON object.
    pub(crate) fn add(&mut self, record: &str) -> anyhow::Result<()> {
        let parsed = || serde_json::from_str::<Value>(record).context("a record is no JSON");
        match &mut self.to {
            To::Lines(out) => writeln!(out, "{record}")?,
            To::Rows(rows) => rows.add(row(self.view, &parsed()?)),
            To::Blocks { many, .. } if self.view == View::Contradictions => {
                pair(many, self.paint, &parsed()?)?;
            }
            To::Blocks { many, one } => {
                let record = parsed()?;
                let count = record["documents"].as_array().map_or(0, Vec::len);
                block(if count < 2 { one } else { many }, self.paint, &record)?;
            }
        }
        Ok(())
    }

    /// Writes what waits.
    pub(crate) fn finish(self) -> anyhow::Result<Outcome> {
        let written = match self.to {
            To::Rows(_) if self.view == View::Compared => bail!(
                "pairs that were compared fit no table\n  hint: leave '--format' out for JSON lines"
            ),
            To::Rows(rows) => return rows.write(),
            To::Lines(mut out) => out.flush(),
            To::Blocks { many, one } => {
                let mut out = io::stdout().lock();
                out.write_all(&many).and_then(|()| out.write_all(&one)).and_then(|()| out.flush())
            }
        };
        written.context("the output cannot be written")?;
        Ok(Outcome::Done)
    }
}

fn columns(view: View) -> &'static [&'static str] {
    match view {
        View::Incidents => &[
            "id",
            "kind",
            "type",
            "place",
            "place_name",
            "place_name_en",
            "lat",
            "lon",
            "time",
            "agent",
            "independent_origins",
            "documents",
            "claims",
            "figures",
        ],
        View::Contradictions => &[
            "relation",
            "type",
            "place",
            "place_name",
            "first_value",
            "first_origin",
            "first_chain",
            "first_told",
            "first_document",
            "second_value",
            "second_origin",
            "second_chain",
            "second_told",
            "second_document",
            "incident",
        ],
        View::Origins => &["origin", "basis", "documents", "claims", "first_document"],
        View::Copies => &["copy", "of", "share", "near_copy", "start", "end", "of_start", "of_end"],
        View::Control => {
            &["place", "name", "since", "known", "origin", "state", "holder", "share", "document"]
        }
        View::Compared => &["pair"],
    }
}

fn row(view: View, record: &Value) -> Vec<Cell> {
    let side = |side: &Value| -> [Cell; 5] {
        ["value", "origin", "chain", "told", "document"].map(|name| cell(&side[name]))
    };
    match view {
        View::Incidents => incident(record),
        View::Contradictions => {
            let mut row = vec![cell(&record["relation"]), cell(&record["type"])];
            row.extend([cell(&record["place"]["id"]), cell(&record["place"]["name"])]);
            row.extend(side(&record["first"]));
            row.extend(side(&record["second"]));
            row.push(cell(&record["incident"]));
            row
        }
        View::Origins => {
            let count =
                |name: &str| Cell::Number(record[name].as_array().map_or(0, Vec::len) as u64);
            let (documents, claims) = (count("documents"), count("claims"));
            let first = cell(&record["documents"][0]);
            vec![cell(&record["origin"]), cell(&record["basis"]), documents, claims, first]
        }
        View::Copies => {
            let (copy, original) = (&record["copy"], &record["original"]);
            let mut row = vec![cell(&copy["document"]), cell(&original["document"])];
            row.extend([cell(&record["share"]), cell(&record["near_copy"])]);
            row.extend(
                [&copy["start"], &copy["end"], &original["start"], &original["end"]].map(cell),
            );
            row
        }
        View::Control => {
            let holder =
                if record["holder"].is_array() { &record["holder"] } else { &record["lost_by"] };
            let mut row: Vec<Cell> = ["place", "name", "since", "known", "origin", "state"]
                .map(|name| cell(&record[name]))
                .into();
            row.extend([cell(holder), share(&record["share"]).into(), cell(&record["document"])]);
            row
        }
        View::Compared => Vec::new(),
    }
}

fn incident(record: &Value) -> Vec<Cell> {
    let place = &record["place"];
    let figures = record["figures"].as_array().into_iter().flatten().map(|figure| {
        let of = text(&figure["target"]);
        let of = if of.is_empty() { of } else { format!(" {of}") };
        format!("{} {}{of} ({})", text(&figure["type"]), number(figure), text(&figure["origin"]))
    });
    let figures = figures.collect::<Vec<_>>().join("; ");
    let mut row = vec![cell(&record["id"]), cell(&record["kind"]), cell(&record["type"])];
    row.extend(["id", "name", "name_en", "lat", "lon"].map(|name| cell(&place[name])));
    row.extend(
        ["time", "agent", "independent_origins", "documents"].map(|name| cell(&record[name])),
    );
    row.push(Cell::Number(record["claims"].as_array().map_or(0, Vec::len) as u64));
    row.push(Some(figures).filter(|figures| !figures.is_empty()).into());
    row
}

/// Makes a cell of a value; of a list all its texts.
fn cell(value: &Value) -> Cell {
    match value {
        Value::Null => Cell::Text(None),
        Value::Number(number) => match number.as_u64() {
            Some(number) => Cell::Number(number),
            None => number.to_string().into(),
        },
        Value::Bool(is_so) => if *is_so { "yes" } else { "no" }.to_owned().into(),
        other => Some(text(other)).filter(|text| !text.is_empty()).into(),
    }
}

/// Returns a text, or the texts of a list.
pub(in crate::case) fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(text).collect::<Vec<_>>().join(" "),
        _ => String::new(),
    }
}

/// Writes the number of a figure as people read it.
pub(in crate::case) fn number(figure: &Value) -> String {
    let approximate = figure["approximate"].as_bool() == Some(true);
    Count::between(figure["min"].as_u64(), figure["max"].as_u64(), approximate)
        .map_or_else(String::new, count_words)
}

/// Writes the share of a place as people read it.
fn share(share: &Value) -> Option<String> {
    let (min, max) = (share["min"].as_f64()?, share["max"].as_f64()?);
    sijill::model::Share::between(min, max, false).map(sijill_io::write::share_words)
}

/// Shows an incident: every figure with its origin and document.
fn block(out: &mut Vec<u8>, paint: Paint, record: &Value) -> io::Result<()> {
    let head = paint.paint(HEADING, head(record));
    let about =
        format!("{}  origins: {}", text(&record["id"]), text(&record["independent_origins"]));
    writeln!(out, "{head}  {}", paint.paint(FAINT, about))?;
    let mut figures: Vec<&Value> = record["figures"].as_array().into_iter().flatten().collect();
    figures.sort_by_cached_key(|figure| (rank(&text(&figure["type"])), text(&figure["type"])));
    for figure in figures {
        let (what, of) = (text(&figure["type"]), text(&figure["target"]));
        let told = format!("{} in {}", text(&figure["origin"]), short(&figure["document"]));
        let (number, told) = (number(figure), paint.paint(FAINT, isolate(&told)));
        let (of, room) = (isolate(&of), " ".repeat(20_usize.saturating_sub(width_of(&of))));
        let note = notes(figure);
        writeln!(out, "  {what:15} {number:>9} {of}{room} {told}{note}")?;
    }
    let documents = record["documents"].as_array().into_iter().flatten();
    let documents: Vec<String> = documents.map(|id| isolate(&short(id)).into_owned()).collect();
    writeln!(out, "  {}", paint.paint(FAINT, documents.join(" ")))
}

/// Says of a figure that it is another scope than the others.
pub(in crate::case) fn notes(figure: &Value) -> String {
    let notes = [("cumulative", "  in total"), ("part", "  among others")];
    let notes = notes.iter().filter(|(mark, _)| figure[*mark] == true);
    notes.map(|(_, note)| *note).collect()
}

/// Figures of people stand before the rest.
pub(in crate::case) fn rank(figure: &str) -> usize {
    const FIRST: [&str; 6] = ["killed", "injured", "missing", "captured", "displaced", "strikes"];
    FIRST.iter().position(|first| *first == figure).unwrap_or(FIRST.len())
}

/// Names a document without the folders that it was in.
fn short(document: &Value) -> String {
    let id = text(document);
    id.rsplit('/').next().unwrap_or_default().to_owned()
}

/// Shows two claims that differ, one below the other.
fn pair(out: &mut Vec<u8>, paint: Paint, record: &Value) -> io::Result<()> {
    let place = &record["place"];
    let what = format!("{}/{}", text(&record["relation"]), text(&record["type"]));
    let head = [what, text(&place["name_en"]), isolate(&text(&place["name"])).into_owned()];
    let head = head.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("  ");
    let incident = paint.paint(FAINT, text(&record["incident"]));
    writeln!(out, "{}  {incident}", paint.paint(HEADING, head))?;
    for side in [&record["first"], &record["second"]] {
        let mut way = vec![text(&side["origin"])];
        way.extend(side["chain"].as_array().into_iter().flatten().rev().map(text));
        way.dedup();
        let way: Vec<_> = way.iter().map(|voice| isolate(voice)).collect();
        let (told, document) = (text(&side["told"]), short(&side["document"]));
        let place = paint.paint(FAINT, format!("{told:10}  {}", isolate(&document)));
        writeln!(out, "  {:>20}  {:36}  {place}", isolate(&text(&side["value"])), way.join(" ← "))?;
    }
    Ok(())
}

/// Says of an incident what it is, where and when.
pub(in crate::case) fn head(record: &Value) -> String {
    let place = &record["place"];
    let what = format!("{}/{}", text(&record["kind"]), text(&record["type"]));
    let parts = [
        what,
        text(&place["name_en"]),
        isolate(&text(&place["name"])).into_owned(),
        text(&record["time"]),
    ];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("  ")
}
