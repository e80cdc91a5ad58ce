/**
 * Browser tests against a real JupyterLab: real token, real XSRF check, and a
 * base URL as a hub would set it. `tests/ui/start_lab.py` starts the server.
 * Pictures stand on plain pages without it, beside the others.
 */
import { defineConfig } from '@playwright/test';

import { BASE, PORT, TOKEN } from './tests/ui/address';

export default defineConfig({
  testDir: 'tests/ui',
  outputDir: '.build/ui',
  workers: 2,
  projects: [
    // One server, whose folder and open documents the tests share: one after the other.
    { name: 'lab', testIgnore: /picture/, workers: 1 },
    {
      name: 'pictures',
      testMatch: /picture[^/]*\.spec\.ts$/,
      fullyParallel: true
    }
  ],
  retries: process.env.CI ? 1 : 0,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [
    ['list'],
    ['json', { outputFile: '.build/reports/playwright.json' }]
  ],
  use: {
    baseURL: BASE,
    viewport: { width: 1280, height: 800 },
    video: 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync'
      ]
    }
  },
  webServer: {
    command: `${process.env.NANOCHAT_LEARN_TEST_PYTHON ?? 'python'} tests/ui/start_lab.py ${PORT} ${TOKEN}`,
    url: `${BASE}api/status?token=${TOKEN}`,
    timeout: 120_000,
    reuseExistingServer: false,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 }
  }
});
