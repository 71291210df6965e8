#!/usr/bin/env python3
"""A department node of 500 lines, written from protocol.md alone (`deploy/protocol/node.py`), works with a real office: it joins, reads,
accepts, answers, loses an appeal, hears of an erasure. A reply with a changed byte is none, and kill -9 in a sync neither loses nor doubles.
The records of `deploy/protocol/vectors` are fed to it, and the first lines of protocol.md are run as they stand there.

It needs `cryptography` for Python: apt-get install python3-cryptography, as deploy/test does. Prints `N passed, N failed`.
"""
import ast
import base64
import importlib.util
import json
import os
import random
import re
import shutil
import stat
import subprocess
import sys
import time

if importlib.util.find_spec("cryptography") is None and sys.executable != "/usr/bin/python3":
    os.execv("/usr/bin/python3", ["/usr/bin/python3", *sys.argv])  # Debian's package belongs to Debian's Python.

sys.dont_write_bytecode = True
from town import BINARY, ROOT, Town, check, main, say, wait  # noqa: E402

VECTORS = os.path.join(ROOT, "deploy", "protocol", "vectors")
PROGRAM = os.path.join(ROOT, "deploy", "protocol", "node.py")
HEAD, EXECUTOR = ("--as", "head-book", "--role", "head"), ("--as", "exec-book", "--role", "executor")


class Client:
    """The program in a directory of its own."""

    def __init__(self, town, name="book"):
        self.town, self.name = town, name
        self.data, self.invitation = os.path.join(town.base, name), os.path.join(town.base, name + ".invitation")
        town.office.run("invite", name, "--as", "admin", "--name", "Відділ за книгою", "--out", self.invitation)
        for user, role in ((f"head-{name}", "head"), (f"exec-{name}", "executor")):
            town._person(user, role, name)

    def run(self, *words, exit=0):
        done = subprocess.run([sys.executable, PROGRAM, *words, "--data", self.data], capture_output=True, text=True, timeout=60)
        text = done.stdout + done.stderr
        if done.returncode != exit or "Traceback" in text:
            raise AssertionError(f"node.py {' '.join(words)}: exit {done.returncode}: {text[-800:]}")
        return text

    def kept(self):
        with open(os.path.join(self.data, "node.json"), encoding="utf-8") as file:
            return json.load(file)

    def bytes(self):
        """All that its directory holds."""
        found = b""
        for name in sorted(os.listdir(self.data)):
            with open(os.path.join(self.data, name), "rb") as file:
                found += file.read()
        return found.decode()

    def difference(self):
        """What keeps its log and its streams from being exactly the office's; empty if nothing does."""
        kept = self.kept()
        own = [(number, one["id"], one["outcome"]["outcome"] if one["outcome"] else None) for number, one in enumerate(kept["log"], 1)]
        found = self.town.office.query("SELECT number, id, outcome FROM operation WHERE origin LIKE ? ORDER BY origin, number", self.name + "#%")
        theirs = [(number, key, json.loads(outcome)["outcome"]) for number, key, outcome in found]
        streams = self.town.streams(self.town.office)[0]
        heads = {name: (at["sequence"], at["mark"], len(kept["rows"][name])) for name, at in kept["positions"].items()}
        wanted = {name: (streams[name]["head"], streams[name]["mark"], streams[name]["rows"]) for name in heads if name in streams}
        heads = {name: value for name, value in heads.items() if name in streams}
        return "" if own == theirs and heads == wanted else f"own {own} {heads}, the office {theirs} {wanted}"

    def row(self, appeal):
        return self.kept()["rows"][f"slice:{self.name}"].get(appeal, {}).get("row")


def register(town, surname, text):
    done = town.office.ask("appeal register", as_="olena", name=surname + " Іван Петрович", text=text, heading=["090"], channel="post",
                           address="вул. Соборна, 14")
    return done["appeal"]


def assignment(client, appeal):
    return next(name.removeprefix("department@") for name, item in client.row(appeal)["registers"].items()
                if name.startswith("department@") and item[0] == client.name)


