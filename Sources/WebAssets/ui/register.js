// Registering a call: who calls and until when it is to be answered come by themselves, issues are added without the node.
import { swap } from './swap.js';

/** Which part of the page tells anew what a field changes; undefined for a field that changes none. */
export function part(name) {
  if (['phone', 'email'].includes(name)) return 'caller';
  if (['name', 'subject', 'channel', 'basis', 'basis.detail', 'received'].includes(name)) return 'foretold';
  return undefined;
}

/** What no telephone, name or day has: an address with it is not read. */
const controls = /[\u0000-\u001f\u007f-\u009f]/;

/** Where a part is asked for: of a name its letter is enough, and nothing else of the card is sent. */
export function question(wanted, fields) {
  const asked = new URLSearchParams();
  for (const [name, value] of fields) {
    if (part(name) !== wanted || !value || controls.test(value)) continue;
    asked.set(name, name === 'name' ? value.trim().slice(0, 1) : value);
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

export function bindRegister(page) {
  const inForm = (target) => target.closest?.('form[data-draft="register"]');
  for (const plain of page.querySelectorAll('form[data-draft="register"] [data-plain]')) plain.hidden = true;
  page.addEventListener('change', async (event) => {
    const form = inForm(event.target);
    const wanted = form && part(event.target.name);
    if (!wanted) return;
    try { await swap(page, wanted, question(wanted, new FormData(form))); } catch { /* it comes with the next change */ }
  });
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
