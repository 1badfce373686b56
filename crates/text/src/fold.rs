//! Folding of spelling variants, with the way back to the original.
//!
//! Two spellings that a reader takes for the same word fold to the same string: marks and tatweel
//! are dropped, and so are the gaps that posts put into words; the seats of hamza, alef maqsura, taa marbuta, Persian letters, digits of three
//! scripts and presentation forms are unified; Latin is lower-cased; bidi controls vanish.

use crate::letter::*;
use unicode_normalization::char::decompose_compatible;

/// A folded copy of a text with the original byte offset of every folded byte.
#[derive(Clone, Debug, Default)]
pub struct Folded {
    /// The folded spelling.
    pub text: String,
    /// For each byte of `text`, and one past its end: the byte of the original it came from.
    pub origin: Vec<u32>,
}

/// Folds `text` and keeps the alignment.
pub fn fold(text: &str) -> Folded {
    let mut folded = Folded::default();
    for (i, c) in seen(text, 0) {
        fold_char(c, &mut folded.text);
        folded.origin.resize(folded.text.len(), i as u32);
    }
    folded.origin.push(text.len() as u32);
    folded
}

/// Appends the folded spelling of `text` to `out`.
pub fn fold_into(text: &str, out: &mut String) {
    if text.is_ascii() {
        let start = out.len();
        out.push_str(text);
        out[start..].make_ascii_lowercase();
        return;
    }
    let (mut kept, mut end) = (0, 0);
    for c in basic_letters(text) {
        if is_variant(c) {
            out.push_str(&text[kept..end]);
            out.push(fold_basic(c));
            kept = end + 2;
        }
        end += 2;
    }
    out.push_str(&text[kept..end]);
    for (_, c) in seen(text, end) {
        fold_char(c, out);
    }
}

/// Returns the folded spelling of `text`.
pub fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, &mut out);
    out
}

/// Finds the byte of `original` from which byte `offset` of its folded spelling came.
///
/// Marks before that byte belong to the letter before them, so they stay on the left side.
pub fn original_offset(original: &str, offset: usize) -> usize {
    let mut out = String::new();
    for (i, c) in seen(original, 0) {
        let before = out.len();
        fold_char(c, &mut out);
        if offset < out.len() && before <= offset {
            return i;
        }
    }
    original.len()
}

/// Tells whether `c` leaves no trace in a folded spelling: a mark, tatweel or a bidi control.
pub fn is_ignorable(c: char) -> bool {
    matches!(c,
        '\u{610}'..='\u{61A}' | TATWEEL | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{6D6}'..='\u{6DC}'
        | '\u{6DF}'..='\u{6E4}' | '\u{6E7}' | '\u{6E8}' | '\u{6EA}'..='\u{6ED}'
        | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206F}' | '\u{FEFF}' | '\u{AD}'
        | '\u{300}'..='\u{36F}' | '\u{FE00}'..='\u{FE0F}')
}

/// Measures the gap after a tatweel that writers of posts put into a word to pass by filters: the
/// bytes of `rest`, which follows `before`, until the word goes on.
///
/// The tatweel is followed by up to three spaces or signs and another tatweel, or by one sign and a
/// letter. An abbreviation of one heh («of the Hijra») before a full stop is no such word.
pub(crate) fn gap(before: &str, rest: &str) -> usize {
    let filler =
        |c: char| matches!(c, ' ' | '\u{A0}' | '.' | '*' | '·' | '•' | '-' | '_' | '|' | '/');
    let mut length = 0;
    for (i, c) in rest.chars().enumerate() {
        match c {
            _ if filler(c) && i < 3 => length += c.len_utf8(),
            TATWEEL if i > 0 => return length,
            _ if i == 1 && is_basic(c) && rest.starts_with(['.', '*', '·', '•']) => {
                let abbreviation = before.trim_end_matches(TATWEEL).chars().eq([HEH]);
                return if abbreviation { 0 } else { length };
            }
            _ => return 0,
        }
    }
    0
}

/// Walks over the characters from byte `from` on that a reader sees as the word: all but those in gaps.
fn seen(text: &str, mut from: usize) -> impl Iterator<Item = (usize, char)> {
    let start = from;
    text[start..].char_indices().map(move |(i, c)| (start + i, c)).filter(move |&(i, c)| {
        if i < from {
            return false;
        }
        if c == TATWEEL {
            let next = i + c.len_utf8();
            from = next + gap(&text[..next], &text[next..]);
        }
        true
    })
}

