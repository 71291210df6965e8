// The second secret of a session. On loopback every port of this machine gets the cookie, so a cookie alone acts nothing:
// the secret is kept by this tab alone, a new tab asks the open ones for it, and else the password is asked for again.
import { elements } from './swap.js';
import { say as words } from './words.js';

const key = 'kartoteka-second';
const header = 'x-kartoteka-session';
/** Milliseconds that open tabs have to answer. */
const patience = 250;

let channel;

/** What a form sends: its fields, as pairs of name and value, and the button that was pressed. */
export function fields(form, button) {
  const sent = new URLSearchParams();
  for (const [name, value] of form) if (typeof value === 'string') sent.append(name, value);
  if (button?.name) sent.append(button.name, button.value);
  return sent;
}

/** What a reply to a form is: where to go, what to keep, or what to show in its place. */
export function outcome(reply, told) {
  if (told?.second) return { keep: told.second, go: told.next || '/' };
  if (reply.redirected) return { go: reply.url };
  if (reply.headers.get('x-kartoteka-wants') === 'second') return { wants: true };
  return { show: true };
}

/** The secret of this tab, or of an open one; empty if no tab has it. */
export async function second() {
  const own = sessionStorage.getItem(key);
  if (own || !channel) return own ?? '';
  return new Promise((answer) => {
    const take = (event) => {
      if (!event.data?.second) return;
      sessionStorage.setItem(key, event.data.second);
      end(event.data.second);
    };
    const end = (value) => { channel.removeEventListener('message', take); answer(value); };
    channel.addEventListener('message', take);
    channel.postMessage({ asks: true });
    setTimeout(() => end(sessionStorage.getItem(key) ?? ''), patience);
  });
}

/** Asks the node, as a page of the session. */
export async function ask(place, options = {}) {
  return fetch(place, { ...options, headers: { ...options.headers, [header]: await second() } });
}

const say = (uk, en) => words(document.documentElement.lang, uk, en);

function make(name, properties, ...content) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...content);
  return element;
}

/** Asks for the password once more; true if the node took it, false if the person would rather not. */
function prove() {
  return new Promise((answer) => {
    const told = make('p', { className: 'msg', role: 'alert' });
    const input = make('input', { type: 'password', id: 'kt-password', autocomplete: 'current-password', required: true });
    const stop = make('button', { type: 'button', className: 'btn' }, say('Не зараз', 'Not now'));
    const form = make(
      'form', { className: 'stack' },
      make('p', {}, say('У цій вкладці ще раз введіть пароль: вона відкрита окремо.', 'Enter the password again: this tab was opened by itself.')),
      make('label', { htmlFor: 'kt-password' }, say('Пароль', 'Password')), input, told,
      make('div', { className: 'row far' }, stop, make('button', { className: 'btn btn-act' }, say('Продовжити', 'Go on'))),
    );
    const dialog = make('dialog', {}, form);
    const end = (isProven) => { dialog.close(); dialog.remove(); answer(isProven); };
    stop.addEventListener('click', () => end(false));
    dialog.addEventListener('cancel', () => end(false));
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      event.stopPropagation();
      const reply = await fetch('/api/v1/session/second', {
        method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ password: input.value }),
      });
      const json = await reply.json();
      if (!reply.ok) { told.textContent = json.detail ?? ''; input.select(); return; }
      sessionStorage.setItem(key, json.second);
      end(true);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** Shows what the node answered in the place of what stands in `main`. */
function show(page, text) {
  const fresh = elements(text);
  const title = fresh.querySelector('title')?.textContent;
  const main = fresh.querySelector('main');
  if (!main) return;
  if (title) page.title = title;
  page.querySelector('main').replaceWith(main);
  (main.querySelector('.errs') ?? main).focus();
}

async function send(page, form, button) {
  const place = button?.getAttribute('formaction') ?? form.getAttribute('action') ?? page.location.pathname + page.location.search;
  const reply = await ask(place, {
    method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: fields(new FormData(form), button).toString(),
  });
  const isJSON = reply.headers.get('content-type')?.startsWith('application/json');
  const what = outcome(reply, isJSON ? await reply.json() : undefined);
  if (what.wants) {
    sessionStorage.removeItem(key);
    if (await prove()) await send(page, form, button);
    return;
  }
  if (what.keep) sessionStorage.setItem(key, what.keep);
  if (what.show) { show(page, await reply.text()); return; }
  if (place === '/sign-out') sessionStorage.removeItem(key);
  page.location.assign(what.go);
}

/** Every form that acts is sent with the secret; a code for one use is taken from the fragment, which is never sent. */
export function bindSession(page) {
  channel = globalThis.BroadcastChannel ? new BroadcastChannel(key) : undefined;
  channel?.addEventListener('message', (event) => {
    const own = sessionStorage.getItem(key);
    if (event.data?.asks && own) channel.postMessage({ second: own });
  });
  const code = page.querySelector('form[data-session] #code');
  if (code && page.location.hash.length > 1) {
    code.value = decodeURIComponent(page.location.hash.slice(1));
    history.replaceState(null, '', page.location.pathname);
  }
  let isSending = false;
  page.addEventListener('submit', async (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== 'post') return;
    event.preventDefault();
    if (isSending) return;
    isSending = true;
    try {
      await send(page, form, event.submitter);
    } catch {
      form.querySelector('.away')?.remove();
      const away = make('p', { className: 'msg away', role: 'alert' }, say('Вузол не відповідає. Введене лишається тут; спробуйте ще раз.', 'The node does not answer. What you typed stays here; try again.'));
      form.prepend(away);
    } finally {
      isSending = false;
    }
  });
}
