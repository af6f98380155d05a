//! Uploads and downloads.

use discord_sim::{Draft, Fault, Sim};
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::bot::{Bot, USUAL, text};

#[tokio::test]
async fn a_file_survives_upload_and_download() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let help = guild.text_channel("help").create();
    let bot = Bot::start(&sim, USUAL).await;
    let original = guild.owner().post_with(&help, Draft::text("look").file("cat.png", vec![1, 2, 3], "image/png"));
    let attachment = original.attachments().remove(0);
    let bytes = reqwest::get(&attachment.url).await.unwrap().bytes().await.unwrap();
    let form = Form::new()
        .text(
            "payload_json",
            json!({
                "content": "copy",
                "embeds": [{ "image": { "url": "attachment://cat.png" } }],
                "attachments": [{ "id": 0, "filename": "cat.png" }, { "id": 1, "filename": "b.txt", "description": "text" }],
            })
            .to_string(),
        )
        .part("files[0]", Part::bytes(bytes.to_vec()).file_name("cat.png").mime_str("image/png").unwrap())
        .part("files[1]", Part::bytes(b"hello".to_vec()).file_name("b.txt"));
    let path = format!("/channels/{}/messages", help.id());
    let answer: Value = bot.request("POST", &path).multipart(form).send().await.unwrap().json().await.unwrap();
    let copy = help.messages().pop().unwrap();
    assert_eq!(copy.embedded_files()[0].bytes, [1, 2, 3]);
    assert_eq!(copy.attachments()[0].bytes, b"hello");
    assert_eq!(answer["attachments"].as_array().unwrap().len(), 1, "a file shown in an embed is not listed");
    assert_eq!(answer["attachments"][0]["description"], "text");
    let image = text(&answer["embeds"][0]["image"]["url"]).to_owned();
    assert_eq!(reqwest::get(image).await.unwrap().bytes().await.unwrap().to_vec(), [1, 2, 3]);
}

#[tokio::test]
async fn a_file_above_the_limit_of_its_guild_is_refused() {
    let sim = Sim::builder().file_limit(1_000).start().await;
    let guild = sim.guild("Home").create();
    let help = guild.text_channel("help").create();
    let bot = Bot::start(&sim, USUAL).await;
    let path = format!("/channels/{}/messages", help.id());
    let upload = async |bytes: usize| {
        let form = Form::new()
            .text("payload_json", json!({ "content": "file" }).to_string())
            .part("files[0]", Part::bytes(vec![0; bytes]).file_name("a.bin"));
        bot.request("POST", &path).multipart(form).send().await.unwrap().status().as_u16()
    };

    assert_eq!((upload(1_000).await, upload(1_001).await), (200, 413));
    guild.set_premium_tier(2);
    assert_eq!(upload(1_001).await, 200, "a boosted server takes larger ones");
    assert_eq!((upload(9_000_000).await, upload(27_000_000).await), (200, 413), "up to the limit of a request");
}

#[tokio::test]
async fn downloads_can_fail_too() {
    let sim = Sim::start().await;
    let guild = sim.guild("Home").create();
    let help = guild.text_channel("help").create();
    let message = guild.owner().post_with(&help, Draft::text("").file("a.bin", vec![0; 10], "application/x"));
    let url = message.attachments().remove(0).url;
    let fault = sim.fault(Fault::on("GET", "/attachments/{channel}/{attachment}/{filename}").status(503));
    assert_eq!(reqwest::get(&url).await.unwrap().status(), 503);
    assert_eq!(reqwest::get(&url).await.unwrap().status(), 200);
    assert_eq!(fault.hits(), 1);
    let missing = format!("{}/attachments/1/2/a.bin", sim.base_url());
    assert_eq!(reqwest::get(missing).await.unwrap().status(), 404);
}

#[tokio::test]
async fn a_file_is_a_spoiler_by_its_flag_and_what_a_webhooks_embed_shows_is_no_attachment() {
    let sim = Sim::builder().content_intent(true).start().await;
    let guild = sim.guild("Home").create();
    let help = guild.text_channel("help").create();
    let bot = Bot::start(&sim, USUAL).await;
    let spoiler = guild.owner().post_with(&help, Draft::text("").spoiler("end.png", [1], "image/png"));
    let embed = json!({ "image": { "url": "attachment://cat.png" } });
    let hooked = guild.webhook_post(&help, Draft::text("").embed(embed).file("cat.png", [2], "image/png"));

    let read = |id: u64| format!("/channels/{}/messages/{id}", help.id());
    let spoiler = bot.ok("GET", &read(spoiler.id()), json!(null)).await;
    let hooked = bot.ok("GET", &read(hooked.id()), json!(null)).await;

    assert_eq!(
        (&spoiler["attachments"][0]["flags"], &spoiler["attachments"][0]["filename"]),
        (&json!(8), &json!("end.png"))
    );
    assert_eq!(hooked["attachments"], json!([]));
    let image = text(&hooked["embeds"][0]["image"]["url"]).to_owned();
    assert_eq!(reqwest::get(image).await.unwrap().bytes().await.unwrap().to_vec(), [2]);
}
