import assert from 'node:assert/strict';
import test from 'node:test';
import { neighbours, whole } from '../../Sources/WebAssets/ui/bulk.js';
import { address } from '../../Sources/WebAssets/ui/swap.js';

test('the box above the ticks is on when all are, and half on when some are', () => {
  assert.deepEqual(whole(0, 3), { checked: false, indeterminate: false });
  assert.deepEqual(whole(2, 3), { checked: false, indeterminate: true });
  assert.deepEqual(whole(3, 3), { checked: true, indeterminate: false });
  assert.deepEqual(whole(0, 0), { checked: false, indeterminate: false });
});

test('a card knows the ones beside it in the list that it was opened from', () => {
  const list = ['/cards/1', '/cards/2', '/cards/3'];
  assert.deepEqual(neighbours(list, '/cards/2'), { previous: '/cards/1', next: '/cards/3' });
  assert.deepEqual(neighbours(list, '/cards/1'), { previous: undefined, next: '/cards/2' });
  assert.deepEqual(neighbours(list, '/cards/9'), {});
});

test('a part of a page is asked for at its place, with what the place asks for', () => {
  assert.equal(address('/cards/1', 'timeline'), '/cards/1?part=timeline');
  assert.equal(address('/cards/1?show=acts#tl', 'timeline'), '/cards/1?show=acts&part=timeline');
});
