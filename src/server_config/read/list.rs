//! Reads the entries of a list: each a table, and all of them as they are stored.

use serde_json::Value;
use toml::Spanned;
use toml::de::DeValue;

use super::Reader;
use super::cursor::{Cursor, Found, nearest};
use crate::domain::settings::{Setting, SettingValue, Settings};
use crate::inboxes::fault_of_entries;
use crate::server_config::entries;
use crate::server_config::msg::ConfigProblem;
use crate::server_config::problem::shown;

/// The setting whose entries name contents that are stored beside the settings.
const FILES: &str = "message.files";

impl Reader<'_> {
    /// `None`: problems were noted.
    pub(super) fn read_list<S: Settings>(
        &mut self,
        at: &Cursor,
        value: Found<'_, '_>,
        setting: &Setting<S>,
        before: &S,
        most: usize,
    ) -> Option<SettingValue> {
        let Some(each) = value.get_ref().as_array() else {
            self.note(at, ConfigProblem::NotTables { key: at.key.clone() });
            return None;
        };
        let SettingValue::List(now) = setting.get(before) else { return None };
        if each.len() > most.max(now.len()) {
            self.note(at, ConfigProblem::TooManyEntries { limit: most as u64 });
            return None;
        }
        let reads = |entry: &Value| setting.set(&mut before.clone(), SettingValue::List(vec![entry.clone()]));
        let (mut read, mut is_sound) = (Vec::new(), true);
        for entry in each {
            let at = Cursor { key: at.key.clone(), start: entry.span().start };
            let Some(stored) = entries::read(entry.get_ref()).filter(|stored| reads(stored)) else {
                self.note(&at, ConfigProblem::NotEntry);
                is_sound = false;
                continue;
            };
            for key in entries::unknown_keys(&stored, reads) {
                let what = match nearest(&key, &entries::keys().collect()) {
                    Some(near) if near != key => ConfigProblem::UnknownKeyNear { near: near.to_owned() },
                    _ => ConfigProblem::UnknownKey,
                };
                self.note(&Cursor { key: format!("{}.{}", at.key, shown(&key)), start: at.start }, what);
                is_sound = false;
            }
            read.push(stored);
        }
        // Entries in the one spelling in which they are stored.
        let mut after = before.clone();
        if !is_sound || !setting.set(&mut after, SettingValue::List(read)) {
            return None;
        }
        let SettingValue::List(mut read) = setting.get(&after) else { return None };
        if setting.key == FILES {
            read = self.keep_stored(at, each, read, &now)?;
            let fits = setting.set(&mut after, SettingValue::List(read.clone()));
            debug_assert!(fits, "fewer files");
        }
        if after.check_change(before).is_err() {
            let (place, what) = fault_of_entries(setting.key, &read).unwrap_or_default();
            let start = each.get(place).map_or(at.start, |entry| entry.span().start);
            let at = Cursor { key: at.key.clone(), start };
            self.note(&at, ConfigProblem::EntryFault { what });
            return None;
        }
        Some(SettingValue::List(read))
    }

    /// The files whose contents are here: a file of a configuration names them only. Those of another server are left out.
    /// `None`: problems were noted.
    fn keep_stored(
        &mut self,
        at: &Cursor,
        places: &[Spanned<DeValue<'_>>],
        files: Vec<Value>,
        now: &[Value],
    ) -> Option<Vec<Value>> {
        let (mut kept, mut is_sound) = (Vec::new(), true);
        for (file, place) in files.into_iter().zip(places) {
            let is_stored = file["digest"].as_str().is_some_and(|digest| self.bounds.files.contains(digest));
            if is_stored || now.contains(&file) {
                kept.push(file);
                continue;
            }
            let name = shown(file["name"].as_str().unwrap_or_default());
            if self.is_own {
                let at = Cursor { key: at.key.clone(), start: place.span().start };
                self.note(&at, ConfigProblem::FileNotStored { name });
                is_sound = false;
            } else {
                self.left_out.insert(name);
            }
        }
        is_sound.then_some(kept)
    }
}
