#!/usr/bin/env python3
"""A small department node for Kartoteka, written from protocol.md alone, to be read from top to bottom: each part names
the section of protocol.md that it follows, by title. It needs Python 3.10 and `cryptography`.
    node.py join INVITATION_FILE      the invitation is a file: others can read what stands on a command line
    node.py sync                      one conversation with the office: greets, sends, reads, gives receipts
    node.py anew                      the same from snapshots: when a stream differs, or after `snapshotNeeded`
    node.py list                      what the department has, and own work that was not simply accepted
    node.py accept APPEAL             accepts the assignment, by the index or the id of the appeal
    node.py note APPEAL TEXT          adds a note
    node.py answer APPEAL [TEXT]      drafts an answer; without a text it approves and submits the newest draft
All take --data DIR; who acts says --as USER --role ROLE. Work is saved at once, and sent by the next sync."""
import argparse
import base64
import fcntl
import hashlib
import http.client
import json
import os
import secrets
import ssl
import sys
import time
import urllib.parse

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric import utils
from cryptography.hazmat.primitives.hashes import SHA256

CLAIMS = """Claimed, by title: Identity and TLS; Joining; Canonical form; Asking; hello (new and known), push, pull,
snapshot, receipts; Rows and streams; The operation; Stored, durable, purge, erasure. Not claimed, it stops and says so:
Fork, rollback, holes, clones; A restore of the office; evidence. Left out: renewing, long polls, since/until, gaps,
back-off, gzip, witness, all kinds but five, the store of push replies, receipts that the office asks for, erasures
told but the newest 1,000, guards but for states, decisions about held work, merging clocks, rare rules of certificates.
Instead of What a node shows: an accept or a submission waits until former own work on the appeal is back, and nothing
is drawn over a row. Instead of Digest and repair: `anew`."""
PAGE = 500                                             # protocol.md, "Limits"
REPLY_BYTES = 12_582_912
ROW_BYTES = 4_259_840
AGAIN = "Nothing of it was applied: run sync again."

def require(holds: object, sentence: str) -> None:
    if not holds:
        raise ValueError(sentence)

def now() -> int:
    return int(time.time() * 1000)

def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()

# ── protocol.md, "Canonical form": each value has exactly one text ──────────────────────────────────────────────────
def canonical(value: object) -> bytes:
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return b"{" + b",".join(canonical(key) + b":" + canonical(value[key]) for key in keys) + b"}"
    if isinstance(value, list):
        return b"[" + b",".join(canonical(element) for element in value) + b"]"
    beyond = isinstance(value, float) or isinstance(value, int) and abs(value) >= 1 << 53
    require(not beyond, "A number is not whole, or beyond ±(2^53 − 1).")
    return json.dumps(value, ensure_ascii=False).encode()

def read_line(line: bytes) -> dict:
    """The office's lines are canonical: writing one again also finds doubled keys, fractions and blanks."""
    value = json.loads(line)
    require(isinstance(value, dict) and len(line) <= ROW_BYTES and canonical(value) == line, f"Not canonical. {AGAIN}")
    return value

# ── protocol.md, "Identity and TLS": a key is known by its SPKI, a signature is r‖s ─────────────────────────────────
def spki(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)

def sign(key: ec.EllipticCurvePrivateKey, what: str, signed: dict) -> str:
    message = f"kartoteka {what} 1\n".encode() + canonical(signed)
    r, s = utils.decode_dss_signature(key.sign(message, ec.ECDSA(SHA256())))
    return base64.b64encode(r.to_bytes(32, "big") + s.to_bytes(32, "big")).decode()

