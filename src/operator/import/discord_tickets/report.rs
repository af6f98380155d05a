//! The operator's report on a move from discord-tickets. Ids, numbers and reasons only: no texts, no names.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use super::super::Stage;
use crate::domain::discord_tickets::{Counts, MOST_INBOXES, Outcome, Plan, Remark, Subject, Trouble};
use crate::domain::ids::{GuildId, InboxId};

/// How many remarks per server are listed; the rest is counted.
const MOST_REMARKS: usize = 500;

/// What never comes over, and so is not named for each server.
const NEVER: &str = "\
Never taken over: transcripts, answers, topics and feedback of tickets; colors and footers; the language, which is \
Discord's for the server. Claiming a ticket does not hide it from the other staff.\n";

/// The servers in turn: what is taken over and what is not.
pub(super) fn servers(stage: Stage, source: &Path, plan: &Plan, outcome: &Outcome) -> String {
    let mut out = format!("discord-tickets' database {}\n", source.display());
    let named = plan.remarks.iter().filter_map(|remark| remark.guild);
    let guilds: BTreeSet<GuildId> = outcome.keys().copied().chain(named).collect();
    for guild in guilds {
        let _ = writeln!(out, "\nserver {guild}");
        server(&mut out, stage, outcome.get(&guild).unwrap_or(&Counts::default()));
        remarks(&mut out, plan, Some(guild));
    }
    if plan.remarks.iter().any(|remark| remark.guild.is_none()) {
        out.push_str("\nwithout a server\n");
        remarks(&mut out, plan, None);
    }
    if plan.servers.is_empty() {
        out.push_str("\nThere is nothing in it to take over.\n");
    }
    let _ = write!(out, "\n{NEVER}");
    out
}

fn server(out: &mut String, stage: Stage, counts: &Counts) {
    let done = stage.words();
    let mut line = |name: &str, new: u64, known: u64| {
        let known = if known == 0 { String::new() } else { format!(", {known} here already and left as they are") };
        let _ = writeln!(out, "  {name:<9} {new} {done}{known}");
    };
    line("inboxes", counts.inboxes(), counts.inboxes_known);
    line("staff", counts.staff, 0);
    line("questions", counts.questions, 0);
    line("replies", counts.replies, counts.replies_known);
    if counts.replies_refused > 0 {
        let _ = writeln!(
            out,
            "  replies   {} left out, because a reply of that name is here, or because there are too many",
            counts.replies_refused
        );
    }
    if counts.log {
        let _ = writeln!(out, "  log       its channel {done}");
    }
    if let Some(number) = counts.counter {
        let _ = writeln!(out, "  numbers   of new tickets go on after {number}");
    }
}

fn remarks(out: &mut String, plan: &Plan, guild: Option<GuildId>) {
    let remarks: Vec<&Remark> = plan.remarks.iter().filter(|remark| remark.guild == guild).collect();
    for remark in remarks.iter().take(MOST_REMARKS) {
        let subject = match remark.subject {
            Subject::Server => "the server".to_owned(),
            Subject::Category(id) => format!("category {id}"),
            Subject::Question(category, number) => format!("category {category}, question {number}"),
            Subject::Tag(id) => format!("tag {id}"),
        };
        let _ = writeln!(out, "  {subject}: {}", words(remark.what));
    }
    let more = remarks.len().saturating_sub(MOST_REMARKS);
    if more > 0 {
        let left_out = remarks.iter().skip(MOST_REMARKS).filter(|remark| remark.what.leaves_out()).count();
        let _ = writeln!(out, "  and {more} more like these, of which {left_out} are left out");
    }
}

