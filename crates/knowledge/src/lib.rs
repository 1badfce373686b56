//! The tables of `data/`, validated and indexed.
//!
//! [`Tables`] holds the text of the tables, [`Knowledge`] what they say. Building reports every
//! fault with file and line; afterwards knowledge is only read, by as many threads as there are.

mod calendar;
mod entity;
mod frame;
mod grouped;
mod lexicon;
mod lookup;
mod nationality;
mod phrase;
mod place;
mod place_type;
mod privacy;
mod register;
mod rule;
mod signal;
mod spelling;
mod tables;
mod toponym;
pub mod trie;
mod tsv;
mod vocabulary;
mod weight;

pub use calendar::{Calendars, DateLink, DateWord, Feast, Phase, TimeUnit};
pub use entity::{Entities, Entity, EntityId, EntityKind};
pub use frame::{Example, Frames};
pub use lexicon::{
    Lemma, LemmaId, Lexicon, NounClass, Reading, VerbClass, VerbClasses, carries_hamza,
};
pub use lookup::Entry;
pub use nationality::Nationalities;
pub use phrase::{ModalityCue, Phrase, Prep};
pub use place::{Gazetteer, PlaceId};
use place_type::LatinTypes;
pub use place_type::{PlaceType, PlaceTypes};
pub use privacy::PrivacyWord;
use register::RegisterTable;
pub use register::{Register, Registers};
pub use rule::{Forms, Need, Roles, Rule, RuleId};
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
pub use signal::{Clue, Clues};
use sijill_text::clitic;
pub use sijill_text::numeral::NumeralTable;
use sijill_text::token::folded_words_into;
use std::hash::Hasher;
use std::ops::Range;
pub use tables::{TableError, TablePath, Tables};
pub use toponym::{Bearer, Hints};
use trie::{Trie, TrieBuilder};
pub use vocabulary::{Vocabulary, WordId};
pub use weight::{Feature, Features, Weights};

/// What a name of the automaton stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    /// An actor, person or source; `short` names count only after a fuller one.
    Entity {
        /// Which.
        id: EntityId,
        /// Counts only after a fuller name of the same entity in the same document.
        short: bool,
    },
    /// A place; `common` names are ordinary words unless a type noun stands before them.
    Place {
        /// Which.
        id: PlaceId,
        /// An ordinary word, too.
        common: bool,
    },
    /// A word or phrase of the grammar or a cue.
    Phrase(Phrase),
}

/// About how many words the built-in tables hold.
const WORDS: usize = 125_000;

/// Everything the engine knows of the world, built once from [`Tables`] and then only read.
#[derive(Debug, Default)]
pub struct Knowledge {
    /// Every folded word.
    pub vocabulary: Vocabulary,
    /// Lemmas and the readings of words.
    pub lexicon: Lexicon,
    /// Actors, persons and sources.
    pub entities: Entities,
    /// Places.
    pub gazetteer: Gazetteer,
    /// Names, places and phrases as sequences of words.
    pub names: Trie<Name>,
    /// Frames.
    pub frames: Frames,
    /// Number words.
    pub numerals: NumeralTable,
    /// Months, weekdays and relative words.
    pub calendars: Calendars,
    /// Nouns that name sorts and parts of places.
    pub place_types: PlaceTypes,
    /// Adjectives that stand for a party.
    pub nationalities: Nationalities,
    privacy: FxHashMap<WordId, PrivacyWord>,
    /// How much each feature speaks for a claim.
    pub weights: Weights,
    /// How much each clue speaks for two reports telling of one happening.
    pub clues: Clues,
    bearings: FxHashMap<WordId, f64>,
    lengths: FxHashMap<WordId, f64>,
    given_names: FxHashSet<WordId>,
    figurative: FxHashSet<WordId>,
    registers: RegisterTable,
    ordinary: FxHashSet<WordId>,
    ambiguous: FxHashSet<String>,
    hash: String,
}

