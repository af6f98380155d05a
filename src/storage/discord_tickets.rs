//! Reads the settings in a database of discord-tickets, version 4. Changes and validates nothing: `domain::discord_tickets`
//! validates. Texts of tickets are not read; most of them are encrypted.

use std::collections::HashMap;

use sqlx::sqlite::{SqliteConnection, SqliteRow};
use sqlx::{Connection as _, Row as _};

use super::open::{Connector, Location, OpenError};
use crate::domain::discord_tickets::{Found, SourceCategory, SourceQuestion, SourceServer, SourceTag};

/// Why a file cannot be read as a database of discord-tickets.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error("the tables of discord-tickets are not in it")]
    Foreign,
    #[error("it is of version 3 of discord-tickets, and only version 4 is known")]
    Older,
    #[error("its tables were changed by a newer version of discord-tickets ({0})")]
    Newer(String),
    #[error("its tables are not as discord-tickets 4 makes them; there is no {}", .0.join(", no "))]
    Incomplete(Vec<String>),
    #[error("it could not be read: {0}")]
    Broken(#[from] sqlx::Error),
}

/// Changes of its tables that are known, by their names. The last two change nothing that is read here.
const KNOWN: &[&str] = &[
    "20230130211842_4_0_0",
    "20230218204317_4_0_0",
    "20230309142817_4_0_0",
    "20240101000000_cooldown_bigint",
    "20250227205558_category_button_style",
];

/// The tables and columns that are read.
const NEEDED: &[(&str, &[&str])] = &[
    (
        "guilds",
        &[
            "id",
            "locale",
            "blocklist",
            "workingHours",
            "logChannel",
            "closeButton",
            "claimButton",
            "staleAfter",
            "autoTag",
        ],
    ),
    (
        "categories",
        &[
            "id",
            "guildId",
            "name",
            "description",
            "emoji",
            "image",
            "openingMessage",
            "channelName",
            "staffRoles",
            "pingRoles",
            "requiredRoles",
            "memberLimit",
            "totalLimit",
            "cooldown",
            "ratelimit",
            "claiming",
            "enableFeedback",
            "requireTopic",
            "customTopic",
        ],
    ),
    (
        "questions",
        &[
            "categoryId",
            "order",
            "type",
            "label",
            "placeholder",
            "value",
            "required",
            "style",
            "minLength",
            "maxLength",
            "options",
        ],
    ),
    ("tags", &["id", "guildId", "name", "content", "regex"]),
    ("tickets", &["guildId", "number", "open"]),
];

/// The table of its migrations.
const MIGRATIONS: &str = "_prisma_migrations";

/// Reads from a copy that nobody else has open, folding its write-ahead log into it.
pub async fn read(copy: &Location) -> Result<Found, ReadError> {
    let connector = Connector::to(copy).await?;
    let mut db = connector.connect().await?;
    let columns = columns(&mut db).await.map_err(|error| connector.explain(error))?;
    check(&columns)?;
    if columns.contains_key(MIGRATIONS) {
        let run: Vec<String> =
            sqlx::query_scalar("SELECT migration_name FROM _prisma_migrations WHERE rolled_back_at IS NULL")
                .fetch_all(&mut db)
                .await?;
        if let Some(newer) = run.into_iter().find(|name| !KNOWN.contains(&name.as_str())) {
            return Err(ReadError::Newer(newer));
        }
    }
    let found =
        Found { servers: servers(&mut db).await?, categories: categories(&mut db).await?, tags: tags(&mut db).await? };
    db.close().await?;
    Ok(found)
}

/// The columns of each table.
type Columns = HashMap<String, Vec<String>>;

async fn columns(db: &mut SqliteConnection) -> sqlx::Result<Columns> {
    let rows: Vec<(String, String)> = sqlx::query_as(
        "SELECT t.name, c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table'",
    )
    .fetch_all(db)
    .await?;
    let mut columns = Columns::new();
    for (table, column) in rows {
        columns.entry(table).or_default().push(column);
    }
    Ok(columns)
}

