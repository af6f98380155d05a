//! Arguments of `ticketbot check`.

use clap::Args;

/// Checks every server that has inboxes, with the bot's token but without starting the bot, and prints the findings.
///
/// ❌ does not work, ⚠️ is a risk, ℹ️ is a note. Changes nothing, and names everything by its id.
#[derive(Args, Debug, Clone, PartialEq, Eq)]
pub struct Check {}
