//! The sandbox by hand: reads the command line, says how to connect, and prints a line per request.

mod args;

use args::{Args, Throttle};
use finaut_sandbox::{Builder, Delivery, GUESSES, Request, Sandbox, without_identity_numbers};
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::Duration;
use tokio::sync::oneshot;

fn main() -> ExitCode {
    let (args, builder) = args::read();
    match run(&args, builder) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("finaut-sandbox: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: &Args, builder: Builder) -> std::io::Result<()> {
    let Throttle { limit, window_s } = args.throttle;
    let screen = Screen::new(args.quiet);
    let (lines, deliveries) = (screen.lines.clone(), screen.lines.clone());
    // Signals are caught before anybody is told that the sandbox is ready.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let stop = runtime.block_on(async { signals() })?;
    let builder = builder.on_request(move |request| drop(lines.send(line(request, limit))));
    let sandbox = builder.on_delivery(move |delivery| drop(deliveries.send(sent(delivery)))).try_start()?;
    let _gone = screen.lines.send(greeting(&sandbox, limit, window_s));
    if let Some(path) = &args.ca_file {
        std::fs::write(path, sandbox.ca_pem().unwrap_or_default()).map_err(|e| about(&path.display(), e))?;
    }
    if let Some(path) = &args.ready_file {
        write_whole(path, sandbox.url()).map_err(|e| about(&path.display(), e))?;
    }
    let parent_gone = parent_gone(args.until_stdin_closes);
    runtime.block_on(async {
        tokio::select! {
            () = stop => {}
            Ok(()) = parent_gone => {} // a sender that is dropped is no end
        }
    });
    drop(sandbox);
    screen.finish();
    Ok(())
}

fn about(what: &dyn std::fmt::Display, e: std::io::Error) -> std::io::Error {
    std::io::Error::new(e.kind(), format!("{what}: {e}"))
}

/// Prints lines on a thread of its own: nobody may be reading our output, and a full pipe must not stop the sandbox.
struct Screen {
    lines: Sender<String>,
    done: Receiver<()>,
}

impl Screen {
    fn new(quiet: bool) -> Self {
        let (lines, to_print) = mpsc::channel::<String>();
        let (finished, done) = mpsc::channel();
        std::thread::spawn(move || {
            for line in to_print {
                if !quiet {
                    // A closed pipe (`| head`) is no reason to stop serving.
                    let _closed = writeln!(std::io::stdout(), "{line}");
                }
            }
            let _gone = finished.send(());
        });
        Self { lines, done }
    }

    /// Gives what is still to print a moment.
    fn finish(self) {
        drop(self.lines);
        let _printed = self.done.recv_timeout(Duration::from_millis(500));
    }
}

/// Appears with all its contents or not at all, so that a script that waits for the file never reads half a URL.
fn write_whole(path: &Path, contents: &str) -> std::io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(format!(".{}", std::process::id()));
    std::fs::write(&beside, contents)?;
    std::fs::rename(&beside, path)
}

/// Resolves to `Ok` when standard input ends, if that is wanted. What comes over it is not looked at.
fn parent_gone(wanted: bool) -> oneshot::Receiver<()> {
    let (gone, waiting) = oneshot::channel();
    if wanted {
        // A thread of its own that nobody waits for: a read from standard input cannot be broken off.
        std::thread::spawn(move || {
            let _failed = std::io::copy(&mut std::io::stdin().lock(), &mut std::io::sink());
            gone.send(())
        });
    }
    waiting
}

/// Resolves at SIGINT or SIGTERM, both of which are caught from the call on.
#[cfg(unix)]
fn signals() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Resolves at Ctrl-C.
#[cfg(not(unix))]
fn signals() -> std::io::Result<impl Future<Output = ()>> {
    Ok(async {
        let _caught = tokio::signal::ctrl_c().await;
    })
}

fn greeting(sandbox: &Sandbox, limit: usize, window_s: f64) -> String {
    let (url, id, secret) = (sandbox.url(), sandbox.client_id(), sandbox.client_secret());
    let mut text = format!(
        "FinAut sandbox at {url}\n  client id      {id}\n  client secret  {secret}\n  throttle       {limit} requests per {window_s} s\n  \
         page, control  {url}/sandbox/\n  link_url       {}\n\nTo paste:\n\n  export FINAUT_API_HOST={url}\n  export FINAUT_CLIENT_ID={id}\n  \
         export FINAUT_CLIENT_SECRET={secret}\n\nWhat this takes for granted about the real server:\n\n",
        sandbox.link_url()
    );
    for guess in GUESSES {
        text.push_str(&format!("  - {guess}\n"));
    }
    text
}

fn line(request: &Request, limit: usize) -> String {
    let question = if request.query.is_empty() { "" } else { "?" };
    let target = without_identity_numbers(&format!("{}{question}{}", request.path, request.query));
    let status = if request.status == 0 { "cut".to_owned() } else { request.status.to_string() };
    let fault = request.fault.map(|fault| format!("  [{fault}]")).unwrap_or_default();
    let time = request.norwegian_time();
    format!("{time}  {:<6} {target}  {status}  {}/{limit} left{fault}", request.method, request.slots_left)
}

fn sent(delivery: &Delivery) -> String {
    let url = delivery.attempts.last().map_or("", |attempt| attempt.url.as_str());
    format!("{}  sent to {url}: {}", delivery.norwegian_time(), delivery.summary())
}
