//! A ticket goes to another inbox of its server.

use discord_sim::permissions::{CREATE_PRIVATE_THREADS, MANAGE_THREADS, VIEW_CHANNEL};
use discord_sim::{Actor, Channel, Fault, Reply, Role, Sim, Target, Thread};

use crate::admin::assert_told;
use crate::town::CREATE_TICKET;
use crate::working::Story;

const MOVE: &str = "Move the ticket";

/// Another inbox of the town, in a channel of its own, with clerks as its staff.
struct Desk {
    channel: Channel,
    clerk: Actor,
}

impl Desk {
    async fn build(story: &Story<'_>) -> Self {
        let (channel, clerks) = Self::channel(story);
        story.town.create_inbox_to(&channel).await;
        Self { channel, clerk: story.town.guild.member("clerk").role(&clerks).create() }
    }

    fn channel(story: &Story<'_>) -> (Channel, Role) {
        let clerks = story.town.guild.role("Clerks").mentionable(true).create();
        (story.town.guild.text_channel("desk").allow_role(&clerks, MANAGE_THREADS).create(), clerks)
    }
}

async fn ask(story: &Story<'_>, ticket: &Thread) -> Reply {
    story.mona.slash("ticket move").string("inbox", "2").at(ticket).send().await
}

#[tokio::test]
async fn in_the_same_channel_the_new_staff_are_mentioned_and_the_former_staff_are_named() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    story.town.let_bot_moderate();
    story.town.create_inbox().await;
    let clerk = story.town.member("clerk");
    let mention = clerk.mention();
    story.bot.store("UPDATE inbox_staff SET mention = $1 WHERE inbox_id = 2", mention.as_str()).await;
    let label = r#"{ "panel": { "label": "$author *Bills* @here" } }"#;
    story.bot.store("UPDATE inbox SET settings = $1 WHERE id = 2", label).await;
    let ticket = story.open().await;
    assert!(ticket.has_member(&story.mick));

    let reply = ask(&story, &ticket).await;

    assert_told(&reply, &format!("keep their access: {}", story.town.moderators.mention()));
    assert!(
        ticket.has_member(&clerk) || {
            story.settled().await;
            ticket.has_member(&clerk)
        }
    );
    // What the button of the inbox says is a word, and no template, format or mention.
    let told = format!("{} has moved this ticket to another inbox: $author", story.mona.mention());
    assert_eq!(story.lines(&ticket).await, [format!("{told} \\*Bills\\* @\u{200b}here {mention}")]);
    assert!(clerk.was_pinged_in(&ticket));
    assert_eq!(story.bot.stored("SELECT inbox_id FROM ticket").await, 2);
    // Its new staff are staff, the former ones are not.
    assert_told(&clerk.slash("ticket claim").at(&ticket).send().await, "You have claimed");

    let removed = story.mona.click(&reply, "Remove former staff").await;

    assert_told(&removed, "One person is no longer in this ticket");
    assert!(!ticket.has_member(&story.mick) && ticket.has_member(&story.anna) && ticket.has_member(&clerk));
    assert!(ticket.has_member(&story.mona), "who moved it stays");
}

#[tokio::test]
async fn an_inbox_where_the_owner_has_no_room_does_not_get_the_ticket() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let ticket = story.open().await;
    let other = story.town.create_inbox().await;
    story.town.open_ticket(&story.anna, &other).await;

    assert_told(&ask(&story, &ticket).await, "already has as many open tickets in inbox 2");
    let same = story.mona.slash("ticket move").string("inbox", "1").at(&ticket).send().await;
    assert_told(&same, "already in this inbox");
    let unknown = story.mona.slash("ticket move").string("inbox", "99").at(&ticket).send().await;
    assert_told(&unknown, "I do not know this inbox");
    let by_owner = story.anna.slash("ticket move").string("inbox", "2").at(&ticket).send().await;
    assert_told(&by_owner, "Only the staff");
    assert!(story.lines(&ticket).await.is_empty());
}

