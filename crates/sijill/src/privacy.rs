//! What must not be published of a report: private persons, and the places that shelter them.
//!
//! Whoever the tables do not know as a public figure is private, whatever the report calls them.
//! Names are recognised by given names, by nouns for people before them and by words such as
//! "called"; once recognised, each word of a name is hidden wherever it stands in the report.

mod speakers;

use crate::extract::words::Words;
use rustc_hash::{FxHashMap, FxHashSet};
use sijill_knowledge::{Knowledge, Name, NounClass, PlaceId, PrivacyWord};
use sijill_model::{Claim, Document, Field, Mention, MentionKind, Precision, Span};
use sijill_text::clitic::strip_article;
use sijill_text::letter::YEH;
use sijill_text::morph::Number;
use sijill_text::{TokenKind, Tokens};

/// The most words that a name has.
const NAME: usize = 6;

/// The most words of the name of a site.
const SITE_NAME: usize = 4;

/// The fewest letters by which a part of a name is recognised elsewhere.
const PART: usize = 3;

/// Why something is private.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// The name of a person who is no public figure.
    Person,
    /// What tells one hospital, shelter or camp from another.
    Site,
    /// Where such a site is named, by which words ever: its coordinates are private.
    Coordinates,
}

/// A span that must not be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Private {
    /// In which part of the document.
    pub field: Field,
    /// Where.
    pub span: Span,
    /// Why.
    pub sort: Sort,
}

/// Finds what must not be published.
pub struct Guard<'k> {
    knowledge: &'k Knowledge,
    places: FxHashMap<&'k str, PlaceId>,
}

impl<'k> Guard<'k> {
    /// Prepares to look ids up.
    pub fn new(knowledge: &'k Knowledge) -> Self {
        let places = knowledge.gazetteer.iter().zip(0..);
        Self { knowledge, places: places.map(|(place, id)| (&*place.id, id)).collect() }
    }

    /// Lists what must not be published of a report with these mentions and claims, in order.
    pub fn private(
        &self,
        document: &Document,
        mentions: &[Mention],
        claims: &[Claim],
    ) -> Vec<Private> {
        let title = document.title.as_deref().map(|title| (Field::Title, title));
        let fields = title.into_iter().chain([(Field::Text, document.text.as_str())]);
        let tokens: Vec<_> = fields.map(|(field, text)| (field, Tokens::new(text))).collect();
        let pages: Vec<Page<'_>> = tokens
            .iter()
            .map(|(field, tokens)| {
                let words = Words::new(tokens, self.knowledge);
                let seen = self.seen(*field, &words, mentions);
                Page { field: *field, words, seen }
            })
            .collect();
        let mut found = self.known_sites(document, mentions);
        for page in &pages {
            page.sites(&mut found);
            page.persons(&mut found);
            page.speakers(claims, &mut found);
        }
        let known: FxHashSet<String> = parts(&pages, &found);
        for page in &pages {
            page.repeated(&known, &mut found);
        }
        merged(found)
    }

    /// Finds sites that the gazetteer knows as hospitals or camps, by which name ever.
    fn known_sites(&self, document: &Document, mentions: &[Mention]) -> Vec<Private> {
        let is_protected = |mention: &&Mention| {
            let id = mention.resolved.as_deref().filter(|_| mention.kind == MentionKind::Place);
            let place = id.and_then(|id| self.places.get(id));
            place.map(|&id| self.knowledge.gazetteer.get(id)).is_some_and(|place| {
                let name = sijill_text::fold::folded(&place.name);
                place.kind.precision() == Precision::Site
                    && name.split(' ').any(|word| {
                        self.knowledge.privacy(strip_article(word).1) == Some(PrivacyWord::Site)
                    })
            })
        };
        let known = mentions.iter().filter(is_protected);
        let both = known.flat_map(|mention| {
            let Mention { field, span, .. } = *mention;
            let text = if field == Field::Title { document.title.as_deref() } else { None };
            // The noun alone, as in "the camp", is the name of none.
            let is_name = span.of(text.unwrap_or(&document.text)).contains(char::is_whitespace);
            let sorts: &[Sort] =
                if is_name { &[Sort::Site, Sort::Coordinates] } else { &[Sort::Coordinates] };
            sorts.iter().map(move |&sort| Private { field, span, sort })
        });
        both.collect()
    }

    /// What each word was read as.
    fn seen(&self, field: Field, words: &Words<'_>, mentions: &[Mention]) -> Vec<Seen> {
        let mut seen = vec![Seen::Nothing; words.all.len()];
        for name in &words.names {
            if matches!(name.name, Name::Entity { short: false, .. }) {
                seen[name.start as usize..name.end as usize].fill(Seen::Known);
            }
        }
        for mention in mentions.iter().filter(|m| m.field == field) {
            let Some(id) = mention.resolved.as_deref() else { continue };
            let first = words.all.partition_point(|word| word.span.end <= mention.span.start);
            let last = words.all.partition_point(|word| word.span.start < mention.span.end);
            let what = match mention.kind {
                MentionKind::Actor | MentionKind::Person | MentionKind::Source => Seen::Known,
                MentionKind::Place => {
                    let place = self.places.get(id).map(|&id| self.knowledge.gazetteer.get(id));
                    let precision = place.map_or(Precision::Area, |place| place.kind.precision());
                    let is_small = precision <= Precision::Neighbourhood;
                    Seen::Place { is_small, is_long: 1 < last.saturating_sub(first) }
                }
                MentionKind::Time | MentionKind::Quantity => Seen::Known,
            };
            // Nouns for people are actors of no name; a public name covers them all the same.
            seen[first..last.max(first)].fill(what);
        }
        seen
    }
}

