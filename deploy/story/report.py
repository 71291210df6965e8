"""Рядки перебігу, перевірки й підсумкова таблиця."""

import sys
import threading
import time


class Report:
    """What was checked, what was expected, what was found."""

    def __init__(self, stream=sys.stdout):
        self.began = time.monotonic()
        self.stream = stream
        self.rows = []
        self.act = ""
        self.counts = {}
        self.turn = threading.Lock()

    def say(self, text):
        """One line of progress with the time since the beginning."""
        with self.turn:
            passed = time.monotonic() - self.began
            print(f"[{passed:6.1f} с] {text}", file=self.stream, flush=True)

    def begin(self, act, title):
        self.act = act
        self.say(f"── {act}. {title}")

    def count(self, name, number=1):
        with self.turn:
            self.counts[name] = self.counts.get(name, 0) + number

    def check(self, what, expected, found, ok=None):
        """Records a check; without `ok` the found must equal the expected."""
        held = expected == found if ok is None else bool(ok)
        with self.turn:
            self.rows.append((self.act, what, expected, found, held))
        if not held:
            self.say(f"   НЕ ТАК: {what}: очікували {short(expected, 300)}, знайшли {short(found, 1500)}")
        return held

    @property
    def failed(self):
        return [row for row in self.rows if not row[4]]

    def table(self):
        heads = ("Акт", "Перевірка", "Очікували", "Знайшли", "")
        lines = [
            (act, short(what, 68), short(expected, 24), short(found, 24), "так" if ok else "НІ")
            for act, what, expected, found, ok in self.rows
        ]
        widths = [max(len(line[i]) for line in [heads] + lines) for i in range(5)]
        with self.turn:
            print(file=self.stream)
            for line in [heads, tuple("─" * w for w in widths)] + lines:
                print("  ".join(c.ljust(w) for c, w in zip(line, widths)).rstrip(), file=self.stream)
            print(file=self.stream)
            for name, number in self.counts.items():
                print(f"{name}: {number}", file=self.stream)
            self.stream.flush()


def short(value, limit):
    text = value if isinstance(value, str) else str(value)
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1] + "…"
