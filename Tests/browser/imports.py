#!/usr/bin/env python3
"""A register of two thousand rows in a browser, from the file to its last mended row.

The connection is cut while the file goes up, the node is killed while it imports, people work meanwhile. Twenty rows are bad: each is mended where
it stands. No row is lost and none becomes two cards. Prints `N passed, N failed`.
"""
import os
import re
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import looks  # noqa: E402
from workspace import CHROMIUM, SLOW, Site, Window  # noqa: E402

from town import check, main, say, wait  # noqa: E402

ROWS, BAD, PART = 2_000, set(range(50, 2_001, 100)), 262_144


def register(path):
    """A table as an old register gives it: two parts long, a day that there is not in each bad row."""
    lines = ["номер;дата;статус;шлях;зміст;прізвище"]
    for row in range(1, ROWS + 1):
        day = "31.02.2026" if row in BAD else f"{row % 28 + 1:02}.01.2026"
        lines.append(f"{row};{day} 9:14;Нове;{'Лист' if row % 2 else 'Сайт'};Звернення {row}: {'яма на дорозі біля будинку, ' * 4};Петренко")
    with open(path, "w", encoding="cp1251") as file:
        file.write("\n".join(lines).replace("\u2019", "'") + "\n")
    return os.path.getsize(path)


def cards(site):
    """How many appeals the office has."""
    return site.office.ask("appeal list", limit=1).json["total"]


def standing(window):
    """The numbers of the page, by their names."""
    return {name: int(re.sub(r"\D", "", number)) for name, number in
            re.findall(r'<span class="soft small">([^<]+)</span><b>([^<]+)</b>', window.page.content())}


def until(window, place, patience=600):
    """Waits until the page of the import has this: it asks the node by itself, and loads itself anew once the import rests."""
    window.page.wait_for_selector(place, timeout=patience * 1000)
    window.page.wait_for_load_state("load")


def sent(window, path):
    """The file goes up, is cut, and goes on from what the node has."""
    size = os.path.getsize(path)
    check("the file is longer than a part", PART < size < 2 * PART, size)
    window.go("/import")
    window.page.route("**/parts?offset=" + str(PART), lambda route: route.abort())
    window.page.set_input_files("#register", path)
    window.confirm()
    until(window, "main :text('Зв’язок обірвався')")
    check("a cut connection is told, with what helps", "той самий файл" in window.words())
    window.page.unroute("**/parts?offset=" + str(PART))
    window.heard()  # The requests that were cut.
    window.go("/import")
    window.page.click("main table a")
    window.page.wait_for_url("**/import/*-*")
    check("what came stays", f"{PART:,}".replace(",", "\u00a0") in window.words(), window.words()[:300])
    window.page.set_input_files("#register", path)
    with window.page.expect_request("**/parts?offset=*") as asked:
        window.confirm()
    check("only the rest is sent", asked.value.url.endswith(f"offset={PART}"), asked.value.url)
    window.page.wait_for_url("**/mapping")
    check("nothing complained", not (heard := window.heard()), heard)


def mapped(window):
    """The mapping is made by looking at the file, and all rows are checked."""
    body = window.words()
    check("the encoding was guessed", window.field("encoding").input_value() == "cp1251")
    check("the head of the file is read", "Звернення 1: яма на дорозі" in body, body[:500])
    check("columns are assigned by their names", window.field("field.text").input_value() == "зміст" and window.field("field.receivedAt").input_value() == "дата")
    window.field("field.channel").select_option("шлях")
    window.page.click('main button[value="again"]')
    window.page.wait_for_selector('[name="code.channel"]')
    for row in window.page.locator("main tr").filter(has=window.page.locator('[name="code.channel"]')).all():
        row.locator("select").select_option("post" if "Лист" in row.inner_text() else "website")
    window.fill({"name": "старий реєстр"})
    window.confirm()
    window.page.wait_for_url("**/import/*-*")
    until(window, "#do-run")
    check("the check says that nothing is written", "нічого не записано" in window.words())
    told = standing(window)
    check("the check counts every row", told["Рядків переглянуто"] == ROWS and told["Стануть картками"] == ROWS - len(BAD) and told["Не взято"] == len(BAD), told)


