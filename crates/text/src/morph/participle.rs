//! Active and passive participles of every verb form.

use super::letters::*;
use super::nominal::{Citation, Decliner, Tail};
use super::sounds::with_final_kasra;
use super::spell::Speller;
use super::stem::{Root, Stem, Verb};
use super::verb::Passive;
use super::{Form, Gender, Pos, Voice};

/// Emits the participles of the verb with all their inflections.
pub(super) fn participles(verb: &Verb, passive: Passive, emit: &mut dyn FnMut(&str, Form)) {
    let active = if verb.simple { simple_active(verb) } else { Some(derived_active(verb)) };
    if let Some(citation) = active {
        let mut decliner =
            Decliner::new(Pos::ActiveParticiple, Voice::Active, Gender::Masculine, emit);
        decline(&mut decliner, &citation, true);
    }
    if passive == Passive::None {
        return;
    }
    let citation = if verb.simple { simple_passive(verb) } else { Some(derived_passive(verb)) };
    if let Some(citation) = citation {
        let mut decliner =
            Decliner::new(Pos::PassiveParticiple, Voice::Passive, Gender::Masculine, emit);
        decline(&mut decliner, &citation, passive == Passive::Full);
    }
}

/// All numbers and genders, or the masculine singular alone.
fn decline(decliner: &mut Decliner<'_>, citation: &Citation, full: bool) {
    if !full {
        return decliner.number(citation, super::Number::Singular);
    }
    decliner.singular_and_dual(citation);
    decliner.sound_masculine(citation);
    decliner.feminine(citation);
    decliner.gender = Gender::Feminine;
    decliner.sound_feminine(citation);
}

/// *fāʿil* and its weak shapes.
fn simple_active(verb: &Verb) -> Option<Citation> {
    let root = &verb.root;
    let (first, second, third) = radicals(root)?;
    let citation = if root.hollow && third == HAMZA {
        cite(&[first, FATHA, ALEF, HAMZA], Tail::Defective)
    } else if root.hollow {
        cite(&[first, FATHA, ALEF, HAMZA, KASRA, third], Tail::Plain)
    } else if root.is_doubled() {
        cite(&[first, FATHA, ALEF, third], Tail::Plain)
    } else if is_defective(&verb.present) || is_defective(&verb.past) {
        cite(&[first, FATHA, ALEF, second], Tail::Defective)
    } else {
        cite(&[first, FATHA, ALEF, second, KASRA, third], Tail::Plain)
    };
    Some(citation)
}

/// *mafʿūl* and its weak shapes.
fn simple_passive(verb: &Verb) -> Option<Citation> {
    let root = &verb.root;
    let (first, second, third) = radicals(root)?;
    let keeps_waw = matches!(verb.past, Stem::Defective { radical: WAW, .. });
    let citation = if root.hollow && second == YEH {
        cite(&[MEEM, FATHA, first, KASRA, YEH, third], Tail::Plain)
    } else if root.hollow {
        cite(&[MEEM, FATHA, first, DAMMA, WAW, third], Tail::Plain)
    } else if keeps_waw {
        cite(&[MEEM, FATHA, first, second, DAMMA, WAW, WAW], Tail::Plain)
    } else if is_defective(&verb.past) {
        cite(&[MEEM, FATHA, first, second, KASRA, YEH, YEH], Tail::Plain)
    } else {
        cite(&[MEEM, FATHA, first, second, DAMMA, WAW, third], Tail::Plain)
    };
    Some(citation)
}

/// *m* for the prefix of the present, and *i* before the last radical.
fn derived_active(verb: &Verb) -> Citation {
    match &verb.present {
        Stem::Whole(whole) => cite_prefixed(&with_final_kasra(&whole.open), Tail::Plain),
        Stem::Defective { base, .. } => cite_prefixed(base, Tail::Defective),
    }
}

/// *m* for the prefix of the passive present.
fn derived_passive(verb: &Verb) -> Citation {
    match verb.passive_present() {
        Stem::Whole(whole) => cite_prefixed(&whole.open, Tail::Plain),
        Stem::Defective { base, .. } => cite_prefixed(&base, Tail::Maqsura),
    }
}

fn radicals(root: &Root) -> Option<(char, char, char)> {
    Some((root.get(0)?, root.get(1)?, root.get(2)?))
}

fn is_defective(stem: &Stem) -> bool {
    matches!(stem, Stem::Defective { .. })
}

fn cite_prefixed(stem: &[char], ending: Tail) -> Citation {
    cite(&[&[MEEM, DAMMA], stem].concat(), ending)
}

fn cite(sounds: &[char], ending: Tail) -> Citation {
    let mut speller = Speller::default();
    // A defective stem is spelled with its yeh so that a hamza before it gets the right seat.
    let last: &[char] = if ending == Tail::Defective { &[KASRA] } else { &[] };
    speller.spell([sounds, last, &[]]);
    Citation { base: speller.spelling, ending }
}
