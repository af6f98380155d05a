//! Channels that the bot may not view, and slow mode.

use std::time::Duration;

use discord_sim::{Sim, Target, permissions as perm};
use serde_json::{Value, json};

use crate::bot::{Bot, USUAL, text};

/// The channels of a guild that HTTP lists.
async fn listed(bot: &Bot, guild: u64) -> Vec<String> {
    let list = bot.ok("GET", &format!("/guilds/{guild}/channels"), json!(null)).await;
    list.as_array().unwrap().iter().map(|channel| text(&channel["id"]).to_owned()).collect()
}

fn is_obfuscated(channel: &Value) -> bool {
    let flag = channel["flags"].as_u64().unwrap() & (1 << 17) != 0;
    assert_eq!(flag, channel["name"] == "___hidden___", "{channel}");
    flag
}

#[tokio::test]
async fn a_channel_that_the_bot_may_not_view_is_in_no_list_and_obfuscated_over_the_gateway() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let hidden = guild.text_channel("hidden").position(7).slowmode(60).topic("x").deny_bot(perm::VIEW_CHANNEL).create();
    let open = guild.text_channel("open").slowmode(60).create();

    let bot = Bot::start(&sim, USUAL).await;

    let created = bot.event("GUILD_CREATE").await;
    let find = |id: u64| {
        let channels = created["channels"].as_array().unwrap();
        channels.iter().find(|channel| text(&channel["id"]) == id.to_string()).unwrap().clone()
    };
    let told = find(hidden.id());
    assert!(is_obfuscated(&told) && !is_obfuscated(&find(open.id())));
    assert_eq!((&told["type"], &told["position"]), (&json!(0), &json!(7)));
    assert_eq!((&told["topic"], &told["rate_limit_per_user"]), (&Value::Null, &json!(0)));
    let everyone = json!([{ "id": guild.id().to_string(), "type": 0, "allow": "0", "deny": "1024" }]);
    assert_eq!(told["permission_overwrites"], everyone);
    assert_eq!(find(open.id())["rate_limit_per_user"], 60);
    assert_eq!(listed(&bot, guild.id()).await, [open.id().to_string()]);
    let get = format!("/channels/{}", hidden.id());
    assert_eq!(bot.refused("GET", &get, json!(null)).await, (403, 50001));
}

#[tokio::test]
async fn whatever_lets_the_bot_in_again_is_told_with_the_whole_channel() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let seeing = guild.role("seeing").create();
    let blind = guild.role("blind").create();
    let help = guild.text_channel("help").slowmode(60).create();
    let bot = Bot::start(&sim, USUAL).await;

    help.set_overwrite(Target::bot(), 0, perm::VIEW_CHANNEL);
    let lost = bot.event("CHANNEL_UPDATE").await;
    help.clear_overwrite(Target::bot());
    let by_overwrite = bot.event("CHANNEL_UPDATE").await;
    help.set_overwrite(Target::everyone(), 0, perm::VIEW_CHANNEL);
    let lost_again = bot.event("CHANNEL_UPDATE").await;
    help.set_overwrite(Target::role(&seeing), perm::VIEW_CHANNEL, 0);
    let still_lost = bot.event("CHANNEL_UPDATE").await;
    guild.bot_member().give_role(&seeing);
    let by_role = bot.event("CHANNEL_UPDATE").await;
    guild.bot_member().take_role(&seeing);
    help.set_overwrite(Target::everyone(), 0, 0);
    let by_everyone = bot.event("CHANNEL_UPDATE").await;
    help.set_overwrite(Target::role(&blind), 0, perm::VIEW_CHANNEL);
    bot.event("CHANNEL_UPDATE").await;
    guild.bot_member().give_role(&blind);
    blind.delete();
    let by_deletion = bot.event("CHANNEL_UPDATE").await;

    assert!([&lost, &lost_again, &still_lost].into_iter().all(is_obfuscated));
    for whole in [by_overwrite, by_role, by_everyone, by_deletion] {
        assert!(!is_obfuscated(&whole) && whole["rate_limit_per_user"] == 60, "{whole}");
    }
    for _ in 0..4 {
        let threads = bot.event("THREAD_LIST_SYNC").await;
        assert_eq!(threads["channel_ids"], json!([help.id().to_string()]));
    }
}

#[tokio::test]
async fn a_category_is_seen_with_any_of_its_channels() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let category = guild.category("area").deny_everyone(perm::VIEW_CHANNEL).create();
    let room = guild.text_channel("room").in_category(&category).create();
    let bot = Bot::start(&sim, USUAL).await;
    assert!(listed(&bot, guild.id()).await.is_empty());

    room.set_overwrite(Target::bot(), perm::VIEW_CHANNEL, 0);

    let told = [bot.event("CHANNEL_UPDATE").await, bot.event("CHANNEL_UPDATE").await];
    assert!(!told.iter().any(is_obfuscated));
    assert_eq!(listed(&bot, guild.id()).await, [category.id().to_string(), room.id().to_string()]);
}

#[tokio::test]
async fn a_hidden_channel_that_is_deleted_is_told_by_its_id_alone() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let hidden = guild.text_channel("hidden").deny_bot(perm::VIEW_CHANNEL).create();
    let bot = Bot::start(&sim, USUAL).await;

    hidden.delete();

    let gone = bot.event("CHANNEL_DELETE").await;
    assert!(is_obfuscated(&gone) && text(&gone["id"]) == hidden.id().to_string());
}

#[tokio::test]
async fn moderators_wait_for_slow_mode_like_anybody_without_the_right_to_pass_it() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let rights = perm::MANAGE_MESSAGES | perm::MANAGE_CHANNELS | perm::MANAGE_THREADS;
    let moderators = guild.role("Moderators").permissions(rights).create();
    let hurried = guild.role("Hurried").permissions(perm::BYPASS_SLOWMODE).create();
    let help = guild.text_channel("help").slowmode(60).create();
    let (mo, hugo) = (guild.member("mo").role(&moderators).create(), guild.member("hugo").role(&hurried).create());

    for person in [&mo, &hugo] {
        person.write(&help, "one");
    }

    assert!(mo.try_write(&help, "two").is_err());
    hugo.write(&help, "two");
    sim.advance(Duration::from_secs(61));
    mo.write(&help, "two");
}
