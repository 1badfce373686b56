//! Words with everything the lexicon and the name tables say of them, before any choice is made.

use sijill_knowledge::{
    Knowledge, LemmaId, Name, NounClass, Phrase, VerbClass, WordId, carries_hamza, trie,
};
use sijill_model::Span;
use sijill_text::clitic::{self, Cut, Preposition, Proclitics, Pronoun};
use sijill_text::fold::is_ignorable;
use sijill_text::letter::{HEH, TEH_MARBUTA, YEH};
use sijill_text::morph::{Form, Pos, Tense};
use sijill_text::{TokenKind, Tokens, fold};
use std::ops::Range;

/// A word, a number or a sign; white space is left out.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    pub(crate) token: u32,
    pub(crate) span: Span,
    pub(crate) kind: TokenKind,
    /// A line break stands before it.
    pub(crate) after_break: bool,
    /// For a sign: which.
    pub(crate) sign: char,
    cuts: (u32, u32),
    lex: (u32, u32),
}

/// A way to cut a word whose stem some table knows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct KnownCut {
    pub(crate) cut: Cut,
    pub(crate) word: WordId,
}

/// A lexical reading of a word.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lex {
    pub(crate) lemma: LemmaId,
    pub(crate) form: Form,
    pub(crate) proclitics: Proclitics,
    pub(crate) pronoun: Option<Pronoun>,
}

impl Lex {
    pub(crate) fn is_finite(&self) -> bool {
        self.form.pos == Pos::Verb
    }
}

/// A word or phrase of the grammar or a cue, in the text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PhraseMatch {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) phrase: Phrase,
    pub(crate) proclitics: Proclitics,
    pub(crate) pronoun: Option<Pronoun>,
}

/// A name in the text, before resolution.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NameMatch {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) name: Name,
    pub(crate) proclitics: Proclitics,
}

/// The words of one text.
pub(crate) struct Words<'a> {
    pub(crate) knowledge: &'a Knowledge,
    pub(crate) tokens: &'a Tokens<'a>,
    pub(crate) all: Vec<Word>,
    cuts: Vec<KnownCut>,
    lex: Vec<Lex>,
    phrases: Vec<PhraseMatch>,
    phrase_starts: Vec<u32>,
    pub(crate) names: Vec<NameMatch>,
    name_starts: Vec<u32>,
    of_token: Vec<u32>,
}

impl<'a> Words<'a> {
    /// Looks every token up.
    pub(crate) fn new(tokens: &'a Tokens<'a>, knowledge: &'a Knowledge) -> Self {
        let mut words = Self {
            knowledge,
            tokens,
            all: Vec::with_capacity(tokens.all.len() / 2 + 1),
            cuts: Vec::with_capacity(tokens.all.len()),
            lex: Vec::with_capacity(tokens.all.len()),
            phrases: Vec::new(),
            phrase_starts: Vec::with_capacity(tokens.all.len() / 2 + 2),
            names: Vec::new(),
            name_starts: Vec::with_capacity(tokens.all.len() / 2 + 2),
            of_token: Vec::with_capacity(tokens.all.len() + 1),
        };
        let mut after_break = true;
        for (i, token) in tokens.all.iter().enumerate() {
            words.of_token.push(words.all.len() as u32);
            match token.kind {
                TokenKind::Space => {}
                TokenKind::Break => after_break = true,
                TokenKind::Word | TokenKind::Number | TokenKind::Sign => {
                    words.push(tokens, i, after_break);
                    after_break = false;
                }
            }
        }
        words.of_token.push(words.all.len() as u32);
        words.find_names(tokens);
        words
    }

    fn push(&mut self, tokens: &Tokens<'_>, i: usize, after_break: bool) {
        let token = tokens.all[i];
        let folded = tokens.folded(i);
        let cuts = self.cuts.len();
        let lex = self.lex.len();
        if token.kind == TokenKind::Word {
            let knowledge = self.knowledge;
            // Folding makes taa marbuta a heh; only a heh can be a pronoun.
            let marbuta = tokens.original(i).trim_end_matches(is_ignorable).ends_with(TEH_MARBUTA);
            clitic::cuts(folded, |cut| {
                if marbuta && cut.pronoun.is_some() {
                    return;
                }
                if let Some(word) = knowledge.vocabulary.get(&folded[cut.start..cut.end]) {
                    self.cuts.push(KnownCut { cut, word });
                    self.read(cut, word, tokens.original(i));
                }
            });
        } else if token.kind == TokenKind::Number
            && let Some(word) = self.knowledge.vocabulary.get(folded)
        {
            let cut = Cut {
                proclitics: Proclitics::default(),
                start: 0,
                end: folded.len(),
                pronoun: None,
            };
            self.cuts.push(KnownCut { cut, word });
        }
        self.all.push(Word {
            token: i as u32,
            span: token.span,
            kind: token.kind,
            after_break,
            sign: match token.kind {
                TokenKind::Sign => tokens.original(i).chars().next().unwrap_or(' '),
                _ => '\0',
            },
            cuts: (cuts as u32, self.cuts.len() as u32),
            lex: (lex as u32, self.lex.len() as u32),
        });
    }

