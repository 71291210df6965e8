#!/usr/bin/env python3
"""Follows "To add a kind of operation" of Sources/README.md with a kind that nobody needs, in a copy of the tree.

A department gives back a gift. Step by step: what is not done yet is named, with the kind, by the tests that the page gives for the step;
what is done is named by none. At the end all of them pass, and a simulated city does it. Prints `N passed, N failed`.

COPY=DIR takes this folder for the copy and keeps it, with what was built in it before.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
from town import ROOT, Trouble, check, main, say  # noqa: E402

KIND = "gift.returned"


class Tree:
    """The copy, in which text is added beside text that is there."""

    def __init__(self, path):
        self.path = path

    def text(self, place):
        with open(os.path.join(self.path, place), encoding="utf-8") as file:
            return file.read()

    def write(self, place, text):
        with open(os.path.join(self.path, place), "w", encoding="utf-8") as file:
            file.write(text)

    def run(self, *words, **more):
        environment = dict(os.environ, **more)
        return subprocess.run(words, cwd=self.path, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True)

    def build(self):
        done = self.run("swift", "build", "--build-tests")
        if done.returncode:
            errors = [line for line in (done.stdout + done.stderr).split("\n") if "error:" in line]
            raise Trouble("the copy does not build: " + "; ".join(errors[:5]))

    def test(self, suites, **more):
        done = self.run("swift", "test", "--skip-build", "--disable-xctest", "--filter", suites, **more)
        return done.stdout + done.stderr

    def replace(self, place, old, new):
        text = self.text(place)
        if old not in text:
            raise ValueError(f"{place} has no {old!r} any more")
        self.write(place, text.replace(old, new, 1))

    def add(self, place, beside, new, before=False):
        """Adds `new` behind the first `beside`, or before it."""
        self.replace(place, beside, new + beside if before else beside + new)


# --- the steps, as the page counts them ---


def value(tree):
    tree.add(
        "Sources/Appeals/Acts/Kinds/Answers.swift",
        "    /// The fact of the version that the operation names.\n",
        '''    /// A gift was given back.
    static let giftReturned = Kind(
        "gift.returned",
        parties: [.main: everybodyThere, .co: everybodyThere],
        isAtomic: false,
        fields: [about, .required("gift", .string), .required("date", .date)],
        effects: { context throws(Refusal) in
            [.fact("gift", entity: context.assignment, context.factValue(dropping: ["assignment"]))]
        }
    )

''',
        before=True,
    )


def listed(tree):
    tree.add("Sources/Appeals/Acts/Kind.swift", "documentRecorded, ", "giftReturned, ")


def policy(tree):
    tree.add(
        "Sources/Appeals/Acts/Policy/Policy.swift",
        '        FactPolicy(name: "document", adds: executors, late: .accept, privacy: .assignment),\n',
        '        FactPolicy(name: "gift", adds: executors, late: .accept, privacy: .assignment),\n',
    )


def words(tree):
    wording = "Sources/Desk/Words/Wording.swift"
    kind = '        "document.recorded": Label(uk: "Підтвердний документ", en: "Document confirming the works"),\n'
    tree.add(wording, kind, '        "gift.returned": Label(uk: "Подарунок повернуто", en: "Gift returned"),\n')
    fact = '        "document": Label(uk: "Підтвердний документ", en: "Work document"),\n'
    tree.add(wording, fact, '        "gift": Label(uk: "Подарунок", en: "Gift"),\n')
    tree.add(
        "Sources/Appeals/Acts/FieldNames.swift",
        '        "document.recorded body.number"',
        '        "gift.returned body.gift": Label(uk: "який подарунок", en: "which gift"),\n',
        before=True,
    )
    tree.add("Sources/Commands/Appeals/ShownFact+Lines.swift", '"document", ', '"gift", ')


def command(tree):
    rows = "Sources/Desk/Table/Rows/AnswerRows.swift"
    tree.add(rows, "feedbackAdd, documentAdd,", " giftReturn,")
    tree.add(
        rows,
        "    package static let documentAdd = UseCase(",
        '''    package static let giftReturn = UseCase(
        "gift return",
        uk: "Записати, що подарунок повернуто",
        en: "Record that a gift was given back",
        writes: .acts("gift.returned"),
        operands: [.appeal],
        options: [
            .actor, .assignment,
            .required("gift", "TEXT", .string, into: "gift", uk: "який подарунок", en: "which gift"),
        ],
        example: ["appeal": "К-101", "as": "sydor", "gift": "Торт"]
    )

''',
        before=True,
    )
    tree.add(
        "Sources/Desk/Acting/Casework/Facts.swift",
        "    /// A department notes a document of the works.\n",
        '''    /// A department notes that it gave back a gift, today.
    package func returnGift(_ target: AssignmentTarget, _ gift: String) throws -> Acted<AboutAssignment> {
        try actOnAssignment("gift.returned", target, in: Set(AssignmentState.allCases)) { body, _, _, _ in
            body["gift"] = .string(gift)
            body["date"] = .string(today.description)
        }
    }

''',
        before=True,
    )
    tree.add(
        "Sources/Commands/Casework/FactCommands.swift",
        "    static let documentAdd = Command(",
        '''    static let giftReturn = Command(.giftReturn) { call in
        call.tell(
            try call.acting().returnGift(try call.target(), try call.required("gift")),
            uk: "Повернення записано",
            en: "It is recorded"
        )
    }

''',
        before=True,
    )
    tree.add("Sources/Commands/Commands.swift", "feedbackAdd, documentAdd, ", "giftReturn, ")


def told(tree):
    tree.add(
        "Tests/NodeTests/Commands/UseCaseKindTests.swift",
        '        try does("document add", ["document": "act", "number": "17"])\n',
        '        try does("gift return", ["gift": "Торт"])\n',
    )
    tree.add("Tests/NodeTests/Commands/BarredReaderTests.swift", '"document add", ', '"gift return", ')


def oracle(tree):
    tree.add(
        "Sources/Simulator/Oracle/KindRule.swift",
        '        "document.recorded": KindRule(',
        '        "gift.returned": KindRule(roles: ["main": all, "co": all], late: .accept),\n',
        before=True,
    )
    tree.add(
        "Sources/Simulator/Oracle/Wrote.swift",
        '        case "document.recorded":',
        '        case "gift.returned": return [.fact("gift@" + assignment)]\n',
        before=True,
    )
    tree.add("Sources/Simulator/Checkers/Acts/OperationsRead.swift", '"document.recorded": "document", ', '"gift.returned": "gift", ')


def people(tree):
    place = "Sources/Simulator/Workload/Workload+Later.swift"
    tree.replace(place, "switch fourth.below(4) {", "switch fourth.below(5) {")
    tree.add(
        place,
        '            case 2: try inspects(site, "contact.added"',
        """            case 4:
                var body = about
                body["date"] = "2026-02-04"
                try inspects(site, "gift.returned", package, body, field: nil)
