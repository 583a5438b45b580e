/** How `dawsos` ends: one table for scripts, help and docs/cli.md. */

export const exitCodes = {
  ok: 0,
  problems: 1,
  usage: 2,
  unreachable: 3,
  refused: 4,
  impossible: 5,
  unfinished: 6,
  internal: 70,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export const exitMeanings: Record<keyof typeof exitCodes, string> = {
  ok: 'done; a run succeeded, a comparison found no difference',
  problems: 'a check, test, verify, diff or doctor found problems, or the run failed or was cancelled',
  usage: 'wrong arguments or inputs, or a file that cannot be read',
  unreachable: 'the server, or a part that it needs, cannot be reached or is too busy now; later it may be',
  refused: 'no valid token, or one without the rights',
  impossible: 'the server says no: there is no such thing, or not in this state; or an error of its own',
  unfinished: 'the run goes on, and has no result yet',
  internal: 'an error of dawsos itself, or an installation that is not whole',
  interrupted: 'stopped by Ctrl-C; a run that it followed goes on',
};

/** @returns `code  meaning`, one a line */
export function exitCodeText(): string {
  const names = Object.keys(exitCodes) as (keyof typeof exitCodes)[];
  return names.map((name) => `  ${String(exitCodes[name]).padStart(3)}  ${exitMeanings[name]}`).join('\n');
}

/** What an HTTP status of a refused request means for whoever called `dawsos`. */
export function exitCodeOfStatus(status: number): ExitCode {
  if (status === 400) return exitCodes.usage;
  if (status === 401 || status === 403) return exitCodes.refused;
  return status === 429 || status === 503 ? exitCodes.unreachable : exitCodes.impossible;
}
