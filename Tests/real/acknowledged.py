#!/usr/bin/env python3
"""The mark of what an office has acknowledged, with real processes: kill -9 before, in and after its writing. Prints `N passed, N failed`.

The mark (`acknowledged`, outside the backup set) is written as a draft, synced and renamed. Wherever the process dies, the next start reads
a whole mark that is not beyond the store; and a store that was put back below the mark stops at the start, before any node has spoken.
"""
import json
import os
import shutil
import sys

sys.dont_write_bytecode = True
from kills import can_trace  # noqa: E402
from town import Town, Trouble, check, main, say, skip, wait  # noqa: E402

STORE = ("kartoteka.sqlite", "kartoteka.sqlite-wal", "kartoteka.sqlite-shm")
# The calls on the draft and on the mark, in order; strace counts only those that name one of the two.
POINTS = (("openat", "draft"), ("fsync", "draft"), ("rename", "both"))


def mark(office):
    """The mark as it lies there, or None; a torn one is an error."""
    path = os.path.join(office.data, "acknowledged")
    if not os.path.exists(path):
        return None
    with open(path, "rb") as file:
        return json.loads(file.read())


def last(office):
    """The last commit in the store."""
    return int(office.query("SELECT value FROM value WHERE key = 'commit'")[0][0])


def keep(office, to):
    os.makedirs(to, exist_ok=True)
    for name in STORE:
        if os.path.exists(os.path.join(office.data, name)):
            shutil.copy2(os.path.join(office.data, name), os.path.join(to, name))


def put_back(office, source):
    for name in STORE:
        if os.path.exists(os.path.join(office.data, name)):
            os.unlink(os.path.join(office.data, name))
        if os.path.exists(os.path.join(source, name)):
            shutil.copy2(os.path.join(source, name), os.path.join(office.data, name))


def stopped(office):
    return "stopped" in office.run("sync", "status", ok=None).json


def dies_at(town, call, paths):
    """The office dies at its first such call on the draft of the mark; gives whether it did."""
    office = town.office
    named = [word for path in paths for word in ("-P", os.path.join(office.data, path))]
    office.start(prefix=["strace", "-f", "-qq", "-o", "/dev/null", "-e", "signal=none", *named, "-e", f"trace={call}",
                         "-e", f"inject={call}:signal=SIGKILL:when=1"])
    try:
        town.register("Після позначки")
    except Trouble:
        pass
    try:
        wait("the kill", lambda: office.process.poll() is not None, patience=20, pause=0.1)
    except Exception:  # noqa: BLE001 - told by the check
        office.stop()
        return False
    return True


def kills(town):
    office = town.office
    for call, where in POINTS:
        before = mark(office)
        paths = ("acknowledged.new",) if where == "draft" else ("acknowledged.new", "acknowledged")
        if not check(f"dies at {call}", dies_at(town, call, paths), "it lived"):
            continue
        after = mark(office)
        check(f"{call}: the mark is whole, and the former one", after == before, f"{before} {after}")
        check(f"{call}: it is not beyond the store", after is None or after["commit"] <= last(office), f"{after} {last(office)}")
        office.start()
        check(f"{call}: the next start goes on", not stopped(office), office.log()[-300:])
        wait("the mark", lambda: mark(office) and mark(office)["commit"] == last(office), patience=10, pause=0.2)
        office.stop()
        check(f"{call}: no draft is left", not os.path.exists(os.path.join(office.data, "acknowledged.new")))


def rollback(town):
    """A store put back below the mark, the draft of a killed writing beside it."""
    office = town.office
    older = os.path.join(town.base, "older")
    keep(office, older)
    office.start()
    town.register("Після копії")
    wait("the mark", lambda: mark(office)["commit"] == last(office), patience=10, pause=0.2)
    office.kill()
    with open(os.path.join(office.data, "acknowledged.new"), "wb") as draft:
        draft.write(b'{"commit":')
    put_back(office, older)
    check("the store lies below the mark", last(office) < mark(office)["commit"], f"{last(office)} {mark(office)}")
    office.start()
    check("it stops at the start", stopped(office), office.log()[-300:])
    doctor = office.run("doctor", ok=None)
    check("doctor says so", any(found["name"] == "officeBehind" and not found["ok"] for found in doctor.json.get("checks", [])), doctor.text[-300:])
    office.stop()
    office.run("restore", "--declare")
    office.start()
    check("declared, it goes on", not stopped(office))
    office.stop()


def play():
    town = Town("acknowledged", 1)
    try:
        town.office.stop()
        lack = can_trace()
        if lack:
            skip(f"no kills: {lack}")
        else:
            say("the office is killed while it writes its mark")
            kills(town)
        say("the store is put back")
        rollback(town)
    finally:
        town.end()


if __name__ == "__main__":
    main(play)
