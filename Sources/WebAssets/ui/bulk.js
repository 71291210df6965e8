// A list: the bar of acts follows the ticked rows; «all» means all that is shown. The order of the rows is kept for the card.
import { selected } from './words.js';

/** Of ticks the state of the box above them. */
export function whole(ticked, count) {
  return { checked: count > 0 && ticked === count, indeterminate: ticked > 0 && ticked < count };
}

/** The places before and after a card in the list that it was opened from; undefined at its ends. */
export function neighbours(places, here) {
  const at = places.indexOf(here);
  return at < 0 ? {} : { previous: places[at - 1], next: places[at + 1] };
}

const kept = 'list';

function bindList(page) {
  const places = [...page.querySelectorAll('.q tbody th a')].map((row) => row.pathname);
  if (!places.length) return;
  const { pathname, search } = page.location;
  const title = page.querySelector('h1').textContent;
  sessionStorage.setItem(kept, JSON.stringify({ places, title, place: pathname + search }));
}

function bindCard(page) {
  const list = JSON.parse(sessionStorage.getItem(kept) ?? 'null');
  const back = page.querySelector('[data-list]');
  if (!list || !back) return;
  back.textContent = list.title;
  back.closest('a').href = list.place;
  const found = neighbours(list.places, page.location.pathname);
  for (const side of ['previous', 'next']) {
    const link = page.querySelector(`[data-${side}]`);
    if (!link || !found[side]) continue;
    link.href = found[side];
    link.hidden = false;
    link.parentElement.hidden = false;
  }
}

/** The bar and the rows as the ticks say; without a bar there is nothing to do with them. */
function show(page) {
  const bar = page.querySelector('[data-bulk]');
  if (!bar) return;
  const ticks = [...page.querySelectorAll('[data-tick]')];
  const count = ticks.filter((tick) => tick.checked).length;
  bar.hidden = count === 0;
  bar.querySelector('[data-count]').textContent = selected(page.documentElement.lang, count);
  for (const tick of ticks) tick.closest('tr').classList.toggle('on', tick.checked);
  const all = page.querySelector('[data-all]');
  if (all) Object.assign(all, whole(count, ticks.length), { hidden: false });
}

/** Ticks, and the way from card to card. */
export function bindBulk(page) {
  bindList(page);
  bindCard(page);
  page.addEventListener('change', (event) => {
    const { target } = event;
    if (!target.matches('[data-tick],[data-all]')) return;
    if (target.matches('[data-all]')) for (const tick of page.querySelectorAll('[data-tick]')) tick.checked = target.checked;
    show(page);
  });
  show(page);
}
