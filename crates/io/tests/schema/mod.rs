//! A validator for the part of JSON Schema that `docs/claim.schema.json` uses.
//!
//! A keyword it does not know is a panic, so that the schema cannot say what no test reads.

use serde_json::{Map, Value};

pub(crate) struct Schema(Value);

impl Schema {
    pub(crate) fn parse(text: &str) -> Self {
        Self(serde_json::from_str(text).expect("the schema is JSON"))
    }

    /// Panics with every fault of `value`.
    pub(crate) fn check(&self, value: &Value) {
        let faults = self.faults(value);
        assert!(faults.is_empty(), "{faults:#?}\nin {value:#}");
    }

    pub(crate) fn faults(&self, value: &Value) -> Vec<String> {
        let mut faults = Vec::new();
        self.validate(&self.0, value, "claim", &mut faults);
        faults
    }

    fn validate(&self, schema: &Value, value: &Value, place: &str, faults: &mut Vec<String>) {
        let schema = schema.as_object().expect("a schema is an object");
        for (keyword, rule) in schema {
            if !self.holds(schema, keyword, rule, value, place, faults) {
                faults.push(format!("{place}: {value} breaks {keyword} {rule}"));
            }
        }
    }

    fn holds(
        &self,
        schema: &Map<String, Value>,
        keyword: &str,
        rule: &Value,
        value: &Value,
        place: &str,
        faults: &mut Vec<String>,
    ) -> bool {
        match keyword {
            "$schema" | "$id" | "$defs" | "title" | "description" => true,
            "$ref" => {
                let path = rule.as_str().and_then(|path| path.strip_prefix('#'));
                let target = path.and_then(|path| self.0.pointer(path)).expect("$ref is known");
                self.validate(target, value, place, faults);
                true
            }
            "type" => is_of_type(value, rule.as_str().expect("type is a name")),
            "const" => value == rule,
            "enum" => rule.as_array().expect("enum is a list").contains(value),
            "minimum" => value.as_f64().is_none_or(|n| rule.as_f64() <= Some(n)),
            "maximum" => value.as_f64().is_none_or(|n| Some(n) <= rule.as_f64()),
            "minLength" => {
                value.as_str().is_none_or(|s| rule.as_u64() <= Some(s.chars().count() as u64))
            }
            "minItems" => value.as_array().is_none_or(|a| rule.as_u64() <= Some(a.len() as u64)),
            "items" => {
                for (i, item) in value.as_array().into_iter().flatten().enumerate() {
                    self.validate(rule, item, &format!("{place}[{i}]"), faults);
                }
                true
            }
            "properties" => {
                for (name, property) in rule.as_object().expect("properties is an object") {
                    if let Some(value) = value.get(name) {
                        self.validate(property, value, &format!("{place}.{name}"), faults);
                    }
                }
                true
            }
            "required" => {
                let names = rule.as_array().expect("required is a list");
                names.iter().all(|name| value.get(name.as_str().unwrap_or_default()).is_some())
            }
            "additionalProperties" => {
                assert_eq!(*rule, Value::Bool(false), "only false is used");
                let known = schema["properties"].as_object().expect("properties is an object");
                value.as_object().is_none_or(|object| object.keys().all(|k| known.contains_key(k)))
            }
            "oneOf" => {
                let options = rule.as_array().expect("oneOf is a list");
                let fits = options.iter().filter(|option| {
                    let mut faults = Vec::new();
                    self.validate(option, value, place, &mut faults);
                    faults.is_empty()
                });
                fits.count() == 1
            }
            other => panic!("the validator does not know the keyword '{other}'"),
        }
    }
}

fn is_of_type(value: &Value, name: &str) -> bool {
    match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "number" => value.is_number(),
        "integer" => value.is_u64() || value.is_i64(),
        other => panic!("the validator does not know the type '{other}'"),
    }
}
