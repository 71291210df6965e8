#!/usr/bin/env python3
"""Files that commands write and read by name, each in every disguise: other modes, symlinks, directories, FIFOs, devices, too long ones.

A file with a secret is fresh and for its owner alone, nobody's file is written through a symlink, and no command waits for a FIFO.
Prints `N passed, N failed`.
"""
import os
import shutil
import stat
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import town  # noqa: E402
from town import check, main, say  # noqa: E402

PATIENCE = 10


class Desk:
    """An office that runs, a department's directory that has not joined, and a directory for files."""

    def __init__(self, base):
        self.base = base
        self.office = os.path.join(base, "office")
        self.run("init", "office", "--node", "urz", "--name", "Управління", "--admin", "admin", "--admin-name", "Сидоренко О.", "--port",
                 str(town.free_port()), "--enrol-port", str(town.free_port()))
        self.server = subprocess.Popen([town.BINARY, "serve", "--data", self.office], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL)
        town.wait("the office", lambda: os.path.exists(os.path.join(self.office, "kartoteka.sock")))
        self.run("person", "add", "olena", "--as", "admin", "--name", "Олена", "--department", "urz")
        self.run("role", "grant", "olena", "registrar", "--as", "admin")
        self.run("person", "add", "mayor", "--as", "admin", "--name", "Мер", "--department", "urz")
        self.run("role", "grant", "mayor", "leader", "--as", "admin")
        with open(os.path.join(town.ROOT, "deploy", "data", "nyc311-2024-04.csv"), encoding="utf-8") as file:
            lines = [next(file) for _ in range(2)]
        with open(os.path.join(base, "cards.csv"), "w", encoding="utf-8") as file:
            file.write(lines[0] + lines[1].replace("2024", "20x4"))
        shutil.copy(os.path.join(town.ROOT, "deploy", "nyc311.mapping.json"), os.path.join(base, "map.json"))

    def run(self, *words, data=None):
        """Exit code and words; `waits` for a command that had to be ended."""
        try:
            done = subprocess.run([town.BINARY, *words, "--data", data or self.office, "--lang", "en"], capture_output=True, text=True,
                                  timeout=PATIENCE, stdin=subprocess.DEVNULL)
            return done.returncode, done.stdout + done.stderr
        except subprocess.TimeoutExpired:
            return "waits", ""

    def end(self):
        self.server.terminate()
        self.server.wait()


def disguise(path, kind, victim):
    """Puts something other than a file at a path."""
    if kind == "directory":
        os.mkdir(path)
    elif kind == "FIFO":
        os.mkfifo(path)
    elif kind == "symlink":
        os.symlink(victim, path)
    elif kind == "device":
        os.symlink("/dev/zero", path)
    elif kind == "mode 0644":
        with open(path, "w", encoding="utf-8") as file:
            file.write("former\n")
        os.chmod(path, 0o644)
    elif kind == "too long":
        with open(path, "wb") as file:
            file.truncate(1 << 40)


def writing(desk):
    commands = {
        "invite --out": lambda path: desk.run("invite", "roads", "--as", "admin", "--name", "Дороги", "--out", path),
        "import --rejects": lambda path: desk.run("import", os.path.join(desk.base, "cards.csv"), "--mapping", os.path.join(desk.base, "map.json"),
                                                  "--as", "olena", "--author", "mayor", "--rejects", path),
        "backup create --with-keys": lambda path: desk.run("backup", "create", path.removesuffix(".keys"), "--with-keys"),
    }
    for name, command in commands.items():
        for kind in ("mode 0644", "symlink", "directory", "FIFO", "device"):
            place = tempfile.mkdtemp(dir=desk.base)
            path, victim = os.path.join(place, "out.keys"), os.path.join(place, "victim")
            with open(victim, "w", encoding="utf-8") as file:
                file.write("another's\n")
            disguise(path, kind, victim)
            exit, words = command(path)
            with open(victim, encoding="utf-8") as file:
                untouched = file.read() == "another's\n"
            check(f"{name} over {kind}: no symlink is followed, nothing waits", untouched and exit != "waits", f"exit {exit}, untouched {untouched}")
            if kind == "mode 0644":
                mode = stat.S_IMODE(os.lstat(path).st_mode)
                with open(path, encoding="utf-8", errors="replace") as file:
                    written = file.read() != "former\n"
                check(f"{name} over {kind}: the file is fresh and its owner's alone", not written or mode == 0o600, f"{mode:o}")
            else:
                found = os.lstat(path).st_mode
                check(f"{name} over {kind}: refused in words, and left as it is",
                      exit not in (0, "waits") and not stat.S_ISREG(found) and path in words, f"exit {exit} {words[-160:]}")


