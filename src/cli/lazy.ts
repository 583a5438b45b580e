/** What takes long to load and not every command needs: loaded when first asked for, so that help comes at once. */
/* eslint-disable @typescript-eslint/no-require-imports -- tsx runs `import()` natively, which finds no .ts */

export const lazy = {
  callCapability: () => require('./call-capability') as typeof import('./call-capability'),
  checkPatterns: () => require('./check-patterns') as typeof import('./check-patterns'),
  doctor: () => require('./doctor') as typeof import('./doctor'),
  embeddedKeys: () => require('../executor/embedded-keys') as typeof import('../executor/embedded-keys'),
  server: () => require('../executor/server') as typeof import('../executor/server'),
  start: () => require('./start') as typeof import('./start'),
  testPatterns: () => require('./test-patterns') as typeof import('./test-patterns'),
};
