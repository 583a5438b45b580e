import type { ExplainedStep } from '../../contract/plan-explanation';
import type { StepProgress } from '../../contract/progress';
import { liveProgress } from './live';

const planned = ['a', 'each', 'each.*'].map(
  (path) =>
    ({ path, as: path.split('.').at(-1), kind: 'capability', capability: `x.${path}` }) as ExplainedStep,
);
const progress = (path: string, status: StepProgress['status']): StepProgress => ({
  path, as: path, kind: 'capability', capability: `x.${path}`, status, duration_ms: status === 'running' ? null : 5, attempts: 1, cache: 'off',
}); // prettier-ignore

/** A terminal that keeps what is written, colours and cursor moves apart from the last picture. */
function terminal(
  columns = 60,
  rows = 24,
): { stream: NodeJS.WriteStream; written: () => string; picture: () => string[] } {
  let text = '';
  const stream = {
    isTTY: true,
    columns,
    rows,
    write: (part: string) => (text += part),
  } as unknown as NodeJS.WriteStream;
  // eslint-disable-next-line no-control-regex -- the sequences that colour and move
  const plain = (part: string): string => part.replaceAll(/\u001b\[[?\d;]*[a-zA-Z]/g, '');
  const picture = (): string[] =>
    plain(text.slice(text.lastIndexOf('\u001b[0J')))
      .trimEnd()
      .split('\n');
  return { stream, written: () => text, picture };
}

describe('liveProgress', () => {
  it('takes a terminal that does not tell its size for one of usual size', () => {
    const { stream, picture } = terminal(0, 0);
    const steps = Array.from(
      { length: 8 },
      (_, i) => ({ ...planned[0], path: `s${String(i)}` }) as ExplainedStep,
    );
    const view = liveProgress(stream, 'p', steps);
    expect(picture()).toHaveLength(9);
    view.close();
  });

  it('draws what is to come, and ticks it off in place', () => {
    const { stream, picture } = terminal();
    const view = liveProgress(stream, 'p', planned);
    expect(picture().slice(1)).toEqual(['  · a  x.a', '  · each  x.each', '    · *  x.each.*']);
    view.step(progress('a', 'success'));
    view.step(progress('each', 'running'));
    view.step(progress('each.0', 'success'));
    view.step(progress('each.1', 'running'));
    view.status('waiting');
    view.close();
    const [head, a, each, items] = picture();
    expect(head).toMatch(/^ {2}p waiting · \d\.\d s$/);
    expect(a).toBe('  ✓ a  x.a · 5 ms');
    expect(each).toMatch(/^ {2}\S each {2}x\.each · \d\.\d s$/);
    expect(items).toMatch(/\* {2}x\.each\.\* · 1 of 2/);
  });

  it('keeps a note above the picture, shows the cursor again, and stays within the window', () => {
    const { stream, written, picture } = terminal(30, 6);
    const steps = Array.from({ length: 20 }, (_, i) => ({ ...planned[0], path: `s${String(i)}`, as: `s${String(i)}`, capability: 'y'.repeat(50) }) as ExplainedStep); // prettier-ignore
    const view = liveProgress(stream, 'p', steps);
    view.note('by the way');
    view.step(progress('s3', 'error'));
    view.close();
    expect(written()).toContain('by the way\n');
    expect(written().endsWith('\u001b[?25h')).toBe(true);
    expect(picture()).toHaveLength(2);
    for (const line of picture()) expect(line.length).toBeLessThanOrEqual(30);
  });
});
