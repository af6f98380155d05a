//! *Open a ticket about this*, in a message's context menu: a private preview of the quote, then the choice of an inbox.
//!
//! Text comes with the interaction, so the Message Content intent is not needed. Nothing is kept: the preview holds the
//! quote, and arrives with the click on its button. The asker is the owner; staff may choose the author instead, who is
//! never added otherwise. Files are copied into the ticket, except from an age-restricted channel into one that is none:
//! then the link leads to them.

use std::sync::Arc;

use anyhow::{Context as _, anyhow};
use poise::serenity_prelude::CreateActionRow;

use super::WaysMsg;
use super::access::{self, Place};
use super::member::{MOST_ENTRIES, chosen, entry};
use crate::discord::components::{self, Button};
use crate::discord::guild::GuildSight;
use crate::discord::interaction::{Caller, Selected, SelectedEmbed, SelectedMessage};
use crate::discord::respond::{Answer, Drawing, Reply};
use crate::discord::seal::Holder;
use crate::discord::{BotContext, members};
use crate::domain::ids::{InboxId, MessageId, UserId};
use crate::domain::quote;
use crate::domain::reach;
use crate::error::Result;
use crate::i18n::{self, CommonMsg, Mention};
use crate::router::{Audience, Request, Route};
use crate::tickets::open;
use crate::tickets::open_request::{About, OpenRequest, Stage};

/// Shows what would be quoted, and asks in which inbox, and for staff whose the ticket is to be.
pub async fn ask(state: &Arc<BotContext>, caller: &Caller, message: &SelectedMessage) -> Result<Answer> {
    let guild = caller.guild.ok_or(CommonMsg::GuildOnly)?;
    let author = message.author.ok_or_else(|| anyhow!("a message came without its author"))?;
    let places = Place::list(state, guild).await?;
    let source = caller.parent.or(message.channel).or(caller.channel);
    let wanted = access::channels_of(&places).into_iter().chain(source).collect();
    let sight = GuildSight::fetch(&state.rest, guild, wanted).await.map_err(access::explain_fault)?;
    let own = |place: &&Place| reach::check(&access::approach(caller, place, None, &sight)).is_ok();
    let own: Vec<&Place> = places.iter().filter(own).collect();
    let is_other = author != caller.user && !message.is_by_bot;
    let authors = |place: &&Place| is_other && access::is_staff(caller, place, &sight);
    let authors: Vec<&Place> = places.iter().filter(authors).collect();
    let holder = Holder { guild, user: caller.user };
    let made = |button: &Route, menu: &Route, places: &[&Place], label: &WaysMsg, placeholder: &WaysMsg| match places {
        [] => Vec::new(),
        [place] => {
            let id = button.id_for(state, holder, &(message.id, author, place.inbox.id));
            components::row([Button::primary(id, i18n::render(&caller.reader, label))])
        }
        places => vec![menu_of(caller, menu.id_for(state, holder, &(message.id, author)), placeholder, places, &sight)],
    };
    let mut rows = made(&ABOUT_BUTTON, &ABOUT_MENU, &own, &WaysMsg::AboutButton, &WaysMsg::AboutPlaceholder);
    let author_rows = made(&AUTHOR_BUTTON, &AUTHOR_MENU, &authors, &WaysMsg::AuthorButton, &WaysMsg::AuthorPlaceholder);
    let msg = if author_rows.is_empty() {
        WaysMsg::AboutAsked
    } else {
        WaysMsg::AboutAskedOrAuthor { author: Mention(author) }
    };
    rows.extend(author_rows);
    if rows.is_empty() {
        return Err(WaysMsg::AboutNowhere.into());
    }
    let is_restricted = |channel| sight.channel(channel).is_none_or(|channel| channel.is_age_restricted);
    // Where all of these tickets are age-restricted, too, the files may go there.
    let is_open_to_all = own.iter().chain(&authors).any(|place| !is_restricted(place.destination()));
    let is_linked_only = source.is_none_or(is_restricted) && is_open_to_all;
    let files = message.attachments.iter().filter(|file| state.rest.downloader.is_attachment(&file.url));
    let files = files.map(|file| quote::address(&file.url, file.is_spoiler()));
    let about = About {
        channel: message.channel.or(caller.channel).ok_or_else(|| anyhow!("a message came without its channel"))?,
        message: message.id,
        author,
        text: quote_of(message),
        files: if is_linked_only { Vec::new() } else { files.collect() },
    };
    let mut lines = vec![i18n::render(&caller.reader, &msg)];
    let is_more = own.len().max(authors.len()) > MOST_ENTRIES;
    lines.extend(is_more.then(|| i18n::render(&caller.reader, &WaysMsg::AboutOfMore)));
    let count = message.attachments.len() as u64;
    let files = if about.files.is_empty() { WaysMsg::AboutFilesLinked { count } } else { WaysMsg::AboutFilesCopied };
    lines.extend((count > 0).then(|| i18n::render(&caller.reader, &files)));
    Ok(Reply::Document(Drawing { content: lines.join("\n"), embeds: about.embeds(), rows }, Vec::new()).into())
}

