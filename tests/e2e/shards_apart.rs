//! Several processes share the load: each runs some of the shards, all use one database.

use std::fs;
use std::time::Duration;

use discord_sim::{Fault, Sim};

use crate::support::{TestBot, Town};
use crate::town::CREATE_TICKET;

const PATIENCE: Duration = Duration::from_mins(1);

/// Two bots on one database, not started yet: the first runs shard 0, the second shard 1.
fn pair(sim: &Sim) -> [TestBot<'_>; 2] {
    let low = TestBot::configured(sim, "gateway = { shards = 2, range = '0' }");
    let high = TestBot::configured(sim, "gateway = { shards = 2, range = '1' }");
    let config = high.home().join("config.toml");
    let shared = fs::read_to_string(&config).unwrap().replace("ticketbot.db", low.database().to_str().unwrap());
    fs::write(&config, shared).unwrap();
    [low, high]
}

async fn start(sim: &Sim, [low, high]: &mut [TestBot<'_>; 2]) {
    low.launch().await;
    sim.wait_shard_ready(0).await;
    high.launch().await;
    sim.wait_ready().await;
    sim.quiet().await;
}

#[tokio::test]
async fn two_processes_share_the_guilds_and_one_database() {
    let sim = Sim::builder().patience(PATIENCE).shards(2).start().await;
    let mut bots = pair(&sim);
    start(&sim, &mut bots).await;
    let towns = [Town::build_on(&sim, 0, 2), Town::build_on(&sim, 1, 2)];

    for town in &towns {
        let inbox = town.create_inbox().await;
        let reply = town.member("anna").click(&inbox, CREATE_TICKET).await;
        assert!(reply.links_to(&town.newest_thread()) && reply.messages().len() == 1, "{}", reply.text());
        assert_eq!(town.guild.threads().len(), 1);
    }

    let [low, high] = &mut bots;
    assert_eq!(low.states().await, ["open", "open"]);
    // One continues after the other has stopped.
    low.stop().await;
    let inbox = towns[1].inbox_message();
    towns[1].open_ticket(&towns[1].member("bert"), &inbox).await;
    high.stop().await;
    let sessions = sim.gateway().sessions();
    assert_eq!(sessions.iter().map(|session| session.shard).collect::<Vec<_>>(), [[0, 2], [1, 2]]);
}

/// Another process's work looks like the remains of a crash: it must not be reverted or done twice.
#[tokio::test]
async fn a_process_that_starts_leaves_the_openings_and_closes_of_another_alone() {
    let sim = Sim::builder().patience(PATIENCE).shards(2).start().await;
    let mut bots = pair(&sim);
    start(&sim, &mut bots).await;
    let (theirs, own) = (Town::build_on(&sim, 0, 2), Town::build_on(&sim, 1, 2));
    theirs.let_bot_moderate();
    own.let_bot_moderate();
    let (inbox, own_inbox) = (theirs.create_inbox().await, own.create_inbox().await);
    let (anna, bert) = (theirs.member("anna"), theirs.member("bert"));
    let closing = theirs.open_ticket(&bert, &inbox).await;
    let left_over = own.open_ticket(&own.member("carl"), &own_inbox).await;
    let [low, high] = &mut bots;
    high.stop().await;
    let own_guild = i64::try_from(own.guild.id()).unwrap();
    let closed = "UPDATE ticket SET state = 'closed', slot = NULL, closed_at = reserved_at WHERE guild_id = $1";
    low.store(closed, own_guild).await;
    let half_closed = "INSERT INTO step (lane, guild_id, ticket_id, kind, payload, nonce, due_at, deadline, holder)
                       SELECT id, guild_id, id, 'close', '{}', 'left-over', 0, reserved_at + 60000, 'the last run'
                       FROM ticket WHERE guild_id = $1";
    low.store(half_closed, own_guild).await;
    let held = sim.fault(Fault::on("POST", "/channels/{id}/messages").hold().times(2));

    let reply = anna.begin_click(&inbox, CREATE_TICKET);
    bert.leave(&closing);
    sim.wait_until("a starter and a notice to be on their way", || held.waiting() == 2).await;
    let mark = sim.mark();
    high.launch().await;
    // It handles its findings in order of creation, and this is the newest.
    sim.wait_until("its own left-over to be closed", || left_over.is_locked()).await;
    let meanwhile = sim.requests_since(mark);
    held.release();
    reply.finished().await;
    sim.wait_until("the ticket to be closed", || closing.is_locked()).await;
    low.settled().await;

    let opened = theirs.newest_thread();
    let others = [theirs.guild.id(), theirs.help.id(), closing.id(), opened.id()].map(|id| id.to_string());
    let touched = meanwhile.iter().any(|request| others.iter().any(|id| request.path.contains(id)));
    assert!(!touched, "{}", sim.transcript());
    assert!(reply.links_to(&opened), "{}", reply.text());
    assert_eq!((opened.messages().len(), closing.messages().len()), (1, 2), "starters and one notice");
}

#[tokio::test]
async fn too_few_shards_end_the_bot_with_what_discord_recommends() {
    let sim = Sim::builder().shards(3).start().await;
    let mut bot = TestBot::configured(&sim, "gateway = { shards = 2, range = '1' }");
    bot.launch().await;
    sim.wait_shard_ready(1).await;

    sim.gateway().close(Some(4011));
    let failure = bot.gives_up().await;

    assert_eq!(failure.code(), 2);
    let failure = failure.to_string();
    for words in ["for the 2 shards that `gateway.shards` sets (4011)", "Discord recommends 3 now"] {
        assert!(failure.contains(words), "{failure}");
    }
    assert!(bot.log().contains("sets fewer shards than Discord recommends"), "{}", bot.log());
}

#[tokio::test]
async fn a_shard_that_discord_refuses_ends_the_bot_and_names_the_setting() {
    let sim = Sim::builder().shards(2).start().await;
    let mut bot = TestBot::configured(&sim, "gateway = { shards = 2, range = '1' }");
    bot.launch().await;
    sim.wait_shard_ready(1).await;

    sim.gateway().close(Some(4010));
    let failure = bot.gives_up().await;

    assert_eq!(failure.code(), 2);
    assert!(failure.to_string().contains("shard 1 of the 2 that `gateway.shards` sets (4010)"), "{failure}");
}