def name_in(certificate: x509.Certificate, authority: x509.Certificate, purpose: x509.ObjectIdentifier) -> str:
    """The node that a certificate names, if it keeps the rules. TLS itself has looked whether it is valid now."""
    found = {type(entry.value): entry.value for entry in certificate.extensions}
    uris = found[x509.SubjectAlternativeName].get_values_for_type(x509.UniformResourceIdentifier)
    authority.public_key().verify(certificate.signature, certificate.tbs_certificate_bytes,
                                  ec.ECDSA(certificate.signature_hash_algorithm))
    good = (certificate.issuer == authority.subject and purpose in found[x509.ExtendedKeyUsage]
            and not (x509.BasicConstraints in found and found[x509.BasicConstraints].ca)
            and len(uris) == 1 and uris[0].startswith("urn:node:")
            and isinstance(certificate.public_key().curve, ec.SECP256R1))
    require(good, "A certificate breaks the rules of “Identity and TLS”. Ask the office's operator for a good one.")
    return uris[0].removeprefix("urn:node:")

def connect(url: str, authority: str, *own: str) -> http.client.HTTPSConnection:
    """To an office whose certificate the authority issued; host names play no part. Once closed it stays so."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.check_hostname = False
    context.verify_mode = ssl.CERT_REQUIRED if authority else ssl.CERT_NONE     # None: only to look at the chain.
    if authority:
        context.load_verify_locations(cadata=authority)
    if own:
        context.load_cert_chain(*own)
    connection = http.client.HTTPSConnection(urllib.parse.urlsplit(url).netloc, timeout=12, context=context)
    connection.connect()
    connection.auto_open = 0
    return connection

def office_of(connection: http.client.HTTPSConnection, authority: str) -> tuple[str, bytes]:
    """The name and the key of the other side, from its certificate."""
    certificate = x509.load_der_x509_certificate(connection.sock.getpeercert(binary_form=True))
    issuer = x509.load_pem_x509_certificate(authority.encode())
    return name_in(certificate, issuer, x509.oid.ExtendedKeyUsageOID.SERVER_AUTH), spki(certificate.public_key())

# ── protocol.md, "Transport and errors" ─────────────────────────────────────────────────────────────────────────────
def exchange(connection: http.client.HTTPSConnection, method: str, target: str, body: bytes | None) -> bytes:
    """The body of a good reply; an error is a sentence of the office."""
    connection.request(method, target, body, {"Content-Type": "application/x-ndjson"})
    response = connection.getresponse()
    data = response.read(REPLY_BYTES + 1).lstrip(b"\n")                      # Who was made to wait reads empty lines.
    good = response.status == 200 and not data.startswith(b'{"error"') and len(data) <= REPLY_BYTES
    require(good, f"No good reply of the office (HTTP {response.status}): {data[:999].decode(errors='replace')}")
    return data

def verify(body: bytes, office_key: bytes, ask: str | None) -> tuple[list[dict], dict]:
    """The lines and the last line of a reply that verifies whole. "Asking": `ask` is what the request drew, if any."""
    *lines, last = [line for line in body.split(b"\n") if line]
    end = read_line(last)
    reply = end["reply"]
    both = base64.b64decode(end["signature"], validate=True)
    strict = len(both) == 64 and base64.b64encode(both).decode() == end["signature"]
    require(strict and body.endswith(b"\n"), f"The reply is cut, or its signature of another form. {AGAIN}")
    der = utils.encode_dss_signature(int.from_bytes(both[:32], "big"), int.from_bytes(both[32:], "big"))
    message = b"kartoteka reply 1\n" + canonical(reply)
    serialization.load_der_public_key(office_key).verify(der, message, ec.ECDSA(SHA256()))   # Or InvalidSignature.
    require(reply["lines"] == sha256(b"".join(line + b"\n" for line in lines)), f"A line was changed. {AGAIN}")
    require(reply.get("ask") == ask, f"This is the reply to another request. {AGAIN}")
    return [read_line(line) for line in lines], reply

# ── protocol.md, "Joining" ──────────────────────────────────────────────────────────────────────────────────────────
def join(node: "Node", invitation_file: str) -> None:
    with open(invitation_file, encoding="ascii") as file:
        invitation = json.loads(base64.b64decode(file.read().strip().removeprefix("kartoteka-join-1:"), validate=True))
    name = invitation["node"]
    names = x509.SubjectAlternativeName([x509.UniformResourceIdentifier(f"urn:node:{name}")])
    request = x509.CertificateSigningRequestBuilder(x509.Name([])).add_extension(names, False).sign(node.key, SHA256())
    enrol = {"version": 1, "node": name, "secret": invitation["secret"],
             "request": request.public_bytes(serialization.Encoding.PEM).decode()}
    # The server sends the authority that the invitation names; nothing else is said on this first connection.
    chain = connect(invitation["url"], "").sock._sslobj.get_unverified_chain()       # Public only from Python 3.13 on.
    pinned = [one.public_bytes() for one in chain
              if sha256(ssl.PEM_cert_to_DER_cert(one.public_bytes())) == invitation["authority"]]
    require(pinned, "This is not the office of the invitation. Check the address; ask for a new invitation.")
    connection = connect(invitation["url"], pinned[0])
    office, office_key = office_of(connection, pinned[0])
    line = canonical({"enrol": enrol, "signature": sign(node.key, "enrolment", enrol)}) + b"\n"
    _, reply = verify(exchange(connection, "POST", "/enrol/v1", line), office_key, None)
    own = x509.load_pem_x509_certificate(reply["certificate"].encode())
    authority = x509.load_pem_x509_certificate(pinned[0].encode())
    fits = (reply["call"] == "enrol" and reply["node"] == name and reply["office"] == office
            and base64.b64decode(reply["officeKey"]) == office_key
            and spki(own.public_key()) == spki(node.key.public_key())
            and name_in(own, authority, x509.oid.ExtendedKeyUsageOID.CLIENT_AUTH) == name)
    require(fits, "The reply does not fit the invitation; nothing was kept. Ask the office for a new invitation.")
    write_durably(node.files[0], reply["certificate"].encode())
    node.save(node=name, office=office, officeKey=reply["officeKey"], url=reply["url"], authority=pinned[0],
              origin=node.get("origin") or f"{name}#{secrets.token_hex(4)}")    # Drawn once, when the node is founded.
    print(f"«{name}» приєднано. Далі: node.py sync")

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
class Node(dict):
    def __init__(self, data: str) -> None:
        os.makedirs(data, exist_ok=True)
        self.path = os.path.join(data, "node.json")
        self.files = os.path.join(data, "node.pem"), os.path.join(data, "node.key")
        self.lock = open(os.path.join(data, "lock"), "w")
        fcntl.flock(self.lock, fcntl.LOCK_EX)                                              # One command at a time.
        if not os.path.exists(self.files[1]):                # Kept before anything is asked, and the same ever after.
            write_durably(self.files[1], ec.generate_private_key(ec.SECP256R1()).private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
        with open(self.files[1], "rb") as file:
            self.key = serialization.load_pem_private_key(file.read(), None)
        super().__init__(token="", epoch="", chain="", clock=0, durable=0, rows={}, positions={}, erased={},
                         receipts={}, log=[])
        if os.path.exists(self.path):
            with open(self.path, "rb") as file:
                self.update(json.load(file))
        self.slice = f"slice:{self.get('node')}"
        self.known = ""                                      # The office's epoch, once a hello of this session told it.
        self.log = self["log"]
        self.held = self["rows"].setdefault(self.slice, {}) if "node" in self else {}

    def save(self, durable: dict | None = None, **news: object) -> None:
        self.update(news)
        if durable and durable["id"] == self.id_of(durable["number"]):         # Another id speaks of another log.
            self["durable"] = max(self["durable"], durable["number"])
        purge(self)
        write_durably(self.path, json.dumps(self, ensure_ascii=False).encode())

    def call(self, method: str, name: str, body: bytes | None = None, **query: object) -> tuple[list, dict, bytes]:
        """protocol.md, "The calls": lines, last line and bytes of a verified reply to just this request."""
        query["ask"] = secrets.token_hex(8)
        target = urllib.parse.urlencode(query, quote_via=urllib.parse.quote)
        data = exchange(self.connection, method, f"/sync/v1/{name}?{target}", body)
        lines, reply = verify(data, self.office_key, query["ask"])
        require(reply["call"] == name and (name == "hello" or reply["epoch"] == self["epoch"]), f"Another one. {AGAIN}")
        return lines, reply, data

    def id_of(self, number: int) -> str:
        return self.log[number - 1]["id"] if 0 < number <= len(self.log) else ""

# ── protocol.md, "The calls" ────────────────────────────────────────────────────────────────────────────────────────
def hello(node: Node, after: str = "") -> None:
    """hello: who is there, and whether both have the same log."""
    unsent = [one["made"] for one in node.log if not one["outcome"]]
    last = len(node.log)
    told = last - len(unsent)
    line = {
        "version": 1, "software": "node.py", "origin": node["origin"], "epoch": node["epoch"], "known": node.known,
        "key": base64.b64encode(spki(node.key.public_key())).decode(), "token": node["token"], "clock": now(),
        "last": {"number": last, "id": node.id_of(last)}, "acknowledged": {"number": told, "id": node.id_of(told)},
        "positions": [{"stream": stream, "epoch": node["epoch"], "sequence": at["sequence"], "mark": at["mark"]}
                      for stream, at in node["positions"].items()],
        "oldestUnsent": min(unsent, default=0), "erasures": list(node["erased"].values())[-1000:]}
    line |= {"erasuresAfter": after} if after else {}
    lines, reply, _ = node.call("POST", "hello", canonical(line) + b"\n")
    log = reply["log"]
    state = "fork" if log["state"] == "known" and log["id"] != node.id_of(log["number"]) else log["state"]
    require(state in ("new", "known") and reply["origin"] == node["origin"] and node["epoch"] in ("", reply["epoch"]),
            f"The office says of this node's log: {state}. This program cannot mend that: see protocol.md, “Fork, "
            f"rollback, holes, clones” and “A restore of the office”. Leave all as it is; ask the office's operator.")
    node["epoch"] = node.known = reply["epoch"]
    for line in lines:
        erase(node, line)
    node.save(log.get("durable"), token=reply["token"])               # It is on disk before it is ever used.
    if reply.get("erasuresTo", "") > after:
        hello(node, reply["erasuresTo"])

def push(node: Node) -> list[str]:
    """push: outcomes of just this page, by origin, number, id. 15 operations of any size fit into a page's 1 MiB."""
    said = []
    while page := [(number, one) for number, one in enumerate(node.log, 1) if not one["outcome"]][:15]:
        body = b"".join(canonical(one["line"]) + b"\n" for _, one in page)
        lines, reply, data = node.call("POST", "push", body, epoch=node["epoch"], origin=node["origin"],
                                       chain=node["chain"])
        outcomes = [line for line in lines if "answer" not in line]
        told = [(line["origin"], line["number"], line["id"]) for line in outcomes]
        fits = told == [(node["origin"], number, one["id"]) for number, one in page][:len(told)]
        require(fits and len(lines) == len(page), f"The outcomes are not of what was sent. {AGAIN}")
        for line, (_, one) in zip(outcomes, page):
            one["outcome"] = line
        node.save(reply.get("durable"), chain=sha256(data.splitlines()[-1]))
        said += [f"{line['number']}: {line['outcome']} {line.get('reason', '')}" for line in outcomes]
        require(len(told) == len(page), f"The office answers {lines[len(told):][:1]}. This program cannot mend that "
                                        f"(protocol.md, “Outcomes, answers, reasons”): ask the office's operator.")
    return said

