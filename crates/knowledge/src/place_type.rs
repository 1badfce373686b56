//! Nouns that name sorts of places and parts of places: `place_types.tsv`.

use crate::lexicon::{LemmaId, Lexicon};
use crate::tables::{TableError, Tables};
use crate::trie::folded_name;
use crate::tsv::rows;
use crate::vocabulary::{Vocabulary, WordId};
use rustc_hash::FxHashMap;
use sijill_model::PlaceKind;

/// What a noun before a toponym says of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlaceType {
    /// The noun may head the name of a place of these kinds; empty if it never does.
    pub kinds: Vec<PlaceKind>,
    /// A name that no table holds may follow the noun; ordinary facilities rarely have one.
    pub names_unknown: bool,
    /// With the article and alone it may be the one of the town at hand: "the airport".
    pub alone: bool,
    /// With the article, the noun refers to the place of its kind that was told of last; others only
    /// to one that was called so.
    pub refers: bool,
    /// The noun may name a part or the surroundings of the place behind it.
    pub part: bool,
    /// With a pronoun, the part refers back: "its outskirts", but not "on its way".
    pub owned: bool,
    /// The name of a place behind the noun is that of a body: a club, a newspaper, an agreement.
    pub body: bool,
    /// The part is the land around: of a name that is a town's and a province's, the province.
    pub rural: bool,
}

/// All such nouns, by folded singular or plural as listed.
#[derive(Clone, Debug, Default)]
pub struct PlaceTypes {
    by_word: FxHashMap<WordId, PlaceType>,
    by_lemma: FxHashMap<LemmaId, PlaceType>,
}

impl PlaceTypes {
    pub(crate) fn parse(
        tables: &Tables,
        lexicon: &Lexicon,
        vocabulary: &mut Vocabulary,
        errors: &mut Vec<TableError>,
    ) -> Self {
        let mut types = Self::default();
        let mut lemmas = Vec::new();
        for (table, text) in tables.below("place_types.tsv") {
            for row in rows(table, text, ["noun", "role", "kinds"], errors) {
                let [noun, role, kinds] = row.cells;
                if matches!(role, "joined" | "generic") {
                    continue;
                }
                if let Some(lemma) = lexicon.find(noun) {
                    lemmas.push((lemma, vocabulary.intern(&folded_name(noun))));
                }
                let entry = types.by_word.entry(vocabulary.intern(&folded_name(noun))).or_default();
                match role {
                    "body" => entry.body = true,
                    "line" => entry.part = true,
                    "part" => (entry.part, entry.owned) = (true, true),
                    "rural" => (entry.part, entry.owned, entry.rural) = (true, true, true),
                    "head" | "feature" | "way" | "site" => {
                        entry.names_unknown = role != "site";
                        entry.alone = role != "site" && role != "way";
                        entry.refers = role == "head";
                        for kind in kinds.split_whitespace() {
                            match PlaceKind::parse(kind) {
                                Some(kind) => entry.kinds.push(kind),
                                None => errors.push(row.error(format!("unknown kind '{kind}'"))),
                            }
                        }
                    }
                    _ => errors.push(row.error(format!(
                        "role '{role}' is none of head, feature, way, site, part, line, rural, body, joined and generic"
                    ))),
                }
            }
        }
        for (lemma, word) in lemmas {
            types.by_lemma.insert(lemma, types.by_word[&word].clone());
        }
        types
    }

    /// Lists the nouns, folded, with a role that is about names: `joined` to the second word by many writers,
    /// or `generic`, no part of the name that the table gives.
    pub(crate) fn of_names(tables: &Tables, wanted: &str) -> Vec<String> {
        let mut words = Vec::new();
        for (table, text) in tables.below("place_types.tsv") {
            // Faults are reported when the table is read as a whole.
            for row in rows(table, text, ["noun", "role"], &mut Vec::new()) {
                if row.cells[1] == wanted {
                    words.push(folded_name(row.cells[0]));
                }
            }
        }
        words
    }

    /// Returns what a lemma says of the toponym behind it.
    pub fn of_lemma(&self, lemma: LemmaId) -> Option<&PlaceType> {
        self.by_lemma.get(&lemma)
    }

    /// Returns what a word says of the toponym behind it.
    pub fn get(&self, word: WordId) -> Option<&PlaceType> {
        self.by_word.get(&word)
    }
}

/// The English words for sorts of places: `latin_place_types.tsv`.
#[derive(Clone, Debug, Default)]
pub(crate) struct LatinTypes(FxHashMap<String, Vec<PlaceKind>>);

impl LatinTypes {
    pub(crate) fn parse(tables: &Tables, errors: &mut Vec<TableError>) -> Self {
        let mut types = Self::default();
        for (table, text) in tables.below("latin_place_types.tsv") {
            for row in rows(table, text, ["word", "kinds"], errors) {
                let kinds = row.cells[1].split_whitespace().map(PlaceKind::parse);
                match kinds.collect() {
                    Some(kinds) => _ = types.0.insert(folded_name(row.cells[0]), kinds),
                    None => errors.push(row.error(format!("unknown kind in '{}'", row.cells[1]))),
                }
            }
        }
        types
    }

    /// Takes the words for a sort of place off a folded name, and says which sorts they are; `None`
    /// if there is no such word.
    pub(crate) fn strip(&self, name: &str) -> Option<(String, Vec<PlaceKind>)> {
        let kinds = || name.split(' ').filter_map(|word| self.0.get(word)).flatten();
        kinds().next()?;
        let bare = name.split(' ').filter(|word| !self.0.contains_key(*word));
        let bare: Vec<&str> = bare.collect();
        let bare = if bare.is_empty() { name.to_owned() } else { bare.join(" ") };
        Some((bare, kinds().copied().collect()))
    }
}
