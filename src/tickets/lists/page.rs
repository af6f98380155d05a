//! One page of a list: reads its tickets and draws them.

use anyhow::Context as _;
use poise::serenity_prelude::CreateEmbed;

use super::{ListMsg, PAGE};
use crate::discord::BotContext;
use crate::discord::components::{self, Button};
use crate::discord::interaction::Caller;
use crate::discord::respond::Drawing;
use crate::discord::seal::Holder;
use crate::domain::ids::{GuildId, InboxId};
use crate::domain::lifecycle::State;
use crate::domain::priority::Priority;
use crate::domain::text;
use crate::domain::ticket_list::{Kind, Listing, Mark, Order, Place, States};
use crate::error::Result;
use crate::i18n::{self, Length, Locale, Mention, PointInTime, PriorityName, ThreadLink, TicketState};
use crate::storage::inboxes::{self, Inbox};
use crate::storage::listing::{self, Listed, Reach, Wanted};
use crate::tickets::label;

/// Tickets on a page. Two lines of each fit into an embed (Discord: "Message", embed limits: 4,096 characters).
const ROWS: usize = 10;

/// Up to so many tickets of a list are counted: a few pages' work, however many there are. Some texts have this number.
const MOST_COUNTED: usize = 1_000;

/// The tickets of a page, and whether there are others.
#[derive(Debug)]
pub(super) struct Page {
    rows: Vec<Listed>,
    /// Those whose tickets can be on the page, for their names.
    inboxes: Vec<Inbox>,
    has_before: bool,
    has_after: bool,
    /// How many tickets the list has, if it has several pages; one more than [`MOST_COUNTED`] is more.
    total: Option<usize>,
}

/// Reads a page. What has changed since the button was drawn is allowed for: there is no page without tickets behind or
/// before others, and the first one is full.
pub(super) async fn read(
    state: &BotContext,
    guild: GuildId,
    reach: &Reach,
    listing: &Listing,
    place: Place,
) -> Result<Page> {
    let asked_before = listing.older_than.map(|age| state.app.now() - age);
    let wanted = |behind, backward| {
        let most = ROWS + 1;
        Wanted { guild, reach, listing, asked_before, behind, backward, most }
    };
    let read = async |behind, backward| {
        listing::read(&state.app.db, wanted(behind, backward)).await.context("read a list of tickets")
    };
    let mut page = Page { rows: Vec::new(), inboxes: Vec::new(), has_before: false, has_after: false, total: None };
    match place {
        Place::Start => {}
        Place::After(mark) => {
            page.rows = read(Some(mark), false).await?;
            page.has_before = true;
            page.has_after = page.rows.len() > ROWS;
            if page.rows.is_empty() {
                page.rows = read(None, true).await?;
                page.has_before = page.rows.len() > ROWS;
                page.rows.truncate(ROWS);
                page.rows.reverse();
            }
        }
        Place::Before(mark) => {
            page.rows = read(Some(mark), true).await?;
            (page.has_before, page.has_after) = (true, true);
            if page.rows.len() <= ROWS {
                page.rows.clear();
            }
            page.rows.truncate(ROWS);
            page.rows.reverse();
        }
    }
    if page.rows.is_empty() {
        page.rows = read(None, false).await?;
        (page.has_before, page.has_after) = (false, page.rows.len() > ROWS);
    }
    page.rows.truncate(ROWS);
    if page.has_before || page.has_after {
        let all = Wanted { most: MOST_COUNTED + 1, ..wanted(None, false) };
        page.total = Some(listing::count(&state.app.db, all).await.context("count a list of tickets")?);
    }
    page.inboxes = match listing.inbox {
        Some(inbox) => inboxes::find(&state.app.db, inbox).await.context("find an inbox")?.into_iter().collect(),
        None if page.rows.is_empty() => Vec::new(),
        None => inboxes::list(&state.app.db, guild).await.context("list inboxes")?,
    };
    Ok(page)
}

impl Page {
    /// An inbox by its number, and by what its button says if it is still there.
    fn name_of(&self, inbox: InboxId, guild_locale: &Locale) -> ListMsg {
        match self.inboxes.iter().find(|each| each.id == inbox) {
            Some(found) => ListMsg::InInbox { inbox, label: text::escape(&label(&found.settings.panel, guild_locale)) },
            None => ListMsg::OfInbox { inbox },
        }
    }
}

