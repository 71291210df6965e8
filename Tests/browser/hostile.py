#!/usr/bin/env python3
"""Hostile text in every field of every form comes out as it went in, and no script runs.

The forms are those of the table, as `/openapi.json` tells it, found on cards in all states; each is filled with markup, quotes, right-to-left
marks, emoji, line ends, then with controls and with more than there is room for. What is refused stands in the form as it was typed; what is
taken stands on the card, in its history, in lists and in the window of another node. Prints `N passed, N failed`.
"""
import os
import random
import re
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from workspace import CHROMIUM, Site, Window, scene  # noqa: E402

import administered  # noqa: E402

from town import check, main, say  # noqa: E402

LINE = "<script>alert(1)</script><img src=x onerror=alert(2)> «ЇЄ» \"'`&amp;&lt; {{7*7}} ${7} %3Cb%3E \u202eсправа\u202c \u200fב\u200e 🔥👩‍👧 --> ]]>"
AREA = LINE + "\nдругий рядок </textarea><svg onload=alert(3)>\n\n\tз відступом"
CONTROLS = "дзвінок\u0007 і \u001b[31m червоне\u0085"
HUGE = "Ї<b>" * 13_108  # 64 KiB.
# Rows about a card that have no form in a browser: they are for the administrator at the terminal.
NO_FORM = {"appeal-erase", "erasure-confirm", "erasure-reject"}
# After these an appeal offers little else.
ENDS = {"appeal-forward", "appeal-return", "appeal-dismiss", "appeal-withdraw", "appeal-explain", "appeal-conclude", "control-remove"}
TYPED = 'main form[data-draft] :is(textarea, input:not([type=hidden], [type=checkbox], [type=radio], [type=submit]))'
# An act that is carried out half a minute later; a few that are filled with what is longest too; what is told of an appeal only with another value.
LATER = {"answer-dispatch"}
HALF_MINUTE = 34
WILD = {"appeal-note", "answer-draft", "appeal-correct"}
UNTOLD = {"basis.detail", "term.2", "term.3"}  # The days of executors who are not named.
ATTEMPTS = 8
# What a node leaves out of a page: nobody sees controls, and marks of direction would change the order of what stands beside them.
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class Stage:
    """Appeals in all states that an appeal has on its way, and the windows in which people see them."""

    WAY = [("assignment accept", "head-d1", {}), ("answer draft", "exec-d1", {"text": "Зроблено", "result": "satisfied"}),
           ("answer approve", "head-d1", {}), ("feedback add", "exec-d1", {"how": "phone", "words": "Світить"}), ("answer submit", "exec-d1", {}),
           ("answer dispatch", "exec-d1", {"to": "applicant", "by": "paper"}), ("answer accept", "olena", {}),
           ("control remove", "olena", {"author": "mayor", "basis": "виконано"})]

    def __init__(self, site, browser):
        self.site, self.department = site, site.departments[0]
        self.windows = [Window(browser, site, "urz").sign_in(user) for user in ("olena", "mayor")]
        self.windows += [Window(browser, site, "d1").sign_in(user) for user in ("head-d1", "exec-d1")]
        for window in self.windows:
            window.page.on("dialog", lambda shown: (window.complaints.append(f"a script ran: {shown.message}"), shown.dismiss()))

    def make(self, many):
        """Appeals that went 0, 1, 2 … steps; `many` of each, and of those about which people disagree."""
        self.appeals = {}
        for steps in range(-1, len(self.WAY) + 1):
            # An act that ends an appeal is offered on a new one alone, and takes it away from the others.
            self.appeals[steps] = [self.register() for _ in range(many if steps >= 0 else many + len(ENDS))]
            if steps >= 0:
                for appeal in self.appeals[steps]:
                    self.site.assign(appeal, "d1")
        self.site.wait_in_step()
        for place, (row, user, more) in enumerate(self.WAY):
            for steps in range(place + 1, len(self.WAY) + 1):
                for appeal in self.appeals[steps]:
                    self.step(appeal, row, user, more)
            self.site.wait_in_step()
        self.apart(many)
        self.turn = 0
        self.later = []

    def register(self):
        return self.site.office.ask("appeal register", as_="olena", name="Крок Іван Петрович", text="Немає води", heading=["090"],
                                    address="вул. Соборна, 14", phone=["0560000704"])["appeal"]

    def apart(self, many):
        """Work that waits for a decision, with hostile words in it, and values of one field about which people disagree."""
        self.site.office.ask("department add", department="d2", name="Другий підрозділ", as_="admin")
        self.appeals["held"], self.appeals["differ"] = ([self.register() for _ in range(many)] for _ in range(2))
        for appeal in self.appeals["held"] + self.appeals["differ"]:
            self.site.assign(appeal, "d1")
        for appeal in self.appeals["held"]:
            self.step(appeal, "resolution issue", "olena", {"author": "mayor", "main": "d2", "text": AREA}, waits=True)
        self.site.wait_in_step()
        self.site.proxies["d1"].away()
        for appeal in self.appeals["differ"]:
            self.step(appeal, "assignment accept", "head-d1", {})
            self.step(appeal, "answer draft", "exec-d1", {"text": "Зроблено", "result": "satisfied"})
            self.step(appeal, "answer approve", "head-d1", {})
            self.step(appeal, "assignment recall", "mayor", {"reason": "помилково"})
        self.site.proxies["d1"].heal()
        self.site.wait_in_step()

    def step(self, appeal, row, user, more, waits=False):
        node = self.department if user.endswith("-d1") else self.site.office
        done = node.ask(row, ok=None, appeal=appeal, as_=user, **more)
        if done.exit and done.json.get("outcome") != ("held" if waits else None):
            check(f"the stage: {row}", False, done.text[:300])

    def offers(self):
        """Of each row the window and the number of steps at which a card leads to it."""
        found = {}
        for steps, appeals in self.appeals.items():
            for window in self.windows:
                if window.go(f"/cards/{appeals[0]}") != 200:
                    continue
                hrefs = window.page.locator('a[href*="/acts/"]').evaluate_all("all => all.map(e => e.getAttribute('href'))")
                for href in hrefs:
                    found.setdefault(re.search(r"/acts/([a-z-]+)", href)[1], []).append((window, steps))
        return found


