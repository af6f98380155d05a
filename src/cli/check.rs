//! What `ticketbot check` takes.

use clap::Args;

/// Looks at every server that has inboxes, with the bot's token but without starting the bot, and prints what it finds.
///
/// ❌ does not work, ⚠️ is a risk, ℹ️ is good to know. Nothing is changed, and everything is named by its id.
#[derive(Args, Debug, Clone, PartialEq, Eq)]
pub struct Check {}
