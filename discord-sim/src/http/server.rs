//! The listening port: websockets at `/`, everything else through the pipeline.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::any;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::connection::{CuttableListener, KillSwitch};
use super::pipeline;
use crate::gateway::socket;
use crate::shared::Shared;

pub(crate) fn serve(listener: TcpListener, shared: Arc<Shared>) -> JoinHandle<()> {
    let app = Router::new()
        .route("/", any(socket::upgrade))
        .fallback(pipeline::handle)
        .layer(DefaultBodyLimit::disable())
        .with_state(shared)
        .into_make_service_with_connect_info::<KillSwitch>();
    tokio::spawn(async move {
        // Ends with the runtime or when the simulator is dropped.
        let _ = axum::serve(CuttableListener(listener), app).await;
    })
}