    fn read(&mut self, cut: Cut, word: WordId, original: &str) {
        let readings = self.knowledge.lexicon.readings(word);
        let written = || {
            let at = fold::original_offset(original, cut.start);
            original[at..].chars().next().filter(|&c| carries_hamza(c))
        };
        let written = readings.iter().any(|r| r.initial.is_some()).then(written).flatten();
        for reading in readings {
            // A hamza that is written must be the right one; one that is left out fits all.
            if let (Some(a), Some(b)) = (written, reading.initial)
                && a != b
            {
                continue;
            }
            let form = reading.form;
            let front = cut.proclitics;
            let fits = match form.pos {
                Pos::Verb => {
                    let lam = front.preposition == Some(Preposition::Lam)
                        && form.tense == Some(Tense::Present);
                    !front.article
                        && (front.preposition.is_none() || lam)
                        && (!front.future || form.tense == Some(Tense::Present))
                }
                _ => !front.future,
            };
            let tail = match cut.pronoun {
                Some(_) => {
                    form.before_pronoun
                        || form.construct
                        || form.pos == Pos::Verb
                        || !ends_bare(form)
                }
                None => !form.before_pronoun,
            };
            if fits && tail {
                self.lex.push(Lex {
                    lemma: reading.lemma,
                    form,
                    proclitics: front,
                    pronoun: cut.pronoun,
                });
            }
        }
    }

    fn find_names(&mut self, tokens: &Tokens<'_>) {
        for i in 0..self.all.len() {
            self.phrase_starts.push(self.phrases.len() as u32);
            self.name_starts.push(self.names.len() as u32);
            if self.all[i].kind != TokenKind::Sign {
                self.match_at(i, tokens);
            }
        }
        self.phrase_starts.push(self.phrases.len() as u32);
        self.name_starts.push(self.names.len() as u32);
    }

    /// Finds the longest phrase and the longest names that begin at word `i`.
    fn match_at(&mut self, i: usize, tokens: &Tokens<'_>) {
        let trie = &self.knowledge.names;
        let (mut phrase_end, mut name_end) = (0, 0);
        let (phrase_base, name_base) = (self.phrases.len(), self.names.len());
        for c in self.all[i].cuts.0..self.all[i].cuts.1 {
            let known = self.cuts[c as usize];
            let front = known.cut.proclitics;
            let Some(mut at) = trie.step(0, trie::key(known.word, front.article)) else {
                continue;
            };
            let mut end = i + 1;
            loop {
                for &name in trie.values(at.node) {
                    let (start, stop) = (i as u32, end as u32);
                    let pronoun = known.cut.pronoun;
                    match name {
                        Name::Phrase(phrase) => {
                            let bare = !front.future && !front.article;
                            let takes_pronoun = matches!(phrase, Phrase::Preposition(_));
                            if pronoun.is_some() && !(takes_pronoun && bare) || front.future {
                                continue;
                            }
                            if stop > phrase_end {
                                self.phrases.truncate(phrase_base);
                                phrase_end = stop;
                            }
                            if stop == phrase_end {
                                let proclitics = front;
                                self.phrases.push(PhraseMatch {
                                    start,
                                    end: stop,
                                    phrase,
                                    proclitics,
                                    pronoun,
                                });
                            }
                        }
                        _ if pronoun.is_none() && !front.future => {
                            if stop > name_end {
                                self.names.truncate(name_base);
                                name_end = stop;
                            }
                            if stop == name_end {
                                self.names.push(NameMatch {
                                    start,
                                    end: stop,
                                    name,
                                    proclitics: front,
                                });
                            }
                        }
                        _ => {}
                    }
                }
                let next = at.goes_on.then(|| self.next_in_name(end));
                let Some(next) = next.flatten() else { break };
                let folded = tokens.folded(self.all[next].token as usize);
                let step = trie::whole_key(folded, &self.knowledge.vocabulary)
                    .and_then(|key| trie.step(at.node, key));
                match step {
                    Some(step) => at = step,
                    None => break,
                }
                end = next + 1;
            }
        }
    }

