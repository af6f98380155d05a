//! The steps, and what must be true after each.

use anyhow::{Context as _, ensure};
use discord_sim::{Message, Sim, Thread};

use crate::show::Show;
use crate::stage::{RunningBot, Stage};
use crate::tale::Tale;
use crate::wire::Behind;

/// The button under an inbox message, whatever its label's language.
pub(crate) const BUTTON: &str = "create-ticket";

/// Plays the story from the bot's start to its stop. An error is a failed step.
pub async fn tell(sim: &Sim, tale: &Tale, locale: &str, verbose: bool) -> anyhow::Result<()> {
    let stage = Stage::build(sim, locale);
    tale.line("ticketbot, on a Discord that is simulated on this machine. The bot is the real one.");
    tale.line("olga manages the server, mona is a moderator, anna, bert and lena are members.");
    let story = Story { sim, tale, verbose, show: Show { sim, stage: &stage, tale }, stage: &stage };

    let bot = story.the_bot_starts().await?;
    let text = story.olga_writes_what_the_inbox_will_say().await?;
    story.olga_creates_an_inbox().await?;
    let inbox = story.olga_selects_her_message(&text).await?;
    let ticket = story.anna_opens_a_ticket(&inbox).await?;
    story.anna_clicks_again(&inbox, &ticket).await?;
    story.anna_and_mona_talk(&ticket).await?;
    story.bert_sees_nothing_of_it(&ticket).await?;
    story.work(&ticket).await?;
    story.anna_leaves(&ticket).await?;
    story.customising(&inbox).await?;
    story.the_bot_stops(bot).await?;

    tale.line("");
    tale.line("Every step happened. Nothing is left behind.");
    Ok(())
}

/// The narrator and the stage.
pub(crate) struct Story<'a> {
    pub(crate) sim: &'a Sim,
    pub(crate) stage: &'a Stage,
    pub(crate) tale: &'a Tale,
    pub(crate) show: Show<'a>,
    verbose: bool,
}

