//! The settings of an inbox or of the server, for pages that treat all of them alike: read, and changed one at a time.

use std::fmt;
use std::str::FromStr;

use anyhow::{Context as _, anyhow};

use super::SettingsMsg;
use crate::domain::ids::{GuildId, InboxId, RoleId};
use crate::domain::settings::{self, Base, Control, Refusal, Revisions, Setting, SettingGroup, SettingValue, Settings};
use crate::error::Result;
use crate::inboxes::{Admin, InboxMsg, store_settings};
use crate::storage::WriteTx;
use crate::storage::inboxes::{self, Inbox};
use crate::storage::server_settings::{self, Server};

/// Whose settings they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    Server,
    Inbox(InboxId),
}

/// In ids of components: the number of the inbox, or this.
const SERVER: &str = "s";

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Server => f.write_str(SERVER),
            Self::Inbox(inbox) => inbox.fmt(f),
        }
    }
}

impl FromStr for Scope {
    type Err = <InboxId as FromStr>::Err;

    fn from_str(text: &str) -> std::result::Result<Self, Self::Err> {
        if text == SERVER { Ok(Self::Server) } else { text.parse().map(Self::Inbox) }
    }
}

/// All settings of one scope, as just read.
#[derive(Debug, Clone)]
pub(super) enum Book {
    Inbox(Box<Inbox>),
    Server { guild: GuildId, server: Box<Server> },
}

/// A group's texts, and how many of its settings are not at their defaults.
#[derive(Debug, Clone, Copy)]
pub(super) struct Heading {
    pub key: &'static str,
    pub name: &'static str,
    pub help: &'static str,
    pub changed: u64,
}

/// A group with its settings.
#[derive(Debug)]
pub(super) struct Group {
    pub heading: Heading,
    pub revision: u32,
    pub items: Vec<Item>,
    /// On the page about pauses of an inbox: what is said of a pause of the whole server.
    pub server_pause: Option<SettingsMsg>,
}

/// A setting with its value.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub group: &'static str,
    pub key: &'static str,
    pub name: &'static str,
    pub help: &'static str,
    /// The catalog key of values in words.
    pub value: &'static str,
    pub control: Control,
    pub now: SettingValue,
    pub default: SettingValue,
    /// The channel was deleted: no menu may offer it.
    pub is_gone: bool,
    /// Roles that were deleted: no menu may offer them either.
    pub gone_roles: Vec<RoleId>,
}

/// The outcome of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Saved,
    Unchanged,
    /// Somebody else has changed the group since.
    Stale,
}

impl Book {
    /// Inboxes of other guilds do not exist here. A server without inboxes has no settings.
    pub(super) async fn open(admin: &Admin<'_>, scope: Scope) -> Result<Self> {
        let book = match scope {
            Scope::Inbox(inbox) => Self::Inbox(Box::new(admin.inbox(inbox).await?)),
            Scope::Server => {
                let found = server_settings::find(&admin.state.app.db, admin.guild).await;
                let server = found.context("read a server's settings")?.ok_or(InboxMsg::NoInboxes)?;
                Self::Server { guild: admin.guild, server: Box::new(server) }
            }
        };
        Ok(book.settled(admin))
    }

    /// A pause that has ended is off.
    fn settled(mut self, admin: &Admin<'_>) -> Self {
        let now = admin.state.app.now();
        match &mut self {
            Self::Inbox(inbox) => inbox.settings.pause.settle(now),
            Self::Server { server, .. } => server.settings.pause.settle(now),
        }
        self
    }

    async fn load(admin: &Admin<'_>, tx: &mut WriteTx, scope: Scope) -> Result<Self> {
        let book = match scope {
            Scope::Inbox(inbox) => {
                let found = inboxes::load(tx, inbox).await.context("load an inbox")?;
                let found = found.filter(|found| found.guild == admin.guild).ok_or(InboxMsg::InboxGone)?;
                Self::Inbox(Box::new(found))
            }
            Scope::Server => {
                let found = server_settings::load(tx, admin.guild).await.context("load a server's settings")?;
                Self::Server { guild: admin.guild, server: Box::new(found.ok_or(InboxMsg::NoInboxes)?) }
            }
        };
        Ok(book.settled(admin))
    }

    pub(super) fn scope(&self) -> Scope {
        match self {
            Self::Inbox(inbox) => Scope::Inbox(inbox.id),
            Self::Server { .. } => Scope::Server,
        }
    }

