//! Declension of nouns, verbal nouns and participles, on unvocalised letters.

use super::letters::*;
use super::{Form, Gender, Number, Pos, Voice};

/// Emits the inflected spellings of one nominal lemma.
pub(super) struct Decliner<'e> {
    pub(super) pos: Pos,
    pub(super) voice: Voice,
    pub(super) gender: Gender,
    pub(super) emit: &'e mut dyn FnMut(&str, Form),
    buffer: String,
}

/// Number, gender and syntactic shape of one emitted spelling.
#[derive(Clone, Copy)]
struct Shape {
    number: Number,
    gender: Gender,
    before_pronoun: bool,
    construct: bool,
}

const DUAL: [(&[char], bool); 4] =
    [(&[ALEF, NOON], false), (&[YEH, NOON], false), (&[ALEF], true), (&[YEH], true)];
const PLURAL: [(&[char], bool); 4] =
    [(&[WAW, NOON], false), (&[YEH, NOON], false), (&[WAW], true), (&[YEH], true)];

impl<'e> Decliner<'e> {
    /// A decliner for one lemma.
    pub(super) fn new(
        pos: Pos,
        voice: Voice,
        gender: Gender,
        emit: &'e mut dyn FnMut(&str, Form),
    ) -> Self {
        Decliner { pos, voice, gender, emit, buffer: String::with_capacity(32) }
    }

    /// The singular and the dual of a noun cited with or without vowels.
    pub(super) fn singular_and_dual(&mut self, stem: &Citation) {
        self.number(stem, Number::Singular);
        match stem.ending {
            Tail::Teh => self.series(&stem.base, &[TEH], DUAL, Number::Dual, self.gender),
            Tail::Maqsura | Tail::Defective => {
                self.series(&stem.base, &[YEH], DUAL, Number::Dual, self.gender);
            }
            Tail::Alef => {}
            Tail::Plain => self.series(&stem.base, &[], DUAL, Number::Dual, self.gender),
        }
    }

    /// A singular or a broken plural in all its spellings.
    pub(super) fn number(&mut self, stem: &Citation, number: Number) {
        let shape = Shape { number, gender: self.gender, before_pronoun: false, construct: false };
        let attached = Shape { before_pronoun: true, ..shape };
        match stem.ending {
            Tail::Teh => {
                self.put(&stem.base, &[TEH_MARBUTA], shape);
                self.put(&stem.base, &[TEH], attached);
            }
            Tail::Maqsura => {
                let last = if stem.base.ends_with(YEH) { ALEF } else { ALEF_MAQSURA };
                self.put(&stem.base, &[last], shape);
                self.put(&stem.base, &[ALEF], attached);
            }
            Tail::Defective => {
                // After a hamza the short form would look like the verb it is made from.
                if !stem.base.ends_with(YEH_HAMZA) {
                    self.put(&stem.base, &[], shape);
                }
                self.put(&stem.base, &[YEH], shape);
                if number == Number::Singular {
                    self.put(&stem.base, &[YEH, ALEF], shape);
                }
            }
            Tail::Alef => self.put(&stem.base, &[ALEF], shape),
            Tail::Plain => {
                self.put(&stem.base, &[], shape);
                if stem.takes_alef(number) {
                    self.put(&stem.base, &[ALEF], shape);
                }
                if stem.base.ends_with(ALEF_HAMZA) {
                    self.put(&stem.base, &[WAW_HAMZA], attached);
                }
            }
        }
    }

    /// The sound masculine plural.
    pub(super) fn sound_masculine(&mut self, stem: &Citation) {
        self.series(&stem.base, &[], PLURAL, Number::Plural, Gender::Masculine);
    }

    /// The sound feminine plural.
    pub(super) fn sound_feminine(&mut self, stem: &Citation) {
        let shape = Shape {
            number: Number::Plural,
            gender: if self.gender == Gender::Masculine { self.gender } else { Gender::Feminine },
            before_pronoun: false,
            construct: false,
        };
        match stem.ending {
            Tail::Maqsura | Tail::Defective => self.put(&stem.base, &[YEH, ALEF, TEH], shape),
            Tail::Teh | Tail::Alef | Tail::Plain => self.put(&stem.base, &[ALEF, TEH], shape),
        }
    }

    /// The feminine that is made from a masculine by its ending, in singular and dual.
    pub(super) fn feminine(&mut self, masculine: &Citation) {
        let link: &[char] = match masculine.ending {
            Tail::Maqsura | Tail::Alef => &[ALEF],
            Tail::Defective => &[YEH],
            Tail::Teh | Tail::Plain => &[],
        };
        let mut base = masculine.base.clone();
        base.extend(link);
        let gender = std::mem::replace(&mut self.gender, Gender::Feminine);
        self.singular_and_dual(&Citation { base, ending: Tail::Teh });
        self.gender = gender;
    }

