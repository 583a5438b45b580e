/** What takes long to load and not every command needs: loaded when first asked for, so that help comes at once. */
/* eslint-disable @typescript-eslint/no-require-imports -- tsx runs `import()` natively, which finds no .ts */

export const lazy = {
  callCapability: (): typeof import('./call-capability') =>
    require('./call-capability') as typeof import('./call-capability'),
  pureCaller: (): typeof import('./pure-caller') =>
    require('./pure-caller') as typeof import('./pure-caller'),
  embeddedKeys: (): typeof import('../executor/embedded-keys') =>
    require('../executor/embedded-keys') as typeof import('../executor/embedded-keys'),
  start: (): typeof import('./start') => require('./start') as typeof import('./start'),
};
