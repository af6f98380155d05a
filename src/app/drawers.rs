//! The channels whose cards, or whose panels, are being drawn by this process, one drawer each, and those that wait:
//! after a failure, or for Discord's limits. The database holds what is to be drawn; what is lost here with the process
//! costs one request too many.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;

use crate::domain::ids::{ChannelId, GuildId, PanelId, TicketId};
use crate::domain::{card, panel};

/// Channels drawn at once, in all and per guild: a guild in which Discord is slow leaves room for the others.
const MOST: usize = 16;
const MOST_OF_GUILD: usize = 4;

/// Draws tickets' cards.
pub type CardDrawers = Drawers<TicketId, card::Pace>;

/// Draws panels.
pub type PanelDrawers = Drawers<PanelId, panel::Pace>;

/// The recent requests in a channel, by a clock that only goes forward.
pub trait Pace: Copy + Default {
    /// Nothing that was noted matters any more.
    fn is_over(&self, now: Duration) -> bool;
}

impl Pace for card::Pace {
    fn is_over(&self, now: Duration) -> bool {
        self.is_over(now)
    }
}

impl Pace for panel::Pace {
    fn is_over(&self, now: Duration) -> bool {
        self.free_at(now).is_none()
    }
}

/// `Id` names what is drawn in a channel.
#[derive(Debug)]
pub struct Drawers<Id, P> {
    channels: Mutex<HashMap<ChannelId, Channel<Id, P>>>,
    /// A drawer has ended, a channel need not wait any longer, or something may be to be drawn.
    changed: Notify,
}

impl<Id, P> Default for Drawers<Id, P> {
    fn default() -> Self {
        Self { channels: Mutex::default(), changed: Notify::default() }
    }
}

#[derive(Clone, Copy, Debug)]
struct Channel<Id, P> {
    guild: GuildId,
    is_drawn: bool,
    /// The channel or the bot's rights have changed since the drawer began: what fails now may already work.
    has_changed: bool,
    /// Failures in a row.
    failures: u32,
    /// Of one thing in it, in a row.
    failing: Option<(Id, u32)>,
    /// By the monotonic clock.
    waits_until: Duration,
    pace: P,
}

/// What a drawer begins with.
#[derive(Clone, Copy, Debug)]
pub struct Turn<Id, P> {
    pub failures: u32,
    pub failing: Option<(Id, u32)>,
    pub pace: P,
}

/// How a drawer ended.
#[derive(Clone, Copy, Debug)]
pub enum TurnEnd<Id, P> {
    /// Nothing is left to draw, as far as it knows.
    Done { pace: P },
    /// The rest is drawn from then on.
    Paused { pace: P, until: Duration },
    /// It is tried again then; `of`: what failed.
    Failed { pace: P, until: Duration, of: Option<Id> },
}

impl<Id: Copy + PartialEq, P: Pace> Drawers<Id, P> {
    /// Begins to draw in a channel at `now`. `None`: it is being drawn, it waits, or too many are.
    pub fn begin(&self, channel: ChannelId, guild: GuildId, now: Duration) -> Option<Turn<Id, P>> {
        let mut channels = self.lock();
        let drawn = channels.values().filter(|other| other.is_drawn);
        let (all, of_guild) =
            drawn.fold((0, 0), |(all, of_guild), other| (all + 1, of_guild + usize::from(other.guild == guild)));
        if all >= MOST || of_guild >= MOST_OF_GUILD {
            return None;
        }
        let entry = channels.entry(channel).or_insert(Channel {
            guild,
            is_drawn: false,
            has_changed: false,
            failures: 0,
            failing: None,
            waits_until: Duration::ZERO,
            pace: P::default(),
        });
        if entry.is_drawn || entry.waits_until > now {
            return None;
        }
        (entry.is_drawn, entry.has_changed) = (true, false);
        Some(Turn { failures: entry.failures, failing: entry.failing, pace: entry.pace })
    }

    /// Ends a turn at `now`.
    pub fn end(&self, channel: ChannelId, end: TurnEnd<Id, P>, now: Duration) {
        let mut channels = self.lock();
        if let Some(entry) = channels.get_mut(&channel) {
            entry.is_drawn = false;
            match end {
                TurnEnd::Done { pace } => {
                    (entry.failures, entry.failing, entry.waits_until, entry.pace) = (0, None, Duration::ZERO, pace);
                }
                TurnEnd::Paused { pace, until } => {
                    (entry.failures, entry.failing, entry.waits_until, entry.pace) = (0, None, until, pace);
                }
                TurnEnd::Failed { pace, until, of } => {
                    let until = if entry.has_changed { Duration::ZERO } else { until };
                    (entry.failures, entry.waits_until, entry.pace) = (entry.failures + 1, until, pace);
                    entry.failing = of.map(|of| match entry.failing {
                        Some((before, times)) if before == of => (of, times + 1),
                        _ => (of, 1),
                    });
                }
            }
        }
        channels.retain(|_, channel| channel.is_drawn || channel.failures > 0 || !channel.pace.is_over(now));
        drop(channels);
        self.changed.notify_one();
    }

