#!/usr/bin/env python3
"""kill -9 at the n-th system call of a command that founds, joins, imports, copies or restores. Prints `N passed, N failed`.

What the killed command left behind, the same command given once more must finish or name; and what it says is done, is.
"""
import argparse
import datetime
import json
import os
import random
import shutil
import sys

sys.dont_write_bytecode = True
from kills import can_trace, counted, counting, killing  # noqa: E402
from town import Node, Town, check, main, say, skip  # noqa: E402

CARDS = 5
FOUND = ("init", "office", "--node", "urz", "--name", "Управління", "--admin", "admin", "--admin-name", "Сидоренко О.")


class Case:
    """One command; `fresh` gives a node and words of its own for each kill, `wrong` looks at what is there after the second try."""

    def __init__(self, town):
        self.town = town
        self.made = 0

    def node(self, name=None):
        self.made += 1
        return Node(self.town, name or f"{type(self).__name__.lower()}{self.made}")

    def wrong(self, node, again):
        return "" if again.exit == 0 else f"once more: exit {again.exit} {again.text[-300:]}"

    def sound(self, node):
        """Whether what is there is whole; that an office has nobody to sign yet, or a department no certificate, is no matter here."""
        done = node.run("doctor", ok=None)
        wrong = [found for found in done.json.get("checks", []) if found["name"] in ("database", "rows", "keys") and not found["ok"]]
        return "" if not wrong and 0 <= done.exit < 128 else f"doctor: exit {done.exit} {done.text[-300:]}"

    def leave(self, node):
        shutil.rmtree(node.data, ignore_errors=True)


class Found(Case):
    def words(self, _node):
        return FOUND

    def fresh(self):
        node = self.node()
        return node, self.words(node)

    def is_done(self, node):
        people = node.run("person", "list", ok=None).json.get("people", [])
        return any(person["entry"]["user"] == "admin" for person in people)

    def wrong(self, node, again):
        if again.exit == 0 or self.is_done(node):
            return self.sound(node)
        # Nothing of anybody's is in a directory that was not finished: it is named, is no node, and another one is founded.
        state = node.run("doctor", ok=None)
        if not 0 < state.exit < 128 or "remedy" not in again.text:
            return f"half made: exit {state.exit} {state.text[-300:]}; once more: exit {again.exit} {again.text[-300:]}"
        shutil.rmtree(node.data)
        fresh = node.run(*self.words(node), ok=None)
        return f"anew: exit {fresh.exit} {fresh.text[-300:]}" if fresh.exit != 0 else self.sound(node)


class Begin(Found):
    def words(self, node):
        return ("init", "department", "--node", node.name)

    def is_done(self, node):
        return os.path.exists(os.path.join(node.data, "kartoteka.conf"))


class Join(Case):
    def fresh(self):
        node = self.node()
        invitation = node.data + ".invitation"
        self.town.office.run("invite", node.name, "--as", "admin", "--name", node.name, "--out", invitation)
        node.run("init", "department", "--node", node.name)
        return node, ("join", "--invitation", invitation)

    def wrong(self, node, again):
        if again.exit != 0 and not os.path.exists(os.path.join(node.data, "node.pem")):
            return f"once more: exit {again.exit} {again.text[-300:]}"
        self.town.reach(node, self.town.port)
        node.start()
        missing = self.town.wait_in_step([node], patience=20)
        node.stop()
        return f"{missing}" if missing else self.sound(node)


class Import(Case):
    """The mother of all is stopped; each kill has a copy of its directory, which is its only user."""

    def __init__(self, town):
        super().__init__(town)
        self.mother = self.node()
        self.mother.run(*FOUND)
        for user, role in (("olena", "registrar"), ("mayor", "leader")):
            self.mother.run("person", "add", user, "--as", "admin", "--name", user, "--department", "urz")
            self.mother.run("role", "grant", user, role, "--as", "admin", "--department", "urz")
        self.rows, self.mapping = os.path.join(town.base, "rows.csv"), os.path.join(town.base, "mapping.json")
        with open(self.rows, "w", encoding="utf-8") as file:
            file.write("n,name,text,date\n" + "".join(f"{place},О'Ніл {place},Яма,03.02.2026\n" for place in range(CARDS)))
        with open(self.mapping, "w", encoding="utf-8") as file:
            json.dump(MAPPING, file)

    def copy(self):
        node = self.node()
        shutil.copytree(self.mother.data, node.data, symlinks=True)
        return node

    def fresh(self):
        return self.copy(), ("import", self.rows, "--mapping", self.mapping, "--source", "rows", "--as", "olena")

    def wrong(self, node, again):
        cards = node.query("SELECT count(*) FROM operation WHERE kind = 'appeal.registered'")[0][0]
        if again.exit not in (0, 3) or cards != CARDS:
            return f"once more: exit {again.exit}, {cards} cards of {CARDS} {again.text[-300:]}"
        return self.sound(node)