impl Knowledge {
    /// Validates and indexes `tables`; every fault is reported, not only the first.
    pub fn build(tables: &Tables) -> Result<Self, Vec<TableError>> {
        let mut errors = Vec::new();
        let mut vocabulary = Vocabulary::with_capacity(WORDS);
        let mut names = TrieBuilder::default();
        let mut entities = Entities::parse(tables, &mut errors);
        entities.index_heads(&mut vocabulary);
        for name in entities.names() {
            let value = Name::Entity { id: name.entity, short: name.short };
            names.insert(name.name, &mut vocabulary, value);
        }
        let latin_types = LatinTypes::parse(tables, &mut errors);
        let gazetteer = Gazetteer::parse(tables, latin_types, &mut errors);
        let common = names_of(tables, "places/common_words.tsv", &mut errors);
        let ambiguous = names_of(tables, "places/ambiguous_towns.tsv", &mut errors);
        name_places(tables, &gazetteer, &common, &mut names, &mut vocabulary);
        phrase::parse(tables, &mut errors, |words, phrase| {
            names.insert(words, &mut vocabulary, Name::Phrase(phrase));
        });
        let lexicon = Lexicon::parse(tables, &mut vocabulary, &mut errors);
        entities.index_labels(&vocabulary, &lexicon);
        let mut frames = Frames::parse(tables, &lexicon, &mut vocabulary, &mut errors);
        let place_types = PlaceTypes::parse(tables, &lexicon, &mut vocabulary, &mut errors);
        let nationalities =
            Nationalities::parse(tables, &entities, &gazetteer, &mut vocabulary, &mut errors);
        let privacy = privacy::parse(tables, &mut vocabulary, &mut errors);
        let weights = Weights::parse(tables, &mut errors);
        let clues = Clues::parse(tables, &mut errors);
        frames.calibrate(&weights);
        let given_names = words(tables, "given_names.tsv", "name", &mut vocabulary, &mut errors);
        let bearings = measures(
            tables,
            "directions.tsv",
            ("bearing", 0.0..360.0),
            &mut vocabulary,
            &mut errors,
        );
        let lengths = measures(
            tables,
            "lengths.tsv",
            ("metres", 1.0..10_000.0),
            &mut vocabulary,
            &mut errors,
        );
        let figurative = words(tables, "figurative.tsv", "word", &mut vocabulary, &mut errors);
        let registers = RegisterTable::parse(tables, &mut vocabulary, &mut errors);
        let ordinary = words(tables, "ordinary.tsv", "word", &mut vocabulary, &mut errors);
        let numerals = numerals(tables, &mut errors);
        let calendars = calendars(tables, &mut errors);
        if !errors.is_empty() {
            return Err(errors);
        }
        let hash = hash(tables);
        Ok(Self {
            vocabulary,
            lexicon,
            entities,
            gazetteer,
            names: names.finish(),
            frames,
            numerals,
            calendars,
            place_types,
            nationalities,
            privacy,
            weights,
            clues,
            bearings,
            lengths,
            given_names,
            figurative,
            registers,
            ordinary,
            ambiguous,
            hash,
        })
    }

    /// Returns the bearing that a word of direction tells, in degrees from north by east.
    pub fn bearing(&self, word: WordId) -> Option<f64> {
        self.bearings.get(&word).copied()
    }

    /// Returns how many metres a unit of length is.
    pub fn metres(&self, word: WordId) -> Option<f64> {
        self.lengths.get(&word).copied()
    }

    /// Tells whether a word is a given name of persons.
    pub fn is_given_name(&self, word: WordId) -> bool {
        self.given_names.contains(&word)
    }

    /// Returns what sorts of sentences a word is typical of.
    pub fn register(&self, word: WordId) -> Registers {
        self.registers.get(word)
    }

    /// Tells whether a word shows that violence near it is a figure of speech: sport, film, court.
    pub fn is_figurative(&self, word: WordId) -> bool {
        self.figurative.contains(&word)
    }

    /// Tells whether everybody uses a folded word, with or without the article: it names nothing that
    /// no table holds.
    pub fn is_ordinary(&self, folded: &str) -> bool {
        let (_, stem) = clitic::strip_article(folded);
        self.vocabulary.get(stem).is_some_and(|word| self.ordinary.contains(&word))
    }

    /// Tells whether the folded name of a town is a word, too: a place only where something says so.
    pub fn is_ambiguous(&self, folded: &str) -> bool {
        self.ambiguous.contains(folded)
    }

    /// Returns what a folded word tells of private persons and protected places behind it.
    pub fn privacy(&self, word: &str) -> Option<PrivacyWord> {
        self.privacy.get(&self.vocabulary.get(word)?).copied()
    }

