//! The description of the API is what it says it is, by a validator of the field.

use crate::process::{output, root};
use crate::python;

/// Validates `docs/openapi.json` as OpenAPI 3.1, in an environment of its own.
pub(crate) fn check() -> anyhow::Result<String> {
    let requirements = root().join("crates/server/tests/description/requirements.txt");
    let environment = python::environment("description", &requirements)?;
    let mut validate = python::tool(&environment, "python");
    validate.args(["-m", "openapi_spec_validator", "--schema", "3.1"]);
    output(validate.arg(root().join("docs/openapi.json")))?;
    Ok("docs/openapi.json is OpenAPI 3.1".to_owned())
}
