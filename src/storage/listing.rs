//! Lists of tickets, one page at a time, however many there are.
//!
//! The tickets that somebody may see come from several sources: their own, and each inbox that they may read. Within a
//! source and a state, an index has the tickets in the order of the list; SQLite merges the sources and stops when the
//! page is full. So a page costs about as much as its rows.

use std::str::FromStr;

use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Row as _, Sqlite};

use super::snowflake::Column;
use super::{Database, Result};
use crate::domain::clock::Timestamp;
use crate::domain::ids::{ChannelId, GuildId, InboxId, ThreadId, TicketId, UserId};
use crate::domain::lifecycle::State;
use crate::domain::priority::Priority;
use crate::domain::ticket_list::{Listing, Mark, Order};

/// The tickets of a guild that somebody may see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    All,
    /// Their own, and those of these inboxes.
    Of {
        reader: UserId,
        inboxes: Vec<Readable>,
    },
}

/// An inbox whose tickets somebody may see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Readable {
    pub inbox: InboxId,
    /// Only those in this channel.
    pub only_in: Option<ChannelId>,
}

/// A listed ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub mark: Mark,
    pub number: u32,
    pub state: State,
    pub owner: UserId,
    /// `None`: it was deleted.
    pub inbox: Option<InboxId>,
    /// `None`: it was deleted.
    pub thread: Option<ThreadId>,
    pub asked_at: Timestamp,
    pub closed_at: Option<Timestamp>,
    pub claimed_by: Option<UserId>,
}

/// What is read of a list.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    pub guild: GuildId,
    pub reach: &'a Reach,
    pub listing: &'a Listing,
    /// Requested then or earlier.
    pub asked_before: Option<Timestamp>,
    /// Begins behind this ticket; `None`: at the end that comes first.
    pub behind: Option<Mark>,
    /// Against the order of the list.
    pub backward: bool,
    pub most: usize,
}

/// The next tickets of a list, in the order in which they are met.
pub async fn read(db: &Database, wanted: Wanted<'_>) -> Result<Vec<Listed>> {
    if wanted.listing.order != Order::Priority {
        return run(db, wanted, None, wanted.behind, wanted.most).await;
    }
    // The most urgent first.
    let mut priorities = Priority::EACH;
    if !wanted.backward {
        priorities.reverse();
    }
    let reached = wanted.behind.and_then(|mark| priorities.iter().position(|each| *each == mark.priority));
    let mut found = Vec::new();
    for (place, priority) in priorities.into_iter().enumerate().skip(reached.unwrap_or(0)) {
        let behind = wanted.behind.filter(|_| Some(place) == reached);
        found.extend(run(db, wanted, Some(priority), behind, wanted.most - found.len()).await?);
        if found.len() == wanted.most {
            break;
        }
    }
    Ok(found)
}

/// How many tickets a list has, counted up to `wanted.most`, wherever it begins.
pub async fn count(db: &Database, wanted: Wanted<'_>) -> Result<usize> {
    let mut counted = 0;
    // In whichever order: no source is divided by priorities.
    for some in terms(&wanted, None).chunks(MOST_TERMS) {
        let mut query = QueryBuilder::new("SELECT count(*) FROM (");
        for (place, term) in some.iter().enumerate() {
            if place > 0 {
                query.push(" UNION ALL ");
            }
            term.push(&mut query, "id", &wanted, None);
        }
        query.push(" LIMIT ").push_bind(i64::try_from(wanted.most - counted).unwrap_or(i64::MAX)).push(")");
        let found: i64 = query.build_query_scalar().persistent(false).fetch_one(&db.reader).await?;
        counted += usize::try_from(found).unwrap_or(0);
    }
    Ok(counted)
}

/// The most parts of one statement (SQLite: "Limits", terms in a compound SELECT: 500).
const MOST_TERMS: usize = 400;

