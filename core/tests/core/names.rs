//! Names and the system's look-up of them.

/// In a network and with a resolv.conf of its own: a name server that takes questions and answers none. With resolv.conf's own limits
/// (30 s, five times, and all of it again below a search domain) the look-up would take five minutes.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[test]
fn a_silent_name_server_holds_a_call_no_longer_than_its_time_out() {
    const INSIDE: &str = "FINAUT_TEST_INSIDE";
    if std::env::var_os(INSIDE).is_some() {
        return inside::ask_the_silent();
    }
    // SAFETY: asks for a number.
    if unsafe { libc::geteuid() } != 0 {
        println!("skipped: a network of one's own needs root");
        return;
    }
    use std::os::unix::process::CommandExt;
    let mut again = std::process::Command::new(std::env::current_exe().unwrap());
    again.args(["--exact", "names::a_silent_name_server_holds_a_call_no_longer_than_its_time_out", "--nocapture"]);
    // SAFETY: a system call between fork and exec.
    unsafe {
        again.pre_exec(|| match libc::unshare(libc::CLONE_NEWNET | libc::CLONE_NEWNS) {
            0 => Ok(()),
            _ => Err(std::io::Error::last_os_error()),
        });
    }
    let done = match again.env(INSIDE, "1").output() {
        // Root in a container that may not do this.
        Err(e) if e.raw_os_error() == Some(libc::EPERM) => {
            println!("skipped: a network of one's own is not allowed here");
            return;
        }
        done => done.unwrap(),
    };
    let said = format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    assert!(done.status.success() && said.contains("asked and gave up"), "{said}");
}

#[cfg(all(target_os = "linux", target_env = "gnu"))]
mod inside {
    use std::ffi::CString;
    use std::net::UdpSocket;
    use std::time::{Duration, Instant};

    use finaut_core::client::Client;
    use finaut_core::config::Config;
    use finaut_core::error::Code;
    use serde_json::json;

    use crate::stage::call;

    fn succeeds(result: i32, what: &str) {
        assert_eq!(result, 0, "{what}: {}", std::io::Error::last_os_error());
    }

    /// Puts a file of this text in another's place, for this process.
    fn in_place_of(path: &str, text: &str) {
        let own = std::env::temp_dir().join(format!("finaut-test-names-{}-{}", std::process::id(), path.replace('/', "-")));
        std::fs::write(&own, text).unwrap();
        let (own, path) = (CString::new(own.to_str().unwrap()).unwrap(), CString::new(path).unwrap());
        // SAFETY: both paths end with a zero.
        let mounted = unsafe { libc::mount(own.as_ptr(), path.as_ptr(), std::ptr::null(), libc::MS_BIND, std::ptr::null()) };
        succeeds(mounted, "mount");
        std::fs::remove_file(own.to_str().unwrap()).unwrap();
    }

    pub fn ask_the_silent() {
        // SAFETY: the mounts from now on are this process's own; the request is filled as the call wants it.
        unsafe {
            let private = libc::MS_REC | libc::MS_PRIVATE;
            let root = c"/".as_ptr();
            succeeds(libc::mount(root, root, std::ptr::null(), private, std::ptr::null()), "private mounts");
            let socket = libc::socket(libc::AF_INET, libc::SOCK_DGRAM, 0);
            let mut loopback: libc::ifreq = std::mem::zeroed();
            loopback.ifr_name[0] = b'l' as _;
            loopback.ifr_name[1] = b'o' as _;
            loopback.ifr_ifru.ifru_flags = libc::IFF_UP as _;
            succeeds(libc::ioctl(socket, libc::SIOCSIFFLAGS as _, &loopback), "loopback");
            libc::close(socket);
        }
        in_place_of(
            "/etc/resolv.conf",
            "nameserver 127.0.0.1\nsearch one.invalid two.invalid\noptions timeout:30 attempts:5\n",
        );
        in_place_of("/etc/nsswitch.conf", "hosts: files dns\n");
        let silent = UdpSocket::bind("127.0.0.1:53").unwrap();
        silent.set_read_timeout(Some(Duration::from_secs(120))).unwrap();
        let config = json!({
            "host": "https://api.finaut.invalid", "client_id": "a", "client_secret": "b", "timeout_s": 2, "max_wait_s": 0,
        });
        let client = Client::new(Config::read(config.to_string().as_bytes(), &|_| None).unwrap()).unwrap();
        let begun = Instant::now();
        let error = call(&client, "check", json!({})).unwrap_err();
        assert_eq!(error.code(), Code::Network, "{error}");
        assert!(error.message().contains("name service"), "{error}");
        // 2 s; much more on a machine that is busy, and still far from resolv.conf's five minutes.
        assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", begun.elapsed());
        silent.recv(&mut [0; 512]).expect("it was asked");
        println!("asked and gave up after {:?}", begun.elapsed());
    }
}
