import assert from 'node:assert/strict';
import test from 'node:test';
import { consequence } from '../../Sources/WebAssets/ui/changes.js';

const card = { card: 'a', isList: false };
const list = { card: undefined, isList: true };
const other = { card: undefined, isList: false };

test('a card looks whether it is another now when something changed it, and only then', () => {
  assert.equal(consequence({ kind: 'appeal', id: 'a', revision: '7' }, card), 'look');
  assert.equal(consequence({ kind: 'appeal', id: 'b', revision: '7' }, card), null);
  assert.equal(consequence({ kind: 'directory', id: 'a', revision: '7' }, card), null);
});

test('a card that left says so', () => {
  assert.equal(consequence({ kind: 'left', id: 'a', revision: '7' }, card), 'left');
  assert.equal(consequence({ kind: 'left', id: 'b', revision: '7' }, card), null);
});

test('a list says that it has changed; other pages do nothing', () => {
  assert.equal(consequence({ kind: 'appeal', id: 'z', revision: '1' }, list), 'list');
  assert.equal(consequence({ kind: 'left', id: 'z', revision: '1' }, list), 'list');
  assert.equal(consequence({ kind: 'appeal', id: 'z', revision: '1' }, other), null);
});

test('who missed too much looks at all; the chip follows the exchange and the session on every page', () => {
  assert.equal(consequence({ kind: 'reload' }, card), 'look');
  assert.equal(consequence({ kind: 'reload' }, list), 'list');
  for (const page of [card, list, other]) assert.equal(consequence({ kind: 'sync', id: 'n', revision: '1/1' }, page), 'chip');
  for (const page of [card, list, other]) assert.equal(consequence({ kind: 'ended' }, page), 'ended');
});

test('where another tab listens now, a card looks once; a list does not say that it has changed', () => {
  assert.equal(consequence({ kind: 'taken' }, card), 'look');
  assert.equal(consequence({ kind: 'taken' }, list), null);
});
