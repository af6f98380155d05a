//! *Create Ticket*: one click, and what each person sees.

use discord_sim::Sim;

use crate::support::{TestBot, Town};

#[tokio::test]
async fn a_click_opens_a_private_thread_with_the_member_and_a_link_to_it() {
    let sim = Sim::start().await;
    let _bot = TestBot::start(&sim).await;
    let town = Town::build(&sim);
    let inbox = town.create_inbox().await;
    let mona = town.moderator("mona");
    let anna = town.guild.member("anna").nick("Änna").create();
    let bert = town.guild.member("bert").create();

    let reply = anna.click(&inbox, "Create Ticket").await;

    let thread = town.help.threads().pop().expect("a thread was made");
    assert!(reply.is_private());
    assert!(reply.links_to(&thread), "{}", reply.text());
    assert!(thread.is_private() && !thread.invitable());
    assert!(thread.name().ends_with("Änna"), "{}", thread.name());
    assert!(anna.sees(&thread) && anna.was_pinged_in(&thread));
    assert!(mona.sees(&thread) && mona.was_pinged_in(&thread));
    assert!(!bert.sees(&thread));
}
