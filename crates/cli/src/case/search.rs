//! `sijill search`: which reports hold what is asked for.

use super::{open, told};
use crate::args::query::{Order as OrderArg, Search};
use crate::args::{Color, Format};
use crate::style::{FAINT, HEADING, Paint, WORDS};
use crate::{Outcome, knowledge};
use anyhow::anyhow;
use serde_json::json;
use sijill::model::Span;
use sijill::search::{Indexer, Question, excerpt};
use sijill_io::write::isolate;
use sijill_store::{Case, Facet, Hit, Kept, Order, Wanted};
use std::io::{self, Write};
use std::time::Instant;

/// How many letters of a report are shown.
const EXCERPT: usize = 180;

/// How many values of a facet are shown in a table.
const VALUES: usize = 5;

/// Runs the command.
pub(crate) fn run(args: &Search, color: Color) -> anyhow::Result<Outcome> {
    let case = open(&args.case)?;
    let knowledge = knowledge::load(&args.knowledge)?;
    let indexer = Indexer::new(&knowledge);
    let started = Instant::now();
    let question = Question::parse(&args.query, &indexer)
        .map_err(|error| anyhow!("{error}\n  hint: {}", error.hint()))?;
    let values = match args.format {
        Format::Table => args.facets.unwrap_or(VALUES),
        Format::Jsonl => args.facets.unwrap_or(0),
    };
    let wanted = Wanted {
        expression: question.expression.clone(),
        since: question.since,
        until: question.until,
        order: match args.order {
            OrderArg::Relevance => Order::Relevance,
            OrderArg::Newest => Order::Newest,
            OrderArg::Oldest => Order::Oldest,
        },
        limit: args.limit,
        offset: args.offset,
        values,
    };
    let fail = |error| told(&args.case, &error);
    let hits = case.search(&wanted).map_err(fail)?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    let paint = Paint::new(color, &io::stdout());
    let writer = Writer { case: &case, indexer: &indexer, question: &question, paint };
    for hit in &hits.hits {
        let kept = case.document_at(hit.document).map_err(fail)?;
        let shown = writer.shown(&kept).map_err(fail)?;
        match args.format {
            Format::Table => writer.row(&mut out, &kept, &shown)?,
            Format::Jsonl => writeln!(out, "{}", line(hit, &kept, &shown))?,
        }
    }
    for facet in &hits.facets {
        match args.format {
            Format::Table => writer.facet(&mut out, facet)?,
            Format::Jsonl => {
                for (value, documents) in &facet.values {
                    let facet = &facet.name;
                    let line = json!({ "facet": facet, "value": value, "documents": documents });
                    writeln!(out, "{line}")?;
                }
            }
        }
    }
    out.flush()?;
    let took = started.elapsed().as_millis();
    writeln!(io::stderr().lock(), "sijill: {} reports in {took} ms", hits.total)?;
    Ok(Outcome::Done)
}

/// The part of a report that is shown, and what was found in it.
struct Shown {
    part: Span,
    found: Vec<Span>,
}

struct Writer<'a> {
    case: &'a Case,
    indexer: &'a Indexer<'a>,
    question: &'a Question,
    paint: Paint,
}

impl Writer<'_> {
    fn shown(&self, kept: &Kept) -> Result<Shown, sijill_store::Error> {
        let mentions = self.case.mentions_of(kept.reading)?;
        let text = &kept.document.text;
        let found = self.question.find(text, &mentions, self.indexer);
        let part = excerpt(text, &found, EXCERPT);
        Ok(Shown { part, found })
    }

    fn row(&self, out: &mut impl Write, kept: &Kept, shown: &Shown) -> io::Result<()> {
        let document = &kept.document;
        let day = document.published.map(|day| day.to_string()).unwrap_or_default();
        let outlet = document.outlet.as_deref().unwrap_or_default();
        let about = [day.as_str(), outlet].into_iter().filter(|part| !part.is_empty());
        let about = about.map(|part| isolate(part).into_owned()).collect::<Vec<_>>().join("  ");
        let id = self.paint.paint(HEADING, isolate(&document.id));
        writeln!(out, "{id}  {}", self.paint.paint(FAINT, about))?;
        if let Some(title) = &document.title {
            writeln!(out, "  {}", isolate(title))?;
        }
        let mut marked = String::new();
        let mut at = shown.part.start as usize;
        let end = shown.part.end as usize;
        let text = &document.text;
        for span in &shown.found {
            let (from, to) = (span.start as usize, span.end as usize);
            if at <= from && to <= end {
                marked.push_str(&isolate_inner(&text[at..from]));
                marked.push_str(&self.paint.paint(WORDS, isolate_inner(&text[from..to])));
                at = to;
            }
        }
        marked.push_str(&isolate_inner(&text[at.min(end)..end]));
        let (before, after) = (shown.part.start > 0, end < text.len());
        let dots = |cut: bool| if cut { "…" } else { "" };
        writeln!(out, "  \u{2068}{}{}{}\u{2069}", dots(before), marked.trim(), dots(after))
    }

    fn facet(&self, out: &mut impl Write, facet: &Facet) -> io::Result<()> {
        let Facet { name, values, total } = facet;
        write!(out, "{}", self.paint.paint(FAINT, format!("{name:10}")))?;
        for (value, count) in values {
            let label = self.indexer.name_of(value).map(|(name, english)| english.unwrap_or(name));
            match label {
                Some(label) => write!(out, " {} ({}) {count}", isolate(value), isolate(label))?,
                None => write!(out, " {} {count}", isolate(value))?,
            }
            write!(out, ";")?;
        }
        match total.saturating_sub(values.len()) {
            0 => writeln!(out),
            more => writeln!(out, " {more} more"),
        }
    }
}

/// Makes of a part of a text what can stand within an isolate.
fn isolate_inner(text: &str) -> String {
    isolate(text).trim_start_matches('\u{2068}').trim_end_matches('\u{2069}').to_owned()
}

fn line(hit: &Hit, kept: &Kept, shown: &Shown) -> serde_json::Value {
    let document = &kept.document;
    let mut line = json!({ "document": document.id, "excerpt": shown.part.of(&document.text) });
    let mut tell = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            line[name] = value.into();
        }
    };
    tell("title", document.title.clone());
    tell("published", document.published.map(|day| day.to_string()));
    tell("outlet", document.outlet.clone());
    tell("url", document.url.clone());
    line["score"] = ((hit.score * 100.0).round() / 100.0).into();
    line
}
