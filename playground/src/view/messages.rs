//! The conversation: messages, private answers, what is still under way, and what failed.

use discord_sim::{Message, Reply, State};
use maud::{Markup, html};
use serde_json::Value;

use super::{Sight, Spot, components, embed, frame, icons, markdown, media, times};

/// How many messages are shown; older ones are there, but not on the page.
const SHOWN: usize = 80;

/// Messages of one author within this time are shown as one.
const TOGETHER_MS: i64 = 7 * 60_000;

/// How many of a person's interactions without a message are looked at.
const LAST_INTERACTIONS: usize = 5;

/// Discord's message types that are shown as a sentence.
const ADDED: u8 = 1;
const REMOVED: u8 = 2;
const RENAMED: u8 = 4;

pub(super) fn messages(sight: &Sight) -> Markup {
    let Some(place) = &sight.place else {
        return nowhere(sight);
    };
    let all = sight.me.messages(&place.id());
    let dismissed = sight.playground.page().dismissed.clone();
    let seen: Vec<&Message> = all.iter().filter(|message| !dismissed.contains(&message.id())).collect();
    let earlier = seen.len().saturating_sub(SHOWN);
    let pending = pending(sight, place, &dismissed);
    html! {
        (beginning(place, earlier))
        @for (index, message) in seen.iter().enumerate().skip(earlier) {
            @let continues = index > earlier && continues(seen[index - 1], message);
            (self::message(sight, message, continues))
            @for reply in pending.iter().filter(|reply| reply.source().is_some_and(|source| source.id() == message.id())) {
                (outcome(sight, reply))
            }
        }
        @for reply in pending.iter().filter(|reply| reply.source().is_none()) { (outcome(sight, reply)) }
    }
}

fn nowhere(sight: &Sight) -> Markup {
    html! {
        div.beginning {
            @if sight.me.is_member() {
                h2 { "Nothing to see here" }
                p { "The channel does not exist, or " (sight.me.display_name()) " may not view it." }
            } @else {
                h2 { (sight.me.name()) " has left this server" }
                form.act method="post" enctype="multipart/form-data" action=(sight.action("join-server")) {
                    button.button.primary { "Join it again" }
                }
            }
        }
    }
}

fn beginning(place: &Spot, earlier: usize) -> Markup {
    html! {
        div.beginning {
            @if earlier > 0 {
                p { (earlier) " earlier messages are not shown." }
            } @else {
                p.begins { "Here begins " strong { (frame::mark(place)) (place.name()) } "." }
                @if place.thread().is_some_and(discord_sim::Thread::is_private) {
                    p { "A private thread: only its members and people with Manage Threads see it." }
                }
            }
        }
    }
}

fn continues(before: &Message, message: &Message) -> bool {
    let same = before.author_id() == message.author_id() && before.is_private() == message.is_private();
    same && before.kind() == 0 && message.kind() == 0 && message.created_ms() - before.created_ms() < TOGETHER_MS
}

fn message(sight: &Sight, message: &Message, continues: bool) -> Markup {
    if let Some(sentence) = sentence(sight, message) {
        return html! { p.event #(format!("m{}", message.id())) { (sentence) " " (times::clock(message.created_ms())) } };
    }
    let raw = message.raw();
    let author = message.author_id();
    let name = raw["author"]["username"].as_str().filter(|_| !raw["webhook_id"].is_null() && !sight.is_bot(author));
    let name = name.map_or_else(|| sight.name_of(author), str::to_owned);
    let is_bot = raw["author"]["bot"] == true;
    let pings = message.pinged().contains(&sight.me.id());
    html! {
        article.message.continues[continues].private[message.is_private()].pings[pings]
            #(format!("m{}", message.id())) aria-label=(format!("{name}, {}", times::day_and_clock(message.created_ms()))) {
            @if !continues { (used(sight, &raw)) (frame::avatar(&name)) }
            div.body {
                @if !continues {
                    p.by {
                        strong.name { (name) }
                        @if is_bot { span.tag { "App" } }
                        (times::clock(message.created_ms()))
                    }
                }
                (content(sight, message, &raw))
                @if message.is_private() { (private(sight, message)) }
            }
            @if !message.is_private() { (tools(sight, message)) }
        }
    }
}

/// A message that tells what happened to the thread.
fn sentence(sight: &Sight, message: &Message) -> Option<Markup> {
    let by = sight.name_of(message.author_id());
    let whom = || message.mentioned_users().first().map_or_else(String::new, |id| sight.name_of(*id));
    match message.kind() {
        ADDED => Some(html! { strong { (by) } " added " strong { (whom()) } " to the thread." }),
        REMOVED => Some(html! { strong { (by) } " removed " strong { (whom()) } " from the thread." }),
        RENAMED => Some(html! { strong { (by) } " renamed the thread to " strong { (message.text()) } "." }),
        _ => None,
    }
}

/// Who used which command, above the answer.
fn used(sight: &Sight, raw: &Value) -> Markup {
    let about = &raw["interaction_metadata"];
    let user = about["user"]["id"].as_str().and_then(|id| id.parse::<u64>().ok());
    let (Some(user), Some(command)) = (user, about["name"].as_str()) else {
        return html! {};
    };
    let slash = if raw["type"] == 23 { "" } else { "/" };
    html! { p.used { strong { (sight.name_of(user)) } " used " span.mention { (slash) (command) } } }
}

