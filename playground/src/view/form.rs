//! The form that the bot opened for this person, as a dialog.

use discord_sim::{Modal, Reply};
use maud::{Markup, html};
use serde_json::Value;

use super::components::{choices, how_many, option};
use super::{Sight, markdown};

/// The newest form in this place that was neither sent nor closed.
pub(super) fn open_form(sight: &Sight) -> Option<(Reply, Modal)> {
    let place = sight.place.as_ref()?;
    let closed = sight.playground.page().closed_forms.clone();
    let newest = sight.me.interactions(&place.id()).into_iter().rev().find(|reply| reply.modal().is_some())?;
    let modal = newest.modal()?;
    (!closed.contains(&newest.id())).then_some((newest, modal))
}

pub(super) fn form(sight: &Sight) -> Markup {
    let Some((reply, modal)) = open_form(sight) else {
        return html! {};
    };
    let id = reply.id();
    html! {
        dialog.form open #(format!("form{id}")) aria-labelledby=(format!("title{id}")) {
            form.act method="post" enctype="multipart/form-data" action=(sight.action("form")) {
                input type="hidden" name="reply" value=(id);
                h2 #(format!("title{id}")) { (modal.title) }
                @for part in &modal.components { (component(sight, part)) }
                div.row.end {
                    button.button.secondary name="close" value="1" formnovalidate { "Cancel" }
                    button.button.primary { "Submit" }
                }
            }
        }
    }
}

/// A label with its field, an older row with one input, or text.
fn component(sight: &Sight, part: &Value) -> Markup {
    match part["type"].as_u64() {
        Some(10) => html! { div.text { (markdown::text(sight, part["content"].as_str().unwrap_or_default())) } },
        Some(18) => {
            let (label, about) = (part["label"].as_str().unwrap_or_default(), part["description"].as_str());
            field(sight, &part["component"], label, about)
        }
        _ => html! {
            @for inner in part["components"].as_array().into_iter().flatten() {
                (field(sight, inner, inner["label"].as_str().unwrap_or_default(), None))
            }
        },
    }
}

fn field(sight: &Sight, field: &Value, label: &str, about: Option<&str>) -> Markup {
    let name = format!("field.{}", field["custom_id"].as_str().unwrap_or_default());
    let required = field["required"].as_bool().unwrap_or(true) && field["type"] != 23;
    let heading = html! {
        span.label { (label) @if required { span.star title="required" { "*" } } }
        @if let Some(about) = about { span.about { (about) } }
    };
    match field["type"].as_u64() {
        Some(4) => html! { label.field { (heading) (input(field, &name, required)) } },
        Some(21) => group(sight, field, &name, heading, "radio", required),
        Some(22) => group(sight, field, &name, heading, "checkbox", false),
        Some(23) => html! {
            label.field.check {
                input type="checkbox" name=(name) value="flag" checked[field["default"] == true];
                span { (heading) }
            }
            input type="hidden" name="flags" value=(field["custom_id"].as_str().unwrap_or_default());
        },
        Some(19) => html! {
            label.field {
                (heading)
                input type="file" name=(name) multiple[field["max_values"].as_u64().unwrap_or(1) > 1] required[required];
            }
        },
        Some(3 | 5..=8) => select(sight, field, &name, heading, required),
        kind => {
            html! { p.unknown { (label) ": a field that the playground does not show (type " (kind.unwrap_or_default()) ")." } }
        }
    }
}

fn input(field: &Value, name: &str, required: bool) -> Markup {
    let value = field["value"].as_str().unwrap_or_default();
    let placeholder = field["placeholder"].as_str();
    let (min, max) = (field["min_length"].as_u64(), field["max_length"].as_u64().unwrap_or(4_000));
    if field["style"] == 2 {
        html! {
            textarea name=(name) rows="5" placeholder=[placeholder] minlength=[min] maxlength=(max) required[required] { (value) }
        }
    } else {
        html! {
            input type="text" name=(name) value=(value) placeholder=[placeholder] minlength=[min] maxlength=(max)
                required[required] autocomplete="off";
        }
    }
}

fn group(sight: &Sight, field: &Value, name: &str, heading: Markup, kind: &str, required: bool) -> Markup {
    let choices = choices(sight, field);
    let (min, max) = bounds(field, u64::try_from(choices.len()).unwrap_or(10));
    html! {
        fieldset.field {
            legend { (heading) }
            div.options {
                @for choice in &choices {
                    label.option {
                        input type=(kind) name=(name) value=(choice.value) checked[choice.chosen] required[required];
                        span { (option(choice)) }
                    }
                }
            }
            @if kind == "checkbox" && choices.len() > 1 { p.small { (how_many(min, max)) } }
            // What is not checked is not sent: the name tells that it was asked.
            input type="hidden" name="asked" value=(field["custom_id"].as_str().unwrap_or_default());
        }
    }
}

fn select(sight: &Sight, field: &Value, name: &str, heading: Markup, required: bool) -> Markup {
    let choices = choices(sight, field);
    let (_, max) = bounds(field, 1);
    if max > 1 {
        return group(sight, field, name, heading, "checkbox", false);
    }
    html! {
        label.field {
            (heading)
            select name=(name) required[required] {
                option value="" { (field["placeholder"].as_str().unwrap_or("Make a selection")) }
                @for choice in &choices {
                    option value=(choice.value) selected[choice.chosen] {
                        (choice.label) @if !choice.about.is_empty() { " – " (choice.about) }
                    }
                }
            }
        }
        input type="hidden" name="asked" value=(field["custom_id"].as_str().unwrap_or_default());
    }
}

fn bounds(field: &Value, most: u64) -> (u64, u64) {
    let required = field["required"].as_bool().unwrap_or(true);
    let min = field["min_values"].as_u64().unwrap_or(1);
    (if required { min } else { 0 }, field["max_values"].as_u64().unwrap_or(most))
}
