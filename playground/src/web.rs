//! The server: on loopback only, for this page only.
//!
//! | file | holds |
//! |---|---|
//! | `guard` | who may ask: `Host`, `Origin`, and the headers of every answer |
//! | `actions` | what a person does: writes, clicks, chooses, fills in |
//! | `operations` | what the operator does |
//! | `fields` | reads the fields and files of a form |

mod actions;
mod fields;
mod guard;
mod operations;

use std::collections::HashMap;
use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{StatusCode, header};
use axum::middleware;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use futures_util::stream;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::playground::Playground;
use crate::scenes;
use crate::view::{self, Sight};

/// The largest action: ten files of 10 MB, as Discord takes.
const LARGEST: usize = 100 << 20;

/// Changes within this time are sent together.
const GATHER: Duration = Duration::from_millis(40);

/// How often is looked for what changes by time alone.
const TICK: Duration = Duration::from_secs(1);

/// How long is waited for suggestions: a little longer than Discord gives the bot.
const SUGGESTS_WITHIN: Duration = Duration::from_secs(5);

type Shared = State<Arc<Playground>>;

/// A running server.
pub struct Server {
    address: SocketAddr,
    task: JoinHandle<()>,
}

impl Server {
    /// Such as `http://127.0.0.1:8080/`.
    pub fn address(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Ends it at once. Open pages try to connect again.
    pub fn stop(&self) {
        self.task.abort();
    }
}

/// Listens on this port of 127.0.0.1, or on a free one for 0.
pub async fn serve(playground: Arc<Playground>, port: u16) -> anyhow::Result<Server> {
    let listener =
        TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.with_context(|| format!("Port {port} cannot be used"))?;
    let address = listener.local_addr()?;
    let pages = Router::new()
        .route("/", get(first))
        .route("/as/{who}", get(somewhere))
        .route("/as/{who}/live", get(live_nowhere))
        .route("/as/{who}/{place}", get(page))
        .route("/as/{who}/{place}/live", get(live))
        .route("/as/{who}/{place}/command/{*path}", get(command))
        .route("/as/{who}/{place}/suggest", post(suggest))
        .route("/as/{who}/do/{verb}", post(act_nowhere))
        .route("/as/{who}/{place}/do/{verb}", post(act))
        .route("/files/{id}/{name}", get(file))
        .route("/assets/{name}", get(asset))
        .fallback(async || missing("There is no such page."))
        .layer(DefaultBodyLimit::max(LARGEST))
        .layer(middleware::from_fn_with_state(guard::Guard::of(address), guard::check))
        .with_state(playground);
    let task = tokio::spawn(async move {
        // Ends when it is aborted.
        let _ = axum::serve(listener, pages).await;
    });
    Ok(Server { address, task })
}

fn missing(text: &str) -> Response {
    (StatusCode::NOT_FOUND, Html(view::notice("Not found", text, "/"))).into_response()
}

async fn first(State(playground): Shared) -> Response {
    match playground.people().first() {
        Some(person) => Redirect::to(&format!("/as/{}", person.name())).into_response(),
        None => missing("Nobody is here."),
    }
}

/// The first channel that this person sees.
async fn somewhere(State(playground): Shared, Path(who): Path<String>) -> Response {
    let Some(person) = playground.person(&who) else { return missing("Nobody here has that name.") };
    let mut channels = playground.guild.channels();
    channels.retain(|channel| {
        person.is_member() && person.sees(channel) && channel.kind() == discord_sim::ChannelKind::Text
    });
    // Where tickets are opened is more interesting than the rules.
    let tickets = scenes::channel_for_tickets(&playground.guild).ok().map(|channel| channel.id());
    channels.sort_by_key(|channel| (Some(channel.id()) != tickets, channel.position()));
    match channels.first() {
        Some(channel) => Redirect::to(&format!("/as/{who}/{}", channel.id())).into_response(),
        None => Html(Sight::new(&playground, person, None).page()).into_response(),
    }
}

async fn page(State(playground): Shared, Path((who, place)): Path<(String, u64)>) -> Response {
    match playground.person(&who) {
        Some(person) => Html(Sight::new(&playground, person, Some(place)).page()).into_response(),
        None => missing("Nobody here has that name."),
    }
}

async fn live(State(playground): Shared, Path((who, place)): Path<(String, u64)>) -> Response {
    follow(playground, who, Some(place))
}

async fn live_nowhere(State(playground): Shared, Path(who): Path<String>) -> Response {
    follow(playground, who, None)
}

/// Server-sent events: each part whose HTML has changed, as JSON with `id` and `html`.
fn follow(playground: Arc<Playground>, who: String, place: Option<u64>) -> Response {
    struct Follower {
        playground: Arc<Playground>,
        who: String,
        place: Option<u64>,
        world: discord_sim::Changes,
        bot: tokio::sync::watch::Receiver<u64>,
        redraws: tokio::sync::watch::Receiver<u64>,
        sent: HashMap<&'static str, String>,
        is_first: bool,
    }
    let (world, bot, redraws) = (playground.sim.changes(), playground.bot.changes(), playground.redraws());
    let follower = Follower { playground, who, place, world, bot, redraws, sent: HashMap::new(), is_first: true };
    let events = stream::unfold(follower, async |mut follower| {
        if !follower.is_first {
            tokio::select! {
                _ = follower.world.changed() => tokio::time::sleep(GATHER).await,
                _ = follower.bot.changed() => tokio::time::sleep(GATHER).await,
                _ = follower.redraws.changed() => {}
                () = tokio::time::sleep(TICK) => {}
            }
        }
        follower.is_first = false;
        let person = follower.playground.person(&follower.who)?;
        let parts = Sight::new(&follower.playground, person, follower.place).parts();
        // A comment when nothing changed, so that a closed connection is noticed.
        let mut text = String::from(":\n\n");
        for (id, html) in parts {
            if follower.sent.get(id).is_none_or(|sent| *sent != html) {
                let data = serde_json::json!({ "id": id, "html": html });
                text.extend(["event: part\ndata: ", &data.to_string(), "\n\n"]);
                follower.sent.insert(id, html);
            }
        }
        Some((Ok::<_, Infallible>(text), follower))
    });
    let headers = [(header::CONTENT_TYPE, "text/event-stream"), (header::CACHE_CONTROL, "no-store")];
    (headers, Body::from_stream(Box::pin(events))).into_response()
}

async fn command(State(playground): Shared, Path((who, place, path)): Path<(String, u64, String)>) -> Response {
    let Some(person) = playground.person(&who) else { return StatusCode::NOT_FOUND.into_response() };
    let sight = Sight::new(&playground, person, Some(place));
    match view::command::fields(&sight, &path.replace('/', " ")) {
        Some(markup) => Html(markup.into_string()).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn suggest(
    State(playground): Shared,
    Path((who, place)): Path<(String, u64)>,
    fields: fields::Fields,
) -> Response {
    let Some(person) = playground.person(&who) else { return StatusCode::NOT_FOUND.into_response() };
    let mut slash = person.slash(fields.text("path")).at(&place);
    for (name, value) in fields.named("option.") {
        if !value.is_empty() {
            slash = slash.typed(name, value);
        }
    }
    let Ok(reply) = slash.try_begin_suggest(fields.text("focused")) else {
        return StatusCode::NO_CONTENT.into_response();
    };
    let mut changes = playground.sim.changes();
    let waiting = async { while reply.choices().is_none() && changes.changed().await {} };
    let _ = tokio::time::timeout(SUGGESTS_WITHIN, waiting).await;
    let sight = Sight::new(&playground, person, Some(place));
    Html(view::command::suggestions(&sight, &reply).into_string()).into_response()
}

async fn act(
    State(playground): Shared,
    Path((who, place, verb)): Path<(String, u64, String)>,
    headers: axum::http::HeaderMap,
    fields: fields::Fields,
) -> Response {
    let Some(person) = playground.person(&who) else { return missing("Nobody here has that name.") };
    let back = format!("/as/{who}/{place}");
    let outcome = actions::act(&playground, &person, Some(place), &verb, &fields);
    answer(outcome, &headers, &back)
}

async fn act_nowhere(
    State(playground): Shared,
    Path((who, verb)): Path<(String, String)>,
    headers: axum::http::HeaderMap,
    fields: fields::Fields,
) -> Response {
    let Some(person) = playground.person(&who) else { return missing("Nobody here has that name.") };
    let outcome = actions::act(&playground, &person, None, &verb, &fields);
    answer(outcome, &headers, &format!("/as/{who}"))
}

/// For the page's script JSON: what to say and where to go. For a form that was sent without it, a page.
fn answer(outcome: anyhow::Result<actions::Done>, headers: &axum::http::HeaderMap, back: &str) -> Response {
    let by_script = headers.contains_key("x-playground");
    match outcome {
        Ok(done) if by_script => json(&serde_json::json!({ "go": done.go })),
        Ok(done) => Redirect::to(done.go.as_deref().unwrap_or(back)).into_response(),
        Err(error) if by_script => {
            (StatusCode::CONFLICT, json(&serde_json::json!({ "say": format!("{error:#}") }))).into_response()
        }
        Err(error) => {
            (StatusCode::CONFLICT, Html(view::notice("That did not work", &format!("{error:#}"), back))).into_response()
        }
    }
}

fn json(value: &serde_json::Value) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], value.to_string()).into_response()
}

/// An uploaded file. Only pictures are shown; everything else is downloaded, so that nothing in it can run.
async fn file(State(playground): Shared, Path((id, _name)): Path<(u64, String)>) -> Response {
    let Some(file) = playground.sim.file(id) else { return missing("There is no such file.") };
    let kind = file.content_type.as_deref().filter(|kind| view::is_picture(kind));
    let disposition = if kind.is_some() { "inline" } else { "attachment" };
    let headers = [
        (header::CONTENT_TYPE, kind.unwrap_or("application/octet-stream")),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CACHE_CONTROL, "private, max-age=3600"),
    ];
    (headers, file.bytes).into_response()
}

async fn asset(Path(name): Path<String>) -> Response {
    let (kind, text) = match name.as_str() {
        "page.css" => ("text/css; charset=utf-8", include_str!("../assets/page.css")),
        "page.js" => ("text/javascript; charset=utf-8", include_str!("../assets/page.js")),
        "morph.js" => ("text/javascript; charset=utf-8", include_str!("../assets/morph.js")),
        "commands.js" => ("text/javascript; charset=utf-8", include_str!("../assets/commands.js")),
        "icon.svg" => ("image/svg+xml", include_str!("../assets/icon.svg")),
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-cache")], text).into_response()
}
