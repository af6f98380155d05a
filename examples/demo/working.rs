//! Staff work in a ticket: claim it, close it with a reason, open it again.

use anyhow::{Context as _, ensure};
use discord_sim::{Message, Thread};

use crate::story::Story;

impl Story<'_> {
    pub(crate) async fn work(&self, ticket: &Thread) -> anyhow::Result<()> {
        self.mona_claims(ticket).await?;
        self.mona_closes(ticket).await?;
        self.mona_reopens(ticket).await
    }

    async fn mona_claims(&self, ticket: &Thread) -> anyhow::Result<()> {
        let behind = self.begin("mona types /ticket claim");
        let reply = self.stage.mona.slash("ticket claim").at(ticket).send().await;
        self.show.answer("mona", &reply);
        self.sim.quiet().await;
        self.show.message(&newest(ticket)?);
        self.end(behind).await;
        Ok(())
    }

    async fn mona_closes(&self, ticket: &Thread) -> anyhow::Result<()> {
        let first = ticket.messages().into_iter().next().context("the ticket is empty")?;
        let label = first.buttons().first().map(|button| button.label.clone()).context("there is no button")?;
        let behind = self.begin(&format!("mona clicks [ {label} ] and says why"));
        let form = self.stage.mona.click(&first, &label).await;
        ensure!(form.modal().is_some(), "no form opens");
        let reply = self.stage.mona.submit(&form, &[("value", "The key was in the boathouse.")]).await;
        self.show.answer("mona", &reply);
        let closed = || ticket.is_archived() && ticket.is_locked();
        self.sim.wait_until("the ticket to be archived and locked", closed).await;
        self.sim.quiet().await;
        self.show.message(&newest(ticket)?);
        ensure!(ticket.messages().iter().all(|message| message.buttons().is_empty()), "dead buttons are left");
        self.tale.proves("anna is told who has closed her ticket, and why. The button is gone.");
        self.end(behind).await;
        Ok(())
    }

    async fn mona_reopens(&self, ticket: &Thread) -> anyhow::Result<()> {
        let behind = self.begin("mona types /ticket reopen ticket:1");
        let reply = self.stage.mona.slash("ticket reopen").string("ticket", "1").send().await;
        self.show.answer("mona", &reply);
        ensure!(reply.links_to(ticket), "the answer does not lead to the ticket");
        self.sim.quiet().await;
        self.show.message(&newest(ticket)?);
        ensure!(!ticket.is_archived() && !ticket.is_locked(), "the thread is still closed");
        self.tale.proves("The ticket is open again: unlocked, with anna in it, and with its button.");
        self.end(behind).await;
        Ok(())
    }
}

/// What the bot has said last, for all to see.
fn newest(ticket: &Thread) -> anyhow::Result<Message> {
    let said = ticket.messages().into_iter().rev().find(|message| message.kind() == 0 && !message.is_private());
    said.context("nothing was said")
}
