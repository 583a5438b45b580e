/** `dawsos packs`: which pricing packs there are, how far the nightly order is with them; building and scheduling them. */
import { Command, Option } from 'commander';
import type { Pack } from '../../executor/packs';
import { openApi } from '../client/api';
import { stageTable } from '../output/pack-stages';
import { formatTable } from '../output/table';
import { printJson, say, serverCommand, type ServerOptions } from './options';
import { packsBuildCommand } from './packs-build';
import { packsScheduleCommand, packsUnscheduleCommand } from './packs-schedule';

interface ListOptions extends ServerOptions {
  status?: string;
  date?: string;
  limit?: string;
  cursor?: string;
}

const help = `
A pack comes to be fresh by stages: build, reconcile, metrics, prewarm, fresh (docs/packs.md). \`list\` and \`show\` ask the
API; \`build\`, \`schedule\` and \`unschedule\` talk to Temporal: TEMPORAL_ADDRESS, else the one that \`dawsos start\` runs here.

Examples:
  $ dawsos packs                                               the newest first, with their stages
  $ dawsos packs --status error
  $ dawsos packs show PP_2013-03-01                            every stage with what it found
  $ dawsos packs build --date 2013-03-01 --from my/data        build it now, and watch
  $ dawsos packs schedule --at 00:05 --zone America/Toronto --from my/data
  $ dawsos packs unschedule`;

export function packsCommand(): Command {
  return new Command('packs')
    .helpGroup('Operate:')
    .description('list pricing packs, build one, schedule the nightly order')
    .usage('[command] [options]')
    .addHelpText('after', help)
    .addCommand(listCommand(), { isDefault: true })
    .addCommand(showCommand())
    .addCommand(packsBuildCommand())
    .addCommand(packsScheduleCommand())
    .addCommand(packsUnscheduleCommand());
}

function listCommand(): Command {
  return serverCommand('list')
    .description('the newest first (what `dawsos packs` does)')
    .addOption(
      new Option('--status <status>', 'only those that stand so').choices(['warming', 'fresh', 'error']),
    )
    .option('--date <date>', 'only those of this day')
    .option('--limit <n>', 'how many (1 to 100, default 20)')
    .option('--cursor <cursor>', 'go on where an earlier list ended')
    .action(async ({ status, date, limit, cursor, ...options }: ListOptions) => {
      const api = await openApi(options);
      const query = { status, date, limit, cursor };
      const { body } = await api.get<{ packs: Pack[]; next_cursor: string | null }>('/v1/packs', query);
      if (options.json === true) {
        printJson(body);
        return;
      }
      process.stdout.write(body.packs.length === 0 ? 'none\n' : `${listText(body.packs)}\n`);
      if (body.next_cursor !== null) say(`more: --cursor ${body.next_cursor}`);
    });
}

function showCommand(): Command {
  return serverCommand('show')
    .description('one pack, with every stage and what it found')
    .argument('<pack>', 'such as PP_2013-03-01')
    .action(async (id: string, options: ServerOptions) => {
      const api = await openApi(options);
      const { body } = await api.get<Pack>(`/v1/packs/${encodeURIComponent(id)}`);
      if (options.json === true) printJson(body);
      else process.stdout.write(`${packText(body)}\n`);
    });
}

function listText(packs: readonly Pack[]): string {
  return formatTable(
    ['Pack', 'Status', 'Stages', 'Superseded by'].map((title) => ({ title })),
    packs.map(({ id, status, stages, superseded_by }) => [
      id,
      status,
      stages.map((one) => (one.status === 'done' ? one.stage : `${one.stage} ${one.status}`)).join(', '),
      superseded_by ?? '',
    ]),
    '',
  );
}

function packText({ id, status, status_reason, sha256, superseded_by, built_at, stages }: Pack): string {
  return [
    `${id}  ${status}${status_reason === null ? '' : `: ${status_reason}`}`,
    `  ${sha256}`,
    `  built ${built_at.slice(0, 19).replace('T', ' ')}`,
    ...(superseded_by === null ? [] : [`  superseded by ${superseded_by}`]),
    '',
    stages.length === 0
      ? '  no stages: it was loaded or corrected, not built by the nightly order'
      : stageTable(stages),
  ].join('\n');
}
