//! Decides whether to register the commands with Discord again: when they differ from those sent last.

/// The operator's choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SyncMode {
    /// Register changes.
    #[default]
    Auto,
    /// `--sync`
    Force,
    /// `--no-sync`
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sync {
    Register,
    Skip,
}

/// Compares the fingerprint of the commands registered last with that of the current ones.
pub fn decide(mode: SyncMode, stored: Option<&str>, wanted: &str) -> Sync {
    match mode {
        SyncMode::Never => Sync::Skip,
        SyncMode::Auto if stored == Some(wanted) => Sync::Skip,
        SyncMode::Auto | SyncMode::Force => Sync::Register,
    }
}

/// 16 hexadecimal digits that change with the text. Identical in every release and on every machine, which the standard
/// library's hashers do not guarantee; not cryptographic (FNV-1a, 64 bits).
pub fn fingerprint(commands: &str) -> String {
    let hash = commands
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn commands_are_registered_when_they_changed_or_when_asked() {
        let table = [
            (SyncMode::Auto, None, Sync::Register),
            (SyncMode::Auto, Some("old"), Sync::Register),
            (SyncMode::Auto, Some("new"), Sync::Skip),
            (SyncMode::Force, Some("new"), Sync::Register),
            (SyncMode::Never, None, Sync::Skip),
            (SyncMode::Never, Some("old"), Sync::Skip),
        ];
        for (mode, stored, expected) in table {
            assert_eq!(decide(mode, stored, "new"), expected, "{mode:?} {stored:?}");
        }
    }

    #[test]
    fn a_fingerprint_is_the_same_in_every_release() {
        // The published test vectors of FNV-1a.
        assert_eq!(fingerprint(""), "cbf29ce484222325");
        assert_eq!(fingerprint("foobar"), "85944171f73967e8");
    }

    proptest! {
        #[test]
        fn a_changed_letter_changes_the_fingerprint(text in "[a-z]{1,40}", at: prop::sample::Index) {
            let mut changed = text.clone().into_bytes();
            changed[at.index(text.len())] ^= 0x20;
            let changed = String::from_utf8(changed)?;
            prop_assert_ne!(fingerprint(&text), fingerprint(&changed));
        }
    }
}