def reading(desk):
    backup = os.path.join(desk.base, "backup")
    desk.run("backup", "create", backup, "--with-keys")
    joiner = os.path.join(desk.base, "roads")
    desk.run("init", "department", "--node", "roads", data=joiner)

    def entry(file):
        def command(kind):
            place = os.path.join(tempfile.mkdtemp(dir=desk.base), "backup")
            shutil.copytree(backup, place)
            os.remove(os.path.join(place, file))
            disguise(os.path.join(place, file), kind, "")
            return desk.run("backup", "verify", place)
        return command

    def own(file):
        """An entry of a data directory."""
        def command(kind):
            place = os.path.join(tempfile.mkdtemp(dir=desk.base), "node")
            desk.run("restore", backup, "--keys", backup + ".keys", "--declare", data=place)
            if os.path.exists(os.path.join(place, file)):
                os.remove(os.path.join(place, file))
            disguise(os.path.join(place, file), kind, "")
            return desk.run("status", data=place)
        return command

    def named(*words, data=None):
        def command(kind):
            path = os.path.join(tempfile.mkdtemp(dir=desk.base), "in")
            disguise(path, kind, "")
            return desk.run(*[path if word is None else word for word in words], data=data)
        return command

    def into(*words):
        def command(kind):
            path = os.path.join(tempfile.mkdtemp(dir=desk.base), "in")
            disguise(path, kind, "")
            return desk.run(*[path if word is None else word for word in words], data=os.path.join(tempfile.mkdtemp(dir=desk.base), "new"))
        return command

    def former(file):
        def command(kind):
            place = tempfile.mkdtemp(dir=desk.base)
            for name in ("node.key", "authority.key", "erasures.log", "admissions.log"):
                if os.path.exists(os.path.join(desk.office, name)):
                    shutil.copy(os.path.join(desk.office, name), place)
            if os.path.exists(os.path.join(place, file)):
                os.remove(os.path.join(place, file))
            disguise(os.path.join(place, file), kind, "")
            return desk.run("restore", backup, "--former", place, data=os.path.join(tempfile.mkdtemp(dir=desk.base), "new"))
        return command

    cards, mapping = os.path.join(desk.base, "cards.csv"), os.path.join(desk.base, "map.json")
    commands = {
        "import FILE": named("import", None, "--mapping", mapping, "--source", "cards", "--as", "olena"),
        "import --mapping": named("import", cards, "--mapping", None, "--source", "cards", "--as", "olena"),
        "appeal register --text-file": named("appeal", "register", "--as", "olena", "--name", "Ю Я", "--text-file", None),
        "appeal register --from": named("appeal", "register", "--as", "olena", "--from", None),
        "calendar put --file": named("calendar", "put", "--as", "admin", "--file", None),
        "join --invitation": named("join", "--invitation", None, data=joiner),
        "restore --keys": into("restore", backup, "--keys", None),
        "restore --erasures": into("restore", backup, "--keys", backup + ".keys", "--erasures", None),
        "restore --admissions": into("restore", backup, "--keys", backup + ".keys", "--admissions", None),
    }
    commands |= {f"backup verify: {file}": entry(file) for file in
                 ("manifest.json", "kartoteka.sqlite", "kartoteka.conf", "node.pem", "authority.pem")}
    commands |= {f"restore --former: {file}": former(file) for file in ("node.key", "authority.key", "erasures.log", "admissions.log")}
    commands |= {f"status: {file}": own(file) for file in ("kartoteka.conf", "node.key", "node.pem", "authority.pem", "admissions.log")}
    for name, command in commands.items():
        for kind in ("FIFO", "device", "directory", "too long"):
            exit, words = command(kind)
            check(f"{name}, a {kind}: refused in words", exit not in (0, "waits") and len(words) > 20, f"exit {exit} {words[-120:]}")


def play():
    base = tempfile.mkdtemp(prefix="kartoteka-files-")
    desk = None
    try:
        desk = Desk(base)
        say("files that are written")
        writing(desk)
        say("files that are read")
        reading(desk)
    finally:
        if desk:
            desk.end()
        shutil.rmtree(base, ignore_errors=True)


main(play)
