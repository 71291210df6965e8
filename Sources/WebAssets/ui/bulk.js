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
  if (places.length) sessionStorage.setItem(kept, JSON.stringify(places));
}

function bindCard(page) {
  const links = { previous: page.querySelector('[data-previous]'), next: page.querySelector('[data-next]') };
  const found = neighbours(JSON.parse(sessionStorage.getItem(kept) ?? '[]'), page.location.pathname);
  for (const [side, link] of Object.entries(links)) {
    if (!link || !found[side]) continue;
    link.href = found[side];
    link.hidden = false;
  }
}

/** Ticks, and the way from card to card. */
export function bindBulk(page) {
  bindList(page);
  bindCard(page);
  const ticks = [...page.querySelectorAll('[data-tick]')];
  const all = page.querySelector('[data-all]');
  const bar = page.querySelector('[data-bulk]');
  if (!ticks.length || !bar) return;
  const show = () => {
    const count = ticks.filter((tick) => tick.checked).length;
    bar.hidden = count === 0;
    bar.querySelector('[data-count]').textContent = selected(page.documentElement.lang, count);
    for (const tick of ticks) tick.closest('tr').classList.toggle('on', tick.checked);
    if (all) Object.assign(all, whole(count, ticks.length));
  };
  all?.addEventListener('change', () => {
    for (const tick of ticks) tick.checked = all.checked;
    show();
  });
  for (const tick of ticks) tick.addEventListener('change', show);
  show();
}
