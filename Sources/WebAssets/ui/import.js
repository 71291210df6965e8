// A register goes up in parts, each from where the node has it: what came of a request that was cut is not sent again. While the node
// imports, its page is asked how far it is.
import { askProven, isOver, wayBack } from './session.js';
import { swap } from './swap.js';
import { say } from './words.js';

/** How often the node is asked how far it is, and how often a part is tried again, in milliseconds. */
const pace = 2000;
/** How often a part that did not go up is tried. */
const most = 5;

/** The next part of a file of `size` bytes of which the node has `received`: where it begins and ends; null if all is there. */
export function next(received, size, part) { return received < size ? [received, Math.min(received + part, size)] : null; }

/** How much of a file is there, in a hundred; whole only when all is. */
export function share(received, size) { return size > 0 ? (received * 100 - ((received * 100) % size)) / size : 0; }

/** Whether a file is the one of which the node has a part. */
export function isSame({ size, lastModified }, { size: kept, modified }) { return size === Number(kept) && String(lastModified) === modified; }

const wait = (time) => new Promise((resolve) => { setTimeout(resolve, time); });

/** Sends what is left; false if the session is over, and the person is on the way to sign in. */
async function send(page, place, file, part, begun, tell) {
  let received = begun;
  let failed = 0;
  for (let piece = next(received, file.size, part); piece; piece = next(received, file.size, part)) {
    tell(share(received, file.size));
    let reply;
    try {
      const body = file.slice(...piece);
      reply = await askProven(page, `${place}/parts?offset=${piece[0]}`, { method: 'POST', body });
      if (reply.status >= 500) throw new Error(String(reply.status));
    } catch (error) {
      failed += 1;
      if (failed >= most) throw error;
      await wait(pace);
      continue;
    }
    if (isOver(reply.redirected, reply.url, page.location.pathname)) {
      page.location.assign(wayBack(place, ''));
      return false;
    }
    // Elsewhere than the node has it: it says where to go on.
    if (!reply.ok && reply.status !== 409) throw new Error(String(reply.status));
    failed = 0;
    ({ received } = await reply.json());
  }
  return true;
}

/** The place of the import: of a new one the node says it. */
async function begin(page, form, file) {
  if (form.dataset.received) return form.getAttribute('action');
  const { name, size, lastModified } = file;
  const body = new URLSearchParams({ file: name, size, modified: lastModified });
  const reply = await askProven(page, form.getAttribute('action'), { method: 'POST', headers: { accept: 'text/html' }, body });
  if (isOver(reply.redirected, reply.url, page.location.pathname)) {
    page.location.assign(wayBack(page.location.pathname, ''));
    return null;
  }
  if (reply.redirected) return new URL(reply.url).pathname;
  throw new Error([409, 422].includes(reply.status) ? 'refused' : String(reply.status));
}

async function upload(page, form) {
  const { lang } = page.documentElement;
  const { files: [file] } = form.querySelector('[type=file]');
  const told = form.querySelector('[data-progress]');
  const tell = (words) => { if (told.textContent !== words) told.textContent = words; };
  if (!file) {
    tell(say(lang, 'Виберіть файл.', 'Choose a file.'));
    return;
  }
  if (form.dataset.received && !isSame(file, form.dataset)) {
    tell(say(lang, 'Це інший файл: виберіть той, який надсилали.', 'This is another file: choose the one that was sent.'));
    return;
  }
  if (file.size > Number(form.dataset.longest ?? Infinity)) {
    tell(say(lang, 'Файл завеликий: поділіть його.', 'The file is too large: divide it.'));
    return;
  }
  try {
    const place = await begin(page, form, file);
    if (!place) return;
    const part = Number(form.dataset.upload);
    const isThere = await send(page, place, file, part, Number(form.dataset.received ?? 0), (hundredth) => {
      tell(say(lang, `Надіслано ${hundredth} %`, `${hundredth} % sent`));
    });
    if (isThere) page.location.assign(place);
  } catch (error) {
    tell(error.message === 'refused'
      ? say(lang, 'Вузол не взяв файлу: він порожній, або імпортів уже забагато – приберіть завершений.', 'The node did not take the file: it is empty, or there are too many imports – remove one that is over.')
      : say(lang, 'Зв’язок обірвався. Надішліть той самий файл ще раз: піде лише решта.', 'The connection was cut. Send the same file again: only the rest will go.'));
  }
}

/** Shows how far an import is; once it rests, what can be done is another. */
async function watch(page) {
  const place = () => page.querySelector('[data-part="import"][data-refresh]')?.dataset.refresh;
  while (place()) {
    await wait(pace);
    try { await swap(page, 'import', place()); } catch { /* the node is away: it is asked again */ }
    if (!place()) page.location.reload();
  }
}

export function bindImport(page) {
  page.addEventListener('submit', async (event) => {
    const form = event.target;
    if (!form.dataset.upload) return;
    event.preventDefault();
    if (form.dataset.under) return;
    form.dataset.under = 'way';
    try { await upload(page, form); } finally { delete form.dataset.under; }
  }, true);
  watch(page);
}