async fn run(
    db: &Database,
    wanted: Wanted<'_>,
    priority: Option<Priority>,
    behind: Option<Mark>,
    most: usize,
) -> Result<Vec<Listed>> {
    // A larger id is a newer ticket.
    let ascending = (wanted.listing.order == Order::Newest) == wanted.backward;
    let terms = terms(&wanted, priority);
    let mut found: Vec<Listed> = Vec::new();
    for some in terms.chunks(MOST_TERMS) {
        let mut query = QueryBuilder::new("");
        for (place, term) in some.iter().enumerate() {
            if place > 0 {
                query.push(" UNION ALL ");
            }
            term.push(&mut query, COLUMNS, &wanted, priority);
            match behind {
                Some(mark) => {
                    query.push(if ascending { " AND id > " } else { " AND id < " });
                    query.push_bind(mark.ticket.to_column());
                }
                // The same plan, with the same range.
                None if ascending => _ = query.push(" AND id > 0"),
                None => _ = query.push(" AND id < 9223372036854775807"),
            }
        }
        query.push(if ascending { " ORDER BY id LIMIT " } else { " ORDER BY id DESC LIMIT " });
        query.push_bind(i64::try_from(most).unwrap_or(i64::MAX));
        // Its shape varies: do not cache it.
        let rows = query.build().persistent(false).fetch_all(&db.reader).await?;
        for row in &rows {
            found.push(from_row(row)?);
        }
    }
    found.sort_by_key(|listed| listed.mark.ticket);
    if !ascending {
        found.reverse();
    }
    found.truncate(most);
    Ok(found)
}

/// Where tickets are found in the order of their ids.
#[derive(Clone, Copy, Debug)]
enum Source {
    Guild,
    Inbox(Readable, NotOf),
    Owner(UserId),
    Claimer(UserId),
    /// The tickets of a guild that have a priority.
    Prioritised,
}

/// Whose tickets another source has.
type NotOf = Option<UserId>;

/// One part of the statement.
#[derive(Clone, Copy, Debug)]
struct Term {
    source: Source,
    /// `None`: a source that is not divided by states.
    state: Option<State>,
    /// The source is not limited to what the reader may see.
    is_to_check: bool,
}

fn terms(wanted: &Wanted<'_>, priority: Option<Priority>) -> Vec<Term> {
    let listing = wanted.listing;
    let single = |source, is_to_check| vec![(source, is_to_check)];
    let sources = match (priority, listing.owner, listing.claimed_by, wanted.reach) {
        (_, Some(owner), _, Reach::Of { reader, .. }) => single(Source::Owner(owner), owner != *reader),
        (_, Some(owner), ..) => single(Source::Owner(owner), true),
        (Some(priority), ..) if priority != Priority::None => single(Source::Prioritised, true),
        (_, _, Some(claimer), _) => single(Source::Claimer(claimer), true),
        (_, _, _, Reach::All) => match listing.inbox {
            Some(inbox) => single(Source::Inbox(Readable { inbox, only_in: None }, None), false),
            None => single(Source::Guild, false),
        },
        (_, _, _, Reach::Of { reader, inboxes }) => {
            let asked = inboxes.iter().filter(|one| listing.inbox.is_none_or(|inbox| inbox == one.inbox));
            let inboxes = asked.map(|one| (Source::Inbox(*one, Some(*reader)), false));
            std::iter::once((Source::Owner(*reader), false)).chain(inboxes).collect()
        }
    };
    let terms = sources.into_iter().flat_map(|(source, is_to_check)| {
        let states: Vec<Option<State>> = match source {
            Source::Owner(_) | Source::Prioritised => vec![None],
            _ => listing.states.states().iter().copied().map(Some).collect(),
        };
        states.into_iter().map(move |state| Term { source, state, is_to_check })
    });
    terms.collect()
}

/// What a page needs of a ticket.
const COLUMNS: &str = "id, guild_number, state, owner_id, inbox_id, thread_id, thread_gone, reserved_at, closed_at,
     claimed_by, priority";

