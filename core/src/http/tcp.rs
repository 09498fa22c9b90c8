//! The socket to a server or a proxy: connecting to the first address that answers, reading and writing with time-outs. ureq's own
//! connector cannot be told to keep its descriptor away from the standard ones.

use std::io::{self, ErrorKind, Read, Write};
#[cfg(unix)]
use std::mem::MaybeUninit;
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

#[cfg(unix)]
use socket2::SockRef;
use socket2::{Domain, Protocol, Socket, Type};
use ureq::Timeout;
use ureq::unversioned::transport::{
    Buffers, ConnectionDetails, Connector, Either, LazyBuffers, NextTimeout, Transport as Wire,
};

use crate::process::descriptors;

/// The least time that each of several addresses gets.
const LEAST_PER_ADDRESS: Duration = Duration::from_millis(10);

/// Connects, where no proxy's connection is there already.
#[derive(Debug)]
pub struct Tcp;

/// A connected socket.
#[derive(Debug)]
pub struct TcpWire {
    stream: TcpStream,
    buffers: LazyBuffers,
    /// What the socket was last told, so that it need not be told again.
    read_timeout: Option<Duration>,
    write_timeout: Option<Duration>,
}

impl<In: Wire> Connector<In> for Tcp {
    type Out = Either<In, TcpWire>;

    fn connect(&self, details: &ConnectionDetails, chained: Option<In>) -> Result<Option<Self::Out>, ureq::Error> {
        if let Some(chained) = chained {
            return Ok(Some(Either::A(chained)));
        }
        let stream = first_that_answers(&details.addrs, details.timeout)?;
        let buffers = LazyBuffers::new(details.config.input_buffer_size(), details.config.output_buffer_size());
        Ok(Some(Either::B(TcpWire { stream, buffers, read_timeout: None, write_timeout: None })))
    }
}

/// Tries one address after the other. Each gets half of the time that is left, the last one all of it.
fn first_that_answers(addresses: &[SocketAddr], timeout: NextTimeout) -> Result<TcpStream, ureq::Error> {
    let until = Instant::now().checked_add(*timeout.after);
    let mut failed = ureq::Error::HostNotFound;
    for (i, address) in addresses.iter().enumerate() {
        let left = until.map(|until| until.saturating_duration_since(Instant::now()));
        if left.is_some_and(|left| left.is_zero()) {
            return Err(ureq::Error::Timeout(timeout.reason));
        }
        let share = if i + 1 < addresses.len() { 2 } else { 1 };
        let most = left.map(|left| (left / share).max(LEAST_PER_ADDRESS));
        match connect(*address, most) {
            Ok(stream) => return Ok(stream),
            Err(e) if matches!(e.kind(), ErrorKind::TimedOut | ErrorKind::WouldBlock) => {
                failed = ureq::Error::Timeout(Timeout::Connect);
            }
            Err(e) => {
                let is_of_the_address = is_of_the_address(&e);
                failed = ureq::Error::Io(e);
                if !is_of_the_address {
                    break;
                }
            }
        }
    }
    Err(failed)
}

fn connect(address: SocketAddr, most: Option<Duration>) -> io::Result<TcpStream> {
    let socket = descriptors::raised(Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?)?;
    match most {
        Some(most) => socket.connect_timeout(&address.into(), most)?,
        None => socket.connect(&address.into())?,
    }
    socket.set_tcp_nodelay(true)?;
    Ok(socket.into())
}

/// True for a failure that says nothing of the other addresses: most often there is no way for IPv6.
fn is_of_the_address(e: &io::Error) -> bool {
    /// Windows, behind some firewalls.
    const WSAEACCES: i32 = 10_013;
    (cfg!(windows) && e.raw_os_error() == Some(WSAEACCES))
        || matches!(
            e.kind(),
            ErrorKind::ConnectionRefused
                | ErrorKind::ConnectionReset
                | ErrorKind::HostUnreachable
                | ErrorKind::NetworkUnreachable
                | ErrorKind::NetworkDown
                | ErrorKind::AddrNotAvailable
        )
}

/// Unix says `WouldBlock` where Windows says `TimedOut`.
fn told(e: io::Error, timeout: NextTimeout) -> ureq::Error {
    match e.kind() {
        ErrorKind::TimedOut | ErrorKind::WouldBlock => ureq::Error::Timeout(timeout.reason),
        _ => ureq::Error::Io(e),
    }
}

