#!/usr/bin/env python3
"""Bad weather: a one-way network, a clock a year off, 64 kbit/s, a slow disk, everybody at once. Prints `N passed, N failed`."""
import argparse
import os
import random
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time

sys.dont_write_bytecode = True
from hole import SMALL, Hole  # noqa: E402
from proxy import DOWN, UP, Proxy  # noqa: E402
from town import Town, check, main, say, skip, wait  # noqa: E402

ACTS = ("split", "clock", "line", "packets", "disk", "crowd")
YEAR = 365
# 64 kbit/s in each direction, 600 ms there and back.
LINE = {"rate": 8_000, "delay": 0.3}
CROWD = 1000
# What the office admits with one key; as many departments come as are needed.
KEY = 64
# A silence is noticed after 12 s, a handshake given up after 10 s, a pause lasts at most 5 s.
UNAIDED = 45


def options():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--acts", default=",".join(ACTS), help=f"which of {', '.join(ACTS)}")
    parser.add_argument("--connections", type=int, default=CROWD, help="how many at once in `crowd`")
    return parser.parse_args()


class Weather:
    def __init__(self, town, given):
        self.town, self.given, self.office = town, given, town.office
        self.node = town.departments[0]
        self.proxy = town.proxies[self.node.name]

    def in_step(self, name, patience=60, nodes=None, hurry=True):
        begun = time.monotonic()
        wrong = self.town.wait_in_step(nodes, patience, hurry)
        wrong = wrong or sum(map(self.town.outcome_differences, nodes or self.town.departments), [])
        check(f"{name} ({time.monotonic() - begun:.1f} s)", not wrong, wrong[:3])

    def note(self, node, appeal, ok=(0,)):
        person = "olena" if node is self.office else f"exec-{node.name}"
        return node.ask("appeal note", ok=ok, appeal=appeal, as_=person, text="Заявник телефонував")

    def given_appeal(self, node=None):
        node = node or self.node
        appeal = self.town.register("Дорош")
        self.town.assign(appeal, node.name)
        wait("the assignment", lambda: node.holds(appeal), UNAIDED)
        return appeal

    # ── one direction alone

    def split(self):
        """To the office nothing comes of one department, and to another nothing of the office, at the same time."""
        splits = [(UP, "to the office", self.town.departments[0]), (DOWN, "from the office", self.town.departments[1])]
        appeals = [self.given_appeal(node) for _, _, node in splits]
        for direction, _, node in splits:
            self.town.proxies[node.name].vanish(direction)
        written = [[self.note(side, appeal)["write"] for side in (node, self.office)] for appeal, (_, _, node) in zip(appeals, splits)]
        time.sleep(2)
        for _, words, node in splits:
            waiting = self.town.streams(node)[1]["outbox"]["count"]
            check(f"bytes {words} vanish: the department does not say that all is sent", waiting > 0, f"{waiting} in the outbox")
            check(f"bytes {words} vanish: it is not taken for in step", bool(self.town.difference(node)))
        for _, _, node in splits:
            self.town.proxies[node.name].heal()
        for names, (_, words, node) in zip(written, splits):
            self.in_step(f"bytes {words} vanished: silent connections are given up, without anybody's help", UNAIDED, [node], hurry=False)
            check(f"bytes {words} vanished: both notes are at the office", all(self.town.known(name, self.office) for name in names))

    # ── clocks

    def preload(self):
        """The library that makes a clock wrong; None where no compiler makes it."""
        compiler = next(filter(None, map(shutil.which, ("cc", "clang", "gcc"))), None)
        library = os.path.join(self.town.base, "clock.so")
        source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "clock.c")
        done = compiler and subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], capture_output=True, text=True)
        return library if done and done.returncode == 0 else None

    def clock(self):
        library = self.preload()
        if not library:
            return skip("a clock a year off: skipped, there is no C compiler for clock.c")
        for node, words in ((self.node, "a department's"), (self.office, "the office's")):
            for days in (YEAR, -YEAR):
                self._wrong(node, words, days, {"LD_PRELOAD": library, "CLOCK_OFFSET": str(days * 86_400)})

    def _wrong(self, node, words, days, environment):
        when = f"{words} clock a year {'ahead' if days > 0 else 'behind'}"
        appeal, other = self.given_appeal(), self.node if node is self.office else self.office
        node.stop()
        offset = node.log_size()
        node.start(environment=environment)
        told = [self.note(node, appeal)["write"] for _ in range(3)] + [self.note(other, appeal)["write"]]
        check(f"{when}: its people go on working", len(told) == 4)
        department = self.node
        found = wait("a word about certificates", lambda: self._clear(department), 30)
        inStep = found == "in step"
        check(f"{when}: it exchanges, or says that certificates stand in the way", inStep or "certificate" in found, found)
        say(f"{when}: {'exchanges' if inStep else found}")
        fell = node.process.poll()
        check(f"{when}: the node lives", fell is None, f"exit {fell}: {node.log(offset)[-300:]}")
        node.stop()
        node.start()
        self.in_step(f"{when}, then right again: in step")
        lost = [write for write in told if not self.town.known(write, self.office)]
        check(f"{when}: nothing is lost", not lost, lost)
        self.given_appeal()
        self.note(self.node, appeal)
        self.in_step(f"{when}: work goes on afterwards")

    def _clear(self, node):
        """What became of the exchange; empty while the department still meets the node's restart."""
        node.ask("sync now", ok=None)
        obstacle = node.ask("sync status").json.get("link", {}).get("obstacle", "")
        if "certificate" in obstacle:
            return obstacle
        return "" if self.town.difference(node) else "in step"

    # ── a thin line

    def line(self):
        self.proxy.slow(**LINE)
        self.proxy.drop()
        self.proxy.cut(UP, 1 << 60, "reset")
        begun, text = time.monotonic(), "Немає води з понеділка, сусіди теж. " * 40
        appeals = [self.town.register(f"Сусід{place}", text + str(place)) for place in range(14)]
        for appeal in appeals:
            self.town.assign(appeal, self.node.name)
        # The first card is there long before the last: a person need not wait for all.
        wait("the first card", lambda: any(self.node.holds(appeal) for appeal in appeals), 60)
        first = time.monotonic() - begun
        own = next(appeal for appeal in appeals if self.node.holds(appeal))
        asked = time.monotonic()
        written = [self.note(self.node, own)["write"] for _ in range(5)]
        local = time.monotonic() - asked
        wrong = self.town.wait_in_step([self.node], 150, hurry=False)
        took, moved = time.monotonic() - begun, self.proxy.count()
        say(f"64 kbit/s: first card after {first:.1f} s, all after {took:.1f} s; {moved[UP]} bytes up, {moved[DOWN]} down")
        check("64 kbit/s and 600 ms: everything arrives", not wrong, wrong)
        fair = 30 + 2 * max(moved.values()) / LINE["rate"]
        check("64 kbit/s: no more than twice what the bytes need", took < fair, f"{took:.0f} s of {fair:.0f} s")
        check("64 kbit/s: people at the department do not wait for the line", local < 5, f"{local:.1f} s for five notes")
        check("64 kbit/s: the notes are at the office", all(self.town.known(write, self.office) for write in written))
        self.proxy.slow()
        self.in_step("a quick line again: in step", nodes=[self.node])

    # ── only small packets

    def packets(self):
        """Packets beyond a size are dropped and nobody is told: nothing hangs, the node says why, and the work gets through."""
        if not Hole.is_possible():
            return skip("only small packets pass: skipped, no network namespace can be made here")
        hole = Hole()
        try:
            self.node.stop()
            door = Proxy(self.town.port, hole.address)
            self.town.reach(self.node, door.port, hole.address)
            self.node.start(prefix=hole.prefix)
            begun = time.monotonic()
            told = wait("a word about packets", lambda: self._obstacle("packets"), 30)
            say(f"only packets up to {SMALL} bytes pass: after {time.monotonic() - begun:.1f} s: {told}")
            text = "Немає води з понеділка, сусіди теж. " * 40
            appeals = [self.town.register(f"Малий{place}", text) for place in range(40)]
            for appeal in appeals:
                self.town.assign(appeal, self.node.name)
            wrong = self.town.wait_in_step([self.node], 90, hurry=False)
            check(f"only small packets pass: everything arrives ({time.monotonic() - begun:.1f} s)", not wrong, wrong)
            written = self.note(self.node, appeals[0])["write"]
            wrong = self.town.wait_in_step([self.node], 30, hurry=False)
            check("only small packets pass: a note is at the office", not wrong and self.town.known(written, self.office), wrong)
            check("only small packets pass: nothing stands in the way any more", not self._obstacle(""), self._obstacle(""))
            self.node.stop()
            door.close()
        finally:
            hole.end()
        self.town.reach(self.node, self.proxy.port)
        self.node.start()
        self.in_step("large packets pass again: in step", nodes=[self.node])

    def _obstacle(self, word):
        found = self.node.ask("sync status").json.get("link", {}).get("obstacle", "")
        return found if word in found else ""

    # ── a slow disk

    def disk(self):
        slow = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "signal=none", "-e", "trace=fdatasync,fsync",
                "-e", "inject=fdatasync,fsync:delay_enter=250000"]
        done = shutil.which("strace") and subprocess.run([*slow, "true"], capture_output=True, text=True)
        if not done or done.returncode:
            return skip("a slow disk: skipped, there is no strace that may trace here")
        for node, words in ((self.node, "a department's"), (self.office, "the office's")):
            appeal = self.given_appeal()
            node.stop()
            node.start(prefix=slow)
            told = [self.note(side, appeal)["write"] for _ in range(3) for side in (self.node, self.office)]
            fresh = self.given_appeal()
            told.append(self.note(self.node, fresh)["write"])
            self.in_step(f"{words} disk takes 250 ms a time: in step")
            lost = [write for write in told if not self.town.known(write, self.office)]
            check(f"{words} disk takes 250 ms a time: nothing is lost", not lost, lost)
            node.stop()
            node.start()
        self.in_step("quick disks again: in step")

    # ── everybody at once

    def crowd(self):
        epoch = self.town.streams(self.office)[0]["reference"]["epoch"]
        appeal = self.given_appeal()
        guests = [self.town.join(f"guest{place + 1}") for place in range(-(-self.given.connections // KEY))]
        self.office.kill()
        written = [self.note(node, appeal)["write"] for node in [self.node]]
        comers = [Comer(self.town, guests[place % len(guests)], place, epoch) for place in range(self.given.connections)]
        self.office.start()
        asked = time.monotonic()
        for comer in comers:
            comer.start()
        self.note(self.office, appeal)
        local = time.monotonic() - asked
        for comer in comers:
            comer.join(60)
        found = {}
        for comer in comers:
            found[comer.answer] = found.get(comer.answer, 0) + 1
        slowest, tries = max(comer.took for comer in comers), max(comer.tries for comer in comers)
        say(f"{len(comers)} connections at once: {found}, the slowest answered after {slowest:.1f} s, {tries} tries at most; a clerk's note meanwhile {local:.1f} s")
        check(f"{len(comers)} connections at once after the office was down: all are answered", set(found) == {"200"}, found)
        check("a clerk at the office is answered meanwhile", local < 20, f"{local:.1f} s")
        self.in_step("and every department is in step", hurry=False)
        check("what was written while the office was down is there", all(self.town.known(write, self.office) for write in written))
        for comer in comers:
            comer.leave()


class Comer(threading.Thread):
    """One connection with a department's certificate, from an address of its own: an address may hold 8 handshakes at a time."""

    def __init__(self, town, node, place, epoch):
        super().__init__(daemon=True)
        self.node = node
        self.source, self.port, self.epoch = f"127.0.{1 + place // 200}.{1 + place % 200}", town.port, epoch
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self.context.check_hostname = False
        self.context.load_verify_locations(os.path.join(self.node.data, "authority.pem"))
        self.context.load_cert_chain(os.path.join(self.node.data, "node.pem"), os.path.join(self.node.data, "node.key"))
        self.answer, self.took, self.tries, self.peer = "nothing", 0.0, 0, None

    def run(self):
        begun = time.monotonic()
        # On a busy machine a handshake may outlast the server's 5 s; whoever is cut comes again, as a department does.
        while self.answer != "200" and time.monotonic() < begun + 45:
            self.tries += 1
            self._come()
            if self.answer != "200":
                self.leave()
                time.sleep(random.uniform(0, 2))
        self.took = time.monotonic() - begun

    def _come(self):
        request = (f"GET /sync/v1/pull?stream=reference&epoch={self.epoch}&after=0&mark=&limit=1 HTTP/1.1\r\nHost: a\r\n\r\n").encode()
        try:
            plain = socket.create_connection(("127.0.0.1", self.port), timeout=30, source_address=(self.source, 0))
            self.peer = self.context.wrap_socket(plain)
            self.peer.sendall(request)
            self.answer = self.peer.recv(4_096).decode(errors="replace").split(" ", 2)[1]
        except (OSError, IndexError) as error:
            self.answer = repr(error)

    def leave(self):
        if self.peer:
            self.peer.close()


def play():
    given = options()
    town = Town("weather", 4, settings={"connections_per_key": KEY})
    try:
        weather = Weather(town, given)
        for act in given.acts.split(","):
            if act not in ACTS:
                raise ValueError(f"no act {act}; there are {', '.join(ACTS)}")
            say(f"── {act}")
            getattr(weather, act)()
        for node in (town.office, *town.departments):
            node.signal(signal.SIGCONT)
            node.stop()
            done = node.run("doctor", ok=None)
            check(f"the file of {node.name} is whole", done.exit in (0, 20, 21, 22), done.text[-300:])
    finally:
        town.end()


if __name__ == "__main__":
    main(play)
