// What is typed and not sent: the node keeps it for its author within two seconds, this tab until the node has it.
import { ask, isOver } from './session.js';
import { say } from './words.js';

/** Milliseconds from a key until what is typed by then is kept. */
const pause = 1500;
/** Fields that are the form's and not its author's. */
const carried = new Set(['command', 'shown', 'kt-session']);

/** What a form holds, as the node keeps it, with the place where it stands. */
export function words(fields, place) {
  const kept = new URLSearchParams();
  for (const [name, value] of fields) if (typeof value === 'string' && !carried.has(name)) kept.append(name, value);
  kept.set('page', place);
  return kept.toString();
}

/** Where the node keeps it, and the name under which the tab does. */
export function place(name) { return `/drafts/${encodeURIComponent(name)}`; }
export function slot(user, name) { return `draft ${user} ${name}`; }

/** The address of a page with the words that its node has. */
export function withDraft(path, search) {
  const query = new URLSearchParams(search);
  query.set('draft', '1');
  return `${path}?${query}`;
}

/** Tells below the form when it was kept. */
function tell(form, language, moment) {
  let line = form.querySelector('[data-kept]');
  if (!line) {
    line = document.createElement('p');
    line.className = 'hint';
    line.setAttribute('data-kept', '');
    form.append(line);
  }
  const time = moment.toLocaleTimeString(language);
  line.textContent = say(language, `Чернетку збережено ${time}`, `The draft is kept, ${time}`);
}

/** The name in this tab, where somebody else may sign in next. */
const here = (page, name) => slot(page.body.dataset.user ?? '', name);

async function keep(page, name, body) {
  // What is longer than the node reads stays in the tab; the form says so when it is sent.
  const longest = page.querySelector(`form[data-draft="${name}"]`)?.dataset.longest;
  if (body.length > Number(longest)) return false;
  const reply = await ask(place(name), {
    method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body,
  });
  const isKept = reply.ok && !isOver(reply.redirected, reply.url, page.location.pathname);
  // What was typed meanwhile is another draft.
  if (isKept && sessionStorage.getItem(here(page, name)) === body) sessionStorage.removeItem(here(page, name));
  return isKept;
}

/** Forms with `data-draft`, also those that take the place of a former page. */
export function bindDrafts(page) {
  const timers = new Map();
  page.addEventListener('input', (event) => {
    const form = event.target.closest?.('form[data-draft]');
    if (!form) return;
    const { draft: name } = form.dataset;
    sessionStorage.setItem(here(page, name), words(new FormData(form), page.location.pathname));
    // Whoever types on is kept too: a timer that runs is not begun anew.
    if (timers.has(name)) return;
    timers.set(name, setTimeout(async () => {
      timers.delete(name);
      try {
        const body = words(new FormData(form), page.location.pathname);
        sessionStorage.setItem(here(page, name), body);
        if (form.isConnected && await keep(page, name, body)) tell(form, page.documentElement.lang, new Date());
      } catch { /* the node is away: the tab has it until it is back */ }
    }, pause));
  });
  page.addEventListener('submit', (event) => {
    const { draft: name } = event.target.dataset;
    clearTimeout(timers.get(name));
    timers.delete(name);
  }, true);
  page.addEventListener('taken', (event) => {
    const { draft: name } = event.target.dataset;
    if (name) sessionStorage.removeItem(here(page, name));
  });
  for (const form of page.querySelectorAll('form[data-draft]')) {
    const { draft: name } = form.dataset;
    restore(page, name);
  }
}

/** What never reached the node goes there now, and is in the form again. */
async function restore(page, name) {
  const body = sessionStorage.getItem(here(page, name));
  if (!body) return;
  const { pathname, search } = page.location;
  try { if (await keep(page, name, body)) page.location.replace(withDraft(pathname, search)); } catch { /* it stays in the tab */ }
}
