//! Words that everybody uses: no place that no table holds is called so.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::Path;

use anyhow::Context;
use flate2::read::GzDecoder;
use sijill_text::clitic::strip_article;
use sijill_text::letter::{BEH, FEH, KAF, LAM, WAW};
use sijill_text::token::folded_words;

use super::place::{Kind, Place};

/// How many of the most frequent spellings are taken: behind them proper names prevail.
const TAKEN: usize = 25_000;

/// From how many people on a city is more than a word.
const KNOWN: u64 = 300_000;

/// The source, as `NOTICE` names it.
const SOURCE: &str = "OpenSubtitles 2018";

/// Writes the words of the frequency list below `data`, without the article, without given names and
/// without the names of countries and large cities.
pub(super) fn build<'p>(
    data: &Path,
    tables: &Path,
    places: impl Iterator<Item = &'p Place>,
) -> anyhow::Result<()> {
    let list = data.join("freq_stopwords/opensubtitles_ar_50k.txt.gz");
    let given = tables.join("given_names.tsv");
    let given = std::fs::read_to_string(&given).with_context(|| format!("reading {given:?}"))?;
    let given: BTreeSet<String> =
        given.lines().skip(1).filter_map(|row| row.split('\t').next()).map(folded_words).collect();
    let known: BTreeSet<String> = places
        .filter(|place| place.kind == Kind::Country || Some(KNOWN) <= place.population)
        .flat_map(|place| &place.names)
        .map(|name| strip_article(&folded_words(name)).1.to_owned())
        .collect();
    let file = File::open(&list).with_context(|| format!("reading {list:?}"))?;
    let mut listed = BTreeSet::new();
    for line in BufReader::new(GzDecoder::new(file)).lines().take(TAKEN) {
        let line = line.with_context(|| format!("reading {list:?}"))?;
        let word = folded_words(line.split(' ').next().unwrap_or_default());
        let (_, stem) = strip_article(&word);
        let arabic = stem.chars().all(|c| ('\u{621}'..='\u{64A}').contains(&c));
        if arabic && 1 < stem.chars().count() && !given.contains(stem) {
            listed.insert(stem.to_owned());
        }
    }
    // "In London" is no word; but "early" is one, though it is spelt as "in Accra": few speak of that.
    let named = |word: &&String| {
        let bare = word.trim_start_matches([WAW, FEH]);
        let stems = [word, bare, bare.trim_start_matches([BEH, LAM, KAF])];
        stems
            .iter()
            .map(|stem| strip_article(stem).1)
            .any(|s| known.contains(s) && listed.contains(s))
    };
    let words = listed.iter().filter(|word| !named(word));
    let mut out = String::from("word\tsource\n");
    for word in words {
        writeln!(out, "{word}\t{SOURCE}")?;
    }
    let path = tables.join("ordinary.tsv");
    std::fs::write(&path, out).with_context(|| format!("writing {path:?}"))
}
