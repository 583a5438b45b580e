/** One GET to a provider: within its rate limit, in time, no larger than it may be; every failure with its code. */
import { setTimeout as sleep } from 'node:timers/promises';
import { EngineError } from '../contract/errors';

export interface HttpSettings {
  /** Name of the provider, for messages. */
  provider: string;
  /** Scheme and host; a redirect away from it is refused. */
  baseUrl: string;
  headers?: Record<string, string>;
  /** For the whole answer. */
  timeoutMs?: number;
  maximumBytes?: number;
  /** At least so long between two requests. */
  everyMs?: number;
}

/** A path below the base. */
export type GetText = (path: string) => Promise<string>;

const defaults = { timeoutMs: 10_000, maximumBytes: 5 * 1024 * 1024, everyMs: 0, headers: {} };
/** A longer `Retry-After` is as good as no answer today. */
const longestPauseSeconds = 3600;

/**
 * Returns the function that asks. Requests of one process wait for each other as `everyMs` says.
 * It throws EngineError PROVIDER_REFUSED (the provider says no), PROVIDER_UNAVAILABLE (it may work later, with
 * `retry_after_seconds` where the provider says when), SOURCE_INVALID (larger than it may be).
 */
export function httpText(given: HttpSettings): GetText {
  const settings = { ...defaults, ...given };
  let free = Promise.resolve();
  return async (path) => {
    const turn = free;
    // The next one's turn comes a while after this one's, whatever becomes of this one.
    free = turn.then(() => sleep(settings.everyMs, undefined, { ref: false }));
    await turn;
    return ask(settings, path);
  };
}

async function ask(
  { provider, baseUrl, headers, timeoutMs, maximumBytes }: Required<HttpSettings>,
  path: string,
): Promise<string> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(new URL(path, baseUrl), { headers, signal, redirect: 'error' });
    if (!response.ok) {
      await response.body?.cancel();
      throw refusal(provider, response);
    }
    return await textOf(provider, response, maximumBytes);
  } catch (error) {
    if (error instanceof EngineError) throw error;
    const why = signal.aborted
      ? `did not answer within ${String(timeoutMs / 1000)} s`
      : `cannot be read (${causeOf(error)})`;
    throw new EngineError('PROVIDER_UNAVAILABLE', `${provider} ${why}.`, { provider }, error);
  }
}

function refusal(provider: string, { status, headers }: Response): EngineError {
  const says = `${provider} answers ${String(status)}`;
  if (status !== 429 && status < 500) {
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

function causeOf(error: unknown): string {
  const { cause, message } = error as { cause?: { code?: string; message?: string }; message?: string };
  return cause?.code ?? cause?.message ?? message ?? String(error);
}