    /// A word that is only ever the first part of an annexation, and may take a pronoun.
    pub(super) fn construct(&mut self, word: &str) {
        let shape = Shape {
            number: Number::Singular,
            gender: self.gender,
            before_pronoun: false,
            construct: true,
        };
        self.put(word, &[], shape);
    }

    fn series(
        &mut self,
        base: &str,
        link: &[char],
        suffixes: [(&[char], bool); 4],
        number: Number,
        gender: Gender,
    ) {
        for (suffix, construct) in suffixes {
            let shape = Shape { number, gender, before_pronoun: false, construct };
            self.put(base, &[link, suffix].concat(), shape);
        }
    }

    /// Joins and emits; a final hamza on alef changes its seat before a vowel letter.
    fn put(&mut self, base: &str, suffix: &[char], shape: Shape) {
        if base.is_empty() {
            return;
        }
        let seats: &[char] = match suffix.first() {
            Some(&ALEF) => &[ALEF_MADDA],
            Some(&WAW) => &[WAW_HAMZA, ALEF_HAMZA],
            Some(&YEH) => &[YEH_HAMZA, ALEF_HAMZA],
            Some(&WAW_HAMZA) => &[WAW_HAMZA],
            _ => &[ALEF_HAMZA],
        };
        let Some(stem) = base.strip_suffix(ALEF_HAMZA) else {
            return self.put_joined(base, None, suffix, shape);
        };
        let taken = usize::from(matches!(suffix.first(), Some(&ALEF | &WAW_HAMZA)));
        for &seat in seats {
            self.put_joined(stem, Some(seat), &suffix[taken..], shape);
        }
    }

    fn put_joined(&mut self, base: &str, seat: Option<char>, suffix: &[char], shape: Shape) {
        self.buffer.clear();
        self.buffer.push_str(base);
        self.buffer.extend(seat);
        self.buffer.extend(suffix);
        let form = Form {
            pos: self.pos,
            tense: None,
            voice: self.voice,
            person: None,
            number: shape.number,
            gender: shape.gender,
            before_pronoun: shape.before_pronoun,
            construct: shape.construct,
            shortened: false,
        };
        (self.emit)(&self.buffer, form);
    }
}

/// How a citation form ends, which decides what its endings do.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tail {
    /// In a consonant.
    Plain,
    /// In the feminine ending.
    Teh,
    /// In a long *ā* written as a dotless yeh.
    Maqsura,
    /// In a long *ā* written as alef.
    Alef,
    /// In an *-in* that drops its yeh when indefinite.
    Defective,
}

/// A citation form without marks, split before the ending.
pub(super) struct Citation {
    pub(super) base: String,
    pub(super) ending: Tail,
}

impl Citation {
    /// Reads a noun as the lexicon writes it; a final *kasratan* marks a defective.
    pub(super) fn new(word: &str) -> Citation {
        let mut base = strip_marks(word);
        let ending = match base.chars().next_back() {
            _ if word.ends_with(KASRATAN) => return Citation { base, ending: Tail::Defective },
            Some(TEH_MARBUTA) => Tail::Teh,
            Some(ALEF_MAQSURA) => Tail::Maqsura,
            Some(ALEF) => Tail::Alef,
            _ => return Citation { base, ending: Tail::Plain },
        };
        base.pop();
        Citation { base, ending }
    }

    /// Whether the indefinite accusative adds an alef.
    fn takes_alef(&self, number: Number) -> bool {
        let mut letters = self.base.chars().rev();
        match (letters.next(), letters.next()) {
            (Some(HAMZA), Some(ALEF)) | (Some(ALEF_HAMZA), _) => return false,
            _ if number == Number::Singular => return true,
            (Some(TEH), Some(ALEF_MADDA)) => return false,
            (Some(TEH), Some(ALEF)) if !self.is_afal_plural() => return false,
            _ => {}
        }
        !self.is_diptote_plural()
    }

    /// Plurals shaped like *afʿāl* have the accusative alef even if they end like a sound feminine.
    fn is_afal_plural(&self) -> bool {
        self.base.starts_with(ALEF_HAMZA) && self.base.chars().count() == 5
    }

    /// Plurals shaped like *mafāʿil* and *mafāʿīl* have no accusative alef.
    fn is_diptote_plural(&self) -> bool {
        let mut letters = self.base.chars().skip(2);
        letters.next() == Some(ALEF) && 2 <= letters.count()
    }
}
