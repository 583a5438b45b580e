/**
 * Every error a user can meet: one table drives HTTP status, Temporal retry and docs/errors.md.
 * Imports nothing else, so the workflow sandbox can hold it.
 */
import { requestCodes } from './request-codes';
import { runCodes } from './run-codes';

export const errorCodes = { ...requestCodes, ...runCodes };

export type ErrorCode = keyof typeof errorCodes;

/** One problem of a request or a pattern, with the place it is at. */
export interface Problem {
  code: string;
  pointer: string;
  message: string;
  suggestion?: string;
}

/** The only error the project throws on purpose: a code of the table, a message that names thing, value and next action. */
export class EngineError extends Error {
  readonly code: ErrorCode;
  /** Members shown to the caller beside the code; nothing internal. */
  readonly details: Record<string, unknown>;

  constructor(code: ErrorCode, message: string, details: Record<string, unknown> = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'EngineError';
    this.code = code;
    this.details = details;
  }

  get status(): number {
    return errorCodes[this.code].status;
  }

  get retryable(): boolean {
    return errorCodes[this.code].retryable;
  }
}

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorCodes, code);
}
