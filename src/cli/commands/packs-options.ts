/** Options of commands that start or schedule the nightly order. */
import path from 'node:path';
import type { Command } from 'commander';
import type { PackSourceSpec } from '../../contract/nightly';
import { usageError } from '../cli-error';

export const nightlyWorkflow = 'nightlyPack';
/** The task queue of workflows. */
export const nightlyQueue = 'engine';
/** Longer than all stages with their attempts should take. */
export const nightlyTimeout = '6 hours';

export interface SourceOptions {
  from?: string;
  providers?: boolean;
}

export function withSource(command: Command): Command {
  return command
    .option('--from <folder>', 'prices.csv and fx.csv lie here, on the machine of the worker')
    .option('--providers', 'take prices from Polygon (POLYGON_API_KEY of the worker) and rates from the ECB');
}

/** @throws CliError unless exactly one source is named */
export function sourceOf({ from, providers = false }: SourceOptions): PackSourceSpec {
  if (providers && from === undefined) return { kind: 'providers' };
  if (!providers && from !== undefined) return { kind: 'folder', path: path.resolve(from) };
  throw usageError('Where do prices come from? Name one source.', '--from FOLDER    or    --providers');
}