fn check(columns: &Columns) -> Result<(), ReadError> {
    let has =
        |table: &str, column: &str| columns.get(table).is_some_and(|known| known.iter().any(|name| name == column));
    if !NEEDED
        .iter()
        .any(|(table, names)| names.iter().any(|name| name.contains(char::is_uppercase) && has(table, name)))
    {
        // Its tables had a prefix that could be chosen.
        let is_older = columns.keys().any(|table| table.ends_with("guilds") && has(table, "command_prefix"));
        return Err(if is_older { ReadError::Older } else { ReadError::Foreign });
    }
    let mut missing = Vec::new();
    for (table, names) in NEEDED {
        if columns.contains_key(*table) {
            let lacks = names.iter().filter(|name| !has(table, name));
            missing.extend(lacks.map(|name| format!("column {name} in {table}")));
        } else {
            missing.push(format!("table {table}"));
        }
    }
    if missing.is_empty() { Ok(()) } else { Err(ReadError::Incomplete(missing)) }
}

async fn servers(db: &mut SqliteConnection) -> sqlx::Result<Vec<SourceServer>> {
    let rows = sqlx::query(
        r#"SELECT CAST(g.id AS TEXT) AS id, CAST(g.locale AS TEXT) AS locale, CAST(g.blocklist AS TEXT) AS blocklist,
               CAST(g."workingHours" AS TEXT) AS hours, CAST(g."logChannel" AS TEXT) AS log,
               g."closeButton" IS TRUE AS close, g."claimButton" IS TRUE AS claim, g."staleAfter" IS NOT NULL AS stale,
               CAST(g."autoTag" AS TEXT) AS auto_tag, coalesce(t.last, 0) AS last, coalesce(t.tickets, 0) AS tickets,
               coalesce(t.open, 0) AS open
           FROM guilds g LEFT JOIN (
               SELECT "guildId" AS guild, max(CAST(number AS INTEGER)) AS last, count(*) AS tickets,
                   sum("open" IS TRUE) AS open FROM tickets GROUP BY "guildId"
           ) t ON t.guild = g.id ORDER BY length(g.id), g.id"#,
    )
    .fetch_all(db)
    .await?;
    let server = |row: &SqliteRow| {
        Ok(SourceServer {
            id: text(row, "id")?,
            locale: text(row, "locale")?,
            blocklist: text(row, "blocklist")?,
            working_hours: text(row, "hours")?,
            log_channel: row.try_get("log")?,
            close_button: row.try_get("close")?,
            claim_button: row.try_get("claim")?,
            closes_stale: row.try_get("stale")?,
            auto_tag: text(row, "auto_tag")?,
            last_number: row.try_get("last")?,
            tickets: count(row, "tickets")?,
            open_tickets: count(row, "open")?,
        })
    };
    rows.iter().map(server).collect()
}

