//! From sounds to an unvocalised spelling: marks fall away and each hamza gets its seat.

use super::letters::*;

/// Joins stems and affixes and spells the result; its buffers are reused from word to word.
#[derive(Default)]
pub(super) struct Speller {
    sounds: Vec<char>,
    /// The standard spelling.
    pub(super) spelling: String,
    /// Another spelling in use that keeps the alef seat; empty if there is none.
    pub(super) variant: String,
}

impl Speller {
    /// Spells the parts as one word into `spelling` and, where usage differs, `variant`.
    pub(super) fn spell(&mut self, parts: [&[char]; 3]) {
        self.sounds.clear();
        for part in parts {
            self.sounds.extend_from_slice(part);
        }
        merge_initial_hamzas(&mut self.sounds);
        self.spelling.clear();
        self.variant.clear();
        let mut differs = false;
        let mut index = 0;
        while index < self.sounds.len() {
            let sound = self.sounds[index];
            let (seat, other, taken) = match sound {
                mark if is_mark(mark) => (None, None, 1),
                _ if is_second_of_pair(&self.sounds, index) => (None, None, 1),
                HAMZA => seat(&self.sounds, index),
                ALEF_WASLA => (Some(ALEF), None, 1),
                ALEF_MAQSURA if self.spelling.ends_with(YEH) => (Some(ALEF), None, 1),
                letter => (Some(letter), None, 1),
            };
            if other.is_some() && !differs {
                self.variant.push_str(&self.spelling);
                differs = true;
            }
            if differs {
                self.variant.extend(other.or(seat));
            }
            if let Some(seat) = seat {
                self.spelling.push(seat);
            }
            index += taken;
        }
    }
}

/// The second of two equal letters with no vowel between them is written as a mark only.
fn is_second_of_pair(sounds: &[char], index: usize) -> bool {
    0 < index && sounds[index - 1] == sounds[index]
}

/// Two hamzas at the start of a word, the second without a vowel, become one and a long vowel.
fn merge_initial_hamzas(sounds: &mut [char]) {
    if let [HAMZA, vowel, second @ HAMZA, rest @ ..] = sounds
        && is_vowel(*vowel)
        && !rest.first().is_some_and(|&next| is_vowel(next) || next == HAMZA)
    {
        *second = match *vowel {
            FATHA => ALEF,
            DAMMA => WAW,
            _ => YEH,
        };
    }
}

/// The seat of the hamza at `index`, a variant seat, and how many sounds the seat stands for.
fn seat(sounds: &[char], index: usize) -> (Option<char>, Option<char>, usize) {
    let doubled = sounds.get(index + 1) == Some(&HAMZA);
    let after = index + 1 + usize::from(doubled);
    let next = sounds.get(after).copied().filter(|&sound| is_vowel(sound));
    let long = next == Some(FATHA) && sounds.get(after + 1) == Some(&ALEF);
    let Some(previous) = index.checked_sub(1).map(|before| sounds[before]) else {
        return match next {
            Some(FATHA) if long => (Some(ALEF_MADDA), None, after + 2),
            Some(KASRA) => (Some(ALEF_HAMZA_BELOW), None, 1),
            _ => (Some(ALEF_HAMZA), None, 1),
        };
    };
    if after == sounds.len() {
        let seat = match previous {
            FATHA => ALEF_HAMZA,
            DAMMA => WAW_HAMZA,
            KASRA => YEH_HAMZA,
            _ => HAMZA,
        };
        return (Some(seat), None, 1);
    }
    let diphthong = is_weak(previous) && 1 < index && sounds[index - 2] == FATHA;
    match (previous, next) {
        (YEH, Some(FATHA)) if diphthong => (Some(YEH_HAMZA), Some(ALEF_HAMZA), 1),
        (WAW, Some(FATHA)) if diphthong => (Some(ALEF_HAMZA), Some(HAMZA), 1),
        (KASRA | YEH, _) | (_, Some(KASRA)) => (Some(YEH_HAMZA), None, 1),
        (WAW, _) | (ALEF, Some(FATHA) | None) => (Some(HAMZA), None, 1),
        (FATHA, Some(DAMMA)) => (Some(WAW_HAMZA), Some(ALEF_HAMZA), 1),
        (DAMMA, _) | (_, Some(DAMMA)) => (Some(WAW_HAMZA), None, 1),
        _ if long => (Some(ALEF_MADDA), None, after + 2 - index),
        _ => (Some(ALEF_HAMZA), None, 1),
    }
}
