/** A run's steps on a terminal: one picture, drawn again in place while they are ticked off. */
import type { ExplainedStep } from '../../contract/plan-explanation';
import { factsOf } from './plain';
import type { ProgressView } from './progress';
import { openRows, type Row } from './live-rows';
import { shorten } from './steps';
import { type Paint, styleOf } from './style';

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const frameMs = 100;
/** Of a terminal that does not tell its size. */
const usual = { rows: 24, columns: 80 };
const [hideCursor, showCursor] = ['\u001b[?25l', '\u001b[?25h'];

const marks = {
  pending: ['dim', '·'],
  running: ['cyan', ''],
  success: ['green', '✓'],
  skipped: ['dim', '○'],
  degraded: ['yellow', '!'],
  error: ['red', '✗'],
  compensated: ['yellow', '↺'],
  not_run: ['dim', '·'],
} as const;

export function liveProgress(
  stream: NodeJS.WriteStream,
  title: string,
  planned: readonly ExplainedStep[],
): ProgressView {
  const paint = styleOf(stream);
  const rows = openRows(planned);
  const startedAt = Date.now();
  let [drawn, frame, status] = [0, 0, 'running'];
  const draw = (before = ''): void => {
    const now = Date.now();
    const spin = frames[frame % frames.length] ?? '';
    const head = `${status === 'running' ? paint('cyan', spin) : ' '} ${paint('bold', title)} ${status} · ${((now - startedAt) / 1000).toFixed(1)} s`;
    const lines = [
      head,
      ...visible(rows.all(), (stream.rows || usual.rows) - 3).map((row) =>
        line(row, { paint, spin, now, width: stream.columns || usual.columns }),
      ),
    ];
    // Up to the first line of the last picture, and everything below it away.
    stream.write(`${drawn > 0 ? `\u001b[${String(drawn)}F` : ''}\u001b[0J${before}${lines.join('\n')}\n`);
    drawn = lines.length;
  };
  const timer = setInterval(() => {
    frame += 1;
    draw();
  }, frameMs);
  const restore = (): void => void stream.write(showCursor);
  process.once('exit', restore);
  stream.write(hideCursor);
  draw();
  return {
    step: (step) => {
      rows.note(step, Date.now());
    },
    status: (now) => {
      status = now;
    },
    note: (text) => {
      draw(`${text}\n`);
    },
    close: () => {
      clearInterval(timer);
      draw();
      restore();
      process.off('exit', restore);
    },
  };
}

/** What has room: all rows, else the outer ones, else those that are going on or went wrong. */
function visible(rows: readonly Row[], room: number): readonly Row[] {
  const limit = Math.max(3, room);
  if (rows.length <= limit) return rows;
  const outer = rows.filter(({ depth }) => depth === 0);
  if (outer.length <= limit) return outer;
  return rows.filter(({ status }) => status === 'running' || status === 'error').slice(0, limit);
}

interface Drawing {
  paint: Paint;
  spin: string;
  now: number;
  width: number;
}

function line(row: Row, { paint, spin, now, width }: Drawing): string {
  const [colour, mark] = marks[row.status];
  const sign = paint(colour, row.status === 'running' ? spin : mark);
  const indent = '  '.repeat(row.depth + 1);
  const text = shorten(`${row.label}  ${facts(row, now)}`, width - indent.length - 3);
  const [name = '', rest = ''] = [text.slice(0, row.label.length), text.slice(row.label.length)];
  return `${indent}${sign} ${row.status === 'pending' ? paint('dim', text) : `${name}${paint('dim', rest)}`}`;
}

function facts({ steps, what, status, startedAt }: Row, now: number): string {
  const [only, ...others] = [...steps.values()];
  const since =
    status === 'running' && startedAt !== null ? ` · ${((now - startedAt) / 1000).toFixed(1)} s` : '';
  if (only === undefined) return what;
  if (others.length === 0) return `${factsOf(only)}${since}`;
  const ended = [...steps.values()].filter((step) => step.status !== 'running').length;
  return `${what} · ${String(ended)} of ${String(steps.size)}${since}`;
}