/// Draws a page for the person who asked for it.
pub(super) fn draw(
    state: &BotContext,
    caller: &Caller,
    guild: GuildId,
    (listing, place): (&Listing, Place),
    page: &Page,
    is_partial: bool,
) -> Drawing {
    let say = |msg: ListMsg| i18n::render(&caller.reader, &msg);
    let mut lines = vec![heading(listing, page, caller)];
    if page.rows.is_empty() {
        lines.push(say(ListMsg::Empty));
    }
    if is_partial {
        lines.push(say(ListMsg::Partial));
    }
    let rows: Vec<String> = page.rows.iter().map(|row| describe(row, listing, guild, caller, page)).collect();
    let holder = Holder { guild, user: caller.user };
    let id = |place: Place| PAGE.id_for(state, holder, &(*listing, place));
    let edge = |row: Option<&Listed>| row.map(|row| row.mark);
    let first = edge(page.rows.first()).filter(|_| page.has_before).map(Place::Before);
    let last = edge(page.rows.last()).filter(|_| page.has_after).map(Place::After);
    let buttons = [(first, ListMsg::BackButton), (last, ListMsg::NextButton), (Some(place), ListMsg::RefreshButton)];
    let buttons = buttons.into_iter().filter_map(|(place, label)| Some(Button::secondary(id(place?), say(label))));
    Drawing {
        content: lines.join("\n"),
        embeds: (!rows.is_empty()).then(|| CreateEmbed::new().description(rows.join("\n"))).into_iter().collect(),
        rows: components::row(buttons),
    }
}

/// What the list shows, how much of it, and in which order.
fn heading(listing: &Listing, page: &Page, caller: &Caller) -> String {
    let title = match (listing.kind, listing.owner) {
        (Kind::History, Some(owner)) if owner == caller.user => ListMsg::HistoryOwn,
        (Kind::History, Some(owner)) => ListMsg::History { owner: Mention(owner) },
        _ => match listing.states {
            States::Open => ListMsg::TitleOpen,
            States::Dormant => ListMsg::TitleDormant,
            States::Closed => ListMsg::TitleClosed,
            States::All => ListMsg::TitleAll,
        },
    };
    let owner = listing.owner.filter(|_| listing.kind == Kind::Tickets).map(Mention);
    let parts = [
        Some(title),
        page.total.map(|total| match total {
            0..=MOST_COUNTED => ListMsg::Total { count: total as u64 },
            _ => ListMsg::MoreThanCounted,
        }),
        listing.inbox.map(|inbox| page.name_of(inbox, &caller.guild_locale)),
        listing.claimed_by.map(|by| ListMsg::ClaimedBy { by: Mention(by) }),
        owner.map(|owner| ListMsg::OwnedBy { owner }),
        listing.older_than.map(|age| ListMsg::OlderThan { age: Length::seconds(age.as_secs()) }),
        Some(match listing.order {
            Order::Newest => ListMsg::NewestFirst,
            Order::Oldest => ListMsg::OldestFirst,
            Order::Priority => ListMsg::MostUrgentFirst,
        }),
    ];
    join(parts.into_iter().flatten(), &caller.reader)
}

/// A ticket in two lines. What all tickets of the list have in common stands in its heading.
fn describe(row: &Listed, listing: &Listing, guild: GuildId, caller: &Caller, page: &Page) -> String {
    let reader = &caller.reader;
    let of_inbox = |inbox| page.name_of(inbox, &caller.guild_locale);
    let link = row.thread.map(|thread| ThreadLink { guild, thread }.to_string());
    let link = link.unwrap_or_else(|| i18n::render(reader, &ListMsg::ThreadGone));
    let Mark { priority, .. } = row.mark;
    let details = [
        Some(ListMsg::State { state: TicketState(row.state) }),
        listing.owner.is_none().then_some(ListMsg::OwnedBy { owner: Mention(row.owner) }),
        row.inbox.filter(|_| listing.inbox.is_none()).map(of_inbox),
        Some(ListMsg::Asked { at: PointInTime(row.asked_at) }),
        row.closed_at.filter(|_| row.state == State::Closed).map(|at| ListMsg::ClosedAt { at: PointInTime(at) }),
        row.claimed_by.filter(|_| listing.claimed_by.is_none()).map(|by| ListMsg::ClaimedBy { by: Mention(by) }),
        (priority != Priority::None).then_some(ListMsg::Priority { priority: PriorityName(priority) }),
    ];
    format!("**#{}** · {link}\n{}", row.number, join(details.into_iter().flatten(), reader))
}

fn join(parts: impl Iterator<Item = ListMsg>, reader: &Locale) -> String {
    parts.map(|part| i18n::render(reader, &part)).collect::<Vec<_>>().join(" · ")
}
