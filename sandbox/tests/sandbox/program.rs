//! The program by hand: command line, screen, signals.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_finaut-sandbox"));
    command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Ends the program however the test ends.
struct Running(Child, PathBuf);

impl Running {
    /// Waits for the ready file and reads it.
    fn url(&self) -> String {
        let began = Instant::now();
        loop {
            if let Ok(url) = std::fs::read_to_string(&self.1) {
                return url;
            }
            assert!(began.elapsed() < Duration::from_secs(600), "no ready file");
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ended = self.0.kill();
        let _reaped = self.0.wait();
        let _removed = std::fs::remove_file(&self.1);
    }
}

#[test]
fn mistakes_on_the_command_line_end_with_2_and_say_why() {
    for (arguments, named) in [
        (&["--port", "99999"][..], "--port"),
        (&["--throttle", "200"], "--throttle"),
        (&["--validation-status", "500"], "--validation-status"),
        (&["--nothing"], "--nothing"),
        (&["--users"], "--users"),
        (&["--ca-file", "x"], "--tls"),
        (&["--webhook", "http://hr.example/"], "--send-anywhere"),
        (&["--link-callback", "nowhere"], "link_callback_url"),
        (&["--webhook-header", "X-Secret"], "NAME: VALUE"),
        (&["--webhook-body", "xml"], "xml"),
        (&["--link-callback-fields", "one"], "--link-callback-fields"),
    ] {
        let output = program(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains(named), "{arguments:?}");
    }
    let help = program(&["--help"]).output().unwrap();
    assert!(help.status.success() && String::from_utf8_lossy(&help.stdout).contains("--ready-file"));
}

#[test]
fn it_says_how_to_connect_and_prints_a_line_per_request() {
    let ready = std::env::temp_dir().join(format!("finaut-sandbox-ready-{}", std::process::id()));
    let _old = std::fs::remove_file(&ready);
    let child = program(&["--port", "0", "--users", "5", "--throttle", "7/60", "--ready-file", ready.to_str().unwrap()])
        .spawn()
        .unwrap();
    let mut running = Running(child, ready.clone());
    let url = running.url();
    let mut lines = BufReader::new(running.0.stdout.take().unwrap()).lines().map(Result::unwrap);
    assert_eq!(lines.next().unwrap(), format!("FinAut sandbox at {url}"));
    assert!(lines.any(|line| line.trim() == format!("export FINAUT_API_HOST={url}")));
    assert!(lines.any(|line| line.contains("validation_status")), "its guesses");
    let port: u16 = url.rsplit(':').next().unwrap().parse().unwrap();
    let mut socket = std::net::TcpStream::connect(("127.0.0.1", port)).unwrap();
    crate::caller::send(&mut socket, "GET", "/finautapi/v1/user/?persnr=01819012345", "", "");
    let line = lines.find(|line| line.contains("GET")).unwrap();
    assert!(line.ends_with("GET    /finautapi/v1/user/?persnr=***  401  7/7 left"), "{line}");
    #[cfg(unix)]
    {
        let pid = running.0.id().to_string();
        // The shell's own kill: not every system has the program.
        assert!(Command::new("sh").args(["-c", "kill -TERM $0", &pid]).status().unwrap().success());
        assert_eq!(running.0.wait().unwrap().code(), Some(0));
    }
}

#[test]
fn webhooks_are_set_on_the_command_line_and_told_on_the_screen() {
    let customer = crate::customer::Customer::new();
    let ready = std::env::temp_dir().join(format!("finaut-sandbox-hooks-{}", std::process::id()));
    let _old = std::fs::remove_file(&ready);
    let (webhook, callback) = (customer.url("/hook"), customer.url("/linked"));
    let child = program(&["--port", "0", "--ready-file", ready.to_str().unwrap()])
        .args(["--webhook", &webhook, "--webhook-header", "X-Secret: å:b", "--webhook-secret", "s", "--webhook-body", "list"])
        .args(["--link-callback", &callback, "--link-redirect", "https://hr.example/", "--link-callback-as-form"])
        .args(["--link-callback-fields", "ext-user-id,encoded_userid"])
        .spawn()
        .unwrap();
    let mut running = Running(child, ready);
    let url = running.url();
    let port: u16 = url.rsplit(':').next().unwrap().parse().unwrap();
    let mut lines = BufReader::new(running.0.stdout.take().unwrap()).lines().map(Result::unwrap);
    assert!(lines.any(|line| line.ends_with(&format!("{url}/link/?ext-user-id={{ext_user_id}}"))), "link_url");
    let mut socket = std::net::TcpStream::connect(("127.0.0.1", port)).unwrap();
    crate::caller::send(&mut socket, "POST", "/sandbox/results", "", "{\"user\": 590005}");
    let hook = customer.hooks(1).remove(0);
    assert_eq!(hook.header("x-secret").map(str::len), Some("å:b".len()));
    assert!(hook.header("x-hub-signature").is_some() && hook.json().is_array());
    let line = lines.find(|line| line.contains("sent to")).unwrap();
    assert!(line.contains(&format!("sent to {webhook}: result 88")) && line.ends_with("-> 200"), "{line}");
    let mut socket = std::net::TcpStream::connect(("127.0.0.1", port)).unwrap();
    crate::caller::send(&mut socket, "POST", "/link/", "", "ext-user-id=1&person=590005");
    assert!(customer.hooks(2)[1].body.starts_with("ext-user-id=1&encoded_userid="));
}

#[test]
fn nobody_need_read_what_it_prints() {
    let ready = std::env::temp_dir().join(format!("finaut-sandbox-unread-{}", std::process::id()));
    let child = program(&["--port", "0", "--users", "5", "--ready-file", ready.to_str().unwrap()]).spawn().unwrap();
    let running = Running(child, ready);
    let url = running.url();
    let port: u16 = url.rsplit(':').next().unwrap().parse().unwrap();
    let long = "x".repeat(4_000);
    for _ in 0..40 {
        // More than a pipe holds.
        let mut socket = std::net::TcpStream::connect(("127.0.0.1", port)).unwrap();
        socket.set_read_timeout(Some(Duration::from_secs(600))).unwrap();
        crate::caller::send(&mut socket, "GET", &format!("/finautapi/v1/user/?{long}"), "", "");
        std::io::Read::read_exact(&mut socket, &mut [0; 12]).unwrap();
    }
}

/// Whoever starts it with a pipe takes it along, by whatever death: the system closes the pipe.
#[test]
fn it_ends_with_its_standard_input_if_told_so() {
    let ready = std::env::temp_dir().join(format!("finaut-sandbox-stdin-{}", std::process::id()));
    let _old = std::fs::remove_file(&ready);
    let mut command = program(&["--port", "0", "--users", "5", "--quiet", "--until-stdin-closes"]);
    let child = command.args(["--ready-file", ready.to_str().unwrap()]).stdin(Stdio::piped()).spawn().unwrap();
    let mut running = Running(child, ready);
    running.url();
    std::io::Write::write_all(running.0.stdin.as_mut().unwrap(), b"not looked at\n").unwrap();
    assert!(running.0.try_wait().unwrap().is_none(), "it runs while the pipe is open");
    drop(running.0.stdin.take());
    assert_eq!(running.0.wait().unwrap().code(), Some(0));
    // Without the option a closed standard input, as that of a service, is no reason to end: the tests above have none.
}
