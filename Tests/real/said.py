#!/usr/bin/env python3
"""What every command says to people: its help, a real answer and its refusals, in both languages, as a pipe has them.

The commands are those of the program's own help; one that is new and has no scene here is a failure. Each line is held against `lint`. With
`SAID=FILE` all that was said is written there. Prints `N passed, N failed`.
"""
import contextlib
import json
import os
import re
import subprocess

import said_words
import town as shared
from town import BINARY, Town, check, say

MAPPING = """{"source": "csv", "delimiter": ";", "key": "номер", "constants": {"channel": "post", "kind": "application",
 "subjectType": "individual"}, "fields": {"lastName": "прізвище", "receivedAt": {"column": "дата", "format": "dd.mm.yyyy"}, "text": "зміст"}}"""
# What a city of one machine cannot bring about: the refusal is what is looked at.
REFUSED_ONLY = {
    "administrator name": "an office without an administrator cannot be made by commands",
    "conformance": "Tests/real/conformance.py plays it whole",
    "tray show": "needs a broken row or an office restored without its departments; RecoveryTrayTests has them",
    "tray dismiss": "as tray show",
    "erasure confirm": "needs a receipt without a seal", "erasure reject": "needs a receipt without a seal",
    "node distrust": "needs a department that was ahead of its office",
    "serve": "says nothing but its log",
    "open": "the page with the start code waits for a person; Tests/real/web.py opens it",
    "account reset": "an account is made in a browser; Tests/real/access.py resets one",
}
DONE = (0, 3, 20)
told = []
# What was said otherwise once, and what is said instead; each is heard in the scenes.
SAYINGS = [
    (r"прийнято\. Прийнято", r"^Відповідь прийнято\.$"), (r"Законний строк", r"Строк за законом: \d\d\.\d\d\.\d{4}"),
    (r"Контрольний строк: (\S+ \S+); .*\1", r"Контрольний строк: той самий"), (r"БІДА|Бід:", r"\[ПРОБЛЕМА\]"), (r"\bБіди?\b", r"Проблем: \d"),
    (r"Прочитав · З", r"Прочитано +Усього"), (r"Надійно збережено двічі", r"У двох місцях: \d+ з \d+ дій"),
    (r"не раніше чинного строку", r"строк минув .*; продовжити можна було лише до нього"), (r"вирішено, №", r"Центр вирішив"),
    (r"\b(slice|node):\w", r"прочитав підрозділ «Департамент ЖКГ»"), (r"Тримають", r"Є в підрозділів: Департамент ЖКГ"),
    (r"\(control\)", r"Звернення не на контролі"), (r"body\.", r"Доручає: Управління доріг"), (r"Вжиток", r"Використання:"),
    (r"\bregistrar\b.*чинна", r"реєстратор +чинна"), (r"was revoked", r"допуск вузла скасовано"),
    (r"cannot be reached|Failed to connect", r"за цією адресою ніхто не відповідає"),
]


def run(words, lang, columns=None, directory=None):
    environment = {"PATH": "/usr/bin:/bin", "LANG": "uk_UA.UTF-8", "HOME": "/nonexistent"}
    if columns:
        environment["COLUMNS"] = str(columns)
    typed = [BINARY, *words, "--lang", lang] + (["--data", directory] if directory else [])
    done = subprocess.run(typed, capture_output=True, timeout=120, stdin=subprocess.DEVNULL, env=environment)
    return done.returncode, (done.stdout + done.stderr).decode("utf-8", "replace")


def names():
    text = run(["help"], "uk")[1]
    return [line[2:23].strip() for line in text.splitlines() if re.match(r"  [a-z]", line) and not line.startswith("  kartoteka")]


