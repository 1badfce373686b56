//! `sijill claims`, `sources` and `timeline`: what a case holds, by filters.

pub(super) mod rows;

use super::{open, told};
use crate::args::query::{
    Claims, Filter as FilterArgs, RowFormat, Sources, Step, Timeline, Wanted,
};
use crate::args::{Color, Knowledge as KnowledgeArgs};
use crate::style::Paint;
use crate::{Outcome, knowledge};
use anyhow::{Context as _, bail};
use rows::Rows;
use sijill::search::Indexer;
use sijill_io::write;
use sijill_store::{Case, Filter, NameSort, Step as By};
use std::io::{self, Write as _};
use std::path::Path;

/// Runs `sijill claims`.
pub(crate) fn claims(args: &Claims, color: Color) -> anyhow::Result<Outcome> {
    let case = open(&args.filter.case)?;
    let mut filter = filter(&case, &args.filter)?;
    filter.limit = args.limit;
    filter.offset = args.offset;
    let mut out = io::BufWriter::new(io::stdout().lock());
    let table = (args.format == RowFormat::Table).then(|| table(color));
    let mut buffer = Vec::new();
    match (&table, args.format) {
        (Some(table), _) => table.header(&mut buffer),
        (None, RowFormat::Csv) => write::csv::header(&mut buffer),
        _ => {}
    }
    let mut written = out.write_all(&buffer);
    let each = |kept: &sijill_store::Kept, claims: &[sijill::model::Claim]| {
        buffer.clear();
        match (&table, args.format) {
            (Some(table), _) => table.rows(&mut buffer, &kept.document, claims),
            (None, RowFormat::Csv) => write::csv::claims(&mut buffer, &kept.document, claims),
            _ => write::claims(&mut buffer, &kept.document, claims),
        }
        if written.is_ok() {
            written = out.write_all(&buffer);
        }
        written.is_ok()
    };
    case.claims(&filter, each).map_err(|error| told(&args.filter.case, &error))?;
    written.and_then(|()| out.flush()).context("the output cannot be written")?;
    Ok(Outcome::Done)
}

/// Runs `sijill sources`.
pub(crate) fn sources(args: &Sources, color: Color) -> anyhow::Result<Outcome> {
    let case = open(&args.filter.case)?;
    let filter = filter(&case, &args.filter)?;
    let sources = case.sources(&filter).map_err(|error| told(&args.filter.case, &error))?;
    let columns = ["source", "name", "claims", "documents", "outlets", "relayed", "first", "last"];
    let mut rows = Rows::new(args.format, &columns, color);
    for source in sources {
        rows.add(vec![
            source.id.into(),
            source.name.into(),
            source.claims.into(),
            source.documents.into(),
            source.outlets.into(),
            source.relayed.into(),
            source.first.into(),
            source.last.into(),
        ]);
    }
    rows.write()
}

/// Runs `sijill timeline`.
pub(crate) fn timeline(args: &Timeline, color: Color) -> anyhow::Result<Outcome> {
    let case = open(&args.filter.case)?;
    let filter = filter(&case, &args.filter)?;
    let step = match args.by {
        Step::Day => By::Day,
        Step::Month => By::Month,
        Step::Year => By::Year,
    };
    let periods = case.timeline(&filter, step).map_err(|error| told(&args.filter.case, &error))?;
    let columns = ["period", "claims", "documents", "origins", "kinds"];
    let mut rows = Rows::new(args.format, &columns, color);
    for period in periods {
        let kinds = period.kinds.iter().map(|(kind, count)| format!("{} {count}", kind.as_str()));
        let kinds = kinds.collect::<Vec<_>>().join(", ");
        let (claims, documents) = (period.claims(), period.documents);
        let origins = period.origins;
        let period = period.period;
        rows.add(vec![
            period.into(),
            claims.into(),
            documents.into(),
            origins.into(),
            kinds.into(),
        ]);
    }
    rows.write()
}

