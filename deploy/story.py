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

from story.city import City  # noqa: E402
from story.corruption import Corruption  # noqa: E402
from story.crashes import Crashes  # noqa: E402
from story.cutoff import Cutoff  # noqa: E402
from story.founding import Founding  # noqa: E402
from story.impostors import Impostors  # noqa: E402
from story.report import Report  # noqa: E402


def options():
    parser = argparse.ArgumentParser(description="Оповідь про місто на справжніх процесах.")
    parser.add_argument("--kartoteka", default=PROJECT / ".build/release/kartoteka", type=pathlib.Path, help="програма")
    parser.add_argument("--short", action="store_true", help="лише близько 200 запитів замість 1000")
    parser.add_argument("--keep", action="store_true", help="залишити місто працювати")
    parser.add_argument("--directory", type=pathlib.Path, help="де жити місту (типово новий тимчасовий каталог)")
    parser.add_argument("--acts", default="abcdef", help="які акти грати (перший потрібен завжди)")
    parser.add_argument("--seed", type=int, default=1, help="зерно випадковостей")
    return parser.parse_args()


def interrupted(number, _):
    raise KeyboardInterrupt(number)


def play(city, report, given):
    founding = Founding(city, report, PROJECT, given.short)
    founding.play()
    cutoff = Cutoff(city, report, founding)
    crashes = Crashes(city, report, founding, cutoff, given.seed)
    crashes.back_up()
    if "b" in given.acts:
        cutoff.play_offline()
        cutoff.play_return()
    if "d" in given.acts:
        crashes.play()
    if "e" in given.acts:
        Impostors(city, report).play()
    if "f" in given.acts:
        Corruption(city, report).play()


def tell(city):
    print("\nМісто працює далі:")
    print(f"  Центр:      {city.program} status --data {city.place(city.OFFICE)}")
    for node in ("hpd", "nypd", "ubzhp"):
        print(f"  Підрозділ:  {city.program} status --data {city.place(node)}")
    print(f"  Робота:     {city.program} appeal list --main hpd --data {city.place('hpd')}   (люди: head-hpd, exec-hpd; Центр: koval, vilkul)")
    print(f"  Журнали:    {city.root}/log/")
    print(f"  Зупинити:   kill {' '.join(str(p.pid) for p in city.running.values())}")
    print(f"  Прибрати:   rm -r {city.root}")


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
    finished, kept = False, False
    try:
        play(city, report, given)
        finished = True
    except KeyboardInterrupt:
        report.say("перервано")
    except Exception as error:
        report.check("оповідь дійшла кінця", "так", f"{type(error).__name__}: {error}")
        traceback.print_exc()
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        try:
            if given.keep and finished:
                city.let_go()
                kept = True
        finally:
            if not kept:
                city.end()
    report.table()
    held = len(report.rows) - len(report.failed)
    print(f"{held} passed, {len(report.failed)} failed", flush=True)
    if kept:
        tell(city)
    elif not report.failed and not given.directory:
        shutil.rmtree(root)
    else:
        print(f"Каталог міста лишився для розгляду: {root}")
    sys.exit(0 if finished and not report.failed else 130 if not finished and not report.failed else 1)


if __name__ == "__main__":
    main()
