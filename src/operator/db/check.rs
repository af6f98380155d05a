//! `ticketbot db check`.

use std::fmt::Write as _;

use super::files;
use crate::config::Settings;
use crate::database;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::storage::{self, Findings, Lineage, OpenError};

pub(super) async fn run(settings: &Settings) -> Result<(), Failure> {
    let path = &settings.database.path;
    let location = database::location(settings)?;
    files::require(path)?;
    let progress = Progress::at_terminal();
    progress.begin("Checking");
    let findings = storage::inspect(&location).await;
    progress.end();
    let findings = findings.map_err(|error| database::explain(path, &error))?;
    let encrypted = if location.key.is_some() { "yes" } else { "no" };
    super::super::print(&format!("{}\nencrypted:  {encrypted}\n{}", path.display(), describe(&findings)))?;
    match findings.lineage {
        Lineage::Foreign(owner) if findings.damage.is_empty() => {
            Err(database::explain(path, &OpenError::Foreign(owner)))
        }
        _ if findings.is_sound() => Ok(()),
        _ => Err(Failure::runtime(format!("The database {} is damaged", path.display())).help(database::RESTORE)),
    }
}

/// What was found, a line each.
fn describe(findings: &Findings) -> String {
    let mut text = String::new();
    let mut line = |content: String| {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{content}");
    };
    if findings.damage.is_empty() {
        line("pages:      sound".to_owned());
    }
    for damage in &findings.damage {
        line(format!("pages:      {}", damage.escape_debug()));
    }
    if !findings.damage.is_empty() {
        return text;
    }
    if findings.dangling.is_empty() {
        line("references: sound".to_owned());
    }
    for (table, count) in &findings.dangling {
        line(format!("references: {count} rows of {table} refer to what is not there"));
    }
    line(match &findings.lineage {
        Lineage::Ours { latest: None, .. } => "tables:     none yet".to_owned(),
        Lineage::Ours { latest: Some(latest), pending } if pending.is_empty() => {
            format!("tables:     up to date, migration {latest}")
        }
        Lineage::Ours { latest: Some(latest), pending } => {
            format!("tables:     migration {latest}; {} more at the next start", pending.len())
        }
        Lineage::Newer(version) => format!("tables:     of a newer version, migration {version}"),
        Lineage::Foreign(owner) => format!("tables:     {owner}"),
    });
    for object in &findings.missing {
        line(format!("missing:    {object}"));
    }
    let rows: u64 = findings
        .rows
        .iter()
        .filter(|(table, _)| !table.starts_with('_') && !table.starts_with("sqlite_"))
        .map(|(_, rows)| rows)
        .sum();
    line(format!("rows:       {rows}"));
    text
}
