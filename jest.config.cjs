process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const common = {
  testEnvironment: 'node',
  testMatch: ['**/*.test.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
        module: { type: 'commonjs', ignoreDynamic: true },
      },
    ],
  },
  moduleNameMapper: {
    '^@casebell/im/(webhooks|bots)$': '<rootDir>/layers/im/$1.ts',
    '^@casebell/ai$': '<rootDir>/layers/ai/index.ts',
  },
};

/** Unit tests are next to the code; stories that cross folders are in tests/. The emulators in local/ are a project of their own. */
module.exports = {
  projects: [
    {
      ...common,
      displayName: 'product',
      roots: ['<rootDir>/functions', '<rootDir>/layers', '<rootDir>/plugins', '<rootDir>/tests'],
    },
    { ...common, displayName: 'local', roots: ['<rootDir>/local'] },
  ],
  // A busy machine is slow; that is no failure.
  testTimeout: 60_000,
  maxWorkers: 2,
  // A worker that has run many test files spends its time on garbage collection: start a new one.
  workerIdleMemoryLimit: '700MB',
};
