"""Nights that have a name: what goes wrong in each, and what is wanted all the same."""

import errno
import json
import os
import shutil
import time

import judge
from night import NO_THROTTLE, Night, is_through
from stage import LATE_S, PATIENCE_S, Host, Skipped, can_die_at_points, check, number, roles
from world import newcomer

SIZE = ["--users", 16, "--companies", 2, "--throttle", "1000000/3600"]


def until(is_so, what):
    """Waits for a state of things."""
    end = time.monotonic() + PATIENCE_S
    while not is_so():
        check(time.monotonic() < end, "never:", what)
        time.sleep(0.02)


class House(Night):
    """A night with somebody new, somebody whose name changes and who gets a further scheme, and a leaver."""

    def __init__(self, folder, *options, **profile):
        def authorise(sandbox, world):
            self.plain = [row for row in world.rows if row["id"] not in world.leaders and row["alias"]]
            for row in self.plain[:3]:
                sandbox.ask("POST", "statuses", {"user": row["id"], "appname": "afr", "status": "afrok"})
            # Somebody who is withdrawn, or has the scheme, makes another night.
            row = self.plain[0]
            user = sandbox.api("GET", "user/{}/".format(row["id"]))
            kept = roles(user) - {"krd_ka"} | {"afr_ka"}
            addresses = ["{}/finautapi/v1/userrole/{}/".format(sandbox.host, code) for code in sorted(kept)]
            sandbox.api("PATCH", "user/{}/".format(row["id"]), {"userroles": addresses})
            row["schemes"] = ["afr"]

        super().__init__(folder, 3, SIZE + list(options), authorise, ["afr", "krd"], **profile)
        self.sandbox_options = SIZE + list(options)

    def tonight(self):
        self.rows = [dict(row, schemes=list(row["schemes"])) for row in self.world.rows]
        by_id = {row["id"]: row for row in self.rows}
        self.changed, self.left, self.other = (by_id[row["id"]] for row in self.plain[:3])
        self.changed.update(last="Prøve-Berg", schemes=sorted(set(self.changed["schemes"]) | {"krd"}))
        self.left["status"] = "sluttet"
        self.new = newcomer(self.world, self.sandbox.unused_persnr(7), 1, self.random)
        self.rows.append(self.new)
        self.world.write(self.hr, self.rows)
        self.foresee()
        kinds = {step["kind"] for step in self.steps}
        check(kinds == {"create", "update", "withdraw"}, "a night of another kind:", kinds)
        return self

    def ends_well(self, **how):
        """Goes on until nothing is left, and judges."""
        self.calm()
        self.until_through(self.host)
        return self.judged(numbers={self.new["persnr"]}, **how)

    def path(self, row):
        return "user/{}/".format(row["id"])

    def role(self, code):
        return "{}/finautapi/v1/userrole/{}/".format(self.sandbox.host, code)

    def once(self, event, method, path, what):
        """What a process watches its events for: does something, once, as soon as this request was answered."""
        done = []

        def watch(told):
            if not done and (told["event"], told.get("method"), told.get("path")) == (event, method, path):
                done.append(True)
                what()

        return watch


def house(test):
    """A night in a house."""

    def night(folder):
        house = House(folder)
        try:
            return test(house.tonight())
        finally:
            house.close()

    night.__name__ = test.__name__
    return night


def in_a_house(*options, **profile):
    def decorated(test):
        def night(folder):
            house = House(folder, *options, **profile)
            try:
                return test(house.tonight())
            finally:
                house.close()

        night.__name__ = test.__name__
        return night

    return decorated


@house
def of_two_runs_at_once_the_other_is_told_to_wait_and_sends_nothing(night):
    # The first one stands in its first request for as long as the sandbox does.
    patient = dict(night.host.config)
    night.host.config.update(timeout_s=PATIENCE_S)
    night.sandbox.stop()
    first = night.host.begin("sync.run", night.args)
    night.host.config.update(patient)
    until(lambda: (night.host.good("sync.status", {"profile": night.profile}).get("progress") or {}).get("operation") == "sync.run", "it has begun")
    second = night.host.call("sync.run", night.args)
    check(second.code == "busy" and second.error["retry_after_s"] > 0, "the second was not told to wait:", second)
    third = night.host.call("sync.apply", dict(night.args, plan=night.planned["plan"], approve=["update"], by="Kari", why="a test"))
    check(third.code in ("busy", "not_found"), "an approval ran beside it:", third)
    night.sandbox.go_on()
    check(is_through(first.end()), "the first did not end well")
    check(night.host.good("sync.run", night.args)["steps"] == [], "something was left")
    night.ends_well()


