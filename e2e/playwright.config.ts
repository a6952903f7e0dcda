import { defineConfig, devices } from '@playwright/test';

/**
 * The course as people use it: a real browser, the real server, a real engine. One worker, because labs are real
 * machines; `clinic.ts` starts the server. No retries: a test
 * that passes only sometimes is a finding.
 */
export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  workers: 1,
  retries: 0,
  timeout: 120_000,
  // Generous: a passing test does not wait, and two cores may be busy with labs.
  expect: { timeout: 25_000 },
  reporter: 'list',
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
