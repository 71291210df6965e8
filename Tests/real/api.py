#!/usr/bin/env python3
"""The API of a running node: a client generated from its description uses it, a fuzzer runs from the description, keys outlive kill -9."""
import glob
import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import uuid

from abuse import end_all, eventually, run, serve, stop
from town import check, free_port, one_time, say, skip
import town

# The fuzzer asks for so many seconds at most, in all of its phases; 0: not in this run. deploy/test --all gives it half an hour, which is enough for all.
FUZZED = int(os.environ.get("FUZZED", "60"))
# What the port answers to what does not fit the description.
REFUSALS = ["400", "401", "403", "404", "405", "406", "409", "413", "415", "422", "428", "429", "431", "5xx"]
# What it draws follows the day; SEED repeats a run.
SEED = os.environ.get("SEED", str(int(time.time()) // 86_400))
TOOLS = ["schemathesis==4.32.5", "openapi-python-client==0.29.1"]
PASSWORD = "чотири зелені трамваї на розі"


class Program:
    """Asks a node by HTTP."""

    def __init__(self, port, token=None):
        self.port, self.token, self.cookie, self.second = port, token, None, None

    def ask(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        sent = {"Origin": f"http://127.0.0.1:{self.port}", **(headers or {})}
        if self.token:
            sent["Authorization"] = "Bearer " + self.token
            del sent["Origin"]
        if self.cookie:
            sent["Cookie"], sent["x-kartoteka-session"] = self.cookie, self.second or ""
        data = None
        if body is not None:
            data, sent["Content-Type"] = json.dumps(body).encode(), "application/json"
        path = urllib.parse.quote(path, safe="/?&=%")
        connection.request(method, path, body=data, headers=sent)
        reply = connection.getresponse()
        text = reply.read()
        if reply.getheader("Set-Cookie"):
            self.cookie = reply.getheader("Set-Cookie").split(";")[0]
        return reply.status, dict((name.lower(), value) for name, value in reply.getheaders()), json.loads(text) if text else None

    def act(self, act, body, headers=None):
        return self.ask("POST", "/api/v1/acts/" + act, body, headers)


class City:
    """An office with a registrar who has a token; its port for programs is known."""

    def __init__(self, base):
        self.office, self.port = os.path.join(base, "office"), free_port()
        run(self.office, "init", "office", "--node", "urz", "--name", "Управління", "--admin", "admin", "--admin-name", "Сидоренко О.",
            "--port", str(free_port()), "--enrol-port", str(free_port()))
        with open(os.path.join(self.office, "kartoteka.conf"), "a") as conf:
            conf.write(f"\n[web]\nport = {self.port}\n")
        self.begin()
        for user, role in [("olena", "registrar"), ("mayor", "leader")]:
            run(self.office, "person", "add", user, "--as", "admin", "--name", user, "--department", "urz")
            run(self.office, "role", "grant", user, role, "--as", "admin", "--department", "urz")
        program = Program(self.port)
        code = self.invited("olena")
        status, _, told = program.ask("POST", "/api/v1/invitations", {"code": code, "new": PASSWORD})
        check("an invitation opens the account", status == 201, (status, told))
        program.second = told["second"]
        status, _, told = program.ask("POST", "/api/v1/account/tokens", {"name": "api", "acts": "yes"})
        check("its person makes a token", status == 201, (status, told))
        self.program = Program(self.port, told["secret"])

    def invited(self, user):
        """The code of an invitation, by the administrator who comes first and needs one-time codes before anything else."""
        admin = Program(self.port)
        with open(os.path.join(self.office, "start-code")) as file:
            start = file.read().strip()
        status, _, told = admin.ask("POST", "/api/v1/first-run", {"code": start, "user": "admin", "new": PASSWORD})
        check("the start code opens the first account", status == 201, (status, told))
        admin.second = told["second"]
        _, _, told = admin.ask("POST", "/api/v1/account/second-proof/proposal")
        status, _, told = admin.ask("POST", "/api/v1/account/second-proof", {"code": one_time(told["secret"])})
        check("one-time codes are set up", status == 201, (status, told))
        status, _, told = admin.ask("POST", f"/api/v1/people-access/{user}/invite")
        check("the administrator invites", status == 201, (status, told))
        return told["code"]

    def begin(self):
        self.server = serve(self.office)
        check("the port for programs opens", eventually(lambda: self.is_open()))

    def is_open(self):
        # It takes connections a moment before it answers.
        try:
            return Program(self.port).ask("GET", "/openapi.json")[0] == 200
        except OSError:
            return False

    def again(self):
        stop(self.server, signal.SIGKILL)
        self.begin()


def keys(city):
    """One act under one key, whatever befalls the node."""
    program, key = city.program, {"Idempotency-Key": str(uuid.uuid4())}
    body = {"name": "Петренко Іван", "text": "Немає води", "heading": ["090"]}
    status, _, first = program.act("appeal-register", body, key)
    check("an act under a key is done", status == 200, (status, first))
    city.again()
    status, _, again = program.act("appeal-register", body, key)
    check("after kill -9 the key finds its operation", status == 200 and again.get("repeated") and again["write"] == first["write"], again)
    status, _, told = program.act("appeal-register", {**body, "text": "Інше"}, key)
    check("another body under the key is refused", status == 422 and told["code"] == "keyOfAnotherBody", (status, told))
    return first["registrationIndex"]


def tags(city, index):
    status, headers, card = city.program.ask("GET", "/api/v1/appeals/" + index)
    check("a card has a tag", status == 200 and "etag" in headers, (status, headers))
    status, _, _ = city.program.ask("GET", "/api/v1/appeals/" + index, headers={"If-None-Match": headers["etag"]})
    check("by its tag it is not sent again", status == 304, status)
    status, _, told = city.program.act("appeal-note", {"appeal": index, "text": "Примітка"}, {"If-Match": headers["etag"]})
    check("an act takes the tag of what was seen", status == 200, (status, told))


def slashes(city, index):
    """An index with a slash is one value of a path, encoded as clients do it and as it is."""
    status, _, told = city.program.act("appeal-register", {"name": "Петренко Іван", "text": "Немає води", "heading": ["090"], "duplicate-of": index})
    second = told.get("registrationIndex", "")
    check("a duplicate has an index with a slash", status == 200 and second == index + "/2", told)
    for written in (urllib.parse.quote(second, safe=""), urllib.parse.quote(second)):
        for more, member in (("", "index"), ("/history", "operations")):
            connection = http.client.HTTPConnection("127.0.0.1", city.port, timeout=60)
            connection.request("GET", f"/api/v1/appeals/{written}{more}", headers={"Authorization": "Bearer " + city.program.token})
            reply = connection.getresponse()
            told = json.loads(reply.read())
            check(f"it is read at {written}{more}", reply.status == 200 and member in told, (reply.status, told))
    return second


def changes(city, index):
    """What changes is told while somebody listens, and after the node was killed."""
    def listen(last=None):
        connection = http.client.HTTPConnection("127.0.0.1", city.port, timeout=30)
        headers = {"Authorization": "Bearer " + city.program.token, **({"Last-Event-ID": last} if last else {})}
        connection.request("GET", "/api/v1/changes", headers=headers)
        return connection, connection.getresponse()

    def heard(reply, wanted, lines):
        while True:
            line = reply.fp.readline().decode().strip() if reply.chunked is False else reply.readline().decode().strip()
            lines.append(line)
            if line.startswith(wanted):
                return line

    connection, reply = listen()
    lines = []
    last = heard(reply, "id:", lines)[3:].strip()
    threading.Timer(0.5, lambda: city.program.act("appeal-note", {"appeal": index, "text": "Ще одна"})).start()
    told = heard(reply, "data:", lines)
    check("a change is told to who listens", '"kind":"appeal"' in told, lines)
    connection.close()
    city.again()
    connection, reply = listen(last)
    lines = []
    told = heard(reply, "data:", lines)
    check("after kill -9 it goes on where the listener was", '"kind":"appeal"' in told and "event: reload" not in lines, lines)
    connection.close()


def tools():
    """The generator and the fuzzer in a place of their own, which stays for the next run; None, said aloud, where they cannot be had."""
    place = os.path.join(town.ROOT, ".build", "programs")
    mark = os.path.join(place, "has")
    if os.path.exists(mark):
        with open(mark) as file:
            if file.read() == " ".join(TOOLS):
                return os.path.join(place, "bin")
    shutil.rmtree(place, ignore_errors=True)
    try:
        subprocess.run([sys.executable, "-m", "venv", place], check=True, capture_output=True, text=True, timeout=120)
        subprocess.run([os.path.join(place, "bin", "pip"), "install", "-q", *TOOLS], check=True, capture_output=True, text=True, timeout=300)
    except (subprocess.SubprocessError, OSError) as error:
        skip(f"no generated client and no fuzzer: {' '.join(TOOLS)} cannot be installed: {(getattr(error, 'stderr', '') or str(error))[-200:]}")
        return None
    with open(mark, "w") as file:
        file.write(" ".join(TOOLS))
    return os.path.join(place, "bin")


USES = """
import sys
from kartoteka_client import AuthenticatedClient
from kartoteka_client.api.appeal import appeal_list, appeal_register, appeal_show
from kartoteka_client.models import AppealRegisterAppealRegister
client = AuthenticatedClient(base_url=sys.argv[1], token=sys.argv[2])
done = appeal_register.sync(client=client, body=AppealRegisterAppealRegister(name="Сич Ганна", text="Немає світла"))
index = done["registrationIndex"]
shown = appeal_show.sync(index, client=client)
listed = appeal_list.sync(client=client, index=index)
print(index, shown["index"], listed["total"], appeal_show.sync(sys.argv[3], client=client)["index"])
"""


def generated(city, bin, base, second):
    """A client that is made from the description alone registers, reads and lists."""
    url = f"http://127.0.0.1:{city.port}"
    place = os.path.join(base, "client")
    with open(os.path.join(base, "client.yaml"), "w") as conf:
        conf.write("package_name_override: kartoteka_client\nproject_name_override: kartoteka-client\n")
    made = subprocess.run([os.path.join(bin, "openapi-python-client"), "generate", "--url", url + "/openapi.json", "--output-path", place,
                           "--config", os.path.join(base, "client.yaml"), "--meta", "none"], capture_output=True, text=True, timeout=240,
                          env={**os.environ, "PATH": bin + ":" + os.environ["PATH"]})
    made_of = glob.glob(os.path.join(place, "api", "*", "*.py"))
    check("a client is generated from the description", made.returncode == 0 and len(made_of) > 60, made.stderr[-800:] + made.stdout[-800:])
    check("the generator understands all of it", "warning" not in (made.stdout + made.stderr).lower(), (made.stdout + made.stderr)[-800:])
    os.rename(place, os.path.join(base, "kartoteka_client"))
    used = subprocess.run([os.path.join(bin, "python"), "-c", USES, url, city.program.token, second], capture_output=True, text=True, cwd=base, timeout=120)
    words = used.stdout.split()
    check("it registers, shows and lists", len(words) == 4 and words[0] == words[1] and words[2:] == ["1", second], used.stdout + used.stderr[-800:])


def failures(told):
    """What it found of each place, long requests cut: the whole is longer than anybody reads."""
    found = told.partition("= FAILURES =")[2].partition("= WARNINGS =")[0] or told[-4000:]
    return "\n".join(line[:300] for line in found.splitlines())


def fuzzed(city, bin, base):
    """Whatever is sent, what comes back is described, no error of the node among it, and what does not fit is refused.

    That all that fits the schema is accepted is not asked: rules of the law have no place in a schema. The stream of changes is not asked: it
    never ends; `changes` above listens to it.
    """
    # What is too long is refused by 413 and 431 (RFC 9110, RFC 6585), which the fuzzer does not take for a refusal by itself.
    with open(os.path.join(base, "schemathesis.toml"), "w", encoding="utf-8") as settings:
        settings.write("[checks.negative_data_rejection]\nexpected-statuses = " + json.dumps(REFUSALS) + "\n")
    done = subprocess.run(
        [os.path.join(bin, "schemathesis"), "run", f"http://127.0.0.1:{city.port}/openapi.json", "-H", "Authorization: Bearer " + city.program.token,
         "-H", f"Origin: http://127.0.0.1:{city.port}", "--phases", "examples,coverage,fuzzing", "--exclude-checks", "positive_data_acceptance", "--exclude-path", "/api/v1/changes",
         "--max-time", str(FUZZED), "--workers", "1", "--no-color", "--seed", SEED],
        capture_output=True, text=True, cwd=base, timeout=FUZZED + 240)
    lines = [line.strip() for line in done.stdout.splitlines() if " generated" in line or "Operations:" in line or "Tested:" in line]
    say(f"the fuzzer, SEED={SEED}: " + " · ".join(lines))
    check("the fuzzer finds nothing", done.returncode == 0, failures(done.stdout) + done.stderr[-1000:])
    status, _, told = city.program.ask("GET", "/api/v1/status")
    check("the node is well afterwards", status == 200, (status, told))


def main():
    base = tempfile.mkdtemp(prefix="api-")
    try:
        city = City(base)
        index = keys(city)
        tags(city, index)
        second = slashes(city, index)
        changes(city, index)
        bin = tools()
        if bin:
            generated(city, bin, base, second)
            if FUZZED:
                fuzzed(city, bin, base)
            else:
                skip("the fuzzer is not asked in this run: FUZZED=0")
    finally:
        end_all()
        shutil.rmtree(base, ignore_errors=True)
    print(f"{town.passed} passed, {town.failed} failed")
    return 1 if town.failed else 0


if __name__ == "__main__":
    sys.exit(main())
