#!/usr/bin/env python3
"""What was written stays whole and is for whom it is meant: sizes, crowds, copies, locks, clocks, the disk, the office put back from a copy.

Prints `N passed, N failed`. A kind by its name: `kept.py sizes locks`."""
import contextlib
import json
import os
import re
import sqlite3
import stat
import subprocess
import threading
import time

import town as shared
from kinds import HEAD, do, given, issue, kind, play, register, same, settle, shown, take, words, write
from town import BINARY, Node, Trouble, check, wait


def indices(node):
    return sorted(row.get("index") or row.get("registrationIndex") for row in shared.Town.pages(node))


def backs_up(t, name):
    """That a backup is made and found intact."""
    place = os.path.join(t.base, name)
    made, seen = do(t.office, "backup", "create", place), do(t.office, "backup", "verify", place)
    return check(f"a backup after {name} is made and intact", made.exit == seen.exit == 0, made.text[:300] + seen.text[:300])


# ── sizes


@kind(1)
def sizes(t):
    """What is too large is refused whole, with both numbers; what was taken can be read, sent and copied."""
    index = given(t)
    long = "я" * 2_000
    for name, typed in [
        ("a note a byte over", ("appeal", "note", index, "--as", "olena", "--text", "ї" * 24_576 + "x")),
        ("a resolution that is too long", ("resolution", "issue", index, "--as", "olena", "--author", "mayor", "--text", "ї" * 24_577, "--main", "d1")),
        ("fields that are too large together", (
            "appeal", "register", "--as", "olena", "--name", "Дубина Олег", "--text", "ї" * 20_000, "--address", long, "--workplace", long,
            "--external", long, "--question", long, "--question", long, "--problem-address", long, "--problem-address", long)),
        ("a hundred questions", ("appeal", "register", "--as", "olena", "--name", "Дубина Олег", "--text", "Яма",
                                 *[word for n in range(100) for word in ("--question", f"{n} " + "я" * 300)])),
    ]:
        code, out = words(t.office, *typed)
        numbers = re.findall(r"\d[\d \u00a0]*", out.decode())
        check(f"{name}: refused with two numbers, or taken", code == 0 or len(numbers) >= 2, out.decode()[:300])
    settle(t)
    backs_up(t, "sizes")
    check("and the node is well", do(t.office, "doctor").exit in (0, 20), do(t.office, "doctor").text[:400])


@kind(1)
def odd(t):
    """Characters that are none: refused or cleaned, and neither an exchange nor a backup stops at them."""
    taken = []
    for name, text in [("nul", "Яма\\u0000 тут"), ("half a pair", "Яма \\ud83d тут"), ("a pair", "Яма \\ud83d\\ude00 тут"), ("no character", "Яма\\uffff тут")]:
        path = write(t, "odd.json", '{"name":"Дубина Олег","text":"' + text + '"}')
        card = do(t.office, "appeal", "register", "--as", "olena", "--from", path)
        check(f"{name} is refused in words, or taken", card.exit == 0 or "error" in card.json, card.text[:200])
        if card.exit == 0:
            taken.append(card["registrationIndex"])
            issue(t, taken[-1])
    path = write(t, "odd.txt", "Яма".encode() + b"\x00 tut")
    card = do(t.office, "appeal", "register", "--as", "olena", "--name", "Дубина", "--text-file", path)
    check("so is a file with a zero byte", card.exit in (0, 2), card.text[:200])
    check("a smile is a character like others", taken)
    settle(t)
    backs_up(t, "odd")
    for index in taken:
        out = words(t.departments[0], "appeal", "show", index)[1]
        check(f"{index} is shown without what moves a terminal", not re.search(rb"[\x00-\x09\x0b-\x1f\x7f]", out))


# ── crowds


