#!/usr/bin/env python3
"""The port for browsers of real processes, asked by raw sockets and by Python's own TLS. Prints `N passed, N failed`.

Who may ask at all (Host, Origin), how much, with which certificate; what the node's authority for browsers can vouch for and what it cannot;
a port that somebody else holds; the code of the first run on its way to a browser.
"""
import json
import os
import socket
import ssl
import stat
import subprocess
import sys

sys.dont_write_bytecode = True
import qr  # noqa: E402
from town import Town, check, main, wait  # noqa: E402

NAME = "work.example"


def talk(port, text, context=None, name=None, patience=10, host="127.0.0.1"):
    """Sends bytes as they are; gives all that comes until the other side is silent or closes."""
    with socket.create_connection((host, port), timeout=patience) as plain:
        line = context.wrap_socket(plain, server_hostname=name) if context else plain
        line.sendall(text.encode())
        answer = b""
        try:
            while part := line.recv(65_536):
                answer += part
        except TimeoutError:
            pass
    return answer.decode(errors="replace")


def request(target="/nothing", method="GET", fields=(), body=""):
    lines = [f"{method} {target} HTTP/1.1", "Connection: close", *fields]
    return "\r\n".join(lines) + "\r\n\r\n" + body


def status(answer):
    return answer.split(" ")[1] if answer.startswith("HTTP/1.1 ") else "none: " + answer[:80]


def configure(node, **values):
    """Writes `[web]` anew; the node reads it at its next start."""
    path = os.path.join(node.data, "kartoteka.conf")
    with open(path, encoding="utf-8") as file:
        lines, section = [], ""
        for line in file.read().splitlines():
            section = line if line.startswith("[") else section
            if section != "[web]" or line.startswith(("[", "#")) or not line.strip():
                lines.append(line)
            if line == "[web]":
                lines += [f"{key} = {value}" for key, value in values.items()]
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


def restart(node, **values):
    node.stop()
    configure(node, **values)
    node.start()
    return web(node)


def web(node):
    return node.ask("sync status").json["link"]["web"]


def place(state):
    return state["address"].split("://")[1]


# ── who may ask

def hosts(node):
    state = restart(node, port=0)
    port, own = state["port"], "Host: " + place(state)
    check("without TLS at loopback, and the address says so", state["address"] == f"http://127.0.0.1:{port}", state)
    check("the line of the start says where", f"for browsers at {state['address']}" in node.log())
    check("the own name is answered", status(talk(port, request(fields=[own]))) == "404")
    check("a loopback literal is answered", status(talk(port, request(fields=[f"Host: 127.0.0.2:{port}"]))) == "404")
    for name, fields, target, expected in (
        ("a foreign name", ["Host: evil.example"], "/", "421"),
        ("a foreign name with the port", [f"Host: evil.example:{port}"], "/", "421"),
        ("localhost, which nobody configured", [f"Host: localhost:{port}"], "/", "421"),
        ("another port", [f"Host: 127.0.0.1:{port + 1}"], "/", "421"),
        ("no port", ["Host: 127.0.0.1"], "/", "421"),
        ("no Host", [], "/", "400"),
        ("two Hosts", [own, own], "/", "400"),
        ("two Hosts, the second one foreign", [own, "Host: evil.example"], "/", "400"),
        ("a target in absolute form of another host", [own], "http://evil.example/", "421"),
        ("a target in absolute form with a foreign Host", ["Host: evil.example"], state["address"] + "/", "421"),
    ):
        answer = talk(port, request(target, fields=fields))
        check(f"{name}: {expected}", status(answer) == expected, answer[:200])
    check("a target in absolute form of the own host is answered", status(talk(port, request(state["address"] + "/nothing", fields=[own]))) == "404")
    answer = talk(port, "POST / HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 1000000\r\n\r\n")
    check("a foreign name is answered before the body", status(answer) == "421", answer[:200])
    return port, own, state["address"]


