"""Акт 5: байт, змінений на диску підрозділу, знаходить дайджест, а лагодять діапазони, не нове завантаження."""

import sqlite3

from .departments import MINE as NODE


class Corruption:
    def __init__(self, city, report):
        self.city, self.report, self.space = city, report, f"slice:{NODE}"

    def play(self):
        self.report.begin("5", "Зіпсований рядок")
        generation = self._generation()
        keys = [row[0] for row in self.city.query(
            NODE, "SELECT key FROM row WHERE space = ? AND generation = ? ORDER BY key", self.space, generation)]
        self.news = keys[0]
        before = {key: self._body(key) for key in keys}
        # Whole slice as its lines: what a new snapshot would cost at least.
        size = sum(map(len, before.values()))
        carried = self.city.relays[NODE].bytes
        self._spoil(keys[3], isServed=True)
        self._mended("вузол працює", keys[3], before)
        self.city.stop(NODE)
        self._spoil(keys[7], isServed=False)
        self._spoil(keys[8], isServed=False, found=2, look=True)
        self.city.start(NODE)
        self.city.run(NODE, "sync", "now", ok=None)
        self._bring_news()
        self._mended("вузол стояв", keys[7], before)
        self._mended("вузол стояв", keys[8], before)
        self.report.check("відмінностей від Центру", [], self.city.wait_in_step([NODE]))
        self.report.check("усе заново не завантажували", generation, self._generation(), said="так")
        carried = self.city.relays[NODE].bytes - carried
        self.report.check("передано менше, ніж важать усі звернення", True, carried < size)
        self.report.say(f"три рядки відремонтовано: передано {carried} байтів, усі звернення підрозділу важать {size}")
        mended = [item["text"] for item in self.city.run(NODE, "tray", "list", "--kind", "repair").json["items"]]
        self.report.check("лоток каже про ремонт", True, all(any(keys[i] in text for text in mended) for i in (3, 7, 8)))

    def _generation(self):
        return self.city.query(NODE, "SELECT generation FROM stream WHERE name = ?", self.space)[0][0]

    def _body(self, key):
        rows = self.city.query(
            NODE, "SELECT row_body.bytes FROM row JOIN row_body ON row_body.id = row.body WHERE space = ? AND key = ? "
            "ORDER BY generation DESC LIMIT 1", self.space, key)
        return bytes(rows[0][0]) if rows else b""

    def _spoil(self, key, isServed, found=1, look=None):
        """Changes one byte of the row and leaves its digest, as a bad disk would; `doctor` must find it."""
        database = sqlite3.connect(self.city.place(NODE) / "kartoteka.sqlite", timeout=20)
        with database:
            (body, old), = database.execute(
                "SELECT row_body.id, row_body.bytes FROM row JOIN row_body ON row_body.id = row.body "
                "WHERE space = ? AND generation = ? AND key = ?", (self.space, self._generation(), key)).fetchall()
            new = bytearray(old)
            place = new.index(b'"registeredOn":["20') + len(b'"registeredOn":["20')
            new[place] ^= 1
            database.execute("UPDATE row_body SET bytes = ? WHERE id = ?", (bytes(new), body))
        database.close()
        if look is None and not isServed:
            return
        done = self.city.run(NODE, "doctor", ok=None)
        check = next(check for check in done.json["checks"] if check["name"] == "rows")
        state = "вузол працює" if isServed else "вузол стоїть"
        self.report.check(f"doctor знайшов зіпсоване ({state}), код 30", [30, False], [done.exit, check["ok"]], said="так")
        self.report.quote(f"doctor: {check['found']['uk']}")
        if isServed:
            self._bring_news()

    def _bring_news(self):
        """Any news carries the digest; without news the next look is at the end of the long poll."""
        self.city.run(self.city.OFFICE, "appeal", "note", self.news, "--as", "koval", "--text", "Перевірка зв'язку")

    def _mended(self, state, key, before):
        try:
            self.city.wait("ремонт", lambda: self._body(key) == before[key], 40)
            mended = True
        except Exception as error:
            mended = str(error)
        self.report.check(f"рядок відремонтовано ({state})", True, mended)
