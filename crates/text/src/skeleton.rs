//! The consonants by which two spellings of one name are told to be alike, in either script.

use crate::letter::*;

/// Returns the skeleton of a folded name: its consonants in classes of like sound, without the
/// article, vowels, doubled letters and the final heh. It names classes by Latin letters; it may be empty.
pub fn skeleton(folded: &str) -> String {
    let mut out = String::with_capacity(folded.len());
    skeleton_into(folded, &mut out);
    out
}

/// Appends the skeleton of a folded name.
pub fn skeleton_into(folded: &str, out: &mut String) {
    for word in folded.split([' ', '-']) {
        if word.is_ascii() {
            latin(word, out);
        } else {
            arabic(word, out);
        }
    }
}

fn arabic(word: &str, out: &mut String) {
    let stem = word.strip_prefix(ALEF).and_then(|word| word.strip_prefix(LAM));
    let word = stem.filter(|stem| stem.chars().nth(2).is_some()).unwrap_or(word);
    let mut letters = word.chars();
    let mut last = ' ';
    while let Some(letter) = letters.next() {
        let class = match letter {
            BEH => 'b',
            TEH | TAH | THEH => 't',
            JEEM => 'j',
            HAH => 'h',
            HEH if !letters.as_str().is_empty() => 'h',
            KHAH => 'x',
            DAL | THAL | DAD => 'd',
            REH => 'r',
            ZAIN | ZAH => 'z',
            SEEN | SAD => 's',
            SHEEN => 'c',
            GHAIN => 'g',
            FEH => 'f',
            QAF | KAF => 'k',
            LAM => 'l',
            MEEM => 'm',
            NOON => 'n',
            _ => continue,
        };
        if class != last {
            out.push(class);
        }
        last = class;
    }
}

/// Tells whether a word is the article in Latin letters, before letters of the sun or of the moon.
fn is_article(word: &str) -> bool {
    matches!(word, "al" | "ar" | "as" | "at" | "az" | "an" | "ad" | "ash" | "ath" | "adh")
        || matches!(word, "el" | "er" | "es" | "et" | "ez" | "en" | "ed" | "esh" | "eth" | "edh")
}

fn latin(word: &str, out: &mut String) {
    if is_article(word) {
        return;
    }
    let mut letters = word.chars();
    let mut last = ' ';
    while let Some(letter) = letters.next() {
        let aspirated = letters.as_str().starts_with('h');
        let class = match letter {
            'k' if aspirated => 'x',
            's' | 'c' if aspirated => 'c',
            'g' if aspirated => 'g',
            'p' if aspirated => 'f',
            'b' | 'p' => 'b',
            't' => 't',
            'j' | 'g' => 'j',
            'h' if !letters.as_str().is_empty() => 'h',
            'd' => 'd',
            'r' => 'r',
            'z' => 'z',
            's' => 's',
            'f' | 'v' => 'f',
            'q' | 'k' | 'c' | 'x' => 'k',
            'l' | 'm' | 'n' => letter,
            _ => continue,
        };
        if aspirated && matches!(letter, 'k' | 's' | 'c' | 'g' | 'p' | 't' | 'd') {
            letters.next();
        }
        if class != last {
            out.push(class);
        }
        last = class;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::folded;

    #[test]
    fn spellings_of_one_name_are_alike() {
        for line in include_str!("skeletons.tsv").lines() {
            let mut names = line.split('\t').map(|name| skeleton(&folded(name)));
            let first = names.next().unwrap();
            assert!(!first.is_empty() && names.all(|name| name == first), "{line}");
        }
    }

    #[test]
    fn names_that_sound_otherwise_are_not() {
        assert_ne!(skeleton("manbij"), skeleton("mambij"));
        assert_ne!(skeleton("kharab"), skeleton("karab"));
    }
}
