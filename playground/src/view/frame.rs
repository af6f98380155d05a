//! What surrounds the conversation: who one is, the channels, the field to write in, the members.

use std::collections::BTreeMap;

use discord_sim::permissions as perm;
use discord_sim::{Actor, Channel, ChannelKind, Thread};
use maud::{Markup, html};

use super::{Sight, Spot, command, icons};

/// How many archived threads of a channel are listed.
const ARCHIVED: usize = 30;

/// Languages of Discord's client that the switch offers.
const LANGUAGES: [(&str, &str); 8] = [
    ("en-US", "English, US"),
    ("en-GB", "English, UK"),
    ("de", "Deutsch"),
    ("fr", "Français"),
    ("es-ES", "Español"),
    ("ja", "日本語"),
    ("pl", "Polski"),
    ("pt-BR", "Português do Brasil"),
];

/// A circle with initials. The number picks one of eight colours of the style sheet.
pub(super) fn avatar(name: &str) -> Markup {
    let words = name.split_whitespace().filter_map(|word| word.chars().find(|letter| letter.is_alphanumeric()));
    let initials: String = words.take(2).flat_map(char::to_uppercase).collect();
    // By name, so that a picture of a scene always looks the same.
    let colour = name.bytes().fold(7_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into())) >> 4 & 7;
    html! { span.avatar aria-hidden="true" data-colour=(colour) { (initials) } }
}

/// The sign before a place's name.
pub(super) fn mark(place: &Spot) -> Markup {
    match place {
        Spot::Thread(thread) => thread_mark(thread),
        Spot::Channel(channel) => channel_mark(channel),
    }
}

fn thread_mark(thread: &Thread) -> Markup {
    if thread.is_private() { icons::lock() } else { icons::thread() }
}

fn channel_mark(channel: &Channel) -> Markup {
    match channel.kind() {
        ChannelKind::Voice => icons::voice(),
        ChannelKind::Announcement => icons::news(),
        ChannelKind::Forum => icons::forum(),
        ChannelKind::Category => html! {},
        _ => icons::hash(),
    }
}

pub(super) fn top(sight: &Sight) -> Markup {
    let me = &sight.me;
    html! {
        button.icon.narrow type="button" data-toggle="places" aria-controls="places" aria-expanded="false" { (icons::list()) span.hidden { "Channels" } }
        h1 { (sight.guild.name()) }
        p.simulation title="Nothing here is Discord. It is not made or endorsed by Discord." { "A simulation, not Discord" }
        details.menu.who {
            summary {
                (avatar(&me.display_name()))
                span { span.hidden { "I am " } (me.display_name()) " " small { (what(sight, me)) } }
            }
            div.drop {
                p.group { "Who I am" }
                @for person in sight.playground.people() {
                    a.option href=(self::person_link(sight, &person)) aria-current=[(person.id() == me.id()).then_some("true")] {
                        (avatar(&person.display_name()))
                        span.label { (person.display_name()) }
                        span.about { (what(sight, &person)) }
                    }
                }
                form.act method="post" enctype="multipart/form-data" action=(sight.action("language")) {
                    label.field {
                        span.label { "Language of their Discord" }
                        select name="locale" data-submit {
                            @for (code, name) in LANGUAGES { option value=(code) selected[me.locale() == code] { (name) } }
                        }
                    }
                }
                @if me.is_member() && me.id() != sight.guild.owner().id() {
                    form.act method="post" enctype="multipart/form-data" action=(sight.action("leave-server")) {
                        button.option.danger { span.label { "Leave the server" } }
                    }
                }
                @if me.is_pending() {
                    form.act method="post" enctype="multipart/form-data" action=(sight.action("accept-rules")) {
                        button.option { span.label { "Accept the rules" } }
                    }
                }
            }
        }
        button.icon type="button" data-theme-switch title="Light or dark" { (icons::contrast()) span.hidden { "Light or dark" } }
        button.icon.narrow type="button" data-toggle="people" aria-controls="people" aria-expanded="false" { (icons::people()) span.hidden { "Members" } }
        button.button.secondary type="button" data-toggle="operator" aria-controls="operator" aria-expanded="false" { "Operator" }
    }
}

/// The same place as somebody else, if they see it.
fn person_link(sight: &Sight, person: &Actor) -> String {
    match &sight.place {
        Some(place) if person.sees(&place.id()) => format!("/as/{}/{}", person.name(), place.id()),
        _ => format!("/as/{}", person.name()),
    }
}

