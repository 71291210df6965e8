"""What a machine can see of a page: `looks.js` at two widths, in light and dark, in both languages, at 200 %, and by the keyboard alone."""

import os

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "looks.js"), encoding="utf-8") as file:
    LOOKS = file.read()

# Width, height, dark, phone. 720 at twice the density is 1440 at 200 %.
VIEWS = [(1440, 900, False, False), (360, 740, True, True), (720, 450, False, False), (320, 640, False, True)]

# Where the focus is: named, seen, marked, and not covered by a bar.
FOCUS = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const b = e.getBoundingClientRect(), s = getComputedStyle(e);
  const shown = e.matches('.sr,.sr *') && e.labels?.length ? e.labels[0].getBoundingClientRect() : b;
  const x = Math.min(innerWidth - 1, Math.max(0, shown.left + shown.width / 2)), y = shown.top + shown.height / 2;
  const top = document.elementFromPoint(x, y);
  const mark = e.matches('.sr,.sr *') ? true : s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0 || s.boxShadow !== 'none';
  const all = [...document.querySelectorAll('*')];
  return {
    place: all.indexOf(e), name: (e.getAttribute('aria-label') || e.textContent || e.name || e.id || '').trim().replace(/\\s+/g, ' ').slice(0, 40),
    tag: e.tagName.toLowerCase(), mark,
    outside: shown.bottom < 0 || shown.top > innerHeight,
    covered: !!top && !(e.contains(top) || top.contains(e) || [...(e.labels || [])].some(l => l.contains(top))),
    group: e.type === 'radio' ? e.name : ''
  };
}"""

# What ought to be reached by Tab: all that can be used and is seen; of a group of radio buttons one.
REACHABLE = """() => {
  const all = [...document.querySelectorAll('*')], groups = new Set(), places = [];
  for (const e of document.querySelectorAll('a[href],button,input:not([type=hidden]),select,textarea,summary,[tabindex="0"]')) {
    const b = e.getBoundingClientRect(), s = getComputedStyle(e);
    if (e.disabled || e.tabIndex < 0 || s.visibility === 'hidden' || b.width === 0 || b.height === 0 || e.closest('dialog:not([open]),[inert]')) continue;
    if (e.closest('details:not([open])') && e.tagName !== 'SUMMARY') continue;
    if (e.type === 'radio') { if (groups.has(e.name)) continue; groups.add(e.name); }
    places.push({ place: all.indexOf(e), name: (e.getAttribute('aria-label') || e.textContent || e.name || '').trim().replace(/\\s+/g, ' ').slice(0, 40), group: e.type === 'radio' ? e.name : '' });
  }
  return places;
}"""


def faults(page, phone):
    """What `looks.js` finds wrong with the page as it is now; empty if nothing is."""
    return page.evaluate(LOOKS, phone)


def keyboard(page, most=400):
    """Walks through the page with Tab alone: faults in words, empty if whoever has no mouse reaches and sees all."""
    wanted, found, seen, last = page.evaluate(REACHABLE), [], [], -1
    page.evaluate("() => { document.activeElement?.blur(); window.scrollTo(0, 0); }")
    for _ in range(most):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if focus is None or (seen and focus["place"] == seen[0]["place"]):
            break
        what = f"<{focus['tag']}> «{focus['name']}»"
        if focus["place"] < last:
            found.append(f"Tab goes back to {what}")
        if not focus["mark"]:
            found.append(f"the focus is not seen on {what}")
        if focus["outside"]:
            found.append(f"the focus is off the screen on {what}")
        elif focus["covered"]:
            found.append(f"something covers {what}, which has the focus")
        last = focus["place"]
        seen.append(focus)
    else:
        found.append(f"Tab has not come round after {most} steps")
    reached = {focus["place"] for focus in seen}
    groups = {focus["group"] for focus in seen if focus["group"]}
    for each in wanted:
        if each["place"] not in reached and each["group"] not in groups - {""}:
            found.append(f"Tab does not reach «{each['name']}»")
    return found
