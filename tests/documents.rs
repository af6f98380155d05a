//! Compares the documents with the code: they describe every stored column and every setting, and every test that they
//! name exists.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop where it is")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use clap::CommandFactory as _;
use sqlx::ConnectOptions as _;
use sqlx::sqlite::SqliteConnectOptions;

/// The library's own table, and SQLite's.
const FOREIGN_TABLES: [&str; 2] = ["_sqlx_migrations", "sqlite_sequence"];

#[tokio::test]
async fn every_stored_table_and_column_is_described_in_the_privacy_document() {
    let document = read("PRIVACY.md");
    let mut found = 0;
    for (table, columns) in schema().await {
        if FOREIGN_TABLES.contains(&table.as_str()) {
            assert!(quoted(&document).contains(table.as_str()), "PRIVACY.md does not name `{table}`");
            continue;
        }
        let described = described_columns(&document, &table);
        let stored: BTreeSet<&str> = columns.iter().map(String::as_str).collect();
        assert_eq!(described, stored, "PRIVACY.md, table `{table}`: what is described is not what is stored");
        found += 1;
    }
    assert!(found >= 5, "only {found} tables were found");
}

/// The tables of a new database with their columns.
async fn schema() -> Vec<(String, Vec<String>)> {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("ticketbot.db");
    ticketbot::storage::open(&path, &[]).await.unwrap().close().await;
    let mut connection = SqliteConnectOptions::new().filename(&path).connect().await.unwrap();
    let tables: Vec<String> = sqlx::query_scalar("SELECT name FROM sqlite_schema WHERE type = 'table'")
        .fetch_all(&mut connection)
        .await
        .unwrap();
    let mut schema = Vec::new();
    for table in tables {
        let columns = sqlx::query_scalar("SELECT name FROM pragma_table_info($1)");
        let columns = columns.bind(&table).fetch_all(&mut connection).await.unwrap();
        schema.push((table, columns));
    }
    schema
}

/// The columns in the rows below a table's name, each with its meaning, purpose and retention.
fn described_columns<'d>(document: &'d str, table: &str) -> BTreeSet<&'d str> {
    let (_, below) =
        document.split_once(&format!("\n**`{table}`**")).unwrap_or_else(|| panic!("PRIVACY.md has no table `{table}`"));
    let rows = below.lines().skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|')).skip(2);
    let mut described = BTreeSet::new();
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [names, rest @ ..] = &cells[..] else { panic!("an empty row in `{table}`") };
        assert!(rest.len() == 3 && rest.iter().all(|cell| !cell.is_empty()), "PRIVACY.md, `{table}`: gaps in {row}");
        for name in quoted(names) {
            assert!(described.insert(name), "PRIVACY.md describes `{table}`.`{name}` twice");
        }
    }
    described
}

#[test]
fn every_setting_is_in_the_readme_with_its_default() {
    let readme = read("README.md");
    let mut section = String::new();
    let mut settings = 0;
    for line in read("config_default.toml").lines() {
        if let Some(name) = line.strip_prefix('[') {
            name.trim_end_matches(']').clone_into(&mut section);
        } else if let Some((key, value)) = line.split_once(" = ").filter(|_| !line.starts_with('#')) {
            let shown = match value.trim_matches('"') {
                "" => String::new(),
                value => format!("`{value}` "),
            };
            let row = format!("| `{section}.{key}` | {shown}|");
            assert!(readme.contains(&row), "README.md has no row that begins with {row}");
            settings += 1;
        }
    }
    assert!(settings > 10, "only {settings} settings were found");
}

#[test]
fn the_document_with_the_settings_is_what_their_definition_makes() {
    let made = ticketbot::settings_document();
    assert!(read("docs/settings.md") == made, "cargo run --example settings > docs/settings.md");
}

#[test]
fn every_option_of_the_command_line_is_in_the_readme() {
    let readme = read("README.md");
    let mut commands = vec![("ticketbot".to_owned(), ticketbot::cli::Cli::command())];
    let mut options = 0;
    while let Some((path, command)) = commands.pop() {
        for option in command.get_arguments().filter_map(clap::Arg::get_long) {
            let known = readme.contains(&format!("--{option}")) || ["verbose", "help"].contains(&option);
            assert!(known, "README.md does not know --{option} of `{path}`");
            options += 1;
        }
        for inner in command.get_subcommands() {
            let path = format!("{path} {}", inner.get_name());
            assert!(inner.has_subcommands() || readme.contains(&path), "README.md does not know `{path}`");
            commands.push((path, inner.clone()));
        }
    }
    assert!(options > 3, "only {options} options were found");
}

