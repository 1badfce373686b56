//! Arabic and Latin names: cleaning, folding, and the choice of the form that news uses.

use super::latin::{has_latin_article, skeleton_of_latin};
use super::words::{is, word};

/// Splits a raw name into the clean forms worth keeping.
pub(super) fn clean(raw: &str) -> Vec<String> {
    let mut outside = String::new();
    let mut depth = 0usize;
    for letter in raw.chars() {
        match letter {
            '(' | '[' | '（' => depth += 1,
            ')' | ']' | '）' => depth = depth.saturating_sub(1),
            _ if depth == 0 => outside.push(letter),
            _ => {}
        }
    }
    let head = outside.split(['،', ',', '؛', ';']).next().unwrap_or_default().to_owned();
    head.split('/').map(spell).filter(|name| is_name(name)).collect()
}

fn spell(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    for letter in raw.chars() {
        match letter {
            '\u{064b}'..='\u{065f}'
            | '\u{0670}'
            | '\u{0640}'
            | '\u{200d}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' => {}
            '\u{2066}'..='\u{2069}' | '\u{06d6}'..='\u{06ed}' | '\u{feff}' => {}
            '\u{200c}' | '\u{00a0}' | '-' | '–' | '_' | '.' => out.push(' '),
            'ٱ' => out.push('ا'),
            'ی' | 'ې' | 'ێ' => out.push('ي'),
            'ک' | 'ڪ' => out.push('ك'),
            'ھ' | 'ہ' | 'ە' | 'ۀ' => out.push('ه'),
            'ۆ' | 'ۇ' | 'ۋ' => out.push('و'),
            'پ' => out.push('ب'),
            'چ' => out.push_str(word("che")),
            'ژ' => out.push('ج'),
            'گ' | 'ڭ' | 'ݣ' | 'ڨ' => out.push('غ'),
            'ڤ' => out.push('ف'),
            'ڕ' => out.push('ر'),
            'ڵ' => out.push('ل'),
            '\'' | '’' | '‘' | '`' | '"' | '«' | '»' => {}
            _ => out.push(letter),
        }
    }
    let words: Vec<&str> = out.split_whitespace().collect();
    words.join(" ").replace(word("misread-allah"), word("allah")).replace(word("three-alefs"), "ا")
}

fn is_name(name: &str) -> bool {
    let letters = name.chars().filter(|letter| is_arabic(*letter)).count();
    let foreign =
        name.chars().any(|letter| letter != ' ' && !letter.is_ascii_digit() && !is_arabic(letter));
    let digits = name.chars().any(|letter| letter.is_ascii_digit());
    let first = name.split(' ').next().unwrap_or_default();
    letters >= 2 && !foreign && !(digits && (letters < 3 || is("numbered", first)))
}

fn is_arabic(letter: char) -> bool {
    matches!(letter, '\u{0621}'..='\u{063a}' | '\u{0641}'..='\u{064a}')
}

/// The key under which spellings of one name meet.
pub(super) fn fold(name: &str) -> String {
    name.chars()
        .filter_map(|letter| match letter {
            'أ' | 'إ' | 'آ' => Some('ا'),
            'ى' => Some('ي'),
            'ة' => Some('ه'),
            'ؤ' | 'ئ' => Some('ء'),
            ' ' => None,
            _ => Some(letter),
        })
        .collect()
}

/// The folded name without its article: the key of a merge.
pub(super) fn key(name: &str) -> String {
    let folded = fold(name);
    match folded.strip_prefix(word("article")) {
        Some(bare) if bare.chars().count() >= 3 => bare.to_owned(),
        _ => folded,
    }
}

/// Drops a leading unit word; `None` if there is none.
pub(super) fn without_unit(name: &str, settlement: bool) -> Option<&str> {
    let (first, rest) = name.split_once(' ')?;
    let words = if settlement { "settlement" } else { "unit" };
    (is(words, first) && rest.chars().count() > 2).then_some(rest)
}

