"""What may stand in what people read: closed lists of words of other letters, each with its reason; everything else is a fault.

`lint(said, typed)` gives the faults of what a command said. Commands to type, what was typed and what the city is made of are no faults.
"""
import datetime
import os
import re

# Latin words in Ukrainian lines that are nobody's neglect, by why they are there.
KNOWN = {
    # Names that have no other.
    "JSON", "CSV", "UTF-8", "UTF-16", "CP1251", "HTTP", "TLS", "MTU", "SHA-256", "SQL", "SQLite", "IANA", "UTC", "Excel", "AM", "PM", "AM/PM", "T",
    "bash", "zsh", "fish", "man", "MANPATH", "man1", "uk/man1", "iconv", "id", "Id", "COLUMNS", "APPEAL|WRITE",
    # What stands in a directory, in a configuration, in a URL.
    "kartoteka", "protocol.md", "erasures.log", "admissions.log", "backup.directory", "backup.admissions", "node.language", "office.url", "web.port",
    # Commands that somebody is told of by name.
    "a-z", "roads", "init", "join", "serve", "restore", "import", "conflict", "show", "list", "backup", "create", "calendar", "invite", "department", "step", "probe",
    # A clause of the settlement rules, as the regulation of the protocol numbers it.
    *(f"C{number}" for number in range(1, 21)),
}
# Names of the city of the test, which people type: departments, nodes, logins.
HERE = re.compile(r"^(urz|d1|d2|nov|osv-(uk|en)|admin|olena|mayor|(head|exec)-d[12]|nova-(uk|en)-(urz|d1)|nikoho|nemaie|zz|a|e?x?ample)$")
OPTION = re.compile(r"(?<![\w-])--(?:choose|supersedes) \w+|(?<![\w-])--?[a-z][a-z-]*(?:=\S+)?")
PLACE = re.compile(r"^#?[A-Z]{2,}(\.json)?$|^#[a-z0-9-]+$|^USER\[$|^ROLE$")
PATH = re.compile(r"^/|^https?://|^\w+/\w+|^[\w.-]+\.(json|csv|conf|log|key|keys|invitation|sqlite|md|txt|rejects|first)$|^\$[A-Z_]+$|^[\w.-]+@[\w.-]+$")
COMMAND = re.compile(r"(?<![\w.])(?:kartoteka|man -M|timedatectl|ip link|curl|df|ls) .*?(?=[;)»]|[.,:]?(?:\n|$)|[.,:?!]? (?=[—А-ЯҐЄІЇа-яґєії]{2,}[ ,.:]))", re.S)
RAW = [
    ("an id", re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-")), ("an act's name", re.compile(r"[a-z0-9-]+#[0-9a-f]{8}(:\d+)?")),
    ("a moment of a program", re.compile(r"\b\d{4}-\d\d-\d\dT\d\d:\d\d")),
    ("a value of a program", re.compile(r"\b(?:nil|null|true|false|Optional\(|[a-z]+[A-Z]\w*|[a-z]+_[a-z_]+|(?:slice|node|body|operation|personal):?[.:]\w+"
                                        r"|(?:appeal|receipt|answer|assignment|resolution|contact|person|role|department|calendar|street|held|conflict)\.[a-z]\w*)\b")),
]
# A refusal that goes on to say what may be typed.
TO_TYPE = r"приклад|example|одне з|one of|бракує|is missing|receivedAt|lastName"
DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b")
LATIN = re.compile(r"[A-Za-z]")
CYRILLIC = re.compile(r"[А-Яа-яҐґЄєІіЇї]")
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
# What prints data for programs, or the base as it lies.
VERBATIM = {"inspect value", "inspect row", "inspect operation", "inspect stream", "inspect tenure", "inspect origin", "completion"}
# Keys of a mapping, which whoever imports writes and mends.
MAPPING_KEYS = {"import"}
# Where the id is what is asked for: the column that people type of.
OF_IDS = {"street list", "street show", "street put", "street import", "node wiped", "role list", "person list"}


def days():
    """A term, a day of an extended one, and a moment of yesterday."""
    today = datetime.date.today()
    return ((today + datetime.timedelta(10)).isoformat(), (today + datetime.timedelta(40)).isoformat(),
            (today - datetime.timedelta(1)).isoformat() + "T09:30:00")


class Words:
    """What is known of the program: its commands, the codes that its options take."""

    def __init__(self, commands, codes):
        self.commands, self.codes = commands, codes

    def help(self, text, width):
        """Help is about what is typed: only its width, its letters and its language's completeness are looked at."""
        return shape(text, width)

    def lint(self, name, lang, text, typed=(), refused=False, width=80):
        faults = shape(text, width) if name not in VERBATIM else []
        if name in VERBATIM:
            return faults
        for line in whole(text).splitlines():
            said = COMMAND.sub("¤", line)
            said = re.sub(r"«[^»]*»|“[^”]*”|\"[^\"]*\"", "¤", said)
            for value in typed:
                said = re.sub(re.escape(value) + r"\S*", "¤", said)
            said = OPTION.sub("¤", said)
            said = re.sub(r"https?://\S+", "¤", said)
            # The three words of a key are Ukrainian ones, whoever reads them out.
            said = re.sub(r"(key in words: ).*", r"\1¤", said)
            raw = [what for what, pattern in RAW if pattern.search(said)] if "--verbose" not in typed else []
            if refused or name in MAPPING_KEYS:
                # A refusal says what may be typed: codes, forms of days, names of acts and of fields.
                said = " ".join(word for word in said.split() if word.strip(".,;:…()=") not in self.codes)
                raw = [what for what, pattern in RAW if pattern.search(said) and not re.search(TO_TYPE, said)]
            if lang == "uk" and DAY.search(said) and not refused:
                raw.append("a day of a program")
            if raw:
                faults.append(f"{', '.join(raw)}: {line.strip()}")
            elif lang == "uk" and "--verbose" not in typed and (words := [word for word in split(said) if self.is_foreign(word, name, refused)]):
                faults.append(f"Latin {' '.join(words)}: {line.strip()}")
            elif lang == "en" and (words := [word for word in split(said) if CYRILLIC.search(word) and not is_data(word)]):
                faults.append(f"Cyrillic {' '.join(words)}: {line.strip()}")
        return faults

    def is_foreign(self, word, name, refused):
        if not LATIN.search(word) or word in KNOWN or HERE.match(word) or PLACE.match(word) or PATH.match(word) or is_data(word):
            return False
        if refused and (word in self.codes or RAW[1][1].match(word) or DAY.match(word[:10]) or re.match(r"^[a-z.]+(@[0-9A-Z]+)?=|^[A-Z]+=[A-Z]+$", word)):
            return False
        return not (name in OF_IDS or name in MAPPING_KEYS and re.match(r"^[a-z]+[A-Za-z]*$|^dd.mm", word))


# Words of the city: whoever and whatever stands in the register, in any language.
DATA = set("""Петренко Іван Іванович Сич Ганна Іванівна Гай Петро Семен Олег Юрій Петрович Стертий Степан Новак Ніна Бойко Сидоренко Ольга Петрівна
Коваль Олена Вілкул Григорович Бондар Сидор Павло Ілліч Гончар Мельник Ірина Олегівна Департамент ЖКГ Управління доріг ДОР освіти друге Нове
Наказ № Яма на дорозі номер прізвище дата зміст село щось нікому Дуб Ігор Водоканал Звільнення""".split())
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "deploy", "data", "streets.csv"), encoding="utf-8") as streets:
    DATA |= {word.strip(".,") for word in re.split(r"[\s,]+", streets.read())} | {"Спаська", "Центральний"}


