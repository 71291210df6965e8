"""Act a: the city is founded, a thousand requests and thirty samples are imported, everybody gets exactly their slice."""

import calendar
import csv
import datetime
import hashlib
import json
from concurrent.futures import ThreadPoolExecutor

SMALL = 12  # Of each agency in the short form; two agencies get more.
SHORT = {"hpd": 60, "nypd": 54}


def card_id(source, key):
    """The id that an import gives to a card: anybody can count it."""
    hexed = list(hashlib.sha256(f"kartoteka import 1\n{source}\n{key}".encode()).hexdigest()[:32])
    hexed[12], hexed[16] = "8", "8"
    text = "".join(hexed)
    return "-".join([text[:8], text[8:12], text[12:16], text[16:20], text[20:]])


def month_later(day):
    year, month = day.year + day.month // 12, day.month % 12 + 1
    end = datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
    while end.weekday() > 4:
        end += datetime.timedelta(1)
    return end


class Founding:
    def __init__(self, city, report, project, isShort):
        self.city, self.report, self.project = city, report, project
        self.data = project / "deploy" / "data"
        self.samples = json.loads((self.data / "sample-appeals.json").read_text(encoding="utf-8"))
        self.rows, self.header = self._rows(isShort)
        self.expected = {}  # department → appeals that it must hold
        self.mains = {}  # department → requests that it answers
        self.named = {d["code"].lower(): d["nameUk"] for d in self.samples["departments"]}
        for row in self.rows:
            self.named.setdefault(row["agency"].lower(), row["agency_name"])
        self.departments = sorted(set(self.named) - {city.OFFICE})
        self.agencies = sorted({row["agency"].lower() for row in self.rows})

    def _rows(self, isShort):
        with open(self.data / "nyc311-2024-04.csv", encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            rows, header = list(reader), reader.fieldnames
        if not isShort:
            return rows, header
        taken, kept = {}, []
        for row in rows:
            agency = row["agency"].lower()
            taken[agency] = taken.get(agency, 0) + 1
            if taken[agency] <= SHORT.get(agency, SMALL):
                kept.append(row)
        return kept, header

    def play(self):
        self.report.begin("а", f"Центр і {len(self.departments)} підрозділів, імпорт, доручення")
        self._nodes()
        self._people()
        self._import_requests()
        self._import_samples()
        self._slices()
        self._requests_dates()

    def _nodes(self):
        city, report = self.city, self.report
        city.found_office()
        report.say(f"Центр «{city.OFFICE}» слухає на порту {city.port}")
        for node in self.departments:
            city.join(node, self.named[node], relay=node == "hpd")
            city.start(node, wait=False)
        report.count("Підрозділів", len(self.departments))
        report.say(f"приєднано й запущено {len(self.departments)} підрозділів, кожен — окремий процес")

    def _people(self):
        office = self.city.OFFICE
        people = [("koval", office, "Коваль Віра Іванівна", ["registrar"]), ("vilkul", office, "Вілкул Олег Юрійович", ["leader"])]
        for node in self.departments:
            people.append((f"head-{node}", node, f"Керівник {node}", ["head"]))
            people.append((f"exec-{node}", node, f"Виконавець {node}", ["executor"]))

        def add(person):
            user, node, name, roles = person
            self.city.act(office, "person", "add", user, "--as", "admin", "--department", node, "--name", name)
            for role in roles:
                self.city.act(office, "role", "grant", user, role, "--as", "admin", "--department", node)

        pool = ThreadPoolExecutor(4)
        try:
            list(pool.map(add, people))
        finally:
            pool.shutdown(cancel_futures=True)
        self.report.count("Працівників", len(people))
        self.report.say(f"записано {len(people)} працівників та їхні ролі")

    def _import(self, file, mapping, source, ok):
        return self.city.run(
            self.city.OFFICE, "import", str(file), "--mapping", str(self.project / "deploy" / f"{mapping}.mapping.json"),
            "--as", "koval", "--source", source, "--rejects", str(self.city.root / f"{source}.rejects.csv"), ok=ok,
            timeout=300,
        ).json

    def _import_requests(self):
        report, count = self.report, len(self.rows)
        file = self.city.root / "requests.csv"
        with open(file, "w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, self.header, quoting=csv.QUOTE_ALL)
            writer.writeheader()
            writer.writerows(self.rows)
        report.check("відомств у файлі", 11, len(self.agencies))
        done = self._import(file, "nyc311", "nyc311", (0,))
        report.check("імпортовано звернень", count, done["imported"])
        report.check("відхилено рядків", 0, done["rejected"])
        report.say(f"імпортовано {done['imported']} звернень, кожне з резолюцією")
        again = self._import(file, "nyc311", "nyc311", (3,))
        report.check("повторний імпорт: нових і тих, що вже були", [0, count], [again["imported"], again["existing"]])
        for row in self.rows:
            for held in (self.expected, self.mains):
                held.setdefault(row["agency"].lower(), set()).add(card_id("nyc311", row["unique_key"]))
        report.count("Звернень імпортовано", done["imported"])

    def _import_samples(self):
        report, office = self.report, self.city.OFFICE
        done = self._import(self.data / "sample-appeals.json", "samples", "samples", (0, 3))
        report.check("імпортовано зразків", 30, done["imported"])
        # Who is complained against does not execute (Article 7 of the law).
        left = {(each["key"], each["department"]) for each in done["leftOut"]}
        report.check("співвиконавців, на яких скаржаться, не призначено", {("s05", "est")}, left)
        wrong, dated = [], 0
        names = (("due.statutory", "statutoryDueOn"), ("due.control", "controlDueOn"), ("due.cap", "latestLawfulOn"))
        for sample in self.samples["appeals"]:
            key = card_id("samples", sample["id"])
            registers = self.city.run(office, "appeal", "show", key).json["registers"]
            pairs = [("registeredOn", "registeredOn")] + list(names)
            if sample["deadlineBasis"] not in (None, "none"):
                dated += 1
            for ours, theirs in pairs:
                # The five days of forwarding (Article 7) give the sample its own last lawful day; the cap is the law's.
                if sample.get("deadlineBasis") == "fiveDays" and ours == "due.cap":
                    continue
                if registers.get(ours) != sample[theirs]:
                    wrong.append(f"{sample['id']} {ours}: {registers.get(ours)}, у зразку {sample[theirs]}")
            if sample["id"] != "s03" and registers.get("mainExecutor"):
                for code in [sample["responsibleDepartment"], *sample["coExecutors"]]:
                    if code and code.lower() != office and (sample["id"], code.lower()) not in left:
                        self.expected.setdefault(code.lower(), set()).add(key)
        report.check("дати 30 зразків (реєстрація, строк, контроль, межа)", [], wrong)
        report.count("Зразків із порахованими строками", dated)

    def _slices(self):
        city, report = self.city, self.report
        report.say("підрозділи забирають свої зрізи …")
        report.check("усі підрозділи збіглися з Центром (дайджест, рядки, позиція)", [], city.wait_in_step(self.departments))
        foreign, missing, total = [], [], 0
        for node in self.departments:
            held = {a["id"] for a in city.pages(node, "appeal", "list", name="appeals")}
            wanted = self.expected.get(node, set())
            foreign += [f"{node} {key}" for key in held - wanted]
            missing += [f"{node} {key}" for key in wanted - held]
            total += len(held)
        report.check("чужих звернень у підрозділах", [], foreign)
        report.check("звернень, яких підрозділам бракує", [], missing)
        report.check("рядків у підрозділах разом", sum(map(len, self.expected.values())), total)
        report.say(f"у {len(self.departments)} підрозділах разом {total} звернень, дайджести збігаються")
        report.count("Рядків у зрізах", total)

    def _requests_dates(self):
        wrong, found = [], 0
        ids = {card_id("nyc311", row["unique_key"]): row for row in self.rows}
        for appeal in self.city.pages(self.city.OFFICE, "appeal", "list", name="appeals"):
            row = ids.get(appeal["id"])
            if not row:
                continue
            found += 1
            day = datetime.date.fromisoformat(appeal["registeredOn"])
            created = datetime.date.fromisoformat(row["created_date"][:10])
            if not 0 <= (day - created).days <= 1 or appeal["due"] != month_later(day).isoformat():
                wrong.append(f"{row['unique_key']}: {created} → {appeal['registeredOn']} → {appeal['due']}")
        self.report.check("строки імпортованих звернень 2024 року: місяць від реєстрації", [len(ids), []], [found, wrong])
        self.report.check("стан імпортованих: доручено", {"assigned"}, {
            a["state"] for a in self.city.pages("dcwp", "appeal", "list", name="appeals")
        })