#[tokio::test]
async fn to_another_channel_a_ticket_goes_on_in_a_new_thread_and_the_old_one_is_closed() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    story.town.let_bot_moderate();
    let desk = Desk::build(&story).await;
    let ticket = story.open().await;
    story.mona.slash("ticket claim").at(&ticket).send().await;
    story.mona.slash("ticket priority").integer("level", 2).at(&ticket).send().await;
    story.settled().await;

    let asked = ask(&story, &ticket).await;
    assert_told(&asked, "Guests will not be taken along");
    assert_eq!(story.town.guild.threads().len(), 1);
    let begun = story.mona.click(&asked, MOVE).await;
    assert_told(&begun, "The ticket goes on in");
    story.bot.wait_for_states(&["closed", "open"]).await;
    story.settled().await;

    let successor = story.town.newest_thread();
    assert_eq!(successor.parent_id(), desk.channel.id());
    assert!(successor.has_member(&story.anna) && successor.has_member(&desk.clerk));
    assert!(successor.has_member(&story.mona), "the claimer works on it");
    let posts: Vec<String> = story.posts(&successor).iter().map(discord_sim::Message::text).collect();
    assert_eq!(posts.len(), 2, "{posts:?}");
    assert!(posts[1].contains(&ticket.url()) && posts[1].contains(&story.town.help.mention()), "{}", posts[1]);
    assert!(posts[1].contains("> ") && posts[1].contains("thank you for your ticket"), "{}", posts[1]);
    let last = story.lines(&ticket).await.pop().unwrap();
    assert!(last.contains(&successor.url()), "{last}");
    assert!(ticket.is_archived() && ticket.is_locked());
    assert_eq!(story.bot.stored("SELECT successor_id FROM ticket WHERE id = 1").await, 2);
    let kept = "SELECT count(*) FROM ticket WHERE id = 2 AND priority = 'high' AND claimed_by = (SELECT claimed_by FROM ticket WHERE id = 1) AND guild_number = 2";
    assert_eq!(story.bot.stored(kept).await, 1);
    let by = story.bot.stored("SELECT closed_by FROM ticket WHERE id = 1").await;
    assert_eq!(by.cast_unsigned(), story.mona.id(), "who moved it has closed it here");
    // The place went with it.
    assert_eq!(story.bot.stored("SELECT count(*) FROM ticket WHERE slot IS NOT NULL").await, 1);
    assert!(
        !story.anna.click(&story.inbox, CREATE_TICKET).await.links_to(&successor),
        "the first inbox has room again"
    );
}

#[tokio::test]
async fn what_would_fail_in_the_other_channel_is_told_before_anything_happens() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    let desk = Desk::build(&story).await;
    let ticket = story.open().await;

    desk.channel.set_overwrite(Target::member(&story.anna), 0, VIEW_CHANNEL);
    assert_told(&ask(&story, &ticket).await, &format!("{} cannot see", story.anna.mention()));
    desk.channel.clear_overwrite(Target::member(&story.anna));
    desk.channel.set_overwrite(Target::bot(), 0, CREATE_PRIVATE_THREADS);
    assert_told(&ask(&story, &ticket).await, "Create Private Threads");
    desk.channel.set_overwrite(Target::bot(), 0, VIEW_CHANNEL);
    assert_told(&ask(&story, &ticket).await, "View Channel");
    desk.channel.delete();
    assert_told(&ask(&story, &ticket).await, "no longer exists");

    assert_eq!(story.town.guild.threads().len(), 1);
    assert!(story.lines(&ticket).await.is_empty());
}

#[tokio::test]
async fn a_ticket_that_cannot_be_opened_in_the_other_channel_goes_on_where_it_is() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    Desk::build(&story).await;
    let ticket = story.open().await;
    let asked = ask(&story, &ticket).await;
    sim.fault(Fault::on("POST", "/channels/{id}/threads").error(403, 50013, "Missing Permissions"));

    story.mona.click(&asked, MOVE).await;
    story.settled().await;

    assert_eq!(story.bot.states().await, ["open"]);
    let line = story.last_post(&ticket).await;
    assert!(line.text().contains("could not be opened in the other channel"), "{}", line.text());
    assert!(line.pinged().contains(&story.mona.id()));
    // And it can be moved later.
    assert_told(&ask(&story, &ticket).await, "Guests will not be taken along");
}

#[tokio::test]
async fn a_ticket_is_moved_once_however_often_it_is_confirmed() {
    let sim = Sim::start().await;
    let story = Story::begin(&sim).await;
    Desk::build(&story).await;
    let ticket = story.open().await;
    let (first, second) = (ask(&story, &ticket).await, ask(&story, &ticket).await);

    let (one, two) = tokio::join!(story.mona.click(&first, MOVE), story.mona.click(&second, MOVE));
    story.settled().await;

    let begun = [&one, &two].into_iter().filter(|reply| reply.text().contains("The ticket goes on in")).count();
    assert_eq!(begun, 1, "{} / {}", one.text(), two.text());
    assert_eq!(story.town.guild.threads().len(), 2);
    assert_eq!(story.bot.states().await, ["closed", "open"]);
}
