//! The operator's panel: the bot, the time, Discord's troubles, permissions, intents, requests and the log.

use discord_sim::permissions as perm;
use discord_sim::{Channel, Guild, Role, Target};
use maud::{Markup, html};

use super::{Sight, Spot, icons, messages, times};
use crate::bot::State;

/// How many lines of the transcript and of the log are shown.
const LINES: usize = 120;
const LONGEST_LINE: usize = 220;

/// The permissions that matter to the bot, as Discord's settings name them.
pub(crate) const PERMISSIONS: [(&str, u64); 10] = [
    ("View Channel", perm::VIEW_CHANNEL),
    ("Send Messages", perm::SEND_MESSAGES),
    ("Embed Links", perm::EMBED_LINKS),
    ("Attach Files", perm::ATTACH_FILES),
    ("Create Private Threads", perm::CREATE_PRIVATE_THREADS),
    ("Send Messages in Threads", perm::SEND_MESSAGES_IN_THREADS),
    ("Manage Threads", perm::MANAGE_THREADS),
    ("Read Message History", perm::READ_MESSAGE_HISTORY),
    ("Mention Everyone", perm::MENTION_EVERYONE),
    ("View Audit Log", perm::VIEW_AUDIT_LOG),
];

/// Steps of the clock, in seconds.
const STEPS: [(&str, u64); 5] =
    [("1 minute", 60), ("10 minutes", 600), ("1 hour", 3_600), ("1 day", 86_400), ("7 days", 604_800)];

pub(super) fn operator(sight: &Sight) -> Markup {
    html! {
        div.title {
            h2 { "Operator" }
            button.icon type="button" data-toggle="operator" { (icons::close()) span.hidden { "Close the panel" } }
        }
        (the_bot(sight))
        (the_time(sight))
        (troubles(sight))
        (permissions(sight))
        (roles(sight))
        (checkup(sight))
        (findings(sight))
        (lines("transcript", "Requests and events", &transcript(sight), "☞ what people do · → requests · ← answers · ⇢ events"))
        (lines("log", "Log of the bot", &sight.playground.bot.log(LINES), "What the operator of a real bot reads."))
    }
}

fn act(sight: &Sight, verb: &str, fields: &[(&str, &str)], label: &str, kind: &str) -> Markup {
    html! {
        form.act method="post" enctype="multipart/form-data" action=(sight.action(verb)) {
            @for (name, value) in fields { input type="hidden" name=(name) value=(value); }
            button class={ "button " (kind) } { (label) }
        }
    }
}

/// A switch that is sent when it is used.
fn switch(sight: &Sight, verb: &str, fields: &[(&str, &str)], label: &str, on: bool) -> Markup {
    html! {
        form.act.switch method="post" enctype="multipart/form-data" action=(sight.action(verb)) {
            @for (name, value) in fields { input type="hidden" name=(name) value=(value); }
            input type="hidden" name="on" value=(if on { "no" } else { "yes" });
            button.plain role="switch" aria-checked=(on.to_string()) { span.knob aria-hidden="true" {} span.label { (label) } }
        }
    }
}

fn the_bot(sight: &Sight) -> Markup {
    let state = sight.playground.bot.state();
    let connected = sight.playground.sim.gateway().connected() > 0;
    let (word, class) = match &state {
        State::Running(_) if connected => ("running and connected".to_owned(), "good"),
        State::Running(_) => ("running, not connected".to_owned(), "fair"),
        State::Ended(how) => (how.clone(), "bad"),
        State::NeverStarted => ("not started".to_owned(), "bad"),
    };
    html! {
        section aria-labelledby="op-bot" {
            h3 #op-bot { "The bot" }
            p #bot-state class={ "status " (class) } { (word) }
            div.row {
                @if matches!(state, State::Running(_)) {
                    (act(sight, "bot-stop", &[], "Stop", "secondary"))
                    (act(sight, "bot-kill", &[], "Kill", "danger"))
                } @else {
                    (act(sight, "bot-start", &[], "Start", "success"))
                }
            }
            p.small { "Kill is a power cut: the bot has no time to finish anything. What it had promised, it does after the next start." }
        }
    }
}

fn the_time(sight: &Sight) -> Markup {
    html! {
        section aria-labelledby="op-time" {
            h3 #op-time { "The time" }
            p { (times::day_and_clock(sight.now_ms)) " UTC" }
            div.row {
                @for (label, seconds) in STEPS { (act(sight, "advance", &[("seconds", &seconds.to_string())], &format!("+ {label}"), "secondary")) }
            }
            p.small { "Moves Discord's clock and the bot's, and archives threads that were silent for too long." }
        }
    }
}

fn troubles(sight: &Sight) -> Markup {
    let page = sight.playground.page();
    let troubles = &page.troubles;
    html! {
        section aria-labelledby="op-troubles" {
            h3 #op-troubles { "Discord's troubles" }
            (switch(sight, "slow", &[("ms", "1500")], "Slow: each request takes 1.5 s", troubles.slow_ms > 0))
            (switch(sight, "errors", &[], "Down: every request gets 503", troubles.errors.is_some()))
            (switch(sight, "limits", &[], "Rate limits are enforced", troubles.limits))
            (switch(sight, "refuse", &[], "The gateway refuses connections", troubles.refuses))
            div.row {
                (act(sight, "next", &[("status", "500")], "Next request: 500", "secondary"))
                (act(sight, "next", &[("status", "429")], "Next request: 429", "secondary"))
                (act(sight, "next", &[("status", "cut")], "Next answer is lost", "secondary"))
                (act(sight, "cut", &[], "Cut the gateway", "secondary"))
            }
        }
    }
}

