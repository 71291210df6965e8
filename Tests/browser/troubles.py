#!/usr/bin/env python3
"""What goes wrong while somebody works in a browser, and nothing typed is lost by it.

The session ends while a form is half filled · the node is killed with a form open · two people on one card · two nodes settle one
disagreement · the disk is full · the office is
away · a card changes at another node while it is open · several are selected and one is refused · an act waits half a minute, is taken
back, and outlives a restart. Prints `N passed, N failed`.
"""
import os
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from workspace import CHROMIUM, Site, Window, scene  # noqa: E402

from town import check, main, say, skip, wait  # noqa: E402

NOTE, CORRECT, ADDRESS = "appeal-note", "appeal-correct", "set.applicant.address"
SOON = 15_000  # Milliseconds: an open page hears of a change within a second or two, more on a machine that is busy.


class SmallSite(Site):
    """The office stands on a small disk of its own, where it may be mounted."""

    def _found(self):
        self.disk = os.path.join(self.base, "urz")
        os.mkdir(self.disk, 0o700)
        small = ["mount", "-t", "tmpfs", "-o", "size=64m,mode=700", "tmpfs", self.disk]
        self.isSmall = os.geteuid() == 0 and subprocess.run(small, capture_output=True).returncode == 0
        super()._found()

    def end(self):
        for node in self.nodes.values():
            node.kill()
        if self.isSmall:
            subprocess.run(["umount", self.disk], capture_output=True)
        super().end()


def story(site, name, body, *around):
    """One of the stories; words on the command line are the names of the functions that are wanted."""
    if sys.argv[1:] and body.__name__ not in sys.argv[1:]:
        return None
    return scene(name, body, site, *around)


def form(window, appeal, row, query=""):
    window.go(f"/cards/{appeal}/acts/{row}{query}")
    return window


def count(site, node, appeal, words):
    """How often a card of a node has these words."""
    card = site.nodes[node].ask("appeal show", appeal=appeal)
    return str(card.json).count(words)


# ── the session ends


def ended(site, window):
    appeal = site.register("Ярова")
    whole = "перша половина, написана до кінця сеансу; друга – після"
    form(window, appeal, NOTE)
    window.fill({"text": whole[:40]})
    window.page.wait_for_selector("[data-kept]")
    site.end_sessions("urz", "nadia")
    window.fill({"text": whole})
    window.page.wait_for_timeout(2_500)  # The page tries to have it kept meanwhile.
    # The node looks at a silent stream every fifteen seconds, the browser comes again some seconds later.
    said = wait("the word that the session is over", lambda: window.page.locator("#ended").is_visible(), patience=60)
    check("the page says that the session is over, in the place of the chip, and leaves what is typed",
          said and not window.page.locator("#chip").is_visible() and window.field("text").input_value() == whole)
    window.confirm()
    window.page.wait_for_url("**/sign-in?**")
    check("who has no session any more is asked to sign in again, and told that what they typed is kept", "набране збережено" in window.words(), window.words())
    window.enter("olena")
    check("somebody else who signs in at this computer gets the same form without their words",
          f"/cards/{appeal}/acts/{NOTE}" in window.page.url and window.field("text").input_value() == "" and "Знайдено" not in window.words(), window.page.url)
    window.go("/account")
    window.page.locator('form[action="/sign-out"] button').click()
    window.page.wait_for_url("**/sign-in**")
    form(window, appeal, NOTE)
    window.enter("nadia")
    window.page.wait_for_function("e => document.querySelector('main [name=text]')?.value.length > 0")
    check("who typed it comes back to the form with everything in it", window.field("text").input_value() == whole, window.field("text").input_value())
    window.send({})
    check("and the act goes through", whole in window.words(), window.words()[:300])
    check("once", count(site, "urz", appeal, whole) == 1)
    form(window, appeal, NOTE)
    check("what was sent is no draft any more", window.field("text").input_value() == "" and "Знайдено" not in window.words())
    window.heard()


# ── the node is killed