/// What a word was read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Seen {
    Nothing,
    /// A party, a public figure, a source, a date or a number.
    Known,
    /// A place; smaller than a village, or named by several words.
    Place {
        is_small: bool,
        is_long: bool,
    },
}

/// A title or a text.
struct Page<'a> {
    field: Field,
    words: Words<'a>,
    seen: Vec<Seen>,
}

impl Page<'_> {
    fn sites(&self, found: &mut Vec<Private>) {
        for i in (0..self.words.all.len()).filter(|&i| self.is(i, PrivacyWord::Site)) {
            let mut end = i + 1;
            while end < self.words.all.len() && end - i <= SITE_NAME && self.tells_site(i, end) {
                let is_town = matches!(self.seen[end], Seen::Place { is_small: false, .. });
                if !is_town {
                    found.push(self.private(end..end + 1, Sort::Site));
                }
                end += 1;
            }
            found.push(self.private(i..end, Sort::Coordinates));
        }
    }

    /// Tells whether the word at `i` belongs to the name of the site at `head`.
    fn tells_site(&self, head: usize, i: usize) -> bool {
        let words = &self.words;
        let is_word = words.all[i].kind == TokenKind::Word && !words.all[i].after_break;
        let governed =
            !words.phrases(i).is_empty() || words.lex(i).iter().any(|lex| lex.is_finite());
        let is_named = self.is_given(i)
            || self.seen[i] != Seen::Nothing
            || words.lex(i).is_empty()
            || words.has_article(i);
        // Behind a verb or a preposition the sentence goes on.
        let is_verb = governed && !words.has_article(i);
        let opens = (is_verb || !words.phrases(i).is_empty()) && !self.is_given(i);
        let fits = !words.has_article(head) || words.ends_like_adjective(i) || self.is_given(i);
        is_word && fits && is_named && !opens && self.seen[i] != Seen::Known && head < i
    }

    fn persons(&self, found: &mut Vec<Private>) {
        let mut i = 0;
        while i < self.words.all.len() {
            let end = self.name(i);
            if i < end {
                found.push(self.private(i..end, Sort::Person));
            }
            i = end.max(i + 1);
        }
    }

    /// Returns the end of the name that begins at a word; that word if none does.
    fn name(&self, i: usize) -> usize {
        let words = &self.words;
        if words.all[i].kind != TokenKind::Word || self.is_public(i) {
            return i;
        }
        let mut end = i + 1;
        while end < words.all.len() && end - i < NAME && self.continues(end) {
            end += 1;
        }
        // A link is no end of a name.
        while i + 1 < end && self.is(end - 1, PrivacyWord::Link) {
            end -= 1;
        }
        let unknown = words.lex(i).is_empty() && words.phrases(i).is_empty();
        let is_name = if self.is(i, PrivacyWord::Kunya) {
            end = end.max((i + 2).min(words.all.len()));
            i + 1 < end
                && (self.is_given(i + 1) || unknown_word(words, i + 1))
                && !self.is_public(i + 1)
                && self.seen.get(end) != Some(&Seen::Known)
        } else if self.is_given(i) {
            unknown || self.is_announced(i) || self.has_surname(i + 1..end)
        } else {
            // A word that no table holds is a name only where one person is spoken of.
            unknown && self.seen[i] == Seen::Nothing && self.is_called(i, i + 1 < end)
        };
        if is_name { end } else { i }
    }

    /// Tells whether the word goes on with a name.
    fn continues(&self, i: usize) -> bool {
        let words = &self.words;
        let word = &words.all[i];
        if word.kind != TokenKind::Word || word.after_break || self.is_public(i) {
            return false;
        }
        if self.is(i, PrivacyWord::Link) {
            return true;
        }
        if self.is_given(i) {
            // "and" before it begins another name.
            return words.cuts(i).iter().any(|c| {
                words.knowledge.is_given_name(c.word) && c.cut.proclitics.conjunction.is_none()
            });
        }
        let is_place = matches!(self.seen[i], Seen::Place { .. });
        let unknown = words.lex(i).is_empty() && words.phrases(i).is_empty();
        !is_place && unknown
            || words.has_article(i) && words.ends_like_adjective(i) && words.phrases(i).is_empty()
    }

    /// Tells whether what follows a given name makes a whole name of it.
    fn has_surname(&self, rest: std::ops::Range<usize>) -> bool {
        rest.into_iter().any(|i| {
            self.is_given(i) || self.is(i, PrivacyWord::Link) || unknown_word(&self.words, i)
        })
    }

    /// Tells whether the words before announce a name: "the child", "called", "the witness".
    fn is_announced(&self, i: usize) -> bool {
        let words = &self.words;
        if words.all[i].after_break {
            return false;
        }
        (1..=2).filter_map(|back| i.checked_sub(back)).any(|at| {
            let skipped = at + 1..i;
            let through = skipped.into_iter().all(|k| words.has_article(k) && !self.is_public(k));
            let names_people = || {
                words.noun(at, |class| class.is_private() || class == NounClass::Official).is_some()
            };
            through && (self.is(at, PrivacyWord::Called) || names_people())
        })
    }

    /// Tells whether the word before says that somebody's name follows, or names one person.
    fn is_called(&self, i: usize, has_more: bool) -> bool {
        let Some(before) = i.checked_sub(1).filter(|_| !self.words.all[i].after_break) else {
            return false;
        };
        let one_person = || {
            let is_private = |class: NounClass| class.is_private() && class != NounClass::Another;
            let noun = self.words.noun(before, is_private);
            noun.is_some_and(|noun| noun.form.number == Number::Singular)
        };
        self.is(before, PrivacyWord::Called) || has_more && one_person()
    }

    /// Finds the words of hidden names wherever else they stand.
    fn repeated(&self, known: &FxHashSet<String>, found: &mut Vec<Private>) {
        for i in 0..self.words.all.len() {
            let is_word = self.words.all[i].kind == TokenKind::Word && !self.is_public(i);
            let folded = self.words.folded(i);
            let is_part = known.contains(strip_article(folded).1)
                || self.words.cuts(i).iter().any(|c| {
                    let stem = folded.get(c.cut.start..c.cut.end).unwrap_or_default();
                    known.contains(stem)
                });
            let is_name = self.is_given(i) || unknown_word(&self.words, i);
            if is_word && is_part && is_name {
                found.push(self.private(i..i + 1, Sort::Person));
            }
        }
    }

    fn is_given(&self, i: usize) -> bool {
        let cuts = self.words.cuts(i);
        // The spelling of a preposition is that of a name but for its last letter.
        let is_word = self.words.phrases(i).is_empty() || self.words.original(i).ends_with(YEH);
        is_word
            && cuts.iter().any(|c| {
                let bare = c.cut.pronoun.is_none() && !c.cut.proclitics.article;
                bare && self.words.knowledge.is_given_name(c.word)
            })
    }

    fn is_public(&self, i: usize) -> bool {
        match self.seen[i] {
            Seen::Known => true,
            // The name of a street or quarter may be that of a person long dead.
            Seen::Place { is_long, .. } => is_long,
            Seen::Nothing => false,
        }
    }

    fn is(&self, i: usize, sort: PrivacyWord) -> bool {
        let folded = self.words.folded(i);
        let knowledge = self.words.knowledge;
        let mut stems =
            self.words.cuts(i).iter().filter_map(|c| folded.get(c.cut.start..c.cut.end));
        knowledge.privacy(folded) == Some(sort)
            || sort == PrivacyWord::Site && stems.any(|stem| knowledge.privacy(stem) == Some(sort))
    }

    fn private(&self, words: std::ops::Range<usize>, sort: Sort) -> Private {
        Private { field: self.field, span: self.words.span(words), sort }
    }
}

