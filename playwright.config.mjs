import { defineConfig } from '@playwright/test';

// SwiftShader emulates a GPU, so that WebGPU is tested for real where there is none.
const args = [
  '--no-sandbox',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export default defineConfig({
  testDir: 'tests/browser',
  outputDir: 'test-results',
  // A run takes one core, and each test has a page of its own.
  workers: 2,
  fullyParallel: false,
  timeout: 300_000,
  expect: { timeout: 60_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: 'list',
  use: {
    viewport: { width: 1280, height: 900 },
    locale: 'en-GB',
    // What is not there after that will not come: a whole run is not to wait for it for five minutes.
    actionTimeout: 120_000,
    launchOptions: { executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args },
  },
});