def origins(port, own, address):
    body = ["Content-Type: application/json", "Content-Length: 2"]
    for name, fields, expected in (
        ("the own origin", ["Origin: " + address], "404"), ("a foreign origin", ["Origin: http://evil.example"], "403"),
        ("the origin null", ["Origin: null"], "403"), ("no origin", [], "403"), ("another scheme", ["Origin: " + address.replace("http", "https")], "403"),
        ("a cookie without an origin", ["Cookie: a=b", "Authorization: Bearer x"], "403"), ("a token and no cookie", ["Authorization: Bearer x"], "404"),
        ("a token from a foreign page", ["Authorization: Bearer x", "Origin: http://evil.example"], "403"),
    ):
        for method in ("POST", "PUT", "DELETE"):
            answer = talk(port, request(method=method, fields=[own, *fields, *body], body="{}"))
            check(f"{method} with {name}: {expected}", status(answer) == expected, answer[:300])
    answer = talk(port, request(method="POST", fields=[own, "Accept-Language: en", *body], body="{}"))
    problem = json.loads(answer.split("\r\n\r\n")[1])
    check("a refusal is a problem", "application/problem+json" in answer and problem["status"] == 403 and problem["code"] == "foreignOrigin", answer)
    check("in the language that is asked for", problem["title"].startswith("The request"), problem)
    answer = talk(port, request(method="POST", fields=[own, "Origin: " + address, "Content-Length: 20000"]))
    check("a body that no place takes is refused before it is read", status(answer) == "413", answer[:200])
    answer = talk(port, request("/trust", fields=[own, "Accept-Encoding: gzip"]))
    for field in ("x-content-type-options: nosniff", "referrer-policy: same-origin", "cache-control: no-store"):
        check(f"every answer says {field}", field in answer.lower(), answer[:400])


# ── the port

def taken(node):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        state = restart(node, port=port)
        check("a port that is taken keeps nobody from serving", "address" not in state and state["obstacle"], state)
        check("the log says so once", node.log().count('"web_closed"') == 1)
        answer = node.run("open", ok=None)
        check("open says that the port is taken", answer.exit != 0 and f"port {port} is not open" in answer.text, answer.text)
        check("doctor says so too", "webPort" in node.run("doctor", ok=None).text)
    check("it opens when the port is free", wait("the port", lambda: web(node).get("address"), patience=30) == f"http://127.0.0.1:{port}")
    state = restart(node, enabled="no")
    check("it can be switched off", state == {"enabled": False}, state)
    answer = node.run("open", ok=None)
    check("then open says what to write", answer.exit != 0 and "web.enabled" in answer.text, answer.text)


# ── certificates

def trusting(node):
    context = ssl.create_default_context(cafile=os.path.join(node.data, "web-authority.pem"))
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    return context


def refused(port, context, name):
    try:
        talk(port, request(fields=["Host: x"]), context, name, patience=5)
        return ""
    except ssl.SSLError as error:
        return str(error)


def openssl(*words, text=None):
    done = subprocess.run(["openssl", *words], input=text, capture_output=True, text=True, timeout=30)
    return done.stdout + done.stderr


def secure(node):
    state = restart(node, address="0.0.0.0", port=0, names=f"{NAME}, 10.9.8.7")
    port, context = state["port"], trusting(node)
    check("at another address the node calls itself by its first name, with TLS", state["address"] == f"https://{NAME}:{port}", state)
    own = f"Host: {NAME}:{port}"
    answer = talk(port, request(fields=[own]), context, NAME)
    check("Python's TLS trusts the node's authority for this name", status(answer) == "404", answer[:200])
    check("a foreign Host is 421 here too", status(talk(port, request(fields=["Host: 127.0.0.2"]), context, NAME)) == "421")
    check("a name that the certificate lacks is refused", "mismatch" in refused(port, context, "other.example"), "it was taken")
    check("nothing is said without TLS", "HTTP/1.1" not in talk(port, request(fields=[own]), patience=3))
    for file in ("web-authority.key", "web.key"):
        check(f"{file} is its owner's alone", stat.S_IMODE(os.lstat(os.path.join(node.data, file)).st_mode) == 0o600)
    text = openssl("x509", "-in", os.path.join(node.data, "web.pem"), "-noout", "-text")
    check("the certificate is for servers alone", "TLS Web Server Authentication" in text and "Client Authentication" not in text, text)
    check("it names no node", "urn:node" not in text)
    page = talk(port, request("/trust", fields=[own]), context, NAME)
    certificate = talk(port, request("/trust/kartoteka.crt", fields=[own]), context, NAME).split("\r\n\r\n", 1)[1]
    with open(os.path.join(node.data, "web-authority.pem")) as file:
        check("the page hands out the authority's certificate", certificate == file.read(), certificate)
    told = node.run("web", "trust").json
    groups = " ".join(told["fingerprint"][place:place + 4] for place in range(0, 64, 4))
    scanned = qr.of_markup(page)
    check("a camera reads from the page's picture the address that stands beside it", scanned == [f"https://{NAME}:{port}/trust"] and f"<code>{scanned[0]}</code>" in page, scanned)
    check("page and command show the same fingerprint", groups in page and told["lacking"] == [], told)
    constraints(node, port)
    return port


