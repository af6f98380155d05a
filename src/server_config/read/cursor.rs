//! Tables and keys of a file with their places, and values of plain kinds.

use std::collections::BTreeSet;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Reader;
use crate::server_config::msg::ConfigProblem;
use crate::server_config::problem::shown;

/// A value of a file.
pub(super) type Found<'t, 'd> = &'t Spanned<DeValue<'d>>;

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cursor {
    /// The whole key.
    pub key: String,
    /// Bytes before it.
    pub start: usize,
}

/// A table of a file.
#[derive(Debug, Clone)]
pub(super) struct Table<'t, 'd> {
    /// With its trailing dot; empty for the whole file.
    pub prefix: String,
    pub start: usize,
    pub keys: &'t DeTable<'d>,
}

impl<'t, 'd> Table<'t, 'd> {
    pub(super) fn get(&self, key: &str) -> Option<Found<'t, 'd>> {
        self.keys.get(key)
    }

    /// The place of a key: of its value, or of this table.
    pub(super) fn cursor(&self, key: &str, value: Option<Found<'_, '_>>) -> Cursor {
        let start = value.map_or(self.start, |value| value.span().start);
        Cursor { key: format!("{}{key}", self.prefix), start }
    }
}

impl Reader<'_> {
    /// A table in a table.
    pub(super) fn table<'t, 'd>(
        &mut self,
        outer: &Table<'t, 'd>,
        key: &str,
        value: Option<Found<'t, 'd>>,
    ) -> Option<Table<'t, 'd>> {
        let value = value?;
        let DeValue::Table(keys) = value.get_ref() else {
            self.note(&outer.cursor(key, Some(value)), ConfigProblem::NotTable);
            return None;
        };
        Some(Table { prefix: format!("{}{key}.", outer.prefix), start: value.span().start, keys })
    }

    /// The tables written `[[key]]`.
    pub(super) fn tables<'t, 'd>(&mut self, root: &Table<'t, 'd>, key: &str) -> Vec<Table<'t, 'd>> {
        let Some(value) = root.get(key) else { return Vec::new() };
        let wrong = || ConfigProblem::NotTables { key: key.to_owned() };
        let DeValue::Array(each) = value.get_ref() else {
            self.note(&root.cursor(key, Some(value)), wrong());
            return Vec::new();
        };
        let mut tables = Vec::new();
        for value in each {
            match value.get_ref() {
                DeValue::Table(keys) => {
                    tables.push(Table { prefix: format!("{key}."), start: value.span().start, keys });
                }
                _ => self.note(&root.cursor(key, Some(value)), wrong()),
            }
        }
        tables
    }

    /// Notes keys that nothing reads; `known` are those that a table may have.
    pub(super) fn refuse_unknown(&mut self, table: &Table<'_, '_>, known: &[&str]) {
        let known: BTreeSet<&str> = known.iter().copied().collect();
        for key in table.keys.keys() {
            let written: &str = key.get_ref();
            if known.contains(written) {
                continue;
            }
            let what = match nearest(written, &known) {
                Some(near) => ConfigProblem::UnknownKeyNear { near: format!("{}{near}", table.prefix) },
                None => ConfigProblem::UnknownKey,
            };
            let at = Cursor { key: format!("{}{}", table.prefix, shown(written)), start: key.span().start };
            self.note(&at, what);
        }
    }
}

/// A longer text is no mistyped key.
const LONGEST_KEY: usize = 60;

/// The known key that `written` most likely means.
pub(super) fn nearest<'k>(written: &str, known: &BTreeSet<&'k str>) -> Option<&'k str> {
    if written.len() > LONGEST_KEY {
        return None;
    }
    let distances = known.iter().map(|key| (strsim::osa_distance(written, key), *key));
    let (distance, key) = distances.min()?;
    (distance <= 2.max(key.len() / 4)).then_some(key)
}

/// A whole number.
pub(super) fn integer(value: &DeValue<'_>) -> Option<i64> {
    let integer = value.as_integer()?;
    i64::from_str_radix(integer.as_str(), integer.radix()).ok()
}
