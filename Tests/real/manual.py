#!/usr/bin/env python3
"""Runs the commands of deploy/README.md as an operator would: first office, join, an appeal, backup, restore.

Blocks that stand after <!-- run --> run in order, in one new directory; variables last from block to block, and the
manual's PORT, ENROL_PORT, BACKUP and OPEN_DATA are set to free ports, a directory of the run that is not there yet and the file of this
tree. A block passes if each of its commands ends well.

Before that each command of each block of the manual is let fail, with nothing else run for true: what stands behind it must not run. And
what destroys (kill, mv, rm) stands behind something that can fail.

Usage: Tests/real/manual [--keep] [PATH-OF-KARTOTEKA]   (else the one that `swift build --product kartoteka` makes)
"""

import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
MANUAL = ROOT / "deploy" / "README.md"
BLOCK_SECONDS = 120


def blocks():
    """Title, first line and text of each marked block."""
    text = MANUAL.read_text(encoding="utf-8")
    for found in re.finditer(r"<!-- run(?:: (?P<title>[^>]*?))? -->\n```sh\n(?P<body>.*?)^```$", text, re.S | re.M):
        line = text.count("\n", 0, found.start("body")) + 1
        yield (found["title"] or f"line {line}"), line, found["body"]


def listed():
    """First line and text of every block of commands, marked or not."""
    text = MANUAL.read_text(encoding="utf-8")
    for found in re.finditer(r"^```sh\n(?P<body>.*?)^```$", text, re.S | re.M):
        yield text.count("\n", 0, found.start("body")) + 1, found["body"]


def is_whole(text):
    """Whether the shell takes it as a command; a text that ends in the middle is none."""
    return subprocess.run(["bash", "-n"], input=text, capture_output=True, text=True).returncode == 0


def steps(body):
    """The commands of a block, each with what joins it to the next: `&&`, or a line's end."""
    found, present = [], ""
    for line in body.splitlines():
        for piece in re.split(r"(?<= &&) ", re.sub(r"(&&)\s+#.*$", r"\1", line)):
            present += piece + "\n"
            bare = present.rstrip()
            isJoined = bare.endswith("&&")
            if bare and not bare.endswith("\\") and is_whole(bare[:-2] if isJoined else bare):
                following = body.split(present, 1)[-1].lstrip("\n")
                if isJoined or not following.startswith("  |"):
                    found.append((bare.removesuffix("&&").strip(), "&&" if isJoined else "\n"))
                    present = ""
    if present.strip():
        found.append((present.strip(), "\n"))
    return found


DESTROYS = re.compile(r"^(sudo )?(kill|mv|rm)\b")


def planted(line, body):
    """What a block does when one of its commands fails; gives what is wrong with it."""
    commands = steps(body)
    for place, (command, _) in enumerate(commands):
        if place == 0 and DESTROYS.match(command):
            yield f"line {line}: «{command}» destroys without a check before it"
        script = "".join(
            ("false" if n == place else f"echo {n}") + (" && " if joined == "&&" else "\n") for n, (_, joined) in enumerate(commands)
        ).removesuffix(" && ")
        done = subprocess.run(["bash", "-c", script], capture_output=True, text=True)
        ran = [int(each) for each in done.stdout.split()]
        if ran != list(range(place)) or done.returncode == 0:
            yield f"line {line}: after «{command}» failed there still ran: {', '.join(commands[n][0] for n in ran if n > place) or 'nothing'}"


def plant():
    """How many commands were let fail; prints what went on after one."""
    count, wrong = 0, []
    for line, body in listed():
        count += len(steps(body))
        wrong += planted(line, body)
    for each in wrong:
        print(f"FAILED   deploy/README.md, {each}")
    return count - len(wrong), len(wrong)


def binary(words):
    if words:
        return pathlib.Path(words[0]).resolve()
    built = ["swift", "build", "--product", "kartoteka", "-j", "2"]
    subprocess.run(built, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    shown = subprocess.run(built + ["--show-bin-path"], cwd=ROOT, check=True, capture_output=True, text=True)
    return pathlib.Path(shown.stdout.strip()) / "kartoteka"


def free_ports(count):
    held = [socket.socket() for _ in range(count)]
    for each in held:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in held]
    for each in held:
        each.close()
    return ports


def nodes_of(directory):
    """Processes that this run left: they serve from its directory."""
    for entry in pathlib.Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            if os.readlink(entry / "cwd").startswith(str(directory)) and int(entry.name) != os.getpid():
                yield int(entry.name)
        except OSError:
            continue  # It ended, or it is another user's: then it is none of ours.


def end_all(directory):
    for ending in (signal.SIGTERM, signal.SIGKILL):
        for pid in nodes_of(directory):
            try:
                os.kill(pid, ending)
            except ProcessLookupError:
                pass
        for _ in range(50):
            if not list(nodes_of(directory)):
                return
            time.sleep(0.1)


def run(body, directory, environment):
    state = directory / ".state"
    # As in a terminal, where no option of the shell ends it: the block must stop by itself.
    script = f'set -au\n[ ! -f {state} ] || . {state}\n{body}\ncode=$?\nexport -p > {state}\nexit $code\n'
    output = directory / ".output"
    with open(output, "w", encoding="utf-8") as file:
        try:
            done = subprocess.run(["bash", "-c", script], cwd=directory, env=environment, stdin=subprocess.DEVNULL,
                                  stdout=file, stderr=subprocess.STDOUT, timeout=BLOCK_SECONDS)
            code = done.returncode
        except subprocess.TimeoutExpired:
            code = "too long"
    return code, output.read_text(encoding="utf-8", errors="replace")


def main():
    words = sys.argv[1:]
    keep = "--keep" in words
    program = binary([word for word in words if word != "--keep"])
    scratch = pathlib.Path(tempfile.mkdtemp(prefix="kartoteka-manual-"))
    work = scratch / "work"
    work.mkdir(mode=0o700)
    # Another device, where there is one: only then a backup counts as a second place.
    shared = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    media = pathlib.Path(tempfile.mkdtemp(prefix="kartoteka-manual-", dir=shared))
    (scratch / "bin").mkdir()
    (scratch / "bin" / "kartoteka").symlink_to(program)
    port, enrol = free_ports(2)
    environment = {
        "PATH": f"{scratch / 'bin'}:/usr/bin:/bin", "HOME": str(scratch), "LANG": "uk_UA.UTF-8",
        "PORT": str(port), "ENROL_PORT": str(enrol), "BACKUP": str(media / "backup"),
        "OPEN_DATA": str(ROOT / "deploy" / "data" / "nyc311-2024-04.csv"),
    }
    passed, failed = plant()
    whole, broken = passed + failed, False
    try:
        for title, line, body in blocks():
            if broken:
                failed += 1
                print(f"not run  {title}: an earlier block failed")
                continue
            code, output = run(body, work, environment)
            if code == 0:
                passed += 1
                print(f"passed   {title}")
            else:
                failed, broken = failed + 1, True
                print(f"FAILED   {title} (deploy/README.md, line {line}): {code}\n{output}")
                for log in sorted(work.glob("*.log")):
                    print(f"--- {log.name}\n" + log.read_text(encoding="utf-8", errors="replace")[-2_000:])
    finally:
        end_all(work)
        if not keep:
            shutil.rmtree(scratch, ignore_errors=True)
            shutil.rmtree(media, ignore_errors=True)
    if passed + failed == whole:
        print("no block is marked <!-- run --> in deploy/README.md")
        failed = 1
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
