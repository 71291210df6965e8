#!/usr/bin/env python3
"""What deploy/compare says of made-up figures. The last line says: N passed, N failed."""
import os
import stat
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
from town import ROOT, check, main  # noqa: E402

COMPARE = os.path.join(ROOT, "deploy", "compare")

# A program that says the next of its values at each run, and notes in a common file that it ran.
PROGRAM = """#!/usr/bin/env python3
import json, sys
with open({log!r}, "a") as log: log.write({name!r})
with open({log!r}) as log: run = log.read().count({name!r}) - 1
values = {values!r}
if values[run] is None: sys.exit(3)
for figure in sys.argv[1:]:
    if figure != "--small": print(json.dumps(dict(figure=figure, value=values[run], unit={unit!r})))
"""

def compare(old, new, unit="1/s", arguments=()):
    """Exit code, output, and the order of the runs."""
    with tempfile.TemporaryDirectory() as place:
        log = os.path.join(place, "log")
        for name, values in (("o", old), ("n", new)):
            path = os.path.join(place, name)
            with open(path, "w") as file:
                file.write(PROGRAM.format(log=log, name=name, values=values, unit=unit))
            os.chmod(path, stat.S_IRWXU)
        run = subprocess.run(
            [COMPARE, os.path.join(place, "o"), os.path.join(place, "n"), *arguments, "a.figure"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        order = open(log).read() if os.path.exists(log) else ""
        return run.returncode, run.stdout + run.stderr, order


CASES = [
    # sentence, old, new, unit, word
    ("a rate that fell beyond both bounds is worse", [100, 101, 99, 100, 100], [90, 91, 89, 90, 90], "1/s", "worse"),
    ("a rate that rose is better", [100, 101, 99, 100, 100], [110, 111, 109, 110, 110], "1/s", "better"),
    ("a time that rose is worse", [100, 101, 99, 100, 100], [110, 111, 109, 110, 110], "ms", "worse"),
    ("memory that fell is better", [100, 101, 99, 100, 100], [90, 91, 89, 90, 90], "MiB", "better"),
    ("four per cent are the same, however steady", [100] * 5, [96] * 5, "1/s", "same"),
    ("exactly five per cent are the same", [100] * 5, [95] * 5, "1/s", "same"),
    ("ten per cent within the spread of the old one are the same", [80, 100, 120, 100, 100], [90] * 5, "1/s", "same"),
    ("ten per cent within the spread of the new one are the same", [100] * 5, [70, 90, 110, 90, 90], "1/s", "same"),
    ("one bad run of five decides nothing by itself", [100] * 5, [100, 100, 20, 100, 100], "1/s", "same"),
    ("a figure that was nothing and is something is worse", [0] * 5, [1] * 5, "B", "worse"),
    ("a figure that is nothing on both sides is the same", [0] * 5, [0] * 5, "B", "same"),
]



def play():
    for sentence, old, new, unit, word in CASES:
        code, output, _ = compare(old, new, unit)
        line = next((line for line in output.splitlines() if line.startswith("a.figure")), "")
        check(sentence, line.endswith(word) and code == (1 if word == "worse" else 0), output)
    _, output, order = compare([100] * 5, [100] * 5)
    check("runs are interleaved, and take turns at being first", order == "onnoonnoon", order)
    code, output, order = compare([1] * 2, [1] * 2, arguments=["--runs", "2"])
    check("--runs says how often", order == "onno" and code == 0, output)
    code, output, _ = compare([100, None, 100, 100, 100], [100] * 5)
    check("a run that fails is no figure: nothing is decided", code == 70 and "verdict" not in output, output)
    for arguments in ([], ["--runs"], ["--every"], ["old", "new"]):
        run = subprocess.run([COMPARE, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        check(f"{arguments} is refused", run.returncode == 64, run.stderr)


main(play)
