#!/usr/bin/env python3
"""The whole life of an appeal in browsers: a registrar, a leader, a head and an executor, the office and two departments in windows of their own.

The network between a department and the office is cut in the middle, and what was typed and done meanwhile is there when it is back. A cookie
alone acts nothing; hostile words come out as they went in. Prints `N passed, N failed`.
"""
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from workspace import CHROMIUM, Site, Window  # noqa: E402

from town import check, main, say  # noqa: E402

HOSTILE = "<script>alert('x')</script> «Ліхтарі» & \"темно\" <b>не горять</b>"


def register(window):
    window.go("/register")
    check("the form of registration complains about nothing", not window.heard())
    window.send({"name": "Гнатюк Ірина Василівна", "phone": "0560000704", "text": HOSTILE, "heading.1": "090", "question.1": HOSTILE,
                  "problem-address.1": "вул. Староміська, 11", "reply": "phone"})
    check("a registered appeal leads to its card", "/cards/" in window.page.url, window.page.url)
    body = window.page.inner_text("main")
    check("hostile words come out as they went in", HOSTILE in body, body[:300])
    check("and are no markup", window.page.locator("main script, main .voice b").count() == 0)
    check("nothing complained", not (heard := window.heard()), heard)
    return window.page.locator("[data-appeal]").first.get_attribute("data-appeal")


def theft(window, appeal):
    """Somebody has the cookie and not the second secret."""
    answer = window.context.request.post(f"{window.origin}/cards/{appeal}/acts/appeal-note", headers={"origin": window.origin},
                                         form={"text": "чужа рука"})
    check("a cookie alone acts nothing", answer.status == 403, answer.status)
    answer = window.context.request.post(f"{window.origin}/cards/{appeal}/acts/appeal-note", headers={"origin": "http://evil.example"},
                                         form={"text": "чужа сторінка"})
    check("a form of a foreign page is refused", answer.status == 403, answer.status)


def play():
    from playwright.sync_api import sync_playwright

    site = Site()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            office, leader = Window(browser, site, "urz").sign_in("olena"), Window(browser, site, "urz").sign_in("mayor")
            head, executor = Window(browser, site, "d1").sign_in("head-d1"), Window(browser, site, "d1", phone=True, width=390, height=780).sign_in("exec-d1")
            say("four windows are signed in")
            appeal = register(office)
            theft(office, appeal)
            check("the leader signs a resolution with an executor and a co-executor", leader.act(appeal, "resolution-issue", {
                "text": "Відновити освітлення, відповісти заявниці", "department.1": "d1", "department.2": "d2"}))
            site.wait_in_step()
            check("the head accepts", head.act(appeal, "assignment-accept", {}))
            check("and names the executor", head.act(appeal, "assignment-person", {"person": "exec-d1"}))
            site.proxies["d1"].away()
            say("the department has no connection")
            check("the executor drafts the answer", executor.act(appeal, "answer-draft", {"text": "Ліхтарі замінено 28.11.", "result": "satisfied"}))
            check("the head approves it", head.act(appeal, "answer-approve", {}))
            check("the executor writes down the talk with the applicant", executor.act(appeal, "feedback-add", {"how": "phone", "words": "Світить"}))
            check("and submits the answer", executor.act(appeal, "answer-submit", {}))
            chip = executor.page.locator("#chip").inner_text()
            check("the chip says what is kept here", any(word in chip for word in ("Офлайн", "збережено", "не передано")), chip)
            site.proxies["d1"].heal()
            site.wait_in_step()
            office.go(f"/cards/{appeal}")
            check("the office sees the answer once the network is back", "Ліхтарі замінено 28.11." in office.page.inner_text("main"))
            check("nothing complained in any window", not (heard := [each for window in (office, leader, head, executor) for each in window.heard()]), heard)
            browser.close()
    finally:
        site.end()


if __name__ == "__main__":
    main(play)
