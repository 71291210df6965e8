import assert from 'node:assert/strict';
import test from 'node:test';
import { copied, isTyping, meaning, step } from '../../Sources/WebAssets/ui/keys.js';

const press = (code, key, more = {}) => ({ code, key, ctrlKey: false, altKey: false, metaKey: false, shiftKey: false, ...more });
const free = { typing: false, letters: true };

test('a key means the same in both layouts, by its place', () => {
  assert.equal(meaning(press('KeyJ', 'j'), free), 'down');
  assert.equal(meaning(press('KeyJ', 'о'), free), 'down');
  assert.equal(meaning(press('KeyK', 'л'), free), 'up');
  assert.equal(meaning(press('KeyN', 'т'), free), 'KeyN');
  assert.equal(meaning(press('KeyC', 'С', { shiftKey: true }), free), 'ShiftKeyC');
});

test('while somebody types, letters are text; only the order to confirm and to close is heard', () => {
  const typing = { typing: true, letters: true };
  assert.equal(meaning(press('KeyN', 'n'), typing), null);
  assert.equal(meaning(press('Slash', '?'), typing), null);
  assert.equal(meaning(press('Enter', 'Enter', { ctrlKey: true }), typing), 'confirm');
  assert.equal(meaning(press('Escape', 'Escape'), typing), 'close');
  assert.ok(isTyping('INPUT', 'text') && isTyping('TEXTAREA') && !isTyping('INPUT', 'checkbox') && !isTyping('A'));
});

test('letters can be switched off, and what the browser does with a key of its own is left alone', () => {
  assert.equal(meaning(press('KeyN', 'n'), { typing: false, letters: false }), null);
  assert.equal(meaning(press('Slash', '?'), { typing: false, letters: false }), 'help');
  assert.equal(meaning(press('KeyN', 'n', { ctrlKey: true }), free), null);
  assert.equal(meaning(press('KeyR', 'r', { metaKey: true }), free), null);
  assert.equal(meaning(press('ArrowDown', 'ArrowDown', { altKey: true }), free), 'next');
});

test('a step ends at the ends of the list; one press of the point copies the number, two the matter too, three the address', () => {
  assert.deepEqual([step(-1, 1, 3), step(2, 1, 3), step(0, -1, 3), step(1, -1, 3)], [0, 2, 0, 0]);
  const card = { number: 'К-101', matter: 'Ліфт', address: 'http://x/cards/1' };
  assert.deepEqual([1, 2, 3, 4].map((count) => copied(count, card)), ['К-101', 'К-101 Ліфт', card.address, card.address]);
});