#[test]
fn what_the_security_document_says_of_the_packaged_service_is_in_its_unit() {
    let document = read("SECURITY.md");
    let (_, table) = document.split_once("| directives | what for |").unwrap();
    let (table, _) = table.split_once("\n\n").unwrap();
    let unit = read("contrib/ticketbot.service");
    let set: Vec<&str> = unit.lines().filter(|line| !line.starts_with('#') && line.contains('=')).collect();
    let named = quoted(table);
    assert!(named.len() > 20, "only {named:?}");
    for directive in &named {
        assert!(set.contains(directive), "contrib/ticketbot.service does not say {directive}");
    }
    for protection in
        set.iter().filter(|line| ["Protect", "Private", "Restrict"].iter().any(|kind| line.starts_with(kind)))
    {
        assert!(named.contains(protection), "SECURITY.md does not explain {protection}");
    }
}

#[test]
fn what_the_documents_say_of_the_image_is_in_its_containerfile() {
    let file = read("contrib/Containerfile");
    let value = |instruction: &str| {
        let line = file.lines().rfind(|line| line.split(' ').next() == Some(instruction));
        line.unwrap_or_else(|| panic!("contrib/Containerfile has no {instruction}")).split_once(' ').unwrap().1
    };
    let (volume, configuration) = (value("VOLUME"), value("WORKDIR"));
    let (user, group) = value("USER").split_once(':').unwrap();
    assert!(user == group && user.parse::<u32>().is_ok_and(|user| user != 0), "{user}:{group}");
    assert!(file.contains(&format!("--owner={user} --group={group} --mode=0700 {volume}\n")));
    for (document, mentioned) in [
        ("README.md", [format!("-v ticketbot:{volume} "), format!(":{configuration}:ro "), format!("-o {user} ")]),
        ("SECURITY.md", [format!("-v ticketbot:{volume} "), format!(":{configuration}:ro "), format!(",uid={user}`")]),
    ] {
        let text = read(document);
        for mentioned in mentioned {
            assert!(text.contains(&mentioned), "{document} does not say “{mentioned}”");
        }
    }
}

#[test]
fn everything_that_the_image_is_built_from_is_there() {
    let list = read("contrib/Containerfile.dockerignore");
    let names: Vec<&str> = list.lines().filter_map(|line| line.strip_prefix('!')).collect();
    assert!(names.len() > 5 && list.lines().any(|line| line == "*"), "{names:?}");
    for name in names {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        assert!(path.exists(), "contrib/Containerfile.dockerignore names {name}, which does not exist");
    }
}

#[test]
fn every_test_that_a_document_names_exists() {
    // These folders also hold databases that tests start from.
    let sources = ["src", "tests"]
        .into_iter()
        .flat_map(files_below)
        .filter(|file| Path::new(file).extension().is_some_and(|kind| kind == "rs"));
    let code: String = sources.map(|file| fs::read_to_string(file).unwrap()).collect();
    for (document, at_least) in [
        ("SECURITY.md", 10),
        ("docs/theticketbot.md", 10),
        ("docs/discord-tickets.md", 10),
        ("docs/faults.md", 10),
        ("docs/rights.md", 20),
        ("PRIVACY.md", 2),
    ] {
        let text = read(document);
        let names: Vec<_> = quoted(&text).into_iter().filter(|name| is_name_of_a_test(name)).collect();
        assert!(names.len() > at_least, "{document} names only {names:?}");
        for name in names {
            assert!(code.contains(&format!("fn {name}(")), "{document}: there is no test `{name}`");
        }
    }
}

#[test]
fn every_cell_of_the_rights_that_says_something_special_names_a_test() {
    let text = read("docs/rights.md");
    let rows: Vec<&str> = text.lines().filter(|line| line.starts_with('|')).skip(2).collect();
    assert!(rows.len() > 15, "only {} rows", rows.len());
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [_, minimal, levels @ ..] = &cells[..] else { panic!("an empty row: {row}") };
        assert_eq!(levels.len(), 2, "{row}");
        for cell in levels.iter().filter(|cell| **cell != "the same").chain([minimal]) {
            let is_shown = quoted(cell).into_iter().any(is_name_of_a_test);
            assert!(is_shown, "docs/rights.md: no test shows that “{cell}”");
        }
    }
}

/// The walks of `src/lib.rs` and how many files each may lead through.
const WALKS: [(&str, usize); 6] = [
    ("Opening a ticket", 14),
    ("The owner leaves", 11),
    ("Staff close a ticket, with the button and a reason", 11),
    ("Staff close a ticket by hand", 11),
    ("A setting is changed", 14),
    ("The bot starts after a crash", 14),
];

