//! A gateway connection that asks for compression.

use discord_sim::Sim;
use flate2::{Decompress, FlushDecompress};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;

use crate::bot::USUAL;

#[tokio::test]
async fn every_payload_is_a_binary_frame_of_one_zlib_stream() {
    let sim = Sim::start().await;
    sim.guild("Home").create();
    let url = format!("{}/?v=10&encoding=json&compress=zlib-stream", sim.base_url().replacen("http", "ws", 1));
    let (mut socket, _) = tokio_tungstenite::connect_async(url).await.unwrap();
    let identify = json!({ "op": 2, "d": { "token": sim.token(), "intents": USUAL } });
    socket.send(Message::text(identify.to_string())).await.unwrap();
    let mut inflate = Decompress::new(true);
    let mut heard = Vec::new();
    while heard.len() < 3 {
        let Some(Ok(Message::Binary(frame))) = socket.next().await else { panic!("after {heard:?} no binary frame") };
        assert!(frame.ends_with(&[0, 0, 0xFF, 0xFF]));
        let mut text = Vec::with_capacity(1 << 20);
        inflate.decompress_vec(&frame, &mut text, FlushDecompress::Sync).unwrap();
        let payload: Value = serde_json::from_slice(&text).unwrap();
        heard.push((payload["op"].as_u64(), payload["t"].as_str().map(str::to_owned)));
    }
    let event = |name: &str| (Some(0), Some(name.to_owned()));
    assert_eq!(heard, [(Some(10), None), event("READY"), event("GUILD_CREATE")]);
}

#[tokio::test]
async fn other_compressions_are_gaps() {
    let sim = Sim::start().await;
    let url = format!("{}/?compress=zstd-stream", sim.base_url().replacen("http", "ws", 1));
    let (mut socket, _) = tokio_tungstenite::connect_async(url).await.unwrap();
    socket.next().await.unwrap().unwrap();
    assert_eq!(sim.forgive_gaps(), ["gateway compression zstd-stream is not simulated"]);
}
