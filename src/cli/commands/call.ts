/** `dawsos call`: one capability, called in this process against the database, without the API, a worker or Temporal. */
import { Command } from 'commander';
import type { Pool } from 'pg';
import { EngineError, errorCodes, type Problem } from '../../contract/errors';
import { embeddedRights } from '../../contract/shipped-rights';
import { createPool } from '../../db/pool';
import { didYouMean, meant } from '../../executor/meant';
import type { Signature, Signatures } from '../../pattern/signatures';
import { callBatch } from '../call-batch';
import type { CallAnswer } from '../call-capability';
import { CliError, usageError } from '../cli-error';
import { rightsOf, userOf } from '../client/identity';
import { jsonArgument } from '../client/inputs';
import { databaseUrl } from '../client/owner-database';
import { type ExitCode, exitCodes } from '../exit-codes';
import { lazy } from '../lazy';
import { knownCapabilities } from '../known-capabilities';
import { actionOf } from '../output/actions';
import { limitsOf } from '../output/execution';
import { problemText } from '../output/problem';
import { membersText, valueText } from '../output/value';
import { printJson, say } from './options';

interface CallOptions {
  batch?: boolean;
  args?: string;
  portfolio?: string;
  asof?: string;
  as: string;
  rights?: string;
  allowEffects?: boolean;
  json?: boolean;
}

const help = `
The calculator (calc.…) needs nothing but its arguments; its result is printed as JSON. With --batch each line of standard
input is {"capability": …, "args": …}, and each line of the answer {"result": …} or {"error": {"code", "detail"}}, in the
same order; such a call needs nothing but its arguments either, and the command ends with 0 whatever they come to.

For the others the database is that of DATABASE_URL, else the one that \`dawsos start\` runs here. The arguments portfolio_id and pack_id
are filled in where the capability needs them; {{ctx.…}} stands for the rest of the context.

Examples:
  $ dawsos call ledger.positions
  $ dawsos call calc.annualise --args '{"total_return": 0.21, "days": 730}'
  $ dawsos call --batch < calls.jsonl > results.jsonl
  $ dawsos call metrics.compute_twr --asof 2012-12-31 --args '{"lookback_days": 365}' --json`;

export function callCommand(): Command {
  return new Command('call')
    .helpGroup('Write patterns:')
    .description('call one capability, without a server')
    .argument('[capability]', "a capability's name")
    .option('--batch', 'calls by the line from standard input, answers by the line')
    .option('--args <json>', 'its arguments, as JSON; @file reads a file, @- standard input')
    .option('--portfolio <id>', 'needed where you have several')
    .option('--asof <date>', 'the day whose prices count (default: the newest fresh ones)')
    .option('--as <user>', 'who calls: a (Alice), b (Bob) or a UUID', 'a')
    .option('--rights <rights>', 'of the caller, by commas (default: all that shipped patterns ask for)')
    .option('--allow-effects', 'call it even if it changes something')
    .option('--json', 'print result and meta as JSON')
    .addHelpText('after', help)
    .action(call);
}

async function call(name: string | undefined, options: CallOptions): Promise<void> {
  if (options.batch === true) {
    if (name !== undefined) throw usageError('--batch takes the capabilities from its lines.');
    await callBatch(lazy.pureCaller().pureCaller(), process.stdin, process.stdout);
    return;
  }
  if (name === undefined) throw usageError('Name a capability.', 'List them: dawsos capabilities');
  const signatures = knownCapabilities([]);
  const signature = requireCallable(name, signatures, options.allowEffects === true);
  const args = jsonArgument(options.args ?? '{}', '--args');
  if (typeof args !== 'object' || args === null || Array.isArray(args)) {
    throw usageError('--args is no JSON object.');
  }
  if (signature.agent === 'calculator') {
    await calculate(name, args, options.json === true);
    return;
  }
  const user = {
    id: userOf(options.as, '--as'),
    rights: options.rights === undefined ? embeddedRights : rightsOf(options.rights),
  };
  const { portfolio = null, asof = null } = options;
  const answer = await withDatabase((pool) =>
    lazy.callCapability().callCapability(pool, {
      name,
      signature,
      signatures,
      args: args as Record<string, unknown>,
      user,
      portfolio,
      asof,
    }),
  );
  answer.notes.forEach(say);
  print(answer, options.json === true);
}

