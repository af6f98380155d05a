//! What people write, what would change by it, and what they read of their mistakes.

use super::*;
use crate::domain::form::KINDS;

/// The file of the town, with one line changed.
fn edited(from: &str, to: &str) -> String {
    let text = write(&town(), &directory(1_000));
    assert!(text.contains(from), "{text}");
    text.replacen(from, to, 1)
}

#[test]
fn an_unchanged_file_changes_nothing() {
    let text = write(&town(), &directory(1_000));

    assert_eq!(compared(&town(), &text), Ok(String::new()));
}

#[test]
fn a_file_explains_every_setting_once_and_shows_only_what_is_set() {
    let mut config = town();
    config.inboxes[1].settings.opening.member_limit = 3;
    config.inboxes[1].settings.beginning.starter = Some("Hello $author,\n\nplease wait.".to_owned());

    let text = write(&config, &directory(1_000));

    assert_eq!(text.matches("#member_limit = 1\n").count(), 1, "{text}");
    assert!(text.contains("# Tickets per member: How many open tickets a member can have"), "{text}");
    assert!(text.contains("(0 to 1000; default:\n# 1)") || text.contains("(0 to 1000; default: 1)"), "{text}");
    let (_, second) = text.split_once("number = 2\n").unwrap();
    let (second, _) = second.split_once("\n[[inbox]]").unwrap();
    assert_eq!(
        second,
        "on_panel = 1\nstaff = [\n    \"@Role 11 (1011)\",\n    \"member 77\",\n]\n\n[inbox.opening]\ndestination = \
         \"#channel-1 (1001)\"\nmember_limit = 3\n\n[inbox.beginning]\nstarter = \"\"\"\nHello $author,\n\nplease wait.\"\"\"\n"
    );
    assert!(text.lines().all(|line| line.chars().count() <= 130), "{text}");
}

#[test]
fn what_a_change_means_is_read_before_it_is_made() {
    let cases = [
        (
            edited("#member_limit = 1\n", "member_limit = 5\n"),
            "Inbox 1 (Create Ticket)\n- opening.member_limit = 1\n+ opening.member_limit = 5\n",
        ),
        (edited("#starter = ", "starter = \"Hi\"\n#old = "), "Inbox 1 (Create Ticket)\n+ beginning.starter = \"Hi\"\n"),
        (
            edited("    \"member 77\",\n", "    \"@Role 12\",\n"),
            "Inbox 1 (Create Ticket)\n- staff: member 77\n+ staff: @Role 12 (1012)\nFound here by their names\n  @Role 12 → @Role 12 (1012)\n",
        ),
        (
            edited("destination = \"#channel-1 (1001)\"", "destination = \"<#1002>\""),
            "Inbox 1 (Create Ticket)\n- opening.destination = \"#channel-1 (1001)\"\n+ opening.destination = \"#channel-2 (1002)\"\n",
        ),
        (edited("number = 1\n# The number of the panel", "number = 1\n# The number"), ""),
    ];
    for (text, expected) in cases {
        assert_eq!(compared(&town(), &text), Ok(expected.to_owned()), "{text}");
    }
}

#[test]
fn inboxes_come_and_go_and_change_places() {
    let short = |inboxes: &[&str]| {
        let head = "format = 1\n[server]\nid = \"1000\"\n";
        let rest = inboxes.iter().map(|inbox| {
            format!("[[inbox]]\n{inbox}\nstaff = [\"role 1011\", \"member 77\"]\nopening.destination = \"1001\"\n")
        });
        head.to_owned() + &rest.collect::<String>()
    };
    let (one, two, three) = ("number = 1\non_panel = 1", "number = 2\non_panel = 1", "number = 3");

    assert_eq!(compared(&town(), &short(&[one, two, three])), Ok(String::new()));
    assert_eq!(compared(&town(), &short(&[three, one, two])), Ok(String::new()), "only the order on a panel counts");
    assert_eq!(
        compared(&town(), &short(&[two, one, three])),
        Ok("Panel 1 in #channel-1 (1001) shows its inboxes in this order: 2 (Create Ticket), 1 (Create Ticket)\n"
            .to_owned())
    );
    assert_eq!(
        compared(&town(), &short(&[one, two])),
        Ok("Inbox 3 (Create Ticket) is deleted. Its 2 open tickets stay as they are, without an inbox, and can be closed as usual.\n"
            .to_owned())
    );
    assert_eq!(
        compared(&town(), &short(&[one, two, three, "on_panel = 1"])),
        Ok("A new inbox (line 18)\n+ on_panel = 1\n+ staff: @Role 11 (1011)\n+ staff: member 77\n+ opening.destination = \
            \"#channel-1 (1001)\"\n"
            .to_owned())
    );
    let emptied = compared(&town(), &short(&["number = 1", "number = 2", three])).unwrap();
    assert!(
        emptied.contains("Inbox 1 (Create Ticket)\n- on_panel = 1\n")
            && emptied.contains("Panel 1 is deleted, with its message in"),
        "{emptied}"
    );
}

