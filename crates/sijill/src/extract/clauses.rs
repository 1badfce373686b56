//! Clauses: where one ends and the next begins, and which words are verbs there.

use super::words::{KnownCut, Lex, NameMatch, Words};
use sijill_knowledge::{Name, Phrase, Prep, VerbClass};
use sijill_text::TokenKind;
use sijill_text::clitic::Preposition;
use sijill_text::letter::DAMMA;
use sijill_text::morph::{Person, Pos, Tense};
use std::ops::Range;

/// What stands before a word and divides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Boundary {
    /// Nothing.
    None,
    /// A comma or a dash.
    Comma,
    /// A semicolon, a colon or a line break.
    Strong,
    /// A relative pronoun stands here.
    Relative,
    /// A that-clause begins here.
    That,
    /// A subordinate clause begins here.
    Subordinate,
    /// A verb joined by "and" begins here.
    JoinedVerb,
}

impl Boundary {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::None => "main",
            Self::Comma => "after comma",
            Self::Strong => "main",
            Self::Relative => "relative",
            Self::That => "that-clause",
            Self::Subordinate => "subordinate",
            Self::JoinedVerb => "coordinated",
        }
    }
}

/// The clause structure of a text, word by word.
pub(crate) struct Clauses {
    /// What divides before each word.
    pub(crate) before: Vec<Boundary>,
    /// For each word: the finite verb reading chosen, as an index into its readings plus one.
    verbs: Vec<u8>,
}

impl Clauses {
    pub(crate) fn new(words: &Words<'_>, sentences: &[Range<usize>], in_time: &[bool]) -> Self {
        let mut clauses =
            Self { before: vec![Boundary::None; words.all.len()], verbs: vec![0; words.all.len()] };
        for sentence in sentences {
            for i in sentence.clone() {
                if !in_time[i] {
                    clauses.verbs[i] = verb_reading(words, i, sentence.start);
                }
                clauses.before[i] = clauses.boundary(words, i, sentence.start);
            }
        }
        clauses
    }

    /// Returns the finite verb reading chosen for a word.
    pub(crate) fn verb<'w>(&self, words: &'w Words<'_>, i: usize) -> Option<&'w Lex> {
        words.lex(i).get((*self.verbs.get(i)?).checked_sub(1)? as usize)
    }

    fn boundary(&self, words: &Words<'_>, i: usize, start: usize) -> Boundary {
        if i == start {
            return Boundary::Strong;
        }
        for phrase in words.phrases(i) {
            match phrase.phrase {
                Phrase::Relative => return Boundary::Relative,
                Phrase::That => return Boundary::That,
                // "At a time when …", not "at a late hour".
                Phrase::Subordinator
                    if phrase.proclitics.preposition.is_none()
                        && !words.phrases(i).iter().any(|longer| {
                            longer.phrase == Phrase::Epithet && phrase.end < longer.end
                        }) =>
                {
                    return Boundary::Subordinate;
                }
                _ => {}
            }
        }
        let joined = |lex: &Lex| lex.proclitics.conjunction.is_some();
        if self.verb(words, i).is_some_and(joined) {
            return Boundary::JoinedVerb;
        }
        match words.all[i - 1].sign {
            '–' | '—' if is_repeated(words, i) => Boundary::None,
            '،' | ',' | '–' | '—' => Boundary::Comma,
            '؛' | ';' | ':' | '.' | '!' | '؟' | '…' => Boundary::Strong,
            _ if words.all[i].after_break => Boundary::Strong,
            _ => Boundary::None,
        }
    }

    /// Returns the first word of the clause in which word `i` stands.
    pub(crate) fn start_of(&self, i: usize, sentence: &Range<usize>) -> usize {
        let mut at = i;
        while at > sentence.start && self.before[at] == Boundary::None {
            at -= 1;
        }
        at
    }