def debts(town):
    """What departments owe, as the office sees it."""
    return str([{"kind": debt["kind"], "node": debt["node"]} for debt in town.office.ask("sync debts", ok=(0, 20))["debts"]])


def joining(town, client):
    say("it joins")
    with open(client.invitation, encoding="ascii") as file:
        token = file.read().strip()
    false = json.loads(base64.b64decode(token.removeprefix("kartoteka-join-1:")))
    false["authority"] = "0" * 64
    with open(client.invitation + ".false", "w", encoding="ascii") as file:
        file.write("kartoteka-join-1:" + base64.b64encode(json.dumps(false).encode()).decode())
    told = client.run("join", client.invitation + ".false", exit=1)
    check("an office of another authority is told nothing", "not the office of the invitation" in told, told)
    told = client.run("sync", exit=1)
    check("before it joined it says what to do", "node.py join" in told, told)
    client.run("join", client.invitation)
    check("its key is its owner's alone", stat.S_IMODE(os.lstat(os.path.join(client.data, "node.key")).st_mode) == 0o600)
    origin = client.kept()["origin"]
    client.run("join", client.invitation)
    check("a reply that was lost is asked for again: the same key, the same log", client.kept()["origin"] == origin)
    told = client.run("sync")
    check("the first session", "Звернень: 0" in told and not client.difference(), told + client.difference())


def answering(town, client):
    say("it accepts, answers, and the office accepts the answer")
    appeal = register(town, "Коваль", "Немає води з понеділка")
    town.assign(appeal, client.name)
    client.run("sync")
    listed = client.run("list")
    check("the appeal is in the list", "К-1" in listed and "issued" in listed and "Немає води з понеділка" in listed, listed)
    told = client.run("answer", "К-1", *HEAD, exit=1)
    check("what is too early is told so at once", "first node.py accept" in told and not client.kept()["log"], told)
    client.run("accept", "К-1", *HEAD)
    told = client.run("answer", "К-1", *HEAD, exit=1)
    check("what needs own work that is not back yet is not done", "first node.py sync" in told and len(client.kept()["log"]) == 1, told)
    client.run("answer", "К-1", "Воду подано", *EXECUTOR)
    client.run("sync")
    client.run("answer", appeal, *HEAD)
    listed = client.run("list")
    check("what waits is listed", listed.count("ще не передано") == 2, listed)
    told = client.run("sync")
    check("all of it is accepted", told.count("accepted") == 2 and "Надіслано: 2" in told and len(client.kept()["log"]) == 4, told)
    check("the office sees the answer", appeal in str(town.office.ask("appeal list", state="answered").json))
    done = town.office.ask("answer accept", appeal=appeal, as_="olena", assignment=client.name)
    check("and accepts it", done["outcome"] == "accepted", done.text)
    client.run("sync")
    check("the node reads that", "done" in client.run("list"))
    told = client.run("sync")
    check("a second sync sends nothing twice", "Надіслано: 0" in told and not client.difference(), told + client.difference())
    return appeal


def changed_bytes(town, client):
    say("replies that were changed")
    sys.path.insert(0, os.path.dirname(PROGRAM))
    import node as program  # noqa: E402
    node, ask = program.Node(client.data), "0123456789abcdef"
    connection = program.connect(node["url"], node["authority"], *node.files)
    office_key = base64.b64decode(node["officeKey"])
    query = f"stream=slice%3A{client.name}&epoch={node['epoch']}&after=&limit=500&ask={ask}"
    body = program.exchange(connection, "POST", f"/sync/v1/snapshot?{query}", None)
    connection.close()
    node.lock.close()

    def is_refused(changed, asked=ask):
        try:
            program.verify(changed, office_key, asked)
        except (ValueError, LookupError, program.InvalidSignature):
            return True
        return False

    check("a reply as it came is verified", not is_refused(body))
    taken = [place for place in range(len(body)) if not is_refused(body[:place] + bytes([body[place] ^ 1]) + body[place + 1:])]
    check(f"each of its {len(body)} bytes changed is no reply", not taken, taken[:5])
    check("a reply that was cut is none", all(is_refused(body[:place]) for place in range(0, len(body), 7)))
    check("a reply without its first line is none", is_refused(body.split(b"\n", 1)[1]))
    check("the reply to another request is none", is_refused(body, "0123456789abcdee") and is_refused(body, None))
    return program