@kind()
def crowds(t):
    """Many at once, every second one refused: no number twice, none missing; the same file twice at once is one import."""
    def clerk(n):
        for _ in range(8):
            more = {"signatories": 0} if n % 2 else {}
            t.office.ask("appeal register", ok=None, as_="olena", name="Зубко", text="Яма", **more)

    def all_at_once(threads):
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    all_at_once([threading.Thread(target=clerk, args=(n,)) for n in range(8)])
    numbers = sorted(int(index[2:]) for index in indices(t.office))
    same("32 registrations have the first 32 numbers", numbers, list(range(1, 33)))

    def rows(name):
        return HEAD + "\n" + "".join(f"{n};{name};01.10.2026;Яма {n}\n" for n in range(600))

    all_at_once([threading.Thread(target=take, args=(t, rows("Коваль"), None, "--source", "s"), kwargs={"name": f"k{n}"}) for n in (0, 1)])
    same("a file that is imported twice at once", len([i for i in indices(t.office) if i.startswith("К-")]), 600)
    killed = threading.Thread(target=take, args=(t, rows("Мороз"), None, "--source", "m"), kwargs={"name": "m"})
    killed.start()
    time.sleep(0.3)
    t.office.kill()
    killed.join()
    t.office.start()
    take(t, rows("Мороз"), None, "--source", "m", name="m2")
    numbers = sorted(int(index[2:]) for index in indices(t.office) if index.startswith("М-"))
    same("one whose node died in it is finished by a repetition, without a gap", numbers, list(range(1, 601)))


@kind(1)
def chains(t):
    """Own acts one after the other are no disagreement with each other; somebody else's between them is exactly that."""
    d = t.departments[0]

    def apart(index, user, register_, office=None):
        d.stop()
        for n in (1, 2, 3):
            do(d, "appeal", "correct", index, "--as", user, "--set", f"{register_}@1=вул. Миру, {n}")
        if office:
            do(t.office, "appeal", "correct", index, "--as", "olena", "--set", f"{register_}@1={office}")
        d.start()
        settle(t)
        card = shown(t.office, index)
        return card["issues"][0].get(register_), len([c for c in card["conflicts"] if c["state"] == "open"])

    own = do(d, "appeal", "register", "--as", "head-d1", "--name", "Граб", "--text", "Світло", "--addressee", "department", "--district", "р0")
    own = own["registrationIndex"]
    settle(t)
    same("three offline corrections of an own card", apart(own, "head-d1", "district"), ("вул. Миру, 3", 0))
    index = given(t, "--problem-address", "вул. Миру, 9")
    found = apart(index, "exec-d1", "problemAddress", "вул. Миру, 77")
    check("one of the office among them is a disagreement", found[1] > 0, str(found))


# ── files


@kind()
def owners(t):
    """Whatever the umask, what a node, a backup, an invitation and an import leave is for the owner alone; no cell of it is a formula."""
    former, loose = os.umask(0), []
    try:
        do(t.office, "backup", "create", os.path.join(t.base, "copy"), "--with-keys")
        do(t.office, "department", "add", "d7", "--as", "admin", "--name", "Сьомий")
        do(t.office, "invite", "d7", "--as", "admin", "--out", os.path.join(t.base, "d7.invitation"))
        keys = ["=cmd", "+1", "-1", "@a", "\t=x", "\r=y"]
        take(t, HEAD + "\n" + "".join(f'"{key}";=1+1;31.02.2026;"=cmd|x"\n' for key in keys), None, "--source", "s")
        node = Node(t, "d7")
        do(node, "init", "department", "--node", "d7")
        do(node, "join", "--invitation", os.path.join(t.base, "d7.invitation"))
    finally:
        os.umask(former)
    for top in ("copy", "copy.keys", "d7.invitation", "d7", "register.rejects", "urz"):
        path = os.path.join(t.base, top)
        check(f"{top} is there", os.path.exists(path))
        for one in [path] + [os.path.join(where, name) for where, _, files in os.walk(path) for name in files]:
            if os.path.exists(one) and not stat.S_ISSOCK(os.stat(one).st_mode) and stat.S_IMODE(os.stat(one).st_mode) & 0o077:
                loose.append(f"{os.path.relpath(one, t.base)} {stat.S_IMODE(os.stat(one).st_mode):o}")
    same("files that others may read", loose, [])
    import csv
    with open(os.path.join(t.base, "register.rejects"), encoding="utf-8-sig", newline="") as file:
        first = file.read(200)
        file.seek(0)
        cells = [cell for row in list(csv.reader(file, delimiter=";" if ";" in first.splitlines()[0] else ","))[1:] for cell in row]
    same("cells that a spreadsheet would run", [cell for cell in cells if cell.lstrip()[:1] in ("=", "+", "@") and cell], [])


