//! `sijill explain`: how the claims of a report came about.

mod render;
mod story;

use crate::args::{Color, Explain};
use crate::report::Report;
use crate::style::Paint;
use crate::{Outcome, knowledge};
use render::Renderer;
use sijill::Options;
use sijill_io::{Inputs, documents};
use std::io::{self, Write as _};
use story::Story;

/// Runs the command.
pub(crate) fn run(args: &Explain, color: Color) -> anyhow::Result<Outcome> {
    let knowledge = knowledge::load(&args.knowledge)?;
    let options = Options { min_confidence: 0.0 };
    let report = Report::new(color, true);
    let mut out = io::stdout().lock();
    let paint = Paint::new(color, &out);
    let (mut failed, mut told) = (false, false);
    for document in documents(Inputs::new([&args.input])) {
        let mut document = match document {
            Ok(document) => document,
            Err(error) => {
                failed = true;
                report.complain(&error.into());
                continue;
            }
        };
        args.publication.apply(&mut document);
        let explanation = sijill::explain(&document, &knowledge, &options);
        let story = Story::new(&document, &explanation, args.claim.as_deref());
        if args.claim.is_none() || !story.chapters.is_empty() {
            told = true;
            out.write_all(Renderer::new(&document, paint).story(&story).as_bytes())?;
        }
    }
    if let (Some(claim), false) = (&args.claim, told) {
        failed = true;
        report.complain(&crate::report::Complaint {
            message: format!(
                "no claim of '{}' has an id that begins with '{claim}'",
                args.input.display()
            ),
            hint: Some(
                "sijill extract shows the ids; give the same --published and --outlet".to_owned(),
            ),
        });
    }
    Ok(if failed { Outcome::SomeFailed } else { Outcome::Done })
}
