#!/usr/bin/env python3
"""What people type, import and look for, as tables of inputs and what is right: the kinds of faults that users of other systems report.

Prints `N passed, N failed`. A kind by its name: `entered.py phones dates`."""
import json
import os
import re

import town as shared
from kinds import HEAD, counts, do, given, issue, kind, mapping, play, register, same, settle, shown, take, words, write
from town import check

# ── parties of complaints (law, Article 7)


@kind(1)
def parties(t):
    """However whom a complaint is about was typed, the complaint does not go there: it is recognised, refused, or blocks until somebody chose."""
    spellings = ["d1", "D1", " d1", "d1 ", "Відділ d1", "відділ d1", "ВІДДІЛ D1", "Вiддiл d1", "Відділ  d1", "Відділ\u00a0d1", "Відділом d1", "dl", "d11"]
    for typed in spellings:
        card = register(t, "Царук Ганна", "Скарга", "--kind", "complaint", "--complained-against", typed)
        went = card.exit == 0 and issue(t, card["registrationIndex"]).exit == 0
        check(f"a complaint about {typed!r} does not go to d1", not went, card.text[:200])
    for typed in ["d1", "Відділ d1", "відділ D1"]:
        index = register(t)["registrationIndex"]
        set_ = do(t.office, "appeal", "correct", index, "--as", "olena", "--set", "complainedAgainst=" + typed)
        check(f"nor one that a correction makes of it, typed {typed!r}", set_.exit != 0 or issue(t, index).exit != 0, set_.text[:200])
    rows = HEAD + ";на кого;кому\n" + "".join(f"{n};Щур;01.10.2026;Скарга;{typed};d1\n" for n, typed in enumerate(spellings[:8]))
    take(t, rows, mapping({"kind": "complaint"}, complainedAgainst="на кого", department="кому"))
    check("nor one that an import brings", not [r for r in t.pages(t.office) if r["main"] == "d1"], str(t.pages(t.office))[:300])
    # Persons: by id and by name.
    for typed in ["person:exec-d1", "person:EXEC-D1"]:
        index = register(t, "Царук Ганна", "Скарга", "--kind", "complaint", "--complained-against", typed)
        if not check(f"{typed} is known", index.exit == 0, index.text[:200]):
            continue
        index = index["registrationIndex"]
        issue(t, index)
        # NB: who asks without a name is shown no complaint about people of the node, nor counts it.
        shared.wait("the complaint at d1", lambda: do(t.departments[0], "appeal", "show", index, "--as", "head-d1").exit == 0)
        done = do(t.departments[0], "assignment", "accept", index, "--as", "head-d1", "--person", "exec-d1")
        check(f"{typed} gets no complaint about {typed}", done.exit != 0, done.text[:200])
        check(f"{typed} reads none either", do(t.departments[0], "appeal", "show", index, "--as", "exec-d1").exit != 0)


# ── names of what is there


@kind(2)
def nobody(t):
    """What is named is there: people, departments, appeals."""
    office, wrong = t.office, []
    index = given(t)
    for typed in [
        ("role", "grant", "nobody", "registrar", "--as", "admin"),
        ("role", "grant", "olena", "head", "--as", "admin", "--department", "nodept"),
        ("role", "grant", "olena", "head", "--as", "admin"),
        ("role", "grant", "exec-d1", "leader", "--as", "admin", "--department", "d1"),
        ("role", "grant", "exec-d1", "executor", "--as", "admin", "--department", "d2"),
        ("person", "add", "newone", "--as", "admin", "--department", "nodept", "--name", "Нова"),
        ("resolution", "issue", index, "--as", "olena", "--author", "nobody", "--text", "x", "--main", "d2", "--supersedes", "main"),
        ("resolution", "issue", index, "--as", "olena", "--author", "mayor", "--text", "x", "--main", "nodept", "--supersedes", "main"),
        ("department", "add", "d3", "--as", "admin", "--name", "Відділ d3", "--code", "D1"),
        ("department", "add", "d3", "--as", "admin", "--name", "Відділ d3", "--code", "d2"),
    ]:
        done = do(office, *typed)
        check("is refused: " + " ".join(typed[:6]), done.exit != 0, done.text[:160])
    done = do(t.departments[0], "assignment", "accept", index, "--as", "head-d1", "--person", "nobody")
    check("nobody is no executor", done.exit != 0, done.text[:160])
    for option in ("--repeat-of", "--duplicate-of"):
        code, out = words(office, "appeal", "register", "--as", "olena", "--name", "Дубина", "--text", "Знову", option, "Щ-999")
        check(f"{option} of an appeal that is not here is said or refused", code != 0 or "Щ-999" in out.decode(), out.decode()[:160])
    code, out = words(office, "appeal", "correct", index, "--as", "olena", "--set", "repeatOf=Щ-999")
    check("so does a correction", code != 0 or "Щ-999" in out.decode(), out.decode()[:160])


