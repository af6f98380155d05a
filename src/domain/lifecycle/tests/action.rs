//! What can happen in the small world of `world`.

#[derive(Debug, Clone, Copy)]
pub(crate) enum Action {
    TimerArchives,
    PersonArchives {
        lock: bool,
    },
    PersonUnarchives,
    OwnerWrites,
    OwnerLeavesThread,
    OwnerLeavesGuild,
    StaffAddOwner,
    BotIsRemoved,
    BotIsAdded,
    ThreadIsDeleted,
    /// The bot hears of one of the events; with `again`, it will hear of it once more.
    Deliver {
        which: usize,
        again: bool,
    },
    /// One of the events never arrives.
    Lose {
        which: usize,
    },
    /// The bot looks at what it finds on Discord, as at the start of a session.
    CatchUp,
    /// The bot does the next thing it has to do on Discord.
    Work,
    /// The bot starts again: it does not know how far it had come with the first step.
    Restart,
    LimitIsReached(bool),
    ManageThreads(bool),
}

impl Action {
    /// The action that two bytes stand for. Every pair stands for one.
    pub(crate) const fn read(kind: u8, detail: u8) -> Self {
        let (yes, which) = (detail & 1 == 1, (detail >> 1) as usize);
        match kind % 38 {
            0..2 => Self::TimerArchives,
            2..4 => Self::PersonArchives { lock: yes },
            4..7 => Self::PersonUnarchives,
            7..9 => Self::OwnerWrites,
            9 => Self::OwnerLeavesThread,
            10 => Self::OwnerLeavesGuild,
            11..13 => Self::StaffAddOwner,
            13 if detail < 32 => Self::ThreadIsDeleted,
            14 => Self::Restart,
            15 => Self::CatchUp,
            16 => Self::Lose { which },
            17..25 => Self::Deliver { which, again: yes },
            25..27 => Self::LimitIsReached(yes),
            27 => Self::ManageThreads(yes),
            28 => Self::BotIsRemoved,
            29 => Self::BotIsAdded,
            _ => Self::Work,
        }
    }
}
