#!/usr/bin/env python3
"""Hostile text in every field of a registration comes out as it went in, and no script runs.

The form is filled with markup, quotes, right-to-left marks, emoji and line ends, and before with controls and more than there is room for.
What is refused stands in the form as it was typed; what is taken stands on the card, in a list and in the window of another node. Prints
`N passed, N failed`.
"""
import os
import random
import re
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from workspace import CHROMIUM, Site, Window, scene  # noqa: E402

from town import check, main  # noqa: E402

LINE = "<script>alert(1)</script><img src=x onerror=alert(2)> «ЇЄ» \"'`&amp;&lt; {{7*7}} ${7} %3Cb%3E \u202eсправа\u202c \u200fב\u200e 🔥👩‍👧 --> ]]>"
AREA = LINE + "\nдругий рядок </textarea><svg onload=alert(3)>\n\n\tз відступом"
CONTROLS = "дзвінок\u0007 і \u001b[31m червоне\u0085"
HUGE = "Ї<b>" * 13_108  # 64 KiB.
# What is told of an appeal only with another value.
UNTOLD = {"basis.detail"}
TYPED = 'main form[data-draft] :is(textarea, input:not([type=hidden], [type=checkbox], [type=radio], [type=submit]))'
# What a node leaves out of a page: nobody sees controls, and marks of direction would change the order of what stands beside them.
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def fields(page):
    """What can be typed, unfolded, in the order of the form."""
    page.evaluate("() => { for (const fold of document.querySelectorAll('main form[data-draft] details')) fold.open = true; }")
    return [each for each in page.locator(TYPED).all() if each.is_visible() and each.is_editable()]


def choose(page, isAll=False):
    """Something in every list that wants it, or in all, and has nothing chosen."""
    for select in page.locator("main form[data-draft] select").all():
        isWanted = select.evaluate("e => !/необов/.test(e.labels[0]?.textContent ?? '')")
        if (isWanted or isAll) and select.is_visible() and not select.input_value():
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
    today = time.strftime("%d.%m.%Y")
    kinds = {"phone": f"056{random.randrange(10**7):07}", "email": f"a{random.randrange(10**6)}@example.org", "received": today + " 0:01", "date": today,
             "until": time.strftime("%d.%m.%Y", time.gmtime(time.time() + 86_400 * 40)), "signatories": "3", "numeric": "3"}
    return next((value for kind, value in kinds.items() if kind in name or kind == mode), "слова")


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
    typed = fill(page, words)
    for attempt in range(4):
        choose(page)
        if sent(window):
            return typed, ""
        why = page.locator("main .errs, #told").first.inner_text()
        wrong = stands(page, typed)
        check(f"{name}: what is refused stands as it was typed", not wrong, wrong)
        if not mend(page, typed, attempt == 0):
            choose(page, True)
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


def registered(site, window, head):
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


def play():
    from playwright.sync_api import sync_playwright

    site = Site(departments=1)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            window, head = Window(browser, site, "urz").sign_in("olena"), Window(browser, site, "d1").sign_in("head-d1")
            for each in (window, head):
                each.page.on("dialog", lambda shown, each=each: (each.complaints.append(f"a script ran: {shown.message}"), shown.dismiss()))
            scene("the form of registration", registered, site, window, head)
            browser.close()
    finally:
        site.end()


if __name__ == "__main__":
    main(play)
