import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    environment: 'jsdom',
    include: [
      'src/**/*.spec.ts',
      'src/**/*.spec.tsx',
      'tests/contracts/*.spec.ts'
    ],
    setupFiles: ['tests/browser-shims.mjs']
  }
});