def recorded(name):
    with open(os.path.join(VECTORS, name), "rb") as file:
        return file.read()


def exchanged(program, name):
    """What the office answered in an example of the page, verified as a reply to just that request."""
    head, _, _ = recorded(name + ".request.http").partition(b"\n\n")
    ask = head.split(b"ask=")[1][:16].decode() if b"ask=" in head else None
    office = base64.b64decode(json.loads(recorded("keys.ndjson"))["office"])
    body = recorded(name + ".reply.http").partition(b"\n\n")[2]
    return *program.verify(body, office, ask), body


def vectors(program):
    say("the page's own records")
    lines = [json.loads(line) for line in recorded("canonical.ndjson").splitlines()]
    wrong = [line for line in lines if program.canonical(json.loads(line["read"])) != line["canonical"].encode()]
    check("canonical", not wrong, wrong)
    wrong = []
    for text in (json.loads(line)["text"] for line in recorded("refused.ndjson").splitlines()):
        try:
            program.read_line(text.encode())
            wrong.append(text)
        except ValueError:
            pass
    check("refused", not wrong, wrong)
    names = [name.removesuffix(".reply.http") for name in sorted(os.listdir(VECTORS)) if name.endswith(".reply.http")]
    names = [name for name in names if recorded(name + ".reply.http").startswith(b"HTTP/1.1 200") and b'{"error"' not in recorded(name + ".reply.http")]
    for name in names:
        exchanged(program, name)
    check(f"{len(names)} replies are verified", len(names) > 30)


def whole_exchange(town, program):
    say("the page's one whole exchange, fed to the program")
    data = os.path.join(town.base, "roads")
    os.makedirs(data)
    shutil.copy(os.path.join(VECTORS, "roads.key.pem"), os.path.join(data, "node.key"))
    node = program.Node(data)
    node.save(node="roads", origin="roads#bc6d304c")
    node.lock.close()
    node = program.Node(data)
    replies = []
    node.call = lambda *_, **__: exchanged(program, replies.pop(0))

    def feed(*names):
        replies.extend(names)
        for name in names:
            if name.startswith("push"):
                for line in map(json.loads, recorded(name + ".request.http").partition(b"\n\n")[2].splitlines()):
                    key = program.sha256(program.canonical(line["operation"]))
                    node.log.append({"id": key, "line": line, "made": 0, "outcome": None})
                program.push(node)
            elif name.startswith("pull"):
                program.pull(node, stream(name))
            elif name.startswith("snapshot"):
                program.snapshot(node, stream(name))
            else:
                {"hello": program.hello, "receipts": program.send_receipts}[name](node)

    def stream(name):
        return next((whole for part, whole in (("reference", "reference"), ("node", "node:roads"), ("decisions", "node:roads")) if part in name),
                    "slice:roads")

    feed("hello", "snapshot-reference", "pull-reference", "snapshot-slice", "pull-slice-empty", "snapshot-node", "pull-node-empty", "push", "pull-slice")
    check("its rows have the page's digests", len(node.held) == 2)
    feed("push-conflict", "pull-conflict", "pull-settled", "push-late", "pull-leave")
    # The page signs with six own operations kept; two of them are durable by then.
    feed("receipts")
    told = node["receipts"]["01995c3a-0000-7000-8000-000000000001"]["line"]["receipt"]
    example = json.loads(recorded("receipts.request.http").partition(b"\n\n")[2])["receipt"]
    check("its receipt is the page's", {**told, "at": 0} == {**example, "at": 0}, told)
    feed("pull-woken", "pull-decisions", "push-erased", "pull-erase", "push-registered", "pull-enter")
    check("it ends where the page ends", list(node.held) == ["01995c3a-0000-7000-8000-000000000003"] and not replies, replies)
    node.lock.close()


