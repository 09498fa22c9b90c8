//! Each kind of fault, seen from the other end of the socket.

use crate::caller::{Caller, Reply, send, token};
use finaut_sandbox::{Fault, Sandbox};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

fn created(sandbox: &Sandbox) -> usize {
    sandbox.users_with_persnr(&sandbox.unused_persnr(0))
}

#[test]
fn a_cut_before_acting_sends_no_byte_and_does_nothing() {
    let sandbox = Sandbox::builder().start();
    let caller = Caller::new(&sandbox);
    sandbox.fault(Fault::cut_before_acting().method("POST").path("user/"));
    let (bytes, reset) = caller.bytes("POST", "user/", &caller.newcomer(0).to_string());
    assert_eq!((bytes.as_slice(), reset), (b"".as_slice(), false));
    assert_eq!((created(&sandbox), sandbox.slots_left()), (0, 200));
    let seen = sandbox.requests().pop().unwrap();
    assert_eq!((seen.status, seen.counted, seen.fault), (0, false, Some("cut_before_acting")));
}

#[test]
fn a_cut_after_acting_sends_no_byte_but_the_deed_is_done() {
    let sandbox = Sandbox::builder().start();
    let caller = Caller::new(&sandbox);
    sandbox.fault(Fault::cut_after_acting().method("POST").path("user/").times(1));
    let (bytes, reset) = caller.bytes("POST", "user/", &caller.newcomer(0).to_string());
    assert_eq!((bytes.as_slice(), reset), (b"".as_slice(), false));
    assert_eq!((created(&sandbox), sandbox.slots_left()), (1, 199));
    assert_eq!(caller.post("user/", &caller.newcomer(0)).status, 422, "once only, and now there is such a person");
}

#[test]
fn a_cut_may_be_a_reset() {
    let sandbox = Sandbox::builder().start();
    let caller = Caller::new(&sandbox);
    sandbox.fault(Fault::cut_after_acting().reset());
    assert_eq!(caller.bytes("GET", "user/", ""), (Vec::new(), true));
}

#[test]
fn a_cut_strikes_in_the_middle_of_a_kept_alive_connection() {
    let sandbox = Sandbox::builder().start();
    let caller = Caller::new(&sandbox);
    sandbox.fault(Fault::cut_after_acting().path("companies/"));
    let mut socket = TcpStream::connect(("127.0.0.1", sandbox.port())).unwrap();
    send(&mut socket, "GET", "/finautapi/v1/userrole/afr_ka/", &caller.headers, "");
    let mut first = [0; 4096];
    let length = socket.read(&mut first).unwrap();
    assert_eq!(Reply::of(&first[..length]).status, 200);
    send(&mut socket, "GET", "/finautapi/v1/companies/", &caller.headers, "");
    assert_eq!(socket.read(&mut first).unwrap(), 0);
}

#[test]
fn half_a_body_promises_more_than_it_sends() {
    let sandbox = Sandbox::builder().start();
    let caller = Caller::new(&sandbox);
    sandbox.fault(Fault::half_body());
    let reply = caller.post("user/", &caller.newcomer(0));
    let promised: usize = reply.header("Content-Length").unwrap().parse().unwrap();
    assert_eq!((reply.status, reply.body.len()), (201, promised / 2));
    assert_eq!(created(&sandbox), 1);
}

#[test]
fn a_status_comes_instead_of_acting_unless_told_otherwise() {
    let sandbox = Sandbox::builder().start();
    let caller = Caller::new(&sandbox);
    sandbox.fault(Fault::status(503).header("Retry-After", "2").body("{\"detail\":\"pause\"}"));
    let reply = caller.post("user/", &caller.newcomer(0));
    assert_eq!((reply.status, reply.header("Retry-After"), reply.text()), (503, Some("2"), "{\"detail\":\"pause\"}"));
    assert_eq!(created(&sandbox), 0);
    sandbox.fault(Fault::status(504).after_acting());
    assert_eq!(caller.post("user/", &caller.newcomer(0)).status, 504);
    assert_eq!(created(&sandbox), 1);
}

