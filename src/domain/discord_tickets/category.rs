//! A category as an inbox.

use std::time::Duration;

use super::templates::{self, FirstMessage};
use super::{Inbox, Notes, Rules, SourceCategory, Subject, Trouble, line, questions, roles};
use crate::domain::admission::LONGEST_COOLDOWN;
use crate::domain::emoji::Emoji;
use crate::domain::ids::{ChannelId, RoleId};
use crate::domain::settings::InboxSettings;
use crate::domain::staff::StaffMember;
use crate::domain::text;

/// The most open tickets of a limit.
const MOST_TICKETS: u32 = 1_000;

/// The most characters on a button and below an entry of a menu.
const MAX_NAME: usize = 80;
const MAX_DESCRIPTION: usize = 100;

pub(super) fn judge(source: &SourceCategory, rules: &Rules, topic: &str, notes: &mut Notes) -> Inbox {
    let everyone = notes.guild.everyone();
    let mut note = |what| notes.add(Subject::Category(source.id), what);
    let mut settings = InboxSettings::new(nowhere(source.id));
    settings.panel.label = line(&source.name, MAX_NAME, &mut note);
    settings.panel.description = line(&source.description, MAX_DESCRIPTION, &mut note);
    settings.panel.emoji = emoji(&source.emoji);
    if settings.panel.emoji.is_none() && text::is_visible(&source.emoji) {
        note(Trouble::Emoji);
    }
    open(&mut settings, source, rules, &mut note);
    admit(&mut settings, source, rules, everyone, &mut note);
    begin(&mut settings, source, rules, &mut note);
    let staff = staff(source, everyone, &mut note);
    for (is_set, what) in [
        (text::is_visible(&source.image), Trouble::Image),
        (source.slow_mode.is_some_and(|seconds| seconds > 0), Trouble::SlowMode),
        (source.feedback, Trouble::Feedback),
    ] {
        if is_set {
            note(what);
        }
    }
    settings.form.questions = questions::judge(source, topic, notes);
    Inbox { source: source.id, settings, staff }
}

/// No channel of Discord's has a number as small as that of a category; each has its own, because inboxes with one channel
/// share their readers.
fn nowhere(category: i64) -> ChannelId {
    const LARGEST: u64 = 1 << 22;
    ChannelId::new(category.unsigned_abs() % LARGEST + 1)
}

/// Limits, cooldown and hours. There, 0 lets nobody in; here, it is no limit.
fn open(settings: &mut InboxSettings, source: &SourceCategory, rules: &Rules, note: &mut impl FnMut(Trouble)) {
    let mut is_closed = rules.is_closed;
    let limits = [
        (source.member_limit, &mut settings.opening.member_limit),
        (source.total_limit, &mut settings.opening.inbox_limit),
    ];
    for (written, limit) in limits {
        match written {
            None => note(Trouble::NoNumber),
            Some(..=0) => is_closed = true,
            Some(number) => {
                *limit = u32::try_from(number).unwrap_or(u32::MAX).min(MOST_TICKETS);
                if i64::from(*limit) != number {
                    note(Trouble::Clamped);
                }
            }
        }
    }
    if is_closed {
        settings.pause.on = true;
        note(Trouble::Paused);
    }
    // Without one, ticketbot's default protects against people who click twice.
    if let Some(millis) = source.cooldown.and_then(|millis| u64::try_from(millis).ok()).filter(|millis| *millis > 0) {
        let wanted = Duration::from_secs(millis.div_ceil(1_000));
        settings.opening.cooldown = wanted.min(LONGEST_COOLDOWN);
        if wanted > LONGEST_COOLDOWN {
            note(Trouble::Clamped);
        }
    }
    if let Some(worked) = &rules.hours {
        settings.hours.zone.clone_from(&worked.zone);
        settings.hours.week = Some(worked.week.clone());
    }
}

fn admit(
    settings: &mut InboxSettings,
    source: &SourceCategory,
    rules: &Rules,
    everyone: RoleId,
    note: &mut impl FnMut(Trouble),
) {
    settings.access.refused_roles.clone_from(&rules.refused_roles);
    settings.access.required_roles = roles(&source.required_roles, note);
    // Everybody has it.
    settings.access.required_roles.retain(|role| *role != everyone);
    if settings.access.required_roles.len() > 1 {
        note(Trouble::AnyRole);
    }
}

fn begin(settings: &mut InboxSettings, source: &SourceCategory, rules: &Rules, note: &mut impl FnMut(Trouble)) {
    let FirstMessage { template, is_unfilled } = templates::first_message(&source.opening_message);
    let name = templates::thread_name(&source.channel_name);
    if template.is_cut || name.is_cut {
        note(Trouble::TextCut);
    }
    if is_unfilled {
        note(Trouble::Unfilled);
    }
    settings.beginning.starter = Some(template.text);
    settings.beginning.ticket_name = Some(name.text).filter(|name| text::is_visible(name));
    settings.beginning.close_button = rules.close_button;
    settings.beginning.claim_button = rules.claim_button && source.claiming;
}

fn staff(source: &SourceCategory, everyone: RoleId, note: &mut impl FnMut(Trouble)) -> Vec<StaffMember> {
    let mut staff = roles(&source.staff_roles, note);
    if staff.contains(&everyone) {
        staff.retain(|role| *role != everyone);
        note(Trouble::Everyone);
    }
    let pinged = roles(&source.ping_roles, note);
    if staff.iter().any(|role| !pinged.contains(role)) {
        note(Trouble::MentionsAll);
    }
    if pinged.iter().any(|role| !staff.contains(role)) {
        note(Trouble::PingedOthers);
    }
    staff.into_iter().map(StaffMember::Role).collect()
}

/// An emoji there: as a character, by its name, or the id of a server's.
fn emoji(written: &str) -> Option<String> {
    let written = written.trim();
    let typed = match written.parse::<u64>() {
        // Its name stands in no message.
        Ok(id) if written.len() > 10 => format!("<:emoji:{id}>"),
        _ => match emojis::get_by_shortcode(written.trim_matches(':')) {
            Some(named) => named.as_str().to_owned(),
            None => written.to_owned(),
        },
    };
    Emoji::parse(&typed).map(|_| typed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emoji_are_characters_names_or_ids() {
        for (written, expected) in [
            ("🎫", Some("🎫")),
            ("ticket", Some("🎫")),
            (":ticket:", Some("🎫")),
            ("100", Some("💯")),
            ("1333043763609600006", Some("<:emoji:1333043763609600006>")),
            ("<:leaf:1333043763609600006>", Some("<:leaf:1333043763609600006>")),
            ("no such emoji", None),
            ("", None),
        ] {
            assert_eq!(emoji(written).as_deref(), expected, "{written}");
        }
    }
}
