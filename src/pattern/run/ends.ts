/** How a step's work can end, before and after its handlers. */
import { EngineError } from '../../contract/errors';
import type { StepError } from '../../contract/trace';
import type { CallFailure } from './port';
import type { EndedStep } from '../scope';

export interface Failure extends StepError {
  /** Whether it is unknown that nothing was done. */
  retryable: boolean;
}

/** What a kind's own work gives. */
export type BodyEnd =
  | { kind: 'value'; value: unknown }
  /** Some items of a map are `null` in their places. */
  | { kind: 'degraded'; value: unknown; error: StepError }
  | { kind: 'skipped'; reason: string }
  | { kind: 'failed'; failure: Failure }
  | Stopped
  /** It failed and was caught, and there is no value in its place. */
  | { kind: 'missing'; error: StepError };

/** The list around it stopped before it could end. */
export interface Stopped {
  kind: 'stopped';
  /** Whether anything of it had been under way. */
  began: boolean;
}

/** What a step gives to its list. */
export type StepEnd =
  { kind: 'ended'; ended: EndedStep } | { kind: 'failed'; failure: Failure } | { kind: 'stopped' };

export function failedCall(path: string, call: CallFailure): Failure {
  const { code, message, attempts, details, retryable } = call;
  return { code, message, step: path, attempts, details, retryable };
}

/** A failure that the engine itself finds: it happened before anything was done. */
export function failure(code: string, message: string, path: string, details: unknown = null): Failure {
  return { code, message, step: path, attempts: 0, details, retryable: false };
}

/** A mistake in the pattern, found while running it; anything else is a bug of the engine and says so. */
export function failureOfPattern(path: string, caught: unknown): Failure {
  const known = caught instanceof EngineError;
  const message = caught instanceof Error ? caught.message : String(caught);
  return known
    ? failure(caught.code, `step "${path}": ${message}`, path, caught.details)
    : failure('INTERNAL', message, path);
}

/** Without what only the interpreter needs. */
export function toStepError({ code, message, step, attempts, details }: Failure): StepError {
  return { code, message, step, attempts, details };
}
