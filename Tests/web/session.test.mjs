import assert from 'node:assert/strict';
import test from 'node:test';
import { fields, outcome } from '../../Sources/WebAssets/ui/session.js';

const reply = ({ headers, ...more } = {}) => ({ redirected: false, url: '', ...more, headers: new Headers(headers) });

test('a form sends its texts and the button that was pressed, no file', () => {
  const form = [['text', 'Немає води & світла'], ['issue', '1'], ['issue', '2'], ['file', { name: 'a.txt' }]];
  assert.equal(fields(form, { name: 'wish', value: 'save' }).toString(),
    'text=%D0%9D%D0%B5%D0%BC%D0%B0%D1%94+%D0%B2%D0%BE%D0%B4%D0%B8+%26+%D1%81%D0%B2%D1%96%D1%82%D0%BB%D0%B0&issue=1&issue=2&wish=save');
  assert.equal(fields([], { name: '', value: 'x' }).toString(), '');
  assert.equal(fields([], null).toString(), '');
});

test('who signs in keeps the second secret in the tab, and goes on', () => {
  assert.deepEqual(outcome(reply({ status: 201 }), { second: 'ab', next: '/cards' }), { keep: 'ab', go: '/cards' });
  assert.deepEqual(outcome(reply({ status: 201 }), { second: 'ab' }), { keep: 'ab', go: '/' });
});

test('what was done leads on, what was refused is shown, and a tab without the secret asks for the password', () => {
  assert.deepEqual(outcome(reply({ redirected: true, url: '/cards/1' })), { go: '/cards/1' });
  assert.deepEqual(outcome(reply({ status: 422 })), { show: true });
  assert.deepEqual(outcome(reply({ status: 403, headers: { 'x-kartoteka-wants': 'second' } })), { wants: true });
});