    /// Cuts a sentence into its clauses.
    pub(crate) fn of(&self, sentence: Range<usize>) -> Vec<(Range<usize>, Boundary)> {
        let mut cuts: Vec<usize> = sentence
            .clone()
            .filter(|&i| i == sentence.start || self.before[i] != Boundary::None)
            .collect();
        cuts.push(sentence.end);
        cuts.windows(2).map(|w| (w[0]..w[1], self.before[w[0]])).collect()
    }
}

/// Chooses the finite verb reading of a word, or none; returns its index plus one.
fn verb_reading(words: &Words<'_>, i: usize, start: usize) -> u8 {
    let lex = words.lex(i);
    let full = |l: &Lex| l.is_finite() && !l.form.shortened;
    let Some(first) = lex.iter().position(full).or_else(|| lex.iter().position(Lex::is_finite))
    else {
        return 0;
    };
    let chosen = lex
        .iter()
        .position(|l| full(l) && l.pronoun.is_none())
        .filter(|_| lex[first].pronoun.is_some())
        .unwrap_or(first);
    // "Inflicted" is spelled like "I overtake": who reports does not speak of himself.
    let other = |l: &Lex| {
        full(l) && l.form.person != Some(Person::First) && l.pronoun == lex[chosen].pronoun
    };
    let chosen = lex
        .iter()
        .position(other)
        .filter(|_| lex[chosen].form.person == Some(Person::First))
        .unwrap_or(chosen);
    if names_town(words, i, start, &lex[chosen]) || joins_land(words, i, &lex[chosen]) {
        return 0;
    }
    let nominal = lex.iter().any(|l| !l.is_finite());
    // A whole verb beats a particle that "and so" is attached to.
    let plain_verb = lex[chosen].proclitics.conjunction.is_none();
    let phrase = words.phrases(i).iter().any(|p| {
        p.end as usize == i + 1
            && !(plain_verb && p.proclitics.conjunction.is_some())
            && !leaves_something(words, i, start, &lex[chosen])
            && matches!(
                p.phrase,
                Phrase::Preposition(_)
                    | Phrase::That
                    | Phrase::Relative
                    | Phrase::Subordinator
                    | Phrase::Epithet
            )
    });
    if phrase {
        return 0;
    }
    // So does a noun that is a whole word beat a verb behind "and": a minister is no "and was visited".
    let whole = lex.iter().any(|l| {
        !l.is_finite() && l.proclitics.conjunction.is_none() && l.proclitics.preposition.is_none()
    });
    if whole && lex[chosen].proclitics.conjunction.is_some() {
        return 0;
    }
    // What takes no object has no pronoun for one: "its control", never "controlled it".
    let object = lex[chosen].pronoun.is_some()
        && !words.knowledge.lexicon.lemma(lex[chosen].lemma).transitive;
    if object && lex.iter().any(|l| !l.is_finite() && l.lemma == lex[chosen].lemma) {
        return 0;
    }
    // A noun that is spelled out beats a verb with a pronoun; "we" is rare in the news.
    let plain = lex.iter().any(|l| !l.is_finite() && l.pronoun.is_none());
    let first_person = lex[chosen].form.person == Some(Person::First);
    if plain && (lex[chosen].pronoun.is_some() || first_person) {
        return 0;
    }
    if nominal && !reads_as_verb(words, i, start, &lex[chosen]) {
        return 0;
    }
    chosen as u8 + 1
}

/// "… and the plain of al-Ghab" is spelled like "and he made … easy": a noun for a place that "and"
/// joins, and what has the article behind it.
fn joins_land(words: &Words<'_>, i: usize, verb: &Lex) -> bool {
    let types = &words.knowledge.place_types;
    let joined = verb.proclitics.conjunction.is_some() && verb.pronoun.is_none();
    let land = |cut: &KnownCut| {
        let front = cut.cut.proclitics;
        front.conjunction.is_some() && !front.article && types.get(cut.word).is_some()
    };
    let named = |i: usize| {
        words.has_article(i)
            || words.names_at(i).iter().any(|n| matches!(n.name, Name::Place { .. }))
    };
    joined
        && words.cuts(i).iter().any(land)
        && words.all.get(i + 1).is_some_and(|next| !next.after_break)
        && named(i + 1)
}

