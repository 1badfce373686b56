//! The stem of a word: what is left of it when all that is attached is taken off.
//!
//! Inflection stays: a question asks for every form of its words instead, so that no choice has to
//! be made here between the lemmas of a spelling.

use sijill_knowledge::{Knowledge, WordId};
use sijill_text::clitic::{self, Cut, Preposition, Pronoun};
use sijill_text::fold::is_ignorable;
use sijill_text::letter::TEH_MARBUTA;
use sijill_text::morph::{Form, Gender, Number, Pos, Tense};

/// Returns the stem of a word as a part of its folded spelling, and its number if a table knows it.
///
/// The first way to cut it that leaves a form of the lexicon wins, and the whole word comes first;
/// then a name; of a word that no table knows only what stands before an article is taken off.
pub(crate) fn stem<'w>(
    folded: &'w str,
    original: &str,
    knowledge: &Knowledge,
) -> (&'w str, Option<WordId>) {
    // Folding makes taa marbuta a heh; only a heh can be a pronoun.
    let marbuta = original.trim_end_matches(is_ignorable).ends_with(TEH_MARBUTA);
    let (mut best, mut best_rank) = ((folded, None), Rank::Unknown);
    clitic::cuts(folded, |cut| {
        // Nothing ranks above a form, and most words are one as they stand.
        if best_rank == Rank::Form || marbuta && cut.pronoun.is_some() {
            return;
        }
        let stem = &folded[cut.start..cut.end];
        let word = knowledge.vocabulary.get(stem);
        let rank = rank(&cut, word, knowledge);
        if rank < best_rank {
            (best, best_rank) = ((stem, word), rank);
        }
    });
    best
}

/// How well a cut is borne out, best first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// It leaves a form of the lexicon.
    Form,
    /// It leaves a word of some table.
    Word,
    /// It leaves a word that no table knows, behind an article.
    Article,
    Unknown,
}

fn rank(cut: &Cut, word: Option<WordId>, knowledge: &Knowledge) -> Rank {
    match word {
        Some(word) => {
            let mut readings = knowledge.lexicon.readings(word).iter();
            if readings.any(|reading| fits(cut, reading.form)) {
                Rank::Form
            } else if cut.pronoun.is_none() && !cut.proclitics.future {
                Rank::Word
            } else {
                Rank::Unknown
            }
        }
        None if cut.proclitics.article && cut.pronoun.is_none() => Rank::Article,
        None => Rank::Unknown,
    }
}

/// Tells whether a form can have attached what the cut takes off.
fn fits(cut: &Cut, form: Form) -> bool {
    let front = cut.proclitics;
    let head = match form.pos {
        Pos::Verb => {
            let present = form.tense == Some(Tense::Present);
            !front.article
                && (front.preposition.is_none()
                    || front.preposition == Some(Preposition::Lam) && present)
                && (!front.future || present)
        }
        _ => !front.future,
    };
    // A feminine singular noun changes its last letter before a pronoun.
    let bare = form.gender == Gender::Feminine && form.number == Number::Singular;
    let tail = match cut.pronoun {
        // A word that ends in yeh is seldom the speaker's own.
        Some(Pronoun::I) => form.pos == Pos::Verb || form.before_pronoun,
        Some(_) => form.before_pronoun || form.construct || form.pos == Pos::Verb || !bare,
        None => !form.before_pronoun,
    };
    head && tail
}
