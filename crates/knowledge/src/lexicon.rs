//! Lemmas and every form of them: `lexicon/verbs.tsv`, `lexicon/nouns.tsv`, `verb_classes.tsv`.

use crate::grouped::Grouped;
use crate::tables::{TableError, Tables};
use crate::tsv::rows;
use crate::vocabulary::{Vocabulary, WordId};
use rustc_hash::FxHashMap;
use sijill_text::fold;
use sijill_text::letter::{ALEF_HAMZA, ALEF_HAMZA_BELOW, ALEF_MADDA};
use sijill_text::morph::{self, Form, NounEntry, VerbEntry};

/// The number of a lemma.
pub type LemmaId = u32;

/// A lemma of the lexicon.
#[derive(Clone, Debug)]
pub struct Lemma {
    /// Its id, the bare spelling.
    pub id: String,
    /// What it means, in English.
    pub gloss: String,
    /// The class of a noun; `None` for verbs.
    pub noun: Option<NounClass>,
    /// What a verb does in the syntax of reports.
    pub verb: VerbClasses,
    /// A verb that takes a direct object, so that it has a personal passive.
    pub transitive: bool,
    /// A word for fighters that says what the teller thinks of them: it goes on to mean whom it
    /// was first used of.
    pub label: bool,
    /// A noun for those who serve in the forces of a state.
    pub soldier: bool,
}

/// What sort of thing a noun names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names are the words of lexicon/nouns.tsv")]
pub enum NounClass {
    Civilian,
    /// A man, a youth, a relative: one who is no fighter unless the text says so.
    Human,
    /// Stands for people told before: "others".
    Another,
    Person,
    Combatant,
    Victim,
    Official,
    Group,
    PlaceType,
    Facility,
    Weapon,
    Vehicle,
    /// Aircraft, armour, warships: they act for whom they belong to.
    Platform,
    Event,
    Time,
    Measure,
    Service,
    Aid,
    Document,
    Money,
    Adjective,
    Abstract,
    Other,
}

impl NounClass {
    fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "civilian" => Self::Civilian,
            "human" => Self::Human,
            "another" => Self::Another,
            "person" => Self::Person,
            "combatant" => Self::Combatant,
            "victim" => Self::Victim,
            "official" => Self::Official,
            "group" => Self::Group,
            "placetype" => Self::PlaceType,
            "facility" => Self::Facility,
            "weapon" => Self::Weapon,
            "vehicle" => Self::Vehicle,
            "platform" => Self::Platform,
            "event" => Self::Event,
            "time" => Self::Time,
            "measure" => Self::Measure,
            "service" => Self::Service,
            "aid" => Self::Aid,
            "document" => Self::Document,
            "money" => Self::Money,
            "adjective" => Self::Adjective,
            "abstract" => Self::Abstract,
            "other" => Self::Other,
            _ => return None,
        })
    }

    /// Tells whether the noun names people who are no party: in doubt nobody is a fighter.
    pub fn is_private(self) -> bool {
        matches!(self, Self::Civilian | Self::Human | Self::Another | Self::Person | Self::Victim)
    }

    /// Tells whether the noun names a body that acts for whom it belongs to: a force, its aircraft.
    pub fn is_body(self) -> bool {
        matches!(self, Self::Group | Self::Platform)
    }

    /// Tells whether the noun names people.
    pub fn is_people(self) -> bool {
        matches!(
            self,
            Self::Civilian
                | Self::Human
                | Self::Another
                | Self::Person
                | Self::Combatant
                | Self::Victim
                | Self::Official
        )
    }
}

/// The class of nouns for fighters that judge them.
const LABEL: &str = "label";
/// The class of nouns for those who serve in the forces of a state.
const SOLDIER: &str = "soldier";

/// The classes of `verb_classes.tsv`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VerbClasses(u16);

