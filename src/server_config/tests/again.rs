//! Files that are read again: later, from another system, after something that they name has gone.

use std::time::Duration;

use super::*;
use crate::domain::canned_reply::Name;
use crate::domain::embed::{Embed, address_of};
use crate::domain::first_message::TemplateFile;
use crate::domain::panel_content::PanelContent;
use crate::domain::server_config::{BlockConfig, InboxKey, ReplyConfig};

const HEAD: &str = "format = 1\n[server]\nid = \"1000\"\n";
const ELSEWHERE: &str = "format = 1\n[server]\nid = \"2000\"\n";

/// An inbox of a file, without a number or with one.
fn inbox(number: &str, more: &str) -> String {
    format!(
        "[[inbox]]\n{number}staff = [\"role 1011\", \"member 77\"]\n{more}opening.destination = \"#channel-1 (1001)\"\n"
    )
}

/// The inboxes of the town as they are.
fn all() -> String {
    ["number = 1\non_panel = 1\n", "number = 2\non_panel = 1\n", "number = 3\n"]
        .map(|number| inbox(number, ""))
        .concat()
}

#[test]
fn a_block_that_has_ended_since_the_file_was_written_changes_nothing() {
    let block = |user, seconds: Option<u64>| BlockConfig {
        user: UserId::new(user),
        inbox: None,
        ends_at: seconds.map(|seconds| NOW + Duration::from_secs(seconds)),
    };
    let then = ServerConfig { blocks: vec![block(1, Some(60)), block(2, Some(120)), block(3, None)], ..town() };
    let directory = directory(1_000);
    let text = write(&then, &directory);

    for (passed, left) in [(0, 3), (59, 3), (60, 2), (61, 2), (119, 2), (120, 1), (1_000_000, 1)] {
        let now = NOW + Duration::from_secs(passed);
        let mut current = then.clone();
        current.blocks.retain(|block| block.ends_at.is_none_or(|end| end > now));
        let found = read(text.as_bytes(), Bounds { now, ..bounds(&current, &directory) }).unwrap();
        assert_eq!(found.config.blocks.len(), left, "after {passed} s");
        let comparison = compare(&current, &found, &directory, &Locale::default(), &Counts::default());
        assert!(comparison.is_empty(), "after {passed} s: {}", comparison.render(&Locale::default(), Style::Plain));
    }
}

#[test]
fn a_block_that_stands_twice_is_a_mistake_at_any_time() {
    let block = |year: &str| format!("[[block]]\nmember = \"member 5\"\nends = {year}-01-01T00:00:00Z\n");
    for years in [["2020", "2030"], ["2030", "2020"], ["2020", "2020"]] {
        let text = format!("{HEAD}{}{}", all(), years.map(block).concat());
        let problems = compared(&town(), &text).unwrap_err();
        assert!(problems[0].contains("this block stands in the file twice"), "{problems:#?}");
    }
}

#[test]
fn line_ends_of_windows_change_neither_texts_nor_lines() {
    let mut config = town();
    config.inboxes[0].settings.beginning.starter = Some("Hello $author,\n\nplease wait.\n".to_owned());
    config.inboxes[1].settings.beginning.starter = Some("With \r\n of its own\n".to_owned());
    config.panels[0].content = Some(PanelContent { text: "Do you\nneed help?".to_owned(), ..PanelContent::default() });
    config.replies =
        vec![ReplyConfig { name: Name::parse("Hello").unwrap(), inbox: None, text: "Hello,\nand bye".to_owned() }];
    let text = write(&config, &directory(1_000));
    let windows = text.replace('\n', "\r\n");
    let mut is_odd = false;
    let mixed = text.split('\n').collect::<Vec<_>>().iter().fold(String::new(), |whole, line| {
        is_odd = !is_odd;
        whole + line + if is_odd { "\r\n" } else { "\n" }
    });
    for text in [windows, mixed, format!("\u{feff}{}", text.replace('\n', "\r\n"))] {
        assert_eq!(compared(&config, &text), Ok(String::new()), "{text}");
    }

    let wrong = format!("{HEAD}{}cooldown = \"\"\"\na\nb\"\"\"\n[[inbox]]\nnonsense = 1\n", inbox("number = 1\n", ""));
    let problems = compared(&town(), &wrong).unwrap_err();
    assert!(problems.len() > 1, "{problems:#?}");
    assert_eq!(compared(&town(), &wrong.replace('\n', "\r\n")), Err(problems));
}

