#!/usr/bin/env python3
"""Pictures of README.md: pages of a city that `deploy/demo --keep` left running, written into deploy/pictures.

usage: deploy/pictures.py CITY PASSWORD     CITY: the directory that the demo named; PASSWORD: what it said
It needs Debian's chromium and Playwright (PyPI): a virtual environment with `pip install playwright`.
"""
import json
import os
import pathlib
import subprocess
import sys

from playwright.sync_api import sync_playwright

HERE = pathlib.Path(__file__).resolve().parent / "pictures"


def ask(city, node, *words):
    done = subprocess.run([city / "kartoteka", *words, "--data", city / node, "--json"], capture_output=True, text=True, check=False)
    return json.loads(done.stdout)


def enter(browser, city, node, user, password, **view):
    context = browser.new_context(locale="uk-UA", **view)
    page = context.new_page()
    address = ask(city, node, "status")["web"]["address"]
    page.goto(address + "/sign-in")
    page.fill("#user", user)
    page.fill("#password", password)
    page.click("main form button:not([type=button])")
    page.wait_for_url(lambda url: "/sign-in" not in url)
    return page, address


def take(page, address, path, name):
    page.goto(address + path)
    page.screenshot(path=HERE / f"{name}.png", animations="disabled")
    print(f"deploy/pictures/{name}.png {os.path.getsize(HERE / f'{name}.png') // 1024} KiB")


def main():
    city, password = pathlib.Path(sys.argv[1]), sys.argv[2]
    HERE.mkdir(exist_ok=True)
    returned = next(each for each in ask(city, "departments/drim", "work", "--limit", "20")["lists"] if each["list"] == "returned")
    card = returned["appeals"][0]["index"]
    new = ask(city, "office", "appeal", "register", "--as", "koval", "--name", "Мельник Андрій Романович", "--phone", "+380560000717",
              "--heading", "090", "--problem-address", "вул. Спаська, 20", "--text", "Не світять два ліхтарі біля зупинки, другий тиждень темно.")["appeal"]
    wide, phone = {"viewport": {"width": 1280, "height": 800}}, {"viewport": {"width": 390, "height": 780}, "device_scale_factor": 1}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"])
        page, address = enter(browser, city, "office", "koval", password, **wide)
        take(page, address, "/queues/soon", "queue")
        take(page, address, "/register", "registration")
        take(page, address, f"/cards/{new}/acts/resolution-issue", "resolution")
        take(page, address, "/sync", "exchange")
        take(page, address, "/city", "city")
        page.goto(address + "/queues/decisions")
        take(page, address, page.locator('main a[href*="/cases/"]').first.get_attribute("href"), "disagreement")
        page, address = enter(browser, city, "departments/drim", "head-drim", password, **wide)
        take(page, address, f"/cards/{card}", "card")
        page, address = enter(browser, city, "departments/drim", "head-drim", password, color_scheme="dark", **phone)
        take(page, address, "/queues/new", "phone")
        browser.close()


if __name__ == "__main__":
    main()