@kind()
def locks(t):
    """Another program holds the base: refused with the reason, nothing is written twice, and the node goes on by itself."""
    other = sqlite3.connect(os.path.join(t.office.data, "kartoteka.sqlite"), isolation_level=None, timeout=1)
    other.execute("BEGIN IMMEDIATE")
    during = register(t)
    other.execute("ROLLBACK")
    other.close()
    same("while it is held", during.exit, 11)
    wait("the node to write again", lambda: register(t).exit == 0, patience=20, pause=0.5)
    same("afterwards there is one card", len(indices(t.office)), 1)


@kind()
def cut(t):
    """A backup that did not end is never taken for one, and the next succeeds; a path that is too long for a socket is said with its limit."""
    long = write(t, "long.txt", "ї" * 20_000)
    for _ in range(30):
        do(t.office, "appeal", "register", "--as", "olena", "--name", "Дубина", "--text-file", long)
    t.office.stop()
    half = os.path.join(t.base, "half")
    command = 'ulimit -f 500; exec "$0" backup create "$1" --data "$2"'
    subprocess.run(["bash", "-c", command, BINARY, half, t.office.data], capture_output=True, timeout=60)
    check("a half of a backup is none", do(t.office, "backup", "verify", half).exit != 0)
    backs_up(t, "whole")
    node = Node(t, "d" * 60 + "/" + "p" * 60)
    os.makedirs(os.path.dirname(node.data))
    do(node, "init", "office", "--node", "lng", "--name", "x", "--admin", "a", "--admin-name", "Б", "--port", str(shared.free_port()),
       "--enrol-port", str(shared.free_port()))
    for lang in ("uk", "en"):
        code, out = words(node, "serve", lang=lang)
        check(f"the limit of a path is named ({lang})", code != 0 and b"107" in out, out.decode()[-300:])


@kind(1)
def erased(t):
    """Erased words are in no file of the office or the department within 90 seconds, the log that is written ahead included."""
    mark = "Унікальнийзнак7351"
    index = register(t, mark, mark + " зміст", "--address", mark)["registrationIndex"]
    t.office.run("resolution", "issue", index, "--as", "olena", "--author", "mayor", "--text", mark, "--main", "d1")
    settle(t)
    t.office.run("appeal", "erase", index, "--as", "admin", "--reason", "Акт № 5", "--confirm", index)
    settle(t)

    def left():
        found = []
        for node in (t.office, t.departments[0]):
            for where, _, files in os.walk(node.data):
                for name in files:
                    path = os.path.join(where, name)
                    if os.path.isfile(path):
                        with open(path, "rb") as file:
                            if mark.encode() in file.read():
                                found.append(f"{node.name}/{name}")
        return found

    with contextlib.suppress(Trouble):
        wait("the disk to forget", lambda: not left(), patience=90, pause=2)
    same("files that still have erased words", left(), [])


# ── clocks and networks


@kind()
def zones(t):
    """Where the host thinks it is changes nothing; the hour that October has twice and the one that March has not are read by rule."""
    def received(typed, zone="UTC"):
        card = do(t.office, "appeal", "register", "--as", "olena", "--name", "Дубина", "--text", "Яма", "--received", typed, environment={"TZ": zone})
        return shown(t.office, card["registrationIndex"])["registers"]["receivedAt"] if card.exit == 0 else card.text[:100]

    for zone in ("UTC", "Pacific/Kiritimati", "America/Los_Angeles", "No/Where", ":/etc/passwd", ""):
        same(f"in zone {zone!r}", received("2026-10-25T23:30:00", zone), "2026-10-25T23:30:00+02:00")
    for typed, wanted in [
        ("2026-10-25T00:30:00Z", "2026-10-25T03:30:00+03:00"), ("2026-10-25T01:30:00Z", "2026-10-25T03:30:00+02:00"),
        ("2026-03-28T22:30:00Z", "2026-03-29T00:30:00+02:00"), ("2026-03-29T00:59:59Z", "2026-03-29T02:59:59+02:00"),
        ("2026-03-29T01:00:00Z", "2026-03-29T04:00:00+03:00"),
    ]:
        same(f"{typed} in Kyiv", received(typed), wanted)
    for day, wanted in {
        "2026-01-31": ("2026-03-02", "2026-03-17"), "2027-01-31": ("2027-03-01", "2027-03-17"), "2028-01-30": ("2028-02-29", "2028-03-15"),
        "2026-12-31": ("2027-02-01", "2027-02-14"), "2028-01-31": ("2028-02-29", "2028-03-16"), "2026-08-31": ("2026-09-30", "2026-10-15"),
    }.items():
        due = do(t.office, "deadline", "explain", "--received", day + "T10:00:00")["due"]
        same(f"a month from {day}, and 45 days", (due["statutory"], due["cap"]), wanted)


