/** What to do next on the command line, where the table of errors speaks of HTTP. */
import type { ProblemBody } from '../cli-error';

/** By code; some depend on what the problem tells beside it. */
const actions: Readonly<Record<string, string | ((problem: ProblemBody) => string)>> = {
  REQUEST_INVALID: ({ problems }) =>
    problems === undefined ? 'Correct the request.' : 'Correct what is named above; see --help.',
  UNAUTHENTICATED: 'Give a valid --token or DAWSOS_TOKEN; `dawsos token` prints one of the embedded profile.',
  RIGHTS_MISSING: 'Ask for the rights named above; of the embedded profile: --rights, --as.',
  PATTERN_NOT_FOUND: 'List them: dawsos patterns',
  PATTERN_INVALID: 'See what is wrong: dawsos check',
  EXECUTION_NOT_FOUND: 'List yours: dawsos executions',
  EXECUTION_CLOSED: 'Read its result: dawsos executions ID',
  EXECUTION_UNFINISHED: 'Wait for its end: dawsos executions ID --follow',
  APPROVAL_NOT_FOUND: 'List what you may answer: dawsos approvals',
  FIELD_UNKNOWN: ({ nearest }) =>
    `${nearest == null ? 'See' : 'Ask for the nearest one, or see'} which figures there are: dawsos explain ID`,
  PACK_NOT_FOUND: packAction,
  DIRECT_REFUSED: 'Run it without --direct.',
  CIRCUIT_OPEN: 'Wait, and see how the agents stand: dawsos doctor',
  TEMPORAL_UNAVAILABLE: 'See what is away: dawsos doctor',
  DATABASE_UNAVAILABLE: 'See what is away: dawsos doctor',
};

export function actionOf(problem: ProblemBody): string | undefined {
  const { code, action } = problem;
  const own = code !== undefined && Object.hasOwn(actions, code) ? actions[code] : action;
  return typeof own === 'function' ? own(problem) : own;
}

/** Days are asked for with --asof, and packs by their ids. */
function packAction({ nearest, pack_id: packId, superseded_by: successor }: ProblemBody): string {
  if (typeof successor === 'string') return `Use ${successor}.`;
  const { asof_date: day, pack_id: id } = (nearest ?? {}) as { asof_date?: string; pack_id?: string };
  if (packId !== undefined) return id === undefined ? 'Name the pack of another day.' : `Use ${id}.`;
  return day === undefined
    ? 'Name a later day, or none: then it is the newest fresh one.'
    : `Use --asof ${day}, or none: then it is the newest fresh one.`;
}