@house
def several_runs_that_are_started_at_once_do_everything_once(night):
    running = [night.host.begin("sync.run", night.args) for _ in range(5)]
    ended = [process.end() for process in running]
    check(all(one.code == "busy" or one.reply is not None for one in ended), "ended:", *ended)
    night.ends_well()


@house
def one_of_two_runs_is_killed_and_the_other_goes_on(night):
    for die_at in (120, 260, 400):
        first = night.host.begin("sync.run", night.args, die_at=die_at)
        second = night.host.begin("sync.run", night.args)
        first.end()
        second.end()
    night.ends_well()


@house
def a_role_that_a_ba_adds_between_reading_and_writing_is_not_lost(night):
    path = night.path(night.changed)

    def adds():
        user = night.sandbox.api("GET", path)
        night.sandbox.api("PATCH", path, {"userroles": [night.role(code) for code in roles(user) | {"dig_ka"}]})

    run = night.host.call("sync.run", night.args, watch=night.once("request", "GET", "userstatus/", adds))
    check(run.reply is not None, run)
    night.until_through(night.host)
    has = roles(night.sandbox.api("GET", path))
    check({"krd_ka", "dig_ka"} <= has, "lost: it has", has)
    judge.end_is_wished(night.plan(night.host))


@house
def what_the_portal_changes_meanwhile_stays_until_the_next_night_puts_it_right_and_says_so(night):
    changed, other = night.path(night.changed), night.path(night.other)

    def meddles():
        night.sandbox.api("PATCH", changed, {"mobile": "49999999"})
        night.sandbox.api("PATCH", other, {"last_name": "Portalsen"})

    run = night.host.call("sync.run", night.args, watch=night.once("request", "GET", "userstatus/", meddles))
    check(is_through(run), run)
    check(night.sandbox.api("GET", changed)["mobile"] == "49999999", "what nobody planned was overwritten")
    check(night.sandbox.api("GET", changed)["last_name"] == "Prøve-Berg", "the name was not written")
    plan = night.plan(night.host)
    told = {(step["person"]["id"], field): values for step in plan["steps"] for field, values in step["changes"].items()}
    wanted = {
        (night.changed["id"], "mobile"): ["49999999", night.changed["mobile"]],
        (night.other["id"], "last_name"): ["Portalsen", night.other["last"]],
    }
    check(told == wanted, "the next night says", told)
    night.ends_well()


@house
def a_status_that_an_exam_changes_between_plan_and_writing_is_left_alone_that_night(night):
    left = night.left["id"]

    def passes():
        night.sandbox.ask("POST", "statuses", {"user": left, "appname": "afr", "status": "reauth"})

    run = night.host.call("sync.run", night.args, watch=night.once("request", "GET", "userstatus/", passes))
    check(run.reply is not None and run.reply["counts"]["drifted"] == 1, "nothing drifted:", run)
    records = night.sandbox.register()[1].values()
    ours = [record for record in records if record["comment"].startswith("finaut sync")]
    check(not [one for one in ours if one["appname"] == "afr"], "a status was set over another one")
    night.until_through(night.host)
    records = night.sandbox.register()[1].values()
    ours = [(record["appname"], record["status"]) for record in records if record["comment"].startswith("finaut sync")]
    check(len(ours) == len(set(ours)) and ("afr", "utmeldt") in ours, "the next night:", ours)


@house
def who_was_withdrawn_by_a_ba_the_same_day_is_not_withdrawn_again(night):
    left = night.left["id"]

    def withdraws():
        for step in night.steps:
            if step["kind"] == "withdraw":
                night.sandbox.ask("POST", "statuses", {"user": left, "appname": step["scheme"], "status": "utmeldt"})

    run = night.host.call("sync.run", night.args, watch=night.once("request", "GET", "userstatus/", withdraws))
    check(is_through(run), run)
    records = [record for record in night.sandbox.register()[1].values() if number(record["user"]) == left]
    check(not [record for record in records if record["comment"].startswith("finaut sync")], "withdrawn again")


@house
def finaut_is_down_for_two_nights_and_the_third_does_everything_once(night):
    before = night.sandbox.register()
    night.host.config.update(max_wait_s=2)
    night.sandbox.ask("POST", "faults", {"kind": "html", "status": 503, "times": None})
    first = night.host.call("sync.run", night.args)
    night.sandbox.ask("DELETE", "faults")
    check(first.code in ("server", "network", "protocol", "throttled"), "with a proxy's pages:", first)
    night.sandbox.stop()
    second = night.host.call("sync.run", night.args)
    night.sandbox.go_on()
    check(second.code in ("network", "server"), "without an answer:", second)
    check(night.host.good("sync.status", {"profile": night.profile})["state"] == "broken", "the status tells nothing of it")
    check(night.sandbox.register() == before, "something has changed")
    night.ends_well()


