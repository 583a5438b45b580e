/** Three kinds of tests: `unit` beside the code without servers, `integration` and `e2e` with real ones. */
'use strict';
// Jest transforms tests and set-up, but not reporters.
require('tsx/cjs');

const shared = {
  rootDir: __dirname,
  cacheDirectory: '<rootDir>/.data/cache/jest',
  testEnvironment: 'node',
  transform: {
    '^.+\\.(ts|js|mjs)$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  // Packages that are ESM only.
  transformIgnorePatterns: ['/node_modules/(?!(@marcbachmann|@bufbuild|@noble|jose)/)'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.data/'],
};

const servers = {
  ...shared,
  globalSetup: '<rootDir>/tests/support/global-setup.ts',
  globalTeardown: '<rootDir>/tests/support/global-teardown.ts',
  setupFilesAfterEnv: ['<rootDir>/tests/support/patience.ts'],
};

module.exports = {
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: [
        '<rootDir>/{src,workflows,activities,workers,scripts,bench,tests/model,tests/golden}/**/*.test.ts',
      ],
      setupFilesAfterEnv: ['<rootDir>/tests/support/patience.ts'],
    },
    {
      ...servers,
      displayName: 'integration',
      testMatch: ['<rootDir>/tests/integration/**/*.test.ts'],
    },
    { ...servers, displayName: 'e2e', testMatch: ['<rootDir>/tests/e2e/**/*.test.ts'] },
  ],
  reporters: ['default', '<rootDir>/tests/support/reporter.ts'],
  collectCoverageFrom: ['{src,workflows,activities,workers}/**/*.ts', '!**/*.test.ts'],
  coverageDirectory: 'coverage',
  // A worker grown beyond this is replaced between files; also keeps tests out of Jest's own process.
  workerIdleMemoryLimit: '1GB',
};
