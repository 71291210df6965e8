"""How lines are written, signed, sent and verified: the first half of a small department node; node.py is
the other. Written from protocol.md alone; each part names the section that it follows, by title. It needs Python 3.10
and `cryptography`: apt-get install python3-cryptography, or pip install cryptography."""
from __future__ import annotations

import base64
import hashlib
import http.client
import json
import ssl
import time
from typing import Any
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.hashes import SHA256

Json = dict[str, Any]
REPLY_BYTES, ROW_BYTES = 12_582_912, 4_259_840         # protocol.md, "Limits"
AGAIN, FORK = "Nothing of it was applied: run sync again.", "Fork, rollback, holes, clones"

class Stop(Exception):
    """Ends the command with a sentence that says what to do, and the office's code for it if it has one."""

def require(holds: Any, sentence: str) -> None:
    if not holds:
        raise Stop(sentence)

# ── protocol.md, "Canonical form": each value has exactly one text ──────────────────────────────────────────────────
def canonical(value: Any) -> bytes:
    return json.dumps(in_order(value), ensure_ascii=False, separators=(",", ":")).encode()

def in_order(value: Any) -> Any:
    """Keys sorted by UTF-16; json.dumps writes the rest as the page wants it."""
    if isinstance(value, dict):
        return {key: in_order(value[key]) for key in sorted(value, key=lambda key: key.encode("utf-16-be"))}
    if isinstance(value, list):
        return [in_order(element) for element in value]
    beyond = isinstance(value, float) or isinstance(value, int) and abs(value) >= 1 << 53
    require(not beyond, "A number is not whole, or beyond ±(2^53 − 1).")
    return value

def read_line(line: bytes) -> Json:
    """The office's lines are canonical: writing one again also finds doubled keys, fractions and blanks."""
    try:
        value = json.loads(line)
    except ValueError:
        value = None
    good = isinstance(value, dict) and len(line) <= ROW_BYTES and canonical(value) == line
    require(good, f"A line of the reply is not canonical. {AGAIN}")
    return value

def now() -> int:
    return int(time.time() * 1000)

def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()

# ── protocol.md, "Identity and TLS": a key is known by its SPKI, a signature is r‖s ─────────────────────────────────
def spki(key: Any) -> bytes:
    return key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)

def sign(key: ec.EllipticCurvePrivateKey, what: str, signed: Json) -> str:
    message = f"kartoteka {what} 1\n".encode() + canonical(signed)
    r, s = utils.decode_dss_signature(key.sign(message, ec.ECDSA(SHA256())))
    return base64.b64encode(r.to_bytes(32, "big") + s.to_bytes(32, "big")).decode()

def is_signed(key: bytes, what: str, signed: Json, signature: str) -> bool:
    message = f"kartoteka {what} 1\n".encode() + canonical(signed)
    try:
        both = base64.b64decode(signature, validate=True)
        der = utils.encode_dss_signature(int.from_bytes(both[:32], "big"), int.from_bytes(both[32:], "big"))
        serialization.load_der_public_key(key).verify(der, message, ec.ECDSA(SHA256()))
        return len(both) == 64 and base64.b64encode(both).decode() == signature
    except (InvalidSignature, ValueError):
        return False

def name_in(certificate: x509.Certificate, authority: x509.Certificate, purpose: x509.ObjectIdentifier) -> str:
    """The node that a certificate names, if it keeps the rules. (TLS itself has looked whether it is valid now.)"""
    try:
        entries = list(certificate.extensions)                              # Fails on an unreadable or doubled one.
        found = {type(entry.value): entry.value for entry in entries}
        uris, hosts = (found[x509.SubjectAlternativeName].get_values_for_type(sort)
                       for sort in (x509.UniformResourceIdentifier, x509.DNSName))
        constraints, usage = found.get(x509.BasicConstraints), found.get(x509.KeyUsage)
        authority.public_key().verify(certificate.signature, certificate.tbs_certificate_bytes,
                                      ec.ECDSA(certificate.signature_hash_algorithm))
        good = (certificate.version == x509.Version.v3 and certificate.issuer == authority.subject
                and not any(entry.critical and isinstance(entry.value, x509.UnrecognizedExtension) for entry in entries)
                and not (constraints and constraints.ca) and not (usage and usage.key_cert_sign)
                and purpose in found[x509.ExtendedKeyUsage] and not any("*" in host for host in hosts)
                and len(uris) == 1 and uris[0].startswith("urn:node:")
                and isinstance(certificate.public_key().curve, ec.SECP256R1))
    except (x509.DuplicateExtension, ValueError, KeyError, AttributeError, InvalidSignature):
        good = False
    require(good, "A certificate breaks the rules of “Identity and TLS”. Ask the office's operator for a good one.")
    return uris[0].removeprefix("urn:node:")

