//! How a file writes the values of settings, and what it says about each. Follows from the definition of the settings.

use std::time::Duration;

use serde_json::Value;

use super::directory::Directory;
use super::entries;
use crate::domain::delay;
use crate::domain::hours::{self, DayNames};
use crate::domain::settings::{Control, Setting, SettingGroup, SettingValue, Settings};
use crate::domain::zone::Zone;
use crate::i18n::{self, Locale};
use crate::inboxes::{SettingText, default_text};

/// A channel that is not set.
const EXAMPLE: &str = "#name (id)";

/// How nothing is written: no text, no channel, no roles, no time.
const NOTHING: [&str; 4] = [r#""""#, r##""#name (id)""##, "[]", r#""0""#];

/// What is said about a setting, in English like all of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct About {
    pub name: String,
    pub help: String,
    /// Which values it may have.
    pub allowed: String,
    /// As a file writes it; for a setting that is required, an example.
    pub default: String,
    pub is_required: bool,
    /// The default is a text, which may be long.
    is_text: bool,
}

impl About {
    /// `locale`: the language of default texts.
    pub(super) fn setting<S: Settings>(setting: &Setting<S>, defaults: &S, locale: &Locale) -> Self {
        let (control, default) = (setting.control(), setting.get(defaults));
        let is_text = matches!(default, SettingValue::Text(_));
        let default = match default {
            SettingValue::Text(None) => text(&default_text(locale, setting.key)),
            SettingValue::Channel(_) => text(EXAMPLE),
            value => written(control, &value, &Directory::default()),
        };
        let is_required = setting.is_required();
        Self {
            name: plain(setting.name),
            help: plain(setting.help),
            allowed: allowed(control),
            default,
            is_required,
            is_text,
        }
    }

    pub(super) fn sentence(&self) -> String {
        let Self { name, help, allowed, .. } = self;
        format!("{name}: {help} ({allowed}; {})", self.default_in_words())
    }

    /// A default that is a text is only named.
    pub(super) fn default_in_words(&self) -> String {
        match self {
            Self { is_required: true, .. } => "it must be given".to_owned(),
            Self { default, .. } if NOTHING.contains(&default.as_str()) => "default: none".to_owned(),
            Self { is_text: true, .. } => "default: a text of ticketbot".to_owned(),
            Self { default, .. } => format!("default: {default}"),
        }
    }
}

/// The name of a group and what it is about.
pub(super) fn about_group(group: impl SettingGroup) -> (String, String) {
    (plain(group.name()), plain(group.help()))
}

/// A text of the catalog in English, without the marks that only Discord's client renders.
fn plain(key: &'static str) -> String {
    i18n::render(&Locale::default(), &SettingText::new(key)).replace("**", "")
}

fn allowed(control: Control) -> String {
    match control {
        Control::Switch => "true or false".to_owned(),
        Control::Number { least, most } => format!("{least} to {most}"),
        Control::Text { most } => format!("at most {most} characters"),
        Control::Channel { .. } => "a channel".to_owned(),
        Control::Roles { most } => format!("at most {most} roles, such as [\"@name (id)\"]"),
        Control::Emoji { .. } => "an emoji".to_owned(),
        Control::Zone => "a time zone, such as \"Europe/Berlin\"".to_owned(),
        Control::Hours => "such as \"Mon-Fri 09:00-17:00; Sat 10:00-14:00\"".to_owned(),
        Control::Until => "a time, such as 2026-12-31T18:00:00Z".to_owned(),
        Control::List { most } => format!("at most {most} entries"),
        Control::Delay { most } => format!("such as \"2d\" or \"12h\", at most {}", delay_of(most)),
        Control::Choice(each) => each.iter().map(|choice| text(choice)).collect::<Vec<_>>().join(", "),
    }
}

/// A value as it stands in a file.
pub(super) fn written(control: Control, value: &SettingValue, directory: &Directory) -> String {
    match value {
        SettingValue::Switch(on) => on.to_string(),
        SettingValue::Number(seconds) if matches!(control, Control::Delay { .. }) => delay_of(*seconds),
        SettingValue::Number(number) => number.to_string(),
        SettingValue::Text(own) => text(own.as_deref().unwrap_or_default()),
        SettingValue::Channel(None) | SettingValue::Until(None) => text(""),
        SettingValue::Channel(Some(channel)) => text(&directory.write_channel(*channel)),
        SettingValue::Zone(zone) => text(&zone.as_ref().map(Zone::to_string).unwrap_or_default()),
        SettingValue::Hours(hours) => {
            text(&hours.as_ref().map(|week| hours::write(week, &DayNames::english())).unwrap_or_default())
        }
        SettingValue::Until(Some(time)) => time.to_rfc3339(),
        SettingValue::List(entries) => entries::inline(&Value::from(entries.clone())),
        SettingValue::Roles(roles) => {
            let roles: Vec<String> = roles.iter().map(|role| text(&directory.write_role(*role))).collect();
            format!("[{}]", roles.join(", "))
        }
        SettingValue::Choice(choice) => text(choice),
    }
}

/// A span of time: as people write it if it is one of whole minutes, else in seconds.
fn delay_of(seconds: u32) -> String {
    match seconds {
        0 => text("0"),
        seconds if seconds % 60 == 0 => text(&delay::write(Duration::from_secs(seconds.into()))),
        seconds => seconds.to_string(),
    }
}

/// A text as it stands in a file: on several lines, if it has several.
pub(super) fn text(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// Whether a file has no line for this value.
pub(super) fn is_nothing(value: &SettingValue) -> bool {
    match value {
        SettingValue::Text(None)
        | SettingValue::Channel(None)
        | SettingValue::Zone(None)
        | SettingValue::Hours(None)
        | SettingValue::Until(None) => true,
        SettingValue::Roles(roles) => roles.is_empty(),
        SettingValue::List(entries) => entries.is_empty(),
        SettingValue::Switch(_)
        | SettingValue::Number(_)
        | SettingValue::Text(Some(_))
        | SettingValue::Channel(Some(_))
        | SettingValue::Zone(Some(_))
        | SettingValue::Hours(Some(_))
        | SettingValue::Until(Some(_))
        | SettingValue::Choice(_) => false,
    }
}

/// The name of a setting within its group.
pub(super) fn name_in_group<S: Settings>(setting: &Setting<S>) -> &'static str {
    setting.key.rsplit('.').next().unwrap_or(setting.key)
}
