#!/usr/bin/env python3
"""What people type: every option that all commands have, in every place; help no wider than 80 columns; what is mistyped gets a suggestion.

The matrix is made of the program's own help. Needs no node. The last line says: N passed, N failed.
"""

import os
import re
import subprocess
import sys

PROGRAM = os.environ.get("KARTOTEKA") or sys.exit("typed.py: KARTOTEKA is the program")
WIDTH = 80
passed = failed = 0


def check(what, ok, found=""):
    global passed, failed
    passed, failed = passed + bool(ok), failed + (not ok)
    if not ok:
        print(f"FAILED {what}: {str(found)[:600]}")


def run(*words):
    done = subprocess.run([PROGRAM, *words], capture_output=True, text=True, env={"PATH": "/usr/bin:/bin", "LANG": "uk_UA.UTF-8"},
                          stdin=subprocess.DEVNULL)
    return done.returncode, done.stdout, done.stderr


def commands():
    return [line.split("  ")[1].strip() for line in run("help")[1].splitlines() if re.match(r"  [a-z -]+  \S", line)]


def wide(text):
    return [line for line in text.splitlines() if len(line) > WIDTH]


def helps(names):
    for name in names:
        for language in ("uk", "en"):
            code, text, _ = run("help", *name.split(), "--lang", language)
            check(f"help {name} ({language}) fits into {WIDTH} columns", code == 0 and text and not wide(text), wide(text)[:2] or code)
    for words in ([], ["codes"]):
        for language in ("uk", "en"):
            code, text, _ = run("help", *words, "--lang", language)
            check(f"help {' '.join(words)} ({language}) fits", code == 0 and not wide(text), wide(text)[:2])


def everywhere():
    """Every global option before the command, within it and behind it."""
    for given in (["--data", "/nowhere"], ["--data=/nowhere"], ["--json"], ["--lang", "en"], ["--lang=en"], ["--verbose"], ["-v"]):
        behind = run("appeal", "list", *given, "--data", "/nowhere") if "--data" not in given[0] else run("appeal", "list", *given)
        before = run(*given, "appeal", "list", *([] if "--data" in given[0] else ["--data", "/nowhere"]))
        check(f"{' '.join(given)} before the command is as behind it", before == behind and before[0] == 10, (before, behind))
    for words in (["--version"], ["version"], ["--version", "--data", "/nowhere"], ["--data", "/nowhere", "--version"],
                  ["appeal", "list", "--version"], ["-v", "version"]):
        code, text, _ = run(*words)
        check(f"{' '.join(words)} says the version", code == 0 and text.startswith("kartoteka "), (code, text))
    code, text, _ = run("--json", "--version")
    check("--json --version is JSON", code == 0 and text.startswith("{"), text)


def groups(names):
    for group in sorted({name.split()[0] for name in names if " " in name}):
        mine = [name for name in names if name.startswith(group + " ")]
        code, _, text = run(group)
        check(f"{group} alone lists all of its commands", code == 2 and all(f"kartoteka {name}" in text for name in mine), text)
        for words in (["help", group], [group, "--help"]):
            code, text, _ = run(*words)
            check(f"{' '.join(words)} does, too", code == 0 and all(name in text for name in mine), text)


def mistyped(names):
    """A letter left out and two in the other order, of every option of every command."""
    for name in names:
        options = set(re.findall(r"^  --([a-z-]+)", run("help", *name.split())[1], re.M))
        wrong = []
        for option in sorted(option for option in options if len(option) > 3):
            typed = {option[:2] + option[3:], option[:-2] + option[-1] + option[-2]} - options
            for each in typed:
                code, _, text = run(*name.split(), "--" + each)
                if code != 2 or not re.search(rf"може,[^?]*--{option}\b", " ".join(text.split())):
                    wrong.append(each)
        check(f"{name}: mistyped options get a suggestion", not wrong, wrong)


def together():
    code, _, text = run("feedback", "add", "--hwo", "phone", "--limit", "--words")
    text = " ".join(text.split())
    check("all that is wrong is said at once", code == 2 and all(
        words in text for words in ("--hwo", "--how?", "--limit", "--words", "APPEAL", "--as USER")), text)


def main():
    names = commands()
    check("help lists the commands", len(names) > 60, names)
    helps(names)
    everywhere()
    groups(names)
    mistyped(names)
    together()
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


main()
