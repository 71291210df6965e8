// What changes elsewhere: one tab of the browser listens to the node, the others hear it from that one. What is typed is never
// overwritten: a card that changed is marked, and shown anew when somebody asks for it.
import { isOver } from './session.js';
import { swap } from './swap.js';

const name = 'changes';
const stream = '/api/v1/changes';
/** The state of a stream that the browser does not ask for again. */
const closed = 2;

/**
 * What a page does about a change, or because another tab listens now (`taken`): `left`, `look` (ask whether its card is another
 * now), `list` (say that the list has changed), `chip`, `ended` (see whether the session is over), or null. `shown`: the id of the
 * card of the page, or of the cards of its list.
 */
export function consequence(change, { card, isList }) {
  if (change.kind === 'sync') return 'chip';
  if (change.kind === 'ended') return 'ended';
  if (change.kind === 'taken') return card ? 'look' : null;
  if (change.kind === 'reload') return card ? 'look' : isList ? 'list' : null;
  if (card) {
    if (change.id !== card) return null;
    return change.kind === 'left' ? 'left' : change.kind === 'appeal' ? 'look' : null;
  }
  return isList && (change.kind === 'appeal' || change.kind === 'left') ? 'list' : null;
}

/** Marks the card of the page: changed, or gone. */
function mark(page, isGone) {
  const note = page.querySelector('#changed');
  note.hidden = false;
  note.querySelector('[data-changed]').hidden = isGone;
  note.querySelector('[data-left]').hidden = !isGone;
}

async function look(page) {
  const note = page.querySelector('#changed');
  const reply = await fetch(note.dataset.now);
  // There is none, or it has left.
  if (reply.status === 404 || reply.status === 410) mark(page, true);
  else if (reply.ok && (await reply.text()) !== note.dataset.revision) mark(page, false);
}

/** In the place of the chip, once nobody is signed in any more: what is typed stays, and its draft too. */
async function signIn(page) {
  const link = page.querySelector('#ended');
  const { pathname, search } = page.location;
  const reply = link && await fetch('/parts/chip');
  if (!reply || !isOver(reply.redirected, reply.url, pathname)) return;
  link.search = new URLSearchParams({ next: pathname + search });
  link.hidden = false;
  page.querySelector('#chip').hidden = true;
}

async function heed(page, change) {
  const card = page.querySelector('#changed')?.dataset.appeal;
  const fresh = page.querySelector('#fresh');
  try {
    switch (consequence(change, { card, isList: Boolean(fresh) })) {
      case 'chip': await swap(page, 'chip', '/parts/chip'); break;
      case 'left': mark(page, true); break;
      case 'look': await look(page); break;
      case 'list': fresh.hidden = false; break;
      case 'ended': await signIn(page); break;
      default:
    }
  } catch { /* the node is away: the next change says it again */ }
}

async function refresh(page, link) {
  const note = page.querySelector('#changed');
  for (const part of link.dataset.refresh.split(' ')) await swap(page, part);
  const reply = await fetch(note.dataset.now);
  if (reply.ok) note.dataset.revision = await reply.text();
  note.hidden = true;
}

/** Milliseconds until a stream that the node ended for good is asked for again, by whichever tab is next. */
const again = 30_000;
/** Milliseconds within which a page is as it was rendered when its tab begins to listen. */
const soon = 1_000;

/** Listens as long as this tab is the one that does, and the node goes on saying. */
function listen(tell, asked) {
  navigator.locks.request(name, () => new Promise((resolve) => {
    const source = new EventSource(stream);
    // Whoever takes over has heard nothing since the former stopped.
    source.addEventListener('open', () => { if (performance.now() - asked > soon) tell({ kind: 'taken' }); });
    source.addEventListener('change', (event) => tell(JSON.parse(event.data)));
    source.addEventListener('reload', () => tell({ kind: 'reload' }));
    source.addEventListener('error', () => {
      if (source.readyState !== closed) return;
      tell({ kind: 'ended' });
      resolve();
    });
  })).then(() => setTimeout(() => listen(tell, asked), again));
}

/** Tells the page, and the other tabs, of changes. */
export function bindChanges(page) {
  if (!page.body.dataset.node || !navigator.locks || !globalThis.BroadcastChannel) return;
  page.addEventListener('click', (event) => {
    const link = event.target.closest?.('[data-refresh]');
    if (!link) return;
    event.preventDefault();
    refresh(page, link).catch(() => page.location.reload());
  });
  const others = new BroadcastChannel(name);
  others.onmessage = (event) => heed(page, event.data);
  const tell = (change) => {
    others.postMessage(change);
    heed(page, change);
  };
  listen(tell, performance.now());
}
