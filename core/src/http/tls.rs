//! TLS over a connection, with settings that all connections of an agent share: the trusted authorities are parsed once, and sessions
//! are resumed. Whom TLS trusts is in `roots`.

use std::fmt;
use std::io::{Read, Write};
use std::sync::Arc;

use rustls::pki_types::ServerName;
use rustls::{ALL_VERSIONS, ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use ureq::unversioned::transport::{
    Buffers, ConnectionDetails, Connector, Either, LazyBuffers, NextTimeout, Transport as Wire, TransportAdapter, time,
};

/// What rustls needs to know for each connection. Errors: rustls's own.
pub fn settings(trusted: RootCertStore) -> Result<Arc<ClientConfig>, rustls::Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider).with_protocol_versions(ALL_VERSIONS)?;
    Ok(Arc::new(builder.with_root_certificates(trusted).with_no_client_auth()))
}

/// Agrees upon TLS, where the address asks for it. ureq's own connector would parse the certificates anew for each agent.
pub struct Tls(pub Option<Arc<ClientConfig>>);

impl fmt::Debug for Tls {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("Tls")
    }
}

impl<In: Wire> Connector<In> for Tls {
    type Out = Either<In, TlsWire>;

    fn connect(&self, details: &ConnectionDetails, chained: Option<In>) -> Result<Option<Self::Out>, ureq::Error> {
        let Some(below) = chained else { return Ok(None) };
        if !details.needs_tls() || below.is_tls() {
            return Ok(Some(Either::A(below)));
        }
        let settings = self.0.clone().ok_or(ureq::Error::TlsRequired)?;
        let host = details.uri.host().unwrap_or_default();
        // An address of IPv6 stands in brackets, and in certificates without.
        let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
        let name = ServerName::try_from(bare.to_owned()).map_err(|_| ureq::Error::Tls("Rustls invalid dns name error"))?;
        let mut conn = ClientConnection::new(settings, name)?;
        let mut sock = TransportAdapter::new(below.boxed(), details.current_time.clone());
        sock.set_timeout(details.timeout);
        conn.complete_io(&mut sock)?;
        let buffers = LazyBuffers::new(details.config.input_buffer_size(), details.config.output_buffer_size());
        Ok(Some(Either::B(TlsWire { buffers, stream: StreamOwned { conn, sock } })))
    }
}

/// A connection with TLS.
pub struct TlsWire {
    buffers: LazyBuffers,
    stream: StreamOwned<ClientConnection, TransportAdapter>,
}

impl fmt::Debug for TlsWire {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        write!(formatter, "TlsWire({:?})", self.stream.sock.inner())
    }
}

/// What has come already is read at once; this is only for what is not there against all expectation.
const AT_ONCE: time::Duration = time::Duration::from_millis(1);
/// How often it is read, some kilobytes each time. A ticket has some hundred bytes.
const MOST_ROUNDS: usize = 16;

impl TlsWire {
    /// Reads what came between two exchanges. True if it may stay: a session ticket, or a part of one; false for the server's farewell,
    /// the connection's end, and an answer to nothing.
    fn takes_in(&mut self) -> bool {
        self.stream.sock.set_timeout(NextTimeout { after: AT_ONCE, ..NextTimeout::default() });
        if !matches!(self.stream.conn.read_tls(&mut self.stream.sock), Ok(1..)) {
            return false;
        }
        let Ok(state) = self.stream.conn.process_new_packets() else { return false };
        !state.peer_has_closed() && state.plaintext_bytes_to_read() == 0
    }
}

