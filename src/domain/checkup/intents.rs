//! Checks the configured intents against the Developer Portal, for the whole bot.

use super::Finding;

/// The configured intents, and the settings in the Developer Portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IntentFacts {
    /// The configuration requests the members intent.
    pub members: bool,
    /// The configuration requests guild messages.
    pub guild_messages: bool,
    /// `None` when Discord did not say.
    pub portal: Option<PortalFacts>,
}

/// Settings in the Developer Portal that decide whether the bot can work.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch there")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PortalFacts {
    /// Discord sends interactions to a URL instead of over the gateway.
    pub has_interactions_endpoint: bool,
    /// An ordinary invite link cannot add the bot.
    pub requires_code_grant: bool,
    /// The application may request the members intent.
    pub allows_members: bool,
    /// The application reads what members write.
    pub allows_content: bool,
}

/// The findings from intents and portal, for every guild.
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

/// Whether the bot reads what members write. Only the operator can change it, so only they are told.
pub fn check_content(portal: Option<PortalFacts>) -> Option<Finding> {
    portal.filter(|portal| !portal.allows_content).map(|_| Finding::ContentIntentOff)
}
