"""An office and departments whose people work in browsers: accounts, windows that are signed in, and what a page must never do."""

import http.client
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "real"))
from town import Town, Trouble, one_time, wait  # noqa: E402

PASSWORD = "три коти на даху 1991"
SECOND = "x-kartoteka-session"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")


class Door:
    """The web port of one node, as a program asks it."""

    def __init__(self, node):
        self.node = node
        self.origin = wait(f"the web port of {node.name}", lambda: (node.ask("status").json.get("web") or {}).get("address"))
        self.port = int(self.origin.rsplit(":", 1)[1])

    def ask(self, method, path, body=None, headers=None):
        """Status, headers and members of an answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
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
    in `seconds`."""

    def __init__(self, departments=2):
        super().__init__("browser", departments)
        self.seconds = {}
        self._person("nadia", "specialist", "urz")
        self.wait_in_step()
        for node in self.nodes.values():
            self.serve_web(node)
        self.doors = {name: Door(node) for name, node in self.nodes.items()}
        self.open_accounts("urz", "admin", ("olena", "mayor", "nadia"))
        for node in self.departments:
            self.open_accounts(node.name, f"head-{node.name}", (f"exec-{node.name}",))

    def serve_web(self, node):
        """Gives the node a web port of its own: the port of the configuration is one for a whole machine."""
        node.stop()
        path, section, lines = os.path.join(node.data, "kartoteka.conf"), "", []
        with open(path, encoding="utf-8") as file:
            for line in file.read().splitlines():
                section = line if line.startswith("[") else section
                lines.append("port = 0" if section == "[web]" and line.startswith((";port", "port")) else line)
        with open(path, "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
        node.start()

    def open_accounts(self, node, first, others):
        """The holder of the start code opens the first account and invites the others, who choose a password."""
        door = self.doors[node]
        with open(os.path.join(self.nodes[node].data, "start-code"), encoding="utf-8") as file:
            session = door.enter("/api/v1/first-run", {"code": file.read().strip(), "user": first, "new": PASSWORD})
        if node == "urz":
            secret = door.demand("POST", "/api/v1/account/second-proof/proposal", None, session)["secret"]
            door.demand("POST", "/api/v1/account/second-proof", {"code": one_time(secret)}, session)
            self.seconds[first] = secret
        for user in others:
            code = door.demand("POST", f"/api/v1/people-access/{user}/invite", None, session)["code"]
            door.enter("/api/v1/invitations", {"code": code, "new": PASSWORD})


class Window:
    """One browser window of one person, which may ask nobody but its node, and complains about nothing."""

    def __init__(self, browser, site, node, width=1440, height=900, dark=False, language="uk", phone=False):
        self.site, self.node, self.origin = site, node, site.doors[node].origin
        self.context = browser.new_context(viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light",
                                           locale="uk-UA" if language == "uk" else "en-GB", has_touch=phone)
        self.page = self.context.new_page()
        self.complaints = []
        self.page.on("console", lambda line: line.type in ("error", "warning") and self.complaints.append(f"console: {line.text}"))
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("request", lambda asked: self._look(asked.url))
        self.page.on("requestfailed", lambda asked: "ERR_ABORTED" not in (asked.failure or "") and self.complaints.append(f"failed: {asked.url} {asked.failure}"))

    def _look(self, url):
        if not url.startswith((self.origin, "data:", "blob:")):
            self.complaints.append(f"a request outside: {url}")

    def go(self, path):
        answer = self.page.goto(self.origin + path, wait_until="load")
        return answer.status if answer else 0

    def sign_in(self, user):
        self.go("/sign-in")
        self.page.fill("#user", user)
        self.page.fill("#password", PASSWORD)
        if user in self.site.seconds:
            self.page.fill("#code", one_time(self.site.seconds[user]))
        self.page.click("main form button:not([type=button])")
        self.page.wait_for_url(lambda url: "/sign-in" not in url, timeout=120_000)  # The check of a password gives way to everything else.
        return self

    def heard(self):
        """What the page complained about since it was last asked."""
        found, self.complaints = self.complaints, []
        return found

    def close(self):
        self.context.close()