#[test]
fn retry_after_may_be_a_date_by_the_sandboxs_clock() {
    let sandbox = Sandbox::builder().start_at(784_111_777.0).start();
    let caller = Caller::new(&sandbox);
    sandbox.fault(Fault::status(429).retry_after_date(60.5));
    let reply = caller.get("user/");
    assert_eq!(reply.header("Retry-After"), Some("Sun, 06 Nov 1994 08:50:37 GMT"));
    assert!(reply.header("Date").unwrap().starts_with("Sun, 06 Nov 1994 08:49:3"));
}

#[test]
fn an_html_page_comes_as_from_a_proxy() {
    let sandbox = Sandbox::builder().start();
    let caller = Caller::new(&sandbox);
    sandbox.fault(Fault::html(502));
    let reply = caller.post("user/", &caller.newcomer(0));
    assert_eq!(reply.status, 502);
    assert!(reply.header("Content-Type").unwrap().starts_with("text/html"));
    assert!(reply.text().contains("<h1>"));
    assert_eq!(created(&sandbox), 0);
}

#[test]
fn faults_may_strike_the_token_endpoint() {
    let sandbox = Sandbox::builder().start();
    sandbox.fault(Fault::status(500).path("/o/token/"));
    let form = "grant_type=client_credentials&client_id=sandbox-client&client_secret=sandbox-secret";
    assert_eq!(crate::caller::token_reply(&sandbox, form).status, 500);
    assert_eq!(crate::caller::token_reply(&sandbox, form).status, 200);
}

#[test]
fn delays_come_before_or_after_acting() {
    let sandbox = Sandbox::builder().start();
    let caller = Caller::new(&sandbox);
    for (fault, done_while_waiting) in [(Fault::delay_before_acting(2_000), 0), (Fault::delay_after_acting(2_000), 1)] {
        sandbox.fault(fault);
        let newcomer = caller.newcomer(done_while_waiting);
        let persnr = newcomer["persnr"].as_str().unwrap().to_owned();
        std::thread::scope(|scope| {
            let asking = scope.spawn(|| caller.post("user/", &newcomer).status);
            std::thread::sleep(Duration::from_millis(150));
            // The request itself takes its time on a busy machine.
            while sandbox.users_with_persnr(&persnr) != done_while_waiting && !asking.is_finished() {
                std::thread::sleep(Duration::from_millis(10));
            }
            let seen = Instant::now();
            assert_eq!(sandbox.users_with_persnr(&persnr), done_while_waiting);
            assert_eq!(asking.join().unwrap(), 201);
            assert!(seen.elapsed() >= Duration::from_millis(300), "it answered as soon as it had acted");
        });
    }
}

#[test]
fn the_server_goes_on_when_the_client_has_hung_up() {
    let sandbox = Sandbox::builder().start();
    let caller = Caller::new(&sandbox);
    sandbox.fault(Fault::delay_before_acting(200));
    let mut socket = TcpStream::connect(("127.0.0.1", sandbox.port())).unwrap();
    send(&mut socket, "POST", "/finautapi/v1/user/", &caller.headers, &caller.newcomer(0).to_string());
    std::thread::sleep(Duration::from_millis(50));
    drop(socket);
    assert_eq!(created(&sandbox), 0);
    std::thread::sleep(Duration::from_millis(400));
    assert_eq!(created(&sandbox), 1);
}

#[test]
fn half_a_request_is_not_acted_on() {
    let sandbox = Sandbox::builder().start();
    let caller = Caller::new(&sandbox);
    let mut socket = TcpStream::connect(("127.0.0.1", sandbox.port())).unwrap();
    let body = caller.newcomer(0).to_string();
    let head =
        format!("POST /finautapi/v1/user/ HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n{}\r\n", body.len(), caller.headers);
    socket.write_all(head.as_bytes()).unwrap();
    socket.write_all(&body.as_bytes()[..body.len() / 2]).unwrap();
    socket.shutdown(std::net::Shutdown::Write).unwrap();
    let mut answered = Vec::new();
    let _reset = socket.read_to_end(&mut answered);
    assert_eq!((answered.len(), created(&sandbox)), (0, 0));
}

