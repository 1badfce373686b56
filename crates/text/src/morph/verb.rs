//! Conjugation: persons, numbers, moods and voices of the past and the present.

use super::letters::*;
use super::spell::Speller;
use super::stem::{Stem, Verb, Whole};
use super::{Form, Gender, Number, Person, Pos, Tense, VerbEntry, Voice};

use Gender::{Either as Common, Feminine, Masculine};
use Number::{Dual, Plural, Singular};
use Person::{First, Second, Third};

/// What an ending does to the stem before it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// No ending: third person singular of the past, singulars and first plural of the present.
    None,
    /// The feminine *-at*, which shortens a long final vowel.
    At,
    /// The dual in *ā*.
    A,
    /// The masculine plural in *ū*.
    U,
    /// The feminine singular of the present in *ī*.
    I,
    /// An ending that begins with a consonant.
    Consonant,
}

/// One cell of a paradigm: who, the prefix letter, and the spellings of the ending.
struct Cell {
    person: Person,
    number: Number,
    gender: Gender,
    prefix: char,
    ending: Ending,
    /// Spellings of the ending; `true` marks one that occurs only before a pronoun.
    suffixes: &'static [(&'static [char], bool)],
}

const fn cell(
    person: Person,
    number: Number,
    gender: Gender,
    prefix: char,
    ending: Ending,
    suffixes: &'static [(&'static [char], bool)],
) -> Cell {
    Cell { person, number, gender, prefix, ending, suffixes }
}

const NO_PREFIX: char = '\0';
const NO_SUFFIX: &[(&[char], bool)] = &[(&[], false)];
const PLURAL_U: &[(&[char], bool)] = &[(&[WAW, ALEF], false), (&[WAW], true)];
const PLURAL_UN: &[(&[char], bool)] =
    &[(&[WAW, NOON], false), (&[WAW, ALEF], false), (&[WAW], true)];
const DUAL_AN: &[(&[char], bool)] = &[(&[ALEF, NOON], false), (&[ALEF], false)];
const SINGULAR_IN: &[(&[char], bool)] = &[(&[YEH, NOON], false), (&[YEH], false)];

const PAST: [Cell; 12] = [
    cell(Third, Singular, Masculine, NO_PREFIX, Ending::None, NO_SUFFIX),
    cell(Third, Singular, Feminine, NO_PREFIX, Ending::At, &[(&[TEH], false)]),
    cell(Third, Dual, Masculine, NO_PREFIX, Ending::A, &[(&[ALEF], false)]),
    cell(Third, Dual, Feminine, NO_PREFIX, Ending::At, &[(&[TEH, FATHA, ALEF], false)]),
    cell(Third, Plural, Masculine, NO_PREFIX, Ending::U, PLURAL_U),
    cell(Third, Plural, Feminine, NO_PREFIX, Ending::Consonant, &[(&[NOON], false)]),
    cell(Second, Singular, Common, NO_PREFIX, Ending::Consonant, &[(&[TEH], false)]),
    cell(Second, Dual, Common, NO_PREFIX, Ending::Consonant, &[(&[TEH, MEEM, ALEF], false)]),
    cell(Second, Plural, Masculine, NO_PREFIX, Ending::Consonant, YOU_PLURAL),
    cell(Second, Plural, Feminine, NO_PREFIX, Ending::Consonant, &[(&[TEH, NOON], false)]),
    cell(First, Singular, Common, NO_PREFIX, Ending::Consonant, &[(&[TEH], false)]),
    cell(First, Plural, Common, NO_PREFIX, Ending::Consonant, &[(&[NOON, ALEF], false)]),
];
const YOU_PLURAL: &[(&[char], bool)] = &[(&[TEH, MEEM], false), (&[TEH, MEEM, WAW], true)];

