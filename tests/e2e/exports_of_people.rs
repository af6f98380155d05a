//! What people and places are called in exports.

use discord_sim::{Draft, Fault};
use serde_json::{Value, json};

use crate::exports::{export, file, page, readable, texts};
use crate::working::Story;

const MEMBER: (&str, &str) = ("GET", "/guilds/{guild}/members/{user}");

#[tokio::test]
async fn everybody_is_named_as_on_the_server_whether_or_not_they_have_written() {
    let sim = readable().await;
    // Several exports in a row would wait for each other.
    sim.announce_rate_limits(false);
    let story = Story::begin(&sim).await;
    let ticket = story.open().await;
    story.anna.set_nick(Some("Harbour master"));
    story.mona.set_nick(Some("Night shift"));
    story.mick.set_nick(Some("Day shift"));
    story.anna.post(&ticket, &format!("Where is {}?", story.mick.mention()));
    story.mona.slash("ticket claim").at(&ticket).send().await;
    story.settled().await;

    let silent = page(&sim, &export(&story.mona, &ticket).send().await).await;
    story.mona.post(&ticket, "At the bar");
    let page = page(&sim, &export(&story.mona, &ticket).send().await).await;
    let json = file(&sim, &export(&story.mona, &ticket).integer("format", 1).send().await).await;
    let text = file(&sim, &export(&story.mona, &ticket).integer("format", 2).send().await).await;

    for page in [&silent, &page] {
        assert_eq!(texts(page, ".facts dd")[0], "Harbour master @anna");
        assert_eq!(texts(page, ".facts dd")[2], "Night shift @mona", "the same before and after writing");
        assert!(texts(page, ".mention").contains(&"@Day shift".to_owned()));
    }
    assert!(texts(&page, ".name").contains(&"Night shift".to_owned()), "{:?}", texts(&page, ".name"));
    let json: Value = serde_json::from_str(&json).unwrap();
    let last = json["messages"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((&last["author"]["name"], &last["author"]["username"]), (&"Night shift".into(), &"mona".into()));
    assert!(text.contains("  Harbour master (@anna) [Owner]\n    Where is @Day shift?\n"), "{text}");
}

#[tokio::test]
async fn who_has_left_or_is_not_found_keeps_the_name_that_messages_tell() {
    let sim = readable().await;
    sim.announce_rate_limits(false);
    let story = Story::begin(&sim).await;
    let ticket = story.open().await;
    let otto = story.town.guild.member("otto").global_name("Otto").nick("Captain").create();
    ticket.arrange_messages(std::time::Duration::from_secs(1), [(otto.id(), Draft::text("Hello"))]);
    story.mona.set_nick(Some("Night shift"));
    story.mona.post(&ticket, "Hello");
    otto.leave_guild();
    story.settled().await;
    let names = |page| texts(page, ".name");

    let left = page(&sim, &export(&story.mona, &ticket).send().await).await;
    assert!(names(&left).contains(&"Otto".to_owned()), "{:?}", names(&left));
    assert!(names(&left).contains(&"Night shift".to_owned()), "{:?}", names(&left));

    let failing = sim.fault(Fault::on(MEMBER.0, MEMBER.1).status(500).always());
    let refused = page(&sim, &export(&story.mona, &ticket).send().await).await;
    assert!(failing.hits() > 0 && names(&refused).contains(&"mona".to_owned()), "{:?}", names(&refused));
    failing.clear();

    let held = sim.fault(Fault::on(MEMBER.0, MEMBER.1).hold().always());
    let reply = export(&story.mona, &ticket).send().await;
    sim.wait_until("members that are held", || held.waiting() > 0).await;
    sim.advance(std::time::Duration::from_secs(5));
    let unanswered = page(&sim, &reply).await;
    assert!(names(&unanswered).contains(&"mona".to_owned()), "{:?}", names(&unanswered));
    held.clear();
}

#[tokio::test]
async fn so_many_people_are_asked_for_and_each_once() {
    let sim = readable().await;
    sim.announce_rate_limits(false);
    let story = Story::begin(&sim).await;
    let ticket = story.open().await;
    let crowd: Vec<_> = (0..70).map(|number| story.town.member(&format!("guest{number}"))).collect();
    let said = |number: usize| (crowd[number % 70].id(), Draft::text("Hello"));
    ticket.arrange_messages(std::time::Duration::from_mins(1), (0..300).map(said));
    let mark = sim.mark();

    let page = page(&sim, &export(&story.mona, &ticket).send().await).await;

    let asked = sim.requests_since(mark).into_iter().filter(|request| request.is(MEMBER.0, MEMBER.1));
    let mut asked: Vec<String> = asked.map(|request| request.path).collect();
    assert_eq!(asked.len(), 50);
    asked.sort();
    asked.dedup();
    assert_eq!(asked.len(), 50, "nobody is asked for twice");
    assert!(texts(&page, ".name").contains(&"guest69".to_owned()), "the others have the name that messages tell");
}

#[tokio::test]
async fn people_who_write_through_one_webhook_have_their_own_names_in_every_format() {
    let sim = readable().await;
    let story = Story::begin(&sim).await;
    let ticket = story.open().await;
    let said = [("Otto", "one"), ("Ida", "two"), ("Ida", "three"), ("Otto", "four")];
    story.town.guild.webhook_posts(&ticket, said.map(|(name, said)| (name, Draft::text(said))));

    let page = page(&sim, &export(&story.mona, &ticket).send().await).await;
    let json = file(&sim, &export(&story.mona, &ticket).integer("format", 1).send().await).await;
    let text = file(&sim, &export(&story.mona, &ticket).integer("format", 2).send().await).await;

    assert!(
        texts(&page, ".name").ends_with(&["Otto", "Ida", "Otto"].map(str::to_owned)),
        "{:?}",
        texts(&page, ".name")
    );
    let people = texts(&page, ".people li");
    assert!(people.contains(&"Ida 2".to_owned()) && people.contains(&"Otto 2".to_owned()), "{people:?}");
    for (name, said) in said {
        assert!(text.contains(&format!("  {name} [app]\n    {said}\n")), "{text}");
    }
    let json: Value = serde_json::from_str(&json).unwrap();
    let writers = json["writers"].as_array().unwrap();
    let count =
        |name: &str| writers.iter().find(|writer| writer["person"]["name"] == name).unwrap()["messages"].clone();
    assert_eq!((count("Otto"), count("Ida")), (json!(2), json!(2)));
}

#[tokio::test]
async fn forwards_name_whom_they_mention_and_channels_have_names_wherever_they_stand() {
    let sim = readable().await;
    let story = Story::begin(&sim).await;
    let ticket = story.open().await;
    let help = story.town.help.mention();
    let ben = story.town.guild.member("ben").global_name("Ben").create();
    let elsewhere = story.anna.post(&story.town.help, &format!("{} knows", ben.mention()));
    story.anna.post_with(&ticket, Draft::text("").forward(&elsewhere));
    let part = json!({ "type": 17, "components": [{ "type": 10, "content": format!("see {help}") }] });
    story.anna.post_with(&ticket, Draft::text("").field("components", json!([part])));

    let page = page(&sim, &export(&story.mona, &ticket).send().await).await;

    let forwarded = texts(&page, ".forwarded").remove(0);
    assert!(forwarded.starts_with("Forwarded · 20") && forwarded.ends_with("@Ben knows"), "{forwarded}");
    assert_eq!(texts(&page, ".parts .text").last().unwrap(), "see #help");
}
