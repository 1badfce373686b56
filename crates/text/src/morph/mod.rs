//! Morphology by generation: from a lemma to all the spellings it can have in a text.
//!
//! The generator writes every conjugated verb, participle, verbal noun, dual and plural of a lemma
//! in the unvocalised spelling of newspapers, with standard hamza seats. It leaves out the article,
//! the proclitics (and with them the future prefix) and the pronoun suffixes: another layer strips
//! those. A spelling that a stem takes only *before* a pronoun is emitted and marked
//! [`before_pronoun`](Form::before_pronoun).
//!
//! ## How it works
//! A verb is read from its two vocalised citation forms, past and present, into *sounds*: letters
//! and short vowels, hamza without its seat. Inflection adds and changes sounds; only the last step
//! spells them. So weak and doubled roots need few rules, and hamza needs one. Nouns are declined
//! on letters, because the lexicon lists their broken plurals.
//!
//! ## What it does not do
//! No imperatives. No energetic moods. No shortened mood of the first person singular. No elatives:
//! they are lemmas of their own.

mod letters;
mod nominal;
mod participle;
mod sounds;
mod spell;
mod stem;
#[cfg(test)]
mod tests;
mod verb;

use nominal::{Citation, Decliner};
use stem::Verb;
use verb::Passive;

/// What kind of word a spelling is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pos {
    /// A conjugated verb.
    Verb,
    /// A verbal noun.
    Masdar,
    /// The participle of who does.
    ActiveParticiple,
    /// The participle of what is done to.
    PassiveParticiple,
    /// A noun that is no verbal noun.
    Noun,
    /// An adjective.
    Adjective,
}

/// The tense of a conjugated verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tense {
    /// The suffix conjugation.
    Past,
    /// The prefix conjugation in all its moods.
    Present,
}

/// The voice of a verb form, so far as its spelling tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Voice {
    /// Active only.
    Active,
    /// Passive only.
    Passive,
    /// The unvocalised spelling leaves it open, or the word has no voice.
    Either,
}

/// The person of a conjugated verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Person {
    /// The speaker.
    First,
    /// The one spoken to.
    Second,
    /// Anyone else.
    Third,
}

/// Grammatical number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Number {
    /// One.
    Singular,
    /// Exactly two.
    Dual,
    /// Three or more.
    Plural,
}

/// Grammatical gender.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gender {
    /// Masculine.
    Masculine,
    /// Feminine.
    Feminine,
    /// Both, or the spelling does not tell.
    Either,
}

/// The grammar of one spelling.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Form {
    /// What kind of word it is.
    pub pos: Pos,
    /// The tense; only verbs have one.
    pub tense: Option<Tense>,
    /// The voice; [`Voice::Either`] for nouns.
    pub voice: Voice,
    /// The person; only verbs have one.
    pub person: Option<Person>,
    /// The number.
    pub number: Number,
    /// The gender; of a broken plural, that of its singular.
    pub gender: Gender,
    /// The spelling occurs only before an attached pronoun.
    pub before_pronoun: bool,
    /// A dual or plural that has dropped its nun, or another spelling that only the first part of
    /// an annexation has. It stands alone as well as before an attached pronoun.
    pub construct: bool,
    /// A verb that has lost its long vowel: only the mood behind a negation spells it so.
    pub shortened: bool,
}

/// A verb as the lexicon lists it.
#[derive(Clone, Copy, Debug)]
pub struct VerbEntry<'a> {
    /// Third person masculine singular of the past, vocalised.
    pub past: &'a str,
    /// Third person masculine singular of the present, vocalised.
    pub present: &'a str,
    /// The radicals separated by dots.
    pub root: &'a str,
    /// The form: `I` to `X`, `QI`, `QII` or `QIV`.
    pub form: &'a str,
    /// Verbal nouns separated by `|`, each `singular` or `singular>plural`. A part that begins with
    /// `!` is a spelling never to emit, because a function word owns it.
    pub masdars: &'a str,
    /// Complements separated by commas; `obj` is a direct object. A verb without any has no
    /// passive, one with prepositions only has an impersonal passive.
    pub governs: &'a str,
}

/// A noun or an adjective as the lexicon lists it.
#[derive(Clone, Copy, Debug)]
pub struct NounEntry<'a> {
    /// The singular; a final *kasratan* marks a defective.
    pub singular: &'a str,
    /// Plurals separated by `|`: a broken plural, `+` and a sound ending, `f:` and an irregular
    /// feminine, `=` and a spelling that occurs only in annexation, or `!` and a spelling never to
    /// emit.
    pub plurals: &'a str,
    /// `m`, `f`, or `mf` for a masculine that makes a regular feminine.
    pub gender: &'a str,
    /// Whether it is an adjective; adjectives make feminines without being told.
    pub adjective: bool,
}

