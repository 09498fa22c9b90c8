"""Measures and prints the tables of docs/performance.md. benches/run.sh builds the programs, makes the certificates and calls this:

    python3 benches/run.py WORK STATE [ROW ...]

WORK is the folder with what was built (server, finaut, libcurl, certificates), STATE a folder on a disk for state files. Both sides of
a comparison and the server are held on one core: across the cores of a virtual machine each wake-up takes 60 µs or nothing, and a
ratio says nothing. Both sides are asked in turn, block by block, and the ratio is taken of each pair of neighbouring blocks, so that
what else the machine does falls on both.
"""

import glob
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

WORK, STATE = sys.argv[1], sys.argv[2]
WANTED = sys.argv[3:]
QUICK = bool(os.environ.get("FINAUT_BENCH_QUICK"))
OURS, PEER = f"{WORK}/finaut", f"{WORK}/libcurl"
HAS_PEER = os.path.exists(PEER)
HAS_TLS = os.path.exists(f"{WORK}/server.pem")
CORE = max(os.sched_getaffinity(0))
PIN = ["taskset", "-c", str(CORE)] if shutil.which("taskset") else []
BUNDLE = "/etc/ssl/certs/ca-certificates.crt"


def say(text=""):
    print(text, flush=True)


def left_out(what, why):
    print(f"left out: {what} ({why})", file=sys.stderr)


# --- figures


def quartiles(values):
    """Median, lower and upper quartile."""
    values = sorted(values)
    if len(values) < 4:
        return statistics.median(values), values[0], values[-1]
    low, middle, high = statistics.quantiles(values, n=4)
    return middle, low, high


def number(value):
    """A figure with three digits that say something."""
    if value >= 1000:
        return f"{value:,.0f}".replace(",", " ")
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def spread(values, scale=1.0):
    middle, low, high = quartiles(values)
    return f"{number(middle * scale)} ({number(low * scale)}–{number(high * scale)})"


def ratios(ours, peer):
    middle, low, high = quartiles([a / b for a, b in zip(ours, peer)])
    return f"{middle:.3f} ({low:.3f}–{high:.3f})"


# --- the server


