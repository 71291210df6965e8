// Parts of a page that the node renders anew and that take the place of the former: the one place where text becomes markup.

const policy = globalThis.trustedTypes?.createPolicy('kartoteka', { createHTML: (text) => text });

/** The elements of a fragment that this node rendered. */
function elements(text) {
  const holder = globalThis.document.createElement('template');
  holder.innerHTML = policy ? policy.createHTML(text) : text;
  return holder.content;
}

/** A whole page that this node rendered, to take parts of. */
export function document(text) {
  return new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, 'text/html');
}

/** Where the part of a place is asked for: the same place with the name of the part. */
export function address(place, part) {
  const [path, query = ''] = place.split('#')[0].split('?');
  const wanted = new URLSearchParams(query);
  wanted.set('part', part);
  return `${path}?${wanted}`;
}

/** How often each part was asked for: only the answer to the last question is shown, whenever others arrive. */
const turns = new Map();

/** Asks for a part and puts it in the place of the one that is shown; true if it did, or if something newer was asked for. */
export async function swap(page, part, place = page.location.pathname + page.location.search) {
  if (!page.querySelector(`[data-part="${part}"]`)) return false;
  const turn = (turns.get(part) ?? 0) + 1;
  turns.set(part, turn);
  const reply = await fetch(address(place, part), { headers: { accept: 'text/html' } });
  if (!reply.ok) return false;
  const focused = page.activeElement?.id;
  const fresh = elements(await reply.text()).querySelector(`[data-part="${part}"]`);
  if (!fresh) return false;
  if (turns.get(part) !== turn) return true;
  page.querySelector(`[data-part="${part}"]`)?.replaceWith(fresh);
  if (focused) page.getElementById(focused)?.focus();
  return true;
}

/** Links that change one part of the page only: `data-swap` names it; without the node the link is followed as it is. */
export function bindSwap(page) {
  page.addEventListener('click', async (event) => {
    const link = event.target.closest?.('a[data-swap]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const place = link.pathname + link.search;
    let isDone = false;
    try { isDone = await swap(page, link.dataset.swap, place); } catch { /* the node is away: the page says so itself */ }
    if (isDone) history.replaceState(null, '', place); else page.location.assign(place);
  });
}
