/** `dawsos trace`: what ran, on which sources, and how it ended. */
import type { Command } from 'commander';
import type { ExecutionHandle } from '../../contract/execution';
import type { StepTrace, Trace } from '../../contract/trace';
import { openApi } from '../client/api';
import { CliError } from '../cli-error';
import { exitCodes } from '../exit-codes';
import { stepTable } from '../output/steps';
import { printJson, serverCommand, type ServerOptions } from './options';

const help = `
Examples:
  $ dawsos trace 108fe221-aa95-4aa2-afa7-3497d1d406b2
  $ dawsos trace 108fe221-aa95-4aa2-afa7-3497d1d406b2 --json | jq '.steps[] | {path, args}'`;

export function traceCommand(): Command {
  return serverCommand('trace')
    .helpGroup('Look at runs:')
    .description('show what ran, on which sources')
    .argument('<execution>', "the execution's id")
    .addHelpText('after', help)
    .action(async (id: string, options: ServerOptions) => {
      const api = await openApi(options);
      const answer = await api.get<Trace & { execution: ExecutionHandle }>(
        `/v1/executions/${encodeURIComponent(id)}/trace`,
      );
      if (answer.status === 202) throw notYet(answer.body.execution);
      if (options.json === true) printJson(answer.body);
      else process.stdout.write(traceText(answer.body));
    });
}

/** Asked for too early. */
export function notYet(execution: ExecutionHandle): CliError {
  return new CliError(exitCodes.unfinished, {
    code: 'EXECUTION_UNFINISHED',
    detail: `The run ${execution.id} is ${execution.status} and has no trace yet.`,
    action: `dawsos executions ${execution.id} --follow`,
    execution,
  });
}

function traceText(trace: Trace): string {
  const { pattern, mode, pricing_pack_id, ledger_commit_hash, asof_date, degraded, sources } = trace;
  const facts: [string, string][] = [
    ['Execution', trace.execution_id],
    ['Pricing pack', `${pricing_pack_id}, as of ${asof_date}`],
    ['Ledger commit', ledger_commit_hash ?? '(none)'],
    ['Fingerprint', trace.fingerprint],
    ['Sources', sources.join(', ') || '(none)'],
    ...(degraded.length > 0 ? [['Degraded', degraded.join(', ')] as [string, string]] : []),
  ];
  return [
    `${pattern.id} ${pattern.version} (${mode})  ${pattern.sha256}`,
    ...facts.map(([name, value]) => `  ${name.padEnd(13)}  ${value}`),
    '',
    stepTable(trace.steps),
    ...trace.steps.flatMap(notesOf),
    '',
  ].join('\n');
}

/** What a table has no room for: conditions that were false, failures, undos. */
function notesOf({ path, condition, error, compensation }: StepTrace): string[] {
  const notes = [
    ...(condition && condition.value !== true
      ? [`if ${condition.expression}: ${String(condition.value)}, with ${JSON.stringify(condition.operands)}`]
      : []),
    ...(error ? [`${error.code}: ${error.message}`] : []),
    ...(compensation ? [`undone by ${compensation.capability}: ${compensation.status}`] : []),
  ];
  return notes.length === 0 ? [] : ['', `  ${path}`, ...notes.map((note) => `    ${note}`)];
}
