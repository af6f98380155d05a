//! Draws the cards that do not show the newest state of their tickets, at the pace of `domain::card`.

use std::time::Duration;

use super::draw::draw;
use crate::app::{App, CardDrawers};
use crate::discord::{Refusal, RestError};
use crate::domain::card::{self, Pace, Work};
use crate::domain::clock::Timestamp;
use crate::domain::ids::{ChannelId, GuildId, TicketId};
use crate::error::Result;
use crate::storage::{self, cards};
use crate::work::Tools;
use crate::work::drawer::{Drawing, Next, Outcome};

/// Cards of tickets.
pub enum Cards {}

impl Drawing for Cards {
    type Id = TicketId;
    type Pace = Pace;
    /// What is done, and when it was chosen.
    type Request = (Work, Timestamp);

    const NAME: &'static str = "card";
    const MOST_AGAIN: u32 = 5;
    const TOGETHER: Duration = Duration::from_millis(100);

    fn drawers(app: &App) -> &CardDrawers {
        &app.card_drawers
    }

    async fn changed(app: &App) {
        app.db.changed().await;
    }

    async fn list_channels(app: &App) -> storage::Result<Vec<(ChannelId, GuildId)>> {
        cards::list_due_channels(&app.db).await
    }

    async fn next(app: &App, channel: ChannelId, pace: Pace) -> storage::Result<Next<TicketId, (Work, Timestamp)>> {
        let due = cards::list_due(&app.db, channel).await?;
        let now = app.now();
        Ok(match pace.next(&due, now, app.clock.monotonic()) {
            card::Next::Draw(next) => Next::Draw(next.ticket, (next.work, now)),
            card::Next::Wait(until) => Next::Wait(until),
            card::Next::Nothing => Next::Nothing,
        })
    }

    async fn draw(tools: Tools<'_>, ticket: TicketId) -> Result<Outcome> {
        draw(tools, ticket).await
    }

    async fn give_up(app: &App, ticket: TicketId) -> storage::Result<()> {
        match cards::find(&app.db, ticket).await? {
            Some(card) => cards::set_drawn(&app.db, ticket, card.now()).await,
            None => Ok(()),
        }
    }

    fn note(app: &App, pace: &mut Pace, (work, chosen_at): (Work, Timestamp), _is_refused: bool) {
        pace.note(work, chosen_at, app.clock.monotonic());
    }

    fn is_of_message(fault: &RestError) -> bool {
        matches!(fault, RestError::Broken(_))
            || matches!(fault.refusal(), Some(Refusal::Form | Refusal::AutoMod | Refusal::Name | Refusal::Other))
    }
}
