//! Hand-kept corrections: further names, other canonical names, kinds and populations.

use std::path::Path;

use anyhow::{Context, bail};

use super::latin;
use super::names;
use super::place::{Kind, Place};

/// One line of `exonyms.tsv`.
pub(super) struct Exonym {
    pub(super) names: Vec<String>,
    pub(super) name: String,
    pub(super) country: String,
    pub(super) line: usize,
}

/// The lines of `aliases.tsv` and what was wrong with them.
pub(super) struct Overrides {
    lines: Vec<Correction>,
    problems: Vec<String>,
}

struct Correction {
    line: usize,
    key: Key,
    names: Vec<String>,
    kind: Option<Kind>,
    population: Option<u64>,
    english: Option<String>,
    point: Option<(f64, f64)>,
    /// A key without a row is no mistake.
    done: bool,
}

enum Key {
    Id(String),
    Name { country: String, kind: Option<Kind>, name: String, near: Option<(f64, f64)> },
}

fn lines(path: &Path, columns: usize) -> anyhow::Result<Vec<(usize, Vec<String>)>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("reading {path:?}"))?;
    let mut out = Vec::new();
    for (at, line) in text.lines().enumerate().skip(1) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let mut fields: Vec<String> =
            line.split('\t').map(|field| field.trim().to_owned()).collect();
        if fields.len() > columns || fields.len() < 2 {
            bail!("{path:?} line {}: {} columns, expected up to {columns}", at + 1, fields.len());
        }
        fields.resize(columns, String::new());
        out.push((at + 1, fields));
    }
    Ok(out)
}

/// Reads `aliases.tsv`: key, names, kind, population, name_en, point, note, source.
pub(super) fn read(path: &Path) -> anyhow::Result<Overrides> {
    let mut corrections = Vec::new();
    for (line, fields) in lines(path, 8)? {
        let kind = Some(&fields[2])
            .filter(|kind| !kind.is_empty())
            .map(|kind| {
                Kind::parse(kind).with_context(|| format!("{path:?} line {line}: no kind {kind:?}"))
            })
            .transpose()?;
        corrections.push(Correction {
            line,
            key: key(&fields[0]).with_context(|| {
                format!("{path:?} line {line}: cannot read the key {:?}", fields[0])
            })?,
            names: fields[1]
                .split('|')
                .filter(|name| !name.is_empty())
                .map(str::to_owned)
                .collect(),
            kind,
            population: fields[3].parse().ok(),
            english: Some(fields[4].clone()).filter(|name| !name.is_empty()),
            point: point(&fields[5]),
            done: false,
        });
    }
    Ok(Overrides { lines: corrections, problems: Vec::new() })
}

/// `geonames:170063`, `SY:حلب`, `IQ:district:Ka'im`, `SY:الصبورة@35.1,37.4`.
fn key(text: &str) -> Option<Key> {
    let (first, rest) = text.split_once(':')?;
    if first.len() > 2 {
        return Some(Key::Id(text.to_owned()));
    }
    let (kind, rest) = match rest.split_once(':') {
        Some((kind, rest)) => (Some(Kind::parse(kind)?), rest),
        None => (None, rest),
    };
    let (name, near) = match rest.split_once('@') {
        Some((name, point)) => (name, Some(self::point(point)?)),
        None => (rest, None),
    };
    Some(Key::Name { country: first.to_owned(), kind, name: name.to_owned(), near })
}

fn point(text: &str) -> Option<(f64, f64)> {
    let (lat, lon) = text.split_once(',')?;
    Some((lat.parse().ok()?, lon.parse().ok()?))
}

/// Reads `exonyms.tsv`: names_ar, name in Natural Earth, country, source.
pub(super) fn read_exonyms(path: &Path) -> anyhow::Result<Vec<Exonym>> {
    let exonym = |(line, fields): (usize, Vec<String>)| Exonym {
        names: fields[0].split('|').map(str::to_owned).collect(),
        name: fields[1].clone(),
        country: fields[2].clone(),
        line,
    };
    Ok(lines(path, 4)?.into_iter().map(exonym).collect())
}

