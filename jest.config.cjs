// Before the workers start, so that all of them live where most of our readers do.
process.env.TZ = 'Asia/Shanghai';
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

/** Tests sit beside what they test; stories that cross rooms live in tests/. */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/functions', '<rootDir>/layers', '<rootDir>/plugins', '<rootDir>/local', '<rootDir>/tests'],
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
    '^@casebell/bedrock$': '<rootDir>/layers/bedrock/index.ts',
  },
  // A machine that does other things at the same time is slow, and nothing is wrong with it.
  testTimeout: 60_000,
  // Most of the time of the long ones goes by in waiting.
  maxWorkers: 2,
  // What test files leave behind slows the collection of garbage down, until the worker begins anew.
  workerIdleMemoryLimit: '700MB',
};