/** Without a database, and with no context to depend on. @throws CliError with exit code 2 for what it refuses */
async function calculate(name: string, args: object, json: boolean): Promise<void> {
  try {
    const result = await lazy.pureCaller().pureCaller()(name, args);
    printJson(json ? { result, meta: null, error: null } : result);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    const { code, message, details } = error;
    const problems = details['problems'] as Problem[] | undefined;
    throw new CliError(exitCodes.usage, {
      ...details,
      ...(problems && { problems: onePerPlace(problems) }),
      code,
      detail: message,
      action: `See what it takes: dawsos capabilities ${name}`,
    });
  }
}

/** What is neither a number nor a decimal text has a problem with each of the two: they are one, with all that would do. */
function onePerPlace(problems: readonly Problem[]): Problem[] {
  const places = new Map<string, Problem>();
  for (const problem of problems.filter(({ message }) => !message.endsWith(' in anyOf'))) {
    const before = places.get(problem.pointer);
    const message = before ? `${before.message} or ${problem.message}` : problem.message;
    places.set(problem.pointer, { ...problem, message });
  }
  return [...places.values()];
}

function requireCallable(name: string, signatures: Signatures, allowEffects: boolean): Signature {
  const signature = signatures.get(name);
  if (!signature) {
    const near = [...signatures.keys()].filter((other) => other.split('.')[0] === name.split('.')[0]);
    throw new CliError(exitCodes.usage, {
      code: 'CAPABILITY_UNKNOWN',
      detail: `There is no capability "${name}".${didYouMean(meant(name, signatures.keys()))}`,
      action: `It may be one of ${(near.length > 0 ? near : [...signatures.keys()]).join(', ')}.`,
    });
  }
  if (signature.source === 'external') {
    throw usageError(
      `${name} is answered by a worker of another project (${signature.task_queue}), not in this process.`,
    );
  }
  if (signature.effect === 'write' && !allowEffects) {
    throw usageError(`${name} changes something.`, 'Call it all the same with --allow-effects.');
  }
  return signature;
}

/** @throws CliError that says what to do when there is no database, EngineErrors as CliErrors */
async function withDatabase(work: (pool: Pool) => Promise<CallAnswer>): Promise<CallAnswer> {
  const url = await databaseUrl('DATABASE_URL');
  const pool = createPool(url);
  try {
    return await work(pool);
  } catch (error) {
    throw error instanceof EngineError ? asCliError(error, new URL(url).host) : error;
  } finally {
    await pool.end();
  }
}

function asCliError({ code, message, details, status }: EngineError, host: string): CliError {
  const away = code === 'DATABASE_UNAVAILABLE';
  const exit: ExitCode = away || status === 503 ? exitCodes.unreachable : exitCodes.impossible;
  const problem = { ...details, code, detail: message, action: errorCodes[code].action };
  const action = away ? `See that PostgreSQL runs at ${host}: dawsos doctor` : actionOf(problem);
  return new CliError(exit, { ...problem, ...(action !== undefined && { action }) });
}

function print({ result, meta, error }: CallAnswer, json: boolean): void {
  if (json) printJson({ result: result ?? null, meta, error });
  if (error) {
    process.stderr.write(problemText({ code: error.code, detail: error.message }));
    process.exitCode = exitCodes.problems;
    return;
  }
  if (json) return;
  const limits = limitsOf(process.stdout);
  process.stdout.write(
    `${valueText('result', result, limits, '')}\n\nmeta\n${membersText({ ...meta }, limits)}\n`,
  );
}
