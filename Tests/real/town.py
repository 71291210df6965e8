"""An office and departments as real processes, each department behind a network of its own; what the scripts beside share."""

import contextlib
import ctypes
import http.client
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

from proxy import Proxy

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BINARY = os.environ.get("KARTOTEKA") or os.path.join(ROOT, ".build", "debug", "kartoteka")
PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)
_turn = threading.Lock()
passed, failed, began = 0, 0, time.monotonic()


def check(name, holds, seen=""):
    global passed, failed
    with _turn:
        if holds:
            passed += 1
        else:
            failed += 1
        words = f"  ok    {name}" if holds else f"  FAIL  {name}: {seen}"
        print(words, flush=True)
    return holds


def say(text):
    with _turn:
        print(f"[{time.monotonic() - began:6.1f} s] {text}", flush=True)


def skip(text):
    with _turn:
        print(f"  --    {text}", flush=True)


class Trouble(Exception):
    """A command failed that must not, or what was waited for did not come."""


class Answer:
    """What a command gave: its exit code, its members, its words."""

    def __init__(self, exit, members, text):
        self.exit, self.json, self.text = exit, members or {}, text

    def __getitem__(self, name):
        return self.json[name]


class LocalConnection(http.client.HTTPConnection):
    def __init__(self, path, timeout):
        super().__init__("local", timeout=timeout)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


class Node:
    def __init__(self, town, name):
        self.town, self.name = town, name
        self.data = os.path.join(town.base, name)
        self.log_path = self.data + ".log"
        self.process = self.pid = None
        self.ended = 0
        self.kept = threading.local()

    # ── commands

    def run(self, *words, ok=(0,), timeout=60, prefix=(), environment=None):
        """A command as a person types it, in a process of its own."""
        done = subprocess.run([*prefix, BINARY, *words, "--data", self.data, "--lang", "en", "--json"], capture_output=True, text=True,
                              timeout=timeout, stdin=subprocess.DEVNULL, env={**os.environ, **(environment or {})})
        try:
            members = json.loads(done.stdout) if done.stdout.strip() else {}
        except ValueError:
            members = {}
        if ok is not None and done.returncode not in ok:
            raise Trouble(f"{self.name}: kartoteka {' '.join(words)}: exit {done.returncode} {done.stdout[-500:]}{done.stderr[-500:]}")
        return Answer(done.returncode, members, done.stdout + done.stderr)

    def ask(self, command, ok=(0,), timeout=30, **arguments):
        """The same through the local socket, without a process for each; the connection is kept."""
        named = {name.replace("_", "-").rstrip("-"): value for name, value in arguments.items()}
        body = json.dumps({"command": command, "arguments": {"lang": "en", **named}}).encode()
        try:
            connection = getattr(self.kept, "connection", None)
            if connection is None:
                connection = self.kept.connection = LocalConnection(os.path.join(self.data, "kartoteka.sock"), timeout)
            connection.request("POST", "/local/v1/command", body, {"content-type": "application/json"})
            envelope = json.loads(connection.getresponse().read())
        except (OSError, ValueError, http.client.HTTPException) as error:
            if getattr(self.kept, "connection", None):
                self.kept.connection.close()
            self.kept.connection = None
            raise Trouble(f"{self.name}: {command}: {error!r}") from error
        answer = Answer(envelope["exit"], envelope.get("json"), envelope.get("text", ""))
        if ok is not None and answer.exit not in ok:
            raise Trouble(f"{self.name}: {command} {arguments}: exit {answer.exit} {answer.text[-500:]} {answer.json}")
        return answer

    # ── process

    def start(self, patience=30, prefix=(), environment=None):
        """Serves the node; gives the seconds until it says so. With `prefix` another program starts it."""
        begun, offset, self.kept = time.monotonic(), self.log_size(), threading.local()
        with open(self.log_path, "ab") as log:
            self.process = subprocess.Popen([*prefix, BINARY, "serve", "--data", self.data], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                            preexec_fn=self._dies_with_us, env={**os.environ, **(environment or {})})
        while time.monotonic() < begun + patience and self.process.poll() is None:
            if '"serving"' in self.log(offset):
                with open(os.path.join(self.data, "kartoteka.lock")) as lock:
                    self.pid = int(lock.read())
                return time.monotonic() - begun
            time.sleep(0.01)
        if self.process.poll() is None and not prefix:
            self.kill()
        raise Trouble(f"{self.name} did not start (exit {self.process.poll()}): {self.log(offset)[-600:]}")

    @staticmethod
    def _dies_with_us():
        # The main thread starts every node: a thread that ends would take its nodes with it.
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)

    def signal(self, number):
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid or self._holder() or self.process.pid, number)

    def _holder(self):
        """Who holds the directory, if it is a process of ours: it may have a starter between it and us."""
        with contextlib.suppress(OSError, ValueError):
            with open(os.path.join(self.data, "kartoteka.lock")) as lock:
                pid = int(lock.read())
            with open(f"/proc/{pid}/cmdline") as line:
                return pid if self.data in line.read() else None
        return None

    def kill(self):
        """kill -9."""
        self._end(signal.SIGKILL)

    def stop(self):
        self._end(signal.SIGTERM)

    def _end(self, number):
        if self.process is None:
            return
        if self.process.poll() is None:
            self.signal(number)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.signal(signal.SIGKILL)
                self.process.kill()
                self.process.wait()
        self.ended = self.process.returncode
        self.process = self.pid = None

    # ── looking

    def log_size(self):
        return os.path.getsize(self.log_path) if os.path.exists(self.log_path) else 0

    def log(self, offset=0):
        with open(self.log_path, encoding="utf-8", errors="replace") as file:
            file.seek(offset)
            return file.read()

    def query(self, sql, *arguments):
        database = sqlite3.connect(f"file:{self.data}/kartoteka.sqlite?mode=ro", uri=True, timeout=20)
        try:
            return database.execute(sql, arguments).fetchall()
        finally:
            database.close()

    def holds(self, appeal):
        return self.ask("appeal show", ok=None, appeal=appeal).exit == 0


