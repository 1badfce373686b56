//! A web page: its main content, title, date and site.

use super::{date, noted, stated};
use crate::decode::{Charset, decode_html};
use crate::{DateBasis, ErrorKind, Provenance};
use dom_smoothie::{Config, Readability, ReadabilityError, TextMode};
use sijill_model::{Date, Document};

/// More elements than this are no article.
const MAX_ELEMENTS: usize = 200_000;

/// The deepest nesting that is read; parts of the tree are walked by recursion.
const MAX_DEPTH: usize = 400;

pub(super) fn page(
    bytes: Vec<u8>,
    told: Charset,
    provenance: &mut Provenance,
) -> Result<Document, ErrorKind> {
    let html = noted(decode_html(bytes, told)?, provenance);
    if MAX_DEPTH < depth(&html) {
        return Err(ErrorKind::Tangled);
    }
    let config = Config {
        max_elements_to_parse: MAX_ELEMENTS,
        text_mode: TextMode::Formatted,
        ..Config::default()
    };
    let mut page = Readability::new(html, None, Some(config)).map_err(refusal)?;
    let (url, day) = (own_url(&page), own_day(&page));
    let article = page.parse().map_err(refusal)?;
    let text = article.text_content.trim();
    if text.is_empty() {
        return Err(ErrorKind::NoContent);
    }
    let published = article.published_time.as_deref().and_then(date).or(day);
    provenance.published_by = published.map(|_| DateBasis::Page);
    Ok(Document {
        text: text.to_owned(),
        title: stated(Some(article.title)),
        published,
        outlet: stated(article.site_name),
        url: stated(article.url).or(url).filter(|url| url.starts_with("http")),
        ..Document::default()
    })
}

fn refusal(error: ReadabilityError) -> ErrorKind {
    match error {
        ReadabilityError::TooManyElements(..) => ErrorKind::Tangled,
        _ => ErrorKind::NoContent,
    }
}

/// Finds where the page says it was published.
fn own_url(page: &Readability) -> Option<String> {
    let places = [("link[rel='canonical']", "href"), ("meta[property='og:url']", "content")];
    places.iter().find_map(|(selector, attribute)| {
        stated(page.doc.select(selector).attr(attribute).map(|value| value.to_string()))
    })
}

/// Finds the day of publication where pages without the usual marks tell it.
fn own_day(page: &Readability) -> Option<Date> {
    const PLACES: [(&str, &str); 9] = [
        ("meta[itemprop='datePublished']", "content"),
        ("time[itemprop='datePublished']", "datetime"),
        ("meta[name='pubdate']", "content"),
        ("meta[name='publishdate']", "content"),
        ("meta[name='publish-date']", "content"),
        ("meta[name='DC.date.issued']", "content"),
        ("meta[name='date']", "content"),
        ("time[pubdate]", "datetime"),
        ("time.entry-date", "datetime"),
    ];
    let told =
        |(selector, attribute): &(&str, &str)| date(&page.doc.select(selector).attr(attribute)?);
    let stamped = || {
        // Comments and other articles have their times, too.
        let times = page.doc.select("time[datetime]");
        let mut days = times.iter().map(|time| date(&time.attr("datetime")?));
        let first = days.next()??;
        days.all(|day| day == Some(first)).then_some(first)
    };
    PLACES.iter().find_map(told).or_else(stamped)
}

/// Estimates how deep elements nest, without building a tree.
///
/// An end tag closes the nearest element of its name and all inside; one without a start tag closes
/// nothing. Both are what a browser does, so that a page cannot pass for flatter than it is.
fn depth(html: &str) -> usize {
    let bytes = html.as_bytes();
    let mut open: Vec<Vec<u8>> = Vec::new();
    let mut deepest = 0;
    for start in memchr::memchr_iter(b'<', bytes) {
        let rest = &bytes[start + 1..];
        let (closes, rest) = rest.strip_prefix(b"/").map_or((false, rest), |rest| (true, rest));
        let end = rest.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let name = rest[..end].to_ascii_lowercase();
        if name.is_empty() || is_flat(&name) {
            continue;
        }
        if !closes {
            open.push(name);
        } else if let Some(at) = open.iter().rposition(|tag| *tag == name) {
            open.truncate(at);
        }
        deepest = deepest.max(open.len());
        if MAX_DEPTH < deepest {
            break;
        }
    }
    deepest
}

/// Tells whether an element takes no end tag, or often goes without one.
fn is_flat(name: &[u8]) -> bool {
    const FLAT: &[&str] = &[
        "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link",
        "meta", "option", "p", "param", "source", "td", "th", "tr", "track", "wbr",
    ];
    FLAT.iter().any(|flat| flat.as_bytes() == name)
}
