//! Which buttons a ticket's first message shows, as a column.

/// The buttons that a ticket's first message shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Buttons {
    /// As far as is known.
    Hidden,
    /// A bit for each.
    Shown(u8),
    /// It shows none and cannot be changed.
    OutOfReach,
}

impl Buttons {
    pub const fn of(bits: u8) -> Self {
        if bits == 0 { Self::Hidden } else { Self::Shown(bits) }
    }

    pub(super) fn from_column(stored: i64) -> Self {
        u8::try_from(stored).map_or(Self::OutOfReach, Self::of)
    }

    pub(super) fn to_column(self) -> i64 {
        match self {
            Self::Hidden => 0,
            Self::Shown(bits) => bits.into(),
            Self::OutOfReach => -1,
        }
    }
}
