//! The listening socket: having an address, and letting go of it in forked children.

use std::net::{SocketAddr, TcpListener};

use socket2::{Domain, Protocol, Socket, Type};

use crate::clock::Clock;
use crate::process::descriptors;

/// For how long an address that is in use is tried again, and how often, in seconds.
const BIND_S: f64 = 0.5;
const BIND_STEP_S: f64 = 0.02;
/// How many connections the system keeps waiting until they are accepted; it has a limit of its own, too.
const BACKLOG: i32 = 1024;

/// Listens at an address. A program that the host is just starting has a copy of every socket for a moment, so one that was closed
/// just now can still be in use; it is tried again.
pub fn bind(clock: &dyn Clock, address: SocketAddr) -> std::io::Result<TcpListener> {
    let until = clock.now() + BIND_S;
    loop {
        match listen(address) {
            Err(e) if e.kind() == std::io::ErrorKind::AddrInUse && clock.now() < until => clock.sleep(BIND_STEP_S),
            other => return other,
        }
    }
}

/// As `TcpListener::bind` does it, but under a number that is no standard descriptor's.
fn listen(address: SocketAddr) -> std::io::Result<TcpListener> {
    let socket = descriptors::raised(Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?)?;
    // On Windows another program could take the port over.
    #[cfg(unix)]
    socket.set_reuse_address(true)?;
    socket.bind(&address.into())?;
    socket.listen(BACKLOG)?;
    Ok(socket.into())
}

pub use system::Listening;

#[cfg(unix)]
mod system {
    use std::net::TcpListener;
    use std::os::fd::AsRawFd;

    use crate::process::{self, Mutex};

    /// A listening socket that forked children close: one that they kept would hold the port when the parent has closed it.
    pub struct Listening(i32);

    static LISTENING: Mutex<Vec<i32>> = Mutex::new(Vec::new());

    fn let_go() {
        for socket in LISTENING.with(std::mem::take) {
            // SAFETY: the parent's threads, which own the descriptor, do not exist in this process.
            unsafe { libc::close(socket) };
        }
    }

    impl Listening {
        /// From now until it is dropped, children close the socket.
        pub fn new(listener: &TcpListener) -> Listening {
            process::in_each_child(process::ChildHook::Receiver, let_go);
            let socket = listener.as_raw_fd();
            LISTENING.with(|listening| listening.push(socket));
            Listening(socket)
        }
    }

    impl Drop for Listening {
        fn drop(&mut self) {
            LISTENING.with(|listening| listening.retain(|socket| *socket != self.0));
        }
    }
}

#[cfg(not(unix))]
mod system {
    use std::net::TcpListener;

    /// Nothing: there are no forks.
    pub struct Listening;

    impl Listening {
        /// Nothing to do.
        pub fn new(_: &TcpListener) -> Listening {
            Listening
        }
    }
}
