//! The key of an encrypted database: the forms that SQLCipher accepts, and what an operator may give as each.
//!
//! `crate::storage` derives the key that encrypts pages.

use std::fmt;

use secrecy::{ExposeSecret as _, SecretString};

/// The place of the key in `db.key_template`.
const SLOT: &str = "{}";

/// Hexadecimal digits of a raw key: 32 bytes, plus 16 for the file's salt (SQLCipher: "PRAGMA key").
const RAW_DIGITS: [usize; 2] = [64, 96];

/// SQLCipher uses at most 40 bytes of `PRAGMA hexkey`, and silently ignores the rest.
const MOST_HEX_DIGITS: usize = 80;

/// The form of the operator's key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum KeyForm {
    /// A passphrase: `PRAGMA key = '{}'`.
    #[default]
    Passphrase,
    /// A passphrase whose bytes are given as hexadecimal digits: `PRAGMA hexkey = '{}'`.
    HexPassphrase,
    /// The key itself, as hexadecimal digits: `PRAGMA key = "x'{}'"`.
    Raw,
}

/// Why a template is refused, worded to follow "`db.key_template`: ".
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum TemplateProblem {
    #[error("must hold {{}} where the key goes, and not the key itself")]
    NoSlot,
    #[error("is not understood; it may be PRAGMA key = '{{}}', PRAGMA hexkey = '{{}}' or PRAGMA key = \"x'{{}}'\"")]
    Unknown,
}

impl KeyForm {
    /// Parses `db.key_template`.
    pub fn parse(written: &str) -> Result<Self, TemplateProblem> {
        if written.matches(SLOT).count() != 1 {
            return Err(TemplateProblem::NoSlot);
        }
        let written = written.trim().trim_end_matches(';').trim_end();
        let (name, value) = written.split_once('=').ok_or(TemplateProblem::Unknown)?;
        let name = name.trim().to_ascii_lowercase();
        let name = name.strip_prefix("pragma").map_or(name.as_str(), str::trim);
        match (name, value.trim()) {
            ("key" | "textkey", "'{}'" | "\"{}\"") => Ok(Self::Passphrase),
            ("hexkey", "'{}'" | "\"{}\"") => Ok(Self::HexPassphrase),
            ("key", "\"x'{}'\"" | "'x''{}'''" | "x'{}'") => Ok(Self::Raw),
            _ => Err(TemplateProblem::Unknown),
        }
    }

    /// The canonical template.
    pub fn template(self) -> &'static str {
        match self {
            Self::Passphrase => "PRAGMA key = '{}'",
            Self::HexPassphrase => "PRAGMA hexkey = '{}'",
            Self::Raw => "PRAGMA key = \"x'{}'\"",
        }
    }
}

/// A key that is never printed and is wiped from memory when dropped.
#[derive(Clone)]
pub struct DatabaseKey {
    form: KeyForm,
    text: SecretString,
}

/// Why a key is refused, worded to follow a colon. Never quotes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyProblem {
    #[error("it is empty")]
    Empty,
    #[error("it holds a character that no key can hold (NUL)")]
    Nul,
    #[error("`db.key_template` asks for hexadecimal digits, two for each byte, at most 80")]
    NotHex,
    #[error("`db.key_template` asks for a raw key, which is 64 hexadecimal digits, or 96 with the salt")]
    NotRaw,
}

impl DatabaseKey {
    /// Parses a key as typed or read from a file: a line break at its end is not part of it, other white space is.
    pub fn parse(form: KeyForm, given: &str) -> Result<Self, KeyProblem> {
        let text = given.strip_suffix('\n').unwrap_or(given);
        let text = text.strip_suffix('\r').unwrap_or(text);
        if text.is_empty() {
            return Err(KeyProblem::Empty);
        }
        if text.contains('\0') {
            return Err(KeyProblem::Nul);
        }
        let is_hex = text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let (form, text) = match form {
            KeyForm::HexPassphrase if !is_hex || !text.len().is_multiple_of(2) || text.len() > MOST_HEX_DIGITS => {
                return Err(KeyProblem::NotHex);
            }
            KeyForm::Raw if !is_hex || !RAW_DIGITS.contains(&text.len()) => return Err(KeyProblem::NotRaw),
            // SQLCipher reads a passphrase of this shape as a raw key.
            KeyForm::Passphrase => raw_inside(text).map_or((form, text), |digits| (KeyForm::Raw, digits)),
            _ => (form, text),
        };
        Ok(Self { form, text: text.into() })
    }

