#!/usr/bin/env python3
"""Papers as PDF: each kind from a running node, and long ones from the program, against the clauses of pdf-clauses.txt.

Every clause with a check is looked at on every paper, every check must notice what is spoilt (pdf_plants.py); what no tool here confirms is
printed as such. Then who may have a paper, and how the program ends. Prints `N passed, N failed`.
"""
import http.client
import json
import os
import re
import subprocess
import sys
import threading

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from workspace import PASSWORD, Site  # noqa: E402

import pdf_clauses  # noqa: E402
import pdf_plants  # noqa: E402
from town import BINARY, check, main, say  # noqa: E402

PROGRAM = os.path.join(os.path.dirname(BINARY), "kartoteka-paper")
LETTERS = "Їжак з’їв ґанок: «ЩО ЄСТЬ» – № 5, Ґ, ґ, Є, є, І, і, Ї, ї, ’"


def clauses():
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "pdf-clauses.txt"), encoding="utf-8") as file:
        return [[part.strip() for part in line.split("|")] for line in file if line.strip() and not line.startswith("#")]


def look(name, raw):
    """Each check of the list on one paper."""
    paper = pdf_clauses.Paper(raw)
    for called in sorted({row[1] for row in clauses()} - {"none"}):
        found = pdf_clauses.CHECKS[called](paper)
        check(f"{name}: {called}", not found, str(found)[:300])
    return paper


class Reader:
    """Somebody who is signed in and asks for papers."""

    def __init__(self, site, node, user):
        self.door = site.doors[node]
        self.headers = {"cookie": self.door.enter("/api/v1/session", {"user": user, "password": PASSWORD})["cookie"]} if user else {}

    def get(self, path):
        connection = http.client.HTTPConnection("127.0.0.1", self.door.port, timeout=120)
        connection.request("GET", path, headers={"accept": "text/html", **self.headers})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body


def draw(paper, environment=None):
    done = subprocess.run([PROGRAM], input=json.dumps(paper).encode() if isinstance(paper, dict) else paper, capture_output=True, timeout=60, env=environment or {})
    return done.returncode, done.stdout, done.stderr.decode()


def made(blocks, letter=False):
    return {"title": "Папір & <проба> Б-57/2", "language": "uk", "made": 1796073600000, "isLetter": letter, "blocks": blocks,
            "words": {"sheet": "арк. ", "of": " з ", "continued": ", продовження", "unknown": "знак, якого немає в шрифтах"}}


def table(rows):
    heads = [{"words": words, "share": share} for words, share in (("№", 10), ("Суть", 60), ("Стан", 30))]
    return {"table": {"caption": "Перелік", "heads": heads, "rows": [[[str(number)], [LETTERS * 3], ["у роботі", "до 5 травня"]] for number in range(rows)]}}


def kinds():
    """Papers that no town of this size has: long, strange, empty."""
    field = {"name": "Зміст", "lines": [LETTERS * 12 for _ in range(30)]}
    form = {"fields": {"caption": "Звернення", "isTall": False, "rows": [[{"name": "Кореспондент", "lines": [{"strong": "Бондар"}]}], [field],
                                                                       [{"name": "Справа", "lines": []}, {"name": "Аркуші", "lines": []}]]}}
    heading = {"heading": {"isSeen": True, "level": 1, "words": "КАРТКА"}}
    strange = "emoji \U0001F600\U0001F9D1\u200D\U0001F692, 漢字, \uE000, \u202Eобернено\u202C, \u0007, знак\u0301, fi ffl, ★, \t, ≈½"
    yield "a long table", made([heading, {"keys": [{"name": "Індекс", "lines": ["Б-57/2"]}]}, table(120), {"foot": "Надруковано"}])
    yield "a long form", made([heading, form, {"foot": "Надруковано"}])
    yield "a long letter", made([{"lines": {"lines": [LETTERS * 200], "style": "words"}},
                                 {"signature": {"name": "Петренко О. І.", "place": "Місце для електронного підпису", "position": "Директор"}}], letter=True)
    yield "strange signs", made([heading, {"lines": {"lines": [strange, LETTERS], "style": "plain"}}, table(1)])


