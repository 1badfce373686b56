//! Glyphs into lines, lines into paragraphs.

/// Baselines nearer than this, in sizes of a letter, are one line.
const LINE: f64 = 0.5;

/// A line further below than this, in sizes of a letter, begins a paragraph.
const PARAGRAPH: f64 = 1.9;

/// A gap wider than this is a space; where spaces are glyphs themselves, only a wide one.
const GAP: f64 = 0.2;
const WIDE_GAP: f64 = 0.6;

/// A glyph and where it stands; `y` grows downwards.
pub(super) struct Glyph {
    text: String,
    x: f64,
    y: f64,
    width: f64,
    size: f64,
}

impl Glyph {
    /// Makes a glyph; its width is in sizes of a letter.
    pub(super) fn new(text: String, (x, y): (f64, f64), width: f64, size: f64) -> Self {
        // Some fonts leave out the width of a letter; only a mark has none.
        let width = if width <= 0.0 && !text.chars().all(is_mark) { 1.0 } else { width };
        Self { text, x, y, width: width * size, size }
    }

    fn is_space(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// Puts the glyphs of a page into lines and the lines into paragraphs.
pub(super) fn laid_out(mut glyphs: Vec<Glyph>) -> String {
    glyphs.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut lines: Vec<Vec<Glyph>> = Vec::new();
    for glyph in glyphs {
        let near =
            |line: &Vec<Glyph>| (glyph.y - line[0].y).abs() < LINE * line[0].size.max(glyph.size);
        match lines.last_mut().filter(|line| near(line)) {
            Some(line) => line.push(glyph),
            None => lines.push(vec![glyph]),
        }
    }
    let mut text = String::new();
    let mut above: Option<(f64, f64)> = None;
    for line in lines {
        let (y, size) = (line[0].y, line.iter().map(|glyph| glyph.size).fold(0.0, f64::max));
        let words = words(line);
        if words.is_empty() {
            continue;
        }
        if let Some((last, last_size)) = above {
            let is_far = PARAGRAPH * size.max(last_size) < y - last;
            text.push_str(if is_far { "\n\n" } else { "\n" });
        }
        text.push_str(&words);
        above = Some((y, size));
    }
    text
}

/// Reads a line from the left, and turns it if it is written from the right.
fn words(mut line: Vec<Glyph>) -> String {
    line.sort_by(|a, b| a.x.total_cmp(&b.x));
    let gap = if line.iter().any(Glyph::is_space) { WIDE_GAP } else { GAP };
    let mut parts: Vec<String> = Vec::new();
    let mut end = f64::NEG_INFINITY;
    for glyph in line {
        let is_apart = glyph.is_space() || end + gap * glyph.size < glyph.x;
        if is_apart && parts.last().is_some_and(|part| part != " ") {
            parts.push(" ".to_owned());
        }
        end = end.max(glyph.x + glyph.width);
        if !glyph.is_space() {
            parts.push(glyph.text);
        }
    }
    if parts.iter().any(|part| part.chars().any(is_from_right)) {
        turn(&mut parts);
    }
    parts.concat().trim().to_owned()
}

/// Turns a line around, and back again in it what is written from the left: numbers and Latin.
fn turn(parts: &mut [String]) {
    parts.reverse();
    let is_left = |part: &String| {
        part.chars().all(|c| c.is_numeric() || c.is_alphabetic() && !is_from_right(c))
    };
    let joins = |part: &String| part.chars().all(|c| " .,:/-%+@_'".contains(c));
    let mut at = 0;
    while at < parts.len() {
        if !is_left(&parts[at]) {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        let mut next = end;
        while next < parts.len() && (is_left(&parts[next]) || joins(&parts[next])) {
            next += 1;
            if is_left(&parts[next - 1]) {
                end = next;
            }
        }
        parts[at..end].reverse();
        at = end;
    }
    for part in parts {
        const PAIRS: [(&str, &str); 5] =
            [("(", ")"), ("[", "]"), ("{", "}"), ("<", ">"), ("\u{ab}", "\u{bb}")];
        let other = PAIRS.iter().find_map(|&(open, close)| match part.as_str() {
            it if it == open => Some(close),
            it if it == close => Some(open),
            _ => None,
        });
        if let Some(other) = other {
            *part = other.to_owned();
        }
    }
}

fn is_from_right(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{65f}' | '\u{66a}'..='\u{6ef}' | '\u{6fa}'..='\u{8ff}')
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{64b}'..='\u{65f}' | '\u{670}')
}
