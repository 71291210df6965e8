// Acts of a page: what is sent carries the second secret of the session, which no cookie and no page has. A new tab asks an open
// one for it, and where none answers, the person for the password. What is typed stays until the node has taken it.
import { document as fresh } from './swap.js';
import { say } from './words.js';

const header = 'x-kartoteka-session';
const name = 'session';
const patience = 300;

const kept = () => sessionStorage.getItem(name) ?? '';
const keep = (second) => { if (second) sessionStorage.setItem(name, second); else sessionStorage.removeItem(name); };

/** The secret of this tab, else of another open tab of the same session; empty where none has it. */
export async function second() {
  if (kept()) return kept();
  const others = new BroadcastChannel(name);
  const answer = await new Promise((resolve) => {
    const timer = setTimeout(() => resolve(''), patience);
    others.onmessage = ({ data }) => {
      if (!data.second) return;
      clearTimeout(timer);
      resolve(data.second);
    };
    others.postMessage({ wants: true });
  });
  others.close();
  keep(answer);
  return answer;
}

/** Answers other tabs that ask. */
function answerOthers() {
  const others = new BroadcastChannel(name);
  others.onmessage = ({ data }) => { if (data.wants && kept()) others.postMessage({ second: kept() }); };
}

/** Asks the node, as a page of the session does. */
export async function ask(place, options = {}) {
  return fetch(place, { ...options, headers: { ...options.headers, [header]: await second() } });
}

/** A request that acts; `body` is what a form sends, or nothing. */
export function send(place, body, method = 'POST') { return ask(place, { method, headers: { accept: 'text/html' }, body }); }

const door = '/sign-in';

/** Whether a reply to a page elsewhere is the sign-in page: the session is over, and nothing was done. */
export const isOver = (redirected, url, here) => redirected && here !== door && new URL(url).pathname === door;

/** Where to sign in again, and come back to the page that is open. */
export function wayBack(path, search) { return `${door}?${new URLSearchParams({ next: path + search, kept: '1' })}`; }

/**
 * What becomes of a reply to a form: sign in again where the session is `over`, `go` somewhere, `enter` with a secret, `ask` for the
 * password, `show` the page that came.
 */
export function outcome({ status, redirected, type, wants, over = false }) {
  if (over) return 'over';
  if (redirected) return 'go';
  if (status === 201 && type.startsWith('application/json')) return 'enter';
  if (status === 403 && wants === 'second') return 'ask';
  return type.startsWith('text/html') ? 'show' : 'stay';
}

/** Asks for the password in a sheet of the page; true once the secret is here again. */
function prove(page) {
  const sheet = page.getElementById('second');
  if (!sheet) return Promise.resolve(false);
  const form = sheet.querySelector('form');
  const field = sheet.querySelector('input');
  const told = sheet.querySelector('[data-wrong]');
  return new Promise((resolve) => {
    const end = (isHere) => {
      form.removeEventListener('submit', check);
      sheet.close();
      field.value = '';
      resolve(isHere);
    };
    async function check(event) {
      event.preventDefault();
      event.stopPropagation();
      if (event.submitter?.value === 'cancel') return end(false);
      const body = JSON.stringify({ password: field.value });
      const headers = { 'content-type': 'application/json', [header]: '' };
      const reply = await fetch('/api/v1/session/second', { method: 'POST', headers, body });
      if (reply.ok) {
        keep((await reply.json()).second);
        return end(true);
      }
      told.hidden = false;
      field.select();
      return undefined;
    }
    form.addEventListener('submit', check);
    sheet.addEventListener('close', () => end(false), { once: true });
    told.hidden = true;
    sheet.showModal();
    field.focus();
  });
}

/** Asks the node; where the tab has no secret any more, the person is asked for the password first. */
export async function askProven(page, place, options) {
  const reply = await ask(place, options);
  const wants = reply.status === 403 && reply.headers.get('x-kartoteka-wants') === 'second';
  return wants && await prove(page) ? ask(place, options) : reply;
}

/** The node has what the form held: nobody keeps it any more. */
function taken(form) { form.dispatchEvent(new CustomEvent('taken', { bubbles: true })); }

