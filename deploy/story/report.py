"""Рядки перебігу, перевірки й підсумкова таблиця: словами, не ширше за 80 знаків."""

import sys
import textwrap
import threading
import time

WIDTH = 80
OUTCOMES = {
    "accepted": "прийнято", "same": "те саме", "acceptedLate": "прийнято пізно", "conflict": "розбіжність",
    "held": "очікує", "refused": "відмовлено", "erased": "стерто", "saved": "збережено", None: "без підсумку",
}


class Report:
    """What was checked and what was found."""

    def __init__(self, stream=sys.stdout):
        self.began = time.monotonic()
        self.stream = stream
        self.rows = []
        self.act = ""
        self.counts = {}
        self.turn = threading.Lock()

    def _print(self, text, first="", next=None):
        next = " " * len(first) if next is None else next
        for line in text.splitlines() or [""]:
            wrapped = textwrap.wrap(line, WIDTH, initial_indent=first, subsequent_indent=next, break_on_hyphens=False) or [first.rstrip()]
            print("\n".join(wrapped), file=self.stream, flush=True)

    def say(self, text):
        """One line of progress with the time since the beginning."""
        with self.turn:
            self._print(text, f"[{time.monotonic() - self.began:6.1f} с] ")

    def quote(self, text):
        """What a program said to a person."""
        with self.turn:
            for line in text.splitlines():
                self._print(line, "  │ ", "  │   ")

    def begin(self, act, title):
        self.act = act
        self.say(f"── {act}. {title}")

    def count(self, name, number=1):
        with self.turn:
            self.counts[name] = self.counts.get(name, 0) + number

    def check(self, what, expected, found, ok=None, said=None):
        """Records a check; without `ok` the found must equal the expected. `said`: what the table says instead of the found."""
        held = expected == found if ok is None else bool(ok)
        with self.turn:
            self.rows.append((self.act, what, in_words(found) if said is None else said, held))
        if not held:
            self.say(f"НЕ ТАК: {what}: очікували {short(expected, 300)}, знайшли {short(found, 1500)}")
        return held

    @property
    def failed(self):
        return [row for row in self.rows if not row[3]]

    def table(self):
        wide = (3, 55, 18)
        with self.turn:
            self._print("")
            for cells in [("Акт", "Перевірка", "Знайдено"), tuple("─" * n for n in wide)] + [
                    (act, what, found if held else "НЕ ТАК") for act, what, found, held in self.rows]:
                columns = [textwrap.wrap(cell, n, break_on_hyphens=False) or [""] for cell, n in zip(cells, wide)]
                for place in range(max(map(len, columns))):
                    line = "  ".join((c[place] if place < len(c) else "").ljust(n) for c, n in zip(columns, wide))
                    print(line.rstrip(), file=self.stream)
            self._print("")
            for name, number in self.counts.items():
                self._print(f"{name}: {number}")

    def summary(self):
        bad = len(self.failed)
        return f"Перевірки: {len(self.rows) - bad} пройдено, {bad} не пройдено."


def in_words(found):
    """A value as people say it; nothing of the program's own."""
    if found is True or found is False:
        return "так" if found else "ні"
    if isinstance(found, int):
        return str(found)
    if isinstance(found, str):
        return OUTCOMES.get(found, found)
    if isinstance(found, (list, tuple)) and found and all(isinstance(each, str) and each in OUTCOMES for each in found):
        return ", ".join(OUTCOMES[each] for each in found)
    return "усе як слід" if found else "жодного"


def short(value, limit):
    text = value if isinstance(value, str) else str(value)
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1] + "…"


def counted(outcomes):
    """Outcomes with their numbers, in words."""
    return ", ".join(f"{OUTCOMES.get(name, name)} — {number}" for name, number in sorted(outcomes.items(), key=lambda each: -each[1]))
