//! What the operator does: the bot, the time, Discord's troubles, permissions and intents.

use std::time::Duration;

use anyhow::{Context as _, bail, ensure};
use discord_sim::{ChannelKind, Fault, Target};

use super::fields::Fields;
use crate::playground::Playground;
use crate::view::{PERMISSIONS, deletable_roles};

/// The longest step of the clock.
const LONGEST_STEP: u64 = 400 * 86_400;

pub(super) fn operate(playground: &Playground, verb: &str, fields: &Fields) -> anyhow::Result<()> {
    let sim = &playground.sim;
    let on = fields.text("on") == "yes";
    match verb {
        "bot-start" => playground.bot.start()?,
        "bot-stop" => playground.bot.stop()?,
        "bot-kill" => playground.bot.kill()?,
        "advance" => {
            let seconds = fields.id("seconds").filter(|seconds| *seconds <= LONGEST_STEP).context("How far?")?;
            playground.advance(Duration::from_secs(seconds))?;
        }
        "slow" => {
            let ms = if on { fields.id("ms").unwrap_or(0).min(60_000) } else { 0 };
            sim.latency(Duration::from_millis(ms));
            playground.page().troubles.slow_ms = ms;
        }
        "errors" => errors(playground, on),
        "limits" => {
            sim.enforce_rate_limits(on);
            playground.page().troubles.limits = on;
        }
        "refuse" => {
            sim.gateway().refuse_connections(on);
            if on {
                sim.gateway().drop_connections();
            }
            playground.page().troubles.refuses = on;
        }
        "next" => next(playground, fields.text("status"))?,
        "cut" => sim.gateway().drop_connections(),
        "role-permission" | "channel-permission" => permission(playground, verb, fields, on)?,
        "intent" => intent(playground, fields.text("intent"), on),
        "delete-role" => delete_role(playground, fields)?,
        "remove-bot" => playground.guild.remove_bot(),
        "invite-bot" => playground.guild.return_bot(),
        "check" => check(playground)?,
        _ => bail!("The page knows no action {verb:?}."),
    }
    playground.redraw();
    Ok(())
}

fn errors(playground: &Playground, on: bool) {
    let before = playground.page().troubles.errors.take();
    if let Some(before) = before {
        before.clear();
    }
    if on {
        let fault = playground.sim.fault(Fault::on("*", "*").status(503).always());
        playground.page().troubles.errors = Some(fault);
    }
}

/// One fault of the next request.
fn next(playground: &Playground, status: &str) -> anyhow::Result<()> {
    let fault = Fault::on("*", "*");
    let fault = match status {
        "500" => fault.status(500),
        "429" => fault.rate_limited(Duration::from_secs(5), false),
        "cut" => fault.drop_after(),
        _ => bail!("The page knows no such fault."),
    };
    playground.sim.fault(fault);
    Ok(())
}

fn permission(playground: &Playground, verb: &str, fields: &Fields, on: bool) -> anyhow::Result<()> {
    let bit = fields.id("bit").context("Which permission?")?;
    ensure!(bit == 0 || PERMISSIONS.iter().any(|(_, known)| *known == bit), "The page knows no such permission.");
    if verb == "role-permission" {
        ensure!(playground.guild.has_bot(), "The bot is not on the server.");
        let before = playground.guild.bot_role().permissions();
        playground.guild.bot_role_permissions(if on { before | bit } else { before & !bit });
        return Ok(());
    }
    let channel = fields.id("channel").and_then(|id| playground.guild.channel(id)).context("Which channel?")?;
    if bit == 0 {
        channel.clear_overwrite(Target::bot());
        return Ok(());
    }
    let (allow, deny) = channel.overwrite(Target::bot());
    let (allow, deny) = if on { (allow | bit, deny & !bit) } else { (allow & !bit, deny | bit) };
    channel.set_overwrite(Target::bot(), allow, deny);
    Ok(())
}

fn delete_role(playground: &Playground, fields: &Fields) -> anyhow::Result<()> {
    let role =
        fields.id("role").and_then(|id| deletable_roles(&playground.guild).into_iter().find(|one| one.id() == id));
    role.context("There is no such role that can be deleted.")?.delete();
    Ok(())
}

fn intent(playground: &Playground, intent: &str, on: bool) {
    let mut page = playground.page();
    if intent == "members" {
        page.troubles.members_refused = !on;
        playground.sim.set_members_intent(on);
    } else {
        page.troubles.content_granted = on;
        playground.sim.set_content_intent(on);
    }
}

/// The owner of the server uses `/inbox check`; the panel shows the answer.
fn check(playground: &Playground) -> anyhow::Result<()> {
    let owner = playground.guild.owner();
    let mut channels = playground.guild.channels().into_iter().filter(|channel| channel.kind() == ChannelKind::Text);
    let channel = channels.next().context("The server has no text channel.")?;
    let reply = owner.slash("inbox check").at(&channel).try_begin()?;
    playground.page().check = Some(reply.id());
    Ok(())
}