@kind(2)
def roles(t):
    """A role ends when it is said to have ended; who leaves or moves keeps none unseen; the last administrator stays."""
    office = t.office
    done = do(office, "role", "revoke", "exec-d1", "executor", "--as", "admin", "--reason", "Звільнено")
    still = [r for r in do(office, "role", "list")["roles"] if "revoked" not in r and r["entry"].endswith("exec-d1/executor")]
    check("revoking what is not in force is refused, or revokes what is", done.exit != 0 or not still, done.text[:160])
    done = do(office, "role", "revoke", "exec-d1", "clerk", "--as", "admin", "--department", "d1", "--reason", "Звільнено")
    check("a role that the person does not have is not revoked, and those are told that are", done.exit != 0 and "executor" in done.text, done.text[:300])
    code, out = words(office, "person", "add", "exec-d1", "--as", "admin", "--department", "d2", "--name", "Переведений")
    settle(t)
    index = given(t)
    acts = do(t.departments[0], "appeal", "note", index, "--as", "exec-d1", "--text", "Досі тут").exit == 0
    check("who moves keeps no role unsaid", not acts or any(w in out.decode() for w in ("executor", "role revoke", "виконавець")), out.decode()[:300])
    done = do(office, "role", "revoke", "admin", "administrator", "--as", "admin", "--reason", "Звільнено")
    check("the last administrator cannot be revoked", done.exit != 0, done.text[:160])
    done = do(office, "person", "add", "admin", "--as", "admin", "--department", "d1", "--name", "Сидоренко О.")
    check("nor move away", done.exit != 0, done.text[:160])
    check("and goes on", do(office, "role", "grant", "olena", "administrator", "--as", "admin").exit == 0)
    check("with a second one the first can go", do(office, "role", "revoke", "admin", "administrator", "--as", "olena", "--reason", "x").exit == 0)


@kind()
def calendars(t):
    """A version of the calendar is written once."""
    calendar = do(t.office, "calendar", "show")["calendar"]

    def put(changed, name):
        return do(t.office, "calendar", "put", "--as", "admin", "--file", write(t, name, json.dumps(changed, ensure_ascii=False)))

    other = put(dict(calendar, extraDaysOff=["2026-12-28", "2026-12-29"]), "other.json")
    check("another calendar is not put under the same version", other.exit != 0, other.text[:160])
    newer = put(dict(calendar, version=calendar["version"] + "-a", extraDaysOff=["2026-12-28"]), "newer.json")
    check("a new version is", newer.exit == 0, newer.text[:200])


# ── text


