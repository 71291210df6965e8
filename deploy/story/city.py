"""The city: nodes as processes of their own, with directories, keys and ports of their own."""

import collections
import ctypes
import datetime
import json
import os
import pathlib
import shutil
import signal
import socket
import sqlite3
import subprocess
import threading
import time
import zoneinfo

from .relay import Relay

# A node must not outlive the story, however the story ends.
_libc = ctypes.CDLL(None, use_errno=True)
PR_SET_PDEATHSIG = 1

Done = collections.namedtuple("Done", "exit json text error")
Act = collections.namedtuple("Act", "node write kind appeal outcome")


class StoryError(Exception):
    """The story cannot go on: a command failed that must not."""


def today():
    """The day in Kyiv."""
    try:
        zone = zoneinfo.ZoneInfo("Europe/Kyiv")
    except zoneinfo.ZoneInfoNotFoundError:
        zone = datetime.timezone(datetime.timedelta(hours=2))
    return datetime.datetime.now(zone).date()


def free_port(address="127.0.0.1", wanted=0):
    """The port that is wanted if nobody has it, else any that is free."""
    try:
        with socket.create_server((address, wanted)) as listener:
            return listener.getsockname()[1]
    except OSError:
        return free_port(address)


class City:
    OFFICE = "urz"

    def __init__(self, program, root, report, keep=False):
        self.program = str(program)
        self.root = pathlib.Path(root)
        self.report = report
        self.keep = keep
        self.running = {}
        self.relays = {}
        self.ledger = []
        self.turn = threading.Lock()
        self.isOver = False
        self.today = today()
        self.port = free_port()
        self.enrol = free_port()
        self.web, self.web_port = {}, free_port("127.0.66.1", 8440)
        (self.root / "log").mkdir(parents=True)

    # ── places

    def place(self, node):
        return self.root / ("office" if node == self.OFFICE else "trial" if node == "trial" else f"departments/{node}")

    def log_path(self, node):
        return self.root / "log" / f"{node}.log"

    def log(self, node, offset=0):
        """The lines of a node's log as objects."""
        lines = []
        with open(self.log_path(node), encoding="utf-8", errors="replace") as file:
            file.seek(offset)
            for line in file:
                try:
                    lines.append(json.loads(line))
                except ValueError:
                    lines.append({"code": "", "msg": line.strip()})
        return lines

    def log_size(self, node):
        path = self.log_path(node)
        return path.stat().st_size if path.exists() else 0

    # ── commands

    def run(self, node, *words, ok=(0,), data=None, timeout=120):
        """Runs a command as a person would, in a process of its own; refuses any exit code that is not in `ok`."""
        if self.isOver:
            raise StoryError("місто вже зупинено")
        line = [self.program, *words, "--data", str(data or self.place(node)), "--json"]
        done = subprocess.run(
            line, capture_output=True, text=True, timeout=timeout, stdin=subprocess.DEVNULL,
            env={**os.environ, "LANG": "uk_UA.UTF-8", "LC_ALL": ""},
        )
        try:
            answer = json.loads(done.stdout) if done.stdout.strip() else {}
        except ValueError:
            answer = {}
        result = Done(done.returncode, answer, done.stdout, done.stderr)
        if ok is not None and result.exit not in ok:
            raise StoryError(
                f"{node}: kartoteka {' '.join(words)}: код {result.exit}\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
            )
        return result

    def text(self, node, *words):
        """What a person sees, in Ukrainian."""
        line = [self.program, *words, "--data", str(self.place(node)), "--lang", "uk"]
        return subprocess.run(line, capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL).stdout

    def act(self, node, *words, ok=(0,), kind=""):
        """An act whose success is written down: it must never be lost."""
        done = self.run(node, *words, ok=ok)
        if done.exit in (0, 20) and done.json.get("write"):
            with self.turn:
                self.ledger.append(
                    Act(node, done.json["write"], kind or " ".join(words[:2]), done.json.get("appeal", ""),
                        done.json.get("outcome", ""))
                )
        return done

    def pages(self, node, *words, name):
        """All items of a list, page by page."""
        items, after = [], []
        while True:
            done = self.run(node, *words, "--limit", "500", *after, ok=(0, 20))
            items += done.json[name]
            if "next" not in done.json or not done.json["next"]:
                return items
            after = ["--after", done.json["next"]]

    # ── processes

    def _child(self):
        # With --keep the city outlives the terminal, too.
        if self.keep:
            os.setsid()
        else:
            os.setpgrp()
            _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)

    def start(self, node, wait=True, patience=15):
        """Serves a node; a lock that a command holds for a moment is waited for."""
        end = time.monotonic() + patience
        while True:
            offset = self.log_size(node)
            log = open(self.log_path(node), "ab")
            process = subprocess.Popen(
                [self.program, "serve", "--data", str(self.place(node))],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, preexec_fn=self._child,
            )
            log.close()
            self.running[node] = process
            if not wait:
                return
            while process.poll() is None:
                if any(line.get("code") == "serving" for line in self.log(node, offset)):
                    return
                time.sleep(0.01)
            if time.monotonic() > end:
                tail = "\n".join(str(line.get("msg", line)) for line in self.log(node, offset)[-5:])
                raise StoryError(f"вузол {node} не запустився (код {process.returncode}): {tail}")
            time.sleep(0.1)

    def kill(self, node):
        """kill -9."""
        process = self.running.pop(node)
        process.kill()
        process.wait()

    def stop(self, node):
        process = self.running.pop(node)
        process.terminate()
        try:
            return process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()

    def end(self):
        """Leaves no process behind."""
        self.isOver = True
        for relay in self.relays.values():
            relay.close()
        processes, self.running = list(self.running.values()), {}
        for process in processes:
            process.terminate()
        deadline = time.monotonic() + 10
        for process in processes:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    # ── making the city

    def found_office(self, place=OFFICE, name="Управління по роботі зі зверненнями"):
        ports = (self.port, self.enrol) if place == self.OFFICE else (free_port(), free_port())
        self.run(
            place, "init", "office", "--node", self.OFFICE, "--name", name,
            "--admin", "admin", "--admin-name", "Адміністратор Адам Адамович",
            "--port", str(ports[0]), "--enrol-port", str(ports[1]),
        )
        self._open_web(place)
        self.start(place)

    def join(self, node, name, relay=False):
        """Makes a department's node and joins it with a one-time invitation."""
        self.place(node).parent.mkdir(exist_ok=True)
        token = self.root / f"{node}.invitation"
        self.run(self.OFFICE, "invite", node, "--as", "admin", "--name", name, "--out", str(token))
        self.run(node, "init", "department", "--node", node)
        self.run(node, "join", "--invitation", str(token))
        token.unlink()
        self._open_web(node)
        if relay:
            self.relays[node] = Relay(self.port)
            self._reach(node, self.relays[node].port)

    def _open_web(self, node):
        """A loopback address of its own, so that browsers keep the nodes apart."""
        self.web[node] = f"127.0.66.{len(self.web) + 1}"
        path = self.place(node) / "kartoteka.conf"
        lines, section = [], ""
        for line in path.read_text(encoding="utf-8").splitlines():
            section = line if line.startswith("[") else section
            if section == "[web]" and line.startswith((";address =", ";port =")):
                line = f"address = {self.web[node]}" if "address" in line else f"port = {self.web_port}"
            lines.append(line)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def _reach(self, node, port):
        """Where a department reaches its office, written into its configuration as an operator would."""
        path = self.place(node) / "kartoteka.conf"
        lines = [
            f"url = https://127.0.0.1:{port}" if line.startswith((";url =", "url =")) else line
            for line in path.read_text(encoding="utf-8").splitlines()
        ]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def let_go(self):
        """The city goes on without the story: the relays, which end with it, are taken out."""
        for node, relay in self.relays.items():
            if node in self.running:
                self.stop(node)
                self._reach(node, self.port)
                self.start(node)
            relay.close()

    # ── looking

    def database(self, node):
        """A node's file, to read only."""
        return sqlite3.connect(f"file:{self.place(node)}/kartoteka.sqlite?mode=ro", uri=True, timeout=20)

    def query(self, node, sql, *arguments):
        database = self.database(node)
        try:
            return database.execute(sql, arguments).fetchall()
        finally:
            database.close()

    def streams(self, node):
        status = self.run(node, "sync", "status").json
        return {stream["name"]: stream for stream in status["streams"]}, status

    def step_difference(self, node, office):
        """What keeps a department from being in step with its office; empty if nothing does."""
        own, status = self.streams(node)
        if status["outbox"]["count"]:
            return f"{node}: не передано {status['outbox']['count']}"
        for name in (f"slice:{node}", f"node:{node}", "reference"):
            theirs, mine = office.get(name), own.get(name)
            if theirs is None and (mine is None or not mine["rows"]):
                continue
            if theirs is None or mine is None:
                return f"{node}: немає потоку {name}"
            for key in ("epoch", "head", "mark", "rows", "digest"):
                if theirs[key] != mine[key]:
                    return f"{node}: {name}: {key}: Центр {theirs[key]}, підрозділ {mine[key]}"
        return ""

    def wait_in_step(self, nodes, patience=90):
        """Waits until departments hold exactly what the office projects for them; gives what is not in step."""
        left, why, end = list(nodes), [], time.monotonic() + patience
        while True:
            office, _ = self.streams(self.OFFICE)
            why = [(node, self.step_difference(node, office)) for node in left]
            left = [node for node, found in why if found]
            if not left:
                after, _ = self.streams(self.OFFICE)
                if {n: s["head"] for n, s in after.items()} == {n: s["head"] for n, s in office.items()}:
                    return []
                left = list(nodes)
            elif time.monotonic() > end:
                return [found for _, found in why if found]
            time.sleep(0.2)

    def wait(self, what, condition, patience=60):
        end = time.monotonic() + patience
        while time.monotonic() < end:
            if found := condition():
                return found
            time.sleep(0.1)
        raise StoryError(f"не дочекалися: {what} ({patience} с)")

    def remove(self, node):
        shutil.rmtree(self.place(node))
