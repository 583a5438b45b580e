/** `dawsos run`: runs a pattern on the server, shows its steps as they end, and prints the result. */
import type { Command } from 'commander';
import type { ExecutionHandle } from '../../contract/execution';
import type { ExplainedStep, PlanExplanation } from '../../contract/plan-explanation';
import { type Api, openApi } from '../client/api';
import { inputsSchemaOf, type RequestBody, type RequestOptions, requestOf } from '../client/request';
import { CliError } from '../cli-error';
import { say, serverCommand, type ServerOptions, withMode, withRequest } from './options';
import { printStarted, reportRun, watchRun } from './watch-run';

interface RunOptions extends ServerOptions, RequestOptions {
  cache: boolean;
  wait: boolean;
  key?: string;
}

const help = `
Steps are shown on stderr as they start and end, the result on stdout. Ctrl-C leaves the run going.

Examples:
  $ dawsos run portfolio_overview                                     the newest prices
  $ dawsos run annualised_return --asof 2012-12-31 --input lookback_days=365
  $ dawsos run portfolio_overview --direct --json | jq .trace.fingerprint
  $ dawsos run portfolio_overview --no-wait --key monthly-2013-02     start it once, whatever happens`;

export function runCommand(): Command {
  return withMode(withRequest(serverCommand('run')))
    .helpGroup('Run:')
    .description('run a pattern and watch its steps')
    .argument('<pattern>', "the pattern's id")
    .option('--no-cache', 'neither an earlier run nor remembered results')
    .option('--no-wait', 'print the id of the run and end')
    .option('--key <key>', 'an Idempotency-Key: the same key is the same run')
    .addHelpText('after', help)
    .action(run);
}

async function run(pattern: string, options: RunOptions): Promise<void> {
  const api = await openApi(options);
  const schema = await inputsSchemaOf(api, pattern);
  const body: RequestBody = {
    pattern_id: pattern,
    ...(await requestOf(api, options, schema, say)),
  };
  const json = options.json === true;
  const isDirect = body['mode'] === 'direct';
  const headers = {
    Prefer: isDirect && options.wait ? 'wait=30' : 'respond-async',
    ...(!options.cache && { 'Cache-Control': 'no-cache' }),
    ...(options.key !== undefined && { 'Idempotency-Key': options.key }),
  };
  // What is shown is drawn from the plan; a run does not wait for it.
  const planned = options.wait && !isDirect && process.stderr.isTTY ? planOf(api, body) : Promise.resolve([]);
  const { handle, ended } = await startRun(api, '/v1/execute', body, headers);
  if (!options.wait) printStarted(handle, json);
  else if (ended) await reportRun(api, handle, { json });
  else await watchRun(api, handle, { title: pattern, json, planned: await planned });
}

/** Without it the steps appear as they begin. */
async function planOf(api: Api, { mode: _mode, ...body }: RequestBody): Promise<ExplainedStep[]> {
  return api.post<PlanExplanation>('/v1/plan', body).then(
    (answer) => answer.body.steps,
    () => [],
  );
}

export interface StartedRun {
  handle: ExecutionHandle;
  /** Answered at once: a direct run, or an earlier one. */
  ended: boolean;
}

/** @throws CliError when the server refuses; a run that started and failed is no refusal */
export async function startRun(
  api: Api,
  route: string,
  body: unknown,
  headers: Record<string, string>,
): Promise<StartedRun> {
  try {
    const answer = await api.post<{ execution: ExecutionHandle }>(route, body, headers);
    return { handle: answer.body.execution, ended: answer.status === 200 };
  } catch (error) {
    const failed = error instanceof CliError ? error.problem.execution : undefined;
    if (failed === undefined || (failed as ExecutionHandle).status === 'running') throw error;
    return { handle: failed as ExecutionHandle, ended: true };
  }
}
