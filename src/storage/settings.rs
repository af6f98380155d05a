//! Values that the program stores about itself.

use super::{Database, Result};

pub async fn find(db: &Database, name: &str) -> Result<Option<String>> {
    sqlx::query_scalar("SELECT value FROM setting WHERE name = $1").bind(name).fetch_optional(&db.reader).await
}

pub async fn store(db: &Database, name: &str, value: &str) -> Result<()> {
    sqlx::query(
        "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    )
    .bind(name)
    .bind(value)
    .execute(&db.writer)
    .await?;
    Ok(())
}
