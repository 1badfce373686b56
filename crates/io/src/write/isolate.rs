//! Text of two directions on one line.

use std::borrow::Cow;

/// FIRST STRONG ISOLATE.
const OPEN: char = '\u{2068}';
/// POP DIRECTIONAL ISOLATE.
const CLOSE: char = '\u{2069}';

/// Wraps right-to-left text in isolates, so that it does not reorder what stands beside it.
///
/// Controls that would break out of the isolate, and line ends, become spaces: the result is for
/// display and no slice of the text.
pub fn isolate(text: &str) -> Cow<'_, str> {
    if text.is_ascii() && !text.bytes().any(|byte| byte.is_ascii_control()) {
        return Cow::Borrowed(text);
    }
    let shown = text.chars().map(|c| if breaks_out(c) { ' ' } else { c });
    let mut isolated = String::with_capacity(text.len() + 6);
    isolated.push(OPEN);
    isolated.extend(shown);
    isolated.push(CLOSE);
    Cow::Owned(isolated)
}

/// Tells whether a character would end an isolate or steer a terminal.
fn breaks_out(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latin_stays_as_it_is() {
        assert_eq!(isolate("clm_1, 12"), "clm_1, 12");
    }

    #[test]
    fn the_isolate_cannot_be_left_from_inside() {
        assert_eq!(isolate("\u{627}\u{2069}\u{202e}\u{628}"), "\u{2068}\u{627}  \u{628}\u{2069}");
        assert_eq!(isolate("a\u{1b}[31m"), "\u{2068}a [31m\u{2069}");
    }
}
