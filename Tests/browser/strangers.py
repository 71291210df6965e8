#!/usr/bin/env python3
"""Who may not, in a browser: foreign names, pages of elsewhere, what was sent once already; and how somebody comes in for the first time.

A foreign Host · a page of another origin that fetches, frames and posts · a second first run · a key, a cookie, a step of the authenticator
sent twice · an administrator who is invited by a link, sets up one-time codes and comes in by a recovery code · a node whose clock is wrong ·
signing out. Prints `N passed, N failed`.
"""
import http.server
import os
import re
import subprocess
import sys
import threading
import time
import uuid

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from workspace import CHROMIUM, PASSWORD, Site, Window, scene  # noqa: E402

import qr  # noqa: E402
from town import ROOT, check, main, one_time, skip  # noqa: E402

EVIL = "evil.example"
STEP = 30  # Seconds of one step of an authenticator.

PAGE = """<!DOCTYPE html><title>elsewhere</title><iframe id="frame" src="{origin}/cards"></iframe>
<form id="form" method="post" action="{origin}/cards/{appeal}/acts/appeal-note"><input name="text" value="чужа сторінка"><input name="command" value="{command}"></form>
<form id="door" method="post" action="{origin}/sign-out"></form>"""

# What a foreign page can read of the node, in each way that a page has.
READ = """async (origin) => {
  const told = {};
  for (const mode of ['cors', 'no-cors']) {
    try { const reply = await fetch(origin + '/api/v1/appeals', { mode, credentials: 'include' }); told[mode] = reply.type + ' ' + (await reply.text()).length; }
    catch (error) { told[mode] = 'refused'; }
  }
  try {
    const reply = await fetch(origin + '/cards/APPEAL/acts/appeal-note', { method: 'POST', mode: 'no-cors', credentials: 'include', body: new URLSearchParams({ text: 'чужа сторінка' }) });
    told.post = reply.type + ' ' + (await reply.text()).length;
  } catch (error) { told.post = 'refused'; }
  return told;
}"""


