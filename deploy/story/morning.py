"""Акт 6: робочий ранок. Те, що лишається на столах: строки, повернена відповідь, три нерозв'язані розбіжності, підрозділ без зв'язку."""

import datetime

from .departments import ASIDE, DEPARTMENTS, MINE, OTHERS
from .founding import due, working

QUESTIONS = {"C2": "робота того, в кого звернення забрали", "C3": "відповідь, яку вже надіслано", "C12": "два різні виправлення"}


class Morning:
    def __init__(self, city, report, founding):
        self.city, self.report, self.founding = city, report, founding
        self.office, self.today = city.OFFICE, city.today
        self.index, self.key, self.case = {}, {}, {}

    def play(self):
        city, report = self.city, self.report
        report.begin("6", "Робочий ранок: що лежить на столах")
        self._terms()
        self._returned()
        self._disputes()
        self._aside()
        self._check()
        for node in self.founding.departments:
            if node != ASIDE:
                city.run(node, "sync", "now", ok=None)
        report.say("на столах: строк, прострочене, повернене, три розбіжності, підрозділ без зв'язку")

    # ── cards

    def _register(self, name, who, words, place, main, heading="090", received=None, basis=None):
        """A card with a resolution; `name` is what the story calls it."""
        done = self.city.act(
            self.office, "appeal", "register", "--as", "koval", "--channel", "mayorPhone", "--name", who, "--phone", "+380000000701",
            "--address", f"м. Кривий Ріг, {place}", "--problem-address", place, "--heading", heading, "--text", words,
            *(["--received", f"{received.isoformat()}T08:30:00"] if received else []), *(["--basis", basis] if basis else []),
        )
        self.key[name], self.index[name] = done.json["appeal"], done.json["registrationIndex"]
        self.city.act(
            self.office, "resolution", "issue", self.key[name], "--as", "koval", "--author", "vilkul", "--main", main,
            "--text", "Розглянути, відповісти заявникові",
        )

    def _terms(self):
        """Nothing falls due on a day off: then the next working day is what people look at."""
        self.day = working(self.today, 1)
        self._register("today", "Ткаченко Ольга Петрівна", "Третю добу немає гарячої води.", "просп. Миру, 12", "ktm",
                       received=self.day - datetime.timedelta(15), basis="fifteenDays")
        late = self.today - datetime.timedelta(22)
        self._register("overdue", "Назаренко Іван Юрійович", "Не вивезено гілля після обрізування дерев.", "вул. Спаська, 31", "est",
                       received=late, basis="fifteenDays")
        self.late = due(late, False)

    def _answer(self, node, name, steps, words="Роботи виконано, заявника повідомлено."):
        key, executor = self.key[name], f"exec-{node}"
        self.city.act(node, "answer", "draft", key, "--as", executor, "--result", "satisfied", "--text", words)
        for step in steps:
            if step == "approve":
                self.city.act(node, "answer", "approve", key, "--as", f"head-{node}")
            elif step == "submit":
                self.city.act(node, "answer", "submit", key, "--as", executor)
            else:
                self.city.act(node, "answer", "dispatch", key, "--as", executor, "--to", "applicant", "--by", "email", "--number", "12/408")

    def _accept(self, node, *names):
        self.city.wait_in_step([node])
        for name in names:
            self.city.act(node, "assignment", "accept", self.key[name], "--as", f"exec-{node}")

    def _returned(self):
        node = OTHERS[0]
        self._register("returned", "Гнатюк Марія Степанівна", "Після ремонту дороги не відновлено тротуар.", "вул. Дарвіна, 8", node, "030")
        self._accept(node, "returned")
        self._answer(node, "returned", ("approve", "submit"), "Тротуар відновлено.")
        self.city.run(node, "sync", "now", ok=None)
        self.city.wait_in_step([node])
        self.city.act(
            self.office, "answer", "return", self.key["returned"], "--as", "koval",
            "--reason", "Немає дати робіт і підтвердження заявниці")
        self.city.wait_in_step([node])

    # ── what two people did without knowing of each other

    def _disputes(self):
        city = self.city
        self._register("C2", "Мельник Віктор Іванович", "Протікає покрівля над сходами.", "просп. Металургів, 20", MINE, "100")
        self._register("C3", "Поліщук Ірина Андріївна", "Не зачиняються двері під'їзду.", "вул. Українська, 44", MINE, "100")
        self._register("C12", "Яценко Петро Васильович", "Немає світла на сходах.", "вул. Соборності, 9", MINE, "100")
        self._accept(MINE, "C2", "C3", "C12")
        city.wait_in_step([MINE])
        city.stop(MINE)
        self._answer(MINE, "C2", ("approve", "submit"))
        self._answer(MINE, "C3", ("approve", "submit", "dispatch"))
        city.act(MINE, "appeal", "correct", self.key["C12"], "--as", f"exec-{MINE}", "--set", "problemAddress@1=вул. Соборності, 9, під'їзд 2")
        for name, main in (("C2", OTHERS[0]), ("C3", OTHERS[1])):
            city.act(
                self.office, "resolution", "issue", self.key[name], "--as", "koval", "--author", "vilkul", "--supersedes", "main",
                "--main", main, "--text", "Передати за належністю")
        city.act(self.office, "appeal", "correct", self.key["C12"], "--as", "koval", "--set", "problemAddress@1=вул. Соборності, 9а")
        city.start(MINE)
        city.run(MINE, "sync", "now", ok=None)
        city.wait_in_step([MINE, *OTHERS])

    def _aside(self):
        """A department stops and works on: its disk has what the office does not know yet."""
        self._register("aside", "Щербак Людмила Юріївна", "Захаращено евакуаційний вихід.", "вул. Вокзальна, 3", ASIDE)
        self.city.wait_in_step([ASIDE])
        self.city.stop(ASIDE)
        self.saved = self.city.act(
            ASIDE, "assignment", "accept", self.key["aside"], "--as", f"exec-{ASIDE}").json["outcome"]

    # ── it is really there

    def _check(self):
        city, report, office = self.city, self.report, self.office
        listed = {a["id"]: a for a in city.pages(office, "appeal", "list", name="appeals")}
        state = {name: listed.get(key, {}) for name, key in self.key.items()}
        report.check(f"є звернення, чий строк — {self.day:%d.%m.%Y}", self.day.isoformat(), state["today"].get("due"), said="так")
        report.check("є прострочене", [self.late.isoformat(), True], [state["overdue"].get("due"), self.late < self.today], said="так")
        shown = city.run(OTHERS[0], "appeal", "show", self.key["returned"]).json
        states = [assignment.get("state") for assignment in shown["assignments"]]
        report.check("є повернене на доопрацювання", ["returned"], states, said="так")
        cases = city.pages(office, "conflict", "list", name="cases")
        self.case = {case["rule"]: case["id"] for case in cases}
        rules = sorted(case["rule"] for case in cases)
        report.check("чекають рішення", ["C12", "C2", "C3"], rules, said=", ".join(rules))
        report.check("вони на тих зверненнях, де й мали виникнути", {rule: self.key[rule] for rule in QUESTIONS}, {
            case["rule"]: case["appeal"] for case in cases}, said="так")
        report.check(f"«{ASIDE}» зупинено, дію збережено на його диску", "saved", self.saved)
        unsent = city.run(ASIDE, "status", ok=None).json["outbox"]["count"]
        report.check(f"«{ASIDE}»: дій не передано", 1, unsent)

    # ── what now

    def tell(self):
        """What is worth looking at, each with its command; a line of 80 columns at most."""
        other = OTHERS[0]
        yield "Строки: " + (
            f"{self.index['today']} сьогодні" if self.day == self.today else f"{self.index['today']} {self.day:%d.%m} (найближчий робочий день)"
        ) + f", {self.index['overdue']} прострочено", [
            "appeal list --limit 10 --data office", f"deadline explain {self.index['today']} --data office"]
        yield f"Повернено на доопрацювання: {self.index['returned']}, {DEPARTMENTS[other]}", [
            f"appeal show {self.index['returned']} --data departments/{other}"]
        for rule, words in QUESTIONS.items():
            yield f"Чекає рішення ({rule}): {words}", [f"conflict show {self.case[rule]} --data office"]
        yield "Усі, що чекають рішення; вирішити: conflict settle", ["conflict list --data office"]
        yield f"Без зв'язку: {DEPARTMENTS[ASIDE]}", [f"status --data departments/{ASIDE}", "sync status --data office"]
