/** `dawsos diff`: how two executions differ, or one pattern on two packs. */
import type { Command } from 'commander';
import type { Diff, DiffSide, FieldDifference } from '../../contract/diff';
import type { ExecutionHandle } from '../../contract/execution';
import { type Answer, type Api, openApi } from '../client/api';
import { inputsSchemaOf, type RequestOptions, requestOf } from '../client/request';
import { usageError } from '../cli-error';
import { exitCodes } from '../exit-codes';
import { shorten } from '../output/steps';
import { styleOf } from '../output/style';
import { formatTable } from '../output/table';
import { collect, printJson, say, serverCommand, type ServerOptions } from './options';
import { followHere } from './watch-run';

interface DiffOptions extends ServerOptions, RequestOptions {
  leftPack?: string;
  rightPack?: string;
}

interface Handles {
  left: ExecutionHandle;
  right: ExecutionHandle;
}

const shownDifferences = 50;
const help = `
Exit code 0 when they are equal, 1 when they differ.

Examples:
  $ dawsos diff 108fe221-aa95-4aa2-afa7-3497d1d406b2 6a2d0c1e-52c9-4c0e-9b1b-0d5a3f1f2a77
  $ dawsos diff portfolio_overview --left-pack PP_2012-12-31 --right-pack PP_2013-02-28`;

export function diffCommand(): Command {
  return serverCommand('diff')
    .helpGroup('Look at runs:')
    .description('compare two executions, or one pattern on two packs')
    .argument('<left>', "an execution's id; or a pattern's, with two packs")
    .argument('[right]', 'the other execution')
    .option('--left-pack <id>', 'with a pattern: the first pack')
    .option('--right-pack <id>', 'with a pattern: the second pack')
    .option('--input <name=value>', 'one input; may be given again', collect)
    .option('--inputs <file>', 'all inputs as a JSON object; - reads standard input')
    .option('--portfolio <id>', 'needed where you have several')
    .option('--version <version>', "the pattern's")
    .option('--direct', 'run both in direct mode')
    .addHelpText('after', help)
    .action(async (left: string, right: string | undefined, options: DiffOptions) => {
      const api = await openApi(options);
      const body = await bodyOf(api, left, right, options);
      const told = await compare(api, body);
      if (options.json === true) printJson(told);
      else process.stdout.write(diffText(told));
      if (!told.equal) process.exitCode = exitCodes.problems;
    });
}

async function bodyOf(
  api: Api,
  left: string,
  right: string | undefined,
  options: DiffOptions,
): Promise<object> {
  const { leftPack: left_pack, rightPack: right_pack } = options;
  if (right !== undefined && left_pack === undefined && right_pack === undefined) return { left, right };
  if (right !== undefined || left_pack === undefined || right_pack === undefined) {
    throw usageError('It takes either two executions, or a pattern with --left-pack and --right-pack.');
  }
  const request = await requestOf(api, options, await inputsSchemaOf(api, left), say);
  return { pattern_id: left, ...request, left_pack, right_pack };
}

async function compare(api: Api, body: object): Promise<Diff> {
  const answer: Answer<Diff | Handles> = await api.post('/v1/diff', body, { Prefer: 'wait=30' });
  if (answer.status !== 202) return answer.body as Diff;
  const { left, right } = answer.body as Handles;
  for (const [name, handle] of [
    ['left', left],
    ['right', right],
  ] as const) {
    await followHere(api, handle, { title: `${name} ${handle.id}` });
  }
  return (await api.post<Diff>('/v1/diff', { left: left.id, right: right.id })).body;
}

function diffText(told: Diff): string {
  const paint = styleOf(process.stdout);
  const { equal, left, right, differences, count, first_step: first } = told;
  if (equal) return `${paint('green', 'equal')}  ${left.fingerprint}\n`;
  return [
    `${paint('red', 'differs')}  in ${String(count)} fields`,
    `  left   ${sideText(left)}`,
    `  right  ${sideText(right)}`,
    ...(first === null
      ? []
      : [
          '',
          `  They part at step ${paint('bold', first.path)} (${first.what}): ${first.explanation}`,
          `    because of: ${first.reasons.join(', ')}`,
        ]),
    '',
    ...(differences.length === 0 ? [] : [differenceTable(differences.slice(0, shownDifferences))]),
    ...(count > shownDifferences
      ? [`  … ${String(count - shownDifferences)} more (--json has up to 1,000)`]
      : []),
    '',
  ].join('\n');
}

function sideText({ execution_id, pattern, pricing_pack_id, asof_date, status }: DiffSide): string {
  return `${execution_id}  ${pattern.id} ${pattern.version} · ${pricing_pack_id} · as of ${asof_date} · ${status}`;
}

function differenceTable(differences: readonly FieldDifference[]): string {
  const text = (value: unknown): string =>
    value === undefined ? '' : shorten(typeof value === 'string' ? value : JSON.stringify(value), 28);
  return formatTable(
    [
      { title: 'Field' },
      { title: 'Left', align: 'right' },
      { title: 'Right', align: 'right' },
      { title: 'Right − left', align: 'right' },
    ],
    differences.map(({ pointer, left, right, difference, change }) => [
      pointer,
      change === 'only_right' ? '(none)' : text(left),
      change === 'only_left' ? '(none)' : text(right),
      text(difference),
    ]),
  );
}
