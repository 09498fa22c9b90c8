"""Nights with the real library, the sandbox, real HR files and real kills: random ones from seeds, many side by side, and named ones.

    python tests/nights                     the named nights, and 100 random ones
    python tests/nights --count 2000        so many random ones
    python tests/nights --only NAME         named nights whose names contain this, and no random ones
    python tests/nights --points 1:900:3    besides, a run that is killed at the first of its points, at the fourth, ... (dying.c)
    FINAUT_NIGHTS_SEED=17 python tests/nights    this random night alone

FINAUT_NIGHTS_KEEP=1 keeps what a night that failed has left, and says where.
"""

import argparse
import json
import os
import select
import sys
import time
import traceback

import named
import night
import stage
from finaut.library import library


def live(what):
    """Runs a night in this process. Returns what it tells, as JSON can have it."""
    try:
        with stage.Folder() as folder:
            return {"ok": what(folder)}
    except stage.Skipped as why:
        return {"skipped": str(why)}
    except BaseException as error:
        return {"failed": "{}: {}".format(type(error).__name__, error), "trace": traceback.format_exc()}


def side_by_side(nights, beside):
    """Runs nights, each in a process of its own, so many at a time. Yields (name, seconds, what it told)."""
    waiting, running = list(reversed(nights)), {}
    while waiting or running:
        while waiting and len(running) < beside:
            name, what = waiting.pop()
            reading, writing = os.pipe()
            sys.stdout.flush()
            pid = os.fork()
            if pid == 0:
                os.close(reading)
                told = json.dumps(live(what)).encode()
                while told:
                    told = told[os.write(writing, told) :]
                os._exit(0)
            os.close(writing)
            running[reading] = (name, pid, time.monotonic(), [])
        for reading in select.select(list(running), [], [])[0]:
            name, pid, begun, pieces = running[reading]
            piece = os.read(reading, 1 << 16)
            if piece:
                pieces.append(piece)
                continue
            os.close(reading)
            os.waitpid(pid, 0)
            del running[reading]
            told = b"".join(pieces)
            yield name, time.monotonic() - begun, json.loads(told) if told else {"failed": "its process has gone"}


def random_nights(seeds):
    return [("random night {}".format(seed), lambda folder, seed=seed: night.random_night(folder, seed)) for seed in seeds]


def main():
    parser = argparse.ArgumentParser(prog="nights")
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--first", type=int, default=1, help="the first seed")
    parser.add_argument("--beside", type=int, default=12 * (os.cpu_count() or 1), help="how many at a time")
    parser.add_argument("--only")
    parser.add_argument("--points", default="0:0:1")
    parser.add_argument("--random-only", action="store_true")
    parser.add_argument("--quiet", action="store_true", help="does not name each night that went well")
    given = parser.parse_args()
    # Loaded once, for all the processes that are forked from this one; no client is made in it.
    library()
    seed = os.environ.get("FINAUT_NIGHTS_SEED")
    nights = []
    if seed:
        nights = random_nights([int(seed)])
    else:
        if not given.random_only:
            nights += [(name, what) for name, what in named.nights() if (given.only or "") in name]
        nights += [named.killed_at(point) for point in range(*map(int, given.points.split(":")))]
        if given.only is None:
            nights += random_nights(range(given.first, given.first + given.count))
    begun = time.monotonic()
    passed = failed = skipped = 0
    told = []
    for name, seconds, outcome in side_by_side(nights, given.beside):
        if "ok" in outcome:
            passed += 1
            if name.startswith("random night "):
                told.append(outcome["ok"])
            if not given.quiet:
                print("ok      {} ({:.0f} s)".format(name, seconds))
        elif "skipped" in outcome:
            skipped += 1
            print("skipped {} ({})".format(name, outcome["skipped"]))
        else:
            failed += 1
            print("FAILED  {} ({:.0f} s)\n        {}".format(name, seconds, outcome["failed"]))
            print("\n".join("        " + line for line in outcome.get("trace", "").splitlines()))
            if name.startswith("random night "):
                print("        Again: FINAUT_NIGHTS_SEED={} sh tests/nights.sh".format(name.split()[-1]))
        sys.stdout.flush()
    if told:
        for line in summary(told, time.monotonic() - begun):
            print(line)
    print("{} passed, {} failed, {} skipped".format(passed, failed, skipped))
    return 1 if failed else 0


def added(counts):
    total = {}
    for count in counts:
        for name, many in count.items():
            total[name] = total.get(name, 0) + many
    return ", ".join("{} {}".format(many, name) for name, many in sorted(total.items(), key=lambda one: (-one[1], one[0])))


def summary(told, seconds):
    """What was broken on the way, and what it cost."""
    total = lambda name: sum(one[name] for one in told)
    yield "{} random nights in {:.0f} s: {} steps, {} held, {} calls of sync.run, {} of them killed".format(
        len(told), seconds, total("steps"), total("held"), total("runs"), total("kills")
    )
    yield "what HR wanted: " + added(one["kinds"] for one in told)
    yield "faults that struck: {}: {}".format(sum(sum(one["faults"].values()) for one in told), added(one["faults"] for one in told))
    yield "requests: {}, and the bounds together {}; the night nearest to its bound used {:.0%} of it".format(
        total("requests"), total("bound"), max(one["requests"] / one["bound"] for one in told)
    )


if __name__ == "__main__":
    sys.exit(main())