def snapshot(node: Node, stream: str) -> None:
    """snapshot: all its pages first; then they take the place of what was here, at the first page's position."""
    news = {}
    pages = [{"next": ""}]
    while (after := pages[-1]["next"]) is not None:
        lines, reply, _ = node.call("POST", "snapshot", stream=stream, epoch=node["epoch"], after=after, limit=PAGE)
        require((reply["stream"], reply["after"]) == (stream, after), f"This is another page. {AGAIN}")
        for line in lines:
            enter(node, news, line)
        pages.append(reply)
    first = pages[1]
    rows = node["rows"].setdefault(stream, {})
    for appeal, held in rows.items() if stream == node.slice else ():
        if appeal not in news or held["tenure"] < news[appeal]["tenure"]:
            owe(node, appeal, {"tenure": held["tenure"], "head": first["head"]})
    for appeal in news.keys() - rows.keys():
        node["receipts"].pop(appeal, None)
    rows.clear()
    rows.update(news)
    node["positions"][stream] = {"sequence": first["head"], "mark": first["mark"], "commit": first["commit"]}
    node.save()

def pull(node: Node, stream: str) -> bool:
    """pull: one page; gives whether it reached the head, where the sum of the rows' hashes must be the office's."""
    at = node["positions"][stream]
    rows = node["rows"][stream]
    lines, reply, _ = node.call("GET", "pull", stream=stream, epoch=node["epoch"], after=at["sequence"],
                                mark=at["mark"], limit=PAGE)
    fits = (reply["stream"], reply["from"], reply["fromMark"]) == (stream, at["sequence"], at["mark"])
    require(fits, f"The page does not begin at the own position. {AGAIN}")
    for line in lines:
        apply(node, rows, line)
    at.update(sequence=reply["to"], mark=reply["mark"])
    if "digest" in reply:                                             # Not while the office says `projecting`.
        total = sum(int(sha256(canonical(held["row"])), 16) for held in rows.values()) % (1 << 256)
        same = (reply["digest"], reply["rows"]) == (f"{total:064x}", len(rows))
        require(same, f"{stream} differs from the office's (“Digest and repair”): run node.py anew.")
        at["commit"] = max(at["commit"], reply["commit"])
    node.save()
    return reply["to"] == reply["head"]

