//! TCP connections that a test can cut: a listener whose streams fail at once when switched off.

use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

/// Cuts one connection abruptly: the peer gets a reset.
#[derive(Clone, Debug, Default)]
pub(crate) struct KillSwitch {
    state: Arc<KillState>,
}

#[derive(Debug, Default)]
struct KillState {
    dead: AtomicBool,
    wakers: Mutex<Vec<Waker>>,
}

impl KillSwitch {
    pub(crate) fn cut(&self) {
        self.state.dead.store(true, Ordering::SeqCst);
        let wakers = std::mem::take(&mut *self.state.wakers.lock().unwrap_or_else(PoisonError::into_inner));
        for waker in wakers {
            waker.wake();
        }
    }

    /// Fails if the connection was cut; otherwise registers a waker.
    fn check(&self, context: &Context<'_>) -> io::Result<()> {
        if !self.state.dead.load(Ordering::SeqCst) {
            let mut wakers = self.state.wakers.lock().unwrap_or_else(PoisonError::into_inner);
            if !wakers.iter().any(|waker| waker.will_wake(context.waker())) {
                // Reading and writing may be two tasks; older wakers are of finished polls.
                if wakers.len() >= 8 {
                    wakers.remove(0);
                }
                wakers.push(context.waker().clone());
            }
        }
        if self.state.dead.load(Ordering::SeqCst) {
            return Err(io::ErrorKind::ConnectionReset.into());
        }
        Ok(())
    }
}

impl Connected<IncomingStream<'_, CuttableListener>> for KillSwitch {
    fn connect_info(stream: IncomingStream<'_, CuttableListener>) -> Self {
        stream.remote_addr().clone()
    }
}

pub(crate) struct CuttableListener(pub(crate) TcpListener);

impl Listener for CuttableListener {
    type Io = CuttableStream;
    type Addr = KillSwitch;

    async fn accept(&mut self) -> (CuttableStream, KillSwitch) {
        loop {
            if let Ok((stream, _)) = self.0.accept().await {
                let _ = stream.set_nodelay(true);
                let kill = KillSwitch::default();
                return (CuttableStream { stream, kill: kill.clone() }, kill);
            }
            tokio::task::yield_now().await;
        }
    }

    fn local_addr(&self) -> io::Result<KillSwitch> {
        Ok(KillSwitch::default())
    }
}

pub(crate) struct CuttableStream {
    stream: TcpStream,
    kill: KillSwitch,
}

impl CuttableStream {
    fn check(&self, context: &Context<'_>) -> io::Result<()> {
        self.kill.check(context).inspect_err(|_| {
            // Without lingering, closing sends a reset.
            let _ = self.stream.set_zero_linger();
        })
    }
}

impl AsyncRead for CuttableStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.check(context)?;
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for CuttableStream {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.check(context)?;
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.check(context)?;
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.check(context)?;
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
