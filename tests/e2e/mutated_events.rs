//! Real events with random damage: missing or renamed fields, other types, other guilds, endless. The bot goes on and
//! stores nothing invalid.
//!
//! Every run uses a seed, which a failure names. `TICKETBOT_TEST_SEED=7` selects another one.

use discord_sim::{Actor, Message, Sim, Values};
use serde_json::{Value, json};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Row as _};

use crate::support::{TestBot, Town};
use crate::town::{CREATE_TICKET, SELECT};

/// Every kind of event that has an effect, and a few without.
const KINDS: [&str; 20] = [
    "INTERACTION_CREATE",
    "READY",
    "GUILD_CREATE",
    "GUILD_UPDATE",
    "GUILD_DELETE",
    "CHANNEL_CREATE",
    "CHANNEL_UPDATE",
    "CHANNEL_DELETE",
    "GUILD_ROLE_UPDATE",
    "GUILD_ROLE_DELETE",
    "MESSAGE_CREATE",
    "MESSAGE_DELETE",
    "MESSAGE_DELETE_BULK",
    "THREAD_CREATE",
    "THREAD_UPDATE",
    "THREAD_DELETE",
    "THREAD_LIST_SYNC",
    "THREAD_MEMBERS_UPDATE",
    "GUILD_MEMBER_UPDATE",
    "GUILD_MEMBER_REMOVE",
];

/// Opcodes of payloads, except those that disconnect a bot: the run would only reconnect.
const OPCODES: [u8; 12] = [0, 1, 2, 3, 4, 6, 8, 10, 11, 12, 14, 255];

/// Events of one run.
const STEPS: usize = 250;

/// A small random number generator (xorshift64*): the same numbers for the same seed on every machine.
struct Dice(u64);

impl Dice {
    fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(number).unwrap() % sides
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.roll(from.len())]
    }
}

/// Replacements for damaged fields.
struct Fillings {
    ids: Vec<u64>,
    custom_ids: Vec<String>,
}

impl Fillings {
    fn of(towns: &[&Town], inboxes: &[&Message], people: &[&Actor], used: &[Value]) -> Self {
        let mut ids = vec![1, 4_200_000_000_000_000_000, u64::MAX];
        ids.extend(towns.iter().flat_map(|town| [town.guild.id(), town.help.id(), town.moderators.id()]));
        ids.extend(inboxes.iter().map(|inbox| inbox.id()));
        ids.extend(people.iter().map(|person| person.id()));
        let mut custom_ids: Vec<String> =
            ["create-ticket", "stf:1:0", "stf:2:0", "str:2", "nam:2", "nam:1", "del:99", "fgt:1", "t1:staff:1:0"]
                .map(str::to_owned)
                .into();
        custom_ids.extend(["", ":", "nam:-1", "create-ticket:1", "str:9223372036854775807"].map(str::to_owned));
        custom_ids.push("x".repeat(20_000));
        // From real ids: the sealed ids of menus and forms, each for one person in one guild.
        custom_ids.extend(used.iter().filter_map(|event| event["data"]["custom_id"].as_str()).map(str::to_owned));
        Self { ids, custom_ids }
    }

    fn filling(&self, dice: &mut Dice, old: &Value) -> Value {
        match (dice.roll(10), old) {
            (0..4, Value::String(text)) if text.bytes().all(|byte| byte.is_ascii_digit()) && !text.is_empty() => {
                json!(dice.pick(&self.ids).to_string())
            }
            (0..3, Value::Number(_)) => json!(dice.pick(&[0, 1, 2, 3, 4, 5, 8, 11, 12, 99, u64::MAX])),
            (0..3, Value::Bool(flag)) => json!(!flag),
            (0..4, Value::Array(items)) if !items.is_empty() => json!([items.clone(), items.clone()].concat()),
            (4, _) => Value::Null,
            (5, _) => json!(""),
            (6, _) => json!("\u{202e}@everyone ".repeat(2_000)),
            (7, _) => dice.pick(&[json!([]), json!({}), json!([null]), json!({ "id": "1" })]).clone(),
            (8, _) => dice.pick(&[json!(-1), json!(0), json!(1.5e300), json!("0"), json!(u64::MAX)]).clone(),
            _ => json!(dice.pick(&self.ids).to_string()),
        }
    }

    /// One change somewhere in `value`.
    fn damage(&self, dice: &mut Dice, value: &mut Value) {
        match value {
            Value::Object(fields) if !fields.is_empty() => {
                let names: Vec<String> = fields.keys().cloned().collect();
                let name = dice.pick(&names);
                let child = &mut fields[name.as_str()];
                let goes_deeper = matches!(child, Value::Object(_) | Value::Array(_)) && dice.roll(6) > 0;
                match dice.roll(8) {
                    _ if goes_deeper => self.damage(dice, child),
                    // It becomes part of addresses: Discord never sends anything else there.
                    _ if name == "token" => {}
                    _ if name == "custom_id" => *child = json!(dice.pick(&self.custom_ids)),
                    0 => drop(fields.remove(name)),
                    1 => {
                        let moved = fields.remove(name).unwrap_or_default();
                        fields.insert(dice.pick(&names).clone(), moved);
                    }
                    _ => *child = self.filling(dice, child),
                }
            }
            Value::Array(items) if !items.is_empty() => {
                let index = dice.roll(items.len());
                match dice.roll(5) {
                    0 => drop(items.remove(index)),
                    _ => self.damage(dice, &mut items[index]),
                }
            }
            other => *other = self.filling(dice, other),
        }
    }
}

