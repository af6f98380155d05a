//! The head of a place: its name, its topic, and what Discord's client offers to do with it.

use discord_sim::{Actor, Channel, ChannelKind, Thread};
use maud::{Markup, html};

use super::frame::mark;
use super::{Sight, Spot, times};

pub(super) fn head(sight: &Sight) -> Markup {
    let Some(place) = &sight.place else {
        return html! { h2 { "Nowhere" } };
    };
    let topic = match place {
        Spot::Channel(channel) => channel.topic(),
        Spot::Thread(thread) => {
            sight.guild.channel(thread.parent_id()).map(|channel| format!("in #{}", channel.name()))
        }
    };
    html! {
        h2 { span.sign { (mark(place)) } (place.name()) }
        @if let Some(thread) = place.thread() {
            @if thread.is_archived() { span.state { "archived" } }
            @if thread.is_locked() { span.state { "locked" } }
        }
        @if let Some(topic) = topic { p.topic { (topic) } }
        @match place {
            Spot::Thread(thread) => (thread_tools(sight, thread)),
            Spot::Channel(channel) => (channel_tools(sight, channel)),
        }
    }
}

fn act(sight: &Sight, verb: &str, label: &str, danger: bool) -> Markup {
    html! {
        form.act method="post" enctype="multipart/form-data" action=(sight.action(verb)) {
            button.option.danger[danger] { span.label { (label) } }
        }
    }
}

fn channel_tools(sight: &Sight, channel: &Channel) -> Markup {
    let audit = sight.me.audit_log();
    let deletes = sight.me.may_delete_channel(channel);
    let threads = channel.kind() == ChannelKind::Text && sight.me.may_start_private_thread(channel);
    html! {
        @if audit.is_ok() || threads || deletes {
            details.menu.right {
                summary { "More" }
                div.drop {
                    @if threads {
                        details.inner {
                            summary.option { "Start a private thread" }
                            form.act method="post" enctype="multipart/form-data" action=(sight.action("start-thread")) {
                                label.field { span.label { "Name" } input type="text" name="name" maxlength="100" required; }
                                button.button.primary { "Start" }
                            }
                        }
                    }
                    @if let Ok(entries) = &audit {
                        details.inner {
                            summary.option { "Audit log" }
                            ol.audit {
                                @if entries.is_empty() { li { "Nothing yet." } }
                                @for entry in entries.iter().take(50) {
                                    li {
                                        strong { (sight.name_of(entry.user_id)) } " " (entry.action.replace('_', " ")) " "
                                        (target(sight, entry.target_id)) " " (times::clock(entry.at_ms))
                                        @if let Some(reason) = &entry.reason { p.small { (reason) } }
                                    }
                                }
                            }
                        }
                    }
                    @if deletes {
                        details.inner {
                            summary.option.danger { "Delete channel" }
                            p.small { "Its messages and threads go with it." }
                            (act(sight, "delete-channel", "Delete it for good", true))
                        }
                    }
                }
            }
        }
    }
}

fn target(sight: &Sight, id: u64) -> String {
    let thread = sight.guild.thread(id).map(|thread| thread.name());
    let channel = || sight.guild.channel(id).map(|channel| format!("#{}", channel.name()));
    thread.or_else(channel).or_else(|| sight.guild.actor(id).map(|actor| actor.display_name())).unwrap_or_default()
}

fn thread_tools(sight: &Sight, thread: &Thread) -> Markup {
    let me = &sight.me;
    let outside: Vec<Actor> =
        sight.guild.members().into_iter().filter(|one| !thread.has_member(one) && !one.is_bot()).collect();
    html! {
        details.menu.right {
            summary { "Thread" }
            div.drop {
                @if thread.has_member(me) { @if !thread.is_archived() { (act(sight, "leave", "Leave the thread", false)) } }
                @else if !thread.is_archived() { (act(sight, "join", "Join the thread", false)) }
                @if me.may_add_to(thread) && !outside.is_empty() {
                    form.act method="post" enctype="multipart/form-data" action=(sight.action("add")) {
                        label.field {
                            span.label { "Add to the thread" }
                            select name="user" data-submit {
                                option value="" { "–" }
                                @for one in &outside { option value=(one.id()) { (one.display_name()) } }
                            }
                        }
                    }
                }
                @if me.may_rename(thread) {
                    details.inner {
                        summary.option { "Rename" }
                        form.act method="post" enctype="multipart/form-data" action=(sight.action("rename")) {
                            input type="text" name="name" value=(thread.name()) maxlength="100" required aria-label="New name";
                            button.button.primary { "Rename" }
                        }
                    }
                }
                @if me.may_unarchive(thread) { (act(sight, "unarchive", "Re-open (un-archive)", false)) }
                @if me.may_archive(thread) { (act(sight, "archive", "Close (archive)", false)) }
                @if me.may_lock(thread) && !thread.is_archived() {
                    @if thread.is_locked() { (act(sight, "unlock", "Unlock", false)) }
                    @else {
                        (act(sight, "lock", "Lock", false))
                        (act(sight, "archive-lock", "Close and lock", false))
                    }
                }
                @if me.may_delete_thread(thread) {
                    details.inner {
                        summary.option.danger { "Delete" }
                        (act(sight, "delete-thread", "Delete it for good", true))
                    }
                }
            }
        }
    }
}