#[test]
fn every_mistake_is_named_with_its_line_and_key() {
    let head = "format = 1\n[server]\nid = \"1000\"\n[[inbox]]\nnumber = 1\n";
    let place = "opening.destination = \"1001\"\n";
    let cases: [(String, &[&str]); 24] = [
        ("format = 1\n[server\n".to_owned(), &["Line 2: this is no TOML"]),
        ("format = 2\n[server]\nid = \"1000\"\n".to_owned(), &["Line 1, `format`: I can read format 1 only, not 2"]),
        ("format = 1\n".to_owned(), &["Line 1, `server`: this must be given"]),
        ("format = 1\n[server]\n".to_owned(), &["Line 2, `server.id`: this must be given"]),
        ("format = 1\n[server]\nid = \"anna\"\n".to_owned(), &["Line 3, `server.id`: this must be the id of a server"]),
        (head.to_owned(), &["Line 4, `inbox.opening.destination`: this must be given"]),
        (
            format!("{head}{place}opening.member_limt = 3\n"),
            &["Line 7, `inbox.opening.member_limt`: I know no such key; did you mean `inbox.opening.member_limit`?"],
        ),
        (format!("{head}{place}nonsense = 3\n"), &["Line 7, `inbox.nonsense`: I know no such key; remove it"]),
        (format!("{head}{place}opening.member_limit = 1001\n"), &["a whole number from 0 to 1000"]),
        (format!("{head}{place}opening.member_limit = \"3\"\n"), &["a whole number from 0 to 1000"]),
        (format!("{head}{place}closing.delete_days = 91\n"), &["a whole number from 0 to 90"]),
        (format!("{head}{place}closing.ask_reason = \"maybe\"\n"), &["one of \"never\", \"optional\", \"always\""]),
        (format!("{head}{place}beginning.close_button = 1\n"), &["this must be `true` or `false`"]),
        (format!("{head}{place}beginning.starter = 1\n"), &["this must be a text in quotes"]),
        (
            format!("{head}{place}beginning.ticket_name = \"{}\"\n", "x".repeat(101)),
            &["this text may have at most 100 characters"],
        ),
        (format!("{head}{place}beginning.starter = \"{}\"\n", "$author".repeat(250)), &["too long with the mentions"]),
        (format!("{head}opening.destination = \"#nowhere\"\n"), &["nothing is called “nowhere” in this server"]),
        (format!("{head}opening.destination = \"1099\"\n"), &["nothing with the id 1099"]),
        (
            format!("{head}{place}staff = [\"77\", \"role 1000\", \"member 5\", \"member 5\"]\n"),
            &[
                "Line 7, `inbox.staff`: this must be a role such as",
                "nothing with the id 1000",
                "stands in the list twice",
            ],
        ),
        (format!("{head}{place}[[inbox]]\nnumber = 9\n{place}"), &["there is no inbox 9 in this server"]),
        (
            format!("{head}{place}[[inbox]]\nnumber = 1\n{place}"),
            &["Line 8, `inbox.number`: inbox 1 stands in the file twice"],
        ),
        (format!("{head}on_panel = 7\n{place}"), &["there is no panel 7 in this server"]),
        (format!("{head}{place}[[panel]]\nnumber = 1\nchannel = \"1002\"\n"), &["a panel stays in its channel"]),
        ("format = 1\nserver = 3\ninbox = 4\n".to_owned(), &["Line 2, `server`: this must be a table"]),
    ];
    for (text, expected) in cases {
        let problems = compared(&town(), &text).expect_err(&text);
        for expected in expected {
            assert!(problems.iter().any(|problem| problem.contains(expected)), "{expected}: {problems:#?}\n{text}");
        }
    }
}