    pub fn form(&self) -> KeyForm {
        self.form
    }

    /// The characters of the key alone. Only for opening the database.
    pub fn expose(&self) -> &str {
        self.text.expose_secret()
    }
}

fn raw_inside(text: &str) -> Option<&str> {
    let digits = text.strip_prefix("x'").or_else(|| text.strip_prefix("X'"))?.strip_suffix('\'')?;
    (RAW_DIGITS.contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_hexdigit())).then_some(digits)
}

impl fmt::Debug for DatabaseKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DatabaseKey(<redacted>)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_templates_of_the_tools_that_encrypt_databases_are_understood() {
        for (written, form) in [
            ("PRAGMA key = '{}'", KeyForm::Passphrase),
            ("pragma KEY='{}';", KeyForm::Passphrase),
            ("key = \"{}\"", KeyForm::Passphrase),
            ("PRAGMA hexkey = '{}'", KeyForm::HexPassphrase),
            ("PRAGMA key = \"x'{}'\"", KeyForm::Raw),
            ("PRAGMA key = 'x''{}'''", KeyForm::Raw),
        ] {
            assert_eq!(KeyForm::parse(written), Ok(form), "{written}");
            assert_eq!(KeyForm::parse(form.template()), Ok(form));
        }
    }

    #[test]
    fn a_template_without_a_place_for_the_key_or_with_anything_else_is_refused() {
        for (written, problem) in [
            ("", TemplateProblem::NoSlot),
            ("PRAGMA key = 'secret'", TemplateProblem::NoSlot),
            ("PRAGMA key = '{}{}'", TemplateProblem::NoSlot),
            ("PRAGMA key = 'my{}'", TemplateProblem::Unknown),
            ("PRAGMA rekey = '{}'", TemplateProblem::Unknown),
            ("PRAGMA key = '{}'; DROP TABLE ticket", TemplateProblem::Unknown),
            ("{}", TemplateProblem::Unknown),
        ] {
            assert_eq!(KeyForm::parse(written), Err(problem), "{written}");
        }
    }

    #[test]
    fn a_key_is_taken_without_the_line_break_at_its_end_and_with_everything_else() {
        for (given, kept) in [("a b", "a b"), (" a ", " a "), ("a\n", "a"), ("a\r\n", "a"), ("a\n\n", "a\n")] {
            assert_eq!(DatabaseKey::parse(KeyForm::Passphrase, given).unwrap().expose(), kept, "{given:?}");
        }
    }

    #[test]
    fn what_cannot_be_a_key_is_refused_with_the_reason() {
        let digits = "0123456789abcdefABCDEF0123456789";
        for (form, given, problem) in [
            (KeyForm::Passphrase, "", Some(KeyProblem::Empty)),
            (KeyForm::Passphrase, "\r\n", Some(KeyProblem::Empty)),
            (KeyForm::Passphrase, "a\0b", Some(KeyProblem::Nul)),
            (KeyForm::HexPassphrase, "abc", Some(KeyProblem::NotHex)),
            (KeyForm::HexPassphrase, "xy", Some(KeyProblem::NotHex)),
            (KeyForm::HexPassphrase, &digits.repeat(3), Some(KeyProblem::NotHex)),
            (KeyForm::HexPassphrase, digits, None),
            (KeyForm::Raw, digits, Some(KeyProblem::NotRaw)),
            (KeyForm::Raw, &digits.repeat(2), None),
            (KeyForm::Raw, &digits.repeat(3), None),
        ] {
            assert_eq!(DatabaseKey::parse(form, given).err(), problem, "{form:?} {given:?}");
        }
    }

    #[test]
    fn a_passphrase_in_the_shape_of_a_raw_key_is_one_as_for_sqlcipher() {
        let digits = "ab".repeat(32);
        let key = DatabaseKey::parse(KeyForm::Passphrase, &format!("x'{digits}'")).unwrap();

        assert_eq!((key.form(), key.expose()), (KeyForm::Raw, digits.as_str()));
    }

    proptest! {
        #[test]
        fn a_key_never_prints_itself(given in "[ -~]{12,40}") {
            let shown = format!("{:?}", DatabaseKey::parse(KeyForm::Passphrase, &given));
            prop_assert!(!shown.contains(&given));
        }
    }
}