class Copy(Import):
    def fresh(self):
        node = self.copy()
        return node, ("backup", "create", node.data + ".backup")

    def wrong(self, node, again):
        place = node.data + ".backup"
        done = node.run("backup", "verify", place, ok=None)
        if again.exit != 0 and done.exit != 0:
            # A place that a killed command left half full is refused by name; another one must do.
            place += "2"
            other = node.run("backup", "create", place, ok=None)
            done = node.run("backup", "verify", place, ok=None)
            if other.exit != 0:
                return f"elsewhere: exit {other.exit} {other.text[-300:]}"
        return "" if done.exit == 0 else f"verify: exit {done.exit} {done.text[-300:]}"

    def leave(self, node):
        super().leave(node)
        for place in (".backup", ".backup2"):
            shutil.rmtree(node.data + place, ignore_errors=True)


class Restore(Import):
    def __init__(self, town):
        super().__init__(town)
        self.backup = self.mother.data + ".backup"
        self.mother.run("backup", "create", self.backup)

    def fresh(self):
        return self.node(), ("restore", self.backup, "--former", self.mother.data)

    def wrong(self, node, again):
        if again.exit != 0:
            # A directory in which something is already is not restored into: it is emptied, as the message says.
            finished = node.run("restore", "--declare", ok=None)
            if finished.exit != 0:
                shutil.rmtree(node.data)
                done = node.run("restore", self.backup, "--former", self.mother.data, ok=None)
                if done.exit != 0:
                    return f"once more: exit {done.exit} {done.text[-300:]}"
        node.run("restore", "--declare", ok=None)
        return self.sound(node)


CASES = (Found, Begin, Join, Import, Copy, Restore)
MAPPING = {
    "source": "csv", "key": "n",
    "constants": {"channel": "import", "kind": "application", "subjectType": "individual", "heading": "090"},
    "fields": {"lastName": "name", "text": "text", "receivedAt": {"column": "date", "format": "dd.mm.yyyy"}},
}


def kill(case, call, n):
    node, words = case.fresh()
    first = node.run(*words, prefix=killing(call, n), ok=None)
    again = node.run(*words, ok=None)
    wrong = case.wrong(node, again)
    case.leave(node)
    return wrong, first.exit != 0


def points(cases, given):
    found = {}
    for case in cases:
        node, words = case.fresh()
        trace = os.path.join(case.town.base, "trace")
        node.run(*words, prefix=counting(trace))
        case.leave(node)
        calls = counted(trace)
        name = type(case).__name__.lower()
        say(f"{name}: " + ", ".join(f"{call} {number}" for call, number in calls.items()))
        found[case] = [(call, n) for call, number in calls.items() for n in range(1, number + 1)]
    drawn = random.Random(given.seed)
    for case, all_points in found.items():
        few = len(all_points) if given.all else -(-given.count // len(found))
        for call, n in sorted(drawn.sample(all_points, min(few, len(all_points)))):
            yield case, call, n


def play():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--all", action="store_true", help="every point")
    parser.add_argument("--count", type=int, default=48, help="how many points")
    parser.add_argument("--seed", type=int, default=int(datetime.date.today().strftime("%Y%m%d")), help="the day's date, if none is given")
    parser.add_argument("--at", metavar="WHAT:CALL:N", help="one point alone, for example join:rename:1")
    given = parser.parse_args()
    if reason := can_trace():
        return skip(f"kill -9 at a system call of commands: skipped, {reason}")
    say(f"seed {given.seed}")
    town = Town("setups", 1)
    try:
        cases = [case(town) for case in CASES]
        chosen = points(cases, given)
        if given.at:
            what, call, n = given.at.split(":")
            chosen = [(case, call, int(n)) for case in cases if type(case).__name__.lower() == what]
        fallen = 0
        for case, call, n in chosen:
            wrong, fell = kill(case, call, n)
            fallen += fell
            check(f"{type(case).__name__.lower()}:{call}:{n}{'' if fell else ' (not met)'}", not wrong, wrong)
        say(f"{fallen} were killed")
        check("points were met", fallen > 0, "none")
    finally:
        town.end()


if __name__ == "__main__":
    main(play)
