#!/usr/bin/env python3
"""The tool `simulate` as people and scripts use it: exit codes, what a failure says, replay, bisecting, the limit of a seed.

Seeds that fail are found with a rule taken away (`--without`), so that no defect of the product is needed for them.

Usage: Tests/real/seeds.py    (SIMULATE names the program, else the one of the debug build)
"""
import os
import re
import shlex
import signal
import subprocess
import sys
import time

sys.dont_write_bytecode = True
from town import ROOT, Trouble, check, main, skip  # noqa: E402

SIMULATE = os.environ.get("SIMULATE") or os.path.join(ROOT, ".build", "debug", "simulate")
RULE = "leaveEntry"
EVENTS = 40


class Run:
    """What one call gave: exit code, lines, seconds."""

    def __init__(self, *words):
        begun = time.monotonic()
        done = subprocess.run([SIMULATE, *map(str, words)], capture_output=True, text=True, timeout=300)
        self.words, self.exit, self.lines = words, done.returncode, done.stdout.splitlines()
        self.errors, self.seconds = done.stderr, time.monotonic() - begun

    def __str__(self):
        return f"{' '.join(map(str, self.words))}: exit {self.exit}, {len(self.lines)} lines, … {self.lines[-2:]} {self.errors[-200:]}"

    @property
    def failure(self):
        """Seed and what was wrong, or nothing."""
        found = re.fullmatch(r"seed (\d+): (.+)", self.lines[-2]) if len(self.lines) > 1 else None
        return (int(found[1]), found[2]) if found else None

    @property
    def replay(self):
        """The words of the command that shows the seed again, or nothing."""
        found = re.fullmatch(r"again: simulate (.+ --trace)", self.lines[-1]) if self.lines else None
        return shlex.split(found[1]) if found else None

    @property
    def told(self):
        """All lines but the one that says how fast it was."""
        return [line for line in self.lines if not line.startswith("city-days: ")]

    @property
    def events(self):
        return [line for line in self.lines[:-2] if re.match(r"\d+ \S", line)]


def telling(events):
    """Polls that brought nothing are left out of the last events."""
    return [each for each in events if not ("/sync/v1/pull?" in each and each.endswith("-> 200 "))]


def usage():
    wrong = [
        [], ["one"], ["1", "0"], ["1", "2", "3"], ["-1"], ["1", "--steps"], ["1", "--steps", "-1"], ["1", "--profile", "slow"],
        ["1", "--draw", "some"], ["1", "--departments", "0"], ["1", "--limit", "-1"], ["1", "--limit", "soon"], ["1", "--what"],
        ["1", "--trace", "--bisect"], ["1", "2", "--bisect"], ["1", "--first"], ["1", "--without"], ["1", "--without", "nobody"],
        ["1", "--without", "all", "--trace"], ["1", "--without", RULE, "--profile", "disk"],
    ]
    seen = [(words, run.exit) for words in wrong if (run := Run(*words)).exit != 64 or not run.lines[0].startswith("usage: ")]
    check(f"{len(wrong)} wrong command lines exit 64 with the usage", not seen, seen)
    named = re.findall(r"--[a-z]+", "\n".join(Run().lines))
    missing = {"--limit", "--bisect", "--without", "--first", "--trace", "--fingerprint", "--coverage"} - set(named)
    check("the usage names every option", not missing, missing)


def agreed():
    run = Run(1, 2, "--steps", 60)
    check("seeds that agree exit 0 and say how many", run.exit == 0 and run.lines[0].startswith("2 seeds agreed"), run)
    run = Run(1, "--steps", 20, "--coverage")
    check("what was never met exits 5 and is named", run.exit == 5 and run.lines[-1].startswith("never met: "), run)
    one, two = Run(3, "--steps", 60, "--trace"), Run(3, "--steps", 60, "--trace")
    check("a seed tells the same trace twice", one.exit == 0 and len(one.events) > 100 and one.told == two.told, one)


def fingerprints():
    runs, again = Run(4, 3, "--steps", 60, "--fingerprint"), Run(4, 3, "--steps", 60, "--fingerprint")
    alike = re.compile(r"\d+ [0-9a-f]{64}")
    check("fingerprints are the same twice", runs.exit == 0 and len(runs.lines) == 3 and runs.lines == again.lines
          and all(map(alike.fullmatch, runs.lines)), runs)
    alone = [line for seed in (4, 5, 6) for line in Run(seed, "--steps", 60, "--fingerprint").lines]
    check("a seed is the same alone and after others", alone == runs.lines, (alone, runs.lines))
    check("seeds differ", len({line.split()[1] for line in runs.lines}) == 3, runs.lines)
    child = Run(4, 3, "--steps", 60, "--fingerprint", "--child")
    told = [line.removeprefix("fingerprint ") for line in child.lines if line.startswith("fingerprint ")]
    check("the process that simulates tells the same", told == runs.lines, child)
    bare = Run(5, "--steps", 60, "--without", RULE, "--fingerprint")
    check("a missing rule makes another city", bare.exit == 0 and bare.lines != [runs.lines[1]], bare)


def failing(rule, first=1, count=60):
    """The first seed that notices a missing rule, by what the search says."""
    run = Run(first, count, "--without", rule, "--first")
    found = re.fullmatch(rf"ok  {rule}: noticed by 1 of (\d+) seeds  (.+) 1", run.lines[0])
    if run.exit != 0 or not found:
        raise Trouble(f"no seed notices that {rule} is missing: {run}")
    return first + int(found[1]) - 1, found[2]