@house
def of_two_hosts_one_dies_and_the_other_one_does_the_rest(night):
    other = Host(night.sandbox, os.path.join(night.folder, "other"), throttle=NO_THROTTLE)
    night.world.write(night.hr, night.world.rows)
    night.approve(other)
    night.world.write(night.hr, night.rows)
    for die_at in (200, 350):
        night.host.call("sync.run", night.args, die_at=die_at)
    night.until_through(other)
    # What the other's history has of our runs holds its leavers, until somebody has looked.
    plan = night.plan(other)
    held = [step["held"] for step in plan["steps"]]
    check(set(held) <= {"second_installation"}, "held by", held)
    night.ends_well()


@house
def a_state_that_is_lost_in_the_middle_costs_requests_and_never_people(night):
    for lost in range(2):
        night.host.call("sync.run", night.args, die_at=250 + 100 * lost)
        for name in os.listdir(night.host.folder):
            if name.startswith("state.db") and "audit" not in name:
                os.unlink(os.path.join(night.host.folder, name))
        held = night.host.call("sync.run", night.args)
        check(held.code == "held", "a new state runs without approval:", held)
    plan = night.plan(night.host)
    approval = {"plan": plan["plan"], "approve": ["create", "update", "withdraw"], "by": "Kari", "why": "the state was lost"}
    approval["approve"] = sorted({step["kind"] for step in plan["steps"]}) or ["first_run"]
    night.host.good("sync.apply", dict(night.args, **approval))
    night.ends_well()


def late(method, path):
    """The case to beat: a server that acts 2.5 s late, a process that is killed before that, and one that begins at once."""

    def night(folder):
        house = House(folder)
        try:
            house.tonight()
            # A busy machine may add to the server's lateness.
            house.host.config.update(timeout_s=4, late_s=12)
            house.sandbox.ask("POST", "faults", {"kind": "delay", "method": method, "path": path, "delay_before_ms": 2_500})
            process = house.host.begin("sync.run", house.args)
            until(lambda: not house.sandbox.ask("GET", "faults"), "the request has come")
            process.kill()
            check(process.end().is_killed, "it was not killed")
            house.until_through(house.host)
            house.ends_well()
        finally:
            house.close()

    night.__name__ = "killed_in_a_{}_to_{}_which_the_server_acts_on_after_the_next_run_has_begun".format(method, path.rstrip("/"))
    return night


def slow(method, path, acts):
    """A server that is later than timeout_s and settle_s together, and a process that lives on."""

    def night(folder):
        house = House(folder)
        try:
            house.tonight()
            house.host.config.update(late_s=8)
            how = "delay_before_ms" if acts == "late" else "delay_after_ms"
            house.sandbox.ask("POST", "faults", {"kind": "delay", "method": method, "path": path, how: 2_000})
            house.until_through(house.host)
            house.ends_well()
        finally:
            house.close()

    night.__name__ = "a_{}_to_{}_that_takes_longer_than_the_time_out_and_acts_{}_is_done_once".format(method, path.rstrip("/"), acts)
    return night


@in_a_house("--account", "sandbox-client:another-secret")
def a_rotated_secret_loses_nothing(night):
    night.host.call("sync.run", night.args, die_at=250)
    night.host.config.update(client_secret="another-secret", previous_client_secret="sandbox-secret")
    run = night.host.call("sync.run", night.args)
    check(run.reply is not None and run.reply["state"] == "done", "what was approved is forgotten:", run)
    del night.host.config["previous_client_secret"]
    night.ends_well()
    night.host.config.update(client_secret="sandbox-secret")
    old = night.host.call("sync.status", {"profile": night.profile})
    check(old.code == "state" or old.reply["last_done"] is None, "the old secret still opens the state:", old)
    night.host.config.update(client_secret="another-secret")


def unwritable(name, error):
    """From some point of a run on, nothing can be written to any file of the state's folder."""

    def night(folder):
        if not can_die_at_points():
            raise Skipped("there is no C compiler")
        house = House(folder)
        try:
            house.tonight()
            for point in (60, 180, 300, 420, 500):
                ended = house.host.call("sync.run", house.args, fail_from=(point, error))
                check(ended.code == "state" or ended.reply is not None, "from point", point, "on:", ended)
            house.until_through(house.host)
            house.ends_well()
        finally:
            house.close()

    night.__name__ = name
    return night