    /// Returns a digest of everything the tables say; it names the knowledge in exports.
    pub fn hash(&self) -> &str {
        &self.hash
    }
}

/// Adds the Arabic names of all places; `common` ones are words, too.
fn name_places(
    tables: &Tables,
    gazetteer: &Gazetteer,
    common: &FxHashSet<String>,
    names: &mut TrieBuilder<Name>,
    vocabulary: &mut Vocabulary,
) {
    let joined = PlaceTypes::of_names(tables, "joined");
    let generic = PlaceTypes::of_names(tables, "generic");
    let mut folded = String::new();
    names.reserve(gazetteer.names().len());
    for row in gazetteer.names() {
        for name in row.arabic() {
            folded.clear();
            folded_words_into(name, &mut folded);
            let bare = folded.split_once(' ').filter(|(noun, rest)| {
                generic.iter().any(|g| g == noun) && rest.chars().any(char::is_alphabetic)
            });
            let name = bare.map_or(&*folded, |(_, rest)| rest);
            if let Some((first, second)) = name.split_once(' ')
                && !second.contains(' ')
                && joined.iter().any(|word| word == first)
            {
                let together = format!("{first}{second}");
                let value = Name::Place { id: row.place, common: false };
                names.insert_folded(&together, vocabulary, value);
            }
            let value = Name::Place { id: row.place, common: common.contains(name) };
            names.insert_folded(name, vocabulary, value);
        }
    }
}

/// Reads the names of places that are words, too.
fn names_of(tables: &Tables, file: &str, errors: &mut Vec<TableError>) -> FxHashSet<String> {
    let mut found = FxHashSet::default();
    for (table, text) in tables.below(file) {
        let rows = tsv::rows(table, text, ["word"], errors);
        found.extend(rows.iter().map(|row| trie::folded_name(row.cells[0])));
    }
    found
}

/// Reads a table that lists words in one column.
fn words(
    tables: &Tables,
    file: &str,
    column: &str,
    vocabulary: &mut Vocabulary,
    errors: &mut Vec<TableError>,
) -> FxHashSet<WordId> {
    let mut found = FxHashSet::default();
    for (table, text) in tables.below(file) {
        for row in tsv::rows(table, text, [column], errors) {
            for word in trie::folded_name(row.cells[0]).split(' ') {
                found.insert(vocabulary.intern(word));
            }
        }
    }
    found
}

fn numerals(tables: &Tables, errors: &mut Vec<TableError>) -> NumeralTable {
    let mut found = NumeralTable::default();
    for (table, text) in tables.below("numerals.tsv") {
        match NumeralTable::parse(text) {
            Ok(numerals) => found = numerals,
            Err((line, message)) => errors.push(table.error(line, message)),
        }
    }
    found
}

fn calendars(tables: &Tables, errors: &mut Vec<TableError>) -> Calendars {
    let files: Vec<(&str, &str)> =
        tables.below("calendars").map(|(table, text)| (table.path, text)).collect();
    Calendars::parse(&files).unwrap_or_else(|faults| {
        errors.extend(faults);
        Calendars::default()
    })
}

fn hash(tables: &Tables) -> String {
    let mut hasher = FxHasher::default();
    for (table, text) in tables.iter() {
        hasher.write(table.path.as_bytes());
        hasher.write(text.as_bytes());
    }
    format!("{:016x}", hasher.finish())
}

/// Reads a table that gives each word a number within a range.
fn measures(
    tables: &Tables,
    file: &str,
    (column, range): (&str, Range<f64>),
    vocabulary: &mut Vocabulary,
    errors: &mut Vec<TableError>,
) -> FxHashMap<WordId, f64> {
    let mut found = FxHashMap::default();
    for (table, text) in tables.below(file) {
        for row in tsv::rows(table, text, ["word", column], errors) {
            let [word, number] = row.cells;
            match number.parse() {
                Ok(number) if range.contains(&number) => {
                    found.insert(vocabulary.intern(&trie::folded_name(word)), number);
                }
                _ => {
                    let Range { start, end } = range;
                    errors.push(row.error(format!(
                        "{column} '{number}' is no number from {start} to below {end}"
                    )));
                }
            }
        }
    }
    found
}