def signed(node, name):
    """A certificate for another name, signed by the node's stolen authority; what OpenSSL says of it."""
    base = os.path.join(node.data, "stolen")
    os.makedirs(base, exist_ok=True)
    key, ask, leaf, more = (os.path.join(base, file) for file in ("key", "ask", "leaf", "more"))
    openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key, "-out", ask, "-subj", "/CN=stolen")
    with open(more, "w") as file:
        file.write(f"subjectAltName={name}\nextendedKeyUsage=serverAuth\n")
    openssl("x509", "-req", "-in", ask, "-CA", os.path.join(node.data, "web-authority.pem"), "-CAkey", os.path.join(node.data, "web-authority.key"),
            "-out", leaf, "-days", "5", "-extfile", more)
    return openssl("verify", "-CAfile", os.path.join(node.data, "web-authority.pem"), leaf)


def constraints(node, port):
    check("a stolen authority can vouch for its own name", signed(node, f"DNS:{NAME}").strip().endswith("OK"), signed(node, f"DNS:{NAME}"))
    for name in ("DNS:bank.example", "DNS:example", "IP:10.9.8.8", "IP:127.0.0.1", "IP:fd00::1"):
        told = signed(node, name)
        check(f"and for no other: {name}", "OK" not in told and ("permitted subtree" in told or "excluded subtree" in told), told)
    text = openssl("x509", "-in", os.path.join(node.data, "web-authority.pem"), "-noout", "-text")
    check("the constraints are critical", "X509v3 Name Constraints: critical" in text, text)


def apart(town, node, port):
    """The exchange and the browsers have authorities that know nothing of each other."""
    told = openssl("s_client", "-connect", f"127.0.0.1:{town.port}", "-tls1_3", "-ign_eof", "-cert", os.path.join(node.data, "web.pem"),
                   "-key", os.path.join(node.data, "web.key"), text="GET /sync/v1/hello HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    check("the exchange refuses a certificate for browsers", "HTTP/1.1" not in told and "alert" in told, told[-300:])
    state = restart(node, address="0.0.0.0", port=0, names=NAME, certificate=os.path.join(node.data, "node.pem"), key=os.path.join(node.data, "node.key"))
    check("browsers are never shown a node's certificate", "address" not in state and "node's certificate" in node.log(), state)
    check("nor another one with a key that others can read", open_key(node))


def open_key(node):
    base = os.path.join(node.data, "stolen")
    key, certificate = os.path.join(base, "open.key"), os.path.join(base, "open.pem")
    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "5", "-subj", "/CN=x",
            "-addext", f"subjectAltName=DNS:{NAME}")
    os.chmod(key, 0o644)
    closed = "address" not in restart(node, address="0.0.0.0", port=0, names=NAME, certificate=certificate, key=key)
    os.chmod(key, 0o600)
    state = restart(node, address="0.0.0.0", port=0, names=NAME, certificate=certificate, key=key)
    answer = talk(state["port"], request(fields=[f"Host: {NAME}:{state['port']}"]), ssl.create_default_context(cafile=certificate), NAME)
    return closed and status(answer) == "404"


