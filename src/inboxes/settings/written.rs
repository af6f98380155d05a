//! What an admin writes in the form of a setting: what the form shows, and what is read from it.

use std::time::Duration;

use super::book::Item;
use super::msg::{SettingText, SettingsMsg};
use super::{COOLDOWN, DELETE_DAYS, STARTER, TICKET_NAME, page};
use crate::domain::delay;
use crate::domain::emoji::Emoji;
use crate::domain::hours;
use crate::domain::settings::{Control, SettingValue};
use crate::domain::text;
use crate::domain::zone::Zone;
use crate::i18n::{Length, Message, day_names};
use crate::inboxes::{Admin, InboxMsg};

/// The most characters of a number and of a delay.
const NUMBER: usize = 10;
const DELAY: usize = 40;

/// The most characters of a time zone, and of opening hours: twelve stretches on each day of the week.
const ZONE: usize = 60;
const HOURS: usize = 1_500;

/// The longest pause that ends by itself: a year.
const LONGEST_PAUSE: Duration = Duration::from_hours(24 * 365);

/// Texts longer than this are written in a paragraph.
const LINE: usize = 200;

/// What a form shows.
pub(super) struct Shown {
    pub label: Box<dyn Message>,
    pub placeholder: Box<dyn Message>,
    pub current: String,
    pub most: usize,
    pub long: bool,
}

/// The form of a setting; `None`: it is not written.
pub(super) fn form(admin: &Admin<'_>, item: &Item) -> Option<Shown> {
    let both = |msg: fn(&Admin<'_>, &Item) -> SettingsMsg| -> (Box<dyn Message>, Box<dyn Message>) {
        (Box::new(msg(admin, item)), Box::new(msg(admin, item)))
    };
    let (label, placeholder): (Box<dyn Message>, Box<dyn Message>) = match (item.control, item.key) {
        (_, STARTER) => (Box::new(InboxMsg::StarterFormLabel), Box::new(InboxMsg::StarterFormPlaceholder)),
        (_, TICKET_NAME) => (Box::new(InboxMsg::NameFormLabel), Box::new(InboxMsg::NameFormPlaceholder)),
        (Control::Number { .. }, COOLDOWN) => both(|admin, item| {
            let (least, most) = bounds_of(admin, item);
            SettingsMsg::SecondsLabel { least: least.into(), most: most.into() }
        }),
        (Control::Number { .. }, _) => both(|admin, item| {
            let (least, most) = bounds_of(admin, item);
            SettingsMsg::NumberLabel { least: least.into(), most: most.into() }
        }),
        (Control::Delay { .. }, _) => both(|_, _| SettingsMsg::DelayLabel),
        (Control::Until, _) => both(|_, _| SettingsMsg::UntilLabel),
        (Control::Zone, _) => both(|_, _| SettingsMsg::ZoneLabel),
        (Control::Hours, _) => both(|_, _| SettingsMsg::HoursLabel),
        _ => (Box::new(SettingText::new(item.name)), Box::new(SettingsMsg::TextPlaceholder)),
    };
    let (current, most) = current(admin, item)?;
    Some(Shown { label, placeholder, current, most, long: most > LINE })
}

/// The value as it would be written, and the most characters of its field.
fn current(admin: &Admin<'_>, item: &Item) -> Option<(String, usize)> {
    Some(match (item.control, &item.now) {
        (Control::Text { most } | Control::Emoji { most }, SettingValue::Text(own)) => {
            (own.clone().unwrap_or_else(|| page::default_text(&admin.guild_locale, item.key)), most)
        }
        (Control::Number { .. }, SettingValue::Number(number)) => (number.to_string(), NUMBER),
        (Control::Delay { .. }, SettingValue::Number(0)) => (String::new(), DELAY),
        (Control::Delay { .. }, SettingValue::Number(seconds)) => {
            (delay::write(Duration::from_secs((*seconds).into())), DELAY)
        }
        (Control::Until, SettingValue::Until(until)) => {
            let left = until.map(|until| until.since(admin.state.app.now())).filter(|left| !left.is_zero());
            (left.map(|left| delay::write(delay::whole_minutes(left))).unwrap_or_default(), DELAY)
        }
        (Control::Zone, SettingValue::Zone(zone)) => (zone.as_ref().map(Zone::to_string).unwrap_or_default(), ZONE),
        (Control::Hours, SettingValue::Hours(week)) => {
            (week.as_ref().map(|week| hours::write(week, &day_names(&admin.reader))).unwrap_or_default(), HOURS)
        }
        _ => return None,
    })
}

