//! What the configuration asks of Discord, and what the Developer Portal says to that: a matter of the whole bot.

use super::Finding;

/// What Discord was asked to send, and what the Developer Portal says to that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IntentFacts {
    /// The configuration asks for members.
    pub members: bool,
    /// The configuration asks for messages in guilds.
    pub guild_messages: bool,
    /// `None` when Discord did not say.
    pub portal: Option<PortalFacts>,
}

/// What is set in the Developer Portal and decides whether the bot can work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PortalFacts {
    /// Discord sends interactions to an address instead of over the gateway.
    pub has_interactions_endpoint: bool,
    /// Nobody can add the bot with an ordinary invite link.
    pub requires_code_grant: bool,
    /// The application may ask for members.
    pub allows_members: bool,
}

/// What follows from the intents and the portal, for every guild.
pub fn check_intents(facts: IntentFacts) -> Vec<Finding> {
    let mut found = Vec::new();
    if let Some(portal) = facts.portal {
        found.extend(portal.has_interactions_endpoint.then_some(Finding::InteractionsEndpoint));
        found.extend(portal.requires_code_grant.then_some(Finding::CodeGrant));
    }
    match (facts.members, facts.portal.map(|portal| portal.allows_members)) {
        (true, Some(false)) => found.push(Finding::MembersIntentRefused),
        (true, _) => {}
        (false, _) => found.push(Finding::MembersIntentOff),
    }
    if !facts.guild_messages {
        found.push(Finding::MessagesIntentOff);
    }
    found
}
