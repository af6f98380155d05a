//! Buttons, menus and the other components of messages.
//!
//! <https://discord.com/developers/docs/components/reference>

use discord_sim::{ChannelKind, Message};
use maud::{Markup, html};
use serde_json::Value;

use super::{Sight, embed, icons, markdown, media};

pub(super) fn components(sight: &Sight, message: &Message, components: &[Value], usable: bool) -> Markup {
    html! { @for part in components { (component(sight, message, part, usable)) } }
}

fn component(sight: &Sight, message: &Message, part: &Value, usable: bool) -> Markup {
    let inner = |name: &str| part[name].as_array().map(Vec::as_slice).unwrap_or_default();
    let text = |name: &str| part[name].as_str().unwrap_or_default();
    match part["type"].as_u64() {
        Some(1) => html! { div.row { (components(sight, message, inner("components"), usable)) } },
        Some(2) => button(sight, message, part, usable),
        Some(3 | 5..=8) => menu(sight, message, part, usable),
        Some(9) => html! {
            div.section {
                div.texts { (components(sight, message, inner("components"), usable)) }
                (component(sight, message, &part["accessory"], usable))
            }
        },
        Some(10) => html! { div.text { (markdown::text(sight, text("content"))) } },
        Some(11) => html! { div.thumbnail { (picture(sight, part, "media")) } },
        Some(12) => {
            html! { div.gallery { @for item in inner("items") { div.picture { (picture(sight, item, "media")) } } } }
        }
        Some(13) => {
            let url = part["file"]["url"].as_str().unwrap_or_default();
            let name = url.split('?').next().and_then(|path| path.rsplit('/').next()).unwrap_or("file");
            let shown = html! {
                div.files { a.file href=[media::path(sight, url)] download=(name) { (icons::file()) (name) } }
            };
            if part["spoiler"] == true { markdown::spoiler(shown) } else { shown }
        }
        Some(14) => html! { hr.wide[part["spacing"] == 2].bare[part["divider"] == false]; },
        Some(17) => {
            let shown = html! {
                div.container {
                    (embed::bar(part["accent_color"].as_u64()))
                    div.inside { (components(sight, message, inner("components"), usable)) }
                }
            };
            if part["spoiler"] == true { markdown::spoiler(shown) } else { shown }
        }
        kind => {
            html! { p.unknown { "A component that the playground does not show (type " (kind.unwrap_or_default()) ")." } }
        }
    }
}

fn picture(sight: &Sight, part: &Value, key: &str) -> Markup {
    let shown = media::picture(sight, part[key]["url"].as_str().unwrap_or_default(), part["description"].as_str());
    if part["spoiler"] == true { markdown::spoiler(shown) } else { shown }
}

/// An emoji before a label: a character, or the name of one of the server's own.
fn emoji(value: &Value) -> Markup {
    let name = value["name"].as_str().unwrap_or_default();
    match (name.is_empty(), value["id"].is_null()) {
        (true, _) => html! {},
        (false, true) => html! { span.emoji aria-hidden="true" { (name) } " " },
        (false, false) => html! { span.emoji { ":" (name) ":" } " " },
    }
}

fn button(sight: &Sight, message: &Message, part: &Value, usable: bool) -> Markup {
    let label = html! { (emoji(&part["emoji"])) (part["label"].as_str().unwrap_or_default()) };
    if let Some(url) = part["url"].as_str() {
        return match markdown::href(sight, url) {
            Some((href, true)) => html! { a.button.link href=(href) { (label) " ↗" } },
            Some((href, false)) => {
                html! { a.button.link href=(href) title=(href) target="_blank" rel="noopener noreferrer" { (label) " ↗" } }
            }
            None => html! { span.button.link { (label) " (" (url) ")" } },
        };
    }
    let kind = match part["style"].as_u64() {
        Some(1) => "primary",
        Some(3) => "success",
        Some(4) => "danger",
        _ => "secondary",
    };
    let disabled = part["disabled"] == true || !usable;
    html! {
        form.act method="post" enctype="multipart/form-data" action=(sight.action("click")) {
            input type="hidden" name="message" value=(message.id());
            input type="hidden" name="button" value=(part["custom_id"].as_str().unwrap_or_default());
            button class={ "button " (kind) } disabled[disabled] { (label) }
        }
    }
}

/// One thing that can be chosen.
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) about: String,
    pub(super) emoji: Markup,
    pub(super) chosen: bool,
}

