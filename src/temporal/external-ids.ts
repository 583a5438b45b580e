/** How the engine's own activities around a call of another project's worker are called. */

/** On the engine's queue. */
export const externalActivities = {
  prepare: 'engine.prepare_call',
  accept: 'engine.accept_result',
  report: 'engine.report_failure',
} as const;

/** With a colon where no step's path has one. */
export function externalCallId(what: keyof typeof externalActivities, path: string): string {
  return `engine:${what}:${path}`;
}
