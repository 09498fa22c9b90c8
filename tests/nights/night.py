"""One night from its seed: a world, an HR file, faults and kills; carried out until it is done, and judged.

What is right is judge.py's to say.
"""

import json
import os
import random as chance
import time

import judge
from stage import LATE_S, Host, Sandbox, check
from world import Wish, World, options

#: So often sync.run is called at most, as by cron; nothing takes so many.
MOST_RUNS = 60

# The window is as short as the narrow ones of later: a slot is held for the window that it was taken in, so what made the night ready would
# fill a narrow one for an hour.
NO_THROTTLE = {"requests": 100_000, "per_s": 5}

#: Where faults strike; changes more often than what only reads.
PLACES = [
    ("GET", "user/"),
    ("GET", "userstatus/"),
    ("GET", "latestuserstatus/"),
    ("PATCH", "user/"),
    ("PATCH", "user/"),
    ("POST", "user/"),
    ("POST", "user/"),
    ("POST", "userstatus/"),
    ("POST", "userstatus/"),
    ("POST", "/o/token/"),
    (None, None),
]


def fault(random):
    """What goes wrong, and with which requests; its name is for the count."""
    late_ms = random.randint(1_200, 1_600)
    name, how = random.choice(
        [
            ("cut before acting", {"kind": "cut_before_acting", "reset": random.random() < 0.5}),
            ("cut after acting", {"kind": "cut_after_acting", "reset": random.random() < 0.5}),
            ("cut after acting", {"kind": "cut_after_acting"}),
            ("half a body", {"kind": "half_body"}),
            ("429", {"kind": "status", "status": 429, "headers": {"Retry-After": "1"}}),
            ("401", random.choice([{"kind": "token_revoked"}, {"kind": "status", "status": 401}])),
            ("503 without effect", {"kind": "status", "status": 503}),
            ("503 with effect", {"kind": "status", "status": 503, "after_acting": True}),
            ("500 with effect", {"kind": "status", "status": 500, "after_acting": True}),
            ("a proxy's page", {"kind": "html", "status": 502}),
            ("late, acted on past the time-out", {"kind": "delay", "delay_before_ms": late_ms}),
            ("late, answered past the time-out", {"kind": "delay", "delay_after_ms": late_ms}),
            ("closed quietly", {"kind": "close_quietly"}),
            ("garbage", {"kind": "garbage", "bytes": 200}),
        ]
    )
    method, path = random.choice(PLACES)
    if method is not None:
        how["method"], how["path"] = method, path
    how["nth"] = random.choice([1, 1, 1, 2, 2, 3])
    how["times"] = random.choice([1, 1, 1, 1, 1, 2, 3, 6])
    return name, how