def program(look_at=look):
    for name, paper in kinds():
        exit, raw, words = draw(paper)
        check(f"{name}: is drawn", exit == 0, words)
        seen = look_at(name, raw)
        check(f"{name}: has all letters of the language", LETTERS in seen.text().replace("  ", " "), seen.text()[-300:])
        check(f"{name}: the same paper is the same bytes", draw(paper)[1] == raw)
        sheets = len(seen.pdf.pages)
        ends = "".join(font.unicode.get(code, "") for number, font, code, mcid in seen.shown if mcid is None and number == sheets - 1)
        check(f"{name}: the last of {sheets} sheets says so", f"арк. {sheets} з {sheets}" in ends, ends)
    check("a sign that no font has is told", "знак, якого немає в шрифтах" in seen.text() and "\uE000" not in seen.text() and "\u202E" not in seen.text(), seen.text())
    good = next(raw for raw in [draw(made([{"heading": {"isSeen": True, "level": 1, "words": "Б & <a>"}}, {"lines": {"lines": [LETTERS, "Latin words"], "style": "plain"}},
                                           table(3), *next(kinds())[1]["blocks"][1:2]]))[1]])
    look_at("the paper that is spoilt", good)
    for name, spoil in pdf_plants.PLANTS.items():
        try:
            found = pdf_clauses.CHECKS[name.split(":")[0]](pdf_clauses.Paper(spoil(good)))
        except Exception as error:  # pylint: disable=broad-except
            found = None
            say(f"{name}: {error!r}")
        check(f"spoilt, and noticed: {name}", bool(found))
    check("every check has something spoilt to notice", {name.split(":")[0] for name in pdf_plants.PLANTS} == set(pdf_clauses.CHECKS))
    check("more than a hundred sheets are refused", draw(made([table(3000)]))[0] == 66)
    check("what is no paper is refused", draw(b"{}")[0] == 65 and draw(b"\0" * 100)[0] == 65 and draw({**made([]), "blocks": [{"page": 1}]})[0] == 65)
    check("more bytes than a paper may have are refused", draw(b" " * (4 << 20 | 1))[0] == 66)
    check("it takes no arguments", subprocess.run([PROGRAM, "a"], input=b"", capture_output=True, timeout=20).returncode == 64)


def papers(site, appeal):
    """Addresses of all papers of an appeal at the office, from its card."""
    office = Reader(site, "urz", "olena")
    _, _, page = office.get(f"/cards/{appeal}/print")
    more = re.findall(rf'href="(/cards/[^"]*/print/assignments/[^"]+)"', page.decode())
    return office, [f"/cards/{appeal}/print", f"/cards/{appeal}/print/resolution", more[0], f"/cards/{appeal}/print/answer", "/print/journal"]


def town():
    site = Site()
    try:
        appeal = site.register("Лебединська", text="Їжак у ґанку, об’єкт без світла\nДругий рядок")
        site.assign(appeal, "d1", "d2")
        site.wait_in_step()
        first = site.nodes["d1"]
        first.ask("assignment accept", appeal=appeal, as_="head-d1")
        first.ask("answer draft", appeal=appeal, as_="exec-d1", text="Світло є.\nДякуємо.", result="satisfied")
        site.wait_in_step()
        office, places = papers(site, appeal)
        for place in places:
            status, headers, raw = office.get(place + "/pdf")
            check(f"{place[-20:]}: the node gives a PDF", status == 200 and headers.get("content-type") == "application/pdf", (status, raw[:300]))
            seen = look(place.rsplit("/", 2)[-1] if "assignments" not in place else "assignment", raw)
            check("it is on the page too", "PDF" in office.get(place)[2].decode())
            check("it names the applicant to the office", "Лебединська" in seen.text() or "answer" in place, seen.text()[:200])
        check("the card has the words of the appeal", "Їжак у ґанку, об’єкт без світла" in pdf_clauses.Paper(office.get(places[0] + "/pdf")[2]).text())
        check("in English it is English", "REGISTRATION" in pdf_clauses.Paper(office.get(places[0] + "/pdf?lang=en")[2]).text())
        other = Reader(site, "d2", "exec-d2")
        for place in (places[0], places[1]):
            status, _, raw = other.get(place + "/pdf")
            text = pdf_clauses.Paper(raw).text() if status == 200 else ""
            check("a co-executor has the paper without the applicant", status == 200 and not any(word in text for word in ("Лебединська", "Соборна")), text[:300])
        status, headers, _ = Reader(site, "urz", None).get(places[0] + "/pdf")
        check("whoever is not signed in is led to the sign-in page", status == 303 and "sign-in" in headers.get("location", ""), (status, headers))
        check("what is not there is no paper", office.get(f"/cards/{appeal}/print/assignments/abcdef/pdf")[0] == 404)
        answers = []
        asking = [threading.Thread(target=lambda: answers.append(office.get(places[0] + "/pdf")[0])) for _ in range(24)]
        for each in asking:
            each.start()
        for each in asking:
            each.join()
        check("of many at once each gets a paper or is asked to come again", set(answers) <= {200, 503} and answers.count(200) >= 8, answers)
        children = subprocess.run(["pgrep", "-f", PROGRAM], capture_output=True, text=True).stdout
        check("no program is left", not children.strip(), children)
    finally:
        site.end()


def play():
    for standard, called, words in clauses():
        if called == "none":
            say(f"no tool here confirms {standard}: {words}")
    check("every check stands in the list", {row[1] for row in clauses()} - {"none"} == set(pdf_clauses.CHECKS))
    program()
    town()


if __name__ == "__main__":
    main(play)