def names(node):
    restart(node, address="0.0.0.0", port=0, names=f"{NAME}, 10.9.8.7")
    before = node.run("web", "trust").json["fingerprint"]
    state = restart(node, address="0.0.0.0", port=0, names=f"{NAME}, second.example, 10.9.8.7")
    told = node.run("web", "trust")
    check("a new name leaves the authority as it is, and web trust says what it lacks",
          told.json["fingerprint"] == before and told.json["lacking"] == ["second.example"], told.text)
    told = node.run("doctor", ok=None).text
    check("doctor says so, and with what a person mends it", "second.example" in told and "web trust --new" in told, told)
    answer = talk(state["port"], request(fields=[f"Host: {NAME}:{state['port']}"]), trusting(node), NAME)
    check("the names that it permits are served meanwhile", status(answer) == "404", answer[:200])
    told = node.run("web", "trust", "--new").json
    check("a person makes a new one", told["fingerprint"] != before and told["lacking"] == [], told)
    state = restart(node, address="0.0.0.0", port=0, names=f"{NAME}, second.example, 10.9.8.7")
    answer = talk(state["port"], request(fields=[f"Host: second.example:{state['port']}"]), trusting(node), "second.example")
    check("which permits the new name", status(answer) == "404", answer[:200])
    kept = os.path.join(node.town.base, "kept")
    node.run("backup", "create", kept, "--with-keys")
    with open(kept + ".keys") as file:
        check("its key is saved with the other keys", "web-authority.key" in json.load(file))
    check("and its certificate with the backup", os.path.exists(os.path.join(kept, "web-authority.pem")))


# ── the first run

def first_run(node):
    state = restart(node, port=0)
    file = os.path.join(node.data, "start-code")
    with open(file) as code:
        secret = code.read().strip()
    check("the code of the first run is its owner's alone", stat.S_IMODE(os.lstat(file).st_mode) == 0o600 and len(secret.replace("-", "")) == 26, secret)
    tools = os.path.join(node.town.base, "tools")
    os.makedirs(tools)
    # A browser that writes down what it was given, and what stands there, while it stands there.
    with open(os.path.join(tools, "xdg-open"), "w") as script:
        script.write(f'#!/bin/sh\necho "$@" > {tools}/asked\nstat -c %a "$1" > {tools}/mode\ncat "$1" > {tools}/page\n')
    os.chmod(os.path.join(tools, "xdg-open"), 0o755)
    told = node.run("open", environment={"PATH": tools + ":" + os.environ["PATH"], "DISPLAY": ":9"}, timeout=90)
    def seen(name):
        with open(os.path.join(tools, name)) as file:
            return file.read().strip()
    check("open leads to the node", told.json["address"] == state["address"] and told.json["firstRun"] and told.json["opened"], told.text)
    check("no argument of a program holds the code", secret not in seen("asked") and seen("asked").endswith("start.html"), seen("asked"))
    check("the page that holds it is its owner's alone", seen("mode") == "600", seen("mode"))
    check("it goes on to the first run with the code in the fragment", f"{state['address']}/first-run#{secret}" in seen("page"), seen("page"))
    check("the page is gone afterwards", not os.path.exists(os.path.join(node.data, "start.html")))
    check("nothing that open says holds the code", secret not in told.text)


def words(node):
    told = [node.ask("status").json["keyWords"] for _ in range(2)]
    check("the node's key is three words, always the same", len(told[0]) == 3 and told[0] == told[1], told)
    check("which status says to people", " ".join(told[0]) in node.ask("status").text)


def play():
    town = Town("web", 1)
    try:
        for node in (town.office, town.departments[0]):
            origins(*hosts(node))
        node = town.office
        words(node)
        check("another node has other words", node.ask("status").json["keyWords"] != town.departments[0].ask("status").json["keyWords"])
        taken(node)
        port = secure(node)
        apart(town, node, port)
        names(node)
        first_run(town.departments[0])
    finally:
        town.end()


if __name__ == "__main__":
    main(play)
