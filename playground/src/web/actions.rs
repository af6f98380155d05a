//! What a person does. Each is an action of the simulator, which decides whether this person may.

use std::time::Duration;

use anyhow::{Context as _, bail};
use discord_sim::permissions as perm;
use discord_sim::{Actor, Draft, Filled, Message, Thread};

use super::fields::Fields;
use super::operations;
use crate::playground::Playground;

/// What the page does next.
#[derive(Default)]
pub(super) struct Done {
    /// Another page to go to.
    pub(super) go: Option<String>,
}

/// Carries out an action. The error says why this person cannot.
pub(super) fn act(
    playground: &Playground,
    me: &Actor,
    place: Option<u64>,
    verb: &str,
    fields: &Fields,
) -> anyhow::Result<Done> {
    let deed = Deed { playground, me, place, fields };
    match verb {
        "write" => deed.write(),
        "edit" => Ok(done(me.try_edit_message(&deed.message()?, fields.text("text"))?)),
        "delete" => Ok(done(me.try_delete_message(&deed.message()?)?)),
        "click" => Ok(done(me.try_begin_click(&deed.message()?, fields.text("button"))?)),
        "select" => {
            let (message, values) = (deed.message()?, fields.all("value"));
            Ok(done(me.try_begin_select_values(&message, fields.text("menu"), &values)?))
        }
        "menu" => Ok(done(me.try_begin_menu(fields.text("command"), &deed.message()?)?)),
        "member-menu" => Ok(done(me.try_begin_member_menu(fields.text("command"), &deed.person()?, &deed.place()?)?)),
        "command" => deed.command(),
        "form" => deed.form(),
        "dismiss" => deed.dismiss(),
        "language" => {
            me.set_locale(fields.text("locale"));
            Ok(Done::default())
        }
        "leave-server" => deed.leave_server(),
        "join-server" => {
            playground.guild.join(me);
            Ok(Done { go: Some(format!("/as/{}", me.name())) })
        }
        "accept-rules" => {
            me.pass_screening();
            Ok(Done::default())
        }
        "delete-channel" => deed.delete_channel(),
        "kick" | "time-out" | "end-time-out" => deed.moderate(verb),
        "start-thread" | "join" | "leave" | "add" | "remove" | "rename" | "archive" | "unarchive" | "lock"
        | "unlock" | "archive-lock" | "delete-thread" => deed.thread(verb),
        _ => operations::operate(playground, verb, fields).map(done),
    }
}

fn done<T>(_: T) -> Done {
    Done::default()
}

struct Deed<'a> {
    playground: &'a Playground,
    me: &'a Actor,
    place: Option<u64>,
    fields: &'a Fields,
}