def killed(site, window):
    appeal, words = site.register("Стельмах"), "набрано, поки вузол ще жив"
    form(window, appeal, NOTE)
    window.fill({"text": words})
    site.office.kill()
    window.confirm()
    window.page.wait_for_selector("#away:not([hidden])")
    check("a node that is away says so, and the form is as it was", window.field("text").input_value() == words)
    site.office.start()
    window.send({})
    check("when it is back the same form goes through", words in window.words(), window.words()[:300])
    check("and was done once", count(site, "urz", appeal, words) == 1, count(site, "urz", appeal, words))
    form(window, appeal, NOTE)
    window.fill({"text": words + " удруге"})
    site.office.kill()
    window.confirm()
    window.page.wait_for_selector("#away:not([hidden])")
    site.office.start()
    form(window, appeal, NOTE)
    window.page.wait_for_function("e => document.querySelector('main [name=text]')?.value.length > 0")
    check("who leaves the page meanwhile finds the words in the form again", window.field("text").input_value() == words + " удруге")
    window.send({})
    check("and sends them, once", count(site, "urz", appeal, words + " удруге") == 1)
    window.heard()


# ── two people


def crowd(site, first, second):
    for window in (first, second):
        window.heard()  # A node that was killed broke off what they listened to.
    appeal = site.register("Мороз")
    first.go(f"/cards/{appeal}")
    form(second, appeal, CORRECT)
    changed = {ADDRESS: "вул. Друга, 2"}
    second.fill(changed)
    other = first.tab()
    check("one of two corrects the card", other.act(appeal, CORRECT, {ADDRESS: "вул. Перша, 1"}), other.words()[:300])
    second.page.wait_for_selector("#changed:not([hidden])", timeout=SOON)
    check("who has the form open is told that the card was changed", "змінено в іншому місці" in second.words("#changed"))
    check("and keeps what they typed", second.field(ADDRESS).input_value() == "вул. Друга, 2")
    first.page.wait_for_selector("#changed:not([hidden])", timeout=SOON)
    first.page.locator("#changed [data-refresh]").first.click()
    first.page.wait_for_selector("#changed", state="hidden")
    check("the card that is open shows the change when somebody asks for it", "вул. Перша, 1" in first.words(), first.words()[:500])
    second.confirm()
    second.page.wait_for_load_state("load")
    second.page.wait_for_function("e => !location.pathname.includes('/acts/') || document.querySelector('.errs')")
    for window in (first, second):
        window.go(f"/cards/{appeal}")
        check("both are told of the disagreement on the card", "Два працівники змінили те саме" in window.words(), window.words()[:500])
        window.page.get_by_role("link", name="Порівняти й вирішити").first.click()
        window.page.wait_for_url("**/cases/*")
        words = window.words()
        check("and both see both values, and none is chosen already",
              all(each in words for each in ("вул. Перша, 1", "вул. Друга, 2", "nadia")) and not window.page.locator("main input[type=radio]:checked").count(), words[:800])
    for window in (first, second, other):
        check("nothing complained", not (heard := window.heard()), heard)
    other.page.close()


# ── two nodes settle one disagreement


def settle(window, choice, why):
    """Chooses one of the sides of the case that is open."""
    window.page.locator(f'main input[name="choose"][value="{choice}"]').check()
    window.send({"reason": why})
    return "/cases/" in window.page.url and "done=" in window.page.url


def parted(site, office, head):
    """A card of the department: its people disagree, it settles without the office, which settles otherwise."""
    for window in (office, head):
        window.heard()  # A node that was killed broke off what they listened to.
    node = site.nodes["d1"]
    told = node.ask("appeal register", as_="head-d1", name="Гончар Ольга", text="Немає води", heading=["090"], address="вул. Стара, 1")
    appeal = told.json["appeal"]
    site.wait_in_step()
    index = node.ask("appeal show", appeal=appeal).json["index"]
    form(head, appeal, CORRECT)
    node.ask("appeal correct", appeal=appeal, as_="exec-d1", set=[ADDRESS.removeprefix("set.") + "=вул. Перша, 1"], reason="Був на місці")
    head.send({ADDRESS: "вул. Друга, 2"})
    site.wait_in_step()
    for window in (office, head):
        window.go("/queues/decisions")
        window.page.locator("main table a", has_text=index).first.click()
        window.page.wait_for_url("**/cases/*")
        words = window.words()
        check("both nodes show what was, both values and why, and nothing is chosen",
              all(each in words for each in ("вул. Перша, 1", "вул. Друга, 2", "Був на місці" if window is head else "вул. Стара, 1"))
              and not window.page.locator("main input[type=radio]:checked").count(), words[:900])
    case = head.page.url.removeprefix(head.origin)
    site.proxies["d1"].away()
    check("the department settles without the office", settle(head, "take", "Подзвонили"), head.words()[:600])
    check("and is told that the office has not its decision", "Центр ще не отримав" in head.words(), head.words()[:600])
    check("the office settles otherwise meanwhile", settle(office, "keep", "Так на фото"), office.words()[:600])
    site.proxies["d1"].heal()
    site.wait_in_step()
    for window in (office, head):
        window.go(case)
        words = window.words()
        check("both nodes say in words what came of it", "Вирішили двоє одночасно" in words and "Так на фото" in words and "Подзвонили" in words, words[:900])
    head.page.get_by_role("button", name="Повернути це значення").first.click()
    head.page.wait_for_url("**done=appeal-correct**")
    site.wait_in_step()
    office.go(f"/cards/{appeal}")
    check("the value that lost is in force again once somebody puts it back", "вул. Друга, 2" in office.words(), office.words()[:600])
    for window in (office, head):
        check("nothing complained", not (heard := window.heard()), heard)


