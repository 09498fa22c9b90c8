//! The operation `inbox.poll`: reading the API's lists for what is new, for hosts that cannot be reached by webhooks. Claims that the
//! lists answer are answered by the way; looking into claims on purpose is `verify`'s.

use std::collections::HashSet;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::kept::inbox;
use super::kind::Kind;
use super::lease::PollLease;
use super::listing::{Page, feed, listed};
use super::walk::Walk;
use crate::arguments;
use crate::client::{Call, PageRef, Wait};
use crate::error::{Code, Error};
use crate::json::Json;
use crate::wire::objects::{field, path, query};
use crate::wire::protocol::page;

/// The API filters by date, and its day may not be ours: so many days are read again.
pub const OVERLAP_DAYS: i64 = 2;
/// How often a caller who waits for the lease looks whether it is free, in seconds.
const LOOK_S: f64 = 0.02;
/// When a caller who did not get the lease should try again, in seconds.
const TRY_AGAIN_S: f64 = 15.0;

/// What to poll.
#[derive(Debug, Clone)]
pub struct PollOptions {
    /// Results and statuses from this date on; `None`: since the last poll.
    pub since: Option<Date>,
    /// The kinds to poll; those that the API cannot be asked about are left out.
    pub kinds: Vec<Kind>,
}

/// The note of the polls of results.
#[derive(Default, Serialize, Deserialize)]
struct ResultMark {
    /// The day of the last poll, as `2026-11-01`.
    date: Option<String>,
    /// A reading that was not finished.
    #[serde(default)]
    reading: Option<ResultReading>,
}

/// How far the results are read.
#[derive(Clone, Serialize, Deserialize)]
struct ResultReading {
    /// Results from this day on.
    from: String,
    /// The day on which it began.
    began: String,
    walk: Walk,
}

/// The note of the polls of user statuses.
#[derive(Default, Serialize, Deserialize)]
struct StatusMark {
    /// How many there were.
    count: Option<u64>,
    /// The highest number that was seen.
    last: Option<u64>,
    /// Whether the list begins with the newest.
    #[serde(default)]
    falls: bool,
    /// The last page, and how many stood before it.
    #[serde(default)]
    end: Option<(PageRef, u64)>,
    /// A reading that was not finished.
    #[serde(default)]
    reading: Option<StatusReading>,
    /// None was finished yet.
    #[serde(default)]
    is_first: bool,
}

/// How far the statuses are read.
#[derive(Clone, Serialize, Deserialize)]
struct StatusReading {
    /// Those from before this day are known from now on, but no event.
    baseline: Option<String>,
    /// It ends with the status of this number: what follows was known before.
    stop: Option<u64>,
    /// The highest number so far.
    top: Option<u64>,
    /// How many there were when it began.
    first_count: Option<u64>,
    /// The last number so far.
    previous: Option<u64>,
    falls: bool,
    rises: bool,
    walk: Walk,
}

impl StatusReading {
    fn new(first: PageRef, before: u64, baseline: Option<Date>, stop: Option<u64>) -> StatusReading {
        StatusReading {
            baseline: baseline.map(|day| day.to_string()),
            stop,
            top: None,
            first_count: None,
            previous: None,
            falls: true,
            rises: true,
            walk: Walk::from(first, before),
        }
    }

    /// Takes in how a page's numbers run.
    fn see(&mut self, page: &Page) {
        let numbers = page.numbers();
        let all: Vec<_> = self.previous.into_iter().chain(numbers.iter().copied()).collect();
        // The last of a page can be the first of the next one, where something came or went meanwhile.
        let is = |falling: bool| all.windows(2).all(|pair| matches!(pair, [a, b] if a == b || (a > b) == falling));
        let whole = numbers.len() == page.objects.len();
        (self.falls, self.rises) = (self.falls && whole && is(true), self.rises && whole && is(false));
        self.first_count = self.first_count.or(page.count);
        self.previous = numbers.last().copied().or(self.previous);
        self.top = self.top.into_iter().chain(numbers).max();
    }
}