/// Cleans, dedupes and orders the names of one place, the form news would use first.
pub(super) fn arrange(raw: &[String], latin: &str, settlement: bool) -> Vec<String> {
    let mut entries: Vec<(String, bool)> = Vec::new();
    for name in raw.iter().flat_map(|raw| clean(raw)) {
        match without_unit(&name, settlement) {
            Some(bare) => entries.push((bare.to_owned(), true)),
            None => entries.push((name, false)),
        }
    }
    entries.retain(|(name, _)| !is("generic", name));
    let all: Vec<String> = entries.iter().map(|(name, _)| fold(name)).collect();
    entries.retain(|(name, _)| {
        let city = name
            .strip_prefix(word("city"))
            .and_then(|rest| rest.strip_prefix(' '))
            .is_some_and(|bare| all.contains(&fold(bare)));
        let clipped = name.starts_with('ل') && all.contains(&format!("ا{}", fold(name)));
        !city && !clipped && name.split(' ').next() != Some(word("direction"))
    });

    let mut groups: Vec<(String, String, bool)> = Vec::new();
    for (name, prefixed) in entries {
        let folded = fold(&name);
        match groups.iter_mut().find(|(known, _, _)| *known == folded) {
            Some((_, best, seen)) => {
                *seen |= prefixed;
                if detail(&name) > detail(best) {
                    *best = name;
                }
            }
            None => groups.push((folded, name, prefixed)),
        }
    }
    add_article(&mut groups, latin, settlement);
    let wanted = skeleton_of_latin(latin);
    let article = has_latin_article(latin);
    let mut scored: Vec<(i64, usize, String)> = groups
        .into_iter()
        .enumerate()
        .map(|(order, (_, name, prefixed))| {
            let mut score = similarity(&skeleton_of_arabic(&name), &wanted);
            score += if prefixed && !settlement { 200 } else { 0 };
            score +=
                if name.starts_with(word("article")) { if article { 60 } else { 5 } } else { 0 };
            (-score, order, name)
        })
        .collect();
    scored.sort();
    scored.into_iter().map(|(_, _, name)| end_with_ta_marbuta(name)).collect()
}

/// Adds the form with the article where the Latin name has it and no Arabic one does.
fn add_article(groups: &mut Vec<(String, String, bool)>, latin: &str, settlement: bool) {
    let single = !latin.trim().contains(' ') || latin.split_whitespace().count() == 2;
    if !settlement
        || !single
        || !has_latin_article(latin)
        || groups.iter().any(|(_, name, _)| name.starts_with(word("article")))
    {
        return;
    }
    let Some((_, name, _)) = groups.first() else { return };
    if !name.contains(' ') && name.chars().count() >= 3 && !name.starts_with(['أ', 'إ', 'ا', 'آ'])
    {
        let with = format!("{}{name}", word("article"));
        groups.insert(0, (fold(&with), with, false));
    }
}

/// Prefers the careful spelling among those that fold together.
fn detail(name: &str) -> (usize, usize) {
    let hamzas =
        name.chars().filter(|letter| matches!(letter, 'أ' | 'إ' | 'آ' | 'ؤ' | 'ئ')).count();
    let ends = name.split(' ').filter(|word| word.ends_with(['ة', 'ي'])).count();
    (ends, hamzas)
}

fn end_with_ta_marbuta(name: String) -> String {
    if !name.contains('ه') {
        return name;
    }
    let words: Vec<String> = name
        .split(' ')
        .map(|part| match part.strip_suffix('ه') {
            Some(stem)
                if stem.chars().count() >= 2
                    && !is("true-heh", part)
                    && !stem.ends_with(word("double-lam")) =>
            {
                format!("{stem}ة")
            }
            _ => part.to_owned(),
        })
        .collect();
    words.join(" ")
}

fn skeleton_of_arabic(name: &str) -> String {
    let bare = name
        .strip_prefix(word("article"))
        .unwrap_or(name)
        .replace(&format!(" {}", word("article")), " ");
    let mut out = String::new();
    for letter in bare.chars() {
        out.push_str(match letter {
            'ب' => "b",
            'ت' | 'ط' => "t",
            'ث' => "th",
            'ج' => "j",
            'ح' | 'ه' => "h",
            'خ' => "kh",
            'د' | 'ض' => "d",
            'ذ' => "dh",
            'ر' => "r",
            'ز' | 'ظ' => "z",
            'س' | 'ص' => "s",
            'ش' => "sh",
            'غ' => "gh",
            'ف' => "f",
            'ق' => "q",
            'ك' => "k",
            'ل' => "l",
            'م' => "m",
            'ن' => "n",
            _ => "",
        });
    }
    out
}

/// Twice the longest common subsequence over the lengths, in percent.
fn similarity(left: &str, right: &str) -> i64 {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    let mut row = vec![0usize; right.len() + 1];
    for a in &left {
        let mut diagonal = 0;
        for (at, b) in right.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if a == b { diagonal + 1 } else { above.max(row[at]) };
            diagonal = above;
        }
    }
    let total = left.len() + right.len();
    (200 * row[right.len()]).checked_div(total).unwrap_or(0) as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each case: what is done, the names, the Latin name, what comes out.
    #[test]
    fn names_are_arranged_as_listed() {
        for line in include_str!("cases.tsv").lines().skip(1) {
            let cells: Vec<&str> = line.split('\t').collect();
            let [job, names, latin, expected] = cells[..] else { panic!("cells: {line}") };
            let raw: Vec<String> = names.split('|').map(str::to_owned).collect();
            let found = match job {
                "clean" => clean(names),
                "settlement" => arrange(&raw, latin, true),
                "unit" => arrange(&raw, latin, false),
                other => panic!("unknown job '{other}'"),
            };
            assert_eq!(found.join("|"), expected, "{line}");
        }
    }
}
