// Keys by their place on the board, so that both layouts have the same; off while somebody types, and letters can be switched off.

const boxes = new Set(['checkbox', 'radio']);

/** Whether a key pressed here is text, not an order. */
export const isTyping = (name, type) => name === 'TEXTAREA' || name === 'SELECT' || name === 'INPUT' && !boxes.has(type);

/**
 * What a key means: `close`, `confirm`, `next`, `previous`, `help`, `down`, `up`, `queues`, the code of a letter that an
 * element may carry, or null.
 */
export function meaning(press, { typing, letters }) {
  const { key, code, ctrlKey, altKey, metaKey, shiftKey } = press;
  if (key === 'Escape') return 'close';
  if (ctrlKey && key === 'Enter') return 'confirm';
  if (altKey && !ctrlKey && !metaKey && (key === 'ArrowDown' || key === 'ArrowUp')) return key === 'ArrowDown' ? 'next' : 'previous';
  if (ctrlKey || altKey || metaKey || typing) return null;
  if (key === '?') return 'help';
  if (!letters) return null;
  if (code === 'KeyJ' && !shiftKey) return 'down';
  if (code === 'KeyK' && !shiftKey) return 'up';
  if (code === 'KeyO' && !shiftKey) return 'queues';
  if (/^Key[A-Z]$/.test(code)) return (shiftKey ? 'Shift' : '') + code;
  return code === 'Period' && !shiftKey ? code : null;
}

/** The row that is next in a direction, within the list. */
export const step = (row, by, count) => Math.min(count - 1, Math.max(0, row + by));

/** What one, two, three presses of the point copy. */
export const copied = (presses, { number, matter, address }) => [number, `${number} ${matter}`, address][Math.min(presses, 3) - 1];

const setting = 'keys';

function areLettersOn() {
  try { return localStorage.getItem(setting) !== 'off'; } catch { return true; }
}

function close(page) {
  const panel = page.querySelector('details.pop[open]');
  if (panel) {
    panel.open = false;
    panel.querySelector('summary').focus();
  } else if (!page.querySelector('dialog[open]')) {
    page.querySelector('[data-back]')?.click();
  }
}

function press(page, code) {
  const target = page.querySelector(`[data-key~="${code}"]`);
  if (!target) return false;
  target.focus();
  if (target.matches('a,button')) target.click();
  return true;
}

function move(page, by) {
  const rows = [...page.querySelectorAll('.q tbody th a')];
  if (!rows.length) return;
  rows[step(rows.indexOf(page.activeElement), by, rows.length)].focus();
}

/** Listens for keys, and keeps the switch of the sheet of keys. */
export function bindKeys(page) {
  const off = page.querySelector('#keys-off');
  if (off) {
    off.checked = !areLettersOn();
    off.addEventListener('change', () => {
      try { localStorage.setItem(setting, off.checked ? 'off' : 'on'); } catch { /* a private window keeps nothing */ }
    });
  }
  page.addEventListener('keydown', (event) => {
    const { tagName, type, isContentEditable } = event.target;
    const typing = isContentEditable || isTyping(tagName, type);
    const what = meaning(event, { typing, letters: areLettersOn() });
    switch (what) {
      case null: return;
      case 'close': close(page); return;
      case 'confirm': page.querySelector('[data-confirm]:not([disabled])')?.click(); break;
      case 'next': case 'previous': page.querySelector(`[data-${what}]`)?.click(); break;
      case 'help': page.querySelector('#keys')?.showModal(); break;
      case 'down': case 'up': move(page, what === 'down' ? 1 : -1); break;
      case 'queues': (page.querySelector('.rail [aria-current]') ?? page.querySelector('.rail li a'))?.focus(); break;
      default: if (!press(page, what)) return;
    }
    event.preventDefault();
  });
}
