#!/usr/bin/env python3
"""kill -9 at the n-th system call of a department, the office, or a command on a stopped node. Prints `N passed, N failed`.

A first run counts the calls of each kind; points (call, n) are drawn from them. `strace` ends the whole process where one of its threads
enters its n-th call of that kind: the call itself is not carried out. What was acknowledged must survive.
"""
import argparse
import collections
import datetime
import os
import random
import re
import shutil
import signal
import subprocess
import sys

sys.dont_write_bytecode = True
from town import Town, Trouble, check, main, say, skip, wait  # noqa: E402

# What a crash can come between: the disk (SQLite writes by pwrite64), the sockets, the files beside the database.
CALLS = ("write", "pwrite64", "fdatasync", "fsync", "sendto", "recvfrom", "rename", "unlink", "ftruncate")
RESTART = 3.0


def options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--all", action="store_true", help="every point")
    parser.add_argument("--count", type=int, default=100, help="how many points")
    parser.add_argument("--seed", type=int, default=int(datetime.date.today().strftime("%Y%m%d")), help="the day's date, if none is given")
    parser.add_argument("--at", metavar="WHO:CALL:N", help="one point alone, for example office:fdatasync:7")
    return parser.parse_args()


def can_trace():
    if not shutil.which("strace"):
        return "there is no strace"
    done = subprocess.run(["strace", "-f", "-qq", "-e", "trace=write", "-e", "inject=write:signal=SIGKILL:when=1", "-o", "/dev/null", "echo"],
                          stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    return "" if done.returncode in (-signal.SIGKILL, 128 + signal.SIGKILL) else f"strace may not trace here: {done.stderr.strip()[-200:]}"


def counting(path):
    return ["strace", "-f", "-qq", "-o", path, "-e", "signal=none", "-e", "trace=" + ",".join(CALLS)]


def killing(call, n):
    return ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "signal=none", "-e", f"trace={call}", "-e", f"inject={call}:signal=SIGKILL:when={n}"]


def counted(path):
    """How often each call was entered by the thread that entered it most: strace counts in each thread for itself."""
    threads = collections.Counter()
    with open(path, errors="replace") as lines:
        for line in lines:
            if found := re.match(r"(\d+) +(\w+)\(", line):
                threads[found.group(1), found.group(2)] += 1
    most = {}
    for (_, call), number in threads.items():
        most[call] = max(most.get(call, 0), number)
    return {call: most[call] for call in CALLS if call in most}


class Story:
    """People who work while a node is killed, and what they were told was done."""

    def __init__(self, town):
        self.town, self.told = town, []

    def act(self, node, command, **arguments):
        done = node.ask(command, **arguments)
        if done.json.get("write"):
            self.told.append((node, done["write"]))
        return done

    def play(self):
        """An appeal to each department, its answer, a note from each side; trouble ends it."""
        town = self.town
        for node in town.departments:
            done = self.act(town.office, "appeal register", as_="olena", name="Дорош Іван", text="Немає світла", heading=["090"])
            appeal = done["appeal"]
            self.act(town.office, "resolution issue", appeal=appeal, as_="olena", author="mayor", main=node.name, text="виконати")
            wait("the assignment", lambda: node.holds(appeal), 10)
            self.act(node, "assignment accept", appeal=appeal, as_=f"exec-{node.name}")
            self.act(node, "answer draft", appeal=appeal, as_=f"exec-{node.name}", text="Виконано", result="satisfied")
            self.act(node, "answer approve", appeal=appeal, as_=f"head-{node.name}")
            self.act(node, "answer submit", appeal=appeal, as_=f"exec-{node.name}")
            self.act(town.office, "appeal note", appeal=appeal, as_="olena", text="Заявник телефонував")
        town.wait_in_step(patience=10)

    def lost(self):
        """What was told as done and is nowhere: a department's act must be at the office too."""
        return [f"{node.name} {write}" for node, write in self.told
                if not self.town.known(write, node) or not self.town.known(write, self.town.office)]