""",
        before=True,
    )
    tree.replace(place, '$0.body["note"] = .string(token)', '$0.body[kind == "gift.returned" ? "gift" : "note"] = .string(token)')


def states(tree):
    tree.add(
        "Tests/AppealsTests/CommonState.swift",
        '            state("disputed") {',
        '''            state("a gift") {
                try $0.answers(upTo: 2)
                try $0.does("gift.returned", "roads") {
                    $0["gift"] = "Торт"
                    $0["date"] = "2026-02-08"
                }
            },
''',
        before=True,
    )


def staged(tree):
    tree.add("Tests/ReplicationTests/ActStage.swift", '"feedback.recorded", "document.recorded"', ', "gift.returned"')


def peers(tree):
    tree.add("protocol.md", "| `answer.accepted` | `submitted`;", f"| `{KIND}` | none: it is a fact |\n", before=True)
    tree.test("ProtocolTests|FaceTests", REWRITE_VECTORS="1", REWRITE_MANUAL="1")


# Which step of the page is done by what; the tests name the kind until the last of theirs is done.
STEPS = [
    (1, value), (2, listed), (3, policy), (4, words), (5, command), (5, told), (6, oracle), (7, people), (8, states), (8, staged), (9, peers),
]
NAMED = {
    # test: after which work it begins to name the kind, and after which it is content
    "ActLimitTests": (listed, staged),
    "WordingTests": (listed, words),
    "FieldNameTests": (listed, words),
    "ToldFactTests": (listed, words),
    "KindCommandTests": (listed, command),
    "UseCaseKindTests": (command, told),
    "BarredReaderTests": (command, told),
    "KindStepTests": (listed, states),
    "JudgePermutationTests/everyKind": (listed, policy),
    "NamesInDocumentTests": (listed, peers),
    "ProtocolDocumentTests": (listed, peers),
    "FaceTests": (command, peers),
}


def naming(tree):
    """Which tests fail, and whether they say the kind's name, or the command's."""
    said = {}
    output = tree.test("|".join(name.replace("/", ".*") for name in NAMED))
    if "Test run with" not in output:
        raise Trouble("the tests did not run to their end: " + output[-600:])
    # A failure is a line that begins with the mark, and what is told with it.
    for part in re.split(r"^(?=[✘✔◇])", output, flags=re.MULTILINE):
        where = re.search(r" at (\w+)\.swift:\d+", part)
        if part.startswith("✘") and where:
            said.setdefault(where.group(1), []).append(part)
    return said


def after(tree, done):
    tree.build()
    said = naming(tree)
    works = [work for _, work in STEPS]
    for name, (begin, end) in NAMED.items():
        is_due = works.index(begin) <= done < works.index(end)
        failures = said.pop(name.split("/")[0], [])
        step = f"after step {STEPS[done][0]} ({STEPS[done][1].__name__})"
        if is_due:
            names = [text for text in failures if "gift" in text or "kinds.json" in text or "effects.json" in text]
            check(f"{step}: {name} names what is not done", bool(names), failures or "it passes")
        else:
            check(f"{step}: {name} is content", not failures, failures)
    check(f"after step {STEPS[done][0]}: nothing else fails", not said, said)


def play():
    place = os.environ.get("COPY") or os.path.join(tempfile.mkdtemp(), "kartoteka")
    page = open(os.path.join(ROOT, "Sources", "README.md"), encoding="utf-8").read()
    section = page.split("## To add a kind of operation\n")[1].split("\n## ")[0]
    steps = [int(number) for number in re.findall(r"^(\d+)\. ", section, flags=re.MULTILINE)]
    check("the steps are those of the page", sorted({number for number, _ in STEPS}) == steps, steps)
    for name in NAMED:
        check(f"the page names {name.split('/')[0]}", f"`{name.split('/')[0]}`" in section)
    for folder in ("Sources", "Tests"):
        shutil.rmtree(os.path.join(place, folder), ignore_errors=True)
    files = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    for file in filter(None, files):
        os.makedirs(os.path.dirname(os.path.join(place, file)), exist_ok=True)
        shutil.copy2(os.path.join(ROOT, file), os.path.join(place, file))
    try:
        tree = Tree(place)
        for number, (_, work) in enumerate(STEPS):
            if work is peers:
                tree.build()
            work(tree)
            if number > 0:
                say(f"step {STEPS[number][0]}: {work.__name__}")
                after(tree, number)
        simulate = os.path.join(tree.path, ".build", "debug", "simulate")
        city = tree.run(simulate, "1", "6", "--steps", "200", "--limit", "0")
        check("simulated cities do it, and agree", city.returncode == 0, city.stdout[-400:] + city.stderr[-400:])
        traces = [tree.run(simulate, str(seed), "--steps", "500", "--limit", "0", "--trace").stdout for seed in range(1, 9)]
        check("it is among what they do", any(KIND in trace for trace in traces))
    finally:
        if not os.environ.get("COPY"):
            shutil.rmtree(os.path.dirname(place), ignore_errors=True)


if __name__ == "__main__":
    main(play)