def rows(site):
    """The acts of the table that are about an appeal."""
    _, _, told = site.doors["urz"].ask("GET", "/openapi.json", None, site.firsts["urz"])
    bodies = {path.rsplit("/", 1)[1]: each["post"]["requestBody"]["content"]["application/json"]["schema"]
              for path, each in told["paths"].items() if "/acts/" in path and "requestBody" in each["post"]}
    return {row for row, body in bodies.items() if "appeal" in body.get("properties", {})}


def fields(page):
    """What can be typed, unfolded, in the order of the form."""
    page.evaluate("() => { for (const fold of document.querySelectorAll('main form[data-draft] details')) fold.open = true; }")
    return [each for each in page.locator(TYPED).all() if each.is_visible() and each.is_editable()]


def choose(page, left=(), isAll=False):
    """Something in every list that wants it, or in all, and has nothing chosen; not in those that are left alone."""
    for select in page.locator("main form[data-draft] select").all():
        isWanted = select.evaluate("e => !/необов/.test(e.labels[0]?.textContent ?? '')")
        if (isWanted or isAll) and select.get_attribute("name") not in left and select.is_visible() and not select.input_value():
            values = [value for value in select.evaluate("e => [...e.options].filter(o => !o.disabled).map(o => o.value)") if value]
            if values:
                select.select_option(values[0])
    for group in page.locator("main form[data-draft] fieldset").all():
        first = group.locator("input[type=radio]:not(:disabled)").first
        if first.count() and not group.locator("input[type=radio]:checked").count():
            first.check()
    for tick in page.locator('main form[data-draft] [name="sure"]').all():
        tick.check()


def sent(window):
    """Presses the main button; true if it led away, false if the form came back."""
    page = window.page
    before = page.url
    page.evaluate("() => { document.querySelector('main .errs')?.remove(); }")
    window.confirm()
    page.wait_for_function("before => location.href !== before || document.querySelector('main .errs, #told')", arg=before)
    page.wait_for_load_state("load")
    return page.url != before


def stands(page, typed):
    """What stands otherwise in the form than it was typed."""
    now = {name: page.locator(f'main form[data-draft] [name="{name}"]').first.input_value() for name in typed}
    return {name: (typed[name][:60], now[name][:60]) for name in typed if seen(now[name]) != seen(typed[name])}


def fill(page, words):
    typed = {}
    for each in fields(page):
        name, isArea = each.get_attribute("name"), each.evaluate("e => e.tagName === 'TEXTAREA'")
        each.fill(words(name, isArea))
        typed[name] = each.input_value()
    return typed


def valid(name, mode):
    """What a field takes, as far as its name tells."""
    today, tomorrow, later = (time.strftime("%d.%m.%Y", time.localtime(time.time() + days * 86_400)) for days in (0, 1, 40))
    kinds = {"phone": f"056{random.randrange(10**7):07}", "email": f"a{random.randrange(10**6)}@example.org", "received": today + " 0:01",
             "date": today, "term": tomorrow, "until": later, "signatories": "3", "numeric": "3"}
    # Until when a term is extended; an act to whom something goes takes words there.
    return later if name == "to" else next((value for kind, value in kinds.items() if kind in name or kind == mode), "слова")


