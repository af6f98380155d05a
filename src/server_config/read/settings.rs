//! Reads the settings of a server or of an inbox, whatever they are: by their definition.

use std::time::Duration;

use toml::de::DeValue;

use super::cursor::{Cursor, Found, Table, integer};
use super::{Reader, cursor};
use crate::domain::clock::Timestamp;
use crate::domain::delay;
use crate::domain::hours::{self, DayNames, Hours};
use crate::domain::ids::{ChannelId, RoleId};
use crate::domain::permissions;
use crate::domain::settings::{Control, Setting, SettingGroup, SettingValue, Settings};
use crate::domain::text;
use crate::domain::zone::Zone;
use crate::i18n::{Length, PermissionList};
use crate::inboxes::{bounds, channel_needs, needs_private_threads};
use crate::server_config::directory::{Resolved, Unresolved};
use crate::server_config::msg::ConfigProblem;
use crate::server_config::problem::shown;
use crate::server_config::spelling::{self, name_in_group};

impl Reader<'_> {
    /// The settings that `table` sets, those without a line at their defaults. `before` are the stored ones, `beside` the
    /// other keys of the table.
    pub(super) fn read_settings<S: Settings>(&mut self, table: &Table<'_, '_>, before: &S, beside: &[&str]) -> S {
        let defaults = before.defaults();
        let mut after = before.clone();
        let mut known = beside.to_vec();
        for group in S::Group::EACH {
            let of_group: Vec<&Setting<S>> = S::EACH.iter().filter(|setting| setting.group == *group).collect();
            if of_group.is_empty() {
                continue;
            }
            known.push(group.key());
            let found = table.get(group.key());
            let inner = self.table(table, group.key(), found);
            for setting in &of_group {
                let name = name_in_group(setting);
                let value = inner.as_ref().and_then(|inner| inner.get(name));
                let read = match value {
                    Some(value) => {
                        let at = inner.as_ref().unwrap_or(table).cursor(name, Some(value));
                        self.read_value(&at, value, setting, before)
                    }
                    None if setting.is_required() => {
                        let start = inner.as_ref().map_or(table.start, |inner| inner.start);
                        let key = format!("{}{}", table.prefix, setting.key);
                        self.note(&Cursor { key, start }, ConfigProblem::Missing);
                        None
                    }
                    None => Some(setting.get(&defaults)),
                };
                if let Some(value) = read {
                    let fits = setting.set(&mut after, value);
                    debug_assert!(fits, "{}", setting.key);
                }
            }
            if let Some(inner) = &inner {
                let names: Vec<&str> = of_group.iter().map(|setting| name_in_group(setting)).collect();
                self.refuse_unknown(inner, &names);
            }
        }
        self.refuse_unknown(table, &known);
        after
    }

    /// `None`: a problem was noted.
    fn read_value<S: Settings>(
        &mut self,
        at: &Cursor,
        value: Found<'_, '_>,
        setting: &Setting<S>,
        before: &S,
    ) -> Option<SettingValue> {
        let (control, now) = (setting.control(), setting.get(before));
        if let Control::List { most } = control {
            return self.read_list(at, value, setting, before, most);
        }
        let read = match control {
            Control::Switch => value.get_ref().as_bool().map(SettingValue::Switch).ok_or(ConfigProblem::NotSwitch),
            Control::Number { .. } => {
                let (least, most) = bounds(self.bounds.records_days, setting.key, control);
                let number = integer(value.get_ref()).and_then(|number| u32::try_from(number).ok());
                let is_allowed = |number: &u32| (least..=most).contains(number) || SettingValue::Number(*number) == now;
                let wrong = ConfigProblem::NotNumber { least: least.into(), most: most.into() };
                number.filter(is_allowed).map(SettingValue::Number).ok_or(wrong)
            }
            Control::List { .. } => Err(ConfigProblem::NotList),
            Control::Zone => read_zone(value.get_ref()).map(SettingValue::Zone),
            Control::Hours => read_hours(value.get_ref()).map(SettingValue::Hours),
            Control::Until => match value.get_ref() {
                DeValue::String(nothing) if nothing.trim().is_empty() => Ok(SettingValue::Until(None)),
                value => read_time(value).map(|time| SettingValue::Until(Some(time))).ok_or(ConfigProblem::NotTime),
            },
            Control::Text { .. } | Control::Emoji { .. } => match value.get_ref() {
                // An invisible text is the default, as in a form.
                DeValue::String(own) => {
                    Ok(SettingValue::Text(Some(own.to_string()).filter(|own| text::is_visible(own))))
                }
                _ => Err(ConfigProblem::NotAText),
            },
            Control::Channel { is_required } => {
                let SettingValue::Channel(now) = now else { return None };
                let read = self.read_channel(value.get_ref(), is_required, now);
                let usable = read.and_then(|channel| match channel.filter(|_| channel != now) {
                    Some(new) => self.check_channel(setting.key, new).map(|()| channel),
                    None => Ok(channel),
                });
                usable.map(SettingValue::Channel)
            }
            Control::Roles { most } => {
                let SettingValue::Roles(now) = now else { return None };
                self.read_roles(value.get_ref(), most.max(now.len()), &now).map(SettingValue::Roles)
            }
            Control::Delay { most } => read_delay(value.get_ref(), most).map(SettingValue::Number),
            Control::Choice(each) => {
                let chosen = value.get_ref().as_str().and_then(|chosen| control.choice(chosen));
                let written = || each.iter().map(|choice| spelling::text(choice)).collect::<Vec<_>>().join(", ");
                chosen.ok_or_else(|| ConfigProblem::NotChoice { choices: written() })
            }
        };
        let allowed = read.and_then(|value| {
            let mut after = before.clone();
            let is_within = setting.set(&mut after, value.clone()) && after.check_change(before).is_ok();
            is_within.then_some(value).ok_or(match control {
                Control::Text { most } => ConfigProblem::TooLong { most: most as u64 },
                Control::Emoji { .. } => ConfigProblem::NotEmoji,
                Control::Delay { most } => ConfigProblem::NotDelay { most: Length::seconds(most.into()) },
                _ => ConfigProblem::NotAllowed,
            })
        });
        allowed.map_err(|what| self.note(at, what)).ok()
    }

    /// An empty text is no channel.
    pub(super) fn read_channel(
        &mut self,
        value: &DeValue<'_>,
        is_required: bool,
        now: Option<ChannelId>,
    ) -> Result<Option<ChannelId>, ConfigProblem> {
        let written = match value {
            DeValue::String(written) => written.to_string(),
            number => cursor::integer(number).ok_or(ConfigProblem::NotChannel)?.to_string(),
        };
        if written.is_empty() && !is_required {
            return Ok(None);
        }
        match self.bounds.directory.channel(&written, self.is_own) {
            Ok(Resolved { value, by_name }) => {
                if by_name {
                    self.note_name(&written, &self.bounds.directory.write_channel(value));
                }
                Ok(Some(value))
            }
            // A deleted or hidden channel that is set already stays.
            Err(Unresolved::NoSuchId(id)) if self.is_own && now == Some(ChannelId::new(id)) => Ok(now),
            Err(Unresolved::Unreadable) => Err(ConfigProblem::NotChannel),
            Err(other) => Err(other.into()),
        }
    }

    fn read_roles(&mut self, value: &DeValue<'_>, most: usize, now: &[RoleId]) -> Result<Vec<RoleId>, ConfigProblem> {
        let each = value.as_array().ok_or(ConfigProblem::NotRoles)?;
        if each.len() > most {
            return Err(ConfigProblem::TooManyRoles { limit: most as u64 });
        }
        each.iter().map(|entry| self.read_role(entry.get_ref(), now)).collect()
    }

    fn read_role(&mut self, value: &DeValue<'_>, now: &[RoleId]) -> Result<RoleId, ConfigProblem> {
        let written = value.as_str().ok_or(ConfigProblem::NotRoles)?;
        let role = match self.bounds.directory.role(written, self.is_own) {
            Ok(Resolved { value, by_name }) => {
                if by_name {
                    self.note_name(written, &self.bounds.directory.write_role(value));
                }
                value
            }
            // A deleted role that is set already stays.
            Err(Unresolved::NoSuchId(id)) if self.is_own && now.contains(&RoleId::new(id)) => RoleId::new(id),
            Err(Unresolved::Unreadable) => return Err(ConfigProblem::NotRoles),
            Err(why) => return Err(why.into()),
        };
        if role == self.bounds.guild.everyone() { Err(ConfigProblem::Everyone) } else { Ok(role) }
    }

    /// Refuses a channel in which the setting could not work. Without names, Discord is not asked.
    fn check_channel(&self, key: &str, channel: ChannelId) -> Result<(), ConfigProblem> {
        let Some(known) = self.bounds.directory.find_channel(channel) else { return Ok(()) };
        if needs_private_threads(key) && !known.allows_private_threads {
            return Err(ConfigProblem::NoPrivateThreads);
        }
        let missing = permissions::missing(channel_needs(key), known.bot);
        if missing.is_empty() { Ok(()) } else { Err(ConfigProblem::BotLacks { permissions: PermissionList(missing) }) }
    }

    /// Something was found by its name.
    pub(super) fn note_name(&mut self, written: &str, here: &str) {
        self.by_name.insert((shown(written), here.to_owned()));
    }
}