def leaving(town, client, appeal):
    say("the appeal goes to another department")
    told = debts(town)
    check("nothing is owed before", client.name not in told, told)
    town.office.ask("resolution issue", appeal=appeal, as_="olena", author="mayor", main="d1", text="передати", supersedes=[assignment(client, appeal)])
    owed = debts(town)
    told = client.run("sync")
    check("it leaves, and a receipt goes out", "Звернень: 0" in told and "знищення: 1" in told, told)
    words = client.bytes()
    check("of what the office sent nothing is left", not any(word in words for word in ("Коваль", "з понеділка", "Соборна")))
    check("own words wait until the office has them twice", "Воду подано" in words)
    first = [one["line"]["receipt"] for one in client.kept()["receipts"].values()]
    check("the receipt says how many are kept", [one["kept"] for one in first] == [4], first)
    check("the first receipt is counted, and leaves the second owed", "'purge'" in owed and "'secondReceipt'" in debts(town), debts(town))
    town.office.run("backup", "create", os.path.join(town.base, "backup"))
    told = client.run("sync")
    check("after a backup they go, and a second receipt says so", "знищення: 1" in told and "Воду подано" not in client.bytes(), told)
    told = debts(town)
    check("the office has counted both: nothing is owed", client.name not in told, told)
    check("the envelopes stay and verify", not client.difference(), client.difference())
    check("the other department has it", bool(wait("the appeal", lambda: town.departments[0].holds(appeal))))


def erasing(town, client):
    say("an erasure")
    appeal = register(town, "Гончар", "Розбита лампа")
    town.assign(appeal, client.name)
    client.run("sync")
    index = client.row(appeal)["registers"]["index"][0]
    client.run("accept", index, *HEAD)
    client.run("sync")
    client.run("answer", index, "Лампу замовлено", *EXECUTOR)
    town.office.ask("appeal erase", appeal=index, as_="admin", reason="Акт № 5", confirm=index)
    told = client.run("sync")
    check("unsent work on it is told so", "erased" in told and "Звернень: 0" in told, told)
    words = client.bytes()
    check("nothing of it is left", not any(word in words for word in ("Гончар", "лампа", "Лампу")), index)
    check("no receipt is owed for it", not client.kept()["receipts"].get(appeal), client.kept()["receipts"])
    client.run("sync")
    check("it is remembered with its seal, and told", len(client.kept()["erased"][appeal]["seal"]) == 32)
    check("the log has no hole", not client.difference(), client.difference())


def another_view(town, client):
    say("another view of an appeal, late work, and the appeal comes back")
    done = town.office.ask("appeal register", as_="olena", name="Гук Іван Петрович", text="Дві справи", heading=["090", "070"],
                           question=["Засипати яму", "Освітити зупинку"], channel="post", address="вул. Миру, 5")
    appeal, index = done["appeal"], done["registrationIndex"]
    town.assign(appeal, client.name)
    client.run("sync")
    client.run("answer", index, "Думка", *EXECUTOR)
    client.run("sync")
    town.office.ask("resolution issue", appeal=appeal, as_="olena", author="mayor", main="d1", co=[client.name], text="передати",
                    supersedes=[assignment(client, appeal)], issues=[f"{client.name}=2"])
    client.run("sync")
    words = client.bytes()
    check("of a lesser view only that is left", "зупинку" in words and not any(word in words for word in ("Гук", "Дві справи", "яму")))
    check("the receipt for the greater one is counted", client.name not in debts(town), debts(town))
    check("own work on it stays", "Думка" in words)
    client.run("accept", index, *HEAD)
    client.run("sync")
    client.run("answer", index, "Лампу замінено", *EXECUTOR)
    client.run("sync")
    client.run("answer", index, *HEAD)
    client.run("answer", index, "Лампу замінено двічі", *EXECUTOR)
    ours = [entity.removeprefix("department@") for entity, item in client.row(appeal)["registers"].items()
            if entity.startswith("department@") and item[0] == client.name]
    town.office.ask("assignment recall", appeal=appeal, as_="olena", assignment=ours[-1], reason="помилка")
    told = client.run("sync")
    check("late work: a draft is taken, approval and submission wait", told.count("held") == 2 and told.count("acceptedLate") == 1, told)
    town.office.ask("resolution issue", appeal=appeal, as_="olena", author="mayor", co=[client.name], text="знову")
    told = client.run("sync") + client.run("list")
    check("the appeal comes back, the held work is listed", "Звернень: 1" in told and told.count("held") == 2, told)
    check("it is the office's, line by line", not client.difference(), client.difference())


