/** `dawsos verify`: runs an execution again without any memory, and says whether it comes to the same. */
import type { Command } from 'commander';
import type { Diff } from '../../contract/diff';
import type { ExecutionHandle } from '../../contract/execution';
import type { Verification } from '../../executor/verify';
import { recordedSteps } from '../../pattern/recorded-steps';
import { type Api, openApi } from '../client/api';
import { readExecution } from '../client/follow';
import { CliError } from '../cli-error';
import { exitCodes } from '../exit-codes';
import { styleOf } from '../output/style';
import { printJson, serverCommand, type ServerOptions } from './options';
import { followHere } from './watch-run';

const help = `
The same plan on the same pack and ledger commit, with neither earlier runs nor remembered results.
Steps that ask outside (a provider, a model) are given what they were answered then.

Examples:
  $ dawsos verify 108fe221-aa95-4aa2-afa7-3497d1d406b2
  $ dawsos verify 108fe221-aa95-4aa2-afa7-3497d1d406b2 && echo proven`;

export function verifyCommand(): Command {
  return serverCommand('verify')
    .helpGroup('Look at runs:')
    .description('run an execution again and compare fingerprints')
    .argument('<execution>', "the execution's id")
    .addHelpText('after', help)
    .action(async (id: string, options: ServerOptions) => {
      const api = await openApi(options);
      const verification = await verify(api, id);
      if (options.json === true) printJson(verification);
      else process.stdout.write(verificationText(verification));
      if (!verification.verified) process.exitCode = exitCodes.problems;
    });
}

async function verify(api: Api, id: string): Promise<Verification> {
  const route = `/v1/executions/${encodeURIComponent(id)}/verify`;
  const answer = await api.post<Verification & { execution: ExecutionHandle }>(
    route,
    {},
    { Prefer: 'wait=30' },
  );
  if (answer.status !== 202) return answer.body;
  const { execution } = answer.body;
  await followHere(api, execution, { title: `verify ${id}` });
  return compare(api, id, execution.id);
}

/** What the server would have answered, had it waited. */
async function compare(api: Api, id: string, again: string): Promise<Verification> {
  const [first, second] = await Promise.all([readExecution(api, id), readExecution(api, again)]);
  if (!first.trace || !second.trace) {
    const detail = `The run that was to verify it ended as ${second.execution.status} without a trace.`;
    throw new CliError(exitCodes.problems, { code: 'EXECUTION_FAILED', detail });
  }
  const { body } = await api.post<Diff>('/v1/diff', { left: id, right: again });
  const { first_step: step } = body;
  return {
    execution_id: id,
    verified: first.trace.fingerprint === second.trace.fingerprint,
    fingerprint: first.trace.fingerprint,
    recomputed: second.trace.fingerprint,
    first_difference: step && { path: step.path, what: step.what, left: step.left, right: step.right },
    recorded: recordedSteps(second.trace),
    verification: second.execution,
  };
}

function verificationText(told: Verification): string {
  const paint = styleOf(process.stdout);
  const { verified, fingerprint, recomputed, first_difference: first, recorded, verification } = told;
  const lines = verified
    ? [`${paint('green', 'verified')}  ${fingerprint}`]
    : [
        `${paint('red', 'differs')}`,
        `  was         ${fingerprint}`,
        `  is now      ${recomputed}`,
        ...(first === null
          ? []
          : [
              `  first at    ${first.path}: ${first.what} ${first.left ?? 'none'} → ${first.right ?? 'none'}`,
            ]),
      ];
  // What asks outside cannot be asked again for the same day.
  if (recorded.length > 0)
    lines.push(`  on record   ${recorded.join(', ')}: as answered then, not asked again`);
  return `${[...lines, `  verified by ${verification.id} (${verification.mode})`].join('\n')}\n`;
}