/// The value that was written, or what is wrong with it. Nothing is the default; what the form shows is the value as it
/// is, which the text may say less exactly.
pub(super) fn read(admin: &Admin<'_>, item: &Item, sent: &str) -> Result<SettingValue, Vec<SettingsMsg>> {
    if !sent.is_empty() && current(admin, item).is_some_and(|(current, _)| current.trim() == sent) {
        return Ok(item.now.clone());
    }
    let name = || page::word(&admin.reader, item.name);
    match item.control {
        Control::Number { .. } => {
            let (least, most) = bounds_of(admin, item);
            let number = if sent.is_empty() { Some(&item.default) } else { None };
            let number = number.cloned().or_else(|| number_of(item.key, sent).map(SettingValue::Number));
            let is_within = |value: &SettingValue| match value {
                SettingValue::Number(number) => (least..=most).contains(number) || *value == item.now,
                _ => false,
            };
            number.filter(is_within).ok_or_else(|| {
                let wrong = SettingsMsg::WrongNumber { name: name(), least: least.into(), most: most.into() };
                let kept = (item.key == DELETE_DAYS).then_some(SettingsMsg::RecordsKept { days: most.into() });
                [wrong].into_iter().chain(kept).collect()
            })
        }
        Control::Delay { most } => {
            if matches!(sent, "" | "0") {
                return Ok(SettingValue::Number(0));
            }
            let longest = Duration::from_secs(most.into());
            let delay = delay::parse_up_to(sent, longest).ok().and_then(|delay| u32::try_from(delay.as_secs()).ok());
            let wrong = || vec![SettingsMsg::WrongDelay { name: name(), time: Length::seconds(most.into()) }];
            delay.map(SettingValue::Number).ok_or_else(wrong)
        }
        Control::Until if matches!(sent, "" | "0") => Ok(SettingValue::Until(None)),
        Control::Until => {
            let delay = delay::parse_up_to(sent, LONGEST_PAUSE);
            let until = delay.map(|delay| SettingValue::Until(Some(admin.state.app.now() + delay)));
            let time = Length::seconds(LONGEST_PAUSE.as_secs());
            until.map_err(|_| vec![SettingsMsg::WrongDelay { name: name(), time }])
        }
        Control::Zone if sent.is_empty() => Ok(SettingValue::Zone(None)),
        Control::Zone => Zone::find(sent).map(|zone| SettingValue::Zone(Some(zone))).map_err(|close| {
            let zones = close.iter().map(|zone| format!("`{zone}`")).collect::<Vec<_>>().join(", ");
            vec![if close.is_empty() { SettingsMsg::UnknownZone } else { SettingsMsg::WhichZone { zones } }]
        }),
        Control::Hours if sent.is_empty() => Ok(SettingValue::Hours(None)),
        Control::Hours => match hours::parse(sent, &day_names(&admin.reader)) {
            Ok(week) => Ok(SettingValue::Hours(Some(week))),
            Err(hours::Refusal::Empty) => Err(vec![SettingsMsg::HoursEmpty]),
            Err(hours::Refusal::Unreadable(part)) => {
                Err(vec![SettingsMsg::HoursUnreadable { part: text::escape(text::cut(&part, 40)) }])
            }
        },
        Control::Emoji { .. } if text::is_visible(sent) && Emoji::parse(sent).is_none() => {
            Err(vec![SettingsMsg::WrongEmoji { name: name() }])
        }
        _ => {
            let is_own =
                |text: &&str| text::is_visible(text) && *text != page::default_text(&admin.guild_locale, item.key);
            Ok(SettingValue::Text(Some(sent).filter(is_own).map(str::to_owned)))
        }
    }
}

/// A cooldown is seconds, or a span like `5m`.
fn number_of(key: &str, sent: &str) -> Option<u32> {
    let as_span = || delay::parse_up_to(sent, Duration::from_secs(u32::MAX.into())).ok().filter(|_| key == COOLDOWN);
    sent.parse().ok().or_else(|| u32::try_from(as_span()?.as_secs()).ok())
}

/// The range of a number. Threads are deleted while their tickets' records are kept, for `records_days`.
pub(crate) fn bounds(records_days: u16, key: &str, control: Control) -> (u32, u32) {
    match control {
        Control::Number { least, most } if key == DELETE_DAYS => (least, most.min(records_days.into())),
        Control::Number { least, most } => (least, most),
        _ => (0, 0),
    }
}

fn bounds_of(admin: &Admin<'_>, item: &Item) -> (u32, u32) {
    bounds(admin.state.app.limits().records_days, item.key, item.control)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cooldown_may_be_written_as_a_span() {
        for (key, sent, expected) in [
            (COOLDOWN, "90", Some(90)),
            (COOLDOWN, "5m", Some(300)),
            (COOLDOWN, "1h 30m", Some(5_400)),
            (COOLDOWN, "soon", None),
            ("opening.member_limit", "3", Some(3)),
            ("opening.member_limit", "5m", None),
        ] {
            assert_eq!(number_of(key, sent), expected, "{key}: {sent}");
        }
    }
}
