//! Reads inboxes: which ones they are, on which panel they stand, and who handles their tickets.

use std::collections::{BTreeMap, BTreeSet};

use toml::de::DeValue;

use super::cursor::{Cursor, Table, integer};
use super::{NewMember, Reader};
use crate::domain::first_message::with_files;
use crate::domain::form::Values;
use crate::domain::ids::{ChannelId, InboxId, PanelId, RoleId, UserId};
use crate::domain::panel::MOST_INBOXES as MOST_ON_PANEL;
use crate::domain::server_config::{InboxConfig, MOST_INBOXES};
use crate::domain::settings::{Group, InboxSettings, MessageParts, SettingGroup as _};
use crate::domain::staff::StaffMember;
use crate::domain::starter::Starter;
use crate::domain::text;
use crate::server_config::directory::{Resolved, Unresolved};
use crate::server_config::msg::ConfigProblem;
use crate::server_config::problem::shown;
use crate::server_config::{keys, spelling};

/// Maximum staff of an inbox in a file; a longer list that is stored already stays.
const MOST_STAFF: usize = 100;

impl Reader<'_> {
    /// Adds the inboxes of the file. Returns their places by the numbers that they have in it.
    pub(super) fn read_inboxes(
        &mut self,
        root: &Table<'_, '_>,
        inboxes: &mut Vec<InboxConfig>,
        labels: &BTreeMap<String, PanelId>,
    ) -> BTreeMap<i64, usize> {
        let tables = self.tables(root, keys::INBOX);
        let most = MOST_INBOXES.max(self.bounds.current.inboxes.len());
        if let Some(beyond) = tables.get(most.saturating_sub(inboxes.len())) {
            let at = Cursor { key: keys::INBOX.to_owned(), start: beyond.start };
            self.note(&at, ConfigProblem::TooManyInboxes { limit: MOST_INBOXES as u64 });
            return BTreeMap::new();
        }
        let stay = std::mem::take(inboxes).into_iter().map(|inbox| (inbox, 0, None));
        let mut all: Vec<(InboxConfig, u64, Option<i64>)> = stay.collect();
        let (mut seen, mut on_panels) = (BTreeSet::new(), BTreeMap::new());
        for table in tables {
            let number = self.read_number(&table, keys::NUMBER, false);
            if let Some(twice) = number.filter(|number| !seen.insert(*number)) {
                let at = table.cursor(keys::NUMBER, table.get(keys::NUMBER));
                self.note(&at, ConfigProblem::InboxTwice { number: twice.to_string() });
            }
            let id = number.map(InboxId::new).filter(|_| self.is_own);
            let before = id.and_then(|id| self.bounds.current.inbox(id));
            if let Some(id) = id.filter(|_| before.is_none()) {
                let at = table.cursor(keys::NUMBER, table.get(keys::NUMBER));
                self.note(&at, ConfigProblem::NoSuchInbox { number: id.to_string() });
            }
            let panel = self.read_on_panel(&table, labels);
            let inbox = InboxConfig { id, panel, ..self.read_inbox(&table, before) };
            if let Some(panel) = inbox.panel {
                let count = on_panels.entry(panel).or_insert(0_usize);
                *count += 1;
                if *count > MOST_ON_PANEL.max(self.bounds.current.on_panel(panel).count()) {
                    let at = table.cursor(keys::ON_PANEL, table.get(keys::ON_PANEL));
                    self.note(&at, ConfigProblem::PanelFull { limit: MOST_ON_PANEL as u64 });
                }
            }
            all.push((inbox, self.line(table.start), number));
        }
        // As they are stored: by panels, those on none last. The sort keeps the order in which they stand in the file.
        all.sort_by_key(|(inbox, ..)| (inbox.panel.is_none(), inbox.panel));
        let numbers = all.iter().enumerate().filter_map(|(place, (.., number))| Some(((*number)?, place))).collect();
        (*inboxes, self.lines) = all.into_iter().map(|(inbox, line, _)| (inbox, line)).unzip();
        numbers
    }

    /// The panel that shows it, by its number or its name in the file. A panel of another server may be left out.
    fn read_on_panel(&mut self, table: &Table<'_, '_>, labels: &BTreeMap<String, PanelId>) -> Option<PanelId> {
        let value = table.get(keys::ON_PANEL)?;
        let (label, is_name) = match value.get_ref() {
            DeValue::String(name) => (spelling::text(&text::single_line(name)), true),
            _ => (self.read_number(table, keys::ON_PANEL, false)?.to_string(), false),
        };
        let found = labels.get(&label).copied();
        if found.is_none() && (self.is_own || is_name) {
            let at = table.cursor(keys::ON_PANEL, Some(value));
            self.note(&at, ConfigProblem::NoSuchPanel { number: shown(&label) });
        }
        found
    }

    fn read_inbox(&mut self, table: &Table<'_, '_>, before: Option<&InboxConfig>) -> InboxConfig {
        let staff = self.read_staff(table, before);
        // The destination is read, or its lack noted.
        let fresh = InboxSettings::new(ChannelId::new(u64::MAX));
        let stored = before.map_or(&fresh, |before| &before.settings);
        let mut settings = self.read_settings(table, stored, &[keys::NUMBER, keys::ON_PANEL, keys::STAFF]);
        if !self.is_own {
            // Files that were left out leave the embeds, too.
            let MessageParts { embeds, files, .. } = &mut settings.message;
            let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
            with_files(embeds, &names);
        }
        if settings.beginning.starter != stored.beginning.starter && !starter_fits(&settings, &staff) {
            let group = table.get(Group::Beginning.key());
            let at = table.cursor("beginning.starter", group);
            self.note(&at, ConfigProblem::StarterTooLong);
        }
        InboxConfig { id: None, panel: None, settings, staff }
    }

    fn read_staff(&mut self, table: &Table<'_, '_>, before: Option<&InboxConfig>) -> Vec<StaffMember> {
        let Some(value) = table.get(keys::STAFF) else { return Vec::new() };
        let at = table.cursor(keys::STAFF, Some(value));
        let DeValue::Array(each) = value.get_ref() else {
            self.note(&at, ConfigProblem::NotList);
            return Vec::new();
        };
        let stored = before.map_or(&[][..], |before| &before.staff);
        if each.len() > MOST_STAFF.max(stored.len()) {
            self.note(&at, ConfigProblem::TooMuchStaff { limit: MOST_STAFF as u64 });
            return Vec::new();
        }
        let mut staff = Vec::new();
        for entry in each {
            let at = table.cursor(keys::STAFF, Some(entry));
            let written = entry.get_ref().as_str().unwrap_or_default();
            let found = match self.bounds.directory.staff(written, self.is_own) {
                Ok(Resolved { value, by_name }) => {
                    if by_name {
                        self.note_name(written, &self.bounds.directory.write_staff(value));
                    }
                    Ok(value)
                }
                // A deleted role that is among them already stays.
                Err(Unresolved::NoSuchId(id)) => {
                    let role = StaffMember::Role(RoleId::new(id));
                    stored.contains(&role).then_some(role).ok_or(Unresolved::NoSuchId(id))
                }
                Err(why) => Err(why),
            };
            match found {
                Ok(StaffMember::Role(role)) if role == self.bounds.guild.everyone() => {
                    self.note(&at, ConfigProblem::Everyone);
                }
                Ok(member) if staff.contains(&member) => self.note(&at, ConfigProblem::StaffTwice),
                Ok(member) => {
                    if let StaffMember::Member(user) = member
                        && !stored.contains(&member)
                    {
                        let at = self.problem(&at, ConfigProblem::NoSuchMember);
                        self.new_members.push(NewMember { user, at });
                    }
                    staff.push(member);
                }
                Err(why) => self.note(&at, why.into()),
            }
        }
        staff
    }

    /// A number of an inbox or a panel.
    pub(super) fn read_number(&mut self, table: &Table<'_, '_>, key: &str, is_required: bool) -> Option<i64> {
        let value = table.get(key);
        let number = value.and_then(|value| integer(value.get_ref())).filter(|number| *number > 0);
        if number.is_none() && (value.is_some() || is_required) {
            let what = if value.is_some() { ConfigProblem::NotNumbered } else { ConfigProblem::Missing };
            self.note(&table.cursor(key, value), what);
        }
        number
    }
}

/// Whether the first message has room for everybody whom it mentions.
fn starter_fits(settings: &InboxSettings, staff: &[StaffMember]) -> bool {
    let template = settings.beginning.starter.as_deref().unwrap_or_default();
    let rendered = Starter::render(template, UserId::new(u64::MAX), staff, None, &Values::NONE);
    !rendered.is_cut && rendered.left_out.is_empty()
}
