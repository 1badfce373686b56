//! Arabic and Latin names: cleaning, folding, and the choice of the form that news uses.

/// Words that say what kind of unit follows; the bare name is kept.
const UNIT_WORDS: &[&str] = &[
    "محافظة",
    "محافظه",
    "ولاية",
    "ولايه",
    "إقليم",
    "اقليم",
    "شعبية",
    "إمارة",
    "امارة",
    "قضاء",
    "مديرية",
    "مركز",
    "شهرستان",
    "مقاطعة",
    "عمالة",
    "دائرة",
    "بلدية",
    "محلية",
    "ناحية",
    "ناحيه",
    "جماعة",
    "معتمدية",
    "منطقة",
    "منطقه",
    "لواء",
];
/// The unit words that are dropped before the name of a settlement too.
const SETTLEMENT_WORDS: &[&str] = &[
    "محافظة",
    "محافظه",
    "قضاء",
    "ناحية",
    "ناحيه",
    "مديرية",
    "بلدية",
    "شعبية",
    "جماعة",
    "شهرستان",
    "ولاية",
    "إقليم",
];
/// First words of names that are addresses, not places.
const NUMBERED: &[&str] = &["مجمع", "بلوك", "قطعة", "المنطقة", "فاز", "قسيمة"];
/// Names of this many kinds of unit that name no unit by themselves.
const GENERIC: &[&str] = &[
    "العاصمة",
    "المنطقة الشمالية",
    "المنطقة الجنوبية",
    "المنطقة الوسطى",
    "المنطقة المركزية",
    "بلدية",
    "ناحية",
    "مدينة",
    "المركز",
    "مركز",
    "قرية",
    "المدينة",
    "منطقة",
    "حي",
    "محافظة",
    "ساليم",
    "البلا",
    "اريئيل",
    "صهيون",
    "المنطقة",
];

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
            'چ' => out.push_str("تش"),
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
    words.join(" ").replace("اهلل", "الله").replace("ااا", "ا")
}

fn is_name(name: &str) -> bool {
    let letters = name.chars().filter(|letter| is_arabic(*letter)).count();
    let foreign =
        name.chars().any(|letter| letter != ' ' && !letter.is_ascii_digit() && !is_arabic(letter));
    let digits = name.chars().any(|letter| letter.is_ascii_digit());
    let first = name.split(' ').next().unwrap_or_default();
    letters >= 2 && !foreign && !(digits && (letters < 3 || NUMBERED.contains(&first)))
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
    match folded.strip_prefix("ال") {
        Some(bare) if bare.chars().count() >= 3 => bare.to_owned(),
        _ => folded,
    }
}

