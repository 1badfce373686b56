//! Cues: the verbs and phrases that say somebody speaks, and how far the voice reaches.

use super::super::Reading;
use super::super::clauses::{Boundary, preposition_at};
use super::super::words::{KnownCut, Lex, PhraseMatch};
use sijill_knowledge::{Phrase, Prep, VerbClass};
use sijill_model::Modality;
use sijill_text::TokenKind;
use sijill_text::clitic::{Conjunction, Preposition};
use sijill_text::letter::{ALEF, HEH};
use sijill_text::morph::Pos;
use std::ops::Range;

use super::links::{hears, is_vague, link_from, own_link, relays};
use super::speakers::subject;
use super::{Link, Voice};

/// How many words behind a verb of saying "that" may stand.
const REACH: usize = 30;

/// The most words, marks included, of a name in quotation marks.
const QUOTED: usize = 7;

/// Reads "according to …", "quoting …": the whole sentence around is said by the noun phrase behind.
pub(super) fn prepositional_cues(
    reading: &Reading<'_>,
    sentence: &Range<usize>,
    voices: &mut Vec<Voice>,
) {
    let all = reading.words.all_phrases();
    let first = all.partition_point(|phrase| (phrase.start as usize) < sentence.start);
    for phrase in &all[first..] {
        let start = phrase.start as usize;
        if sentence.end <= start {
            break;
        }
        if !(reading.cites(phrase) || phrase.phrase == Phrase::Relay) {
            continue;
        }
        let behind = phrase.end as usize;
        // "In their words": whoever speaks there anyway.
        let own = |lex: &Lex| !lex.is_finite() && lex.pronoun.is_some();
        if behind < sentence.end && reading.words.lex(behind).iter().any(own) {
            continue;
        }
        let (chain, end) = match link_from(reading, behind, sentence) {
            Some((link, end)) => (vec![link], end),
            // "The statement said": whose words were heard before.
            None => match voices.last().filter(|_| reading.words.has_article(behind - 1)) {
                Some(voice) if near(reading, voices, sentence) => (voice.chain.clone(), behind),
                _ => continue,
            },
        };
        // In the middle of a sentence it speaks for what stands before it, to the last cue, if it
        // does not lead to what follows: "and by witnesses' accounts, so the raid …".
        let scope = if start <= sentence.start + 3 {
            start..sentence.end
        } else if leads_on(reading, end) {
            end..sentence.end
        } else {
            clause_back(reading, start, sentence)..sentence.end.min(end + 1)
        };
        voices.push(Voice {
            words: scope,
            chain,
            cue: reading.words.span(start..behind),
            denies: false,
            hedges: false,
        });
    }
}

/// Tells whether a word that denies stands right before a verb.
fn is_negated(reading: &Reading<'_>, verb: usize) -> bool {
    let denies = |p: &PhraseMatch| {
        matches!(p.phrase, Phrase::Modality(cue) if cue.modality == Some(Modality::Denied))
            && p.end as usize == verb
    };
    verb > 0 && reading.words.phrases(verb - 1).iter().any(denies)
}

impl Reading<'_> {
    /// Tells whether a phrase names who says so: "according to", "as … said".
    pub(crate) fn cites(&self, phrase: &PhraseMatch) -> bool {
        let says = |lex: &Lex| lex.is_finite() && only_says(self, lex);
        let behind = phrase.end as usize;
        match phrase.phrase {
            Phrase::According => true,
            Phrase::AsSaid => {
                behind < self.words.all.len() && self.words.lex(behind).iter().any(says)
            }
            _ => false,
        }
    }
}

/// Tells whether a clause begins at a word that "so that" opens.
fn leads_on(reading: &Reading<'_>, i: usize) -> bool {
    let words = reading.words;
    let so = |c: &KnownCut| c.cut.proclitics.conjunction == Some(Conjunction::Feh);
    let that = words
        .phrases(i.min(words.all.len() - 1))
        .iter()
        .any(|p| p.phrase == Phrase::That && p.proclitics.conjunction == Some(Conjunction::Feh));
    i < words.all.len()
        && (that || words.cuts(i).iter().any(so) && reading.clauses.verb(words, i).is_some())
}

