#!/usr/bin/env python3
"""Finding, in a browser: by the field at the top, at the office and at a department that is cut off; and what is known of a caller while they speak.

A key leads into the field · words in any form, the number, what is not there, text that would be markup · former appeals appear while a name is
typed and the cursor stays · the same matter is compared, put aside, linked, and gets the first number with a fraction · a department without the
office finds its slice and its own work. Prints `N passed, N failed`.
"""
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from workspace import CHROMIUM, Site, Window, scene  # noqa: E402

from town import check, main, wait  # noqa: E402

CALL = {
    "name": "Гнатюк Ірина Василівна", "phone": "+380560000031", "heading": "090", "question": "Відновити освітлення",
    "problem-address": "вул. Спаська, 5", "text": "Не горять чотири ліхтарі біля під'їзду, увечері темно.",
}
MARKUP = '<img src=x onerror=alert(1)> "ліхтар'


def index_of(site, appeal):
    return site.office.ask("appeal show", appeal=appeal).json["index"]


def looked_for(site, window, index):
    page = window.page
    window.go("/")
    page.keyboard.press("s")
    check("a key leads into the field", page.evaluate("document.activeElement.id") == "find")
    page.keyboard.type("ліхтарями")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    check("a word in another form finds the card", index in window.words(), window.words()[:400])
    check("and is marked", page.locator("main mark").first.inner_text().startswith("ліхтар"))
    page.locator("main .q th a").first.click()
    page.wait_for_url("**/cards/**")
    check("the row leads to the card", index in window.words("h1, main"), page.url)
    for typed in ("Гнатюк І. В.", "056 000-00-31", "Спаській 5", '"чотири ліхтарі"', "під’їзд", "освітл*"):
        window.go("/search")
        page.fill("#query", typed)
        page.keyboard.press("Enter")
        page.wait_for_url("**/search?q=*")
        check(f"found by {typed}", index in window.words(), window.words()[:300])
        check(f"what was typed stands in the field: {typed}", page.input_value("#query") == typed, page.input_value("#query"))
    page.fill("#find", index.lower())
    page.press("#find", "Enter")
    page.wait_for_url("**/cards/**")
    check("a whole number leads to its card", index in window.words(), page.url)
    for typed in ("жирафа", MARKUP):
        window.go("/search")
        page.fill("#query", typed)
        page.keyboard.press("Enter")
        page.wait_for_url("**/search?q=*")
        check(f"what is not there is said: {typed}", "Нічого не знайдено" in window.words(), window.words()[:300])
        check(f"and stands in the field as typed: {typed}", page.input_value("#query") == typed, page.input_value("#query"))
    check("nothing complained", not (heard := window.heard()), heard)


def called(site, window, appeal, index):
    page = window.page
    window.go("/register")
    aside = page.locator('[data-part="caller"]')
    page.locator('[name="name"]').press_sequentially("Гнатюк Іри", delay=40)
    wait("former appeals of a name that is typed", lambda: index in aside.inner_text(), 15)
    check("they appear while the name is typed, and the cursor stays",
          page.evaluate("document.activeElement.name") == "name" and page.input_value('[name="name"]') == "Гнатюк Іри")
    page.locator('[name="name"]').fill("Гнатюк Ірина Василівна")
    page.locator('[name="phone"]').first.fill("056 000 00 31")
    page.locator('[name="text"]').fill("Знову не горять ліхтарі, темно")
    wait("a suspicion", lambda: "Схоже на те, що вже розглядають" in aside.inner_text(), 15)
    told = aside.inner_text()
    check("with its reasons", "той самий телефон" in told and "слова «" in told and "ліхтарі" in told, told)
    aside.locator("summary").first.click()
    check("a press opens both side by side", aside.locator("details[open]").count() == 1)
    told = aside.inner_text()
    check("side by side stand both texts", "Знову не горять ліхтарі" in told and "Не горять чотири ліхтарі" in told, told)
    page.locator('[name="email"]').fill("hnatiuk@example.com")
    page.wait_for_timeout(1_000)
    check("who compares is not interrupted", aside.locator("details[open]").count() == 1)
    aside.locator('button[value^="not "]').first.click()
    wait("what is another matter to go", lambda: "Схоже" not in aside.inner_text(), 15)
    check("and what was typed stays", page.input_value('[name="text"]') == "Знову не горять ліхтарі, темно")
    page.locator('[name="address"]').press_sequentially("вул.", delay=40)
    page.wait_for_timeout(1_200)
    check("also when more is typed", "Схоже" not in aside.inner_text(), aside.inner_text())
    check("nothing complained", not (heard := window.heard()), heard)


def linked(site, window, index):
    page = window.page
    window.go("/register")
    fields = {key: value for key, value in CALL.items() if key in ("name", "phone", "text")} | {
        "question.1": CALL["question"], "heading.1": CALL["heading"], "problem-address.1": CALL["problem-address"]}
    window.fill(fields)
    aside = page.locator('[data-part="caller"]')
    link = aside.locator(f'button[value="duplicate {index}"]')
    wait("the suspicion again", lambda: link.count() == 1, 15)
    link.click()
    wait("a press to name it as a duplicate", lambda: page.input_value('[name="duplicate-of"]') == index, 15)
    before = page.url
    window.confirm()
    page.wait_for_url(lambda url: url != before)
    page.wait_for_load_state("load")
    check("it gets the first number with a fraction", f"{index}/2" in window.words(), window.words()[:300])
    check("nothing complained", not (heard := window.heard()), heard)


def cut_off(site, browser, index):
    department = site.departments[0]
    window = Window(browser, site, department.name).sign_in(f"head-{department.name}")
    site.office.stop()
    try:
        done = department.ask("appeal register", name="Криниченко Юрій", text="Криниця без кришки", heading=["090"], channel="departmentEmail",
                              **{"as": f"head-{department.name}"})
        window.go("/search?q=%D0%BA%D1%80%D0%B8%D0%BD%D0%B8%D1%86%D0%B5%D1%8E")
        check("a department that is cut off finds its own work", done.json["registrationIndex"] in window.words(), window.words()[:400])
        window.go("/search?q=%D0%BB%D1%96%D1%85%D1%82%D0%B0%D1%80%D1%8F%D0%BC%D0%B8")
        check("and what its slice has", index in window.words(), window.words()[:400])
        window.go("/search?q=%D0%B6%D0%B8%D1%80%D0%B0%D1%84%D0%B0")
        check("and says that it looked there alone", "цього підрозділу" in window.words(), window.words()[:400])
    finally:
        site.office.start()
    window.close()


def play():
    from playwright.sync_api import sync_playwright

    site = Site(1)
    try:
        department = site.departments[0].name
        done = site.office.ask("appeal register", **{**CALL, "heading": [CALL["heading"]], "question": [CALL["question"]], "phone": [CALL["phone"]],
                                                     "problem-address": [CALL["problem-address"]], "as": "olena"})
        appeal = done.json["appeal"]
        index = index_of(site, appeal)
        site.office.ask("resolution issue", appeal=appeal, author="mayor", text="Розглянути", main=department, **{"as": "olena"})
        wait("the card at the department", lambda: appeal in str(site.departments[0].ask("appeal list").json), 30)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            window = Window(browser, site, "urz").sign_in("olena")
            scene("finding", looked_for, site, window, index)
            scene("a call", called, site, window, appeal, index)
            scene("a duplicate", linked, site, Window(browser, site, "urz").sign_in("nadia"), index)
            scene("without the office", cut_off, site, browser, index)
            browser.close()
    finally:
        site.end()


if __name__ == "__main__":
    main(play)
