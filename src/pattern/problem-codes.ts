/** Every code that a check of a pattern can give: how grave it is, what it means, and what gives it. */

interface ProblemCodeEntry {
  /** A pattern with an error cannot run; `strict` makes every warning an error. */
  severity: 'error' | 'warning';
  meaning: string;
  example: string;
}

export const problemCodes = {
  PATTERN_INVALID: {
    severity: 'error',
    meaning:
      'The file is not what a pattern is: an unknown or missing member, a name that is taken or reserved, steps that wait for each other.',
    example: 'a step with `"conditon"`',
  },
  LIMIT_EXCEEDED: {
    severity: 'error',
    meaning: 'Something is larger, longer or deeper than allowed; the message names the limit.',
    example: 'a pattern with 201 steps',
  },
  CAPABILITY_UNKNOWN: {
    severity: 'error',
    meaning: 'No agent answers a capability of this name.',
    example: '`"capability": "ledger.postions"`',
  },
  PATTERN_NOT_FOUND: {
    severity: 'error',
    meaning: 'A step runs a pattern, or a version of one, that is not there.',
    example: '`"pattern": "overview@9.0.0"`',
  },
  ARGS_INVALID: {
    severity: 'error',
    meaning: 'An argument is missing, does not exist, or can never fit its schema.',
    example: 'a text where a list is wanted',
  },
  RESULT_INVALID: {
    severity: 'error',
    meaning:
      'A value that stands for the result of a capability (`fallback`, `use`, a mock) does not fit its schema.',
    example: '`"fallback": 5` for a capability that gives an object',
  },
  REFERENCE_UNRESOLVED: {
    severity: 'error',
    meaning: 'A reference names nothing that there is, or that can be seen from where it stands.',
    example: '`{{state.positons}}`',
  },
  CONDITION_INVALID: {
    severity: 'error',
    meaning:
      'An expression (of a `condition`, `compute`, `assert` or `until`) cannot be read, or can never work with the types of what it names.',
    example: '`state.valued.total_value > 100`, which compares an amount as text',
  },
  ERROR_CODE_UNKNOWN: {
    severity: 'error',
    meaning: 'A code is neither in the table of errors nor declared by a capability that could give it.',
    example: '`"match": ["PROVIDER_UNAVAILBLE"]`',
  },
  TEST_INVALID: {
    severity: 'error',
    meaning:
      'A test of the pattern gives or expects what there cannot be: an unknown input, step, output or approval.',
    example: '`"expect": { "steps": { "ratngs": "skipped" } }`',
  },
  POSSIBLY_MISSING: {
    severity: 'warning',
    meaning:
      'A value may be missing (its step has a condition or is optional) where it is needed: the step is then skipped too, or the expression fails.',
    example: 'a required argument from the result of a step with a `condition`',
  },
  POSSIBLY_NULL: {
    severity: 'warning',
    meaning:
      'A value that its producer may give as `null` is passed to an argument that does not admit `null`.',
    example: '`{{state.twr.value}}` as a number without asking `state.twr.value != null`',
  },
  UNUSED: {
    severity: 'warning',
    meaning: 'Nothing uses an input, the result of a step without effect, or a mock.',
    example: 'an input that no reference names',
  },
  NEVER_USED: {
    severity: 'warning',
    meaning: 'A handler can never be reached, because another takes every failure before it.',
    example: 'a `fallback` behind an `on_error` entry with `"*"`',
  },
  NAME_HIDDEN: {
    severity: 'warning',
    meaning:
      '`item`, `index`, `last` or `error` means the inner one and hides the outer one of the same name.',
    example: 'a map within a map that uses `item`',
  },
  HINT_IGNORED: {
    severity: 'warning',
    meaning: '`parallel` is set on a step that has to wait for others.',
    example: '`"parallel": true` on a step that uses the result of another',
  },
} as const satisfies Record<string, ProblemCodeEntry>;

export type ProblemCode = keyof typeof problemCodes;

export function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(problemCodes, code);
}
