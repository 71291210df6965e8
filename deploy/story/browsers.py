"""Браузери: кожен вузол має свою адресу на цій машині, а люди — облікові записи, відкриті так, як їх відкриває сторінка."""

import base64
import hashlib
import hmac
import http.client
import json
import secrets
import struct
import time

from .departments import DEPARTMENTS, MINE, OTHERS

SECOND = "x-kartoteka-session"
WORDS = (
    "вітер", "горіх", "дощ", "ескіз", "жито", "зоря", "іній", "клен", "липа", "міст", "ніч", "обрій", "парк", "ранок", "сад", "трамвай", "узлісся",
    "фарба", "хвиля", "цукор", "човен", "шафа", "щока", "явір",
)


class Refused(Exception):
    """A node did not do what it must."""


def one_time_password(secret):
    """The six digits that an authenticator shows now (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    place = digest[19] & 15
    return f"{(struct.unpack('>I', digest[place:place + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


class Browsers:
    def __init__(self, city, report):
        self.city, self.report = city, report
        self.password = " ".join(secrets.choice(WORDS) for _ in range(4))
        self.second = None
        self.people = []  # Role in words, login, node.

    def play(self):
        office = self.city.OFFICE
        self._open(office, "admin", "адміністратор", [("koval", "реєстратор"), ("vilkul", "керівник міста")])
        for node in (MINE, OTHERS[0]):
            self._open(node, f"head-{node}", "керівник підрозділу", [(f"exec-{node}", "виконавець")])
        seen = self._ask(office, "GET", "/queues/new", session=self._enter(office, "/api/v1/session", {"user": "koval", "password": self.password}))[0]
        self.report.check("реєстратор входить у браузері й бачить свою чергу", 200, seen, said="так")
        code = self._ask(MINE, "GET", "/api/v1/appeals")[0]
        self.report.check("без входу вузол не показує нічого", 401, code, said="так")
        self.report.say(f"у браузері працюють {len(self.people)} людей на трьох вузлах")

    def address(self, node):
        return self.city.run(node, "status").json["web"]["address"]

    def tell(self):
        """Lines for whoever wants to look at the city: addresses, logins, the password."""
        for node in dict.fromkeys(node for _, _, node in self.people):
            yield f"  {self.address(node)}  {'Центр' if node == self.city.OFFICE else DEPARTMENTS[node]}"
            for role, login, _ in (each for each in self.people if each[2] == node):
                yield f"    {login} — {role}"
        yield f"  Пароль у всіх: {self.password}"
        yield "  Адміністратор ще й вводить код; ключ для застосунку:"
        yield f"    {self.second}"

    # ── as the page asks

    def _ask(self, node, method, path, body=None, session=None):
        address = self.address(node)
        host, port = address.split("//")[1].split(":")
        connection = http.client.HTTPConnection(host, int(port), timeout=60)
        headers = {"origin": address, **(session or {})}
        if body is not None:
            headers["content-type"] = "application/json"
        connection.request(method, path, None if body is None else json.dumps(body), headers)
        answer = connection.getresponse()
        text, sent = answer.read(), {name.lower(): value for name, value in answer.getheaders()}
        connection.close()
        told = json.loads(text) if sent.get("content-type", "").startswith(("application/json", "application/problem+json")) and text else {}
        return answer.status, sent, told

    def _demand(self, node, path, body, session):
        status, _, told = self._ask(node, "POST", path, body, session)
        if status >= 300:
            raise Refused(f"{node}: {path}: {status} {told}")
        return told

    def _enter(self, node, path, body):
        status, sent, told = self._ask(node, "POST", path, body)
        if status != 201:
            raise Refused(f"{node}: {path}: {status} {told}")
        return {"cookie": sent["set-cookie"].split(";")[0], SECOND: told["second"]}

    def _open(self, node, first, role, others):
        """The holder of the start code opens the first account and invites the others, who choose a password."""
        code = (self.city.place(node) / "start-code").read_text(encoding="utf-8").strip()
        session = self._enter(node, "/api/v1/first-run", {"code": code, "user": first, "new": self.password})
        if node == self.city.OFFICE:
            self.second = self._demand(node, "/api/v1/account/second-proof/proposal", None, session)["secret"]
            self._demand(node, "/api/v1/account/second-proof", {"code": one_time_password(self.second)}, session)
        self.people.append((role, first, node))
        for login, words in others:
            code = self._demand(node, f"/api/v1/people-access/{login}/invite", None, session)["code"]
            self._enter(node, "/api/v1/invitations", {"code": code, "new": self.password})
            self.people.append((words, login, node))
