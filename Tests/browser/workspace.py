"""An office and departments whose people work in browsers: accounts, windows that are signed in, and what a page must never do."""

import copy
import http.client
import json
import os
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "real"))
from town import Town, Trouble, check, free_port, one_time, say, wait  # noqa: E402

PASSWORD = "три коти на даху 1991"
SECOND = "x-kartoteka-session"
SLOW = 120_000  # Milliseconds: the check of a password gives way to everything else.
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")


class Door:
    """The web port of one node, as a program asks it."""

    def __init__(self, node):
        self.node = node
        self.origin = wait(f"the web port of {node.name}", lambda: (node.ask("status").json.get("web") or {}).get("address"))
        self.port = int(self.origin.rsplit(":", 1)[1])

    def ask(self, method, path, body=None, headers=None):
        """Status, headers and members of an answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SLOW / 1000)
        sent = {"origin": self.origin, **({"content-type": "application/json"} if body is not None else {}), **(headers or {})}
        connection.request(method, path, json.dumps(body) if body is not None else None, sent)
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        try:
            members = json.loads(text) if text else {}
        except ValueError:
            members = {"text": text.decode("utf-8", "replace")}
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, members


    def demand(self, method, path, body=None, session=None):
        """The members of an answer that must be a good one."""
        status, _, told = self.ask(method, path, body, session)
        if status >= 300:
            raise Trouble(f"{self.node.name}: {method} {path}: {status} {told}")
        return told

    def enter(self, path, body):
        """What a program sends to act for whoever comes in this way: the cookie, and the second secret."""
        status, headers, told = self.ask("POST", path, body)
        if status != 201:
            raise Trouble(f"{self.node.name}: {path}: {status} {told}")
        return {"cookie": headers["set-cookie"].split(";")[0], SECOND: told["second"]}


class Site(Town):
    """The town of the scripts beside, whose nodes have web ports of their own and whose people have accounts; secrets of second proofs stand
    in `seconds`, what a program sends for the first account of a node in `firsts`, the start codes that opened them in `codes`."""

    def __init__(self, departments=2):
        super().__init__("browser", departments)
        self.seconds = {}
        self.firsts, self.codes, self.shown = {}, {}, {}
        self._person("nadia", "specialist", "urz")
        self.wait_in_step()
        for node in self.nodes.values():
            self.serve_web(node)
        self.doors = {name: Door(node) for name, node in self.nodes.items()}
        self.open_accounts("urz", "admin", ("olena", "mayor", "nadia"))
        for node in self.departments:
            self.open_accounts(node.name, f"head-{node.name}", (f"exec-{node.name}",))
        self.fresh()

    def serve_web(self, node):
        """Gives the node a web port of its own, which it keeps when it starts again: the usual one is one for a whole machine."""
        node.stop()
        port = free_port()
        path, section, lines = os.path.join(node.data, "kartoteka.conf"), "", []
        with open(path, encoding="utf-8") as file:
            for line in file.read().splitlines():
                section = line if line.startswith("[") else section
                lines.append(f"port = {port}" if section == "[web]" and line.startswith((";port", "port")) else line)
        with open(path, "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
        node.start()

    def fresh(self):
        """Commands go over new connections to the nodes: those that were idle long are closed."""
        for node in self.nodes.values():
            node.kept = threading.local()

    def end_sessions(self, node, user):
        """Whoever has the first account of a node ends all sessions of somebody else."""
        self.doors[node].demand("POST", f"/api/v1/people-access/{user}/end-sessions", None, self.firsts[node])

    def code_of(self, user):
        """The next one-time code of somebody: each is taken once, so it may be half a minute away."""
        def fresh():
            code = one_time(self.seconds[user])
            return code if code != self.shown.get(user) else None

        self.shown[user] = wait(f"a one-time code of {user}", fresh, 40)
        return self.shown[user]

    def open_accounts(self, node, first, others):
        """The holder of the start code opens the first account and invites the others, who choose a password."""
        door = self.doors[node]
        with open(os.path.join(self.nodes[node].data, "start-code"), encoding="utf-8") as file:
            self.codes[node] = file.read().strip()
            session = door.enter("/api/v1/first-run", {"code": self.codes[node], "user": first, "new": PASSWORD})
        self.firsts[node] = session
        if node == "urz":
            self.seconds[first] = door.demand("POST", "/api/v1/account/second-proof/proposal", None, session)["secret"]
            door.demand("POST", "/api/v1/account/second-proof", {"code": self.code_of(first)}, session)
        for user in others:
            code = door.demand("POST", f"/api/v1/people-access/{user}/invite", None, session)["code"]
            door.enter("/api/v1/invitations", {"code": code, "new": PASSWORD})


class Window:
    """One browser window of one person, which may ask nobody but its node, and complains about nothing."""

    def __init__(self, browser, site, node, width=1440, height=900, dark=False, language="uk", phone=False):
        self.site, self.node, self.origin = site, node, site.doors[node].origin
        self.context = browser.new_context(viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light",
                                           locale="uk-UA" if language == "uk" else "en-GB", has_touch=phone)
        self.context.set_default_timeout(SLOW)
        self.complaints = []
        self.page = self._watched(self.context.new_page())

    def _watched(self, page):
        page.on("console", lambda line: line.type in ("error", "warning") and self.complaints.append(f"console: {line.text}"))
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        page.on("request", lambda asked: self._look(asked.url))
        page.on("requestfailed", lambda asked: "ERR_ABORTED" not in (asked.failure or "") and self.complaints.append(f"failed: {asked.url} {asked.failure}"))
        return page

    def _look(self, url):
        if not url.startswith((self.origin, "data:", "blob:")):
            self.complaints.append(f"a request outside: {url}")

    def tab(self):
        """Another tab of the same browser, whose complaints are heard with those of the first."""
        other = copy.copy(self)
        other.page = self._watched(self.context.new_page())
        return other

    def go(self, path):
        answer = self.page.goto(self.origin + path, wait_until="load")
        return answer.status if answer else 0

    def sign_in(self, user):
        self.go("/sign-in")
        return self.enter(user)

    def enter(self, user, password=PASSWORD):
        """Signs in by the page that asks for it, wherever it leads."""
        self.page.fill("#user", user)
        self.page.fill("#password", password)
        if user in self.site.seconds:
            self.page.fill("#code", self.site.code_of(user))
        self.page.click("main form button:not([type=button])")
        self.page.wait_for_url(lambda url: "/sign-in" not in url, timeout=SLOW)
        self.page.wait_for_load_state("load")
        return self

    def fill(self, fields, ticks=()):
        """Fills fields of the form of the page, by their names."""
        for name, value in fields.items():
            field = self.field(name)
            if not field.is_visible():
                self.page.locator("main form details:not([open]) > summary").first.click()
            if field.evaluate("e => e.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)
        for name in ticks:
            self.page.locator(f'main form [name="{name}"]').check()

    def field(self, name):
        return self.page.locator(f'main form [name="{name}"]').first

    def confirm(self):
        """Presses the one main button of the page, and waits for nothing."""
        self.page.locator("main form [data-confirm]").first.click()

    def send(self, fields, ticks=()):
        """Fills the form of the page and presses its main button; waits until another page is there."""
        self.fill(fields, ticks)
        before = self.page.url
        self.confirm()
        self.page.wait_for_url(lambda url: url != before, timeout=SLOW)
        self.page.wait_for_load_state("load")

    def act(self, appeal, row, fields):
        """Whether an act of a card was done, and nothing complained."""
        if self.go(f"/cards/{appeal}/acts/{row}") != 200:
            return False
        self.send(fields)
        return "/cards/" in self.page.url and not self.heard()

    def words(self, place="main"):
        return self.page.inner_text(place)

    def heard(self):
        """What the pages complained about since it was last asked."""
        found = list(self.complaints)
        self.complaints.clear()
        return found

    def close(self):
        self.context.close()


def scene(name, body, site, *around):
    """One story of a script; what breaks it off is a failure of its own and hinders no other."""
    say(name)
    site.fresh()
    try:
        return body(site, *around)
    except Exception as error:
        check(f"{name}: goes to its end", False, repr(error)[:600])
        return None
