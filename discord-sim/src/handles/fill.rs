//! Guilds of a realistic size, for measurements.

use super::Guild;
use crate::permissions as perm;
use crate::world::threads::NewThread;

/// A guild's contents. Each channel gets three overwrites.
#[derive(Clone, Copy, Debug)]
pub struct Fill {
    pub channels: usize,
    pub roles: usize,
    pub members: usize,
    /// Active private threads of the bot.
    pub threads: usize,
}

impl Guild {
    /// Fills the guild.
    pub fn fill(&self, fill: Fill) {
        let role = |number| self.role(&format!("role {number}")).permissions(perm::VIEW_CHANNEL).create();
        let roles: Vec<_> = (0..fill.roles).map(role).collect();
        for number in 0..fill.members {
            self.member(&format!("member{number}")).create();
        }
        let mut channels = Vec::new();
        for number in 0..fill.channels {
            let mut channel = self.text_channel(&format!("channel-{number}")).allow_everyone(perm::VIEW_CHANNEL);
            for role in roles.iter().cycle().skip(number).take(2.min(roles.len())) {
                channel = channel.allow_role(role, perm::SEND_MESSAGES);
            }
            channels.push(channel.create());
        }
        self.shared.write(|world| {
            let bot = world.bot();
            for (number, channel) in channels.iter().cycle().take(fill.threads).enumerate() {
                world.arrange_thread(bot, channel.id, NewThread::private(&format!("thread {number}")));
            }
        });
    }
}
