//! Text of a fragment of HTML, as feeds hold it.

use dom_query::Document;

/// Returns the text of a fragment, with a line for each block; plain text stays what it is.
pub(super) fn text(fragment: &str) -> String {
    if !fragment.contains(['<', '&']) {
        return fragment.trim().to_owned();
    }
    let fragment = Document::fragment(fragment);
    fragment.select("script, style").remove();
    fragment.formatted_text().trim().to_owned()
}
