/** What ends a command early: a message for people, what to do next, and the exit code. */
import { type ExitCode, exitCodes } from './exit-codes';

/** A problem as the API writes it (RFC 9457), as far as the command line shows it. */
export interface ProblemBody {
  code?: string;
  detail?: string;
  title?: string;
  action?: string;
  step?: string | null;
  problems?: { code?: string; pointer: string; message: string; suggestion?: string }[];
  missing?: string[];
  execution?: { id: string; status: string };
  [member: string]: unknown;
}

export class CliError extends Error {
  readonly exitCode: ExitCode;
  /** What `--json` prints. */
  readonly problem: ProblemBody;

  constructor(exitCode: ExitCode, problem: ProblemBody) {
    super(problem.detail ?? problem.title ?? problem.code ?? 'unknown problem');
    this.name = 'CliError';
    this.exitCode = exitCode;
    this.problem = problem;
  }
}

/** The command line itself is wrong. */
export function usageError(detail: string, action?: string): CliError {
  return new CliError(exitCodes.usage, {
    code: 'USAGE',
    detail,
    ...(action !== undefined && { action }),
  });
}

/** What work throws is the fault of the command line: it names what is not there, or cannot be read. */
export function orUsageError<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw usageError(messageOf(error));
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
