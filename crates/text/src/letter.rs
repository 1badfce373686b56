//! Single letters and signs by name.
//!
//! Rust code of this project spells no Arabic word; where a rule is about one letter, it uses these.

#![expect(missing_docs, reason = "each name says which letter it is")]

pub const HAMZA: char = '\u{621}';
pub const ALEF_MADDA: char = '\u{622}';
pub const ALEF_HAMZA: char = '\u{623}';
pub const WAW_HAMZA: char = '\u{624}';
pub const ALEF_HAMZA_BELOW: char = '\u{625}';
pub const YEH_HAMZA: char = '\u{626}';
pub const ALEF: char = '\u{627}';
pub const BEH: char = '\u{628}';
pub const TEH_MARBUTA: char = '\u{629}';
pub const TEH: char = '\u{62A}';
pub const THEH: char = '\u{62B}';
pub const JEEM: char = '\u{62C}';
pub const HAH: char = '\u{62D}';
pub const KHAH: char = '\u{62E}';
pub const DAL: char = '\u{62F}';
pub const THAL: char = '\u{630}';
pub const REH: char = '\u{631}';
pub const ZAIN: char = '\u{632}';
pub const SEEN: char = '\u{633}';
pub const SHEEN: char = '\u{634}';
pub const SAD: char = '\u{635}';
pub const DAD: char = '\u{636}';
pub const TAH: char = '\u{637}';
pub const ZAH: char = '\u{638}';
pub const GHAIN: char = '\u{63A}';
pub const TATWEEL: char = '\u{640}';
pub const FEH: char = '\u{641}';
pub const QAF: char = '\u{642}';
pub const KAF: char = '\u{643}';
pub const LAM: char = '\u{644}';
pub const MEEM: char = '\u{645}';
pub const NOON: char = '\u{646}';
pub const HEH: char = '\u{647}';
pub const WAW: char = '\u{648}';
pub const ALEF_MAKSURA: char = '\u{649}';
pub const YEH: char = '\u{64A}';
pub const FATHATAN: char = '\u{64B}';
pub const DAMMA: char = '\u{64F}';
pub const SHADDA: char = '\u{651}';
pub const ALEF_WASLA: char = '\u{671}';
