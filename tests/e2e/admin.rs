//! What admins do with an existing inbox, in one line each.

use discord_sim::{Channel, Message, Reply};
use serde_json::Value;

use crate::town::{SELECT, Town};

impl Town {
    /// `/inbox <subcommand>` on the inbox with this message, named by its link.
    pub async fn manage(&self, subcommand: &str, inbox: &Message) -> Reply {
        self.manage_named(subcommand, &inbox.url()).await
    }

    /// `/inbox <subcommand>` on the inbox of `reference`.
    pub async fn manage_named(&self, subcommand: &str, reference: &str) -> Reply {
        self.admin.slash(&format!("inbox {subcommand}")).string("inbox", reference).send().await
    }

    /// `/inbox <subcommand>`, answered with a prompt, then the selection of this message.
    pub async fn manage_selected(&self, subcommand: &str, inbox: &Message) -> Reply {
        let prompt = self.admin.slash(&format!("inbox {subcommand}")).send().await;
        assert!(prompt.is_private() && prompt.text().contains(SELECT), "unexpected prompt: {}", prompt.text());
        self.select(inbox).await
    }

    /// *Select this message*.
    pub async fn select(&self, message: &Message) -> Reply {
        self.admin.menu(SELECT, message).await
    }

    /// `/inbox destination`, up to the prompt.
    pub async fn begin_redirect(&self, destination: &Channel) -> Reply {
        self.admin.slash("inbox destination").channel("channel", destination).send().await
    }

    /// `/inbox destination` in one step.
    pub async fn redirect(&self, reference: &str, destination: &Channel) -> Reply {
        let command = self.admin.slash("inbox destination").channel("channel", destination);
        command.string("inbox", reference).send().await
    }

    /// `/inbox delete` and its confirmation.
    pub async fn delete_inbox(&self, inbox: &Message) -> Reply {
        let asked = self.manage("delete", inbox).await;
        self.admin.click(&asked, "Delete it").await
    }
}

/// A private answer with this text.
#[track_caller]
pub fn assert_told(reply: &Reply, part: &str) {
    assert!(reply.is_private(), "not private: {}", reply.text());
    assert!(reply.text().contains(part), "expected {part:?} in: {}", reply.text());
}

/// The quoted part below an answer, such as a preview.
pub fn preview(reply: &Reply) -> String {
    let embeds = reply.embeds();
    let texts = embeds.iter().filter_map(|embed| embed["description"].as_str());
    texts.collect::<Vec<_>>().join("\n")
}

/// The members and roles that are selected in the menu of an answer.
pub fn chosen(reply: &Reply) -> Vec<u64> {
    let components = reply.components();
    let menus = components.iter().flat_map(|row| list(&row["components"]));
    let defaults = menus.flat_map(|menu| list(&menu["default_values"]));
    // Discord accepts ids as numbers, too.
    defaults.map(|value| value["id"].to_string().trim_matches('"').parse().unwrap()).collect()
}

/// The elements of a list; empty if it is none.
pub fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}
