import { defineConfig, devices } from '@playwright/test';

/**
 * The course as people use it: a real browser, the real server, a real engine; `clinic.ts` starts a server for each
 * worker. Two workers only in a network of their own (setup/test/quiet-network.ts): else the labs of one would break the
 * page loads of the other. No retries: a test that passes only sometimes is a finding.
 */
export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  workers: process.env['QUIET_NETWORK'] ? 2 : 1,
  retries: 0,
  timeout: 120_000,
  // Generous: a passing test does not wait, and two cores may be busy with labs.
  expect: { timeout: 25_000 },
  reporter: 'list',
  // In this order: the one that takes minutes, most of them waiting, goes on beside all the others.
  projects: [
    { name: 'project', testMatch: 'project.spec.ts' },
    { name: 'course', testIgnore: 'project.spec.ts' },
  ],
  use: {
    ...devices['Desktop Chrome'],
    viewport: { width: 1440, height: 900 },
    actionTimeout: 20_000,
    navigationTimeout: 30_000,
    screenshot: 'only-on-failure',
    permissions: ['clipboard-read', 'clipboard-write'],
    launchOptions: { executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium' },
  },
});