/// Emits every spelling of the verb: finite forms, participles and verbal nouns.
///
/// An entry whose citation forms cannot be read as a past and a present emits its verbal nouns
/// only; [`is_conjugable`] tells.
pub fn verb_forms(entry: &VerbEntry<'_>, emit: &mut dyn FnMut(&str, Form)) {
    unless_barred(entry.masdars, emit, |emit| all_verb_forms(entry, emit));
}

fn all_verb_forms(entry: &VerbEntry<'_>, emit: &mut dyn FnMut(&str, Form)) {
    if let Some(verb) = Verb::new(entry) {
        let passive = Passive::of(entry, &verb);
        verb::conjugate(&verb, passive, emit);
        participle::participles(&verb, passive, emit);
    }
    for masdar in parts(entry.masdars).filter(|part| !part.starts_with('!')) {
        masdar_forms(masdar, emit);
    }
}

/// The parts of a list column.
fn parts(column: &str) -> impl Iterator<Item = &str> {
    column.split('|').map(str::trim).filter(|part| !part.is_empty())
}

/// Runs `forms` with an `emit` that leaves out the spellings the column bars.
fn unless_barred(
    column: &str,
    emit: &mut dyn FnMut(&str, Form),
    forms: impl FnOnce(&mut dyn FnMut(&str, Form)),
) {
    if !column.contains('!') {
        return forms(emit);
    }
    let barred: Vec<&str> = parts(column).filter_map(|part| part.strip_prefix('!')).collect();
    forms(&mut |spelling, form| {
        if !barred.contains(&spelling) {
            emit(spelling, form);
        }
    });
}

/// Whether the citation forms of the entry are vocalised well enough to conjugate.
pub fn is_conjugable(entry: &VerbEntry<'_>) -> bool {
    Verb::new(entry).is_some()
}

fn masdar_forms(masdar: &str, emit: &mut dyn FnMut(&str, Form)) {
    let (singular, plural) = masdar.split_once('>').unwrap_or((masdar, ""));
    let citation = Citation::new(singular);
    let feminine = citation.ending == nominal::Tail::Teh;
    let gender = if feminine { Gender::Feminine } else { Gender::Masculine };
    let mut decliner = Decliner::new(Pos::Masdar, Voice::Either, gender, emit);
    decliner.singular_and_dual(&citation);
    if !plural.is_empty() {
        decliner.number(&Citation::new(plural), Number::Plural);
    }
}

/// Emits every spelling of the noun or adjective.
pub fn noun_forms(entry: &NounEntry<'_>, emit: &mut dyn FnMut(&str, Form)) {
    unless_barred(entry.plurals, emit, |emit| all_noun_forms(entry, emit));
}

fn all_noun_forms(entry: &NounEntry<'_>, emit: &mut dyn FnMut(&str, Form)) {
    let pos = if entry.adjective { Pos::Adjective } else { Pos::Noun };
    let gender = match entry.gender {
        "f" => Gender::Feminine,
        _ => Gender::Masculine,
    };
    let citation = Citation::new(entry.singular);
    let mut decliner = Decliner::new(pos, Voice::Either, gender, emit);
    decliner.singular_and_dual(&citation);
    let mut feminine = entry.adjective || entry.gender == "mf";
    for plural in parts(entry.plurals).filter(|part| !part.starts_with('!')) {
        if let Some(word) = plural.strip_prefix("f:") {
            feminine = false;
            decliner.gender = Gender::Feminine;
            decliner.singular_and_dual(&Citation::new(word));
            decliner.gender = gender;
        } else if let Some(word) = plural.strip_prefix('=') {
            decliner.construct(word);
        } else if let Some(ending) = plural.strip_prefix('+') {
            sound_plural(&mut decliner, &citation, ending);
        } else {
            decliner.number(&Citation::new(plural), Number::Plural);
        }
    }
    if feminine {
        decliner.feminine(&citation);
        decliner.gender = Gender::Feminine;
        decliner.sound_feminine(&citation);
    }
}

/// The sound plural that an ending names; the masculine one begins with waw.
fn sound_plural(decliner: &mut Decliner<'_>, citation: &Citation, ending: &str) {
    if ending.starts_with(letters::WAW) {
        decliner.sound_masculine(citation);
    } else {
        decliner.sound_feminine(citation);
    }
}
