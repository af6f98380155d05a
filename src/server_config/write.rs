//! Writes the configuration of a server as a file that explains itself.
//!
//! Only what differs from the default is a value. The other settings of the server and of the first inbox stand there as
//! comments, with what they mean, what they may be and their default; further inboxes leave them out.

use std::fmt::Write as _;

use super::directory::Directory;
use super::spelling::{self, About, name_in_group, written};
use super::{FORMAT, entries, keys};
use crate::domain::ids::GuildId;
use crate::domain::panel_content::PanelContent;
use crate::domain::server_config::{BlockConfig, InboxConfig, InboxKey, PanelConfig, ReplyConfig, ServerConfig};
use crate::domain::settings::{Control, Setting, SettingGroup, SettingValue, Settings};
use crate::i18n::Locale;

/// The width of comments.
const WIDTH: usize = 100;

/// What a file is written from.
#[derive(Debug, Clone, Copy)]
pub struct Export<'a> {
    pub guild: GuildId,
    /// The language of the server's default texts.
    pub locale: &'a Locale,
    pub config: &'a ServerConfig,
    pub directory: &'a Directory,
}

impl Export<'_> {
    /// The file. Equal configurations make equal files.
    pub fn write(&self) -> String {
        let mut file = File(String::new());
        write_head(&mut file);
        file.blank();
        file.line(&format!("[{}]", keys::SERVER));
        file.value(keys::ID, &spelling::text(&self.guild.to_string()));
        self.write_settings(&mut file, keys::SERVER, &self.config.server, true);
        for panel in &self.config.panels {
            self.write_panel(&mut file, panel);
        }
        for (at, inbox) in self.config.inboxes.iter().enumerate() {
            self.write_inbox(&mut file, inbox, at == 0);
        }
        for reply in &self.config.replies {
            write_reply(&mut file, reply);
        }
        for block in &self.config.blocks {
            write_block(&mut file, block);
        }
        file.0
    }

    fn write_panel(&self, file: &mut File, panel: &PanelConfig) {
        file.blank();
        file.line(&format!("[[{}]]", keys::PANEL));
        file.value(keys::NUMBER, &panel.id.to_string());
        file.value(keys::CHANNEL, &spelling::text(&self.directory.write_channel(panel.channel)));
        file.value(keys::STYLE, &spelling::text(panel.style.as_str()));
        match &panel.content {
            _ if panel.message.is_none() && !panel.is_new() => {
                file.comment("Its message was deleted; /inbox repost posts it again.");
            }
            Some(content) => write_content(file, content),
            None => file.comment("Its text is on Discord and was not read here. It stays as it is."),
        }
    }

    fn write_inbox(&self, file: &mut File, inbox: &InboxConfig, explains: bool) {
        file.blank();
        file.line(&format!("[[{}]]", keys::INBOX));
        if !explains {
            file.comment("Settings without a line have their defaults; all of them stand at the first inbox.");
        }
        if let Some(number) = inbox.id {
            file.value(keys::NUMBER, &number.to_string());
        }
        if explains {
            file.comment("The number of the panel that shows it; without this line it is on no panel.");
        }
        match inbox.panel {
            Some(panel) => file.value(keys::ON_PANEL, &panel.to_string()),
            None if explains => file.unset(keys::ON_PANEL, "1"),
            None => {}
        }
        if explains {
            file.comment("The roles and members who handle its tickets, in the order in which they are mentioned.");
        }
        let staff: Vec<String> =
            inbox.staff.iter().map(|member| spelling::text(&self.directory.write_staff(*member))).collect();
        match &staff[..] {
            [] if explains => file.unset(keys::STAFF, "[\"@name (id)\", \"member id\"]"),
            [] => {}
            [one] => file.value(keys::STAFF, &format!("[{one}]")),
            more => file.value(keys::STAFF, &format!("[\n    {},\n]", more.join(",\n    "))),
        }
        self.write_settings(file, keys::INBOX, &inbox.settings, explains);
    }

    /// `explains`: all of them, those with their defaults as comments.
    fn write_settings<S: Settings>(&self, file: &mut File, scope: &str, settings: &S, explains: bool) {
        let defaults = settings.defaults();
        let is_own = |setting: &Setting<S>| setting.is_required() || setting.get(settings) != setting.get(&defaults);
        for group in S::Group::EACH {
            let shown = S::EACH.iter().filter(|setting| setting.group == *group && (explains || is_own(setting)));
            let shown: Vec<&Setting<S>> = shown.collect();
            // A group beside the settings, such as the staff, has none.
            if shown.is_empty() {
                continue;
            }
            file.blank();
            if explains {
                let (name, help) = spelling::about_group(*group);
                file.comment(&format!("{name}: {help}"));
            }
            file.line(&format!("[{scope}.{}]", group.key()));
            // Lists are tables of their own, and stand last.
            let (lists, lines): (Vec<_>, Vec<_>) =
                shown.into_iter().partition(|setting| matches!(setting.control(), Control::List { .. }));
            for setting in lines {
                let about = explains.then(|| About::setting(setting, &defaults, self.locale));
                if let Some(about) = &about {
                    file.comment(&about.sentence());
                }
                match about {
                    Some(about) if !is_own(setting) => file.unset(name_in_group(setting), &about.default),
                    _ => file.value(
                        name_in_group(setting),
                        &written(setting.control(), &setting.get(settings), self.directory),
                    ),
                }
            }
            for setting in lists {
                if explains {
                    file.comment(&About::setting(setting, &defaults, self.locale).sentence());
                }
                let SettingValue::List(each) = setting.get(settings) else { continue };
                let head = format!("[[{scope}.{}]]", setting.key);
                for entry in &each {
                    file.line(&head);
                    for (key, value) in entries::lines(entry) {
                        file.value(&key, &value);
                    }
                }
                if each.is_empty() {
                    for line in std::iter::once(head.as_str()).chain(entries::example(setting.key).iter().copied()) {
                        file.line(&format!("#{line}"));
                    }
                }
            }
        }
    }
}

