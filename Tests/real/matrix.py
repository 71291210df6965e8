#!/usr/bin/env python3
"""The partition matrix: nodes × operations a second × what happens to the network or to processes. Prints `N passed, N failed`.

People write at all departments and at the office while some of them are cut off, killed or paused for 0–10 s, again and again. Once the
network is whole: no queue is stuck, no read differs, nothing acknowledged is lost, and all is drained within 11 s.

`in` and `out` are seen from the department. A partition holds bytes back, as TCP does when packets are lost; what becomes of
connections that stay silent for ever is in cuts.py.
"""
import argparse
import json
import os
import random
import signal
import sys
import threading
import time

sys.dont_write_bytecode = True
from proxy import DOWN, UP  # noqa: E402
from town import ROOT, Town, Trouble, check, main, say  # noqa: E402

NODES, RATES = (5, 10), (10, 20, 40)
FAULTS = ("in", "out", "both", "kill", "pause", "disconnect")
DRAINED = 11.0
LONGEST = 10.0


def options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cell", action="append", metavar="NODES:RATE:FAULT", help=f"for example 10:40:kill; faults: {', '.join(FAULTS)}")
    parser.add_argument("--all", action="store_true", help="every cell that the results do not have yet, then the table")
    parser.add_argument("--results", default=os.path.join(ROOT, ".build", "matrix.jsonl"), help="where --all keeps what is done")
    parser.add_argument("--seconds", type=float, default=20, help="how long people write in a cell")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


class Writer(threading.Thread):
    """People at one node who write at a steady rate, and make up for what a pause kept them from."""

    def __init__(self, cell, node, appeals, rate, seed):
        super().__init__(daemon=True)
        self.cell, self.node, self.appeals, self.rate = cell, node, appeals, rate
        self.random = random.Random(seed)
        self.told, self.refused, self.unknown, self.asked = [], [], 0, 0

    def run(self):
        begun = time.monotonic()
        while not self.cell.isOver:
            time.sleep(max(0.0, min(0.1, begun + self.asked / self.rate - time.monotonic())))
            if begun + self.asked / self.rate > time.monotonic():
                continue
            self.asked += 1
            try:
                done = self._act()
            except Trouble:
                # The node fell meanwhile: nobody was told anything.
                self.unknown += 1
                time.sleep(0.05)
                continue
            if done.exit in (0, 20):
                self.told.append(done["write"])
            else:
                self.refused.append(done.text)

    def _act(self):
        appeal, place = self.random.choice(self.appeals), self.random.random()
        if self.node.name == "urz":
            if place < 0.2:
                fresh = self.cell.town.register("Новий")
                done = self.cell.town.assign(fresh, self.random.choice(self.cell.town.departments).name)
                return done
            return self.node.ask("appeal note", ok=None, appeal=appeal, as_="olena", text=f"Примітка {self.asked}")
        person = f"exec-{self.node.name}"
        if place < 0.2:
            return self.node.ask("feedback add", ok=None, appeal=appeal, as_=person, how="phone", words=f"Слова {self.asked}")
        if place < 0.4:
            return self.node.ask("answer draft", ok=None, appeal=appeal, as_=person, text=f"Чернетка {self.asked}", result="satisfied")
        return self.node.ask("appeal note", ok=None, appeal=appeal, as_=person, text=f"Примітка {self.asked}")


