//! Reads a file against what is stored: every problem with its line and key, or the configuration that it stands for.
//!
//! A value that is stored already is accepted whatever it is: limits and existence are asked of changes only.

mod cursor;
mod inbox;
mod list;
mod others;
mod panels;
mod settings;

use std::collections::{BTreeMap, BTreeSet};

use toml::de::{DeTable, DeValue};

use super::directory::Directory;
use super::msg::ConfigProblem;
use super::problem::{Problem, shown};
use super::{FORMAT, MAX_SIZE, keys};
use crate::domain::clock::Timestamp;
use crate::domain::ids::{GuildId, PanelId, UserId};
use crate::domain::server_config::ServerConfig;
use cursor::{Cursor, Table};

/// The most problems that are noted.
pub const MOST_PROBLEMS: usize = 200;

/// What a file is read against.
#[derive(Debug, Clone, Copy)]
pub struct Bounds<'a> {
    pub guild: GuildId,
    pub current: &'a ServerConfig,
    pub directory: &'a Directory,
    /// For how many days the operator keeps the records of closed tickets.
    pub records_days: u16,
    /// The digests of the contents that first messages of this server show.
    pub files: &'a BTreeSet<String>,
    /// Blocks that have ended by then stand for nothing.
    pub now: Timestamp,
}

/// A file without problems.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// What is to be stored.
    pub config: ServerConfig,
    /// The line of each inbox in `config`; 0 for one that is not in the file.
    pub lines: Vec<u64>,
    /// The line of each new panel.
    pub panel_lines: BTreeMap<PanelId, u64>,
    /// Files of panels and first messages that are not taken over.
    pub left_out: BTreeSet<String>,
    /// What was found by its name: as written in the file, and as it is called here.
    pub by_name: BTreeSet<(String, String)>,
    /// Members who were not in the staff before.
    pub new_members: Vec<NewMember>,
    /// The file is of this server. One of another server adds its inboxes to those that are here.
    pub is_own: bool,
}

/// A member who is to be in the staff, and where the file says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMember {
    pub user: UserId,
    at: Problem,
}

impl NewMember {
    /// They are not in the server.
    pub fn into_problem(self) -> Problem {
        self.at
    }
}

/// Reads a file.
///
/// # Errors
///
/// The problems by line, at most [`MOST_PROBLEMS`] of them.
pub fn read(bytes: &[u8], bounds: Bounds<'_>) -> Result<Read, Vec<Problem>> {
    let whole = |what| vec![Problem::new(1, "", what)];
    if bytes.len() > MAX_SIZE {
        return Err(whole(ConfigProblem::TooLarge { limit: (MAX_SIZE / 1024) as u64 }));
    }
    // Some editors put a mark before the text.
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let before = &bytes[..error.valid_up_to()];
        let line = before.split(|byte| *byte == b'\n').count() as u64;
        vec![Problem::new(line, "", ConfigProblem::NotUtf8)]
    })?;
    // Editors and version control on Windows end lines with both; texts on several lines are written with one.
    let text = text.replace("\r\n", "\n");
    let mut reader = Reader::new(&text, bounds);
    let document = DeTable::parse(&text).map_err(|error| {
        let line = reader.line(error.span().map_or(text.len(), |span| span.start));
        vec![Problem::new(line, "", ConfigProblem::NotToml { cause: shown(error.message()) })]
    })?;
    let config = reader.read(document.get_ref());
    if !reader.problems.is_empty() {
        reader.problems.sort_by_key(|problem| problem.line);
        return Err(reader.problems);
    }
    let Reader { lines, panel_lines, left_out, by_name, new_members, is_own, .. } = reader;
    Ok(Read { config, lines, panel_lines, left_out, by_name, new_members, is_own })
}

/// The reading of one file.
struct Reader<'a> {
    /// Where lines end.
    line_ends: Vec<usize>,
    bounds: Bounds<'a>,
    is_own: bool,
    lines: Vec<u64>,
    panel_lines: BTreeMap<PanelId, u64>,
    left_out: BTreeSet<String>,
    by_name: BTreeSet<(String, String)>,
    new_members: Vec<NewMember>,
    problems: Vec<Problem>,
}

