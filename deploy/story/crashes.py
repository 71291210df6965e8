"""Акт 3: kill -9 посеред обміну, потім Центр знищено й відновлено з копії; підтверджене не губиться."""

import json
import random
import threading
import time

from .departments import WORKERS
from .report import counted


class Work(threading.Thread):
    """People at one node who go on working whatever happens to the nodes; what failed they do not repeat."""

    def __init__(self, city, node, jobs):
        super().__init__(daemon=True)
        self.city, self.node, self.jobs = city, node, jobs
        self.done = self.refused = 0
        self.problems = []
        self.ending = threading.Event()

    def run(self):
        for job in self.jobs:
            if self.ending.is_set():
                return
            try:
                done = self.city.act(self.node, *job, ok=None)
            except Exception as error:  # A node that dies can break a command in any way.
                self.problems.append(str(error))
                continue
            if done.exit in (0, 20):
                self.done += 1
            else:
                self.refused += 1
                self.problems.append(" ".join((done.text + done.error).split())[:200])
            time.sleep(0.02)

    def finish(self, patience=60):
        self.join(patience)
        self.ending.set()
        self.join(10)


class Crashes:
    def __init__(self, city, report, founding, cutoff, seed):
        self.city, self.report, self.founding, self.cutoff = city, report, founding, cutoff
        self.office = city.OFFICE
        self.random = random.Random(seed)
        self.used = 0

    def back_up(self):
        target = str(self.city.root / "backup")
        made = self.city.run(self.office, "backup", "create", target, "--with-keys").json
        found = self.city.run(self.office, "backup", "verify", target).json
        self.report.check("резервну копію зроблено й перевірено: дій", made["operations"], found["operations"])
        self.report.check("копія на тому самому диску рахується за друге місце", False, made["durable"])
        self.report.say(f"резервна копія Центру: {made['operations']} дій, {made['rows']} карток")

    # ── people at work

    def _department_jobs(self, node, count):
        keys = [k for k in sorted(self.founding.mains[node])]
        keys = [k for k in keys if k not in self.cutoff.all][self.used:self.used + count]
        jobs = []
        for key in keys:
            executor = f"exec-{node}"
            jobs += [
                ("assignment", "accept", key, "--as", executor),
                ("answer", "draft", key, "--as", executor, "--result", "satisfied", "--text", "Роботи виконано, заявника повідомлено."),
                ("answer", "approve", key, "--as", f"head-{node}"),
                ("answer", "submit", key, "--as", executor),
                ("appeal", "note", key, "--as", executor, "--text", "Заявник телефонував."),
            ]
        return jobs

    def _office_jobs(self, count):
        """New cards, each with the name of its appeal unknown beforehand: a note on known ones and new cards in turn."""
        keys = sorted(self.founding.mains[WORKERS[0]])[-count:]
        jobs = []
        for place, key in enumerate(keys):
            jobs.append(("appeal", "note", key, "--as", "koval", "--text", f"Примітка Центру {place}"))
            jobs.append(("contact", "add", key, "--as", "koval", "--phone", f"+38000000{place:04}"))
        return jobs

    def _start_work(self, count, withOffice=True):
        works = [Work(self.city, node, self._department_jobs(node, count)) for node in WORKERS]
        if withOffice:
            works.append(Work(self.city, self.office, self._office_jobs(count * 2)))
        self.used += count
        for work in works:
            work.start()
        return works

    def _finish(self, works):
        for work in works:
            work.finish()
        done = sum(work.done for work in works)
        self.report.count("Дій під час збоїв підтверджено", done)
        self.report.count("Дій під час збоїв не підтверджено (вузол саме падав)", sum(work.refused for work in works))
        return done

    # ── kill -9

    def play(self):
        self.report.begin("3", "kill -9 посеред обміну")
        works = self._start_work(5)
        kills = 0
        for node in (WORKERS[0], self.office, WORKERS[1], self.office, WORKERS[0], self.office):
            time.sleep(0.15 + self.random.random() * 0.5)
            self.city.kill(node)
            kills += 1
            time.sleep(self.random.random() * 0.3)
            self.city.start(node)
        done = self._finish(works)
        self.report.check("під час збоїв робота йшла", True, done > 20)
        for node in self.founding.departments:
            self.city.run(node, "sync", "now", ok=None)
        self.report.check("після збоїв: підрозділів, що не збіглися з Центром", [], self.city.wait_in_step(self.founding.departments))
        self._ledger("після kill -9")
        self.report.count("kill -9", kills)
        self.report.say(f"{kills} разів kill -9, {done} дій підтверджено, жодної не втрачено")
        self._disaster()

    # ── the office is destroyed

    def _bodies(self):
        """Every appeal of the office: its facts and its registers' writes, as they are in its file."""
        rows = self.city.query(
            self.office, "SELECT row.key, row_body.bytes FROM row JOIN row_body ON row_body.id = row.body WHERE space = 'appeals'")
        return {key: json.loads(bytes(body)) for key, body in rows}

    def _disaster(self):
        city, report, office = self.city, self.report, self.office
        before = self._bodies()
        visible = self._visible(before)
        acts = [act for act in city.ledger if act.node == office and act.appeal]
        written = [act for act in acts if act.write in visible]
        works = self._start_work(3, withOffice=False)
        time.sleep(0.4)
        city.kill(office)
        city.remove(office)
        report.say("Центр знищено: каталог видалено, підрозділи працюють далі")
        done = self._finish(works)
        report.check("без Центру робота йшла", True, done > 10)
        backup = str(city.root / "backup")
        city.run(office, "restore", backup, "--keys", backup + ".keys")
        try:
            city.start(office, patience=0)
            refusal = "запустився"
        except Exception as error:
            refusal = str(error)
        city.running.pop(office, None)
        report.check("Центр не стартує, доки відновлення не оголошено", True, "restore --declare" in refusal or "--declare" in refusal)
        city.run(office, "restore", "--declare")
        city.start(office)
        report.say("Центр відновлено з копії, відновлення оголошено")
        admitted = [node["node"] for node in city.run(office, "node", "list").json["nodes"] if node["state"] == "active"]
        report.check("журнал допусків загинув із диском: допущено без підтвердження", [], admitted)
        city.run(office, "node", "confirm", "--all", "--as", "admin")
        for node in self.founding.departments:
            city.run(node, "sync", "now", ok=None)
        report.check("після відновлення: підрозділів, що не збіглися", [], city.wait_in_step(self.founding.departments, 120))
        after = self._bodies()
        report.check("карток загублено", [], sorted(set(before) - set(after)))
        lost = [
            f"{key} {fact}" for key, body in before.items() for fact in body.get("facts", {})
            if fact not in after.get(key, {}).get("facts", {})
        ]
        report.check("дій на картках загублено", [], lost)
        changed = [
            f"{key} {name}: {value[0]} → {after.get(key, {}).get('registers', {}).get(name, [None])[0]}"
            for key, body in before.items() if key not in self._touched(works)
            for name, value in body.get("registers", {}).items()
            if after.get(key, {}).get("registers", {}).get(name, [None])[0] != value[0]
        ]
        report.check("значень на картках змінилося", [], changed)
        visible = self._visible(after)
        report.check(f"з {len(written)} дій Центру, що їх тримали підрозділи, не повернулося", [], [
            f"{act.kind} {act.write}" for act in written if act.write not in visible])
        report.count("Дій Центру повернуто з підрозділів", len(written))
        report.check("розбіжностей у лотку відновлення", 0, len([
            i for i in city.run(office, "tray", "list", "--kind", "recovery", ok=None).json.get("items", [])]))
        self._ledger("після відновлення", departmentsOnly=True)
        self._decide_again(before, after)
        report.say("нічого підтвердженого не втрачено")

    def _decide_again(self, before, after):
        """A decision about waiting work that no department's row held must be asked for again, never forgotten silently."""
        forgotten, silent = set(), []
        for key, body in before.items():
            for section in ("disagreements", "conflicts", "held"):
                for name, item in body.get(section, {}).items():
                    found = after.get(key, {}).get(section, {}).get(name, [{}])[0]
                    if found.get("state") == item[0].get("state"):
                        continue
                    forgotten.add(key)
                    if found.get("state") not in ("waiting", "open"):
                        silent.append(f"{key} {section} {name}: {item[0].get('state')} → {found.get('state')}")
        asked = {case["appeal"] for case in self.city.pages(self.office, "conflict", "list", name="cases")}
        self.report.check("забутих рішень, про які людину не спитали знову", [], silent + sorted(forgotten - asked))
        self.report.count("Рішень про роботу, що чекала, ухвалено вдруге", self.cutoff.settle_all(
            lambda case: {"held": "decline", "C2": "giveToCurrent"}.get(case["rule"], case["choices"][0])))
        self.report.check("після цих рішень: підрозділів, що не збіглися", [], self.city.wait_in_step(self.founding.departments))
        self.report.check("невирішеного", 0, len(self.city.pages(self.office, "conflict", "list", name="cases")))

    @staticmethod
    def _touched(works):
        return {job[2] for work in works for job in work.jobs}

    @staticmethod
    def _visible(bodies):
        writes = set()
        for body in bodies.values():
            for section in ("registers", "facts", "disagreements", "conflicts", "held"):
                for name, item in body.get(section, {}).items():
                    writes.add(item[1])
                    writes.add(name.split(" ")[-1])
        return writes

    def _ledger(self, when, departmentsOnly=False):
        """Every act whose command said "done" must be in its author's log and at the office, with an outcome."""
        city, lost, outcomes = self.city, [], {}
        known = {
            f"{origin}:{number}": status
            for origin, number, status in city.query(self.office, "SELECT origin, number, status FROM operation")
        }
        own = {}
        for act in list(city.ledger):
            if act.node == self.office and departmentsOnly:
                continue
            status = known.get(act.write)
            if act.node != self.office:
                if act.node not in own:
                    own[act.node] = {
                        f"{origin}:{number}": status
                        for origin, number, status in city.query(act.node, "SELECT origin, number, status FROM operation")
                    }
                if own[act.node].get(act.write) is None:
                    lost.append(f"{act.write} {act.kind}: у підрозділі без підсумку")
            if status is None:
                lost.append(f"{act.write} {act.kind}: Центр не має")
            outcomes[status] = outcomes.get(status, 0) + 1
        self.report.check(f"{when}: з {sum(outcomes.values())} підтверджених дій згублено", [], lost)
        self.report.check(f"{when}: відмов серед підтверджених дій", 0, outcomes.get("refused", 0))
        self.report.say(f"{when}: {counted(outcomes)}")
