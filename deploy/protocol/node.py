#!/usr/bin/env python3
"""A small department node for Kartoteka, written from protocol.md alone. Read wire.py first, then this from top to
bottom: each part names the section of protocol.md that it follows, by title.

    node.py join INVITATION_FILE            the invitation is a file: others can read what stands on a command line
    node.py sync                            one conversation with the office: greets, sends, reads, gives receipts
    node.py list;  node.py show APPEAL      what the department has, with its own work drawn over it
    node.py accept APPEAL;  node.py note APPEAL TEXT
    node.py answer APPEAL [TEXT]            drafts an answer; a head also approves and submits it

All take --data DIR, which holds node.key, node.pem and node.json; who acts says --as USER --role ROLE. Work is saved at
once, and sent by the next sync."""
from __future__ import annotations

import argparse
import base64
import fcntl
import http.client
import json
import os
import secrets
import sys
from typing import Any
from urllib.parse import quote

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from wire import (AGAIN, FORK, Json, Stop, canonical, connect, exchange, name_in, now, office_of,
                  pinned_authority, require, sha256, sign, spki, verify)

CLAIMS = """Claimed, by title: Identity and TLS; Joining; Canonical form; The operation; Asking; hello (new and known);
push, pull, snapshot, receipts; rows, entries, digests; What a node shows; purge and erasure. Not claimed, it stops and
says so: Fork, rollback, holes, clones; A restore of the office; evidence. Left out: renewing, long polls, since and
until, gzip, back-off, witness, all kinds but five. Instead of Digest and repair it reads a stream anew, whole."""
PAGE, OPERATION_BYTES, TEXT_BYTES, ERASURES = 500, 65_536, 49_152, 10_000         # protocol.md, "Limits"

# ── protocol.md, "Joining" ──────────────────────────────────────────────────────────────────────────────────────────
def join(data: str, invitation_file: str) -> str:
    with open(invitation_file, encoding="ascii") as file:
        invitation = json.loads(base64.b64decode(file.read().strip().removeprefix("kartoteka-join-1:"), validate=True))
    os.makedirs(data, exist_ok=True)
    name, key, pem = invitation["node"], own_key(data), serialization.Encoding.PEM
    names = x509.SubjectAlternativeName([x509.UniformResourceIdentifier(f"urn:node:{name}")])
    subject = x509.Name([x509.NameAttribute(x509.oid.NameOID.COMMON_NAME, name)])
    request = x509.CertificateSigningRequestBuilder(subject).add_extension(names, False).sign(key, SHA256())
    enrol = {"version": 1, "node": name, "secret": invitation["secret"], "request": request.public_bytes(pem).decode()}
    pinned = pinned_authority(invitation["url"], invitation["authority"])
    connection = connect(invitation["url"], pinned)
    office, office_key = office_of(connection, pinned)
    line = canonical({"enrol": enrol, "signature": sign(key, "enrolment", enrol)}) + b"\n"
    _, reply = verify(exchange(connection, "POST", "/enrol/v1", line), office_key, None)
    own, authority = (x509.load_pem_x509_certificate(pem.encode()) for pem in (reply["certificate"], pinned))
    fits = (reply["call"] == "enrol" and reply["node"] == name and reply["office"] == office
            and base64.b64decode(reply["officeKey"]) == office_key and spki(own.public_key()) == spki(key.public_key())
            and name_in(own, authority, x509.oid.ExtendedKeyUsageOID.CLIENT_AUTH) == name)
    require(fits, "The reply does not fit the invitation; nothing was kept. Ask the office for a new invitation.")
    write_durably(os.path.join(data, "node.pem"), reply["certificate"].encode())
    node = Node(data)                                        # An incarnation is drawn once, when the node is founded.
    node.save(node=name, origin=node.get("origin") or f"{name}#{secrets.token_hex(4)}", office=office, url=reply["url"],
              officeKey=reply["officeKey"], authority=pinned)
    return f"«{name}» приєднано. Далі: node.py sync --data {data}"

