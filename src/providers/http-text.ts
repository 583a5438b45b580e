/** One request to a provider: within its rate limit, in time, no larger than it may be; every failure with its code. */
import { EngineError } from '../contract/errors';
import type { ThroughBreaker } from './provider-breaker';
import { type RequestLimit, requestTurns } from './request-turns';

export interface HttpSettings {
  /** Name of the provider, for messages. */
  provider: string;
  /** Scheme and host; a redirect away from it is refused. */
  baseUrl: string;
  headers?: Record<string, string>;
  /** For the whole answer. */
  timeoutMs?: number;
  maximumBytes?: number;
  /** What the provider allows. */
  limit?: RequestLimit | null;
  /** A turn that comes later than this is not waited for. */
  longestWaitMs?: number;
  /** The key, where it is in the address: whatever is told is told without it. */
  secret?: string | null;
}

export interface HttpRequest {
  /** Below the base. */
  path: string;
  query?: Record<string, string>;
  /** Sent as JSON, with POST. */
  body?: unknown;
  signal?: AbortSignal;
}

/** Takes a path below the base, or a request. */
export type AskText = (request: string | HttpRequest) => Promise<string>;
/** Asks for a path below the base. */
export type GetText = (path: string) => Promise<string>;

const defaults = {
  timeoutMs: 10_000,
  maximumBytes: 5 * 1024 * 1024,
  limit: null,
  longestWaitMs: 10_000,
  headers: {},
  secret: null,
};
/** A longer `Retry-After` is as good as no answer today. */
const longestPauseSeconds = 3600;
/** Of those below 500: the request took too long to arrive, came too early, was one too many. */
const mayWorkLater: ReadonlySet<number> = new Set([408, 425, 429]);
const direct: ThroughBreaker = (call) => call();

/**
 * Returns the function that asks; all requests through it share one limit, and the rest that the provider asks for.
 * It throws EngineError PROVIDER_REFUSED (the provider says no), PROVIDER_UNAVAILABLE (it may work later, with
 * `retry_after_seconds` where that is known), SOURCE_INVALID (larger than it may be), CIRCUIT_OPEN (it failed repeatedly), and
 * an AbortError when the caller's signal says so.
 */
export function httpText(given: HttpSettings, through: ThroughBreaker = direct): AskText {
  const settings = { ...defaults, ...given };
  const { provider, longestWaitMs } = settings;
  const turns = requestTurns(settings.limit);
  return async (asked) => {
    const request = typeof asked === 'string' ? { path: asked } : asked;
    const tooLong = await turns.take(longestWaitMs, request.signal);
    if (tooLong !== null) throw noTurn(provider, tooLong);
    try {
      return await through(() => ask(settings, request));
    } catch (error) {
      const { code, details } = error instanceof EngineError ? error : { code: null, details: {} };
      const seconds = (details as { retry_after_seconds?: unknown }).retry_after_seconds;
      // Of an open breaker it is the breaker that counts the seconds.
      if (code === 'PROVIDER_UNAVAILABLE' && typeof seconds === 'number') turns.rest(seconds * 1000);
      throw error;
    }
  };
}

/** Nothing was asked, so it says nothing of the provider. */
function noTurn(provider: string, waitMs: number): EngineError {
  const seconds = Math.ceil(waitMs / 1000);
  const message = `${provider} allows the next request in ${String(seconds)} s.`;
  return new EngineError('PROVIDER_UNAVAILABLE', message, { provider, retry_after_seconds: seconds });
}

async function ask(settings: Required<HttpSettings>, request: HttpRequest): Promise<string> {
  const { provider, baseUrl, timeoutMs, maximumBytes } = settings;
  const timeout = AbortSignal.timeout(timeoutMs);
  const signal = request.signal ? AbortSignal.any([timeout, request.signal]) : timeout;
  const url = new URL(request.path, baseUrl);
  for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, value);
  try {
    const response = await fetch(url, { ...sent(settings, request), signal, redirect: 'error' });
    if (!response.ok) {
      await response.body?.cancel();
      throw refusal(provider, response);
    }
    return await textOf(provider, response, maximumBytes);
  } catch (error) {
    if (error instanceof EngineError) throw error;
    if (request.signal?.aborted === true) throw aborted(provider);
    const why = timeout.aborted
      ? `did not answer within ${String(timeoutMs / 1000)} s`
      : `cannot be read (${causeOf(error, settings.secret)})`;
    // Without the cause: what fetch throws may hold the address, and an address may hold the key.
    throw new EngineError('PROVIDER_UNAVAILABLE', `${provider} ${why}.`, { provider });
  }
}

function sent({ headers }: Required<HttpSettings>, { body }: HttpRequest): RequestInit {
  if (body === undefined) return { headers };
  return {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  };
}

/** By name, as whoever carries the call knows a cancellation. */
function aborted(provider: string): Error {
  return Object.assign(new Error(`The request to ${provider} was cancelled.`), { name: 'AbortError' });
}

function refusal(provider: string, { status, headers }: Response): EngineError {
  const says = `${provider} answers ${String(status)}`;
  if (status < 500 && !mayWorkLater.has(status)) {
    return new EngineError('PROVIDER_REFUSED', `${says} and will do so again.`, { provider, status });
  }
  const seconds = pauseOf(headers.get('retry-after'));
  return new EngineError('PROVIDER_UNAVAILABLE', `${says}.`, {
    provider,
    status,
    ...(seconds !== null && { retry_after_seconds: seconds }),
  });
}

/** Seconds or a date, RFC 9110. */
function pauseOf(text: string | null): number | null {
  if (text === null) return null;
  const seconds = /^\d+$/.test(text) ? Number(text) : Math.ceil((Date.parse(text) - Date.now()) / 1000);
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), longestPauseSeconds) : null;
}

async function textOf(provider: string, { body }: Response, maximumBytes: number): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  // Leaving the loop ends the answer.
  for await (const part of (body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += part.byteLength;
    if (bytes > maximumBytes) {
      const message = `The answer of ${provider} is larger than ${String(maximumBytes)} bytes.`;
      throw new EngineError('SOURCE_INVALID', message, { provider });
    }
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function causeOf(error: unknown, secret: string | null): string {
  const { cause, message } = error as { cause?: { code?: string; message?: string }; message?: string };
  const told = cause?.code ?? cause?.message ?? message ?? String(error);
  return secret ? told.replaceAll(secret, '***') : told;
}