/// What somebody is, in a few words.
fn what(sight: &Sight, person: &Actor) -> String {
    if !person.is_member() {
        return "has left".to_owned();
    }
    let roles: Vec<String> = person.roles().iter().map(discord_sim::Role::name).collect();
    let mut words = Vec::new();
    if person.id() == sight.guild.owner().id() {
        words.push("owner".to_owned());
    }
    words.extend(roles);
    if person.timed_out_until_ms().is_some() {
        words.push("timed out".to_owned());
    }
    if person.is_pending() {
        words.push("has not accepted the rules".to_owned());
    }
    if words.is_empty() { "member".to_owned() } else { words.join(", ") }
}

pub(super) fn places(sight: &Sight) -> Markup {
    let channels: Vec<Channel> = sight.guild.channels().into_iter().filter(|channel| sight.me.sees(channel)).collect();
    let of = |category: Option<u64>| {
        let mut inside: Vec<&Channel> = channels
            .iter()
            .filter(|channel| {
                channel.kind() != ChannelKind::Category && known(&channels, channel.category_id()) == category
            })
            .collect();
        inside.sort_by_key(|channel| channel.position());
        inside
    };
    let mut categories: Vec<&Channel> =
        channels.iter().filter(|channel| channel.kind() == ChannelKind::Category).collect();
    categories.sort_by_key(|channel| channel.position());
    if !sight.me.is_member() {
        return html! { p.small { "Not a member of this server." } };
    }
    html! {
        ul.channels { @for channel in of(None) { (entry(sight, channel)) } }
        @for category in categories {
            @let inside = of(Some(category.id()));
            @if !inside.is_empty() {
                h2 { (category.name()) }
                ul.channels { @for channel in inside { (entry(sight, channel)) } }
            }
        }
    }
}

/// A category that this person does not see counts as none.
fn known(channels: &[Channel], category: Option<u64>) -> Option<u64> {
    category.filter(|id| channels.iter().any(|channel| channel.id() == *id))
}

fn entry(sight: &Sight, channel: &Channel) -> Markup {
    let all: Vec<Thread> = channel.threads().into_iter().filter(|thread| sight.me.sees(thread)).collect();
    let is_here = |id: u64| sight.place.as_ref().is_some_and(|place| place.id() == id);
    let (archived, active): (Vec<&Thread>, Vec<&Thread>) =
        all.iter().partition(|thread| thread.is_archived() && !is_here(thread.id()));
    let row = |thread: &Thread| {
        html! {
            li {
                a href=(sight.link_to(thread.id())) aria-current=[is_here(thread.id()).then_some("page")] {
                    span.sign { (thread_mark(thread)) }
                    span.label { (thread.name()) }
                    @if thread.is_locked() { span.state { "locked" } }
                    @if pinged(sight, thread) && !is_here(thread.id()) { span.ping title="You were mentioned" { "@" } }
                }
            }
        }
    };
    html! {
        li {
            a href=(sight.link_to(channel.id())) aria-current=[is_here(channel.id()).then_some("page")] {
                span.sign { (channel_mark(channel)) }
                span.label { (channel.name()) }
            }
            @if !active.is_empty() { ul.threads { @for thread in &active { (row(thread)) } } }
            @if !archived.is_empty() {
                details.archived #(format!("archived{}", channel.id())) {
                    summary { (archived.len()) " archived" }
                    ul.threads { @for thread in archived.iter().rev().take(ARCHIVED) { (row(thread)) } }
                    @if archived.len() > ARCHIVED { p.small { "and " (archived.len() - ARCHIVED) " more" } }
                }
            }
        }
    }
}

/// Whether a message since this person's last look mentions them.
fn pinged(sight: &Sight, thread: &Thread) -> bool {
    let me = sight.me.id();
    let read = sight.playground.page().read.get(&(me, thread.id())).copied().unwrap_or(0);
    sight.me.was_pinged_in(thread)
        && sight.me.messages(thread).iter().any(|one| one.id() > read && one.pinged().contains(&me))
}

