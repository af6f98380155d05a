//! The environment's proxy, a real one on loopback: requests and the gateway both use it, or neither does.
#![expect(clippy::unwrap_used, reason = "a proxy that cannot work is a test that has failed")]

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use discord_sim::Sim;

use crate::on_discord::{home_on, start};
use crate::support::Home;

/// `user:word`, as HTTP's basic authentication writes it.
const CREDENTIALS: &str = "dXNlcjp3b3Jk";

/// The requests to a proxy: the first line of each connection, and whether it named a user.
type Asked = Arc<Mutex<Vec<String>>>;

struct Proxy {
    address: String,
    asked: Asked,
}

impl Proxy {
    /// `wants_user`: requests without a user are refused.
    fn start(wants_user: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let asked = Asked::default();
        let noted = Arc::clone(&asked);
        thread::spawn(move || {
            for client in listener.incoming() {
                let noted = Arc::clone(&noted);
                thread::spawn(move || serve(client.unwrap(), &noted, wants_user));
            }
        });
        Self { address, asked }
    }

    fn tunnels(&self) -> usize {
        self.asked.lock().unwrap().iter().filter(|line| line.starts_with("CONNECT ")).count()
    }

    fn requests(&self) -> usize {
        self.asked.lock().unwrap().iter().filter(|line| line.starts_with("GET http://")).count()
    }
}

fn serve(mut client: TcpStream, asked: &Asked, wants_user: bool) {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        if client.read(&mut byte).unwrap_or(0) == 0 {
            return;
        }
        head.push(byte[0]);
    }
    let text = String::from_utf8_lossy(&head).into_owned();
    let line = text.lines().next().unwrap().to_owned();
    asked.lock().unwrap().push(line.clone());
    if wants_user && !text.contains(&format!("Basic {CREDENTIALS}")) {
        let _ = client.write_all(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n");
        return;
    }
    let target = line.split(' ').nth(1).unwrap();
    if line.starts_with("CONNECT ") {
        let mut server = TcpStream::connect(target).unwrap();
        client.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").unwrap();
        pipe(client, &mut server);
    } else {
        // Every server understands an absolute address in the first line.
        let host = target.strip_prefix("http://").unwrap().split('/').next().unwrap();
        let mut server = TcpStream::connect(host).unwrap();
        server.write_all(&head).unwrap();
        pipe(client, &mut server);
    }
}

/// Until both sides have closed.
fn pipe(client: TcpStream, server: &mut TcpStream) {
    let (mut to_client, mut from_server) = (client.try_clone().unwrap(), server.try_clone().unwrap());
    let back = thread::spawn(move || {
        let _ended = std::io::copy(&mut from_server, &mut to_client);
        let _gone = to_client.shutdown(Shutdown::Both);
    });
    let mut client = client;
    let _ended = std::io::copy(&mut client, server);
    let _gone = server.shutdown(Shutdown::Both);
    back.join().unwrap();
}

fn home_with_proxy(sim: &Sim, variable: &'static str, proxy: &str) -> Home {
    home_on(sim).with_variable(variable, proxy)
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_and_the_gateway_go_through_the_proxy_that_the_environment_names() {
    for variable in ["HTTP_PROXY", "http_proxy", "ALL_PROXY"] {
        let sim = Sim::start().await;
        let proxy = Proxy::start(false);
        let home = home_with_proxy(&sim, variable, &format!("http://{}", proxy.address));

        let running = start(&sim, &home, &[]).await;

        assert!(proxy.requests() > 0, "{variable}");
        assert_eq!(proxy.tunnels(), 1, "{variable}");
        assert_eq!(running.stop().code, Some(0));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_that_wants_a_user_is_given_the_one_in_its_address() {
    let sim = Sim::start().await;
    let proxy = Proxy::start(true);
    let home = home_with_proxy(&sim, "ALL_PROXY", &format!("http://user:word@{}", proxy.address));

    let running = start(&sim, &home, &[]).await;

    assert_eq!(proxy.tunnels(), 1);
    let outcome = running.stop();
    assert!(outcome.code == Some(0) && !outcome.stderr.contains("word@"), "{}", outcome.stderr);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_proxy_lists_is_reached_without_one() {
    let sim = Sim::start().await;
    let proxy = Proxy::start(false);
    let home = home_with_proxy(&sim, "ALL_PROXY", &format!("http://{}", proxy.address));
    let home = home.with_variable("NO_PROXY", "127.0.0.1,localhost");

    let running = start(&sim, &home, &[]).await;

    assert_eq!(proxy.asked.lock().unwrap().len(), 0);
    assert_eq!(running.stop().code, Some(0));
}

/// Otherwise the bot would log in and then stay unreachable.
#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_of_a_kind_that_cannot_be_used_is_refused_with_a_word() {
    for kind in ["socks5", "https"] {
        let sim = Sim::start().await;
        let home = home_with_proxy(&sim, "ALL_PROXY", &format!("{kind}://127.0.0.1:9"));

        let outcome = home.run(&[]);

        assert_eq!(outcome.code, Some(2), "{}", outcome.stderr);
        outcome.last_line_holds(&[&format!("a proxy of the kind {kind}://"), "ALL_PROXY", "NO_PROXY"]);
        assert!(sim.requests().is_empty());
    }
}