# ── protocol.md, "Rows and streams" ─────────────────────────────────────────────────────────────────────────────────
def apply(node: Node, rows: dict, line: dict) -> None:
    kind = line["entry"]
    key = line["id"] if "id" in line else line["row"]["id"]
    tenure = rows[key]["tenure"] if key in rows else 0
    require(kind in ("enter", "put", "leave", "erase", "outcome"), f"An entry “{kind}” is unknown: upgrade node.py.")
    if kind == "erase":
        erase(node, {"erased": key} | ({"seal": line["seal"]} if "seal" in line else {}))
    if kind == "leave" and tenure <= line["tenure"]:
        rows.pop(key, None)
        owe(node, key, {"tenure": line["tenure"], "commit": line["commit"]})
    if kind in ("enter", "outcome") or kind == "put" and tenure == line["tenure"]:
        enter(node, rows, line)
    if kind == "enter" and tenure < line["tenure"]:                          # It is here again, or in another view:
        node["receipts"].pop(key, None)                                      # what is owed is of the former one.
        if tenure:
            owe(node, key, {"tenure": tenure, "commit": line["commit"]})

def enter(node: Node, rows: dict, line: dict) -> None:
    """A later tenure replaces the row, the same one merges (the later commit of an item), an earlier one is nothing."""
    row = line["row"]
    sections = [name for name in row if name != "id"]
    require({"conflicts", "disagreements", "facts", "held", "registers"}.issuperset(sections), "A row is malformed.")
    held = rows.get(row["id"], {"tenure": 0})
    if held["tenure"] == line["tenure"]:
        row = held["row"] | {name: merge(held["row"].get(name, {}), row[name]) for name in sections}
    if held["tenure"] <= line["tenure"]:
        rows[row["id"]] = {"row": row, "tenure": line["tenure"], "seal": line.get("seal")}

