"""Hostile text in the forms of whoever looks after a node, and in the addresses of all pages (see hostile.py)."""
import csv
import io
import os
import re
import urllib.parse

from town import check, say

FORMS = {"department-add": {"department": "hostile"}, "person-add": {"user": "hostile"}, "role-grant": {"user": "hostile", "role": "registrar", "department": "urz"},
         "street-put": {"street": "hostile"}, "calendar-put": {}, "role-revoke": {"user": "hostile"}, "person-leave": {"user": "hostile"}}
# Of a new person there is no role to keep.
UNTOLD = {"keep"}
WANTED = {"role-grant", "department-add", "person-add", "street-put"}
TYPED = "main form :is(textarea, input:not([type=hidden], [type=checkbox], [type=radio], [type=submit], [type=file], [type=search]))"
ATTEMPTS = 6


def pressed(page, button):
    """Presses a button and waits for what the node says to it."""
    page.evaluate("() => { document.querySelector('main .errs')?.remove(); document.querySelector('main').dataset.former = 'yes'; }")
    page.locator(button).first.click()
    try:
        page.wait_for_function("() => !document.querySelector('main')?.dataset.former || document.querySelector('main .errs')", timeout=60_000)
    except Exception as error:
        stuck = page.evaluate("() => [...document.querySelectorAll('main form :invalid')].map(e => e.name)")
        raise AssertionError(f"{button} leads nowhere from {page.url}: {stuck} {page.inner_text('main')[:300]}") from error
    page.wait_for_load_state("load")


class Form:
    """A form that shows what it would change before it is published."""

    def __init__(self, window, row, own, line, area):
        self.window, self.page, self.row, self.own = window, window.page, row, own
        self.line, self.area, self.typed, self.why = line, area, {}, ""

    def fill(self):
        """Everything that can be typed, but what names the entry."""
        for field in self.page.locator(TYPED).all():
            if field.is_visible() and field.is_editable():
                name, isArea = field.get_attribute("name"), field.evaluate("e => e.tagName === 'TEXTAREA'")
                if name in self.own:
                    field.fill(self.own[name])
                else:
                    field.fill(self.area if isArea else self.line)
                    self.typed[name] = field.input_value()

    def choose(self):
        for select in self.page.locator("main form select").all():
            name = select.get_attribute("name")
            values = [value for value in select.evaluate("e => [...e.options].filter(o => !o.disabled).map(o => o.value)") if value]
            if name in self.own and self.own[name] in values:
                select.select_option(self.own[name])
            elif values and select.is_visible() and not select.input_value():
                select.select_option(values[0])

    def press(self, step):
        """Presses the button of a step; what is then on the page: `wrong`, `look` or `away`."""
        pressed(self.page, f'main form button[name="do"][value="{step}"]')
        if self.page.locator("main .errs").count():
            return "wrong"
        return "look" if self.page.locator('main form button[value="publish"]').count() else "away"

    def mend(self, isFirst):
        """Gives what was refused something short, then nothing."""
        wrong = self.page.locator('main form [aria-invalid="true"]').evaluate_all("all => all.map(e => [e.name, e.tagName])")
        for name, tag in wrong:
            if tag != "SELECT":
                self.page.locator(f'main form [name="{name}"]').first.fill(self.own.get(name) or ("Слова" if isFirst else ""))
            self.typed.pop(name, None)
        return wrong

    def publish(self, shown):
        """Whether it was taken; `shown` looks at what is to be published."""
        if self.window.go(f"/directory/acts/{self.row}") != 200:
            return False
        self.fill()
        self.choose()
        step = "look"
        for attempt in range(ATTEMPTS):
            came = self.press(step)
            if came == "away":
                return True
            if came == "look":
                shown(self)
                step = "publish"
            elif step := "look":
                self.why = self.page.inner_text("main .errs")
                if not self.mend(attempt == 0):
                    return False
                self.choose()
        return False


def directory(_, admin, exactly, heard, line, area):
    """Each form of the directory: what is shown before it is published, where it leads, and the history."""
    def same(text):
        """In a name every apostrophe is the one that the office writes, and nothing that is not seen."""
        return exactly(text).replace("`", "'").replace("\u200d", "")

    taken, typed, whys = set(), {}, {}
    for row, own in FORMS.items():
        form = Form(admin, row, own, line, area)

        def shown(form):
            body = same(admin.page.locator("main").evaluate("e => e.textContent"))
            missing = [name for name, words in form.typed.items() if name not in UNTOLD and not all(same(each) in body for each in words.split("\n") if each)]
            check(f"{form.row}: what it would change is told as it was typed", form.row not in WANTED or not missing, (missing, body[:300]))

        if form.publish(shown):
            taken.add(row)
            typed[row] = form.typed
        whys[row] = form.why
        check(f"{row}: no script runs and nothing complains", not (found := heard(admin)), found)
    check("each form of the directory is filled and taken", WANTED <= taken, {row: whys.get(row) for row in WANTED - taken})
    for place in ("", "/departments", "/departments/hostile", "/people", "/people/hostile", "/streets", "/streets/hostile", "/history", "/substitutions"):
        admin.go("/directory" + place)
        check(f"/directory{place}: no script runs and nothing complains", not (found := heard(admin)), found)
    admin.go("/directory/history")
    body = same(admin.page.locator("main").evaluate("e => e.textContent"))
    lost = [(row, name) for row in WANTED & taken for name, words in typed[row].items()
            if name not in UNTOLD and not all(same(each) in body for each in words.split("\n") if each)]
    check("the history of the directory tells it as it was typed", not lost, lost)