/** Why the node did not take what is in the form: it stands above it, and what is typed stays. */
function tell(page, ...reasons) {
  const note = page.createElement('div');
  const holder = page.createElement('div');
  note.className = 'note note-need';
  note.id = 'told';
  note.setAttribute('tabindex', '-1');
  note.setAttribute('role', 'alert');
  holder.className = 'stack';
  holder.append(...reasons);
  for (const heading of holder.querySelectorAll('h1')) {
    const words = page.createElement('b');
    words.textContent = heading.textContent;
    heading.replaceWith(words);
  }
  note.append(holder);
  page.querySelector('main').prepend(note);
  note.focus();
}

/** What is said of a form that is longer than the node reads. */
export function tooLong(language, length, longest) {
  const [typed, most] = [length, longest].map((bytes) => (bytes / 1024).toFixed());
  return say(
    language,
    `Набрано забагато: форма займає ${typed} КіБ, а вузол читає до ${most} КіБ. Скоротіть текст; набране лишилося у формі.`,
    `Too much is typed: the form takes ${typed} KiB, the node reads up to ${most} KiB. Shorten the text; what you typed is still in the form.`,
  );
}

/** Shows the page that came in the place of this one: the same form, with what is wrong first. */
function show(page, form, status, text) {
  const came = fresh(text);
  const { draft } = form.dataset;
  if (draft && !came.querySelector(`form[data-draft="${draft}"]`)) {
    if (status >= 400) {
      tell(page, ...came.querySelectorAll('main h1, main p, main .note'));
      return;
    }
    taken(form);
  }
  const isMarked = page.querySelector('#changed:not([hidden])');
  page.title = came.querySelector('title')?.textContent ?? page.title;
  page.querySelector('main').replaceWith(came.querySelector('main'));
  if (isMarked) page.querySelector('#changed')?.removeAttribute('hidden');
  (page.querySelector('.errs') ?? page.querySelector('main')).focus();
  page.dispatchEvent(new CustomEvent('shown'));
}

async function submit(page, form, submitter) {
  const data = new FormData(form);
  if (submitter?.name) data.append(submitter.name, submitter.value);
  const place = submitter?.getAttribute('formaction') ?? form.getAttribute('action') ?? page.location.href;
  const body = new URLSearchParams(data);
  const { length } = body.toString();
  page.getElementById('told')?.remove();
  page.getElementById('away')?.setAttribute('hidden', '');
  if (length > Number(form.dataset.longest ?? Infinity)) {
    tell(page, tooLong(page.documentElement.lang, length, Number(form.dataset.longest)));
    return;
  }
  const reply = await send(place, body);
  const type = reply.headers.get('content-type') ?? '';
  const { status, redirected } = reply;
  const { pathname, search } = page.location;
  const over = isOver(redirected, reply.url, pathname);
  switch (outcome({ status, redirected, type, over, wants: reply.headers.get('x-kartoteka-wants') })) {
    case 'over': page.location.assign(wayBack(pathname, search)); break;
    case 'go':
      taken(form);
      page.location.assign(reply.url);
      break;
    case 'enter': {
      const entered = await reply.json();
      keep(entered.second);
      page.location.assign(entered.next);
      break;
    }
    case 'ask': if (await prove(page)) await submit(page, form, submitter); break;
    case 'show': show(page, form, status, await reply.text()); break;
    default: tell(page, (type.startsWith('text/plain') && (await reply.text()).trim()) || String(status));
  }
}

/** That the node did not answer; nothing of the form is lost. */
function tellAway(page) {
  const note = page.getElementById('away');
  if (!note) return;
  note.hidden = false;
  note.scrollIntoView({ block: 'nearest' });
}

/** The code of a first run or an invitation comes in the fragment of the address, which is never sent. */
function fillCode(page) {
  const code = page.getElementById('code');
  const given = page.location.hash.slice(1);
  if (!code || !given || code.value) return;
  code.value = decodeURIComponent(given);
  history.replaceState(null, '', page.location.pathname + page.location.search);
}

/** That a card was seen: a note, for which nobody is asked for a password. */
async function note(place) { if (await second()) await send(place); }

/** Forms that act are sent by this script; a form that is under way is not sent twice. */
export function bindSession(page) {
  answerOthers();
  fillCode(page);
  page.addEventListener('submit', async (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== 'post') return;
    event.preventDefault();
    if (form.dataset.under) return;
    form.dataset.under = 'way';
    try { await submit(page, form, event.submitter); } catch { tellAway(page); } finally { delete form.dataset.under; }
  });
  const seen = page.querySelector('[data-seen]')?.dataset.seen;
  if (seen) note(seen).catch(() => { /* the list marks it once more */ });
}