def merge(held: dict, news: dict) -> dict:
    return held | {name: item for name, item in news.items() if name not in held or item[2] > held[name][2]}

# ── protocol.md, "Stored, durable, purge, erasure" ──────────────────────────────────────────────────────────────────
def owe(node: Node, appeal: str, departure: dict) -> None:
    """A receipt, in the place of one for a former departure of this appeal."""
    departure["epoch"] = node["epoch"]
    node["receipts"][appeal] = {"departure": departure, "line": None, "told": False}

def erase(node: Node, erasure: dict) -> None:
    """Goes before everything: also unsent work loses its words, and is sent without them."""
    node.held.pop(erasure["erased"], None)
    node["receipts"].pop(erasure["erased"], None)
    node["erased"][erasure["erased"]] = erasure

def own_work(node: Node, appeal: str) -> list[dict]:
    return [one for one in node.log if one["line"]["operation"]["appeal"] == appeal]

def purge(node: Node) -> None:
    """What left takes along own durable work, what is erased all of it. An envelope alone has its id and verifies."""
    for number, one in enumerate(node.log, 1):
        appeal = one["line"]["operation"]["appeal"]
        left = appeal in node["receipts"] and appeal not in node.held
        if appeal in node["erased"] or left and number <= node["durable"]:
            one["line"] = {part: one["line"][part] for part in ("operation", "signature")}

