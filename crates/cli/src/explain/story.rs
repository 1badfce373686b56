//! Puts everything that happened to a sentence under that sentence.

use sijill::model::{Claim, Diagnostic, Document, Field, Mention, Span};
use sijill::{Clause, Explanation, Outcome, Trial, Weighed};

/// The story of a document, or of one of its claims.
pub(crate) struct Story<'a> {
    pub(crate) chapters: Vec<Chapter<'a>>,
    pub(crate) claims: usize,
    /// How each claim was read.
    pub(crate) weighed: &'a [Weighed],
}

/// One sentence, or the title.
pub(crate) struct Chapter<'a> {
    /// Index of the sentence; `None` for the title.
    pub(crate) sentence: Option<usize>,
    /// The words.
    pub(crate) text: &'a str,
    /// Where the text begins in its field, in bytes.
    pub(crate) span: Span,
    pub(crate) clauses: Vec<&'a Clause>,
    pub(crate) mentions: Vec<&'a Mention>,
    pub(crate) trials: Vec<&'a Trial>,
    pub(crate) claims: Vec<&'a Claim>,
    pub(crate) diagnostics: Vec<&'a Diagnostic>,
}

impl<'a> Story<'a> {
    /// Tells all, or only what led to the claim whose id begins with `claim`.
    pub(crate) fn new(
        document: &'a Document,
        explanation: &'a Explanation,
        claim: Option<&str>,
    ) -> Self {
        let mut chapters = sentences(document, explanation);
        let extraction = &explanation.extraction;
        for clause in &explanation.clauses {
            if let Some(chapter) = chapters.get_mut(clause.sentence as usize) {
                chapter.clauses.push(clause);
            }
        }
        for mention in &extraction.mentions {
            at(&mut chapters, mention.span).mentions.push(mention);
        }
        for trial in &explanation.trials {
            at(&mut chapters, trial.trigger).trials.push(trial);
        }
        for diagnostic in &extraction.diagnostics {
            at(&mut chapters, diagnostic.span).diagnostics.push(diagnostic);
        }
        let (of_title, of_text): (Vec<_>, Vec<_>) =
            extraction.claims.iter().partition(|claim| claim.evidence.field == Field::Title);
        for claim in of_text {
            at(&mut chapters, claim.evidence.span).claims.push(claim);
        }
        if let Some(title) = document.title.as_deref().filter(|_| !of_title.is_empty()) {
            let span = Span::new(0, title.len() as u32);
            chapters.insert(0, Chapter { claims: of_title, ..Chapter::new(None, title, span) });
        }
        if let Some(id) = claim {
            chapters.iter_mut().for_each(|chapter| chapter.keep_only(id));
            chapters.retain(|chapter| !chapter.claims.is_empty());
        }
        Self { claims: extraction.claims.len(), chapters, weighed: &explanation.weighed }
    }
}

impl<'a> Chapter<'a> {
    fn new(sentence: Option<usize>, text: &'a str, span: Span) -> Self {
        Self {
            sentence,
            text,
            span,
            clauses: Vec::new(),
            mentions: Vec::new(),
            trials: Vec::new(),
            claims: Vec::new(),
            diagnostics: Vec::new(),
        }
    }

    /// Leaves out what has nothing to do with the claims whose id begins with `id`.
    fn keep_only(&mut self, id: &str) {
        self.claims.retain(|claim| claim.id.starts_with(id));
        let claims = &self.claims;
        let concerns = |span: Span| claims.iter().any(|claim| claim.evidence.span.overlaps(span));
        self.clauses.retain(|clause| concerns(clause.span));
        self.mentions.retain(|mention| concerns(mention.span));
        self.diagnostics.retain(|diagnostic| concerns(diagnostic.span));
        let fired = |trial: &&Trial| match &trial.outcome {
            Outcome::Fired(claim) => claims.iter().any(|kept| kept.id == *claim),
            Outcome::Rejected(_) => false,
        };
        let triggers: Vec<Span> =
            self.trials.iter().copied().filter(fired).map(|trial| trial.trigger).collect();
        self.trials.retain(|trial| triggers.contains(&trial.trigger));
    }
}

/// Makes a chapter of each sentence; a text without sentences is one chapter.
fn sentences<'a>(document: &'a Document, explanation: &Explanation) -> Vec<Chapter<'a>> {
    let whole = [Span::new(0, document.text.len() as u32)];
    let spans = match explanation.sentences.as_slice() {
        [] => &whole[..],
        sentences => sentences,
    };
    let chapters = spans.iter().enumerate().map(|(i, &span)| {
        Chapter::new(Some(i), document.text.get(span.range()).unwrap_or_default(), span)
    });
    chapters.collect()
}

/// Finds the sentence in which `span` begins.
fn at<'c, 'a>(chapters: &'c mut [Chapter<'a>], span: Span) -> &'c mut Chapter<'a> {
    let after = chapters.partition_point(|chapter| chapter.span.start <= span.start);
    &mut chapters[after.saturating_sub(1)]
}