const PRESENT: [Cell; 13] = [
    cell(Third, Singular, Masculine, YEH, Ending::None, NO_SUFFIX),
    cell(Third, Singular, Feminine, TEH, Ending::None, NO_SUFFIX),
    cell(Third, Dual, Masculine, YEH, Ending::A, DUAL_AN),
    cell(Third, Dual, Feminine, TEH, Ending::A, DUAL_AN),
    cell(Third, Plural, Masculine, YEH, Ending::U, PLURAL_UN),
    cell(Third, Plural, Feminine, YEH, Ending::Consonant, &[(&[NOON], false)]),
    cell(Second, Singular, Masculine, TEH, Ending::None, NO_SUFFIX),
    cell(Second, Singular, Feminine, TEH, Ending::I, SINGULAR_IN),
    cell(Second, Dual, Common, TEH, Ending::A, DUAL_AN),
    cell(Second, Plural, Masculine, TEH, Ending::U, PLURAL_UN),
    cell(Second, Plural, Feminine, TEH, Ending::Consonant, &[(&[NOON], false)]),
    cell(First, Singular, Common, HAMZA, Ending::None, NO_SUFFIX),
    cell(First, Plural, Common, NOON, Ending::None, NO_SUFFIX),
];

/// Which passive forms a verb has, read from what it governs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Passive {
    /// It takes neither object nor complement.
    None,
    /// It takes a preposition only: third person masculine singular, the preposition being the
    /// subject.
    Impersonal,
    /// It takes an object.
    Full,
}

impl Passive {
    /// Reads the `governs` column.
    pub(super) fn of(entry: &VerbEntry<'_>, verb: &Verb) -> Passive {
        let governs = entry.governs.trim();
        if governs.is_empty() || matches!(entry.form, "VII" | "IX") {
            Passive::None
        } else if governs.split(',').any(|complement| complement.trim() == "obj") {
            Passive::Full
        } else if verb.simple && verb.root.hollow {
            // Never needed, and spelled like common nouns: monastery, house, feast.
            Passive::None
        } else {
            Passive::Impersonal
        }
    }
}

/// Emits every finite form of the verb.
pub(super) fn conjugate(verb: &Verb, passive: Passive, emit: &mut dyn FnMut(&str, Form)) {
    let mut table = Table::default();
    table.inflect(Tense::Past, Voice::Active, &PAST, FATHA, &verb.past);
    table.inflect_passive(Tense::Past, passive, &PAST, &verb.passive_past());
    table.flush(emit);
    table.inflect(Tense::Present, Voice::Active, &PRESENT, verb.prefix_vowel, &verb.present);
    table.inflect_passive(Tense::Present, passive, &PRESENT, &verb.passive_present());
    table.flush(emit);
}

/// The forms of one tense, held back until the passive has been compared with the active.
#[derive(Default)]
struct Table {
    rows: Vec<(String, Form)>,
    speller: Speller,
}

impl Table {
    fn inflect_passive(&mut self, tense: Tense, passive: Passive, cells: &[Cell], stem: &Stem) {
        let cells = match passive {
            Passive::None => return,
            Passive::Impersonal => &cells[..1],
            Passive::Full => cells,
        };
        self.inflect(tense, Voice::Passive, cells, DAMMA, stem);
    }

    fn inflect(&mut self, tense: Tense, voice: Voice, cells: &[Cell], vowel: char, stem: &Stem) {
        for cell in cells {
            let prefix = [cell.prefix, vowel];
            let prefix = if cell.prefix == NO_PREFIX { &[][..] } else { &prefix[..] };
            let form = Form {
                pos: Pos::Verb,
                tense: Some(tense),
                voice,
                person: Some(cell.person),
                number: cell.number,
                gender: cell.gender,
                before_pronoun: false,
                construct: false,
                shortened: false,
            };
            match stem {
                Stem::Whole(whole) => self.whole(form, prefix, whole, cell),
                Stem::Defective { base, vowel, radical, last } => {
                    let weak = Weak { vowel: *vowel, radical: *radical, last: *last };
                    self.defective(form, prefix, base, weak, cell);
                }
            }
        }
    }

