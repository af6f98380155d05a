//! Reads canned replies and blocks, which name inboxes of the same file.

use std::collections::{BTreeMap, BTreeSet};

use toml::de::DeValue;

use super::Reader;
use super::cursor::{Cursor, Table};
use super::settings::read_time;
use crate::domain::canned_reply::{MAX_NAME, MAX_TEXT, MOST, Name};
use crate::domain::ids::{InboxId, UserId};
use crate::domain::server_config::{BlockConfig, InboxConfig, InboxKey, ReplyConfig};
use crate::domain::text;
use crate::server_config::keys;
use crate::server_config::msg::ConfigProblem;

impl Reader<'_> {
    /// `numbers`: the inboxes of the file by the numbers that they have in it, with their places in `inboxes`.
    pub(super) fn read_replies(
        &mut self,
        root: &Table<'_, '_>,
        inboxes: &[InboxConfig],
        numbers: &BTreeMap<i64, usize>,
    ) -> Vec<ReplyConfig> {
        let stored = self.bounds.current;
        // Those of another server are added.
        let mut replies = if self.is_own { Vec::new() } else { stored.replies.clone() };
        let mut seen = BTreeSet::new();
        let tables = self.tables(root, keys::REPLY);
        let most = usize::try_from(MOST).unwrap_or(usize::MAX).max(stored.replies.len());
        if let Some(beyond) = tables.get(most.saturating_sub(replies.len())) {
            let at = Cursor { key: keys::REPLY.to_owned(), start: beyond.start };
            self.note(&at, ConfigProblem::TooManyReplies { limit: MOST });
            return replies;
        }
        for table in tables {
            self.refuse_unknown(&table, &[keys::NAME, keys::INBOX, keys::TEXT]);
            let (name, text) = (table.get(keys::NAME), table.get(keys::TEXT));
            let at = table.cursor(keys::NAME, name);
            let name = name.and_then(|name| name.get_ref().as_str()).and_then(Name::parse);
            if name.is_none() {
                self.note(&at, ConfigProblem::NotReplyName { most: MAX_NAME as u64 });
            }
            let inbox = self.read_inbox_key(&table, inboxes, numbers);
            let at_text = table.cursor(keys::TEXT, text);
            let text = text.and_then(|text| text.get_ref().as_str()).filter(|text| text::is_visible(text));
            if text.is_none() {
                self.note(&at_text, ConfigProblem::NotAText);
            }
            let (Some(name), Some(text)) = (name, text) else { continue };
            let before = stored.reply(&name);
            if text::length(text) > MAX_TEXT && before.is_none_or(|before| before.text != text) {
                self.note(&at_text, ConfigProblem::TooLong { most: MAX_TEXT as u64 });
            }
            if !seen.insert(name.key().to_owned()) {
                self.note(&at, ConfigProblem::ReplyTwice);
            } else if !self.is_own && before.is_some() {
                self.note(&at, ConfigProblem::ReplyTaken);
            }
            replies.push(ReplyConfig { name, inbox, text: text.to_owned() });
        }
        replies.sort_by(|one, other| one.name.key().cmp(other.name.key()));
        replies
    }

    /// Of this server only, without those that have ended: they are not stored any longer.
    pub(super) fn read_blocks(
        &mut self,
        root: &Table<'_, '_>,
        inboxes: &[InboxConfig],
        numbers: &BTreeMap<i64, usize>,
    ) -> Vec<BlockConfig> {
        if !self.is_own {
            return self.bounds.current.blocks.clone();
        }
        let (mut blocks, mut seen) = (Vec::new(), BTreeSet::new());
        for table in self.tables(root, keys::BLOCK) {
            self.refuse_unknown(&table, &[keys::MEMBER, keys::INBOX, keys::ENDS]);
            let member = table.get(keys::MEMBER);
            let at = table.cursor(keys::MEMBER, member);
            let user = member.and_then(|member| match member.get_ref() {
                DeValue::String(written) => read_member(written),
                number => super::cursor::integer(number)?.to_string().parse().ok(),
            });
            let inbox = self.read_inbox_key(&table, inboxes, numbers);
            let mut ends_at = None;
            if let Some(value) = table.get(keys::ENDS) {
                ends_at = read_time(value.get_ref());
                if ends_at.is_none() {
                    self.note(&table.cursor(keys::ENDS, Some(value)), ConfigProblem::NotTime);
                }
            }
            let Some(user) = user else {
                self.note(&at, ConfigProblem::NotMember);
                continue;
            };
            if !seen.insert((user, inbox)) {
                self.note(&at, ConfigProblem::BlockTwice);
            }
            if ends_at.is_some_and(|end| end <= self.bounds.now) {
                continue;
            }
            blocks.push(BlockConfig { user, inbox, ends_at });
        }
        blocks.sort_unstable();
        blocks
    }

    /// The inbox that something names by its number in the file. `None`: none, or a problem was noted.
    fn read_inbox_key(
        &mut self,
        table: &Table<'_, '_>,
        inboxes: &[InboxConfig],
        numbers: &BTreeMap<i64, usize>,
    ) -> Option<InboxKey> {
        let number = self.read_number(table, keys::INBOX, false)?;
        let Some(place) = numbers.get(&number).copied() else {
            let at = table.cursor(keys::INBOX, table.get(keys::INBOX));
            self.note(&at, ConfigProblem::InboxMissing { number: number.to_string() });
            return None;
        };
        let id: Option<InboxId> = inboxes.get(place).and_then(|inbox| inbox.id);
        Some(id.map_or(InboxKey::New(place), InboxKey::Known))
    }
}

/// `123`, `member 123` or `<@123>`.
fn read_member(written: &str) -> Option<UserId> {
    let written = written.trim();
    let inner = written.strip_prefix("<@").and_then(|rest| rest.strip_suffix('>'));
    let digits = inner.or_else(|| written.strip_prefix("member ")).unwrap_or(written);
    digits.trim_start_matches('!').trim().parse().ok()
}
