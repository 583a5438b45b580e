/** The HTTP API as commands use it: JSON in, JSON out, problems as `CliError`. */
import { CliError, type ProblemBody } from '../cli-error';
import { exitCodeOfStatus, exitCodes } from '../exit-codes';
import { findServer } from './server-address';
import { findToken, type TokenOptions } from './token';

export interface Answer<T> {
  status: number;
  headers: Headers;
  body: T;
}

export interface Api {
  url: string;
  /** Members that are undefined are left out. @throws CliError */
  get<T>(route: string, query?: Record<string, string | undefined>): Promise<Answer<T>>;
  /** @throws CliError */
  post<T>(route: string, body: unknown, headers?: Record<string, string>): Promise<Answer<T>>;
  /** @throws CliError */
  patch<T>(route: string, body: unknown): Promise<Answer<T>>;
  /** @throws CliError */
  delete<T>(route: string): Promise<Answer<T>>;
  /** The response as it comes, whatever its status. @throws CliError when there is no server */
  open(route: string, headers: Record<string, string>, signal: AbortSignal): Promise<Response>;
}

export interface ApiOptions extends TokenOptions {
  url?: string;
}

/** Longer than the server ever keeps a request waiting. */
const patienceMs = 60_000;

export async function openApi(options: ApiOptions, env: NodeJS.ProcessEnv = process.env): Promise<Api> {
  const { url, isGiven } = await findServer(options.url, env);
  const token = await findToken(options, url, env);
  const authorization: Record<string, string> = token === null ? {} : { Authorization: `Bearer ${token}` };
  const send = async (route: string, init: RequestInit): Promise<Response> => {
    try {
      return await fetch(`${url}${route}`, { signal: AbortSignal.timeout(patienceMs), ...init });
    } catch (error) {
      if (init.signal?.aborted === true) throw error;
      throw unreachable(url, isGiven, error);
    }
  };
  return {
    url,
    get: async (route, query = {}) => {
      const given = Object.entries(query).filter(
        (entry): entry is [string, string] => entry[1] !== undefined,
      );
      const search = given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
      return read(await send(`${route}${search}`, { headers: authorization }), url);
    },
    post: async (route, body, headers = {}) =>
      read(
        await send(route, {
          method: 'POST',
          headers: { ...authorization, 'Content-Type': 'application/json', ...headers },
          body: JSON.stringify(body),
        }),
        url,
      ),
    patch: async (route, body) =>
      read(
        await send(route, {
          method: 'PATCH',
          headers: { ...authorization, 'Content-Type': 'application/json' },
          body: JSON.stringify(body),
        }),
        url,
      ),
    delete: async (route) => read(await send(route, { method: 'DELETE', headers: authorization }), url),
    open: (route, headers, signal) => send(route, { headers: { ...authorization, ...headers }, signal }),
  };
}

/** @throws CliError for a refusal, and for an answer that is not this API's */
export async function read<T>(response: Response, url: string): Promise<Answer<T>> {
  const { status, headers } = response;
  const text = await response.text();
  let body: unknown;
  try {
    body = text === '' ? null : JSON.parse(text);
  } catch {
    throw new CliError(exitCodes.unreachable, {
      code: 'NO_DAWSOS',
      detail: `${url} answers ${String(status)}, but not as this API does.`,
      action: 'Check --url, or DAWSOS_URL.',
    });
  }
  if (status < 400) return { status, headers, body: body as T };
  const problem = (typeof body === 'object' && body !== null ? body : {}) as ProblemBody;
  // A run that ended badly is its own matter, not a refusal.
  const exitCode =
    problem.execution !== undefined && status !== 409 ? exitCodes.problems : exitCodeOfStatus(status);
  throw new CliError(exitCode, { status, ...problem });
}

function unreachable(url: string, isGiven: boolean, error: unknown): CliError {
  const cause = (error as { cause?: { code?: string; message?: string } }).cause;
  const why = cause?.code ?? cause?.message ?? (error instanceof Error ? error.message : String(error));
  return new CliError(exitCodes.unreachable, {
    code: 'SERVER_UNREACHABLE',
    detail: `No server answers at ${url} (${why}).`,
    action: isGiven
      ? 'Check --url or DAWSOS_URL, and that the server runs: dawsos doctor'
      : 'Start one with `dawsos start`, or name another: --url URL, or DAWSOS_URL.',
  });
}
