//! A person's requests about their own data, in a server or a direct message: show it, or delete it. Covers all
//! servers.
//!
//! The commands are in `commands`; `storage::personal` selects the rows.

mod msg;

pub use msg::PrivacyMsg;

use std::time::Duration;

use anyhow::Context as _;

use crate::discord::interaction::Caller;
use crate::discord::respond::{Answer, Reply};
use crate::discord::rest::File;
use crate::discord::{BotContext, components};
use crate::domain::admission::LONGEST_COOLDOWN;
use crate::domain::clock::Timestamp;
use crate::domain::ids::{GuildId, InboxId, UserId};
use crate::domain::personal::{Held, Stored};
use crate::error::Result;
use crate::i18n::{self, Locale, PointInTime, Relative, ThreadLink, TicketState};
use crate::router::{Audience, Request, Route};
use crate::storage::personal;

/// The components that people use.
pub const ROUTES: &[Route] = &[BUTTON];

/// Maximum tickets in one export; its file stays far below Discord's limit of 10 MiB ("Uploading Files"). The operator
/// can export the rest.
const MOST_TICKETS: u32 = 2_000;

/// Who asks, as Discord reports it: a custom id cannot change it.
#[derive(Clone, Debug)]
pub struct Person<'a> {
    pub state: &'a BotContext,
    pub user: UserId,
    /// The language of the answers.
    pub reader: Locale,
}

impl<'a> Person<'a> {
    pub fn new(state: &'a BotContext, caller: &Caller) -> Self {
        Self { state, user: caller.user, reader: caller.reader.clone() }
    }

    async fn held(&self) -> Result<Held> {
        Ok(personal::find(&self.state.app.db, self.user, MOST_TICKETS)
            .await
            .context("find what is held about a person")?)
    }
}

/// Maximum characters of the summary (Discord: "Message", embed limits: 4,096), with room for the last line.
const SHOWN: usize = 3_900;

pub async fn show(person: &Person<'_>) -> Result<Reply> {
    let held = person.held().await?;
    if held.is_empty() {
        return Ok(PrivacyMsg::Nothing.into());
    }
    let msg = PrivacyMsg::Held {
        tickets: held.tickets.len() as u64 + held.older_tickets,
        inboxes: held.staff.len() as u64,
        steps: held.pending.len() as u64,
        handled: held.handled.len() as u64,
    };
    let json = held.to_json(person.user, person.state.app.now());
    // Indented, because people read it.
    let bytes = serde_json::to_vec_pretty(&json).map_err(anyhow::Error::from)?;
    let file = File::new(format!("ticketbot-{}.json", person.user), bytes);
    Ok(Reply::File { msg: msg.into(), preview: Some(summary(person, &held)), file, rows: Vec::new() })
}

/// The servers in turn, as many as fit.
fn summary(person: &Person<'_>, held: &Held) -> String {
    let lines: Vec<PrivacyMsg> = held.guilds().into_iter().flat_map(|guild| describe(held, guild)).collect();
    let mut text = String::new();
    for (position, line) in lines.iter().enumerate() {
        let line = i18n::render(&person.reader, line) + "\n";
        if text.chars().count() + line.chars().count() > SHOWN {
            let left = (lines.len() - position) as u64;
            text.push_str(&i18n::render(&person.reader, &PrivacyMsg::More { left }));
            break;
        }
        text.push_str(&line);
    }
    text
}

fn describe(held: &Held, guild: GuildId) -> Vec<PrivacyMsg> {
    let tickets: Vec<_> = held.tickets.iter().filter(|ticket| ticket.guild == guild).collect();
    let mut lines = vec![PrivacyMsg::Server { server: guild, tickets: tickets.len() as u64 }];
    lines.extend(tickets.iter().filter_map(|ticket| {
        let ThreadLink { guild, thread } = ThreadLink { guild, thread: ticket.thread? };
        let (state, asked) = (TicketState(ticket.state), Relative(ticket.asked_at));
        Some(PrivacyMsg::Ticket { ticket: ThreadLink { guild, thread }, state, asked })
    }));
    let inboxes = held.staff.iter().filter(|staff| staff.guild == guild).filter_map(|staff| {
        let stored = staff.row.0.iter().find(|(column, _)| column == "inbox_id");
        match stored {
            Some((_, Stored::Number(inbox))) => Some(InboxId::new(*inbox)),
            _ => None,
        }
    });
    lines.extend(inboxes.map(|inbox| PrivacyMsg::Staff { inbox }));
    let blocks = held.blocks.iter().filter(|block| block.guild == guild);
    lines.extend(blocks.map(|block| {
        let number = |name: &str| match block.row.0.iter().find(|(column, _)| column == name) {
            Some((_, Stored::Number(number))) => Some(*number),
            _ => None,
        };
        let inbox = number("inbox_id").map(InboxId::new);
        match number("ends_at").map(Timestamp::from_millis) {
            Some(until) => PrivacyMsg::BlockUntil { inbox, until: PointInTime(until) },
            None => PrivacyMsg::Block { inbox },
        }
    }));
    lines
}

/// How long a reader may delay the emptying of the write-ahead log; otherwise the next maintenance pass does it.
const TRUNCATE_TIMEOUT: Duration = Duration::from_millis(100);

/// Asks for confirmation, and says what stays and why.
pub async fn ask_to_delete(person: &Person<'_>) -> Result<Reply> {
    let held = person.held().await?;
    if held.is_empty() {
        return Ok(PrivacyMsg::Nothing.into());
    }
    let (kept, tickets) = held.kept_and_deleted(person.state.app.now());
    let msg =
        PrivacyMsg::DeleteAsked { tickets, kept, inboxes: held.staff.len() as u64, handled: held.handled.len() as u64 };
    let label = i18n::render(&person.reader, &PrivacyMsg::DeleteButton);
    let blocks = held.blocks.len() as u64;
    Ok(Reply::Card {
        msg: msg.into(),
        preview: (blocks > 0).then(|| i18n::render(&person.reader, &PrivacyMsg::BlocksStay { count: blocks })),
        rows: vec![components::confirm_delete(&label, BUTTON.id_of_oneself(person.user))],
        in_place: false,
    })
}

/// The confirmation button.
const BUTTON: Route =
    Route::component("fgt", Audience::Oneself, |request| Box::pin(async move { on_confirm(&request).await }));

async fn on_confirm(request: &Request) -> Result<Answer> {
    let person = Person::new(&request.state, &request.caller);
    let app = &person.state.app;
    let now = app.now();
    let deleted = personal::delete(&app.db, person.user, now - LONGEST_COOLDOWN, now)
        .await
        .context("delete what is held about a person")?;
    personal::empty_log(&app.db, TRUNCATE_TIMEOUT).await.context("empty the write-ahead log")?;
    // Their cards are to be removed.
    app.alarm.ring();
    let (tickets, left) = (deleted.tickets, deleted.tickets_left);
    tracing::info!(tickets, left, staff = deleted.staff, "a person deleted their data");
    Ok(Reply::Card {
        msg: PrivacyMsg::Deleted { tickets, left }.into(),
        preview: None,
        rows: Vec::new(),
        in_place: true,
    }
    .into())
}
