//! The stems of a verb: what stays when person, number and mood are taken off.

use super::VerbEntry;
use super::letters::*;
use super::sounds::{before_consonant, parse, passive_past, passive_present};

/// The two shapes of a stem that keeps its last radical.
pub(super) struct Whole {
    /// Before an ending that begins with a vowel, and before none.
    pub(super) open: Vec<char>,
    /// Before an ending that begins with a consonant, and in a shortened mood.
    pub(super) closed: Vec<char>,
}

/// A past or present stem.
pub(super) enum Stem {
    Whole(Whole),
    /// The last radical is weak; `base` ends before it.
    Defective {
        base: Vec<char>,
        /// The vowel before the lost radical: *a*, *i* or *u*.
        vowel: char,
        /// The letter that returns before consonants and in the dual.
        radical: char,
        /// The letter of the form without an ending.
        last: char,
    },
}

/// The root as single letters, hamza without a seat.
pub(super) struct Root {
    letters: Vec<char>,
    pub(super) hollow: bool,
}

impl Root {
    /// The radical at `index`, if the root has so many.
    pub(super) fn get(&self, index: usize) -> Option<char> {
        self.letters.get(index).copied()
    }

    fn starts_with_waw(&self) -> bool {
        self.get(0) == Some(WAW)
    }

    /// Whether the root has three radicals and the last two are the same.
    pub(super) fn is_doubled(&self) -> bool {
        matches!(self.letters[..], [_, second, third] if second == third)
    }

    fn ends_weak(&self) -> bool {
        self.letters.last().is_some_and(|&last| is_weak(last))
    }

    fn has_weak_middle(&self) -> bool {
        matches!(self.letters[..], [_, middle, _] if is_weak(middle))
    }
}

/// All that inflection needs to know of one verb.
pub(super) struct Verb {
    pub(super) root: Root,
    pub(super) simple: bool,
    pub(super) past: Stem,
    pub(super) present: Stem,
    /// The vowel of the present prefix in the active voice: *a* or *u*.
    pub(super) prefix_vowel: char,
}

impl Verb {
    /// Reads the citation forms; `None` if they are not a past and a present.
    pub(super) fn new(entry: &VerbEntry<'_>) -> Option<Verb> {
        let letters: Vec<char> =
            entry.root.chars().filter(|&letter| letter != '.').map(unseat).collect();
        let past = parse(entry.past);
        let present = parse(entry.present);
        let [YEH, prefix_vowel @ (FATHA | DAMMA), stem @ ..] = &present[..] else { return None };
        if letters.len() < 3 || past.len() < 3 || stem.len() < 2 {
            return None;
        }
        let mut root = Root { letters, hollow: false };
        root.hollow = root.has_weak_middle() && matches!(past[..], [.., FATHA, ALEF, _]);
        let simple = entry.form == "I";
        let past = past_stem(past, &root, simple);
        let present = present_stem(stem.to_vec(), &root);
        Some(Verb { root, simple, past, present, prefix_vowel: *prefix_vowel })
    }

    /// The past stem with the vowels of the passive.
    pub(super) fn passive_past(&self) -> Stem {
        match &self.past {
            Stem::Whole(whole) => {
                let open = passive_past(&whole.open, false);
                let closed = before_consonant(&open, self.root.hollow);
                Stem::Whole(Whole { open, closed })
            }
            Stem::Defective { base, .. } => Stem::Defective {
                base: passive_past(base, true),
                vowel: KASRA,
                radical: YEH,
                last: YEH,
            },
        }
    }

    /// The present stem with the vowels of the passive; a lost first radical returns.
    pub(super) fn passive_present(&self) -> Stem {
        let restore = |mut stem: Vec<char>| {
            if self.simple && self.root.starts_with_waw() && stem.first() != Some(&WAW) {
                stem.insert(0, WAW);
            }
            stem
        };
        match &self.present {
            Stem::Whole(whole) => {
                let open = restore(passive_present(&whole.open, self.root.hollow));
                let closed = before_consonant(&open, self.root.hollow);
                Stem::Whole(Whole { open, closed })
            }
            Stem::Defective { base, .. } => Stem::Defective {
                base: restore(passive_present(base, false)),
                vowel: FATHA,
                radical: YEH,
                last: ALEF_MAQSURA,
            },
        }
    }
}

fn past_stem(mut sounds: Vec<char>, root: &Root, simple: bool) -> Stem {
    let (vowel, radical, last) = match sounds[..] {
        [.., before, FATHA, ALEF] if simple && before != YEH => (FATHA, WAW, ALEF),
        [.., FATHA, ALEF | ALEF_MAQSURA] => (FATHA, YEH, ALEF_MAQSURA),
        [.., KASRA, YEH] if root.ends_weak() => (KASRA, YEH, YEH),
        _ => return whole(sounds, root),
    };
    sounds.truncate(sounds.len() - 2);
    Stem::Defective { base: sounds, vowel, radical, last }
}

fn present_stem(mut sounds: Vec<char>, root: &Root) -> Stem {
    let (vowel, radical, last) = match sounds[..] {
        [.., FATHA, ALEF | ALEF_MAQSURA] => (FATHA, YEH, ALEF_MAQSURA),
        [.., KASRA, YEH] if root.ends_weak() => (KASRA, YEH, YEH),
        [.., DAMMA, WAW] if root.ends_weak() => (DAMMA, WAW, WAW),
        _ => return whole(sounds, root),
    };
    sounds.truncate(sounds.len() - 2);
    Stem::Defective { base: sounds, vowel, radical, last }
}

fn whole(open: Vec<char>, root: &Root) -> Stem {
    let closed = if root.hollow { hollow_closed(&open) } else { before_consonant(&open, false) };
    Stem::Whole(Whole { open, closed })
}

/// *qāl-* and *jāʾ-* are short and high before a consonant, which shows in the seat of a hamza.
fn hollow_closed(open: &[char]) -> Vec<char> {
    let mut closed = before_consonant(open, true);
    if let [_, vowel @ FATHA, HAMZA] = &mut closed[..] {
        *vowel = KASRA;
    }
    closed
}
