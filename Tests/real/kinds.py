"""Kinds of faults as functions, each tried in a town of its own; what a person does in it, and what is imported."""
import json
import os
import subprocess
import sys

import town as shared
from town import BINARY, Town, Trouble, check, say

HEAD = "номер;прізвище;дата;зміст"
MAPPING = {
    "source": "csv", "delimiter": ";", "key": "номер",
    "constants": {"channel": "mayorPhone", "kind": "application", "subjectType": "individual", "deadlineBasis": "month"},
    "fields": {"lastName": "прізвище", "receivedAt": {"column": "дата", "format": "dd.mm.yyyy"}, "text": "зміст"},
}
kinds = {}


def kind(departments=0):
    """A function that tries one kind of fault in a town with so many departments."""
    def add(function):
        kinds[function.__name__] = (departments, function)
        return function
    return add


# ── what a person does


def do(node, *words, **named):
    """A command whose refusal is of interest."""
    return node.run(*words, ok=None, **named)


def register(t, name="Дубина Олег Петрович", text="Немає води", *more):
    return do(t.office, "appeal", "register", "--as", "olena", "--name", name, "--text", text, *more)


def shown(node, index):
    return do(node, "appeal", "show", index).json


def issue(t, index, *more, main="d1"):
    return do(t.office, "resolution", "issue", index, "--as", "olena", "--author", "mayor", "--text", "Розглянути", "--main", main, *more)


def given(t, *more, name="Дубина Олег Петрович", main="d1"):
    """The index of an appeal that a department has."""
    index = register(t, name, "Немає води", *more)["registrationIndex"]
    if issue(t, index, main=main).exit:
        raise Trouble(f"{index} was not given to {main}")
    settle(t)
    return index


def settle(t):
    missing = t.wait_in_step()
    if missing:
        raise Trouble(str(missing))


def write(t, name, data):
    path = os.path.join(t.base, name)
    with open(path, "wb") as file:
        file.write(data if isinstance(data, bytes) else data.encode())
    return path


def mapping(constants=None, **fields):
    made = json.loads(json.dumps(MAPPING))
    made["fields"].update(fields)
    for name, value in (constants or {}).items():
        if value is None:
            made["constants"].pop(name, None)
        else:
            made["constants"][name] = value
    for name in fields:
        made["constants"].pop(name, None)
    return made


def take(t, rows, made=None, *more, name="register"):
    """An import of a table given as text or bytes."""
    file = write(t, name + ".csv", rows)
    how = write(t, name + ".json", json.dumps(made or MAPPING, ensure_ascii=False))
    source = () if "--source" in more else ("--source", name)
    return do(t.office, "import", file, "--mapping", how, "--as", "olena", "--author", "mayor",
              "--rejects", os.path.join(t.base, name + ".rejects"), *source, *more)


def counts(done):
    return tuple(done.json.get(name) for name in ("imported", "rejected", "existing"))


def words(node, *typed, lang="uk", environment=None):
    """A command as a person sees it: exit code and bytes."""
    done = subprocess.run([BINARY, *typed, "--data", node.data, "--lang", lang], capture_output=True, timeout=60, stdin=subprocess.DEVNULL,
                          env={**os.environ, **(environment or {})})
    return done.returncode, done.stdout + done.stderr


def same(name, found, wanted):
    return check(name, found == wanted, f"{found!r}, wanted {wanted!r}")


def play():
    wanted = sys.argv[1:] or list(kinds)
    for departments in sorted({kinds[name][0] for name in wanted}):
        for name in [name for name in wanted if kinds[name][0] == departments]:
            town = Town(name, departments)
            say(name + ": " + (kinds[name][1].__doc__ or ""))
            try:
                kinds[name][1](town)
            except Exception as error:
                check(f"{name} as a whole", False, repr(error)[:400])
            finally:
                town.end()
