import assert from 'node:assert/strict';
import test from 'node:test';
import { isOver, outcome, tooLong, wayBack } from '../../Sources/WebAssets/ui/session.js';

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

test('a session that is over is no way on: the person signs in again and comes back, with the query of the place', () => {
  assert.equal(isOver(true, 'http://127.0.0.1:8440/sign-in', '/cards/a'), true);
  assert.equal(isOver(true, 'http://127.0.0.1:8440/cards/a?done=x', '/cards/a/acts/x'), false);
  assert.equal(isOver(false, 'http://127.0.0.1:8440/sign-in', '/cards/a'), false);
  assert.equal(isOver(true, 'http://127.0.0.1:8440/sign-in', '/sign-in'), false);
  assert.equal(outcome(reply({ redirected: true, over: true })), 'over');
  const way = new URL(wayBack('/cards/a/acts/answer-draft', '?assignment=b&x=1'), 'http://127.0.0.1');
  assert.equal(way.searchParams.get('next'), '/cards/a/acts/answer-draft?assignment=b&x=1');
});

test('a form that is too long is told so, with its length and the limit, in both languages', () => {
  assert.match(tooLong('uk', 300_000, 262_144), /займає 293 КіБ, а вузол читає до 256 КіБ/);
  assert.match(tooLong('en', 300_000, 262_144), /takes 293 KiB, the node reads up to 256 KiB/);
});