def send_receipts(node: Node) -> int:
    """Signed once, sent until answered. Of own work that stayed a second one, of tenure 0, follows when it is gone."""
    for appeal, owed in node["receipts"].items():
        kept = sum("body" in one["line"] for one in own_work(node, appeal) if appeal not in node.held)
        if owed["told"] and owed["line"]["receipt"]["kept"] and not kept:
            owed.update(departure=owed["departure"] | {"tenure": 0}, line=None, told=False)
        if not owed["line"]:
            receipt = owed["departure"] | {"node": node["node"], "appeal": appeal, "kept": kept, "at": now()}
            owed["line"] = {"receipt": receipt, "signature": sign(node.key, "receipt", receipt)}
    node.save()
    waiting = [owed for owed in node["receipts"].values() if not owed["told"]][:PAGE]
    if waiting:
        node.call("POST", "receipts", b"".join(canonical(owed["line"]) + b"\n" for owed in waiting))
        for owed in waiting:
            owed["told"] = True
        node.save()
    return len(waiting)

def sync(node: Node) -> str:
    """One session: greets, sends before it reads, reads, and says what is gone."""
    node.connection = connect(node["url"], node["authority"], *node.files)
    node.office_key = base64.b64decode(node["officeKey"])
    same = office_of(node.connection, node["authority"]) == (node["office"], node.office_key)
    require(same, "This is not the office that was joined: check its address.")
    hello(node)
    said = push(node)
    streams = ("reference", node.slice, f"node:{node['node']}")
    fresh = [stream for stream in streams if stream not in node["positions"]]
    for stream in streams:
        if stream in fresh:
            snapshot(node, stream)
        while not pull(node, stream):
            pass
    if fresh:                                                                 # A snapshot may hide an erasure.
        hello(node)
    told = f"Надіслано: {len(said)}. Звернень: {len(node.held)}. Розписок про знищення: {send_receipts(node)}."
    return "\n".join([*said, told])

# ── protocol.md, "The operation": signed, numbered, chained; saved before anybody is told so ────────────────────────
def value(row: dict, register: str) -> object:
    return row["registers"].get(register, [None])[0]

def ground(node: Node, row: dict) -> str:
    """"The operation", Authority: the strongest own assignment, open ones first; "" if there is none."""
    own = [name.removeprefix("department@") for name, item in row["registers"].items()
           if name.startswith("department@") and item[0] == node["node"]]
    return min(own, default="", key=lambda one: (value(row, "state@" + one) in ("recalled", "superseded"),
                                                 ("main", "co", "inform").index(value(row, "role@" + one))))

def act(node: Node, appeal: str, actor: dict, kind: str, body: dict, registers: list, text: str = "") -> None:
    """Makes one operation about the own assignment, which writes these registers."""
    row = node.held[appeal]["row"]
    require(len(text.encode()) <= 49_152, "The text is too long: shorten it to 48 KiB.")
    salted = {"body": body} | ({"personal": {"text": text}} if text else {})
    parts = {name: part | {"salt": secrets.token_hex(16)} for name, part in salted.items()}
    at = node["positions"]
    number = len(node.log) + 1
    node["clock"] = max(now() << 16, node["clock"] + 1)                        # Milliseconds, and 16 bits to count.
    operation = {
        "v": 1, "schema": 1, "origin": node["origin"], "number": number, "previous": node.id_of(number - 1),
        "kind": kind, "appeal": appeal, "authority": ground(node, row), "actor": actor,
        "clock": f"{node['clock'] >> 16:012x}-{node['clock'] % 65_536:04x}",
        "seen": {"epoch": node["epoch"], "slice": at[node.slice]["sequence"], "reference": at["reference"]["sequence"]},
        "base": {name: row["registers"][name][1] for name in registers if name in row["registers"]},
        "digests": {name: sha256(canonical(part)) for name, part in parts.items()}}
    line = {"operation": operation, **parts, "signature": sign(node.key, "operation", operation)}
    node.log.append({"id": sha256(canonical(operation)), "line": line, "made": now(), "outcome": None})