impl Wire for TlsWire {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.buffers
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), ureq::Error> {
        self.stream.sock.set_timeout(timeout);
        let output = self.buffers.output().get(..amount).unwrap_or_default();
        self.stream.write_all(output)?;
        Ok(())
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, ureq::Error> {
        self.stream.sock.set_timeout(timeout);
        let amount = self.stream.read(self.buffers.input_append_buf())?;
        self.buffers.input_appended(amount);
        Ok(amount > 0)
    }

    fn is_open(&mut self) -> bool {
        match self.stream.conn.process_new_packets() {
            Ok(state) if !state.peer_has_closed() && state.plaintext_bytes_to_read() == 0 => {}
            _ => return false,
        }
        // Most often there is nothing, and one system call says so. A server that does not stop sending is let go of.
        for _ in 0..MOST_ROUNDS {
            let below = self.stream.sock.get_mut();
            if below.buffers().input().is_empty() && below.is_open() {
                return true;
            }
            if !self.takes_in() {
                return false;
            }
        }
        false
    }

    fn is_tls(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};

    use finaut_sandbox::ThrowawayCa;
    use rustls::pki_types::pem::PemObject;
    use rustls::pki_types::{CertificateDer, PrivateKeyDer};
    use rustls::{ServerConfig, ServerConnection};
    use ureq::Agent;
    use ureq::http::Uri;
    use ureq::unversioned::resolver::{ArrayVec, DefaultResolver, ResolvedSocketAddrs};

    use super::super::tcp::Tcp;
    use super::*;

    struct Server {
        settings: Arc<ServerConfig>,
        listener: TcpListener,
        trusted: RootCertStore,
    }

    impl Server {
        fn new() -> Server {
            let ca = ThrowawayCa::new();
            let (cert, key) = ca.certificate_for(&["localhost"]);
            let settings = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
                .with_safe_default_protocol_versions()
                .unwrap()
                .with_no_client_auth()
                .with_single_cert(
                    vec![CertificateDer::from_pem_slice(cert.as_bytes()).unwrap()],
                    PrivateKeyDer::from_pem_slice(key.as_bytes()).unwrap(),
                )
                .unwrap();
            let mut trusted = RootCertStore::empty();
            trusted.add(CertificateDer::from_pem_slice(ca.pem().as_bytes()).unwrap()).unwrap();
            Server { settings: Arc::new(settings), listener: TcpListener::bind("127.0.0.1:0").unwrap(), trusted }
        }

        /// Both ends of a connection on which the server has sent its session tickets, and nothing else.
        fn connected(&self) -> (Box<dyn Wire>, StreamOwned<ServerConnection, TcpStream>) {
            let address = self.listener.local_addr().unwrap();
            let settings = self.settings.clone();
            std::thread::scope(|scope| {
                let server = scope.spawn(move || {
                    let (sock, _) = self.listener.accept().unwrap();
                    let mut stream = StreamOwned::new(ServerConnection::new(settings).unwrap(), sock);
                    while stream.conn.is_handshaking() || stream.conn.wants_write() {
                        stream.conn.complete_io(&mut stream.sock).unwrap();
                    }
                    stream
                });
                (self.client(address), server.join().unwrap())
            })
        }

        fn client(&self, address: SocketAddr) -> Box<dyn Wire> {
            let uri: Uri = format!("https://localhost:{}", address.port()).parse().unwrap();
            let mut addrs: ResolvedSocketAddrs = ArrayVec::from_fn(|_| SocketAddr::from((Ipv4Addr::LOCALHOST, 0)));
            addrs.push(address);
            let config = Agent::config_builder().proxy(None).build();
            let chain = ().chain(Tcp).chain(Tls(Some(settings(self.trusted.clone()).unwrap())));
            let details = ConnectionDetails {
                uri: &uri,
                addrs,
                config: &config,
                request_level: false,
                resolver: &DefaultResolver::default(),
                now: time::Instant::now(),
                timeout: NextTimeout::default(),
                current_time: Arc::new(time::Instant::now),
                run_connector: Arc::new(|_| Err(ureq::Error::ConnectionFailed)),
                register_shutdown: Arc::new(|_| Ok(())),
            };
            chain.connect(&details, None).unwrap().unwrap().boxed()
        }
    }

    /// Waits until what the server sent has made the connection so.
    fn becomes(wire: &mut Box<dyn Wire>, open: bool) {
        while wire.is_open() != open {
            std::thread::yield_now();
        }
    }

    #[test]
    fn a_session_ticket_is_no_reason_to_give_a_connection_up_and_a_farewell_is() {
        let server = Server::new();
        let (mut wire, mut theirs) = server.connected();
        for _ in 0..3 {
            assert!(wire.is_open(), "there are tickets, or nothing");
        }
        // It can still be used.
        wire.buffers().output()[..4].copy_from_slice(b"ping");
        wire.transmit_output(4, NextTimeout::default()).unwrap();
        theirs.read_exact(&mut [0; 4]).unwrap();
        theirs.write_all(b"pong").unwrap();
        assert!(wire.await_input(NextTimeout::default()).unwrap());
        assert_eq!(wire.buffers().input(), b"pong");
        wire.buffers().input_consume(4);
        assert!(wire.is_open());
        theirs.conn.send_close_notify();
        theirs.conn.complete_io(&mut theirs.sock).unwrap();
        becomes(&mut wire, false);
    }

    #[test]
    fn an_answer_to_nothing_and_an_end_are_reasons_to_give_a_connection_up() {
        let server = Server::new();
        let (mut wire, mut theirs) = server.connected();
        theirs.write_all(b"HTTP/1.1 408 Request Timeout\r\n\r\n").unwrap();
        becomes(&mut wire, false);
        let (mut wire, theirs) = server.connected();
        drop(theirs);
        becomes(&mut wire, false);
        let (mut wire, mut theirs) = server.connected();
        theirs.sock.write_all(b"no TLS at all").unwrap();
        becomes(&mut wire, false);
    }
}
