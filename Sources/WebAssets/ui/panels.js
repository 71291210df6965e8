// Panels that open over the page, sheets, the password that is shown, the number that is copied.
import { copied } from './keys.js';
import { say } from './words.js';

const pause = 800;

function bindCopying(page, button) {
  let presses = 0;
  let last = 0;
  button.addEventListener('click', async (event) => {
    event.preventDefault();
    presses = event.timeStamp - last < pause ? presses + 1 : 1;
    last = event.timeStamp;
    const { copy, matter } = button.dataset;
    const address = page.location.origin + page.location.pathname;
    await navigator.clipboard?.writeText(copied(presses, { number: copy, matter: matter ?? '', address }));
    const told = page.querySelector('[data-told]');
    if (told) told.textContent = say(page.documentElement.lang, 'скопійовано', 'copied');
  });
}

function bindRevealing(page, button) {
  button.hidden = false;
  button.addEventListener('click', () => {
    const field = page.getElementById(button.dataset.reveal);
    const shows = field.type === 'password';
    field.type = shows ? 'text' : 'password';
    button.textContent = shows ? button.dataset.hide : button.dataset.show;
    button.setAttribute('aria-pressed', String(shows));
  });
}

/** One panel is open at a time; a press beside it closes it. */
export function bindPanels(page) {
  page.addEventListener('click', (event) => {
    for (const panel of page.querySelectorAll('details.pop[open]')) {
      if (!panel.contains(event.target)) panel.open = false;
    }
    const opener = event.target.closest?.('[data-open]');
    if (opener) {
      event.preventDefault();
      page.getElementById(opener.dataset.open)?.showModal();
    }
    if (event.target.closest?.('[data-print]')) globalThis.print();
  });
  for (const button of page.querySelectorAll('[data-reveal]')) bindRevealing(page, button);
  for (const button of page.querySelectorAll('[data-copy]')) bindCopying(page, button);
  page.querySelector('.errs')?.focus();
}
