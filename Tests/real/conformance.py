#!/usr/bin/env python3
"""The binary's own department against `kartoteka conformance`. Prints `N passed, N failed`.

The office is the scripted one of the command; the department is a real process, driven through its command line by this very file,
which conformance runs with the name of each step (`--do`).
"""
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
from town import BINARY, Node, check, free_port, main, say, wait  # noqa: E402

LIMIT = 240


class Place:
    """What the steps, each a process of its own, share: a directory."""

    def __init__(self, base):
        self.base = base


def department(base):
    return Node(Place(base), "probe")


def pid_file(base):
    return os.path.join(base, "pid")


def stop(base):
    with open(pid_file(base)) as file:
        pid = int(file.read())
    os.kill(pid, signal.SIGTERM)
    wait("the end of the node", lambda: not os.path.exists(f"/proc/{pid}") or zombie(pid), patience=20)
    os.unlink(pid_file(base))


def zombie(pid):
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rsplit(")", 1)[1].split()[0] == "Z"
    except FileNotFoundError:
        return True


def start(base):
    node = department(base)
    offset = node.log_size()
    with open(node.log_path, "ab") as log:
        process = subprocess.Popen([BINARY, "serve", "--data", node.data], stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
    with open(pid_file(base), "w") as file:
        file.write(str(process.pid))
    wait("the node", lambda: '"serving"' in node.log(offset), patience=30)


def do(step, *values):
    """One step, as conformance asks for it; 0 if it was done, 3 if this node cannot."""
    base = os.environ["CONFORMANCE_BASE"]
    node = department(base)
    index = values[0] if values else ""
    copy = node.data + ".copy"
    if step in ("join", "join-refused"):
        if not os.path.exists(node.data):
            node.run("init", "department", "--node", "probe")
        return node.run("join", "--invitation", index, ok=None).exit
    if step == "start":
        start(base)
    elif step == "stop":
        stop(base)
    elif step == "copy":
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(node.data, copy)
    elif step == "put-back":
        shutil.rmtree(node.data)
        shutil.copytree(copy, node.data)
    elif step == "accept":
        node.ask("assignment accept", appeal=index, as_="head")
    elif step == "note":
        node.ask("appeal note", appeal=index, as_="exec", text="Примітка")
    elif step == "register":
        node.ask("appeal register", as_="exec", name="Шевченко Іван Петрович", text="Немає води", heading=["090"], address="вул. Соборна, 14")
    elif step == "correct":
        node.ask("appeal correct", appeal=index, as_="exec", set=["applicant.address=вул. Виправлена, 9"])
    elif step == "answer":
        node.ask("answer draft", appeal=index, as_="exec", result="satisfied", text="Зроблено")
        node.ask("answer approve", appeal=index, as_="head")
    else:
        return 3
    return 0


def two_ports():
    """A free port whose next one is free too."""
    while True:
        port = free_port()
        try:
            with socket.create_server(("127.0.0.1", port + 1)):
                return port
        except OSError:
            continue


def conformance(base, steps=os.path.abspath(__file__), limit=LIMIT, tries=3):
    """What the command printed, and its exit code; `steps` is the program that does them."""
    invitation = os.path.join(base, "probe.invitation")
    environment = {**os.environ, "CONFORMANCE_BASE": base, "KARTOTEKA": BINARY}
    environment.pop("KARTOTEKA_DATA", None)
    words = [BINARY, "conformance", "--listen", f"127.0.0.1:{two_ports()}", "--out", invitation, "--do", steps, "--lang", "en", "--json"]
    done = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, timeout=limit, env=environment)
    report = json.loads(done.stdout or "{}")
    # Whoever else looks for a port may have taken one meanwhile.
    if report.get("error", {}).get("code") == "portTaken" and tries > 1:
        return conformance(base, steps, limit, tries - 1)
    return done.returncode, report


def play():
    base = tempfile.mkdtemp(prefix="kartoteka-conformance-")
    try:
        code, report = conformance(base)
        for clause in report.get("clauses", []):
            if clause["state"] == "failed":
                say(f"FAILED {clause['clause']}: {clause['sentence']} {clause.get('finding', '')}")
            elif clause["state"] == "notSeen":
                say(f"not seen {clause['clause']}{'' if clause['must'] else ' (need not be)'}")
        if report.get("firstFailed"):
            say(f"first failed: {report['firstFailed']}")
        if report.get("end"):
            say(report["end"]["en"])
        check("the command ends with 0", code == 0, f"{code} {json.dumps(report)[:300]}")
        check("no clause failed", report.get("failed") == 0, report.get("failed"))
        missing = [clause["clause"] for clause in report.get("clauses", []) if clause["state"] == "notSeen" and clause["must"]]
        check("every clause that must be was seen", report.get("clauses") and not missing, missing)
        if "--once" not in sys.argv:
            refusals(base)
    finally:
        if os.path.exists(pid_file(base)):
            stop(base)
        shutil.rmtree(base, ignore_errors=True)


def refusals(base):
    """What is refused before anything is made."""
    node = department(base)
    done = node.run("conformance", "--listen", "127.0.0.1:9443", "--out", os.path.join(base, "none"), ok=None)
    check("a data directory is refused", done.exit == 2 and not os.path.exists(os.path.join(base, "none")), done.text)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        words = [BINARY, "conformance", "--listen", f"127.0.0.1:{taken.getsockname()[1]}", "--out", os.path.join(base, "none"), "--lang", "en"]
        done = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=30)
        check("a port that is taken is refused", done.returncode == 1 and "port" in done.stderr, done.stderr)


if __name__ == "__main__":
    if len(sys.argv) > 1 and not sys.argv[1].startswith("--"):
        sys.exit(do(*sys.argv[1:]))
    main(play)
