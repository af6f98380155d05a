//! Offers cards for the open tickets of an inbox that has a channel for them. Without it, a ticket gets its card with its
//! next change.

use poise::serenity_prelude::CreateActionRow;

use super::book::{Book, Group, Scope};
use super::{CARD_CHANNEL, SettingsMsg, named, redraw, say};
use crate::discord::components::Button;
use crate::discord::respond::{Answer, Drawing};
use crate::error::Result;
use crate::i18n::{self, CommonMsg};
use crate::inboxes::Admin;
use crate::router::{Audience, Request, Route};
use crate::tickets::cards;

/// Posts the cards.
pub(in crate::inboxes) const OFFER: Route =
    Route::component("sof", Audience::Person, |request| Box::pin(async move { on_offer(&request).await })).redraws();

/// Adds the button to the page with the channel of the cards, if open tickets have no card.
pub(super) async fn add_to(admin: &Admin<'_>, book: &Book, group: &Group, drawing: &mut Drawing) -> Result<()> {
    let Book::Inbox(inbox) = book else { return Ok(()) };
    let is_here = group.items.iter().any(|item| item.key == CARD_CHANNEL);
    if !is_here || inbox.settings.work.card_channel.is_none() {
        return Ok(());
    }
    let count = cards::count_without(&admin.state.app, inbox.id).await?;
    // Beside the buttons that lead elsewhere: a page has no room for another row.
    if let (1.., Some(CreateActionRow::Buttons(buttons))) = (count, drawing.rows.last_mut()) {
        let label = i18n::render(&admin.reader, &SettingsMsg::OfferCardsButton { count });
        buttons.push(Button::primary(admin.id_of(&OFFER, &(Scope::Inbox(inbox.id),)), label).into());
    }
    Ok(())
}

async fn on_offer(request: &Request) -> Result<Answer> {
    let admin = Admin::new(&request.state, &request.caller)?;
    let (scope,) = request.content::<(Scope,)>()?;
    let (book, item) = named(&admin, scope, CARD_CHANNEL).await?;
    let Book::Inbox(inbox) = &book else { return Err(CommonMsg::OutdatedComponent.into()) };
    if inbox.settings.work.card_channel.is_none() {
        return Err(CommonMsg::OutdatedComponent.into());
    }
    let count = cards::offer(&admin.state.app, inbox.id).await?;
    tracing::info!(inbox.id = %inbox.id, count, "cards of open tickets are being posted");
    redraw(&admin, &book, &item, &[say(&admin, &SettingsMsg::CardsOffered { count })], None).await
}