pub(super) fn clause_back(reading: &Reading<'_>, at: usize, sentence: &Range<usize>) -> usize {
    let hard =
        |&i: &usize| i < at && reading.clauses.before[i] == Boundary::Strong && i > sentence.start;
    sentence.clone().rev().find(hard).unwrap_or(sentence.start)
}

/// Reads verbs of saying, and verbal nouns of saying, with who says.
pub(super) fn verbal_cues(
    reading: &Reading<'_>,
    sentence: &Range<usize>,
    voices: &mut Vec<Voice>,
    first_of_sentence: usize,
) {
    for i in sentence.clone() {
        let Some((lex, finite)) = saying(reading, i) else { continue };
        let words = reading.words;
        let content = content_start(reading, i, sentence);
        let said = if finite {
            subject(reading, i, &lex, sentence, content, voices)
        } else if lex.form.pos == Pos::Masdar && lex.pronoun.is_none() {
            // "In a statement to the agency": who hears it does not say it.
            let told =
                |end: usize| reading.mentions.at(end - 1).is_some_and(|id| hears(reading, id));
            let found = link_from(reading, i + 1, sentence).filter(|&(_, end)| !told(end));
            found.map(|(link, _)| vec![link])
        } else {
            None
        };
        let denies = words.verb_has(&lex, VerbClass::Deny);
        let hedges = words.verb_has(&lex, VerbClass::Hedge);
        // "No news of losses arrived": nobody says so.
        let vague = |chain: &Vec<Link>| {
            chain.last().is_some_and(|l| l.entity.is_none_or(|e| is_vague(reading, e)))
        };
        let open = content == sentence.end.min(i + REACH);
        if open && is_negated(reading, i) && said.as_ref().is_none_or(vague) {
            continue;
        }
        let known = said.is_some();
        let mut chain = match said {
            Some(said) => {
                // "the agency quoted a commander, who said": the chain is known already.
                let same = |v: &&Voice| match (v.chain.last(), said.last()) {
                    (Some(earlier), Some(link)) => earlier.is_same(*link),
                    _ => false,
                };
                let earlier = voices[first_of_sentence..].iter().rev().find(same);
                earlier.map_or(said, |voice| voice.chain.clone())
            }
            None => {
                match heard_before(reading, i, &lex, sentence, &voices[..], first_of_sentence) {
                    Some(chain) => chain,
                    None => continue,
                }
            }
        };
        if known && finite {
            relays(reading, i, &lex, sentence, content, voices, &mut chain);
        }
        if chain.is_empty() {
            continue;
        }
        let start = i + 1;
        let voice =
            Voice { words: start..sentence.end, chain, cue: words.all[i].span, denies, hedges };
        // A new voice ends the one before it.
        if known {
            for earlier in &mut voices[first_of_sentence..] {
                let ends = clause_start_before(reading, i, sentence);
                if earlier.words.end > ends && earlier.words.start < ends {
                    earlier.words.end = ends;
                }
            }
        }
        voices.push(voice);
    }
}

/// Finds where the clause of a later cue begins, so that an earlier voice ends there.
pub(super) fn clause_start_before(
    reading: &Reading<'_>,
    i: usize,
    sentence: &Range<usize>,
) -> usize {
    reading.clauses.start_of(i, sentence)
}

pub(super) fn near(reading: &Reading<'_>, voices: &[Voice], sentence: &Range<usize>) -> bool {
    let last = voices.last().map_or(0, |v| v.words.end);
    let between = reading.sentences.iter().filter(|s| last <= s.start && s.end <= sentence.start);
    between.count() <= 1
}

pub(super) fn opens_sentence(reading: &Reading<'_>, i: usize, sentence: &Range<usize>) -> bool {
    let signs =
        (sentence.start..i).all(|w| reading.words.all[w].sign != '\0' || i - sentence.start <= 2);
    signs && i <= sentence.start + 3
}

