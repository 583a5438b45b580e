/** What `dawsos start` may be told on the command line, with the environment where nothing is said. */
import path from 'node:path';
import { usageError } from './cli-error';
import { dataDirOf } from './places';

export interface StartOptions {
  dataDir: string;
  port: number;
  /** Print the result and end. */
  once: boolean;
}

export interface StartArguments {
  port?: string;
  data?: string;
  once?: boolean;
}

/** @throws CliError for an impossible port */
export function startOptions(given: StartArguments, env: NodeJS.ProcessEnv): StartOptions {
  const port = given.port ?? env['PORT'] ?? '8080';
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw usageError(`--port ${port} is not a port`);
  }
  const dataDir = given.data === undefined ? dataDirOf(env) : path.resolve(given.data);
  return { dataDir, port: Number(port), once: given.once === true };
}