    pub(super) fn headings(&self) -> Vec<Heading> {
        match self {
            Self::Inbox(inbox) => headings(&inbox.settings),
            Self::Server { server, .. } => headings(&server.settings),
        }
    }

    pub(super) fn group(&self, key: &str) -> Option<Group> {
        match self {
            Self::Inbox(inbox) => group(&inbox.settings, &inbox.revisions, key),
            Self::Server { server, .. } => group(&server.settings, &server.revisions, key),
        }
    }

    /// The setting with this key.
    pub(super) fn item(&self, key: &str) -> Option<Item> {
        match self {
            Self::Inbox(inbox) => Setting::find(key).map(|setting| item(setting, &inbox.settings)),
            Self::Server { server, .. } => Setting::find(key).map(|setting| item(setting, &server.settings)),
        }
    }

    fn apply(&mut self, item: &Item, revision: u32, value: SettingValue) -> Result<Outcome> {
        match self {
            Self::Inbox(inbox) => apply(&mut inbox.settings, &mut inbox.revisions, item, revision, value),
            Self::Server { server, .. } => apply(&mut server.settings, &mut server.revisions, item, revision, value),
        }
    }

    async fn store(&self, tx: &mut WriteTx, before: &Self) -> Result<()> {
        match (self, before) {
            (Self::Inbox(inbox), Self::Inbox(before)) => {
                store_settings(tx, before, &inbox.settings, &inbox.revisions).await
            }
            (Self::Server { guild, server }, _) => {
                let stored = server_settings::write(tx, *guild, &server.settings, &server.revisions).await;
                Ok(stored.context("store a server's settings")?)
            }
            (Self::Inbox(_), Self::Server { .. }) => Err(anyhow!("an inbox was changed as if it were a server").into()),
        }
    }
}

/// Sets one setting in one transaction, if its group is still at this revision. Returns all settings as they are then.
pub(super) async fn edit(
    admin: &Admin<'_>,
    scope: Scope,
    item: &Item,
    revision: u32,
    value: SettingValue,
) -> Result<(Outcome, Book)> {
    let mut tx = admin.state.app.db.begin_write().await.context("begin a change of settings")?;
    let mut book = Book::load(admin, &mut tx, scope).await?;
    let before = book.clone();
    let outcome = book.apply(item, revision, value)?;
    if outcome == Outcome::Saved {
        book.store(&mut tx, &before).await?;
        tx.commit().await.context("commit a change of settings")?;
        tracing::info!(guild.id = %admin.guild, scope = %scope, setting = item.key, "a setting was changed");
    }
    Ok((outcome, book))
}

fn headings<S: Settings>(settings: &S) -> Vec<Heading> {
    S::Group::EACH.iter().map(|group| heading(settings, *group)).collect()
}

fn heading<S: Settings>(settings: &S, group: S::Group) -> Heading {
    let default = settings.defaults();
    let of_group = S::EACH.iter().filter(|setting| setting.group == group);
    let changed = of_group.filter(|setting| setting.get(settings) != setting.get(&default)).count() as u64;
    Heading { key: group.key(), name: group.name(), help: group.help(), changed }
}

fn group<S: Settings>(settings: &S, revisions: &Revisions, key: &str) -> Option<Group> {
    let group = S::Group::find(key)?;
    let items = S::EACH.iter().filter(|setting| setting.group == group).map(|setting| item(setting, settings));
    let (heading, revision) = (heading(settings, group), revisions.of(group));
    Some(Group { heading, revision, items: items.collect(), server_pause: None })
}

fn item<S: Settings>(setting: &Setting<S>, settings: &S) -> Item {
    Item {
        group: setting.group.key(),
        key: setting.key,
        name: setting.name,
        help: setting.help,
        value: setting.value,
        control: setting.control(),
        now: setting.get(settings),
        default: setting.get(&settings.defaults()),
        is_gone: false,
        gone_roles: Vec::new(),
    }
}

