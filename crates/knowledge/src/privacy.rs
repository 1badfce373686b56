//! Words by which private persons and protected places are recognised: `privacy.tsv`.

use crate::tables::{TableError, Tables};
use crate::trie::folded_name;
use crate::tsv::rows;
use crate::vocabulary::{Vocabulary, WordId};
use rustc_hash::FxHashMap;

/// What a word tells of the words behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrivacyWord {
    /// A hospital, shelter, camp or home: its name is behind it.
    Site,
    /// Begins the name of a parent: a name is behind it.
    Kunya,
    /// Stands within a name.
    Link,
    /// Says that somebody's name is behind it.
    Called,
}

pub(crate) fn parse(
    tables: &Tables,
    vocabulary: &mut Vocabulary,
    errors: &mut Vec<TableError>,
) -> FxHashMap<WordId, PrivacyWord> {
    let mut found = FxHashMap::default();
    for (table, text) in tables.below("privacy.tsv") {
        for row in rows(table, text, ["word", "sort"], errors) {
            let [word, sort] = row.cells;
            let sort = match sort {
                "site" => PrivacyWord::Site,
                "kunya" => PrivacyWord::Kunya,
                "link" => PrivacyWord::Link,
                "called" => PrivacyWord::Called,
                _ => {
                    let hint = "site, kunya, link or called";
                    errors.push(row.error(format!("unknown sort '{sort}'")).hint(hint));
                    continue;
                }
            };
            found.insert(vocabulary.intern(&folded_name(word)), sort);
        }
    }
    found
}