/// Polls. The reply: how many new events of each kind there are, and the requests that it took, as `{"result", "userstatus",
/// "requests"}`. What is read is kept page by page: a poll that ends early, by an error or with its process, is gone on with by the
/// next one. Errors: those of a listing; `validation` if no kind is left, `throttled` if somebody else has been asking for all
/// the time that the call may wait, `config` where there is no inbox, `state`.
pub fn poll(call: &Call, options: &PollOptions) -> Result<Json, Error> {
    #[derive(Serialize)]
    struct Reply {
        #[serde(skip_serializing_if = "Option::is_none")]
        result: Option<usize>,
        #[serde(skip_serializing_if = "Option::is_none")]
        userstatus: Option<usize>,
        requests: u32,
    }
    inbox(call)?;
    let wants = |kind: Kind| options.kinds.contains(&kind);
    if !wants(Kind::Result) && !wants(Kind::Userstatus) {
        return Err(Error::invalid("kind", "must be \"result\" or \"userstatus\": the API can be asked about these only"));
    }
    let lease =
        call.wait_for(call.deadline(), Wait::Inbox, LOOK_S, || PollLease::take(call, call.max_wait_s()))?.ok_or_else(|| {
            let message = "Another caller has been asking the server about the inbox for all the time that this call may wait.";
            Error::new(Code::Throttled, message).retry_after_s(TRY_AGAIN_S).nothing_sent()
        })?;
    let result = wants(Kind::Result).then(|| poll_results(&lease, options.since)).transpose()?;
    let userstatus = wants(Kind::Userstatus).then(|| poll_statuses(&lease, options.since)).transpose()?;
    Ok(Json::of(&Reply { result, userstatus, requests: call.sent() }))
}

/// The first day to be read, and today.
fn first_day(call: &Call, since: Option<Date>) -> (Date, Date) {
    let today = call.clock().today();
    let since = since.unwrap_or(today).min(today);
    (since.checked_sub(OVERLAP_DAYS.days()).unwrap_or(since), today)
}

/// What the last poll of a kind noted; `None`: there was none.
fn watermark<T: DeserializeOwned>(lease: &PollLease, kind: Kind) -> Result<Option<T>, Error> {
    let mut known = None;
    lease.inbox().with_note(lease.call().at(), kind.word(), &mut |note, _| known = note.view())?;
    Ok(known)
}

fn keep_watermark(lease: &PollLease, kind: Kind, mark: &impl Serialize) -> Result<(), Error> {
    lease.inbox().with_note(lease.call().at(), kind.word(), &mut |note, _| *note = Json::of(mark))
}

fn poll_results(lease: &PollLease, since: Option<Date>) -> Result<usize, Error> {
    let call = lease.call();
    let mut mark: ResultMark = watermark(lease, Kind::Result)?.unwrap_or_default();
    let known = mark.date.as_deref().and_then(arguments::date);
    // The earliest of all: a calendar that was ahead once, or a "since" after the last poll, must leave no gap.
    let (from, today) = first_day(call, [since, known].into_iter().flatten().min());
    let begun = mark.reading.take().filter(|reading| arguments::date(&reading.from).is_some_and(|begun| begun <= from));
    let mut reading = begun.unwrap_or_else(|| ResultReading {
        from: from.to_string(),
        began: today.to_string(),
        walk: Walk::from(PageRef::Number(1), 0),
    });
    let filters = [(query::FROM_DATE.to_owned(), reading.from.clone())];
    let mut new = 0;
    while let Some(step) = reading.walk.step(lease, path::RESULTS, &filters)? {
        new += record(lease, Kind::Result, step.page.objects, None, step.until)?;
        mark.reading = Some(reading.clone());
        keep_watermark(lease, Kind::Result, &mark)?;
    }
    keep_watermark(lease, Kind::Result, &ResultMark { date: Some(reading.began), reading: None })?;
    Ok(new)
}

/// Keeps what a page shows. Returns how many new events there are. `baseline`: what is older is no event.
fn record(lease: &PollLease, kind: Kind, objects: Vec<Json>, baseline: Option<Date>, until: i64) -> Result<usize, Error> {
    let (call, inbox) = (lease.call(), lease.inbox());
    feed(call, kind, &objects);
    let mut observations: Vec<_> = objects
        .into_iter()
        .filter_map(|object| {
            let is_old = baseline.is_some_and(|from| status_date(&object).is_some_and(|date| date < from));
            let mut observation = listed(call, kind, object)?;
            observation.silent = is_old;
            Some(observation)
        })
        .collect();
    // An object that a webhook has announced is news, even if its date is old.
    let silent: Vec<_> =
        observations.iter().filter(|observation| observation.silent).map(|observation| observation.key.clone()).collect();
    let claimed: HashSet<_> = inbox.claimed(call.at(), &silent, until)?.into_iter().collect();
    observations.iter_mut().for_each(|observation| observation.silent &= !claimed.contains(&observation.key));
    lease.keep()?;
    inbox.record(call.at(), &observations, until)
}

