import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSame, next, share } from '../../Sources/WebAssets/ui/import.js';

test('a file goes up from where the node has it, part by part, and ends', () => {
  assert.deepEqual(next(0, 10, 4), [0, 4]);
  assert.deepEqual(next(8, 10, 4), [8, 10]);
  assert.equal(next(10, 10, 4), null);
  assert.equal(next(0, 0, 4), null);
});

test('how much is there is told in a hundred, and as all only when it is', () => {
  assert.equal(share(0, 10), 0);
  assert.equal(share(999, 1000), 99);
  assert.equal(share(1000, 1000), 100);
});

test('another file, or one that was changed since, is not gone on with', () => {
  assert.equal(isSame({ size: 10, lastModified: 5 }, { size: '10', modified: '5' }), true);
  assert.equal(isSame({ size: 11, lastModified: 5 }, { size: '10', modified: '5' }), false);
  assert.equal(isSame({ size: 10, lastModified: 6 }, { size: '10', modified: '5' }), false);
});