def mend(page, typed, isFirst):
    """Gives the fields that were refused what they take; if that is refused too, nothing."""
    wrong = page.locator('main form[data-draft] [aria-invalid="true"]').evaluate_all("all => all.map(e => [e.name, e.inputMode, e.tagName])")
    for name, mode, kind in wrong:
        field = page.locator(f'main form[data-draft] [name="{name}"]').first
        if kind == "SELECT":
            field.select_option("")
        else:
            field.fill(valid(name, mode) if isFirst or name == "text" else "")
        typed.pop(name, None)
    return wrong


def walk(window, place, name, words):
    """Fills one form with such text in each of its fields until it is taken.

    What was taken, by field, and nothing; or None, and why it never was.
    """
    page, why = window.page, "nobody may send it here"
    window.go(place)
    if not page.locator("main form [data-confirm]").count():
        return None, why
    typed, left = fill(page, words), set()
    for attempt in range(ATTEMPTS):
        choose(page, left)
        if sent(window):
            return typed, ""
        why = page.locator("main .errs, #told").first.inner_text()
        wrong = stands(page, typed)
        check(f"{name}: what is refused stands as it was typed", not wrong, wrong)
        wrong = mend(page, typed, attempt == 0)
        left |= {name for name, _, kind in wrong if kind == "SELECT"}
        if not wrong:
            choose(page, left, True)
    return None, why


def wild(_):
    """Controls in every line, and more than there is room for in what has several."""
    return lambda field, isArea: HUGE if isArea else CONTROLS


def hostile(_):
    return lambda field, isArea: f"{field} " + (AREA if isArea else LINE)


def seen(text):
    """As a form has it again; a list has no empty lines."""
    return re.sub(r"\n+", "\n", UNSEEN.sub("", text)).rstrip("\n")


def same(text):
    """Without what differs between a text and a page that shows it: what is not seen, how lines are broken."""
    return re.sub(r"\s+", "", seen(text))


def heard(window):
    """Complaints, but that forms with mistakes come back, and that a card is not at this node any more."""
    return [each for each in window.heard() if not re.search("status of (422|404|410)", each)]


def lost(window, appeal, typed):
    """Fields of which the card does not say all that was typed, nor its history; folded or not."""
    missing = [name for name in typed if name not in UNTOLD]
    for place in (f"/cards/{appeal}", f"/cards/{appeal}/history"):
        if missing:
            window.go(place)
            body = same(window.page.locator("main").evaluate("e => e.textContent"))
            missing = [name for name in missing if not all(same(line) in body for line in typed[name].split("\n"))]
    return missing


def free(stage, row, offered):
    """Those who may, each with an appeal that is where others offered it; what ends an appeal has one of its own."""
    for window, steps in offered:
        appeals = stage.appeals[steps]
        if appeals:
            stage.turn += 1
            yield window, appeals.pop() if row in ENDS else appeals[stage.turn % len(appeals)]


def every(site, stage):
    wanted = rows(site) - NO_FORM
    offers = stage.offers()
    check("every act of the table about an appeal is offered by some card", not (lacks := wanted - set(offers)), lacks)
    for row in sorted(set(sys.argv[1:]) or offers, key=lambda row: (row in ENDS, row)):
        for words in (wild, hostile) if row in WILD else (hostile,):
            typed, whys = None, []
            for window, appeal in free(stage, row, offers[row]):
                typed, why = walk(window, f"/cards/{appeal}/acts/{row}", row, words(window))
                check(f"{row}: no script runs and nothing complains", not (found := heard(window)), found)
                if typed is not None:
                    break
                whys.append(same(why))
            isTaken = check(f"{row}: the form is filled and taken", typed is not None, whys)
            if isTaken and row in LATER:
                stage.later.append((time.monotonic(), window, appeal, row, typed))
            elif isTaken:
                check(f"{row}: what was typed comes out as it went in", not (missing := lost(window, appeal, typed)), missing)
                check(f"{row}: and runs no script where it is shown", not (found := heard(window)), found)


    for begun, window, appeal, row, typed in stage.later:
        time.sleep(max(0, begun + HALF_MINUTE - time.monotonic()))
        check(f"{row}: what was typed comes out as it went in", not (missing := lost(window, appeal, typed)), missing)


