import assert from 'node:assert/strict';
import test from 'node:test';
import { outcome } from '../../Sources/WebAssets/ui/session.js';

const reply = (more) => ({ status: 200, redirected: false, type: 'text/html; charset=utf-8', wants: null, ...more });

test('a form that was taken leads on; one with mistakes comes back as a page', () => {
  assert.equal(outcome(reply({ redirected: true })), 'go');
  assert.equal(outcome(reply({ status: 422 })), 'show');
  assert.equal(outcome(reply({ status: 409 })), 'show');
});

test('who signed in by the script keeps the second secret and goes on', () => {
  assert.equal(outcome(reply({ status: 201, type: 'application/json; charset=utf-8' })), 'enter');
});

test('where the second secret is missing the password is asked for, and no other refusal asks for it', () => {
  assert.equal(outcome(reply({ status: 403, wants: 'second' })), 'ask');
  assert.equal(outcome(reply({ status: 403 })), 'show');
});

test('a reply that is no page leaves the form as it is', () => {
  assert.equal(outcome(reply({ status: 503, type: 'text/plain' })), 'stay');
});
