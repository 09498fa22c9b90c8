//! What wraps a socket: waits that look up every now and then whether the host wants to stop.

use std::cell::{Cell, RefCell};
use std::mem::ManuallyDrop;
use std::rc::Rc;
use std::time::{Duration, Instant};

use ureq::unversioned::transport::{Buffers, ConnectionDetails, Connector, NextTimeout, Transport as Wire, time};

/// How often a wait for the server looks up, to notice that the host wants to stop.
const LOOK_UP: Duration = Duration::from_millis(250);

/// What the sockets of the exchange under way on this thread ask. A connection outlives its exchange in the
/// pool, so it cannot hold this itself.
#[derive(Clone)]
pub struct Watch {
    stop: Rc<dyn Fn() -> bool>,
    stopped: Rc<Cell<bool>>,
    looked: Rc<Cell<Instant>>,
}

thread_local! {
    /// Without a destructor: hosts make calls from `atexit` too, when a thread's other values are gone. It is empty between calls.
    static WATCH: ManuallyDrop<RefCell<Option<Watch>>> = const { ManuallyDrop::new(RefCell::new(None)) };
}

/// The watch that was there before: an observer may call the library while a call of its own is under way.
pub struct Watching(Option<Watch>);

impl Watch {
    /// A watch that asks `stop` whether to give up.
    pub fn new(stop: Rc<dyn Fn() -> bool>) -> Watch {
        Watch { stop, stopped: Rc::default(), looked: Rc::new(Cell::new(Instant::now())) }
    }

    /// Whether the host asked to stop.
    pub fn is_stopped(&self) -> bool {
        self.stopped.get()
    }

    /// Watches this thread's exchange while the returned value lives.
    pub fn begin(&self) -> Watching {
        Watching(WATCH.with(|watch| watch.replace(Some(self.clone()))))
    }

    fn current() -> Option<Watch> {
        // Not borrowed while the watch is asked: what it calls is the host's.
        WATCH.with(|watch| watch.borrow().clone())
    }

    /// Asks, every now and then, whether to go on.
    fn look_up(&self) -> Result<(), ureq::Error> {
        if self.looked.get().elapsed() < LOOK_UP {
            return Ok(());
        }
        self.looked.set(Instant::now());
        if !(self.stop)() {
            return Ok(());
        }
        self.stopped.set(true);
        // Not `ErrorKind::Interrupted`: readers retry after it.
        Err(ureq::Error::Io(std::io::Error::other("stopped by the host")))
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        WATCH.with(|watch| watch.replace(self.0.take()));
    }
}

/// Wraps the socket: waits in short steps and looks up between them.
#[derive(Debug)]
pub struct Attentive;

/// The wrapped socket.
#[derive(Debug)]
pub struct AttentiveWire(Box<dyn Wire>);

impl<In: Wire> Connector<In> for Attentive {
    type Out = AttentiveWire;

    fn connect(&self, _: &ConnectionDetails, chained: Option<In>) -> Result<Option<AttentiveWire>, ureq::Error> {
        Ok(chained.map(|wire| AttentiveWire(wire.boxed())))
    }
}

impl Wire for AttentiveWire {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.0.buffers()
    }
    fn transmit_output(&mut self, amount: usize, mut timeout: NextTimeout) -> Result<(), ureq::Error> {
        // In whole seconds, so that the socket need not be told another one each time.
        if let time::Duration::Exact(left) = timeout.after
            && left > Duration::from_secs(2)
        {
            timeout.after = time::Duration::from_secs(left.as_secs_f64().ceil() as u64);
        }
        self.0.transmit_output(amount, timeout)
    }
    fn await_input(&mut self, mut timeout: NextTimeout) -> Result<bool, ureq::Error> {
        let watch = Watch::current();
        let started = Instant::now();
        let whole = *timeout.after;
        // A server that drips never lets a step end.
        if let Some(watch) = &watch {
            watch.look_up()?;
        }
        loop {
            let left = whole.saturating_sub(started.elapsed());
            let step = if left.is_zero() { left } else { left.min(LOOK_UP) };
            timeout.after = time::Duration::Exact(step);
            match self.0.await_input(timeout) {
                Err(ureq::Error::Timeout(_)) if left > step => {}
                other => return other,
            }
            if let Some(watch) = &watch {
                watch.look_up()?;
            }
        }
    }
    fn is_open(&mut self) -> bool {
        self.0.is_open()
    }
    fn is_tls(&self) -> bool {
        self.0.is_tls()
    }
}
