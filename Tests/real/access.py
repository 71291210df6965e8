#!/usr/bin/env python3
"""Signing in at real processes, as a browser's script does it: first run, second proof, invitation, reset. Prints `N passed, N failed`.

What needs a process: the code that the node wrote to its file, scrypt as it is, sessions that outlive a restart and end with a restore.
"""
import http.client
import json
import os
import stat
import sys
import time

sys.dont_write_bytecode = True
from town import Town, check, free_port, main, one_time, wait  # noqa: E402
from web import restart, web  # noqa: E402

PASSWORD = "зелений трамвай о шостій"


class Browser:
    """Keeps the cookie as a browser does, and the second secret as the script does."""

    def __init__(self, address):
        self.address, self.cookie, self.second = address, None, None

    def ask(self, method, path, body=None, **more):
        host = self.address.split("://")[1]
        line = http.client.HTTPConnection(host, timeout=120)
        fields = {"Origin": self.address, "Accept-Language": "en", **more}
        if self.cookie:
            fields["Cookie"] = self.cookie
        if self.second:
            fields["x-kartoteka-session"] = self.second
        if body is not None:
            fields["Content-Type"] = "application/json"
        line.request(method, path, json.dumps(body).encode() if body is not None else None, fields)
        reply = line.getresponse()
        text = reply.read().decode()
        if (cookie := reply.getheader("set-cookie")) and cookie.startswith("kt-"):
            self.cookie = cookie.split(";")[0]
        line.close()
        try:
            return reply.status, json.loads(text or "{}")
        except json.JSONDecodeError:
            return reply.status, text

    def enter(self, path, body):
        status, told = self.ask("POST", path, body)
        if status == 201:
            self.second = told["second"]
        return status, told


def address(node):
    return web(node)["address"]


def start_code(node):
    path = os.path.join(node.data, "start-code")
    check("the start code is its owner's alone", stat.S_IMODE(os.lstat(path).st_mode) == 0o600)
    with open(path, encoding="utf-8") as file:
        return file.read().strip()


def first_run(node, user):
    code = start_code(node)
    browser = Browser(address(node))
    check("a wrong start code opens nothing", browser.enter("/api/v1/first-run", {"code": code[:-1], "user": user, "new": PASSWORD})[0] == 404)
    check("a common password is not taken", browser.enter("/api/v1/first-run", {"code": code, "user": user, "new": "йцукен123456"})[0] == 422)
    status, told = browser.enter("/api/v1/first-run", {"code": code, "user": user, "new": PASSWORD})
    check(f"the first run makes the account of {user}", status == 201, told)
    check("a second first run is refused", Browser(address(node)).enter("/api/v1/first-run", {"code": code, "user": user, "new": PASSWORD})[0] == 404)
    gone = wait("the end of the file", lambda: not os.path.exists(os.path.join(node.data, "start-code")), patience=60)
    check("the file of the start code is gone", gone)
    return browser


def office(node):
    admin = first_run(node, "admin")
    check("an administrator sets up a second proof first", admin.ask("GET", "/api/v1/account")[0] == 403)
    secret = admin.ask("POST", "/api/v1/account/second-proof/proposal")[1]["secret"]
    status, told = admin.ask("POST", "/api/v1/account/second-proof", {"code": one_time(secret)})
    check("by the first one-time password", status == 201 and len(told["recovery"]) == 10, told)
    status, told = admin.ask("POST", "/api/v1/people-access/olena/invite")
    check("an administrator invites", status == 201, told)
    olena = Browser(address(node))
    status, accepted = olena.enter("/api/v1/invitations", {"code": told["code"], "new": PASSWORD})
    check("whoever is invited comes in", status == 201, accepted)
    appeals = olena.ask("GET", "/api/v1/appeals")
    check("and reads", appeals[0] == 200, appeals)
    second, olena.second = olena.second, None
    check("a cookie alone reads", olena.ask("GET", "/api/v1/session")[0] == 200)
    check("and acts nothing", olena.ask("POST", "/api/v1/session/role", {"role": "registrar"})[0] == 403)
    olena.second = second
    return admin, olena


def sessions(node, olena):
    node.stop()
    node.start()
    status, told = olena.ask("GET", "/api/v1/session")
    check("a restart ends no session", status == 200 and told["mayAct"] is True, told)
    again = Browser(olena.address)
    check("the password opens again", again.enter("/api/v1/session", {"user": "olena", "password": PASSWORD})[0] == 201)
    began = time.monotonic()
    unknown = again.ask("POST", "/api/v1/session", {"user": "nobody", "password": PASSWORD})
    wrong = again.ask("POST", "/api/v1/session", {"user": "olena", "password": "щось зовсім інше"})
    check("nobody and a wrong password are answered alike", unknown == wrong and wrong[0] == 401, (unknown, wrong))
    check("and hashed with scrypt", time.monotonic() - began > 0.1)
    given = node.run("account", "reset", "olena").json
    check("the owner resets at the terminal", again.ask("GET", "/api/v1/session")[0] == 401)
    status, told = again.enter("/api/v1/invitations", {"code": given["code"], "new": "новий пароль улітку"})
    check("the code opens, and says so first", status == 201 and told["next"] == "/account", told)
    check("approvals are barred for now", again.ask("GET", "/api/v1/session")[1]["isBarred"] is True)


def play():
    town = Town("access", 1)
    try:
        node, department = town.office, town.departments[0]
        for each in (node, department):
            restart(each, port=free_port())
        _, olena = office(node)
        sessions(node, olena)
        head = first_run(department, "head-d1")
        check("a head works at once", head.ask("GET", "/api/v1/account")[0] == 200)
    finally:
        town.end()


if __name__ == "__main__":
    main(play)