/// A picture of a first message whose content is not here.
fn lost() -> TemplateFile {
    TemplateFile { name: "lost.png".to_owned(), description: None, size: 3, digest: "0b".repeat(32) }
}

fn written(file: &TemplateFile) -> String {
    format!("[[inbox.message.files]]\nname = \"{}\"\nsize = {}\ndigest = \"{}\"\n", file.name, file.size, file.digest)
}

#[test]
fn a_file_whose_content_is_gone_is_a_mistake_unless_it_stands_there_already() {
    let kept = TemplateFile { name: "kept.png".to_owned(), digest: digest(), ..lost() };
    let text = format!("{HEAD}{}{}{}", inbox("number = 1\n", ""), written(&kept), written(&lost()));
    let line = 1 + text.lines().position(|line| line == "name = \"lost.png\"").unwrap();

    let problems = compared(&town(), &text).unwrap_err();
    let start = format!("Line {}, `inbox.message.files`: I do not have the content of the file lost.png", line - 1);
    assert!(problems.len() == 1 && problems[0].starts_with(&start), "{start}: {problems:#?}");

    let mut with_both = town();
    with_both.inboxes[0].settings.message.files = vec![kept.clone(), lost()];
    let shown = compared(&with_both, &text).unwrap();
    assert!(!shown.contains("message.files"), "{shown}");
    let only_kept = format!("{HEAD}{}{}", inbox("number = 1\n", ""), written(&kept));
    assert!(compared(&town(), &only_kept).unwrap().contains("+ message.files: { name = \"kept.png\""));
}

#[test]
fn of_another_server_a_file_whose_content_is_not_here_is_left_out_with_its_picture_and_named() {
    let kept = TemplateFile { name: "kept.png".to_owned(), digest: digest(), ..lost() };
    let embed = |title: Option<&str>, name: &str| Embed {
        title: title.map(str::to_owned),
        image: Some(address_of(name)),
        ..Embed::default()
    };
    let embeds = [embed(Some("Welcome"), "lost.png"), embed(None, "lost.png"), embed(None, "kept.png")];
    let embeds = embeds.iter().map(|embed| {
        let lines: Vec<String> =
            entries::of_embed(embed).iter().map(|(key, value)| format!("{key} = {value}")).collect();
        format!("[[inbox.message.embeds]]\n{}\n", lines.join("\n"))
    });
    let inbox = "[[inbox]]\nopening.destination = \"#channel-1\"\n";
    let text = format!("{ELSEWHERE}{inbox}{}{}{}", embeds.collect::<String>(), written(&kept), written(&lost()));
    let (current, directory) = (town(), directory(1_000));

    let found = read(text.as_bytes(), bounds(&current, &directory)).unwrap();

    let new = found.config.inboxes.iter().find(|inbox| inbox.id.is_none()).unwrap();
    assert_eq!(new.settings.message.files, [kept]);
    let welcome = Embed { image: None, ..embed(Some("Welcome"), "lost.png") };
    assert_eq!(new.settings.message.embeds, [welcome, embed(None, "kept.png")]);
    let shown = compared(&current, &text).unwrap();
    assert!(shown.contains("Files of panels and first messages that are not taken over\n  lost.png\n"), "{shown}");
}

#[test]
fn a_text_of_a_panel_that_could_not_be_read_is_not_written_over() {
    let panel = |more: &str| format!("{HEAD}{}[[panel]]\nnumber = 1\n{more}", all());
    let unread = town();
    assert_eq!(compared(&unread, &panel("")), Ok(String::new()));
    for (more, key) in [("text = \"Hi\"\n", "text"), ("embeds = [{ title = \"Hi\" }]\n", "embeds")] {
        let problems = compared(&unread, &panel(more)).unwrap_err();
        assert!(problems[0].contains(&format!("`panel.{key}`: I could not read the message")), "{problems:#?}");

        let mut without_message = town();
        without_message.panels[0].message = None;
        assert_eq!(compared(&without_message, &panel(more)), Ok(String::new()), "there is nothing to write to");
        let at_the_command_line = Directory::default();
        let found = read(panel(more).as_bytes(), bounds(&unread, &at_the_command_line)).unwrap();
        assert_eq!(found.config.panels, unread.panels);
    }
}