class Night:
    """A night that is set up: what was in FinAut, what HR wants, and a machine whose first plan was approved."""

    def __init__(self, folder, seed, sandbox_options=None, prepare=None, schemes=None, **profile):
        """prepare: what is to be so in FinAut before the first plan, made by this with the sandbox and the world."""
        self.random = chance.Random(seed)
        self.folder = folder
        self.sandbox = Sandbox(folder, *(sandbox_options or options(self.random)))
        self.world = World(self.sandbox.people(), self.random, schemes)
        if prepare is not None:
            prepare(self.sandbox, self.world)
        self.hr = os.path.join(folder, "hr")
        os.mkdir(self.hr)
        self.profile = self.world.profile(self.hr, **profile)
        self.args = {"profile": self.profile}
        self.host = Host(self.sandbox, os.path.join(folder, "host"), throttle=NO_THROTTLE)
        self.world.write(self.hr, self.world.rows)
        self.approve(self.host)

        self.wish_ = None

    def approve(self, host):
        """The first plan, and its approval."""
        for _ in range(20):
            held = host.call("sync.run", self.args)
            if held.code == "held":
                break
        check(held.code == "held", "the first run was not held:", held)
        approval = {"plan": held.error["plan"] if "plan" in held.error else self.plan(host)["plan"], "approve": ["first_run"]}
        for _ in range(20):
            done = host.call("sync.apply", dict(self.args, by="Kari", why="the first night", **approval))
            if done.reply is not None and done.reply["state"] == "done":
                return
        check(False, "the first plan is not carried out:", done)

    def plan(self, host, operation="sync.plan", args=None):
        """A plan without anything in its way; a time-out of a busy machine is no reason to fail."""
        for _ in range(20):
            outcome = host.call(operation, args or self.args)
            if outcome.reply is not None and outcome.reply["state"] == "ready":
                return outcome.reply
        check(False, "no plan is made:", outcome)

    def wish(self, is_wild=True):
        self.wish_ = Wish(self.world, self.sandbox.unused_persnr, self.random, is_wild)
        self.world.write(self.hr, self.wish_.rows)
        return self.wish_

    def foresee(self):
        """What a run without trouble would do, as a copy of the state tells, and what it would cost; and the register before."""
        self.before = self.sandbox.register()
        copy = self.host.copy(os.path.join(self.folder, "copy"))
        self.planned = self.plan(copy)
        self.steps = judge.steps_of(self.planned)
        self.sandbox.ask("DELETE", "requests")
        return self.steps

    def until_through(self, host, kills=()):
        """Calls sync.run as cron does, until nothing is left to do. kills: how each of the first calls dies. Returns how each of the calls ended."""
        kills, ends = list(kills), []
        while True:
            how = kills.pop(0) if kills else {}
            outcome = self.killed_in_a_fault(host) if how.get("in_a_fault") else host.call("sync.run", self.args, **how)
            ends.append(outcome.word)
            if is_through(outcome):
                return ends
            check(len(ends) < MOST_RUNS, "it comes to no end:", *ends, "; last:", outcome)
            time.sleep(pause_s(outcome))

    def killed_in_a_fault(self, host):
        """A run that is killed as soon as a fault strikes it: the server may act on what it holds back after the next run has begun."""
        waiting = len(self.sandbox.ask("GET", "faults"))
        process = host.begin("sync.run", self.args)
        while not process.ends_within(0.05):
            if len(self.sandbox.ask("GET", "faults")) < waiting:
                process.kill()
                break
        return process.end()

    def calm(self):
        """Nothing goes wrong any more, and nothing is in the way."""
        self.sandbox.ask("DELETE", "faults")
        self.sandbox.throttle(1_000_000, 3600)
        self.host.config.update(throttle=NO_THROTTLE, max_wait_s=20)

    def judged(self, hosts=None, numbers=(), steps=None, before=None):
        """The promises that hold whatever happened. numbers: identity numbers that stand nowhere, besides those of the register."""
        after = self.sandbox.register()
        judge.register_is_as_planned(before or self.before, after, self.steps if steps is None else steps, numbers_of(self.wish_))
        known = {user["persnr"] for user in after[0].values()} | set(numbers)
        for host in hosts or [self.host]:
            judge.end_is_wished(self.plan(host))
            judge.audit_is_whole(host.config["state"] + "-audit-hr.ndjson")
            judge.nothing_betrays(host.folder, known)
        return after

    def close(self):
        self.sandbox.close()


def numbers_of(wish):
    return wish.foreign if wish is not None else set()


def is_through(outcome):
    """Whether nothing is left to do for a later run."""
    if outcome.code == "held":
        return True
    if outcome.reply is None or outcome.reply["state"] != "done":
        return False
    counts = outcome.reply["counts"]
    return not any(counts[name] for name in ("failed", "doubtful", "drifted", "left"))


def pause_s(outcome):
    """How long cron would wait until the next call, in the hours of these nights."""
    if outcome.is_killed:
        return 0.0
    if outcome.reply is not None and outcome.reply["state"] == "waiting":
        return min(outcome.reply["next_slot_s"] or 1.0, 10.0)
    if outcome.code in ("throttled", "busy"):
        return min(outcome.error.get("retry_after_s") or 1.0, 10.0)
    if outcome.code == "unknown_outcome" or (outcome.reply and outcome.reply["counts"]["doubtful"]):
        return LATE_S
    return 0.2


