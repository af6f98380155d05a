//! Mishaps between Discord and the bot: at requests, at the gateway, by people who remove the bot, and by an operator who
//! restores a backup.

use std::fs;
use std::time::Duration;

use discord_sim::permissions::VIEW_CHANNEL;
use discord_sim::{Fault, Target};
use serde_json::json;

use super::World;

impl World<'_> {
    pub(super) fn request_fails(&mut self) {
        const PLACES: [(&str, &str); 11] = [
            ("POST", "/channels/{id}/threads"),
            ("POST", "/channels/{id}/messages"),
            ("PATCH", "/channels/{id}/messages/{message}"),
            ("GET", "/channels/{id}/messages"),
            ("PUT", "/channels/{id}/thread-members/{user}"),
            ("GET", "/channels/{id}/thread-members/{user}"),
            ("GET", "/guilds/{id}/threads/active"),
            ("GET", "/channels/{id}"),
            ("GET", "/guilds/{id}"),
            ("PATCH", "/channels/{id}"),
            ("DELETE", "/channels/{id}"),
        ];
        let (method, route) = PLACES[self.dice.usize(..PLACES.len())];
        let fault = Fault::on(method, route).skip(self.dice.usize(..2)).times(self.dice.usize(1..5));
        let way = self.dice.u8(..8);
        self.note(format!("{method} {route} fails in way {way}"));
        let fault = match way {
            0 => fault.status(500),
            1 => fault.status(502),
            2 => fault.status(503),
            3 => fault.act_then_status(500),
            4 => fault.drop_before(),
            5 => fault.drop_after(),
            6 => fault.rate_limited(Duration::from_millis(100), false),
            _ => fault.rate_limited(Duration::from_millis(100), true),
        };
        self.faults.push(self.sim.fault(fault));
    }

    pub(super) fn gateway_fails(&mut self) {
        let gateway = self.sim.gateway();
        let way = self.dice.u8(..7);
        self.note(format!("the gateway fails in way {way}"));
        match way {
            0 => gateway.drop_connections(),
            1 => gateway.close(Some(4000)),
            2 => gateway.reconnect(),
            3 => gateway.replay_last(self.dice.usize(1..20)),
            4 => {
                gateway.hold();
                self.holds_events = true;
            }
            // It leaves out every thread that there is.
            5 if gateway.connected() > 0 => {
                let odd = json!({ "id": { "not": "an id" }, "type": "thread", "thread_metadata": 5 });
                let guild = self.here.town.guild.id().to_string();
                let list = json!({ "guild_id": guild, "threads": [odd, null, 5], "members": null });
                gateway.dispatch_raw("THREAD_LIST_SYNC", &list);
            }
            _ => self.events_come(),
        }
    }

    /// The connection is lost and resumed, and Discord sends again what was taken in before.
    pub(super) async fn resumed_with_repeats(&mut self) {
        if !self.is_up {
            return;
        }
        self.note("resumed with repeated events");
        self.events_come();
        let gateway = self.sim.gateway();
        gateway.drop_connections();
        self.sim.wait_until("a session", || gateway.connected() > 0).await;
        gateway.replay_last(self.dice.usize(1..20));
    }

    pub(super) fn events_come(&mut self) {
        if std::mem::take(&mut self.holds_events) {
            if self.dice.bool() { self.sim.gateway().release() } else { self.sim.gateway().release_reversed() }
        }
    }

    pub(super) fn faults_end(&mut self) {
        for fault in self.faults.drain(..) {
            fault.clear();
        }
    }

    /// Somebody hides a channel from the bot, or shows it again.
    pub(super) fn bot_loses_or_regains_sight(&mut self) {
        let channels: Vec<_> = self.here.town.guild.channels();
        let channel = self.dice.choice(channels).unwrap();
        if self.hidden.remove(&channel.id()) {
            self.note(format!("the bot sees {} again", channel.id()));
            channel.clear_overwrite(Target::bot());
        } else {
            self.note(format!("{} is hidden from the bot", channel.id()));
            channel.set_overwrite(Target::bot(), 0, VIEW_CHANNEL);
            self.hidden.insert(channel.id());
        }
    }

    pub(super) fn bot_sees_everything(&mut self) {
        let guilds = [&self.here.town.guild, &self.there.town.guild];
        for channel in guilds.into_iter().flat_map(discord_sim::Guild::channels) {
            if self.hidden.remove(&channel.id()) {
                channel.clear_overwrite(Target::bot());
            }
        }
    }

    pub(super) fn bot_is_removed_from_a_thread(&mut self) {
        let Some(thread) = self.a_thread() else { return };
        let bot = self.here.town.guild.bot_member();
        if self.here.moderator.try_remove(&thread, &bot).is_ok() {
            self.note(format!("the bot is removed from {}", thread.id()));
            self.waiting.remove(&thread.id());
            self.out_of_reach.insert(thread.id());
        }
    }

    /// For a few steps: after a month the bot forgets a server.
    pub(super) fn bot_is_removed(&mut self) {
        let id = self.here.town.guild.id();
        self.note(format!("the bot is removed from the server {id}"));
        for thread in self.here.threads() {
            self.waiting.remove(&thread);
            self.out_of_reach.insert(thread);
        }
        self.removed_from.insert(id);
        self.here.town.guild.remove_bot();
        self.here.away_for = Some(self.dice.u8(0..3));
    }

    pub(super) fn bot_may_return(&mut self) {
        match &mut self.here.away_for {
            Some(steps @ 1..) => *steps -= 1,
            _ => self.bot_is_back(),
        }
    }

    pub(super) fn bot_is_back(&mut self) {
        for place in [&mut self.here, &mut self.there] {
            if place.away_for.take().is_some() {
                self.diary.push(format!("the bot is invited again to the server {}", place.town.guild.id()));
                place.town.guild.return_bot();
            }
        }
    }

    /// The database returns to what it was some time ago: what happened since is unknown to the bot.
    pub(super) async fn backed_up_or_restored(&mut self) {
        if !self.is_up {
            return;
        }
        self.events_come();
        self.bot.stop().await;
        let backup = self.bot.home().join("backup");
        if std::mem::replace(&mut self.has_backup, true) {
            self.note("a backup is restored");
            fs::copy(&backup, self.bot.database()).unwrap();
            // The answers that people got since may be about tickets that nobody knows.
            self.clicks.clear();
            self.waiting.clear();
            for thread in self.here.threads().into_iter().chain(self.there.threads()) {
                self.out_of_reach.insert(thread);
                *self.reopened.entry(thread).or_default() += 1;
            }
        } else {
            self.note("a backup is made");
            fs::copy(self.bot.database(), &backup).unwrap();
        }
        self.is_up = false;
        self.start().await;
    }
}
