#!/usr/bin/env python3
"""Every page of the workspace in a real browser: two widths, light and dark, both languages, 200 %, 320 px, the keyboard alone.

`screens.txt` is the list, which a Swift test holds against the routes. Nothing may complain: no console, no policy, no request outside, no rule
of `looks.js`; a paper is black on white when it is printed. Words on the command line are parts of the places that are wanted. Prints `N passed, N
failed`. The pictures of the failing pages are kept in `.build/test-logs/screens`.
"""
import hashlib
import os
import sqlite3
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import looks  # noqa: E402
from workspace import CHROMIUM, SLOW, Site, Window  # noqa: E402

from town import ROOT, check, main, say  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
PICTURES = os.path.join(ROOT, ".build", "test-logs", "screens")
QUEUES = {"urz": ("new", "overdue", "decisions"), "d1": ("inWork", "unappointed", "departed")}
# An act with a field of each kind; the others are made by the same code (WebTests walks all of them).
ROWS = {"urz": ("resolution-issue", "appeal-correct", "appeal-note", "control-remove"), "d1": ("answer-draft", "assignment-person", "feedback-add")}
DIRECTORY = ("department-add", "person-add", "person-leave", "role-grant", "street-put", "street-import", "calendar-put")


# Of nodes: forms of each kind, tables of the database, and an item that stands in the tray.
NODES = {"{node}": ("d1",), "{nodeAct}": ("invite", "node-revoke", "node-renew", "node-distrust", "node-confirm"), "{table}": ("stream", "row"), "{item}": ("1",)}


def alarm(site):
    """Puts an item into the tray of the office, as two copies of a directory would."""
    office = site.nodes["urz"]
    office.stop()
    with sqlite3.connect(os.path.join(office.data, "kartoteka.sqlite")) as store:
        store.execute("INSERT INTO tray (id, kind, subject, text, bytes, at) VALUES (1, 'alarm', 'd1', 'clone: d1#5b1e90c2 has 9, it ended at 7', x'', ?)",
                      (int(time.time() * 1000),))
    store.close()
    office.start()


REGISTER = "номер;дата;статус;шлях;зміст;прізвище\n" + "".join(
    f"{row};{'31.02' if row == 2 else '03.02'}.2026 9:14;{'Виконано' if row % 2 else 'Нове'};Лист;Яма на дорозі {row};Петренко\n" for row in range(1, 9))


def imported(site, browser):
    """What addresses call an import of which one row is refused."""
    window = Window(browser, site, "urz").sign_in("olena")
    window.go("/import")
    window.page.set_input_files("#register", files=[{"name": "register.csv", "mimeType": "text/csv", "buffer": REGISTER.encode()}])
    window.confirm()
    window.page.wait_for_url("**/mapping", timeout=SLOW)
    window.send({})
    window.page.wait_for_selector("#do-run", timeout=SLOW)
    place = window.page.url.rsplit("/", 1)[1]
    window.close()
    return place


def begun(browser, site):
    """A note for several cards that is typed and not sent, which has a page."""
    window = Window(browser, site, "urz").sign_in("olena")
    window.go("/cards")
    for tick in window.page.locator("main [data-tick]").all()[:2]:
        tick.check()
    window.page.locator('[data-bulk] [formaction="/selected/appeal-note"]').click()
    text = window.page.locator('main form[data-draft="selected-appeal-note"] textarea').first
    with window.page.expect_response(lambda reply: "/drafts/" in reply.url and reply.ok, timeout=SLOW):
        text.fill("Телефонували з району")
    window.close()


def listed():
    """Rows of `screens.txt`: place, person, node, queries."""
    with open(os.path.join(HERE, "screens.txt"), encoding="utf-8") as file:
        for line in file:
            if line.strip() and not line.startswith("#"):
                place, person, node, queries = (part.strip() for part in line.split("|"))
                if sys.argv[1:] and not any(word in place for word in sys.argv[1:]):
                    continue
                yield place, person, node, queries.split(" ")


def addresses(place, node, appeal, named):
    place = place.replace("{appeal}", appeal)
    for name, value in named.items():
        place = place.replace(name, value)
    if place.startswith("/directory/acts/"):
        return [place.replace("{row}", row) for row in DIRECTORY]
    for name, values in (("{queue}", QUEUES), ("{row}", ROWS)):
        if name in place:
            return [place.replace(name, value) for value in values[node]]
    places = [place]
    for name, values in NODES.items():
        places = [one.replace(name, value) for one in places for value in (values if name in one else ("",))]
    return places


