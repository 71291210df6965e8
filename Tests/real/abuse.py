#!/usr/bin/env python3
"""Bad input and bad days, with the real binary over real TLS: each check names what must hold. Prints `N passed, N failed`."""
import json
import os
import resource
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time

import town
from town import BINARY, check, free_port, skip

processes = []


def run(data, *arguments, code=0):
    done = subprocess.run([BINARY, *arguments, "--data", data, "--lang", "en"], capture_output=True, text=True, timeout=60)
    if code is not None and done.returncode != code:
        raise RuntimeError(f"kartoteka {' '.join(arguments)}: exit {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done


def asked(data, *arguments):
    return json.loads(run(data, *arguments, "--json").stdout)


def serve(data):
    log = open(os.path.join(os.path.dirname(data), os.path.basename(data) + ".log"), "ab")
    process = subprocess.Popen([BINARY, "serve", "--data", data], stdout=log, stderr=log)
    processes.append(process)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        if os.path.exists(os.path.join(data, "kartoteka.sock")) and run(data, "status", code=None).returncode in (0, 20, 21, 22, 23):
            return process
        time.sleep(0.1)
    raise RuntimeError(f"serve --data {data} did not start (exit {process.poll()})")


def stop(process, how=signal.SIGTERM):
    process.send_signal(how)
    process.wait(20)


def end_all():
    for process in processes:
        if process.poll() is None:
            process.kill()
            process.wait()


def eventually(test, seconds=30):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if test():
            return True
        time.sleep(0.2)
    return False


def register(office, surname):
    return run(office, "appeal", "register", "--as", "olena", "--name", surname + " Іван Петрович", "--text", "Немає води", "--heading", "090",
               "--address", "вул. Соборна, 14", code=None)


def has(data, number):
    return len(asked(data, "appeal", "list", "--limit", "500").get("appeals", [])) == number


class City:
    def __init__(self, base):
        self.office, self.roads = os.path.join(base, "office"), os.path.join(base, "roads")
        self.port, enrol = free_port(), free_port()
        run(self.office, "init", "office", "--node", "urz", "--name", "Управління", "--admin", "admin", "--admin-name", "Сидоренко О.",
            "--port", str(self.port), "--enrol-port", str(enrol))
        self.server = serve(self.office)
        for user, role in [("olena", "registrar"), ("mayor", "leader")]:
            run(self.office, "person", "add", user, "--as", "admin", "--name", user, "--department", "urz")
            run(self.office, "role", "grant", user, role, "--as", "admin", "--department", "urz")
        token = os.path.join(base, "invitation")
        run(self.office, "invite", "roads", "--as", "admin", "--name", "Дороги", "--out", token)
        run(self.roads, "init", "department", "--node", "roads")
        run(self.roads, "join", "--invitation", token)
        self.department = serve(self.roads)

    def assign(self, surname):
        done = register(self.office, surname)
        if done.returncode:
            raise RuntimeError(done.stderr or done.stdout)
        index = [row for row in asked(self.office, "appeal", "list", "--limit", "500")["appeals"] if row["state"] == "registered"][0]["id"]
        run(self.office, "resolution", "issue", index, "--as", "olena", "--author", "mayor", "--main", "roads", "--text", "виконати")


def connections(city):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 12_000), hard))
    held = []
    for _ in range(10_000):
        try:
            held.append(socket.create_connection(("127.0.0.1", city.port), timeout=2))
        except OSError:
            break
    check("10,000 connections are met (those over the limits are closed at once)", len(held) > 1_500, f"only {len(held)} were accepted")
    for peer in held[:50]:
        try:
            peer.sendall(b"\x16")
        except OSError:
            pass
    check("the local people go on working meanwhile", register(city.office, "Крик").returncode == 0)
    for peer in held:
        peer.close()
    check("the office lives", city.server.poll() is None)
    with open(f"/proc/{city.server.pid}/status") as status:
        peak = [int(line.split()[1]) for line in status if line.startswith("VmHWM")][0]
    check("its memory stays under 512 MiB", peak < 512 * 1024, f"{peak} KiB")
    city.assign("Дорош")
    check("afterwards an assignment reaches its department", eventually(lambda: has(city.roads, 1)))


