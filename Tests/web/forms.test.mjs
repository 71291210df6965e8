import assert from 'node:assert/strict';
import test from 'node:test';
import { place, slot, withDraft, words } from '../../Sources/WebAssets/ui/drafts.js';
import { numbered, part, question } from '../../Sources/WebAssets/ui/register.js';

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

test('who calls is asked by telephone and e-mail, the number by the letter of the name alone', () => {
  const fields = [
    ['phone', '0560000004'], ['email', ''], ['name', ' Гнатюк Ірина'], ['text', 'таємниця'], ['basis', 'month'],
  ];
  assert.equal(question('caller', fields), '/register?phone=0560000004');
  const asked = new URLSearchParams(question('foretold', fields).split('?')[1]);
  assert.equal(asked.get('name'), 'Г');
  assert.equal(asked.get('basis'), 'month');
  assert.equal(asked.get('text'), null);
  assert.equal(part('text'), undefined);
  assert.equal(question('caller', [['phone', '05\u00076'], ['email', 'a@b']]), '/register?email=a%40b');
});

test('another issue has the same fields under its own number', () => {
  assert.equal(numbered('question.1', 2), 'question.2');
  assert.equal(numbered('f-problem-address.9', 10), 'f-problem-address.10');
});
