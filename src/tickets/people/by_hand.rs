//! People are added to tickets and removed with Discord's own tools, by somebody or by another bot: the log says so, as it
//! does of commands. Needs the events of messages; what happened while the bot was away is not logged.

use anyhow::Context as _;

use crate::app::App;
use crate::discord::event::PeopleChanged;
use crate::domain::happening::Happening;
use crate::error::Result;
use crate::journal;
use crate::storage::lifecycle;

/// Somebody was added to a thread, or removed from it, not by the bot.
pub async fn on_changed(app: &App, changed: PeopleChanged) -> Result<()> {
    let PeopleChanged { thread, by, who, added, .. } = changed;
    // Most threads are not tickets: read before taking the writer.
    let found = lifecycle::find(&app.db, thread).await.context("find the ticket of a thread")?;
    let Some(record) = found.filter(|record| record.opened_at.is_some()) else { return Ok(()) };
    let happening = if added { Happening::Added { by, who } } else { Happening::Removed { by, who } };
    let mut tx = app.db.begin_write().await.context("begin to log who was added or removed")?;
    let noted = journal::note(app, &mut tx, &record, happening).await?;
    tx.commit().await.context("commit who was added or removed")?;
    drop(noted);
    Ok(())
}