    /// A channel has changed: it may work again.
    pub fn retry(&self, channel: ChannelId) {
        if end_waits(self.lock().get_mut(&channel)) {
            self.changed.notify_one();
        }
    }

    /// The same for all channels of a guild.
    pub fn retry_all_of(&self, guild: GuildId) {
        if end_waits(self.lock().values_mut().filter(|channel| channel.guild == guild)) {
            self.changed.notify_one();
        }
    }

    /// When the first of these channels need not wait any longer.
    pub fn next(&self, channels: impl Iterator<Item = ChannelId>) -> Option<Duration> {
        let known = self.lock();
        let waiting = channels.filter_map(|channel| known.get(&channel)).filter(|channel| !channel.is_drawn);
        waiting.map(|channel| channel.waits_until).min()
    }

    /// Something may be to be drawn.
    pub fn wake(&self) {
        self.changed.notify_one();
    }

    /// Returns when a drawer has ended or something may be to be drawn; at once if that was since the last call.
    pub async fn changed(&self) {
        self.changed.notified().await;
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<ChannelId, Channel<Id, P>>> {
        // The state is consistent after a panic.
        self.channels.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Lets those of these channels that failed be tried again at once, and those that fail right now. False if none waits.
fn end_waits<'a, Id: 'a, P: 'a>(channels: impl IntoIterator<Item = &'a mut Channel<Id, P>>) -> bool {
    let mut any = false;
    for channel in channels {
        if channel.is_drawn {
            channel.has_changed = true;
        } else if channel.failures > 0 {
            (channel.failures, channel.waits_until, any) = (0, Duration::ZERO, true);
        }
    }
    any
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Duration = Duration::from_secs(1_000);

    fn channel(number: u64) -> ChannelId {
        ChannelId::new(number)
    }

    fn failed(seconds: u64, ticket: i64) -> TurnEnd<TicketId, card::Pace> {
        let until = NOW + Duration::from_secs(seconds);
        TurnEnd::Failed { pace: card::Pace::default(), until, of: Some(TicketId::new(ticket)) }
    }

    #[test]
    fn a_channel_has_one_drawer_and_a_guild_leaves_room_for_others() {
        let drawers = CardDrawers::default();
        let guild = GuildId::new(1);
        assert!(drawers.begin(channel(1), guild, NOW).is_some());
        assert!(drawers.begin(channel(1), guild, NOW).is_none());
        for number in 2..5 {
            assert!(drawers.begin(channel(number), guild, NOW).is_some());
        }
        assert!(drawers.begin(channel(5), guild, NOW).is_none());
        assert!(drawers.begin(channel(6), GuildId::new(2), NOW).is_some());
        drawers.end(channel(1), TurnEnd::Done { pace: card::Pace::default() }, NOW);
        assert!(drawers.begin(channel(5), guild, NOW).is_some());
    }

    #[test]
    fn a_channel_that_failed_waits_unless_it_changes() {
        let drawers = CardDrawers::default();
        let guild = GuildId::new(1);
        drawers.begin(channel(1), guild, NOW).unwrap();
        drawers.end(channel(1), failed(10, 7), NOW);
        assert!(drawers.begin(channel(1), guild, NOW).is_none());
        assert_eq!(drawers.next([channel(1)].into_iter()), Some(NOW + Duration::from_secs(10)));

        let turn = drawers.begin(channel(1), guild, NOW + Duration::from_secs(10)).unwrap();
        assert_eq!((turn.failures, turn.failing), (1, Some((TicketId::new(7), 1))));
        drawers.end(channel(1), failed(600, 7), NOW);
        drawers.retry(channel(2));
        drawers.retry_all_of(GuildId::new(2));
        assert!(drawers.begin(channel(1), guild, NOW).is_none());
        drawers.retry(channel(1));

        let turn = drawers.begin(channel(1), guild, NOW).unwrap();
        assert_eq!((turn.failures, turn.failing), (0, Some((TicketId::new(7), 2))));
        drawers.end(channel(1), failed(600, 7), NOW);
        drawers.retry_all_of(guild);

        let turn = drawers.begin(channel(1), guild, NOW).unwrap();
        assert_eq!((turn.failures, turn.failing), (0, Some((TicketId::new(7), 3))));
        drawers.end(channel(1), TurnEnd::Done { pace: card::Pace::default() }, NOW);
        assert!(drawers.lock().is_empty(), "nothing is kept of a channel that works");
    }

    /// The request is on its way without a permission that is granted before its refusal comes back.
    #[test]
    fn a_channel_that_changes_while_it_is_drawn_is_tried_again_at_once_and_only_once() {
        for changes in [true, false] {
            let drawers = CardDrawers::default();
            let guild = GuildId::new(1);
            drawers.begin(channel(1), guild, NOW).unwrap();
            if changes {
                drawers.retry_all_of(guild);
            }
            drawers.end(channel(1), failed(600, 7), NOW);
            assert_eq!(drawers.begin(channel(1), guild, NOW).is_some(), changes);
            if changes {
                drawers.end(channel(1), failed(600, 7), NOW);
                assert!(drawers.begin(channel(1), guild, NOW).is_none());
            }
        }
    }
}
