//! What an export of a long ticket costs: time, memory, processor time, requests, and the size of its file.
//!
//! The simulator answers at once and announces no rate limits: the time is the bot's own, and that of the simulator.

use std::time::{Duration, Instant};

use discord_sim::{Draft, Sim};

use crate::bot::Contestant;
use crate::figures::{Spread, mib, millis};
use crate::town;

/// What people write, in turn.
const SAID: [&str; 6] = [
    "Hello! I ordered the *blue* lamp last week, and it has not arrived yet.",
    "Which order number is it? You find it in the mail that we sent you, **at the top**.",
    "4711, I think. It says `status: shipped` there, but the link https://example.com/track?id=4711 shows nothing.",
    "> 4711, I think.\nThank you, I will ask the warehouse.\n- It left on Monday\n- The parcel service has it",
    "👍",
    "It is here now, thank you very much! The box was a bit dented, but the lamp is fine. Have a nice weekend, all of \
     you, and please say thank you to the people in the warehouse as well.",
];

#[expect(clippy::disallowed_methods, reason = "this measures real time")]
pub(crate) async fn print(who: &Contestant, messages: usize, runs: usize) {
    println!("{messages} messages.\n");
    println!(
        "| format | seconds | requests | file, MiB | memory before, MiB | more at the peak, MiB | CPU ms |\n|---|---|---|---|---|---|---|"
    );
    for (format, name) in [(0, "page"), (1, "JSON"), (2, "text")] {
        let mut columns: [Vec<f64>; 6] = Default::default();
        for _ in 0..runs {
            let sim = Sim::builder().content_intent(true).patience(Duration::from_mins(10)).start().await;
            sim.announce_rate_limits(false);
            let (bot, inboxes) = town::settle(&sim, who, 1, false).await;
            let inbox = &inboxes[0];
            let (anna, admin) = (inbox.guild.member("anna").create(), inbox.guild.owner());
            anna.click(&inbox.message, "create-ticket").await;
            sim.quiet().await;
            let ticket = inbox.guild.threads().remove(0);
            let authors = [anna.id(), admin.id()];
            let draft = |number: usize| (authors[number / 3 % 2], Draft::text(SAID[number % SAID.len()]));
            ticket.arrange_messages(Duration::from_mins(1), (0..messages).map(draft));
            bot.settle().await;
            let (before, cpu, mark, began) = (bot.status("VmRSS"), bot.cpu(), sim.mark(), Instant::now());
            let asked = admin.slash("ticket export").string("ticket", "1").integer("format", format);
            let reply = asked.at(&inbox.tickets).send().await;
            sim.wait_until("the file", || reply.messages().iter().any(|message| !message.attachments().is_empty()))
                .await;
            let took = millis(began.elapsed()) / 1000.0;
            let files = reply.messages().into_iter().flat_map(|message| message.attachments());
            let kib = u64::try_from(files.map(|file| file.bytes.len()).sum::<usize>()).unwrap() / 1024;
            let peak = bot.status("VmHWM").saturating_sub(before);
            let requests = crate::click::count(sim.requests_since(mark).len());
            let found = [took, requests, mib(kib), mib(before), mib(peak), bot.cpu() - cpu];
            columns.iter_mut().zip(found).for_each(|(column, found)| column.push(found));
        }
        let cells: Vec<String> = columns.map(|column| Spread(column).to_string()).into();
        println!("| {name} | {} |", cells.join(" | "));
    }
}
