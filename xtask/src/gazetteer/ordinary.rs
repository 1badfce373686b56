//! Words that everybody uses: no place that no table holds is called so.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::Path;

use anyhow::Context;
use flate2::read::GzDecoder;
use sijill_text::clitic::strip_article;
use sijill_text::token::folded_words;

/// How many of the most frequent spellings are taken: behind them proper names prevail.
const TAKEN: usize = 25_000;

/// The source, as `NOTICE` names it.
const SOURCE: &str = "OpenSubtitles 2018";

/// Writes the words of the frequency list below `data`, without the article and without given names.
pub(super) fn build(data: &Path, tables: &Path) -> anyhow::Result<()> {
    let list = data.join("freq_stopwords/opensubtitles_ar_50k.txt.gz");
    let given = tables.join("given_names.tsv");
    let given = std::fs::read_to_string(&given).with_context(|| format!("reading {given:?}"))?;
    let given: BTreeSet<String> =
        given.lines().skip(1).filter_map(|row| row.split('\t').next()).map(folded_words).collect();
    let file = File::open(&list).with_context(|| format!("reading {list:?}"))?;
    let mut words = BTreeSet::new();
    for line in BufReader::new(GzDecoder::new(file)).lines().take(TAKEN) {
        let line = line.with_context(|| format!("reading {list:?}"))?;
        let word = folded_words(line.split(' ').next().unwrap_or_default());
        let (_, stem) = strip_article(&word);
        let arabic = stem.chars().all(|c| ('\u{621}'..='\u{64A}').contains(&c));
        if arabic && 1 < stem.chars().count() && !given.contains(stem) {
            words.insert(stem.to_owned());
        }
    }
    let mut out = String::from("word\tsource\n");
    for word in words {
        writeln!(out, "{word}\t{SOURCE}")?;
    }
    let path = tables.join("ordinary.tsv");
    std::fs::write(&path, out).with_context(|| format!("writing {path:?}"))
}
