#!/usr/bin/env python3
"""What an office keeps of memory after requests that it had to hold whole: rounds of large bodies, half bodies and half handshakes.
Prints `N passed, N failed`.

What a round took is given back within a minute of rest, and a later round takes no more than an earlier one: nothing in memory grows
with what came. `--rounds N` looks longer.
"""
import argparse
import os
import socket
import ssl
import sys
import threading
import time

sys.dont_write_bytecode = True
from town import Town, check, main, say  # noqa: E402

BODY = 1 << 20
REST = 62
GROWS = 8 * 1024
KEPT = 48 * 1024


def resident(node):
    with open(f"/proc/{node.pid}/status") as status:
        return {line.split(":")[0]: int(line.split()[1]) for line in status if line.startswith(("VmRSS", "VmHWM"))}


def context(node):
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    made.check_hostname = False
    made.load_verify_locations(os.path.join(node.data, "authority.pem"))
    made.load_cert_chain(os.path.join(node.data, "node.pem"), os.path.join(node.data, "node.key"))
    return made


def send(town, made, path, length, sent):
    """A request of so many bytes, of which so many are sent."""
    try:
        with socket.create_connection(("127.0.0.1", town.port), timeout=20) as plain, made.wrap_socket(plain) as peer:
            peer.sendall(f"POST /sync/v1/{path} HTTP/1.1\r\nhost: urz\r\ncontent-length: {length}\r\n\r\n".encode())
            peer.sendall(b'{"x":"' + b"y" * (sent - 6))
            if sent == length:
                peer.recv(4_096)
    except OSError:
        pass


def half_handshake(town):
    try:
        with socket.create_connection(("127.0.0.1", town.port), timeout=5) as peer:
            peer.sendall(b"\x16\x03\x01\x02\x00\x01")
    except OSError:
        pass


def storm(town, made):
    def work():
        for place in range(20):
            send(town, made, ("push", "recovered", "hello")[place % 3], BODY, BODY if place % 2 else BODY // 2)
        for _ in range(60):
            half_handshake(town)
    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def play():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=2)
    rounds = parser.parse_args().rounds
    town = Town("memory", 1)
    try:
        node, office = town.departments[0], town.office
        node.stop()
        made = context(node)
        first = resident(office)["VmRSS"]
        after = []
        for number in range(rounds):
            storm(town, made)
            peak = resident(office)["VmHWM"]
            time.sleep(REST)
            after.append(resident(office)["VmRSS"])
            say(f"round {number + 1}: {first} KiB at first, {peak} at the most, {after[-1]} after a minute")
        check("it held what came", peak - first > 3 * 1024, f"{first} KiB at first, {peak} at the most")
        check("what a round took is given back", after[0] - first < KEPT, f"{first} KiB at first, {after[0]} after the first round")
        check("a later round takes no more", after[-1] - after[0] < GROWS, f"{after}")
        node.start()
        # The connection of before has been idle for too long.
        office.kept = threading.local()
        town.register("Після")
        check("the office works on", not town.wait_in_step(patience=30))
    finally:
        town.end()


if __name__ == "__main__":
    main(play)