pub(super) fn composer(sight: &Sight) -> Markup {
    let Some(place) = &sight.place else { return html! {} };
    let id = place.id();
    if let Spot::Channel(channel) = place
        && matches!(channel.kind(), ChannelKind::Voice | ChannelKind::Forum)
    {
        return html! { p.cannot { "The playground simulates no conversation in such channels." } };
    }
    let commands = sight.me.permissions_in(&id) & perm::USE_APPLICATION_COMMANDS != 0 && sight.me.is_member();
    let archived = place.thread().is_some_and(Thread::is_archived);
    let writes = sight.me.may_write(&id);
    if writes.is_err() && !commands {
        return html! { p.cannot { "You may not write here." @if sight.me.timed_out_until_ms().is_some() { " You are timed out." } } };
    }
    html! {
        (command::list(sight))
        @if archived && writes.is_ok() { p.small { "This thread is archived. Writing re-opens it." } }
        form.act.write method="post" enctype="multipart/form-data" action=(sight.action("write")) {
            @if commands && !archived {
                button.icon type="button" data-commands aria-controls="commands" aria-expanded="false" title="Commands" { span aria-hidden="true" { "/" } span.hidden { "Commands" } }
            }
            @if sight.me.may_attach(&id) {
                label.icon title="Attach files" {
                    (icons::clip()) span.hidden { "Attach files" }
                    input.hidden type="file" name="files" multiple;
                }
            }
            textarea name="text" rows="1" maxlength="2000" disabled[writes.is_err() && archived]
                placeholder=(if writes.is_ok() { format!("Message {}{}", if place.thread().is_some() { "" } else { "#" }, place.name()) } else { "You may not write here; / opens commands".to_owned() })
                aria-label=(format!("Message in {}", place.name())) {}
            button.button.primary disabled[writes.is_err()] { "Send" }
        }
    }
}

pub(super) fn people(sight: &Sight) -> Markup {
    let Some(place) = &sight.place else { return html! {} };
    let thread = place.thread();
    let there = |one: &Actor| thread.map_or_else(|| one.sees(&place.id()), |thread| thread.has_member(one));
    let mut groups: BTreeMap<(u16, String), Vec<Actor>> = BTreeMap::new();
    for one in sight.guild.members().into_iter().filter(there) {
        let top = one.roles().first().map(|role| (role.position(), role.name()));
        let key = if one.is_bot() {
            (u16::MAX - 1, "Apps".to_owned())
        } else {
            // Higher roles first.
            top.map_or((u16::MAX, "Members".to_owned()), |(position, name)| (u16::MAX - 2 - position, name))
        };
        groups.entry(key).or_default().push(one);
    }
    html! {
        h2.hidden { @if thread.is_some() { "Members of the thread" } @else { "Members who see this channel" } }
        @for ((_, name), members) in &groups {
            h3 { (name) " – " (members.len()) }
            ul { @for one in members { li { (member(sight, one, thread)) } } }
        }
    }
}

fn member(sight: &Sight, one: &Actor, thread: Option<&Thread>) -> Markup {
    let color = one.roles().iter().map(discord_sim::Role::color).find(|color| *color != 0);
    html! {
        details.menu.member #(format!("member{}", one.id())) {
            summary {
                (avatar(&one.display_name()))
                span.label { (one.display_name()) }
                @if one.is_bot() { span.tag { "App" } }
                @if let Some(color) = color {
                    svg.dot aria-hidden="true" viewBox="0 0 8 8" { circle cx="4" cy="4" r="4" fill=(format!("#{color:06x}")) {} }
                }
            }
            div.drop { (card(sight, one, thread)) }
        }
    }
}

fn card(sight: &Sight, one: &Actor, thread: Option<&Thread>) -> Markup {
    let me = &sight.me;
    let id = html! { input type="hidden" name="user" value=(one.id()); };
    let may = |bit: u64| me.base_permissions() & bit != 0 && me.id() != one.id();
    let owner = one.id() == sight.guild.owner().id();
    let send = |verb: &str, label: &str, danger: bool| {
        html! {
            form.act method="post" enctype="multipart/form-data" action=(sight.action(verb)) {
                (id)
                button.option.danger[danger] { span.label { (label) } }
            }
        }
    };
    let apps = if one.is_bot() { &[] } else { sight.member_commands() };
    html! {
        p.group { (one.display_name()) }
        p.small { "@" (one.name()) " · " (what(sight, one)) }
        @if !apps.is_empty() {
            p.group { "Apps" }
            @for app in apps {
                form.act method="post" enctype="multipart/form-data" action=(sight.action("member-menu")) {
                    (id)
                    input type="hidden" name="command" value=(app["name"].as_str().unwrap_or_default());
                    button.option { span.label { (super::messages::localised(sight, app, "name")) } }
                }
            }
        }
        @if let Some(thread) = thread {
            @if me.id() != one.id() && me.may_remove_from(thread) { (send("remove", "Remove from the thread", true)) }
        }
        @if !one.is_bot() && !owner {
            @if may(perm::MODERATE_MEMBERS) {
                @if one.timed_out_until_ms().is_some() { (send("end-time-out", "End the time-out", false)) }
                @else { (send("time-out", "Time out for 10 minutes", false)) }
            }
            @if may(perm::KICK_MEMBERS) { (send("kick", "Kick", true)) }
        }
    }
}