impl Story<'_> {
    pub(crate) fn begin(&self, what: &str) -> Behind {
        self.tale.step(what);
        Behind::from_now(self.sim)
    }

    /// Waits until the bot is idle, and shows the requests behind the step.
    pub(crate) async fn end(&self, behind: Behind) {
        self.sim.quiet().await;
        if self.verbose {
            behind.tell(self.sim, self.tale);
        }
    }

    async fn the_bot_starts(&self) -> anyhow::Result<RunningBot> {
        let behind = self.begin("The bot starts on an empty database");
        let bot = RunningBot::start(self.sim).await?;
        let commands = self.sim.commands();
        let names: Vec<&str> = commands.iter().filter_map(|command| command["name"].as_str()).collect();
        ensure!(names.contains(&"inbox"), "`/inbox` is not registered, only {names:?}");
        self.tale.proves(&format!("It logged in, registered its commands ({}) and listens.", names.join(", ")));
        self.end(behind).await;
        Ok(bot)
    }

    async fn olga_writes_what_the_inbox_will_say(&self) -> anyhow::Result<Message> {
        let behind = self.begin("olga writes in #help what the inbox shall say");
        let text = "**Do you need help?** Open a ticket, and we will talk in private.";
        let message = self.stage.olga.post(&self.stage.help, text);
        self.show.message(&message);
        self.end(behind).await;
        Ok(message)
    }

    async fn olga_creates_an_inbox(&self) -> anyhow::Result<()> {
        let behind = self.begin("olga types /inbox create channel:#help");
        let reply = self.stage.olga.slash("inbox create").channel("channel", &self.stage.help).send().await;
        self.show.answer("olga", &reply);
        ensure!(reply.is_private(), "the answer is there for everybody to see");
        ensure!(reply.links_to(&self.stage.help), "the answer does not name the channel");
        self.end(behind).await;
        Ok(())
    }

    async fn olga_selects_her_message(&self, text: &Message) -> anyhow::Result<Message> {
        let behind = self.begin("olga right-clicks her message: Apps, Select this message");
        let reply = self.stage.olga.menu("Select this message", text).await;
        self.show.answer("olga", &reply);
        let is_inbox = |message: &Message| message.buttons().iter().any(|b| b.custom_id.as_deref() == Some(BUTTON));
        let inbox = self.stage.help.messages().into_iter().rev().find(is_inbox).context("no inbox was posted")?;
        ensure!(reply.is_private() && reply.links_to_message(&inbox), "the answer does not lead to the inbox");
        self.tale.says("Everybody in #help now sees:");
        self.show.message(&inbox);
        self.end(behind).await;
        Ok(inbox)
    }

    async fn anna_opens_a_ticket(&self, inbox: &Message) -> anyhow::Result<Thread> {
        let label = inbox.buttons().first().map(|button| button.label.clone()).unwrap_or_default();
        let behind = self.begin(&format!("anna clicks [ {label} ]"));
        let reply = self.stage.anna.click(inbox, BUTTON).await;
        let requests = behind.requests(self.sim);
        self.show.answer("anna", &reply);
        let ticket = self.stage.help.threads().pop().context("there is no thread")?;
        ensure!(reply.is_private() && reply.links_to(&ticket), "the answer does not lead to the thread");
        ensure!(ticket.is_private() && !ticket.invitable(), "the thread is not private");
        self.tale.says("anna and the staff are in it:");
        self.show.thread(&ticket);
        let Stage { anna, mona, .. } = self.stage;
        ensure!(ticket.has_member(anna) && anna.was_pinged_in(&ticket), "anna was not brought into her ticket");
        ensure!(ticket.has_member(mona) && mona.was_pinged_in(&ticket), "the staff were not brought into the ticket");
        self.tale.proves(&format!("It took {requests} requests to Discord."));
        self.end(behind).await;
        Ok(ticket)
    }

    async fn anna_clicks_again(&self, inbox: &Message, ticket: &Thread) -> anyhow::Result<()> {
        let behind = self.begin("anna clicks again");
        let reply = self.stage.anna.click(inbox, BUTTON).await;
        self.show.answer("anna", &reply);
        ensure!(reply.is_private() && reply.links_to(ticket), "the refusal does not lead to her open ticket");
        ensure!(self.stage.guild.threads().len() == 1, "she got a second ticket");
        self.tale.proves("No second ticket was made.");
        self.end(behind).await;
        Ok(())
    }

    async fn anna_and_mona_talk(&self, ticket: &Thread) -> anyhow::Result<()> {
        let behind = self.begin("anna and mona talk in the ticket");
        for (who, text) in [(&self.stage.anna, "I lost my key to the boathouse."), (&self.stage.mona, "Found it!")] {
            let message = who.post(ticket, text);
            self.show.message(&message);
        }
        self.end(behind).await;
        ensure!(!ticket.is_archived(), "the ticket was closed");
        Ok(())
    }

    async fn bert_sees_nothing_of_it(&self, ticket: &Thread) -> anyhow::Result<()> {
        let behind = self.begin("bert, another member, looks at #help");
        ensure!(!self.stage.bert.sees(ticket), "bert sees the ticket of anna");
        self.tale.proves("He sees the inbox, and nothing of the ticket.");
        self.end(behind).await;
        Ok(())
    }

    async fn anna_leaves(&self, ticket: &Thread) -> anyhow::Result<()> {
        let behind = self.begin("anna leaves the ticket");
        let before = ticket.messages().len();
        self.stage.anna.leave(ticket);
        let closed = || ticket.is_archived() && ticket.is_locked();
        self.sim.wait_until("the ticket to be archived and locked", closed).await;
        let notices = ticket.messages().split_off(before);
        ensure!(notices.len() == 1, "there should be one notice in the ticket, not {}", notices.len());
        for notice in &notices {
            self.show.message(notice);
        }
        self.tale.proves("The ticket is closed: the thread is archived and locked.");
        self.end(behind).await;
        Ok(())
    }

    async fn the_bot_stops(&self, bot: RunningBot) -> anyhow::Result<()> {
        self.tale.step("The bot is asked to stop");
        bot.stop().await?;
        ensure!(self.sim.gateway().connected() == 0, "its session is still open");
        ensure!(self.sim.gaps().is_empty(), "it asked for what is not simulated: {:?}", self.sim.gaps());
        self.tale.proves("It closed its session and its database.");
        Ok(())
    }
}