/// What a verb does in the syntax of reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u16)]
pub enum VerbClass {
    /// Introduces what its subject says.
    Say = 1,
    /// May go on with what the last source says without naming it.
    BareSay = 2,
    /// Says that something is not so.
    Deny = 4,
    /// Says it less firmly than as a fact.
    Hedge = 8,
    /// Hands on what another says.
    Relay = 16,
    /// Lends its subject to the noun that tells what happens.
    Light = 32,
    /// A light verb whose subject suffers.
    Receive = 64,
    /// Begins, goes on, ends.
    Aspect = 128,
    /// Can, manages to.
    Able = 256,
    /// Fails to.
    Fail = 512,
    /// Tries, means, plans to.
    Try = 1024,
    /// Brings about.
    Cause = 2048,
    /// Backs.
    Support = 4096,
    /// Has the happening itself as its subject: takes place, is completed.
    Impersonal = 8192,
    /// Tells what a happening struck or where it took place.
    Hit = 16384,
    /// Says that its object did what follows.
    Accuse = 32768,
}

impl VerbClass {
    fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "say" => Self::Say,
            "bare-say" => Self::BareSay,
            "deny" => Self::Deny,
            "hedge" => Self::Hedge,
            "relay" => Self::Relay,
            "light" => Self::Light,
            "receive" => Self::Receive,
            "aspect" => Self::Aspect,
            "able" => Self::Able,
            "fail" => Self::Fail,
            "try" => Self::Try,
            "cause" => Self::Cause,
            "support" => Self::Support,
            "impersonal" => Self::Impersonal,
            "hit" => Self::Hit,
            "accuse" => Self::Accuse,
            _ => return None,
        })
    }
}

impl VerbClasses {
    /// Tells whether the verb is of a class.
    pub fn has(self, class: VerbClass) -> bool {
        self.0 & class as u16 != 0
    }

    fn add(&mut self, class: VerbClass) {
        self.0 |= class as u16;
    }
}

/// One reading of a spelling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The lemma.
    pub lemma: LemmaId,
    /// Which of its forms.
    pub form: Form,
    /// The alef it begins with, if it is written with hamza or madda: folding makes them one.
    pub initial: Option<char>,
}

/// The lemmas and the readings of every spelling.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    lemmas: Vec<Lemma>,
    by_id: FxHashMap<String, LemmaId>,
    readings: Grouped<Reading>,
}

impl Lexicon {
    pub(crate) fn parse(
        tables: &Tables,
        vocabulary: &mut Vocabulary,
        errors: &mut Vec<TableError>,
    ) -> Self {
        let mut lexicon = Self::default();
        let mut found: Vec<(WordId, Reading)> = Vec::new();
        lexicon.verbs(tables, vocabulary, &mut found, errors);
        lexicon.nouns(tables, vocabulary, &mut found, errors);
        lexicon.classes(tables, errors);
        // Lemmas are numbered as they are read, so the readings of a word are sorted by lemma.
        lexicon.readings = Grouped::new(vocabulary.len(), &found);
        lexicon.readings.dedup();
        lexicon
    }

    fn verbs(
        &mut self,
        tables: &Tables,
        vocabulary: &mut Vocabulary,
        found: &mut Vec<(WordId, Reading)>,
        errors: &mut Vec<TableError>,
    ) {
        let columns = ["id", "past", "present", "root", "form", "masdars", "governs", "gloss"];
        for (table, text) in tables.below("lexicon/verbs.tsv") {
            for row in rows(table, text, columns, errors) {
                let [id, past, present, root, form, masdars, governs, gloss] = row.cells;
                if self.by_id.contains_key(id) && !table.user {
                    errors.push(row.error(format!("lemma '{id}' stands twice")));
                    continue;
                }
                let lemma = self.add(id, gloss, None);
                self.lemmas[lemma as usize].transitive =
                    governs.split(',').any(|complement| complement.trim() == "obj");
                let entry = VerbEntry { past, present, root, form, masdars, governs };
                let mut folded = String::new();
                morph::verb_forms(&entry, &mut |spelling, form| {
                    keep(spelling, form, lemma, vocabulary, found, &mut folded);
                });
            }
        }
    }

