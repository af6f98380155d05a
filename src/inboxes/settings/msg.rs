//! Texts of the settings' pages: their sentences, and the texts of each setting, whose keys its definition names.

use crate::domain::ids::{ChannelId, InboxId};
use crate::domain::settings::{Control, InboxSettings, ServerSettings, Setting, SettingGroup, SettingValue, Settings};
use crate::i18n::{Arg, Args, Length, Locale, MentionList, Message, Msg, PermissionList, PointInTime, messages};

messages! {
    SettingsMsg;

    InboxOverview { inbox: InboxId, label: String } = "settings-inbox-overview";
    InboxGroup { inbox: InboxId, label: String, group: String } = "settings-inbox-group";
    ServerOverview = "settings-server-overview";
    ServerGroup { group: String } = "settings-server-group";
    GroupLine { name: String, help: String, changed: u64 } = "settings-group-line";
    Line { name: String, value: String, default: String } = "settings-line";
    LineDefault { name: String, value: String } = "settings-line-default";
    LineRequired { name: String, value: String } = "settings-line-required";
    On = "settings-on";
    Off = "settings-off";
    NoChannel = "settings-no-channel";
    NoEmoji = "settings-no-emoji";
    NoText = "settings-no-text";
    WrongEmoji { name: String } = "settings-wrong-emoji";
    EmojiRefused = "settings-emoji-refused";
    SettingsButton = "settings-open-button";
    BackButton = "settings-back-button";
    MoreButton = "settings-more-button";
    ServerButton = "settings-server-button";
    ChooseGroup = "settings-choose-group";
    ChooseInbox = "settings-choose-inbox";
    MoreInboxes { left: u64 } = "settings-more-inboxes";
    UntilLabel = "settings-until-form-label";
    ZoneLabel = "settings-zone-form-label";
    HoursLabel = "settings-hours-form-label";
    UnknownZone = "settings-unknown-zone";
    /// `zones`: names that the text may mean.
    WhichZone { zones: String } = "settings-which-zone";
    HoursEmpty = "settings-hours-empty";
    /// `part`: of the text, escaped.
    HoursUnreadable { part: String } = "settings-hours-unreadable";
    AlwaysOpen = "settings-always-open";
    OpenNow = "settings-open-now";
    HoursOvernight = "settings-hours-overnight";
    OpensNext { at: PointInTime } = "settings-opens-next";
    HoursNeeded = "settings-hours-needed";
    NoEnd = "settings-no-end";
    PausedNow = "settings-paused-now";
    PausedUntil { until: PointInTime } = "settings-paused-until";
    PauseIsOff { until: PointInTime } = "settings-pause-is-off";
    NoRoles = "settings-no-roles";
    NoDelay = "settings-no-delay";
    RemoveRolesButton = "settings-remove-roles-button";
    RolesRemoved = "settings-roles-removed";
    DelayLabel = "settings-delay-form-label";
    WrongDelay { name: String, time: Length } = "settings-wrong-delay";
    NumberLabel { least: u64, most: u64 } = "settings-number-form-label";
    SecondsLabel { least: u64, most: u64 } = "settings-seconds-form-label";
    TextPlaceholder = "settings-text-form-placeholder";
    Saved { name: String, value: String } = "settings-saved";
    Unchanged = "settings-unchanged";
    Stale = "settings-stale";
    StaleText = "settings-stale-text";
    NotInForm { name: String } = "settings-not-in-form";
    WrongNumber { name: String, least: u64, most: u64 } = "settings-wrong-number";
    RecordsKept { days: u64 } = "settings-records-kept";
    NotChecked = "settings-not-checked";
    BelowFirst { embeds: u64, files: u64 } = "first-below";
    NobodyNotices = "settings-nobody-notices";
    MentionNeedsCards = "settings-mention-needs-cards";
    OfferCardsButton { count: u64 } = "settings-offer-cards-button";
    CardsOffered { count: u64 } = "settings-cards-offered";
    /// Threads are deleted, and their exports are posted before.
    DeleteExported { channel: ChannelId } = "settings-delete-exported";
    DeleteWithoutExport = "settings-delete-without-export";
    ExportNeedsLog = "settings-export-needs-log";
    ExportLacks { channel: ChannelId, permissions: PermissionList } = "settings-export-lacks";
    ExportWithoutContent = "settings-export-without-content";
    ExportsButton = "settings-exports-button";
    DeleteLacks { channel: ChannelId, permissions: PermissionList } = "settings-delete-lacks";
    StaffLine { name: String, help: String, count: u64 } = "settings-staff-line";
    ServerPausedNow = "settings-server-paused-now";
    ServerPausedUntil { until: PointInTime } = "settings-server-paused-until";
    TicketsReadByEveryone { channel: ChannelId } = "settings-tickets-read-by-everyone";
    TicketsReadByOthers { channel: ChannelId, readers: MentionList } = "settings-tickets-read-by-others";
    CardsBlind { channel: ChannelId, staff: MentionList } = "settings-cards-blind";
    CardsNotMentionable { channel: ChannelId, staff: MentionList } = "settings-cards-not-mentionable";
}