class Teller:
    """Runs commands at nodes in one language, and keeps what they said."""

    def __init__(self, town, lang, commands):
        self.town, self.lang, self.commands = town, lang, commands
        self.term, self.extended, self.received = said_words.days()

    def __call__(self, node, command, *words, ok=True):
        directory = node.data if hasattr(node, "data") else node
        exit, text = run([*command.split(), *words], self.lang, directory=directory)
        name = next((name for name in sorted(self.commands, key=len, reverse=True) if (command + " ").startswith(name + " ")), command)
        # The name of the town's directory is drawn, and may look like a word of a program.
        def plain(said):
            return said.replace(self.town.base, "/tmp/kartoteka")

        told.append((name, self.lang, [plain(word) for word in words], exit, plain(text)))
        if ok and exit not in DONE:
            check(f"{command} {' '.join(words)[:60]} ({self.lang}) is done", False, f"exit {exit}: {text[:300]}")
        self.last = text
        return text

    def register(self, name, *more, node=None):
        text = self(node or self.town.office, "appeal register", "--as", "olena" if node is None else "head-d1", "--name", name, "--text",
                    "Немає води з понеділка", "--heading", "090", "--address", "вул. Спаська, 5", *more)
        found = re.search(r"\b([А-ЯҐЄІЇ]{1,2}-\d+|[A-Z0-9]+-[А-ЯҐЄІЇ]{1,2}-\d+|D1-[А-Я]-\d+)", text)
        return found.group(1) if found else ""


def settle(t):
    missing = t.wait_in_step()
    if missing:
        raise shared.Trouble(str(missing))


def city():
    t = Town("said", 2)
    o = t.office
    for user, name, place in [
        ("admin", "Сидоренко Ольга Петрівна", "urz"), ("olena", "Коваль Олена Іванівна", "urz"), ("mayor", "Вілкул Юрій Григорович", "urz"),
        ("head-d1", "Бондар Ганна Іванівна", "d1"), ("exec-d1", "Сидор Павло Ілліч", "d1"),
        ("head-d2", "Гончар Іван Петрович", "d2"), ("exec-d2", "Мельник Ірина Олегівна", "d2"),
    ]:
        o.run("person", "add", user, "--as", "admin", "--department", place, "--name", name)
    o.run("department", "add", "d1", "--as", "admin", "--name", "Департамент ЖКГ", "--code", "ЖКГ")
    o.run("department", "add", "d2", "--as", "admin", "--name", "Управління доріг", "--code", "ДОР")
    settle(t)
    return t


# ── scenes: each command once where it has something to say