    /// Finds the word that may go on a name: quotation marks and hyphens may stand between.
    fn next_in_name(&self, mut i: usize) -> Option<usize> {
        for _ in 0..3 {
            let word = self.all.get(i)?;
            if word.after_break {
                return None;
            }
            match word.kind {
                TokenKind::Word | TokenKind::Number => return Some(i),
                _ if matches!(
                    word.sign,
                    '«' | '»' | '"' | '“' | '”' | '-' | '_' | '.' | '\'' | '‘' | '’' | '#'
                ) =>
                {
                    i += 1
                }
                _ => return None,
            }
        }
        None
    }

    /// Returns the folded spelling of a word.
    pub(crate) fn folded(&self, i: usize) -> &str {
        self.tokens.folded(self.all[i].token as usize)
    }

    /// Returns how a word is written.
    pub(crate) fn original(&self, i: usize) -> &'a str {
        self.tokens.original(self.all[i].token as usize)
    }

    /// Tells whether some place is called by just these words.
    pub(crate) fn names_place(&self, range: &Range<usize>) -> bool {
        let (start, end) = (range.start as u32, range.end as u32);
        let whole = |n: &NameMatch| (n.start, n.end) == (start, end);
        self.names.iter().any(|n| whole(n) && matches!(n.name, Name::Place { .. }))
    }

    /// Guesses from its ending that a word is an adjective of relation, masculine or feminine.
    pub(crate) fn ends_like_adjective(&self, i: usize) -> bool {
        let text = self.folded(i);
        text.strip_suffix(HEH).unwrap_or(text).ends_with(YEH)
    }

    /// Tells whether the article begins the word.
    pub(crate) fn has_article(&self, i: usize) -> bool {
        clitic::strip_article(self.folded(i)).0
    }

    /// Returns the lexical readings of a word.
    pub(crate) fn lex(&self, i: usize) -> &[Lex] {
        let (start, end) = self.all[i].lex;
        &self.lex[start as usize..end as usize]
    }

    /// Tells whether the name of an actor, person or source begins at a word.
    pub(crate) fn names_somebody(&self, i: usize) -> bool {
        self.names_at(i).iter().any(|n| matches!(n.name, Name::Entity { .. }))
            || self.cuts(i).iter().any(|c| self.knowledge.is_given_name(c.word))
    }

    /// Returns the known cuts of a word.
    pub(crate) fn cuts(&self, i: usize) -> &[KnownCut] {
        let (start, end) = self.all[i].cuts;
        &self.cuts[start as usize..end as usize]
    }

    /// Returns the phrases that begin at a word; all have the same length.
    pub(crate) fn phrases(&self, i: usize) -> &[PhraseMatch] {
        let (start, end) = (self.phrase_starts[i] as usize, self.phrase_starts[i + 1] as usize);
        &self.phrases[start..end]
    }

    /// Returns the names that begin at a word, if there is such a word; all have the same length.
    pub(crate) fn names_at(&self, i: usize) -> &[NameMatch] {
        let Some(&[start, end]) = self.name_starts.get(i..i + 2) else { return &[] };
        &self.names[start as usize..end as usize]
    }

    /// Lists every phrase of the text in order.
    pub(crate) fn all_phrases(&self) -> &[PhraseMatch] {
        &self.phrases
    }

    /// Converts a range of tokens to a range of words.
    pub(crate) fn of_tokens(&self, tokens: &Range<usize>) -> Range<usize> {
        let last = tokens.end.max(1) - 1;
        let start = self.of_token[tokens.start] as usize;
        let end = self.of_token[last.max(tokens.start)] as usize + 1;
        start..end.max(start).min(self.all.len())
    }

    /// Returns the span from the first to the last word of a range.
    pub(crate) fn span(&self, words: Range<usize>) -> Span {
        debug_assert!(!words.is_empty());
        self.all[words.start].span.cover(self.all[words.end.max(words.start + 1) - 1].span)
    }

    /// Tells whether some reading of the word is a noun of a class for which `test` holds.
    pub(crate) fn noun(&self, i: usize, test: impl Fn(NounClass) -> bool) -> Option<&Lex> {
        let lexicon = &self.knowledge.lexicon;
        self.lex(i).iter().find(|lex| lexicon.lemma(lex.lemma).noun.is_some_and(&test))
    }

    /// Tells whether a lemma's verb is of a class.
    pub(crate) fn verb_has(&self, lex: &Lex, class: VerbClass) -> bool {
        self.knowledge.lexicon.lemma(lex.lemma).verb.has(class)
    }
}

/// A feminine singular noun changes its last letter before a pronoun, so its bare spelling has none.
fn ends_bare(form: Form) -> bool {
    use sijill_text::morph::{Gender, Number};
    form.gender == Gender::Feminine && form.number == Number::Singular
}
