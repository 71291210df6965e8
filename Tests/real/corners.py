#!/usr/bin/env python3
"""Corners of the network with the real binary: proxies in the environment, IPv6, no descriptors left, strangers at the local socket."""
import os
import resource
import shutil
import socket
import tempfile
import threading

import abuse
import town
from abuse import asked, eventually, has, run, serve
from town import check, free_port, skip

NOBODY = 65534


class Proxy:
    """Listens where the environment says that the proxy is, and counts who comes."""

    def __init__(self):
        self.met = 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self.count, daemon=True).start()

    def count(self):
        while True:
            peer, _ = self.listener.accept()
            self.met += 1
            peer.close()


def has_ipv6():
    try:
        with socket.create_server(("::1", 0), family=socket.AF_INET6):
            return True
    except OSError:
        return False


class City(abuse.City):
    """The same city with its office at an address of one's choice."""

    def __init__(self, base, address):
        self.office, self.roads = os.path.join(base, "office"), os.path.join(base, "roads")
        self.port, enrol = free_port(), free_port()
        run(self.office, "init", "office", "--node", "urz", "--name", "Управління", "--admin", "admin", "--admin-name", "Сидоренко О.",
            "--listen", address, "--port", str(self.port), "--enrol-port", str(enrol))
        self.server = serve(self.office)
        for user, role in [("olena", "registrar"), ("mayor", "leader")]:
            run(self.office, "person", "add", user, "--as", "admin", "--name", user, "--department", "urz")
            run(self.office, "role", "grant", user, role, "--as", "admin", "--department", "urz")
        token = os.path.join(base, "invitation")
        run(self.office, "invite", "roads", "--as", "admin", "--name", "Дороги", "--out", token)
        run(self.roads, "init", "department", "--node", "roads")
        run(self.roads, "join", "--invitation", token)
        self.department = serve(self.roads)


def log_of(data):
    with open(data + ".log", encoding="utf-8", errors="replace") as lines:
        return lines.read()


def local(data):
    peer = socket.socket(socket.AF_UNIX)
    peer.settimeout(10)
    peer.connect(os.path.join(data, "kartoteka.sock"))
    return peer


def proxies(city, proxy, address):
    city.assign("Дорош")
    check(f"a department joins and works with an office at {address}", eventually(lambda: has(city.roads, 1)))
    check("proxies of the environment are not asked, by nodes or commands", proxy.met == 0, f"{proxy.met} connections")


def descriptors(city):
    pid = city.server.pid
    _, hard = resource.prlimit(pid, resource.RLIMIT_NOFILE)
    few = len(os.listdir(f"/proc/{pid}/fd")) + 8
    resource.prlimit(pid, resource.RLIMIT_NOFILE, (few, hard))
    held = [local(city.office) for _ in range(60)]
    check("without descriptors the office says so", eventually(lambda: '"accept"' in log_of(city.office)))
    check("and lives", city.server.poll() is None)
    with open(f"/proc/{pid}/stat") as stat:
        before = sum(int(field) for field in stat.read().rsplit(")", 1)[1].split()[11:13])
    threading.Event().wait(2)
    with open(f"/proc/{pid}/stat") as stat:
        after = sum(int(field) for field in stat.read().rsplit(")", 1)[1].split()[11:13])
    ticks = os.sysconf("SC_CLK_TCK")
    check("without turning in circles", after - before < ticks, f"{(after - before) / ticks} s of processor in 2 s")
    for peer in held:
        peer.close()
    check("it takes connections again when there are descriptors", eventually(lambda: run(city.office, "status", code=None).returncode in (0, 20, 21)))
    check("its file is whole", run(city.office, "doctor", code=None).returncode not in (30,))
    resource.prlimit(pid, resource.RLIMIT_NOFILE, (hard, hard))
    city.assign("Гнатюк")
    check("and an assignment reaches its department", eventually(lambda: has(city.roads, 2)))


def as_stranger(data):
    """What the local socket answers to another user's process: `refused`, `nothing`, or its first bytes."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            try:
                peer = local(data)
                peer.sendall(b"GET /x HTTP/1.1\r\nHost: a\r\n\r\n")
                answer = peer.recv(100) or b"nothing"
            except (ConnectionResetError, BrokenPipeError):
                answer = b"nothing"
            except PermissionError:
                answer = b"refused"
            os.write(writer, answer)
        finally:
            os._exit(0)
    os.close(writer)
    os.waitpid(child, 0)
    with os.fdopen(reader, "rb") as answers:
        return answers.read().decode(errors="replace")


def strangers(city, base):
    if os.geteuid() != 0:
        skip("strangers at the local socket: only root can play them")
        return
    check("another user's process cannot reach the local socket", as_stranger(city.office) == "refused")
    # Even where modes were opened by mistake, the system says who is at the other end.
    for place, mode in [(base, 0o711), (city.office, 0o711), (os.path.join(city.office, "kartoteka.sock"), 0o666)]:
        os.chmod(place, mode)
    answer = as_stranger(city.office)
    check("nor is it answered where modes were opened by mistake", answer == "nothing", answer)
    check("and the log names the user", f"it belongs to user {NOBODY}" in log_of(city.office))
    os.chmod(city.office, 0o700)
    check("its own people are answered", asked(city.office, "appeal", "list").get("appeals") is not None)


def play():
    base = tempfile.mkdtemp(prefix="kartoteka-corners-")
    proxy = Proxy()
    for name in ["http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]:
        os.environ[name] = proxy.address
    for name in ["no_proxy", "NO_PROXY"]:
        os.environ.pop(name, None)
    try:
        address = "::1" if has_ipv6() else "127.0.0.1"
        city = City(base, address)
        proxies(city, proxy, address)
        descriptors(city)
        strangers(city, base)
    finally:
        abuse.end_all()
        shutil.rmtree(base, ignore_errors=True)


town.main(play)