fn menu_of(
    caller: &Caller,
    id: String,
    placeholder: &WaysMsg,
    places: &[&Place],
    sight: &GuildSight,
) -> CreateActionRow {
    let placeholder = i18n::render(&caller.reader, placeholder);
    components::menu(id, &placeholder, places.iter().take(MOST_ENTRIES).map(|place| entry(caller, place, sight)))
}

/// The message's own text, or the texts of its embeds: those beside a text are mostly previews of its links.
fn quote_of(message: &SelectedMessage) -> String {
    let embedded = message.embeds.iter().flat_map(texts_of);
    let own = Some(message.content.as_str()).filter(|text| !text.trim().is_empty());
    let parts: Vec<&str> = own.map_or_else(|| embedded.collect(), |own| vec![own]);
    quote::quote(parts, message.attachments.iter().map(|file| file.filename.as_str()))
}

fn texts_of(embed: &SelectedEmbed) -> Vec<&str> {
    let author = embed.author.iter().map(|author| author.name.as_str());
    let own = [embed.title.as_deref(), embed.description.as_deref()];
    let fields = embed.fields.iter().flat_map(|field| [field.name.as_str(), field.value.as_str()]);
    let footer = embed.footer.iter().map(|footer| footer.text.as_str());
    author.chain(own.into_iter().flatten()).chain(fields).chain(footer).collect()
}

/// Opens the asker's ticket in the only inbox.
pub(in crate::tickets) const ABOUT_BUTTON: Route =
    Route::component("abt", Audience::Person, |request| Box::pin(async move { on_button(&request, false).await }))
        .before_waiting(open::PROMISE);

/// The same in the inbox that is chosen.
pub(in crate::tickets) const ABOUT_MENU: Route =
    Route::component("abm", Audience::Person, |request| Box::pin(async move { on_menu(&request, false).await }))
        .before_waiting(open::PROMISE);

/// Opens the author's ticket in the only inbox of the asker.
pub(in crate::tickets) const AUTHOR_BUTTON: Route =
    Route::component("aut", Audience::Person, |request| Box::pin(async move { on_button(&request, true).await }))
        .before_waiting(open::PROMISE);

/// The same in the inbox that is chosen.
pub(in crate::tickets) const AUTHOR_MENU: Route =
    Route::component("aum", Audience::Person, |request| Box::pin(async move { on_menu(&request, true).await }))
        .before_waiting(open::PROMISE);

async fn on_button(request: &Request, for_author: bool) -> Result<Answer> {
    let (message, author, inbox) = request.content::<(MessageId, UserId, InboxId)>()?;
    let place = chosen(&request.state, &request.caller, Some(&Selected::Value(inbox.to_string()))).await?;
    open_about(request, &place, message, author, for_author).await
}

async fn on_menu(request: &Request, for_author: bool) -> Result<Answer> {
    let (message, author) = request.content::<(MessageId, UserId)>()?;
    let place = chosen(&request.state, &request.caller, request.pressed.values.first()).await?;
    open_about(request, &place, message, author, for_author).await
}

async fn open_about(
    request: &Request,
    place: &Place,
    message: MessageId,
    author: UserId,
    for_author: bool,
) -> Result<Answer> {
    let (state, caller) = (&request.state, &request.caller);
    let owner = if for_author {
        let member = members::find(&state.rest, place.inbox.guild, author).await.context("read a member")?;
        // The button is not shown for messages of bots.
        Some(super::member::person(author, member))
    } else {
        None
    };
    let asked = access::request(state, caller, request.interaction, place, owner.as_ref()).await?;
    let about = Some(About::shown(request, message, author)?);
    // A form is opened on the preview, and brings it back. Answers to frequent questions would take its place.
    let asked = OpenRequest { about, ..asked.at(Stage::Form) };
    open::answer(state, &asked, true).await
}
