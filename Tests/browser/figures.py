"""What somebody waits for in a real browser: first paints, acts that show, bytes of a first visit and of a further page.

`figures.py ADDRESS USER PASSWORD COUNT` drives Debian's chromium at a node that runs, over loopback, and prints one JSON object: times in
milliseconds, sizes in bytes as they came over the line. `benchmark` starts it; it judges nothing.
"""
import json
import os
import statistics
import sys
import time

from playwright.sync_api import Error, sync_playwright

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
PAINTED = "() => performance.getEntriesByName('first-contentful-paint').length > 0"
# When something was first painted, on the clock that all pages of a browser share.
PAINT = "() => performance.timeOrigin + performance.getEntriesByName('first-contentful-paint')[0].startTime"
# The moment of the next press, for the page that comes of it.
LISTEN = """() => addEventListener('click', () =>
    sessionStorage.setItem('pressed', performance.timeOrigin + performance.now()), { capture: true, once: true })"""
# The moment at which a part of the page that was changed is on the screen.
WATCH = """() => { globalThis.seen = 0; new MutationObserver((_, it) => { it.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(() => { globalThis.seen = performance.timeOrigin + performance.now(); })); })
    .observe(document.querySelector('main'), { childList: true, subtree: true }); }"""
PRESSED = "() => Number(sessionStorage.getItem('pressed'))"


class Browser:
    """One person's window, with what came over its line."""

    def __init__(self, chromium, origin):
        self.origin, self.page = origin, chromium.new_context(locale="uk-UA").new_page()
        self.came = {}
        line = self.page.context.new_cdp_session(self.page)
        line.send("Network.enable")
        kinds = {}
        line.on("Network.responseReceived", lambda told: kinds.__setitem__(told["requestId"], told["type"]))
        line.on("Network.loadingFinished", lambda told: self._count(kinds.get(told["requestId"], "other"), told["encodedDataLength"]))

    def _count(self, kind, size):
        self.came[kind] = self.came.get(kind, 0) + int(size)

    def _until(self, holds):
        """Asks until something holds: the policy of the pages lets no function wait within them."""
        for _ in range(6_000):
            try:
                if self.page.evaluate(holds):
                    return
            except Error:
                pass  # The page has just given way to another.
            time.sleep(0.02)
        raise TimeoutError(holds)

    def visit(self, path):
        """Milliseconds from the begin of the navigation to the first paint."""
        self.page.goto(self.origin + path, wait_until="load")
        self._until(PAINTED)
        return self.page.evaluate(PAINT) - self.page.evaluate("() => performance.timeOrigin")

    def follow(self, press):
        """Milliseconds from a press to the first paint of the page that comes of it."""
        before = self.page.evaluate("() => performance.timeOrigin")
        self.page.evaluate(LISTEN)
        press.click(no_wait_after=True)
        self._until(f"() => performance.timeOrigin > {before} && ({PAINTED})()")
        self.page.wait_for_load_state("load")
        return self.page.evaluate(PAINT) - self.page.evaluate(PRESSED)

    def swap(self, press):
        """Milliseconds from a press to the frame that shows the part of the page that it changed."""
        self.page.evaluate(LISTEN)
        self.page.evaluate(WATCH)
        press.click(no_wait_after=True)
        self._until("() => globalThis.seen > 0")
        return self.page.evaluate("() => globalThis.seen") - self.page.evaluate(PRESSED)

    def taken(self):
        """What came since it was last asked, by kind."""
        self.page.wait_for_timeout(500)
        came, self.came = self.came, {}
        return came


def play(origin, user, password, count):
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        window = Browser(chromium, origin)
        page = window.page
        page.set_default_timeout(120_000)
        # A first visit: the way in, and the first page behind it.
        page.goto(origin + "/sign-in", wait_until="load")
        page.fill("#user", user)
        page.fill("#password", password)
        page.click("main form button:not([type=button])")
        page.wait_for_url(lambda url: "/sign-in" not in url, timeout=120_000)
        page.wait_for_load_state("load")
        cold = window.taken()
        # What is kept by now is not asked for again.
        sizes = {}
        window.visit("/cards")
        cards = page.eval_on_selector_all("main table a[href^='/cards/']", "all => [...new Set(all.map((e) => e.getAttribute('href')))]")
        for path in ("/cards", "/queues/overdue", cards[0], cards[0] + "/acts/appeal-note"):
            window.taken()
            window.visit(path)
            sizes[path] = sum(window.taken().values())
        places = {"list": lambda n: "/cards", "queue": lambda n: "/queues/overdue", "card": lambda n: cards[n % len(cards)]}
        paints, actions = {name: [] for name in places}, {"open": [], "order": [], "swap": [], "note": []}
        for number in range(count):
            for name, place in places.items():
                paints[name].append(window.visit(place(number)))
        for number in range(max(2, count // 4)):
            card = cards[number % len(cards)]
            window.visit("/cards")
            actions["open"].append(window.follow(page.locator(f"main table a[href='{card}']").first))
            actions["swap"].append(window.swap(page.locator("main a[data-swap]").last))
            window.visit(card + "/acts/appeal-note")
            page.fill("main form [name='text']", f"Заявниця просить передзвонити після 17:00 ({number})")
            actions["note"].append(window.follow(page.locator("main form [data-confirm]").first))
            window.visit("/queues/overdue")
            actions["order"].append(window.follow(page.locator("main a[href^='/queues/overdue?']").first))
        chromium.close()
    print(json.dumps({
        "paints": flat(paints), "actions": flat(actions), "medians": {"paints": medians(paints), "actions": medians(actions)},
        "cold": [float(sum(cold.values()))], "warm": [float(size) for size in sizes.values()], "of": {"cold": cold, "warm": sizes},
    }))


def flat(times):
    return [round(each, 2) for all in times.values() for each in all]


def medians(times):
    return {name: round(statistics.median(all), 1) for name, all in times.items()}


if __name__ == "__main__":
    play(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))