/// Everything of a message below its author, also for the operator's panel.
pub(super) fn content(sight: &Sight, message: &Message, raw: &Value) -> Markup {
    if message.is_thinking() {
        let expired = message.answers().is_some_and(|reply| reply.state() == State::Failed);
        return if expired {
            html! { p.failed { "The application did not respond." } }
        } else {
            html! { p.thinking { (sight.playground.sim.application_name()) " is thinking" span.dots aria-hidden="true" { "…" } } }
        };
    }
    let usable = sight.me.is_member();
    html! {
        @if !message.text().is_empty() {
            div.text { (markdown::text(sight, &message.text())) @if message.is_edited() { span.edited { "(edited)" } } }
        }
        @for part in message.embeds() { (embed::embed(sight, &part)) }
        (media::attachments(sight, &message.attachments(), raw))
        @for sticker in raw["sticker_items"].as_array().into_iter().flatten() {
            p.sticker { "Sticker: " (sticker["name"].as_str().unwrap_or_default()) }
        }
        @if !message.components().is_empty() {
            div.components { (components::components(sight, message, &message.components(), usable)) }
        }
        @if raw["poll"].is_object() { p.unknown { "A poll, which the playground does not show." } }
        @if raw["message_snapshots"].is_array() { p.unknown { "A forwarded message, which the playground does not show." } }
    }
}

fn private(sight: &Sight, message: &Message) -> Markup {
    html! {
        form.act.only method="post" enctype="multipart/form-data" action=(sight.action("dismiss")) {
            input type="hidden" name="id" value=(message.id());
            span { "Only you can see this · " }
            button.plain { "Dismiss" }
        }
    }
}

/// The menu of a message: the bot's commands, and what its author or a moderator may do.
fn tools(sight: &Sight, message: &Message) -> Markup {
    let apps = sight.message_commands();
    let (edits, deletes) = (sight.me.may_edit_message(message), sight.me.may_delete_message(message));
    if apps.is_empty() && !edits && !deletes {
        return html! {};
    }
    html! {
        details.menu.tools {
            summary title="More" { (icons::more()) span.hidden { "What to do with this message" } }
            div.drop {
                @if !apps.is_empty() {
                    p.group { "Apps" }
                    @for app in apps {
                        form.act method="post" enctype="multipart/form-data" action=(sight.action("menu")) {
                            input type="hidden" name="message" value=(message.id());
                            input type="hidden" name="command" value=(app["name"].as_str().unwrap_or_default());
                            button.option { span.label { (localised(sight, app, "name")) } }
                        }
                    }
                }
                @if edits {
                    details.inner {
                        summary.option { "Edit" }
                        form.act method="post" enctype="multipart/form-data" action=(sight.action("edit")) {
                            input type="hidden" name="message" value=(message.id());
                            textarea name="text" rows="3" aria-label="Text of the message" { (message.text()) }
                            button.button.primary { "Save" }
                        }
                    }
                }
                @if deletes {
                    form.act method="post" enctype="multipart/form-data" action=(sight.action("delete")) {
                        input type="hidden" name="message" value=(message.id());
                        button.option.danger { span.label { "Delete" } }
                    }
                }
            }
        }
    }
}

/// A registered text in the language of this person's client.
pub(super) fn localised(sight: &Sight, what: &Value, key: &str) -> String {
    let own = &what[format!("{key}_localizations")][sight.me.locale()];
    own.as_str().or_else(|| what[key].as_str()).unwrap_or_default().to_owned()
}

/// This person's interactions that have nothing else to show: unanswered, or failed.
fn pending(sight: &Sight, place: &Spot, dismissed: &std::collections::BTreeSet<u64>) -> Vec<Reply> {
    let all = sight.me.interactions(&place.id());
    let last = all.into_iter().rev().take(LAST_INTERACTIONS).filter(|reply| {
        let is_open = match reply.state() {
            State::Waiting => true,
            // A deferred answer that was never filled shows it itself.
            State::Failed => reply.messages().is_empty() && reply.answered_after_ms().is_none(),
            _ => false,
        };
        is_open && !dismissed.contains(&reply.id())
    });
    let mut pending: Vec<Reply> = last.collect();
    pending.reverse();
    pending
}

/// The command that was used: `/inbox check`, `Select this message`.
fn command_of(reply: &Reply) -> String {
    let label = reply.label();
    let typed = label.strip_prefix("types ");
    typed.or_else(|| label.split('"').nth(1)).unwrap_or(&label).to_owned()
}

fn outcome(sight: &Sight, reply: &Reply) -> Markup {
    let id = format!("i{}", reply.id());
    if reply.state() == State::Waiting {
        return html! { p.outcome #(id) { span.dots aria-hidden="true" { "…" } " Sent. Waiting for the bot." } };
    }
    html! {
        form.act.outcome.failed #(id) method="post" enctype="multipart/form-data" action=(sight.action("dismiss")) {
            input type="hidden" name="id" value=(reply.id());
            span {
                @if reply.source().is_some() { "This interaction failed. " }
                @else { span.mention { (command_of(reply)) } " The application did not respond. " }
            }
            button.plain { "Dismiss" }
        }
    }
}
