//! The description of the API as a page: no script, nothing from elsewhere.

use serde_json::Value;
use std::fmt::Write as _;

/// How the page looks.
pub(crate) const STYLE: &str = "\
:root { color-scheme: light dark; font-family: system-ui, sans-serif; line-height: 1.5 }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
code { font-family: ui-monospace, monospace }
section { border-block-start: 1px solid; padding-block: .5rem }
table { border-collapse: collapse }
th, td { border: 1px solid; padding: .2rem .6rem; text-align: start; vertical-align: top }
";

/// Writes the page.
pub(crate) fn page(description: &Value) -> String {
    let mut page = String::from(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>Sijill: the API</title>\
         <link rel=\"stylesheet\" href=\"/api/v1/docs.css\"></head><body><main>\
         <h1>The API</h1>",
    );
    let about = text(&description["info"]["description"]);
    let _ = write!(page, "<p>{about}</p><p><a href=\"/api/v1/openapi.json\">As OpenAPI</a></p>");
    for (path, methods) in description["paths"].as_object().into_iter().flatten() {
        for (method, operation) in methods.as_object().into_iter().flatten() {
            section(&mut page, path, method, operation);
        }
    }
    page.push_str("<h2>What is sent and answered</h2>");
    for (name, schema) in description["components"]["schemas"].as_object().into_iter().flatten() {
        type_of(&mut page, name, schema);
    }
    page.push_str("</main></body></html>\n");
    page
}

fn section(page: &mut String, path: &str, method: &str, operation: &Value) {
    let (method, path) = (method.to_uppercase(), escaped(path));
    let _ = write!(page, "<section><h2><code>{method} {path}</code></h2>");
    let _ = write!(page, "<p>{}</p>", text(&operation["summary"]));
    let parameters = operation["parameters"].as_array().into_iter().flatten();
    let rows: Vec<String> = parameters
        .map(|one| {
            let (name, about) = (text(&one["name"]), text(&one["description"]));
            format!("<tr><th scope=\"row\"><code>{name}</code></th><td>{about}</td></tr>")
        })
        .collect();
    if !rows.is_empty() {
        let _ = write!(page, "<table>{}</table>", rows.concat());
    }
    let sent = operation["requestBody"]["content"].as_object().into_iter().flatten();
    for (kind, body) in sent {
        let _ = write!(page, "<p>Takes {}: {}</p>", escaped(kind), link(&body["schema"]));
    }
    for (status, answer) in operation["responses"].as_object().into_iter().flatten() {
        let content = answer["content"].as_object().into_iter().flatten();
        let body: Vec<String> = content.map(|(_, body)| link(&body["schema"])).collect();
        let (status, about) = (escaped(status), text(&answer["description"]));
        let _ = write!(page, "<p><code>{status}</code> {about} {}</p>", body.join(", "));
    }
    page.push_str("</section>");
}

fn type_of(page: &mut String, name: &str, schema: &Value) {
    let name = escaped(name);
    let about = text(&schema["description"]);
    let _ = write!(page, "<section id=\"{name}\"><h3><code>{name}</code></h3><p>{about}</p>");
    let parts = schema["allOf"].as_array().into_iter().flatten().chain([schema]);
    let fields = parts.flat_map(|part| part["properties"].as_object().into_iter().flatten());
    let rows: Vec<String> = fields
        .map(|(field, schema)| {
            let (field, about) = (escaped(field), text(&schema["description"]));
            let kind = link(schema);
            format!("<tr><th scope=\"row\"><code>{field}</code></th><td>{kind}</td><td>{about}</td></tr>")
        })
        .collect();
    if !rows.is_empty() {
        let _ = write!(page, "<table>{}</table>", rows.concat());
    }
    page.push_str("</section>");
}

/// Names what a schema takes.
fn link(schema: &Value) -> String {
    if let Some(name) = schema["$ref"].as_str().and_then(|it| it.rsplit('/').next()) {
        let name = escaped(name);
        return format!("<a href=\"#{name}\">{name}</a>");
    }
    match &schema["type"] {
        Value::String(kind) if kind == "array" => format!("list of {}", link(&schema["items"])),
        Value::String(kind) => escaped(kind),
        Value::Array(kinds) => {
            let kinds = kinds.iter().filter_map(Value::as_str).map(escaped);
            kinds.collect::<Vec<_>>().join(" or ")
        }
        _ => String::new(),
    }
}

fn text(value: &Value) -> String {
    escaped(value.as_str().unwrap_or_default())
}

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('"', "&quot;").replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_described_stays_text() {
        let evil = "<script>alert(1)</script>\"";
        let description = json!({
            "info": { "description": evil },
            "paths": { evil: { evil: { "summary": evil, "parameters": [{ "name": evil }] } } },
            "components": { "schemas": { evil: { "properties": { evil: { "type": evil } } } } }
        });
        let page = page(&description);
        assert!(!page.contains("<script>") && page.contains("&lt;script&gt;"));
    }
}
