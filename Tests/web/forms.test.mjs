import assert from 'node:assert/strict';
import test from 'node:test';
import { numbered, part, question } from '../../Sources/WebAssets/ui/register.js';

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
});

test('another issue has the same fields under its own number', () => {
  assert.equal(numbered('question.1', 2), 'question.2');
  assert.equal(numbered('f-problem-address.9', 10), 'f-problem-address.10');
});