/// What a menu offers this person.
pub(super) fn choices(sight: &Sight, menu: &Value) -> Vec<Choice> {
    let defaults = menu["default_values"].as_array().cloned().unwrap_or_default();
    let offer = |id: u64, label: String, about: String| Choice {
        value: id.to_string(),
        label,
        about,
        emoji: html! {},
        chosen: defaults.iter().any(|value| value["id"] == id.to_string().as_str()),
    };
    let people = || {
        sight
            .guild
            .members()
            .into_iter()
            .map(|person| offer(person.id(), person.display_name(), format!("@{}", person.name())))
    };
    let roles = || {
        sight.guild.roles().into_iter().map(|role| {
            let everyone = role.id() == sight.guild.id();
            offer(role.id(), if everyone { "@everyone".to_owned() } else { format!("@{}", role.name()) }, String::new())
        })
    };
    match menu["type"].as_u64() {
        Some(5) => people().collect(),
        Some(6) => roles().collect(),
        Some(7) => people().chain(roles()).collect(),
        Some(8) => channels(sight, &menu["channel_types"])
            .into_iter()
            .map(|(id, name)| offer(id, name, String::new()))
            .collect(),
        _ => {
            let options = menu["options"].as_array().into_iter().flatten();
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            options
                .map(|option| Choice {
                    value: text(&option["value"]),
                    label: text(&option["label"]),
                    about: text(&option["description"]),
                    emoji: emoji(&option["emoji"]),
                    chosen: option["default"] == true,
                })
                .collect()
        }
    }
}

/// Channels and active threads of these types that this person sees, with their names.
pub(super) fn channels(sight: &Sight, types: &Value) -> Vec<(u64, String)> {
    let allowed =
        |kind: u64| types.as_array().is_none_or(|types| types.is_empty() || types.iter().any(|one| *one == kind));
    let channels = sight.guild.channels().into_iter().filter(|channel| sight.me.sees(channel)).filter_map(|channel| {
        let kind = match channel.kind() {
            ChannelKind::Voice => 2,
            ChannelKind::Category => 4,
            ChannelKind::Announcement => 5,
            ChannelKind::Forum => 15,
            _ => 0,
        };
        allowed(kind).then(|| (channel.id(), format!("#{}", channel.name())))
    });
    let threads = sight.me.threads().into_iter().filter(|thread| {
        !thread.is_archived() && allowed(if thread.is_private() { 12 } else { 11 }) && types.is_array()
    });
    channels.chain(threads.map(|thread| (thread.id(), thread.name()))).collect()
}

fn menu(sight: &Sight, message: &Message, menu: &Value, usable: bool) -> Markup {
    let choices = choices(sight, menu);
    let (min, max) = (menu["min_values"].as_u64().unwrap_or(1), menu["max_values"].as_u64().unwrap_or(1));
    let chosen: Vec<&str> = choices.iter().filter(|choice| choice.chosen).map(|choice| choice.label.as_str()).collect();
    let placeholder = menu["placeholder"].as_str().filter(|text| !text.is_empty()).unwrap_or("Make a selection");
    let shown = if chosen.is_empty() { placeholder.to_owned() } else { chosen.join(", ") };
    if menu["disabled"] == true || !usable {
        return html! { div.menu.disabled { span.summary aria-disabled="true" { (shown) } } };
    }
    let single = max == 1 && min == 1;
    html! {
        details.menu.pick {
            summary.empty[chosen.is_empty()] { (shown) }
            form.act.drop method="post" enctype="multipart/form-data" action=(sight.action("select")) {
                input type="hidden" name="message" value=(message.id());
                input type="hidden" name="menu" value=(menu["custom_id"].as_str().unwrap_or_default());
                @if choices.len() > 8 {
                    input.filter type="search" placeholder="Search" aria-label="Search the list";
                }
                div.options {
                    @for choice in &choices {
                        @if single {
                            button.option name="value" value=(choice.value) aria-pressed=(choice.chosen.to_string()) { (option(choice)) }
                        } @else {
                            label.option {
                                input type="checkbox" name="value" value=(choice.value) checked[choice.chosen];
                                span { (option(choice)) }
                            }
                        }
                    }
                }
                @if !single {
                    p.small { (how_many(min, max)) }
                    button.button.primary { "Done" }
                }
            }
        }
    }
}

pub(super) fn option(choice: &Choice) -> Markup {
    html! {
        span.label { (choice.emoji) (choice.label) }
        @if !choice.about.is_empty() { span.about { (choice.about) } }
    }
}

pub(super) fn how_many(min: u64, max: u64) -> String {
    match (min, max) {
        (0, max) => format!("Choose up to {max}."),
        (min, max) if min == max => format!("Choose {min}."),
        (min, max) => format!("Choose {min} to {max}."),
    }
}
