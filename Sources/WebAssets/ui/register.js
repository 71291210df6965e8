// Registering a call: who calls and until when it is to be answered come by themselves, issues are added without the node.
import { swap } from './swap.js';

/** What tells of the caller and the matter, and what of the number and the term; by the names of the fields. */
const asides = {
  caller: ['phone', 'name', 'email', 'address', 'text', 'question', 'problem-address', 'dismissed'],
  foretold: ['name', 'subject', 'channel', 'basis', 'basis.detail', 'received'],
};

/** Which parts of the page tell anew what a field changes; none for a field that changes nothing beside it. */
export function parts(name) {
  const plain = name.replace(/\.\d+$/, '');
  return Object.keys(asides).filter((part) => asides[part].includes(plain));
}

/** What no telephone, name or day has: an address with it is not read. */
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;

/** Of words so many letters are asked for: they stand in an address, which has an end. */
export const longest = 400;

/** Where a part is asked for: only with what it tells of. Of a name its letter is enough for the number. */
export function question(wanted, fields) {
  const asked = new URLSearchParams();
  for (const [name, value] of fields) {
    if (!parts(name).includes(wanted) || !value || controls.test(value)) continue;
    const said = value.replace(/\s+/g, ' ').trim().slice(0, wanted === 'foretold' && name === 'name' ? 1 : longest);
    if (said) asked.append(name, said);
  }
  return `/register?${asked}`;
}

/** `question.1` as the field of another issue. */
export function numbered(name, number) { return name.replace(/\d+$/, String(number)); }

function addIssue(form) {
  const all = [...form.querySelectorAll('fieldset')].filter((set) => set.querySelector('[name^="question."]'));
  const last = all.at(-1);
  const number = all.length + 1;
  const fresh = last.cloneNode(true);
  for (const field of fresh.querySelectorAll('[name]')) {
    if (field.name === 'do') continue;
    field.name = numbered(field.name, number);
    field.id = numbered(field.id, number);
    field.value = '';
    field.removeAttribute('aria-invalid');
    field.removeAttribute('aria-describedby');
  }
  for (const label of fresh.querySelectorAll('label')) label.htmlFor = numbered(label.htmlFor, number);
  for (const error of fresh.querySelectorAll('.msg')) error.remove();
  const named = [fresh.querySelector('legend'), fresh.querySelector('label')];
  for (const name of named) if (name?.firstChild) name.firstChild.textContent = name.firstChild.textContent.replace(/\d+/, String(number));
  last.querySelector('[data-issue]')?.closest('p').remove();
  last.after(fresh);
  fresh.querySelector('[name^="question."]').focus();
}

/** Somebody types on within this time, in milliseconds. */
const pause = 350;

export function bindRegister(page) {
  const inForm = (target) => target.closest?.('form[data-draft="register"]');
  for (const plain of page.querySelectorAll('form[data-draft="register"] [data-plain]')) plain.hidden = true;
  const asked = {};
  async function ask(form, wanted) {
    clearTimeout(asked[wanted]);
    // Who reads there with the keyboard is not interrupted, and what somebody compares stays open.
    if (page.querySelector(`[data-part="${wanted}"]:focus-within`)) return;
    const compared = (state) => [...page.querySelectorAll(`[data-part="${wanted}"] details${state}`)];
    const open = new Set(compared('[open]').map((one) => one.dataset.known));
    try { await swap(page, wanted, question(wanted, new FormData(form))); } catch { /* it comes with the next change */ }
    for (const one of compared('')) if (open.has(one.dataset.known)) one.open = true;
  }
  function later(event, pause) {
    const form = inForm(event.target);
    if (!form || !event.target.name) return;
    for (const wanted of parts(event.target.name)) {
      clearTimeout(asked[wanted]);
      asked[wanted] = setTimeout(() => ask(form, wanted), pause);
    }
  }
  page.addEventListener('input', (event) => later(event, pause));
  page.addEventListener('change', (event) => later(event, 0));
  page.addEventListener('click', (event) => {
    const form = inForm(event.target);
    if (!form || !event.target.closest('[data-issue]')) return;
    event.preventDefault();
    addIssue(form);
  });
  // A call is not registered, nor is anything counted, because somebody pressed Enter in a line.
  page.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.ctrlKey && event.target.matches?.('input') && inForm(event.target)) event.preventDefault();
  });
}
