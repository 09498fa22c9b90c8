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