class Cell:
    def __init__(self, nodes, rate, fault, seconds, seed):
        self.nodes, self.rate, self.fault, self.seconds = nodes, rate, fault, seconds
        self.name = f"{nodes}:{rate}:{fault}"
        self.random = random.Random(f"{seed} {self.name}")
        self.isOver, self.strikes, self.apart = False, 0, 0.0

    def play(self):
        self.town = Town("matrix", self.nodes)
        try:
            return self._play()
        finally:
            self.isOver = True
            self.town.end()

    def _play(self):
        town, appeals = self.town, self._prepare()
        everybody = [*town.departments, town.office]
        writers = [Writer(self, node, appeals[node.name], self.rate / len(everybody), self.random.random()) for node in everybody]
        for writer in writers:
            writer.start()
        end = time.monotonic() + self.seconds
        while time.monotonic() < end:
            time.sleep(self.random.uniform(0.5, 2))
            self._strike(end)
        healed = time.monotonic()
        self.isOver = True
        for writer in writers:
            writer.join(30)
        wrong = town.wait_in_step(patience=60, hurry=False)
        return self._judge(writers, wrong, time.monotonic() - healed)

    def _prepare(self):
        """Two appeals for each department, and one that it shares with its neighbour."""
        town, appeals = self.town, {"urz": []}
        for place, node in enumerate(town.departments):
            neighbour = town.departments[(place + 1) % len(town.departments)]
            for others in ((), (), (neighbour.name,)):
                appeal = town.register("Дорош")
                town.assign(appeal, node.name, *others)
                for name in (node.name, *others, "urz"):
                    appeals.setdefault(name, []).append(appeal)
        if wrong := town.wait_in_step():
            raise Trouble(f"the cell did not begin: {wrong}")
        for node in town.departments:
            for appeal in appeals[node.name]:
                node.ask("assignment accept", appeal=appeal, as_=f"exec-{node.name}")
        return appeals

    def _strike(self, end):
        """Some are struck for 0–10 s; the last strike ends with the work."""
        town, fault = self.town, self.fault
        struck = self.random.sample(town.departments, self.random.randint(1, len(town.departments)))
        if fault in ("kill", "pause") and self.random.random() < 0.5:
            struck.append(town.office)
        lasting = self.random.uniform(0, LONGEST)
        if time.monotonic() + lasting > end:
            lasting = max(0.0, end - time.monotonic())
        self.strikes += 1
        self.apart += lasting
        for node in struck:
            self._begin(node)
        time.sleep(lasting)
        for node in struck:
            self._end(node)

    def _begin(self, node):
        proxy = self.town.proxies.get(node.name)
        if self.fault == "kill":
            node.kill()
        elif self.fault == "pause":
            node.signal(signal.SIGSTOP)
        elif self.fault == "disconnect":
            proxy.away()
        else:
            proxy.hold(*{"in": (DOWN,), "out": (UP,), "both": (UP, DOWN)}[self.fault])

    def _end(self, node):
        if self.fault == "kill":
            node.start()
        elif self.fault == "pause":
            node.signal(signal.SIGCONT)
        else:
            self.town.proxies[node.name].heal()

    def _judge(self, writers, wrong, drained):
        town = self.town
        told = [(writer.node, write) for writer in writers for write in writer.told]
        there = {f"{row[0]}:{row[1]}" for row in town.office.query("SELECT origin, number FROM operation WHERE status IS NOT NULL")}
        lost = [write for node, write in told if write not in there]
        stuck = [f"{node.name}: {count}" for node in town.departments if (count := town.streams(node)[1]["outbox"]["count"])]
        outcomes = sum(map(town.outcome_differences, town.departments), [])
        reads = sum(map(town.row_differences, town.departments), [])
        refused = [text for writer in writers for text in writer.refused]
        asked = sum(writer.asked for writer in writers)
        return {
            "cell": self.name, "strikes": self.strikes, "apart": round(self.apart, 1), "asked": asked, "told": len(told),
            "rate": round(asked / self.seconds, 1), "unknown": sum(writer.unknown for writer in writers), "refused": len(refused),
            "stuck": len(stuck), "divergent": len(wrong) + len(reads), "lost": len(lost), "outcomes": len(outcomes),
            "drained": round(drained, 1), "seen": (wrong + reads + stuck + lost + outcomes + refused)[:6],
        }


def judged(result):
    """One check a promise."""
    name = result["cell"]
    say(f"{name}: {result['told']} of {result['asked']} operations ({result['rate']} a second) were acknowledged, {result['strikes']} strikes, "
        f"{result['apart']} s apart, drained in {result['drained']} s")
    for what in ("stuck", "divergent", "lost", "outcomes", "refused"):
        check(f"{name}: {what} 0", result[what] == 0, f"{result[what]}: {result['seen']}")
    check(f"{name}: drained within {DRAINED:g} s", result["drained"] <= DRAINED, f"{result['drained']} s")
    # Whoever is killed or paused writes nothing meanwhile, and then catches up as far as the time goes.
    wanted = int(name.split(":")[1]) * (0.9 if name.split(":")[2] not in ("kill", "pause") else 0.3)
    check(f"{name}: the rate was reached", result["rate"] >= wanted, f"{result['rate']} of {name.split(':')[1]}")


def table(results):
    heads = ("cell", "told", "rate", "strikes", "apart", "stuck", "divergent", "lost", "outcomes", "drained")
    rows = [heads] + [tuple(str(result[head]) for head in heads) for result in results]
    widths = [max(len(row[place]) for row in rows) for place in range(len(heads))]
    for row in rows:
        print("  ".join(word.ljust(width) for word, width in zip(row, widths)).rstrip(), flush=True)


def kept(path):
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def play():
    given = options()
    cells = [cell.split(":") for cell in given.cell or ["5:10:both"]]
    done = kept(given.results) if given.all else []
    if given.all:
        known = {result["cell"] for result in done}
        cells = [(nodes, rate, fault) for nodes in NODES for rate in RATES for fault in FAULTS if f"{nodes}:{rate}:{fault}" not in known]
        say(f"{len(known)} cells are in {given.results}; {len(cells)} are left")
    for result in done:
        judged(result)
    for nodes, rate, fault in cells:
        if fault not in FAULTS:
            raise Trouble(f"no fault {fault}; there are {', '.join(FAULTS)}")
        result = Cell(int(nodes), int(rate), fault, given.seconds, given.seed).play()
        judged(result)
        done.append(result)
        if given.all:
            with open(given.results, "a", encoding="utf-8") as file:
                file.write(json.dumps(result, ensure_ascii=False) + "\n")
    table(done)


if __name__ == "__main__":
    main(play)
