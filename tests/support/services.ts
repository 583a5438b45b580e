/** Where a test finds the servers that `global-setup.ts` started; told through the environment, also to children. */
export const serviceVariables = {
  temporalAddress: 'TEST_TEMPORAL_ADDRESS',
  temporalCli: 'TEST_TEMPORAL_CLI',
  databaseOwnerUrl: 'TEST_DATABASE_OWNER_URL',
  databaseAppUrl: 'TEST_DATABASE_APP_URL',
  redisUrl: 'TEST_REDIS_URL',
  redisMissing: 'TEST_REDIS_MISSING',
  workflowBundle: 'TEST_WORKFLOW_BUNDLE',
} as const;

/** @throws Error when the test does not run in a project that has servers */
export function requireService(name: keyof typeof serviceVariables): string {
  const value = process.env[serviceVariables[name]];
  if (value === undefined) {
    throw new Error(
      `${serviceVariables[name]} is not set: tests that need servers belong into tests/, run by \`npm test\`.`,
    );
  }
  return value;
}