fn unknown_word(words: &Words<'_>, i: usize) -> bool {
    i < words.all.len()
        && words.all[i].kind == TokenKind::Word
        && words.lex(i).is_empty()
        && words.phrases(i).is_empty()
}

/// The words of the names that were found, folded and without their article.
fn parts(pages: &[Page<'_>], found: &[Private]) -> FxHashSet<String> {
    let mut parts = FxHashSet::default();
    for page in pages {
        let persons = found.iter().filter(|p| p.field == page.field && p.sort == Sort::Person);
        for private in persons {
            for (i, word) in page.words.all.iter().enumerate() {
                let part = strip_article(page.words.folded(i)).1;
                if private.span.overlaps(word.span)
                    && PART <= part.chars().count()
                    && !page.is(i, PrivacyWord::Link)
                    && !page.is(i, PrivacyWord::Kunya)
                {
                    parts.insert(part.to_owned());
                }
            }
        }
    }
    parts
}

/// Puts what was found in order; what overlaps with the same reason becomes one.
fn merged(mut found: Vec<Private>) -> Vec<Private> {
    found.sort_by_key(|p| (p.sort == Sort::Coordinates, p.field, p.span.start, p.span.end));
    let mut merged: Vec<Private> = Vec::new();
    for private in found {
        match merged.last_mut() {
            Some(last)
                if last.field == private.field
                    && (last.sort == Sort::Coordinates) == (private.sort == Sort::Coordinates)
                    && private.span.start < last.span.end =>
            {
                last.span = last.span.cover(private.span);
            }
            _ => merged.push(private),
        }
    }
    merged
}
