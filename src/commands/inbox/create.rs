//! `/inbox create <channel> [destination]`

use poise::serenity_prelude::PartialChannel;

use crate::commands::{admin, answer};
use crate::discord::Context;
use crate::domain::ids::ChannelId;
use crate::error::Result;
use crate::inboxes;

#[poise::command(slash_command, guild_only)]
pub(super) async fn create(
    ctx: Context<'_>,
    #[channel_types("Text")] channel: PartialChannel,
    #[channel_types("Text")] destination: Option<PartialChannel>,
) -> Result<()> {
    let destination = destination.map(|destination| ChannelId::from(destination.id));
    answer(ctx, async { inboxes::create::begin(&admin(ctx)?, channel.id.into(), destination).await }).await
}
