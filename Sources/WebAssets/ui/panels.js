// Panels that open over the page, sheets, the password that is shown, the number that is copied.
import { copied } from './keys.js';
import { say } from './words.js';

const pause = 800;
let presses = 0;
let last = 0;

async function copy(page, button, at) {
  presses = at - last < pause ? presses + 1 : 1;
  last = at;
  const { copy: number, matter = '' } = button.dataset;
  const address = page.location.origin + page.location.pathname;
  await navigator.clipboard?.writeText(copied(presses, { number, matter, address }));
  const told = page.querySelector('[data-told]');
  if (told) told.textContent = say(page.documentElement.lang, 'скопійовано', 'copied');
}

function reveal(page, button) {
  const field = page.getElementById(button.dataset.reveal);
  const shows = field.type === 'password';
  field.type = shows ? 'text' : 'password';
  button.textContent = shows ? button.dataset.hide : button.dataset.show;
  button.setAttribute('aria-pressed', String(shows));
}

/** One panel is open at a time; a press beside it closes it. */
export function bindPanels(page) {
  page.addEventListener('click', (event) => {
    for (const panel of page.querySelectorAll('details.pop[open]')) {
      if (!panel.contains(event.target)) panel.open = false;
    }
    const pressed = (name) => event.target.closest?.(`[data-${name}]`);
    const opener = pressed('open');
    if (opener) {
      event.preventDefault();
      page.getElementById(opener.dataset.open)?.showModal();
    }
    if (pressed('print')) globalThis.print();
    if (pressed('copy')) copy(page, pressed('copy'), event.timeStamp);
    if (pressed('reveal')) reveal(page, pressed('reveal'));
  });
  page.querySelector('.errs')?.focus();
}