def is_data(word):
    """A word that the test itself put into the register; a column may have cut it."""
    bare = word.rstrip("…")
    return word in DATA or (word.endswith("…") and any(one.startswith(bare) for one in DATA)) or bool(re.match(r"^\d{4}-\d(-\w+)*$|^[А-ЯҐЄІЇ]{1,2}-\d+(\.[0-9a-f]{6})?$", word))


def split(text):
    """Words without what stands around them; one that a column cut keeps its `…`."""
    words = (word.strip(".,;:!?()[]«»\"'’¤|=") for word in re.split(r"[\s,;:()\[\]·→×]+|(?<= )/(?= )", text))
    return [word for word in words if word.strip("…")]


def shape(text, width):
    return ([f"wider than {width}: {line}" for line in text.splitlines() if is_wide(line, width)]
            + [f"a control character: {line!r}" for line in text.splitlines() if CONTROL.search(line)])


def is_wide(line, width):
    """What is one word, a path or an act's name, stays whole to be copied, with what it hangs from."""
    longest = max(map(len, re.findall(r'"[^"]*"|\S+', line)), default=0)
    return len(line) > width and longest < width - 12


def whole(text):
    """Lines as they were before they were broken: what goes on stands further in, or begins within a sentence."""
    return re.sub(r" ?\\?\n {2,}(?=\S)|(?<=[^.:\n])\n(?=[а-яґєії(«])", " ", text)
