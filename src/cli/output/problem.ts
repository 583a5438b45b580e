/** A problem as people read it: code, message, every place that is wrong, and what to do next. */
import type { ProblemBody } from '../cli-error';
import { actionOf } from './actions';
import { styleOf } from './style';

const shownProblems = 50;

/** Ends with a newline. */
export function problemText(problem: ProblemBody, stream: NodeJS.WriteStream = process.stderr): string {
  const paint = styleOf(stream);
  const { code, detail, title, step, problems = [], missing = [] } = problem;
  const action = problem['status'] === undefined ? problem.action : actionOf(code, problem.action);
  const head = [paint('red', 'error'), code === 'USAGE' ? undefined : code].filter(Boolean).join(' ');
  const where = typeof step === 'string' ? ` in step ${paint('bold', step)}` : '';
  const lines = [
    `${head}${where}: ${detail ?? title ?? 'no message'}`,
    ...problems.slice(0, shownProblems).map(({ code: kind, pointer, message, suggestion }) => {
      const hint = suggestion === undefined ? '' : ` (${suggestion})`;
      return `  ${kind === undefined || kind === code ? '' : `${kind} `}at ${pointer || '/'}: ${message}${hint}`;
    }),
    ...(problems.length > shownProblems ? [`  … ${String(problems.length - shownProblems)} more`] : []),
    ...(missing.length > 0 ? [`  missing: ${missing.join(', ')}`] : []),
    ...hints(problem),
    ...(action === undefined ? [] : [`  ${paint('cyan', 'next')}: ${action}`]),
  ];
  return `${lines.join('\n')}\n`;
}

/** Members that some codes have beside the problem's own. */
function hints({ nearest, reasons, retry_after_seconds: seconds }: ProblemBody): string[] {
  return [
    ...(Array.isArray(reasons) ? reasons.slice(1).map((reason) => `  ${String(reason)}`) : []),
    ...(nearest == null
      ? []
      : [`  nearest: ${typeof nearest === 'string' ? nearest : JSON.stringify(nearest)}`]),
    ...(typeof seconds === 'number' ? [`  retry after: ${String(seconds)} s`] : []),
  ];
}
