// Settings: which addresses are taken, and that nothing broken in storage is believed.
import assert from 'node:assert/strict';
import test from 'node:test';
import { DEFAULTS, hasConsent, hostOf, originPattern, parseBackend, readSettings } from '../../extension/addon/lib/settings.js';

test('addresses: https anywhere, http on this machine alone, an origin and nothing more', () => {
  for (const [typed, origin] of [
    ['http://127.0.0.1:8710', 'http://127.0.0.1:8710'], [' http://localhost:8710/ ', 'http://127.0.0.1:8710'], ['https://checks.example/', 'https://checks.example'],
    ['https://localhost:8443', 'https://localhost:8443'], ['HTTPS://Checks.Example:443', 'https://checks.example'],
  ]) assert.deepEqual(parseBackend(typed), { ok: true, origin });
  for (const [typed, why] of [
    ['', 'not-address'], ['checks.example', 'not-address'], ['ftp://a', 'not-address'], ['javascript:alert(1)', 'not-address'], ['http://checks.example', 'not-secure'],
    ['http://127.0.0.1.evil.example', 'not-secure'], ['http://192.168.0.2:8710', 'not-secure'], ['https://a.example/api', 'more-than-origin'],
    ['https://user:pass@a.example', 'more-than-origin'], ['https://a.example/?x', 'more-than-origin'],
  ]) assert.deepEqual(parseBackend(typed), { ok: false, why }, typed);
});

test('patterns have no port', () => {
  assert.equal(originPattern('http://127.0.0.1:8710'), 'http://127.0.0.1/*');
  assert.equal(originPattern('https://a.example:8443'), 'https://a.example/*');
  assert.equal(hostOf('https://a.example:8443'), 'a.example:8443');
});

test('consent is for one host with its port', () => {
  assert.equal(hasConsent({ ...DEFAULTS }), false);
  assert.equal(hasConsent({ ...DEFAULTS, consentFor: '127.0.0.1:8710' }), true);
  assert.equal(hasConsent({ ...DEFAULTS, consentFor: '127.0.0.1' }), false);
});

test('what is broken in storage counts as not set', async () => {
  const read = (stored) => readSettings({ get: async (defaults) => ({ ...defaults, ...stored }), set: async () => undefined });
  assert.deepEqual(await read({}), DEFAULTS);
  assert.deepEqual(await read({ backend: 5, apiKey: {}, language: '../x', consentFor: null }), DEFAULTS);
  assert.equal((await read({ backend: 'http://evil.example' })).backend, DEFAULTS.backend);
  assert.equal((await read({ language: 'fr' })).language, 'fr');
});