def people_of_the_first_run(_, admin, same, heard, line):
    """A name of the first run's step, and one that is refused."""
    admin.go("/setup")
    admin.page.fill('[name="person.1"]', line)
    admin.page.fill('[name="user.1"]', "<b>")
    pressed(admin.page, 'form:has([name="person.1"]) button.btn-act')
    check("a name that is refused stands as it was typed", same(admin.page.input_value('[name="person.1"]')) == same(line))
    admin.page.fill('[name="user.1"]', "hostile-too")
    pressed(admin.page, 'form:has([name="person.1"]) button.btn-act')
    check("a name that is taken is told as it was typed", same(line) in same(admin.page.inner_text("main")), admin.page.inner_text("main")[:300])
    check("the first run: no script runs and nothing complains", not [each for each in heard(admin) if "422" not in each])


def kept_list(_, window, same, heard, line):
    """A list under a hostile name stands in the rail and on the first page."""
    window.go("/cards?state=registered")
    window.page.locator("main details:has(form [name=name]) > summary").first.click()
    window.page.locator("main form:has([name=place]) [name=name]").first.fill(line)
    name = window.page.locator("main form:has([name=place]) [name=name]").first.input_value()
    with window.page.expect_navigation():
        window.page.locator("main form:has([name=place]) button").first.click()
    for place in ("/cards", "/"):
        window.go(place)
        check(f"{place}: a kept list has its name as it was typed", same(name) in same(window.page.inner_text("body")), window.page.inner_text("body")[:300])
    check("a kept list: no script runs and nothing complains", not (found := heard(window)), found)


def register(_, window, same, heard, line):
    """A register whose heads, values and name are hostile: from its file to the card, and to the row that is not taken."""
    table, head = io.StringIO(), "прізвище " + line
    rows = csv.writer(table)
    rows.writerow(["номер", "дата", "статус", "шлях", "зміст", head])
    rows.writerow(["1", "14.01.2026 9:14", "Нове", "Лист " + line, "зміст " + line, "Ярова " + line])
    rows.writerows([f"{row}", "15.01.2026 9:14", "Нове", "Лист " + line, "ще один", "Ярова"] for row in (3, 4))
    rows.writerow(["2", "31.02.2026 " + line, "Нове", "Лист " + line, "другий " + line, "Ярова " + line])
    page = window.page
    window.go("/import")
    page.set_input_files("#register", {"name": '"><img src=x onerror=alert(9)>.csv', "mimeType": "text/csv", "buffer": table.getvalue().encode()})
    window.confirm()
    page.wait_for_url("**/mapping")
    body = same(page.locator("main").evaluate("e => e.textContent"))
    # Of a long value its beginning is shown.
    check("the mapping shows heads and values as they stand in the file", same(head) in body and same(("зміст " + line)[:60]) in body, body[:900])
    page.evaluate("() => { for (const fold of document.querySelectorAll('main details')) fold.open = true; }")
    window.field("field.receivedAt").select_option("дата")
    window.field("field.channel").select_option("шлях")
    window.field("field.workplace").select_option(head)
    page.click('main button[value="again"]')
    page.wait_for_selector('[name="code.channel"]')
    page.locator('[name="code.channel"]').first.select_option("post")
    window.fill({"name": "реєстр " + line})
    window.confirm()
    page.wait_for_url("**/import/*-*")
    page.wait_for_selector("#do-run", timeout=60_000)
    page.click("#do-run")
    page.wait_for_selector("main a.btn-act[href$='/rows']", timeout=60_000)
    page.click('main a[href$="/rows"]')
    page.wait_for_url("**/rows")
    body = same(page.locator("main").evaluate("e => e.textContent + [...e.querySelectorAll('input, textarea')].map(i => i.value).join()"))
    check("a row that is not taken stands as it is in the file", same("31.02.2026 " + line) in body and same("другий " + line) in body, body[:800])
    check("a register: no script runs and nothing complains", not (found := heard(window)), found)
    window.go("/cards")
    cards = page.locator("main a[href^='/cards/']").evaluate_all("all => [...new Set(all.map(e => e.getAttribute('href')))]")
    shown = ""
    for card in cards:
        window.go(card)
        shown += same(page.locator("main").evaluate("e => e.textContent"))
    check("its card says what was written", same("зміст " + line) in shown and same("Ярова " + line) in shown, shown[:600])
    check("and runs nothing", not (found := heard(window)), found)


def addresses(_, windows, heard, line):
    """Every page whose address is fixed, with hostile values of all that pages ask for: refused or passed over, never run."""
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "screens.txt")) as rows:
        places = sorted({row.split("|")[0].strip() for row in rows if row.startswith("/") and "{" not in row.split("|")[0]})
    names = ("index", "after", "under", "before", "sort", "day", "at", "hour", "of", "list", "state", "main", "from", "through", "tour", "kind", "step", "said",
             "done", "lang", "next", "appeal", "assignment", "which", "user", "department", "street", "year")
    query = urllib.parse.urlencode({name: line for name in names})
    for window in windows:
        for place in places:
            status = window.go(place + "?" + query)
            found = [each for each in heard(window) if not re.search("status of (400|403|404|422)", each)]
            if not check(f"{place}: a hostile address runs nothing and breaks nothing", status < 500 and not found, (status, found)):
                say(window.page.inner_text("body")[:200])