def disputed(site, appeal):
    """What addresses call a disagreement of the card and an assignment of it."""
    office, field = site.nodes["urz"], "applicant.address"
    office.ask("appeal correct", appeal=appeal, as_="olena", set=[field + "=вул. Перша, 1"], reason="Зі слів заявниці")
    site.departments[0].ask("appeal correct", appeal=appeal, as_="head-d1", set=[field + "=вул. Друга, 2"], reason="Був на місці")
    site.wait_in_step()
    case = office.ask("conflict list", ok=(0, 20), appeal=appeal).json["cases"][0]["id"]
    given = office.ask("appeal show", appeal=appeal).json["assignments"][0]["id"]
    return {"{case}": case.rsplit(".", 1)[1], "{assignment}": hashlib.sha256(given.encode()).hexdigest()[:6]}


# What of a paper is neither black nor white, or has no place on it.
INK = """() => [...document.querySelectorAll('body, main, main *')].filter(e => e.getClientRects().length).flatMap(e => {
  const style = getComputedStyle(e), found = [];
  if (!['rgba(0, 0, 0, 0)', 'rgb(255, 255, 255)'].includes(style.backgroundColor)) found.push('a fill');
  if (e.tagName !== 'BODY' && style.color !== 'rgb(0, 0, 0)') found.push('ink of a colour');
  return found.map(each => `${each}: <${e.tagName.toLowerCase()}> ${style.backgroundColor} ${style.color}`);
}).concat([...document.querySelectorAll('.plain-bar')].filter(e => e.getClientRects().length).map(() => 'the bar of the screen'))"""


def ink(window):
    """What is wrong with a page on paper."""
    window.page.emulate_media(media="print")
    found = window.page.evaluate(INK)
    window.page.emulate_media(media="screen")
    return found


def look(window, address, view, language):
    width, _, dark, phone = view
    name = f"{address} {window.user}@{window.node} {language} {width}{' dark' if dark else ''}"
    # The redirect of the first page and of the closed first run are pages too.
    status = window.go(address + ("&" if "?" in address else "?") + "lang=" + language)
    # What is not there for this node, or no longer, is a page too.
    expected = {"/first-run": 410, "/trust": 404, "/waiting": 404}.get(address, 200)
    found = [] if status == expected else [f"status {status}"]
    found += looks.faults(window.page, phone)
    if width == 1440:
        found += looks.keyboard(window.page)
    if "/print" in address:
        found += ink(window)
    found += [each for each in window.heard() if not (status in (404, 410) and f"status of {status}" in each)]
    if not check(name, not found, "; ".join(found[:6]) + (f" … {len(found)} in all" if len(found) > 6 else "")):
        os.makedirs(PICTURES, exist_ok=True)
        window.page.screenshot(path=os.path.join(PICTURES, name.replace("/", "_").replace("?", "_") + ".png"), full_page=True)


def play():
    from playwright.sync_api import sync_playwright

    site = Site()
    try:
        appeal, other = site.register("Гнатюк", "Вода тече зі стелі, а в крані її немає"), site.register("Мельник", "Не горять ліхтарі")
        site.assign(appeal, "d1", "d2")
        site.wait_in_step()
        site.departments[0].ask("assignment accept", appeal=appeal, as_="head-d1")
        site.departments[0].ask("answer draft", appeal=appeal, as_="head-d1", text="Воду подано", result="satisfied")
        site.wait_in_step()
        site.office.ask("street put", street="hliny", as_="admin", type="вул.", name="Глінки", district="Покровський", former=["вул. Свердлова"], houses=["1-9 непарні = Саксаганський"])
        named = disputed(site, appeal) | {"{department}": "d1", "{user}": "head-d1", "{street}": "hliny", "{topic}": "lists", "{act}": "appeal-note"}
        alarm(site)
        site.wait_in_step()
        say(f"a town with work on {appeal} and {other}")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            named["{job}"] = imported(site, browser)
            begun(browser, site)
            for view in looks.VIEWS:
                width, height, dark, phone = view
                windows = {}
                for place, person, node, queries in listed():
                    if (person, node) not in windows:
                        window = Window(browser, site, node, width, height, dark, phone=phone)
                        window.user = person
                        windows[person, node] = window if person == "nobody" else window.sign_in(person)
                        window.heard()
                    for address in addresses(place, node, appeal, named):
                        for query in (each.replace("{node}", "d1") for each in queries):
                            # The second language where there is room for all words, and where there is least.
                            for language in ("uk", "en") if width in (1440, 360) else ("uk",):
                                look(windows[person, node], address + ("" if query == "-" else "?" + query), view, language)
                for window in windows.values():
                    window.close()
            browser.close()
    finally:
        site.end()


if __name__ == "__main__":
    main(play)