    /// A stem that keeps its last radical.
    fn whole(&mut self, form: Form, prefix: &[char], stem: &Whole, cell: &Cell) {
        let vowel: &[char] = match cell.ending {
            Ending::None | Ending::Consonant => &[],
            Ending::At | Ending::A => &[FATHA],
            Ending::U => &[DAMMA],
            Ending::I => &[KASRA],
        };
        let consonant = cell.ending == Ending::Consonant;
        let letters = if consonant { &stem.closed } else { &stem.open };
        for &(suffix, before_pronoun) in cell.suffixes {
            let form = Form { before_pronoun, ..form };
            self.push(form, [prefix, letters, &[vowel, suffix].concat()]);
        }
        if cell.ending != Ending::None {
            return;
        }
        let present = form.tense == Some(Tense::Present);
        if is_shortened(&form) && stem.closed != stem.open {
            let form = Form { shortened: true, ..form };
            self.push(form, [prefix, &stem.closed, &[]]);
        }
        if stem.open.ends_with(&[FATHA, HAMZA]) && present {
            let form = Form { before_pronoun: true, ..form };
            self.push(form, [prefix, &stem.open, &[DAMMA]]);
        }
    }

    /// A stem that loses its last radical or changes it.
    fn defective(&mut self, form: Form, prefix: &[char], base: &[char], weak: Weak, cell: &Cell) {
        let Weak { vowel, radical, last } = weak;
        let link: &[char] = match cell.ending {
            Ending::None => &[vowel, last],
            Ending::At if vowel == KASRA => &[KASRA, YEH, FATHA],
            Ending::At => &[FATHA],
            Ending::A => &[vowel, radical, FATHA],
            Ending::U if vowel == FATHA => &[FATHA],
            Ending::U => &[DAMMA],
            Ending::I if vowel == FATHA => &[FATHA],
            Ending::I => &[KASRA],
            Ending::Consonant => &[vowel, radical],
        };
        for &(suffix, before_pronoun) in cell.suffixes {
            let form = Form { before_pronoun, ..form };
            self.push(form, [prefix, base, &[link, suffix].concat()]);
        }
        if cell.ending != Ending::None {
            return;
        }
        if last == ALEF_MAQSURA {
            let form = Form { before_pronoun: true, ..form };
            self.push(form, [prefix, base, &[FATHA, ALEF]]);
        }
        if is_shortened(&form) {
            let form = Form { shortened: true, ..form };
            self.push(form, [prefix, base, &[]]);
        }
    }

    /// Spells one form; a passive that looks like its active makes the voice open.
    fn push(&mut self, form: Form, parts: [&[char]; 3]) {
        self.speller.spell(parts);
        let spelling = std::mem::take(&mut self.speller.spelling);
        self.record(&spelling, form);
        self.speller.spelling = spelling;
        if !self.speller.variant.is_empty() {
            let variant = std::mem::take(&mut self.speller.variant);
            self.record(&variant, form);
            self.speller.variant = variant;
        }
    }

    fn record(&mut self, spelling: &str, form: Form) {
        for (written, known) in &mut self.rows {
            let cell = Form { voice: known.voice, ..form };
            if cell == *known && written == spelling {
                if known.voice != form.voice {
                    known.voice = Voice::Either;
                }
                return;
            }
        }
        self.rows.push((spelling.to_owned(), form));
    }

    fn flush(&mut self, emit: &mut dyn FnMut(&str, Form)) {
        for (spelling, form) in self.rows.drain(..) {
            emit(&spelling, form);
        }
    }
}

/// Whether a form without an ending has a shortened mood worth writing. The first person singular
/// has none: news hardly needs it, and it looks like common nouns and elatives.
fn is_shortened(form: &Form) -> bool {
    let first = (form.person, form.number) == (Some(First), Singular);
    form.tense == Some(Tense::Present) && !first
}

/// How a defective stem ends.
#[derive(Clone, Copy)]
struct Weak {
    vowel: char,
    radical: char,
    last: char,
}