/// A span of time as people write it, or in seconds.
fn read_delay(value: &DeValue<'_>, most: u32) -> Result<u32, ConfigProblem> {
    let wrong = || ConfigProblem::NotDelay { most: Length::seconds(most.into()) };
    let seconds = match value {
        DeValue::String(written) if matches!(written.trim(), "" | "0") => Some(0),
        DeValue::String(written) => {
            let delay = delay::parse_up_to(written, Duration::from_secs(most.into())).ok();
            delay.and_then(|delay| u32::try_from(delay.as_secs()).ok())
        }
        number => integer(number).and_then(|number| u32::try_from(number).ok()),
    };
    seconds.ok_or_else(wrong)
}

fn read_zone(value: &DeValue<'_>) -> Result<Option<Zone>, ConfigProblem> {
    let written = value.as_str().ok_or(ConfigProblem::NotZone)?;
    if written.trim().is_empty() {
        return Ok(None);
    }
    Zone::find(written).map(Some).map_err(|near| match near.first() {
        Some(near) => ConfigProblem::NotZoneNear { near: near.clone() },
        None => ConfigProblem::NotZone,
    })
}

fn read_hours(value: &DeValue<'_>) -> Result<Option<Hours>, ConfigProblem> {
    let wrong = |part: &str| ConfigProblem::NotHours { part: shown(part) };
    let written = value.as_str().ok_or_else(|| wrong(""))?;
    if written.trim().is_empty() {
        return Ok(None);
    }
    hours::parse(written, &DayNames::english()).map(Some).map_err(|refused| match refused {
        hours::Refusal::Unreadable(part) => wrong(&part),
        hours::Refusal::Empty => wrong(written),
    })
}

/// A date and time of TOML, or a text like it, with its offset from UTC.
pub(super) fn read_time(value: &DeValue<'_>) -> Option<Timestamp> {
    match value {
        DeValue::Datetime(time) => Timestamp::from_rfc3339(&time.to_string()),
        DeValue::String(written) => Timestamp::from_rfc3339(written.trim()),
        _ => None,
    }
}

impl From<Unresolved> for ConfigProblem {
    fn from(why: Unresolved) -> Self {
        match why {
            Unresolved::Unreadable => Self::NotStaff,
            Unresolved::NeedsId => Self::NeedsId,
            Unresolved::NoSuchId(id) => Self::NoSuchId { id: id.to_string() },
            Unresolved::NoSuchName(name) => Self::NoSuchName { name: shown(&name) },
            Unresolved::NotUnique(name) => Self::NotUnique { name: shown(&name) },
            Unresolved::Member => Self::MemberElsewhere,
        }
    }
}
