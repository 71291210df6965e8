// The pure functions of the pages' scripts: node --test Tests/web
import assert from 'node:assert/strict';
import test from 'node:test';
import { plural, say, selected } from '../../Sources/WebAssets/ui/words.js';

test('a number takes the form of the word that it wants', () => {
  const ways = [[1, '1 зміна'], [2, '2 зміни'], [5, '5 змін'], [11, '11 змін'], [21, '21 зміна'], [22, '22 зміни'], [112, '112 змін']];
  for (const [count, words] of ways) assert.equal(plural('uk', count, 'зміна', 'зміни', 'змін'), words);
  assert.equal(plural('en', 1, 'change', 'changes', 'changes'), '1 change');
  assert.equal(plural('en', 2, 'change', 'changes', 'changes'), '2 changes');
});

test('the bar of a list counts in the language of the page', () => {
  assert.equal(selected('uk', 2), 'Вибрано 2 звернення');
  assert.equal(selected('uk', 5), 'Вибрано 5 звернень');
  assert.equal(selected('en', 1), '1 appeal selected');
  assert.equal(say('uk', 'так', 'yes'), 'так');
  assert.equal(say('en', 'так', 'yes'), 'yes');
});