#[test]
fn a_file_has_bounds() {
    let directory = directory(1_000);
    let current = town();
    let problem = |bytes: &[u8]| {
        let problems = read(bytes, bounds(&current, &directory)).unwrap_err();
        problems.iter().map(|problem| problem.render(&Locale::default())).collect::<Vec<_>>()
    };
    assert_eq!(problem(&vec![b'#'; MAX_SIZE + 1]), ["Line 1: the file is larger than 256 KiB"]);
    assert_eq!(problem(b"\xff"), ["Line 1: the file is no text in UTF-8"]);
    assert_eq!(problem(b"format = 1\r\n\n# caf\xe9\n"), ["Line 3: the file is no text in UTF-8"]);
    let inbox = "[[inbox]]\nopening.destination = \"1001\"\n";
    let many = format!("format = 1\n[server]\nid = \"1000\"\n{}", inbox.repeat(251));
    assert_eq!(problem(many.as_bytes()), ["Line 504, `inbox`: a server can have at most 250 inboxes"]);
    let wrong = format!("format = 1\n[server]\nid = \"1000\"\n{}", "[[inbox]]\nx = 1\n".repeat(240));
    assert_eq!(problem(wrong.as_bytes()).len(), super::super::read::MOST_PROBLEMS);
}

#[test]
fn what_is_stored_already_is_accepted_whatever_it_is() {
    let mut odd = town();
    odd.inboxes[0].settings.opening.member_limit = 5_000;
    odd.inboxes[0].settings.destination = ChannelId::new(4);
    odd.inboxes[0].settings.log.channel = Some(ChannelId::new(5));
    odd.inboxes[0].staff.push(StaffMember::Role(RoleId::new(6)));
    let text = write(&odd, &directory(1_000));

    assert_eq!(compared(&odd, &text), Ok(String::new()));
    let problems = compared(&town(), &text).unwrap_err();
    assert_eq!(problems.len(), 4, "{problems:#?}");
}

#[test]
fn the_file_of_another_server_adds_its_inboxes_and_deletes_nothing() {
    let other = directory(2_000);
    let mut config = town();
    for inbox in &mut config.inboxes {
        inbox.settings.destination = ChannelId::new(2_003);
        inbox.staff = vec![StaffMember::Role(RoleId::new(2_012))];
    }
    config.inboxes.truncate(1);
    config.inboxes[0].panel = None;
    config.panels.clear();
    let text =
        Export { guild: GuildId::new(2_000), locale: &Locale::default(), config: &config, directory: &other }.write();

    let shown = compared(&town(), &text).unwrap();

    assert!(shown.starts_with("A new inbox (line "), "{shown}");
    assert!(shown.contains("+ opening.destination = \"#channel-3 (1003)\"\n"), "{shown}");
    assert!(
        shown.contains(
            "Found here by their names\n  #channel-3 (2003) → #channel-3 (1003)\n  @Role 12 (2012) → @Role 12 (1012)\n"
        ),
        "{shown}"
    );
    let with_member = text.replace("\"@Role 12 (2012)\"", "\"member 5\"");
    assert!(compared(&town(), &with_member).unwrap_err()[0].contains("in the same server only"));
    let nothing = Directory::default();
    let current = town();
    let problems = read(text.as_bytes(), bounds(&current, &nothing)).unwrap_err();
    assert!(problems[0].render(&Locale::default()).contains("the file of another server"), "{problems:#?}");
}

#[test]
fn the_examples_of_the_document_can_be_imported() {
    let document = include_str!("../../../docs/configuration.md");
    let (_, section) = document.split_once("## Questions and answers").unwrap();
    let (section, _) = section.split_once("\n## ").unwrap();
    let examples: Vec<&str> = section.split("```toml").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    assert_eq!(examples.len(), 2);

    for example in examples {
        let inbox = "[[inbox]]\nnumber = 1\non_panel = 1\nopening.destination = \"1001\"\n";
        let text = format!("format = 1\n[server]\nid = \"1000\"\n{inbox}{example}");
        assert!(compared(&town(), &text).is_ok(), "{:?}", compared(&town(), &text));
    }
    for kind in KINDS {
        assert!(section.contains(&format!("`\"{kind}\"`")), "the document does not describe {kind}");
    }
}