impl Deed<'_> {
    fn place(&self) -> anyhow::Result<u64> {
        self.place.filter(|place| self.me.sees(place)).context("You do not see that channel.")
    }

    /// A message that this person sees.
    fn message(&self) -> anyhow::Result<Message> {
        let message = self.fields.id("message").and_then(|id| self.playground.sim.message(id));
        message.filter(|message| self.me.sees_message(message)).context("You do not see that message.")
    }

    fn person(&self) -> anyhow::Result<Actor> {
        let person = self.fields.id("user").and_then(|id| self.playground.guild.actor(id));
        person.filter(Actor::is_member).context("Nobody here is that person.")
    }

    fn write(&self) -> anyhow::Result<Done> {
        let mut draft = Draft::text(self.fields.text("text"));
        for file in self.fields.files_of("files") {
            draft = draft.file(&file.filename, file.bytes.clone(), &file.content_type);
        }
        self.me.try_post_with(&self.place()?, draft)?;
        Ok(Done::default())
    }

    fn command(&self) -> anyhow::Result<Done> {
        let mut slash = self.me.slash(self.fields.text("path")).at(&self.place()?);
        for (name, value) in self.fields.named("option.") {
            // An option that was left out.
            if !value.is_empty() {
                slash = slash.typed(name, value);
            }
        }
        for file in &self.fields.files {
            if let Some(name) = file.field.strip_prefix("option.") {
                slash = slash.attachment(name, &file.filename, file.bytes.clone(), &file.content_type);
            }
        }
        slash.try_begin()?;
        Ok(Done::default())
    }

    fn form(&self) -> anyhow::Result<Done> {
        let reply = self.fields.id("reply").and_then(|id| self.playground.sim.reply(id));
        let reply = reply.filter(|reply| reply.user_id() == self.me.id()).context("That is not your form.")?;
        if self.fields.text("close").is_empty() {
            let modal = reply.modal().context("That is no form.")?;
            let kind = |name: &str| modal.fields.iter().find(|field| field.custom_id == name).map(|field| field.kind);
            let mut filled: Vec<(&str, Filled)> = Vec::new();
            for field in &modal.fields {
                let name = format!("field.{}", field.custom_id);
                let value = match kind(&field.custom_id) {
                    Some(23) => Filled::Flag(!self.fields.all(&name).is_empty()),
                    Some(19) => {
                        let file = |file: &super::fields::File| {
                            (file.filename.clone(), file.content_type.clone(), file.bytes.clone())
                        };
                        Filled::Files(self.fields.files_of(&name).map(file).collect())
                    }
                    Some(3 | 5..=8 | 22) => {
                        Filled::Values(self.fields.all(&name).into_iter().filter(|value| !value.is_empty()).collect())
                    }
                    // Browsers send line breaks as two characters; Discord's client sends one.
                    _ => Filled::Text(self.fields.text(&name).replace("\r\n", "\n")),
                };
                filled.push((&field.custom_id, value));
            }
            self.me.try_begin_submit_filled(&reply, &filled)?;
        }
        self.playground.page().closed_forms.insert(reply.id());
        self.playground.redraw();
        Ok(Done::default())
    }

    fn dismiss(&self) -> anyhow::Result<Done> {
        let id = self.fields.id("id").context("Nothing to dismiss.")?;
        self.playground.page().dismissed.insert(id);
        self.playground.redraw();
        Ok(Done::default())
    }

    fn leave_server(&self) -> anyhow::Result<Done> {
        if self.me.id() == self.playground.guild.owner().id() {
            bail!("The owner cannot leave the server.");
        }
        self.me.leave_guild();
        Ok(Done { go: Some(format!("/as/{}", self.me.name())) })
    }

    fn delete_channel(&self) -> anyhow::Result<Done> {
        let channel =
            self.place.and_then(|id| self.playground.guild.channel(id)).context("There is no such channel.")?;
        self.me.try_delete_channel(&channel)?;
        Ok(Done { go: Some(format!("/as/{}", self.me.name())) })
    }

    fn moderate(&self, verb: &str) -> anyhow::Result<Done> {
        let person = self.person()?;
        if verb == "kick" {
            self.me.try_kick(&person)?;
            return Ok(Done::default());
        }
        if self.me.base_permissions() & perm::MODERATE_MEMBERS == 0 || person.id() == self.playground.guild.owner().id()
        {
            bail!("You may not time out {}.", person.display_name());
        }
        if verb == "time-out" {
            person.time_out(Duration::from_mins(10));
        } else {
            person.end_time_out();
        }
        Ok(Done::default())
    }

    fn thread(&self, verb: &str) -> anyhow::Result<Done> {
        let (me, fields) = (self.me, self.fields);
        if verb == "start-thread" {
            let channel =
                self.place.and_then(|id| self.playground.guild.channel(id)).context("There is no such channel.")?;
            let thread = me.try_private_thread(&channel, fields.text("name"))?;
            return Ok(Done { go: Some(format!("/as/{}/{}", me.name(), thread.id())) });
        }
        let thread: Thread =
            self.place.and_then(|id| self.playground.guild.thread(id)).context("There is no such thread.")?;
        match verb {
            "join" => me.try_join(&thread)?,
            "leave" => me.try_leave(&thread)?,
            "add" => me.try_add(&thread, &self.person()?)?,
            "remove" => me.try_remove(&thread, &self.person()?)?,
            "rename" => me.try_rename(&thread, fields.text("name"))?,
            "archive" => me.try_archive(&thread)?,
            "unarchive" => me.try_unarchive(&thread)?,
            "lock" => me.try_lock(&thread)?,
            "unlock" => me.try_unlock(&thread)?,
            "archive-lock" => me.try_archive_and_lock(&thread)?,
            _ => me.try_delete_thread(&thread)?,
        }
        let stays = thread.exists() && me.sees(&thread);
        let go = (!stays).then(|| format!("/as/{}/{}", me.name(), thread.parent_id()));
        Ok(Done { go })
    }
}