fn apply<S: Settings>(
    settings: &mut S,
    revisions: &mut Revisions,
    item: &Item,
    revision: u32,
    value: SettingValue,
) -> Result<Outcome> {
    let setting = Setting::<S>::find(item.key).ok_or_else(|| anyhow!("{} is no setting", item.key))?;
    let base = Base { group: setting.group, revision };
    let mut fits = true;
    let changed = settings::change(settings, revisions, Some(base), |settings| fits = setting.set(settings, value));
    match changed {
        Err(Refusal::Stale) => Ok(Outcome::Stale),
        // Pages check the limits first, and Discord those of texts.
        Err(Refusal::BeyondLimit { setting }) => Err(anyhow!("{setting} was set beyond its limit").into()),
        Ok(_) if !fits => Err(anyhow!("{} has no such value", item.key).into()),
        Ok((after, _)) if after == *settings => Ok(Outcome::Unchanged),
        Ok((after, counted)) => {
            (*settings, *revisions) = (after, counted);
            Ok(Outcome::Saved)
        }
    }
}

/// The settings that pages show, for the tests of their layout.
#[cfg(test)]
pub(super) fn groups_of<S: Settings>(settings: &S) -> Vec<Group> {
    S::Group::EACH.iter().filter_map(|each| group(settings, &Revisions::default(), each.key())).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::custom_id::{Content as _, MAX_CONTENT};
    use crate::domain::ids::ChannelId;
    use crate::domain::settings::{InboxSettings, ServerSettings};

    /// Values of any kind, among them ones that do not fit.
    fn any_value() -> impl Strategy<Value = SettingValue> {
        prop_oneof![
            any::<bool>().prop_map(SettingValue::Switch),
            (0..5_000_u32).prop_map(SettingValue::Number),
            any::<u32>().prop_map(SettingValue::Number),
            prop::option::of(r"\PC{0,120}").prop_map(SettingValue::Text),
            prop::option::of(1..u64::MAX).prop_map(|id| SettingValue::Channel(id.map(ChannelId::new))),
            prop::collection::btree_set(1..u64::MAX, 0..30)
                .prop_map(|ids| SettingValue::Roles(ids.into_iter().map(RoleId::new).collect())),
            prop::sample::select(vec!["ping", "silent", "no", "never", "optional", "always", "?"])
                .prop_map(SettingValue::Choice),
        ]
    }

    fn edits<S: Settings + serde::de::DeserializeOwned + fmt::Debug>(
        start: S,
        steps: &[(prop::sample::Index, i64, SettingValue)],
    ) -> std::result::Result<(), TestCaseError> {
        let (mut settings, mut revisions) = (start, Revisions::default());
        for (which, off, value) in steps {
            let setting = which.get(S::EACH);
            let item = item(setting, &settings);
            let before = (settings.clone(), revisions.clone());
            let current = revisions.of(setting.group);
            let revision = u32::try_from(i64::from(current) + off).unwrap_or(u32::MAX);
            let outcome = apply(&mut settings, &mut revisions, &item, revision, value.clone());
            if matches!(outcome, Ok(Outcome::Saved)) {
                prop_assert_eq!(revision, current);
                prop_assert_eq!(revisions.of(setting.group), current + 1);
                prop_assert_eq!(&setting.get(&settings), value);
            } else {
                prop_assert!(before == (settings.clone(), revisions.clone()));
            }
            // What is stored reads back, within all limits.
            let stored = serde_json::Value::Object(settings::to_stored(&settings));
            prop_assert_eq!(&serde_json::from_value::<S>(stored).unwrap(), &settings);
            prop_assert!(settings.check_change(&settings.defaults()).is_ok());
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn any_sequence_of_edits_leaves_valid_settings(
            steps in prop::collection::vec((any::<prop::sample::Index>(), -1..2_i64, any_value()), 0..40),
        ) {
            edits(InboxSettings::new(ChannelId::new(1)), &steps)?;
            edits(ServerSettings::default(), &steps)?;
        }
    }

    #[test]
    fn every_setting_fits_into_an_id() {
        let longest = Scope::Inbox(InboxId::new(i64::MAX));
        let keys = InboxSettings::EACH.iter().map(|setting| setting.key);
        for key in keys.chain(ServerSettings::EACH.iter().map(|setting| setting.key)) {
            let content = (longest, key.to_owned(), u32::MAX).write();
            assert!(content.len() <= MAX_CONTENT, "{content}");
            assert_eq!(<(Scope, String, u32)>::read(&content), Some((longest, key.to_owned(), u32::MAX)));
        }
        assert_eq!("s".parse(), Ok(Scope::Server));
    }
}
