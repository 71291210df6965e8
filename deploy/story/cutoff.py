"""Акт 2: підрозділ без мережі, його робота, рішення Центру тим часом; мережа повертається, і кожна дія має підсумок."""

import base64
import datetime
import json
import re
import subprocess

from .departments import DEPARTMENTS, MINE, OTHERS



class Cutoff:
    def __init__(self, city, report, founding):
        self.city, self.report, self.founding = city, report, founding
        self.office = city.OFFICE
        self.all = []
        self.today = city.today

    # ── before the cut

    def _fresh(self, words, days=0, main=MINE, co=()):
        """A card of today (or of some days ago), assigned."""
        received = (self.today - datetime.timedelta(days)).isoformat() + "T08:30:00"
        done = self.city.act(
            self.office, "appeal", "register", "--as", "koval", "--name", "Шевчук Ганна Іванівна",
            "--address", "вул. Спаська, 5", "--phone", "+380000000777", "--heading", "090", "--text", words,
            "--problem-address", "вул. Спаська, 5", *(["--received", received] if days else []),
        )
        key = done.json["appeal"]
        self.city.act(
            self.office, "resolution", "issue", key, "--as", "koval", "--author", "vilkul", "--main", main,
            "--text", "Розглянути, відповісти заявниці", *[w for c in co for w in ("--co", c)],
        )
        return key, done.json.get("due", {})

    def _accept(self, node, key):
        self.city.act(node, "assignment", "accept", key, "--as", f"exec-{node}")

    def prepare(self):
        old = sorted(self.founding.mains[MINE])[:17]
        self.unused, _ = self._fresh("Немає води з ранку")
        self.extended, self.due9 = self._fresh("Протікає дах над квартирою", days=36)
        self.both, _ = self._fresh("Немає світла у під'їзді", co=[OTHERS[0]])
        self.drafted, self.submitted = old[:5], old[5:15]
        self.dispatched = [old[15], self.unused, self.extended, self.both, old[16]]
        self.all = self.drafted + self.submitted + self.dispatched
        self.corrected = self.submitted[2]
        self.c1, self.c2, self.c3 = self.drafted[:2], self.submitted[:2], self.dispatched[0]
        self.moved = [*self.c1, *self.c2, self.c3]
        self.city.wait_in_step([MINE, *OTHERS])
        for key in self.all:
            self._accept(MINE, key)
        self._accept(OTHERS[0], self.both)
        self.city.wait_in_step([MINE, *OTHERS])
        self.report.say(f"підрозділ «{MINE}» прийняв до виконання {len(self.all)} звернень")

    # ── offline

    def _answer(self, node, key, steps, result="satisfied", date=None):
        words = "Роботи виконано, заявницю повідомлено." if result == "satisfied" else "Підстав немає."
        executor, head = f"exec-{node}", f"head-{node}"
        self.city.act(node, "answer", "draft", key, "--as", executor, "--result", result, "--text", words)
        if "approve" in steps:
            self.city.act(node, "answer", "approve", key, "--as", head)
        if "submit" in steps:
            self.city.act(node, "answer", "submit", key, "--as", executor)
        if "dispatch" in steps:
            self.city.act(
                node, "answer", "dispatch", key, "--as", executor, "--to", "applicant", "--by", "email", "--number", "12/345",
                *(["--date", date] if date else []),
            )

    def play_offline(self):
        city, report = self.city, self.report
        report.begin("2", f"Без мережі: {DEPARTMENTS[MINE]}")
        self.prepare()
        offset = city.log_size(MINE)
        city.relays[MINE].cut()
        city.wait("підрозділ помітив обрив", lambda: any(
            line.get("code") == "link_down" for line in city.log(MINE, offset)))
        report.say("мережу обірвано; підрозділ працює далі")
        for key in self.drafted:
            self._answer(MINE, key, ())
        for key in self.submitted:
            self._answer(MINE, key, ("approve", "submit"))
        for key in self.dispatched:
            self._answer(MINE, key, ("approve", "submit", "dispatch"))
        city.act(
            MINE, "appeal", "correct", self.corrected, "--as", f"exec-{MINE}",
            "--set", "problemAddress@1=вул. Свято-Миколаївська, 7",
        )
        status = city.run(MINE, "status", ok=None).json
        report.check("дій збережено в підрозділі, ще не передано", 56, status["outbox"]["count"])
        shown = city.text(MINE, "appeal", "show", self.submitted[0])
        report.check("клерк бачить «не передано»", True, "Ще не передано" in shown)
        report.say("в офлайні: 5 проєктів, 10 подань, 5 надсилань заявникам, одне виправлення картки")
        self._office_meanwhile()

    def _office_meanwhile(self):
        city = self.city
        for place, key in enumerate(self.moved):
            city.act(
                self.office, "resolution", "issue", key, "--as", "koval", "--author", "vilkul", "--supersedes", "main",
                "--main", OTHERS[place % 2], "--text", "Передати за належністю",
            )
        far = (self.today + datetime.timedelta(45)).isoformat()
        city.act(
            self.office, "term", "extend", self.unused, "--as", "koval", "--by", "vilkul", "--to", far,
            "--reason", "Потрібне обстеження",
        )
        decided = (self.today - datetime.timedelta(12)).isoformat()
        city.act(
            self.office, "term", "extend", self.extended, "--as", "koval", "--by", "vilkul", "--to", self.due9["cap"],
            "--reason", "Потрібне обстеження", "--decided", decided,
        )
        city.act(
            self.office, "appeal", "correct", self.corrected, "--as", "koval",
            "--set", "problemAddress@1=вул. Соборності, 12",
        )
        self._answer(OTHERS[0], self.both, ("approve", "dispatch"), result="refused")
        self.report.say("тим часом Центр: 5 передано іншим, строк двох продовжено, картку виправлено; співвиконавець відповів інакше")

    # ── the network returns

    def play_return(self):
        city, report = self.city, self.report
        report.say("мережа повертається")
        city.relays[MINE].mend()
        city.run(MINE, "sync", "now", ok=None)
        report.check("підрозділів, що не збіглися з Центром", [], city.wait_in_step(self.founding.departments))
        status = city.run(MINE, "status", ok=None).json
        report.check("після зв'язку: дій не передано", 0, status["outbox"]["count"])
        report.check("дій у карантині", 0, status["tray"]["quarantine"])
        self._outcomes()
        self._cases()
        self._moves()
        self._shown()
        self._settle()

    def show(self, node, key):
        return city_show(self.city, node, key)

    def _kinds(self, key):
        """Kind → outcome of what the department did, as its own history tells it."""
        done = self.city.run(MINE, "appeal", "history", key).json["operations"]
        return {op["kind"]: op["outcome"] for op in done if op["node"] == MINE}

    def _outcomes(self):
        report = self.report
        late, held = "acceptedLate", "held"
        for key in self.c1:
            report.check("C1: проєкт відповіді збережено як матеріал", late, self._kinds(key).get("answer.drafted"))
        for key in self.c2:
            kinds = self._kinds(key)
            report.check("C2: проєкт — пізно прийнято, погодження й подання очікують", [late, held, held], [
                kinds.get(f"answer.{k}") for k in ("drafted", "approved", "submitted")])
        kinds = self._kinds(self.c3)
        report.check("C3: надсилання — юридичний факт, погодження очікує", [late, held], [
            kinds.get("answer.dispatched"), kinds.get("answer.approved")])
        plain = [key for key in self.all if key not in self.moved and key != self.corrected]
        wrong = {key: kinds for key in plain if set((kinds := self._kinds(key)).values()) != {"accepted"}}
        report.check("з решти 14 звернень прийнято не все", {}, wrong)
        report.check("C12: пропозиція підрозділу", "conflict", self._kinds(self.corrected).get("appeal.corrected"))

    def _cases(self):
        report, office = self.report, self.office
        listed = self.city.pages(office, "conflict", "list", name="cases")
        rules = sorted(case["rule"] for case in listed)
        report.check("Центр бачить розбіжності, що чекають рішення", ["C12", "C2", "C2", "C3", "C6"], rules, said=", ".join(rules))
        for key in self.c1:
            found = {(d["rule"], d["state"]) for d in self.show(office, key)["disagreements"]}
            report.check("C1: лише помітка, рішення людини не потрібне", {("C1", "noted")}, found, said="так")
        for key in self.c1:
            main = OTHERS[self.moved.index(key) % 2]
            facts = [f["fact"] for f in self.show(main, key)["facts"]]
            report.check(f"C1: матеріал бачить новий виконавець «{main}»", True, "answer" in facts)
        case = {d["rule"]: d for d in self.show(office, self.unused)["disagreements"]}.get("C8", {})
        report.check("C8: відповідь вчасна, продовження не використано", [True, True, "noted"], [
            case.get("onTime"), case.get("unused"), case.get("state")], said="так")
        case = {d["rule"]: d for d in self.show(office, self.extended)["disagreements"]}.get("C9", {})
        report.check("C9: вчасно, бо продовжено до старого строку", [True, False, "noted"], [
            case.get("onTime"), case.get("unused"), case.get("state")], said="так")
        issue = self.show(office, self.corrected)["issues"][0]
        report.check("C12: чинне — виправлення Центру", "вул. Соборності, 12", issue.get("problemAddress"), said="так")
        # The new executor waits while the case is open (B is paused).
        key, node = self.c2[0], OTHERS[0]
        self._accept(node, key)
        self._answer(node, key, ("approve",))
        done = self.city.act(node, "answer", "submit", key, "--as", f"exec-{node}")

        def decided():
            told = self.city.run(node, "appeal", "history", key).json["operations"]
            own = [op for op in told if op["write"] == done.json["write"]]
            return own and own[0]["outcome"] != "saved" and (own[0]["outcome"], own[0].get("reason"))

        outcome = self.city.wait("підсумок подання", decided)
        report.check("C2: подання нового виконавця чекає рішення", ("held", "paused"), outcome, said="очікує")

    def _moves(self):
        city, report = self.city, self.report
        held = {a["id"] for a in city.pages(MINE, "appeal", "list", name="appeals")}
        report.check("звернень, що вибули, у підрозділі", set(), held & set(self.moved))
        entered = [key for place, key in enumerate(self.moved) if key in {
            a["id"] for a in city.pages(OTHERS[place % 2], "appeal", "list", name="appeals")}]
        report.check("звернень увійшло до нових виконавців", self.moved, entered, said=str(len(entered)))

        def receipts():
            nodes = city.run(self.office, "sync", "status").json["nodes"]
            return next(n for n in nodes if n["node"] == MINE)["unreceiptedPurges"] == 0

        city.wait("розписки про знищення", receipts)
        rows = city.query(self.office, "SELECT subject, bytes FROM debt WHERE kind = 'purge' AND state = 'paid' AND node = ?", MINE)
        signed = {subject for subject, line in rows if self._is_signed(bytes(line))}
        report.check("підписаних розписок про знищення у Центру", set(self.moved), signed & set(self.moved),
                     said=str(len(signed & set(self.moved))))
        left = [
            key for key in self.moved
            if city.query(MINE, "SELECT count(*) FROM row WHERE key = ?", key)[0][0]
        ]
        report.check("цих звернень у файлі підрозділу", [], left)

    def _is_signed(self, line):
        """Whether a receipt holds by the department's own certificate: checked by another program than the one that signed."""
        receipt = json.loads(line)
        raw = base64.b64decode(receipt["signature"])
        halves = [h.lstrip(b"\0") or b"\0" for h in (raw[:32], raw[32:])]
        numbers = b"".join(b"\x02" + bytes([len(n)]) + n for n in (b"\0" + h if h[0] > 127 else h for h in halves))
        place = self.city.root / "receipt"
        words = json.dumps(receipt["receipt"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        (place.with_suffix(".sig")).write_bytes(b"\x30" + bytes([len(numbers)]) + numbers)
        (place.with_suffix(".txt")).write_bytes(b"kartoteka receipt 1\n" + words.encode())
        key = subprocess.run(
            ["openssl", "x509", "-in", self.city.place(MINE) / "node.pem", "-noout", "-pubkey"], capture_output=True, timeout=30)
        (place.with_suffix(".pub")).write_bytes(key.stdout)
        done = subprocess.run(
            ["openssl", "dgst", "-sha256", "-verify", place.with_suffix(".pub"), "-signature", place.with_suffix(".sig"),
             place.with_suffix(".txt")], capture_output=True, timeout=30)
        return done.returncode == 0

    def _shown(self):
        """What the clerk reads, in Ukrainian."""
        city, report = self.city, self.report
        for key, words in (
            (self.c1[0], "прийнято після закінчення доручення"), (self.c2[0], "очікує"), (self.corrected, "розбіжн"),
            (self.drafted[4], "прийнято"),
        ):
            text = city.text(MINE, "appeal", "history", key)
            report.check(f"клерк читає «{words}»", True, words in text.lower())
            report.quote("\n".join(re.sub(r"\s+\[.*", "", line) for line in text.splitlines()[:5]))
        report.quote(city.text(self.office, "conflict", "list"))

    def settle_all(self, choose, patience=20):
        """Settles everything that waits, by command, until nothing does."""
        settled = 0
        for _ in range(patience):
            cases = self.city.pages(self.office, "conflict", "list", name="cases")
            if not cases:
                return settled
            for case in cases:
                done = self.city.act(
                    self.office, "conflict", "settle", case["id"], "--as", "koval", "--choose", choose(case),
                    "--reason", "Рішення Центру", ok=None,
                )
                if done.exit == 0:
                    settled += 1
                elif done.exit != 5:  # Settled along with another.
                    self.report.say(f"{case['id']} {case['rule']}: {' '.join((done.text + done.error).split())[:300]}")
        return settled

    def _settle(self):
        city, report = self.city, self.report

        def choose(case):
            wanted = {"C3": "acceptFormer", "C6": "correctiveLetter", "C12": "take", "held": "adopt"}
            if case["rule"] == "C2":
                return "acceptFormer" if case["appeal"] == self.c2[0] else "giveToCurrent"
            return wanted.get(case["rule"], case["choices"][0])

        settled = self.settle_all(choose)
        report.count("Розбіжностей вирішено", settled)
        report.check("розбіжності вирішено командою", True, settled >= 5)
        report.check("підрозділів, що не згодні з Центром", [], city.wait_in_step(self.founding.departments))
        for node in (self.office, MINE, *OTHERS):
            report.check(f"«{node}»: невирішеного", 0, len(city.pages(node, "conflict", "list", name="cases")))
        mains = [self.main(self.c2[0]), self.main(self.c2[1]), self.main(self.c3)]
        report.check("C2, C3: відповідає той, кого обрав Центр", [MINE, OTHERS[1], MINE], mains, said="так")
        issue = self.show(MINE, self.corrected)["issues"][0]
        report.check("C12: після рішення чинна пропозиція", "вул. Свято-Миколаївська, 7", issue.get("problemAddress"), said="так")
        report.say("розбіжності вирішено, усі згодні")

    def main(self, key):
        shown = self.show(self.office, key)
        entity = shown["registers"].get("mainExecutor")
        return next((a["department"] for a in shown["assignments"] if a["id"] == entity), None)


def city_show(city, node, key):
    return city.run(node, "appeal", "show", key).json
