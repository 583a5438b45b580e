/** What to do next on the command line, where the table of errors speaks of HTTP. */
const actions: Readonly<Record<string, string>> = {
  UNAUTHENTICATED: 'Give a valid --token or DAWSOS_TOKEN; `dawsos token` prints one of the embedded profile.',
  RIGHTS_MISSING: 'Ask for the rights named above; of the embedded profile: --rights, --as.',
  PATTERN_NOT_FOUND: 'List them: dawsos patterns',
  PATTERN_INVALID: 'See what is wrong: dawsos check',
  EXECUTION_NOT_FOUND: 'List yours: dawsos executions',
  EXECUTION_CLOSED: 'Read its result: dawsos executions ID',
  EXECUTION_UNFINISHED: 'Wait for its end: dawsos executions ID --follow',
  APPROVAL_NOT_FOUND: 'List what you may answer: dawsos approvals',
  FIELD_UNKNOWN: 'Ask for the nearest one, or see all: dawsos executions ID --json',
  DIRECT_REFUSED: 'Run it without --direct.',
  CIRCUIT_OPEN: 'Wait, and see how the agents stand: dawsos doctor',
  TEMPORAL_UNAVAILABLE: 'See what is away: dawsos doctor',
  DATABASE_UNAVAILABLE: 'See what is away: dawsos doctor',
};

export function actionOf(code: string | undefined, otherwise: string | undefined): string | undefined {
  return code !== undefined && Object.hasOwn(actions, code) ? actions[code] : otherwise;
}