fn words(trouble: Trouble) -> String {
    let text = match trouble {
        Trouble::NoId => "left out, because its number cannot be an id of Discord's",
        Trouble::NoServer => "left out, because its server is not recorded",
        Trouble::TooManyCategories => {
            return format!("left out, because only the first {MOST_INBOXES} of a server are taken over");
        }
        Trouble::NoInbox => "left out, because the server has no inbox",
        Trouble::Blank => "left out, because there is nothing to read in it",
        Trouble::Unfit => "left out, because Discord would refuse it",
        Trouble::TextCut => "with a text cut to what fits",
        Trouble::Unfilled => {
            "with a placeholder in its first message that is not filled in here, and stands there as it was written"
        }
        Trouble::Emoji => "without an emoji",
        Trouble::Image => "without the picture of its first message",
        Trouble::NoList => "without roles or hours that cannot be read",
        Trouble::NoRole => "without a role that cannot be an id of Discord's",
        Trouble::TooManyRoles => "with the first 25 roles of a list only",
        Trouble::NoLog => "without its log, whose channel cannot be an id of Discord's",
        Trouble::NoNumber => "with ticketbot's default for a number that is none",
        Trouble::Clamped => "with a number brought into ticketbot's range",
        Trouble::Everyone => "without @everyone among its staff, who would be mentioned in each ticket",
        Trouble::MentionsAll => {
            "all of its staff are mentioned in new tickets, because that adds them; there, none or only some were"
        }
        Trouble::PingedOthers => "without roles that were mentioned in new tickets and are no staff",
        Trouble::AnyRole => "one of its required roles is enough; there, members needed all of them",
        Trouble::Paused => "paused, because nobody could open its tickets there",
        Trouble::SlowMode => "without the slow mode of its tickets",
        Trouble::Feedback => "without asking for feedback",
        Trouble::ChannelTopic => "without an answer as topic, which threads do not have",
        Trouble::TooManyQuestions => "with its first five questions only",
        Trouble::Prefilled => "without the text that stood in its field already",
        Trouble::Choices => "without entries that are blank, there twice, or beyond 25",
        Trouble::UnknownZone => "without its working hours, whose time zone is not known",
        Trouble::NeverOpen => "without its working hours, in which nobody works",
        Trouble::Overnight => {
            "working hours that end before they begin cross midnight; there, they counted for nothing"
        }
        Trouble::Stale => "without closing tickets in which nobody writes",
        Trouble::AutoTag | Trouble::Answers => "without answering messages by itself; staff post replies with /reply",
        Trouble::OpenTickets(count) => {
            return format!("without its open tickets ({count}), which are channels: close them with discord-tickets");
        }
        Trouble::ClosedTickets(count) => return format!("without its closed tickets ({count})"),
    };
    text.to_owned()
}

/// What to do after the move.
pub(super) fn next(outcome: &Outcome) -> String {
    let mut out = "\
Next: start ticketbot, and invite it within 30 days to servers that it is not in. A ticket is a thread in a text channel \
here, not a channel in a category: an inbox opens tickets as soon as an admin has chosen its channel. In each \
server, an admin types for each inbox\n
  /inbox destination channel:#… inbox:NUMBER\n
and then, for each panel, the following with the number of its first inbox, and selects the message that it shows:\n
  /inbox repost inbox:NUMBER channel:#…\n
Then delete the messages with the buttons of discord-tickets, and stop it: with the same token both would answer.\n"
        .to_owned();
    for (guild, counts) in outcome.iter().filter(|(_, counts)| counts.inboxes() > 0) {
        let _ = writeln!(out, "\nserver {guild}");
        for panel in &counts.panels {
            let _ = writeln!(out, "  a panel with {}", listed(panel));
        }
    }
    out
}

fn listed(panel: &[(i64, InboxId)]) -> String {
    let inboxes = panel.iter().map(|(category, inbox)| format!("inbox {inbox} (category {category})"));
    inboxes.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_server_has_its_numbers_and_what_does_not_come_over_has_its_reason() {
        let guild = GuildId::new(1);
        let remark = |subject, what| Remark { guild: Some(guild), subject, what };
        let remarks = vec![
            remark(Subject::Server, Trouble::OpenTickets(3)),
            remark(Subject::Question(4, 2), Trouble::Unfit),
            Remark { guild: None, subject: Subject::Category(9), what: Trouble::NoServer },
        ];
        let counts = Counts {
            panels: vec![vec![(4, InboxId::new(7)), (5, InboxId::new(8))]],
            replies_known: 2,
            replies_refused: 1,
            log: true,
            counter: Some(57),
            ..Counts::default()
        };
        let outcome = Outcome::from([(guild, counts)]);

        let text = servers(Stage::Planned, Path::new("/x.db"), &Plan { servers: Vec::new(), remarks }, &outcome);

        assert_eq!(
            text,
            format!(
                "discord-tickets' database /x.db\n\nserver 1\n  inboxes   2 to take over\n  staff     0 to take over\n  \
                 questions 0 to take over\n  replies   0 to take over, 2 here already and left as they are\n  replies   1 \
                 left out, because a reply of that name is here, or because there are too many\n  log       its channel to \
                 take over\n  numbers   of new tickets go on after 57\n  the server: without its open tickets (3), which are \
                 channels: close them with discord-tickets\n  category 4, question 2: left out, because Discord would \
                 refuse it\n\nwithout a server\n  category 9: left out, because its server is not recorded\n\nThere is \
                 nothing in it to take over.\n\n{NEVER}"
            )
        );
        assert!(next(&outcome).contains("server 1\n  a panel with inbox 7 (category 4), inbox 8 (category 5)\n"));
    }
}
