//! Slash commands: what is offered, the fields of one, and suggestions while typing.

use discord_sim::{Actor, Reply};
use maud::{Markup, html};
use serde_json::Value;

use super::Sight;
use super::components::channels;
use super::messages::localised;

/// A command that can be sent: its path as registered, and what it takes.
pub(crate) struct Leaf {
    /// Such as `inbox create`.
    pub(crate) path: String,
    /// The path in the language of the person's client.
    pub(crate) shown: String,
    pub(crate) about: String,
    pub(crate) options: Vec<Value>,
}

/// The commands that this person is offered here, subcommands one by one.
pub(crate) fn leaves(sight: &Sight) -> Vec<Leaf> {
    let Some(place) = &sight.place else { return Vec::new() };
    // "Application commands are unavailable in archived threads."
    if place.thread().is_some_and(discord_sim::Thread::is_archived) {
        return Vec::new();
    }
    let mut leaves = Vec::new();
    for command in sight.me.commands_at(&place.id(), 1) {
        collect(sight, &command, "", "", &mut leaves);
    }
    leaves
}

fn collect(sight: &Sight, command: &Value, path: &str, shown: &str, leaves: &mut Vec<Leaf>) {
    let own = command["name"].as_str().unwrap_or_default();
    let path = format!("{path} {own}").trim().to_owned();
    let shown = format!("{shown} {}", localised(sight, command, "name")).trim().to_owned();
    let options = command["options"].as_array().cloned().unwrap_or_default();
    let is_group = |option: &Value| matches!(option["type"].as_u64(), Some(1 | 2));
    if options.iter().any(is_group) {
        for option in options.iter().filter(|option| is_group(option)) {
            collect(sight, option, &path, &shown, leaves);
        }
        return;
    }
    leaves.push(Leaf { path, shown, about: localised(sight, command, "description"), options });
}

/// The list that opens with a slash. The script filters it by what is typed.
pub(super) fn list(sight: &Sight) -> Markup {
    let leaves = leaves(sight);
    html! {
        div #commands.commands hidden {
            @if leaves.is_empty() { p.small { "The bot offers no commands here." } }
            @for leaf in &leaves {
                button.option type="button" data-path=(leaf.path) data-name=(leaf.shown) {
                    span.label { "/" (leaf.shown) }
                    span.about { (leaf.about) }
                }
            }
        }
    }
}

/// The fields of a command, before it is sent.
pub(crate) fn fields(sight: &Sight, path: &str) -> Option<Markup> {
    let leaf = leaves(sight).into_iter().find(|leaf| leaf.path == path)?;
    Some(html! {
        form.act.command method="post" enctype="multipart/form-data" action=(sight.action("command"))
            aria-label=(format!("/{}", leaf.shown)) data-suggest=(format!("{}/suggest", sight.base)) {
            input type="hidden" name="path" value=(leaf.path);
            p.head { strong { "/" (leaf.shown) } " " span.about { (leaf.about) } }
            div.fields {
                @for option in leaf.options.iter().filter(|option| option["required"] == true) { (field(sight, option)) }
                @for option in leaf.options.iter().filter(|option| option["required"] != true) { (field(sight, option)) }
            }
            div.row.end {
                button.button.secondary type="button" data-close { "Cancel" }
                button.button.primary { "Send" }
            }
        }
    })
}

fn field(sight: &Sight, option: &Value) -> Markup {
    let name = format!("option.{}", option["name"].as_str().unwrap_or_default());
    let required = option["required"] == true;
    let heading = html! {
        span.label { (localised(sight, option, "name")) @if required { span.star title="required" { "*" } } }
        span.about { (localised(sight, option, "description")) }
    };
    let fixed = option["choices"].as_array().filter(|choices| !choices.is_empty());
    if option["autocomplete"] == true {
        // Its suggestions are buttons, which a label may not hold.
        return html! { div.field { label for=(name) { (heading) } (input(sight, option, &name, required)) } };
    }
    html! {
        label.field {
            (heading)
            @if let Some(choices) = fixed {
                (select(&name, required, choices.iter().map(|choice| (text_of(&choice["value"]), localised(sight, choice, "name")))))
            } @else {
                (input(sight, option, &name, required))
            }
        }
    }
}

fn input(sight: &Sight, option: &Value, name: &str, required: bool) -> Markup {
    let people = || sight.guild.members().into_iter().map(|one: Actor| (one.id().to_string(), one.display_name()));
    let roles = || sight.guild.roles().into_iter().map(|role| (role.id().to_string(), format!("@{}", role.name())));
    match option["type"].as_u64() {
        Some(4 | 10) => html! {
            input type="number" name=(name) required[required] min=[option["min_value"].as_f64()] max=[option["max_value"].as_f64()]
                step=(if option["type"] == 4 { "1" } else { "any" });
        },
        Some(5) => select(
            name,
            required,
            [("true".to_owned(), "True".to_owned()), ("false".to_owned(), "False".to_owned())].into_iter(),
        ),
        Some(6) => select(name, required, people()),
        Some(7) => {
            let all = channels(sight, &option["channel_types"]);
            select(name, required, all.into_iter().map(|(id, name)| (id.to_string(), name)))
        }
        Some(8) => select(name, required, roles()),
        Some(9) => select(name, required, people().chain(roles())),
        Some(11) => html! { input type="file" name=(name) required[required]; },
        _ if option["autocomplete"] == true => html! {
            span.combo {
                input #(name) type="text" name=(name) required[required] autocomplete="off" role="combobox" aria-expanded="false"
                    aria-autocomplete="list" data-suggests=(option["name"].as_str().unwrap_or_default());
                span.suggestions role="listbox" hidden {}
            }
        },
        _ => html! {
            input type="text" name=(name) required[required] autocomplete="off" minlength=[option["min_length"].as_u64()]
                maxlength=(option["max_length"].as_u64().unwrap_or(6_000));
        },
    }
}

fn select(name: &str, required: bool, choices: impl Iterator<Item = (String, String)>) -> Markup {
    html! {
        select name=(name) required[required] {
            option value="" { "–" }
            @for (value, label) in choices { option value=(value) { (label) } }
        }
    }
}

fn text_of(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The suggestions that the bot answered with.
pub(crate) fn suggestions(sight: &Sight, reply: &Reply) -> Markup {
    let choices = reply.choices().unwrap_or_default();
    html! {
        @if choices.is_empty() { span.small { "No suggestions." } }
        @for choice in &choices {
            button.option type="button" role="option" data-value=(text_of(&choice["value"])) {
                span.label { (localised(sight, choice, "name")) }
            }
        }
    }
}
