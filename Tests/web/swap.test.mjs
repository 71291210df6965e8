// Parts of a page that come from the node, in whatever order its answers arrive.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { swap } from '../../Sources/WebAssets/ui/swap.js';

/** A page with one part, and a node that answers when it is told to. */
function stage(t) {
  const answers = [];
  let shown;
  const part = (text) => ({ text, replaceWith(fresh) { shown = fresh; } });
  shown = part('nothing');
  const kept = { document: globalThis.document, fetch: globalThis.fetch };
  globalThis.document = {
    createElement: () => ({ set innerHTML(text) { this.content = { querySelector: () => part(text) }; } }),
  };
  globalThis.fetch = () => new Promise((resolve) => answers.push((text) => resolve({ ok: true, text: async () => text })));
  t.after(() => Object.assign(globalThis, kept));
  const page = { location: { pathname: '/', search: '' }, querySelector: () => shown, getElementById: () => null };
  return { page, answers, shown: () => shown.text };
}

test('the answer to the last question is shown, also when a former one comes after it', async (t) => {
  const { page, answers, shown } = stage(t);
  const first = swap(page, 'caller'), second = swap(page, 'caller');
  answers[1]('new');
  assert.equal(await second, true);
  answers[0]('old');
  assert.equal(await first, true);
  assert.equal(shown(), 'new');
});

test('questions of other parts, and later ones, do not hinder it', async (t) => {
  const { page, answers, shown } = stage(t);
  const one = swap(page, 'caller');
  const other = swap(page, 'foretold');
  answers[1]('term');
  await other;
  answers[0]('caller');
  assert.equal(await one, true);
  assert.equal(shown(), 'caller');
});
