//! `/inbox repost <inbox> [channel]`

use poise::serenity_prelude::PartialChannel;

use crate::commands::{admin, answer};
use crate::discord::Context;
use crate::error::Result;
use crate::inboxes;

#[poise::command(slash_command, guild_only)]
pub(super) async fn repost(
    ctx: Context<'_>,
    inbox: String,
    #[channel_types("Text")] channel: Option<PartialChannel>,
) -> Result<()> {
    let channel = channel.map(|channel| channel.id.into());
    answer(ctx, async { inboxes::repost::begin(&admin(ctx)?, &inbox, channel).await }).await
}