def work(node: Node, appeal: str, actor: dict, command: str, text: str) -> None:
    """protocol.md, "Kinds of operation" and "Guards": what is written, and in which states of the assignment."""
    row = node.held[appeal]["row"]
    own = ground(node, row)
    body = {"assignment": own}
    state = value(row, "state@" + own)
    seen = node["positions"][node.slice]["commit"]
    waits = any(not one["outcome"] or one["outcome"]["commit"] > seen for one in own_work(node, appeal))
    require(text or not waits, "Former work on the appeal is not back: first node.py sync.")
    if command == "accept":
        require(state == "issued", f"The assignment is {state}: only what is issued can be accepted.")
        act(node, appeal, actor, "assignment.accepted", body, ["state@" + own])
    elif command == "note":
        act(node, appeal, actor, "note.added", {}, [], text)
    elif text:
        act(node, appeal, actor, "answer.drafted", body | {"final": True, "result": "satisfied"}, [], text)
    else:
        require(state in ("accepted", "returned"), f"The assignment is {state}: first node.py accept.")
        facts = row.get("facts", {})
        drafts = [(facts[name][2], facts[name][1]) for name in facts if name.startswith(f"answer@{own} ")]
        require(drafts, "There is no draft of an answer yet: give its text.")
        body["version"] = max(drafts)[1]
        act(node, appeal, actor, "answer.approved", body, ["answer@" + own])
        act(node, appeal, actor, "answer.submitted", body, ["state@" + own])
    node.save()

def listed(node: Node) -> str:
    lines = []
    for row in (held["row"] for held in node.held.values()):
        state = value(row, "state@" + ground(node, row))
        lines.append(f"{value(row, 'index')}  до {value(row, 'due.control')}  {state}  {value(row, 'text')}")
    for number, one in enumerate(node.log, 1):
        outcome = one["outcome"] or {"outcome": "ще не передано"}
        if outcome["outcome"] not in ("accepted", "acceptedLate"):
            lines.append(f"  дія {number}: {outcome['outcome']} {outcome.get('reason', '')}")
    return "\n".join(lines) or "Звернень немає."

def main() -> None:
    parser = argparse.ArgumentParser(usage=__doc__, epilog=CLAIMS)
    parser.add_argument("command", choices=("join", "sync", "anew", "list", "accept", "note", "answer"))
    parser.add_argument("what", nargs="?", default="")
    parser.add_argument("text", nargs="?", default="")
    parser.add_argument("--data", default="node")
    parser.add_argument("--as", dest="user", default="nobody")
    parser.add_argument("--role", default="head")
    given = parser.parse_args()
    os.umask(0o077)                                            # The key and personal data are for the owner alone.
    node = Node(given.data)
    if given.command == "join":
        return join(node, given.what)
    require("office" in node, f"First: node.py join INVITATION_FILE --data {given.data}")
    if given.command == "anew":
        node["positions"] = {}
    if given.command in ("sync", "anew"):
        return print(sync(node))
    if given.command != "list":
        found = [appeal for appeal in node.held if given.what in (appeal, value(node.held[appeal]["row"], "index"))]
        require(found, f"There is no appeal “{given.what}” here: look at node.py list.")
        work(node, found[0], {"user": given.user, "role": given.role}, given.command, given.text)
    print(listed(node))

if __name__ == "__main__":
    try:
        main()
    except (OSError, http.client.HTTPException, ValueError, LookupError, InvalidSignature) as error:
        sys.exit(f"node.py: {str(error) or 'A signature is not good.'}\nNothing is lost: mend that, then try again.")