#[test]
fn something_new_in_the_place_of_something_that_goes_is_pointed_out() {
    let sentence = "Is something new here one of those that are deleted?";
    let panel = "[[panel]]\nname = \"new\"\nchannel = \"1002\"\ntext = \"Hi\"\n";
    let two = [inbox("number = 1\non_panel = 1\n", ""), inbox("number = 2\non_panel = 1\n", "")].concat();
    let moved = ["number = 1\n", "number = 2\n"].map(|number| inbox(number, "on_panel = \"new\"\n")).concat();
    let cases = [
        (format!("{HEAD}{}{}", all(), inbox("", "")), false),
        (format!("{HEAD}{two}"), false),
        (format!("{HEAD}{two}{}", inbox("", "")), true),
        (format!("{HEAD}{panel}{}{}", all(), inbox("", "on_panel = \"new\"\n")), false),
        (format!("{HEAD}{panel}{moved}{}", inbox("number = 3\n", "")), true),
        (format!("{ELSEWHERE}{}", "[[inbox]]\nopening.destination = \"#channel-1\"\n"), false),
    ];
    for (text, expected) in cases {
        let shown = compared(&town(), &text).unwrap();
        assert_eq!(shown.contains(sentence), expected, "{text}\n{shown}");
    }
}

#[test]
fn inboxes_are_named_by_what_their_buttons_say() {
    let mut current = town();
    current.inboxes[0].settings.panel.label = Some("Orders *now*".to_owned());
    let reply = |inbox| ReplyConfig { name: Name::parse("a*b").unwrap(), inbox: Some(inbox), text: "Hi".to_owned() };
    current.replies = vec![reply(InboxKey::Known(InboxId::new(2)))];
    let block = |inbox| BlockConfig { user: UserId::new(5), inbox: Some(inbox), ends_at: None };
    current.blocks = vec![block(InboxKey::Known(InboxId::new(1)))];
    let mut wanted = current.clone();
    wanted.inboxes[0].settings.opening.cooldown = Duration::from_secs(5);
    wanted.inboxes[0].settings.closing.delete_days = 5;
    wanted.inboxes.swap(0, 1);
    wanted.replies = vec![reply(InboxKey::Known(InboxId::new(1)))];
    wanted.blocks = vec![block(InboxKey::Known(InboxId::new(3)))];
    let text = write(&wanted, &directory(1_000));
    let (directory, reader) = (directory(1_000), Locale::default());
    let found = read(text.as_bytes(), bounds(&current, &directory)).unwrap();

    let comparison = compare(&current, &found, &directory, &reader, &Counts::default());

    let plain = comparison.render(&reader, Style::Plain);
    for part in [
        "Inbox 1 (Orders *now*)\n",
        "in this order: 2 (Create Ticket), 1 (Orders *now*)\n",
        "Canned reply a*b\n- inbox = 2 # Create Ticket\n- text = \"Hi\"\n+ inbox = 1 # Orders *now*\n",
        "- member 5, inbox 1 (Orders *now*)\n+ member 5, inbox 3 (Create Ticket)\n",
        "Threads of inbox 1 (Orders *now*): none of a ticket",
    ] {
        assert!(plain.contains(part), "{part:?}: {plain}");
    }
    let markdown = comparison.render(&reader, Style::Markdown);
    for part in ["**Inbox 1 (Orders \\*now\\*)**\n", "1 (Orders \\*now\\*)\n", "**Canned reply** a\\*b\n"] {
        assert!(markdown.contains(part), "{part:?}: {markdown}");
    }
    let german = compare(&current, &found, &directory, &Locale::from_discord("de"), &Counts::default());
    assert!(german.render(&reader, Style::Plain).contains("2 (Ticket erstellen)"), "the server's words");
}