fn write_head(file: &mut File) {
    file.comment("The configuration of ticketbot in one server: its settings, panels and inboxes.");
    file.comment("");
    file.comment(
        "To change it, edit this file and give it to /inbox import, or type: ticketbot config apply --guild ID FILE",
    );
    file.comment(
        "It stands for all of the configuration: an inbox that is not in it any more is deleted, and a setting \
         without a line has its default. Before anything changes you read what would change.",
    );
    file.comment(
        "Inboxes are known by their number; one without a number is new. The inboxes of a panel stand in the order \
         in which it shows them. Canned replies are known by their name.",
    );
    file.comment(
        "A channel is written \"#name (id)\", a role \"@name (id)\", a member \"member id\". The id counts; in another \
         server the name does.",
    );
    file.blank();
    file.value(keys::FORMAT, &FORMAT.to_string());
}

fn write_content(file: &mut File, content: &PanelContent) {
    file.value(keys::TEXT, &spelling::text(&content.text));
    if !content.files.is_empty() {
        file.comment("Files are only named: they stay as they are.");
        let files: Vec<String> = content.files.iter().map(|name| spelling::text(name)).collect();
        file.value(keys::FILES, &format!("[{}]", files.join(", ")));
    }
    for embed in &content.embeds {
        file.line(&format!("[[{}.{}]]", keys::PANEL, keys::EMBEDS));
        for (key, value) in entries::of_embed(embed) {
            file.value(&key, &value);
        }
    }
}

fn write_reply(file: &mut File, reply: &ReplyConfig) {
    file.blank();
    file.line(&format!("[[{}]]", keys::REPLY));
    file.value(keys::NAME, &spelling::text(reply.name.as_str()));
    if let Some(InboxKey::Known(inbox)) = reply.inbox {
        file.value(keys::INBOX, &inbox.to_string());
    }
    file.value(keys::TEXT, &spelling::text(&reply.text));
}

fn write_block(file: &mut File, block: &BlockConfig) {
    file.blank();
    file.line(&format!("[[{}]]", keys::BLOCK));
    file.value(keys::MEMBER, &spelling::text(&block.user.to_string()));
    if let Some(InboxKey::Known(inbox)) = block.inbox {
        file.value(keys::INBOX, &inbox.to_string());
    }
    if let Some(time) = block.ends_at {
        file.value(keys::ENDS, &time.to_rfc3339());
    }
}

/// The text so far.
struct File(String);

impl File {
    fn blank(&mut self) {
        self.0.push('\n');
    }

    fn line(&mut self, line: &str) {
        self.0.push_str(line);
        self.0.push('\n');
    }

    fn value(&mut self, key: &str, value: &str) {
        // Writing to a String cannot fail.
        let _ = writeln!(self.0, "{key} = {value}");
    }

    /// A value that is not set, as a comment.
    fn unset(&mut self, key: &str, value: &str) {
        for line in format!("{key} = {value}").lines() {
            let _ = writeln!(self.0, "#{line}");
        }
    }

    /// A comment, on as many lines as it needs.
    fn comment(&mut self, comment: &str) {
        let mut line = "#".to_owned();
        for word in comment.split_whitespace() {
            if line.len() > 1 && line.chars().count() + word.chars().count() >= WIDTH {
                self.line(&line);
                "#".clone_into(&mut line);
            }
            line.push(' ');
            line.push_str(word);
        }
        self.line(&line);
    }
}
