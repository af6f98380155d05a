//! The data held about one person, in a form to show and export.
//!
//! Rows keep every stored column, so that an export cannot omit a column added later.

use serde_json::{Map, Value, json};

use super::admission::LONGEST_COOLDOWN;
use super::clock::Timestamp;
use super::ids::{GuildId, ThreadId, UserId};
use super::lifecycle::State;

/// A stored value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stored {
    Nothing,
    Number(i64),
    Text(String),
}

/// One row: its columns with their values, in the order of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row(pub Vec<(String, Stored)>);

/// A ticket that the person opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldTicket {
    pub guild: GuildId,
    /// `None`: it is opening.
    pub thread: Option<ThreadId>,
    pub state: State,
    pub asked_at: Timestamp,
    pub row: Row,
}

/// Another record that names the person, and its guild.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub guild: GuildId,
    pub row: Row,
}

/// All records that name one person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// Newest first.
    pub tickets: Vec<HeldTicket>,
    /// Tickets beyond the requested number.
    pub older_tickets: u64,
    /// The inboxes whose staff names the person.
    pub staff: Vec<Named>,
    /// The pending selections of the person.
    pub pending: Vec<Named>,
    /// What names the person in tickets of others: as claimer, or as who opened or closed them.
    pub handled: Vec<Named>,
    /// The blocks of the person, which stay.
    pub blocks: Vec<Named>,
    /// The blocks of others that the person made.
    pub blocked: Vec<Named>,
}

/// Stands for the id of somebody else in a row about the person.
pub const ANOTHER: &str = "another person";

impl Held {
    pub fn is_empty(&self) -> bool {
        let others = [&self.staff, &self.pending, &self.handled, &self.blocks, &self.blocked];
        self.tickets.is_empty() && self.older_tickets == 0 && others.iter().all(|named| named.is_empty())
    }

    /// How many tickets stay for now when all of this is deleted, and how many are deleted at once. Older ones than
    /// requested count as deleted.
    pub fn kept_and_deleted(&self, now: Timestamp) -> (u64, u64) {
        let goes = |ticket: &&HeldTicket| ticket.state == State::Closed && ticket.asked_at <= now - LONGEST_COOLDOWN;
        let deleted = self.tickets.iter().filter(goes).count();
        ((self.tickets.len() - deleted) as u64, deleted as u64 + self.older_tickets)
    }

    /// The guilds with records, oldest first.
    pub fn guilds(&self) -> Vec<GuildId> {
        let tickets = self.tickets.iter().map(|ticket| ticket.guild);
        let others = [&self.staff, &self.pending, &self.handled, &self.blocks, &self.blocked];
        let mut guilds: Vec<_> = tickets.chain(others.into_iter().flatten().map(|named| named.guild)).collect();
        guilds.sort_unstable();
        guilds.dedup();
        guilds
    }

    /// All of it as JSON: every column under its own name, ids as text (they exceed a JavaScript number), times as RFC
    /// 3339 in UTC.
    pub fn to_json(&self, user: UserId, at: Timestamp) -> Value {
        let list = |named: &[Named]| named.iter().map(|named| object(&named.row)).collect::<Vec<_>>();
        json!({
            "user_id": user.to_string(),
            "exported_at": at.to_rfc3339(),
            "tickets": self.tickets.iter().map(ticket).collect::<Vec<_>>(),
            "older_tickets_left_out": self.older_tickets,
            "staff_of": list(&self.staff),
            "messages_to_select": list(&self.pending),
            "tickets_of_others": list(&self.handled),
            "blocks": list(&self.blocks),
            "blocks_of_others": list(&self.blocked),
        })
    }
}

fn ticket(ticket: &HeldTicket) -> Value {
    let mut json = object(&ticket.row);
    if let Some(thread) = ticket.thread {
        json["thread_link"] = json!(format!("https://discord.com/channels/{}/{thread}", ticket.guild));
    }
    json
}

fn object(row: &Row) -> Value {
    let fields: Map<String, Value> = row.0.iter().map(|(name, value)| (name.clone(), field(name, value))).collect();
    Value::Object(fields)
}

fn field(name: &str, value: &Stored) -> Value {
    match value {
        Stored::Nothing => Value::Null,
        // Snowflakes are unsigned, columns signed: the bits are kept.
        Stored::Number(id) if name.ends_with("_id") || name.ends_with("_by") => json!(id.cast_unsigned().to_string()),
        Stored::Number(millis) if name.ends_with("_at") => json!(Timestamp::from_millis(*millis).to_rfc3339()),
        Stored::Number(number) => json!(number),
        Stored::Text(text) => json!(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(columns: &[(&str, Stored)]) -> Row {
        Row(columns.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect())
    }

    #[test]
    fn every_column_is_handed_out_with_ids_and_times_that_a_person_can_use() {
        let largest = u64::MAX;
        let columns = [
            ("id", Stored::Number(3)),
            ("thread_id", Stored::Number(largest.cast_signed())),
            ("closed_at", Stored::Number(1_700_000_000_123)),
            ("opened_at", Stored::Nothing),
            ("state", Stored::Text("closed".to_owned())),
        ];
        let ticket = HeldTicket {
            guild: GuildId::new(7),
            thread: Some(ThreadId::new(largest)),
            state: State::Closed,
            asked_at: Timestamp::from_millis(0),
            row: row(&columns),
        };
        let held = Held { tickets: vec![ticket], ..Held::default() };

        let json = held.to_json(UserId::new(5), Timestamp::from_millis(0));

        assert_eq!(json["user_id"], "5");
        assert_eq!(json["exported_at"], "1970-01-01T00:00:00.000Z");
        let expected = json!({
            "id": 3,
            "thread_id": largest.to_string(),
            "thread_link": format!("https://discord.com/channels/7/{largest}"),
            "closed_at": "2023-11-14T22:13:20.123Z",
            "opened_at": null,
            "state": "closed",
        });
        assert_eq!(json["tickets"], json!([expected]));
    }

    #[test]
    fn nothing_is_held_only_when_no_table_names_the_person() {
        let named = Named { guild: GuildId::new(2), row: row(&[]) };
        assert!(Held::default().is_empty());
        for held in [
            Held { staff: vec![named.clone()], ..Held::default() },
            Held { pending: vec![named.clone()], ..Held::default() },
            Held { handled: vec![named.clone()], ..Held::default() },
            Held { blocks: vec![named.clone()], ..Held::default() },
            Held { blocked: vec![named.clone()], ..Held::default() },
            Held { older_tickets: 1, ..Held::default() },
        ] {
            assert!(!held.is_empty(), "{held:?}");
        }
        let twice = Held { staff: vec![named.clone()], pending: vec![named], ..Held::default() };
        assert_eq!(twice.guilds(), [GuildId::new(2)]);
    }
}
