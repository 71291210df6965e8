#!/usr/bin/env python3
"""One full exchange, cut after byte k: it must recover by itself, with one outcome for each operation. Prints `N passed, N failed`.

A card is registered and assigned, the department reads, answers and pushes it, reads the outcomes; another card is recalled, leaves,
and its receipt goes up. In each run the connection that carries byte k ends there or falls silent.
"""
import argparse
import random
import sys
import threading
import time

sys.dont_write_bytecode = True
from proxy import DOWN, UP  # noqa: E402
from town import Town, Trouble, check, main, say, wait  # noqa: E402

SIDES = 4
# A silent connection is given up after 12 s; then a pause of at most 5 s, a handshake of at most 10 s, and the rest of the work.
PATIENCE = {"reset": 20, "close": 20, "vanish": 45}


def options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--all", action="store_true", help="every k in both directions (hours)")
    parser.add_argument("--count", type=int, default=60, help="how many k in each direction")
    parser.add_argument("--silences", type=int, default=6, help="how many k in each direction after which the connection falls silent")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--at", metavar="DIRECTION:K:HOW", help="one cut alone, for example up:1200:reset")
    return parser.parse_args()


class Exchange:
    """What happens between the office and one department, and what must hold afterwards."""

    def __init__(self, town, node):
        self.town, self.node, self.proxy = town, node, town.proxies[node.name]
        self.hurried = 0.0

    def _until(self, what, condition, patience):
        def look():
            # As an impatient person would, lest each run wait for the pause after a failed try. After a silence nobody helps.
            if patience < PATIENCE["vanish"] and time.monotonic() > self.hurried + 0.25:
                self.hurried = time.monotonic()
                self.node.ask("sync now", ok=None)
            return condition()
        return wait(what, look, patience)

    def _act(self, command, appeal, person, **arguments):
        return self.node.ask(command, appeal=appeal, as_=f"{person}-{self.node.name}", **arguments)

    def play(self, patience):
        town, node, office = self.town, self.node, self.town.office
        answered, recalled = town.register("Відповідь"), town.register("Відкликання")
        for appeal in (answered, recalled):
            town.assign(appeal, node.name)
        self._until("the assignments", lambda: node.holds(answered) and node.holds(recalled), patience)
        self._act("assignment accept", answered, "exec")
        self._act("answer draft", answered, "exec", text="Виконано", result="satisfied")
        self._act("answer approve", answered, "head")
        self._act("answer submit", answered, "exec")
        office.ask("assignment recall", appeal=recalled, as_="olena", reason="помилково")
        self._until("the card to leave", lambda: not any(row["id"] == recalled for row in town.pages(node)), patience)
        self._until("the answer", lambda: any(row["id"] == answered and row["state"] == "answered" for row in town.pages(office)), patience)
        self._until("the receipt", lambda: self._receipts() == 0, patience)
        return answered

    def _receipts(self):
        status = self.town.office.ask("sync status")
        return sum(node["unreceiptedPurges"] for node in status["nodes"] if node["node"] == self.node.name)

    def measure(self):
        """Bytes of each direction in an exchange that nothing disturbs, handshakes included."""
        self.proxy.cut(UP, 1 << 60, "reset")
        self.proxy.drop()
        self.play(20)
        self.town.wait_in_step([self.node])
        return self.proxy.count()

    def run(self, direction, k, how):
        """What went wrong when byte k was the last; empty if nothing."""
        begun, cuts = time.monotonic(), self.proxy.cuts
        self.proxy.cut(direction, k, how)
        # Handshakes and the greeting belong to the exchange.
        self.proxy.drop()
        try:
            answered = self.play(PATIENCE[how])
            wrong = self.town.wait_in_step([self.node], PATIENCE[how], hurry=how != "vanish")
        except Trouble as error:
            return f"{error}", self.proxy.cuts > cuts, time.monotonic() - begun
        finally:
            self.proxy.heal()
        wrong = wrong or self.town.outcome_differences(self.node) or self._row(answered)
        return wrong, self.proxy.cuts > cuts, time.monotonic() - begun

    def _row(self, answered):
        states = [[row["state"] for row in self.town.pages(side) if row["id"] == answered] for side in (self.town.office, self.node)]
        return [] if states == [["answered"], ["answered"]] else [f"{answered}: {states}"]


class Cuts:
    def __init__(self, town, jobs):
        self.town, self.jobs, self.turn = town, jobs, threading.Lock()
        self.total, self.beyond, self.slowest, self.isEnding = len(jobs), 0, (0.0, ""), False

    def play(self):
        workers = [threading.Thread(target=self._work, args=(Exchange(self.town, node),), daemon=True) for node in self.town.departments]
        for worker in workers:
            worker.start()
        try:
            while any(worker.is_alive() for worker in workers):
                for worker in workers:
                    worker.join(0.5)
        finally:
            self.isEnding = True
        say(f"{self.beyond} of {self.total} cuts were beyond their exchange; the slowest took {self.slowest[0]:.1f} s ({self.slowest[1]})")

    def _work(self, exchange):
        while not self.isEnding:
            with self.turn:
                if not self.jobs:
                    return
                direction, k, how = self.jobs.pop()
                left = len(self.jobs)
            try:
                wrong, met, took = exchange.run(direction, k, how)
            except Exception as error:
                wrong, met, took = repr(error), False, 0.0
            name = f"{direction}:{k}:{how}"
            with self.turn:
                self.beyond += not met
                self.slowest = max(self.slowest, (took, name))
            check(f"{name} ({took:.1f} s{'' if met else ', not met'})", not wrong, wrong)
            if left % 20 == 0:
                say(f"{left} cuts are left")


def jobs(given, sizes):
    if given.at:
        direction, k, how = given.at.split(":")
        return [(direction, int(k), how)]
    drawn = random.Random(given.seed)
    found = []
    for direction in (UP, DOWN):
        # Sizes differ a little from run to run: signatures and time stamps have no fixed length.
        every = range(sizes[direction] + 200)
        chosen = every if given.all else sorted(drawn.sample(every, min(given.count, len(every))))
        found += [(direction, k, "reset" if k % 2 else "close") for k in chosen]
        found += [(direction, k, "vanish") for k in drawn.sample(every, min(given.silences, len(every)))]
    drawn.shuffle(found)
    # Silences wait for a time limit; begun first, they end together with the rest.
    return sorted(found, key=lambda job: job[2] == "vanish")


def play():
    given, left = options(), None
    while left is None or left:
        town = Town("cuts", SIDES)
        try:
            if left is None:
                sizes = Exchange(town, town.departments[0]).measure()
                say(f"an exchange has {sizes[UP]} bytes up and {sizes[DOWN]} down; seed {given.seed}")
                left = jobs(given, sizes)
            # Towns are renewed, lest a long run measure ever longer lists.
            now, left = left[-400:], left[:-400]
            Cuts(town, now).play()
            check("afterwards every department is in step", not (wrong := town.wait_in_step()), wrong)
            check("every shown list is the office's", not (wrong := sum(map(town.row_differences, town.departments), [])), wrong[:3])
            held = town.office.ask("tray list", ok=(0, 23)).json.get("items", [])
            check("nothing alarming lies in the office's tray", not held, held[:3])
        finally:
            town.end()


if __name__ == "__main__":
    main(play)