impl<'a> Reader<'a> {
    fn new(text: &str, bounds: Bounds<'a>) -> Self {
        let line_ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at).collect();
        Self {
            line_ends,
            bounds,
            is_own: true,
            lines: Vec::new(),
            panel_lines: BTreeMap::new(),
            left_out: BTreeSet::new(),
            by_name: BTreeSet::new(),
            new_members: Vec::new(),
            problems: Vec::new(),
        }
    }

    fn read(&mut self, document: &DeTable<'_>) -> ServerConfig {
        let root = Table { prefix: String::new(), start: 0, keys: document };
        self.check_format(&root);
        let server = root.get(keys::SERVER);
        let Some(server) = self.table(&root, keys::SERVER, server) else {
            self.note(&Cursor { key: keys::SERVER.to_owned(), start: 0 }, ConfigProblem::Missing);
            return ServerConfig::default();
        };
        self.is_own = self.read_server_id(&server);
        let current = self.bounds.current;
        if !self.is_own && self.bounds.directory.names.is_none() {
            // Without names, every channel and role in it would be one more mistake.
            return ServerConfig::default();
        }
        let mut config = ServerConfig {
            server: self.read_settings(&server, &current.server, &[keys::ID]),
            panels: current.panels.clone(),
            ..ServerConfig::default()
        };
        let labels = self.read_panels(&root, &mut config.panels);
        if !self.is_own {
            // What is here stays.
            config.inboxes.clone_from(&current.inboxes);
        }
        let numbers = self.read_inboxes(&root, &mut config.inboxes, &labels);
        self.check_new_panels(&config);
        config.replies = self.read_replies(&root, &config.inboxes, &numbers);
        config.blocks = self.read_blocks(&root, &config.inboxes, &numbers);
        self.refuse_unknown(&root, &[keys::FORMAT, keys::SERVER, keys::PANEL, keys::INBOX, keys::REPLY, keys::BLOCK]);
        config
    }

    fn check_format(&mut self, root: &Table<'_, '_>) {
        match root.get(keys::FORMAT) {
            None => self.note(&root.cursor(keys::FORMAT, None), ConfigProblem::Missing),
            Some(value) => match cursor::integer(value.get_ref()) {
                Some(FORMAT) => {}
                found => {
                    let format = found.and_then(|found| u64::try_from(found).ok()).unwrap_or(0);
                    self.note(&root.cursor(keys::FORMAT, Some(value)), ConfigProblem::UnknownFormat { format });
                }
            },
        }
    }

    /// Whether the file is of this server.
    fn read_server_id(&mut self, server: &Table<'_, '_>) -> bool {
        let value = server.get(keys::ID);
        let at = server.cursor(keys::ID, value);
        let Some(value) = value else {
            self.note(&at, ConfigProblem::Missing);
            return true;
        };
        let id = match value.get_ref() {
            DeValue::String(id) => id.trim().parse::<UserId>().ok().map(UserId::get),
            number => cursor::integer(number).and_then(|number| u64::try_from(number).ok()),
        };
        let Some(id) = id else {
            self.note(&at, ConfigProblem::NotId);
            return true;
        };
        let is_own = GuildId::new(id) == self.bounds.guild;
        if !is_own && self.bounds.directory.names.is_none() {
            self.note(&at, ConfigProblem::OtherServer);
        }
        is_own
    }

    /// The line of an offset, counted from 1.
    fn line(&self, start: usize) -> u64 {
        1 + self.line_ends.partition_point(|end| *end < start) as u64
    }

    fn note(&mut self, at: &Cursor, what: ConfigProblem) {
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push(self.problem(at, what));
        }
    }

    fn problem(&self, at: &Cursor, what: ConfigProblem) -> Problem {
        Problem::new(self.line(at.start), &at.key, what)
    }
}
