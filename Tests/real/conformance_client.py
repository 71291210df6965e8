#!/usr/bin/env python3
"""The department node of 500 lines (`deploy/protocol/node.py`) against `kartoteka conformance`: it passes the clauses that it claims.

It has no process of its own: while it is "started", this file says `node.py sync` again and again. What it says it does not do (its
`CLAIMS`) is the only thing that may fail or not be seen. Prints `N passed, N failed`.
"""
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

if importlib.util.find_spec("cryptography") is None and sys.executable != "/usr/bin/python3":
    os.execv("/usr/bin/python3", ["/usr/bin/python3", *sys.argv])  # Debian's package belongs to Debian's Python.

sys.dont_write_bytecode = True
from town import ROOT, check, main, say  # noqa: E402
from conformance import conformance, pid_file  # noqa: E402

PROGRAM = os.path.join(ROOT, "deploy", "protocol", "node.py")
LIMIT = 300
# What CLAIMS says the program leaves out, and what is then not played: clause by clause, so that nothing else may be missing.
LEFT_OUT = set(
    "renewsAtHalf evidenceShown snapshotOnDemand waitsWhenStopped retryAfter backsOff smallerAfterTooLarge smallerAfterCut "
    "catchUpHints longPoll pushGoesOn gapFilled stepsOver outcomeOfAnother registersOwn conflictSeen heldSeen acceptedLateSeen "
    "decisionRead owedAnswered probesAll fetchesWanted repaired differenceTold notComparedAgain projectingNotCompared "
    "looksBack newIncarnation takesBack reissues numbersOfOldLog tokenStaleDraws tokenStaleKept logsNamed oldestFirst "
    "earlierFirst snapshotsAnew recoveredOffered formerSent sentAgain epochTaken revokedBacksOff".split()
)
PERSON = {"head": ("--as", "head", "--role", "head"), "exec": ("--as", "exec", "--role", "executor")}


def program(*words):
    base = os.environ["CONFORMANCE_BASE"]
    return subprocess.run([sys.executable, PROGRAM, *words, "--data", os.path.join(base, "probe")], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)


def again_and_again(base):
    """The node as a process: a session, a short rest, and longer ones after failures."""
    rest = 0.3
    while True:
        done = program("sync")
        if "anew" in done.stderr or "snapshotNeeded" in done.stderr:
            done = program("anew")
        with open(os.path.join(base, "log"), "a", encoding="utf-8") as log:
            log.write(done.stdout + done.stderr)
        rest = 0.3 if done.returncode == 0 else min(5, rest * 2)
        time.sleep(rest)


def stop(base):
    with open(pid_file(base)) as file:
        os.killpg(int(file.read()), signal.SIGKILL)
    os.unlink(pid_file(base))


def do(step, *values):
    """One step, as conformance asks for it; 0 if it was done, 3 if this node cannot."""
    base = os.environ["CONFORMANCE_BASE"]
    index = values[0] if values else ""
    if step in ("join", "join-refused"):
        return program("join", index).returncode
    if step == "start":
        process = subprocess.Popen([sys.executable, os.path.abspath(__file__), "--loop"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        with open(pid_file(base), "w") as file:
            file.write(str(process.pid))
        return 0
    if step == "stop":
        stop(base)
        return 0
    acts = {"accept": ("accept", index, *PERSON["head"]), "note": ("note", index, "Примітка", *PERSON["exec"])}
    if step not in acts:
        return 3
    # A session may be on its way with what was done before.
    for _ in range(40):
        done = program(*acts[step])
        if done.returncode == 0:
            return 0
        time.sleep(0.5)
    sys.stderr.write(done.stdout + done.stderr)
    return 1


def play():
    base = tempfile.mkdtemp(prefix="kartoteka-client-")
    try:
        _, report = conformance(base, os.path.abspath(__file__), LIMIT)
        for clause in report.get("clauses", []):
            say(f"{clause['state']:8} {clause['clause']:24} {clause['section']} {clause.get('finding', '')}")
        say(f"{report.get('passed')} passed, {report.get('failed')} failed, {report.get('notSeen')} not seen; {report.get('end')}")
        states = {clause["clause"]: clause["state"] for clause in report.get("clauses", [])}
        check("what is left out are clauses", LEFT_OUT <= states.keys(), LEFT_OUT - states.keys())
        missing = {clause: state for clause, state in states.items() if state != "passed" and clause not in LEFT_OUT}
        check("every clause that it claims is passed", states and not missing, missing)
        check("these are most of them", len(states.keys() - LEFT_OUT) > 55, len(states))
    finally:
        if os.path.exists(pid_file(base)):
            stop(base)
        shutil.rmtree(base, ignore_errors=True)


if __name__ == "__main__":
    if sys.argv[1:] == ["--loop"]:
        again_and_again(os.environ["CONFORMANCE_BASE"])
    if len(sys.argv) > 1:
        sys.exit(do(*sys.argv[1:]))
    main(play)