fn table(color: Color) -> write::Table {
    let width = console::Term::stdout().size_checked().map_or(120, |(_, width)| usize::from(width));
    write::Table::new(width, Paint::new(color, &io::stdout()).is_on())
}

/// Finds out which claims are wanted.
fn filter(case: &Case, args: &FilterArgs) -> anyhow::Result<Filter> {
    let filter = wanted(case, &args.case, &args.wanted, &args.knowledge)?;
    Ok(Filter { min_confidence: args.min_confidence, ..filter })
}

/// Finds out which claims are wanted: names become ids, places all that lies in them.
pub(super) fn wanted(
    case: &Case,
    path: &Path,
    args: &Wanted,
    tables: &KnowledgeArgs,
) -> anyhow::Result<Filter> {
    let mut filter = Filter {
        documents: args.document.clone(),
        since: args.since,
        until: args.until,
        kinds: args.kind.clone(),
        types: args.claim_type.clone(),
        modalities: args.modality.clone(),
        ..Filter::default()
    };
    if args.place.is_empty() && args.actor.is_empty() && args.origin.is_empty() {
        return Ok(filter);
    }
    let knowledge = knowledge::load(tables)?;
    let indexer = Indexer::new(&knowledge);
    let names = Names { case, indexer: &indexer, path };
    for place in &args.place {
        filter.places.extend(names.places(place)?);
    }
    for actor in &args.actor {
        filter.actors.extend(names.ids(actor, NameSort::Actor)?);
    }
    for origin in &args.origin {
        filter.origins.extend(names.ids(origin, NameSort::Voice)?);
    }
    Ok(filter)
}

/// Finds the ids of names: those of the tables, and those that only the case has.
struct Names<'a> {
    case: &'a Case,
    indexer: &'a Indexer<'a>,
    path: &'a Path,
}

impl Names<'_> {
    fn of_case(&self, sort: NameSort) -> anyhow::Result<Vec<sijill_store::Named>> {
        self.case.names(sort).map_err(|error| told(self.path, &error))
    }

    fn places(&self, name: &str) -> anyhow::Result<Vec<String>> {
        let units = self.indexer.places(name);
        let known = self.of_case(NameSort::Place)?;
        let mut ids: Vec<String> = known
            .into_iter()
            .filter(|known| {
                known.id.as_deref() == Some(name) || known.name == name || {
                    let id = known.id.as_deref();
                    id.is_some_and(|id| units.iter().any(|unit| self.indexer.is_within(unit, id)))
                }
            })
            .filter_map(|known| known.id)
            .collect();
        ids.dedup();
        if ids.is_empty() && units.is_empty() {
            bail!("no table knows the place '{name}'\n  hint: try 'sijill place {name}'");
        }
        // A place that the tables know and the case does not: nothing is placed there.
        if ids.is_empty() {
            ids = units;
        }
        Ok(ids)
    }

    fn ids(&self, name: &str, sort: NameSort) -> anyhow::Result<Vec<String>> {
        let mut ids = self.indexer.actors(name);
        let known = self.of_case(sort)?.into_iter();
        let same = |known: &sijill_store::Named| {
            known.id.as_deref() == Some(name)
                || known.name == name
                || known.name_en.as_deref().is_some_and(|english| english == name)
        };
        ids.extend(known.filter(same).filter_map(|known| known.id));
        if ids.is_empty() && sort == NameSort::Voice {
            // An outlet that no table lists.
            ids.push(name.to_owned());
        }
        if sort == NameSort::Voice {
            ids = ids.iter().flat_map(|id| self.indexer.voices_of(id)).collect();
        }
        ids.sort_unstable();
        ids.dedup();
        if ids.is_empty() {
            bail!(
                "neither the tables nor the case know '{name}'\n  hint: try 'sijill knowledge show \
                 {name}'"
            );
        }
        Ok(ids)
    }
}
