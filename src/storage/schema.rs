//! Compares the tables of a database with those that our migrations create.

use std::collections::BTreeSet;

use sqlx::SqliteConnection;
use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};

use super::Result;
use super::inspect::Lineage;
use super::open::MIGRATIONS;

/// The prefix of index names here.
pub(super) const INDEX: &str = "index ";

/// The tables, columns and indexes that are missing in a database with these migrations, by name. Additional objects
/// are ignored.
pub(super) async fn missing(connection: &mut SqliteConnection, lineage: &Lineage) -> Result<Vec<String>> {
    let Lineage::Ours { latest: Some(latest), .. } = lineage else { return Ok(Vec::new()) };
    let found = objects(connection).await?;
    let expected = expected(*latest).await?;
    Ok(expected.difference(&found).cloned().collect())
}

/// Runs the migrations on an empty database in memory.
async fn expected(latest: i64) -> Result<BTreeSet<String>> {
    // Each connection in memory has its own database.
    let empty =
        SqlitePoolOptions::new().max_connections(1).connect_with(SqliteConnectOptions::new().in_memory(true)).await?;
    let ours = MIGRATIONS.iter().filter(|migration| migration.version <= latest).cloned().collect();
    Migrator::with_migrations(ours).run(&empty).await?;
    objects(&mut *empty.acquire().await?).await
}

async fn objects(connection: &mut SqliteConnection) -> Result<BTreeSet<String>> {
    let names: Vec<String> = sqlx::query_scalar(
        "SELECT type || ' ' || name || CASE type
             WHEN 'index' THEN (SELECT ' (' || group_concat(name) || ')' FROM pragma_index_info(o.name)) ELSE '' END
         FROM sqlite_master o WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
         UNION ALL
         SELECT 'column ' || o.name || '.' || c.name FROM sqlite_master o JOIN pragma_table_info(o.name) c
         WHERE o.type = 'table'",
    )
    .fetch_all(connection)
    .await?;
    Ok(names.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use sqlx::{AssertSqlSafe, ConnectOptions as _};

    use super::*;

    #[tokio::test]
    async fn whatever_is_dropped_is_missing_and_whatever_is_added_is_not_minded() {
        for (change, expected) in [
            ("CREATE TABLE notes (id INTEGER); CREATE INDEX mine ON ticket (id)", &[][..]),
            ("DROP TABLE inbox_staff", &["column inbox_staff.inbox_id", "table inbox_staff"]),
            ("ALTER TABLE setting RENAME COLUMN value TO other", &["column setting.value"]),
        ] {
            let mut db = SqliteConnectOptions::new().in_memory(true).connect().await.unwrap();
            MIGRATIONS.run(&mut db).await.unwrap();
            let lineage = Lineage::Ours { latest: MIGRATIONS.iter().map(|one| one.version).max(), pending: Vec::new() };
            assert_eq!(missing(&mut db, &lineage).await.unwrap(), Vec::<String>::new());

            sqlx::raw_sql(AssertSqlSafe(change.to_owned())).execute(&mut db).await.unwrap();

            let missing = missing(&mut db, &lineage).await.unwrap();
            for name in expected {
                assert!(missing.contains(&(*name).to_owned()), "{change}: {missing:?}");
            }
            assert_eq!(missing.is_empty(), expected.is_empty(), "{change}: {missing:?}");
        }
    }

    #[tokio::test]
    async fn an_index_that_is_gone_or_has_other_columns_is_missing() {
        let mut db = SqliteConnectOptions::new().in_memory(true).connect().await.unwrap();
        MIGRATIONS.run(&mut db).await.unwrap();
        let lineage = Lineage::Ours { latest: MIGRATIONS.iter().map(|one| one.version).max(), pending: Vec::new() };
        let index: String =
            sqlx::query_scalar("SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
                .fetch_one(&mut db)
                .await
                .unwrap();

        sqlx::raw_sql(AssertSqlSafe(format!("DROP INDEX {index}"))).execute(&mut db).await.unwrap();

        let missing = missing(&mut db, &lineage).await.unwrap();
        assert!(missing.len() == 1 && missing[0].starts_with(&format!("{INDEX}{index} (")), "{missing:?}");
    }
}
