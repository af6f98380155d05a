//! Malicious files: whatever they contain, loading ends, names the place, and does not reveal values.

use proptest::prelude::*;

use super::*;

/// A value that must not be printed. Messages name keys, but none this long.
const SECRET: &str = "s3cr3t-v4lue-of-some-length";

fn load_bytes(bytes: &[u8]) -> Result<Loaded, Failure> {
    let home = Home::new();
    let path = home.path("config/ticketbot/config.toml");
    fs::write(&path, bytes).unwrap();
    let loaded = home.load();
    // The folder's random name must not count.
    let root = home.root.path().display().to_string();
    if let Err(failure) = &loaded {
        let shown = failure.to_string();
        assert_eq!(failure.code(), 2, "{shown}");
        assert!(shown.contains(&*path.display().to_string()), "{shown}");
        assert!(shown.contains(", line ") || shown.contains("larger than") || shown.contains(": line "), "{shown}");
        assert!(!shown.replace(&root, "").contains(SECRET) || names_a_file(bytes), "{shown}");
        assert!(!Token::is_inside(&shown.replace(&root, "")), "{shown}");
    }
    loaded
}

/// The path of a token's file is public; the error for a missing file names it.
fn names_a_file(config: &[u8]) -> bool {
    String::from_utf8_lossy(config).contains("token_file")
}

fn check(text: &str) {
    if let Ok(loaded) = load_bytes(text.as_bytes()) {
        let dump = loaded.dump();
        assert!(!dump.contains("SECRETabcdef"), "{dump}");
        assert!(toml::from_str::<toml::Table>(&dump).is_ok(), "{dump}");
        let warnings = warnings(&loaded);
        assert!(!warnings.contains("SECRETabcdef"), "{warnings}");
        if let Err(failure) = &loaded.token {
            let shown = failure.to_string();
            assert!(!shown.contains(SECRET) || names_a_file(text.as_bytes()), "{shown}");
            assert!(!shown.contains("SECRETabcdef"), "{shown}");
        }
    }
}

fn any_key() -> impl Strategy<Value = String> {
    let known = vec![
        "bot.token",
        "bot.token_file",
        "bot.inbox.max_attachment_size",
        "bot.intents.guilds",
        "bot.intents.members",
        "bot.intents.guild_messages",
        "db.path",
        "db.pragmas",
        "discord.api_base",
        "discord.allow_insecure_http",
        "log.directory",
        "log.retention_days",
        "log.filter",
        "shutdown.grace_seconds",
        "bot",
        "db",
        "bot.inbox",
    ];
    prop_oneof![9 => prop::sample::select(known).prop_map(str::to_owned), 1 => "[a-z_]{1,9}(\\.[a-z_]{1,9}){0,2}"]
}

fn any_value() -> impl Strategy<Value = toml::Value> {
    let texts = vec![
        TOKEN.to_owned(),
        format!("Bot {TOKEN}"),
        format!("/x/{TOKEN}.txt"),
        format!("old-{TOKEN}"),
        format!("https://{TOKEN}"),
        format!("cache_size = {TOKEN}"),
        format!("ticketbot={TOKEN}"),
        format!("${{{TOKEN}}}"),
        SECRET.to_owned(),
        format!("https://me:{SECRET}@discord.com"),
        format!("http://{SECRET}"),
        format!("${{{SECRET}}}/x"),
        format!("~{SECRET}"),
        format!("{SECRET}={SECRET}"),
        format!("key = '{SECRET}'"),
        format!("ticketbot[{SECRET}=debug"),
        "a\0b".to_owned(),
    ];
    let leaf = prop_oneof![
        4 => prop::sample::select(texts).prop_map(toml::Value::String),
        1 => any::<String>().prop_map(toml::Value::String),
        1 => any::<i64>().prop_map(toml::Value::Integer),
        1 => (-5..400_i64).prop_map(toml::Value::Integer),
        1 => any::<f64>().prop_map(toml::Value::Float),
        1 => any::<bool>().prop_map(toml::Value::Boolean),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        let table = prop::collection::btree_map("[a-z]{1,5}", inner.clone(), 0..3);
        prop_oneof![
            2 => prop::collection::vec(inner, 0..3).prop_map(toml::Value::Array),
            1 => table.prop_map(|entries| toml::Value::Table(entries.into_iter().collect())),
        ]
    })
}