async fn categories(db: &mut SqliteConnection) -> sqlx::Result<Vec<SourceCategory>> {
    let rows = sqlx::query(
        r#"SELECT id, CAST("guildId" AS TEXT) AS guild, CAST(name AS TEXT) AS name,
               CAST(description AS TEXT) AS description, CAST(emoji AS TEXT) AS emoji, CAST(image AS TEXT) AS image,
               CAST("openingMessage" AS TEXT) AS opening_message, CAST("channelName" AS TEXT) AS channel_name,
               CAST("staffRoles" AS TEXT) AS staff_roles, CAST("pingRoles" AS TEXT) AS ping_roles, CAST("requiredRoles" AS TEXT) AS required_roles,
               iif(typeof("memberLimit") = 'integer', "memberLimit", NULL) AS member_limit,
               iif(typeof("totalLimit") = 'integer', "totalLimit", NULL) AS total_limit,
               iif(typeof(cooldown) = 'integer', cooldown, NULL) AS cooldown,
               iif(typeof(ratelimit) = 'integer', ratelimit, NULL) AS slow_mode, claiming IS TRUE AS claiming,
               "enableFeedback" IS TRUE AS feedback, "requireTopic" IS TRUE AS asks_topic,
               CAST("customTopic" AS TEXT) AS topic_question
           FROM categories ORDER BY id"#,
    )
    .fetch_all(&mut *db)
    .await?;
    let mut questions = questions(db).await?;
    let mut category = |row: &SqliteRow| {
        let id = row.try_get("id")?;
        Ok(SourceCategory {
            id,
            guild: text(row, "guild")?,
            name: text(row, "name")?,
            description: text(row, "description")?,
            emoji: text(row, "emoji")?,
            image: text(row, "image")?,
            opening_message: text(row, "opening_message")?,
            channel_name: text(row, "channel_name")?,
            staff_roles: text(row, "staff_roles")?,
            ping_roles: text(row, "ping_roles")?,
            required_roles: text(row, "required_roles")?,
            member_limit: row.try_get("member_limit")?,
            total_limit: row.try_get("total_limit")?,
            cooldown: row.try_get("cooldown")?,
            slow_mode: row.try_get("slow_mode")?,
            claiming: row.try_get("claiming")?,
            feedback: row.try_get("feedback")?,
            asks_topic: row.try_get("asks_topic")?,
            topic_question: text(row, "topic_question")?,
            questions: questions.remove(&id).unwrap_or_default(),
        })
    };
    rows.iter().map(&mut category).collect()
}

/// The questions of each category, in their order.
async fn questions(db: &mut SqliteConnection) -> sqlx::Result<HashMap<i64, Vec<SourceQuestion>>> {
    let rows = sqlx::query(
        r#"SELECT CAST("categoryId" AS INTEGER) AS category, CAST(type AS TEXT) AS kind, CAST(label AS TEXT) AS label,
               CAST(placeholder AS TEXT) AS placeholder, CAST(value AS TEXT) AS value, required IS TRUE AS required,
               iif(typeof(style) = 'integer', style, NULL) AS style,
               iif(typeof("minLength") = 'integer', "minLength", NULL) AS least,
               iif(typeof("maxLength") = 'integer', "maxLength", NULL) AS most, CAST(options AS TEXT) AS options
           FROM questions ORDER BY "order", rowid"#,
    )
    .fetch_all(db)
    .await?;
    let mut questions: HashMap<i64, Vec<SourceQuestion>> = HashMap::new();
    for row in &rows {
        questions.entry(row.try_get("category")?).or_default().push(SourceQuestion {
            kind: text(row, "kind")?,
            label: text(row, "label")?,
            placeholder: text(row, "placeholder")?,
            value: text(row, "value")?,
            required: row.try_get("required")?,
            style: row.try_get("style")?,
            least: row.try_get("least")?,
            most: row.try_get("most")?,
            options: text(row, "options")?,
        });
    }
    Ok(questions)
}

async fn tags(db: &mut SqliteConnection) -> sqlx::Result<Vec<SourceTag>> {
    let rows = sqlx::query(
        r#"SELECT id, CAST("guildId" AS TEXT) AS guild, CAST(name AS TEXT) AS name, CAST(content AS TEXT) AS content,
               coalesce(regex, '') <> '' AS answers FROM tags ORDER BY id"#,
    )
    .fetch_all(db)
    .await?;
    let tag = |row: &SqliteRow| {
        Ok(SourceTag {
            id: row.try_get("id")?,
            guild: text(row, "guild")?,
            name: text(row, "name")?,
            content: text(row, "content")?,
            answers: row.try_get("answers")?,
        })
    };
    rows.iter().map(tag).collect()
}

/// An empty column is an empty text.
fn text(row: &SqliteRow, column: &str) -> sqlx::Result<String> {
    row.try_get::<Option<String>, _>(column).map(Option::unwrap_or_default)
}

fn count(row: &SqliteRow, column: &str) -> sqlx::Result<u64> {
    row.try_get::<i64, _>(column).map(|count| u64::try_from(count).unwrap_or(0))
}