def random_night(folder, seed):
    """A whole night. Returns the count of what was broken on the way."""
    night = Night(folder, seed)
    try:
        return carried_out(night, seed)
    finally:
        night.close()


def carried_out(night, seed):
    random, sandbox, host = night.random, night.sandbox, night.host
    wish = night.wish()
    steps = night.foresee()
    told = {"seed": seed, "kinds": wish.kinds, "steps": len(steps), "held": len(night.planned["steps"]) - len(steps), "faults": {}}
    lost = 0
    for _ in range(random.choice([0, 1, 2, 3, 4, 5, 6, 8])):
        name, how = fault(random)
        sandbox.ask("POST", "faults", how)
        lost += how["times"]
    kills = []
    for _ in range(random.choice([0, 0, 1, 1, 2, 3, 5])):
        how = random.random()
        if how < 0.5:
            kills.append({"die_at": random.randint(1, 150 + 100 * len(steps))})
        elif how < 0.75:
            kills.append({"die_after_s": random.choice([0.3, 1.0, 3.0]) * random.random()})
        else:
            kills.append({"in_a_fault": True})
            method, path = random.choice([("POST", "userstatus/"), ("POST", "userstatus/"), ("POST", "user/"), ("PATCH", "user/")])
            late_ms = random.randint(700, 1_600)
            sandbox.ask("POST", "faults", {"kind": "delay", "method": method, "path": path, "delay_before_ms": late_ms})
    throttle = NO_THROTTLE
    if random.random() < 0.6:
        # The slot of a request without an answer is lost for two minutes; enough are left in any case.
        throttle = {"requests": random.randint(6, 10) + 2 * lost + 4 * len(kills), "per_s": random.randint(3, 5)}
    sandbox.throttle(throttle["requests"], throttle["per_s"])
    host.config.update(throttle=throttle, max_wait_s=random.choice([3, 10, 20]))
    since = time.time()
    ends = night.until_through(host, kills)
    runs, killed = len(ends), ends.count("killed")
    waited = sum(end.startswith(("waiting", "throttled")) for end in ends)
    seen = sandbox.requests()
    requests = [request for request in seen if not request["path"].startswith("/o/token")]
    judge.never_refused(sandbox)
    night.calm()
    after = night.judged(numbers=wish.numbers)
    if not told["held"] and "cut" not in wish.kinds:
        judge.rows_are_in_the_register(wish, after)
    struck = [request for request in seen if request["fault"]]
    for request in struck:
        kind = request["fault"] + (" {}".format(request["status"]) if request["fault"] in ("status", "html") else "")
        told["faults"][kind] = told["faults"].get(kind, 0) + 1
    # A kill leaves what was under way in doubt, as a broken connection does.
    faults = len(struck) + unexplained(host, since, struck) + killed
    reading = 2
    # What follows a call that was killed, that left something open because of a fault, or that waits for slots, reads anew. What was under
    # way then is in doubt until late_s, so there may be two of them.
    check(runs - 1 <= 2 * faults + waited, "calls that ended:", *ends, json.dumps(told))
    bound = reading + night.planned["cost"]["requests"] + (runs - 1) * reading + 4 * faults
    told.update(kills=killed, runs=runs, requests=len(requests), bound=bound, struck=faults)
    check(len(requests) <= bound, "requests:", len(requests), "and the bound is", bound, json.dumps(told))
    return told


def unexplained(host, since, struck):
    """How many requests broke without one of our faults, as the library's processes told: a busy machine makes faults of its own, and what
    another company has is refused."""
    struck, broken = list(struck), 0
    with open(os.path.join(host.folder, "events.ndjson"), encoding="utf-8") as file:
        for line in file:
            event = json.loads(line)
            if event["event"] != "request" or event["at"] < since or 200 <= (event.get("http_status") or 0) < 300:
                continue
            same = [one for one in struck if one["method"] == event["method"] and one["path"].endswith(event["path"])]
            if same:
                struck.remove(min(same, key=lambda one: abs(one["at"] - event["at"])))
            else:
                broken += event["path"] != "/o/token/"
    return broken