@in_a_house(leave="report")
def nothing_that_is_written_betrays_a_number_even_where_columns_have_slipped(night):
    numbers = [night.sandbox.unused_persnr(n) for n in range(20, 30)]
    row = dict(night.new, persnr="", alias="SLIPPED-1")
    night.rows += [
        dict(row, last="Hansen {}".format(numbers[0])),
        dict(row, alias=numbers[1]),
        dict(row, alias="SLIPPED-2", department=numbers[2]),
        dict(row, alias="SLIPPED-3", status=numbers[3]),
        dict(row, alias="SLIPPED-4", end=numbers[4]),
        dict(row, alias="SLIPPED-5", email="{}@bank.example".format(numbers[5])),
        dict(row, alias="SLIPPED-6", company=numbers[6]),
        dict(row, alias="SLIPPED-7", schemes=[numbers[7]]),
        dict(row, alias="SLIPPED-8", persnr=numbers[8][:-1] + str((int(numbers[8][-1]) + 1) % 10)),
        dict(row, alias="SLIPPED-9", first="{} {}".format(numbers[9][:6], numbers[9][6:])),
    ]
    whole = night.rows[:-10]
    folder, profile = night.host.folder, {"profile": night.profile}
    for rows in (night.rows, whole):
        night.world.write(night.hr, rows)
        night.host.call("sync.plan", dict(night.args, names=True))
        night.host.call("sync.run", dict(night.args, names=True), die_at=300)
        night.host.call("sync.run", dict(night.args, names=True))
        for format in ("json", "text", "html", "csv"):
            for language in ("no", "en"):
                path = os.path.join(folder, "report.{}.{}".format(language, format))
                night.host.call("sync.report", dict(profile, format=format, language=language, path=path))
                check(os.path.getsize(path), "an empty report")
        night.host.call("sync.status", profile)
        night.host.call("journal.list", {})
    night.ends_well()
    judge.nothing_betrays(folder, numbers + [night.new["persnr"]] + [person["persnr"] for person in night.world.people])


@in_a_house("--newest-first", "--user-order", "shuffled", "--sees", "sandbox-client=2201")
def an_account_that_sees_its_own_company_alone(night):
    night.host.call("sync.run", night.args, die_at=330)
    night.ends_well()


@house
def an_interrupted_run_goes_on_where_it_was(night):
    def stops():
        raise KeyboardInterrupt

    for place in ("userstatus/", night.path(night.changed)):
        try:
            night.host.call("sync.run", night.args, watch=night.once("request", "GET", place, stops))
        except AssertionError as stopped:
            check("KeyboardInterrupt" in str(stopped), stopped)
    night.ends_well()


NIGHTS = [
    of_two_runs_at_once_the_other_is_told_to_wait_and_sends_nothing,
    several_runs_that_are_started_at_once_do_everything_once,
    one_of_two_runs_is_killed_and_the_other_goes_on,
    a_role_that_a_ba_adds_between_reading_and_writing_is_not_lost,
    what_the_portal_changes_meanwhile_stays_until_the_next_night_puts_it_right_and_says_so,
    a_status_that_an_exam_changes_between_plan_and_writing_is_left_alone_that_night,
    who_was_withdrawn_by_a_ba_the_same_day_is_not_withdrawn_again,
    finaut_is_down_for_two_nights_and_the_third_does_everything_once,
    of_two_hosts_one_dies_and_the_other_one_does_the_rest,
    a_state_that_is_lost_in_the_middle_costs_requests_and_never_people,
    late("POST", "user/"),
    late("POST", "userstatus/"),
    late("PATCH", "user/"),
    slow("POST", "user/", "late"),
    slow("POST", "user/", "at once"),
    slow("POST", "userstatus/", "late"),
    slow("POST", "userstatus/", "at once"),
    a_rotated_secret_loses_nothing,
    unwritable("a_disk_that_is_full_in_the_middle_of_a_run_loses_nothing", errno.ENOSPC),
    unwritable("a_state_that_becomes_read_only_in_the_middle_of_a_run_loses_nothing", errno.EROFS),
    nothing_that_is_written_betrays_a_number_even_where_columns_have_slipped,
    an_account_that_sees_its_own_company_alone,
    an_interrupted_run_goes_on_where_it_was,
]


def killed_at(point):
    """A run that is killed at this point."""

    def night(folder):
        if not can_die_at_points():
            raise Skipped("there is no C compiler")
        house = House(folder)
        try:
            house.tonight()
            house.host.call("sync.run", house.args, die_at=point)
            house.ends_well()
        finally:
            house.close()

    return "killed_at_point_{}".format(point), night


def nights():
    """Each night with its name."""
    return [(test.__name__, test) for test in NIGHTS]