# ── the disk is full


def full(site, window):
    if not site.isSmall:
        return skip("a full disk: skipped, mounting is not allowed here")
    appeal, words = site.register("Гончар"), "на повний диск " * 200
    form(window, appeal, NOTE)
    window.fill({"text": words})
    ballast = os.path.join(site.disk, "ballast")
    try:
        with open(ballast, "wb", buffering=0) as file:
            while file.write(b"\0" * 65_536):
                pass
    except OSError:
        pass
    # What was set aside in the log of the database is used up first.
    for _ in range(60):
        if site.office.ask("appeal note", ok=None, appeal=appeal, as_="olena", text="х" * 20_000).exit:
            break
    window.confirm()
    window.page.wait_for_selector(".errs, #told")
    said = window.words()
    check("a full disk is said in words", "диск" in said.lower() or "місц" in said.lower(), said[:500])
    check("and the form has all that was typed", window.field("text").input_value() == words)
    window.heard()
    os.remove(ballast)
    window.send({})
    check("when there is room again the same form goes through", words.strip() in window.words(), window.words()[:300])
    check("once", count(site, "urz", appeal, words.strip()) == 1, count(site, "urz", appeal, words.strip()))
    check("nothing complained", not (heard := window.heard()), heard)


# ── the office is away


def away(site, window, appeal):
    window.go(f"/cards/{appeal}")
    window.heard()
    site.proxies["d1"].away()
    check("without the office a note is written", window.act(appeal, NOTE, {"text": "записано без зв’язку"}), window.words()[:300])
    check("the page says that it is kept and not sent", "Збережено, ще не передано" in window.words(), window.words()[:300])
    window.page.wait_for_function("e => /Офлайн/.test(document.querySelector('#chip').innerText)", timeout=SOON)
    check("the chip counts what is kept here", "1 зміну збережено" in window.words("#chip"), window.words("#chip"))
    site.proxies["d1"].heal()
    site.wait_in_step()
    window.page.wait_for_function("e => /Синхронізовано/.test(document.querySelector('#chip').innerText)", timeout=SOON)
    check("the open page says by itself that the office has it", True)
    check("the office has the note", count(site, "urz", appeal, "записано без зв’язку") == 1)
    check("nothing complained", not (heard := window.heard()), heard)


# ── changes while a page is open


def live(site, window, appeal):
    streams = []
    window.go("/")
    window.page.wait_for_timeout(1_500)
    window.context.on("request", lambda asked: asked.url.endswith("/api/v1/changes") and streams.append(asked.frame.page))
    other = window.tab()
    other.go(f"/cards/{appeal}")
    other.page.wait_for_timeout(1_500)
    check("a second tab of a browser asks for no stream of its own", not streams, len(streams))
    site.departments[0].ask("appeal note", appeal=appeal, as_="exec-d1", text="перше слово відділу")
    other.page.wait_for_selector("#changed:not([hidden])", timeout=SOON)
    check("a card that changed at another node says so without being loaded anew", "перше слово відділу" not in other.words())
    other.page.locator("#changed [data-refresh]").first.click()
    other.page.wait_for_selector("#changed", state="hidden")
    check("and shows it when asked", "перше слово відділу" in other.words())
    window.page.goto("about:blank")
    site.departments[0].ask("appeal note", appeal=appeal, as_="exec-d1", text="друге слово відділу")
    other.page.wait_for_selector("#changed:not([hidden])", timeout=SOON)
    check("when the tab that listened is left another one listens", streams == [other.page], len(streams))
    check("nothing complained", not (heard := window.heard()), heard)
    other.page.close()
    window.go("/")


# ── several at once


