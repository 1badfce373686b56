//! From a vocalised spelling to the sounds it stands for, and changes made to those sounds.
//!
//! A word is a list of letters and short vowels in the order they are spoken. Hamza is one letter
//! whatever its seat, a doubled letter stands twice, a long vowel is a short one before its letter,
//! and a final short vowel is left out because no unvocalised spelling shows it.

use super::letters::*;

/// The sounds of a fully vocalised word; the inflectional vowel at its end is dropped.
pub(super) fn parse(word: &str) -> Vec<char> {
    let mut sounds: Vec<char> = Vec::with_capacity(16);
    let mut closed = false;
    let mut letters = word.chars().peekable();
    while let Some(letter) = letters.next() {
        let voiced = letters.peek().is_some_and(|&next| is_vowel(next) || next == SHADDA);
        match letter {
            SHADDA => double_last(&mut sounds),
            vowel if is_vowel(vowel) => sounds.push(vowel),
            mark if is_mark(mark) => {}
            ALEF | ALEF_WASLA if sounds.is_empty() => sounds.push(ALEF_WASLA),
            ALEF_MADDA => sounds.extend([HAMZA, FATHA, ALEF]),
            ALEF | ALEF_MAQSURA => lengthen(&mut sounds, FATHA, letter),
            WAW if !voiced && !closed => lengthen(&mut sounds, DAMMA, letter),
            YEH if !voiced && !closed => lengthen(&mut sounds, KASRA, letter),
            other => sounds.push(unseat(other)),
        }
        closed = letter == SUKUN;
    }
    if sounds.last().is_some_and(|&last| is_vowel(last)) {
        sounds.pop();
    }
    sounds
}

/// Doubles the last consonant, whether its vowel was typed before the mark or not.
fn double_last(sounds: &mut Vec<char>) {
    match sounds.pop() {
        Some(vowel) if is_vowel(vowel) => {
            let consonant = sounds.last().copied().unwrap_or(vowel);
            sounds.extend([consonant, vowel]);
        }
        Some(consonant) => sounds.extend([consonant, consonant]),
        None => {}
    }
}

/// Adds a letter of length; the short vowel before it may have been left unwritten.
fn lengthen(sounds: &mut Vec<char>, vowel: char, letter: char) {
    if sounds.last().is_some_and(|&last| !is_vowel(last)) {
        sounds.push(vowel);
    }
    sounds.push(letter);
}

/// The position of the last short vowel.
pub(super) fn last_vowel(sounds: &[char]) -> Option<usize> {
    sounds.iter().rposition(|&sound| is_vowel(sound))
}

/// Whether the stem ends in a doubled consonant.
pub(super) fn is_doubled(sounds: &[char]) -> bool {
    matches!(sounds, [.., first, second] if first == second)
}

/// Whether the stem ends in a long vowel and one consonant, as hollow verbs do.
pub(super) fn ends_in_long_syllable(sounds: &[char]) -> bool {
    matches!(sounds, [.., FATHA, ALEF, _] | [.., KASRA, YEH, _] | [.., DAMMA, WAW, _])
}

/// The stem a consonant follows: a long vowel is shortened, a doubled consonant is split.
pub(super) fn before_consonant(sounds: &[char], hollow: bool) -> Vec<char> {
    let mut stem = sounds.to_vec();
    let len = stem.len();
    if hollow && ends_in_long_syllable(sounds) {
        stem.remove(len - 2);
    } else if is_doubled(sounds) {
        let vowel = last_vowel(sounds).map_or(FATHA, |index| sounds[index]);
        stem.insert(len - 1, vowel);
        // The vowel moves if the syllable before is open: *yaṭmaʾinn* but *yaṭmaʾnin*.
        if matches!(sounds, [.., before, _, last, _, _] if is_vowel(*before) && is_vowel(*last)) {
            stem.remove(len - 3);
        }
    }
    stem
}

/// The vowels of the passive past: *u* throughout and *i* last, or *u* throughout in a `base` that
/// lost its last syllable.
pub(super) fn passive_past(sounds: &[char], base: bool) -> Vec<char> {
    let last = if base { None } else { last_vowel(sounds) };
    let mut stem = Vec::with_capacity(sounds.len() + 1);
    for (index, &sound) in sounds.iter().enumerate() {
        let after_last = last.is_some_and(|last| last < index);
        match sound {
            vowel if is_vowel(vowel) => stem.push(if Some(index) == last { KASRA } else { DAMMA }),
            ALEF if after_last => stem.push(YEH),
            ALEF => {
                stem.push(WAW);
                if sounds.get(index + 1) == Some(&WAW) {
                    stem.push(SUKUN);
                }
            }
            consonant => stem.push(consonant),
        }
    }
    stem
}

/// The vowels of the passive present: *a* throughout, and a long last vowel becomes *ā*.
pub(super) fn passive_present(sounds: &[char], hollow: bool) -> Vec<char> {
    let mut stem: Vec<char> =
        sounds.iter().map(|&sound| if is_vowel(sound) { FATHA } else { sound }).collect();
    if hollow && ends_in_long_syllable(sounds) {
        let len = stem.len();
        stem[len - 2] = ALEF;
    }
    stem
}

/// The same stem with *i* as its last short vowel, unless that vowel is long or closed twice.
pub(super) fn with_final_kasra(sounds: &[char]) -> Vec<char> {
    let mut stem = sounds.to_vec();
    if let Some(index) = last_vowel(sounds)
        && index + 2 == sounds.len()
        && sounds[index + 1] != ALEF
    {
        stem[index] = KASRA;
    }
    stem
}
