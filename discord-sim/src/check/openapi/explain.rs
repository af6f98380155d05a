//! Explains a schema's refusals in short sentences. A union is explained by the alternative that the value was meant to
//! be; the validator's own message would only say that none fits.

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind as Kind;
use serde_json::Value;

/// How much of a value is quoted.
const QUOTED: usize = 60;

/// One sentence per fault, starting with its place.
pub(super) fn sentences(error: &ValidationError<'_>) -> Vec<String> {
    let (Kind::AnyOf { context } | Kind::OneOfNotValid { context }) = error.kind() else {
        return vec![sentence(at(error), error.instance(), &error.masked().to_string())];
    };
    let allowed = constants(context, at(error));
    if !allowed.is_empty() {
        return vec![none_of(at(error), error.instance(), &allowed)];
    }
    let meant = context.iter().filter(|branch| !branch.iter().any(|inner| is_another_kind(inner, error)));
    if let Some(closest) = meant.min_by_key(|branch| branch.len()) {
        return closest.iter().flat_map(sentences).collect();
    }
    let type_field = format!("{}/type", at(error));
    let types = constants(context, &type_field);
    if let Some(kind) = error.instance().get("type").filter(|_| !types.is_empty()) {
        return vec![none_of(&type_field, kind, &types)];
    }
    // `null` comes first in every union, so the last alternative describes the value best.
    context.last().into_iter().flatten().flat_map(sentences).collect()
}

/// The values that the alternatives allow here, if each allows only certain ones.
fn constants<'a>(context: &'a [Vec<ValidationError<'_>>], place: &str) -> Vec<&'a Value> {
    let here = context.iter().flatten().filter(|inner| at(inner) == place);
    here.flat_map(|inner| match inner.kind() {
        Kind::Constant { expected_value } => std::slice::from_ref(&**expected_value),
        Kind::Enum { options } => options.as_array().map_or(&[][..], Vec::as_slice),
        _ => &[],
    })
    .collect()
}

/// Whether the branch is about values of another JSON type, or objects of another `type`.
fn is_another_kind(inner: &ValidationError<'_>, outer: &ValidationError<'_>) -> bool {
    let type_field = format!("{}/type", at(outer));
    match inner.kind() {
        Kind::Type { .. } => at(inner) == at(outer),
        Kind::Enum { .. } | Kind::Constant { .. } => at(inner) == type_field,
        _ => false,
    }
}

fn none_of(place: &str, value: &Value, allowed: &[&Value]) -> String {
    let allowed: Vec<String> = allowed.iter().map(ToString::to_string).collect();
    sentence(place, value, &format!("value is none of {}", allowed.join(", ")))
}

fn sentence(place: &str, value: &Value, fault: &str) -> String {
    let place = if place.is_empty() { "body" } else { place };
    match quoted(value) {
        Some(value) => format!("{place}: {fault}; it is {value}"),
        None => format!("{place}: {fault}"),
    }
}

fn quoted(value: &Value) -> Option<String> {
    if value.is_object() || value.is_array() {
        return None;
    }
    let text = value.to_string();
    let cut: String = text.chars().take(QUOTED).collect();
    Some(if cut == text { text } else { format!("{cut}…") })
}

fn at<'a>(error: &'a ValidationError<'_>) -> &'a str {
    error.instance_path().as_str()
}