class Server:
    """The fixed-answer server, on the measured core unless `anywhere`."""

    def __init__(self, *options, anywhere=False):
        command = ([] if anywhere else PIN) + [f"{WORK}/server", *options]
        if HAS_TLS:
            command += ["--cert", f"{WORK}/server.pem", "--key", f"{WORK}/server.key"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        ports = dict(self.process.stdout.readline().split() for _ in range(2 if HAS_TLS else 1))
        self.plain = f"http://127.0.0.1:{ports['plain']}"
        self.tls = f"https://127.0.0.1:{ports['tls']}" if HAS_TLS else None

    def counts(self):
        """Connections and requests so far."""
        import json
        import urllib.request

        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(f"{self.plain}/counts") as answer:
            counts = json.load(answer)
        return counts["connections"], counts["requests"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()


# --- a program that makes calls


class Caller:
    """A program driven block by block (benches/blocks.h)."""

    def __init__(self, command):
        self.process = subprocess.Popen(PIN + command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        if self.process.stdout.readline().strip() != "ready":
            raise SystemExit(f"{command} said: {self.process.stderr.read()}")

    def block(self, calls):
        """Wall and CPU seconds of so many calls."""
        self.process.stdin.write(f"{calls}\n")
        self.process.stdin.flush()
        wall, cpu = self.process.stdout.readline().split()
        return int(wall) / 1e9, int(cpu) / 1e9

    def end(self):
        """What it said at its end: standard output, standard error."""
        out, error = self.process.communicate()
        return out.strip(), error.strip()


def in_turn(commands, calls, blocks):
    """Wall and CPU seconds of each block of each command, asked in turn; and what each said at its end."""
    callers = [Caller(command) for command in commands]
    for caller in callers:
        for _ in range(3):
            caller.block(calls)
    times = [[] for _ in callers]
    for _ in range(max(4, blocks // 10) if QUICK else blocks):
        for caller, kept in zip(callers, times):
            kept.append(caller.block(calls))
    return times, [caller.end() for caller in callers]


def instructions(command, calls):
    """Instructions of one call in the process itself (the kernel's are not seen): the difference of runs with `calls` and twice so many."""
    if not shutil.which("valgrind"):
        return None

    def run(n):
        ran = subprocess.run(
            ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *command, "--calls", str(n)], capture_output=True, text=True
        )
        if ran.returncode:
            raise SystemExit(f"{command} under callgrind: {ran.stderr[-2000:]}")
        return int(re.search(r"Collected : (\d+)", ran.stderr).group(1))

    return (run(2 * calls) - run(calls)) / calls if calls else run(1)


def system_calls(command, calls):
    """System calls of one call, by name: the difference of runs with `calls` and twice so many."""
    if not shutil.which("strace"):
        return None

    def run(n):
        with tempfile.NamedTemporaryFile("r") as file:
            ran = subprocess.run(["strace", "-c", "-f", "-o", file.name, *command, "--calls", str(n)], capture_output=True, text=True)
            if ran.returncode:
                raise SystemExit(f"{command} under strace: {ran.stderr[-2000:]}")
            counted = {}
            for line in file:
                parts = line.split()
                if len(parts) >= 5 and parts[0][0].isdigit() and parts[-1] != "total":
                    counted[parts[-1]] = int(parts[3])
            return counted

    once, twice = run(calls), run(2 * calls)
    each = {name: (twice[name] - once.get(name, 0)) / calls for name in twice}
    return {name: count for name, count in each.items() if count >= 0.05}


def traced(command, *options):
    """The lines of a trace."""
    with tempfile.NamedTemporaryFile("r") as file:
        ran = subprocess.run(["strace", "-f", "-y", "-o", file.name, *options, *command], capture_output=True, text=True)
        if ran.returncode:
            raise SystemExit(f"{command} under strace: {ran.stderr[-2000:]}")
        return file.readlines()


def processes_in_turn(commands, runs):
    """Wall and CPU seconds of whole processes, started in turn."""
    quiet = [(os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_RDWR, 0) for fd in (0, 1, 2)]
    times = [[] for _ in commands]
    for turn in range(3 + (max(4, runs // 10) if QUICK else runs)):
        for command, kept in zip(commands, times):
            program = [shutil.which((PIN + command)[0]), *(PIN + command)[1:]]
            began = time.perf_counter()
            child = os.posix_spawn(program[0], program, os.environ, file_actions=quiet)
            _, status, usage = os.wait4(child, 0)
            wall = time.perf_counter() - began
            if status:
                raise SystemExit(f"{command} ended with {status}")
            if turn >= 3:
                kept.append((wall, usage.ru_utime + usage.ru_stime))
    return times


# --- tables


class Table:
    """The rows; what more is said of them; and what comes after the table."""

    def __init__(self):
        self.rows, self.notes, self.after = [], [], []

    def add(self, what, ours, peer="–", ratio="–"):
        self.rows.append((what, ours, peer, ratio))

    def show(self):
        say("| what | finaut | libcurl + cJSON | ratio |")
        say("|---|---|---|---|")
        for row in self.rows:
            say("| " + " | ".join(row) + " |")


def compare(table, what, commands, calls, blocks, counted, unit="µs"):
    """Time, instructions and system calls of one call, beside the peer's where there is one."""
    scale = {"µs": 1e6, "ms": 1e3}[unit] / calls
    if not HAS_PEER:
        commands = commands[:1]
    times, ends = in_turn(commands, calls, blocks)
    for name, at in ("time on the wall", 0), ("CPU time", 1):
        figures = [[block[at] for block in side] for side in times]
        peer = (spread(figures[1], scale), ratios(*figures)) if len(figures) > 1 else ()
        table.add(f"{what}: {name}, {unit}", spread(figures[0], scale), *peer)
    if counted:
        figures = [instructions(command, counted) for command in commands]
        if figures[0] is not None:
            peer = (number(figures[1]), f"{figures[0] / figures[1]:.3f}") if len(figures) > 1 else ()
            table.add(f"{what}: instructions", number(figures[0]), *peer)
        figures = [system_calls(command, counted) for command in commands]
        if figures[0] is not None:
            sums = [sum(side.values()) for side in figures]
            peer = (f"{sums[1]:.1f}", f"{sums[0] / sums[1]:.2f}") if len(figures) > 1 else ()
            table.add(f"{what}: system calls", f"{sums[0]:.1f}", *peer)
            for who, side in zip(("finaut", "libcurl"), figures):
                named = ", ".join(f"{name} {count:.1f}" for name, count in sorted(side.items(), key=lambda each: -each[1]))
                table.notes.append(f"{what}, system calls of {who}: {named}")
    return ends


def get_rows(table, how, host, *options):
    ours, peer = [OURS, "get", "--host", host, *options], [PEER, "get", "--host", host, *options]
    what = f"`users.get`, 773 bytes, kept alive, {how}"
    ends = compare(table, what, [ours, peer], 50, 600, 400)
    table.notes.append(f"{what}, timed: {ends[0][1]}")
    if HAS_PEER:
        compare(table, f"{what}, libcurl with CURLOPT_NOSIGNAL", [ours, [*peer, "--nosignal", "1"]], 50, 600, 0)


def row_get(table):
    with Server() as server:
        get_rows(table, "plain", server.plain)


def row_get_tls(table):
    if not HAS_TLS:
        return left_out("get-tls", "no certificate")
    with Server() as server:
        get_rows(table, "TLS", server.tls, "--ca", f"{WORK}/ca.pem")


def row_list(table):
    with Server() as server:
        commands = [[OURS, "list", "--host", server.plain], [PEER, "list", "--host", server.plain]]
        if not HAS_PEER:
            commands = commands[:1]
        ran = [subprocess.run(PIN + command + ["--calls", "1"], capture_output=True, text=True) for command in commands]
        figures = [[int(figure) for figure in run.stdout.split()] for run in ran]
        what = "`users.list`, 100 000 people, 1 000 pages"
        over = [f"{peak / 1e6:.0f} MB, {peak / size:.2f} × the body" for size, peak in figures]
        peer = (over[1], f"{figures[0][1] / figures[1][1]:.3f}") if len(figures) > 1 else ()
        table.add(f"{what}: most memory", over[0], *peer)
        compare(table, what, commands, 1, 20, 0, "ms")
        ran = subprocess.run(PIN + [OURS, "pages", "--host", server.plain, "--calls", "1"], capture_output=True, text=True)
        size, peak = map(int, ran.stdout.split())
        table.add("the same page by page (`finaut_call_pages`): most memory", f"{peak / 1e6:.1f} MB, {peak / size:.3f} × all pages")


def row_walk(table):
    with Server("--pages", "100") as server:
        commands = [[OURS, "walk", "--host", server.plain], [PEER, "walk", "--host", server.plain]]
        compare(table, "three fields of each of 10 000 people, from text", commands, 1, 40, 0, "ms")


def row_fresh(table):
    if not HAS_TLS:
        return left_out("fresh", "no certificate")
    with Server() as server:
        ca = ["--ca", f"{WORK}/ca.pem"]
        commands = [[OURS, "fresh", "--host", server.tls, *ca], [PEER, "fresh", "--host", server.tls, *ca]]
        compare(table, "a client made for each call, TLS", commands, 20, 40, 0, "ms")


def row_short(table):
    with Server() as server:
        state = f"{STATE}/short.db"
        without = [OURS, "short", "--host", server.plain, "--calls", "3"]
        with_state = [*without, "--state", state]
        for when in "made by it", "that is there":
            what = f"a process with a state file {when}, 3 reading calls"
            if shutil.which("strace"):
                lines = traced(with_state, "-e", "trace=fsync,fdatasync,sync_file_range,syncfs,sync")
                syncs = sum(1 for line in lines if re.search(r"\b(f(data)?sync|sync_file_range|syncfs|sync)\(", line))
                table.add(f"{what}: fsyncs", str(syncs))
        subprocess.run(with_state, check=True)
        ours, other = ([wall for wall, _ in times] for times in processes_in_turn([with_state, without], 60))
        table.add(f"{what}: time on the wall, ms; beside it without state", spread(ours, 1e3), spread(other, 1e3), ratios(ours, other))


def row_cold(table):
    if not HAS_TLS:
        return left_out("cold", "no certificate")
    with Server() as server:
        bundle = f"{WORK}/bundle.pem"
        with open(bundle, "wb") as out:
            for name in (BUNDLE, f"{WORK}/ca.pem"):
                if os.path.exists(name):
                    with open(name, "rb") as file:
                        out.write(file.read())
        ours = [OURS, "short", "--host", server.tls, "--ca", f"{WORK}/ca.pem", "--calls", "1"]
        peer = [PEER, "get", "--host", server.tls, "--ca", bundle, "--calls", "1"]
        what = "a process with one call over TLS, the system's certificates trusted"
        commands = [ours, peer] if HAS_PEER else [ours]
        if shutil.which("strace"):
            opened = []
            for command in commands:
                lines = traced(command, "-e", "trace=open,openat")
                files = {line.split('"')[1] for line in lines if "ENOENT" not in line and "O_DIRECTORY" not in line and '"' in line}
                opened.append(len([file for file in files if "/certs/" in file or file.endswith((".pem", ".crt"))]))
            table.add(f"{what}: certificate files opened", *map(str, opened))
        if shutil.which("valgrind"):
            figures = []
            for command in commands:
                ran = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *command], capture_output=True, text=True)
                figures.append(int(re.search(r"Collected : (\d+)", ran.stderr).group(1)))
            peer = (f"{figures[1] / 1e6:.1f} M", f"{figures[0] / figures[1]:.3f}") if len(figures) > 1 else ()
            table.add(f"{what}: instructions", f"{figures[0] / 1e6:.1f} M", *peer)
        times = processes_in_turn(commands, 40)
        for name, at in ("time on the wall", 0), ("CPU time", 1):
            figures = [[each[at] for each in side] for side in times]
            peer = (spread(figures[1], 1e3), ratios(*figures)) if len(figures) > 1 else ()
            table.add(f"{what}: {name}, ms", spread(figures[0], 1e3), *peer)


def row_threads(table):
    with Server(anywhere=True) as server:
        figures = []
        for _ in range(5):
            connections, requests = server.counts()
            subprocess.run([OURS, "threads", "--host", server.plain, "--threads", "8", "--calls", "100"], check=True)
            after = server.counts()
            figures.append((after[0] - connections - 1, after[1] - requests - 1))
        table.add("8 threads, 100 `users.get` each, one client: connections", ", ".join(str(each[0]) for each in figures))


def row_create(table):
    if not shutil.which("strace"):
        return left_out("create", "no strace")
    with Server() as server:
        state = f"{STATE}/create.db"
        command = [OURS, "create", "--host", server.plain, "--state", state]
        subprocess.run([*command, "--calls", "1"], check=True)
        counted = []
        for calls in (1, 2):
            for file in glob.glob(f"{STATE}/create.db*"):
                os.remove(file)
            lines = traced([*command, "--calls", str(calls)], "-e", "trace=write,pwrite64,pwritev,fcntl,fdatasync,fsync,unlink,ftruncate")
            here = [line for line in lines if STATE in line]
            files = {}
            for line in here:
                # SQLite's RESERVED lock: taken once by each transaction that writes.
                if "F_SETLK" in line and "F_WRLCK" in line and "l_start=1073741825" in line:
                    name = os.path.basename(re.search(r"<([^>]*)>", line).group(1))
                    files[name] = files.get(name, 0) + 1
            counted.append({
                "writing transactions": sum(files.values()),
                "writes": sum(1 for line in here if re.search(r"\b(p?write(64|v)?)\(", line)),
                "locks and unlocks": sum(1 for line in here if "F_SETLK" in line or "F_OFD_SETLK" in line),
                "fsyncs": sum(1 for line in here if "sync(" in line),
                **{f"writing transactions of {name.replace('create.db', 'NAME')}": count for name, count in files.items()},
            })
        for name in counted[1]:
            table.add(f"`users.create_candidate` of a new person, with a state file: {name}", str(counted[1][name] - counted[0].get(name, 0)))


def row_throttle(table):
    if not shutil.which("rustc"):
        return left_out("throttle", "no rustc")
    here = os.path.dirname(os.path.abspath(__file__))
    subprocess.run(["rustc", "--edition", "2024", "-O", "-o", f"{WORK}/throttle", f"{here}/throttle.rs"], check=True)
    ran = subprocess.run([f"{WORK}/throttle"], capture_output=True, text=True, check=True)
    table.after.append(f"The throttle, in simulated time:\n\n{ran.stdout}")


def row_size(table):
    library = f"{WORK}/libfinaut.so.1"
    stripped = f"{WORK}/stripped.so"
    subprocess.run(["strip", "--strip-unneeded", "-o", stripped, library], check=True)
    size = os.path.getsize(stripped)
    table.add("the library, stripped: MiB", f"{size / (1 << 20):.3f} ({size} bytes; limit 6.3)")


ROWS = {
    "get": row_get,
    "get-tls": row_get_tls,
    "list": row_list,
    "walk": row_walk,
    "fresh": row_fresh,
    "short": row_short,
    "cold": row_cold,
    "threads": row_threads,
    "create": row_create,
    "throttle": row_throttle,
    "size": row_size,
}


def first_line(*command):
    try:
        return subprocess.run(command, capture_output=True, text=True).stdout.splitlines()[0].strip()
    except (OSError, IndexError):
        return "?"


def machine():
    model = "?"
    with open("/proc/cpuinfo") as file:
        for line in file:
            if line.startswith("model name"):
                model = line.split(":", 1)[1].strip()
                break
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
    virtual = "virtual, " if "hypervisor" in open("/proc/cpuinfo").read() else ""
    say(f"Machine: {model}, {virtual}{os.cpu_count()} cores, {memory:.0f} GiB; {platform.system()} {platform.release()}.")
    say(f"Built with: {first_line('rustc', '--version')}; {first_line('cc', '--version')}.")
    say(f"Peer: libcurl {first_line('curl-config', '--version').split()[-1]}, cJSON {first_line('pkg-config', '--modversion', 'libcjson')}.")
    busy = os.getloadavg()[0]
    say(f"Command: `sh benches/run.sh{''.join(' ' + row for row in WANTED)}`, on {time.strftime('%Y-%m-%d', time.gmtime())}; load before it: {busy:.1f}.")


def main():
    unknown = [row for row in WANTED if row not in ROWS]
    if unknown:
        return left_out(", ".join(unknown), f"no such row; there are {' '.join(ROWS)}")
    machine()
    say()
    table = Table()
    for name, row in ROWS.items():
        if not WANTED or name in WANTED:
            print(f"measuring {name} …", file=sys.stderr)
            row(table)
    table.show()
    say()
    for note in table.notes:
        say(f"- {note}")
    for more in table.after:
        say()
        say(more.strip())


main()