def several(site, window, appeals):
    window.heard()
    window.go("/cards")
    for appeal in appeals:
        window.page.locator(f'[data-tick][value="{appeal}"]').check()
    check("the bar counts what is ticked", "Вибрано 3 звернення" in window.words("[data-bulk]"), window.words("[data-bulk]"))
    window.page.locator('[data-bulk] [formaction="/selected/assignment-accept"]').click()
    window.page.wait_for_selector("main form [data-confirm]")
    # Meanwhile one of them was accepted by somebody else.
    site.departments[0].ask("assignment accept", appeal=appeals[1], as_="head-d1")
    window.confirm()
    window.page.wait_for_selector("table .st")
    rows = window.page.locator("main tbody tr").all_inner_texts()
    check("each of several selected has its result, and what is refused says why",
          len(rows) == 3 and sum("Пропущено" in row for row in rows) == 1, rows)
    check("nothing complained", not (heard := window.heard()), heard)


# ── half a minute


def dispatched(site, appeal):
    return site.departments[0].query("SELECT count(*) FROM operation WHERE appeal = ? AND kind = 'answer.dispatched'", appeal)[0][0]


def press(window, appeal):
    form(window, appeal, "answer-dispatch")
    window.fill({"number": "17-в"})
    for tick in window.page.locator('main form [name="sure"]').all():
        tick.check()
    window.confirm()
    window.page.wait_for_url("**/answer-draft**")
    return window


def delayed(site, window, appeal):
    check("the answer is written", window.act(appeal, "answer-draft", {"text": "Воду подано, тиск відновлено.", "result": "satisfied"}))
    site.departments[0].ask("answer approve", appeal=appeal, as_="head-d1")
    press(window, appeal)
    check("an act that waits says when it begins", "Почнеться о" in window.words(), window.words()[:400])
    window.page.locator('form[action^="/delayed/"] button').click()
    window.page.wait_for_load_state("load")
    window.page.wait_for_url("**/answer-dispatch**", timeout=SOON)
    check("taken back, what was filled in is in its form again", window.field("number").input_value() == "17-в", window.words()[:400])
    form(window, appeal, "answer-draft")
    check("and it waits no more", "Почнеться о" not in window.words(), window.words()[:400])
    press(window, appeal)
    check("again it waits, and nothing is authored", "Почнеться о" in window.words() and dispatched(site, appeal) == 0)
    begins = ends(site)
    site.departments[0].kill()
    site.departments[0].start()
    window.heard()
    check("a restart goes on with the rest of the time", begins and ends(site) == begins, begins)
    return begins


def ends(site):
    """When the act that waits begins, unix milliseconds."""
    found = site.departments[0].query("SELECT until FROM local WHERE space = 'delayed'")
    return found[0][0] if found else None


def carried(site, appeal, begins):
    wait("the act that waited", lambda: dispatched(site, appeal), patience=60)
    found = site.departments[0].query("SELECT at FROM operation WHERE appeal = ? AND kind = 'answer.dispatched'", appeal)
    check("it is authored once, and not before its time", len(found) == 1 and found[0][0] >= begins, (found, begins))


def play():
    from playwright.sync_api import sync_playwright

    site = SmallSite(departments=1)
    try:
        appeals = [site.register(name) for name in ("Гнатюк", "Мельник", "Кравець", "Лисенко")]
        for appeal in appeals:
            site.assign(appeal, "d1")
        site.wait_in_step()
        site.departments[0].ask("assignment accept", appeal=appeals[3], as_="head-d1")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            executor, head = Window(browser, site, "d1").sign_in("exec-d1"), Window(browser, site, "d1").sign_in("head-d1")
            olena, nadia = Window(browser, site, "urz").sign_in("olena"), Window(browser, site, "urz").sign_in("nadia")
            begun = story(site, "an act waits half a minute", delayed, executor, appeals[3])
            story(site, "the session ends while a form is half filled", ended, nadia)
            story(site, "the node is killed with a form open", killed, olena)
            if begun:
                story(site, "what waited is done", carried, appeals[3], begun)
            story(site, "two people on one card", crowd, olena, nadia)
            story(site, "two nodes settle one disagreement", parted, olena, head)
            story(site, "the disk of the node is full", full, olena)
            story(site, "the office is away", away, executor, appeals[0])
            story(site, "a card changes elsewhere while it is open", live, olena, appeals[0])
            story(site, "several at once, one refused", several, head, appeals[:3])
            say("end")
            browser.close()
    finally:
        site.end()


if __name__ == "__main__":
    main(play)