/// Drops a leading unit word; `None` if there is none.
pub(super) fn without_unit(name: &str, settlement: bool) -> Option<&str> {
    let (first, rest) = name.split_once(' ')?;
    let words = if settlement { SETTLEMENT_WORDS } else { UNIT_WORDS };
    (words.contains(&first) && rest.chars().count() > 2).then_some(rest)
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
    entries.retain(|(name, _)| !GENERIC.contains(&name.as_str()));
    let all: Vec<String> = entries.iter().map(|(name, _)| fold(name)).collect();
    entries.retain(|(name, _)| {
        let city = name.strip_prefix("مدينة ").is_some_and(|bare| all.contains(&fold(bare)));
        let clipped = name.starts_with('ل') && all.contains(&format!("ا{}", fold(name)));
        !city && !clipped && !name.starts_with("جهة ")
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
            score += if name.starts_with("ال") { if article { 60 } else { 5 } } else { 0 };
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
        || groups.iter().any(|(_, name, _)| name.starts_with("ال"))
    {
        return;
    }
    let Some((_, name, _)) = groups.first() else { return };
    if !name.contains(' ') && name.chars().count() >= 3 && !name.starts_with(['أ', 'إ', 'ا', 'آ'])
    {
        let with = format!("ال{name}");
        groups.insert(0, (fold(&with), with, false));
    }
}

fn has_latin_article(latin: &str) -> bool {
    let plain = plain_latin(latin);
    let Some((first, _)) = plain.split_once([' ', '-']) else { return false };
    matches!(
        first,
        "al" | "an"
            | "ar"
            | "as"
            | "ash"
            | "ad"
            | "adh"
            | "at"
            | "ath"
            | "az"
            | "el"
            | "es"
            | "er"
            | "ed"
            | "en"
    )
}

/// Prefers the careful spelling among those that fold together.
fn detail(name: &str) -> (usize, usize) {
    let hamzas = name.chars().filter(|letter| "أإآؤئ".contains(*letter)).count();
    let ends = name.split(' ').filter(|word| word.ends_with(['ة', 'ي'])).count();
    (ends, hamzas)
}

/// Words that truly end in ه.
const TRUE_HA: &[&str] = &[
    "الله",
    "عبدالله",
    "اللة",
    "مياه",
    "المياه",
    "شاه",
    "كوه",
    "طه",
    "فقيه",
    "الفقيه",
    "وجيه",
    "نبيه",
    "نزيه",
    "شبيه",
    "منتزه",
    "المنتزه",
    "متنزه",
    "نه",
    "جاه",
    "الوجه",
    "وجه",
    "بيه",
    "ابيه",
    "أبيه",
    "وادبيه",
    "داديه",
    "ديه",
    "ده",
    "قره",
    "أنه",
    "تيه",
    "التيه",
    "الشبيه",
    "مايه",
    "كرداه",
    "عاليه",
    "جونيه",
    "ره",
    "ماه",
    "راه",
    "كاه",
    "غاه",
    "قلعه",
];

fn end_with_ta_marbuta(name: String) -> String {
    if !name.contains('ه') {
        return name;
    }
    let words: Vec<String> = name
        .split(' ')
        .map(|word| match word.strip_suffix('ه') {
            Some(stem)
                if stem.chars().count() >= 2
                    && !TRUE_HA.contains(&word)
                    && !stem.ends_with("لل") =>
            {
                format!("{stem}ة")
            }
            _ => word.to_owned(),
        })
        .collect();
    words.join(" ")
}

fn skeleton_of_arabic(name: &str) -> String {
    let bare = name.strip_prefix("ال").unwrap_or(name).replace(" ال", " ");
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

fn skeleton_of_latin(latin: &str) -> String {
    let plain = plain_latin(latin);
    let bare = plain
        .split_once([' ', '-'])
        .filter(|_| has_latin_article(latin))
        .map_or(plain.as_str(), |(_, rest)| rest);
    bare.chars()
        .filter(|letter| letter.is_ascii_lowercase() && !"aeiouyw".contains(*letter))
        .collect()
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

/// A Latin name in plain ASCII letters, case kept.
pub(super) fn ascii(latin: &str) -> String {
    let mut out = String::with_capacity(latin.len());
    for letter in latin.chars() {
        match letter {
            'ā' | 'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'ă' | 'ą' => out.push('a'),
            'Ā' | 'Á' | 'À' | 'Â' | 'Ä' | 'Ã' | 'Å' => out.push('A'),
            'ē' | 'é' | 'è' | 'ê' | 'ë' | 'ė' | 'ę' | 'ě' => out.push('e'),
            'É' | 'È' | 'Ê' | 'Ē' => out.push('E'),
            'ī' | 'í' | 'ì' | 'î' | 'ï' | 'ı' | 'ĭ' => out.push('i'),
            'Ī' | 'Í' | 'Ì' | 'Î' | 'Ï' | 'İ' => out.push('I'),
            'ō' | 'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' | 'ő' => out.push('o'),
            'Ō' | 'Ó' | 'Ò' | 'Ô' | 'Ö' | 'Ø' => out.push('O'),
            'ū' | 'ú' | 'ù' | 'û' | 'ü' | 'ŭ' | 'ů' => out.push('u'),
            'Ū' | 'Ú' | 'Ù' | 'Û' | 'Ü' => out.push('U'),
            'ḩ' | 'ḥ' | 'ħ' => out.push('h'),
            'Ḩ' | 'Ḥ' => out.push('H'),
            'ş' | 'ṣ' | 'š' | 'ș' | 'ś' => out.push('s'),
            'Ş' | 'Ṣ' | 'Š' | 'Ș' => out.push('S'),
            'ţ' | 'ṭ' | 'ț' => out.push('t'),
            'Ţ' | 'Ṭ' | 'Ț' => out.push('T'),
            'ḑ' | 'ḍ' | 'ḏ' | 'đ' => out.push('d'),
            'Ḑ' | 'Ḍ' | 'Ḏ' => out.push('D'),
            'ẓ' | 'ž' | 'ż' | 'ź' => out.push('z'),
            'Ẓ' | 'Ž' | 'Ż' => out.push('Z'),
            'ḫ' | 'ẖ' => out.push_str("kh"),
            'Ḫ' => out.push_str("Kh"),
            'ğ' | 'ġ' | 'ģ' => out.push('g'),
            'Ğ' | 'Ġ' => out.push('G'),
            'ç' | 'č' | 'ć' => out.push('c'),
            'Ç' | 'Č' | 'Ć' => out.push('C'),
            'ñ' | 'ń' | 'ň' => out.push('n'),
            'ł' => out.push('l'),
            'Ł' => out.push('L'),
            'ř' => out.push('r'),
            'ý' => out.push('y'),
            'ß' => out.push_str("ss"),
            '‘' | '’' | 'ʿ' | 'ʾ' | 'ʻ' | 'ʼ' | '´' => out.push('\''),
            '\u{0300}'..='\u{036f}' => {}
            _ => out.push(letter),
        }
    }
    out
}

/// The key under which Latin spellings of one name meet.
pub(super) fn plain_latin(latin: &str) -> String {
    ascii(latin).to_lowercase().chars().filter(|letter| !"'`".contains(*letter)).collect()
}

/// Up to three distinct Latin names, without codes and unit words.
pub(super) fn arrange_latin(raw: &[String]) -> Vec<String> {
    let mut seen: Vec<String> = Vec::new();
    let mut out = Vec::new();
    for name in raw {
        let mut name = ascii(name.trim());
        for word in [" District", " Governorate", " Province", " Subdistrict"] {
            if let Some(bare) = name.strip_suffix(word) {
                name = bare.to_owned();
            }
        }
        let code = name.len() <= 4 && name.chars().all(|letter| letter.is_ascii_uppercase());
        let folded: String =
            plain_latin(&name).chars().filter(|letter| letter.is_ascii_alphanumeric()).collect();
        let usable =
            name.is_ascii() && !name.contains(['|', '\t', '(', ',']) && folded.len() >= 2 && !code;
        if usable && !seen.contains(&folded) && out.len() < 3 {
            seen.push(folded);
            out.push(name);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arranged(names: &[&str], latin: &str, settlement: bool) -> Vec<String> {
        let raw: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        arrange(&raw, latin, settlement)
    }

    #[test]
    fn careful_spelling_comes_first_and_once() {
        assert_eq!(arranged(&["الرقه", "الرقة"], "Ar Raqqah", true), ["الرقة"]);
        assert_eq!(arranged(&["ميادين", "الميادين"], "Al Mayadin", true), ["الميادين", "ميادين"]);
        assert_eq!(arranged(&["ادلب", "إدلب", "محافظة إدلب"], "Idlib", true), ["إدلب"]);
    }

    #[test]
    fn units_lose_their_type_noun() {
        let names = ["محافظه الرقه", "الرقة", "محافظة الرقة"];
        assert_eq!(arranged(&names, "Ar Raqqah", false), ["الرقة"]);
        assert_eq!(arranged(&["الرمادي", "محافظة الأنبار"], "Al-Anbar", false)[0], "الأنبار");
    }

    #[test]
    fn junk_is_dropped() {
        assert!(clean("Al Khān").is_empty());
        assert!(clean("مجمع 316").is_empty());
        assert_eq!(clean("سيدي عقبة، الجزائر"), ["سيدي عقبة"]);
        assert_eq!(clean("بوجنيبة (البلدية)"), ["بوجنيبة"]);
        assert_eq!(clean("اَلرَّابِيَة"), ["الرابية"]);
    }
}