/// The history has no filter by date, but only grows: what is new stands after what was last, or before it.
fn poll_statuses(lease: &PollLease, since: Option<Date>) -> Result<usize, Error> {
    let known: Option<StatusMark> = watermark(lease, Kind::Userstatus)?;
    let mut mark = known.unwrap_or_else(|| StatusMark { is_first: true, ..StatusMark::default() });
    let mut new = 0;
    if let Some(mut reading) = mark.reading.take() {
        // An earlier day that is asked for now holds for what was not read yet.
        let asked = since.map(|_| first_day(lease.call(), since).0);
        let begun = reading.baseline.as_deref().and_then(arguments::date);
        reading.baseline = begun.map(|begun| asked.map_or(begun, |asked| asked.min(begun)).to_string());
        if read_statuses(lease, &mut mark, reading, &mut new)? {
            return Ok(new);
        }
    } else if let (false, None, Some(last)) = (mark.is_first, since, mark.last) {
        for falls in [mark.falls, !mark.falls] {
            let newer = if falls {
                Some(StatusReading::new(PageRef::Number(1), 0, None, Some(last)))
            } else {
                newer_from_end(lease, &mark, last, &mut new)?
            };
            if let Some(newer) = newer
                && read_statuses(lease, &mut mark, newer, &mut new)?
            {
                return Ok(new);
            }
        }
    }
    // Read for the first time: what is older than asked for is known from now on, but no event.
    let baseline = mark.is_first.then(|| first_day(lease.call(), since).0);
    let whole = StatusReading::new(PageRef::Number(1), 0, baseline, None);
    read_statuses(lease, &mut mark, whole, &mut new)?;
    Ok(new)
}

/// The day from which a status holds.
fn status_date(status: &Json) -> Option<Date> {
    let [date] = status.members([field::STATUS_DATE]);
    let date = date?.text()?;
    arguments::date(date.get(..10)?)
}

/// Goes on with a reading to its end, and notes after each page how far it is. `false`: the list is not ordered as the reading took for
/// granted, so it has to be read whole. What was read until then is kept all the same.
fn read_statuses(lease: &PollLease, mark: &mut StatusMark, mut reading: StatusReading, new: &mut usize) -> Result<bool, Error> {
    loop {
        let Some(step) = reading.walk.step(lease, path::STATUS, &[])? else { break };
        if !step.is_again {
            reading.see(&step.page);
        }
        let place = reading.stop.and_then(|last| step.page.place_of(last));
        let (before, count) = (step.before, step.page.count);
        let baseline = reading.baseline.as_deref().and_then(arguments::date);
        *new += record(lease, Kind::Userstatus, step.page.objects, baseline, step.until)?;
        if reading.stop.is_some() {
            if !reading.falls {
                return Ok(false);
            }
            if let Some(place) = place {
                // As many stand after the last one as stood there; else more have come in between, or some have gone.
                let fits = mark.count.is_none_or(|known| count.and_then(|now| now.checked_sub(before + place)) == Some(known));
                if !fits {
                    return Ok(false);
                }
                break;
            }
        }
        mark.reading = Some(reading.clone());
        keep_watermark(lease, Kind::Userstatus, mark)?;
    }
    if reading.stop.is_some() && reading.walk.is_done() && !reading.falls {
        return Ok(false);
    }
    let falls = reading.falls && !reading.rises;
    // What came meanwhile stands before what was first, or is among what was read last.
    let count = if falls { reading.first_count } else { reading.walk.count.or(mark.count) };
    let last = reading.top.into_iter().chain(mark.last).max();
    let end = (!falls).then(|| reading.walk.end.take()).flatten();
    *mark = StatusMark { count, last, falls, end, reading: None, is_first: false };
    keep_watermark(lease, Kind::Userstatus, mark)?;
    Ok(true)
}

/// The page on which the last one stood, as the beginning of a reading of what follows; if the list rises there, and if as many stand
/// before the last one as stood there: else more have come in between, or some have gone.
fn newer_from_end(lease: &PollLease, mark: &StatusMark, last: u64, new: &mut usize) -> Result<Option<StatusReading>, Error> {
    let by_number = mark.count.map(|count| (count.div_ceil(page::SIZE).max(1), count));
    let by_number = by_number.map(|(number, _)| (PageRef::Number(number), (number - 1) * page::SIZE));
    let Some((page, before)) = mark.end.clone().or(by_number) else { return Ok(None) };
    let mut reading = StatusReading::new(page, before, None, None);
    let step = match reading.walk.step(lease, path::STATUS, &[]) {
        Ok(Some(step)) => step,
        Ok(None) => return Ok(None),
        // The list became shorter, or the server no longer knows what the page was called.
        Err(e) if matches!(e.code(), Code::NotFound | Code::Validation) => return Ok(None),
        Err(e) => return Err(e),
    };
    reading.see(&step.page);
    let place = step.page.place_of(last);
    let fits = reading.rises && place.is_some_and(|place| mark.count.is_none_or(|count| before + place + 1 == count));
    *new += record(lease, Kind::Userstatus, step.page.objects, None, step.until)?;
    Ok(fits.then_some(reading))
}