class Elsewhere(http.server.ThreadingHTTPServer):
    """A page of another origin on the same machine."""

    def __init__(self, text):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200)
                self.send_header("content-type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *_):
                pass

        super().__init__(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.serve_forever, daemon=True).start()


def notes(site, appeal, words):
    return str(site.office.ask("appeal show", appeal=appeal).json).count(words)


def rebound(site, window, appeal):
    """A name of elsewhere that leads to this machine."""
    port = window.origin.rsplit(":", 1)[1]
    page = window.context.new_page()
    answer = page.goto(f"http://{EVIL}:{port}/cards/{appeal}")
    check("a foreign name that leads to the node is answered 421, whoever asks", answer.status == 421, answer.status)
    check("and is told of nobody", "Гнатюк" not in page.content(), page.content()[:300])
    told = page.evaluate(READ.replace("APPEAL", appeal), f"http://{EVIL}:{port}")
    check("a script of that name reads nothing either", "Гнатюк" not in str(told) and notes(site, appeal, "чужа") == 0, told)
    page.close()


def foreign(site, window, appeal):
    """A page of another port of this machine, whose requests carry the cookie, and of another site."""
    server = Elsewhere(PAGE.format(origin=window.origin, appeal=appeal, command=uuid.uuid4()))
    try:
        for host in ("127.0.0.1", EVIL):
            page = window.context.new_page()
            page.goto(f"http://{host}:{server.server_port}/")
            told = page.evaluate(READ.replace("APPEAL", appeal), window.origin)
            check(f"a page of {host} reads nothing of the node", told["cors"] == "refused" and told["no-cors"] in ("refused", "opaque 0"), told)
            frame = next((each for each in page.frames if each != page.main_frame), None)
            check(f"a page of {host} cannot frame the node", frame is None or "Гнатюк" not in frame.content(), frame and frame.url)
            with page.expect_navigation() as gone:
                page.evaluate("document.getElementById('form').submit()")
            check(f"a form of {host} acts nothing", gone.value.status == 403 and notes(site, appeal, "чужа сторінка") == 0, gone.value.status)
            page.goto(f"http://{host}:{server.server_port}/")
            with page.expect_navigation():
                page.evaluate("document.getElementById('door').submit()")
            page.close()
        check("nor does it end anybody's session", window.go("/cards") == 200 and "/sign-in" not in window.page.url, window.page.url)
    finally:
        server.shutdown()
        window.heard()


def twice(site, window, appeal):
    """What was sent once already."""
    door, session = site.doors["urz"], site.firsts["urz"]
    check("the page of the first run is closed", window.go("/first-run") == 410 and not window.page.locator("main form").count())
    status, _, told = door.ask("POST", "/api/v1/first-run", {"code": site.codes["urz"], "user": "olena", "new": PASSWORD})
    check("and a start code that was used opens nothing", status in (404, 410), (status, told))
    key, place = str(uuid.uuid4()), "/api/v1/acts/appeal-note"
    first = door.ask("POST", place, {"appeal": appeal, "text": "за ключем"}, {**session, "idempotency-key": key})
    again = door.ask("POST", place, {"appeal": appeal, "text": "за ключем"}, {**session, "idempotency-key": key})
    other = door.ask("POST", place, {"appeal": appeal, "text": "інше за ключем"}, {**session, "idempotency-key": key})
    check("a key that comes again acts once, and is answered as the first time", first[0] == again[0] == 200 and notes(site, appeal, "за ключем") == 1, (first, again))
    check("with other words it is refused", other[0] == 422, other)
    answer = window.context.request.post(f"{window.origin}{place}", headers={"origin": window.origin, "idempotency-key": str(uuid.uuid4())},
                                         data={"appeal": appeal, "text": "лише кукі"})
    check("a cookie without the second secret acts nothing", answer.status == 403 and notes(site, appeal, "лише кукі") == 0, answer.status)
    stolen = window.context.browser.new_context()
    stolen.add_cookies(window.context.cookies())
    page = stolen.new_page()
    page.goto(f"{window.origin}/cards/{appeal}/acts/appeal-note")
    page.fill('main form [name="text"]', "з чужого вікна")
    page.locator("main form [data-confirm]").click()
    page.wait_for_selector("dialog#second[open]")
    check("a window with a stolen cookie is asked for the password, and acts nothing", notes(site, appeal, "з чужого вікна") == 0)
    stolen.close()
    window.heard()


def invited(site, browser, window):
    """Another administrator: by a link in a window of their own, with one-time codes from the first minute."""
    given = site.doors["urz"].demand("POST", "/api/v1/people-access/second/invite", None, site.firsts["urz"])
    fresh = Window(browser, site, "urz")
    fresh.page.goto(given["address"])
    check("the link brings its code, and takes it out of the address", fresh.page.input_value("#code") == given["code"] and "#" not in fresh.page.url, fresh.page.url)
    fresh.page.fill("#new", PASSWORD + " ще")
    fresh.page.fill("#again", PASSWORD + " ще")
    fresh.page.click("main form button")
    fresh.page.wait_for_url("**/second-proof")
    check("an administrator sets up one-time codes before anything else", fresh.go("/people-access") == 200 and "/second-proof" in fresh.page.url, fresh.page.url)
    fresh.page.click("main form button")
    fresh.page.wait_for_selector("main svg")
    secret = fresh.words("main b.mono").replace(" ", "")
    scanned = code(fresh)
    check("a camera reads from the picture what stands beside it, and the key", scanned == fresh.words("main figure.qr code") and f"secret={secret}" in scanned, scanned)
    fresh.page.fill("#code", one_time(secret))
    fresh.page.click("main form button")
    fresh.page.wait_for_selector("main ol.mono li")
    codes = fresh.page.locator("main ol.mono li").all_inner_texts()
    check("ten recovery codes are shown once", len(set(codes)) == 10, codes)
    check("and the work begins", fresh.go("/people-access") == 200 and "/second-proof" not in fresh.page.url, fresh.page.url)
    handed(fresh)
    fresh.page.goto(given["address"])
    fresh.page.fill("#new", PASSWORD + " ще")
    fresh.page.fill("#again", PASSWORD + " ще")
    fresh.page.click("main form button")
    fresh.page.wait_for_selector(".errs")
    check("a link that was used opens nothing", "/invitations" in fresh.page.url)
    fresh.heard()
    left(fresh)
    by_code(fresh, "second", codes[0])
    check("a recovery code stands in for a one-time code", "/sign-in" not in fresh.page.url, fresh.words()[:200])
    left(fresh)
    by_code(fresh, "second", codes[0])
    check("and only once", "/sign-in" in fresh.page.url, fresh.page.url)
    once = one_time(secret, time.time() + STEP)  # The step after the one that turned the codes on.
    by_code(fresh, "second", once)
    check("the code of the authenticator opens", "/sign-in" not in fresh.page.url, fresh.words()[:200])
    left(fresh)
    by_code(fresh, "second", once)
    check("a step that was used says so, and opens nothing", "уже використано" in fresh.words(), fresh.words()[:300])
    fresh.heard()
    site.seconds["second"] = secret
    fresh.close()


def code(window):
    """What a camera reads of the page's code."""
    return qr.of_picture(window.page.locator("main figure.qr svg").screenshot())[0]


def handed(window):
    """An invitation that is handed over as a picture."""
    window.go("/people-access")
    window.page.locator('form[action="/people-access/third/invite"] button').first.click()
    window.page.wait_for_selector("main figure.qr")
    scanned, typed = code(window), window.words("main p.big.mono")
    check("a camera reads the address of an invitation from the picture", scanned == window.words("main figure.qr code"), scanned)
    check("which brings the code that stands beside it", re.sub(r"\W", "", typed) in re.sub(r"\W", "", scanned), (scanned, typed))
    window.page.emulate_media(color_scheme="dark")
    check("on a dark page too", code(window) == scanned)
    window.page.emulate_media(color_scheme="light")


def by_code(window, user, code, password=PASSWORD + " ще"):
    window.go("/sign-in")
    window.page.fill("#user", user)
    window.page.fill("#password", password)
    window.page.fill("#code", code)
    window.page.click("main form button:not([type=button])")
    window.page.wait_for_function("() => !location.pathname.startsWith('/sign-in') || document.querySelector('.errs')")
    window.page.wait_for_load_state("load")


def left(window):
    """Signs out, and looks at what is left."""
    window.go("/account")
    window.page.locator('form[action="/sign-out"] button').click()
    window.page.wait_for_url("**/sign-in**")
    rest = [each["name"] for each in window.context.cookies() if each["name"].startswith("kt-")]
    check("signing out leaves no cookie of the session", not rest, rest)
    window.page.go_back()
    window.page.wait_for_load_state("load")
    check("and the way back shows nobody's page", "Вийти" not in window.words(), window.words()[:200])


def clock(site, browser):
    """A node that is five minutes ahead."""
    library = os.path.join(site.base, "clock.so")
    source = os.path.join(ROOT, "Tests", "real", "clock.c")
    if subprocess.run(["cc", "-shared", "-fPIC", "-o", library, source, "-ldl"], capture_output=True).returncode:
        return skip("a wrong clock: skipped, there is no C compiler for clock.c")
    site.office.stop()
    site.office.start(environment={"LD_PRELOAD": library, "CLOCK_OFFSET": "300"})
    window, secret = Window(browser, site, "urz"), site.seconds["admin"]
    by_code(window, "admin", one_time(secret), PASSWORD)
    words = window.words()
    check("a node whose clock is wrong says so before it refuses a code, with its own time", "Годинники розійшлися" in words and "відстає приблизно на 5 хв" in words
          and re.search(r"на якому зараз \d\d:\d\d:\d\d", words), words[:500])
    site.office.stop()
    site.office.start()
    by_code(window, "admin", one_time(secret, time.time() + STEP), PASSWORD)
    check("set right again it takes the code", "/sign-in" not in window.page.url, window.words()[:300])
    window.close()


def play():
    from playwright.sync_api import sync_playwright

    site = Site(departments=1)
    try:
        site.office.ask("person add", user="second", as_="admin", name="Друга Адміністраторка", department="urz")
        site.office.ask("role grant", user="second", role="administrator", as_="admin", department="urz")
        site.office.ask("person add", user="third", as_="admin", name="Новий Працівник", department="urz")
        site.office.ask("role grant", user="third", role="specialist", as_="admin", department="urz")
        appeal = site.register("Гнатюк")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", f"--host-resolver-rules=MAP {EVIL} 127.0.0.1"])
            olena = Window(browser, site, "urz").sign_in("olena")
            scene("a foreign name", rebound, site, olena, appeal)
            scene("a page of elsewhere", foreign, site, olena, appeal)
            scene("sent twice", twice, site, olena, appeal)
            scene("a wrong clock", clock, site, browser)
            scene("invited", invited, site, browser, olena)
            browser.close()
    finally:
        site.end()


if __name__ == "__main__":
    main(play)
