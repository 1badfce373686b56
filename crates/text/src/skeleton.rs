//! The consonants by which two spellings of one name are told to be alike.

use crate::letter::*;

/// Appends the skeleton of one folded word: no article, no vowels, emphatic letters as plain ones,
/// doubled letters once.
fn skeleton_into(word: &str, out: &mut String) {
    let article = |c: &[char]| c.len() > 4 && c[..2] == [ALEF, LAM];
    let mut letters = [' '; 24];
    let mut count = 0;
    for letter in word.chars().take(letters.len()) {
        letters[count] = letter;
        count += 1;
    }
    let mut letters = &letters[..count];
    if article(letters) {
        letters = &letters[2..];
    }
    if let [rest @ .., HEH] = letters {
        letters = rest;
    }
    let mut last = ' ';
    for &letter in letters {
        let plain = match letter {
            ALEF | WAW | YEH | HAMZA | ' ' => continue,
            SAD => SEEN,
            TAH | THEH => TEH,
            DAD | ZAH | THAL => DAL,
            other => other,
        };
        if plain != last {
            out.push(plain);
        }
        last = plain;
    }
}

/// Returns the skeleton of a folded name, word by word; `None` if it is too short to tell names
/// apart.
pub fn skeleton(folded: &str) -> Option<String> {
    let mut out = String::with_capacity(folded.len());
    folded.split(' ').for_each(|word| skeleton_into(word, &mut out));
    (3 <= out.chars().count()).then_some(out)
}