/// "Ground – ground": the word before a dash is that behind it, and the dash divides nothing.
fn is_repeated(words: &Words<'_>, i: usize) -> bool {
    i > 1 && words.all[i].kind == TokenKind::Word && words.folded(i) == words.folded(i - 2)
}

/// "Tadmur" is spelled like "she destroys": behind a preposition, a noun for a settlement, or a verb
/// that needs no other, the word is the name of a place.
fn names_town(words: &Words<'_>, i: usize, start: usize, verb: &Lex) -> bool {
    let Some(previous) = i.checked_sub(1).filter(|&p| p >= start) else { return false };
    if verb.form.tense != Some(Tense::Present)
        || verb.pronoun.is_some()
        || verb.proclitics.conjunction.is_some()
        || verb.proclitics.future
    {
        return false;
    }
    let whole = |n: &NameMatch| n.end as usize == i + 1;
    let place = words.names_at(i).iter().any(|n| matches!(n.name, Name::Place { .. }) && whole(n));
    let types = &words.knowledge.place_types;
    let typed = || words.cuts(previous).iter().any(|cut| types.get(cut.word).is_some());
    let helps = |lex: &Lex| {
        [
            VerbClass::Aspect,
            VerbClass::Able,
            VerbClass::Try,
            VerbClass::Light,
            VerbClass::Impersonal,
        ]
        .into_iter()
        .any(|class| words.verb_has(lex, class))
    };
    let governed = || {
        let lex = words.lex(previous);
        !lex.is_empty() && lex.iter().all(|lex| lex.is_finite() && !helps(lex))
    };
    place && (typed() || governed() || is_governed(words, i, previous))
}

/// Tells whether a preposition or a determiner stands right before word `i`, behind which no verb
/// can stand.
fn is_governed(words: &Words<'_>, i: usize, previous: usize) -> bool {
    (previous.saturating_sub(2)..=previous).any(|p| {
        words.phrases(p).iter().any(|m| {
            m.end as usize == i
                && matches!(
                    m.phrase,
                    Phrase::Preposition(_)
                        | Phrase::Determiner
                        | Phrase::Demonstrative
                        | Phrase::According
                )
        })
    })
}

/// "Behind" at the beginning of a clause is "left" where a happening follows: "the blast left …".
fn leaves_something(words: &Words<'_>, i: usize, start: usize, verb: &Lex) -> bool {
    let opens = i == start || words.all[i - 1].kind == TokenKind::Sign;
    let happening = |lex: &Lex| {
        lex.proclitics.article
            && lex.form.pos != Pos::Verb
            && !words.knowledge.frames.evoked_by(lex.lemma).is_empty()
    };
    opens
        && words.verb_has(verb, VerbClass::Cause)
        && words.all.get(i + 1).is_some_and(|_| words.lex(i + 1).iter().any(happening))
}

/// Decides between verb and noun by what stands before and behind.
fn reads_as_verb(words: &Words<'_>, i: usize, start: usize, verb: &Lex) -> bool {
    let quotes = words.verb_has(verb, VerbClass::Say)
        && words.all.get(i + 1).is_some_and(|next| next.sign == ':');
    if is_marked_passive(words, i) || verb.proclitics.future || quotes {
        return true;
    }
    let previous = i.checked_sub(1).filter(|&p| p >= start);
    let Some(previous) = previous else {
        return !opens_noun_phrase(words, i);
    };
    let particle = |p: usize| {
        words.phrases(p).iter().any(|m| {
            m.end as usize == p + 1
                && match m.phrase {
                    Phrase::Modality(cue) => {
                        cue.then.is_none() && m.pronoun.is_none() && is_particle(words, p)
                    }
                    Phrase::That | Phrase::Relative | Phrase::Subordinator => true,
                    _ => false,
                }
        })
    };
    if particle(previous) {
        return !opens_noun_phrase(words, i);
    }
    if is_governed(words, i, previous) {
        return false;
    }
    if verb.form.tense == Some(Tense::Present) {
        return true;
    }
    // After a comma, a quotation mark or "and" a clause may begin; in the middle it is a noun,
    // but behind a definite noun phrase that no verb has taken yet it is a verb.
    // "An ambush they-laid-it": behind an indefinite noun a verb that lends its subject.
    if verb.pronoun.is_some()
        && words.verb_has(verb, VerbClass::Light)
        && words.all[previous].kind == TokenKind::Word
        && words.lex(previous).iter().any(|l| !l.is_finite() && !l.proclitics.article)
        && !words.has_article(previous)
    {
        return true;
    }
    let begins =
        words.all[previous].kind == TokenKind::Sign || verb.proclitics.conjunction.is_some();
    (begins || follows_subject(words, i, start)) && !opens_noun_phrase(words, i)
}