def waiting(site, stage):
    """What waits says on the page that decides about it what it would record."""
    window = stage.windows[1]
    window.go(f"/cards/{stage.appeals['held'][0]}")
    window.page.locator('main a[href*="/cases/"]').first.click()
    window.page.wait_for_load_state("load")
    body = same(window.page.locator("main").inner_text())
    check("work that waits shows its words as they were typed", all(same(line) in body for line in AREA.split("\n")), body[:400])
    check("and nothing complains", not (found := heard(window)), found)


def printed(site, stage):
    """On paper stands what stands on the screen."""
    window, appeal = stage.windows[0], stage.appeals[0][0]
    window.act(appeal, "appeal-note", {"text": AREA})
    window.page.emulate_media(media="print")
    body = same(window.page.locator("main").inner_text())
    check("a printed card shows hostile words as they were typed", all(same(line) in body for line in AREA.split("\n")), body[-400:])
    window.page.emulate_media(media="screen")
    for paper in ("", "/resolution", "/answer"):
        window.go(f"/cards/{appeal}/print{paper}")
        check("a paper runs no script of what was typed", not (found := heard(window)), found)
    check("and nothing complains", not (found := heard(window)), found)


def selected(site, stage):
    """One form for several cards."""
    window, page = stage.windows[0], stage.windows[0].page
    window.go("/cards")
    appeals = [tick.get_attribute("value") for tick in page.locator("main [data-tick]").all()[:2]]
    for appeal in appeals:
        page.locator(f'main [data-tick][value="{appeal}"]').check()
    page.locator('[data-bulk] [formaction="/selected/appeal-note"]').click()
    page.locator('main form[data-draft="selected-appeal-note"]').wait_for()
    typed = fill(page, lambda field, isArea: "кільком " + (AREA if isArea else LINE))
    window.confirm()
    page.locator("main .st").first.wait_for()
    check("a note for several is done for each", page.locator("main .st-ok").count() == 2, page.inner_text("main"))
    for appeal in appeals:
        check("a note for several comes out as it went in", not (missing := lost(window, appeal, typed)), missing)
    check("several: no script runs and nothing complains", not (found := heard(window)), found)


def registered(site, stage):
    window, head = stage.windows[0], stage.windows[2]
    _, why = walk(window, "/register", "appeal-register", wild(window))
    check("a form that is longer than the node reads says so, and keeps what is typed", "Набрано забагато" in why, why)
    typed, why = walk(window, "/register", "appeal-register", hostile(window))
    check("appeal-register: the form is filled and taken", typed is not None, why)
    appeal = window.page.locator("[data-appeal]").first.get_attribute("data-appeal")
    check("appeal-register: hostile text comes out as it went in", not (missing := lost(window, appeal, typed)), missing)
    # Against whom there is a complaint has to be resolved before anybody gets the appeal.
    site.office.ask("appeal correct", appeal=appeal, as_="olena", set_=["complainedAgainst=outside:Постачальник"], reason="уточнено")
    site.assign(appeal, "d1")
    site.wait_in_step()
    window.go("/cards")
    row = window.page.locator(f'tr:has([value="{appeal}"])')
    check("a list shows the question as it was typed", same(typed["question.1"]) in same(row.inner_text()), row.inner_text()[:400])
    missing = lost(head, appeal, {name: typed[name] for name in ("name", "text", "question.1")})
    check("the window of another node shows it as it was typed", not missing, missing)
    check("no script runs and nothing complains", not (found := heard(window) + heard(head)), found)


def looked_after(site, stage, browser):
    """What whoever looks after the office fills in, and what anybody writes into an address."""
    admin = Window(browser, site, "urz").sign_in("admin")
    admin.page.on("dialog", lambda shown: (admin.complaints.append(f"a script ran: {shown.message}"), shown.dismiss()))
    scene("the forms of the directory", administered.directory, site, admin, same, heard, LINE, AREA)
    scene("people of the first run", administered.people_of_the_first_run, site, admin, same, heard, LINE)
    scene("a kept list", administered.kept_list, site, stage.windows[0], same, heard, LINE)
    scene("a register of another system", administered.register, site, stage.windows[0], same, heard, LINE)
    scene("hostile addresses", administered.addresses, site, [admin] + stage.windows[1:3], heard, LINE)


def play():
    from playwright.sync_api import sync_playwright

    site = Site(departments=1)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            stage = Stage(site, browser)
            site.fresh()
            stage.make(3)
            say("appeals in all states")
            scene("the form of registration", registered, site, stage)
            scene("work that waits", waiting, site, stage)
            looked_after(site, stage, browser)
            scene("a card on paper", printed, site, stage)
            scene("one form for several cards", selected, site, stage)
            scene("every form of a card", every, site, stage)
            browser.close()
    finally:
        site.end()


if __name__ == "__main__":
    main(play)