    fn nouns(
        &mut self,
        tables: &Tables,
        vocabulary: &mut Vocabulary,
        found: &mut Vec<(WordId, Reading)>,
        errors: &mut Vec<TableError>,
    ) {
        let columns = ["id", "singular", "plurals", "gender", "class", "gloss"];
        for (table, text) in tables.below("lexicon/nouns.tsv") {
            for row in rows(table, text, columns, errors) {
                let [id, singular, plurals, gender, class, gloss] = row.cells;
                let (label, soldier) = (class == LABEL, class == SOLDIER);
                let fights = label || soldier;
                let Some(class) = NounClass::parse(if fights { "combatant" } else { class }) else {
                    errors.push(row.error(format!("unknown noun class '{class}'")));
                    continue;
                };
                let name = if self.by_id.contains_key(id) { format!("{id}:N") } else { id.into() };
                if self.by_id.contains_key(&name) && !table.user {
                    errors.push(row.error(format!("lemma '{id}' stands twice")));
                    continue;
                }
                let lemma = self.add(&name, gloss, Some(class));
                self.lemmas[lemma as usize].label = label;
                self.lemmas[lemma as usize].soldier = soldier;
                let adjective = class == NounClass::Adjective;
                let entry = NounEntry { singular, plurals, gender, adjective };
                let mut folded = String::new();
                morph::noun_forms(&entry, &mut |spelling, form| {
                    keep(spelling, form, lemma, vocabulary, found, &mut folded);
                });
            }
        }
    }

    fn classes(&mut self, tables: &Tables, errors: &mut Vec<TableError>) {
        for (table, text) in tables.below("verb_classes.tsv") {
            for row in rows(table, text, ["lemma", "class"], errors) {
                let [lemma, class] = row.cells;
                match (self.by_id.get(lemma), VerbClass::parse(class)) {
                    (Some(&id), Some(class)) => self.lemmas[id as usize].verb.add(class),
                    (None, _) => errors.push(
                        row.error(format!("no lemma '{lemma}'"))
                            .hint("add it to lexicon/verbs.tsv"),
                    ),
                    (_, None) => errors.push(row.error(format!("unknown verb class '{class}'"))),
                }
            }
        }
    }

    fn add(&mut self, id: &str, gloss: &str, noun: Option<NounClass>) -> LemmaId {
        let number = self.lemmas.len() as LemmaId;
        self.by_id.insert(id.to_owned(), number);
        self.lemmas.push(Lemma {
            id: id.to_owned(),
            gloss: gloss.to_owned(),
            noun,
            verb: VerbClasses::default(),
            transitive: false,
            label: false,
            soldier: false,
        });
        number
    }

    /// Returns the readings of a word.
    pub fn readings(&self, word: WordId) -> &[Reading] {
        self.readings.get(word)
    }

    /// Lists the words that are forms of one of these lemmas.
    pub fn forms(&self, lemmas: &[LemmaId]) -> impl Iterator<Item = WordId> {
        let words = 0..self.readings.len() as WordId;
        words.filter(|&word| self.readings(word).iter().any(|r| lemmas.contains(&r.lemma)))
    }

    /// Returns a lemma.
    pub fn lemma(&self, id: LemmaId) -> &Lemma {
        &self.lemmas[id as usize]
    }

    /// Finds a lemma by its id.
    pub fn find(&self, id: &str) -> Option<LemmaId> {
        self.by_id.get(id).copied()
    }

    /// Lists all lemmas.
    pub fn iter(&self) -> impl Iterator<Item = &Lemma> {
        self.lemmas.iter()
    }
}

fn keep(
    spelling: &str,
    form: Form,
    lemma: LemmaId,
    vocabulary: &mut Vocabulary,
    found: &mut Vec<(WordId, Reading)>,
    folded: &mut String,
) {
    folded.clear();
    fold::fold_into(spelling, folded);
    if !folded.is_empty() {
        let initial = spelling.chars().next().filter(|&c| carries_hamza(c));
        found.push((vocabulary.intern(folded), Reading { lemma, form, initial }));
    }
}

/// Tells whether an alef is written with hamza or madda, so that its reading is not open.
pub fn carries_hamza(c: char) -> bool {
    matches!(c, ALEF_HAMZA | ALEF_HAMZA_BELOW | ALEF_MADDA)
}
