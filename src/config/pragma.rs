//! Pragmas for the database, as operators write them.

use super::settings::Pragma;

/// Why a pragma is refused, as a continuation of "`db.pragmas`: ".
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum PragmaProblem {
    #[error("must hold statements such as \"cache_size = -8000\"")]
    Shape,
    #[error("has a value that is neither a number, a word, nor text in single quotes")]
    Value,
    #[error("must not set {name}: {reason}")]
    Reserved { name: &'static str, reason: &'static str },
    #[error("must not hold a key of an encrypted database, since this file is not encrypted itself")]
    Key,
}

/// Pragmas that the program depends on, with the reason.
const RESERVED: &[(&str, &str)] = &[
    ("journal_mode", "the bot reads and writes at once, which needs WAL, and sets it itself"),
    ("foreign_keys", "the bot relies on them to keep its records consistent, and sets it itself"),
    ("busy_timeout", "the bot sets it itself"),
    ("locking_mode", "the bot opens several connections, which an exclusive lock would shut out"),
    ("secure_delete", "deleted records must not linger in the file, and the bot sets it itself"),
    ("query_only", "the bot could not record anything"),
    ("read_uncommitted", "limits and counters rely on complete transactions"),
    ("defer_foreign_keys", "the bot relies on them to keep its records consistent"),
    ("ignore_check_constraints", "the bot relies on them to keep its records consistent"),
    ("recursive_triggers", "the bot relies on SQLite's default"),
    ("writable_schema", "it allows the database to be damaged"),
    ("schema_version", "it allows the database to be damaged"),
    ("user_version", "it tells which program a database belongs to"),
    ("application_id", "it tells which program a database belongs to"),
];

/// The pragmas that give SQLCipher and its relatives a key.
const KEYS: &[&str] = &["key", "hexkey", "textkey", "rekey", "hexrekey", "textrekey"];

impl Pragma {
    /// Parses `name = value` and `PRAGMA name = value`, with or without a semicolon at the end.
    pub(crate) fn parse(written: &str) -> Result<Self, PragmaProblem> {
        let written = written.trim();
        let written = written.strip_suffix(';').unwrap_or(written);
        let (name, value) = written.split_once('=').ok_or(PragmaProblem::Shape)?;
        let name = name.trim().to_ascii_lowercase();
        let name = name
            .strip_prefix("pragma")
            .filter(|rest| rest.starts_with(char::is_whitespace))
            .map_or(name.as_str(), str::trim);
        let is_name = name.starts_with(|first: char| first.is_ascii_lowercase())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if !is_name {
            return Err(PragmaProblem::Shape);
        }
        if KEYS.contains(&name) {
            return Err(PragmaProblem::Key);
        }
        if let Some((name, reason)) = RESERVED.iter().find(|(reserved, _)| *reserved == name) {
            return Err(PragmaProblem::Reserved { name, reason });
        }
        let value = value.trim();
        if !is_safe_value(value) {
            return Err(PragmaProblem::Value);
        }
        Ok(Self { name: name.to_owned(), value: value.to_owned() })
    }
}

/// The value is inserted into a statement unchanged, so it must not end that statement or start another.
fn is_safe_value(value: &str) -> bool {
    let is_word =
        !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.+-".contains(&byte));
    // `--` would start a comment.
    if is_word && !value.contains("--") {
        return true;
    }
    let quoted = value.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
    quoted.is_some_and(|inner| !inner.replace("''", "").contains('\'') && !inner.contains(char::is_control))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn both_ways_of_writing_a_pragma_are_understood() {
        for (written, name, value) in [
            ("cache_size = -8000", "cache_size", "-8000"),
            ("PRAGMA synchronous=FULL", "synchronous", "FULL"),
            (" pragma  Temp_Store =  2 ; ", "temp_store", "2"),
            ("cipher = 'it''s'", "cipher", "'it''s'"),
            ("pragma_like = 1", "pragma_like", "1"),
        ] {
            let expected = Pragma { name: name.to_owned(), value: value.to_owned() };
            assert_eq!(Pragma::parse(written).unwrap(), expected, "{written}");
        }
    }

    #[test]
    fn what_is_no_pragma_or_would_break_the_program_is_refused() {
        for (written, expected) in [
            ("", "statements such as"),
            ("cache_size", "statements such as"),
            ("cache_size(5)", "statements such as"),
            ("= 1", "statements such as"),
            ("a b = 1", "statements such as"),
            ("x; DROP TABLE tickets; y = 1", "statements such as"),
            ("cache_size = 1; DROP TABLE tickets", "value that is neither"),
            ("cache_size = ", "value that is neither"),
            ("cache_size = 'a' 'b'", "value that is neither"),
            ("cache_size = 'a", "value that is neither"),
            ("cache_size = 1 --", "value that is neither"),
            ("cache_size = 1--", "value that is neither"),
            ("journal_mode = DELETE", "must not set journal_mode: the bot reads and writes at once"),
            ("PRAGMA Foreign_Keys = OFF", "must not set foreign_keys"),
            ("key = 'secret'", "must not hold a key"),
            ("PRAGMA hexkey = 'aa'", "must not hold a key"),
        ] {
            let problem = Pragma::parse(written).unwrap_err().to_string();
            assert!(problem.contains(expected), "{written}: {problem}");
            assert!(!problem.contains("secret"));
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_pragma_in_its_one_form_or_refused_without_being_quoted(
            written in r"(?i)(pragma )? {0,2}[a-z_]{1,12} ?=? ?('(''|[ -~&&[^']]){0,9}'|[a-z0-9.+-]{1,9}|(?s).{0,12}) ?;?|(?s).{0,30}",
        ) {
            match Pragma::parse(&written) {
                Ok(pragma) => {
                    let form = format!("{} = {}", pragma.name, pragma.value);
                    prop_assert!(!RESERVED.iter().any(|(name, _)| *name == pragma.name) && !KEYS.contains(&&*pragma.name));
                    prop_assert_eq!(Pragma::parse(&form).unwrap(), pragma);
                }
                Err(problem) => {
                    let value = written.split_once('=').map_or("", |(_, value)| value.trim());
                    prop_assert!(value.len() < 9 || !problem.to_string().contains(value), "{}", problem);
                }
            }
        }

        #[test]
        fn no_value_can_end_its_statement(written in "x = [a0';\" -]{0,8}") {
            if let Ok(pragma) = Pragma::parse(&written) {
                let outside: String = pragma.value.split('\'').step_by(2).collect();
                prop_assert!(!outside.contains([';', '"', ' ']) && !outside.contains("--"));
                prop_assert!(pragma.value.matches('\'').count() % 2 == 0);
            }
        }
    }
}
