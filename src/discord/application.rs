//! What the Developer Portal grants the application.

use serde::Deserialize;

use super::fault::Fault;
use super::rest::{Rest, Route};

/// `GATEWAY_GUILD_MEMBERS`, and `GATEWAY_GUILD_MEMBERS_LIMITED` for applications in fewer than 100 guilds (Discord:
/// "Application", flags).
const MEMBERS: u64 = 1 << 14 | 1 << 15;

#[derive(Deserialize)]
struct WireFlags {
    #[serde(default)]
    flags: u64,
}

/// Whether the application may ask for the members intent.
pub async fn may_have_members_intent(rest: &Rest) -> Result<bool, Fault> {
    let found: WireFlags = rest.get(Route::Application).fetch().await?;
    Ok(found.flags & MEMBERS != 0)
}
