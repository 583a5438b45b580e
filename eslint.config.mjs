/** Lint: the types' blind spots, the layers of the architecture, and what must not happen in Temporal's sandbox. */
import { builtinModules } from 'node:module';
import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import jest from 'eslint-plugin-jest';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Who may import whom (docs/architecture.md): a layer, and the layers below it that it knows. Composition roots know all. */
const layers = {
  'src/contract': [],
  'src/canonical.ts': [],
  'src/config.ts': [],
  'src/breaker': ['src/contract'],
  'src/validate.ts': ['src/contract'],
  'src/rights': ['src/contract'],
  'src/services': ['src/contract', 'src/canonical.ts'],
  'src/export': ['src/contract', 'src/canonical.ts', 'src/services', 'src/rights'],
  'src/ledger': ['src/contract', 'src/canonical.ts', 'src/services'],
  'src/packs': ['src/contract', 'src/canonical.ts', 'src/services'],
  'src/pattern': ['src/contract', 'src/canonical.ts', 'src/validate.ts'],
  'src/local': ['src/contract', 'src/pattern'],
  'src/temporal': ['src/contract', 'src/pattern'],
  'src/testing': [
    ...['src/contract', 'src/canonical.ts', 'src/validate.ts', 'src/pattern', 'src/local'],
    'src/capabilities',
  ],
  'src/capabilities': ['src/contract', 'src/canonical.ts', 'src/validate.ts'],
  'src/db': ['src/contract', 'src/config.ts', 'src/breaker', 'src/ledger', 'src/packs', 'src/canonical.ts'],
  'src/cache': ['src/contract', 'src/config.ts', 'src/breaker'],
  'src/providers': ['src/contract', 'src/config.ts', 'src/validate.ts', 'src/services', 'src/packs'],
  'src/embedded': ['src/contract', 'src/config.ts'],
  'src/telemetry': ['src/contract', 'src/config.ts'],
  workflows: ['src/contract', 'src/pattern', 'src/temporal'],
  activities: [
    ...['src/contract', 'src/canonical.ts', 'src/validate.ts', 'src/capabilities', 'src/breaker'],
    ...['src/services', 'src/ledger', 'src/packs', 'src/db', 'src/cache', 'src/providers', 'src/telemetry'],
    ...['src/rights', 'src/export'],
    'workflows', // types only, see below
  ],
  'src/executor': [
    ...['src/contract', 'src/canonical.ts', 'src/validate.ts', 'src/config.ts', 'src/pattern'],
    ...['src/temporal', 'src/local', 'src/capabilities', 'src/db', 'src/telemetry', 'src/services'],
    ...['src/rights', 'src/export'],
    'workflows', // types only, see below
  ],
};
/** May import anything, and are imported by nothing but each other and tests. */
const compositionRoots = ['src/cli', 'workers', 'src/executor/server.ts'];

const zones = Object.entries(layers).map(([layer, known]) => ({
  target: layer,
  from: [...Object.keys(layers), ...compositionRoots].filter(
    (other) => other !== layer && !known.includes(other),
  ),
  // Choosing the store of breakers is one decision, made in one place for API and worker.
  ...(layer === 'src/cache' && { except: ['./circuit-breakers.ts'] }),
  message: `${layer} may import ${known.length === 0 ? 'no other layer' : known.join(', ')}.`,
}));

const tests = ['**/*.test.ts', 'tests/**/*.ts'];
/** Same input, same output: no clock, no chance, no I/O. */
const pure = ['workflows', 'src/{pattern,temporal,services,rights,ledger,packs,breaker,contract}'].map(
  (path) => `${path}/**/*.ts`,
);
/** What the workflow bundle holds. The rest of the pattern language runs at compile time, in Node. */
const sandbox = [
  'workflows/**/*.ts',
  'src/temporal/{failure,external-ids,is-stopped}.ts',
  'src/pattern/**/*.ts',
];
const compileTime = [
  ...[
    'schema',
    'step-schema',
    'tests-schema',
    'check',
    'check-*',
    'compile',
    'compile-set',
    'plan-steps',
    'policy',
    'inputs',
    'signatures',
    'nearest',
  ],
  ...['graph', 'graph-uses', 'types', 'expression-types', 'expression-types-*'],
];

