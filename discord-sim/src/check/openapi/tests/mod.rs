//! Tests the checker against the description. Without a copy, these tests say so and pass.

mod serenity;
mod slips;

use serde_json::Value;

use super::{Body, OpenApi};

/// The description, or a line that says why nothing was tested.
fn description() -> Option<OpenApi> {
    let description = OpenApi::from_env();
    if description.is_none() {
        println!("skipped: DISCORD_OPENAPI is not set");
    }
    description
}

fn assert_fits(cases: &[(&str, &str, Value)]) {
    let Some(description) = description() else {
        return;
    };
    for (method, path, body) in cases {
        let faults = description.check(method, path, body, Body::Json);
        assert!(faults.is_empty(), "{method} {path} {body}: {faults:#?}");
    }
}

/// The body is refused for one reason, whose sentence ends like this.
fn assert_refused(method: &str, path: &str, body: &Value, expected: &str) {
    let Some(description) = description() else {
        return;
    };
    let faults = description.check(method, path, body, Body::Json);
    assert_eq!(faults.len(), 1, "{method} {path} {body}: {faults:#?}");
    assert!(faults[0].ends_with(expected), "{}", faults[0]);
}

#[test]
fn a_file_that_is_no_description_is_refused_with_its_name() {
    let missing = OpenApi::load("/nowhere/openapi.json").expect_err("there is no such file");
    assert!(missing.starts_with("cannot read /nowhere/openapi.json: "), "{missing}");
}
