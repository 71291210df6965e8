#!/usr/bin/env python3
"""Early data, which no client of ours sends, is passed over and the handshake goes on (RFC 8446 4.2.10). Prints `N passed, N failed`.

A ticket of a foreign server makes `openssl s_client` send early data to the office, which does not know the ticket: the records are
skipped, up to a limit, and a request behind the full handshake is answered.
"""
import os
import shutil
import subprocess
import sys
import time

sys.dont_write_bytecode = True
from town import Town, check, free_port, main, say, skip, wait  # noqa: E402

LIMIT = 16_384


def openssl(*words, text="", timeout=20):
    done = subprocess.run(["openssl", *words], input=text, capture_output=True, text=True, timeout=timeout)
    return done.stdout + done.stderr


def foreign_ticket(base, node):
    """A session that allows early data, of a server that is not the office."""
    port, ticket = free_port(), os.path.join(base, "ticket")
    server = subprocess.Popen(
        ["openssl", "s_server", "-accept", str(port), "-tls1_3", "-early_data", "-max_early_data", "1000000",
         "-cert", os.path.join(node.data, "node.pem"), "-key", os.path.join(node.data, "node.key")],
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        def taken():
            # It stays until it has the ticket, which comes behind the handshake.
            with subprocess.Popen(["openssl", "s_client", "-connect", f"127.0.0.1:{port}", "-tls1_3", "-sess_out", ticket], stdin=subprocess.PIPE,
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as client:
                time.sleep(0.5)
                client.kill()
            return os.path.exists(ticket) and "Max Early Data: 1000000" in openssl("sess_id", "-in", ticket, "-noout", "-text")
        wait("a ticket", taken, patience=15, pause=0.3)
    finally:
        server.kill()
        server.wait()
    return ticket


def asked(town, node, ticket, size):
    """What the office answers who sends so many bytes too early and then a request."""
    early = os.path.join(town.base, "early")
    with open(early, "wb") as file:
        file.write(b"x" * size)
    words = ["s_client", "-connect", f"127.0.0.1:{town.port}", "-tls1_3", "-ign_eof", "-cert", os.path.join(node.data, "node.pem"),
             "-key", os.path.join(node.data, "node.key")]
    if size:
        words += ["-sess_in", ticket, "-early_data", early]
    request = "GET /sync/v1/nothing HTTP/1.1\r\nHost: urz\r\nConnection: close\r\n\r\n"
    return openssl(*words, text=request)


def play():
    if not shutil.which("openssl"):
        return skip("there is no openssl")
    town = Town("early", 1)
    try:
        node = town.departments[0]
        node.stop()
        ticket = foreign_ticket(town.base, node)
        plain = asked(town, node, ticket, 0)
        check("a request without early data is answered", "unknownCall" in plain, plain[-300:])
        for size in (1, 1_000, LIMIT - 1_000):
            told = asked(town, node, ticket, size)
            check(f"{size} bytes too early were sent", "Early data was rejected" in told, told[-300:])
            check(f"{size} bytes too early are passed over, and the request is answered", "unknownCall" in told, told[-300:])
        told = asked(town, node, ticket, 20 * LIMIT)
        check("more than the limit ends the connection", "unknownCall" not in told, told[-300:])
        node.start()
        check("the office goes on", bool(wait("the exchange", lambda: node.ask("sync status", ok=None).json.get("link", {}).get("contact"), patience=15)))
    finally:
        town.end()


if __name__ == "__main__":
    main(play)