@kind()
def invisible(t):
    """What cannot be seen is no name and no text; what surrounds a value is no part of it; nothing moves a terminal."""
    for name, text in [
        ("\u200b", "Яма"), ("Дубина", "\u200b\u2060"), (" \u00a0 ", "Яма"), ("\ufeff", "Яма"), ("\u2066\u2069", "Яма"), ("Дубина", "\x1b"), ("’’’", "Яма"),
        ("1234", "Яма"), ("-", "Яма"), ("Дубина", "\u00ad\u200e"),
    ]:
        check(f"name {name!r} with text {text!r} is refused", register(t, name, text).exit != 0)
    card = register(t, " \ufeffДубина \u00a0 Олег\u200b ", "\ufeffНемає води\r\nдругий день  ")
    seen = shown(t.office, card["registrationIndex"])["registers"]
    same("outer and double spaces and marks are no part of a name", seen["applicant.name"], "Дубина Олег")
    same("nor of a text, whose lines stay", seen["text"], "Немає води\nдругий день")
    path = write(t, "notepad.txt", b"\xef\xbb\xbf" + "Немає води".encode())
    card = do(t.office, "appeal", "register", "--as", "olena", "--name", "Дубина", "--text-file", path)
    same("a file of Notepad has no mark in its words", shown(t.office, card["registrationIndex"])["registers"]["text"], "Немає води")
    for name, text in [("Сич\x1b[2J Олег", "Рядок\x1b]0;чуже\x07\x1b[31m"), ("Сич\u202eгелО", "Рядок\u2066\x9b2J")]:
        card = register(t, name, text)
        if card.exit:
            check("what would move a terminal is refused", True)
            continue
        for view in (("appeal", "show", card["registrationIndex"]), ("appeal", "list"), ("appeal", "history", card["registrationIndex"])):
            out = words(t.office, *view)[1].decode()
            found = [hex(ord(c)) for c in out if ord(c) < 32 and c not in "\n\t" or 0x7F <= ord(c) < 0xA0 or c in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"]
            check(f"{' '.join(view[:2])} prints none of what would move a terminal", not found, str(found))


@kind(1)
def alike(t):
    """What a reader cannot tell apart is one value; what can be told apart stays two."""
    index = given(t, "--problem-address", "вул. Прем'єрська, 5")
    d = t.departments[0]

    def opened(typed):
        do(d, "appeal", "correct", index, "--as", "exec-d1", "--set", "problemAddress@1=" + typed)
        settle(t)
        return [c["value"] for c in shown(t.office, index)["conflicts"] if c["state"] == "open"]

    for typed in ["вул. Прем\u2019єрська, 5", "вул. Прем\u02bcєрська, 5", "вул. Прем'єрська, 5 ", "вул.  Прем'єрська, 5", "вул.\u00a0Прем'єрська, 5", "вул. Прем'єрськa, 5"]:
        same(f"{typed!r} is the same address", opened(typed), [])
    check("another house is another address", opened("вул. Прем'єрська, 7") != [])
    one, two = register(t, "Iваненко Петро")["registrationIndex"], register(t, "Іваненко Петро")["registrationIndex"]
    table = str.maketrans("ABCEHIKMOPTXY", "АВСЕНІКМОРТХУ")
    check("two numbers do not look alike", one.translate(table) != two.translate(table), f"{one} {two}")
    without = register(t, "Джонсон John", "Яма")
    latin = do(t.office, "appeal", "register", "--as", "olena", "--name", "Xavier Smith", "--text", "Яма")
    cyrillic = register(t, "Хоменко Олег", "Яма")
    numbers = [done["registrationIndex"].translate(table) for done in (without, latin, cyrillic) if done.exit == 0]
    same("nor do those of a Latin and a Cyrillic surname", len(set(numbers)), len(numbers))


STREETS = """id,type,name,district,former,houses
heroiv-ato,вул.,Героїв АТО,Металургійний,вул. Димитрова,
sadova,вул.,Садова,Довгинцівський,,
sadovyi,пров.,Садовий,Довгинцівський,,
zoriana-1,вул.,Зоряна,Тернівський,,
zoriana-2,вул.,Зоряна,Інгулецький,,
"""


@kind(1)
def addresses(t):
    """An address is the place that it means: one in two spellings is one, and what nobody can find says so."""
    path = write(t, "streets.csv", STREETS)
    do(t.office, "street", "import", path, "--as", "admin")
    settle(t)
    d = t.departments[0]

    def place(index):
        found = [a for a in shown(t.office, index)["addresses"] if a["register"] == "applicant.address"]
        return [found[0].get(part) for part in ("typed", "resolved", "street", "house", "flat")] if found else None

    for typed, wanted in [
        ("вул. Димитрова, 30, кв. 5", ["heroiv-ato", "30", "5"]),
        ("вулиця Героїв АТО, буд. 30-А", ["heroiv-ato", "30А", None]),
        ("на вулиці Садовій, 12 a", ["sadova", "12А", None]),
        ("м. Кривий Ріг, пров. Садовий, 12/2", ["sadovyi", "12/2", None]),
    ]:
        index = register(t, "Дубина Олег", "Немає води", "--address", typed)["registrationIndex"]
        same(f"{typed!r} is found, and kept as it was typed", place(index), [typed, True, *wanted])
        same(f"{typed!r} stands on the card", shown(t.office, index)["registers"]["applicant.address"], typed)
    for typed in ["вул. Невідома, 5", "м. Дніпро, вул. Садова, 3", "біля магазину"]:
        done = register(t, "Дубина Олег", "Немає води", "--address", typed)
        index = done["registrationIndex"]
        same(f"{typed!r} is not resolved", place(index)[:2], [typed, False])
        check(f"{typed!r} says so on the card", "не розпізнано" in words(t.office, "appeal", "show", index)[1].decode())
        same(f"{typed!r} is told at once", [a["typed"] for a in done["unresolvedAddresses"]], [typed])
    done = register(t, "Дубина Олег", "Немає води", "--address", "вул. Зоряна, 7")
    same("of two streets both are offered", done["unresolvedAddresses"][0]["streets"], ["zoriana-1", "zoriana-2"])
    index = done["registrationIndex"]
    do(t.office, "appeal", "correct", index, "--as", "olena", "--set", "applicant.address=вул. Зоряна, 7 #zoriana-2")
    same("and one can be chosen", place(index)[:3], ["вул. Зоряна, 7", True, "zoriana-2"])

    def opened(one, other):
        index = given(t, "--problem-address", "вул. Садова, 1")
        do(d, "appeal", "correct", index, "--as", "exec-d1", "--set", "problemAddress@1=" + one)
        do(t.office, "appeal", "correct", index, "--as", "olena", "--set", "problemAddress@1=" + other)
        settle(t)
        return len([c for c in shown(t.office, index)["conflicts"] if c["state"] == "open"])

    for one, other, wanted in [
        ("вул. Героїв АТО, 30", "вул. Димитрова, буд. 30", 0), ("вул. Садова, 12а", "Садова 12-А", 0),
        ("вул. Садова, 12, корп. 2", "вул. Садова 12 корпус 2", 0), ("вул. Садова, 12", "пров. Садовий, 12", 1),
        ("вул. Садова, 12", "вул. Садова, 12, корп. 2", 1), ("вул. Садова, 12, кв. 1", "вул. Садова, 12, кв. 2", 1),
    ]:
        same(f"{one!r} and {other!r} leave {wanted} to decide", opened(one, other), wanted)
    rows = "".join(f"{place + 1};Гай;01.10.2026;Яма;{typed}\n" for place, typed in enumerate(["вул. Димитрова, 3", "вул. Невідома, 1", "вул. Зоряна, 2"]))
    done = take(t, HEAD + ";місце\n" + rows, mapping(problemAddress="місце"), name="places")
    same("rows are taken whatever their addresses", counts(done), (3, 0, 0))
    same("and those that are not found are listed", [a["typed"] for a in done["unresolvedAddresses"]], ["вул. Невідома, 1", "вул. Зоряна, 2"])


@kind()
def phones(t):
    """One telephone in any spelling is one contact; what is none is refused."""
    index = register(t, "Дубина", "Яма", "--phone", "+380561234567")["registrationIndex"]
    for typed in ["0561234567", "+38 (056) 123-45-67", "380561234567", "8 056 123 45 67", "056-123-45-67", "+380\u00a056\u00a01234567"]:
        do(t.office, "contact", "add", index, "--as", "olena", "--phone", typed)
    found = [row["value"] for row in shown(t.office, index)["phones"]]
    same("seven spellings are one telephone", found, ["+380561234567"])
    for typed in ["0561234567 (сусідка)", "056 123-45-67 дод. 12"]:
        check(f"{typed!r} says more", do(t.office, "contact", "add", index, "--as", "olena", "--phone", typed).exit == 0)
    check("the same words again do not", do(t.office, "contact", "add", index, "--as", "olena", "--phone", "0561234567  (сусідка)").exit != 0)
    rows = shown(t.office, index)["phones"]
    same("and stands beside the number", [(row["value"], row.get("typed")) for row in rows],
         [("+380561234567", ["0561234567 (сусідка)", "056 123-45-67 дод. 12"])])
    for typed in ["0671234567 або 0501234567", "паспорт 123456789", "після 18:00", "1", "не-пошта", "0 50 000", "12345678901234567890", "+", "05612345678"]:
        check(f"{typed!r} is no telephone", do(t.office, "contact", "add", index, "--as", "olena", "--phone", typed).exit != 0)
    check("a foreign one is", do(t.office, "contact", "add", index, "--as", "olena", "--phone", "+48 22 123 45 67").exit == 0)
    for typed in ["не-пошта", "a@", "@b.ua", "a b@c.ua", "a@b"]:
        check(f"{typed!r} is no address of e-mail", do(t.office, "contact", "add", index, "--as", "olena", "--email", typed).exit != 0)
    check("k@example.org is", do(t.office, "contact", "add", index, "--as", "olena", "--email", "k@example.org").exit == 0)
    twice = register(t, "Дубина", "Яма", "--phone", "+380561234567", "--phone", "056 123 45 67")["registrationIndex"]
    same("nor is it two at registration", len(shown(t.office, twice)["phones"]), 1)


@kind(1)
def dates(t):
    """Every day that an act states lies between what comes before it and today, or is flagged."""
    index, d = register(t)["registrationIndex"], t.departments[0]
    for term in ("2020-01-01", "2099-01-01"):
        check(f"a resolution's term of {term} is refused", issue(t, index, "--term", term).exit != 0)
    issue(t, index)
    settle(t)
    for command, options in [("feedback", ("--how", "phone", "--words", "x")), ("document", ("--document", "act", "--number", "1"))]:
        for day in ("2099-01-01", "2020-01-01"):
            done = do(d, command, "add", index, "--as", "exec-d1", *options, "--date", day)
            if day > "2030":
                check(f"{command} of {day} is refused", done.exit != 0, done.text[:160])
    for day in ("2031-01-01", "2099-01-01"):
        done = do(t.office, "appeal", "register", "--as", "olena", "--name", "Дубина", "--text", "Яма", "--received", day + "T10:00:00")
        check(f"received on {day} is refused", done.exit != 0, done.text[:160])
    d.run("assignment", "accept", index, "--as", "head-d1", "--person", "exec-d1")
    d.run("feedback", "add", index, "--as", "exec-d1", "--how", "phone", "--words", "Вода є")
    d.run("answer", "draft", index, "--as", "exec-d1", "--result", "satisfied", "--text", "Відновлено")
    d.run("answer", "approve", index, "--as", "head-d1")
    d.run("answer", "submit", index, "--as", "exec-d1")
    settle(t)
    t.office.run("answer", "accept", index, "--as", "olena", "--assignment", "d1")
    settle(t)
    check("a dispatch of 2099 is refused", do(d, "answer", "dispatch", index, "--as", "exec-d1", "--to", "applicant", "--by", "email", "--date", "2099-01-01").exit != 0)
    sent = do(d, "answer", "dispatch", index, "--as", "exec-d1", "--to", "applicant", "--by", "email", "--number", "12/1", "--date", "2020-01-01")
    settle(t)
    card = shown(t.office, index)
    flagged = bool(card["disagreements"]) or any("flag" in fact for fact in card["facts"]) or "implausible" in json.dumps(card)
    check("one of before the appeal is refused or flagged", sent.exit != 0 or flagged, sent.text[:160])


@kind()
def limits(t):
    """Who is refused for a size is told both numbers, at every field of words."""
    index = register(t)["registrationIndex"]
    for typed in [
        ("appeal", "note", index, "--as", "olena", "--text", "ї" * 24_577),
        ("appeal", "register", "--as", "olena", "--name", "Дубина", "--text", "ї" * 24_577),
        ("appeal", "register", "--as", "olena", "--name", "Д" * 3_000, "--text", "Яма"),
        ("appeal", "register", "--as", "olena", "--name", "Дубина", "--address", "в" * 3_000, "--text", "Яма"),
    ]:
        code, out = words(t.office, *typed)
        check(f"{' '.join(typed[:2])}: the limit is named", code != 0 and len(re.findall(r"\d[\d \u00a0]*", out.decode())) >= 2, out.decode()[:200])
    for typed, allowed in [
        (("feedback", "add", index, "--as", "olena", "--how", "zz", "--words", "x"), "meeting"),
        (("appeal", "register", "--as", "olena", "--name", "Дубина", "--text", "Яма", "--heading", "zzz"), "020"),
        (("appeal", "correct", index, "--as", "olena", "--set", "applicant.sex=zzz"), "female"),
        (("appeal", "correct", index, "--as", "olena", "--set", "heading@1=zzz"), "zzz"),
        (("appeal", "correct", index, "--as", "olena", "--set", "applicant.category=zzz"), "zzz"),
    ]:
        code, out = words(t.office, *typed)
        check(f"{' '.join(typed[:2])} {typed[-1]}: what is allowed is named", code != 0 and allowed in out.decode(), out.decode()[:200])


# ── finding


@kind(1)
def finding(t):
    """A number is found however it is typed, by a part of it in a list, and where the appeal left."""
    for name in ("Жук", "Жила", "Коваль"):
        register(t, name)
    totals = {text: do(t.office, "appeal", "list", "--index", text)["total"] for text in ("Ж", "Ж-", "-1", "Ж-1", "ж-1")}
    same("a list finds a part of a number", totals, {"Ж": 2, "Ж-": 2, "-1": 2, "Ж-1": 1, "ж-1": 1})
    for typed in ("ж-1", " Ж-1 ", "Ж - 1", "Ж–1"):
        same(f"{typed!r} is Ж-1", shown(t.office, typed).get("registers", {}).get("index"), "Ж-1")
    index = given(t, name="Тополя Ірина")
    check("a Latin T is taken for the Cyrillic one", shown(t.office, index.replace("Т", "T")).get("registers", {}).get("index") == index)
    t.office.run("assignment", "recall", index, "--as", "olena", "--reason", "Помилка")
    settle(t)
    code, out = words(t.departments[0], "sync", "explain", index)
    check("where an appeal went is told by its number", code == 0, out.decode()[:200])
    # A department that is away: pages and counts hold for what was not sent too.
    d = t.departments[0]
    d.stop()
    for _ in range(12):
        do(d, "appeal", "register", "--as", "head-d1", "--name", "Граб", "--text", "Світло", "--addressee", "department")
    page = do(d, "appeal", "list", "--limit", "5")
    same("a page of unsent cards is a page, and all are counted", (len(page["appeals"]), page["total"]), (5, 12))


# ── import


@kind(1)
def numbers(t):
    """Imported numbers end no series and take nobody's; a number that was told finds its appeal."""
    take(t, HEAD + ";індекс\n1;Шульга;01.10.2026;Яма;Ш-999999999\n", mapping(registrationIndex="індекс"))
    check("a number of nines ends no series", register(t, "Шевчук Ірина").exit == 0)
    d = t.departments[0]
    d.stop()
    card = do(d, "appeal", "register", "--as", "head-d1", "--name", "Граб Семен", "--text", "Світло", "--addressee", "department")
    told = card["registrationIndex"]
    take(t, HEAD + f";індекс\n1;Гай;01.10.2026;Яма;{told}\n", mapping(registrationIndex="індекс"), name="other")
    d.start()
    settle(t)
    same("a department's number finds its appeal there", shown(d, told).get("id"), card["appeal"])
    first = register(t, "Ялина Ольга")["registrationIndex"]
    again = take(t, HEAD + f";індекс\n1;Гай;01.10.2026;Яма;{first}\n", mapping(registrationIndex="індекс"), name="third")
    mine = [r for r in t.pages(t.office) if r["registrationIndex" if "registrationIndex" in r else "index"] == first]
    same("a number that is taken is taken by nobody else", (len(mine), again.json.get("rejected")), (1, 1))


@kind()
def terms(t):
    """What is imported without a word about its term has the law's."""
    done = take(t, HEAD + "\n1;Бойко;01.10.2026;Яма\n", mapping({"deadlineBasis": None}))
    due = [row["due"] for row in t.pages(t.office)]
    check("an imported application has a term", done["imported"] == 1 and all(due), str(due))


@kind()
def mended(t):
    """A mended mapping brings what was missing, and nothing twice; without a name of the source nothing is taken."""
    rows = HEAD + ";вид\n" + "".join(f"{n};Коваль;01.10.2026;Яма {n};заява\n" for n in range(5)) + "5;Коваль;01.10.2026;Яма 5;скарга\n"
    one = mapping(kind={"column": "вид", "map": {"заява": "application"}})
    two = mapping(kind={"column": "вид", "map": {"заява": "application", "скарга": "complaint"}})
    same("first", counts(take(t, rows, one)), (5, 1, 0))
    same("then", counts(take(t, rows, two)), (1, 0, 5))
    again = take(t, rows, two)
    same("and once more", (counts(again), again.exit), ((0, 0, 6), 0))
    file, how = write(t, "bare.csv", rows), write(t, "bare.json", json.dumps(two, ensure_ascii=False))
    done = do(t.office, "import", file, "--mapping", how, "--as", "olena", "--author", "mayor")
    check("without --source nothing is taken, and that is said", done.exit != 0 and "--source" in done.text, done.text[:200])


@kind(2)
def whole(t):
    """A row is taken whole or not at all, and a repetition does what is missing."""
    made = mapping({"kind": "complaint"}, complainedAgainst="на кого", department="кому")
    rows = HEAD + ";на кого;кому\n1;Щур;01.10.2026;Скарга;d1;%s\n"
    first = take(t, rows % "d1", made)
    same("a complaint that would go to whom it is about is not taken", counts(first)[:2], (0, 1))
    again = take(t, rows % "d2", made)
    same("mended it is", ([r["main"] for r in t.pages(t.office)], counts(again)[:2]), (["d2"], (1, 0)))


@kind()
def rows(t):
    """A row that cannot be read is refused alone: the rest is read and counted, whatever is wrong with it."""
    good = "".join(f"{n};Бойко;01.10.2026;Яма\n" for n in range(3, 103))
    for name, bad in [
        ("a quote within a field", '2;Бойко;01.10.2026;Кафе "Росинка" шумить\n'), ("a quote at an end", '2;Бойко;01.10.2026;Кафе "\n'),
        ("too few columns", "2;Бойко\n"), ("too many columns", "2;Бойко;01.10.2026;Яма;зайве;ще\n"), ("31 February", "2;Бойко;31.02.2026;Яма\n"),
        ("an empty key", ";Бойко;01.10.2026;Яма\n"), ("a zero character", "2;Бойко;01.10.2026;Я\0ма\n"),
    ]:
        label = "".join(c for c in name if c.isalpha())
        text = HEAD + "\n" + f"1;Бойко;01.10.2026;Яма\n" + bad + good
        done = take(t, text, None, name=label)
        accounted = sum(done.json.get(key) or 0 for key in ("imported", "rejected", "skipped", "existing"))
        check(f"{name}: 102 rows are accounted for", accounted == 102 and done.json.get("imported", 0) >= 101, str(counts(done)) + done.text[:200])
    text = (HEAD + "\n1;Бойко;01.10.2026;Яма\n").encode() + b"2;\xe1\xee;01.10.2026;\xdf\xec\xe0\n" + good.encode()
    done = take(t, text, None, name="byte")
    check("bad bytes: their row alone is refused, or the file with a remedy", counts(done)[:2] == (101, 1) or "cp1251" in done.text.lower(), done.text[:200])


@kind()
def windows(t):
    """Files as Windows writes and reads them."""
    body = HEAD + "\n1;Бойко;01.10.2026;Яма\n"
    for name, data, more in [
        ("a line sep=;", "sep=;\n" + body, ()), ("UTF-8 with a mark", b"\xef\xbb\xbf" + body.encode(), ()), ("UTF-16", body.encode("utf-16"), ()),
        ("cp1251 on request", body.encode("cp1251"), ("--encoding", "cp1251")), ("CR LF", body.replace("\n", "\r\n"), ()),
        ("UTF-16 of big ends", b"\xfe\xff" + body.encode("utf-16-be"), ()),
    ]:
        done = take(t, data, None, *more, name="".join(c for c in name if c.isalnum()))
        check(f"{name} is read", done.json.get("imported") == 1, done.text[:200])
    done = take(t, body.encode("cp1251"), None, name="unasked")
    check("cp1251 unasked is refused whole, with the remedy", done.exit != 0 and "1251" in done.text, done.text[:200])
    done = take(t, HEAD + "\n1;Бойко;31.02.2026;Яма\n", None, name="rejected")
    with open(os.path.join(t.base, "rejected.rejects"), "rb") as file:
        data = file.read()
    check("rejects open in Excel, with the whole row", data.startswith(b"\xef\xbb\xbf") and "Бойко" in data.decode("utf-8-sig"), data[:200])
    mended = data.decode("utf-8-sig").replace("31.02.2026", "28.02.2026")
    done = take(t, mended, None, "--source", "rejected", name="mended")
    check("mended they are taken as they are", done.json.get("imported") == 1, done.text[:300])
    done = take(t, "", None, name="empty")
    check("an empty file is said to be empty", done.exit != 0 and "empty" in done.text.lower(), done.text[:200])


@kind()
def moments(t):
    """Times as registers of other systems write them."""
    for typed, form, wanted in [
        ("2026-10-01 15:41:22.0", "iso-local", "2026-10-01T15:41:22"), ("15.05.2026 9:30", "dd.mm.yyyy", "2026-05-15T09:30:00"),
        ("05/15/2026", "mm/dd/yyyy", "2026-05-15"), ("1778830200", "unix", "2026-05-15T10:30:00"),
    ]:
        made = mapping(receivedAt={"column": "дата", "format": form})
        done = take(t, HEAD + f"\n1;Бойко;{typed};Яма\n", made, name="m" + "".join(c for c in form if c.isalpha()))
        if not check(f"{typed} is read as {form}", done.json.get("imported") == 1, done.text[:240]):
            continue
        newest = do(t.office, "appeal", "list", "--limit", "500")["appeals"]
        received = [shown(t.office, row["id"])["registers"].get("receivedAt", "") for row in newest]
        check(f"{typed} is {wanted}", any(str(r).startswith(wanted) for r in received), str(received))


shared.main(play)