impl Term {
    fn push(
        self,
        query: &mut QueryBuilder<Sqlite>,
        columns: &'static str,
        wanted: &Wanted<'_>,
        priority: Option<Priority>,
    ) {
        let (guild, listing) = (wanted.guild.to_column(), wanted.listing);
        query.push("SELECT ").push(columns).push(" FROM ticket INDEXED BY ");
        match self.source {
            Source::Guild => _ = query.push("ticket_listed WHERE guild_id = ").push_bind(guild),
            Source::Inbox(Readable { inbox, only_in }, not_of) => {
                query.push("ticket_listed_in WHERE inbox_id = ").push_bind(inbox.to_column());
                query.push(" AND guild_id = ").push_bind(guild);
                if let Some(channel) = only_in {
                    query.push(" AND parent_id = ").push_bind(channel.to_column());
                }
                if let Some(user) = not_of {
                    query.push(" AND owner_id <> ").push_bind(user.to_column());
                }
            }
            Source::Owner(owner) => {
                query.push("ticket_guild_owner WHERE guild_id = ").push_bind(guild);
                query.push(" AND owner_id = ").push_bind(owner.to_column());
            }
            Source::Claimer(claimer) => {
                query.push("ticket_claimed WHERE claimed_by = ").push_bind(claimer.to_column());
                query.push(" AND guild_id = ").push_bind(guild);
            }
            Source::Prioritised => {
                // The second condition is that of the index.
                query.push("ticket_priority WHERE guild_id = ").push_bind(guild).push(" AND priority <> 'none'");
            }
        }
        if let Some(inbox) = listing.inbox.filter(|_| !matches!(self.source, Source::Inbox(..))) {
            query.push(" AND inbox_id = ").push_bind(inbox.to_column());
        }
        if let Some(claimer) = listing.claimed_by.filter(|_| !matches!(self.source, Source::Claimer(_))) {
            query.push(" AND claimed_by = ").push_bind(claimer.to_column());
        }
        if let Some(priority) = priority {
            query.push(" AND priority = ").push_bind(priority.as_str());
        }
        if let Some(before) = wanted.asked_before {
            query.push(" AND reserved_at <= ").push_bind(before.to_column());
        }
        if let Some(state) = self.state {
            query.push(" AND state = ").push_bind(state.as_str());
        } else {
            query.push(" AND state IN (");
            let mut listed = query.separated(", ");
            for state in listing.states.states() {
                listed.push_bind(state.as_str());
            }
            query.push(")");
        }
        if self.is_to_check {
            push_reach(query, wanted.reach);
        }
    }
}

/// Leaves out what the reader may not see.
fn push_reach(query: &mut QueryBuilder<Sqlite>, reach: &Reach) {
    let Reach::Of { reader, inboxes } = reach else { return };
    query.push(" AND (owner_id = ").push_bind(reader.to_column());
    for Readable { inbox, only_in } in inboxes {
        query.push(" OR (inbox_id = ").push_bind(inbox.to_column());
        if let Some(channel) = only_in {
            query.push(" AND parent_id = ").push_bind(channel.to_column());
        }
        query.push(")");
    }
    query.push(")");
}

fn from_row(row: &SqliteRow) -> Result<Listed> {
    let state: &str = row.try_get("state")?;
    let priority: &str = row.try_get("priority")?;
    let decode = |error: Box<dyn std::error::Error + Send + Sync>| sqlx::Error::Decode(error);
    let is_gone = row.try_get::<i64, _>("thread_gone")? != 0;
    let thread = row.try_get::<Option<i64>, _>("thread_id")?.map(ThreadId::from_column);
    Ok(Listed {
        mark: Mark {
            ticket: TicketId::from_column(row.try_get("id")?),
            priority: Priority::from_str(priority).map_err(|error| decode(error.into()))?,
        },
        number: u32::try_from(row.try_get::<Option<i64>, _>("guild_number")?.unwrap_or(0)).unwrap_or(u32::MAX),
        state: State::from_str(state).map_err(|error| decode(error.into()))?,
        owner: UserId::from_column(row.try_get("owner_id")?),
        inbox: row.try_get::<Option<i64>, _>("inbox_id")?.map(InboxId::from_column),
        thread: thread.filter(|_| !is_gone),
        asked_at: Timestamp::from_column(row.try_get("reserved_at")?),
        closed_at: row.try_get::<Option<i64>, _>("closed_at")?.map(Timestamp::from_column),
        claimed_by: row.try_get::<Option<i64>, _>("claimed_by")?.map(UserId::from_column),
    })
}

#[cfg(test)]
mod tests;