def ablations():
    run = Run(1, 3, "--without", "none")
    check("with no rule missing nobody notices: exit 0", run.exit == 0 and "noticed by 0 of 3" in run.lines[0], run)
    seed, _ = failing(RULE)
    before = Run(1, seed - 1, "--without", RULE) if seed > 1 else None
    check("a rule that no seed missed exits 2", before is None or before.exit == 2 and before.lines[0].startswith("WRONG"), before)
    return seed


def wrong(seed):
    """A seed that fails: what it prints, and what the printed command prints."""
    story = Run(seed, "--without", RULE, "--trace")
    check("a broken invariant exits 2", story.exit == 2, story)
    named = story.failure and re.match(r"(I\d+|C\d+|[a-z]).+: ", story.failure[1])
    check("it says seed and invariant", bool(named) and story.failure[0] == seed, story)
    if not check("it says the command that shows it again", story.replay and story.replay[0] == str(seed), story):
        return
    again = Run(*story.replay)
    check("that command gives the same trace and end", again.exit == 2 and again.lines == story.lines, again)
    bisects(seed, story)


def bisects(seed, story):
    run = Run(seed, "--without", RULE, "--bisect")
    found = re.fullmatch(rf"seed {seed} fails with (\d+) steps, not with (\d+)", run.lines[0])
    if not check("bisecting names a number of steps that fails and one less that does not", run.exit == 2 and bool(found)
                 and int(found[1]) == int(found[2]) + 1 and run.failure is not None, run):
        return
    least = found[1]
    check("its replay has that number of steps", run.replay and least == run.replay[run.replay.index("--steps") + 1], run)
    last = Run(*run.replay)
    check("which fails in the same way", last.exit == 2 and last.failure == run.failure, last)
    shown = telling(last.events)[-EVENTS:]
    check("the events that a failure shows are the last of its trace", shown and run.events == shown, (len(run.events), len(shown)))
    less = Run(seed, "--without", RULE, "--steps", int(least) - 1, "--trace")
    check("one step less agrees", less.exit == 0, less)
    fine = Run(seed, "--steps", 30, "--bisect")
    check("a seed that agrees has nothing to bisect", fine.exit == 0 and fine.lines == [f"seed {seed} agrees"], fine)


def unsettled():
    """A rule whose lack lets the city wait for ever; who asks seldom makes it a short run."""
    rule = "formerGenerationGoes"
    for seed in range(1, 61):
        run = Run(seed, "--without", rule, "--idle", 60_000, "--trace")
        if run.failure and run.failure[1].startswith("I12 liveness"):
            check(f"not settled in time exits 3 (without {rule})", run.exit == 3 and run.replay and "--idle" in run.replay, run)
            return
    check("not settled in time exits 3", False, f"no city waits for ever without {rule}")


def limit():
    begun = time.monotonic()
    run = Run(1, "--steps", 1_000_000, "--limit", 1)
    took = time.monotonic() - begun
    seen = run.failure == (1, "did not end within 1 s")
    check("a seed that is over its limit exits 3 and is named", run.exit == 3 and seen, run)
    check(f"with its last {EVENTS} events and the command that shows it again", len(run.events) == EVENTS and run.replay == ["1", "--steps", "1000000", "--trace"], run)
    check("it is ended soon", took < 20, f"{took:.1f} s")
    run = Run(1, "--steps", 1_000_000, "--limit", 1, "--trace")
    check("its trace is told as far as it came", run.exit == 3 and len(run.events) > EVENTS, run)
    run = Run(1, 3, "--steps", 20, "--limit", 0)
    check("a limit of 0 is none", run.exit == 0, run)


def children(parent):
    try:
        with open(f"/proc/{parent}/task/{parent}/children", encoding="ascii") as listed:
            return [int(each) for each in listed.read().split()]
    except FileNotFoundError:
        return []


def begun():
    """A run that lasts, and the process that simulates for it."""
    # The runtime would take seconds to describe a crash.
    bare = dict(os.environ, SWIFT_BACKTRACE="enable=no")
    run = subprocess.Popen([SIMULATE, "1", "--steps", "1000000", "--limit", "3"], stdout=subprocess.PIPE, text=True, env=bare)
    end = time.monotonic() + 10
    while not (found := children(run.pid)):
        if time.monotonic() > end:
            run.kill()
            raise Trouble("the process that simulates did not begin")
        time.sleep(0.01)
    return run, found[0]


def ends(pid, patience):
    end = time.monotonic() + patience
    while os.path.exists(f"/proc/{pid}") and time.monotonic() < end:
        time.sleep(0.05)
    return not os.path.exists(f"/proc/{pid}")


def crashed():
    if not os.path.exists(f"/proc/self/task/{os.getpid()}/children"):
        return skip("this system does not tell the children of a process: crashes are not tried")
    run, child = begun()
    time.sleep(0.3)
    os.kill(child, signal.SIGSEGV)
    told = run.communicate(timeout=60)[0].splitlines()
    named = told[-2:] and told[-2] == f"seed 1: crashed by signal {int(signal.SIGSEGV)}" and told[-1].startswith("again: simulate 1 ")
    check("a process that crashes exits 4 and says with which seed", run.returncode == 4 and named, (run.returncode, told[-2:]))
    run, child = begun()
    run.kill()
    run.communicate(timeout=60)
    check("the limit ends a process whose parent is gone", ends(child, 10), child)


def play():
    usage()
    agreed()
    fingerprints()
    wrong(ablations())
    unsettled()
    limit()
    crashed()


main(play)