fn permissions(sight: &Sight) -> Markup {
    let role = sight.guild.has_bot().then(|| sight.guild.bot_role());
    let everywhere = role.as_ref().map_or(0, discord_sim::Role::permissions);
    let channel = here(sight);
    let (members_refused, content) = {
        let page = sight.playground.page();
        (page.troubles.members_refused, page.troubles.content_granted)
    };
    html! {
        section aria-labelledby="op-permissions" {
            h3 #op-permissions { "The bot's permissions" }
            details #everywhere {
                summary { "Its role, on the whole server" }
                @for (name, bit) in PERMISSIONS {
                    (switch(sight, "role-permission", &[("bit", &bit.to_string())], name, everywhere & bit != 0))
                }
                p.small { "@everyone has some of them, too: the bot keeps those." }
            }
            @if let Some(channel) = &channel {
                details #in-channel {
                    summary { "In #" (channel.name()) }
                    @let has = sight.guild.bot_member().permissions_in(channel);
                    @let (allowed, denied) = channel.overwrite(Target::bot());
                    @for (name, bit) in PERMISSIONS.iter().take(9) {
                        @let own = if allowed & bit != 0 { " (allowed here)" } else if denied & bit != 0 { " (denied here)" } else { "" };
                        (switch(sight, "channel-permission", &[("channel", &channel.id().to_string()), ("bit", &bit.to_string())], &format!("{name}{own}"), has & bit != 0))
                    }
                    (act(sight, "channel-permission", &[("channel", &channel.id().to_string()), ("bit", "0")], "As on the server", "secondary"))
                }
            }
            h4 { "Intents, in the developer portal" }
            (switch(sight, "intent", &[("intent", "members")], "Server Members Intent", !members_refused))
            (switch(sight, "intent", &[("intent", "content")], "Message Content Intent", content))
            p.small {
                "What the bot may ask for by requests, such as the texts of a ticket for a file, changes at once; what the \
                 gateway sends it changes at its next start."
            }
            h4 { "Membership" }
            @if sight.guild.has_bot() { (act(sight, "remove-bot", &[], "Remove the bot from the server", "secondary")) }
            @else { (act(sight, "invite-bot", &[], "Invite the bot again", "success")) }
        }
    }
}

/// The roles that somebody can delete: neither `@everyone` nor that of a bot.
pub(crate) fn deletable_roles(guild: &Guild) -> Vec<Role> {
    guild.roles().into_iter().filter(|role| role.id() != guild.id() && !role.is_managed()).collect()
}

fn roles(sight: &Sight) -> Markup {
    let roles = deletable_roles(sight.guild);
    html! {
        @if !roles.is_empty() {
            section aria-labelledby="op-roles" {
                h3 #op-roles { "Roles of the server" }
                @for role in &roles {
                    details #(format!("role{}", role.id())) {
                        summary { "@" (role.name()) }
                        (act(sight, "delete-role", &[("role", &role.id().to_string())], "Delete the role for good", "danger"))
                    }
                }
            }
        }
    }
}

fn here(sight: &Sight) -> Option<Channel> {
    match sight.place.as_ref()? {
        Spot::Channel(channel) => Some(channel.clone()),
        Spot::Thread(thread) => sight.guild.channel(thread.parent_id()),
    }
}

fn checkup(sight: &Sight) -> Markup {
    let check = sight.playground.page().check;
    let reply = check.and_then(|id| sight.playground.sim.reply(id));
    // The answer is the owner's, who sees every channel, whoever one is.
    let owner = Sight::new(sight.playground, sight.guild.owner(), reply.as_ref().map(discord_sim::Reply::channel_id));
    html! {
        section aria-labelledby="op-check" {
            h3 #op-check { "/inbox check" }
            (act(sight, "check", &[], "Ask the bot now", "secondary"))
            @if let Some(reply) = reply {
                div.checkup #checkup {
                    @match reply.state() {
                        discord_sim::State::Answered => {
                            @for message in reply.messages() { (messages::content(&owner, &message, &message.raw())) }
                        }
                        discord_sim::State::Failed => p.failed { "The bot did not answer." },
                        _ => p.thinking { "Waiting for the bot …" },
                    }
                }
            }
        }
    }
}

/// What the simulator noticed about the bot.
fn findings(sight: &Sight) -> Markup {
    let sim = &sight.playground.sim;
    let all: Vec<String> = sim.gaps().into_iter().chain(sim.violations()).collect();
    html! {
        @if !all.is_empty() {
            section aria-labelledby="op-findings" {
                h3 #op-findings { "What the simulator cannot do" }
                p.small { "The bot asked for something that is not simulated, or that Discord's description does not allow." }
                ul { @for finding in all.iter().rev().take(10) { li { (finding) } } }
            }
        }
    }
}

fn transcript(sight: &Sight) -> Vec<String> {
    let sim = &sight.playground.sim;
    let (_, next) = sim.transcript_since(usize::MAX);
    sim.transcript_since(next.saturating_sub(LINES)).0
}

fn lines(id: &str, heading: &str, lines: &[String], about: &str) -> Markup {
    html! {
        section aria-labelledby=(format!("op-{id}")) {
            h3 #(format!("op-{id}")) { (heading) }
            p.small { (about) }
            pre.lines #(id) tabindex="0" data-follow { @for line in lines { (short(line)) "\n" } }
        }
    }
}

/// A line of the transcript can hold a whole message.
fn short(line: &str) -> String {
    match line.char_indices().nth(LONGEST_LINE) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}
