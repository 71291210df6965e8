#!/usr/bin/env bash
# The story of deploy/demo with real processes, in its short form with --keep: what it prints, and that what it leaves is as it says.
# The last line says: N passed, N failed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
program=${KARTOTEKA:-$(swift build --show-bin-path)/kartoteka}
exec python3 - "$program" <<'PYTHON'
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

sys.dont_write_bytecode = True
WIDTH = 80
passed = failed = 0


def check(what, ok, found=""):
    global passed, failed
    passed, failed = passed + bool(ok), failed + (not ok)
    if not ok:
        print(f"FAILED {what}: {found}")


def left(root):
    """Processes of the city."""
    found = []
    for entry in pathlib.Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and os.readlink(entry / "exe").startswith(root):
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def shell(line, root, patience=30):
    done = subprocess.run(["bash", "-c", line], cwd=root, capture_output=True, text=True, timeout=patience, stdin=subprocess.DEVNULL,
                          env={**os.environ, "LC_ALL": "", "LANG": "uk_UA.UTF-8"})
    return done.returncode, done.stdout + done.stderr


def values(lines):
    """Of the table: what a program calls a thing, and people do not."""
    rows = [line for line in lines if re.match(r"[1-6]  |     \S", line)]
    return [line for line in rows if re.search(r"\b(True|False|None)\b|[\[\]{}]|set\(|'[a-zA-Z]+'|[a-z][A-Z]", line)], len(rows)


# What each command of the end must show.
PROMISED = (
    (r"^Строки: ", r"appeal list", r"\d\d\.\d\d\.\d{4}"), (r"^Строки: ", r"deadline explain", r"15"),
    (r"^Повернено", r"appeal show", r"оопрацюван"), (r"\(C2\)", r"conflict show", r"C2"), (r"\(C3\)", r"conflict show", r"C3"),
    (r"\(C12\)", r"conflict show", r"C12"), (r"^Усі, що", r"conflict list", r"(?s)(?=.*C2\b)(?=.*C3\b)(?=.*C12\b)"),
    (r"^Без зв", r"^\./kartoteka status", r"передано.*1"), (r"^Без зв", r"sync status", r"\binb\b"),
)


def look(lines, root):
    heading, seen = "", set()
    for line in lines:
        if not line.startswith("  "):
            heading = line or heading
            continue
        command = line.strip()
        if not command.startswith("./kartoteka") or " serve " in command:
            continue
        code, text = shell(command, root)
        check(f"the command works: {command}", code in (0, 20), f"{code}\n{text}")
        for place, (under, of, wanted) in enumerate(PROMISED):
            if re.search(under, heading) and re.search(of, command):
                seen.add(place)
                check(f"«{heading}»: {command}", re.search(wanted, text), text)
    check("all that is promised has a command", len(seen) == len(PROMISED), sorted(set(range(len(PROMISED))) - seen))


def come_back(lines, root):
    """The department's line is restored by the command that stands there, and what it had saved goes out."""
    command = next((line.strip() for line in lines if "./kartoteka serve" in line), "false")
    # setsid: it goes on after this shell, as in a terminal.
    shell(f"setsid {command.removesuffix(' &')} >/dev/null &", root)
    end, text = time.monotonic() + 30, ""
    while time.monotonic() < end and "Усе передано" not in text:
        text = shell("./kartoteka sync status --data departments/inb", root)[1]
        time.sleep(0.3)
    check("the department that was aside has sent everything", "Усе передано" in text, text)


def put_away(lines, root):
    place = next((n for n, line in enumerate(lines) if line.startswith("Зупинити")), len(lines))
    commands = [line.strip() for line in lines[place + 1:place + 3]]
    code, text = shell(commands[0], root)
    check("the city stops by the command", code == 0, text)
    end = time.monotonic() + 20
    while left(root) and time.monotonic() < end:
        time.sleep(0.2)
    check("no process is left", not left(root), left(root))
    shell(commands[1], root)
    check("the directory is gone by the command", not os.path.exists(root), commands[1])


def main():
    done = subprocess.run([sys.executable, "deploy/story.py", "--short", "--keep", "--kartoteka", sys.argv[1]], capture_output=True,
                          text=True, stdin=subprocess.DEVNULL)
    print(done.stdout + done.stderr)
    lines = done.stdout.splitlines()
    told = re.fullmatch(r"Перевірки: (\d+) пройдено, (\d+) не пройдено\.", lines[-1] if lines else "")
    check("the last line is the summary in the language of the output", told, lines[-1:])
    global passed, failed
    if told:
        passed, failed = passed + int(told[1]), failed + int(told[2])
    check("the story ends well", done.returncode == 0, done.returncode)
    wide = [line for line in lines if len(line) > WIDTH]
    check(f"no line is wider than {WIDTH} columns", not wide, wide[:5])
    program, rows = values(lines)
    check("the table has no value of the program", rows > 80 and not program, program[:5] or rows)
    acts = [line for line in lines if re.search(r"── (\S+)\. ", line)]
    check("acts are named as --acts names them", [re.search(r"── (\S+)\. ", line)[1] for line in acts] == list("123456"), acts)
    begin = next((n for n, line in enumerate(lines) if line.startswith("Що далі")), len(lines))
    root = next((line.split()[1] for line in lines[begin:] if line.startswith("  cd /tmp/")), None)
    check("the end says what now", root, lines[-30:])
    try:
        if root:
            look(lines[begin:], root)
            come_back(lines[begin:], root)
            put_away(lines[begin:], root)
    finally:
        if root:
            for pid in left(root):
                os.kill(pid, 9)
            shutil.rmtree(root, ignore_errors=True)
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


main()
PYTHON
