//! What the staff read beside the tickets: cards and logs.

use discord_sim::{Channel, Message, Sim};

use super::{Expected, Row};

/// The id of the thread that a card is about.
pub fn thread_of(card: &Message) -> Option<u64> {
    let link = card.buttons().into_iter().find_map(|button| button.url)?;
    link.rsplit('/').next()?.parse().ok()
}

/// The cards in a channel.
pub fn cards_in(sim: &Sim, channel: &Channel) -> Vec<Message> {
    let own = channel.messages().into_iter().filter(|message| message.author_id() == sim.bot_id());
    own.filter(|message| !message.component_text().is_empty()).collect()
}

pub fn check(sim: &Sim, rows: &[Row], expected: &Expected<'_>, broken: &mut Vec<String>) {
    let cards: Vec<Message> = expected.cards.iter().flat_map(|channel| cards_in(sim, channel)).collect();
    let lines: Vec<Message> = expected.logs.iter().flat_map(Channel::messages).collect();
    let is_watched = |row: &&Row| {
        row.card_channel.is_some_and(|id| expected.cards.iter().any(|channel| channel.id() == id.cast_unsigned()))
    };
    for row in rows.iter().filter(is_watched).filter(|row| row.opened_at.is_some() && row.thread_gone == 0) {
        check_card(&cards, row, expected, broken);
    }
    for card in &cards {
        let thread = thread_of(card).unwrap_or_default();
        let is_known = rows.iter().any(|row| row.thread_id == Some(thread.cast_signed()) && row.thread_gone == 0);
        if !is_known && !expected.out_of_reach.contains(&thread) {
            broken.push(format!("a card is about thread {thread}, which is no ticket"));
        }
    }
    for guild in &expected.guilds {
        for thread in guild.threads().iter().filter(|thread| thread.is_private()) {
            let closings = lines.iter().filter(|line| line.text().contains(&thread.url()) && is_closing(&line.text()));
            let (closings, allowed) = (closings.count(), 1 + expected.reopened.get(&thread.id()).copied().unwrap_or(0));
            if closings > allowed {
                broken.push(format!("the log says {closings} times that thread {} was closed", thread.id()));
            }
        }
    }
    if let Some(loud) = lines.iter().chain(&cards).find(|message| !message.pinged().is_empty()) {
        broken.push(format!("somebody is notified: {}{}", loud.text(), loud.component_text()));
    }
}

/// One card, which shows the newest state.
fn check_card(cards: &[Message], row: &Row, expected: &Expected<'_>, broken: &mut Vec<String>) {
    let own: Vec<&Message> =
        cards.iter().filter(|card| row.thread_id.map(i64::cast_unsigned) == thread_of(card)).collect();
    let word = match row.state.as_str() {
        "open" => "**Open**",
        "dormant" => "**Dormant**",
        _ => "**Closed**",
    };
    let is_restored = row.thread_id.is_some_and(|thread| expected.out_of_reach.contains(&thread.cast_unsigned()));
    match own[..] {
        _ if row.card_is_due => broken.push(format!("the card of ticket {} is still to be drawn", row.id)),
        [card] if card.component_text().contains(word) => {}
        [card] => broken.push(format!("the card of ticket {}, {}, says {}", row.id, row.state, card.component_text())),
        // Its card may be older than the newest messages that are looked at.
        [_, ..] if is_restored => {}
        _ => broken.push(format!("ticket {} has {} cards", row.id, own.len())),
    }
}

fn is_closing(text: &str) -> bool {
    ["has closed the ticket", "The ticket is closed:", "is closed: <@"].iter().any(|part| text.contains(part))
        || text.contains("by archiving its thread")
}