class Town:
    """The office `urz` and departments `d1`, `d2`, …; a registrar, a leader, and in each department a head and an executor."""

    def __init__(self, name, departments, settings=None):
        self.base = tempfile.mkdtemp(prefix=f"kartoteka-{name}-")
        self.settings = settings or {}
        self.proxies = {}
        self.nodes = {}
        try:
            self._found()
            self.departments = [self._join(f"d{place + 1}") for place in range(departments)]
            for node in self.departments:
                node.start()
            missing = self.wait_in_step()
            if missing:
                raise Trouble(f"the town did not begin: {missing}")
        except BaseException:
            self.end()
            raise

    def _found(self):
        self.port, enrol = free_port(), free_port()
        self.office = self.nodes["urz"] = Node(self, "urz")
        self.office.run("init", "office", "--node", "urz", "--name", "Управління", "--admin", "admin", "--admin-name", "Сидоренко О.",
                        "--port", str(self.port), "--enrol-port", str(enrol))
        self._set(self.office)
        self.office.start()
        for user, role in (("olena", "registrar"), ("mayor", "leader")):
            self._person(user, role, "urz")

    def _person(self, user, role, department):
        self.office.ask("person add", user=user, as_="admin", name=user, department=department)
        self.office.ask("role grant", user=user, role=role, as_="admin", department=department)

    def _join(self, name):
        node = self.nodes[name] = Node(self, name)
        token = os.path.join(self.base, name + ".invitation")
        self.office.run("invite", name, "--as", "admin", "--name", "Відділ " + name, "--out", token)
        node.run("init", "department", "--node", name)
        node.run("join", "--invitation", token)
        self.proxies[name] = Proxy(self.port)
        self.reach(node, self.proxies[name].port)
        for user, role in ((f"head-{name}", "head"), (f"exec-{name}", "executor")):
            self._person(user, role, name)
        return node

    def reach(self, node, port):
        """Where a department reaches its office, written into its configuration as an operator would."""
        self._write(node, lambda line: f"url = https://127.0.0.1:{port}" if line.startswith((";url =", "url =")) else line)

    def _set(self, node):
        for key, value in self.settings.items():
            self._write(node, lambda line: f"{key} = {value}" if line.startswith((f";{key} =", f"{key} =")) else line)

    @staticmethod
    def _write(node, change):
        path = os.path.join(node.data, "kartoteka.conf")
        with open(path, encoding="utf-8") as file:
            lines = [change(line) for line in file.read().splitlines()]
        with open(path, "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")

    # ── work

    def register(self, surname, text="Немає води", ask=None):
        """The id of a new appeal."""
        done = (ask or self.office.ask)("appeal register", as_="olena", name=surname + " Іван Петрович", text=text, heading=["090"],
                                        address="вул. Соборна, 14")
        return done["appeal"]

    def assign(self, appeal, *departments):
        more = {"co": list(departments[1:])} if departments[1:] else {}
        return self.office.ask("resolution issue", appeal=appeal, as_="olena", author="mayor", main=departments[0], text="виконати", **more)

    # ── looking

    @staticmethod
    def streams(node):
        status = node.ask("sync status")
        return {stream["name"]: stream for stream in status["streams"]}, status

    def difference(self, node, office=None):
        """What keeps a department from being in step with its office; empty if nothing does."""
        theirs = office or self.streams(self.office)[0]
        own, status = self.streams(node)
        if status["outbox"]["count"]:
            return f"{node.name}: {status['outbox']['count']} not sent ({status.json.get('link')})"
        for name in (f"slice:{node.name}", f"node:{node.name}", "reference"):
            there, here = theirs.get(name), own.get(name)
            if there is None and (here is None or not here["rows"]):
                continue
            if there is None or here is None:
                return f"{node.name}: no stream {name}"
            for key in ("epoch", "head", "mark", "rows", "digest"):
                if there[key] != here[key]:
                    return f"{node.name}: {name}: {key}: office {there[key]}, department {here[key]} ({status.json.get('link')})"
        return ""

    def wait_in_step(self, nodes=None, patience=60, hurry=True):
        """Waits until departments hold exactly what the office projects for them, in a moment without news; gives what is not."""
        left, end, hurried = list(nodes or self.departments), time.monotonic() + patience, 0.0
        while True:
            found = self._differences(left)
            if not found:
                return []
            if time.monotonic() > end:
                return found
            if hurry and time.monotonic() > hurried + 0.5:
                hurried = time.monotonic()
                for node in left:
                    with contextlib.suppress(Trouble):
                        node.ask("sync now", ok=None)
            time.sleep(0.05)

    def _differences(self, nodes):
        try:
            before, _ = self.streams(self.office)
            found = [difference for node in nodes if (difference := self.difference(node, before))]
            # A department that is in step but still owes something moves the head after we looked.
            return found or [f"{node.name}: the office moves" for node in nodes
                             if self.streams(self.office)[0].get(f"slice:{node.name}", {}).get("head")
                             != before.get(f"slice:{node.name}", {}).get("head")]
        except Trouble as error:
            return [str(error)]

    def outcome_differences(self, node, after=0):
        """Operations of a department that do not have exactly one outcome, the same on both sides."""
        sql = "SELECT origin, number, id, status, outcome FROM operation WHERE origin LIKE ? ORDER BY origin, number"
        own = {(row[0], row[1]): row[2:] for row in node.query(sql, node.name + "#%")}
        theirs = {(row[0], row[1]): row[2:] for row in self.office.query(sql, node.name + "#%")}
        wrong = [f"{name}: department {own.get(name, ['absent'])[:2]}, office {theirs.get(name, ['absent'])[:2]}"
                 for name in sorted(set(own) | set(theirs))
                 if own.get(name, [None])[0] != theirs.get(name, [None])[0] or own[name] != theirs[name] or own[name][1] is None]
        for origin in sorted({name[0] for name in theirs}):
            numbers = sorted(number for place, number in theirs if place == origin)
            if numbers != list(range(1, len(numbers) + 1)):
                wrong.append(f"{origin}: numbers with gaps or repetitions {numbers[:5]}…")
        return wrong

    def row_differences(self, node):
        """Appeals of a department whose shown list differs from the office's."""
        own = {row["id"]: row for row in self.pages(node)}
        theirs = {row["id"]: row for row in self.pages(self.office)}
        return [f"{key}: department {own[key]}, office {theirs.get(key)}" for key in sorted(own)
                if any(own[key].get(name) != theirs.get(key, {}).get(name) for name in ("state", "due", "registrationIndex"))]

    @staticmethod
    def pages(node):
        items, after = [], {}
        while True:
            done = node.ask("appeal list", ok=(0, 20), limit=500, **after)
            items += done["appeals"]
            if not done.json.get("next"):
                return items
            after = {"after": done["next"]}

    def known(self, write, node):
        """Whether a node's file has an operation, by its name."""
        origin, number = write.rsplit(":", 1)
        return bool(node.query("SELECT 1 FROM operation WHERE origin = ? AND number = ?", origin, int(number)))

    def end(self):
        for proxy in self.proxies.values():
            proxy.close()
        for node in self.nodes.values():
            if node.pid and node.process and node.process.poll() is None:
                node.signal(signal.SIGCONT)
            node.kill()
        shutil.rmtree(self.base, ignore_errors=True)


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def wait(what, condition, patience=30, pause=0.02):
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(pause)
    raise Trouble(f"waited in vain for {what} ({patience} s)")


def interrupted(number, _):
    raise KeyboardInterrupt(number)


def main(play):
    """Runs a script: counts are printed whatever happens, and an interruption leaves nothing behind."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupted)
    sys.dont_write_bytecode = True
    try:
        play()
    except KeyboardInterrupt:
        check("the run itself", False, "interrupted")
    except Exception as error:
        import traceback
        traceback.print_exc()
        check("the run itself", False, repr(error))
    print(f"{passed} passed, {failed} failed", flush=True)
    sys.exit(1 if failed else 0)
