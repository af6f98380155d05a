//! Mishaps between Discord and the bot: at requests, and at the gateway.

use std::time::Duration;

use discord_sim::Fault;

use super::World;

impl World<'_> {
    pub(super) fn request_fails(&mut self) {
        const PLACES: [(&str, &str); 9] = [
            ("POST", "/channels/{id}/threads"),
            ("POST", "/channels/{id}/messages"),
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
        let way = self.dice.u8(..6);
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
}