impl TcpWire {
    fn read(&mut self, most: Option<Duration>) -> io::Result<usize> {
        if self.read_timeout != most {
            self.stream.set_read_timeout(most)?;
            self.read_timeout = most;
        }
        self.stream.read(self.buffers.input_append_buf())
    }
}

impl Wire for TcpWire {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.buffers
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), ureq::Error> {
        let timeout = timeout.for_write();
        if timeout.after.is_zero() {
            return Err(ureq::Error::Timeout(timeout.reason));
        }
        let most = timeout.not_zero().map(|most| *most);
        if self.write_timeout != most {
            self.stream.set_write_timeout(most)?;
            self.write_timeout = most;
        }
        let output = self.buffers.output().get(..amount).unwrap_or_default();
        self.stream.write_all(output).map_err(|e| told(e, timeout))
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, ureq::Error> {
        let timeout = timeout.for_read();
        if timeout.after.is_zero() {
            return Err(ureq::Error::Timeout(timeout.reason));
        }
        let started = Instant::now();
        let mut most = timeout.not_zero().map(|most| *most);
        let amount = loop {
            match self.read(most) {
                // A signal of the host's; Linux does not go on by itself where there is a time-out.
                Err(e) if e.kind() == ErrorKind::Interrupted => {
                    most = most.map(|_| timeout.after.saturating_sub(started.elapsed()));
                    if most.is_some_and(|left| left.is_zero()) {
                        return Err(ureq::Error::Timeout(timeout.reason));
                    }
                }
                read => break read.map_err(|e| told(e, timeout))?,
            }
        };
        self.buffers.input_appended(amount);
        Ok(amount > 0)
    }

    fn is_open(&mut self) -> bool {
        is_quiet(&self.stream)
    }
}

/// True if nothing has come on a connection between two exchanges: neither bytes nor an end. One system call.
#[cfg(unix)]
fn is_quiet(stream: &TcpStream) -> bool {
    let mut byte = [MaybeUninit::uninit()];
    let looked = SockRef::from(stream).recv_with_flags(&mut byte, libc::MSG_PEEK | libc::MSG_DONTWAIT);
    matches!(looked, Err(e) if e.kind() == ErrorKind::WouldBlock)
}

/// The same where a single call cannot be told not to wait.
#[cfg(not(unix))]
fn is_quiet(stream: &TcpStream) -> bool {
    if stream.set_nonblocking(true).is_err() {
        return false;
    }
    let quiet = matches!(stream.peek(&mut [0]), Err(e) if e.kind() == ErrorKind::WouldBlock);
    quiet && stream.set_nonblocking(false).is_ok()
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use ureq::unversioned::transport::time;

    use super::*;

    fn within(milliseconds: u64) -> NextTimeout {
        NextTimeout { after: time::Duration::from_millis(milliseconds), reason: Timeout::Connect, ..NextTimeout::default() }
    }

    #[test]
    fn the_next_address_is_tried_where_one_refuses() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let good = listener.local_addr().unwrap();
        let refusing = {
            let gone = TcpListener::bind("127.0.0.1:0").unwrap();
            gone.local_addr().unwrap()
        };
        let stream = first_that_answers(&[refusing, good], within(10_000)).unwrap();
        assert_eq!(stream.peer_addr().unwrap(), good);
        match first_that_answers(&[refusing], within(10_000)) {
            Err(ureq::Error::Io(e)) => assert_eq!(e.kind(), ErrorKind::ConnectionRefused),
            other => panic!("{other:?}"),
        }
        assert!(matches!(first_that_answers(&[], within(10_000)), Err(ureq::Error::HostNotFound)));
        assert!(matches!(first_that_answers(&[good], within(0)), Err(ureq::Error::Timeout(_))));
    }

    #[test]
    fn a_silent_server_is_waited_for_as_long_as_was_said() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let stream = connect(listener.local_addr().unwrap(), None).unwrap();
        let mut wire = TcpWire { stream, buffers: LazyBuffers::new(100, 100), read_timeout: None, write_timeout: None };
        assert!(wire.is_open());
        let started = Instant::now();
        assert!(matches!(wire.await_input(within(50)), Err(ureq::Error::Timeout(_))));
        assert!(started.elapsed() >= Duration::from_millis(40));
        let (mut accepted, _) = listener.accept().unwrap();
        accepted.write_all(b"x").unwrap();
        assert!(wire.await_input(within(60_000)).unwrap());
        drop(accepted);
        assert!(!wire.await_input(within(60_000)).unwrap());
        assert!(!wire.is_open());
    }
}