fn is_basic(c: char) -> bool {
    matches!(c, '\u{621}'..='\u{63F}' | '\u{641}'..='\u{64A}')
}

/// Walks over the basic letters that `text` begins with, each of two bytes: most words hold no others.
fn basic_letters(text: &str) -> impl Iterator<Item = char> {
    let (letters, _) = text.as_bytes().as_chunks::<2>();
    letters.iter().map_while(|&[lead, last]| {
        let c = char::from_u32(u32::from(lead & 0x1F) << 6 | u32::from(last & 0x3F))?;
        (matches!(lead, 0xD8 | 0xD9) && is_basic(c)).then_some(c)
    })
}

/// Measures the basic letters that `text` begins with, in bytes.
pub(crate) fn basic_run(text: &str) -> usize {
    2 * basic_letters(text).count()
}

/// Tells whether a basic letter folds to another.
fn is_variant(c: char) -> bool {
    matches!(
        c,
        ALEF_MADDA
            | ALEF_HAMZA
            | WAW_HAMZA
            | ALEF_HAMZA_BELOW
            | YEH_HAMZA
            | TEH_MARBUTA
            | ALEF_MAKSURA
    )
}

fn fold_basic(c: char) -> char {
    match c {
        ALEF_MADDA | ALEF_HAMZA | ALEF_HAMZA_BELOW => ALEF,
        WAW_HAMZA | YEH_HAMZA => HAMZA,
        TEH_MARBUTA => HEH,
        ALEF_MAKSURA => YEH,
        _ => c,
    }
}

fn fold_char(c: char, out: &mut String) {
    match c {
        '\0'..='\x7F' => out.push(c.to_ascii_lowercase()),
        _ if is_basic(c) => out.push(fold_basic(c)),
        ALEF_WASLA => out.push(ALEF),
        '\u{6C0}'..='\u{6C3}' | '\u{6D5}' | '\u{6BE}' => out.push(HEH),
        '\u{6CC}' | '\u{6CE}' | '\u{6D0}' | '\u{6D2}' => out.push(YEH),
        '\u{6A9}' | '\u{6AF}' => out.push(KAF),
        '\u{6A4}' => out.push(FEH),
        '\u{67E}' => out.push(BEH),
        '\u{686}' => out.push(JEEM),
        '\u{660}'..='\u{669}' => out.push(digit(c, '\u{660}')),
        '\u{6F0}'..='\u{6F9}' => out.push(digit(c, '\u{6F0}')),
        '\u{66A}' => out.push('%'),
        '\u{66B}' => out.push('.'),
        '\u{66C}' => out.push(','),
        _ if is_ignorable(c) => {}
        '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{FF01}'..='\u{FF5E}' => {
            decompose_compatible(c, |d| {
                // A decomposition never holds another presentation form, so this ends.
                if d != c {
                    fold_char(d, out);
                } else {
                    out.push(d);
                }
            });
        }
        _ => out.extend(c.to_lowercase()),
    }
}

fn digit(c: char, zero: char) -> char {
    char::from(b'0' + (c as u32 - zero as u32) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn alignment_covers_the_text(text in "\\PC{0,80}|[\u{600}-\u{6ff}\u{fe70}-\u{fefc}\u{200e}😀]{0,80}") {
            let folded = fold(&text);
            prop_assert_eq!(&folded.text, &super::folded(&text));
            prop_assert_eq!(folded.origin.len(), folded.text.len() + 1);
            prop_assert!(folded.origin.is_sorted());
            for &origin in &folded.origin {
                prop_assert!(text.is_char_boundary(origin as usize));
            }
            for (offset, _) in folded.text.char_indices() {
                prop_assert_eq!(original_offset(&text, offset), folded.origin[offset] as usize);
            }
        }

        #[test]
        fn folding_twice_changes_nothing(text in "[\u{600}-\u{6ff}\u{fe70}-\u{fefc}a-zA-Z0-9 ]{0,80}") {
            let once = folded(&text);
            prop_assert_eq!(folded(&once), once);
        }
    }
}