def imported(site, window, other):
    """The import goes on by itself: after a stop when it is asked to, after a kill without being asked."""
    before = cards(site)
    window.page.click("#do-run")
    wait("the first cards", lambda: cards(site) > before, 120)
    begun = time.monotonic()
    check("people act meanwhile", other.act(site.register("Ярова"), "appeal-note", {"text": "поки триває імпорт"}), other.words()[:300])
    say(f"an act between slices, page and all: {time.monotonic() - begun:.1f} s")
    window.page.click("#do-stop")
    until(window, "#do-go-on")
    rested = cards(site)
    time.sleep(3)
    check("stopped it stays stopped", before < cards(site) == rested < ROWS, (before, rested, cards(site)))
    window.page.click("#do-go-on")
    wait("it goes on", lambda: cards(site) > rested, 120)
    site.office.kill()
    site.office.start()
    site.fresh()
    killed = cards(site)
    check("killed it was in the middle", rested < killed < ROWS, killed)
    window.heard()  # The node was away.
    until(window, "main a.btn-act[href$='/rows']")
    told = standing(window)
    check("every good row is one card", cards(site) == before + 1 + ROWS - len(BAD), (cards(site), before))
    check("and the page says so", told["Стали картками"] + told.get("Уже були", 0) == ROWS - len(BAD) and told["Не взято"] == len(BAD), told)
    window.heard()
    return before + 1


def mended(site, window, before):
    """Each bad row is mended in its place."""
    window.page.click('main a[href$="/rows"]')
    window.page.wait_for_url("**/rows")
    check("the page of the rows complains about nothing", not (found := looks.faults(window.page, False)), "; ".join(found[:6]))
    with window.page.expect_download() as saved:
        window.page.click('main a[href$="/rejected"]')
    with open(saved.value.path(), encoding="utf-8-sig") as file:
        check("they are saved as a file", len(file.read().splitlines()) == len(BAD) + 1)
    wrong = window.page.locator('main [aria-invalid="true"]').first
    check("the value that is wrong stands first", wrong.input_value() == "31.02.2026 9:14", wrong.input_value())
    wrong.fill("30.02.2026")
    window.page.locator("main section.sheet form button").first.click()
    window.page.wait_for_selector("#errs-h")
    check("a row that is still wrong stays as it was typed", window.page.locator('main [aria-invalid="true"]').first.input_value() == "30.02.2026")
    for left in range(len(BAD), 0, -1):
        sheet = window.page.locator("main section.sheet").first
        name = sheet.get_attribute("id")
        sheet.locator('[aria-invalid="true"]').first.fill("28.02.2026 9:14")
        sheet.locator("form button").click()
        window.page.wait_for_url(f"**taken={name[1:]}")
        if left > 1:
            window.page.wait_for_selector("main section.sheet form")
    check("the last one was mended", "Усі рядки взято" in window.words(), window.words()[:300])
    check("all rows are cards, each once", cards(site) == before + ROWS, cards(site))
    check("nothing else complained", not (heard := [each for each in window.heard() if "status of 422" not in each]), heard)


def removed(site, window):
    """Nothing of the file is left."""
    window.go("/import")
    window.page.click("main table a")
    window.page.wait_for_url("**/import/*-*")
    window.page.click("#do-forget")
    window.page.wait_for_url("**/import")
    check("the import is gone", "Імпортів немає" in window.words(), window.words()[:300])
    other = Window(window.context.browser, site, "urz").sign_in("nadia")
    check("and was shown to nobody else", "register.csv" not in (other.go("/import") and other.words()))
    other.close()


def play():
    from playwright.sync_api import sync_playwright

    site = Site(1)
    try:
        path = os.path.join(site.base, "register.csv")
        register(path)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            window, other = Window(browser, site, "urz").sign_in("olena"), Window(browser, site, "urz").sign_in("nadia")
            window.page.set_default_timeout(SLOW)
            sent(window, path)
            mapped(window)
            before = imported(site, window, other)
            mended(site, window, before)
            removed(site, window)
            browser.close()
    finally:
        site.end()


if __name__ == "__main__":
    main(play)