/// Returns the reading of a word as saying something: a finite verb, a participle or a verbal noun.
pub(super) fn saying(reading: &Reading<'_>, i: usize) -> Option<(Lex, bool)> {
    let words = reading.words;
    let counts = |id| reading.mentions.get(id).amount.is_some();
    if reading.mentions.at(i).is_some_and(counts) {
        // "no less than": the verb belongs to the number.
        return None;
    }
    if let Some(lex) = reading.clauses.verb(words, i) {
        if only_says(reading, lex) {
            return Some((*lex, true));
        }
        // Another verb of this spelling may say something, if a that-clause or "about" follows.
        let says = |lex: &&Lex| lex.is_finite() && words.verb_has(lex, VerbClass::Say);
        let other = words.lex(i).iter().find(says)?;
        let limit = words.all.len().min(i + 14);
        let about = |w: usize| {
            w < i + 5 && preposition_at(words, w).is_some_and(|(prep, ..)| prep == Prep::About)
        };
        let that = (i + 1..limit).any(|w| reading.clauses.before[w] == Boundary::That || about(w));
        return that.then_some((*other, true));
    }
    // "After" is spelled like "by counting".
    let nominal = words.lex(i).iter().filter(|_| words.phrases(i).is_empty()).find(|lex| {
        words.verb_has(lex, VerbClass::Say)
            && !lex.proclitics.article
            && matches!(lex.form.pos, Pos::ActiveParticiple | Pos::Masdar)
    })?;
    let participle = nominal.form.pos == Pos::ActiveParticiple;
    let accusative = words.folded(i).ends_with([ALEF, HEH]);
    let announced =
        nominal.form.pos == Pos::Masdar && nominal.proclitics.preposition == Some(Preposition::Beh);
    let free = reading.mentions.at(i).is_none();
    (participle && accusative && free || announced).then_some((*nominal, false))
}

/// Tells whether a verb says something whatever follows. "The town witnessed" lends its subject, and
/// says something only before "that".
fn only_says(reading: &Reading<'_>, lex: &Lex) -> bool {
    let is = |class| reading.words.verb_has(lex, class);
    is(VerbClass::Say) && !is(VerbClass::Light)
}

/// Finds where the content begins: behind "that", a colon or a quotation mark.
pub(super) fn content_start(reading: &Reading<'_>, i: usize, sentence: &Range<usize>) -> usize {
    let limit = sentence.end.min(i + REACH);
    let begins = |w: usize| {
        let that = reading.clauses.before[w] == Boundary::That;
        that || reading.words.all[w].sign == ':' || opens_quotation(reading, w)
    };
    (i + 1..limit).find(|&w| begins(w)).unwrap_or(limit)
}

/// Tells whether more is quoted from a sign on than a name.
fn opens_quotation(reading: &Reading<'_>, i: usize) -> bool {
    let word = &reading.words.all[i];
    word.kind == TokenKind::Sign
        && reading.quotations.innermost(word.token as usize).is_some_and(|q| {
            q.tokens.start == word.token as usize
                && QUOTED < reading.words.of_tokens(&q.tokens).len()
        })
}

/// Finds whose words go on where a verb of saying names nobody: whoever spoke last, or for a
/// participle who acts in the sentence.
pub(super) fn heard_before(
    reading: &Reading<'_>,
    i: usize,
    lex: &Lex,
    sentence: &Range<usize>,
    voices: &[Voice],
    first_of_sentence: usize,
) -> Option<Vec<Link>> {
    if let Some(within) = voices[first_of_sentence..].last() {
        return Some(within.chain.clone());
    }
    let participle = lex.form.pos == Pos::ActiveParticiple;
    if participle && let Some(link) = own_link(reading, i, sentence) {
        return Some(vec![link]);
    }
    let bare = participle || lex.is_finite() && opens_sentence(reading, i, sentence);
    let goes_on =
        bare && reading.words.verb_has(lex, VerbClass::BareSay) && near(reading, voices, sentence);
    voices.last().filter(|_| goes_on).map(|voice| voice.chain.clone())
}

/// Carries a voice on: a quotation that is still open, or a sentence inside one.
pub(super) fn run_on(reading: &Reading<'_>, s: usize, voices: &mut Vec<Voice>) {
    let sentence = &reading.sentences[s];
    let token = reading.words.all[sentence.start].token as usize;
    let Some(quotation) = reading.quotations.innermost(token) else { return };
    let opened = reading.words.of_tokens(&quotation.tokens).start;
    // The voice that reaches the opening of the quotation, or ends right before it.
    let speaks = |voice: &&Voice| {
        voice.words.contains(&opened) || voice.words.end <= opened && opened <= voice.words.end + 2
    };
    let voice = voices.iter().rev().take(12).find(speaks);
    if opened < sentence.start
        && let Some(voice) = voice
    {
        let carried = Voice { words: sentence.clone(), ..voice.clone() };
        voices.push(carried);
    }
}
