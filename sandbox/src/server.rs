//! The listening side: accepts connections, gives each a number, and closes them in the way that a fault asks for.

use crate::exchange::{self, Closing};
use crate::shared::Shared;
use crate::stream::Stream;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use std::error::Error;
use std::future::poll_fn;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio_rustls::TlsAcceptor;

/// Loopback only, with room for a thousand clients that connect at once.
pub(crate) fn listen(port: u16) -> std::io::Result<TcpListener> {
    let socket = TcpSocket::new_v4()?;
    #[cfg(unix)]
    socket.set_reuseaddr(true)?; // on Windows this would let two programs share the port
    socket.bind(SocketAddr::from(([127, 0, 0, 1], port)))?;
    socket.listen(4_096)
}

/// Accepts until the future is dropped.
pub(crate) async fn accept(listener: TcpListener, tls: Option<TlsAcceptor>, shared: Arc<Shared>) {
    loop {
        match listener.accept().await {
            Ok((tcp, _)) => {
                let number = {
                    let mut world = shared.world();
                    world.connections += 1;
                    world.open_connections += 1;
                    world.connections
                };
                tokio::spawn(serve(tcp, tls.clone(), Open(shared.clone()), number));
            }
            // Out of file descriptors, most likely: some will be free again in a moment.
            Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
        }
    }
}

/// Counts a connection as open until it is dropped.
struct Open(Arc<Shared>);

impl Drop for Open {
    fn drop(&mut self) {
        self.0.world().open_connections -= 1;
    }
}

async fn serve(tcp: TcpStream, tls: Option<TlsAcceptor>, open: Open, number: u64) {
    let _without = tcp.set_nodelay(true);
    let stream = match tls {
        None => Stream::Plain(tcp),
        Some(acceptor) => match acceptor.accept(tcp).await {
            Ok(tls) => Stream::Tls(Box::new(tls)),
            Err(_) => return, // the client did not like the certificate
        },
    };
    let service = service_fn(|request| Box::pin(exchange::answer(open.0.clone(), number, request)));
    let mut connection = http1::Builder::new()
        .auto_date_header(false) // the sandbox has a clock of its own
        .header_read_timeout(None)
        .title_case_headers(true) // as Django writes them
        .serve_connection(TokioIo::new(stream), service);
    let end = poll_fn(|cx| connection.poll_without_shutdown(cx)).await;
    let mut stream = connection.into_parts().io.into_inner();
    let closing = end.as_ref().err().and_then(Error::source).and_then(|source| source.downcast_ref::<Closing>());
    match closing {
        Some(closing) => stream.end(&closing.last, closing.idle, closing.reset).await,
        None => drop(stream.shutdown().await),
    }
}
