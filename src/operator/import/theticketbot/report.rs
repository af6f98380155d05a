//! The operator's report on a move from theticketbot. Ids, numbers and reasons only: no texts, no names.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use super::super::Stage;
use super::their_config::TheirConfig;
use crate::domain::ids::GuildId;
use crate::domain::import::{Counts, Found, Outcome, Plan, Remark, Subject, Trouble};

/// How many remarks per server are listed; the rest is counted.
const MOST_REMARKS: usize = 20;

/// The servers in turn: what is taken over and what is not.
pub(super) fn servers(stage: Stage, source: &Path, found: &Found, plan: &Plan, outcome: &Outcome) -> String {
    let mut out = format!("theticketbot's database {} (schema {})\n", source.display(), found.schema);
    let named = plan.remarks.iter().filter_map(|remark| remark.guild);
    let guilds: BTreeSet<GuildId> = outcome.keys().copied().chain(named).collect();
    for guild in guilds {
        let _ = writeln!(out, "\nserver {guild}");
        server(&mut out, stage, outcome.get(&guild).copied().unwrap_or_default());
        remarks(&mut out, plan, Some(guild));
    }
    if plan.remarks.iter().any(|remark| remark.guild.is_none()) {
        out.push_str("\nwithout a server\n");
        remarks(&mut out, plan, None);
    }
    if plan.inboxes.is_empty() && plan.tickets.is_empty() {
        out.push_str("\nThere is nothing in it to take over.\n");
    }
    if found.ghosts > 0 {
        let _ = writeln!(out, "\nNot looked at: {} channel rows of theticketbot that are no channels.", found.ghosts);
    }
    out
}

fn server(out: &mut String, stage: Stage, counts: Counts) {
    let done = stage.words();
    let mut line = |name: &str, new: u64, known: u64| {
        let known = if known == 0 { String::new() } else { format!(", {known} here already and left as they are") };
        let _ = writeln!(out, "  {name:<8} {new} {done}{known}");
    };
    line("inboxes", counts.inboxes, counts.inboxes_known);
    line("staff", counts.staff, 0);
    line("tickets", counts.tickets, counts.tickets_known);
    if counts.counters_raised > 0 {
        let _ = writeln!(
            out,
            "  counters {} raised to theticketbot's, so that no number is given twice",
            counts.counters_raised
        );
    }
}

fn remarks(out: &mut String, plan: &Plan, guild: Option<GuildId>) {
    let remarks: Vec<&Remark> = plan.remarks.iter().filter(|remark| remark.guild == guild).collect();
    for remark in remarks.iter().take(MOST_REMARKS) {
        let subject = match remark.subject {
            Subject::Inbox(id) => format!("inbox {id}"),
            Subject::Ticket(id) => format!("ticket {id}"),
        };
        let _ = writeln!(out, "  {subject}: {}", words(remark.what));
    }
    let more = remarks.len().saturating_sub(MOST_REMARKS);
    if more > 0 {
        let left_out = remarks.iter().skip(MOST_REMARKS).filter(|remark| remark.what.leaves_out()).count();
        let _ = writeln!(out, "  and {more} more like these, of which {left_out} are left out");
    }
}

fn words(trouble: Trouble) -> &'static str {
    match trouble {
        Trouble::NoId => "left out, because its number cannot be an id of Discord's",
        Trouble::NoPlace => "left out, because its channel or its server is not recorded",
        Trouble::NoOwner => "left out, because its owner is not recorded",
        Trouble::Everyone => "without @everyone among its staff, who would be mentioned in each ticket",
        Trouble::NoMention => "without a member of its staff that is no mention",
        Trouble::TextCut => "with a text cut to what Discord takes",
        Trouble::NoInbox => "without an inbox, which is deleted or left out",
    }
}

/// The equivalent of its configuration in ticketbot's, which is (or will be) `ours`.
pub(super) fn configuration(theirs: Option<&TheirConfig>, ours: &Path) -> String {
    let Some(theirs) = theirs else {
        return format!(
            "No configuration of theticketbot was found, so its defaults hold, and they are ticketbot's too.\nUse the same \
             token in {}.\n",
            ours.display()
        );
    };
    let mut out = format!("theticketbot's configuration {}\n\n", theirs.file.display());
    let width = theirs.keys.iter().map(|(key, _)| key.len()).max().unwrap_or(0);
    for (key, meaning) in &theirs.keys {
        let _ = writeln!(out, "  {key:<width$}  {meaning}.");
    }
    if let Some(snippet) = theirs.snippet() {
        let _ = write!(out, "\nFor {}:\n\n{snippet}", ours.display());
    }
    out
}

/// What to do after the move.
pub(super) fn next(outcome: &Outcome) -> String {
    let tickets: u64 = outcome.values().map(|counts| counts.tickets).sum();
    let mut out =
        "Next: leave theticketbot stopped, since two bots with one token would both answer, and start ticketbot \
                   with the same token. The buttons that are posted keep working.\n"
            .to_owned();
    if tickets > 0 {
        let _ = writeln!(
            out,
            "It then asks Discord, about five times a second, what became of these {tickets} tickets; until that is known \
             they count as closed."
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::import::{SourceInbox, SourceTicket, plan};

    fn found(tickets: i64) -> Found {
        let inbox = SourceInbox { message: 5, channel: Some(3), guild: Some(1), limit: 1, ..SourceInbox::default() };
        let ticket = |thread| SourceTicket { thread, guild: Some(1), inbox: Some(5), owner: None };
        Found { schema: 7, inboxes: vec![inbox], tickets: (10..10 + tickets).map(ticket).collect(), ghosts: 2 }
    }

    #[test]
    fn each_server_has_its_numbers_and_each_row_that_stays_behind_its_reason() {
        let found = found(1);
        let counts = Counts { inboxes: 1, tickets_known: 3, counters_raised: 1, ..Counts::default() };

        let text = servers(
            Stage::Planned,
            Path::new("/x.db"),
            &found,
            &plan(&found),
            &Outcome::from([(GuildId::new(1), counts)]),
        );

        assert_eq!(
            text,
            "theticketbot's database /x.db (schema 7)\n\nserver 1\n  inboxes  1 to take over\n  staff    0 to take over\n  \
             tickets  0 to take over, 3 here already and left as they are\n  counters 1 raised to theticketbot's, so that no \
             number is given twice\n  ticket 10: left out, because its owner is not recorded\n\nNot looked at: 2 channel rows \
             of theticketbot that are no channels.\n"
        );
    }

    #[test]
    fn a_thousand_reasons_are_counted_not_listed() {
        let found = found(1000);

        let text = servers(Stage::Done, Path::new("/x.db"), &found, &plan(&found), &Outcome::new());

        assert_eq!(text.matches("its owner is not recorded").count(), MOST_REMARKS);
        assert!(text.contains("and 980 more like these, of which 980 are left out"), "{text}");
    }
}
