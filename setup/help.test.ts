import { expect, test } from 'vitest';
import { settings } from '../src/server/settings.ts';
import { help } from './help.ts';

test('help lists every setting with its default', () => {
  for (const { env } of Object.values(settings)) expect(help()).toMatch(new RegExp(`^ {2}${env}( |$)`, 'm'));
  expect(help()).toContain('PORT (4321)');
});