/// Tells whether a noun phrase stands before word `i` that can be its subject and nothing else.
fn follows_subject(words: &Words<'_>, i: usize, start: usize) -> bool {
    let before = words.lex(i - 1);
    let named = before.is_empty() && words.has_article(i - 1);
    let definite = named || before.iter().any(|lex| lex.proclitics.article);
    let mut that = false;
    for at in (start..i).rev() {
        if words.lex(at).iter().any(Lex::is_finite) && words.lex(at).iter().all(Lex::is_finite) {
            return false;
        }
        that = words.phrases(at).iter().any(|p| p.phrase == Phrase::That);
        let quoted = matches!(words.all[at].sign, '«' | '"' | '“' | '”');
        if that || words.all[at].kind == TokenKind::Sign && !quoted {
            break;
        }
        if preposition_at(words, at).is_some() {
            return false;
        }
    }
    definite || that
}

/// Tells whether a word is a short particle rather than a cue of several words or a noun.
fn is_particle(words: &Words<'_>, i: usize) -> bool {
    words.folded(i).chars().count() <= 4
}

/// Tells whether what follows makes the word a noun: an adjective, or a genitive of it.
fn opens_noun_phrase(words: &Words<'_>, i: usize) -> bool {
    let Some(next) = words.all.get(i + 1) else { return false };
    if next.kind != TokenKind::Word {
        return next.sign == ':';
    }
    let people =
        words.noun(i + 1, |class| class.is_people()).is_some() || words.names_somebody(i + 1);
    let adjective = !people
        && words.ends_like_adjective(i + 1)
        && words.phrases(i + 1).is_empty()
        && !words.has_article(i + 1);
    let lam = words.cuts(i + 1).iter().any(|c| {
        c.cut.proclitics.preposition == Some(Preposition::Lam) && words.lex(i + 1).is_empty()
    });
    adjective || lam
}

/// Tells whether the original writes the damma of a passive on one of the first letters.
pub(crate) fn is_marked_passive(words: &Words<'_>, i: usize) -> bool {
    let original = words.tokens.original(words.all[i].token as usize);
    original.chars().take(4).any(|c| c == DAMMA)
}

/// Tells whether a phrase at word `i` is a preposition of the kind.
pub(crate) fn preposition_at(words: &Words<'_>, i: usize) -> Option<(Prep, usize, bool)> {
    words.phrases(i).iter().find_map(|p| match p.phrase {
        Phrase::Preposition(prep) => Some((prep, p.end as usize, p.pronoun.is_some())),
        _ => None,
    })
}

/// Finds the preposition that ends right before word `i`, hashtags and quotation marks aside.
pub(crate) fn preposition_before(words: &Words<'_>, i: usize) -> Option<Prep> {
    let is_mark = |i: &usize| matches!(words.all[*i].sign, '#' | '«' | '"' | '“' | '(');
    let i = (0..i).rev().take_while(is_mark).last().unwrap_or(i);
    (i.saturating_sub(3)..i).rev().find_map(|start| match preposition_at(words, start) {
        Some((prep, end, false)) if end == i => Some(prep),
        _ => None,
    })
}
