import assert from 'node:assert/strict';
import test from 'node:test';
import { place, slot, withDraft, words } from '../../Sources/WebAssets/ui/drafts.js';
import { longest, numbered, parts, question } from '../../Sources/WebAssets/ui/register.js';

test('a draft is what somebody typed and where: nothing that proves who they are, no command, no file', () => {
  const fields = [
    ['command', '1'], ['shown', '2'], ['kt-session', '3'], ['text', 'Немає води & світла'], ['file', { name: 'a' }],
    ['phone', '1'], ['phone', '2'],
  ];
  const kept = new URLSearchParams(words(fields, '/cards/a/acts/appeal-note'));
  assert.deepEqual([...kept.keys()], ['text', 'phone', 'phone', 'page']);
  assert.equal(kept.get('text'), 'Немає води & світла');
  assert.equal(kept.get('page'), '/cards/a/acts/appeal-note');
});

test('each form has a place of its own at the node, and of each person in the tab', () => {
  assert.equal(place('register'), '/drafts/register');
  assert.equal(place('../x'), '/drafts/..%2Fx');
  assert.notEqual(slot('olena', 'register'), slot('olena', 'appeal-note-a'));
  assert.notEqual(slot('olena', 'register'), slot('nadia', 'register'));
});

test('words that come back are asked for once, beside what the address says already', () => {
  assert.equal(withDraft('/register', ''), '/register?draft=1');
  assert.equal(withDraft('/a', '?assignment=b&draft=1'), '/a?assignment=b&draft=1');
});

test('who calls is asked by what tells of them, the number by the letter of the name alone', () => {
  const fields = [
    ['phone', '0560000004'], ['email', ''], ['name', ' Гнатюк Ірина'], ['text', 'немає\nводи'], ['basis', 'month'], ['category', '3'],
    ['problem-address.2', 'Спаська, 5'], ['dismissed', 'a'], ['dismissed', 'b'],
  ];
  const caller = new URLSearchParams(question('caller', fields).split('?')[1]);
  assert.equal(caller.get('phone'), '0560000004');
  assert.equal(caller.get('name'), 'Гнатюк Ірина');
  assert.equal(caller.get('text'), 'немає води');
  assert.equal(caller.get('problem-address.2'), 'Спаська, 5');
  assert.deepEqual(caller.getAll('dismissed'), ['a', 'b']);
  for (const name of ['email', 'basis', 'category']) assert.equal(caller.get(name), null);
  const asked = new URLSearchParams(question('foretold', fields).split('?')[1]);
  assert.equal(asked.get('name'), 'Г');
  assert.equal(asked.get('basis'), 'month');
  assert.equal(asked.get('text'), null);
  assert.deepEqual(parts('name'), ['caller', 'foretold']);
  assert.deepEqual(parts('question.3'), ['caller']);
  assert.deepEqual(parts('category'), []);
  assert.equal(question('caller', [['phone', '05\u00076'], ['email', 'a@b']]), '/register?email=a%40b');
  assert.equal(new URLSearchParams(question('caller', [['text', 'й'.repeat(5_000)]]).split('?')[1]).get('text').length, longest);
});

test('another issue has the same fields under its own number', () => {
  assert.equal(numbered('question.1', 2), 'question.2');
  assert.equal(numbered('f-problem-address.9', 10), 'f-problem-address.10');
});