@kind()
def clocks(t):
    """A department whose clock is half an hour off joins; one that is a day off is told to look at its clock."""
    made = os.path.join(t.base, "clock.so")
    source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "clock.c")
    subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-o", made, source, "-ldl", "-lpthread"], check=True)
    for name, offset, wanted in [("slow", "-1800", 0), ("fast", "1800", 0), ("yesterday", "-90000", 12), ("lastyear", "-31536000", 12)]:
        wrong = {"LD_PRELOAD": made, "CLOCK_OFFSET": offset}
        do(t.office, "department", "add", name, "--as", "admin", "--name", "Відділ " + name)
        token = os.path.join(t.base, name + ".invitation")
        do(t.office, "invite", name, "--as", "admin", "--out", token)
        node = Node(t, name)
        do(node, "init", "department", "--node", name, environment=wrong)
        done = do(node, "join", "--invitation", token, environment=wrong)
        check(f"a clock off by {offset} s", done.exit == wanted and (wanted == 0 or "clock" in done.text), f"{done.exit} {done.text[:300]}")


@kind(1)
def silence(t):
    """The network swallows everything for 25 s and says nothing: news arrive soon after it is back, without a restart."""
    d, way = t.departments[0], t.proxies["d1"]
    time.sleep(1)
    way.vanish("up", "down")
    index = register(t)["registrationIndex"]
    issue(t, index)
    time.sleep(25)
    way.heal()
    began = time.monotonic()
    wait("the appeal", lambda: d.holds(index), patience=60, pause=0.2)
    check("news of the silence arrive within 30 s", time.monotonic() - began < 30, f"{time.monotonic() - began:.1f} s")


# ── an office that was put back


def put_back(t, copy):
    t.office.kill()
    os.rename(t.office.data, t.office.data + ".lost")
    t.office.run("restore", copy, "--former", t.office.data + ".lost", "--declare")
    t.office.start()


@kind(1)
def revoked(t):
    """A node that was revoked after the last backup gets nothing from the office that was restored from it, or somebody is told."""
    o, d = t.office, t.departments[0]
    copy = os.path.join(t.base, "copy")
    o.run("backup", "create", copy, "--with-keys")
    o.run("node", "revoke", "d1", "--as", "admin")
    put_back(t, copy)
    told = bool(do(o, "tray", "list").json.get("items")) or do(o, "doctor").exit != 0
    index = register(t)["registrationIndex"]
    issue(t, index)
    do(d, "sync", "now")
    with contextlib.suppress(Trouble):
        wait("the new appeal", lambda: d.holds(index), patience=10, pause=0.5)
    check("the revoked node has no new appeal, or the operator was told", told or not d.holds(index), str(do(o, "node", "list").json)[:300])


@kind(1)
def dismissed(t):
    """A role that was revoked after the last backup, which a department had read, stays revoked in the office restored from it."""
    o, d = t.office, t.departments[0]
    copy = os.path.join(t.base, "copy")
    o.run("backup", "create", copy, "--with-keys")
    o.run("role", "revoke", "exec-d1", "executor", "--as", "admin", "--department", "d1", "--reason", "Звільнено")
    settle(t)
    put_back(t, copy)
    do(d, "sync", "now")
    wait("the recovery", lambda: any("revoked" in role for role in do(o, "role", "list")["roles"]), patience=30, pause=0.5)
    index = given(t)
    check("who was dismissed does not act", do(d, "appeal", "note", index, "--as", "exec-d1", "--text", "x").exit != 0)


shared.main(play)