/// People do one of everything, so that every kind of event occurs.
async fn live(sim: &Sim, town: &Town, inbox: &Message) {
    let (anna, bert, mona) = (town.member("anna"), town.member("bert"), town.moderator("mona"));
    let closed = town.open_ticket(&anna, inbox).await;
    let deleted = town.open_ticket(&bert, inbox).await;
    anna.leave(&closed);
    mona.rename(&deleted, "renamed");
    town.guild.owner().delete_thread(&deleted);
    mona.leave_guild();
    let form = town.admin.slash("inbox new-tickets name").string("inbox", "1").send().await;
    town.admin.submit(&form, &[("value", "$author")]).await;
    let menu = town.admin.slash("inbox staff").string("inbox", "1").send().await;
    town.admin.select(&menu, "#0", Values::roles([&town.moderators])).await;
    town.admin.slash("inbox list").send().await;
    let text = town.admin.post(&town.help, "Some text");
    town.admin.menu(SELECT, &text).await;
    let (one, other) = (town.admin.post(&town.help, "one"), town.admin.post(&town.help, "two"));
    town.guild.owner().bulk_delete(&[&one, &other]);
    town.admin.delete_message(&text);
    let gone = town.guild.text_channel("gone").create();
    gone.set_slowmode(5);
    town.guild.owner().delete_channel(&gone);
    let role = town.guild.role("gone").create();
    town.guild.bot_member().give_role(&role);
    role.set_mentionable(true);
    role.delete();
    town.guild.set_locale("de");
    town.guild.outage();
    town.guild.end_outage();
    sim.quiet().await;
}

/// Nothing invalid is stored: each ticket has a separate thread, in the guild and under the inbox it belongs to.
async fn check_stored(bot: &TestBot<'_>, towns: &[&Town]) {
    let mut connection = SqliteConnectOptions::new().filename(bot.database()).connect().await.unwrap();
    let sql = "SELECT t.guild_id, t.thread_id, t.state, i.guild_id AS inbox_guild FROM ticket t
               LEFT JOIN inbox i ON i.id = t.inbox_id WHERE t.state IN ('open', 'opening')";
    for row in sqlx::query(sql).fetch_all(&mut connection).await.unwrap() {
        let (guild, inbox_guild): (i64, Option<i64>) = (row.get("guild_id"), row.get("inbox_guild"));
        assert!(inbox_guild.is_none_or(|of_inbox| of_inbox == guild), "an inbox of another guild was used");
        let town = towns.iter().find(|town| town.guild.id() == guild.cast_unsigned()).expect("a ticket of no guild");
        let (thread, state): (Option<i64>, String) = (row.get("thread_id"), row.get("state"));
        let thread = thread.unwrap_or_else(|| panic!("a ticket that is {state} has no thread")).cast_unsigned();
        let is_its_own = |found: &discord_sim::Thread| found.id() == thread && found.is_private();
        assert!(town.guild.threads().iter().any(is_its_own), "an {state} ticket has no thread in its guild");
    }
}

async fn survive(seed: u64) {
    eprintln!("TICKETBOT_TEST_SEED={seed}");
    let mut dice = Dice::new(seed);
    let sim = Sim::start().await;
    let bot = TestBot::start(&sim).await;
    let (town, other) = (Town::build(&sim), Town::build(&sim));
    town.let_bot_moderate();
    let (inbox, other_inbox) = (town.create_inbox().await, other.create_inbox().await);
    bot.store("UPDATE inbox SET member_limit = $1", 0).await;
    live(&sim, &town, &inbox).await;
    let (carl, dora) = (town.member("carl"), other.member("dora"));
    town.open_ticket(&carl, &inbox).await;
    let happened: Vec<_> = KINDS.map(|kind| (kind, sim.gateway().events(kind))).into();
    for (kind, events) in &happened {
        assert!(!events.is_empty() || *kind == "THREAD_LIST_SYNC", "no {kind} was ever sent");
    }
    let people = [&carl, &dora, &town.admin];
    let fillings = Fillings::of(&[&town, &other], &[&inbox, &other_inbox], &people, &happened[0].1);

    for _ in 0..STEPS {
        // Half of them are interactions: these offer most to forge.
        let (kind, events) = if dice.roll(2) == 0 { &happened[0] } else { dice.pick(&happened) };
        let mut event =
            if events.is_empty() { json!({ "guild_id": "1", "threads": [] }) } else { dice.pick(events).clone() };
        for _ in 0..=dice.roll(3) {
            fillings.damage(&mut dice, &mut event);
        }
        match dice.roll(12) {
            0 => sim.gateway().dispatch_raw(KINDS[dice.roll(KINDS.len())], &event),
            1 => sim.gateway().send_raw(&json!({ "op": dice.pick(&OPCODES), "d": event })),
            _ => sim.gateway().dispatch_raw(kind, &event),
        }
    }
    sim.quiet().await;
    sim.wait_until("the bot to be connected", || sim.gateway().connected() == 1).await;
    // After all forgeries, a guild that they did not mention works as before.
    let fresh = Town::build(&sim);
    let ticket = fresh.open_ticket(&fresh.member("emil"), &fresh.create_inbox().await).await;
    let answer = dora.click(&other_inbox, CREATE_TICKET).await;
    sim.quiet().await;

    assert!(ticket.exists() && ticket.is_private());
    assert!(!answer.text().is_empty(), "a click was not answered");
    assert!(!bot.log().contains("panicked"));
    check_stored(&bot, &[&town, &other, &fresh]).await;
    // Requests about invented ids are no gaps of the simulator.
    sim.forgive_gaps();
}

#[tokio::test]
async fn damaged_events_neither_stop_the_bot_nor_store_what_cannot_be() {
    let given = std::env::var("TICKETBOT_TEST_SEED").ok().map(|seed| seed.parse().expect("a number"));
    for seed in given.map_or_else(|| vec![1, 2, 3], |seed| vec![seed]) {
        survive(seed).await;
    }
}
