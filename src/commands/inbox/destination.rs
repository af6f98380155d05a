//! `/inbox destination <channel> [inbox]`

use poise::serenity_prelude::PartialChannel;

use crate::commands::{admin, answer};
use crate::discord::Context;
use crate::domain::ids::ChannelId;
use crate::domain::selection::Task;
use crate::error::Result;
use crate::inboxes;

#[poise::command(slash_command, guild_only)]
pub(super) async fn destination(
    ctx: Context<'_>,
    #[channel_types("Text")] channel: PartialChannel,
    inbox: Option<String>,
) -> Result<()> {
    let channel = ChannelId::from(channel.id);
    answer(ctx, async {
        let admin = admin(ctx)?;
        if inbox.is_none() {
            // Check before anybody selects an inbox.
            inboxes::check_destination(&admin, channel).await?;
        }
        admin.with_inbox(inbox.as_deref(), Task::SetDestination(channel)).await
    })
    .await
}
