import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fits } from '../../Sources/WebAssets/ui/files.js';

test('a file is read if it holds something, and no more than a form takes', () => {
  assert.equal(fits(0), false);
  assert.equal(fits(300), true);
  assert.equal(fits(32_768), true);
  assert.equal(fits(32_769), false);
});
