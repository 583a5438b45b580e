/** The one error that commands throw on purpose: what to print, and how to end. */
import type { Exit } from './exit-codes';

export class CliFailure extends Error {
  readonly exit: Exit;
  /** An answer of the API, which `--json` prints as it is. */
  readonly problem: Readonly<Record<string, unknown>> | null;

  constructor(exit: Exit, message: string, problem: Readonly<Record<string, unknown>> | null = null) {
    super(message);
    this.name = 'CliFailure';
    this.exit = exit;
    this.problem = problem;
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
