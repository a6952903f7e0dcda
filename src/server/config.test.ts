import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BadConfig, helpText, readConfig, xapiOf } from './config.ts';
import { settings } from './settings.ts';

const secret = 'a-secret-of-enough-length';

describe('the settings', () => {
  it('have defaults for a learner on their own machine', () => {
    expect(readConfig({})).toMatchObject({ port: 4321, host: '127.0.0.1', dataDir: './data', warmLabs: 1 });
  });

  it('are read from the environment', () => {
    expect(readConfig({ PORT: ' 80 ', PUBLIC_ORIGIN: 'https://clinic.example.org/' })).toMatchObject({
      port: 80,
      publicOrigin: 'https://clinic.example.org',
    });
  });

  it('are refused with their name, value and what was expected, all at once', () => {
    expect(() => readConfig({ PORT: '99999', LOG_LEVEL: 'loud' })).toThrow(
      'PORT is "99999"; expected: a whole number from 0 to 65535.\nLOG_LEVEL is "loud"; expected: one of silent,',
    );
  });

  it.each([
    ['LAB_NETWORK', '10.213.0.0', 'a range of IPv4 addresses'],
    ['SERVICE_ORIGIN', 'https://labs.example.org', 'an address without a path, such as https://*.labs'],
    ['PUBLIC_ORIGIN', 'https://school.example/clinic', 'an address without a path'],
    ['OIDC_ISSUER', 'http://accounts.school.example', 'an https address'],
  ])('are read whole before anything is served: %s=%s', (name, value, expected) => {
    expect(() => readConfig({ [name]: value })).toThrow(`${name} is "${value}"; expected: ${expected}`);
  });

  it('do not repeat a secret in a complaint', () => {
    expect(() => readConfig({ SESSION_SECRET: 'hunter2' })).toThrow(/^SESSION_SECRET has a value that is too short/);
  });

  it('name the proxies that are believed, none by default', () => {
    expect(readConfig({}).trustedProxy).toBeUndefined();
    expect(readConfig({ TRUSTED_PROXY: '10.0.0.0/8' }).trustedProxy?.check('10.1.2.3')).toBe(true);
    expect(() => readConfig({ TRUSTED_PROXY: 'proxy' })).toThrow('TRUSTED_PROXY is "proxy"; expected: addresses or');
  });

  it('need secrets before others can reach the server', () => {
    expect(() => readConfig({ HOST: '0.0.0.0', SESSION_SECRET: secret })).toThrow(BadConfig);
    expect(() => readConfig({ HOST: '0.0.0.0' })).toThrow(/others can reach: set SESSION_SECRET and INSTRUCTOR_SECRET/);
    expect(readConfig({ HOST: '0.0.0.0', SESSION_SECRET: secret, INSTRUCTOR_SECRET: secret }).host).toBe('0.0.0.0');
  });

  it('of a record store belong together, and its address is private', () => {
    const store = { XAPI_ENDPOINT: 'https://lrs.example.org/xapi/', XAPI_KEY: 'k', XAPI_SECRET: 's' };
    expect(xapiOf(readConfig({}))).toBeUndefined();
    expect(xapiOf(readConfig(store))).toEqual({ endpoint: store.XAPI_ENDPOINT, key: 'k', secret: 's', names: false });
    expect(xapiOf(readConfig({ ...store, XAPI_NAMES: 'yes' }))?.names).toBe(true);
    expect(() => readConfig({ ...store, XAPI_KEY: '' })).toThrow(/belong together/);
    expect(() => readConfig({ ...store, XAPI_ENDPOINT: 'http://lrs.example.org/' })).toThrow(
      'XAPI_ENDPOINT is "http://lrs.example.org/"; expected: an https address',
    );
  });

  it('are all in the help, and the operator’s in the guide', () => {
    const guide = readFileSync(new URL('../../docs/OPERATING.md', import.meta.url), 'utf8');
    for (const { env } of Object.values(settings)) {
      expect(helpText()).toContain(`  ${env}`);
      // Of test runs only.
      if (env !== 'LAB_OWNER') expect(guide).toContain(`\`${env}`);
    }
  });
});
