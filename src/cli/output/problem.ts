/** A problem as people read it: code, message, every place that is wrong, and what to do next. */
import type { ProblemBody } from '../cli-error';
import { actionOf } from './actions';
import { styleOf } from './style';

const shownProblems = 50;

/** Ends with a newline. */
export function problemText(problem: ProblemBody, stream: NodeJS.WriteStream = process.stderr): string {
  const paint = styleOf(stream);
  const { code, detail, title, step, problems = [], missing = [] } = problem;
  const action = problem['status'] === undefined ? problem.action : actionOf(problem);
  // Its detail is the first of the problems, which stand below it.
  const isListed = code === 'REQUEST_INVALID' && problems.length > 0;
  const message = isListed ? (title ?? 'The request is not valid.') : (detail ?? title ?? 'no message');
  const head = [paint('red', 'error'), code === 'USAGE' ? undefined : code].filter(Boolean).join(' ');
  const where = typeof step === 'string' ? ` in step ${paint('bold', step)}` : '';
  const lines = [
    `${head}${where}: ${message}`,
    ...problems.slice(0, shownProblems).map(({ code: kind, pointer, message, suggestion }) => {
      const hint = suggestion === undefined ? '' : ` (${suggestion})`;
      return `  ${kind === undefined || kind === code ? '' : `${kind} `}at ${pointer || '/'}: ${message}${hint}`;
    }),
    ...(problems.length > shownProblems ? [`  … ${String(problems.length - shownProblems)} more`] : []),
    ...(missing.length > 0 ? [`  missing: ${missing.join(', ')}`] : []),
    ...hints(problem, message),
    ...(action === undefined ? [] : [`  ${paint('cyan', 'next')}: ${action}`]),
  ];
  return `${lines.join('\n')}\n`;
}

/** Members that some codes have beside the problem's own, unless the message has said them. */
function hints({ nearest, reasons, retry_after_seconds: seconds }: ProblemBody, message: string): string[] {
  const near = nearestText(nearest);
  return [
    ...(Array.isArray(reasons) ? reasons.slice(1).map((reason) => `  ${String(reason)}`) : []),
    ...(near === null || message.includes(`"${near}"`) ? [] : [`  nearest: ${near}`]),
    ...(typeof seconds === 'number' ? [`  retry after: ${String(seconds)} s`] : []),
  ];
}

/** A name, or a pack with its day. */
function nearestText(nearest: unknown): string | null {
  if (typeof nearest === 'string') return nearest;
  const { pack_id: pack, asof_date: day } = (nearest ?? {}) as { pack_id?: string; asof_date?: string };
  return pack === undefined || day === undefined ? null : `${pack} (of ${day})`;
}