def exchange(city, data, wait=5):
    """Sends raw bytes over the department's own certificate; gives the status line of the answer, or what was met."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.load_verify_locations(os.path.join(city.roads, "authority.pem"))
    context.load_cert_chain(os.path.join(city.roads, "node.pem"), os.path.join(city.roads, "node.key"))
    with socket.create_connection(("127.0.0.1", city.port), timeout=wait) as plain:
        with context.wrap_socket(plain) as peer:
            peer.sendall(data)
            try:
                return peer.recv(4_096).decode(errors="replace")
            except (TimeoutError, OSError) as error:
                return f"({error})"


def malformed(city):
    head = b"POST /sync/v1/push?epoch=0&origin=roads%2300000000 HTTP/1.1\r\nHost: a\r\n"
    cases = [
        ("Content-Length and Transfer-Encoding together", head + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc", " 400 "),
        ("a signed Content-Length", head + b"Content-Length: +3\r\n\r\nabc", " 400 "),
        ("a compressed body", head + b"Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc", " 415 "),
        ("a body over the limit", head + b"Content-Length: 99999999999\r\n\r\n", " 413 "),
        ("an unknown call", b"GET /sync/v1/nothing HTTP/1.1\r\nHost: a\r\n\r\n", " 404 "),
        ("a page of another epoch", head + b"Content-Length: 3\r\n\r\nabc", " 409 "),
        ("another's stream", b"GET /sync/v1/pull?stream=slice%3Awater&epoch=0&after=0&mark=&limit=1 HTTP/1.1\r\nHost: a\r\n\r\n", " 403 "),
        ("a hello that is not one", b"POST /sync/v1/hello HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc", " 400 "),
    ]
    for name, data, status in cases:
        answer = exchange(city, data)
        check(f"{name} is refused with{status.rstrip()}", status in answer.split("\r\n")[0], answer[:120])
    exchange(city, head + b"Content-Length: 500\r\n\r\nabc", wait=1)
    check("after a truncated body the office lives", city.server.poll() is None and register(city.office, "Обрив").returncode == 0)


def starts(city, base):
    stop(city.department)
    key = os.path.join(city.roads, "node.key")
    os.chmod(key, 0o644)
    done = run(city.roads, "serve", code=None)
    check("a key that others can read: serve refuses and names the remedy", done.returncode != 0 and "chmod" in done.stderr + done.stdout, done.stderr)
    os.chmod(key, 0o600)
    hidden = key + ".hidden"
    os.rename(key, hidden)
    done = run(city.roads, "serve", code=None)
    check("a missing key: serve names the file", done.returncode != 0 and "node.key" in done.stderr + done.stdout, done.stderr)
    os.rename(hidden, key)
    done = run(city.office, "serve", code=None)
    check("a second serve on one directory ends with exit 11", done.returncode == 11, f"exit {done.returncode}: {done.stderr}")
    taken = os.path.join(base, "second")
    run(taken, "init", "office", "--node", "other", "--name", "Інше", "--admin", "admin", "--admin-name", "А", "--port", str(city.port),
        "--enrol-port", str(free_port()))
    done = run(taken, "serve", code=None)
    check("a port in use: serve says which", done.returncode != 0 and str(city.port) in done.stderr + done.stdout, done.stderr)
    with open(os.path.join(city.roads, "kartoteka.conf"), "a") as configuration:
        configuration.write("\n[limits]\nspeed = 3\n")
    done = run(city.roads, "serve", code=None)
    check("an unknown key of the configuration: exit 4, by name", done.returncode == 4 and "speed" in done.stderr + done.stdout, done.stderr)
    text = open(os.path.join(city.roads, "kartoteka.conf")).read().replace("\n[limits]\nspeed = 3\n", "")
    open(os.path.join(city.roads, "kartoteka.conf"), "w").write(text)
    city.department = serve(city.roads)


def people(city, base):
    def typed(*arguments, data=city.office, lang="uk_UA.UTF-8", **more):
        environment = {"PATH": os.environ["PATH"], "LANG": lang, "KARTOTEKA_DATA": data}
        return subprocess.run([BINARY, *arguments], env=environment, capture_output=True, text=True, timeout=60, **more)

    done = typed("status", data="/nowhere")
    check("no node: exit 10, in Ukrainian, with the command that makes one",
          done.returncode == 10 and "такого каталогу немає\nСтворіть: kartoteka init" in done.stderr, done.stderr)
    done = typed("status", data="/nowhere", lang="en_US.UTF-8")
    check("and in English for whose environment is English", "there is no such directory" in done.stderr, done.stderr)
    with open(os.path.join(city.roads, "kartoteka.conf")) as file:
        language = "\nlanguage = en\n" in file.read()
    done = typed("appeal", "show", "х", data=city.roads, lang="C")
    check("an environment that names no language: the one that init recorded", done.stderr.startswith("Error:" if language else "Помилка:"), done.stderr)
    done, usual = typed("--lang", "uk", "status"), typed("status", "--lang", "uk")
    check("options that all commands have may stand before the command", (done.returncode, done.stderr) == (usual.returncode, usual.stderr), done.stderr)
    done = typed("status", "--lang", "de")
    check("a language that is not there is refused", done.returncode == 2 and "uk або en" in done.stderr, done.stderr)
    done = typed("help", "такого")
    check("help on what is not there is a mistake", done.returncode == 2 and "немає команди" in done.stderr, done.stdout + done.stderr)
    check("help on a group lists it", typed("help", "appeal").stdout.count("\n  appeal ") + typed("help", "appeal").stdout.startswith("  appeal ") == 13)
    with open("/dev/full", "w") as full:
        done = subprocess.run([BINARY, "status", "--data", city.office, "--lang", "uk"], stdout=full, stderr=subprocess.PIPE, text=True)
    check("output that cannot be written is no success", done.returncode == 1 and "на диску немає місця" in done.stderr, f"exit {done.returncode}: {done.stderr}")
    done = subprocess.run(["bash", "-c", f"'{BINARY}' help --data '{city.office}' | head -1; exit ${{PIPESTATUS[0]}}"], capture_output=True, text=True)
    check("a pipe that is closed early is no trouble", done.returncode == 0 and done.stderr == "", f"exit {done.returncode}: {done.stderr}")
    out = os.path.join(base, "second.invitation")
    done = typed("invite", "roads", "--as", "admin", "--out", out)
    check("an invitation that goes to a file is not shown", done.returncode == 0 and "kartoteka-join" not in done.stdout and os.stat(out).st_mode & 0o777 == 0o600, done.stdout + done.stderr)
    done = typed("appeal", "register", "--as", "olena", "--name", "О'Ніл Дар'я", "--heading", "090", "--text", "Під'їзд №5: «темно», п'ятий день")
    check("apostrophes and quotes are letters like others", done.returncode == 0 and "О-" in done.stdout, done.stderr)
    done = typed("appeal", "register", "--as", "olena", "--name", "x", "--heading", "090", "--text-file", "-", input="x" * 200_000)
    told = " ".join(done.stderr.split())
    check("a text over the limit is refused by name and number", done.returncode == 2 and "«текст звернення»" in told and "49 152" in told, done.stderr)
    if os.geteuid() == 0:
        os.chmod(base, 0o755)
        done = typed("status", preexec_fn=lambda: os.setuid(65534))
        check("another user is refused: exit 6, whose it is", done.returncode == 6 and "належить користувачеві" in done.stderr, f"exit {done.returncode}: {done.stderr}")


def interrupted(city, base):
    rows, mapping = os.path.join(base, "rows.csv"), os.path.join(base, "mapping.json")
    with open(rows, "w") as file:
        file.write("n,name,text,date\n" + "".join(f"{n},О'Ніл {n},Немає води,03.02.2026\n" for n in range(4_000)))
    with open(mapping, "w") as file:
        json.dump({"source": "csv", "key": "n", "constants": {"channel": "import", "kind": "application", "subjectType": "individual", "heading": "090"},
                   "fields": {"lastName": "name", "text": "text", "receivedAt": {"column": "date", "format": "dd.mm.yyyy"}}}, file)
    before = asked(city.office, "appeal", "list")["total"]
    words = [BINARY, "import", rows, "--mapping", mapping, "--source", "rows", "--as", "olena", "--data", city.office]
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
    check("an import is under way", eventually(lambda: asked(city.office, "appeal", "list")["total"] > before))
    process.send_signal(signal.SIGINT)
    process.wait(20)
    check("Ctrl-C ends it after what is being written", process.returncode == 130, f"exit {process.returncode}")
    run(city.office, "import", rows, "--mapping", mapping, "--source", "rows", "--as", "olena")
    check("the same import again brings the rest, and nothing twice", asked(city.office, "appeal", "list")["total"] == before + 4_000,
          str(asked(city.office, "appeal", "list")["total"]))


def killed(city):
    before = len(asked(city.office, "appeal", "list", "--limit", "500")["appeals"])
    done = 0
    for round_ in range(5):
        done += sum(register(city.office, f"Впав{round_}{place}").returncode == 0 for place in range(3))
        stop(city.server, signal.SIGKILL)
        city.server = serve(city.office)
    check("kill -9 five times: every registration that was answered is there",
          has(city.office, before + done), f"{before} + {done}")
    city.assign("Після")
    check("and the department is in touch again", eventually(lambda: has(city.roads, 2), 60), open(city.roads + ".log").read()[-1500:])


def full_disk(base):
    if os.geteuid() != 0:
        return skip("a full disk: skipped, mounting needs root")
    mount = os.path.join(base, "small")
    os.mkdir(mount)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m,mode=700", "tmpfs", mount], capture_output=True).returncode:
        return skip("a full disk: skipped, mounting is not allowed here")
    try:
        office = os.path.join(mount, "office")
        run(office, "init", "office", "--node", "urz", "--name", "Управління", "--admin", "admin", "--admin-name", "А", "--port",
            str(free_port()), "--enrol-port", str(free_port()))
        server = serve(office)
        run(office, "person", "add", "olena", "--as", "admin", "--name", "О", "--department", "urz")
        run(office, "role", "grant", "olena", "registrar", "--as", "admin", "--department", "urz")
        check("on a disk with room a registration is saved", register(office, "Перша").returncode == 0)
        ballast = os.path.join(mount, "ballast")
        with open(ballast, "wb") as file:
            try:
                while True:
                    file.write(b"\0" * 65_536)
                    file.flush()
            except OSError:
                pass
        saved, refusal = 1, None
        for place in range(200):
            done = register(office, f"Повна{place}")
            if done.returncode:
                refusal = done
                break
            saved += 1
        check("a full disk: the registration is refused, not lost silently", refusal is not None and "full" in (refusal.stderr + refusal.stdout).lower(),
              refusal.stderr if refusal else "none was refused")
        check("the node goes on serving", server.poll() is None)
        os.remove(ballast)
        check("with room again it takes work without a restart", eventually(lambda: register(office, "Знову").returncode == 0))
        check("everything that was answered is there", has(office, saved + 1), f"{saved + 1}")
        stop(server)
    finally:
        end_all()
        subprocess.run(["umount", mount], capture_output=True)


def play():
    base = tempfile.mkdtemp(prefix="kartoteka-abuse-")
    try:
        city = City(base)
        connections(city)
        malformed(city)
        starts(city, base)
        people(city, base)
        killed(city)
        interrupted(city, base)
        stop(city.department)
        stop(city.server, signal.SIGINT)
        check("Ctrl-C ends a node in order", city.server.returncode == 0, f"exit {city.server.returncode}")
        full_disk(base)
    finally:
        end_all()
        shutil.rmtree(base, ignore_errors=True)


if __name__ == "__main__":
    town.main(play)
