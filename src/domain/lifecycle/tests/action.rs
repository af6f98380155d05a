//! The actions in the model of `world`.

#[derive(Debug, Clone, Copy)]
pub(crate) enum Action {
    TimerArchives,
    PersonArchives {
        lock: bool,
    },
    PersonUnarchives,
    /// Through the bot.
    PersonCloses {
        stays: bool,
    },
    /// Through the bot.
    PersonReopens,
    /// A closed ticket's thread has been visible long enough.
    WasVisible,
    OwnerWrites,
    OwnerLeavesThread,
    OwnerLeavesGuild,
    StaffAddOwner,
    BotIsRemoved,
    BotIsAdded,
    ThreadIsDeleted,
    /// The bot receives one of the events; with `again`, it will receive it once more.
    Deliver {
        which: usize,
        again: bool,
    },
    /// One of the events is lost.
    Lose {
        which: usize,
    },
    /// The bot reconciles with Discord, as at the start of a session.
    CatchUp,
    /// The bot carries out its next step.
    Work,
    /// The bot restarts: it does not know how far the first step had come.
    Restart,
    LimitIsReached(bool),
    ManageThreads(bool),
    /// The next action happens within the same millisecond as the last one.
    ClockStands,
}

impl Action {
    /// Decodes an action from two bytes. Every pair is valid.
    pub(crate) const fn read(kind: u8, detail: u8) -> Self {
        let (yes, which) = (detail & 1 == 1, (detail >> 1) as usize);
        match kind % 46 {
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
            30..32 => Self::ClockStands,
            32..34 => Self::PersonCloses { stays: yes },
            34..36 => Self::PersonReopens,
            36 => Self::WasVisible,
            _ => Self::Work,
        }
    }
}
