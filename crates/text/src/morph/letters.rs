//! The letters and vowel marks that morphology handles by name.
//!
//! Words never appear here: every affix of the generator is an array of these constants.

pub(super) const HAMZA: char = 'ء';
pub(super) const ALEF_MADDA: char = 'آ';
pub(super) const ALEF_HAMZA: char = 'أ';
pub(super) const ALEF_HAMZA_BELOW: char = 'إ';
pub(super) const WAW_HAMZA: char = 'ؤ';
pub(super) const YEH_HAMZA: char = 'ئ';
pub(super) const ALEF: char = 'ا';
/// The alef of a stem that begins with two consonants; spelled as a plain alef.
pub(super) const ALEF_WASLA: char = 'ٱ';
pub(super) const ALEF_MAQSURA: char = 'ى';
pub(super) const TEH_MARBUTA: char = 'ة';
pub(super) const TEH: char = 'ت';
pub(super) const MEEM: char = 'م';
pub(super) const NOON: char = 'ن';
pub(super) const WAW: char = 'و';
pub(super) const YEH: char = 'ي';

pub(super) const FATHA: char = '\u{64E}';
pub(super) const DAMMA: char = '\u{64F}';
pub(super) const KASRA: char = '\u{650}';
pub(super) const KASRATAN: char = '\u{64D}';
pub(super) const SHADDA: char = '\u{651}';
/// Written by hand it closes a syllable; inside the generator it keeps two equal letters apart.
pub(super) const SUKUN: char = '\u{652}';

/// A short vowel, the only marks that matter to the seat of a hamza.
pub(super) fn is_vowel(letter: char) -> bool {
    matches!(letter, FATHA | DAMMA | KASRA)
}

/// Any mark that an unvocalised spelling leaves out.
pub(super) fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{640}')
}

/// The radicals that come and go in hollow, defective and assimilated roots.
pub(super) fn is_weak(letter: char) -> bool {
    matches!(letter, WAW | YEH)
}

/// One sound for all the shapes of hamza.
pub(super) fn unseat(letter: char) -> char {
    match letter {
        ALEF_HAMZA | ALEF_HAMZA_BELOW | WAW_HAMZA | YEH_HAMZA => HAMZA,
        other => other,
    }
}

/// The spelling without its vowel marks.
pub(super) fn strip_marks(word: &str) -> String {
    word.chars().filter(|&letter| !is_mark(letter)).collect()
}
