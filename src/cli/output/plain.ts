/** A run's progress where no terminal is: a line when a step starts, and one when it ends. */
import type { StepProgress } from '../../contract/progress';
import type { ProgressView } from './progress';

export function plainProgress(stream: NodeJS.WriteStream, title: string): ProgressView {
  const told = new Map<string, string>();
  const write = (line: string): void => void stream.write(`${line}\n`);
  write(`${title}: started`);
  return {
    step: (step) => {
      const before = told.get(step.path);
      told.set(step.path, step.status);
      // Items and rounds may be thousands; each is told once, when it has ended.
      if (before === step.status || (step.status === 'running' && /\.\d+(\.|$)/.test(step.path))) return;
      write(`  ${step.status.padEnd(9)}  ${step.path}  ${factsOf(step)}`.trimEnd());
    },
    status: (status) => {
      const before = told.get('');
      told.set('', status);
      if (before !== undefined && before !== status) write(`${title}: ${status}`);
      else if (before === undefined && status !== 'running') write(`${title}: ${status}`);
    },
    note: write,
    close: () => undefined,
  };
}

/** What is worth telling of a step beside its name. */
export function factsOf({ capability, kind, duration_ms, attempts, cache }: StepProgress): string {
  return [
    capability ?? kind,
    ...(duration_ms === null ? [] : [`${String(duration_ms)} ms`]),
    ...(attempts > 1 ? [`${String(attempts)} attempts`] : []),
    ...(cache === 'hit' ? ['remembered'] : []),
  ].join(' · ');
}