const noClockNoChance = [
  ['NewExpression[callee.name="Date"][arguments.length=0]', 'the time comes in as an argument'],
  ['MemberExpression[object.name="Date"][property.name="now"]', 'the time comes in as an argument'],
  ['MemberExpression[object.name="Math"][property.name="random"]', 'chance makes a replay differ'],
].map(([selector, why]) => ({ selector, message: `Pure code: ${why}.` }));

export default defineConfig(
  globalIgnores(['dist', '.data', 'coverage', 'node_modules']),
  js.configs.recommended,
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.js', '.mjs', '.json'] })],
    },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      'import-x/no-cycle': 'error',
      'import-x/no-default-export': 'error',
      'import-x/no-extraneous-dependencies': [
        'error',
        { devDependencies: [...tests, 'bench/**', 'scripts/**', '*.config.*'] },
      ],
    },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    settings: {
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
      'import-x/extensions': ['.ts', '.js'],
    },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones }],
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      // What looks like a method is a closure here: nothing of ours uses `this` but EngineError.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // Handlers and activities are async by contract, whether or not they wait.
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: pure,
    ignores: tests,
    rules: {
      'no-restricted-imports': ['error', { paths: builtinModules, patterns: ['node:*'] }],
      'no-restricted-globals': ['error', 'process', 'fetch', 'crypto', 'performance', 'Buffer'],
      'no-restricted-syntax': ['error', ...noClockNoChance],
    },
  },
  {
    // The workflow's clock: in the sandbox Temporal makes it part of the history.
    files: ['workflows/temporal-port.ts', 'workflows/port/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', ...noClockNoChance.filter(({ selector }) => !/now/.test(selector))],
    },
  },
  {
    // What these return is inferred from the schema or the activities in them; writing it out would say it twice.
    files: ['src/contract/scalars.ts', 'activities/engine.ts'],
    rules: { '@typescript-eslint/explicit-module-boundary-types': 'off' },
  },
  {
    files: sandbox,
    ignores: [...tests, ...compileTime.map((name) => `src/pattern/${name}.ts`)],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: [
                '@sinclair/typebox',
                'ajv',
                '**/validate',
                '**/contract/*',
                '!**/contract/errors',
                '!**/contract/limits',
              ].concat(compileTime.flatMap((name) => [`./${name}`, `**/pattern/${name}`])),
              allowTypeImports: true,
              message: 'It would grow the workflow bundle: take the type only.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['activities/**/*.ts', 'src/executor/**/*.ts'],
    ignores: tests,
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['**/workflows/*', '**/workflows'],
              allowTypeImports: true,
              message: 'Take the type only.',
            },
          ],
        },
      ],
    },
  },
  {
    files: [...compositionRoots.map((path) => (path.endsWith('.ts') ? path : `${path}/**/*.ts`)), ...tests],
    rules: { 'import-x/no-restricted-paths': 'off' },
  },
  {
    files: tests,
    plugins: { jest },
    rules: {
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      // Numbers that lose precision are what some tests are about.
      'no-loss-of-precision': 'off',
      'jest/no-focused-tests': 'error',
      'jest/no-disabled-tests': 'error',
      'jest/no-identical-title': 'error',
      'jest/valid-expect': 'error',
    },
  },
  {
    // Cases of others come in shapes of their own, which only the map of each knows.
    files: ['tests/golden/maps/*.ts'],
    rules: Object.fromEntries(
      ['argument', 'assignment', 'call', 'member-access', 'return'].map((what) => [
        `@typescript-eslint/no-unsafe-${what}`,
        'off',
      ]),
    ),
  },
  {
    files: ['**/*.mjs', '**/*.cjs', '*.config.js', 'bin/*.js'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          'process',
          'console',
          'URL',
          'setTimeout',
          'setInterval',
          'clearInterval',
          'require',
          'module',
          '__dirname',
        ].map((name) => [name, 'readonly']),
      ),
    },
    rules: { 'no-console': 'off' },
  },
  // Tools that demand a default export.
  {
    files: ['*.config.mjs', 'tests/support/{global-setup,global-teardown,reporter}.ts'],
    rules: { 'import-x/no-default-export': 'off' },
  },
  prettier,
);