impl Overrides {
    /// Applies the lines that concern the rows given; `country` is empty for the table of the world.
    pub(super) fn apply(&mut self, country: &str, places: &mut [Place]) {
        for line in self.lines.iter_mut().filter(|line| !line.done) {
            let found = match &line.key {
                Key::Id(id) => {
                    places.iter_mut().find(|place| place.id == *id || place.keys.contains(id))
                }
                Key::Name { country: wanted, kind, name, near } if wanted == country => {
                    named(places, *kind, name, *near)
                }
                Key::Name { .. } => None,
            };
            if let Some(place) = found {
                line.done = true;
                amend(place, line);
            }
        }
    }

    pub(super) fn report(&mut self, problem: String) {
        self.problems.push(problem);
    }

    /// Fails if a line found no place.
    pub(super) fn finish(self) -> anyhow::Result<()> {
        let lost = self.lines.iter().filter(|line| !line.done).map(|line| match &line.key {
            Key::Id(id) => format!("aliases.tsv line {}: no place {id:?}", line.line),
            Key::Name { country, name, .. } => {
                format!("aliases.tsv line {}: no place {name:?} in {country:?}", line.line)
            }
        });
        let problems: Vec<String> = lost.chain(self.problems).collect();
        if !problems.is_empty() {
            bail!(
                "{} lines of the hand-kept tables match nothing:\n{}",
                problems.len(),
                problems.join("\n")
            );
        }
        Ok(())
    }
}

fn named<'a>(
    places: &'a mut [Place],
    kind: Option<Kind>,
    name: &str,
    near: Option<(f64, f64)>,
) -> Option<&'a mut Place> {
    let arabic = names::fold(name);
    let latin = latin::plain_latin(name);
    let matches = |place: &Place| {
        place.names.iter().any(|name| names::fold(name) == arabic)
            || place.latin.iter().any(|name| latin::plain_latin(name) == latin)
    };
    places
        .iter_mut()
        .filter(|place| {
            kind.map_or(place.kind.is_settlement() || place.kind == Kind::Site, |kind| {
                place.kind == kind
            })
        })
        .filter(|place| near.is_none_or(|(lat, lon)| place.distance(lat, lon) < 30.0))
        .filter(|place| matches(place))
        .max_by(|left, right| {
            let prominence = |place: &Place| {
                (place.kind != Kind::Neighbourhood, std::cmp::Reverse(place.kind), place.rank())
            };
            prominence(left).cmp(&prominence(right)).then_with(|| right.id.cmp(&left.id))
        })
}

fn amend(place: &mut Place, line: &Correction) {
    for entry in &line.names {
        let (mark, name) = match entry.chars().next() {
            Some(mark @ ('=' | '-')) => (Some(mark), &entry[1..]),
            _ => (None, entry.as_str()),
        };
        let folded = names::fold(name);
        match mark {
            Some('-') => place.names.retain(|known| names::fold(known) != folded),
            Some(_) => {
                place.names.retain(|known| names::fold(known) != folded);
                place.names.insert(0, name.to_owned());
            }
            None if place.names.iter().any(|known| names::fold(known) == folded) => {}
            None => place.names.push(name.to_owned()),
        }
    }
    if let Some(kind) = line.kind {
        place.kind = kind;
    }
    place.population = line.population.or(place.population).filter(|people| *people > 0);
    if let Some((lat, lon)) = line.point {
        (place.lat, place.lon) = (lat, lon);
    }
    if let Some(english) = &line.english {
        let named: Vec<String> =
            english.split('|').map(str::to_owned).chain(place.latin.drain(..)).collect();
        place.latin = latin::arrange_latin(&named);
    }
}
