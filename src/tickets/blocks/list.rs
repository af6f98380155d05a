//! `/block list`: the blocks that the caller may take back, the newest first, in pages.

use std::sync::Arc;

use anyhow::Context as _;

use super::{BlockMsg, Blocker};
use crate::discord::BotContext;
use crate::discord::components::{self, Button};
use crate::discord::interaction::Caller;
use crate::discord::respond::{Answer, Reply};
use crate::discord::seal::Holder;
use crate::error::Result;
use crate::i18n::{self, Mention, PointInTime};
use crate::router::{Audience, Request, Route};
use crate::storage::blocks::{self, Block};

/// Another page.
pub(in crate::tickets) const PAGE: Route =
    Route::component("blp", Audience::Person, |request| Box::pin(async move { on_page(&request).await }));

/// Blocks on a page; a line has at most 250 characters (Discord: "Message", embed limits: 4,096).
const ON_PAGE: usize = 15;

/// The first page.
pub async fn show(state: &Arc<BotContext>, caller: &Caller) -> Result<Reply> {
    page(state, caller, 0, false).await
}

async fn on_page(request: &Request) -> Result<Answer> {
    let (number,) = request.content::<(u32,)>()?;
    Ok(page(&request.state, &request.caller, number, true).await?.into())
}

async fn page(state: &Arc<BotContext>, caller: &Caller, number: u32, in_place: bool) -> Result<Reply> {
    let blocker = Blocker::new(state, caller).await?;
    blocker.reach(None)?;
    let own = blocker.own();
    let mut held = blocks::list(&state.app.db, blocker.guild, state.app.now()).await.context("list blocks")?;
    held.retain(|block| blocker.is_moderator || block.inbox.is_some_and(|inbox| own.contains(&inbox)));
    if held.is_empty() {
        return Ok(Reply::Card { msg: BlockMsg::NoBlocks.into(), preview: None, rows: Vec::new(), in_place });
    }
    let pages = held.len().div_ceil(ON_PAGE);
    let at = (number as usize).min(pages - 1);
    let shown = held.iter().skip(at * ON_PAGE).take(ON_PAGE);
    let lines: Vec<String> = shown.map(|block| i18n::render(&caller.reader, &line(block))).collect();
    let holder = Holder { guild: blocker.guild, user: caller.user };
    let button = |to: usize, msg: BlockMsg| {
        let to = u32::try_from(to).unwrap_or(0);
        Button::secondary(PAGE.id_for(state, holder, &(to,)), i18n::render(&caller.reader, &msg))
    };
    let earlier = (at > 0).then(|| button(at - 1, BlockMsg::NewerButton));
    let later = (at + 1 < pages).then(|| button(at + 1, BlockMsg::OlderButton));
    let msg = BlockMsg::List { count: held.len() as u64 };
    let rows = components::row(earlier.into_iter().chain(later));
    Ok(Reply::Card { msg: msg.into(), preview: Some(lines.join("\n")), rows, in_place })
}

fn line(block: &Block) -> BlockMsg {
    let (who, inbox, by) = (Mention(block.user), block.inbox, block.by);
    match block.ends_at.map(PointInTime) {
        Some(until) => BlockMsg::LineUntil { who, inbox, by, until },
        None => BlockMsg::Line { who, inbox, by },
    }
}