def killing(town, client):
    say("kill -9 in the middle of a sync")
    draw = random.Random(int(time.time()) // 86_400)
    appeals = [register(town, "Кравець", f"Яма № {place}") for place in range(12)]
    former, begun = len(client.kept()["log"]), time.monotonic()
    client.run("sync")
    whole, killed = time.monotonic() - begun, 0
    for place, appeal in enumerate(appeals):
        town.assign(appeal, client.name)
        sync = subprocess.Popen([sys.executable, PROGRAM, "sync", "--data", client.data], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(whole * draw.uniform(0.3, 1.1))
        sync.kill()
        killed += sync.wait() != 0
        for one in client.kept()["rows"].get(f"slice:{client.name}", {}):
            client.run("answer", one, f"Проєкт {place}", *EXECUTOR)
    client.run("sync")
    check(f"{killed} of {len(appeals)} were killed", killed > 2)
    check("nothing is lost or doubled", not client.difference(), client.difference())
    outcomes = {one["outcome"]["outcome"] for one in client.kept()["log"][former:]}
    check("and all of it is accepted", outcomes == {"accepted"}, outcomes)


def small_pages(town, client, program):
    say("pages of two")
    program.PAGE = 2
    node = program.Node(client.data)
    node["positions"] = {}
    for place, appeal in enumerate(node.held):
        town.office.ask("appeal note", appeal=appeal, as_="olena", text=f"Дзвонили {place}")
    lesser = next(key for key, held in node.held.items() if held["row"]["registers"].get("text", [""])[0].startswith("Яма"))
    town.office.ask("resolution issue", appeal=lesser, as_="olena", author="mayor", main="d1", co=[client.name], text="передати",
                    supersedes=[assignment(client, lesser)])
    program.sync(node)
    check("a snapshot of many pages", len(node.held) > 5 and not client.difference(), client.difference())
    check("a receipt for a greater view that a snapshot ended", client.name not in debts(town), debts(town))
    for place, appeal in enumerate(node.held):
        town.office.ask("appeal note", appeal=appeal, as_="olena", text=f"Дзвонили знову {place}")
    program.sync(node)
    node.lock.close()
    # A co-executor is shown neither the applicant nor internal notes.
    main_ones = sum("applicant.name" in held["row"]["registers"] for held in node.held.values())
    seen = client.bytes().count("Дзвонили знову")
    check("entries of many pages", seen == main_ones > 5 and not client.difference(), (seen, main_ones, client.difference()))


def first_screen(town):
    say("the first lines of the page")
    folder = os.path.join(town.base, "first")
    os.makedirs(os.path.join(folder, "bin"))
    os.symlink(os.path.join(ROOT, "deploy"), os.path.join(folder, "deploy"))
    for name, program in (("kartoteka", BINARY), ("python3", sys.executable)):
        with open(os.path.join(folder, "bin", name), "w", encoding="utf-8") as file:
            file.write(f'#!/bin/sh\nexec "{program}" "$@"\n')
        os.chmod(file.name, 0o755)
    with open(os.path.join(ROOT, "protocol.md"), encoding="utf-8") as file:
        lines = file.read().split("```sh\n")[1].split("```")[0].replace("OFFICE", town.office.data).splitlines()
    for line in lines:
        path = os.path.join(folder, "bin") + os.pathsep + os.environ["PATH"]
        done = subprocess.run(["sh", "-c", line], cwd=folder, env={**os.environ, "PATH": path}, capture_output=True, text=True, timeout=60)
        check(f"{line.split('  ')[0].replace(town.office.data, 'OFFICE')}", done.returncode == 0, done.stdout + done.stderr)
    check("the last one lists what the department has", "Звернень немає" in done.stdout, done.stdout)


def changed_row(client):
    say("a row that was changed on the disk")
    path, kept = os.path.join(client.data, "node.json"), client.kept()
    row = next(iter(kept["rows"][f"slice:{client.name}"].values()))["row"]
    row["registers"]["index"][0] += "1"
    with open(path, "w", encoding="utf-8") as file:
        json.dump(kept, file)
    told = client.run("sync", exit=1)
    check("its digest tells, and the program says what to do", "differs" in told and "node.py anew" in told, told)
    client.run("anew")
    check("read anew it is the office's", client.row(row["id"])["registers"]["index"][0] + "1" == row["registers"]["index"][0] and not client.difference())
    client.run("sync")


def strangeness(town, client):
    say("what the program does not mend")
    copy, own = client.data + ".copy", client.data
    shutil.copytree(own, copy)
    for _ in range(2):
        client.run("sync")
    client.data = copy
    told = client.run("sync", exit=1)
    check("an old copy of the node stops and names the section", "tokenStale" in told and "Fork, rollback" in told, told)
    client.data = own
    client.run("sync")
    check("the node itself goes on", not client.difference(), client.difference())
    backup, lost = os.path.join(town.base, "late"), town.office.data + ".lost"
    town.office.run("backup", "create", backup)
    town.office.stop()
    os.rename(town.office.data, lost)
    town.office.run("restore", backup, "--former", lost)
    town.office.run("restore", "--declare")
    told = client.run("sync", exit=1)
    check("an office that is away", "try again" in told, told)
    town.office.start()
    told = client.run("sync", exit=1)
    check("a restored office: it stops and names the section", "epoch" in told and "A restore of the office" in told, told)
    town.office.ask("node revoke", node=client.name, as_="admin")
    told = client.run("sync", exit=1)
    check("who was revoked is told by whom to ask", "revoked" in told and "new invitation" in told, told)


def form():
    say("its form")
    with open(PROGRAM, encoding="utf-8") as file:
        lines = file.read().splitlines()
    check(f"{len(lines)} lines are at most 500", len(lines) <= 500)
    check("none is longer than 120 characters", not [line for line in lines if len(line) > 120])
    tree = ast.parse("\n".join(lines))
    places = [node.lineno for node in ast.walk(tree) if isinstance(node, ast.stmt)]
    check("none has two statements", len(places) == len(set(places)), sorted(place for place in places if places.count(place) > 1))
    listed = [node.lineno for node in ast.walk(tree) if isinstance(node, (ast.Import, ast.ImportFrom)) and len(node.names) > 1]
    check("each import has a line of its own", not listed, listed)
    bare = [line for former, line in zip(["", *lines], lines) if re.match(r"\s*(def|class) ", line) and former and not former.lstrip().startswith(("#", "class"))]
    check("a blank line stands before each function", not bare, bare)


def play():
    form()
    town = Town("client", 1, settings={"device_is_other": "yes"})
    try:
        client = Client(town)
        joining(town, client)
        appeal = answering(town, client)
        program = changed_bytes(town, client)
        vectors(program)
        whole_exchange(town, program)
        leaving(town, client, appeal)
        erasing(town, client)
        another_view(town, client)
        killing(town, client)
        small_pages(town, client, program)
        changed_row(client)
        first_screen(town)
        strangeness(town, client)
    finally:
        town.end()


if __name__ == "__main__":
    main(play)