def connect(url: str, authority: str, *own: str) -> http.client.HTTPSConnection:
    """TLS 1.3 to an office whose certificate the authority issued; host names play no part. Once closed it stays so."""
    context, place = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), urlsplit(url)
    context.minimum_version, context.check_hostname = ssl.TLSVersion.TLSv1_3, False
    context.verify_mode = ssl.CERT_REQUIRED if authority else ssl.CERT_NONE     # None: only to look at the chain.
    if authority:
        context.load_verify_locations(cadata=authority)
    if own:
        context.load_cert_chain(*own)
    connection = http.client.HTTPSConnection(place.hostname, place.port, timeout=12, context=context)
    connection.connect()
    connection.auto_open = 0
    return connection

def pinned_authority(url: str, fingerprint: str) -> str:
    """protocol.md, "Joining": the server's chain has the authority that the invitation names. Nothing is said here."""
    for certificate in connect(url, "").sock._sslobj.get_unverified_chain():         # Public only from Python 3.13 on.
        if sha256(ssl.PEM_cert_to_DER_cert(certificate.public_bytes())) == fingerprint:
            return certificate.public_bytes()
    raise Stop("This is not the office of the invitation. Check the address; ask for a new invitation.")

def office_of(connection: http.client.HTTPSConnection, authority: str) -> tuple[str, bytes]:
    """The name and the key of the other side, from its certificate."""
    peer, issuer = connection.sock.getpeercert(binary_form=True), x509.load_pem_x509_certificate(authority.encode())
    certificate = x509.load_der_x509_certificate(peer)
    return name_in(certificate, issuer, x509.oid.ExtendedKeyUsageOID.SERVER_AUTH), spki(certificate.public_key())

def exchange(connection: http.client.HTTPSConnection, method: str, target: str, body: bytes | None) -> bytes:
    """The body of a good reply; an error is a sentence of the office. protocol.md, "Transport and errors" """
    connection.request(method, target, body, {"Content-Type": "application/x-ndjson"})
    response = connection.getresponse()
    data = response.read(REPLY_BYTES + 1).lstrip(b"\n")                      # Who was made to wait reads empty lines.
    require(len(data) <= REPLY_BYTES, f"The reply is too long. {AGAIN}")
    if response.status == 200 and not data.startswith(b'{"error"'):
        return data
    error = json.loads(data)["error"] if data.startswith(b'{"error":{') else {}
    require(error, f"No contact with the office: HTTP {response.status}. Try again in a minute.")
    raise Stop(f"The office refuses: {error['code']}: {error['message']}. {error['remedy']}", error["code"])

# ── protocol.md, "Asking": what is not verified whole is no reply ───────────────────────────────────────────────────
def verify(body: bytes, office_key: bytes, ask: str | None) -> tuple[list[Json], Json]:
    """The lines of a reply, and what its last line says. `ask` is what the request drew; to join has none."""
    *lines, last = [line for line in body.split(b"\n") if line] or [b"{}"]
    end = read_line(last)
    reply = end.get("reply", {})
    signed = body.endswith(b"\n") and is_signed(office_key, "reply", reply, end.get("signature", ""))
    require(signed, f"The reply is cut, or not signed by the office. {AGAIN}")
    require(reply["lines"] == sha256(b"".join(line + b"\n" for line in lines)), f"A line was changed. {AGAIN}")
    require(reply.get("ask") == ask, f"This is the reply to another request. {AGAIN}")
    return [read_line(line) for line in lines], reply