class Kills:
    def __init__(self, town):
        self.town = town
        self.trace = os.path.join(town.base, "trace")
        self.slowest = 0.0

    # ── a running node

    def victim(self, who):
        return self.town.office if who == "office" else self.town.departments[0]

    def count(self, who):
        node = self.victim(who)
        node.stop()
        node.start(prefix=counting(self.trace))
        Story(self.town).play()
        node.stop()
        node.start()
        return counted(self.trace)

    def kill(self, who, call, n):
        node, town = self.victim(who), self.town
        story, died = Story(town), ""
        node.stop()
        try:
            node.start(prefix=killing(call, n))
            story.play()
        except Trouble as error:
            died = str(error)
        # The way down has its points, too. A killed node's starter ends as the node did.
        node.stop()
        fell = node.ended == -signal.SIGKILL
        if died and not fell:
            return f"it was not killed, yet: {died}", fell
        try:
            took = node.start()
        except Trouble as error:
            return str(error), fell
        self.slowest = max(self.slowest, took)
        wrong = town.wait_in_step(patience=40)
        wrong = wrong or [f"lost: {lost}" for lost in story.lost()]
        wrong = wrong or sum(map(town.outcome_differences, town.departments), [])
        wrong = wrong or ([f"the restart took {took:.1f} s"] if took > RESTART else [])
        return wrong, fell

    # ── a command on a stopped node

    COMMANDS = {
        "command-office": ("appeal", "register", "--as", "olena", "--name", "Гнатюк Олена", "--text", "Яма", "--heading", "090"),
        "command-department": ("appeal", "note", "APPEAL", "--as", "exec-d1", "--text", "Без вузла"),
    }

    def words(self, who):
        node = self.victim(who.removeprefix("command-"))
        appeal = self.town.pages(self.town.office)[0]["id"] if node.name == "urz" else self.town.pages(node)[0]["id"]
        return node, [appeal if word == "APPEAL" else word for word in self.COMMANDS[who]]

    def count_command(self, who):
        node, words = self.words(who)
        node.stop()
        node.run(*words, prefix=counting(self.trace))
        node.start()
        return counted(self.trace)

    def kill_command(self, who, call, n):
        node, words = self.words(who)
        before = self._operations(node)
        node.stop()
        done = node.run(*words, prefix=killing(call, n), ok=None)
        fell = done.exit != 0
        after = self._operations(node)
        wrong = []
        if not after >= before:
            wrong.append(f"former operations are gone: {sorted(before - after)[:3]}")
        if len(after - before) > 1 or (not fell and len(after - before) != 1):
            wrong.append(f"exit {done.exit} and {len(after - before)} new operations")
        if done.exit == 0 and not self.town.known(done["write"], node):
            wrong.append(f"acknowledged and lost: {done['write']}")
        # The next command works on what the killed one left.
        again = node.run(*words, ok=None)
        if again.exit != 0:
            wrong.append(f"the next command: exit {again.exit} {again.text[-300:]}")
        took = node.start()
        self.slowest = max(self.slowest, took)
        if took > RESTART:
            wrong.append(f"the restart took {took:.1f} s")
        wrong += self.town.wait_in_step(patience=40) or sum(map(self.town.outcome_differences, self.town.departments), [])
        return wrong, fell

    @staticmethod
    def _operations(node):
        return set(node.query("SELECT origin, number, id FROM operation"))


WHO = ("department", "office", "command-office", "command-department")


def points(kills, given):
    found = {}
    for who in WHO:
        calls = kills.count_command(who) if who.startswith("command") else kills.count(who)
        say(f"{who}: " + ", ".join(f"{call} {number}" for call, number in calls.items()))
        found[who] = [(who, call, n) for call, number in calls.items() for n in range(1, number + 1)]
    if given.all:
        return sum(found.values(), [])
    drawn = random.Random(given.seed)
    # Every kind of call of everybody has its chance, however rare beside the others.
    chosen = []
    while len(chosen) < given.count and any(found.values()):
        for who in WHO:
            calls = sorted({call for _, call, _ in found[who]})
            if calls and len(chosen) < given.count:
                call = drawn.choice(calls)
                point = drawn.choice([point for point in found[who] if point[1] == call])
                found[who].remove(point)
                chosen.append(point)
    return chosen


def play():
    given = options()
    if reason := can_trace():
        return skip(f"kill -9 at a system call: skipped, {reason}")
    say(f"seed {given.seed}")
    town, kills = None, None
    try:
        chosen, fallen, slowest = None, 0, 0.0
        while chosen is None or chosen:
            if town:
                town.end()
            town = Town("kills", 1)
            kills = Kills(town)
            Story(town).play()
            if chosen is None:
                chosen = [parsed(given.at)] if given.at else points(kills, given)
            # Towns are renewed, lest a long run measure ever longer lists.
            now, chosen = chosen[:200], chosen[200:]
            for who, call, n in now:
                wrong, fell = (kills.kill_command if who.startswith("command") else kills.kill)(who, call, n)
                fallen += fell
                check(f"{who}:{call}:{n}{'' if fell else ' (not met)'}", not wrong, wrong)
            slowest = max(slowest, kills.slowest)
            for node in (town.office, *town.departments):
                node.stop()
                done = node.run("doctor", ok=None)
                check(f"the file of {node.name} is whole", done.exit in (0, 20, 21, 22), done.text[-300:])
        say(f"{fallen} were killed; the slowest restart took {slowest:.2f} s")
        check("points were met", fallen > 0, "none")
    finally:
        if town:
            town.end()


def parsed(text):
    who, call, n = text.split(":")
    return who, call, int(n)


if __name__ == "__main__":
    main(play)