/// The text of a setting or of a group with this key; `value` selects the words for a number, a choice or how long a list is.
#[derive(Clone, Debug)]
pub struct SettingText {
    key: &'static str,
    value: Option<SettingValue>,
}

impl SettingText {
    pub const fn new(key: &'static str) -> Self {
        Self { key, value: None }
    }

    pub const fn of_value(key: &'static str, value: SettingValue) -> Self {
        Self { key, value: Some(value) }
    }

    /// All texts of all settings and groups, for the tests that render them.
    pub(crate) fn samples() -> impl Iterator<Item = Msg> {
        let inbox = InboxSettings::EACH.iter().flat_map(Self::of_setting).chain(Self::of_groups::<InboxSettings>());
        let server = ServerSettings::EACH.iter().flat_map(Self::of_setting).chain(Self::of_groups::<ServerSettings>());
        inbox.chain(server).map(Msg::from)
    }

    fn of_groups<S: Settings>() -> impl Iterator<Item = Self> {
        S::Group::EACH.iter().flat_map(|group| [Self::new(group.name()), Self::new(group.help())])
    }

    fn of_setting<S: Settings>(setting: &Setting<S>) -> Vec<Self> {
        let mut texts = vec![Self::new(setting.name), Self::new(setting.help)];
        match setting.control() {
            Control::Number { least, most } => {
                let numbers = [least, 0, 1, 7, most].map(SettingValue::Number);
                texts.extend(numbers.map(|number| Self::of_value(setting.value, number)));
            }
            Control::Choice(each) => {
                texts.extend(each.iter().map(|choice| Self::of_value(setting.value, SettingValue::Choice(choice))));
            }
            Control::List { most } => {
                let counts = [0, 1, most];
                texts.extend(
                    counts.map(|count| Self::of_value(setting.value, SettingValue::List(vec![().into(); count]))),
                );
            }
            Control::Switch
            | Control::Text { .. }
            | Control::Emoji { .. }
            | Control::Channel { .. }
            | Control::Roles { .. }
            | Control::Zone
            | Control::Hours
            | Control::Until
            | Control::Delay { .. } => {}
        }
        texts
    }
}

impl Message for SettingText {
    fn key(&self) -> &'static str {
        self.key
    }

    fn args(&self, locale: &Locale) -> Args {
        let value = match &self.value {
            Some(SettingValue::Number(number)) => u64::from(*number).value(locale),
            Some(SettingValue::Choice(choice)) => (*choice).to_owned().value(locale),
            Some(SettingValue::List(entries)) => (entries.len() as u64).value(locale),
            _ => return Args::new(),
        };
        Args::from([("value".into(), value)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n;

    /// Discord's largest possible count: in UTF-16 units.
    fn length(locale: &Locale, key: &'static str) -> usize {
        i18n::render(locale, &SettingText::new(key)).encode_utf16().count()
    }

    fn check<S: Settings>() {
        for locale in i18n::locales() {
            for group in S::Group::EACH {
                assert!(length(&locale, group.name()) <= 25, "{locale}: {}", group.name());
                assert!(length(&locale, group.help()) <= 100, "{locale}: {}", group.help());
            }
            for setting in S::EACH {
                assert!(length(&locale, setting.name) <= 32, "{locale}: {}", setting.name);
                assert!(length(&locale, setting.help) <= 260, "{locale}: {}", setting.help);
            }
        }
    }

    /// Names stand on buttons of a narrow client, groups in menus, and all helps of a group in one embed.
    #[test]
    fn the_texts_of_settings_are_short() {
        check::<InboxSettings>();
        check::<ServerSettings>();
    }
}
