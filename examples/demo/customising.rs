//! The second half: olga customises the inbox, bert uses it, and the staff close and re-open his ticket.

use anyhow::{Context as _, ensure};
use discord_sim::{Message, Reply, Thread, Values};

use crate::story::{BUTTON, Story};

/// The inbox's number, as `/inbox list` shows it.
const NUMBER: &str = "1";

impl Story<'_> {
    /// From the list of inboxes to a ticket that staff closed and re-opened.
    pub(crate) async fn customising(&self, inbox: &Message) -> anyhow::Result<()> {
        self.olga_lists_the_inboxes().await?;
        self.olga_adds_lena_to_the_staff().await?;
        self.olga_renames_new_tickets().await?;
        self.olga_rewrites_the_first_message().await?;
        let ticket = self.bert_opens_a_ticket(inbox).await?;
        self.mona_archives_it(&ticket).await?;
        self.mona_writes_in_it_again(&ticket).await
    }

    async fn olga_lists_the_inboxes(&self) -> anyhow::Result<()> {
        let behind = self.begin("olga types /inbox list");
        let reply = self.stage.olga.slash("inbox list").send().await;
        self.show.answer("olga", &reply);
        ensure!(reply.is_private() && !reply.embeds().is_empty(), "there is no list");
        self.end(behind).await;
        Ok(())
    }

    async fn olga_adds_lena_to_the_staff(&self) -> anyhow::Result<()> {
        let behind = self.begin("olga types /inbox staff inbox:1, and adds lena in the menu");
        let card = self.stage.olga.slash("inbox staff").string("inbox", NUMBER).send().await;
        let [_, moderators] = &self.stage.roles;
        let both = Values::mentionables([&self.stage.lena], [moderators]);
        let changed = self.stage.olga.select(&card, "#0", both).await;
        self.show.answer("olga", &changed);
        ensure!(changed.text().contains(&self.stage.lena.mention()), "lena is not among the staff");
        self.end(behind).await;
        Ok(())
    }

    async fn olga_renames_new_tickets(&self) -> anyhow::Result<()> {
        let reply = self.fill_in("inbox new-tickets name", "help $counter, $author").await?;
        ensure!(!reply.embeds().is_empty(), "there is no preview");
        Ok(())
    }

    async fn olga_rewrites_the_first_message(&self) -> anyhow::Result<()> {
        let reply = self.fill_in("inbox new-tickets starter", "Ahoy $author! $staff are coming.").await?;
        ensure!(!reply.embeds().is_empty(), "there is no preview");
        Ok(())
    }

    /// Opens a form with a command, fills in its only field, and sends it.
    async fn fill_in(&self, command: &str, text: &str) -> anyhow::Result<Reply> {
        let behind = self.begin(&format!("olga types /{command} inbox:1, and writes: {text}"));
        let form = self.stage.olga.slash(command).string("inbox", NUMBER).send().await;
        let field = form.modal().context("there is no form")?.fields.first().map(|field| field.custom_id.clone());
        let field = field.context("the form has no field")?;
        let reply = self.stage.olga.submit(&form, &[(&field, text)]).await;
        self.show.answer("olga", &reply);
        ensure!(reply.is_private(), "the answer is there for everybody to see");
        self.end(behind).await;
        Ok(reply)
    }

    async fn bert_opens_a_ticket(&self, inbox: &Message) -> anyhow::Result<Thread> {
        let behind = self.begin("bert opens a ticket");
        let reply = self.stage.bert.click(inbox, BUTTON).await;
        self.show.answer("bert", &reply);
        let is_berts = |thread: &Thread| thread.has_member(&self.stage.bert);
        let ticket = self.stage.help.threads().into_iter().find(is_berts).context("there is no thread for bert")?;
        self.show.thread(&ticket);
        ensure!(ticket.name() == "help 0002, bert", "it is called {:?}", ticket.name());
        ensure!(ticket.has_member(&self.stage.lena), "lena was not brought into the ticket");
        self.tale.proves("It is named and begins as olga said, and lena is in it.");
        self.end(behind).await;
        Ok(ticket)
    }

    async fn mona_archives_it(&self, ticket: &Thread) -> anyhow::Result<()> {
        let behind = self.begin("mona archives the ticket");
        let before = ticket.messages().len();
        self.stage.mona.archive(ticket);
        let closed = || ticket.is_archived() && ticket.is_locked();
        self.sim.wait_until("the ticket to be archived and locked", closed).await;
        for notice in &ticket.messages().split_off(before) {
            self.show.message(notice);
        }
        self.tale.proves("The ticket is closed and locked.");
        self.end(behind).await;
        Ok(())
    }

    async fn mona_writes_in_it_again(&self, ticket: &Thread) -> anyhow::Result<()> {
        let behind = self.begin("mona writes in it again");
        let message = self.stage.mona.post(ticket, "One more thing, bert …");
        self.show.message(&message);
        self.sim.wait_until("the ticket to be unlocked", || !ticket.is_archived() && !ticket.is_locked()).await;
        self.tale.proves("The ticket is open again: bert can answer.");
        self.end(behind).await;
        Ok(())
    }
}