def own_key(data: str) -> ec.EllipticCurvePrivateKey:
    """Kept before anything is asked: who asks again after a lost reply needs the same key."""
    path = os.path.join(data, "node.key")
    if not os.path.exists(path):
        write_durably(path, ec.generate_private_key(ec.SECP256R1()).private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    with open(path, "rb") as file:
        return serialization.load_pem_private_key(file.read(), None)

def write_durably(path: str, content: bytes) -> None:
    """Puts a file in the place of another at once, and overwrites that one: of what was deleted nothing is left."""
    former = open(path, "r+b", buffering=0) if os.path.exists(path) else None
    with open(path + ".new", "wb", buffering=0) as file:
        file.write(content)
        os.fsync(file.fileno())
    os.replace(path + ".new", path)
    directory = os.open(os.path.dirname(path) or ".", os.O_RDONLY)
    os.fsync(directory)
    os.close(directory)
    if former:
        former.write(bytes(os.fstat(former.fileno()).st_size))
        os.fsync(former.fileno())

# ── What the node keeps: one file, written anew and renamed, so that rows and their position change together ────────
EMPTY = """{"token": "", "epoch": "", "chain": "", "clock": 0, "durable": 0, "rows": {}, "positions": {}, "stubs": {},
            "erased": {}, "receipts": {}, "pages": {}, "log": []}"""

class Node(dict):
    def __init__(self, data: str) -> None:
        self.data, self.path, self.known = data, os.path.join(data, "node.json"), ""
        self.key, self.lock = own_key(data), open(os.path.join(data, "lock"), "w")
        fcntl.flock(self.lock, fcntl.LOCK_EX)                                              # One command at a time.
        self.update(json.loads(EMPTY))
        if os.path.exists(self.path):
            with open(self.path, "rb") as file:
                self.update(json.load(file))
        self.name, self.slice, self.log = self.get("node"), f"slice:{self.get('node')}", self["log"]
        self.held = self["rows"].setdefault(self.slice, {})

    def save(self, **news: Any) -> None:
        self.update(news)
        write_durably(self.path, json.dumps(self, ensure_ascii=False).encode())

    def connect(self) -> None:
        files = os.path.join(self.data, "node.pem"), os.path.join(self.data, "node.key")
        self.connection = connect(self["url"], self["authority"], *files)
        self.office_key = base64.b64decode(self["officeKey"])
        same = office_of(self.connection, self["authority"]) == (self["office"], self.office_key)
        require(same, "This is not the office that was joined: check its address.")

    def call(self, method: str, name: str, body: bytes | None = None, **query: Any) -> tuple[list[Json], Json, bytes]:
        """protocol.md, "The calls": lines, last line and bytes of a verified reply to just this request."""
        ask = secrets.token_hex(8)
        target = "&".join(f"{key}={quote(str(value), safe='')}" for key, value in {**query, "ask": ask}.items())
        data = exchange(self.connection, method, f"/sync/v1/{name}?{target}", body)
        lines, reply = verify(data, self.office_key, ask)
        fits = reply["call"] == name and (name == "hello" or reply["epoch"] == self["epoch"])
        require(fits, f"The reply is of another call or epoch. {AGAIN}")
        return lines, reply, data

# ── protocol.md, "hello": who is there, and whether both have the same log ──────────────────────────────────────────
def hello(node: Node, after: str = "") -> None:
    lines, reply, _ = node.call("POST", "hello", canonical(hello_line(node, after)) + b"\n")
    log = reply["log"]
    state = "fork" if log["state"] == "known" and log["id"] != id_of(node, log["number"]) else log["state"]
    section = "A restore of the office" if state in ("epoch", "earlierFirst") else FORK
    require(state in ("new", "known") and reply["origin"] == node["origin"] and node["epoch"] in ("", reply["epoch"]),
            f"The office says of this node's log: {state}. This program cannot mend that (protocol.md, “{section}”). "
            f"Leave {node.data} as it is and ask the office's operator.")
    node["epoch"] = node.known = reply["epoch"]
    for line in lines:
        erase(node, line["erased"], line.get("seal", ""))
    take_durable(node, log.get("durable"))
    owe_again(node, reply.get("owed", []))
    node.save(token=reply["token"])                                   # It is on disk before it is ever used.
    if reply.get("erasuresTo", "") > after:
        hello(node, reply["erasuresTo"])

def hello_line(node: Node, after: str) -> Json:
    unsent = [one["made"] for one in node.log if not one["outcome"]]
    last, told = len(node.log), len(node.log) - len(unsent)
    return {"version": 1, "software": "node.py", "origin": node["origin"], "epoch": node["epoch"], "known": node.known,
            "key": base64.b64encode(spki(node.key.public_key())).decode(), "token": node["token"], "clock": now(),
            "last": {"number": last, "id": id_of(node, last)}, "oldestUnsent": min(unsent, default=0),
            "acknowledged": {"number": told, "id": id_of(node, told)},
            "positions": [{"stream": stream, "epoch": node["epoch"], "sequence": at["sequence"], "mark": at["mark"]}
                          for stream, at in node["positions"].items()],
            "erasures": list(node["erased"].values())[:ERASURES]} | ({"erasuresAfter": after} if after else {})

def id_of(node: Node, number: int) -> str:
    """The id of an own operation; none of the number 0, nor of one that is not here."""
    return node.log[number - 1]["id"] if 0 < number <= len(node.log) else ""

# ── protocol.md, "push": outcomes are those of the page, by origin, number and id ───────────────────────────────────
def push(node: Node) -> list[str]:
    """Sends what has no outcome; gives what the office said of it. Fifteen of any size fit into a page's 1 MiB."""
    said = []
    while page := [(number, one) for number, one in enumerate(node.log, 1) if not one["outcome"]][:15]:
        body = b"".join(canonical(one["line"]) + b"\n" for _, one in page)
        query = {part: node[part] for part in ("epoch", "origin", "chain")}
        lines, reply, data = node.call("POST", "push", body, **query)
        outcomes = [line for line in lines if "answer" not in line]
        told = [(line["origin"], line["number"], line["id"]) for line in outcomes]
        fits = told == [(node["origin"], number, one["id"]) for number, one in page][:len(told)]
        require(fits and len(lines) == len(page), f"The outcomes are not of what was sent. {AGAIN} See “{FORK}”.")
        for line, (_, one) in zip(outcomes, page):
            one["outcome"] = line
        node["pages"][str(page[0][0])] = data.decode()
        take_durable(node, reply.get("durable"))
        node.save(chain=sha256(data.splitlines()[-1]))
        said += [f"{line['number']}: {words(line)}" for line in outcomes]
        require(len(told) == len(page), f"The office answers {lines[len(told):][:1]}: see “{FORK}”, ask its operator.")
    return said

# ── protocol.md, "Rows, projection, streams": snapshot, pull, merge, digest ─────────────────────────────────────────
def read_streams(node: Node) -> None:
    """Reads each stream to its head. Who took a snapshot says hello again: it may hide an erasure."""
    streams = ("reference", node.slice, f"node:{node.name}")
    fresh = [stream for stream in streams if stream not in node["positions"]]
    for stream in fresh:
        snapshot(node, stream)
    for stream in streams:
        try:
            while not pull(node, stream):
                pass
        except Stop as stop:
            if "snapshotNeeded" in stop.args:
                del node["positions"][stream]
                node.save()
            raise
    if fresh:
        hello(node)

def snapshot(node: Node, stream: str) -> None:
    """All its pages first; then they take the place of what was here, at the first page's position."""
    news, first, after, rows = {}, {}, "", node["rows"].setdefault(stream, {})
    while after is not None:
        lines, reply, _ = node.call("POST", "snapshot", stream=stream, epoch=node["epoch"], after=after, limit=PAGE)
        require((reply["stream"], reply["after"]) == (stream, after), f"This is another page. {AGAIN}")
        news.update((line["row"]["id"], line) for line in lines)
        first, after = first or reply, reply["next"]
    former = dict(rows)
    rows.clear()
    for line in news.values():
        enter(node, rows, line)
    for key, held in former.items() if stream == node.slice else ():
        if key not in rows or held["tenure"] < rows[key]["tenure"]:
            (owe if key in rows else depart)(node, key, {"tenure": held["tenure"], "head": first["head"]})
    node["positions"][stream] = {"sequence": first["head"], "mark": first["mark"], "commit": first["commit"]}
    node.save()

def pull(node: Node, stream: str) -> bool:
    """One page; gives whether it reached the head, where the sum of the rows' hashes must be the office's."""
    at, rows = node["positions"][stream], node["rows"][stream]
    query = {"epoch": node["epoch"], "after": at["sequence"], "mark": at["mark"], "limit": PAGE}
    lines, reply, _ = node.call("GET", "pull", stream=stream, **query)
    fits = (reply["stream"], reply["from"], reply["fromMark"]) == (stream, at["sequence"], at["mark"])
    require(fits, f"The page does not begin at the own position. {AGAIN}")
    for line in lines:
        apply(node, rows, line)
    at.update(sequence=reply["to"], mark=reply["mark"])
    if "digest" in reply:
        hashes = [int(sha256(canonical(held["row"])), 16) for held in rows.values()]
        if (reply["digest"], reply["rows"]) != (f"{sum(hashes) % (1 << 256):064x}", len(hashes)):
            raise Stop(f"{stream} differs (“Digest and repair”): the next sync reads it anew.", "snapshotNeeded")
        at["commit"] = max(at["commit"], reply["commit"])
    node.save()
    return reply["to"] == reply["head"]

def apply(node: Node, rows: Json, line: Json) -> None:
    kind, key = line["entry"], line["id"] if "id" in line else line["row"]["id"]
    tenure = rows[key]["tenure"] if key in rows else 0
    require(kind in ("enter", "put", "leave", "erase", "outcome"), f"An entry “{kind}” is unknown: upgrade node.py.")
    if kind == "leave" and tenure <= line["tenure"]:
        depart(node, key, {"tenure": line["tenure"], "commit": line["commit"]})
        node["stubs"][key] = line["stub"]
    if kind == "erase":
        erase(node, key, line.get("seal", ""))
    if kind in ("enter", "outcome") or kind == "put" and tenure == line["tenure"]:
        enter(node, rows, line)
    if kind == "enter" and 0 < tenure < line["tenure"]:                      # Another view: the former row is gone.
        owe(node, key, {"tenure": tenure, "commit": line["commit"]})

def enter(node: Node, rows: Json, line: Json) -> None:
    """A later tenure replaces the row, the same one merges, an earlier one is passed over."""
    row, key = line["row"], line["row"]["id"]
    held = rows.get(key, {"tenure": 0})
    if held["tenure"] == line["tenure"]:
        row = held["row"] | {name: merge(held["row"].get(name, {}), row[name]) for name in row if name != "id"}
    if held["tenure"] < line["tenure"]:
        node["stubs"].pop(key, None)
        node["receipts"].pop(key, None)
    if held["tenure"] <= line["tenure"]:
        rows[key] = {"row": row, "tenure": line["tenure"], "seal": line.get("seal", "")}
    for fact, _, _ in row.get("facts", {}).values():          # protocol.md, "The operation", Clock: greater wins.
        other = int(fact.get("by", {}).get("clock", "0").replace("-", ""), 16)
        node["clock"] = max(node["clock"], other if other >> 16 <= now() + 300_000 else 0)

def merge(held: Json, news: Json) -> Json:
    """An item with a later commit replaces one with an earlier commit."""
    return held | {name: item for name, item in news.items() if name not in held or item[2] > held[name][2]}

# ── protocol.md, "Stored, durable, purge, erasure" ──────────────────────────────────────────────────────────────────
def depart(node: Node, appeal: str, departure: Json) -> None:
    """What the office sent goes, and what is durable of the own work; a receipt is owed, in place of a former one."""
    node.held.pop(appeal, None)
    owe(node, appeal, departure)
    drop_content(node, appeal, node["durable"])

def owe(node: Node, appeal: str, departure: Json) -> None:
    node["receipts"][appeal] = {"departure": {**departure, "epoch": node["epoch"]}, "line": None, "told": False}

def erase(node: Node, appeal: str, seal: str) -> None:
    """Goes before everything: also unsent work loses its words, and is sent without them."""
    for place in (node.held, node["stubs"], node["receipts"]):
        place.pop(appeal, None)
    node["erased"][appeal] = {"erased": appeal, "seal": seal} if seal else {"erased": appeal}
    drop_content(node, appeal, len(node.log))

def own_work(node: Node, appeal: str) -> list[tuple[int, Json]]:
    return [(number, one) for number, one in enumerate(node.log, 1) if one["line"]["operation"]["appeal"] == appeal]

def drop_content(node: Node, appeal: str, through: int) -> None:
    """Envelope, signature and outcome stay: such a line still has its id and verifies."""
    for number, one in own_work(node, appeal):
        if number <= through:
            one["line"] = {part: one["line"][part] for part in ("operation", "signature")}

def take_durable(node: Node, durable: Json | None) -> None:
    """Durable is what a verified backup has; another id speaks of another log."""
    if durable and durable["id"] == id_of(node, durable["number"]):
        node["durable"] = max(node["durable"], durable["number"])
        for appeal in node["receipts"].keys() - node.held.keys():
            drop_content(node, appeal, node["durable"])

def owe_again(node: Node, owed: list[list]) -> None:
    """The office lacks these receipts. Of what is here, is erased or is owed already none is due."""
    at, told = node["positions"].get(node.slice), {"told": True}
    for appeal, tenure in owed if at else ():
        if not (appeal in node.held or appeal in node["erased"]) and node["receipts"].get(appeal, told)["told"]:
            depart(node, appeal, {"tenure": tenure, "head": at["sequence"]})

def send_receipts(node: Node) -> int:
    """Signed once, sent until answered. Of own work that stayed a second one, of tenure 0, follows when it is gone."""
    for appeal, owed in node["receipts"].items():
        kept = sum("body" in one["line"] for _, one in own_work(node, appeal) if appeal not in node.held)
        if owed["told"] and owed["line"]["receipt"]["kept"] and not kept:
            owed.update(departure=owed["departure"] | {"tenure": 0}, line=None, told=False)
        if not owed["line"] and (owed["departure"]["tenure"] or not kept):
            receipt = owed["departure"] | {"node": node.name, "appeal": appeal, "kept": kept, "at": now()}
            owed["line"] = {"receipt": receipt, "signature": sign(node.key, "receipt", receipt)}
    node.save()
    waiting = [owed for owed in node["receipts"].values() if owed["line"] and not owed["told"]][:PAGE]
    if waiting:
        node.call("POST", "receipts", b"".join(canonical(owed["line"]) + b"\n" for owed in waiting))
        for owed in waiting:
            owed["told"] = True
        node.save()
    return len(waiting)

def sync(node: Node) -> str:
    """One session: greets, sends before it reads, reads, and says what is gone."""
    node.connect()
    hello(node)
    said = push(node)
    read_streams(node)
    said.append(f"Надіслано: {len(said)}. Звернень: {len(node.held)}. Розписок про знищення: {send_receipts(node)}.")
    return "\n".join(said)

# ── protocol.md, "What a node shows": the confirmed row with own work drawn over it ─────────────────────────────────
def view(node: Node, appeal: str) -> Json:
    row, lost = {"facts": {}, **node.held[appeal]["row"]}, set()
    for number, one in own_work(node, appeal):
        write, line = f"{node['origin']}:{number}", one["line"]
        outcome = one["outcome"] or {"outcome": "", "commit": (1 << 53) + number}
        follows = lost & {*line["operation"]["base"].values(), line.get("body", {}).get("version")}
        if outcome["outcome"] in ("held", "refused", "erased") or follows:
            lost.add(write)
        elif outcome["commit"] > node["positions"][node.slice]["commit"]:
            for section, items in effects(node, line, write).items():
                drawn = {name: [new, write, outcome["commit"]] for name, new in items.items()}
                row[section] = merge(row[section], drawn)
    return row

def effects(node: Node, line: Json, write: str) -> Json:
    """protocol.md, "Kinds of operation": the registers that it writes, the fact that it adds."""
    operation, parts = line["operation"], {**line["body"], **line.get("personal", {})}
    by = {"node": node.name, **operation["actor"], "clock": operation["clock"]}
    added = {"by": by} | {name: parts[name] for name in parts if name not in ("salt", "assignment")}
    _, _, register, new, fact = KINDS[operation["kind"]]
    at = "@" + parts["assignment"] if "assignment" in parts else ""
    return {"registers": {register + at: new or parts["version"]} if register else {},
            "facts": {f"{fact}{at} {write}": added} if fact else {}}

def value(row: Json, register: str) -> Any:
    return row["registers"].get(register, [None])[0]

def ground(node: Node, row: Json) -> str:
    """protocol.md, "The operation", Authority: the strongest own assignment, open ones first; "" if there is none."""
    own = [name.removeprefix("department@") for name, item in row["registers"].items()
           if name.startswith("department@") and item[0] == node.name]
    ended, order = ("recalled", "superseded"), ("main", "co", "inform")
    return min(own, default="", key=lambda one: (value(row, "state@" + one) in ended,
                                                 order.index(value(row, "role@" + one))))

# ── protocol.md, "The operation": signed, numbered, chained; saved before anybody is told so ────────────────────────
WORKERS, HEADS = ("clerk", "deputy", "executor", "head"), ("deputy", "head")
KINDS = {  # protocol.md, "Kinds of operation": roles; states of the assignment; register and its value; added fact
    "assignment.accepted": (WORKERS, ("issued",), "state", "accepted", ""),
    "answer.drafted": (WORKERS, ("issued", "accepted", "returned", "submitted"), "", "", "answer"),
    "answer.approved": (HEADS, ("issued", "accepted", "returned"), "answer", "", "approval"),
    "answer.submitted": (WORKERS, ("accepted", "returned"), "state", "submitted", "submission"),
    "note.added": ((*WORKERS, "inspector"), (), "", "", "note")}

def advise(node: Node, kind: str, row: Json, entity: str, actor: Json) -> None:
    """protocol.md, "How the office decides": what it would refuse is told at once. Its own word counts."""
    (roles, states, *_), user, role = KINDS[kind], actor["user"], actor["role"]
    entry = node["rows"]["reference"].get(f"role/{node.name}/{user}/{role}", {"row": {"registers": {}}})["row"]
    granted, revoked = (entry["registers"].get(name, [0, 0, 0])[2] for name in ("granted", "revoked"))
    require(granted > revoked and role in roles and user not in (value(row, "barred") or ()),
            f"{user} as {role} may not do {kind}: name another person by --as and --role ({', '.join(roles)}).")
    state = value(row, "state@" + entity)
    require(not states or state in states, f"The assignment is {state}; for {kind} it must be {' or '.join(states)}.")
    require(entity or value(row, "home") == node.name, "This department has no assignment on the appeal.")

def act(node: Node, kind: str, appeal: str, actor: Json, body: Json, personal: Json | None = None) -> None:
    """Makes one operation and keeps it."""
    row, at, number = view(node, appeal), node["positions"], len(node.log) + 1
    entity, named = ground(node, row), KINDS[kind][1] != ()                # An act on an assignment names it.
    advise(node, kind, row, entity, actor)
    authority = row["registers"]["home"][1] if value(row, "home") == node.name and not named else entity
    body |= {"assignment": entity} if named else {}
    parts = {name: {**part, "salt": secrets.token_hex(16)}
             for name, part in (("body", body), ("personal", personal)) if part is not None}
    node["clock"] = max(now() << 16, node["clock"] + 1)                        # Milliseconds, and 16 bits to count.
    operation = {
        "v": 1, "schema": 1, "origin": node["origin"], "number": number, "previous": id_of(node, number - 1),
        "kind": kind, "appeal": appeal, "authority": authority, "actor": actor,
        "clock": f"{node['clock'] >> 16:012x}-{node['clock'] % 65_536:04x}",
        "seen": {"epoch": node["epoch"], "slice": at[node.slice]["sequence"], "reference": at["reference"]["sequence"]},
        "digests": {name: sha256(canonical(part)) for name, part in parts.items()}}
    written = effects(node, {"operation": operation, **parts}, "")["registers"]
    operation["base"] = {name: row["registers"][name][1] for name in written if name in row["registers"]}
    line = {"operation": operation, **parts, "signature": sign(node.key, "operation", operation)}
    fits = len((personal or {"text": ""})["text"].encode()) <= TEXT_BYTES and len(canonical(line)) <= OPERATION_BYTES
    require(fits, "The text is too long: shorten it to 48 KiB.")
    node.log.append({"id": sha256(canonical(operation)), "line": line, "made": now(), "outcome": None})
    node.save()

def answer(node: Node, appeal: str, actor: Json, text: str | None) -> None:
    """Draft, approval and submission are an operation each; the last two are for heads."""
    row = view(node, appeal)
    ready = value(row, "state@" + ground(node, row)) in KINDS["answer.submitted"][1]
    require(ready or actor["role"] not in HEADS, "First accept the assignment: node.py accept APPEAL.")
    if text:
        act(node, "answer.drafted", appeal, actor, {"final": True, "result": "satisfied"}, {"text": text})
    if actor["role"] in HEADS:
        row = view(node, appeal)
        drafts = [item for name, item in row["facts"].items() if name.startswith(f"answer@{ground(node, row)} ")]
        require(drafts, "There is no draft of an answer yet: give its text.")
        version = max(drafts, key=lambda item: item[0]["by"]["clock"])[1]
        act(node, "answer.approved", appeal, actor, {"version": version})
        act(node, "answer.submitted", appeal, actor, {"version": version})

# ── What people read ────────────────────────────────────────────────────────────────────────────────────────────────
STATES = {"issued": "видано", "accepted": "прийнято до виконання", "submitted": "подано відповідь", "done": "виконано",
          "declined": "відхилено", "returned": "повернуто", "recalled": "відкликано", "superseded": "передано іншому"}
OUTCOMES = {"accepted": "Прийнято", "acceptedLate": "Прийнято після закінчення доручення", "held": "Очікує рішення",
            "conflict": "Розбіжність: обидва значення збережено", "refused": "Не прийнято", "erased": "Стерто"}
LABELS = {"index": "Індекс", "due.control": "Виконати до", "applicant.name": "Заявник", "applicant.address": "Адреса",
          "contact.phone": "Телефон", "text": "Текст", "question": "Питання", "state": "Доручення", "note+": "Примітка",
          "resolution+": "Резолюція", "answer+": "Проєкт відповіді", "approval+": "Погоджено", "submission+": "Подано"}
SAVED = "Збережено, ще не передано"

def words(outcome: Json | None) -> str:
    return f"{OUTCOMES[outcome['outcome']]} {outcome.get('reason', '')}" if outcome else SAVED

def acts(work: list[tuple[int, Json]]) -> list[str]:
    return [f"  дія {number}, {one['line']['operation']['kind']}: {words(one['outcome'])}" for number, one in work]

def listed(node: Node) -> str:
    lines = []
    for row in (view(node, appeal) for appeal in node.held):
        state = STATES.get(value(row, "state@" + ground(node, row)), "")
        lines.append(f"{value(row, 'index')}  до {value(row, 'due.control')}  {state}  {value(row, 'text')}")
    done = ("accepted", "acceptedLate", "erased")
    waits = [pair for pair in enumerate(node.log, 1) if (pair[1]["outcome"] or {}).get("outcome") not in done]
    return "\n".join(lines + acts(waits)) or "Звернень немає."

def shown(node: Node, appeal: str) -> str:
    row = view(node, appeal)
    pairs = [(name.split("@")[0], STATES.get(str(item), item)) for name, (item, _, _) in row["registers"].items()]
    pairs += [(name.split()[0].split("@")[0] + "+", f"{fact.get('text', '')} ({fact['by']['user']})")
              for name, (fact, _, _) in sorted(row["facts"].items(), key=lambda item: item[1][0]["by"]["clock"])]
    lines = [f"{LABELS[name]}: {text}" for name, text in pairs if name in LABELS]
    return "\n".join(lines + acts(own_work(node, appeal)))

def run(given: argparse.Namespace) -> str:
    if given.command == "join":
        return join(given.data, given.what)
    require(os.path.exists(given.data + "/node.json"), f"First: node.py join INVITATION_FILE --data {given.data}")
    node = Node(given.data)
    if given.command in ("sync", "list"):
        return sync(node) if given.command == "sync" else listed(node)
    found = [appeal for appeal in node.held if given.what in (appeal, value(node.held[appeal]["row"], "index"))]
    require(found, f"There is no appeal “{given.what}” here. Look at node.py list, or sync first.")
    if given.command == "show":
        return shown(node, found[0])
    actor = {"user": given.user or "nobody", "role": given.role or "nothing"}
    if given.command == "answer":
        answer(node, found[0], actor, given.text)
    if given.command == "note":
        act(node, "note.added", found[0], actor, {}, {"text": given.text})
    if given.command == "accept":
        act(node, "assignment.accepted", found[0], actor, {})
    return SAVED

def main() -> None:
    os.umask(0o077)                                            # The key and personal data are for the owner alone.
    parser = argparse.ArgumentParser(usage=__doc__, epilog=CLAIMS)
    parser.add_argument("command", choices=("join", "sync", "list", "show", "accept", "answer", "note"))
    parser.add_argument("what", nargs="?", default="", help="the invitation's file; or an appeal, by its index or id")
    parser.add_argument("text", nargs="?", default="")
    parser.add_argument("--data", default="node")
    parser.add_argument("--as", dest="user")
    parser.add_argument("--role")
    try:
        print(run(parser.parse_args()))
    except Stop as stop:
        sys.exit(f"node.py: {stop.args[0]}")
    except (OSError, http.client.HTTPException, ValueError, KeyError) as error:
        sys.exit(f"node.py: {error!r}. Nothing is lost: look at the network, the address, the files; try again.")

if __name__ == "__main__":
    main()
