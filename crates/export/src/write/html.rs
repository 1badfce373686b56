//! Printable pages: one for each incident, and a list of them.

use super::{Exporter, Gathered, WriteError};
use crate::claim::{chain_names, english};
use crate::gathered::{Happening, headline};
use crate::{Options, Register, Report};
use sijill_model::{Contradiction, Figure};
use std::fmt::Write as _;

/// How a page looks, on a screen and on paper.
const STYLE: &str = include_str!("page.css");

/// Writes a page for each incident.
pub(crate) struct Html<'a> {
    pub(crate) options: &'a Options,
    pub(crate) register: &'a dyn Register,
    pub(crate) files: Vec<(String, Vec<u8>)>,
}

impl Exporter for Html<'_> {
    fn report(&mut self, _report: &Report, _out: &mut Vec<u8>) -> Result<(), WriteError> {
        Ok(())
    }

    fn files(&mut self) -> Vec<(String, Vec<u8>)> {
        std::mem::take(&mut self.files)
    }

    fn finish(&mut self, gathered: &Gathered, _out: &mut Vec<u8>) -> Result<(), WriteError> {
        let mut list = String::from("<h1>Incidents</h1>\n<ul class=\"list\">\n");
        for happening in gathered.happenings() {
            let file = format!("{}.html", happening.incident.id);
            let _ = writeln!(
                list,
                "<li><a href=\"{}\">{}</a> <small>{}</small></li>",
                escaped(&file),
                title(&happening),
                plural(happening.told.len(), "claim")
            );
            let contradictions: Vec<&Contradiction> = gathered
                .contradictions
                .iter()
                .filter(|found| found.incident.as_deref() == Some(&happening.incident.id))
                .collect();
            let page = self.incident(&happening, &contradictions);
            self.files.push((file, page.into_bytes()));
        }
        list.push_str("</ul>\n");
        let page = self.page("Incidents", &list);
        self.files.push(("index.html".to_owned(), page.into_bytes()));
        Ok(())
    }
}

impl Html<'_> {
    fn incident(&self, happening: &Happening<'_>, contradictions: &[&Contradiction]) -> String {
        let incident = happening.incident;
        let mut body = format!("<h1>{}</h1>\n<dl>\n", title(happening));
        let mut told = |name: &str, value: &str| {
            if !value.is_empty() {
                let _ = writeln!(body, "<dt>{name}</dt><dd>{}</dd>", bidi(value));
            }
        };
        told("Incident", &incident.id);
        if let Some(place) = happening.place {
            let name = place.name_en.as_deref().unwrap_or_default();
            told("Place", &format!("{} {name} ({})", place.name, place.precision.as_str()));
        }
        told("Time", &happening.time().map(|time| time.to_string()).unwrap_or_default());
        let names = |actors: &[&sijill_model::Participant]| {
            actors.iter().map(|actor| english(actor)).collect::<Vec<_>>().join("; ")
        };
        told("Who, as told", &names(&happening.agents));
        told("To whom", &names(&happening.targets));
        told("Origins independent", incident.independent_origins.as_str());
        body.push_str("</dl>\n");
        figures(&mut body, &incident.figures);
        disagreements(&mut body, contradictions);
        let _ = writeln!(body, "<h2>{}</h2>", plural(happening.told.len(), "claim"));
        for told in &happening.told {
            let document = &told.report.document;
            let chain = chain_names(told.claim, told.outlet(), self.register).join(" < ");
            let day = document.published.map(|day| day.to_string()).unwrap_or_default();
            let _ = writeln!(
                body,
                "<article><p class=\"what\">{} <em>{}</em></p>\n<blockquote lang=\"ar\" \
                 dir=\"rtl\">{}</blockquote>\n<p class=\"who\">{} · {day}<br>{}</p>\n<p \
                 class=\"id\">{} · {} · confidence {:.2}</p></article>",
                told.claim.claim_type,
                told.claim.modality.as_str(),
                escaped(told.evidence()),
                bidi(&chain),
                bidi(headline(told.report)),
                escaped(&told.claim.id),
                bidi(document.url.as_deref().unwrap_or(&document.id)),
                told.claim.confidence,
            );
        }
        let withheld =
            happening.told.iter().filter(|told| !told.report.withheld.is_empty()).count();
        if 0 < withheld {
            body.push_str(
                "<p class=\"note\">Names of private persons and of protected places are masked in \
                 these reports; a mask has the length of what it hides.</p>\n",
            );
        }
        self.page(&title(happening), &body)
    }

    fn page(&self, title: &str, body: &str) -> String {
        let plain = title.replace("<bdi>", "").replace("</bdi>", "");
        format!(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{plain}\
             </title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n{body}</main>\n<footer>\
             {} · tables {}<br>Recorded as published; not a judgement of who is right.</footer>\n\
             </body>\n</html>\n",
            escaped(&self.options.remark()),
            escaped(&self.options.knowledge),
        )
    }
}

fn title(happening: &Happening<'_>) -> String {
    let place = happening.place.map(|place| place.name_en.as_deref().unwrap_or(&place.name));
    let time = happening.time().map(|time| format!(", {time}")).unwrap_or_default();
    let place = place.map(|place| format!(", {}", bidi(place))).unwrap_or_default();
    format!("{}{place}{time}", happening.incident.claim_type)
}

/// Every number, with who gives it: none is made of several here.
fn figures(body: &mut String, figures: &[Figure]) {
    if figures.is_empty() {
        return;
    }
    body.push_str(
        "<h2>Figures</h2>\n<table><thead><tr><th>what</th><th>of whom</th><th>at least</th>\
         <th>at most</th><th>origin</th><th>covers</th></tr></thead><tbody>\n",
    );
    let bound = |value: Option<u64>| value.map(|n| n.to_string()).unwrap_or_else(|| "–".to_owned());
    for figure in figures {
        let covers = match (figure.is_cumulative, figure.is_part) {
            (true, _) => "more than this",
            (false, true) => "a part of it",
            (false, false) => "this",
        };
        let _ = writeln!(
            body,
            "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{covers}</td></tr>",
            figure.claim_type.as_str(),
            bidi(&figure.target.join("; ")),
            bound(figure.count.min()),
            bound(figure.count.max()),
            bidi(&figure.origin),
        );
    }
    body.push_str("</tbody></table>\n");
}

fn disagreements(body: &mut String, contradictions: &[&Contradiction]) {
    if contradictions.is_empty() {
        return;
    }
    body.push_str("<h2>Contradictions</h2>\n<ul>\n");
    for found in contradictions {
        let _ = writeln!(
            body,
            "<li>{}: {} says {}, {} says {}</li>",
            found.contradiction_type.as_str(),
            bidi(&found.first.origin),
            bidi(&found.first.value),
            bidi(&found.second.origin),
            bidi(&found.second.value),
        );
    }
    body.push_str("</ul>\n");
}

fn plural(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// Text of any direction within a line of another.
fn bidi(text: &str) -> String {
    format!("<bdi>{}</bdi>", escaped(text))
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            _ => escaped.push(c),
        }
    }
    escaped
}