def directory(s):
    o, l = s.town.office, s.lang
    s(o, "status")
    s(o, "department add", "osv-" + l, "--as", "admin", "--name", "Управління освіти " + ("" if l == "uk" else "друге"))
    s(o, "department list")
    for place in ("urz", "d1"):
        s(o, "person add", f"nova-{l}-{place}", "--as", "admin", "--department", place, "--name", "Новак Ніна")
    user = f"nova-{l}-urz"
    s(o, "role grant", user, "inspector", "--as", "admin")
    s(o, "role grant", f"nova-{l}-d1", "executor", "--as", "admin", "--department", "d1")
    s(o, "role grant", user, "head", "--as", "admin", "--department", "d1", "--substitution", "Наказ № 5")
    s(o, "role list")
    s(o, "person show", user)
    s(o, "person list")
    s(o, "role revoke", user, "inspector", "--as", "admin", "--reason", "Звільнення")
    s(o, "person add", f"nova-{l}-d1", "--as", "admin", "--department", "d2", "--name", "Новак Ніна")
    s(o, "person leave", user, "--as", "admin", "--reason", "Звільнення")
    s(o, "person show", user)
    s(o, "street put", "spaska", "--as", "admin", "--type", "вул.", "--name", "Спаська", "--district", "Центральний",
      "--former", "вул. Орджонікідзе до 2016-02-19", "--houses", "1-47 непарні = Саксаганський")
    s(o, "street import", os.path.join(shared.ROOT, "deploy", "data", "streets.csv"), "--as", "admin")
    s(o, "street list")
    s(o, "street show", "spaska")
    s(o, "street show", "вул. Спаська, 5")
    calendar = o.run("calendar", "show")["calendar"]
    path = os.path.join(s.town.base, f"calendar-{l}.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(dict(calendar, version=calendar["version"] + "-" + l, extraDaysOff=["2026-12-28"]), file)
    s(o, "calendar put", "--as", "admin", "--file", path)
    s(o, "calendar put", "--as", "admin", "--file", path, ok=False)
    s(o, "calendar show")


def life(s):
    """One appeal from its registration to its end, and what is looked up on the way."""
    o, (d, d2), t = s.town.office, s.town.departments, s.town
    a = s.register("Петренко Іван Іванович", "--phone", "0561234567", "--priority", "--reply", "paper", "--sex", "male", "--question",
                   "Вода", "--question", "Каналізація", "--heading", "090", "--problem-address", "вул. Спаська, 7", "--district", "Центральний")
    s(o, "contact add", a, "--as", "olena", "--email", "a@example.com")
    s(o, "contact remove", a, "--as", "olena", "--email", "a@example.com")
    s(o, "appeal note", a, "--as", "olena", "--text", "Передзвонити о 10:00")
    s(o, "appeal correct", a, "--as", "olena", "--set", "external=№ 7", "--set", "confidential=true", "--set", "applicant.socialStatus=8.1")
    s(o, "appeal correct", a, "--as", "olena", "--set", "channel=email")
    s(o, "resolution issue", a, "--as", "olena", "--author", "mayor", "--text", "Розглянути", "--main", "d1", "--co", "d2",
      "--issues", "d1=1", "--issues", "d2=2", "--term", s.term)
    s(o, "receipt correct", a, "--as", "olena", "--received", s.received, "--reason", "Штамп на конверті")
    settle(t)
    s(d, "status")
    s(d, "work", "--as", "head-d1")
    s(d, "assignment accept", a, "--as", "head-d1", "--person", "exec-d1")
    s(d, "assignment person", a, "--as", "head-d1", "--person", "head-d1")
    s(d, "assignment person", a, "--as", "head-d1", "--person", "exec-d1")
    s(d2, "assignment accept", a, "--as", "head-d2", "--person", "exec-d2")
    s(d, "work", "--as", "exec-d1")
    s(d, "answer draft", a, "--as", "exec-d1", "--text", "Роботи тривають", "--preliminary")
    s(d, "feedback add", a, "--as", "exec-d1", "--how", "phone", "--words", "Дякую, вода є")
    s(d, "document add", a, "--as", "exec-d1", "--document", "act", "--number", "17")
    s(d, "answer draft", a, "--as", "exec-d1", "--text", "Водопостачання відновлено", "--result", "satisfied")
    s(d, "answer approve", a, "--as", "head-d1")
    s(d, "answer submit", a, "--as", "exec-d1")
    s(d2, "answer draft", a, "--as", "exec-d2", "--text", "Люк закрито", "--result", "explained")
    s(d2, "answer approve", a, "--as", "head-d2")
    s(d2, "answer submit", a, "--as", "exec-d2")
    settle(t)
    s(o, "answer return", a, "--as", "olena", "--assignment", "d1", "--reason", "Додайте дату")
    settle(t)
    s(d, "appeal list", "--returned")
    s(d, "answer submit", a, "--as", "exec-d1")
    settle(t)
    s(o, "work", "--as", "olena")
    s(o, "answer accept", a, "--as", "olena", "--assignment", "d1")
    s(o, "answer accept", a, "--as", "olena", "--assignment", "d2")
    settle(t)
    s(d, "answer dispatch", a, "--as", "exec-d1", "--to", "applicant", "--by", "paper", "--number", "12/5")
    settle(t)
    s(o, "term extend", a, "--as", "olena", "--by", "mayor", "--to", s.extended, "--reason", "Обстеження")
    s(o, "control remove", a, "--as", "olena", "--author", "mayor", "--basis", "Вирішено")
    s(o, "control return", a, "--as", "olena", "--author", "mayor", "--reason", "Заявник скаржиться знову")
    s(o, "control remove", a, "--as", "olena", "--author", "mayor", "--basis", "Перевірено на місці")
    settle(t)
    for node in (o, d):
        for reader in ((), ("--as", "olena" if node is o else "head-d1")):
            s(node, "appeal show", a, *reader)
            s(node, "appeal history", a, *reader)
            s(node, "sync explain", a, *reader)
            s(node, "deadline explain", a, *reader)
    s(o, "appeal history", a, "--verbose")
    s(o, "appeal show", a, "--verbose")
    s(o, "deadline explain", "--received", "2026-05-14T18:40:00", "--channel", "email", "--basis", "fifteenDays")
    # Of so many days in a row one at least is a working day, on which both terms fall together.
    for days in range(3, 9):
        s(o, "appeal show", s.register("Яремчук Іван Ілліч", "--basis", f"shortened:{days}"))
    s(o, "appeal list")
    s(o, "appeal list", "--limit", "1")
    s(o, "appeal list", "--overdue")
    free = s.register("Дуб Ігор Петрович")
    s(o, "resolution issue", free, "--as", "olena", "--author", "mayor", "--text", "Розглянути", "--main", "d1", "--no-control")
    s(o, "control remove", free, "--as", "olena", "--author", "mayor", "--basis", "Вирішено", ok=False)
    for decision in ("adopt", "decline"):
        s(o, "resolution issue", free, "--as", "olena", "--author", "mayor", "--text", "Інакше", "--main", "d2" if decision == "adopt" else "d1")
        s(o, "conflict list")
        s(o, "appeal show", free)
        s(o, "held " + decision, free, "--as", "mayor", "--reason", "Так вирішено")


def endings(s):
    o = s.town.office
    for name, more in [
        ("appeal forward", ("--to", "Водоканал", "--number", "77")), ("appeal return", ("--reason", "Немає підпису")),
        ("appeal withdraw", ("--reason", "Заява заявника")), ("appeal dismiss", ("--ground", "repeated", "--reason", "Вирішено раніше")),
        ("appeal explain", ("--by", "phone", "--text", "Куди звернутися")), ("appeal conclude", ("--register", "журнал 2025", "--result", "satisfied")),
    ]:
        a = s.register("Сич Ганна Іванівна", "--kind", "complaint", "--channel", "portal")
        s(o, "control put", a, "--as", "olena", "--author", "mayor", "--reason", "На контроль")
        s(o, name, a, "--as", "olena", "--author", "mayor", *more)
        s(o, "appeal show", a)
        s(o, "appeal history", a)
    erased = s.register("Стертий Степан")
    s(o, "appeal erase", erased, "--as", "admin", "--reason", "Акт № 5", "--confirm", erased)
    s(o, "appeal show", erased, ok=False)


def late(s):
    """A department is away; what it did meanwhile waits for a decision."""
    o, d, t = s.town.office, s.town.departments[0], s.town
    held = [s.register(f"Гай {n} Петрович") for n in ("Петро", "Семен", "Олег", "Юрій")]
    for a in held:
        s(o, "resolution issue", a, "--as", "olena", "--author", "mayor", "--text", "Розглянути", "--main", "d1")
    settle(t)
    for a in held[:3]:
        s(d, "assignment accept", a, "--as", "head-d1", "--person", "exec-d1")
    settle(t)
    s(d, "assignment decline", held[3], "--as", "head-d1", "--reason", "Не в компетенції", "--suggested", "d2")
    settle(t)
    s(o, "work")
    s(o, "appeal list", "--declined")
    s(o, "appeal show", held[3])
    d.stop()
    s(d, "status")
    s(d, "sync status")
    s(d, "doctor", ok=False)
    for a in held[:3]:
        s(d, "feedback add", a, "--as", "exec-d1", "--how", "meeting", "--words", "Вода є")
        s(d, "answer draft", a, "--as", "exec-d1", "--text", "Відновлено", "--result", "satisfied")
        s(d, "answer approve", a, "--as", "head-d1")
        s(d, "answer submit", a, "--as", "exec-d1")
        s(d, "appeal correct", a, "--as", "exec-d1", "--set", "applicant.address=вул. Миру, 9")
        s(d, "appeal show", a)
        s(d, "sync explain", a)
        s(d, "appeal history", a)
        s(o, "appeal correct", a, "--as", "olena", "--set", "applicant.address=вул. Миру, 11")
    s(o, "resolution issue", held[0], "--as", "olena", "--author", "mayor", "--text", "Передати дорожникам", "--main", "d2", "--supersedes", "main")
    s(o, "resolution issue", held[1], "--as", "olena", "--author", "mayor", "--text", "Передати дорожникам", "--main", "d2", "--supersedes", "main")
    s(o, "assignment recall", held[2], "--as", "olena", "--assignment", "d1", "--reason", "Помилково")
    s(o, "sync status")
    s(o, "status")
    d.start()
    settle(t)
    s(o, "conflict list")
    s(o, "conflict list", "--as", "mayor")
    s(o, "work")
    s(o, "status")
    for a in held:
        s(o, "appeal show", a)
        s(o, "sync explain", a)
    s(o, "appeal list", "--disputed")
    cases = [case for case in o.run("conflict", "list", ok=(0, 20))["cases"]]
    for case in cases:
        s(o, "conflict show", case["id"])
    for a in held[:3]:
        s(o, "held adopt", a, "--as", "mayor", "--reason", "Роботу виконано", ok=False)
        s(o, "held decline", a, "--as", "mayor", "--reason", "Передано іншим", ok=False)
    for case in cases:
        shown = o.run("conflict", "show", case["id"], ok=None).json
        s(o, "conflict settle", case["id"], "--as", "mayor", "--choose", "zz", "--reason", "Так вирішено", ok=False)
        for choice in shown.get("case", {}).get("choices", [])[-1:]:
            s(o, "conflict settle", case["id"], "--as", "mayor", "--choose", choice, "--reason", "Так вирішено", ok=False)
    settle(t)
    for a in held:
        s(o, "appeal show", a)
        s(o, "appeal history", a)
        s(d, "appeal show", a, ok=False)
        s(d, "sync explain", a, ok=False)
    s(d, "appeal list", "--departed")
    s(d, "work")
    s(d, "tray list")
    for item in d.run("tray", "list", ok=None).json.get("items", []):
        s(d, "tray show", str(item.get("id")))
    items = d.run("tray", "list", ok=None).json.get("items", [])
    if items:
        s(d, "tray dismiss", str(items[0].get("id")))
    s(o, "sync debts")
    s(d, "sync debts")


def upkeep(s):
    """Nodes, copies, imports, the machine."""
    t, o, d, l = s.town, s.town.office, s.town.departments[0], s.lang
    s(o, "sync status")
    s(d, "sync status")
    s(d, "sync now")
    s(o, "doctor", ok=False)
    s(d, "doctor", ok=False)
    s(o, "node list")
    s(o, "tray list")
    token = os.path.join(t.base, "token-" + l)
    s(o, "invite", "osv-" + l, "--as", "admin", "--out", token)
    s(o, "invitation withdraw", "osv-" + l, "--as", "admin")
    s(o, "invite", "osv-" + l, "--as", "admin", "--out", token)
    other = os.path.join(t.base, "osv-" + l)
    s(other, "init department", "--node", "osv-" + l)
    s(other, "join", "--invitation", token)
    s(other, "join", "--invitation", token, ok=False)
    s(o, "node renew", "osv-" + l, "--as", "admin")
    s(other, "sync now", ok=False)
    s(o, "node list")
    s(o, "node confirm", "--as", "admin")
    s(o, "node revoke", "osv-" + l, "--as", "admin")
    away = shared.Node(t, "osv-" + l)
    t.nodes["osv-" + l] = away
    away.start()
    shared.wait("the refusal", lambda: "revoked" in away.run("sync", "status", ok=None).text, patience=20, pause=0.3)
    for command in ("sync status", "sync now", "status", "doctor", "work"):
        s(away, command, ok=False)
    away.stop()
    s(o, "node wiped", "osv-" + l, "--as", "admin")
    s(o, "node list")
    key = 100 if l == "uk" else 200
    rows = "номер;прізвище;дата;зміст\n" + "".join(f"{key + n};Бойко;01.10.2026;Яма на дорозі\n" for n in range(5))
    rows += f"{key + 9};Бойко;31.02.2026;Яма\n"
    table, how = os.path.join(t.base, f"register-{l}.csv"), os.path.join(t.base, f"register-{l}.json")
    for path, text in ((table, rows), (how, MAPPING)):
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
    s(o, "import", table, "--as", "olena", "--suggest", how + ".first")
    for more in (("--dry-run",), ("--rejects", how + ".rejects"), ()):
        s(o, "import", table, "--mapping", how, "--as", "olena", "--source", "село", *more)
    old = next(row["index"] for row in t.pages(o) if row["index"].startswith("Б-"))
    s(o, "term extend", old, "--as", "olena", "--by", "mayor", "--to", s.extended, "--reason", "Обстеження", ok=False)
    s(o, "appeal list", "--overdue")
    o.stop()
    shared.wait("the line to be down", lambda: d.run("sync now", ok=None).exit == 22, patience=20, pause=0.5)
    for command in ("sync now", "sync status", "status", "doctor"):
        s(d, command, ok=False)
    s(other, "join", "--invitation", token, ok=False)
    o.start()
    copy = os.path.join(t.base, "copy-" + l)
    s(o, "backup create", copy, "--with-keys")
    s(o, "backup verify", copy)
    new = os.path.join(t.base, "new-" + l)
    s(new, "restore", copy, "--keys", copy + ".keys")
    s(new, "serve", ok=False)
    s(new, "restore", "--declare")
    for command in ("status", "doctor", "sync status", "work", "node list", "node confirm --as admin", "administrator name olena --reason Усі звільнилися"):
        s(new, command, ok=False)
    for table in ("value", "row", "operation", "stream", "tenure", "origin"):
        s(o, "inspect " + table, "--limit", "5")
    s(None, "completion bash")
    s(None, "manual", os.path.join(t.base, "man-" + l))
    s(None, "version")
    found = os.path.join(t.base, "found-" + l)
    s(found, "init office", "--node", "nov", "--name", "Нове управління", "--admin", "a", "--admin-name", "Сидоренко Ольга", "--port",
      str(shared.free_port()), "--enrol-port", str(shared.free_port()))
    s(found, "status")
    s(found, "doctor", ok=False)
    s(found, "account list")
    s(o, "web trust", ok=False)
    s(found, "work")
    s(found, "appeal list")
    s(o, "serve", ok=False)


def refusals(s):
    """Each command without what it needs, and with what is not there; nobody may, nothing is found."""
    values = {"USER": "nikoho", "DEPT": "nemaie", "APPEAL": "Щ-999", "ID": "999", "CASE": "999", "ROLE": "head", "FILE": "/nonexistent/file",
              "DIR": "/nonexistent/dir", "DATE": "2026-13-45", "TIME": "вчора", "CODE": "zz", "N": "0", "WHOM": "нікому", "ASSIGNMENT": "немає"}
    t = s.town
    for name in s.commands:
        if name in ("serve", "conformance", "open"):
            continue
        usage = run(["help", *name.split()], "uk")[1]
        usage = re.search(r"Використання:\n(.*?)\n\n", usage, re.S).group(1)
        usage = re.sub(r"\[[^\]]*\]\]?|\[:ROLE\]", " ", usage.replace("[:ROLE]", ""))
        needed = usage.replace("kartoteka " + name, " ").split()
        typed, mine = [], []
        for word in needed:
            word = word.split("|")[0]
            typed.append(word if word.startswith("--") else values.get(word, "щось"))
        mine = [("olena" if given == "nikoho" else "d1" if given == "nemaie" else given) for given in typed]
        if needed:
            s(t.office, name, ok=False)
        s(t.office, name, *typed, ok=False)
        s(t.office, name, *mine, "--zzz", "1", ok=False)
        if not name.startswith(("init", "restore", "manual", "completion", "backup", "join", "inspect")):
            s(t.departments[0], name, *mine, ok=False)
    s(t.office, "apeal list", ok=False)
    s("/nonexistent/node", "status", ok=False)
    s(None, "conformance", ok=False)
    # All nodes of one machine want the same port for browsers, and the first has it.
    s(t.departments[0], "open", ok=False)


def helps(commands):
    words = said_words.Words(commands, set())
    for lang in ("uk", "en"):
        for columns in (None, 60):
            pages = [name.split() for name in commands] + [[], ["codes"]] + [[group] for group in sorted({n.split()[0] for n in commands})]
            wrong = []
            for page in pages:
                exit, text = run(["help", *page], lang, columns)
                wrong += [f"help {' '.join(page)}: exit {exit}"] if exit else []
                wrong += [f"help {' '.join(page)}: {fault}" for fault in words.help(text, columns or 80)]
                if lang == "en" and page != ["import"]:
                    wrong += [f"help {' '.join(page)}: Cyrillic {line}" for line in text.split("\nExample")[0].splitlines() if said_words.CYRILLIC.search(line)]
            check(f"help in {lang}, {columns or 80} columns", not wrong, "\n    ".join([f"{len(wrong)} faults", *wrong[:40]]))


def play():
    commands = names()
    helps(commands)
    town = city()
    try:
        tellers = [Teller(town, lang, commands) for lang in ("uk", "en")]
        for s, scene in [(s, scene) for s in tellers for scene in (directory, life, endings, late, upkeep)] + [(s, refusals) for s in tellers]:
            say(f"{scene.__name__} ({s.lang})")
            try:
                scene(s)
            except Exception as error:
                check(f"{scene.__name__} ({s.lang}) as a whole", False, repr(error)[:400])
    finally:
        town.end()
        if os.environ.get("SAID"):
            with open(os.environ["SAID"], "w", encoding="utf-8") as file:
                for name, lang, words, exit, text in told:
                    file.write(f"### {lang} {name} {' '.join(words)} → {exit}\n{text}\n")
    judge(commands)


def judge(commands):
    """Each command was heard and says what people read; what was said otherwise once is said rightly."""
    codes = set(re.findall(r"^ +([a-zA-Z0-9.]+)(?: |$)", run(["help", "codes"], "en")[1], re.M)) | {"zz", "active", "all"}
    words = said_words.Words(commands, codes)
    said_words.DATA.update(word for _, _, typed, _, _ in told for value in typed for word in said_words.split(value) if said_words.CYRILLIC.search(word))
    for name in commands:
        for lang in ("uk", "en"):
            mine = [one for one in told if one[:2] == (name, lang)]
            check(f"{name} ({lang}) was heard", [one for one in mine if one[3] in DONE] or name in REFUSED_ONLY and mine)
            faults = []
            for _, _, typed, exit, text in mine:
                values = [value for value in typed if len(value) > 3]
                faults += words.lint(name, lang, text, values, exit not in DONE)
            faults = list(dict.fromkeys(faults))
            check(f"{name} ({lang}) says what people read", not faults, "\n    ".join([f"{len(faults)} faults", *faults[:12]]))
    everything = "\n".join([said_words.whole(text) for name, lang, _, _, text in told if lang == "uk" and name not in said_words.VERBATIM] + [run(["help", "status"], "uk")[1]])
    for never, instead in SAYINGS:
        found = re.search(never, everything, re.M)
        check(f"nobody says {never}", not found, found and everything[max(0, found.start() - 100):found.end() + 100])
        check(f"somebody says {instead}", re.search(instead, everything, re.M))


shared.main(play)