#[test]
fn each_walk_names_what_exists_and_leads_through_few_files() {
    let library = read("src/lib.rs");
    let root = env!("CARGO_MANIFEST_DIR").len();
    let mut sources: Vec<_> =
        files_below("src").into_iter().map(|path| (path[root..].to_owned(), read(&path))).collect();
    sources.retain(|(path, _)| !path.contains("/tests/"));
    let (_, walks) = library.split_once("# Six walks").unwrap();
    let (walks, _) = walks.split_once("pub mod").unwrap();

    for (title, most) in WALKS {
        let (_, walk) = walks.split_once(&format!("//! {title}")).expect(title);
        let walk = walk.split("//!\n").nth(1).unwrap();
        let files: BTreeSet<&str> = quoted(walk).iter().map(|name| place_of(name, &sources)).collect();

        assert!(files.len() <= most, "{title}: {files:?}");
    }
}

/// The file that has `module::item`, `Type::item` or `module::module`.
fn place_of<'s>(name: &str, sources: &'s [(String, String)]) -> &'s str {
    let parts: Vec<&str> = name.split("::").collect();
    let defines = |code: &str, item: &str| {
        ["fn", "struct", "enum", "const"].iter().any(|kind| code.contains(&format!("{kind} {item}")))
    };
    let is_place = |path: &str, code: &str| {
        let path = path.trim_end_matches(".rs").trim_end_matches("/mod");
        match parts[..] {
            [holder, item] if holder.starts_with(char::is_uppercase) => {
                let is_variant = code.contains(&format!("enum {holder} ")) && code.contains(&format!("    {item}"));
                is_variant || (code.contains(&format!("fn {item}(")) && has_impl(code, holder))
            }
            [module, item] => {
                path.ends_with(&format!("/{module}/{item}"))
                    || (path.rsplit('/').next() == Some(module) && defines(code, item))
            }
            _ => path.ends_with(&format!("/{name}")),
        }
    };
    let found: Vec<&str> =
        sources.iter().filter(|(path, code)| is_place(path, code)).map(|(path, _)| path.as_str()).collect();
    match found[..] {
        [file] => file,
        _ => panic!("`{name}` of a walk is in {found:?}"),
    }
}

fn has_impl(code: &str, holder: &str) -> bool {
    let is_impl = |line: &str| line.starts_with("impl") && line.split(['<', ' ', '{']).any(|word| word == holder);
    code.lines().any(is_impl)
}

#[test]
fn the_simulators_verbs_are_all_described_and_no_others() {
    const DOCUMENT: &str = "discord-sim/API.md";
    let document = read(DOCUMENT);
    let is_word = |text: &str| text.chars().all(|c| c == '_' || c.is_ascii_alphanumeric());
    let words: BTreeSet<&str> = document.split(|c: char| !(c == '_' || c.is_ascii_alphanumeric())).collect();
    let (mut missing, mut all) = (Vec::new(), BTreeSet::new());
    let rooms = ["actor", "handles", "sim", "sim.rs", "faults", "faults.rs", "clock.rs", "gateway/control.rs"];
    for file in files_below("discord-sim/src") {
        let code = fs::read_to_string(&file).unwrap();
        let verbs = code.lines().filter_map(|line| {
            let rest = line.trim_start().strip_prefix("pub ")?;
            let name = rest.strip_prefix("async ").unwrap_or(rest).strip_prefix("fn ")?;
            name.split(['(', '<']).next().filter(|name| is_word(name)).map(str::to_owned)
        });
        let is_public = rooms.iter().any(|room| file.contains(&format!("discord-sim/src/{room}")));
        for verb in verbs {
            // Each operation may also have a variant that does not wait, and one that may fail.
            let root = verb.trim_start_matches("try_").trim_start_matches("begin_").to_owned();
            if is_public && !words.contains(root.as_str()) {
                missing.push(format!("{verb} ({file})"));
            }
            all.extend([verb, root]);
        }
    }
    assert!(missing.is_empty(), "{DOCUMENT} does not name {missing:?}");
    let unknown: Vec<_> = quoted(&document)
        .into_iter()
        .filter(|name| name.len() > 2 && name.starts_with(|c: char| c.is_ascii_lowercase()) && is_word(name))
        .filter(|name| !all.contains(*name) && *name != "async" && *name != "u64" && *name != "place")
        .collect();
    assert!(unknown.is_empty(), "{DOCUMENT} names what is not there: {unknown:?}");
}

/// A sentence in small letters: at least four words.
fn is_name_of_a_test(text: &str) -> bool {
    text.split('_').count() > 3 && text.chars().all(|c| c == '_' || c.is_ascii_lowercase() || c.is_ascii_digit())
}

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// The text between backticks.
fn quoted(text: &str) -> BTreeSet<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

fn files_below(folder: &str) -> Vec<String> {
    let mut files = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            match entry.file_type().unwrap() {
                kind if kind.is_dir() => folders.push(entry.path()),
                _ => files.push(entry.path().display().to_string()),
            }
        }
    }
    files
}