/// One change to a good file.
#[derive(Debug, Clone)]
enum Change {
    Remove(prop::sample::Index, usize),
    Insert(prop::sample::Index, String),
    Repeat(prop::sample::Index, usize),
    Swap(prop::sample::Index, prop::sample::Index),
}

fn any_change() -> impl Strategy<Value = Change> {
    let at = any::<prop::sample::Index>;
    let odd = prop_oneof![
        "[\"'\\[\\]{}=.,#\n\r\t -]{1,3}",
        any::<char>().prop_map(String::from),
        Just(format!("\"{SECRET}\"")),
        Just(format!("\n'{SECRET}' = 1 # ")),
    ];
    prop_oneof![
        (at(), 1..60_usize).prop_map(|(at, count)| Change::Remove(at, count)),
        (at(), odd).prop_map(|(at, text)| Change::Insert(at, text)),
        (at(), 1..60_usize).prop_map(|(at, count)| Change::Repeat(at, count)),
        (at(), at()).prop_map(|(one, other)| Change::Swap(one, other)),
    ]
}

fn changed(text: &str, changes: &[Change]) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    for change in changes {
        let length = letters.len().max(1);
        match change {
            Change::Remove(at, count) => {
                let start = at.index(length).min(letters.len());
                letters.drain(start..(start + count).min(letters.len()));
            }
            Change::Insert(at, text) => {
                let at = at.index(length).min(letters.len());
                letters.splice(at..at, text.chars());
            }
            Change::Repeat(at, count) => {
                let start = at.index(length).min(letters.len());
                let piece: Vec<char> = letters[start..(start + count).min(letters.len())].to_vec();
                letters.splice(start..start, piece);
            }
            Change::Swap(one, other) if !letters.is_empty() => letters.swap(one.index(length), other.index(length)),
            Change::Swap(..) => {}
        }
    }
    letters.into_iter().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_bytes_load_or_are_refused_with_the_place(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = load_bytes(&bytes);
    }

    #[test]
    fn any_keys_with_any_values_load_or_are_refused_and_keep_their_values_to_themselves(
        entries in prop::collection::btree_map(any_key(), any_value(), 1..4),
    ) {
        let lines: Vec<String> = entries.iter().map(|(key, value)| format!("{key} = {value}")).collect();
        check(&lines.join("\n"));
    }

    #[test]
    fn a_good_file_that_was_damaged_loads_or_is_refused_and_keeps_its_token_to_itself(
        changes in prop::collection::vec(any_change(), 1..6),
    ) {
        let good = DEFAULTS.replace("token = \"\"", &format!("token = \"{TOKEN}\""));
        check(&changed(&good, &changes));
    }

    #[test]
    fn a_first_configuration_reads_back_with_its_token(
        id in 1_000_000_000_000_000_u64.., made in "[A-Za-z0-9_-]{1,8}", signature in "[A-Za-z0-9_-]{1,40}",
    ) {
        let token = Token::parse(&format!("{}.{made}.{signature}", base64(&id.to_string()))).unwrap();
        let home = Home::with(&new_config_file(&token));
        let loaded = home.load().unwrap();

        prop_assert!(!loaded.dump().contains(token.expose()));
        let read = loaded.token.unwrap().unwrap();
        prop_assert_eq!(read.expose(), token.expose());
    }
}

/// In base64url, as the first part of a token.
fn base64(text: &str) -> String {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let bits: Vec<u8> = text.bytes().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1)).collect();
    let digit = |six: &[u8]| (0..6).fold(0_usize, |sum, bit| sum << 1 | usize::from(*six.get(bit).unwrap_or(&0)));
    bits.chunks(6).map(|six| char::from(DIGITS[digit(six)])).collect()
}
