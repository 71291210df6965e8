#!/usr/bin/env python3
"""Оповідь про місто: Центр, підрозділи, обрив мережі, розбіжності, збої — на справжніх процесах і справжньому TLS.

Only Python's standard library. Exits 0 only if every check held; leaves no process behind unless --keep.
"""

import argparse
import pathlib
import shutil
import signal
import sys
import tempfile
import traceback

PROJECT = pathlib.Path(__file__).resolve().parent.parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(PROJECT / "deploy"))

from story.browsers import Browsers  # noqa: E402
from story.city import City  # noqa: E402
from story.corruption import Corruption  # noqa: E402
from story.crashes import Crashes  # noqa: E402
from story.cutoff import Cutoff  # noqa: E402
from story.departments import ASIDE, MINE  # noqa: E402
from story.founding import Founding  # noqa: E402
from story.impostors import Impostors  # noqa: E402
from story.morning import Morning  # noqa: E402
from story.report import Report  # noqa: E402


def options():
    parser = argparse.ArgumentParser(description="Оповідь про місто на справжніх процесах.")
    parser.add_argument("--kartoteka", default=PROJECT / ".build/release/kartoteka", type=pathlib.Path, help="програма")
    parser.add_argument("--short", action="store_true", help="лише 300 звернень замість 1000")
    parser.add_argument("--keep", action="store_true", help="залишити місто працювати")
    parser.add_argument("--directory", type=pathlib.Path, help="де жити місту (типово новий тимчасовий каталог)")
    parser.add_argument("--acts", default="123456", help="які акти грати (1 і 6 завжди)")
    parser.add_argument("--seed", type=int, default=1, help="зерно випадковостей")
    return parser.parse_args()


def interrupted(number, _):
    raise KeyboardInterrupt(number)


def play(city, report, given):
    founding = Founding(city, report, PROJECT, given.short, given.seed)
    founding.play()
    cutoff = Cutoff(city, report, founding)
    crashes = Crashes(city, report, founding, cutoff, given.seed)
    crashes.back_up()
    if "2" in given.acts:
        cutoff.play_offline()
        cutoff.play_return()
    if "3" in given.acts:
        crashes.play()
    if "4" in given.acts:
        Impostors(city, report).play()
    if "5" in given.acts:
        Corruption(city, report).play()
    morning = Morning(city, report, founding)
    morning.play()
    morning.browsers = Browsers(city, report)
    morning.browsers.play()
    return morning


# A node that serves has a socket, and its process in the lock.
STOP = """#!/bin/sh
cd "$(dirname "$0")" || exit 1
for node in office departments/*; do
    if [ -S "$node/kartoteka.sock" ]; then kill "$(cat "$node/kartoteka.lock")"; fi
done
for node in office departments/*; do
    while [ -S "$node/kartoteka.sock" ]; do sleep 0.2; done
done
"""


def tell_kept(city, morning):
    """The commands work as they stand here: from the city's directory."""
    stop = city.root / "stop"
    stop.write_text(STOP, encoding="utf-8")
    stop.chmod(0o755)
    print(f"\nЩо далі: місто працює, {len(city.running)} вузлів. Зайдіть до нього:\n\n  cd {city.root}")
    for words, commands in morning.tell():
        print(f"\n{words}")
        for command in commands:
            print(f"  ./kartoteka {command}")
    print(f"\nПовернути зв'язок:\n  ./kartoteka serve --data departments/{ASIDE} 2>>log/{ASIDE}.log &")
    print("\nУ браузері:")
    for line in morning.browsers.tell():
        print(line)
    print(f"\nЛюди: у Центрі koval, vilkul; у підрозділі, наприклад, head-{MINE}, exec-{MINE}.")
    print("\nЗупинити й прибрати:\n  ./stop")
    print(f"  cd / && rm -r {city.root}")


def tell_next():
    print("\nЩо далі: deploy/demo --keep залишає це місто працювати й каже, на що в ньому")
    print("подивитися: строки, повернену відповідь, три розбіжності, які чекають")
    print("рішення, підрозділ без зв'язку. Настанова оператора: deploy/README.md")


def main():
    given = options()
    if not given.kartoteka.exists():
        sys.exit(f"story: немає програми {given.kartoteka}; побудуйте: swift build -c release --product kartoteka")
    signal.signal(signal.SIGTERM, interrupted)
    signal.signal(signal.SIGHUP, interrupted)
    report = Report()
    root = given.directory or pathlib.Path(tempfile.mkdtemp(prefix="kartoteka-", dir="/tmp"))
    # A copy: a build that goes on meanwhile must not change the city's program.
    program = root / "kartoteka"
    root.mkdir(parents=True, exist_ok=True)
    shutil.copy2(given.kartoteka, program)
    city = City(program, root, report, given.keep)
    morning, kept = None, False
    try:
        morning = play(city, report, given)
    except KeyboardInterrupt:
        report.say("перервано")
    except Exception as error:
        report.check("оповідь дійшла кінця", "так", f"{type(error).__name__}: {error}")
        traceback.print_exc()
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        try:
            if given.keep and morning:
                city.let_go()
                kept = True
        finally:
            if not kept:
                city.end()
    report.table()
    if kept:
        tell_kept(city, morning)
    elif not report.failed and not given.directory:
        shutil.rmtree(root)
        tell_next()
    else:
        print(f"Каталог міста лишився для розгляду: {root}")
    print(f"\n{report.summary()}", flush=True)
    sys.exit(0 if morning and not report.failed else 130 if not morning and not report.failed else 1)


if __name__ == "__main__":
    main()
