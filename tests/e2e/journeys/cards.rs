//! Cards on a journey.

use discord_sim::{Channel, Message};

use super::Scene;
impl Scene<'_> {
    pub(super) async fn put_cards_in(&mut self, name: &str) {
        let channel = self.town.guild.text_channel(name).create();
        self.ledger.store("UPDATE inbox SET card_channel_id = $1", channel.id()).await;
        self.cards = Some(channel);
    }

    /// One card for each ticket, in this channel, which shows its state.
    pub(super) async fn assert_card(&self, channel: &Channel, state: &str) {
        let texts = |channel: &Channel| -> Vec<String> {
            channel.messages().iter().map(Message::component_text).filter(|text| !text.is_empty()).collect()
        };
        self.ledger.cards_are_drawn().await;
        let shown = texts(channel);
        let rows = self.ledger.rows().await;
        let with_card = rows.iter().filter(|row| row.opened_at.is_some() && row.thread_gone == 0);
        assert_eq!(shown.len(), with_card.count(), "{shown:#?}\n{rows:#?}");
        let word = if state == "open" { "**Open**" } else { "**Closed**" };
        assert!(shown.iter().all(|text| text.contains(word)), "{shown:#?}");
        let others = self.town.guild.channels().into_iter().filter(|other| other.id() != channel.id());
        assert_eq!(others.flat_map(|other| texts(&other)).count(), 0, "a card is left behind");
    }
}
