//! Latin names: plain letters, skeletons, and the order of spellings.

pub(super) fn has_latin_article(latin: &str) -> bool {
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

pub(super) fn skeleton_of_latin(latin: &str) -> String {
    let plain = plain_latin(latin);
    let bare = plain
        .split_once([' ', '-'])
        .filter(|_| has_latin_article(latin))
        .map_or(plain.as_str(), |(_, rest)| rest);
    bare.chars()
        .filter(|letter| letter.is_ascii_lowercase() && !"aeiouyw".contains(*letter))
        .collect()
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