#[test]
fn revoked_tokens_are_unknown_at_once() {
    let sandbox = Sandbox::builder().start();
    let caller = Caller::new(&sandbox);
    sandbox.fault(Fault::token_revoked().nth(2));
    assert_eq!((caller.get("user/").status, caller.get("user/").status), (200, 401));
    let caller = Caller::new(&sandbox);
    assert_eq!(caller.get("user/").status, 200);
    sandbox.revoke_tokens();
    assert_eq!(caller.get("user/").status, 401);
}

#[test]
fn a_huge_body_is_as_long_as_asked_and_json() {
    let sandbox = Sandbox::builder().start();
    let caller = Caller::new(&sandbox);
    sandbox.fault(Fault::huge_body(3_000_000));
    let reply = caller.get("user/");
    assert_eq!((reply.status, reply.body.len(), reply.header("Content-Length")), (200, 3_000_000, Some("3000000")));
    assert!(reply.json().is_object());
}

#[test]
fn garbage_is_no_http() {
    let sandbox = Sandbox::builder().start();
    let caller = Caller::new(&sandbox);
    sandbox.fault(Fault::garbage());
    let (bytes, _) = caller.bytes("POST", "user/", &caller.newcomer(0).to_string());
    assert_eq!((bytes.len(), bytes.starts_with(b"HTTP"), created(&sandbox)), (64, false, 0));
}

#[test]
fn a_drip_takes_its_time_and_arrives_whole() {
    let sandbox = Sandbox::builder().start();
    let caller = Caller::new(&sandbox);
    let whole = caller.get("user/590001/").text().to_owned();
    sandbox.fault(Fault::drip(whole.len().div_ceil(5), 30));
    let began = Instant::now();
    assert_eq!(caller.get("user/590001/").text(), whole);
    assert!(began.elapsed() >= Duration::from_millis(4 * 30));
}

#[test]
fn a_quiet_close_answers_in_full_and_does_not_announce_the_end() {
    let sandbox = Sandbox::builder().start();
    let caller = Caller::new(&sandbox);
    sandbox.fault(Fault::close_quietly().always());
    for _ in 0..2 {
        let mut socket = TcpStream::connect(("127.0.0.1", sandbox.port())).unwrap();
        send(&mut socket, "GET", "/finautapi/v1/user/590001/", &caller.headers, "");
        let mut bytes = Vec::new();
        socket.read_to_end(&mut bytes).unwrap();
        let reply = Reply::of(&bytes);
        assert_eq!(reply.header("Connection"), None);
        assert_eq!(reply.header("Content-Length").unwrap().parse::<usize>().unwrap(), reply.body.len());
    }
    sandbox.clear_faults();
    assert_eq!(sandbox.faults_waiting(), 0);
}

#[test]
fn a_request_on_a_connection_that_is_about_to_close_is_reset_and_not_acted_on() {
    let sandbox = Sandbox::builder().start();
    let caller = Caller::new(&sandbox);
    sandbox.fault(Fault::close_quietly().idle(150));
    let mut socket = TcpStream::connect(("127.0.0.1", sandbox.port())).unwrap();
    send(&mut socket, "GET", "/finautapi/v1/user/590001/", &caller.headers, "");
    let mut answered = [0; 4096];
    assert!(socket.read(&mut answered).unwrap() > 0);
    send(&mut socket, "POST", "/finautapi/v1/user/", &caller.headers, &caller.newcomer(0).to_string());
    assert!(matches!(socket.read(&mut answered), Ok(0) | Err(_)));
    assert_eq!(created(&sandbox), 0);
}

#[test]
fn a_thousand_connections_at_once_are_served() {
    let sandbox = Sandbox::builder().throttle(2_000, 3600.0).start();
    let headers = format!("Authorization: Bearer {}\r\n", token(&sandbox, "sandbox-client", "sandbox-secret"));
    let mut sockets: Vec<TcpStream> = (0..1_000).map(|_| TcpStream::connect(("127.0.0.1", sandbox.port())).unwrap()).collect();
    for socket in &mut sockets {
        send(socket, "GET", "/finautapi/v1/user/590001/", &headers, "");
    }
    for socket in &mut sockets {
        let mut bytes = [0; 4096];
        let length = socket.read(&mut bytes).unwrap();
        assert_eq!(Reply::of(&bytes[..length]).status, 200);
    }
    assert_eq!((sandbox.connections(), sandbox.open_connections(), sandbox.slots_left()), (1_001, 1_000, 1_000));
}
